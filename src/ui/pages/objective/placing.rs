//! Where an objective stands among the others: its pillar, what it helps, its tags.

use bearings_plan::{
    At, Change, ChangeError, Day, Edit, Invalid, Objective, ObjectiveEdit, ObjectiveId, PillarId, Plan, Tags, Unit,
    Weight,
};
use leptos::prelude::component;

use crate::{
    reactive::RwSignal,
    state::{Workspace, workspace},
    ui::{
        components::{
            field::{CheckField, Input, NumberField, NumberInput, SelectField, TextField},
            pillar::{PillarField, PillarInput},
        },
        dom::{Html, view, when},
    },
    words::{common, errors, frame, objectives as words},
};

/// The fields.
#[derive(Debug, Clone, Copy)]
pub struct Placing {
    pillar: PillarInput,
    parent: Input,
    weight: NumberInput,
    counts: RwSignal<bool>,
    tags: Input,
}

/// What was understood of them.
pub struct Placed {
    pillar: Option<PillarId>,
    parent: Option<ObjectiveId>,
    weight: Weight,
    counts: bool,
    tags: Tags,
}

impl Placing {
    pub fn new(of: Option<&Objective>, today: Day) -> Self {
        let parent = of.and_then(|of| *of.parent.on(today));
        let weight = of.map_or_else(Weight::default, |of| *of.parent_weight.on(today));
        let tags = of.map(|of| of.tags.iter().map(|tag| tag.as_str()).collect::<Vec<_>>().join(", "));
        Self {
            pillar: PillarInput::new(of.and_then(|of| *of.pillar)),
            parent: Input::new(parent.map(|id| id.to_string()).unwrap_or_default()),
            weight: NumberInput::new(Some(weight.get()), Unit::default(), None),
            counts: RwSignal::new(of.is_some_and(|of| *of.counts_aligned.on(today))),
            tags: Input::new(tags.unwrap_or_default()),
        }
    }

    /// What it says, and the change that makes a new pillar; none where something is wrong, which its field then says.
    pub fn read(&self, workspace: Workspace, at: At) -> Option<(Placed, Option<Change>)> {
        let invalid = |invalid: Invalid| errors::change(ChangeError::Invalid(invalid));
        let tags = self.tags.read(|text| Tags::parse(text).map_err(invalid));
        let weight = match self.weight.number_if_any()? {
            None => Some(Weight::default()),
            Some(number) => match Weight::new(number) {
                Ok(weight) => Some(weight),
                Err(wrong) => {
                    self.weight.input.error.set(Some(invalid(wrong)));
                    None
                }
            },
        };
        let (pillar, new_pillar) = self.pillar.read(workspace, at)?;
        let parent = self.parent.text.with_untracked(|id| id.parse().ok());
        let counts = self.counts.get_untracked();
        Some((Placed { pillar, parent, weight: weight?, counts, tags: tags? }, new_pillar))
    }

    /// Says what the plan did not accept at the field that caused it; `false` where it was none of these.
    pub fn says(&self, error: ChangeError) -> bool {
        let circle = error == ChangeError::Invalid(Invalid::Circle);
        if circle {
            self.parent.error.set(Some(errors::change(error)));
            self.parent.focus();
        }
        circle
    }
}

impl Placed {
    /// The edits of what was changed.
    pub fn edits(self, before: &Objective, today: Day) -> impl Iterator<Item = Change> + use<> {
        let id = before.id;
        let edits = [
            (*before.pillar != self.pillar).then_some(ObjectiveEdit::pillar(self.pillar)),
            (*before.parent.on(today) != self.parent).then_some(ObjectiveEdit::parent(self.parent)),
            (*before.parent_weight.on(today) != self.weight).then_some(ObjectiveEdit::parent_weight(self.weight)),
            (*before.counts_aligned.on(today) != self.counts).then_some(ObjectiveEdit::counts_aligned(self.counts)),
            (*before.tags != self.tags).then_some(ObjectiveEdit::tags(self.tags)),
        ];
        edits.into_iter().flatten().map(move |edit| Change::Edit { edit: Edit::of(id, edit), from: None })
    }
}

#[component]
pub fn PlacingFields(of: ObjectiveId, placing: Placing) -> Html {
    let workspace = workspace();
    let others = workspace.read(move |plan, today| {
        let none = (String::new(), words::helps_nothing().to_owned());
        [none].into_iter().chain(others(plan, of, today)).collect::<Vec<_>>()
    });
    let helps = move || placing.parent.text.with(|parent| !parent.is_empty());
    let tags = workspace.read(|plan, _| {
        let all = plan.tags();
        all.iter().map(|tag| tag.as_str()).collect::<Vec<_>>().join(", ")
    });
    view! {
        <details class="more all">
            <summary>{words::placing()}</summary>
            <div class="form">
                <PillarField pillar=placing.pillar />
                <SelectField input=placing.parent label=words::helps() options=others />
                {when(
                    helps,
                    move || view! { <NumberField number=placing.weight label=words::weight_there() /> },
                )}
                <TextField
                    input=placing.tags
                    label=frame::tags()
                    hint=common::optional()
                    placeholder=tags.get_untracked()
                />
                <CheckField checked=placing.counts label=words::counts_aligned() class="all" />
            </div>
        </details>
    }
}

/// The objectives that one may help.
fn others(plan: &Plan, of: ObjectiveId, today: Day) -> Vec<(String, String)> {
    let all = plan.objectives_by_cycle(today).into_iter().filter(|it| it.id != of);
    all.map(|it| (it.id.to_string(), it.title.to_string())).collect()
}
