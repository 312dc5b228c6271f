//! The frame around every page.

use super::{isolated, words};

words! {
    skip: "Skip to content";
    main_navigation: "Main";
    nav_today: "Today";
    nav_objectives: "Objectives";
    nav_kpis: "KPIs";
    nav_plans: "Plans";
    nav_settings: "Settings";
    due: " due";
    nothing_to_undo: "Nothing to undo";
    nothing_to_redo: "Nothing to redo";
    saved_here: "Saved in this browser.";
    not_saved: "Not saved.";
    no_file_yet: "No file saved yet.";
    this_is_a_sample: "This is the sample plan.";
    sample_explained: "Change what you like; your own plan is a separate one.";
    start_mine: "Start mine";
    only_here: "Only in this browser.";
    only_here_save: "Nobody else has your plan, and clearing the browser’s data clears it too. A file is your backup.";
    only_here_install: "Safari forgets pages that were not opened for a week, unless you install them: Share, then Add to Dock or Add to Home Screen.";
    blocked: "Not saved in this browser: its storage is blocked.";
    full: "Not saved in this browser: its storage is full.";
    refused: "Not saved in this browser: its storage refused.";
    taken: "Not saved in this browser: the same moment was given twice. Reload the page once your file is saved.";
    torn: "Not saved in this browser: its storage did not keep the text whole.";
    newer: "A newer version of Bearings is in use here.";
    newer_explained: "This tab only shows your plan and writes nothing. Reload it to go on.";
    reload: "Reload";
    memory_only: "Your work is only in this tab; save a file before you close it.";
    go_on_without: "Go on without them";
    stay_here: "Stay here";
    unread: "Part of your plan could not be read. Nothing was overwritten.";
    not_found: "There is nothing here (any more).";
    not_found_why: "The link may be old, or it may have been deleted.";
    back_to_today: "Back to Today";
    not_fetched: "This part of the page could not be fetched. Check the network, then try again.";
    fetch_again: "Try again";
    not_there: "This part of the page is not there any more: a newer Bearings was probably published. Reload the page to get it. What you saved stays.";
    still_coming: "This part of the page is slow to come.";
    export_refused: "The browser did not hand out the file. Allow downloads for this page and try again.";
}

/// Asked before another plan is opened.
pub fn only_in_this_tab(name: &str) -> String {
    let name = super::isolated(name);
    format!("Changes of “{name}” are only in this tab.")
}

/// The title of a browser tab.
pub fn tab_title(page: &str) -> String {
    let page = isolated(page);
    format!("{page} · Bearings")
}

/// "Undo: check-in on Monthly visitors".
pub fn undo_it(what: &str) -> String {
    let what = isolated(what);
    format!("Undo: {what}")
}

/// "Redo: check-in on Monthly visitors".
pub fn redo_it(what: &str) -> String {
    let what = isolated(what);
    format!("Redo: {what}")
}

/// "Undone: check-in on Monthly visitors."
pub fn undone(what: &str) -> String {
    let what = isolated(what);
    format!("Undone: {what}.")
}

/// "Redone: check-in on Monthly visitors."
pub fn redone(what: &str) -> String {
    let what = isolated(what);
    format!("Redone: {what}.")
}

/// After something came from elsewhere that speaks of what was deleted here.
pub fn returned(names: &[String]) -> String {
    let named: Vec<_> = names.iter().take(3).map(|name| format!("“{}”", super::isolated(name))).collect();
    let (names, more) = (named.join(", "), names.len().saturating_sub(3));
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    format!("{names}{more} came back: something was added elsewhere before the deletion was known there.")
}

/// What was done, where so much of it was left out.
pub fn in_part(done: &str, left_out: usize) -> String {
    match left_out {
        0 => done.to_owned(),
        1 => format!("{done} One part of it was left: it was changed in another tab since."),
        n => format!("{done} {n} parts of it were left: they were changed in another tab since."),
    }
}

/// Nothing was taken back.
pub fn changed_since(what: &str) -> String {
    format!("{}: changed in another tab since, and left as it is.", super::sentence(what))
}

/// "Last file: 6 days ago."
pub fn last_file(when: &str) -> String {
    format!("Last file: {when}.")
}
