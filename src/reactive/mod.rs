//! Signals, memos and effects: those of Leptos, with the type of the value taken away inside.
//!
//! Leptos compiles reading, writing, comparing and notifying anew for every type that is kept in a signal. Here the
//! value is kept behind `dyn Any`, so that all of it exists once; what is left for each type is a cast. The names and
//! their meanings are those of Leptos. All handles are cheap to copy, and end with the owner under which they were made.

mod callback;
mod effect;
mod memo;
mod rw_signal;
mod signal;
mod stored_value;

pub use callback::Callback;
pub use effect::Effect;
pub use memo::Memo;
pub use rw_signal::RwSignal;
pub use signal::Signal;
pub use stored_value::StoredValue;

use std::any::Any;

fn seen<T: 'static>(value: &dyn Any) -> &T {
    value.downcast_ref().unwrap_or_else(|| another_type())
}

fn seen_mut<T: 'static>(value: &mut dyn Any) -> &mut T {
    value.downcast_mut().unwrap_or_else(|| another_type())
}

#[cold]
#[inline(never)]
fn another_type() -> ! {
    unreachable!("a handle knows the type of its value")
}

/// A handle is copied whether or not its value can be.
macro_rules! handle {
    ($name:ident) => {
        impl<T> Clone for $name<T> {
            fn clone(&self) -> Self {
                *self
            }
        }

        impl<T> Copy for $name<T> {}

        impl<T> std::fmt::Debug for $name<T> {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(stringify!($name))
            }
        }
    };
}

use handle;
