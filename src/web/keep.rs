//! Whether the browser may clear what the page stores, and how much room there is.

use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue, prelude::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::window;

/// What tabs that work one at a time ask for.
const LOCK: &str = "bearings";

/// Whether the browser has promised not to clear it when space is short; none where it does not say.
pub async fn is_promised() -> Option<bool> {
    storage_manager("persisted").await?.as_bool()
}

/// Asks for that promise. Some browsers ask the reader.
pub async fn ask_to_keep() -> Option<bool> {
    storage_manager("persist").await?.as_bool()
}

/// Works while no other tab of the page does so by this function; at once where the browser knows no locks.
pub fn one_tab_at_a_time(work: impl FnOnce() + 'static) {
    let work: Function = Closure::once_into_js(work).unchecked_into();
    let asked = method("locks", "request").and_then(|(locks, request)| request.call2(&locks, &LOCK.into(), &work).ok());
    if asked.is_none() {
        let done = work.call0(&JsValue::NULL);
        debug_assert!(done.is_ok(), "a closure throws nothing");
    }
}

/// What a method of `navigator.storage` gives.
async fn storage_manager(name: &str) -> Option<JsValue> {
    let (manager, method) = method("storage", name)?;
    let promise: Promise = method.call0(&manager).ok()?.dyn_into().ok()?;
    JsFuture::from(promise).await.ok()
}

/// A part of `navigator`, and one of its methods. Not every browser has each.
fn method(of: &str, name: &str) -> Option<(JsValue, Function)> {
    let navigator: JsValue = window()?.navigator().into();
    let object = Reflect::get(&navigator, &of.into()).ok()?;
    let method = Reflect::get(&object, &name.into()).ok()?.dyn_into().ok()?;
    Some((object, method))
}
