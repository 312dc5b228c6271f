//! Backups: why there are any, what is in them, what differs.

use bearings_plan::{
    backups::{DAYS_OF_GRACE, Reason},
    compare::{Comparison, Difference, Part},
};

use super::{count, words};

words! {
    backups: "Backups";
    made_by_themselves: "made by themselves, kept on this device";
    back_up_now: "Back up now";
    none_yet: "None yet. Once there is something in your plan, a backup is made each day, all by itself.";
    compare: "Compare";
    restore: "Restore";
    as_a_copy: "Open as a copy";
    bring_back: "Bring back";
    drop: "Delete for good";
    older: "Older backups";
    cannot: "This browser keeps no backups for the page: private windows and strict settings forbid it. Your plan is safe where it is; save a file now and then.";
    full: "The last backup was not kept: there is no room left. Save a file, or delete old backups.";
    drop_oldest: "Drop oldest backups";
    unreadable: "This backup cannot be read. Others may be fine.";
    not_handed_out: "The browser did not make a file of it.";
    nothing_differs: "Nothing differs: the plan is as it was.";
    frame: "the plan’s name or settings";
    not_restored: "There is no room for it in this browser. Nothing was changed.";
}

pub fn why(reason: Reason) -> &'static str {
    match reason {
        Reason::Daily => "made for the day",
        Reason::ByHand => "you asked for it",
        Reason::Import => "before a file replaced it",
        Reason::Restore => "before an earlier one was restored",
        Reason::Deletion => "before it was deleted",
        Reason::Unsaved => "before changes that were not saved were left behind",
        Reason::Migration => "before an update of the format",
    }
}

/// "21 November 2026, 09:05"
pub fn when(day: &str, time: &str) -> String {
    format!("{day}, {time}")
}

/// "made for the day · 5 objectives, 14 KPIs · 148 KB"
pub fn about(reason: Reason, contents: &str, bytes: &str) -> String {
    format!("{} · {contents} · {bytes}", why(reason))
}

/// What is told of a plan that is gone: "deleted, as of 21 November 2026, 09:05 · 5 objectives, 14 KPIs · 148 KB"
pub fn about_gone(reason: Reason, when: &str, contents: &str, bytes: &str) -> String {
    let gone = match reason {
        Reason::Deletion => "deleted",
        Reason::Import => "replaced by a file",
        _ => "not in this browser any more",
    };
    format!("{gone}, as of {when} · {contents} · {bytes}")
}

/// "Until 21 December 2026 it can be brought back."
pub fn until(day: &str) -> String {
    format!("Until {day} it can be brought back.")
}

/// What deleting a plan leaves.
pub fn deleted_stay() -> String {
    format!("Plans that you delete stay here for {DAYS_OF_GRACE} days.")
}

/// "Restored as of 21 November 2026, 09:05."
pub fn restored(when: &str) -> String {
    format!("Restored as of {when}.")
}

/// What differs between the plan now (here) and a backup (there), in at most three sentences.
pub fn differs(comparison: &Comparison) -> Vec<String> {
    if comparison.is_empty() {
        return vec![nothing_differs().to_owned()];
    }
    let parts = |of: fn(&Difference) -> usize| {
        let some = comparison.parts.iter().filter(move |(_, difference)| of(difference) > 0);
        some.map(move |(part, difference)| counted(*part, of(difference))).collect::<Vec<_>>()
    };
    let mut changed = parts(|it| it.changed);
    if comparison.frame {
        changed.push(frame().to_owned());
    }
    let told = [
        ("Added since: ", parts(|it| it.only_here)),
        ("Gone since: ", parts(|it| it.only_there)),
        ("Changed since: ", changed),
    ];
    let told = told.into_iter().filter(|(_, parts)| !parts.is_empty());
    told.map(|(word, parts)| format!("{word}{}.", parts.join(", "))).collect()
}

pub fn counted(part: Part, n: usize) -> String {
    let (one, many) = match part {
        Part::Objectives => ("objective", "objectives"),
        Part::KeyResults => ("key result", "key results"),
        Part::CheckIns => ("check-in", "check-ins"),
        Part::Milestones => ("milestone", "milestones"),
        Part::Initiatives => ("initiative", "initiatives"),
        Part::Kpis => ("KPI", "KPIs"),
        Part::Readings => ("reading", "readings"),
        Part::Cycles => ("cycle", "cycles"),
        Part::Pillars => ("pillar", "pillars"),
        Part::Owners => ("owner", "owners"),
        Part::Filters => ("filter", "filters"),
    };
    count(n, one, many)
}
