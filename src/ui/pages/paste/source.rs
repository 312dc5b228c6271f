//! Where a table comes in: pasted, chosen, dropped.

use bearings_plan::paste::{MAX_BYTES, Refused};
use leptos::{
    prelude::{component, event_target_value},
    task::spawn_local,
};
use web_sys::File;

use super::draft::Draft;
use crate::{
    reactive::{RwSignal, StoredValue},
    ui::{
        components::{
            file::{DropPlace, FileButton},
            uid,
        },
        dom::{Html, switch, view, when},
    },
    web::{
        WebError,
        files::{self, ForeignText},
        intl, page,
    },
    words::paste as words,
};

/// What is longer comes from a file, and would make the field slow.
const SHOWN: usize = 300_000;

#[component]
pub fn Source(draft: Draft) -> Html {
    let field = StoredValue::new(uid("table"));
    let file = RwSignal::new(None::<String>);
    let error = RwSignal::new(None::<String>);
    let place = DropPlace::new();
    // A file of which it is not certain how its letters are encoded.
    let unsure = RwSignal::new(None::<(String, String)>);
    let accept = move |name: String, text: String| {
        file.set(Some(words::file(&name, &intl::kilobytes(text.len()))));
        error.set(None);
        draft.text.set(text);
    };
    let accept_unsure = move |_| {
        if let Some((name, text)) = unsure.get_untracked() {
            unsure.set(None);
            accept(name, text);
        }
    };
    let take = move |chosen: File| {
        let name = chosen.name();
        spawn_local(async move {
            unsure.set(None);
            match files::read_foreign_text(chosen, MAX_BYTES).await {
                Ok(ForeignText::Certain(text)) => accept(name, text),
                Ok(ForeignText::Western(text)) => {
                    error.set(None);
                    unsure.set(Some((name, text)));
                }
                Err(WebError::FileTooLarge { .. }) => error.set(Some(words::refused(&Refused::TooLong))),
                Err(_) => error.set(Some(words::unreadable().to_owned())),
            }
        });
    };
    let clear = move |_| {
        draft.clear();
        file.set(None);
        error.set(None);
        unsure.set(None);
        page::focus(&field.get_value());
    };
    let is_long = move || draft.text.with(|text| text.len() > SHOWN);
    view! {
        <section
            class="card paste"
            aria-labelledby="table"
            class:over=move || place.is_over()
            on:dragenter=move |event| place.hold(&event)
            on:dragover=move |event| place.hold(&event)
            on:dragleave=move |_| place.leave()
            on:drop=move |event| place.drop(&event, take)
        >
            <header>
                <h2 id="table">{words::table()}</h2>
                <small>{move || file.get()}</small>
            </header>
            <div class="body flow">
                <div class="field">
                    <label for=field.get_value()>{words::here()}</label>
                    <p class="told" id=format!("{}-forms", field.get_value())>{words::forms()}</p>
                    {switch(is_long, move |is_long| match *is_long {
                        true => view! { <p id=field.get_value() tabindex="-1">{words::too_long_to_show()}</p> },
                        false => view! {
                            <textarea
                                id=field.get_value()
                                rows="8"
                                spellcheck="false"
                                autocomplete="off"
                                aria-describedby=format!("{}-forms", field.get_value())
                                placeholder=words::placeholder()
                                prop:value=move || draft.text.get()
                                on:input=move |event| {
                                    file.set(None);
                                    draft.text.set(event_target_value(&event));
                                }
                            ></textarea>
                        },
                    })}
                </div>
                <div role="alert">
                    {switch(
                        move || error.get(),
                        |error| error.clone().map(|error| view! { <p class="err">{error}</p> }),
                    )}
                    {switch(
                        move || unsure.with(|unsure| unsure.as_ref().map(|(name, text)| words::is_western(name, text))),
                        move |question| question.clone().map(|question| view! {
                            <p>{question}</p>
                            <div class="acts">
                                <button class="btn" type="button" on:click=accept_unsure>{words::read_as_western()}</button>
                                <button class="btn plain" type="button" on:click=move |_| unsure.set(None)>{words::not_this()}</button>
                            </div>
                        }),
                    )}
                </div>
                <div class="acts">
                    <FileButton
                        label=words::choose_a_file()
                        accept=".csv,.tsv,.txt,text/csv,text/tab-separated-values"
                        take
                    />
                    <small>{words::or_drop()}</small>
                    {when(
                        move || draft.is_there(),
                        move || view! { <button class="btn plain" type="button" on:click=clear>{words::clear()}</button> },
                    )}
                </div>
            </div>
        </section>
    }
}
