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
    torn: "Not saved in this browser: its storage did not keep the text whole.";
    newer: "A newer version of Bearings is in use here.";
    newer_explained: "This tab only shows your plan and writes nothing. Reload it to go on.";
    reload: "Reload";
    memory_only: "Your work is only in this tab; save a file before you close it.";
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

/// "Last file: 6 days ago."
pub fn last_file(when: &str) -> String {
    format!("Last file: {when}.")
}
