//! A cycle's name and days, new or not.

use bearings_plan::{Change, ChangeError, Cycle, CycleEdit, CycleId, Edit, Invalid, Name, Span};
use leptos::{ev::SubmitEvent, prelude::component};

use super::objective_form::quarter_name;
use crate::{
    reactive::Callback,
    state::{Undo, workspace},
    ui::{
        components::{
            field::{DateField, Input, TextField},
            uid,
        },
        dom::{Child, Html, view},
    },
    words::{common, errors, objectives as words},
};

#[derive(Debug, Clone, Copy)]
struct Form {
    name: Input,
    from: Input,
    to: Input,
}

impl Form {
    fn new(name: &str, span: &Span) -> Self {
        Self { name: Input::new(name), from: Input::new(span.start.to_string()), to: Input::new(span.end.to_string()) }
    }

    fn read(&self) -> Option<(Name, Span)> {
        let (name, start, end) = (self.name.name(), self.from.day(), self.to.day());
        let read = name.zip(start.zip(end)).map(|(name, (start, end))| (name, Span { start, end }));
        if read.is_none() {
            self.focus_error();
        }
        read
    }

    fn say(&self, error: ChangeError) {
        match error {
            ChangeError::Invalid(Invalid::EndBeforeStart) => self.to.error.set(Some(words::ends_before().to_owned())),
            error => self.name.error.set(Some(errors::change(error))),
        }
        self.focus_error();
    }

    fn focus_error(&self) {
        let fields = [self.name, self.from, self.to];
        if let Some(field) = fields.iter().find(|field| field.error.with_untracked(Option::is_some)) {
            field.focus();
        }
    }
}

/// A card with a form for a further cycle: the next quarter, unless told otherwise.
#[component]
pub fn NewCycle(done: Callback<()>) -> Html {
    let workspace = workspace();
    let (plan, today) = (workspace.shown_now(), workspace.day_now());
    let form = Form::new(&quarter_name(&plan, today), &plan.next_quarter(today));
    let save = Callback::new(move |()| {
        let Some((name, span)) = form.read() else { return };
        let cycle = Cycle::new(workspace.id(), name, span, workspace.at());
        match workspace.make(Change::Add(cycle.into())) {
            Ok(()) => {
                workspace.say(words::cycle_added(), Some(Undo::Change));
                done.run(());
            }
            Err(error) => form.say(error),
        }
    });
    let heading = uid("new");
    view! {
        <section class="card" aria-labelledby=heading.clone()>
            <header>
                <h2 id=heading.clone()>{words::new_cycle()}</h2>
                <small>{words::cycle_explained()}</small>
            </header>
            <Fields form save done confirm=words::do_add_cycle() />
        </section>
    }
}

/// The form of a cycle that is there, within its card.
#[component]
pub fn EditCycle(id: CycleId, done: Callback<()>) -> Html {
    let workspace = workspace();
    let now = move || workspace.shown_now().cycles.shared(id);
    let form = now().map(|cycle| Form::new(cycle.name.as_str(), cycle.span.on(workspace.day_now())));
    let fields = move |form: Form| {
        let save = Callback::new(move |()| {
            let (Some((name, span)), Some(before)) = (form.read(), now()) else { return };
            let edits = [
                (*before.name != name).then_some(CycleEdit::name(name)),
                (*before.span.on(workspace.day_now()) != span).then_some(CycleEdit::span(span)),
            ];
            let change = |edit| Change::Edit { edit: Edit::of(id, edit), from: None };
            let changes: Vec<_> = edits.into_iter().flatten().map(change).collect();
            let made = if changes.is_empty() { Ok(()) } else { workspace.make(Change::All(changes)) };
            match made {
                Ok(()) => done.run(()),
                Err(error) => form.say(error),
            }
        });
        view! { <Fields form save done confirm=common::save() /> }
    };
    Child::html(form.map(fields))
}

#[component]
fn Fields(form: Form, save: Callback<()>, done: Callback<()>, confirm: &'static str) -> Html {
    form.name.focus();
    view! {
        <form
            class="form body"
            novalidate
            on:submit=move |event: SubmitEvent| {
                event.prevent_default();
                save.run(());
            }
            on:keydown=move |event| {
                if event.key() == "Escape" {
                    done.run(());
                }
            }
        >
            <TextField input=form.name label=words::name() />
            <DateField input=form.from label=words::from() />
            <DateField input=form.to label=words::to() />
            <div class="acts">
                <button class="btn primary">{confirm}</button>
                <button class="btn" type="button" on:click=move |_| done.run(())>{common::cancel()}</button>
            </div>
        </form>
    }
}
