//! Texts that a tab keeps across reloads, until it is closed. A browser may refuse: then there is nothing.

use gloo_storage::{SessionStorage, Storage as _};
use web_sys::window;

/// The text under `key`.
pub fn get(key: &str) -> Option<String> {
    is_there().then(|| SessionStorage::raw().get_item(key).ok().flatten()).flatten()
}

/// Keeps `text` under `key`, if there is room.
pub fn set(key: &str, text: &str) {
    if is_there() && SessionStorage::raw().set_item(key, text).is_err() {
        // Better nothing than what was true before.
        let _ = SessionStorage::raw().remove_item(key);
    }
}

/// Forgets what is kept under `key`.
pub fn remove(key: &str) {
    if is_there() {
        let _ = SessionStorage::raw().remove_item(key);
    }
}

/// `raw()` throws where storage is blocked.
fn is_there() -> bool {
    window().and_then(|window| window.session_storage().ok().flatten()).is_some()
}
