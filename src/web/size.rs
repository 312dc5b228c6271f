//! How wide an element is, and telling when that changes.

use std::cell::Cell;

use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{Element, ResizeObserver};

use super::watch::Watch;

/// Calls back with the width in CSS pixels, at first and whenever it changes. An element without a width (in a closed
/// `<details>`, say) is passed over until it has one.
pub fn on_width(element: Element, callback: impl Fn(u32) + 'static) -> Watch {
    match Width::observe(element, callback) {
        Some(width) => Watch::default().and(width),
        None => Watch::default(),
    }
}

/// Follows an element until it is dropped.
struct Width {
    observer: ResizeObserver,
    _callback: Closure<dyn FnMut()>,
}

impl Width {
    fn observe(element: Element, callback: impl Fn(u32) + 'static) -> Option<Self> {
        let observed = element.clone();
        let seen = Cell::new(0);
        let callback = Closure::<dyn FnMut()>::new(move || {
            let width = u32::try_from(element.client_width()).unwrap_or(0);
            if width > 0 && seen.replace(width) != width {
                callback(width);
            }
        });
        let observer = ResizeObserver::new(callback.as_ref().unchecked_ref()).ok()?;
        observer.observe(&observed);
        Some(Self { observer, _callback: callback })
    }
}

impl Drop for Width {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}
