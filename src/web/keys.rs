//! Keys, as far as they mean something to the page.

use web_sys::KeyboardEvent;

/// The `keyCode` of a key that an input method has taken.
const TAKEN: u32 = 229;

/// The key that was pressed; none while an input method composes a character, such as Japanese ones: the keys are its
/// own then. Safari tells of the Enter that ends a composition only after it has ended, and by `keyCode` alone.
#[must_use]
pub fn pressed(event: &KeyboardEvent) -> Option<String> {
    let composes = event.is_composing() || event.key_code() == TAKEN;
    (!composes).then(|| event.key())
}

/// Whether it was this key, and no input method has taken it.
#[must_use]
pub fn is_pressed(event: &KeyboardEvent, key: &str) -> bool {
    pressed(event).is_some_and(|pressed| pressed == key)
}
