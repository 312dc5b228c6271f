//! Values to read, wherever they come from.

use leptos::prelude::untrack;

use super::{Memo, RwSignal, StoredValue, handle};
use crate::call::Call;

/// A value to read: fixed, set somewhere, or worked out from others whenever it is read.
pub struct Signal<T>(StoredValue<Box<dyn Call<(), T>>>);

handle!(Signal);

impl<T: 'static> Signal<T> {
    pub fn derive(work_out: impl Fn() -> T + 'static) -> Self {
        Self(StoredValue::new(Box::new(move |()| work_out())))
    }

    pub fn get(&self) -> T {
        self.0.with_value(|work_out| work_out.call(()))
    }

    pub fn get_untracked(&self) -> T {
        untrack(|| self.get())
    }
}

impl<T: Clone + 'static> From<T> for Signal<T> {
    fn from(value: T) -> Self {
        Self::derive(move || value.clone())
    }
}

impl From<&str> for Signal<String> {
    fn from(value: &str) -> Self {
        value.to_owned().into()
    }
}

impl<T: Clone + 'static> From<Memo<T>> for Signal<T> {
    fn from(memo: Memo<T>) -> Self {
        Self::derive(move || memo.get())
    }
}

impl<T: Clone + Send + Sync + 'static> From<RwSignal<T>> for Signal<T> {
    fn from(signal: RwSignal<T>) -> Self {
        Self::derive(move || signal.get())
    }
}

impl<T: Clone + Default + 'static> Default for Signal<T> {
    fn default() -> Self {
        T::default().into()
    }
}
