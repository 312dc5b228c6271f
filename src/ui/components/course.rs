//! The line of today: everything on one axis from 0 to 100 %, and one line through all where today expects it.

use bearings_plan::digits;
use leptos::prelude::component;

use crate::{
    reactive::Signal,
    ui::dom::{Children, Html, view},
    words::course as words,
};

/// The axis and its line around the rows of `children` (list items with a `leg` each).
#[component]
pub fn CourseAxis(
    /// The share of the time that has gone.
    #[prop(into)]
    elapsed: Signal<f64>,
    /// What stands at the line: "today 57 %".
    #[prop(into)]
    label: Signal<String>,
    /// Whether each row ends with a menu.
    #[prop(optional)]
    acting: bool,
    children: Children,
) -> Html {
    view! {
        <div class="course" class:acting=acting style=("--t", move || digits(elapsed.get()))>
            <div class="scale" aria-hidden="true">
                <p>
                    <span>"0"</span>
                    <span class="now">{move || label.get()}</span>
                    <span>{words::all_the_way()}</span>
                </p>
            </div>
            <ul>{children()}</ul>
        </div>
    }
}
