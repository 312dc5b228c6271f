//! What is decided so far. It is kept beside the page, so that one may go and look at an objective in between.

use bearings_plan::{CycleId, Decision, Fate, KeyResult, KeyResultId, KeyResultReport, ObjectiveId, Outcome, Plan};
use leptos::prelude::on_cleanup;

use super::{
    judged::{Judged, Said},
    kept::{Kept, Of, keep, keep_for_reload, kept},
};
use crate::{
    reactive::{Effect, RwSignal, StoredValue},
    state::Workspace,
    ui::components::field::Input,
    web::page,
};

/// The choice of a cycle that is not there yet.
pub const NEW: &str = "new";

/// The review of a cycle while it goes on.
#[derive(Debug, Clone, Copy)]
pub struct Draft {
    of: Of,
    judged: StoredValue<Vec<Judged>>,
    fates: RwSignal<Vec<(KeyResultId, Fate)>>,
    /// What is said of the cycle as a whole.
    pub lookback: Input,
    /// Where what goes on goes on: the id of a cycle, [`NEW`], or nothing for the backlog.
    pub next: Input,
}

impl Draft {
    /// As it was left, or from the plan.
    pub fn new(workspace: Workspace, cycle: CycleId) -> Self {
        let (plan, today) = (workspace.shown_now(), workspace.day_now());
        let from_plan = plan.cycles.get(cycle).map(|cycle| {
            let next = plan.cycles_after(cycle, today);
            let next = next.first().map_or_else(|| NEW.to_owned(), |next| next.id.to_string());
            Kept { lookback: cycle.lookback.to_string(), next, ..Kept::default() }
        });
        let (of, begun) = (Of::now(workspace, cycle), from_plan.unwrap_or_default());
        let before = kept(of, &plan);
        if let Some(before) = before.clone() {
            keep(of, |kept| *kept = before);
        }
        let Kept { fates, lookback, next, .. } = before.unwrap_or_else(|| begun.clone());
        // The cycle in which it would go on may be gone.
        let is_there = next.parse().map_or(true, |next: CycleId| plan.cycles.get(next).is_some());
        let next = if is_there { next } else { begun.next.clone() };
        let draft = Self {
            of,
            judged: StoredValue::new(Vec::new()),
            fates: RwSignal::new(fates),
            lookback: Input::new(lookback),
            next: Input::new(next),
        };
        Effect::run(move || {
            let (fates, lookback, next) = (draft.fates.get(), draft.lookback.text.get(), draft.next.text.get());
            keep(of, |kept| (kept.fates, kept.lookback, kept.next) = (fates, lookback, next));
        });
        let outlive = move || {
            let (plan, today) = (workspace.shown_now(), workspace.day_now());
            let is_saved = plan.cycles.get(cycle).is_none() || plan.is_closed(cycle, today);
            keep_for_reload(of, &begun, &plan, is_saved);
        };
        let reload = StoredValue::new(page::on_hide(outlive.clone()));
        on_cleanup(move || {
            reload.dispose();
            outlive();
        });
        draft
    }

    /// The fields of one of its objectives.
    pub fn judged(&self, workspace: Workspace, id: ObjectiveId) -> Judged {
        let kept = kept(self.of, &workspace.shown_now());
        let kept = kept.and_then(|kept| kept.objectives.into_iter().find(|(of, _)| *of == id));
        let from_plan = || {
            let plan = workspace.shown_now();
            let verdict = plan.objectives.get(id)?.verdict.on(workspace.day_now()).clone();
            verdict.map(Said::from)
        };
        let judged = Judged::new(id, kept.map(|(_, said)| said).or_else(from_plan).unwrap_or_default());
        // One that was deleted and comes back has new fields.
        self.judged.update_value(|all| {
            all.retain(|other| other.id != id);
            all.push(judged);
        });
        let of = self.of;
        Effect::run(move || {
            let said = judged.said();
            keep(of, |kept| {
                kept.objectives.retain(|(of, _)| *of != id);
                kept.objectives.push((id, said));
            });
        });
        judged
    }

    /// Decides what becomes of a key result.
    pub fn decide(&self, id: KeyResultId, fate: Fate) {
        self.fates.update(|fates| {
            fates.retain(|(of, _)| *of != id);
            fates.push((id, fate));
        });
    }

    /// What becomes of a key result: as decided, now or when its cycle was closed before, else as suggested. Tracked.
    pub fn fate(
        &self,
        plan: &Plan,
        of: &KeyResult,
        report: &KeyResultReport,
        outcome: Option<Outcome>,
        today: bearings_plan::Day,
    ) -> Fate {
        let decided = self.fates.with(|fates| fates.iter().find(|(id, _)| *id == of.id).map(|(_, fate)| *fate));
        let possible = of.measure.on(today).fates();
        let before = || plan.key_results.get(of.id).and_then(|it| *it.fate.on(today));
        let fate = decided.or_else(before).filter(|fate| possible.contains(fate));
        fate.unwrap_or_else(|| report.fate_after(outcome))
    }

    /// All decisions; none where something is missing, which its field then says.
    pub fn decisions(&self, workspace: Workspace) -> Option<Vec<Decision>> {
        let (plan, today) = (workspace.shown_now(), workspace.day_now());
        let decision = |id: ObjectiveId| {
            let report = plan.objective_report(plan.objectives.get(id)?, today);
            let judged = self.judged.with_value(|all| all.iter().find(|judged| judged.id == id).copied())?;
            let verdict = judged.read(&report, !plan.broken_guards(id.into(), today).is_empty())?;
            let fate = |(id, report): &(KeyResultId, KeyResultReport)| {
                let of = plan.key_results.get(*id)?;
                Some((*id, self.fate(&plan, of, report, Some(verdict.outcome), today)))
            };
            let fates = report.key_results.iter().filter_map(fate).collect();
            Some(Decision { objective: id, verdict, fates })
        };
        let objectives = plan.objectives_of(Some(self.of.cycle), today);
        // Every field that is wrong says so at once.
        let all: Vec<_> = objectives.iter().map(|objective| decision(objective.id)).collect();
        all.into_iter().collect()
    }
}
