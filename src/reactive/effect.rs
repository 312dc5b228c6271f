//! What is done when something changes.

use leptos::prelude as typed;

use crate::call::CallMut;

/// Something that is done once the page is there, and again whenever something changes that it read.
#[derive(Debug)]
pub struct Effect;

impl Effect {
    pub fn run(mut act: impl FnMut() + 'static) {
        run(Box::new(move |()| act()));
    }

    /// Does something each time what is read has become another, with the one before and the one now.
    pub fn on_change<T: PartialEq + 'static>(read: impl Fn() -> T + 'static, mut act: impl FnMut(&T, &T) + 'static) {
        let mut before = None;
        Self::run(move || {
            let now = read();
            if let Some(before) = before.as_ref().filter(|before| **before != now) {
                act(before, &now);
            }
            before = Some(now);
        });
    }
}

#[inline(never)]
fn run(mut act: Box<dyn CallMut<(), ()>>) {
    typed::Effect::new(move || act.call_mut(()));
}
