//! A form that edits something in its place: Enter saves, Escape closes.

use leptos::{ev::SubmitEvent, prelude::component};

use crate::{
    reactive::Callback,
    ui::dom::{Children, Html, view},
    web::keys,
    words::common,
};

#[component]
pub fn EditForm(
    save: Callback<()>,
    close: Callback<()>,
    /// What the button that saves says.
    confirm: &'static str,
    /// Further classes.
    #[prop(optional, into)]
    class: String,
    children: Children,
) -> Html {
    view! {
        <form
            class=format!("form {class}")
            novalidate
            on:submit=move |event: SubmitEvent| {
                event.prevent_default();
                save.run(());
            }
            on:keydown=move |event| {
                if keys::is_pressed(&event, "Escape") {
                    close.run(());
                }
            }
        >
            {children()}
            <div class="acts">
                <button class="btn primary">{confirm}</button>
                <button class="btn" type="button" on:click=move |_| close.run(())>{common::cancel()}</button>
            </div>
        </form>
    }
}
