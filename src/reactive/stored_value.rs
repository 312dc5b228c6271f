//! Values that nobody follows.

use std::{any::Any, marker::PhantomData, ops::DerefMut, rc::Rc};

use leptos::prelude::{self as typed, Dispose as _, GetValue as _, LocalStorage, WriteValue as _};

use super::{handle, seen, seen_mut};

/// Shared only while somebody looks at it, so that looking needs no closure behind a pointer.
type Held = Rc<dyn Any>;
type Stored = typed::StoredValue<Held, LocalStorage>;

/// A value that is kept for as long as its owner, and that nobody follows.
pub struct StoredValue<T>(Stored, PhantomData<fn() -> T>);

handle!(StoredValue);

impl<T: 'static> StoredValue<T> {
    pub fn new(value: T) -> Self {
        Self(store(Rc::new(value)), PhantomData)
    }

    pub fn with_value<U>(&self, look: impl FnOnce(&T) -> U) -> U {
        look(seen(&*value(self.0)))
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
        write(self.0).map(|mut held| change(seen_mut(alone(&mut held))))
    }

    pub fn dispose(self) {
        self.0.dispose();
    }
}

#[inline(never)]
fn store(value: Held) -> Stored {
    Stored::new_local(value)
}

#[inline(never)]
fn value(stored: Stored) -> Held {
    stored.get_value()
}

#[inline(never)]
fn write(stored: Stored) -> Option<impl DerefMut<Target = Held>> {
    stored.try_write_value()
}

#[inline(never)]
fn alone(held: &mut Held) -> &mut dyn Any {
    Rc::get_mut(held).unwrap_or_else(|| unreachable!("a value is not changed while somebody looks at it"))
}
