//! Looking back: what a closed cycle has come to, what goes on from it, and what its screens ask for.

use std::sync::Arc;

use crate::{
    Answer, Bounds, Change, Cycle, CycleEdit, CycleId, Day, Edit, EntityId, Fate, KeyResult, KeyResultId,
    KeyResultReport, Kpi, Measure, Number, Objective, ObjectiveId, ObjectiveReport, Outcome, Plan, Score, Status,
    in_order, number::mean, status::rounded,
};

/// A closed cycle at a glance.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Retrospect {
    /// How many objectives it had.
    pub objectives: usize,
    /// How many of them were achieved, as people decided.
    pub achieved: usize,
    /// How many of them have a score.
    pub scored: usize,
    /// How many of these scores are 1: all of the way.
    pub full: usize,
    /// The mean of these scores, in hundredths, and 1 only where all of them are; none where there is none.
    pub mean: Option<Score>,
}

/// For how many days a cycle that is over waits to be closed while another one matters already.
const WAITS: i32 = 31;

impl Score {
    /// As people write it, to two decimals: what is decided is what was read. Cut rather than rounded where it would
    /// reach one of `limits` that it lies below: 0.696 is 0.69 where 0.7 is one.
    #[must_use]
    pub fn in_hundredths(self, limits: &[f64]) -> Self {
        let exact = rounded(self.get().get());
        let nearest = rounded((exact * 100.0).round() / 100.0);
        let reaches = limits.iter().map(|limit| rounded(*limit)).any(|limit| exact < limit && nearest >= limit);
        let hundredths = if reaches { (exact * 100.0).floor() / 100.0 } else { nearest };
        Number::new(hundredths).ok().and_then(|number| Self::new(number).ok()).unwrap_or(self)
    }
}

impl Measure {
    /// What can become of a key result of this kind: a number can be watched on as a KPI, and only what has made some way
    /// differs between going on from there and starting again.
    #[must_use]
    pub const fn fates(&self) -> &'static [Fate] {
        match (self, self.answer()) {
            (Self::Metric { .. }, _) => &[Fate::Carried, Fate::Restarted, Fate::Kept, Fate::LetGo],
            (Self::Milestones {}, _) => &[Fate::Carried, Fate::Restarted, Fate::LetGo],
            (_, Answer::Number) => &[Fate::Carried, Fate::Kept, Fate::LetGo],
            _ => &[Fate::Carried, Fate::LetGo],
        }
    }
}

impl Measure {
    /// Where its value has to be from now on, where it is watched as a KPI: at its target, or within its bounds.
    #[must_use]
    pub fn bounds_to_keep(&self) -> Option<Bounds> {
        match self {
            Self::Metric { start, target } if target > start => Some(Bounds::AtLeast { value: *target }),
            Self::Metric { target, .. } => Some(Bounds::AtMost { value: *target }),
            Self::Stay { bounds, .. } => Some(bounds.clone()),
            Self::Milestones {} | Self::Done {} | Self::Baseline {} => None,
        }
    }
}

impl ObjectiveReport {
    /// What a decided score says became of it; without one, what its numbers say: as its status once it is over, also
    /// before. Where there is neither, nothing is suggested: only people know.
    #[must_use]
    pub fn outcome_of(&self, score: Option<Score>) -> Option<Outcome> {
        let decided = score.map(|score| score.get().get());
        let share = decided.or_else(|| self.known_progress());
        match crate::status::verdict(share, self.line_end) {
            Status::Achieved => Some(Outcome::Achieved),
            Status::Partly => Some(Outcome::Partial),
            Status::Missed => Some(Outcome::Missed),
            _ => None,
        }
    }
}

impl KeyResultReport {
    /// What may best become of it where this became of its objective: nothing goes on of what was given up.
    #[must_use]
    pub const fn fate_after(&self, outcome: Option<Outcome>) -> Fate {
        match outcome {
            Some(Outcome::Cancelled) => Fate::LetGo,
            _ => self.suggested_fate(),
        }
    }
}

impl Edit {
    /// Whether it closes a cycle.
    #[must_use]
    pub fn closes(&self) -> bool {
        match self.id() {
            Some(EntityId::Cycle(id)) => *self == Self::of(id, CycleEdit::closed(true)),
            _ => false,
        }
    }
}

impl Plan {
    /// Since when a cycle has been closed; none where it is open on `day`.
    #[must_use]
    pub fn closed_on(&self, cycle: CycleId, day: Day) -> Option<Day> {
        let closed = &self.cycles.get(cycle)?.closed;
        let latest = closed.revisions().rfind(|revision| revision.from <= day);
        latest.filter(|revision| *revision.value).map(|revision| revision.from)
    }

    /// The day for which a cycle is told: `day` while it is open. What is closed is told for the day on which it was
    /// closed, when all of it was over: a KPI that feeds one of its key results goes on, and its history does not.
    #[must_use]
    pub fn told_on(&self, cycle: CycleId, day: Day) -> Day {
        let Some(closed) = self.closed_on(cycle, day) else { return day };
        let over = self.cycles.get(cycle).map(|cycle| cycle.span.on(closed).end.plus_days(1));
        // Of a day before it is over, no more is known than that day tells.
        over.map_or(closed, |over| over.max(closed)).min(day)
    }

    /// A closed cycle at a glance.
    #[must_use]
    pub fn retrospect(&self, cycle: CycleId, day: Day) -> Retrospect {
        let objectives = self.objectives_of(Some(cycle), day);
        let verdicts = || objectives.iter().filter_map(|objective| objective.verdict.on(day).as_ref());
        let scores: Vec<_> = verdicts().filter_map(|verdict| Some(verdict.score?.get().get())).collect();
        let mean = mean(&scores).and_then(|mean| Score::new(Number::new(mean).ok()?).ok());
        Retrospect {
            objectives: objectives.len(),
            achieved: verdicts().filter(|verdict| verdict.outcome == Outcome::Achieved).count(),
            scored: scores.len(),
            full: scores.iter().filter(|score| rounded(**score) >= 1.0).count(),
            mean: mean.map(|mean| mean.in_hundredths(&[1.0])),
        }
    }

    /// The cycles in which something of this one can go on: open ones that begin and end later, the next first.
    #[must_use]
    pub fn cycles_after(&self, cycle: &Cycle, day: Day) -> Vec<Arc<Cycle>> {
        let span = cycle.span.on(day);
        let later = |other: &Arc<Cycle>| {
            let it = other.span.on(day);
            it.start > span.start && it.end > span.end && !*other.closed.on(day)
        };
        in_order(self.cycles.iter_shared().filter(later).collect(), |a: &Arc<Cycle>, b| {
            a.span.on(day).cmp(b.span.on(day))
        })
    }

    /// The cycle that ended last and waits to be closed: what matters now, or what ended within the last weeks.
    #[must_use]
    pub fn cycle_to_close(&self, day: Day) -> Option<&Cycle> {
        let over = |cycle: &&Cycle| day > cycle.span.on(day).end && !*cycle.closed.on(day);
        let pursued = |cycle: &&Cycle| !self.objectives_of(Some(cycle.id), day).is_empty();
        let last = self.cycles.iter().filter(over).filter(pursued).max_by_key(|cycle| cycle.span.on(day).end)?;
        let lately = day.days_since(last.span.on(day).end) <= WAITS;
        (lately || self.cycle_on(day).is_some_and(|cycle| cycle.id == last.id)).then_some(last)
    }

    /// The objective of a later cycle that goes on from this one.
    #[must_use]
    pub fn continued_by(&self, objective: ObjectiveId) -> Option<Arc<Objective>> {
        self.objectives.iter_shared().find(|it| *it.continues == Some(objective))
    }

    /// The key result of a later cycle that goes on from this one.
    #[must_use]
    pub fn key_result_continued_by(&self, key_result: KeyResultId) -> Option<Arc<KeyResult>> {
        self.key_results.iter_shared().find(|it| *it.continues == Some(key_result))
    }

    /// The KPI as which a key result was kept: the one that was made of it, the one that feeds it, or (earlier versions
    /// did not note where a KPI came from) the one that still has its name.
    #[must_use]
    pub fn kept_as(&self, key_result: &KeyResult, day: Day) -> Option<&Kpi> {
        let kept = *key_result.fate.on(day) == Some(Fate::Kept);
        let named = || self.kpis.iter().find(|kpi| kpi.kept_from.is_none() && *kpi.name == *key_result.title);
        let made = || self.kept_from(key_result.id);
        kept.then(|| made().or_else(|| self.feeding(key_result, day)).or_else(named)).flatten()
    }

    /// The change that takes a cycle out of the plan with all of its objectives, closed or not.
    #[must_use]
    pub fn removal(&self, cycle: CycleId, day: Day) -> Change {
        let open = Edit::of(cycle, CycleEdit::closed(false));
        let own = self.objectives.iter().filter(|objective| *objective.cycle.on(day) == Some(cycle));
        let own = own.map(|objective| self.deletion(objective.id.into(), day));
        // What is history is changed by nothing that does not open it first.
        let open = Change::Edit { edit: open, from: None };
        Change::All([open].into_iter().chain(own).chain([Change::Delete(cycle.into())]).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        Actor, At, CheckIn, Confidence, Decision, EntryKey, Name, Prose, Reading, Seed, Share, Stamp, Verdict,
    };
    use crate::{Calibration, Foresight, Leaning, Span, Stated};

    fn day(n: i32) -> Day {
        "2026-10-01".parse::<Day>().unwrap().plus_days(n)
    }

    fn number(value: f64) -> Number {
        Number::new(value).unwrap()
    }

    fn score(value: f64) -> Score {
        Score::new(number(value)).unwrap()
    }

    /// The last day of the cycle that starts with day 0.
    const END: i32 = 91;

    /// A plan that is told day by day.
    struct Told {
        plan: Plan,
        next: u64,
        day: i32,
    }

    impl Told {
        fn new() -> Self {
            let at = At { stamp: Stamp::new(1, 0, Actor(1)), day: day(0) };
            Self {
                plan: Plan::new(Seed { millis: 0, random: [0; 10] }.into(), Name::fitted("Plan"), at),
                next: 1,
                day: 0,
            }
        }

        fn seed(&mut self) -> Seed {
            self.next += 1;
            Seed { millis: self.next, random: [0; 10] }
        }

        fn at(&mut self) -> At {
            self.next += 1;
            At { stamp: Stamp::new(1000 + self.next, 0, Actor(1)), day: day(self.day) }
        }

        fn make(&mut self, change: &Change) -> Change {
            let at = self.at();
            self.plan.permitted(change, at).unwrap();
            let (next, inverse) = self.plan.apply(change, at).unwrap();
            self.plan = next;
            inverse
        }

        fn cycle(&mut self, name: &str, from: i32, to: i32) -> CycleId {
            let (seed, at) = (self.seed(), self.at());
            let cycle = Cycle::new(seed.into(), Name::fitted(name), Span { start: day(from), end: day(to) }, at);
            let id = cycle.id;
            self.make(&Change::Add(cycle.into()));
            id
        }

        fn objective(&mut self, cycle: CycleId) -> ObjectiveId {
            let (seed, at) = (self.seed(), self.at());
            let objective = Objective::new(seed.into(), Name::fitted("Grow"), Some(cycle), at);
            let id = objective.id;
            self.make(&Change::Add(objective.into()));
            id
        }

        fn key_result(&mut self, objective: ObjectiveId, title: &str, target: f64) -> KeyResultId {
            let (seed, at) = (self.seed(), self.at());
            let measure = Measure::Metric { start: Number::ZERO, target: number(target) };
            let key_result = KeyResult::new(seed.into(), objective, Name::fitted(title), measure, at);
            let id = key_result.id;
            self.make(&Change::Add(key_result.into()));
            id
        }

        fn check_in(&mut self, of: KeyResultId, value: f64, confidence: u8) {
            let key = EntryKey { day: day(self.day), n: 0, actor: Actor(1) };
            let confidence = Some(Confidence::new(confidence).unwrap());
            let row = CheckIn { value: Some(number(value)), confidence, note: Prose::default() };
            self.make(&Change::CheckIn { of, key, row: Some(row) });
        }

        fn close(
            &mut self,
            cycle: CycleId,
            decided: &[(ObjectiveId, f64, Outcome)],
            fates: &[(KeyResultId, Fate)],
            next: Option<CycleId>,
        ) -> Change {
            let at = self.at();
            let decision = |&(objective, value, outcome): &(ObjectiveId, f64, Outcome)| Decision {
                objective,
                verdict: Verdict {
                    score: Some(score(value)),
                    outcome,
                    reason: Prose::default(),
                    learned: Prose::default(),
                },
                fates: fates
                    .iter()
                    .copied()
                    .filter(|(id, _)| *self.plan.key_results.get(*id).unwrap().objective.on(at.day) == objective)
                    .collect(),
            };
            let decisions: Vec<_> = decided.iter().map(decision).collect();
            let mut millis = self.next + 1000;
            let id = || {
                millis += 1;
                Seed { millis, random: [1; 10] }
            };
            let change = self.plan.closing(cycle, &decisions, Prose::new("Fewer goals.").unwrap(), next, at, id);
            self.next += 2000;
            self.make(&change)
        }

        fn reopen(&mut self, cycle: CycleId) {
            self.make(&Change::Edit { edit: Edit::of(cycle, CycleEdit::closed(false)), from: None });
        }
    }

    #[test]
    fn a_score_is_what_is_read() {
        for (exact, read) in [(3.0 / 7.0, 0.43), (0.696, 0.7), (0.694, 0.69), (1.0, 1.0), (0.0, 0.0), (0.004, 0.0)] {
            assert_eq!(score(exact).in_hundredths(&[]), score(read), "{exact}");
        }
        // Nothing is made of a score that it is not.
        for (exact, read) in [
            (0.696, 0.69),
            (0.6999, 0.69),
            (0.7, 0.7),
            (0.1 + 0.6, 0.7),
            (0.706, 0.71),
            (0.996, 0.99),
            (0.999_999_999_9, 1.0),
            (1.0, 1.0),
            (0.486, 0.48),
            (0.396, 0.4),
        ] {
            assert_eq!(score(exact).in_hundredths(&[0.49, 0.7, 1.0]), score(read), "{exact}");
        }
    }

    #[test]
    fn a_key_result_becomes_what_its_kind_can_become() {
        let bounds = Bounds::AtLeast { value: number(1.0) };
        let all = [
            (Measure::Metric { start: Number::ZERO, target: number(1.0) }, 4),
            (Measure::Stay { bounds, share: Share::default() }, 3),
            (Measure::Milestones {}, 3),
            (Measure::Done {}, 2),
            (Measure::Baseline {}, 3),
        ];
        for (measure, n) in all {
            assert_eq!(measure.fates().len(), n, "{measure:?}");
            assert_eq!(measure.fates().contains(&Fate::Kept), measure.answer() == Answer::Number, "{measure:?}");
        }
    }

    #[test]
    fn of_what_was_given_up_nothing_goes_on() {
        let mut told = Told::new();
        let cycle = told.cycle("Q4", 0, END);
        let objective = told.objective(cycle);
        let id = told.key_result(objective, "Calls", 10.0);
        let report = told.plan.key_result_report(told.plan.key_results.get(id).unwrap(), day(END));
        assert_eq!(report.fate_after(Some(Outcome::Cancelled)), Fate::LetGo);
        assert_eq!(report.fate_after(Some(Outcome::Missed)), Fate::Carried);
        assert_eq!(report.fate_after(Some(Outcome::Postponed)), Fate::Carried);
        assert_eq!(report.fate_after(None), Fate::Carried);
    }

    #[test]
    fn a_closed_cycle_is_told_for_the_day_after_it_was_over() {
        let mut told = Told::new();
        let cycle = told.cycle("Q4", 0, END);
        assert_eq!((told.plan.closed_on(cycle, day(200)), told.plan.told_on(cycle, day(200))), (None, day(200)));
        let edit = |closed| Edit::of(cycle, CycleEdit::closed(closed));
        assert_eq!((edit(true).closes(), edit(false).closes()), (true, false));
        told.day = END - 5;
        told.close(cycle, &[], &[], None);
        assert_eq!(told.plan.closed_on(cycle, day(200)), Some(day(END - 5)));
        assert_eq!(told.plan.told_on(cycle, day(200)), day(END + 1));
        assert_eq!(told.plan.closed_on(cycle, day(END - 6)), None);
        told.day = END + 9;
        told.reopen(cycle);
        assert_eq!(told.plan.closed_on(cycle, day(200)), None);
        told.day = END + 12;
        told.close(cycle, &[], &[], None);
        assert_eq!(told.plan.told_on(cycle, day(200)), day(END + 12));
    }

    #[test]
    fn a_kpi_that_goes_on_does_not_change_the_past() {
        let mut told = Told::new();
        let cycle = told.cycle("Q4", 0, END);
        let objective = told.objective(cycle);
        let id = told.key_result(objective, "Visitors", 10.0);
        let (seed, at) = (told.seed(), told.at());
        let kpi = Kpi::new(seed.into(), Name::fitted("Visitors"), Prose::default(), crate::Frequency::Monthly, at);
        let of = kpi.id;
        told.make(&Change::Add(kpi.into()));
        let fed = crate::KeyResultEdit::fed_by(Some(of));
        told.make(&Change::Edit { edit: Edit::of(id, fed), from: None });
        told.day = 10;
        told.check_in(id, 0.0, 8);
        let read = |told: &mut Told, n: i32, value: f64| {
            let key = EntryKey { day: day(n), n: 0, actor: Actor(1) };
            let row = Reading { value: number(value), note: Prose::default() };
            told.make(&Change::Reading { of, key, row: Some(row) });
        };
        read(&mut told, 80, 5.0);
        told.day = END + 2;
        told.close(cycle, &[(objective, 0.5, Outcome::Partial)], &[], None);
        read(&mut told, 150, 20.0);
        let on = told.plan.told_on(cycle, day(200));
        let report = told.plan.key_result_report(told.plan.key_results.get(id).unwrap(), on);
        assert_eq!(report.value, Some(number(5.0)));
        let stated = [Stated { confidence: 8, key_results: 1, achieved: 0 }];
        assert_eq!(told.plan.calibration(day(200)).unwrap().stated, stated);
    }

    #[test]
    fn a_cycle_at_a_glance() {
        let mut told = Told::new();
        let cycle = told.cycle("Q4", 0, END);
        assert_eq!(told.plan.retrospect(cycle, day(0)), Retrospect::default());
        let (one, other, third) = (told.objective(cycle), told.objective(cycle), told.objective(cycle));
        told.day = END + 1;
        let decided = [(one, 0.9, Outcome::Achieved), (other, 0.3, Outcome::Missed), (third, 0.85, Outcome::Achieved)];
        told.close(cycle, &decided, &[], None);
        let found = told.plan.retrospect(cycle, day(200));
        assert_eq!(found, Retrospect { objectives: 3, achieved: 2, scored: 3, full: 0, mean: Some(score(0.68)) });
        // Almost all of the way is not all of it, and an average of it neither.
        let at_a_glance = |scores: [f64; 2]| {
            let mut told = Told::new();
            let cycle = told.cycle("Q4", 0, END);
            let decided = scores.map(|score| (told.objective(cycle), score, Outcome::Achieved));
            told.day = END + 1;
            told.close(cycle, &decided, &[], None);
            let found = told.plan.retrospect(cycle, day(200));
            (found.full, found.mean)
        };
        assert_eq!(at_a_glance([1.0, 0.992]), (1, Some(score(0.99))));
        assert_eq!(at_a_glance([1.0, 1.0]), (2, Some(score(1.0))));
    }

    #[test]
    fn what_goes_on_goes_on_in_a_later_open_cycle() {
        let mut told = Told::new();
        let (year, this) = (told.cycle("2026", -273, END), told.cycle("Q4", 0, END));
        let (second, first) = (told.cycle("Q2", 182, 272), told.cycle("Q1", 92, 181));
        told.cycle("Q3", -92, -1);
        let after = |told: &Told, id| {
            let cycle = told.plan.cycles.get(id).unwrap();
            told.plan.cycles_after(cycle, day(60)).iter().map(|it| it.id).collect::<Vec<_>>()
        };
        assert_eq!(after(&told, this), [first, second]);
        assert_eq!(after(&told, year), [first, second]);
        told.close(first, &[], &[], None);
        assert_eq!(after(&told, this), [second]);
    }

    #[test]
    fn an_outcome_follows_the_score_that_is_decided() {
        let mut told = Told::new();
        let cycle = told.cycle("Q4", 0, END);
        let objective = told.objective(cycle);
        let id = told.key_result(objective, "Calls", 10.0);
        told.check_in(id, 5.0, 6);
        let mut report = told.plan.objective_report(told.plan.objectives.get(objective).unwrap(), day(END));
        let outcomes =
            |report: &ObjectiveReport| [0.69, 0.7, 1.0].map(|value| report.outcome_of(Some(score(value))).unwrap());
        assert_eq!(report.outcome_of(None), Some(Outcome::Missed));
        assert_eq!(outcomes(&report), [Outcome::Missed, Outcome::Partial, Outcome::Achieved]);
        report.line_end = 0.7;
        assert_eq!(outcomes(&report), [Outcome::Partial, Outcome::Achieved, Outcome::Achieved]);
    }

    #[test]
    fn a_new_cycle_is_the_next_free_quarter_after_the_one_that_is_closed() {
        let mut told = Told::new();
        told.cycle("2026/27", -183, 181);
        let cycle = told.cycle("Q4", 0, END);
        let after = |told: &Told, n: i32| {
            told.plan.quarter_after(told.plan.cycles.get(cycle).unwrap(), day(n)).start.to_string()
        };
        assert_eq!((after(&told, 60), after(&told, END + 5)), ("2027-01-01".to_owned(), "2027-01-01".to_owned()));
        assert_eq!(after(&told, 400), "2027-10-01");
        told.cycle("Q1", END + 1, 181);
        assert_eq!(after(&told, 60), "2027-04-01");
    }

    #[test]
    fn what_ended_lately_waits_to_be_closed() {
        let mut told = Told::new();
        let cycle = told.cycle("Q4", 0, END);
        let found = |told: &Told, n: i32| told.plan.cycle_to_close(day(n)).map(|cycle| cycle.id);
        assert_eq!(found(&told, END + 1), None);
        told.objective(cycle);
        assert_eq!([END, END + 1, 400].map(|n| found(&told, n)), [None, Some(cycle), Some(cycle)]);
        told.cycle("Year", 0, 364);
        assert_eq!([END + 31, END + 32].map(|n| found(&told, n)), [Some(cycle), None]);
        told.day = END + 1;
        told.close(cycle, &[], &[], None);
        assert_eq!(found(&told, END + 2), None);
    }

    #[test]
    fn closing_again_carries_nothing_over_twice() {
        let mut told = Told::new();
        let (cycle, next) = (told.cycle("Q4", 0, END), told.cycle("Q1", END + 1, 181));
        let objective = told.objective(cycle);
        let (carried, kept) = (told.key_result(objective, "Calls", 10.0), told.key_result(objective, "Visitors", 10.0));
        let late = told.key_result(objective, "Orders", 10.0);
        told.day = END + 1;
        let decided = [(objective, 0.4, Outcome::Partial)];
        let fates = [(carried, Fate::Carried), (kept, Fate::Kept), (late, Fate::LetGo)];
        told.close(cycle, &decided, &fates, Some(next));
        let successor = told.plan.continued_by(objective).unwrap();
        let again = told.plan.key_result_continued_by(carried).unwrap();
        assert_eq!(*again.objective.on(day(END + 1)), successor.id);
        let kpi = told.plan.kept_as(told.plan.key_results.get(kept).unwrap(), day(END + 1)).unwrap().id;
        assert!(told.plan.kept_as(told.plan.key_results.get(carried).unwrap(), day(END + 1)).is_none());

        told.reopen(cycle);
        let fates = [(carried, Fate::Carried), (kept, Fate::Kept), (late, Fate::Restarted)];
        told.close(cycle, &decided, &fates, Some(next));
        assert_eq!(told.plan.objectives.len(), 2);
        assert_eq!(told.plan.kpis.iter().map(|kpi| kpi.id).collect::<Vec<_>>(), [kpi]);
        let all = told.plan.key_results_of(successor.id, day(END + 1));
        let all: Vec<_> = all.iter().filter_map(|it| *it.continues).collect();
        assert_eq!(all, [carried, late]);
    }

    #[test]
    fn a_cycle_goes_with_its_objectives_and_comes_back_closed() {
        let mut told = Told::new();
        let (cycle, other) = (told.cycle("Q4", 0, END), told.cycle("Q1", END + 1, 181));
        let (objective, stays) = (told.objective(cycle), told.objective(other));
        let id = told.key_result(objective, "Calls", 10.0);
        told.check_in(id, 4.0, 6);
        told.day = END + 1;
        told.close(cycle, &[(objective, 0.4, Outcome::Partial)], &[(id, Fate::LetGo)], None);
        let before = told.plan.clone();
        let removal = told.plan.removal(cycle, day(END + 1));
        let inverse = told.make(&removal);
        let left: Vec<_> = told.plan.objectives.iter().map(|it| it.id).collect();
        assert_eq!((left, told.plan.key_results.len(), told.plan.cycles.len()), (vec![stays], 0, 1));
        let at = told.at();
        let back = told.plan.apply(&inverse, at).unwrap().0;
        assert!(back.is_closed(cycle, day(END + 1)));
        let values = |plan: &Plan| {
            let it = plan.key_results.get(id).unwrap();
            let entries = it.check_ins.iter().map(|(key, row)| (key, row.clone())).collect::<Vec<_>>();
            (
                entries,
                *it.fate.on(day(END + 1)),
                plan.objectives.get(objective).unwrap().verdict.on(day(END + 1)).clone(),
            )
        };
        assert_eq!(values(&back), values(&before));
    }

    #[test]
    fn what_was_said_beside_what_came_true() {
        let mut told = Told::new();
        let cycle = told.cycle("Q4", 0, END);
        let objective = told.objective(cycle);
        let (reached, missed) = (told.key_result(objective, "Calls", 10.0), told.key_result(objective, "Orders", 10.0));
        for (n, value) in [(1, 2.0), (2, 10.0)] {
            told.day = n;
            told.check_in(reached, value, 9);
            told.check_in(missed, value / 2.0, if n == 1 { 9 } else { 3 });
        }
        assert_eq!(told.plan.calibration(day(2)), None);
        told.day = END + 1;
        told.close(cycle, &[(objective, 0.75, Outcome::Partial)], &[], None);
        let found = told.plan.calibration(day(200)).unwrap();
        let row = |confidence, key_results, achieved| Stated { confidence, key_results, achieved };
        // 9 was said of both, 3 of the one that was missed.
        assert_eq!(found.stated, [row(3, 1, 0), row(9, 2, 1)]);
        assert_eq!((found.stated[1].promised(), found.stated[1].share()), (0.9, 0.5));
        assert_eq!((found.key_results, found.achieved, found.statements), (2, 1, 4));
        // (0.9 + 0.6) / 2
        assert!((found.said - 0.75).abs() < 1e-12, "{}", found.said);
        // (0.01 + (0.81 + 0.09) / 2) / 2 = 0.23, where 0.5 each time gives 0.25
        assert!((found.brier - 0.23).abs() < 1e-12, "{}", found.brier);
        assert_eq!((found.leaning(), found.foresight()), (Leaning::TooSure, Foresight::Better(0.08)));
        let leaning = |said| Calibration { said, ..found.clone() }.leaning();
        assert_eq!((leaning(0.5), leaning(0.6), leaning(0.3)), (Leaning::Fair, Leaning::Fair, Leaning::TooModest));
    }

    #[test]
    fn what_is_closed_early_is_not_due() {
        let mut told = Told::new();
        let cycle = told.cycle("Q4", 0, END);
        let objective = told.objective(cycle);
        told.key_result(objective, "Calls", 10.0);
        assert_eq!(told.plan.due(day(30)).len(), 1);
        told.day = 29;
        told.close(cycle, &[], &[], None);
        assert_eq!(told.plan.due(day(30)).len(), 0);
    }
}
