//! How much room there is, and what was damaged.

use super::{count, words};

words! {
    title: "Room in this browser";
    used: "Room that is used";
    this_plan: "this plan";
    other_plans: "other plans";
    rest: "other";
    crowded: "This browser’s storage is nearly full.";
    crowded_explained: "Save a file, then delete plans that you no longer need here.";
    make_room: "Make room";
    promised: "This browser promised to keep it.";
    not_promised: "This browser may clear it when space is short.";
    damaged: "Damaged pieces";
    save_damaged: "Save them as a file";
    remove_damaged: "Remove them";
    really_remove: "Remove them for good";
    remove_explained: "They are gone for good then. The rest of the plan stays as it is.";
}

/// "62% of about 5,200,000 characters"
pub fn of_all(share: &str, all: &str) -> String {
    format!("{share} of about {all} characters")
}

/// "2 pieces of “My plan” could not be read."
pub fn damaged_pieces(n: usize, plan: &str) -> String {
    format!("{} of “{plan}” could not be read. Nothing was overwritten.", count(n, "piece", "pieces"))
}
