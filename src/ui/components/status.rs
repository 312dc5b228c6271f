//! How something stands: a word, a shape, a colour.

use bearings_plan::{Health, Outcome, Status};
use leptos::prelude::component;

use super::icon::{Mark, Shape};
use crate::{
    reactive::Signal,
    ui::dom::{Html, switch, view, when},
    words::{common, review},
};

/// What status and health look like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tone {
    /// The class that carries the colour: on the row as well as on the word.
    pub class: &'static str,
    shape: Shape,
    word: &'static str,
}

impl From<Status> for Tone {
    fn from(status: Status) -> Self {
        let (class, shape) = match status {
            Status::Pending => ("none", Shape::Ring),
            Status::OnTrack => ("good", Shape::Disc),
            Status::NeedsAttention => ("warn", Shape::Triangle),
            Status::OffTrack => ("bad", Shape::Diamond),
            Status::Achieved => ("good", Shape::Tick),
            Status::Partly => ("warn", Shape::Half),
            Status::Missed => ("bad", Shape::Cross),
        };
        Self { class, shape, word: common::status(status) }
    }
}

impl From<Health> for Tone {
    fn from(health: Health) -> Self {
        let (class, shape) = match health {
            Health::Healthy => ("good", Shape::Disc),
            Health::Warning => ("warn", Shape::Triangle),
            Health::Unhealthy => ("bad", Shape::Diamond),
            Health::NoTarget | Health::Pending | Health::NoData => ("none", Shape::Ring),
        };
        Self { class, shape, word: common::health(health) }
    }
}

impl From<Outcome> for Tone {
    fn from(outcome: Outcome) -> Self {
        let (class, shape) = match outcome {
            Outcome::Achieved => ("good", Shape::Tick),
            Outcome::Partial => ("warn", Shape::Half),
            Outcome::Missed => ("bad", Shape::Cross),
            Outcome::Postponed => ("none", Shape::Ring),
            Outcome::Cancelled => ("none", Shape::Bar),
        };
        Self { class, shape, word: review::outcome(outcome) }
    }
}

/// The status in words, with its shape.
#[component]
pub fn StatusMark(#[prop(into)] tone: Signal<Tone>) -> Html {
    switch(
        move || tone.get(),
        |&Tone { class, shape, word }| {
            view! {
                <span class=format!("status {class}")>
                    <Mark shape />
                    {word}
                </span>
            }
        },
    )
}

/// How a KPI stands, and beside it whether its value is an old one.
#[component]
pub fn HealthMark(#[prop(into)] health: Signal<(Health, bool)>) -> Html {
    let tone = Signal::derive(move || Tone::from(health.get().0));
    view! {
        <StatusMark tone />
        {when(
            move || health.get().1,
            || {
                view! {
                    " "
                    <span class="status none">
                        <Mark shape=Shape::Ring />
                        {common::stale()}
                    </span>
                }
            },
        )}
    }
}

/// The status as its shape alone, for places where the word has no room: it is read out.
#[component]
pub fn StatusShape(#[prop(into)] tone: Signal<Tone>) -> Html {
    switch(
        move || tone.get(),
        |&Tone { class, shape, word }| {
            view! {
                <span class=format!("status {class}")>
                    <Mark shape />
                    <span class="sr">{word} ": "</span>
                </span>
            }
        },
    )
}
