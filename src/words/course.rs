//! The line of today.

use bearings_plan::{Day, Span};

use super::words;
use crate::web::intl;

words! {
    on_course: "Objectives on course";
    how_to_read: "bar: progress · line: where today stands in the cycle · tick: where today expects it";
    all_the_way: "100 %";
    ended: "ended";
}

/// What stands at the line of today.
pub fn line(span: &Span, elapsed: f64, today: Day) -> String {
    if today < span.start {
        format!("starts {}", intl::month_day(span.start))
    } else if today > span.end {
        ended().to_owned()
    } else {
        format!("today {}", intl::percent(elapsed))
    }
}
