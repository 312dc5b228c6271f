//! Texts that prove that they are whole.

use crc::{CRC_32_ISO_HDLC, Crc};
use serde_json::Value;

use super::{SaveError, Store, keys::VERSION_KEY};
use crate::notation::{text_of, value_of};

/// The version of what is kept. It goes up when older pages could no longer read it.
///
/// 1 to 2: records and snapshots may speak of pillars, initiatives, alignment and closing.
/// 2 to 3: of formulas, parts, guards and more of what a KPI is.
/// 3 to 4: snapshots are packed.
/// 4 to 5: records and snapshots may hold the optional fields of files of version 4.
pub const VERSION: u32 = 5;

/// As in zip files and PNG pictures, by a table of one kilobyte.
const CHECKSUM: Crc<u32> = Crc::<u32>::new(&CRC_32_ISO_HDLC);

/// How long a checksum is as text.
pub const SUM: usize = 8;

/// A text behind its checksum.
pub fn sealed(text: &str) -> String {
    format!("{:08x}{text}", CHECKSUM.checksum(text.as_bytes()))
}

/// The JSON behind a checksum that is right.
pub fn unsealed(text: &str) -> Option<Value> {
    let (checksum, text) = text.split_at_checked(SUM)?;
    let right = format!("{:08x}", CHECKSUM.checksum(text.as_bytes())) == checksum;
    right.then(|| value_of(text).ok()).flatten()
}

/// Writes a value behind its checksum.
pub fn write<S: Store>(store: &S, key: &str, value: &Value) -> Result<(), SaveError<S::Error>> {
    put(store, key, &sealed(&text_of(value)))
}

/// Writes a text and reads it back: a store may say that all is well, and be wrong.
pub fn put<S: Store>(store: &S, key: &str, text: &str) -> Result<(), SaveError<S::Error>> {
    store.set(key, text)?;
    if store.get(key)?.is_some_and(|there| there == text) { Ok(()) } else { Err(SaveError::Torn) }
}

/// Refuses to write where a newer version of the page writes.
pub fn check_version<S: Store>(store: &S) -> Result<(), SaveError<S::Error>> {
    match version(store)? {
        Some(version) if version > VERSION => Err(SaveError::Newer),
        _ => Ok(()),
    }
}

/// Says which version writes here.
pub fn claim<S: Store>(store: &S) -> Result<(), SaveError<S::Error>> {
    match version(store)? {
        Some(version) if version > VERSION => Err(SaveError::Newer),
        Some(VERSION) => Ok(()),
        _ => Ok(store.set(VERSION_KEY, &format!("{VERSION}/{VERSION}"))?),
    }
}

/// Whether a text at the version's key is that of a newer version.
#[must_use]
pub fn is_newer(text: &str) -> bool {
    read_version(text).is_some_and(|version| version > VERSION)
}

/// A version as it is written: twice, so that a flipped bit does not make a newer one of it, which would lock everybody
/// out. What says it once is right as well.
fn read_version(text: &str) -> Option<u32> {
    let (version, again) = text.split_once('/').unwrap_or((text, text));
    version.parse().ok().filter(|_| version == again)
}

/// The version of what is kept; none where nothing says so, or what says so is damaged.
fn version<S: Store>(store: &S) -> Result<Option<u32>, S::Error> {
    Ok(store.get(VERSION_KEY)?.and_then(|text| read_version(&text)))
}
