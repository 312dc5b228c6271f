//! Today.

use super::{count, sentence, spelled, words};

words! {
    what_now: "What needs you today.";
    no_cycle: "No cycle is running.";
    no_goals_title: "No goals yet.";
    no_goals_here: "No goals in this cycle.";
    no_goals_explained: "Write one line that you would be proud to read at its end. Numbers come next.";
    to_objectives: "Add an objective";
    all_on_course: "All goals are on course.";
    due: "Due now";
    nothing_due: "Nothing is due.";
    nothing_due_explained: "Every running key result and KPI has been looked at.";
    instruments: "Instruments";
    all: "all";
    no_kpis: "No KPI yet: which number would you miss first?";
    add_kpi: "Add a KPI";
    lately: "Lately";
}

/// "Week 8 of 13. Two goals need you."
pub fn week(week: i32, weeks: i32, news: &str) -> String {
    format!("Week {week} of {weeks}. {news}")
}

/// "Two goals need you."
pub fn need_you(n: usize) -> String {
    let goals = if n == 1 { "goal needs" } else { "goals need" };
    format!("{} {goals} you.", sentence(&spelled(n)))
}

/// "Q4 2026 has ended."
pub fn ended(cycle: &str) -> String {
    format!("{cycle} has ended.")
}

/// "Q1 2027 begins in 12 days."
pub fn begins(cycle: &str, when: &str) -> String {
    format!("{cycle} begins {when}.")
}

/// "Q4 2026 · 1 October to 31 December · 39 days left"
pub fn about(cycle: &str, range: &str, left: i32) -> String {
    let days = if left == 1 { "day" } else { "days" };
    format!("{cycle} · {range} · {left} {days} left")
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
pub fn small(key_results: usize, owner: Option<&str>, aspirational: bool) -> String {
    let mut parts = vec![match key_results {
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
