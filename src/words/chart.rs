//! Drawings.

use bearings_charts::{Aim, Labels, PointKind};
use bearings_plan::{Forecast, Number, Unit};

use super::{check, kpis, signal, words};
use crate::web::intl;

words! {
    not_drawn: "The chart could not be drawn. Its numbers are in the table below.";
}

/// The words on a drawing.
pub fn labels(description: &str) -> Labels<'_> {
    Labels {
        description,
        value: "value",
        progress: "progress",
        expected: "expected",
        target: "target",
        lower: "at least",
        upper: "at most",
        today: "today",
        start: "start",
        moved: "goalpost moved",
        forecast: "as it goes",
        likely_from: "likely from",
        likely_to: "to",
        so_far: "so far",
        average: &signal::mean_of,
        centre: signal::centre(),
        upper_limit: signal::upper_end(),
        lower_limit: signal::lower_end(),
        period: &kpis::period,
        signal: &signal::verdict,
        number: &intl::compact,
        exact: &intl::number,
    }
}

/// The columns of a table that tells signals from noise.
pub fn columns_of_signals() -> [&'static str; 6] {
    ["When", "What", "Value", "Usual", "Signal or noise", "Note"]
}

/// The columns of a drawing's table.
pub fn columns() -> [&'static str; 6] {
    ["When", "What", "Value", "Expected", "Target", "Note"]
}

pub fn kind(kind: PointKind) -> &'static str {
    match kind {
        PointKind::Start => "start",
        PointKind::CheckIn => "check-in",
        PointKind::Reading => "reading",
        PointKind::Forecast => "as it goes",
        PointKind::Step => "step done",
        PointKind::Moved => "goalpost moved",
        PointKind::Period => "period",
        PointKind::Running => "so far",
    }
}

/// "80% likely: 6,900 to 7,900 visitors"
pub fn likely((low, high): (Number, Number), unit: &Unit) -> String {
    let likely = intl::percent(Forecast::LIKELY);
    format!("{likely} likely: {} to {}", intl::bare(low), intl::number(high, unit))
}

pub fn aim(aim: &Aim, unit: &Unit) -> String {
    match aim {
        Aim::Reach(value) => intl::number(*value, unit),
        Aim::Keep(bounds) => check::bounds(bounds, unit),
    }
}
