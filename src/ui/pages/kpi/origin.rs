//! Where a KPI's values come from, as fields, and what they would give.

use bearings_plan::{
    At, Change, Dated, Day, Edit, Formula, Frequency, Gathering, Kpi, KpiEdit, KpiId, Name, Origin, Plan, Prose, Unit,
};
use leptos::prelude::{component, untrack};

use super::{
    formula_field::{FormulaField, FormulaInput},
    made_of,
};
use crate::{
    reactive::{Memo, Signal},
    state::{Workspace, workspace},
    ui::{
        components::field::{Input, SelectField},
        dom::{Html, view, when},
    },
    words::{errors, formula as words},
};

/// Where values come from, and what the KPI is a part of.
#[derive(Debug, Clone, Copy)]
pub struct OriginFields {
    /// The KPI that is edited; none for a new one.
    id: Option<KpiId>,
    kind: Input,
    formula: FormulaInput,
    parent: Input,
}

/// What was understood of them.
#[derive(Debug, Clone, PartialEq)]
pub struct OriginDraft {
    pub origin: Origin,
    pub parent: Option<KpiId>,
}

impl OriginDraft {
    pub fn put(self, kpi: &mut Kpi, day: Day) {
        kpi.origin = Dated::new(day, self.origin);
        kpi.parent = Dated::new(day, self.parent);
    }

    /// The edits of what differs.
    pub fn edits(self, before: &Kpi, day: Day) -> [Option<KpiEdit>; 2] {
        [
            (*before.origin.on(day) != self.origin).then(|| KpiEdit::origin(self.origin)),
            (*before.parent.on(day) != self.parent).then(|| KpiEdit::parent(self.parent)),
        ]
    }
}

impl OriginFields {
    pub fn new(kpi: Option<&Kpi>, today: Day) -> Self {
        let plan = workspace().shown_now();
        let origin = kpi.map(|kpi| kpi.origin.on(today));
        let formula = match origin {
            Some(Origin::Formula { formula }) => Some(formula),
            _ => None,
        };
        let parent = kpi.and_then(|kpi| *kpi.parent.on(today)).map(|id| id.to_string());
        Self {
            id: kpi.map(|kpi| kpi.id),
            kind: Input::new(origin.map_or(words::readings(), kind)),
            formula: FormulaInput::new(&plan, formula),
            parent: Input::new(parent.unwrap_or_default()),
        }
    }

    /// Whether somebody reads it, tracked.
    pub fn is_read(&self) -> bool {
        self.is(words::readings())
    }

    fn is(&self, kind: &str) -> bool {
        self.kind.text.with(|text| text == kind)
    }

    /// Reads all of them, so that every error is shown at once.
    pub fn read(&self) -> Option<OriginDraft> {
        untrack(|| self.made_of(|| self.formula.read().ok_or(())).ok())
    }

    /// The same as far as it is understood, tracked.
    fn so_far(&self) -> Result<OriginDraft, String> {
        self.made_of(|| self.formula.formula())
    }

    fn made_of<E>(&self, formula: impl FnOnce() -> Result<Formula, E>) -> Result<OriginDraft, E> {
        let origin = match self.kind.text.get() {
            kind if kind == words::calculated() => Origin::Formula { formula: formula()? },
            kind => gathered(&kind),
        };
        Ok(OriginDraft { origin, parent: self.parent.text.with(|id| id.parse().ok()) })
    }

    /// Says at the field that causes it that a KPI would be made of itself.
    pub fn blame_circle(&self) -> Input {
        let plan = workspace().shown_now();
        let today = workspace().day_now();
        let parent: Option<KpiId> = self.parent.text.with_untracked(|id| id.parse().ok());
        let up = |id: &KpiId| plan.kpis.get(*id).and_then(|kpi| *kpi.parent.on(today));
        let above = std::iter::successors(parent, up).take(plan.kpis.len()).any(|id| Some(id) == self.id);
        let calculated = self.kind.text.with_untracked(|kind| kind == words::calculated());
        let (field, text) = if calculated && !above {
            let formula = self.formula.input.text.with_untracked(|_| self.formula.read());
            let input = formula.and_then(|formula| {
                let needs = |id: &KpiId| self.id.is_some_and(|own| plan.dependencies(*id, today).contains(&own));
                formula.kpis().find(needs)
            });
            let other = input.filter(|input| Some(*input) != self.id).map(|input| words::name(&plan, input));
            (self.formula.input, words::circle(other.as_deref()))
        } else if parent.is_some() {
            let whole = parent.filter(|_| above).map(|id| words::name(&plan, id));
            (self.parent, words::circle_of_parts(whole.as_deref()))
        } else {
            (self.kind, words::circle(None))
        };
        field.error.set(Some(text));
        field
    }

    pub const fn inputs(&self) -> [Input; 3] {
        [self.kind, self.formula.input, self.parent]
    }

    /// What saving would give, tracked: the plan and the KPI in it, or what is wrong.
    fn tried(&self, workspace: Workspace, frequency: &str) -> Result<(Plan, KpiId), String> {
        let draft = self.so_far()?;
        let frequency = Frequency::from_word(frequency).unwrap_or(Frequency::Weekly);
        let change = match self.id {
            Some(id) => {
                let edits =
                    [KpiEdit::frequency(frequency), KpiEdit::origin(draft.origin), KpiEdit::parent(draft.parent)];
                let edit = |edit| Change::Edit { edit: Edit::of(id, edit), from: None };
                return tried(workspace, Change::All(edits.map(edit).into()), id);
            }
            None => {
                let at: At = workspace.at();
                let mut kpi = Kpi::new(workspace.id(), Name::fitted(words::formula()), Prose::default(), frequency, at);
                draft.put(&mut kpi, at.day);
                (kpi.id, Change::Add(kpi.into()))
            }
        };
        tried(workspace, change.1, change.0)
    }
}

fn tried(workspace: Workspace, change: Change, id: KpiId) -> Result<(Plan, KpiId), String> {
    workspace.what_if(&change).map(|plan| (plan, id)).map_err(errors::change)
}

/// The word of an origin.
fn kind(origin: &Origin) -> &'static str {
    match origin {
        Origin::Readings {} => words::readings(),
        Origin::Formula { .. } => words::calculated(),
        Origin::Parts { gathering: Gathering::Sum } => words::sum_of_parts(),
        Origin::Parts { gathering: Gathering::Mean } => words::mean_of_parts(),
    }
}

/// What is not calculated, by its word.
fn gathered(kind: &str) -> Origin {
    if kind == words::sum_of_parts() {
        Origin::Parts { gathering: Gathering::Sum }
    } else if kind == words::mean_of_parts() {
        Origin::Parts { gathering: Gathering::Mean }
    } else {
        Origin::Readings {}
    }
}

#[component]
pub fn OriginView(origin: OriginFields, unit: Signal<Unit>, frequency: Input) -> Html {
    let workspace = workspace();
    let kinds = [words::readings(), words::calculated(), words::sum_of_parts(), words::mean_of_parts()];
    let kinds: Vec<_> = kinds.map(|kind| (kind.to_owned(), kind.to_owned())).into();
    let calculated = Memo::new(move || origin.is(words::calculated()));
    let tried = move || {
        // The plan is followed by hand: what is tried is made of it.
        let _ = workspace.shown();
        frequency.text.with(|frequency| origin.tried(workspace, frequency))
    };
    let preview = Memo::new(move || match tried() {
        Ok((plan, id)) => made_of::latest(&plan, id, workspace.day(), &unit.get()).join(" "),
        Err(_) => String::new(),
    });
    let wrong = Signal::derive(move || {
        if origin.formula.input.text.with(|text| text.trim().is_empty()) {
            return None;
        }
        origin.so_far().err()
    });
    let parents = workspace.read(move |plan, _| {
        let others = plan.kpis_in_order().into_iter().filter(move |kpi| Some(kpi.id) != origin.id);
        let others = others.map(|kpi| (kpi.id.to_string(), kpi.name.to_string()));
        [(String::new(), words::part_of_nothing().to_owned())].into_iter().chain(others).collect::<Vec<_>>()
    });
    view! {
        <div class="form all">
            <SelectField input=origin.kind label=words::origin() options=kinds />
            <SelectField input=origin.parent label=words::part_of() options=parents />
        </div>
        {when(
            move || calculated.get(),
            move || view! {
                <FormulaField formula=origin.formula preview=Signal::derive(move || preview.get()) check=wrong />
                <p class="told all">{words::help()}</p>
            },
        )}
    }
}
