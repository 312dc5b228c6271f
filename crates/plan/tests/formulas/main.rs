//! The formulas, as tables. Every expected value is worked out by hand beside its row, never taken from the code.
//!
//! Goals run from day 0 to day 100, so that on day `n` exactly `n` % of the time have gone.

#![allow(clippy::unwrap_used)]

mod as_of;
mod builder;
mod kpi;
mod lists;
mod measures;
mod metric;
mod objective;
mod ranks;
mod status;
mod stay;
