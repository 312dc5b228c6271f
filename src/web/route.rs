//! Where the reader is: the part of the address behind `#`, so that any static host serves every place.

use gloo_events::EventListener;
use wasm_bindgen::JsValue;
use web_sys::{Location, window};

use super::watch::Watch;

/// The place of now, without `#`: `/objectives/0198…`; empty at the start.
#[must_use]
pub fn current() -> String {
    let hash = location().and_then(|location| location.hash().ok()).unwrap_or_default();
    hash.strip_prefix('#').unwrap_or(&hash).to_owned()
}

/// Goes to `place`, as a link would: the way back leads here. [`on_change`] tells of it.
pub fn go(place: &str) {
    if let Some(location) = location() {
        // The one refusal is too many calls within seconds; the reader then stays.
        let _ = location.set_hash(place);
    }
}

/// Writes another place into the address without going there: the way back stays as it is, and [`on_change`] does not
/// tell of it.
pub fn rewrite(place: &str) {
    let history = window().and_then(|window| window.history().ok());
    if let Some(history) = history {
        // Some browsers refuse too many within seconds; the address is then a little behind what is shown.
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&format!("#{place}")));
    }
}

/// A text as part of an address.
#[must_use]
pub fn encoded(text: &str) -> String {
    js_sys::encode_uri_component(text).into()
}

/// The text that a part of an address stands for; none where nobody has encoded it so.
#[must_use]
pub fn decoded(part: &str) -> Option<String> {
    js_sys::decode_uri_component(part).ok().map(String::from)
}

/// Calls back with the new place: links, the browser's back and forward, [`go`], typing.
///
/// `hashchange` alone: the page never calls `pushState`, so that a `popstate` would only repeat it.
pub fn on_change(callback: impl Fn(String) + 'static) -> Watch {
    let Some(window) = window() else { return Watch::default() };
    Watch::default().and(EventListener::new(&window, "hashchange", move |_| callback(current())))
}

fn location() -> Option<Location> {
    window().map(|window| window.location())
}
