//! Dated entries, newest first, each with its own small buttons.

use bearings_plan::Day;
use leptos::prelude::component;

use super::{button::IconButton, icon::Icon, uid};
use crate::{
    reactive::{Effect, RwSignal},
    ui::dom::{Children, Html, view, when},
    web::{intl, page},
    words::common,
};

/// One entry: what it says, its day, and how to edit or delete it. While `editing`, `form` stands below.
#[component]
pub fn LogEntry(
    day: Day,
    /// "check-in of 20 Nov", for the buttons' labels.
    #[prop(into)]
    name: String,
    editing: RwSignal<bool>,
    on_delete: impl Fn() + 'static,
    form: impl Fn() -> Html + 'static,
    children: Children,
) -> Html {
    let edit = uid("edit");
    // The form had the focus; where it was opened is where one goes on.
    let opener = edit.clone();
    Effect::on_change(
        move || editing.get(),
        move |_, now| {
            if !now {
                page::focus(&opener);
            }
        },
    );
    view! {
        <li>
            <p>{children()}</p>
            <time datetime=day.to_string()>{intl::date(day)}</time>
            <div class="acts">
                <IconButton id=edit icon=Icon::Edit label=common::edit_it(&name) on_press=move || editing.update(|it| *it = !*it) />
                <IconButton icon=Icon::Delete label=common::delete_it(&name) on_press=on_delete />
            </div>
            {when(move || editing.get(), form)}
        </li>
    }
}
