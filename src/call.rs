//! Closures behind a pointer, without what nobody calls.
//!
//! The table of a `dyn FnMut` also holds a `call_once`, which moves the closure out of its box, runs and drops it. It is
//! compiled for each of the hundreds of closures of the page, and none is ever called that way.

/// `dyn Fn(A) -> R`.
pub trait Call<A, R> {
    fn call(&self, with: A) -> R;
}

impl<A, R, F: Fn(A) -> R> Call<A, R> for F {
    fn call(&self, with: A) -> R {
        self(with)
    }
}

/// `dyn FnMut(A) -> R`.
pub trait CallMut<A, R> {
    fn call_mut(&mut self, with: A) -> R;
}

impl<A, R, F: FnMut(A) -> R> CallMut<A, R> for F {
    fn call_mut(&mut self, with: A) -> R {
        self(with)
    }
}
