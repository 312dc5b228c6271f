//! What a browser may refuse.

use wasm_bindgen::{JsCast, JsValue};

/// A refusal of the browser: what failed, for a catalogue elsewhere to word together with the remedy.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WebError {
    /// Choose a smaller file. Nothing of it was read.
    #[error("{name} has {bytes} bytes; at most {max} are read")]
    FileTooLarge {
        /// The file.
        name: String,
        /// Its size.
        bytes: u64,
        /// The most that is read.
        max: usize,
    },
    /// Choose the file again: it was changed, moved or locked since it was chosen.
    #[error("{name} cannot be read: {reason}")]
    FileUnreadable {
        /// The file.
        name: String,
        /// The browser's own words.
        reason: String,
    },
    /// Save the file as UTF-8 text, then choose it again.
    #[error("{name} is not UTF-8 text from byte {at} on")]
    FileNotText {
        /// The file.
        name: String,
        /// How many bytes are fine.
        at: usize,
    },
    /// Unpack the file, then choose what is in it.
    #[error("{name} is a {kind} file")]
    FilePacked {
        /// The file.
        name: String,
        /// How it is packed.
        kind: &'static str,
    },
    /// Allow downloads for the page, or copy the text instead.
    #[error("{name} cannot be handed out: {reason}")]
    Download {
        /// The file.
        name: String,
        /// The browser's own words.
        reason: String,
    },
    /// Load the page again: the drawing's code did not arrive, or it rejects the chart. The table beside it still holds.
    #[error("the chart cannot be drawn: {reason}")]
    Chart {
        /// The browser's own words.
        reason: String,
    },
}

/// An exception's name, such as `QuotaExceededError`.
pub(super) fn name_of(exception: &JsValue) -> Option<String> {
    exception.dyn_ref::<js_sys::Error>().map(|error| error.name().into())
}

/// An exception in its own words: `NotReadableError: The file could not be read.`
pub(super) fn words_of(exception: &JsValue) -> String {
    match exception.dyn_ref::<js_sys::Error>() {
        Some(error) => error.to_string().into(),
        None => exception.as_string().unwrap_or_else(|| format!("{exception:?}")),
    }
}
