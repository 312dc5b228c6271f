//! What is typed about a cycle outlives a look at another page and a reload, in this tab only.

use std::cell::RefCell;

use bearings_plan::{CycleId, Fate, KeyResultId, ObjectiveId, Plan, PlanId};
use serde_json::{Value, json};

use super::judged::Said;
use crate::state::{Mode, Workspace, session};

/// Of which cycle, of which plan, and whether that is only tried out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Of {
    plan: PlanId,
    tries: bool,
    pub cycle: CycleId,
}

impl Of {
    pub fn now(workspace: Workspace, cycle: CycleId) -> Self {
        Self { plan: workspace.shown_now().frame.id, tries: workspace.mode_now() == Mode::WhatIf, cycle }
    }

    fn page(&self) -> String {
        format!("review/{}/{}", self.plan, self.cycle)
    }
}

/// All that is typed about a cycle, as plain texts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Kept {
    pub objectives: Vec<(ObjectiveId, Said)>,
    pub fates: Vec<(KeyResultId, Fate)>,
    pub lookback: String,
    pub next: String,
}

thread_local! {
    static KEPT: RefCell<Vec<(Of, Kept)>> = const { RefCell::new(Vec::new()) };
}

/// What was typed so far; of what a reload has brought back, what is still there.
pub fn kept(of: Of, plan: &Plan) -> Option<Kept> {
    let here = KEPT.with_borrow(|all| all.iter().find(|(it, _)| *it == of).map(|(_, kept)| kept.clone()));
    // What was only tried out went with the reload.
    here.or_else(|| (!of.tries).then(|| Kept::read(&session::draft_of(&of.page())?, plan)).flatten())
}

pub fn keep(of: Of, change: impl FnOnce(&mut Kept)) {
    KEPT.with_borrow_mut(|all| {
        if !all.iter().any(|(it, _)| *it == of) {
            all.push((of, Kept::default()));
        }
        if let Some((_, kept)) = all.iter_mut().find(|(it, _)| *it == of) {
            change(kept);
        }
    });
}

/// Lets it outlive a reload, as far as it says more than the plan: what is saved needs no second place.
pub fn keep_for_reload(of: Of, begun: &Kept, plan: &Plan, is_saved: bool) {
    if of.tries {
        return;
    }
    let kept = KEPT.with_borrow(|all| all.iter().find(|(it, _)| *it == of).map(|(_, kept)| kept.clone()));
    let kept = kept.filter(|_| !is_saved).map(|kept| kept.beyond(plan)).filter(|kept| kept != begun);
    session::keep_draft(&of.page(), kept.map(|kept| kept.write()).as_ref());
}

impl Kept {
    /// Without what is untouched, and what is gone.
    fn beyond(mut self, plan: &Plan) -> Self {
        self.objectives.retain(|(id, said)| *said != Said::default() && plan.objectives.get(*id).is_some());
        self.fates.retain(|(id, _)| plan.key_results.get(*id).is_some());
        self
    }

    fn write(&self) -> Value {
        let objectives: Vec<_> =
            self.objectives.iter().map(|(id, said)| json!([id.to_string(), said.write()])).collect();
        let fates: Vec<_> = self.fates.iter().map(|(id, fate)| json!([id.to_string(), fate.word()])).collect();
        json!({"objectives": objectives, "fates": fates, "lookback": self.lookback, "next": self.next})
    }

    /// From [`Kept::write`]; none where that was not written by this version.
    fn read(value: &Value, plan: &Plan) -> Option<Self> {
        fn pairs<'a>(value: &'a Value, name: &str) -> Option<impl Iterator<Item = (&'a str, &'a Value)>> {
            let pairs = value.get(name)?.as_array()?.iter();
            Some(pairs.filter_map(|pair| Some((pair.get(0)?.as_str()?, pair.get(1)?))))
        }
        let text = |name: &str| value.get(name).and_then(Value::as_str).map(str::to_owned);
        let objectives =
            pairs(value, "objectives")?.filter_map(|(id, said)| Some((id.parse().ok()?, Said::read(said))));
        let fates = pairs(value, "fates")?
            .filter_map(|(id, fate)| Some((id.parse().ok()?, Fate::from_word(fate.as_str().unwrap_or_default())?)));
        let (objectives, fates) = (objectives.collect(), fates.collect());
        Some(Self { objectives, fates, lookback: text("lookback")?, next: text("next")? }.beyond(plan))
    }
}
