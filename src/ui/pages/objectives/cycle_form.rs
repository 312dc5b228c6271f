//! A cycle's name and days, new or not.

use bearings_plan::{Change, ChangeError, Cycle, CycleEdit, CycleId, Day, Edit, Frequency, Invalid, Name, Plan, Span};
use leptos::{ev::SubmitEvent, prelude::component};

use super::objective_form::quarter_name;
use crate::{
    reactive::{Callback, Effect},
    state::{Undo, workspace},
    ui::{
        components::{
            field::{DateField, Input, SelectField, TextField},
            uid,
        },
        dom::{Child, Html, view},
    },
    web::{intl, keys},
    words::{common, errors, kpis, objectives as words, start},
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

    fn fill(&self, name: &str, span: &Span) {
        self.name.text.set(name.to_owned());
        self.from.text.set(span.start.to_string());
        self.to.text.set(span.end.to_string());
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
            // Its days are right in themselves, but not for what is in there.
            ChangeError::Invalid(Invalid::EndBeforeStart) => {
                let own = self.from.day().zip(self.to.day()).is_some_and(|(from, to)| to < from);
                let text = if own { words::ends_before() } else { words::cycle_turns_around() };
                self.to.error.set(Some(text.to_owned()));
            }
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

/// How long a new cycle is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Length {
    Quarter,
    Year,
    YearWithQuarters,
    Month,
    Custom,
}

impl Length {
    const ALL: [Self; 5] = [Self::Quarter, Self::Year, Self::YearWithQuarters, Self::Month, Self::Custom];

    const fn word(self) -> &'static str {
        match self {
            Self::Quarter => "quarter",
            Self::Year => "year",
            Self::YearWithQuarters => "year-with-quarters",
            Self::Month => "month",
            Self::Custom => "custom",
        }
    }

    fn parse(word: &str) -> Self {
        Self::ALL.into_iter().find(|length| length.word() == word).unwrap_or(Self::Custom)
    }

    /// The next one of that length, and what it is called.
    fn next(self, plan: &Plan, today: Day) -> Option<(String, Span)> {
        match self {
            Self::Quarter => Some((quarter_name(plan, today), plan.next_quarter(today))),
            Self::Year | Self::YearWithQuarters => {
                let span = plan.next_year(today);
                let years = plan.periods(Frequency::Yearly, span.start);
                Some((kpis::period(&span, years), span))
            }
            Self::Month => {
                let span = plan.next_month(today);
                Some((intl::month(span.start), span))
            }
            Self::Custom => None,
        }
    }
}

/// A card with a form for a further cycle: the next quarter, unless told otherwise.
#[component]
pub fn NewCycle(done: Callback<()>) -> Html {
    let workspace = workspace();
    let (plan, today) = (workspace.shown_now(), workspace.day_now());
    let form = Form::new(&quarter_name(&plan, today), &plan.next_quarter(today));
    let length = Input::new(Length::Quarter.word());
    let chosen = move || length.text.with(|word| Length::parse(word));
    Effect::on_change(chosen, move |_, length| {
        if let Some((name, span)) = length.next(&workspace.shown_now(), workspace.day_now()) {
            form.fill(&name, &span);
        }
    });
    let lengths: Vec<_> =
        Length::ALL.map(|it| (it.word().to_owned(), words::cycle_length(it.word()).to_owned())).to_vec();
    let save = Callback::new(move |()| {
        let Some((name, span)) = form.read() else { return };
        let (plan, at) = (workspace.shown_now(), workspace.at());
        let quarters = match length.text.with_untracked(|word| Length::parse(word)) {
            Length::YearWithQuarters => plan.quarters_of(&span).to_vec(),
            _ => Vec::new(),
        };
        let quarters = quarters.into_iter().map(|span| (Name::fitted(&start::named_quarter(&plan, &span)), span));
        let cycles = [(name, span)].into_iter().chain(quarters);
        let cycles = cycles.map(|(name, span)| Change::Add(Cycle::new(workspace.id(), name, span, at).into()));
        match workspace.make(Change::All(cycles.collect())) {
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
            <div class="form body">
                <SelectField input=length label=words::length() options=lengths />
            </div>
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
                if keys::is_pressed(&event, "Escape") {
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
