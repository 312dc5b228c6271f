//! What a plan rests on: its ultimate goal, its rhythm, its pillars, its people and teams.

mod frame;
mod list;
mod owners;
mod pillars;

use leptos::prelude::component;

use super::Top;
use crate::{
    state::workspace,
    ui::dom::{Html, view},
    words::frame as words,
};
use frame::FrameCard;
use owners::OwnersCard;
use pillars::PillarsCard;

#[component]
pub fn Settings() -> Html {
    let below = workspace().read(|plan, _| plan.frame.name.to_string());
    view! {
        <Top title=words::title().to_owned() below />
        <div class="stack">
            <FrameCard />
            <PillarsCard />
            <OwnersCard />
        </div>
    }
}
