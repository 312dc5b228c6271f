//! Things that go on until somebody stops them.

use std::{any::Any, fmt};

/// Listeners, timers, observers: they end when this is dropped. It is not `Send`; a component keeps it with
/// `StoredValue::new(watch)`, so that it ends with the component.
#[derive(Default)]
#[must_use = "it ends at once unless it is kept; `forget` it to let it go on for ever"]
pub struct Watch(Vec<Box<dyn Any>>);

impl Watch {
    /// Lets it go on for as long as the page lives.
    pub fn forget(self) {
        std::mem::forget(self);
    }

    /// With one more part, which ends together with the others.
    pub(super) fn and(mut self, part: impl Any) -> Self {
        self.0.push(Box::new(part));
        self
    }
}

impl fmt::Debug for Watch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Watch({} parts)", self.0.len())
    }
}
