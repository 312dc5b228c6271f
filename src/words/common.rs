//! Words that many places share.

use bearings_plan::{Aggregation, Cadence, Frequency, Health, ObjectiveKind, Status};

use super::{isolated, words};

words! {
    bearings: "Bearings";
    save: "Save";
    cancel: "Cancel";
    edit: "Edit";
    delete: "Delete";
    move_up: "Move up";
    move_down: "Move down";
    undo: "Undo";
    redo: "Redo";
    close: "Close";
    optional: "optional";
    stale: "Stale";
    no_number: "–";
    no_number_yet: "no number yet";
    note: "Note";
    note_placeholder: "What happened?";
    value: "Value";
    date: "Date";
    not_later: "Choose today or a day before.";
    confidence: "Confidence";
    not_stated: "not stated";
    as_a_table: "As a table";
    today: "today";
    me: "Me";
    nobody: "Nobody";
    save_a_file: "Save a file";
    look_at_sample: "Look at a sample plan";
}

/// "60 %, today expects 57 %".
pub fn progress_of(progress: &str, expected: Option<&str>) -> String {
    match expected {
        Some(expected) => format!("{progress}, today expects {expected}"),
        None => progress.to_owned(),
    }
}

/// "Confidence in Monthly visitors".
pub fn confidence_in(what: &str) -> String {
    let what = isolated(what);
    format!("Confidence in {what}")
}

/// "6 of 10".
pub fn of_ten(value: u8) -> String {
    format!("{value} of 10")
}

/// "More for Monthly visitors".
pub fn more_for(what: &str) -> String {
    let what = isolated(what);
    format!("More for {what}")
}

/// "Edit Monthly visitors".
pub fn edit_it(what: &str) -> String {
    let what = isolated(what);
    format!("Edit {what}")
}

/// "Delete check-in of 20 Nov".
pub fn delete_it(what: &str) -> String {
    let what = isolated(what);
    format!("Delete {what}")
}

/// "Monthly visitors as a table".
pub fn table_of(what: &str) -> String {
    let what = isolated(what);
    format!("{what} as a table")
}

pub fn status(status: Status) -> &'static str {
    match status {
        Status::Pending => "Pending",
        Status::OnTrack => "On track",
        Status::NeedsAttention => "Needs attention",
        Status::OffTrack => "Off track",
        Status::Achieved => "Achieved",
        Status::Partly => "Partly",
        Status::Missed => "Missed",
    }
}

pub fn health(health: Health) -> &'static str {
    match health {
        Health::Healthy => "On target",
        Health::Warning => "Near target",
        Health::Unhealthy => "Off target",
        Health::NoTarget => "No target",
        Health::Pending => "Pending",
        Health::NoData => "No data",
    }
}

pub fn objective_kind(kind: ObjectiveKind) -> &'static str {
    match kind {
        ObjectiveKind::Committed => "Committed",
        ObjectiveKind::Aspirational => "Aspirational",
        ObjectiveKind::Learning => "Learning",
    }
}

pub fn frequency(frequency: Frequency) -> &'static str {
    match frequency {
        Frequency::Daily => "every day",
        Frequency::Weekly => "every week",
        Frequency::Monthly => "every month",
        Frequency::Quarterly => "every quarter",
        Frequency::Yearly => "every year",
    }
}

pub fn cadence(cadence: Cadence) -> &'static str {
    match cadence {
        Cadence::Weekly => "every week",
        Cadence::Fortnightly => "every two weeks",
        Cadence::Monthly => "every month",
        Cadence::Quarterly => "every quarter",
    }
}

pub fn aggregation(aggregation: Aggregation) -> &'static str {
    match aggregation {
        Aggregation::Last => "the last counts",
        Aggregation::Sum => "add them up",
        Aggregation::Mean => "their mean",
        Aggregation::Min => "the lowest",
        Aggregation::Max => "the highest",
    }
}

/// "= 6,205": what a number field understood.
pub fn understood(value: &str) -> String {
    format!("= {value}")
}

/// "= 6,205 (+5)"
pub fn understood_step(value: &str, step: &str) -> String {
    format!("= {value} ({step})")
}
