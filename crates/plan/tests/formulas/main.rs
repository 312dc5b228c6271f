//! The formulas, as tables. Every expected value is worked out by hand beside its row, never taken from the code.
//!
//! Goals run from day 0 to day 100, so that on day `n` exactly `n` % of the time have gone.

#![allow(clippy::unwrap_used)]

mod alignment;
mod as_of;
mod board;
mod builder;
mod calculated;
mod closing;
mod copies;
mod drafts;
mod fed;
mod find;
mod forecast;
mod goalposts;
mod guards;
mod headline;
mod heat;
mod infix;
mod kpi;
mod links;
mod lists;
mod measures;
mod metric;
mod objective;
mod odd;
mod only;
mod overrides;
mod parts;
mod paste;
mod present;
mod ranks;
mod rules;
mod running;
mod schedule;
mod share;
mod signal;
mod status;
mod stay;
