//! What a plan rests on: its ultimate goal, its pillars, its people and teams.

use super::words;

words! {
    pillar: "Pillar";
    no_pillar: "None";
    new_pillar: "New pillar …";
    pillar_name: "Its name";
    tags: "Tags";
}
