//! The form of a key result, new or not.

use bearings_plan::{KeyResultId, ObjectiveId};
use leptos::{ev::SubmitEvent, prelude::component};

use super::{
    key_result_draft::{Form, Kind},
    key_result_more::MoreFields,
};
use crate::{
    reactive::{Callback, Memo, StoredValue},
    state::{Undo, workspace},
    ui::{
        components::{
            field::{DateField, NumberField, SelectField, TextArea, TextField},
            uid, units,
        },
        dom::{Html, nothing, switch, view, when},
    },
    web::keys,
    words::{common, objectives as words},
};

/// A form for a new key result or for an `existing` one. `close` is told whether something was added or changed.
#[component]
pub fn KeyResultForm(
    objective: ObjectiveId,
    #[prop(optional)] existing: Option<KeyResultId>,
    close: Callback<bool>,
) -> Html {
    let workspace = workspace();
    let today = workspace.day_now();
    let before = move || existing.and_then(|id| workspace.shown_now().key_results.shared(id));
    let form = Form::new(before().as_deref(), objective, today);
    let begun = before().is_some_and(|before| workspace.shown_now().has_begun(&before, today));
    let save = move |event: SubmitEvent| {
        event.prevent_default();
        let (before, at) = (before(), workspace.at());
        let Some(draft) = form.read(workspace, at) else { return form.focus_error() };
        if begun && !draft.has_reason() && before.as_ref().is_some_and(|it| draft.moves_goalposts(it, at.day)) {
            form.reason.error.set(Some(words::goalpost_needs_reason().to_owned()));
            return form.reason.focus();
        }
        let change = match &before {
            Some(before) => draft.edit(before, at.day),
            None => Some(draft.add(workspace, objective, at)),
        };
        let Some(change) = change else { return close.run(false) };
        match workspace.make(change) {
            Ok(()) => {
                if before.is_none() {
                    workspace.say(words::key_result_added(), Some(Undo::Change));
                }
                close.run(true);
            }
            Err(error) => {
                form.say(error);
                form.focus_error();
            }
        }
    };
    form.title.focus();
    let wrong = StoredValue::new(uid("wrong"));
    view! {
        <form
            class="form"
            novalidate
            aria-describedby=wrong.get_value()
            on:submit=save
            on:keydown=move |event| {
                if keys::is_pressed(&event, "Escape") {
                    close.run(false);
                }
            }
        >
            <TextField
                input=form.title
                label=words::what_measured()
                placeholder=words::what_placeholder()
                class="all"
            />
            <KindFields form existing=existing.is_some() />
            <div class="form all">
                <NumberField number=form.weight label=words::weight() />
                <DateField input=form.start label=words::starts() hint=common::optional() />
                <DateField input=form.due label=words::due() hint=common::optional() />
            </div>
            <MoreFields form more=form.more existing />
            {begun
                .then(|| view! {
                    <TextField
                        input=form.reason
                        label=words::goalpost_why()
                        hint=words::goalpost_hint()
                        class="all"
                    />
                })}
            {switch(
                move || form.wrong.get(),
                move |text| text.clone().map(|text| view! { <p class="err all" id=wrong.get_value()>{text}</p> }),
            )}
            <div class="acts">
                <button class="btn primary">
                    {if existing.is_some() { common::save() } else { words::do_add_key_result() }}
                </button>
                <button class="btn" type="button" on:click=move |_| close.run(false)>{common::cancel()}</button>
            </div>
        </form>
    }
}

/// How it is measured, and the fields that this needs.
#[component]
fn KindFields(form: Form, existing: bool) -> Html {
    let kinds = Kind::ALL.map(|kind| (kind.word().to_owned(), words::measure_kind(kind.word()).to_owned())).to_vec();
    let kind = Memo::new(move || form.kind());
    let numbers = move |kind: &Kind| {
        let (from, to) = (form.from, form.to);
        let (low, high, share) = (form.low, form.high, form.share);
        match kind {
            Kind::Metric => view! {
                <NumberField number=from label=words::from() />
                <NumberField number=to label=words::to() />
            },
            Kind::AtLeast => view! {
                <NumberField number=low label=words::at_least() />
                <NumberField number=share label=words::share() />
            },
            Kind::AtMost => view! {
                <NumberField number=high label=words::at_most() />
                <NumberField number=share label=words::share() />
            },
            Kind::Between => view! {
                <NumberField number=low label=words::at_least() />
                <NumberField number=high label=words::at_most() />
                <NumberField number=share label=words::share() />
            },
            Kind::Milestones if !existing => view! {
                <TextArea
                    input=form.steps
                    label=words::steps()
                    hint=words::one_a_line()
                    placeholder=words::steps_placeholder()
                    class="all"
                />
            },
            Kind::Milestones | Kind::Done | Kind::Baseline => nothing(),
        }
    };
    let bare = move || match kind.get() {
        Kind::Milestones => existing,
        kind => !kind.has_unit(),
    };
    let unit = move || {
        view! { <TextField input=form.unit label=words::unit() hint=common::optional() list=units::LIST /> }
    };
    view! {
        <SelectField input=form.kind label=words::kind() options=kinds class="all" />
        <div class="form all" hidden=bare>
            {switch(move || kind.get(), numbers)} {when(move || kind.get().has_unit(), unit)}
        </div>
    }
}
