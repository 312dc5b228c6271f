//! The head of an objective's page: its title, why, and whose and when it is; all of it edited in place.

use bearings_plan::{
    Change, ChangeError, CycleId, Edit, Invalid, Name, Objective, ObjectiveEdit, ObjectiveId, ObjectiveKind, OwnerId,
    Prose,
};
use leptos::{ev::SubmitEvent, prelude::component};

use super::{
    Intent,
    judging::{JudgeForm, Judged},
    placing::{Placing, PlacingFields},
};
use crate::{
    reactive::{Callback, Effect, Memo, RwSignal, Signal, StoredValue},
    state::{Workspace, workspace},
    ui::{
        Route,
        components::{
            button::{Choice, IconButton, Menu, order_and_delete},
            field::{FieldError, Input, SelectField, TextArea, described, invalid},
            guarded::Guarded,
            icon::Icon,
            owner::{OwnerField, OwnerInput},
            status::{StatusMark, Tone},
            uid,
        },
        dom::{Child, CollectHtml as _, Html, switch, view},
        pages::objectives::put_away,
    },
    web::{keys, page},
    words::{common, errors, objectives as words, shell},
};

/// What the head shows.
#[derive(Debug, Clone, PartialEq)]
struct Shown {
    title: String,
    why: String,
    status: bearings_plan::Status,
    silent: Option<i32>,
    kind: ObjectiveKind,
    owner: Option<String>,
    cycle: Option<String>,
    pillar: Option<String>,
    /// The objective that it helps.
    helps: Option<(ObjectiveId, String)>,
    /// The objective that it would help if neither ended up above itself.
    in_circle: Option<(ObjectiveId, String)>,
    tags: Vec<String>,
    judged: Option<Judged>,
}

/// What of the head is being edited.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Editing {
    Nothing,
    All,
    Status,
}

#[component]
pub fn Head(id: ObjectiveId, intent: Option<Intent>) -> Html {
    let shown = workspace().read(move |plan, today| {
        let objective = plan.objectives.get(id)?;
        let report = plan.objective_report(objective, today);
        let owner = objective.owner.and_then(|id| plan.owners.get(id)).map(|owner| owner.name.to_string());
        let cycle = objective.cycle.on(today).and_then(|id| plan.cycles.get(id)).map(|cycle| cycle.name.to_string());
        Some(Shown {
            title: objective.title.to_string(),
            why: objective.why.to_string(),
            status: report.status,
            silent: report.silent_for(today),
            kind: *objective.kind.on(today),
            owner,
            cycle,
            pillar: objective.pillar.and_then(|id| plan.pillars.get(id)).map(|pillar| pillar.name.to_string()),
            helps: plan.parent_of(id, today).and_then(|id| Some((id, plan.objectives.get(id)?.title.to_string()))),
            in_circle: plan
                .parent_in_circle(id, today)
                .and_then(|id| Some((id, plan.objectives.get(id)?.title.to_string()))),
            tags: objective.tags.iter().map(ToString::to_string).collect(),
            judged: Judged::of(report.judged.as_ref(), report.computed),
        })
    });
    let title = Signal::derive(move || shown.get().map(|shown| shown.title).unwrap_or_default());
    let cycle = move || shown.get().and_then(|shown| shown.cycle).unwrap_or_else(|| words::backlog().to_owned());
    Effect::run(move || page::set_title(&shell::tab_title(&title.get())));
    let editing = RwSignal::new(if intent == Some(Intent::Edit) { Editing::All } else { Editing::Nothing });
    let edit = StoredValue::new(uid("edit"));
    let close = Callback::new(move |()| {
        editing.set(Editing::Nothing);
        page::focus(&edit.get_value());
    });
    view! {
        <p class="crumb">
            <a href=Route::Objectives.href()>{words::objectives()}</a>
            " / "
            {cycle}
        </p>
        {switch(move || editing.get(), move |edits| match edits {
            Editing::All => view! {
                <h1 class="sr">{move || words::edit_objective(&title.get())}</h1>
                <div class="top">
                    <HeadForm id close />
                </div>
            },
            Editing::Status => view! {
                <h1>{move || title.get()}</h1>
                <JudgeForm of=id.into() close />
            },
            Editing::Nothing => {
                view! {
                    <div class="top">
                        <div>
                            <h1>
                                {move || title.get()} " "
                                <IconButton
                                    icon=Icon::Edit
                                    label=words::edit_title().to_owned()
                                    id=edit.get_value()
                                    on_press=move || editing.set(Editing::All)
                                />
                            </h1>
                            {move || {
                                let why = shown.get()?.why;
                                (!why.is_empty()).then(|| view! { <p class="quiet">{why}</p> })
                            }}
                            {switch(
                                move || shown.get().and_then(|shown| shown.in_circle),
                                |other| other.as_ref().map(|(other, title)| view! {
                                    <p role="note">
                                        {words::not_aligned()} " "
                                        <a href=Route::Objective(*other).href()>{title.clone()}</a>
                                    </p>
                                }),
                            )}
                            <Chips shown />
                            <Guarded of=id full=true />
                        </div>
                        <div class="acts">
                            <HeadMenu id editing />
                        </div>
                    </div>
                }
            }
        })}
    }
}

#[component]
fn Chips(shown: Memo<Option<Shown>>) -> Html {
    let chip = |text: String| view! { <span class="chip">{text}</span> };
    Child::html(move || {
        let Shown { status, silent, kind, owner, cycle, pillar, helps, tags, judged, .. } = shown.get()?;
        Some(view! {
            <div class="chips">
                <StatusMark tone=Tone::from(status) />
                {silent.map(|days| chip(words::silent(days)))}
                {chip(common::objective_kind(kind).to_ascii_lowercase())}
                {owner.map(chip)}
                {cycle.map(chip)}
                {pillar.map(chip)}
                {tags.into_iter().map(|tag| chip(words::tag(&tag))).collect_html()}
            </div>
            {judged.map(|judged| view! { <p class="told">{judged.told()}</p> })}
            {helps.map(|(id, title)| view! {
                <p class="told">{words::helps()} " " <a href=Route::Objective(id).href()>{title}</a></p>
            })}
        })
    })
}

#[component]
fn HeadMenu(id: ObjectiveId, editing: RwSignal<Editing>) -> Html {
    let workspace = workspace();
    let opener = StoredValue::new(uid("more"));
    let all = siblings(workspace, id);
    let own = [
        Choice::new(Icon::Edit, common::edit(), move || editing.set(Editing::All)),
        Choice::new(Icon::Check, words::judge(), move || editing.set(Editing::Status)),
        Choice::new(Icon::Plus, words::duplicate(), move || duplicate(workspace, id, false)),
        Choice::new(Icon::Plus, words::duplicate_with_check_ins(), move || duplicate(workspace, id, true)),
        put_away(id).enabled(Signal::derive(move || all.with(|all| all.contains(&id)))),
    ];
    let choices: Vec<_> = own.into_iter().chain(move_and_delete(id, all, opener)).collect();
    view! { <Menu of=words::this_objective().to_owned() choices opener=opener.get_value() /> }
}

/// Puts an objective like this one beside it, and goes there.
fn duplicate(workspace: Workspace, id: ObjectiveId, with_check_ins: bool) {
    let (plan, at) = (workspace.shown_now(), workspace.at());
    let Some(objective) = plan.objectives.get(id) else { return };
    // Too long a title stays as it is.
    let title = Name::new(&words::copy_of(objective.title.as_str())).unwrap_or_else(|_| (*objective.title).clone());
    let said = words::duplicated(title.as_str());
    let (copy, change) = plan.duplicate(objective, title, with_check_ins, at, || workspace.seed());
    if workspace.make_and_say(change, said) {
        Route::Objective(copy).go();
    }
}

/// The objectives of the same cycle, in their order.
fn siblings(workspace: Workspace, id: ObjectiveId) -> Memo<Vec<ObjectiveId>> {
    workspace.read(move |plan, today| {
        let Some(objective) = plan.objectives.get(id) else { return Vec::new() };
        let cycle = objective.cycle.on(today).filter(|id| plan.cycles.get(*id).is_some());
        plan.objectives_of(cycle, today).iter().map(|objective| objective.id).collect()
    })
}

/// What can be done with an objective anywhere.
pub fn move_and_delete(id: ObjectiveId, all: Memo<Vec<ObjectiveId>>, opener: StoredValue<String>) -> [Choice; 3] {
    let workspace = workspace();
    let step = move |up: bool| {
        let Some(rank) = workspace.shown_now().objective_moved(id, up, workspace.day_now()) else { return };
        let edit = Edit::of(id, ObjectiveEdit::rank(rank));
        workspace.try_to(Change::Edit { edit, from: None });
        // A row that moves loses the cursor.
        page::focus(&opener.get_value());
    };
    let delete = move || {
        let title = workspace.shown_now().objectives.get(id).map(|it| it.title.to_string()).unwrap_or_default();
        Route::Objectives.go();
        workspace.delete(id, words::deleted(&title));
        page::focus("main");
    };
    order_and_delete(id, all, step, delete)
}

/// The fields of the form.
#[derive(Debug, Clone, Copy)]
struct Form {
    title: Input,
    why: Input,
    owner: OwnerInput,
    kind: Input,
    cycle: Input,
    placing: Placing,
}

/// What was understood of them.
struct Draft {
    title: Name,
    why: Prose,
    owner: Option<OwnerId>,
    kind: ObjectiveKind,
    cycle: Option<CycleId>,
}

/// The words of the kinds, with what they ask for.
pub fn kinds() -> Vec<(String, String)> {
    let kinds = [ObjectiveKind::Committed, ObjectiveKind::Aspirational, ObjectiveKind::Learning];
    kinds.map(|kind| (common::objective_kind(kind).to_owned(), words::kind_explained(kind))).to_vec()
}

/// The kind that a word of `kinds` stands for.
pub fn kind_of(word: &str) -> ObjectiveKind {
    let kinds = [ObjectiveKind::Aspirational, ObjectiveKind::Learning];
    kinds.into_iter().find(|kind| common::objective_kind(*kind) == word).unwrap_or(ObjectiveKind::Committed)
}

#[component]
fn HeadForm(id: ObjectiveId, close: Callback<()>) -> Html {
    let workspace = workspace();
    let today = workspace.day_now();
    let now = move || workspace.shown_now().objectives.shared(id);
    let before = now();
    let text = |text: fn(&Objective) -> String| before.as_deref().map(text).unwrap_or_default();
    let kind = before.as_ref().map_or(ObjectiveKind::Committed, |it| *it.kind.on(today));
    let cycle = before.as_ref().and_then(|it| *it.cycle.on(today));
    let form = Form {
        title: Input::new(text(|it| it.title.to_string())),
        why: Input::new(text(|it| it.why.to_string())),
        owner: OwnerInput::new(before.as_ref().and_then(|it| *it.owner)),
        kind: Input::new(common::objective_kind(kind)),
        cycle: Input::new(cycle.map(|id| id.to_string()).unwrap_or_default()),
        placing: Placing::new(before.as_deref(), today),
    };
    let save = move || {
        let at = workspace.at();
        let (title, why, owner) = (form.title.name(), form.why.prose(), form.owner.read(workspace, at));
        let placed = form.placing.read(workspace, at);
        let (Some(title), Some(why), Some((owner, new_owner)), Some((placed, new_pillar))) =
            (title, why, owner, placed)
        else {
            return;
        };
        let kind = form.kind.text.with_untracked(|word| kind_of(word));
        let cycle = form.cycle.text.with_untracked(|id| id.parse().ok());
        let Some(before) = now() else { return };
        let draft = Draft { title, why, owner, kind, cycle };
        let edits = draft.edits(&before, at.day).chain(placed.edits(&before, at.day));
        let changes: Vec<_> = new_owner.into_iter().chain(new_pillar).chain(edits).collect();
        let made = if changes.is_empty() { Ok(()) } else { workspace.make(Change::All(changes)) };
        match made {
            Ok(()) => close.run(()),
            Err(error @ ChangeError::Gone(bearings_plan::EntityId::Cycle(_))) => {
                form.cycle.error.set(Some(errors::change(error)));
            }
            Err(ChangeError::Invalid(Invalid::EndBeforeStart)) => {
                form.cycle.error.set(Some(words::cycle_turns_around().to_owned()));
                form.cycle.focus();
            }
            Err(error) if form.placing.says(error) => {}
            Err(error) => form.title.error.set(Some(errors::change(error))),
        }
    };
    let cycles = workspace.read(|plan, today| {
        let none = (String::new(), words::no_cycle().to_owned());
        let cycles = plan.cycles_by_nearness(today);
        let cycles = cycles.iter().filter(|it| !plan.is_closed(it.id, today));
        [none].into_iter().chain(cycles.map(|it| (it.id.to_string(), it.name.to_string()))).collect::<Vec<_>>()
    });
    form.title.focus();
    view! {
        <form
            class="form"
            novalidate
            on:submit=move |event: SubmitEvent| {
                event.prevent_default();
                save();
            }
            on:keydown=move |event| {
                if keys::is_pressed(&event, "Escape") {
                    close.run(());
                }
            }
        >
            <TitleField input=form.title on_enter=save />
            <TextArea input=form.why label=words::why() placeholder=words::why_placeholder() class="all" />
            <OwnerField owner=form.owner />
            <SelectField input=form.kind label=words::kind() options=kinds() />
            <SelectField input=form.cycle label=words::cycle() options=cycles />
            <PlacingFields of=id placing=form.placing />
            <div class="acts">
                <button class="btn primary">{common::save()}</button>
                <button class="btn" type="button" on:click=move |_| close.run(())>{common::cancel()}</button>
            </div>
        </form>
    }
}

impl Draft {
    /// The edits of those fields that were changed.
    fn edits(self, before: &Objective, today: bearings_plan::Day) -> impl Iterator<Item = Change> + use<> {
        let id = before.id;
        let edits = [
            (*before.title != self.title).then_some(ObjectiveEdit::title(self.title)),
            (*before.why != self.why).then_some(ObjectiveEdit::why(self.why)),
            (*before.owner != self.owner).then_some(ObjectiveEdit::owner(self.owner)),
            (*before.kind.on(today) != self.kind).then_some(ObjectiveEdit::kind(self.kind)),
            (*before.cycle.on(today) != self.cycle).then_some(ObjectiveEdit::cycle(self.cycle)),
        ];
        edits.into_iter().flatten().map(move |edit| Change::Edit { edit: Edit::of(id, edit), from: None })
    }
}

/// The title in its own size. It is one line of text, so Enter saves.
#[component]
fn TitleField(input: Input, on_enter: impl Fn() + 'static) -> Html {
    view! {
        <div class="field all">
            <label class="sr" for=input.id()>{words::title()}</label>
            <textarea
                class="title"
                rows="1"
                id=input.id()
                aria-invalid=invalid(input)
                aria-describedby=described(input, false)
                prop:value=move || input.text.get()
                on:input=move |event| input.take(&event)
                on:keydown=move |event| {
                    if keys::is_pressed(&event, "Enter") {
                        event.prevent_default();
                        on_enter();
                    }
                }
            ></textarea>
            <FieldError input />
        </div>
    }
}
