//! Lists and look-ups that every screen shares.

use std::sync::Arc;

use crate::{
    AnyEntity, Cycle, CycleId, Day, EntryKey, Filter, Goal, Initiative, KeyResult, KeyResultId, Kpi, KpiId, Milestone,
    MilestoneId, Name, Objective, ObjectiveId, ObjectiveReport, Owner, OwnerId, Pillar, PillarId, Plan, Rank, Span,
    in_order,
};

/// A cycle on a day: where all its objectives are, and where today expects them to be.
#[derive(Debug, Clone, PartialEq)]
pub struct Course {
    /// Which cycle.
    pub cycle: CycleId,
    /// Its days.
    pub span: Span,
    /// The share of its time that has gone.
    pub elapsed: f64,
    /// Its objectives, in their order.
    pub objectives: Vec<ObjectiveReport>,
    /// How many of them need attention or are off track.
    pub need_someone: usize,
}

/// Something that should be checked in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Due {
    /// A key result.
    KeyResult(KeyResultId),
    /// A KPI's reading.
    Kpi(KpiId),
}

impl From<Due> for crate::EntityId {
    fn from(due: Due) -> Self {
        match due {
            Due::KeyResult(id) => id.into(),
            Due::Kpi(id) => id.into(),
        }
    }
}

/// An entry that somebody made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Happened {
    /// Of what.
    pub of: Due,
    /// Which entry.
    pub key: EntryKey,
}

/// Things with a place in a manual order.
pub trait Ranked: Sized {
    /// Its place.
    fn rank(&self) -> &Rank;
    /// Puts it into another place.
    fn set_rank(&mut self, rank: Rank);
    /// Those among whom it has its place, in order.
    fn peers(&self, plan: &Plan, day: Day) -> Vec<Arc<Self>>;
}

macro_rules! ranked {
    ($($kind:ident: |$of:ident, $plan:ident, $day:ident| $peers:expr;)*) => {$(
        impl Ranked for $kind {
            fn rank(&self) -> &Rank {
                &self.rank
            }

            fn set_rank(&mut self, rank: Rank) {
                self.rank = rank.into();
            }

            fn peers(&self, $plan: &Plan, $day: Day) -> Vec<Arc<Self>> {
                let $of = self;
                $peers
            }
        }
    )*};
}

ranked! {
    Pillar: |_it, plan, _day| plan.pillars_in_order();
    Owner: |_it, plan, _day| plan.owners_in_order();
    Objective: |it, plan, day| plan.objectives_of(*it.cycle.on(day), day);
    KeyResult: |it, plan, day| plan.key_results_of(*it.objective.on(day), day);
    Milestone: |it, plan, _day| plan.milestones_of(*it.key_result);
    Initiative: |it, plan, _day| plan.initiatives_of(&it.goal);
    Kpi: |_it, plan, _day| plan.kpis_in_order();
    Filter: |_it, plan, _day| plan.filters_in_order();
}

/// In manual order; equal ranks (made on two machines at once) in the order of ids.
fn ordered<E: Ranked>(all: impl Iterator<Item = Arc<E>>) -> Vec<Arc<E>> {
    in_order(all.collect(), |a: &Arc<E>, b| a.rank().cmp(b.rank()))
}

/// The rank after the last of `all`, which are in order.
fn end<E: Ranked>(all: &[Arc<E>]) -> Rank {
    match all.last() {
        Some(last) => Rank::between(Some(last.rank()), None),
        None => Rank::default(),
    }
}

/// The rank that moves one thing by one place, up (towards the start) or down; none where there is no such place.
/// Neighbours of equal rank are passed together, as there is no place between them.
fn moved<E: Ranked>(all: &[Arc<E>], is: impl Fn(&E) -> bool, up: bool) -> Option<Rank> {
    let at = all.iter().position(|each| is(each))?;
    let mut ranks = all.iter().map(|each| each.rank());
    if up {
        let next = all.get(at.checked_sub(1)?)?.rank();
        let before = ranks.rfind(|rank| *rank < next);
        Some(Rank::between(before, Some(next)))
    } else {
        let next = all.get(at + 1)?.rank();
        let after = ranks.find(|rank| *rank > next);
        Some(Rank::between(Some(next), after))
    }
}

impl Plan {
    /// Whether nothing was begun yet: there is no goal, and nothing is measured.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.objectives.is_empty() && self.kpis.is_empty()
    }

    /// The first day of which it knows something: on which it was made, or of which an entry speaks.
    #[must_use]
    pub fn first_day(&self) -> Day {
        let check_ins = self.key_results.iter().filter_map(|it| it.check_ins.iter().next()).map(|(key, _)| key.day);
        let readings = self.kpis.iter().filter_map(|it| it.readings.iter().next()).map(|(key, _)| key.day);
        check_ins.chain(readings).fold(self.frame.created, Day::min)
    }

    /// How many check-ins and how many readings it holds.
    #[must_use]
    pub fn entries(&self) -> (usize, usize) {
        let check_ins = self.key_results.iter().map(|it| it.check_ins.iter().count()).sum();
        (check_ins, self.kpis.iter().map(|it| it.readings.iter().count()).sum())
    }

    /// Every pillar in order.
    #[must_use]
    pub fn pillars_in_order(&self) -> Vec<Arc<Pillar>> {
        ordered(self.pillars.iter_shared())
    }

    /// Every tag that an objective has, once, in alphabetical order.
    #[must_use]
    pub fn tags(&self) -> Vec<Name> {
        let tags = self.objectives.iter().flat_map(|objective| objective.tags.iter().cloned());
        let mut tags = in_order(tags.collect(), Name::cmp);
        tags.dedup();
        tags
    }

    /// How many objectives a pillar has.
    #[must_use]
    pub fn served_by(&self, pillar: PillarId) -> usize {
        self.objectives.iter().filter(|objective| *objective.pillar == Some(pillar)).count()
    }

    /// Every saved filter in order.
    #[must_use]
    pub fn filters_in_order(&self) -> Vec<Arc<Filter>> {
        ordered(self.filters.iter_shared())
    }

    /// What is done for a goal, in order.
    #[must_use]
    pub fn initiatives_of(&self, goal: &Goal) -> Vec<Arc<Initiative>> {
        ordered(self.initiatives.iter_shared().filter(|initiative| *initiative.goal == *goal))
    }

    /// Every owner in order.
    #[must_use]
    pub fn owners_in_order(&self) -> Vec<Arc<Owner>> {
        ordered(self.owners.iter_shared())
    }

    /// Every cycle, latest first.
    #[must_use]
    pub fn cycles_in_order(&self, day: Day) -> Vec<Arc<Cycle>> {
        in_order(self.cycles.iter_shared().collect(), |a: &Arc<Cycle>, b| b.span.on(day).cmp(a.span.on(day)))
    }

    /// The cycle that matters on `day`: the shortest that contains it, else the next to come, else the last that was;
    /// the shortest of those that begin or end together.
    #[must_use]
    pub fn cycle_on(&self, day: Day) -> Option<&Cycle> {
        let span = |cycle: &&Cycle| cycle.span.on(day).clone();
        let running =
            self.cycles.iter().filter(|cycle| span(cycle).contains(day)).min_by_key(|cycle| span(cycle).days());
        let coming = || self.cycles.iter().filter(|cycle| span(cycle).start > day).min_by_key(|cycle| span(cycle));
        let last = || self.cycles.iter().max_by_key(|cycle| (span(cycle).end, span(cycle).start));
        running.or_else(coming).or_else(last)
    }

    /// A cycle's objectives in order; with `None`, those of the backlog (without a cycle, or with one that is gone).
    /// Without those that are put away.
    #[must_use]
    pub fn objectives_of(&self, cycle: Option<CycleId>, day: Day) -> Vec<Arc<Objective>> {
        let there = |objective: &Objective| objective.cycle.on(day).filter(|id| self.cycles.get(*id).is_some());
        let all = self.objectives.iter_shared().filter(|objective| !*objective.archived.on(day));
        ordered(all.filter(|objective| there(objective) == cycle))
    }

    /// The objectives that are put away, in order.
    #[must_use]
    pub fn archived_objectives(&self, day: Day) -> Vec<Arc<Objective>> {
        ordered(self.objectives.iter_shared().filter(|objective| *objective.archived.on(day)))
    }

    /// The objectives that help another one, in order. Without those that are put away.
    #[must_use]
    pub fn aligned_to(&self, objective: ObjectiveId, day: Day) -> Vec<Arc<Objective>> {
        let helps = |it: &&Arc<Objective>| *it.parent.on(day) == Some(objective) && !*it.archived.on(day);
        let helping = self.objectives.iter_shared().filter(|it| helps(&it));
        ordered(helping.filter(|it| self.parent_of(it.id, day).is_some()))
    }

    /// An objective's key results in order.
    #[must_use]
    pub fn key_results_of(&self, objective: ObjectiveId, day: Day) -> Vec<Arc<KeyResult>> {
        ordered(self.key_results.iter_shared().filter(|key_result| *key_result.objective.on(day) == objective))
    }

    /// A key result's milestones in order.
    #[must_use]
    pub fn milestones_of(&self, key_result: KeyResultId) -> Vec<Arc<Milestone>> {
        ordered(self.milestones.iter_shared().filter(|milestone| *milestone.key_result == key_result))
    }

    /// Every KPI in order, those that were scrapped included.
    #[must_use]
    pub fn kpis_in_order(&self) -> Vec<Arc<Kpi>> {
        ordered(self.kpis.iter_shared())
    }

    /// The KPIs that are kept, in order.
    #[must_use]
    pub fn kpis_kept(&self, day: Day) -> Vec<Arc<Kpi>> {
        ordered(self.kpis.iter_shared().filter(|kpi| kpi.is_kept(day)))
    }

    /// The KPIs that were scrapped, in order.
    #[must_use]
    pub fn kpis_scrapped(&self, day: Day) -> Vec<Arc<Kpi>> {
        ordered(self.kpis.iter_shared().filter(|kpi| !kpi.is_kept(day)))
    }

    /// A new entity with its place at the end of those that it joins.
    #[must_use]
    pub fn at_the_end<E: Ranked + Into<AnyEntity>>(&self, mut entity: E, day: Day) -> AnyEntity {
        entity.set_rank(end(&entity.peers(self, day)));
        entity.into()
    }

    /// The rank that moves an objective by one place within its cycle.
    #[must_use]
    pub fn objective_moved(&self, id: ObjectiveId, up: bool, day: Day) -> Option<Rank> {
        let cycle = self.objectives.get(id)?.cycle.on(day);
        moved(&self.objectives_of(*cycle, day), |each| each.id == id, up)
    }

    /// The rank that moves a key result by one place within its objective.
    #[must_use]
    pub fn key_result_moved(&self, id: KeyResultId, up: bool, day: Day) -> Option<Rank> {
        let objective = self.key_results.get(id)?.objective.on(day);
        moved(&self.key_results_of(*objective, day), |each| each.id == id, up)
    }

    /// The rank that moves a pillar by one place.
    #[must_use]
    pub fn pillar_moved(&self, id: PillarId, up: bool) -> Option<Rank> {
        moved(&self.pillars_in_order(), |each| each.id == id, up)
    }

    /// The rank that moves an owner by one place.
    #[must_use]
    pub fn owner_moved(&self, id: OwnerId, up: bool) -> Option<Rank> {
        moved(&self.owners_in_order(), |each| each.id == id, up)
    }

    /// The rank that moves a KPI by one place.
    #[must_use]
    pub fn kpi_moved(&self, id: KpiId, up: bool) -> Option<Rank> {
        moved(&self.kpis_in_order(), |each| each.id == id, up)
    }

    /// The course of a cycle on a day; none where there is no such cycle.
    #[must_use]
    pub fn course(&self, cycle: CycleId, day: Day) -> Option<Course> {
        let span = self.cycles.get(cycle)?.span.on(day).clone();
        let objectives = self.objectives_of(Some(cycle), day);
        let objectives: Vec<_> = objectives.iter().map(|objective| self.objective_report(objective, day)).collect();
        let need_someone = objectives.iter().filter(|report| report.status.needs_someone()).count();
        let elapsed = span.elapsed(day);
        Some(Course { cycle, span, elapsed, objectives, need_someone })
    }

    /// What should be checked in on `day`: running key results without a check-in in their window, then KPIs whose
    /// last period has no reading.
    #[must_use]
    pub fn due(&self, day: Day) -> Vec<Due> {
        // What is due is little beside ten years of what was: it is found first, and put in order then.
        let due: Vec<_> = self.key_results.iter_shared().filter(|it| self.key_result_is_due(it, day)).collect();
        let has_some = |cycle: &Cycle| due.iter().any(|it| self.cycle_of(it.id.into(), day) == Some(cycle.id));
        let cycles = self.cycles_in_order(day);
        let cycles = cycles.iter().filter(|cycle| has_some(cycle)).map(|cycle| Some(cycle.id)).chain([None]);
        let objectives = cycles.flat_map(|cycle| self.objectives_of(cycle, day));
        let key_results = objectives.flat_map(|objective| {
            ordered(due.iter().filter(|it| *it.objective.on(day) == objective.id).map(Arc::clone))
        });
        let kpis = self.kpis_in_order();
        let kpis = kpis.iter().filter(|kpi| self.kpi_is_due(kpi, day));
        key_results.map(|each| Due::KeyResult(each.id)).chain(kpis.map(|each| Due::Kpi(each.id))).collect()
    }

    /// The latest `n` check-ins and readings up to `day`, newest first.
    #[must_use]
    pub fn lately(&self, n: usize, day: Day) -> Vec<Happened> {
        let mut all: Vec<Happened> = Vec::new();
        let mut add = |of: Due, newest: &mut dyn Iterator<Item = EntryKey>| {
            for key in newest {
                let place = all.partition_point(|it| it.key >= key);
                // The rest is older still.
                if place == n {
                    break;
                }
                all.insert(place, Happened { of, key });
                all.truncate(n);
            }
        };
        for of in self.key_results.iter() {
            add(Due::KeyResult(of.id), &mut of.check_ins.latest(day).map(|(key, _)| key));
        }
        for of in self.kpis.iter() {
            add(Due::Kpi(of.id), &mut of.readings.latest(day).map(|(key, _)| key));
        }
        all
    }

    fn key_result_is_due(&self, key_result: &KeyResult, day: Day) -> bool {
        let Some(span) = self.key_result_span(key_result, day).filter(|span| span.contains(day)) else { return false };
        let report = self.key_result_report(key_result, day);
        let window = report.cadence.window(&span, day);
        let checked = |window: &Span| report.heard.is_some_and(|heard| heard >= window.start);
        // What is closed before its last day runs on, but takes no more check-ins.
        let open = !self.is_history(key_result.id.into(), day);
        open && report.status != crate::Status::Achieved && window.is_some_and(|window| !checked(&window))
    }

    /// The next day after `day` on which something becomes due, as things stand; none where nothing runs or comes.
    #[must_use]
    pub fn next_due(&self, day: Day) -> Option<Day> {
        let put_away = |objective: ObjectiveId| self.objectives.get(objective).is_none_or(|it| *it.archived.on(day));
        let key_results =
            self.key_results.iter().filter(|it| !put_away(*it.objective.on(day))).filter_map(|key_result| {
                let span = self.key_result_span(key_result, day).filter(|span| day <= span.end)?;
                if day < span.start {
                    return Some(span.start);
                }
                let report = self.key_result_report(key_result, day);
                let next = report.cadence.window(&span, day)?.end.plus_days(1);
                (report.status != crate::Status::Achieved && next <= span.end).then_some(next)
            });
        let kpis = self.kpis.iter().filter_map(|kpi| {
            let (last, _) = kpi.readings.latest(day).next()?;
            let read = kpi.is_read(day) && kpi.is_kept(day);
            let periods = self.periods(*kpi.frequency.on(day), day);
            // It is due once a whole period has gone by without a reading.
            read.then(|| periods.after(&periods.after(&periods.period(last.day))).start)
        });
        key_results.chain(kpis.filter(|next| *next > day)).min()
    }
}

impl Course {
    /// How many key results its objectives have.
    #[must_use]
    pub fn key_results(&self) -> usize {
        self.objectives.iter().map(|objective| objective.key_results.len()).sum()
    }

    /// Whether nothing has been heard of any of its objectives.
    #[must_use]
    pub fn is_pending(&self) -> bool {
        self.objectives.iter().all(|objective| objective.status == crate::Status::Pending)
    }
}

impl ObjectiveReport {
    /// For how many days nothing was heard, where every key result that is still open is stale.
    #[must_use]
    pub fn silent_for(&self, day: Day) -> Option<i32> {
        let mut open =
            self.key_results.iter().filter(|(_, report)| report.status != crate::Status::Achieved).peekable();
        open.peek()?;
        open.map(|(_, report)| report.silent_for(day)).collect::<Option<Vec<_>>>()?.into_iter().min()
    }
}

impl crate::KeyResultReport {
    /// For how many days nothing was heard, where it is stale.
    #[must_use]
    pub fn silent_for(&self, day: Day) -> Option<i32> {
        let since = self.heard.or_else(|| self.span.as_ref().map(|span| span.start))?;
        self.stale.then(|| day.days_since(since))
    }
}

impl Plan {
    /// Every cycle in the order in which people look for them: running ones (the shortest first), coming ones (the
    /// next first), those that are over (the latest first).
    #[must_use]
    pub fn cycles_by_nearness(&self, day: Day) -> Vec<Arc<Cycle>> {
        let nearness = |cycle: &Arc<Cycle>| {
            let span = cycle.span.on(day);
            match (span.contains(day), span.start > day) {
                (true, _) => (0, span.days()),
                (_, true) => (1, span.start.days_since(day)),
                _ => (2, 0),
            }
        };
        in_order(self.cycles_in_order(day), |a, b| nearness(a).cmp(&nearness(b)))
    }

    /// The rank that moves a milestone by one place within its key result.
    #[must_use]
    pub fn milestone_moved(&self, id: MilestoneId, up: bool) -> Option<Rank> {
        let key_result = *self.milestones.get(id)?.key_result;
        moved(&self.milestones_of(key_result), |each| each.id == id, up)
    }

    /// How many of a key result's milestones are done on `day`, and how many there are.
    #[must_use]
    pub fn steps_done(&self, key_result: KeyResultId, day: Day) -> (usize, usize) {
        let steps = self.milestones_of(key_result);
        (steps.iter().filter(|step| step.done_by(day).is_some()).count(), steps.len())
    }

    /// The key results of these objectives that should be checked in on `day`.
    #[must_use]
    pub fn due_in(&self, objectives: &[ObjectiveReport], day: Day) -> Vec<KeyResultId> {
        let ids = objectives.iter().flat_map(|objective| objective.key_results.iter().map(|(id, _)| *id));
        let is_due = |id: &KeyResultId| self.key_results.get(*id).is_some_and(|it| self.key_result_is_due(it, day));
        ids.filter(is_due).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Actor, At, Change, Name, Seed, Stamp};

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    fn with_cycles(spans: &[(&str, &str)]) -> Plan {
        let at = At { stamp: Stamp::new(1, 0, Actor(1)), day: day("2026-01-01") };
        let seed = |millis| Seed { millis, random: [0; 10] };
        let mut plan = Plan::new(seed(0).into(), Name::fitted("Plan"), at);
        for (millis, (start, end)) in (1..).zip(spans) {
            let span = Span { start: day(start), end: day(end) };
            let cycle = Cycle::new(seed(millis).into(), Name::fitted(start), span, at);
            plan = plan.apply(&Change::Add(cycle.into()), at).unwrap().0;
        }
        plan
    }

    #[test]
    fn the_next_quarter_follows_the_latest_cycle() {
        let next = |spans: &[(&str, &str)]| with_cycles(spans).next_quarter(day("2026-11-22")).start.to_string();
        assert_eq!(next(&[]), "2026-10-01");
        assert_eq!(next(&[("2025-10-01", "2025-12-31")]), "2026-10-01");
        assert_eq!(next(&[("2026-10-01", "2026-12-31")]), "2027-01-01");
        assert_eq!(next(&[("2026-10-01", "2026-12-31"), ("2026-01-01", "2026-12-31")]), "2027-01-01");
        assert_eq!(next(&[("2026-10-05", "2027-01-03")]), "2027-04-01");
    }

    /// Looked up day by day, with the sample plan as a whole, its goals and its KPIs: once everything is checked in,
    /// nothing is due until that day.
    #[test]
    fn the_next_day_on_which_something_is_due() {
        let (actor, today) = (Actor(1), day("2026-11-22"));
        let stamp = Stamp::new(1_763_900_000_000, 0, actor);
        let all = crate::sample(today, Seed { millis: 1_763_800_000_000, random: [7; 10] }, actor);
        let without = |ids: Vec<crate::EntityId>| {
            let deletions = ids.into_iter().map(|id| all.deletion(id, today));
            all.apply(&Change::All(deletions.collect()), At { stamp, day: today }).unwrap().0
        };
        let goals = without(all.kpis.iter().map(|it| it.id.into()).collect());
        let kpis = without(all.objectives.iter().map(|it| it.id.into()).collect());
        let before_the_quarter = day("2026-09-25");
        for mut plan in [all, goals, kpis].map(|plan| plan.as_of(before_the_quarter)) {
            for at in 0..110 {
                let today = before_the_quarter.plus_days(at);
                for due in plan.due(today) {
                    let row = crate::CheckIn { value: Some(1.into()), confidence: None, note: crate::Prose::default() };
                    let (change, _) = plan.check_in(due, row, today, actor, &crate::Written::default());
                    plan = plan.apply(&change, At { stamp, day: today }).unwrap().0;
                }
                assert_eq!(plan.due(today), []);
                let found = (1..100).map(|later| today.plus_days(later)).find(|later| !plan.due(*later).is_empty());
                assert_eq!(plan.next_due(today), found, "{today}");
            }
        }
    }

    #[test]
    fn quarters_are_those_of_the_fiscal_year() {
        let mut plan = with_cycles(&[]);
        let quarter = |plan: &Plan, on: &str| {
            let Span { start, end } = plan.quarter(day(on));
            (
                start.to_string(),
                end.to_string(),
                plan.periods(crate::Frequency::Quarterly, day(on)).quarter_number(day(on)),
            )
        };
        assert_eq!(quarter(&plan, "2026-11-22"), ("2026-10-01".to_owned(), "2026-12-31".to_owned(), (4, 2026)));
        let year = crate::Dated::new(plan.frame.created, crate::Month::new(2).unwrap());
        Arc::make_mut(&mut plan.frame).fiscal_start = year;
        assert_eq!(quarter(&plan, "2026-11-22"), ("2026-11-01".to_owned(), "2027-01-31".to_owned(), (4, 2026)));
        assert_eq!(quarter(&plan, "2027-01-31"), ("2026-11-01".to_owned(), "2027-01-31".to_owned(), (4, 2026)));
        assert_eq!(quarter(&plan, "2027-02-01"), ("2027-02-01".to_owned(), "2027-04-30".to_owned(), (1, 2027)));
        let next = |plan: &Plan| (plan.next_year(day("2026-11-22")), plan.next_month(day("2026-11-22")));
        let (year, month) = next(&plan);
        let spans = |spans: &[Span]| spans.iter().map(|it| it.start.to_string()).collect::<Vec<_>>();
        assert_eq!(spans(&[year.clone(), month]), ["2026-02-01", "2026-11-01"]);
        assert_eq!(spans(&plan.quarters_of(&year)), ["2026-02-01", "2026-05-01", "2026-08-01", "2026-11-01"]);
        let mut taken = with_cycles(&[("2026-02-01", "2027-01-31"), ("2026-11-01", "2026-11-30")]);
        taken.frame = Arc::clone(&plan.frame);
        let (year, month) = next(&taken);
        assert_eq!(spans(&[year, month]), ["2027-02-01", "2026-12-01"]);
        let year = crate::Dated::new(plan.frame.created, crate::Month::new(12).unwrap());
        Arc::make_mut(&mut plan.frame).fiscal_start = year;
        assert_eq!(quarter(&plan, "2028-02-29"), ("2027-12-01".to_owned(), "2028-02-29".to_owned(), (1, 2027)));
    }

    #[test]
    fn running_cycles_come_first() {
        let quarters = [("2026-07-01", "2026-09-30"), ("2026-10-01", "2026-12-31"), ("2027-01-01", "2027-03-31")];
        let plan =
            with_cycles(&[&quarters[..], &[("2026-01-01", "2026-12-31"), ("2027-04-01", "2027-06-30")]].concat());
        let order: Vec<_> = plan.cycles_by_nearness(day("2026-11-22")).iter().map(|it| it.name.to_string()).collect();
        assert_eq!(order, ["2026-10-01", "2026-01-01", "2027-01-01", "2027-04-01", "2026-07-01"]);
    }
}
