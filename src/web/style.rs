//! The style sheet of what no first screen shows.

use wasm_bindgen::prelude::Closure;

mod js {
    use wasm_bindgen::prelude::*;

    #[wasm_bindgen(module = "/src/web/style.js")]
    extern "C" {
        #[wasm_bindgen(js_name = isHere)]
        pub fn is_here() -> bool;
        #[wasm_bindgen(js_name = fetchStyle)]
        pub fn fetch(then: &JsValue);
    }
}

/// Whether it applies.
#[must_use]
pub fn is_here() -> bool {
    js::is_here()
}

/// Calls back once it is here, or did not come.
pub fn fetch(then: impl FnOnce() + 'static) {
    js::fetch(&Closure::once_into_js(then));
}
