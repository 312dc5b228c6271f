//! The banner above a plan that is not the plan of today, and the way back.

use bearings_plan::Day;
use leptos::prelude::{component, event_target_value};

use super::{
    components::{
        icon::{Mark, Shape},
        uid,
    },
    dom::{Html, switch, view},
};
use crate::{
    reactive::{Memo, Signal},
    state::{Mode, workspace},
    web::{intl, page},
    words::{aside as words, common},
};

/// Which banner is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Past,
    WhatIf,
    None,
}

#[component]
pub fn AsideBanner() -> Html {
    let workspace = workspace();
    // The slider stays while it is moved.
    let kind = Memo::new(move || match workspace.mode() {
        Mode::Now => Kind::None,
        Mode::Past(_) => Kind::Past,
        Mode::WhatIf => Kind::WhatIf,
    });
    switch(
        move || kind.get(),
        |kind| {
            Some(match kind {
                Kind::None => return None,
                Kind::Past => view! { <PastBanner /> },
                Kind::WhatIf => view! { <WhatIfBanner /> },
            })
        },
    )
}

#[component]
fn PastBanner() -> Html {
    let workspace = workspace();
    let day = Signal::derive(move || workspace.day());
    let first = workspace.plan_now().first_day();
    let last = workspace.present_now();
    let days = last.days_since(first).max(1);
    let (slider, picker) = (uid("past"), uid("past"));
    let at = move || day.get().days_since(first).clamp(0, days);
    let look = move |day: Day| workspace.look_back(day.clamp(first, last));
    let slide = move |event: leptos::ev::Event| {
        if let Ok(at) = event_target_value(&event).parse::<i32>() {
            look(first.plus_days(at));
        }
    };
    let pick = move |event: leptos::ev::Event| {
        if let Ok(day) = event_target_value(&event).parse() {
            look(day);
        }
    };
    view! {
        <section class="banner none past" aria-label=words::past()>
            <Mark shape=Shape::Ring />
            <p role="status"><b>{move || words::as_it_was(&intl::date_long(day.get()))}</b> " " {words::past_explained()}</p>
            <label class="sr" for=slider.clone()>{words::slider()}</label>
            <input
                type="range"
                id=slider
                min="0"
                max=days.to_string()
                aria-valuetext=move || intl::date_long(day.get())
                prop:value=move || at().to_string()
                on:input=slide
            />
            <label class="sr" for=picker.clone()>{common::date()}</label>
            <input
                type="date"
                id=picker
                min=first.to_string()
                max=last.to_string()
                prop:value=move || day.get().to_string()
                on:change=pick
            />
            <button class="btn primary" type="button" on:click=move |_| {
                workspace.come_back();
                page::focus("main");
            }>{words::back_to_today()}</button>
        </section>
    }
}

#[component]
fn WhatIfBanner() -> Html {
    let workspace = workspace();
    view! {
        <section class="banner none" aria-label=words::what_if()>
            <Mark shape=Shape::Half />
            <p role="status"><b>{words::what_if_title()}</b> " " {words::what_if_explained()}</p>
            <button class="btn primary" type="button" on:click=move |_| {
                workspace.come_back();
                page::focus("main");
            }>{words::forget()}</button>
        </section>
    }
}
