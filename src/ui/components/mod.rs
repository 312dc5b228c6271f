//! One file for each idea that pages are made of. The markup is what `style/` expects.

pub mod adder;
pub mod button;
pub mod check;
pub mod course;
pub mod doubt;
pub mod field;
pub mod figure;
pub mod file;
pub mod form;
pub mod guarded;
pub mod guards;
pub mod history;
pub mod icon;
pub mod instrument;
pub mod log;
pub mod owner;
pub mod pillar;
pub mod status;
pub mod steps;
pub mod track;
pub mod units;
pub mod verdict;

use std::cell::Cell;

/// An id that no other element has.
pub fn uid(prefix: &str) -> String {
    thread_local! {
        static NEXT: Cell<u32> = const { Cell::new(0) };
    }
    NEXT.with(|next| {
        next.set(next.get().wrapping_add(1));
        format!("{prefix}{}", next.get())
    })
}
