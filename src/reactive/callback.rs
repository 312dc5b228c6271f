//! What a component is told to do.

use std::rc::Rc;

use super::{StoredValue, handle};

/// Something to do, as cheap to copy as a signal.
pub struct Callback<T>(StoredValue<Rc<dyn Fn(T)>>);

handle!(Callback);

impl<T: 'static> Callback<T> {
    pub fn new(act: impl Fn(T) + 'static) -> Self {
        Self(StoredValue::new(Rc::new(act)))
    }

    pub fn run(&self, with: T) {
        self.0.get_value()(with);
    }
}
