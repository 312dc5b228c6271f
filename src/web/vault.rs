//! Texts by key in IndexedDB: for what local storage has no room for, and nobody waits for.
//!
//! Each call is one transaction: all of it is kept, or nothing. Texts stay until they are removed, or until the reader
//! or the browser clears what this page keeps.

use js_sys::Array;
use wasm_bindgen::JsValue;

use super::storage::StorageError;

mod js {
    use wasm_bindgen::prelude::*;

    #[wasm_bindgen(module = "/src/web/vault.js")]
    extern "C" {
        #[wasm_bindgen(catch)]
        pub async fn call(name: &str, given: JsValue) -> Result<JsValue, JsValue>;
    }
}

async fn call(name: &str, given: JsValue) -> Result<JsValue, StorageError> {
    js::call(name, given).await.map_err(|exception| StorageError::from_exception(&exception))
}

fn strings<'a>(texts: impl IntoIterator<Item = &'a str>) -> JsValue {
    texts.into_iter().map(JsValue::from_str).collect::<Array>().into()
}

/// The text under `key`.
///
/// # Errors
/// [`StorageError`] where there is no IndexedDB, or it refuses.
pub async fn get(key: &str) -> Result<Option<String>, StorageError> {
    Ok(call("get", key.into()).await?.as_string())
}

/// The texts whose keys begin with `prefix`, in any order.
///
/// # Errors
/// As for [`get`].
pub async fn list(prefix: &str) -> Result<Vec<String>, StorageError> {
    let texts = call("list", prefix.into()).await?;
    Ok(Array::from(&texts).iter().filter_map(|text| text.as_string()).collect())
}

/// Keeps texts by their keys, in place of what was there.
///
/// # Errors
/// As for [`get`]; [`StorageError::Full`] where there is no room. Nothing has changed then.
pub async fn put(texts: &[(&str, &str)]) -> Result<(), StorageError> {
    let flat = strings(texts.iter().flat_map(|(key, text)| [*key, *text]));
    call("put", flat).await.map(drop)
}

/// Forgets keys; those that are not there do not matter.
///
/// # Errors
/// As for [`get`]. Nothing has changed then.
pub async fn remove(keys: &[String]) -> Result<(), StorageError> {
    call("remove", strings(keys.iter().map(String::as_str))).await.map(drop)
}
