//! Whether the inputs of a step are those of last time.

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// A hash over the contents of the inputs, kept in a file beside the outputs. The
/// hasher may differ between releases of Rust: the worst that comes of it is one
/// step run again.
pub struct Fingerprint {
    kept_in: PathBuf,
    value: String,
}

impl Fingerprint {
    /// Of files, and of all files under folders whose name `counts`.
    pub fn of(kept_in: PathBuf, inputs: &[PathBuf], counts: fn(&Path) -> bool) -> Result<Self> {
        let mut hasher = DefaultHasher::new();
        for file in files_under(inputs, counts)? {
            file.hash(&mut hasher);
            let bytes = fs::read(&file).with_context(|| format!("cannot read {}", file.display()))?;
            bytes.hash(&mut hasher);
        }
        let value = format!("{:016x}", hasher.finish());
        Ok(Self { kept_in, value })
    }

    pub fn is_unchanged(&self) -> bool {
        fs::read_to_string(&self.kept_in).is_ok_and(|kept| kept == self.value)
    }

    /// To be called once the outputs are whole, and not before.
    pub fn keep(&self) -> Result<()> {
        if let Some(folder) = self.kept_in.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::write(&self.kept_in, &self.value).with_context(|| format!("cannot write {}", self.kept_in.display()))
    }
}

/// In a stable order. What does not exist has no files.
pub fn files_under(places: &[PathBuf], counts: fn(&Path) -> bool) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    let mut left = places.to_vec();
    while let Some(place) = left.pop() {
        if place.is_dir() {
            let entries = fs::read_dir(&place).with_context(|| format!("cannot list {}", place.display()))?;
            for entry in entries {
                left.push(entry?.path());
            }
        } else if place.is_file() && counts(&place) {
            files.push(place);
        }
    }
    files.sort();
    Ok(files)
}
