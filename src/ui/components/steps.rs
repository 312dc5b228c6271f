//! Confidence from 0 to 10, as ten steps.

use bearings_plan::Confidence;
use leptos::prelude::{component, event_target_value};

use super::uid;
use crate::{
    reactive::RwSignal,
    ui::dom::{Html, view},
    web::keys,
    words::common,
};

/// A slider that may also say nothing. `None` is "not stated".
#[component]
pub fn Steps(
    value: RwSignal<Option<Confidence>>,
    #[prop(into)] label: String,
    #[prop(optional, into)] id: String,
) -> Html {
    view! {
        <Slider value label id />
        <output>{move || shown(value.get())}</output>
    }
}

fn shown(value: Option<Confidence>) -> String {
    value.map_or_else(|| common::no_number().to_owned(), |value| value.get().to_string())
}

/// Confidence as a field of a form: its number stands in the label.
#[component]
pub fn ConfidenceField(
    value: RwSignal<Option<Confidence>>,
    /// For those who hear it; it begins with "Confidence".
    #[prop(into)]
    label: String,
) -> Html {
    let id = uid("confidence");
    view! {
        <div class="field conf">
            <label for=id.clone()>{common::confidence()} " " <output>{move || shown(value.get())}</output></label>
            <Slider value label id />
        </div>
    }
}

#[component]
fn Slider(value: RwSignal<Option<Confidence>>, label: String, id: String) -> Html {
    let number = move || value.get().map(Confidence::get);
    let spoken = move || number().map_or_else(|| common::not_stated().to_owned(), common::of_ten);
    view! {
        <input
            type="range"
            class="steps"
            id=(!id.is_empty()).then_some(id)
            min="0"
            max="10"
            step="1"
            aria-label=label
            aria-valuetext=spoken
            prop:value=move || number().unwrap_or(0).to_string()
            style=("--v", move || number().map(|value| value.to_string()))
            on:keydown=move |event| {
                // A digit says it at once; ten is the key End, and the arrows step.
                let digit = keys::pressed(&event).and_then(|key| key.parse().ok()).and_then(|value| Confidence::new(value).ok());
                if let Some(digit) = digit.filter(|_| !event.ctrl_key() && !event.meta_key() && !event.alt_key()) {
                    value.set(Some(digit));
                }
            }
            on:input=move |event| {
                let typed = event_target_value(&event).parse().ok();
                value.set(typed.and_then(|value| Confidence::new(value).ok()));
            }
        />
    }
}
