//! Files that are kept in step with a plan.

use super::{count, words};

words! {
    title: "Linked file";
    why: "Keep the plan in a file of yours, for example in a folder that is backed up or shared. Every change goes into it, and what somebody else changed there comes in.";
    new_file: "Link a new file";
    there: "Link a file that is there";
    unlink: "Unlink";
    looking: "Looking at it…";
    in_step: "In step: every change goes into it.";
    asking: "The browser wants a click before the page may use it again.";
    not_a_plan: "It holds no Bearings plan. It was not touched.";
    other_plan: "It holds another plan. It was not touched: open it below, or link another file.";
    newer: "A newer Bearings wrote it. It was not touched: reload the page to get the new version.";
    not_writable: "It cannot be read or written: it may have been moved, deleted or locked.";
    not_kept: "What changed in it does not fit into this browser’s storage. It was not touched.";
    again: "Try again";
    not_linked: "The browser did not link the file.";
}

/// "Go on syncing with plan.json"
pub fn go_on(file: &str) -> String {
    format!("Go on syncing with {file}")
}

/// "3 changes came from the file."
pub fn merged(changes: usize) -> String {
    format!("{} came from the file.", count(changes, "change", "changes"))
}
