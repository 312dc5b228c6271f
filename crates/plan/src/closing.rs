//! The end of a cycle: what is suggested, what was decided, what goes on.

use crate::{
    At, Change, Cycle, CycleEdit, CycleId, Day, Edit, Fate, Goal, KeyResult, KeyResultEdit, KeyResultId,
    KeyResultReport, Measure, Number, Objective, ObjectiveEdit, ObjectiveId, ObjectiveReport, Plan, Prose, Score, Seed,
    Status, Verdict, limits_of_verdict,
};

/// What people decide about one objective when its cycle is closed.
#[derive(Debug, Clone, PartialEq)]
pub struct Decision {
    /// Which one.
    pub objective: ObjectiveId,
    /// How far it came, and what was learned.
    pub verdict: Verdict,
    /// What becomes of each of its key results.
    pub fates: Vec<(KeyResultId, Fate)>,
}

/// What somebody should know before a cycle is closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Warning {
    /// It is not over: so many days are left.
    NotOver {
        /// How many.
        days: i32,
    },
    /// Nothing was heard of a key result in the last two cadences before the end.
    Silent {
        /// Which one.
        of: KeyResultId,
    },
    /// A goalpost of a key result was moved after it had begun.
    Moved {
        /// Which one.
        of: KeyResultId,
    },
    /// A guard of a key result is broken: a success needs a reason.
    Guard {
        /// Which key result.
        of: KeyResultId,
    },
    /// A key result has no number to judge by.
    WithoutNumber {
        /// Which one.
        of: KeyResultId,
    },
}

impl ObjectiveReport {
    /// The score that its numbers suggest: its progress in hundredths, cut where rounding would make another verdict of it
    /// or all of the way. None where it has no number, and where nothing was heard of it: only people know then.
    #[must_use]
    pub fn suggested_score(&self) -> Option<Score> {
        let exact = Score::new(Number::new(self.known_progress()?).ok()?).ok()?;
        let [achieved, partly] = limits_of_verdict(self.line_end);
        Some(exact.in_hundredths(&[partly, achieved, 1.0]))
    }

    /// Its progress, where that is more than the start of what nobody ever checked in.
    pub(crate) fn known_progress(&self) -> Option<f64> {
        let heard = self.key_results.iter().any(|(_, report)| report.heard.is_some());
        self.progress.as_ref().map(|progress| progress.share).filter(|share| heard || *share > 0.0)
    }
}

impl KeyResultReport {
    /// What may best become of it: what is achieved is over, and of the rest is carried over what is missing.
    #[must_use]
    pub const fn suggested_fate(&self) -> Fate {
        match self.status {
            Status::Achieved => Fate::LetGo,
            _ => Fate::Carried,
        }
    }
}

impl Plan {
    /// What somebody should know before a cycle is closed.
    #[must_use]
    pub fn closing_warnings(&self, cycle: &Cycle, day: Day) -> Vec<Warning> {
        let span = cycle.span.on(day);
        let left = span.days_left(day);
        let mut warnings = Vec::new();
        if left > 0 {
            warnings.push(Warning::NotOver { days: left });
        }
        for objective in self.objectives_of(Some(cycle.id), day) {
            for key_result in self.key_results_of(objective.id, day) {
                let (of, report) = (key_result.id, self.key_result_report(&key_result, day));
                let silent_from = span.end.min(day).plus_days(-2 * report.cadence.days());
                if report.progress.is_none() {
                    warnings.push(Warning::WithoutNumber { of });
                } else if report.status != Status::Achieved && report.heard.is_none_or(|heard| heard < silent_from) {
                    warnings.push(Warning::Silent { of });
                }
                if !self.goalposts(&key_result, day).is_empty() {
                    warnings.push(Warning::Moved { of });
                }
                if !self.broken_guards(of.into(), day).is_empty() {
                    warnings.push(Warning::Guard { of });
                }
            }
        }
        warnings
    }

    /// The change that closes a cycle: every decision is noted, what goes on is begun in the cycle `next`, and then the
    /// cycle is history. Where there is no next one, what goes on waits in the backlog. `id` gives seeds of new ids.
    #[must_use]
    pub fn closing(
        &self,
        cycle: CycleId,
        decisions: &[Decision],
        lookback: Prose,
        next: Option<CycleId>,
        at: At,
        mut id: impl FnMut() -> Seed,
    ) -> Change {
        let mut changes = Vec::new();
        let (mut successors, mut begun) = (Vec::new(), Vec::new());
        for decision in decisions {
            let Some(objective) = self.objectives.get(decision.objective) else { continue };
            let successor = self.go_on(objective, decision, next, at, &mut id, &mut changes, &mut begun);
            successors.extend(successor.map(|successor| (objective, successor)));
            for (key_result, fate) in &decision.fates {
                changes.push(edit(Edit::of(*key_result, KeyResultEdit::fate(Some(*fate)))));
            }
            let verdict = ObjectiveEdit::verdict(Some(decision.verdict.clone()));
            changes.push(edit(Edit::of(decision.objective, verdict)));
        }
        // What helped one that goes on, too, helps its successor: all of them are there by now.
        for (objective, successor) in &successors {
            let parent = *objective.parent.on(at.day);
            if let Some((_, parent)) = successors.iter().find(|(it, _)| Some(it.id) == parent) {
                changes.push(edit(Edit::of(*successor, ObjectiveEdit::parent(Some(*parent)))));
            }
        }
        // Likewise, what took a share of one that goes on takes a share of its successor.
        for (key_result, successor) in &begun {
            let whole = self.whole_of(*key_result, at.day);
            if let Some((_, whole)) = begun.iter().find(|(it, _)| Some(*it) == whole) {
                changes.push(edit(Edit::of(*successor, KeyResultEdit::part_of(Some(*whole)))));
            }
        }
        changes.push(edit(Edit::of(cycle, CycleEdit::lookback(lookback))));
        changes.push(edit(Edit::of(cycle, CycleEdit::closed(true))));
        Change::All(changes)
    }

    /// What of an objective goes on; gives its successor, and notes those of its key results in `begun`.
    #[expect(clippy::too_many_arguments, reason = "what is gathered on the way")]
    fn go_on(
        &self,
        objective: &Objective,
        decision: &Decision,
        next: Option<CycleId>,
        at: At,
        id: &mut impl FnMut() -> Seed,
        changes: &mut Vec<Change>,
        begun: &mut Vec<(KeyResultId, KeyResultId)>,
    ) -> Option<ObjectiveId> {
        // A cycle may be opened and closed again: what went on the first time goes on already.
        let goes_on = |(of, fate): &(KeyResultId, Fate)| {
            matches!(fate, Fate::Carried | Fate::Restarted) && self.key_result_continued_by(*of).is_none()
        };
        let already = self.continued_by(objective.id).filter(|it| !self.is_history(it.id.into(), at.day));
        let successor = decision.fates.iter().any(goes_on).then(|| {
            if let Some(already) = already {
                return already.id;
            }
            let mut successor = objective.anew(id().into(), at);
            successor.cycle = crate::Dated::new(at.day, next);
            successor.continues = Some(objective.id).into();
            let successor_id = successor.id;
            changes.push(Change::Add(successor.into()));
            for initiative in self.initiatives_of(&Goal::Objective { id: objective.id }) {
                let to = Goal::Objective { id: successor_id };
                changes.extend(carried_initiative(&initiative, to, at, id));
            }
            successor_id
        });
        for (of, fate) in &decision.fates {
            let Some(key_result) = self.key_results.get(*of) else { continue };
            match (fate, successor) {
                (_, Some(successor)) if goes_on(&(*of, *fate)) => {
                    begun.push((*of, self.begin_again(key_result, successor, *fate, at, id, changes)));
                }
                (Fate::Kept, _) if self.may_become_a_kpi(key_result, at.day) => {
                    changes.push(self.keeping(key_result, at, id().into()));
                }
                _ => {}
            }
        }
        successor
    }

    /// A key result goes on in another objective; gives its successor.
    fn begin_again(
        &self,
        before: &KeyResult,
        objective: ObjectiveId,
        fate: Fate,
        at: At,
        id: &mut impl FnMut() -> Seed,
        changes: &mut Vec<Change>,
    ) -> KeyResultId {
        let measure = self.measure_after(before, fate, at.day);
        let mut after = before.anew(id().into(), objective, measure, at);
        after.continues = Some(before.id).into();
        let after_id = after.id;
        changes.push(Change::Add(after.into()));
        for step in self.milestones_of(before.id) {
            if fate == Fate::Restarted || step.done_by(at.day).is_none() {
                changes.push(Change::Add(step.anew(id().into(), after_id, at).into()));
            }
        }
        for initiative in self.initiatives_of(&Goal::KeyResult { id: before.id }) {
            changes.extend(carried_initiative(&initiative, Goal::KeyResult { id: after_id }, at, id));
        }
        after_id
    }

    /// How a key result is measured when it goes on.
    #[must_use]
    pub fn measure_after(&self, before: &KeyResult, fate: Fate, day: Day) -> Measure {
        let value = self.key_result_report(before, day).value;
        match (before.measure.on(day), fate) {
            // From here on; from its start where the target is reached, as there would be no way to go.
            (Measure::Metric { start, target }, Fate::Carried) => {
                let missing = |value: &Number| value != target && (value < target) == (start < target);
                let start = value.filter(missing).unwrap_or(*start);
                Measure::Metric { start, target: *target }
            }
            (measure, _) => measure.clone(),
        }
    }
}

/// What is still to be done goes on under another goal.
fn carried_initiative(
    initiative: &crate::Initiative,
    goal: Goal,
    at: At,
    id: &mut impl FnMut() -> Seed,
) -> Option<Change> {
    let again = || initiative.anew(id().into(), goal, *initiative.state.on(at.day), at);
    initiative.is_open(at.day).then(again).map(|again| Change::Add(again.into()))
}

const fn edit(edit: Edit) -> Change {
    Change::Edit { edit, from: None }
}
