//! Light or dark: what the reader chose, and the page's colours for a canvas.

use std::rc::Rc;

use gloo_events::EventListener;
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{MutationObserver, MutationObserverInit, window};

use super::{page, watch::Watch};

/// The attribute of `<html>` that overrides the system's choice.
const ATTRIBUTE: &str = "data-theme";

mod js {
    use wasm_bindgen::prelude::wasm_bindgen;

    #[wasm_bindgen(module = "/src/web/theme.js")]
    extern "C" {
        pub fn colours(names: Vec<String>) -> Vec<String>;
    }
}

macro_rules! colours {
    ($($field:ident $token:literal)*) => {
        /// The colours of `style/tokens.css` in the theme of now, as `#rrggbb` or `rgba(…)`.
        #[derive(Debug, Clone, Default, PartialEq, Eq)]
        pub struct Colours {
            $(#[doc = concat!("`", $token, "`")] pub $field: String,)*
        }

        /// Reads the page's colours. Call again after [`on_change`].
        #[must_use]
        pub fn colours() -> Colours {
            let mut resolved = js::colours(vec![$($token.to_owned()),*]).into_iter();
            Colours { $($field: resolved.next().unwrap_or_default(),)* }
        }
    };
}

colours! {
    paper "--paper"
    card "--card"
    sunk "--sunk"
    rule "--rule"
    edge "--edge"
    ink "--ink"
    ink_2 "--ink-2"
    ink_3 "--ink-3"
    accent "--accent"
    accent_soft "--accent-soft"
    good "--good"
    warn "--warn"
    bad "--bad"
    good_soft "--good-soft"
    warn_soft "--warn-soft"
    bad_soft "--bad-soft"
    now "--now"
}

/// Calls back whenever the colours may have changed: by the system, or by the attribute of `<html>` that overrides it.
pub fn on_change(callback: impl Fn() + 'static) -> Watch {
    let callback = Rc::new(callback);
    let mut watch = Watch::default();
    if let Some(system) = page::media("(prefers-color-scheme: dark)") {
        let callback = Rc::clone(&callback);
        watch = watch.and(EventListener::new(&system, "change", move |_| callback()));
    }
    match Attribute::observe(move || callback()) {
        Some(attribute) => watch.and(attribute),
        None => watch,
    }
}

fn root() -> Option<web_sys::Element> {
    window()?.document()?.document_element()
}

/// Follows the attribute until it is dropped.
struct Attribute {
    observer: MutationObserver,
    _callback: Closure<dyn FnMut()>,
}

impl Attribute {
    fn observe(callback: impl Fn() + 'static) -> Option<Self> {
        let callback = Closure::<dyn FnMut()>::new(callback);
        let observer = MutationObserver::new(callback.as_ref().unchecked_ref()).ok()?;
        let options = MutationObserverInit::new();
        options.set_attributes(true);
        options.set_attribute_filter(&js_sys::Array::of1(&ATTRIBUTE.into()));
        let root = root()?;
        observer.observe_with_options(&root, &options).ok()?;
        Some(Self { observer, _callback: callback })
    }
}

impl Drop for Attribute {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}
