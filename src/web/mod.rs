//! Thin bindings to the browser. Nothing here knows a plan's meaning, and nothing here is worded for people, apart
//! from what the browser's `Intl` writes.

pub mod charts;
pub mod clock;
mod error;
pub mod files;
pub mod intl;
pub mod keep;
pub mod keys;
pub mod linked;
pub mod page;
pub mod random;
pub mod route;
pub mod second_copy;
pub mod session;
pub mod size;
pub mod storage;
pub mod style;
pub mod theme;
pub mod vault;
mod watch;

pub use error::WebError;
