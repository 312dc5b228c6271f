//! What few key results need: a KPI that feeds it, a share of another's target, marks, its own cadence
//! and owner, guards.

use bearings_plan::{
    At, Bands, Cadence, Change, ChangeError, Day, Edit, EntityId, Guards, KeyResult, KeyResultEdit, KeyResultId, KpiId,
    Marks, Measure, Number, ObjectiveId, OwnerId, Plan, Unit,
};
use leptos::prelude::component;

use super::key_result_draft::{Form, Kind};
use crate::{
    reactive::Signal,
    state::{Workspace, workspace},
    ui::{
        components::{
            field::{Input, NumberField, NumberInput, SelectField},
            guards::{GuardsField, GuardsInput},
            owner::{OwnerField, OwnerInput},
        },
        dom::{Html, view, when},
    },
    words::{common, errors, frame, objectives as words},
};

/// The fields.
#[derive(Debug, Clone, Copy)]
pub struct More {
    fed_by: Input,
    part_of: Input,
    commit: NumberInput,
    stretch: NumberInput,
    cadence: Input,
    attention: NumberInput,
    off_track: NumberInput,
    owner: OwnerInput,
    guards: GuardsInput,
    objective: Input,
}

/// What was understood of them.
pub struct Given {
    fed_by: Option<KpiId>,
    part_of: Option<KeyResultId>,
    marks: Option<Marks>,
    cadence: Option<Cadence>,
    bands: Option<Bands>,
    owner: Option<OwnerId>,
    guards: Guards,
    objective: ObjectiveId,
}

impl More {
    pub fn new(of: Option<&KeyResult>, objective: ObjectiveId, unit: Input, today: Day) -> Self {
        let id = |id: Option<String>| Input::new(id.unwrap_or_default());
        let marks = of.and_then(|of| of.marks.on(today).as_ref());
        let number = |value| NumberInput::new(value, Signal::derive(move || unit.unit_so_far()), None);
        let bands = of.and_then(|of| of.bands.on(today).as_ref());
        let percent = |share: Option<Number>| {
            NumberInput::new(share.map(Bands::percent), Unit::new("%").unwrap_or_default(), None)
        };
        Self {
            fed_by: id(of.and_then(|of| *of.fed_by.on(today)).map(|id| id.to_string())),
            part_of: id(of.and_then(|of| *of.part_of.on(today)).map(|id| id.to_string())),
            commit: number(marks.and_then(|marks| marks.commit)),
            stretch: number(marks.and_then(|marks| marks.stretch)),
            cadence: Input::new(of.and_then(|of| *of.cadence.on(today)).map(Cadence::word).unwrap_or_default()),
            attention: percent(bands.map(|bands| bands.attention)),
            off_track: percent(bands.map(|bands| bands.off_track)),
            owner: OwnerInput::new(of.and_then(|of| *of.owner)),
            guards: GuardsInput::new(of.map(|of| of.guards.on(today))),
            objective: Input::new(of.map_or(objective, |of| *of.objective.on(today)).to_string()),
        }
    }

    /// What it says, and the change that makes a new owner; none where something is wrong, which its field then says.
    pub fn read(&self, kind: Kind, workspace: Workspace, at: At) -> Option<(Given, Option<Change>)> {
        let measured = matches!(kind, Kind::Metric | Kind::AtLeast | Kind::AtMost | Kind::Between);
        let marks = match kind {
            Kind::Metric => {
                let (commit, stretch) = (self.commit.number_if_any(), self.stretch.number_if_any());
                let (commit, stretch) = (commit?, stretch?);
                (commit.is_some() || stretch.is_some()).then_some(Marks { commit, stretch })
            }
            _ => None,
        };
        let (owner, guards, bands) = (self.owner.read(workspace, at), self.guards.read(), self.bands());
        let ((owner, new_owner), guards) = owner.zip(guards)?;
        let bands = bands?;
        let given = Given {
            fed_by: self.fed_by.text.with_untracked(|id| id.parse().ok()).filter(|_| measured),
            part_of: self.part_of.text.with_untracked(|id| id.parse().ok()).filter(|_| kind == Kind::Metric),
            marks,
            cadence: self.cadence.text.with_untracked(|word| Cadence::from_word(word)),
            bands,
            owner,
            guards,
            objective: self.objective.text.with_untracked(|id| id.parse().ok())?,
        };
        Some((given, new_owner))
    }

    /// Its own bands: both, or neither.
    fn bands(&self) -> Option<Option<Bands>> {
        let (attention, off_track) = (self.attention.number_if_any(), self.off_track.number_if_any());
        let bands = match (attention?, off_track?) {
            (None, None) => return Some(None),
            (Some(attention), Some(off_track)) => {
                Bands::of_percent(attention, off_track).map_err(|error| errors::change(ChangeError::Invalid(error)))
            }
            _ => Err(words::bands_both().to_owned()),
        };
        bands.map(Some).map_err(|error| self.off_track.input.error.set(Some(error))).ok()
    }

    /// The fields that may have an error.
    pub fn inputs(&self) -> [Input; 8] {
        let [owner, name] = self.owner.inputs();
        let (attention, off_track) = (self.attention.input, self.off_track.input);
        [self.part_of, self.commit.input, self.stretch.input, owner, name, attention, off_track, self.guards.input()]
    }

    /// The one that a circle of shares comes from.
    pub const fn part_of(&self) -> Input {
        self.part_of
    }
}

impl Given {
    /// Puts it into a new key result.
    pub fn put_into(self, new: &mut KeyResult, day: Day) {
        use bearings_plan::Dated;
        new.fed_by = Dated::new(day, self.fed_by);
        new.part_of = Dated::new(day, self.part_of);
        new.marks = Dated::new(day, self.marks);
        new.cadence = Dated::new(day, self.cadence);
        new.bands = Dated::new(day, self.bands);
        new.owner = self.owner.into();
        new.guards = Dated::new(day, self.guards);
    }

    /// The edits of what was changed.
    pub fn edits(self, before: &KeyResult, today: Day) -> impl Iterator<Item = Change> + use<> {
        let id = before.id;
        let edits = [
            (*before.fed_by.on(today) != self.fed_by).then_some(KeyResultEdit::fed_by(self.fed_by)),
            (*before.part_of.on(today) != self.part_of).then_some(KeyResultEdit::part_of(self.part_of)),
            (*before.marks.on(today) != self.marks).then_some(KeyResultEdit::marks(self.marks)),
            (*before.cadence.on(today) != self.cadence).then_some(KeyResultEdit::cadence(self.cadence)),
            (*before.bands.on(today) != self.bands).then_some(KeyResultEdit::bands(self.bands)),
            (*before.owner != self.owner).then_some(KeyResultEdit::owner(self.owner)),
            (*before.guards.on(today) != self.guards).then_some(KeyResultEdit::guards(self.guards)),
            (*before.objective.on(today) != self.objective).then_some(KeyResultEdit::objective(self.objective)),
        ];
        edits.into_iter().flatten().map(move |edit| Change::Edit { edit: Edit::of(id, edit), from: None })
    }
}

#[component]
pub fn MoreFields(form: Form, more: More, existing: Option<KeyResultId>) -> Html {
    let workspace = workspace();
    let kpis = workspace.read(|plan, _| {
        let none = (String::new(), words::fed_by_check_ins().to_owned());
        let kpis = plan.kpis_in_order();
        [none].into_iter().chain(kpis.iter().map(|kpi| (kpi.id.to_string(), kpi.name.to_string()))).collect::<Vec<_>>()
    });
    let wholes = workspace.read(move |plan, today| {
        let none = (String::new(), words::part_of_nothing().to_owned());
        [none].into_iter().chain(metrics(plan, existing, today)).collect::<Vec<_>>()
    });
    let objectives = workspace.read(|plan, today| {
        let all = plan.objectives_by_cycle(today).into_iter();
        all.map(|it| (it.id.to_string(), it.title.to_string())).collect::<Vec<_>>()
    });
    let as_plan = (String::new(), words::as_the_plan().to_owned());
    let cadences = Cadence::ALL.iter().map(|it| (it.word().to_owned(), common::cadence(*it).to_owned()));
    let cadences: Vec<_> = [as_plan].into_iter().chain(cadences).collect();
    let metric = move || form.kind() == Kind::Metric;
    let measured = move || matches!(form.kind(), Kind::Metric | Kind::AtLeast | Kind::AtMost | Kind::Between);
    view! {
        <details class="more all">
            <summary>{words::more()}</summary>
            <div class="form">
                {when(measured, move || view! { <SelectField input=more.fed_by label=words::fed_by() options=kpis /> })}
                {when(
                    metric,
                    move || view! {
                        <SelectField input=more.part_of label=words::part_of() options=wholes />
                        <NumberField number=more.commit label=words::commit() hint=common::optional() />
                        <NumberField number=more.stretch label=words::stretch() hint=common::optional() />
                    },
                )}
                <OwnerField owner=more.owner />
                <SelectField input=more.cadence label=words::cadence() options=cadences />
                <NumberField number=more.attention label=frame::attention() hint=words::bands_hint() />
                <NumberField number=more.off_track label=frame::off_track() hint=words::bands_hint() />
                <GuardsField guards=more.guards of=existing.map(EntityId::from) />
                {existing
                    .map(|_| view! { <SelectField input=more.objective label=words::objective() options=objectives /> })}
            </div>
        </details>
    }
}

/// The metrics of which one may take a share, with the objectives that they belong to.
fn metrics(plan: &Plan, but: Option<KeyResultId>, today: Day) -> Vec<(String, String)> {
    let metrics = plan.key_results.iter().filter(|it| Some(it.id) != but);
    let metrics = metrics.filter(|it| matches!(it.measure.on(today), Measure::Metric { .. }));
    let named = metrics.filter_map(|it| {
        let objective = plan.objectives.get(*it.objective.on(today))?;
        Some((it.id.to_string(), words::of_objective(it.title.as_str(), objective.title.as_str())))
    });
    named.collect()
}

/// How much of its periods a stay has to hold, in per cent.
pub fn share_input(of: Option<&Measure>) -> NumberInput {
    let share = match of {
        Some(Measure::Stay { share, .. }) => *share,
        _ => bearings_plan::Share::default(),
    };
    let unit = Unit::new("%").unwrap_or_default();
    let percent: Number = share.percent();
    NumberInput::new(Some(percent), unit, None)
}
