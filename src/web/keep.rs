//! Whether the browser may clear what the page stores, and how much room there is.

use js_sys::{Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::window;

/// Whether the browser has promised not to clear it when space is short; none where it does not say.
pub async fn is_promised() -> Option<bool> {
    storage_manager("persisted").await?.as_bool()
}

/// Asks for that promise. Some browsers ask the reader.
pub async fn ask_to_keep() -> Option<bool> {
    storage_manager("persist").await?.as_bool()
}

/// What a method of `navigator.storage` gives. Not every browser has one.
async fn storage_manager(method: &str) -> Option<JsValue> {
    let navigator: JsValue = window()?.navigator().into();
    let manager = Reflect::get(&navigator, &"storage".into()).ok()?;
    let method: js_sys::Function = Reflect::get(&manager, &method.into()).ok()?.dyn_into().ok()?;
    let promise: Promise = method.call0(&manager).ok()?.dyn_into().ok()?;
    JsFuture::from(promise).await.ok()
}
