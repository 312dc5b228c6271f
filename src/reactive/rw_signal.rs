//! Values that are set.

use std::{any::Any, marker::PhantomData, ops::DerefMut, sync::Arc};

use leptos::prelude::{self as typed, Get as _, GetUntracked as _, Set as _, Write as _};

use super::{handle, seen, seen_mut};

/// Shared only while somebody looks at it, so that looking needs no closure behind a pointer.
type Held = Arc<dyn Any + Send + Sync>;

/// A value that is set, and tells others.
pub struct RwSignal<T>(typed::RwSignal<Held>, PhantomData<fn() -> T>);

handle!(RwSignal);

impl<T: Send + Sync + 'static> RwSignal<T> {
    pub fn new(value: T) -> Self {
        Self(signal(Arc::new(value)), PhantomData)
    }

    pub fn set(&self, value: T) {
        set(self.0, Arc::new(value));
    }

    pub fn update(&self, change: impl FnOnce(&mut T)) {
        self.try_update(change);
    }

    /// Gives what `change` gives; none once the signal is gone.
    pub fn try_update<U>(&self, change: impl FnOnce(&mut T) -> U) -> Option<U> {
        write(&self.0).map(|mut held| change(seen_mut(alone(&mut held))))
    }

    pub fn with<U>(&self, look: impl FnOnce(&T) -> U) -> U {
        look(seen(&*value(self.0)))
    }

    pub fn with_untracked<U>(&self, look: impl FnOnce(&T) -> U) -> U {
        look(seen(&*value_untracked(self.0)))
    }
}

impl<T: Clone + Send + Sync + 'static> RwSignal<T> {
    pub fn get(&self) -> T {
        self.with(T::clone)
    }

    pub fn get_untracked(&self) -> T {
        self.with_untracked(T::clone)
    }
}

#[inline(never)]
fn signal(value: Held) -> typed::RwSignal<Held> {
    typed::RwSignal::new(value)
}

#[inline(never)]
fn set(signal: typed::RwSignal<Held>, value: Held) {
    // Gone with its page: nobody looks any more.
    let _ = signal.try_set(value);
}

#[inline(never)]
fn write(signal: &typed::RwSignal<Held>) -> Option<impl DerefMut<Target = Held>> {
    signal.try_write()
}

#[inline(never)]
fn alone(held: &mut Held) -> &mut dyn Any {
    Arc::get_mut(held).unwrap_or_else(|| unreachable!("a signal is not changed while somebody looks at it"))
}

#[inline(never)]
fn value(signal: typed::RwSignal<Held>) -> Held {
    signal.get()
}

#[inline(never)]
fn value_untracked(signal: typed::RwSignal<Held>) -> Held {
    signal.get_untracked()
}
