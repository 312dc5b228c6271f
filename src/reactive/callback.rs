//! What a component is told to do.

use super::{StoredValue, handle};
use crate::call::Call;

/// Something to do, as cheap to copy as a signal.
pub struct Callback<T>(StoredValue<Box<dyn Call<T, ()>>>);

handle!(Callback);

impl<T: 'static> Callback<T> {
    pub fn new(act: impl Fn(T) + 'static) -> Self {
        Self(StoredValue::new(Box::new(act)))
    }

    pub fn run(&self, with: T) {
        self.0.with_value(|act| act.call(with));
    }
}
