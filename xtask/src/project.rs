//! Where things are.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};
use serde_json::Value;

use crate::stage::output_of;

pub struct Project {
    pub root: PathBuf,
    /// Cargo's own answer, since users may keep it anywhere.
    pub target: PathBuf,
}

impl Project {
    pub fn find() -> Result<Self> {
        let xtask = Path::new(env!("CARGO_MANIFEST_DIR"));
        let root = xtask.parent().context("xtask/ must lie inside the project")?.to_path_buf();
        let mut metadata = Command::new("cargo");
        metadata.current_dir(&root).args(["metadata", "--no-deps", "--format-version", "1"]);
        let answer: Value = serde_json::from_str(&output_of(&mut metadata)?)?;
        let target = answer["target_directory"].as_str().context("`cargo metadata` names no target directory")?;
        Ok(Self { root, target: PathBuf::from(target) })
    }

    /// The finished site: what is published, served and tested.
    pub fn dist(&self) -> PathBuf {
        self.root.join("dist")
    }

    /// The bindings and the WebAssembly that `src/boot.js` imports.
    pub fn bindings(&self) -> PathBuf {
        self.root.join("build").join("pkg")
    }

    /// Notes between two runs: fingerprints, the list of chunks.
    pub fn notes(&self) -> PathBuf {
        self.target.join("xtask")
    }
}
