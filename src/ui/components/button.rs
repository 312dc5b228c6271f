//! Buttons with icons, and menus.

use leptos::prelude::component;

use super::{
    history::is_history,
    icon::{Glyph, Icon},
    uid,
};
use crate::{
    reactive::{Callback, Memo, Signal},
    ui::dom::{CollectHtml as _, Html, NodeRef, nothing, view},
    words::common,
};

/// A button that shows only an icon; its label is read out and shown as a tooltip. Within history there is none.
#[component]
pub fn IconButton(
    icon: Icon,
    #[prop(into)] label: Signal<String>,
    on_press: impl Fn() + 'static,
    #[prop(into, optional)] disabled: Signal<bool>,
    #[prop(into, optional)] id: Option<String>,
) -> Html {
    if is_history() {
        return nothing();
    }
    view! {
        <button
            class="btn icon plain"
            type="button"
            id=id
            aria-label=move || label.get()
            title=move || label.get()
            disabled=move || disabled.get()
            on:click=move |_| on_press()
        >
            <Glyph icon />
        </button>
    }
}

/// One entry of a menu.
#[derive(Clone)]
pub struct Choice {
    icon: Icon,
    label: &'static str,
    enabled: Signal<bool>,
    apart: bool,
    act: Callback<()>,
}

impl Choice {
    pub fn new(icon: Icon, label: &'static str, act: impl Fn() + Send + Sync + 'static) -> Self {
        Self { icon, label, enabled: true.into(), apart: false, act: Callback::new(move |()| act()) }
    }

    /// Greyed out while this is false.
    pub fn enabled(mut self, enabled: impl Into<Signal<bool>>) -> Self {
        self.enabled = enabled.into();
        self
    }

    /// Set apart from the choices above by a line.
    pub fn apart(mut self) -> Self {
        self.apart = true;
        self
    }
}

/// What can be done with one of several that have a manual order: up, down, away. `step` is told whether it goes up.
pub fn order_and_delete<I: Copy + PartialEq + Send + Sync + 'static>(
    id: I,
    all: Memo<Vec<I>>,
    step: impl Fn(bool) + Copy + Send + Sync + 'static,
    delete: impl Fn() + Send + Sync + 'static,
) -> [Choice; 3] {
    let has_above = Signal::derive(move || all.with(|all| all.first() != Some(&id)));
    let has_below = Signal::derive(move || all.with(|all| all.last() != Some(&id)));
    [
        Choice::new(Icon::Up, common::move_up(), move || step(true)).enabled(has_above),
        Choice::new(Icon::Down, common::move_down(), move || step(false)).enabled(has_below),
        Choice::new(Icon::Delete, common::delete(), delete).apart(),
    ]
}

/// "…": what else can be done with a thing. Escape and a click elsewhere close it, as the browser does with popovers.
/// Within history there is none.
#[component]
pub fn Menu(
    #[prop(into)] of: Signal<String>,
    choices: Vec<Choice>,
    /// The id of its button, for those who send the cursor there.
    #[prop(into, optional)]
    opener: Option<String>,
) -> Html {
    if is_history() {
        return nothing();
    }
    let id = uid("menu");
    let popover = NodeRef::new();
    let close = move || {
        if let Some(popover) = popover.get() {
            // It is open: a choice of it was just pressed.
            let _ = popover.hide_popover();
        }
    };
    let choices = choices.into_iter().map(move |Choice { icon, label, enabled, apart, act }| {
        view! {
            {apart.then(|| view! { <hr /> })}
            <button
                class="btn"
                type="button"
                disabled=move || !enabled.get()
                on:click=move |_| {
                    close();
                    act.run(());
                }
            >
                <Glyph icon />
                {label}
            </button>
        }
    });
    view! {
        <button
            class="btn icon plain"
            type="button"
            id=opener
            popovertarget=id.clone()
            aria-label=move || common::more_for(&of.get())
            title=move || common::more_for(&of.get())
        >
            <Glyph icon=Icon::More />
        </button>
        <div class="menu" id=id popover="auto" node_ref=popover>
            {choices.collect_html()}
        </div>
    }
}
