//! Local storage: texts by key, in this browser, for this page.
//!
//! A text that is refused is still with the caller, and what was stored under its key before is still there: the
//! browser replaces a value as a whole or not at all. Texts are Unicode; unpaired surrogates would not survive.

use std::cell::OnceCell;

use gloo_events::EventListener;
use gloo_storage::{LocalStorage, Storage as _};
use js_sys::{Array, JsString, Object};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Storage, StorageEvent, window};

use super::{
    error::{name_of, words_of},
    watch::Watch,
};

/// What browsers call a full storage; the second is Firefox until 2024.
const FULL: [&str; 2] = ["QuotaExceededError", "NS_ERROR_DOM_QUOTA_REACHED"];

/// How much browsers let a page keep, in UTF-16 units of keys and texts: 5 MiB, less a little that they count otherwise.
pub const ROOM: u32 = 5_200_000;

/// Why a text was not stored or read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StorageError {
    /// The browser's settings forbid it: allow this page to keep data (cookies), or export before leaving.
    #[error("this browser does not let the page keep data")]
    Blocked,
    /// No room: delete or export something.
    #[error("the storage of this page is full")]
    Full,
    /// Anything else, in the browser's own words.
    #[error("{0}")]
    Other(String),
}

/// The text under `key`.
///
/// # Errors
/// [`StorageError::Blocked`], or what the browser says.
pub fn get(key: &str) -> Result<Option<String>, StorageError> {
    with_storage(|storage| storage.get_item(key))
}

/// Stores `text` under `key`, in place of what was there.
///
/// # Errors
/// [`StorageError::Full`] or [`StorageError::Blocked`]; what was there is unchanged.
pub fn set(key: &str, text: &str) -> Result<(), StorageError> {
    with_storage(|storage| storage.set_item(key, text))
}

/// Forgets `key`. Nothing happens if there is none.
///
/// # Errors
/// [`StorageError::Blocked`], or what the browser says.
pub fn remove(key: &str) -> Result<(), StorageError> {
    with_storage(|storage| storage.remove_item(key))
}

/// All keys that begin with `prefix`, in any order.
///
/// # Errors
/// [`StorageError::Blocked`], or what the browser says.
pub fn keys(prefix: &str) -> Result<Vec<String>, StorageError> {
    with_storage(|storage| {
        // All at once, since indices shift while another tab removes keys.
        let keys = Object::keys(storage);
        let keys = keys.iter().filter_map(|key| key.as_string());
        Ok(keys.filter(|key| key.starts_with(prefix)).collect())
    })
}

/// Every key with the size of key and text in UTF-16 units, those of other pages of this origin too.
///
/// # Errors
/// [`StorageError::Blocked`], or what the browser says.
pub fn sizes() -> Result<Vec<(String, usize)>, StorageError> {
    with_storage(|storage| {
        let size = |text: JsValue| text.unchecked_into::<JsString>().length() as usize;
        let entries = Object::entries(storage);
        let sized = entries.iter().filter_map(|entry| {
            let entry: Array = entry.unchecked_into();
            Some((entry.get(0).as_string()?, size(entry.get(0)) + size(entry.get(1))))
        });
        Ok(sized.collect())
    })
}

/// Calls back with the key that *another* tab has set or removed; `None` if it cleared everything.
pub fn on_change(callback: impl Fn(Option<String>) + 'static) -> Watch {
    let Some(window) = window() else { return Watch::default() };
    Watch::default().and(EventListener::new(&window, "storage", move |event| {
        callback(event.unchecked_ref::<StorageEvent>().key());
    }))
}

fn with_storage<T>(work: impl FnOnce(&Storage) -> Result<T, JsValue>) -> Result<T, StorageError> {
    thread_local! {
        static OPEN: OnceCell<Storage> = const { OnceCell::new() };
    }
    OPEN.with(|open| {
        if open.get().is_none() {
            probe()?;
        }
        work(open.get_or_init(LocalStorage::raw)).map_err(|exception| StorageError::from_exception(&exception))
    })
}

/// `raw()` throws where storage is blocked, and an exception would take the app down. Reading suffices as a probe: a
/// full storage can still be read.
fn probe() -> Result<(), StorageError> {
    let storage = window().ok_or(StorageError::Blocked)?.local_storage();
    let storage = storage.ok().flatten().ok_or(StorageError::Blocked)?;
    storage.length().map(drop).map_err(|exception| StorageError::from_exception(&exception))
}

impl StorageError {
    pub(super) fn from_exception(exception: &JsValue) -> Self {
        match name_of(exception) {
            Some(name) if FULL.contains(&name.as_str()) => Self::Full,
            Some(name) if name == "SecurityError" => Self::Blocked,
            _ => Self::Other(words_of(exception)),
        }
    }
}
