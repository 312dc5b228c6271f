//! Where the reader is: the part of the address behind `#`, so that any static host serves every place.

use gloo_events::EventListener;
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

/// Goes to `place` in place of where the reader is: the way back leads to where it led before.
pub fn go_instead(place: &str) {
    if let Some(location) = location() {
        // Refused as in `go`.
        let _ = location.replace(&format!("#{place}"));
    }
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
