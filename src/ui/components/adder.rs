//! A button that makes way for a form.

use leptos::prelude::component;

use super::{
    icon::{Glyph, Icon},
    uid,
};
use crate::{
    reactive::{Callback, RwSignal, StoredValue},
    state::workspace,
    ui::dom::{Html, switch, view},
    web::page,
};

/// Whether the form is open, and where the cursor goes when it closes.
#[derive(Debug, Clone, Copy)]
pub struct Adder {
    adding: RwSignal<bool>,
    id: StoredValue<String>,
}

impl Adder {
    pub fn new() -> Self {
        Self { adding: RwSignal::new(false), id: StoredValue::new(uid("add")) }
    }

    /// Whether the form is open, tracked.
    pub fn is_open(&self) -> bool {
        self.adding.get()
    }

    /// Opens the form.
    pub fn open(&self) {
        self.adding.set(true);
    }

    /// Puts the cursor on the button.
    pub fn focus(&self) {
        page::focus(&self.id.get_value());
    }

    fn close(&self) {
        self.adding.set(false);
        self.focus();
    }
}

/// The button, or the form that it opens, which is given what closes it.
#[component]
pub fn AdderButton(
    adder: Adder,
    label: &'static str,
    /// Further classes of the button.
    #[prop(optional, into)]
    class: String,
    form: impl Fn(Callback<()>) -> Html + 'static,
) -> Html {
    let workspace = workspace();
    let close = Callback::new(move |()| adder.close());
    switch(
        move || adder.adding.get(),
        move |adds| {
            if *adds {
                return form(close);
            }
            view! {
                <button
                    class=format!("btn {class}")
                    type="button"
                    id=adder.id.get_value()
                    // A past day is only shown.
                    hidden=move || workspace.is_past()
                    on:click=move |_| adder.adding.set(true)
                >
                    <Glyph icon=Icon::Plus />
                    {label}
                </button>
            }
        },
    )
}
