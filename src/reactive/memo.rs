//! Values that follow from others.

use std::{any::Any, marker::PhantomData, sync::Arc};

use leptos::prelude::{self as typed, Get as _, GetUntracked as _};

use super::{handle, seen};
use crate::call::Call;

/// A value that is worked out anew when something changes that it read, and tells others only if it differs.
pub struct Memo<T>(typed::Memo<Held>, PhantomData<fn() -> T>);

handle!(Memo);

/// A value, and how it is told from another one.
#[derive(Clone)]
struct Held {
    value: Arc<dyn Any + Send + Sync>,
    same: fn(&dyn Any, &dyn Any) -> bool,
}

impl PartialEq for Held {
    fn eq(&self, other: &Self) -> bool {
        (self.same)(&*self.value, &*other.value)
    }
}

impl<T: PartialEq + Send + Sync + 'static> Memo<T> {
    pub fn new(work_out: impl Fn() -> T + Send + Sync + 'static) -> Self {
        let same = |one: &dyn Any, other: &dyn Any| seen::<T>(one) == seen::<T>(other);
        Self(memo(Box::new(move |()| Held { value: Arc::new(work_out()), same })), PhantomData)
    }
}

impl<T: 'static> Memo<T> {
    pub fn with<U>(&self, look: impl FnOnce(&T) -> U) -> U {
        look(seen(&*value(self.0)))
    }

    pub fn with_untracked<U>(&self, look: impl FnOnce(&T) -> U) -> U {
        look(seen(&*value_untracked(self.0)))
    }
}

impl<T: Clone + 'static> Memo<T> {
    pub fn get(&self) -> T {
        self.with(T::clone)
    }

    pub fn get_untracked(&self) -> T {
        self.with_untracked(T::clone)
    }
}

#[inline(never)]
fn memo(work_out: Box<dyn Call<(), Held> + Send + Sync>) -> typed::Memo<Held> {
    typed::Memo::new(move |_| work_out.call(()))
}

#[inline(never)]
fn value(memo: typed::Memo<Held>) -> Arc<dyn Any + Send + Sync> {
    memo.get().value
}

#[inline(never)]
fn value_untracked(memo: typed::Memo<Held>) -> Arc<dyn Any + Send + Sync> {
    memo.get_untracked().value
}
