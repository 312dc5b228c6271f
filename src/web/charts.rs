//! Drawings on the screen. The library arrives with the first of them; see `echarts.js` for what it makes of an option.

use std::future::Future;

use web_sys::HtmlElement;

use super::error::{WebError, words_of};

mod js {
    use wasm_bindgen::prelude::*;
    use web_sys::HtmlElement;

    #[wasm_bindgen(module = "/src/web/echarts.js")]
    extern "C" {
        #[wasm_bindgen(catch)]
        pub async fn draw(element: &HtmlElement, option: &str) -> Result<(), JsValue>;
        pub fn dispose(element: &HtmlElement);
    }
}

/// The drawing in one element. It follows the element's size, and ends when this is dropped.
#[derive(Debug)]
pub struct Chart {
    element: HtmlElement,
}

impl Chart {
    /// A drawing to be, in an element whose size the style sheet gives.
    #[must_use]
    pub fn within(element: HtmlElement) -> Self {
        Self { element }
    }

    /// Draws an ECharts option, given as JSON, in place of what was drawn before. If another one follows before the
    /// library is there, only the last is drawn; if the chart is dropped, none. Elements without a size (in a closed
    /// `<details>`, say) are drawn once they have one. The element has `data-drawn="true"` once all is painted.
    ///
    /// # Errors
    /// [`WebError::Chart`] if the library does not arrive or does not accept the option.
    pub fn draw(&self, option: String) -> impl Future<Output = Result<(), WebError>> + use<> {
        let element = self.element.clone();
        async move {
            let drawn = js::draw(&element, &option).await;
            drawn.map_err(|exception| WebError::Chart { reason: words_of(&exception) })
        }
    }
}

impl Drop for Chart {
    fn drop(&mut self) {
        js::dispose(&self.element);
    }
}
