//! Looking for objectives: words, owner, pillar, tag, status, cycle; and the filters that are kept.

use bearings_plan::{Change, Criteria, Filter, FilterId, Name, ObjectiveId, Prose, Status};
use leptos::{ev::SubmitEvent, prelude::component};

use crate::{
    reactive::{Effect, Memo, Signal},
    state::{Undo, Workspace, workspace},
    ui::{
        components::{
            button::IconButton,
            field::{Field, Input, SelectField},
            icon::Icon,
        },
        dom::{Html, view, when},
    },
    words::{common, errors, find as words, frame, objectives},
};

/// What is looked for, as it is typed and chosen.
#[derive(Debug, Clone, Copy)]
pub struct Finder {
    text: Input,
    cycle: Input,
    owner: Input,
    pillar: Input,
    tag: Input,
    status: Input,
    /// The name under which it is kept.
    name: Input,
}

impl Finder {
    pub fn new() -> Self {
        let [text, cycle, owner, pillar, tag, status, name] = [(); 7].map(|()| Input::new(""));
        Self { text, cycle, owner, pillar, tag, status, name }
    }

    const fn chosen(&self) -> [Input; 6] {
        [self.text, self.cycle, self.owner, self.pillar, self.tag, self.status]
    }

    /// What is looked for, tracked.
    pub fn criteria(&self) -> Criteria {
        let text = |input: Input| input.text.get();
        Criteria {
            cycle: text(self.cycle).parse().ok(),
            owner: text(self.owner).parse().ok(),
            pillar: text(self.pillar).parse().ok(),
            tag: Name::new(&text(self.tag)).ok(),
            status: Status::from_word(&text(self.status)),
            // Too long a text finds nothing more.
            text: Prose::new(&text(self.text)).unwrap_or_default(),
        }
    }

    /// Looks for something else.
    pub fn take(&self, criteria: &Criteria) {
        let set = |input: Input, text: Option<String>| input.text.set(text.unwrap_or_default());
        set(self.cycle, criteria.cycle.map(|id| id.to_string()));
        set(self.owner, criteria.owner.map(|id| id.to_string()));
        set(self.pillar, criteria.pillar.map(|id| id.to_string()));
        set(self.tag, criteria.tag.as_ref().map(ToString::to_string));
        set(self.status, criteria.status.map(|status| status.word().to_owned()));
        set(self.text, Some(criteria.text.to_string()));
    }

    /// The objectives that are found; none where nothing is looked for. Tracked.
    pub fn found(self) -> Memo<Option<Vec<ObjectiveId>>> {
        workspace().read(move |plan, today| {
            let criteria = self.criteria();
            (criteria != Criteria::none()).then(|| plan.found(&criteria, today))
        })
    }
}

#[component]
pub fn FindBar(finder: Finder, found: Memo<Option<Vec<ObjectiveId>>>) -> Html {
    let workspace = workspace();
    let cycles = workspace.read(|plan, today| {
        any_or(plan.cycles_by_nearness(today).iter().map(|it| (it.id.to_string(), it.name.to_string())))
    });
    let owners = workspace
        .read(|plan, _| any_or(plan.owners_in_order().iter().map(|it| (it.id.to_string(), it.name.to_string()))));
    let pillars = workspace
        .read(|plan, _| any_or(plan.pillars_in_order().iter().map(|it| (it.id.to_string(), it.name.to_string()))));
    let tags = workspace.read(|plan, _| any_or(plan.tags().iter().map(|it| (it.to_string(), it.to_string()))));
    let statuses = any_or(Status::ALL.iter().map(|it| (it.word().to_owned(), common::status(*it).to_owned())));
    let active = Memo::new(move || found.with(Option::is_some));
    let told = move || found.with(|found| found.as_ref().map(|found| words::found(found.len())).unwrap_or_default());
    let saved = workspace.read(|plan, _| plan.filters_in_order().iter().map(|filter| filter.id).collect::<Vec<_>>());
    view! {
        <search class="find">
            <div class="form">
                <Field input=finder.text label=words::find()>
                    <input
                        type="search"
                        id=finder.text.id()
                        placeholder=words::find_placeholder()
                        prop:value=move || finder.text.text.get()
                        on:input=move |event| finder.text.take(&event)
                    />
                </Field>
                <SelectField input=finder.cycle label=objectives::cycle() options=cycles />
                <SelectField input=finder.owner label=objectives::owner() options=owners />
                <SelectField input=finder.status label=words::status() options=statuses />
                <SelectField input=finder.pillar label=frame::pillar() options=pillars />
                <SelectField input=finder.tag label=words::tag() options=tags />
            </div>
            <div class="acts">
                <For each=move || saved.get() key=|id| *id children=move |id| view! { <Saved id finder /> } />
                <p role="status">{told}</p>
                {when(
                    move || active.get(),
                    move || view! {
                        <button
                            class="btn"
                            type="button"
                            on:click=move |_| {
                                finder.take(&Criteria::none());
                                finder.text.focus();
                            }
                        >{words::show_all()}</button>
                        <SaveForm finder />
                    },
                )}
            </div>
        </search>
    }
}

/// Choices, and none of them.
fn any_or(choices: impl Iterator<Item = (String, String)>) -> Vec<(String, String)> {
    [(String::new(), words::any().to_owned())].into_iter().chain(choices).collect()
}

/// A filter that is kept: used at a click.
#[component]
fn Saved(id: FilterId, finder: Finder) -> Html {
    let workspace = workspace();
    let filter = workspace.read(move |plan, _| plan.filters.shared(id));
    let name = Signal::derive(move || filter.get().map(|filter| filter.name.to_string()).unwrap_or_default());
    let pressed = move || filter.get().is_some_and(|filter| *filter.criteria == finder.criteria()).to_string();
    view! {
        <span class="saved">
            <button
                class="btn"
                type="button"
                aria-pressed=pressed
                on:click=move |_| {
                    if let Some(filter) = filter.get_untracked() {
                        finder.take(&filter.criteria);
                    }
                }
            >{move || name.get()}</button>
            <IconButton
                icon=Icon::Close
                label=Signal::derive(move || words::drop_filter(&name.get()))
                on_press=move || workspace.delete(id, objectives::deleted(&name.get_untracked()))
            />
        </span>
    }
}

/// Keeps what is looked for under a name.
#[component]
fn SaveForm(finder: Finder) -> Html {
    let workspace = workspace();
    let input = finder.name;
    // What is looked for next has another name.
    Effect::on_change(move || finder.chosen().map(|input| input.text.get()), move |_, _| input.error.set(None));
    let save = move |event: SubmitEvent| {
        event.prevent_default();
        let Some(name) = input.name() else { return input.focus() };
        match add(workspace, name, finder) {
            Ok(()) => {
                input.text.set(String::new());
                workspace.say(words::filter_kept(), Some(Undo::Change));
            }
            Err(error) => input.error.set(Some(errors::change(error))),
        }
    };
    view! {
        <form class="acts" novalidate on:submit=save>
            <Field input label=words::keep_as() class="inline">
                <input
                    id=input.id()
                    autocomplete="off"
                    prop:value=move || input.text.get()
                    on:input=move |event| input.take(&event)
                />
            </Field>
            <button class="btn">{words::keep()}</button>
        </form>
    }
}

fn add(workspace: Workspace, name: Name, finder: Finder) -> Result<(), bearings_plan::ChangeError> {
    let at = workspace.at();
    let filter = Filter::new(workspace.id(), name, leptos::prelude::untrack(|| finder.criteria()), at);
    workspace.make(Change::Add(workspace.shown_now().at_the_end(filter, at.day)))
}
