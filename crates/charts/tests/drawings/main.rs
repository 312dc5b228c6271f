//! Drawings of small plans, looked at as data.

#![allow(clippy::unwrap_used)]

mod forecasts;
mod key_results;
mod kpis;
mod plans;
mod signals;
mod sparklines;
