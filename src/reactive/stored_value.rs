//! Values that nobody follows.

use std::{any::Any, marker::PhantomData};

use leptos::prelude::{self as typed, Dispose as _, LocalStorage, UpdateValue as _, WithValue as _};

use super::{handle, seen, seen_mut};

type Stored = typed::StoredValue<Box<dyn Any>, LocalStorage>;

/// A value that is kept for as long as its owner, and that nobody follows.
pub struct StoredValue<T>(Stored, PhantomData<fn() -> T>);

handle!(StoredValue);

impl<T: 'static> StoredValue<T> {
    pub fn new(value: T) -> Self {
        Self(store(Box::new(value)), PhantomData)
    }

    pub fn with_value<U>(&self, look: impl FnOnce(&T) -> U) -> U {
        let (mut look, mut result) = (Some(look), None);
        with(self.0, &mut |value| result = look.take().map(|look| look(seen(value))));
        result.unwrap_or_else(|| unreachable!("looked at once"))
    }

    pub fn get_value(&self) -> T
    where
        T: Clone,
    {
        self.with_value(T::clone)
    }

    pub fn set_value(&self, value: T) {
        self.update_value(|held| *held = value);
    }

    pub fn update_value(&self, change: impl FnOnce(&mut T)) {
        self.try_update_value(change);
    }

    /// Gives what `change` gives; none once the value is gone.
    pub fn try_update_value<U>(&self, change: impl FnOnce(&mut T) -> U) -> Option<U> {
        let (mut change, mut result) = (Some(change), None);
        update(self.0, &mut |value| result = change.take().map(|change| change(seen_mut(value))));
        result
    }

    pub fn dispose(self) {
        self.0.dispose();
    }
}

#[inline(never)]
fn store(value: Box<dyn Any>) -> Stored {
    Stored::new_local(value)
}

#[inline(never)]
fn with(stored: Stored, look: &mut dyn FnMut(&dyn Any)) {
    stored.with_value(|value| look(&**value));
}

#[inline(never)]
fn update(stored: Stored, change: &mut dyn FnMut(&mut dyn Any)) {
    // Gone with its page: nobody looks any more.
    let _ = stored.try_update_value(|value| change(&mut **value));
}
