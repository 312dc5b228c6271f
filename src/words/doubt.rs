//! Questions before something odd is saved.

use bearings_plan::{Day, LastSaid, Number, OddDay, OddValue, Unit};

use super::words;
use crate::web::intl;

words! {
    enter: "Enter";
}

/// "Really 828 kg? It was 82.9 kg on 13 Nov. That is 10 times as much."
pub fn value(why: OddValue, value: Number, last: &LastSaid, unit: &Unit) -> String {
    let number = |value| intl::number(value, unit);
    let asked = format!("Really {}?", number(value));
    let asked = match (last.value, last.day) {
        (Some(last), Some(day)) => format!("{asked} It was {} on {}.", number(last), intl::date(day)),
        (Some(start), None) => format!("{asked} It starts at {}.", number(start)),
        (None, _) => asked,
    };
    match why {
        OddValue::Larger { times } => format!("{asked} That is {} times as much.", intl::bare(times)),
        OddValue::Smaller { times } => format!("{asked} That was {} times as much.", intl::bare(times)),
        OddValue::Negative => format!("{asked} Nothing was below zero so far."),
        OddValue::Away => format!("{asked} That is away from the target, by more than the whole way."),
        OddValue::Jump => format!("{asked} It never moved so far at once lately."),
    }
}

/// "Keep 828 kg"
pub fn keep_value(value: Number, unit: &Unit) -> String {
    format!("Keep {}", intl::number(value, unit))
}

/// "Save 82.8 kg"
pub fn take_value(value: Number, unit: &Unit) -> String {
    format!("Save {}", intl::number(value, unit))
}

/// "Really 1 January 2025? It starts on 1 April 2026."
pub fn day(why: OddDay, day: Day) -> String {
    let asked = intl::date_long(day);
    match why {
        OddDay::BeforeStart { start } => format!("Really {asked}? It starts on {}.", intl::date_long(start)),
        OddDay::OtherYear => format!("Really {asked}? Nothing else was entered around that day."),
    }
}

/// "Keep 1 January 2025"
pub fn keep_day(day: Day) -> String {
    format!("Keep {}", intl::date_long(day))
}

/// "Save for 1 May 2026"
pub fn take_day(day: Day) -> String {
    format!("Save for {}", intl::date_long(day))
}
