//! What a plan rests on: its ultimate goal, its pillars, its people and teams.

use bearings_plan::{Level, Perspective};

use super::{count, isolated, words};

words! {
    title: "Settings";
    frame: "Ultimate goal and rhythm";
    mission: "Ultimate goal";
    mission_placeholder: "What is all of this for?";
    cadence: "Cadence";
    fiscal_start: "Years begin in";
    attention: "Needs attention when behind by more than";
    off_track: "Off track when behind by more than";
    saved: "Settings saved.";
    pillars: "Pillars";
    pillars_explained: "the few themes that all objectives serve";
    pillar: "Pillar";
    no_pillar: "None";
    new_pillar: "New pillar …";
    pillar_name: "Its name";
    add_pillar: "Add a pillar";
    do_add_pillar: "Add pillar";
    perspective_label: "Perspective";
    no_perspective: "None";
    people: "People and teams";
    people_explained: "who cares for what";
    add_owner: "Add a person or a team";
    do_add_owner: "Add";
    level_label: "Level";
    belongs_to: "Belongs to";
    no_team: "Nobody";
    tags: "Tags";
}

/// "Growth · Customer"
pub fn pillar_with(name: &str, view: Option<Perspective>) -> String {
    let name = isolated(name);
    view.map_or_else(|| name.to_string(), |view| format!("{name} · {}", perspective(view)))
}

pub fn perspective(perspective: Perspective) -> &'static str {
    match perspective {
        Perspective::Financial => "Financial",
        Perspective::Customer => "Customer",
        Perspective::Process => "Internal process",
        Perspective::Growth => "Learning and growth",
        Perspective::Health => "Life: health",
        Perspective::People => "Life: family and friends",
        Perspective::Work => "Life: work",
        Perspective::Money => "Life: money",
        Perspective::Learning => "Life: learning",
        Perspective::Home => "Life: home",
        Perspective::Leisure => "Life: leisure",
        Perspective::Community => "Life: community",
    }
}

pub fn level(level: Level) -> &'static str {
    match level {
        Level::Company => "Company",
        Level::Team => "Team",
        Level::Person => "Person",
    }
}

/// "Customer · 3 objectives"
pub fn pillar_small(view: Option<Perspective>, objectives: usize) -> String {
    let objectives = count(objectives, "objective", "objectives");
    view.map_or_else(|| objectives.clone(), |view| format!("{} · {objectives}", perspective(view)))
}

/// "Team · of The glove makers"
pub fn owner_small(of: Level, team: Option<String>) -> String {
    team.map_or_else(|| level(of).to_owned(), |team| format!("{} · of {team}", level(of)))
}
