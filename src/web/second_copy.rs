//! A second copy of what local storage keeps of plans, in IndexedDB.
//!
//! Browsers write local storage to the disk in batches, of a large page many minutes late. What is written here is on the
//! disk once the call has returned.

use js_sys::Array;
use wasm_bindgen::JsValue;

use super::storage::StorageError;

mod js {
    use wasm_bindgen::prelude::*;

    #[wasm_bindgen(module = "/src/web/second-copy.js")]
    extern "C" {
        #[wasm_bindgen(catch)]
        pub async fn call(name: &str, given: JsValue) -> Result<JsValue, JsValue>;
    }
}

async fn call(name: &str, given: JsValue) -> Result<JsValue, StorageError> {
    js::call(name, given).await.map_err(|exception| StorageError::from_exception(&exception))
}

/// Every key with its text.
///
/// # Errors
/// [`StorageError`] where there is no IndexedDB, or it refuses.
pub async fn entries() -> Result<Vec<(String, String)>, StorageError> {
    let flat = Array::from(&call("entries", JsValue::UNDEFINED).await?);
    let text = |place| flat.get(place).as_string();
    Ok((0..flat.length()).step_by(2).filter_map(|place| Some((text(place)?, text(place + 1)?))).collect())
}

/// Keeps texts by their keys, and forgets keys without a text.
///
/// # Errors
/// As for [`entries`]; [`StorageError::Full`] where there is no room. Nothing has changed then.
pub async fn write(texts: &[(String, Option<String>)]) -> Result<(), StorageError> {
    let flat = Array::new();
    for (key, text) in texts {
        flat.push(&key.into());
        flat.push(&text.as_deref().map_or(JsValue::UNDEFINED, JsValue::from_str));
    }
    call("write", flat.into()).await.map(drop)
}
