//! Values that are set.

use std::{any::Any, marker::PhantomData};

use leptos::prelude::{self as typed, Update as _, With as _, WithUntracked as _};

use super::{handle, seen, seen_mut};

type Held = Box<dyn Any + Send + Sync>;

/// A value that is set, and tells others.
pub struct RwSignal<T>(typed::RwSignal<Held>, PhantomData<fn() -> T>);

handle!(RwSignal);

impl<T: Send + Sync + 'static> RwSignal<T> {
    pub fn new(value: T) -> Self {
        Self(signal(Box::new(value)), PhantomData)
    }

    pub fn set(&self, value: T) {
        self.update(|held| *held = value);
    }

    pub fn update(&self, change: impl FnOnce(&mut T)) {
        self.try_update(change);
    }

    /// Gives what `change` gives; none once the signal is gone.
    pub fn try_update<U>(&self, change: impl FnOnce(&mut T) -> U) -> Option<U> {
        let (mut change, mut result) = (Some(change), None);
        update(self.0, &mut |held| result = change.take().map(|change| change(seen_mut(held))));
        result
    }

    pub fn with<U>(&self, look: impl FnOnce(&T) -> U) -> U {
        let (mut look, mut result) = (Some(look), None);
        with(self.0, &mut |held| result = look.take().map(|look| look(seen(held))));
        result.unwrap_or_else(|| unreachable!("looked at once"))
    }

    pub fn with_untracked<U>(&self, look: impl FnOnce(&T) -> U) -> U {
        let (mut look, mut result) = (Some(look), None);
        with_untracked(self.0, &mut |held| result = look.take().map(|look| look(seen(held))));
        result.unwrap_or_else(|| unreachable!("looked at once"))
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
fn update(signal: typed::RwSignal<Held>, change: &mut dyn FnMut(&mut dyn Any)) {
    // Gone with its page: nobody looks any more.
    let _ = signal.try_update(|held| change(&mut **held));
}

#[inline(never)]
fn with(signal: typed::RwSignal<Held>, look: &mut dyn FnMut(&dyn Any)) {
    signal.with(|held| look(&**held));
}

#[inline(never)]
fn with_untracked(signal: typed::RwSignal<Held>, look: &mut dyn FnMut(&dyn Any)) {
    signal.with_untracked(|held| look(&**held));
}
