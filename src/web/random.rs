//! Randomness for ids.

use bearings_plan::{Actor, Seed};
use web_sys::window;

use super::clock;

/// The seed of one new id.
#[must_use]
pub fn seed() -> Seed {
    Seed { millis: clock::now_millis(), random: bytes() }
}

/// A name for this run of the page, so that two tabs are told apart.
#[must_use]
pub fn actor() -> Actor {
    Actor(u32::from_le_bytes(bytes()))
}

fn bytes<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    let crypto = window().and_then(|window| window.crypto().ok());
    let filled = crypto.is_some_and(|crypto| crypto.get_random_values_with_u8_array(&mut bytes).is_ok());
    if !filled {
        // Ids must differ, not be secret: the lesser generator serves.
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0..256")]
        bytes.fill_with(|| (js_sys::Math::random() * 256.0) as u8);
    }
    bytes
}
