//! The formulas, as tables. Every expected value is worked out by hand beside its row, never taken from the code.
//!
//! Goals run from day 0 to day 100, so that on day `n` exactly `n` % of the time have gone.

#![allow(clippy::unwrap_used)]

mod alignment;
mod as_of;
mod board;
mod builder;
mod closing;
mod copies;
mod fed;
mod find;
mod forecast;
mod goalposts;
mod heat;
mod kpi;
mod lists;
mod measures;
mod metric;
mod objective;
mod overrides;
mod ranks;
mod rules;
mod share;
mod status;
mod stay;
