//! Today.

use super::{count, words};

words! {
    no_goals_explained: "Write one line that you would be proud to read at its end. Numbers come next.";
    to_objectives: "Add an objective";
    due: "Due now";
    nothing_due: "Nothing is due.";
    nothing_due_explained: "Every running key result and KPI has been looked at.";
    instruments: "Instruments";
    all: "all";
    no_kpis: "No KPI yet: which number would you miss first?";
    add_kpi: "Add a KPI";
    lately: "Lately";
}

/// "3 left"
pub fn left(n: usize) -> String {
    format!("{n} left")
}

/// "6 of 14 KPIs"
pub fn some_of(shown: usize, all: usize) -> String {
    if shown == all { count(all, "KPI", "KPIs") } else { format!("{shown} of {all} KPIs") }
}

/// "3 key results · Marketing · aspirational"
pub fn small(key_results: usize, counted: usize, owner: Option<&str>, aspirational: bool) -> String {
    let mut parts = vec![match key_results {
        0 if counted > 0 => count(counted, "objective counts in it", "objectives count in it"),
        0 => "no key result yet: how will you know?".to_owned(),
        n => count(n, "key result", "key results"),
    }];
    parts.extend(owner.map(str::to_owned));
    parts.extend(aspirational.then(|| "aspirational".to_owned()));
    parts.join(" · ")
}

/// " · confidence 6"
pub fn confidence(value: u8) -> String {
    format!(" · confidence {value}")
}

/// " · done"
pub fn done(done: bool) -> &'static str {
    if done { " done" } else { " not done yet" }
}
