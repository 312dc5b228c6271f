//! The page of plans.

use bearings_plan::compare::{Age, Comparison, Difference};

use super::{backups, count, isolated, words};

words! {
    your_plans: "Your plans";
    open: "Open";
    rename: "Rename";
    duplicate: "Duplicate";
    duplicate_without_history: "Duplicate without history";
    not_duplicated: "There is no room for a copy in this browser.";
    no_room_made: "That was not enough. Save a file, then delete other plans.";
    name: "Name";
    new_plan: "New plan";
    my_plan: "My plan";
    open_a_file: "Open a file";
    stays_here: "stays on this device";
    drop_here: "Drop a Bearings file here";
    choose_a_file: "Choose a file";
    nothing_changed: "nothing was changed";
    where_short: "On this device only; files take them elsewhere.";
    nothing_to_keep: "Nothing to save yet.";
    keep_both: "Keep both";
    replace_mine: "Replace mine";
    where_is_it: "Where is my plan?";
    where_explained: "In this browser’s storage on this device, nowhere else. A file is your backup and the way to another device.";
    sample: "Sample plan.";
    sample_explained: "A marketing team, a glove factory, a half marathon: eight weeks in.";
    look_at_it: "Look at the sample";
    unreadable: "cannot be read";
    unreadable_explained: "It stays untouched. Save its raw data to keep it, or to have it looked at.";
    save_raw: "Save raw data";
    objectives: "objectives";
    key_results: "key results";
    check_ins: "check-ins";
    kpis: "KPIs";
    readings: "readings";
    not_replaced: "There is no room for both plans in this browser. Nothing was changed.";
    left_a_backup: "What was not saved is kept as a backup.";
    from_the_future: "It says that it was saved on a day that has not come yet: the clock of that device, or of this one, is wrong.";
}

/// "Two plans in this browser."
pub fn title(n: usize) -> String {
    let plans = if n == 1 { "plan" } else { "plans" };
    format!("{} {plans} in this browser.", super::sentence(&super::spelled(n)))
}

/// "5 objectives, 14 KPIs"
pub fn contents(objectives: usize, kpis: usize) -> String {
    format!("{}, {}", count(objectives, "objective", "objectives"), count(kpis, "KPI", "KPIs"))
}

/// "5 objectives, 14 KPIs · 12 KB · changed yesterday"
pub fn about(contents: &str, size: Option<&str>, changed: Option<&str>) -> String {
    let mut about = contents.to_owned();
    if let Some(size) = size {
        about = format!("{about} · {size}");
    }
    if let Some(changed) = changed {
        about = format!("{about} · changed {changed}");
    }
    about
}

/// "open now · 5 objectives, 14 KPIs"
pub fn open_now_and(contents: &str) -> String {
    format!("open now · {contents}")
}

/// "148 KB · saved 20 November"
pub fn about_file(bytes: &str, saved: &str) -> String {
    format!("{bytes} · saved {saved}")
}

/// "You already have this plan, as “Glove factory”."
pub fn have_already(name: &str) -> String {
    let name = isolated(name);
    format!("You already have this plan, as “{name}”. Replacing can be undone until you close the page.")
}

/// "It replaces “My plan”, which is open now."
pub fn or_replace(name: &str) -> String {
    let name = isolated(name);
    format!("Keep it beside your plans, or let it replace “{name}”, which is open now.")
}

/// "Plan “Glove factory” deleted."
pub fn deleted(name: &str) -> String {
    let name = isolated(name);
    format!("“{name}” deleted.")
}

/// A deletion of which no backup could be made.
pub fn deleted_without_backup(name: &str) -> String {
    let name = isolated(name);
    format!("“{name}” deleted, without a backup.")
}

/// "“Glove factory” replaced."
pub fn replaced(name: &str) -> String {
    let name = isolated(name);
    format!("“{name}” replaced.")
}

/// "“Glove factory” is here."
pub fn imported(name: &str) -> String {
    let name = isolated(name);
    format!("“{name}” is here and open.")
}

/// "“Glove factory (copy)” is here."
pub fn duplicated(name: &str) -> String {
    let name = isolated(name);
    format!("“{name}” is here.")
}

/// The name of a plan that stands beside another of the same name.
pub fn copy_of(name: &str) -> String {
    format!("{name} (copy)")
}

/// After another tab deleted the plan that is on the screen.
pub fn deleted_elsewhere(name: &str) -> String {
    let name = isolated(name);
    format!("“{name}” was deleted in another tab. It is stored again with your next change.")
}

/// How a file stands to the plan that it would replace.
pub fn age(age: Age) -> Option<&'static str> {
    match age {
        Age::Same => Some("The file holds what your plan holds."),
        Age::Older => Some("The file is older than your plan: your plan holds all of it, and more."),
        Age::Newer => Some("The file is newer than your plan: it holds all of it, and more."),
        Age::Apart => {
            Some("Both were changed since they were the same. Link the file instead to get the changes of both.")
        }
    }
}

/// What replacing a plan (here) by a file (there) would do to it, in at most three sentences.
pub fn would_change(comparison: &Comparison) -> Vec<String> {
    let parts = |of: fn(&Difference) -> usize| {
        let some = comparison.parts.iter().filter(move |(_, difference)| of(difference) > 0);
        some.map(move |(part, difference)| backups::counted(*part, of(difference))).collect::<Vec<_>>()
    };
    let mut changed = parts(|it| it.changed);
    if comparison.frame {
        changed.push(backups::frame().to_owned());
    }
    let told = [
        ("Replacing would lose: ", parts(|it| it.only_here)),
        ("It would bring in: ", parts(|it| it.only_there)),
        ("It would change: ", changed),
    ];
    let told = told.into_iter().filter(|(_, parts)| !parts.is_empty());
    told.map(|(word, parts)| format!("{word}{}.", parts.join(", "))).collect()
}
