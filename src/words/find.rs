//! Looking for objectives.

use super::{isolated, words};

words! {
    find: "Find";
    find_placeholder: "Words in titles";
    any: "Any";
    status: "Status";
    tag: "Tag";
    show_all: "Show all";
    keep_as: "Keep as";
    keep: "Keep this filter";
    filter_kept: "Filter kept.";
    filter: "Filter";
    as_list: "By cycle";
    as_tree: "By alignment";
    arrangement: "Arrangement";
}

/// "3 found"
pub fn found(n: usize) -> String {
    format!("{n} found")
}

/// "Drop the filter Mine"
pub fn drop_filter(name: &str) -> String {
    let name = isolated(name);
    format!("Drop the filter {name}")
}
