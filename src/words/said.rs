//! What changes are called, after "Undo:" and the like.

use super::{count, isolated, words};

words! {
    edited_plan: "edit of the plan";
}

pub fn added(kind: &str, name: &str) -> String {
    let name = isolated(name);
    format!("new {kind} “{name}”")
}

pub fn edited(kind: &str, name: &str) -> String {
    let name = isolated(name);
    format!("edit of {kind} “{name}”")
}

pub fn deleted(kind: &str, name: &str) -> String {
    let name = isolated(name);
    format!("deleted {kind} “{name}”")
}

pub fn check_in(name: &str, there: bool, stays: bool) -> String {
    entry("check-in", name, there, stays)
}

pub fn reading(name: &str, there: bool, stays: bool) -> String {
    entry("reading", name, there, stays)
}

/// "500 readings"
pub fn readings(n: usize) -> String {
    count(n, "reading", "readings")
}

fn entry(what: &str, name: &str, there: bool, stays: bool) -> String {
    let name = isolated(name);
    match (there, stays) {
        (false, _) => format!("{what} on {name}"),
        (true, true) => format!("edited {what} on {name}"),
        (true, false) => format!("deleted {what} on {name}"),
    }
}
