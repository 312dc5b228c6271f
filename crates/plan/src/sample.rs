//! The sample plan: a glove maker, its teams, and a runner among them, in week 8 of 13.
//!
//! It is made of changes, each on the day on which people would have made it, so that it has a real history: any past
//! day can be looked at, one goalpost was moved, and a quarter before was closed. What it tells is in `story`; this makes a plan of it.

mod story;

use crate::{
    Actor, Aggregation, AnyEntity, At, Benchmark, Bounds, Cadence, Change, ChangeError, CheckIn, Clock, Confidence,
    Cycle, CycleEdit, CycleId, Dated, Day, Edit, EntryKey, Fate, Formula, FrameEdit, Frequency, Function, Gathering,
    Guards, Indicator, Initiative, InitiativeState, KeyResult, KeyResultEdit, KeyResultId, Kpi, KpiEdit, KpiId,
    Measure, Milestone, MilestoneEdit, Name, Number, Objective, ObjectiveEdit, ObjectiveId, ObjectiveKind, Origin,
    Outcome, OwnDates, Owner, OwnerId, Pillar, PillarId, Plan, Prose, Rank, Reading, Score, Seed, Share, Span, Stamp,
    Tags, Target, Token, Unit, Verdict, Weight,
};
use story::{CLOSED, CYCLES, GAUGES, GOALS, LOOKBACK, MISSION, NAME, OWNERS, PILLARS, YEAR};

/// Today, counted as all days here: 7 weeks and 3 days after the first day of the quarter.
const TODAY: i32 = 52;
/// When the plan was begun; the first readings are of the days after.
const BEGINNING: i32 = -400;
const WEEKS: i32 = 7;
const DAY_MILLIS: u64 = 86_400_000;
/// No value: a reading that was forgotten, a check-in without a number.
const NONE: f64 = f64::NAN;

/// An objective.
struct Goal {
    /// The day on which it was written down.
    day: i32,
    cycle: usize,
    owner: usize,
    kind: ObjectiveKind,
    pillar: Option<usize>,
    /// The goal that it helps, and the one that it goes on from: places above it.
    parent: Option<usize>,
    before: Option<usize>,
    tags: &'static str,
    title: &'static str,
    why: &'static str,
    /// What was decided when its cycle was closed.
    end: Option<End>,
    doing: &'static [Doing],
    proofs: &'static [Proof],
}

const GOAL: Goal = Goal {
    day: 0,
    cycle: YEAR,
    owner: 0,
    kind: ObjectiveKind::Committed,
    pillar: None,
    parent: None,
    before: None,
    tags: "",
    title: "",
    why: "",
    end: None,
    doing: &[],
    proofs: &[],
};

/// How a goal came out.
struct End {
    score: f64,
    outcome: Outcome,
    reason: &'static str,
    learned: &'static str,
}

/// An initiative: its title, the day on which it is due, and how far it is.
type Doing = (&'static str, i32, InitiativeState);

/// A key result.
struct Proof {
    title: &'static str,
    unit: &'static str,
    how: How,
    /// What it became on a later day, and why.
    moved: Option<(i32, How, &'static str)>,
    weight: i32,
    /// Its own first day.
    start: Option<i32>,
    /// The KPI whose value is its value: a place in `GAUGES`.
    fed_by: Option<usize>,
    /// The KPI that must not suffer: a place in `GAUGES`.
    guard: Option<usize>,
    /// What became of it when its cycle was closed.
    fate: Option<Fate>,
    doing: &'static [Doing],
    /// Day, value, confidence, note. Where a KPI feeds it, the value is a reading of that.
    check_ins: &'static [(i32, f64, u8, &'static str)],
}

const PROOF: Proof = Proof {
    title: "",
    unit: "",
    how: How::Done,
    moved: None,
    weight: 1,
    start: None,
    fed_by: None,
    guard: None,
    fate: None,
    doing: &[],
    check_ins: &[],
};

enum How {
    Metric(f64, f64),
    Stay(Aim),
    /// Title, day due, day done.
    Steps(&'static [(&'static str, i32, Option<i32>)]),
    Done,
    Baseline,
}

#[derive(Clone, Copy)]
enum Aim {
    AtLeast(f64),
    AtMost(f64),
    Between(f64, f64),
}

/// A KPI.
struct Gauge {
    name: &'static str,
    why: &'static str,
    definition: &'static str,
    unit: &'static str,
    owner: usize,
    frequency: Frequency,
    aggregation: Aggregation,
    /// The target until the quarter began, where it was another one.
    before: Option<(Aim, f64)>,
    /// The target and its tolerance.
    target: Option<(Aim, f64)>,
    benchmark: Option<(&'static str, f64)>,
    indicator: Indicator,
    pillar: Option<usize>,
    /// The KPIs of which it is the share of the first in the second, in per cent: places above it.
    share: Option<(usize, usize)>,
    /// The KPIs of which it is the sum: places above it.
    parts: &'static [usize],
    /// Whether it is read in the middle of a period, too.
    twice: bool,
    /// The day whose period `readings` lead up to. From there on, the check-ins of the key results that it feeds go on.
    until: i32,
    /// Of completed periods up to the last one, then of the running one.
    readings: &'static [f64],
    /// On the readings with these places.
    notes: &'static [(i32, &'static str)],
}

const GAUGE: Gauge = Gauge {
    name: "",
    why: "",
    definition: "",
    unit: "%",
    owner: 0,
    frequency: Frequency::Monthly,
    aggregation: Aggregation::Last,
    before: None,
    target: None,
    benchmark: None,
    indicator: Indicator::Lagging,
    pillar: None,
    share: None,
    parts: &[],
    twice: false,
    until: TODAY,
    readings: &[],
    notes: &[],
};

/// A plan to look around in: on `today` it is in week 8 of 13, and everything in it happened before.
///
/// The same arguments give the same plan, ids and stamps included.
#[must_use]
pub fn sample(today: Day, seed: Seed, actor: Actor) -> Plan {
    tell(today, seed, actor).0
}

/// The sample, and what could not be told of it: nothing.
fn tell(today: Day, seed: Seed, actor: Actor) -> (Plan, Vec<ChangeError>) {
    let mut story = Story { today, seed, actor, ids: 0, rank: Rank::default(), changes: Vec::new() };
    let mut clock = Clock::new(actor);
    // At the time of day that it is now, so that no stamp is later than now.
    let mut at = |day: i32| {
        let ago = u64::from((TODAY - day).unsigned_abs()) * DAY_MILLIS;
        At { stamp: clock.tick(seed.millis.saturating_sub(ago)), day: today.plus_days(day - TODAY) }
    };
    let mut plan = Plan::new(story.id(), Name::fitted(NAME), at(BEGINNING));
    story.write();
    let mut failed = Vec::new();
    // In the order of days; those of one day as they were written.
    for day in BEGINNING..=TODAY {
        for (_, change) in story.changes.iter().filter(|(on, _)| *on == day) {
            match plan.apply(change, at(day)) {
                Ok((next, _)) => plan = next,
                Err(error) => failed.push(error),
            }
        }
    }
    (plan, failed)
}

/// The changes that make the sample, each with its day.
struct Story {
    today: Day,
    seed: Seed,
    actor: Actor,
    ids: u32,
    rank: Rank,
    changes: Vec<(i32, Change)>,
}

impl Story {
    fn write(&mut self) {
        self.edit(BEGINNING, Edit::frame(FrameEdit::mission(prose(MISSION))));
        let mut pillars: Vec<PillarId> = Vec::new();
        for (title, perspective) in PILLARS {
            let mut pillar = Pillar::new(self.id(), Name::fitted(title), self.at(BEGINNING));
            pillar.perspective = Some(*perspective).into();
            pillar.rank = self.rank().into();
            pillars.push(pillar.id);
            self.add(BEGINNING, pillar.into());
        }
        let mut owners: Vec<OwnerId> = Vec::new();
        for (title, level, team) in OWNERS {
            let mut owner = Owner::new(self.id(), Name::fitted(title), *level, self.at(BEGINNING));
            owner.rank = self.rank().into();
            owner.parent = team.and_then(|team| owners.get(team).copied()).into();
            owners.push(owner.id);
            self.add(BEGINNING, owner.into());
        }
        let mut cycles: Vec<CycleId> = Vec::new();
        for (title, start, end) in CYCLES {
            let (day, span) = (start - 14, Span { start: self.day(*start), end: self.day(end - 1) });
            let cycle = Cycle::new(self.id(), Name::fitted(title), span, self.at(day));
            cycles.push(cycle.id);
            self.add(day, cycle.into());
        }
        let mut kpis: Vec<(KpiId, i32)> = Vec::new();
        for gauge in GAUGES {
            let pillar = gauge.pillar.and_then(|pillar| pillars.get(pillar).copied());
            let kpi = self.gauge(gauge, owners.get(gauge.owner).copied(), pillar, &kpis);
            kpis.push(kpi);
        }
        let mut goals: Vec<ObjectiveId> = Vec::new();
        for goal in GOALS {
            let (cycle, owner) = (cycles.get(goal.cycle).copied(), owners.get(goal.owner).copied());
            let pillar = goal.pillar.and_then(|pillar| pillars.get(pillar).copied());
            let id = self.goal(goal, cycle, owner, pillar, &goals, &kpis);
            goals.push(id);
        }
        let (place, day) = CLOSED;
        if let Some(cycle) = cycles.get(place) {
            self.edit(day, Edit::of(*cycle, CycleEdit::lookback(prose(LOOKBACK))));
            self.edit(day, Edit::of(*cycle, CycleEdit::closed(true)));
        }
    }

    fn goal(
        &mut self,
        goal: &Goal,
        cycle: Option<CycleId>,
        owner: Option<OwnerId>,
        pillar: Option<PillarId>,
        above: &[ObjectiveId],
        kpis: &[(KpiId, i32)],
    ) -> ObjectiveId {
        let at = self.at(goal.day);
        let place = |place: Option<usize>| place.and_then(|place| above.get(place).copied());
        let mut objective = Objective::new(self.id(), Name::fitted(goal.title), cycle, at);
        objective.why = prose(goal.why).into();
        objective.owner = owner.into();
        objective.kind = Dated::new(at.day, goal.kind);
        objective.pillar = pillar.into();
        objective.parent = Dated::new(at.day, place(goal.parent));
        objective.continues = place(goal.before).into();
        objective.tags = Tags::parse(goal.tags).unwrap_or_default().into();
        objective.rank = self.rank().into();
        let id = objective.id;
        self.add(goal.day, objective.into());
        self.doing(goal.day, goal.doing, &crate::Goal::Objective { id }, owner);
        if let Some(End { score, outcome, reason, learned }) = &goal.end {
            let score = Score::new(number(*score)).ok();
            let verdict = Verdict { score, outcome: *outcome, reason: prose(reason), learned: prose(learned) };
            self.edit(CLOSED.1, Edit::of(id, ObjectiveEdit::verdict(Some(verdict))));
        }
        for proof in goal.proofs {
            let mut key_result = KeyResult::new(self.id(), id, Name::fitted(proof.title), proof.how.measure(), at);
            key_result.unit = unit(proof.unit).into();
            key_result.weight = Dated::new(at.day, Weight::new(proof.weight.into()).unwrap_or_default());
            let dates = proof.start.map(|start| OwnDates { start: Some(self.day(start)), due: None });
            key_result.dates = Dated::new(at.day, dates);
            key_result.cadence = Dated::new(at.day, (goal.cycle == YEAR).then_some(Cadence::Monthly));
            key_result.rank = self.rank().into();
            let id = key_result.id;
            self.add(goal.day, key_result.into());
            if let Some((kpi, begun)) = proof.fed_by.and_then(|place| kpis.get(place)) {
                self.edit(goal.day.max(*begun), Edit::of(id, KeyResultEdit::fed_by(Some(*kpi))));
            }
            if let Some((kpi, begun)) = proof.guard.and_then(|place| kpis.get(place)) {
                self.edit(
                    goal.day.max(*begun),
                    Edit::of(id, KeyResultEdit::guards(Guards::new([*kpi]).unwrap_or_default())),
                );
            }
            self.doing(goal.day, proof.doing, &crate::Goal::KeyResult { id }, owner);
            self.course(goal.day, proof, id, proof.fed_by.and_then(|place| kpis.get(place)).copied());
        }
        id
    }

    /// What is done for a goal.
    fn doing(&mut self, day: i32, all: &[Doing], goal: &crate::Goal, owner: Option<OwnerId>) {
        for (title, due, state) in all {
            let at = self.at(day);
            let mut initiative = Initiative::new(self.id(), goal.clone(), Name::fitted(title), at);
            initiative.due = Some(self.day(*due)).into();
            initiative.owner = owner.into();
            initiative.state = Dated::new(at.day, *state);
            initiative.rank = self.rank().into();
            self.add(day, initiative.into());
        }
    }

    /// What became of a key result.
    fn course(&mut self, day: i32, proof: &Proof, id: KeyResultId, fed_by: Option<(KpiId, i32)>) {
        if let Some((day, how, why)) = &proof.moved {
            self.edit(*day, Edit::of(id, KeyResultEdit::measure(how.measure())));
            self.edit(*day, Edit::of(id, KeyResultEdit::goalposts(prose(why))));
        }
        if proof.fate.is_some() {
            self.edit(CLOSED.1, Edit::of(id, KeyResultEdit::fate(proof.fate)));
        }
        if let How::Steps(steps) = &proof.how {
            for (title, due, done) in *steps {
                let mut step = Milestone::new(self.id(), id, Name::fitted(title), self.at(day));
                step.due = Dated::new(self.day(day), Some(self.day(*due)));
                step.rank = self.rank().into();
                let id = step.id;
                self.add(day, step.into());
                if let Some(done) = done {
                    self.edit(*done, Edit::of(id, MilestoneEdit::done(Some(self.day(*done)))));
                }
            }
        }
        let mut key = EntryKey { day: self.day(BEGINNING), n: 0, actor: self.actor };
        for (day, value, confidence, note) in proof.check_ins {
            let date = self.day(*day);
            key = EntryKey { day: date, n: if date == key.day { key.n + 1 } else { 0 }, ..key };
            let (mut value, confidence) = (Number::new(*value).ok(), Confidence::new(*confidence).ok());
            let fed_by = fed_by.filter(|(_, begun)| day >= begun);
            if let Some((of, value)) = fed_by.and_then(|(kpi, _)| Some((kpi, value.take()?))) {
                let row = Some(Reading { value, note: Prose::default() });
                self.changes.push((*day, Change::Reading { of, key, row }));
            }
            let row = Some(CheckIn { value, confidence, note: prose(note) });
            self.changes.push((*day, Change::CheckIn { of: id, key, row }));
        }
    }

    /// A KPI, and the day from which on it is there.
    fn gauge(
        &mut self,
        gauge: &Gauge,
        owner: Option<OwnerId>,
        pillar: Option<PillarId>,
        above: &[(KpiId, i32)],
    ) -> (KpiId, i32) {
        let frequency = gauge.frequency;
        let per: u8 = if gauge.twice { 2 } else { 1 };
        let periods = frequency.calendar();
        let mut period = periods.period(self.day(gauge.until));
        for _ in gauge.readings.chunks_exact(per.into()) {
            period = periods.before(&period);
        }
        let share = gauge.share.and_then(|(part, whole)| above.get(part).zip(above.get(whole)));
        let parts: Vec<_> = gauge.parts.iter().filter_map(|place| above.get(*place)).collect();
        let made_of = share.iter().flat_map(|(part, whole)| [part.1, whole.1]).chain(parts.iter().map(|part| part.1));
        let begun = made_of.max().unwrap_or_else(|| self.offset(period.start));
        let at = self.at(begun);
        let mut kpi = Kpi::new(self.id(), Name::fitted(gauge.name), prose(gauge.why), frequency, at);
        let id = kpi.id;
        kpi.definition = prose(gauge.definition).into();
        kpi.unit = unit(gauge.unit).into();
        kpi.aggregation = Dated::new(at.day, gauge.aggregation);
        kpi.target = Dated::new(at.day, gauge.before.or(gauge.target).map(target));
        let benchmark =
            |(whose, value)| Benchmark { name: Name::fitted(whose), value: number(value), source: Prose::default() };
        kpi.benchmark = gauge.benchmark.map(benchmark).into();
        kpi.owner = owner.into();
        kpi.pillar = pillar.into();
        kpi.indicator = Some(gauge.indicator).into();
        kpi.rank = self.rank().into();
        if let Some((part, whole)) = share {
            kpi.origin = Dated::new(at.day, Origin::Formula { formula: per_cent(part.0, whole.0) });
        }
        if !parts.is_empty() {
            kpi.origin = Dated::new(at.day, Origin::Parts { gathering: Gathering::Sum });
        }
        self.add(begun, kpi.into());
        for (part, _) in parts {
            self.edit(begun, Edit::of(*part, KpiEdit::parent(Some(id))));
        }
        if gauge.before.is_some() {
            self.edit(begun.max(0), Edit::of(id, KpiEdit::target(gauge.target.map(target))));
        }
        let per = i32::from(per);
        for (place, value) in (0..).zip(gauge.readings) {
            let nth = place % per + 1;
            let day = period.start.plus_days(period.days() * nth / per - 1);
            let note = gauge.notes.iter().find(|(on, _)| *on == place).map_or("", |(_, note)| note);
            if nth == per {
                period = periods.after(&period);
            }
            if let Ok(value) = Number::new(*value)
                && day <= self.today
            {
                // Read when its day was over.
                let (entered, key) = (self.offset(day) + 1, EntryKey { day, n: 0, actor: self.actor });
                let row = Some(Reading { value, note: prose(note) });
                self.changes.push((entered.min(TODAY), Change::Reading { of: id, key, row }));
            }
        }
        (id, begun)
    }

    fn day(&self, offset: i32) -> Day {
        self.today.plus_days(offset - TODAY)
    }

    fn offset(&self, day: Day) -> i32 {
        day.days_since(self.today) + TODAY
    }

    /// The moment at which something is made; applying the change gives it its stamp.
    fn at(&self, day: i32) -> At {
        At { stamp: Stamp::new(0, 0, self.actor), day: self.day(day) }
    }

    fn id<I: From<Seed>>(&mut self) -> I {
        self.ids += 1;
        let mut seed = self.seed;
        for (byte, count) in seed.random.iter_mut().rev().zip(self.ids.to_le_bytes()) {
            *byte ^= count;
        }
        seed.into()
    }

    /// The next place: everything is in the order in which it stands here.
    fn rank(&mut self) -> Rank {
        self.rank = Rank::between(Some(&self.rank), None);
        self.rank.clone()
    }

    fn add(&mut self, day: i32, entity: AnyEntity) {
        self.changes.push((day, Change::Add(entity)));
    }

    fn edit(&mut self, day: i32, edit: Edit) {
        self.changes.push((day, Change::Edit { edit, from: None }));
    }
}

impl How {
    fn measure(&self) -> Measure {
        match self {
            Self::Metric(start, target) => Measure::Metric { start: number(*start), target: number(*target) },
            Self::Stay(aim) => Measure::Stay { bounds: aim.bounds(), share: Share::default() },
            Self::Steps(_) => Measure::Milestones {},
            Self::Done => Measure::Done {},
            Self::Baseline => Measure::Baseline {},
        }
    }
}

impl Aim {
    fn bounds(self) -> Bounds {
        match self {
            Self::AtLeast(value) => Bounds::AtLeast { value: number(value) },
            Self::AtMost(value) => Bounds::AtMost { value: number(value) },
            Self::Between(low, high) => Bounds::Between { low: number(low), high: number(high) },
        }
    }
}

fn target((aim, tolerance): (Aim, f64)) -> Target {
    Target { bounds: aim.bounds(), tolerance: number(tolerance) }
}

/// part / whole * 100
fn per_cent(part: KpiId, whole: KpiId) -> Formula {
    let call = |function| Token::Call(function, 0);
    let hundred = Token::Number(Number::from(100));
    let steps = vec![Token::Kpi(part), Token::Kpi(whole), call(Function::Divide), hundred, call(Function::Multiply)];
    // What cannot be is nothing.
    Formula::new(steps).unwrap_or_else(|_| Formula::from(Number::ZERO))
}

fn number(value: f64) -> Number {
    Number::new(value).unwrap_or_default()
}

fn prose(text: &str) -> Prose {
    Prose::new(text).unwrap_or_default()
}

fn unit(text: &str) -> Unit {
    Unit::new(text).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::*;
    use crate::{Detail, Due, Health, KpiCounts, News, Status, read_plan, write_plan};

    const ACTOR: Actor = Actor(7);

    fn seed() -> Seed {
        Seed { millis: 1_795_000_000_000, random: [3, 1, 4, 1, 5, 9, 2, 6, 5, 255] }
    }

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    /// Days of several years, all seasons and weekdays, and the awkward ones.
    fn days() -> impl Iterator<Item = Day> {
        let awkward = ["2024-02-29", "2025-12-31", "2026-01-01", "2026-03-01", "2026-11-21", "2028-02-29"];
        let many = (0..90).map(|step| day("2023-12-25").plus_days(step * 17));
        awkward.into_iter().map(day).chain(many)
    }

    fn counted<T: Ord>(all: impl Iterator<Item = T>) -> BTreeMap<T, usize> {
        let mut counts = BTreeMap::new();
        all.for_each(|each| *counts.entry(each).or_default() += 1);
        counts
    }

    #[test]
    fn every_change_is_made_on_every_day() {
        for today in days().chain([day("1900-01-01"), day("1901-02-03"), day("2199-12-31")]) {
            let (plan, failed) = tell(today, seed(), ACTOR);
            assert_eq!(failed, [], "{today}");
            assert_eq!((plan.objectives.len(), plan.key_results.len(), plan.kpis.len()), (8, 21, 12), "{today}");
        }
        let plan = sample(day("2026-11-21"), seed(), ACTOR);
        let check_ins: usize = plan.key_results.iter().map(|each| each.check_ins.slots()).sum();
        let readings: usize = plan.kpis.iter().map(|each| each.readings.slots()).sum();
        assert_eq!((plan.milestones.len(), check_ins, readings), (12, 126, 178), "each row of the tables");
        assert_eq!(tell(day("2026-11-21"), Seed { millis: 0, ..seed() }, ACTOR).1, []);
    }

    #[test]
    fn the_same_arguments_give_the_same_plan() {
        let today = day("2026-11-21");
        assert_eq!(sample(today, seed(), ACTOR), sample(today, seed(), ACTOR));
        let other = Seed { random: [0; 10], ..seed() };
        assert_ne!(sample(today, seed(), ACTOR), sample(today, other, ACTOR));
    }

    #[test]
    fn every_mood_is_there_to_look_at() {
        use Status::{Achieved, NeedsAttention, OffTrack, OnTrack, Pending};
        for today in days() {
            let plan = sample(today, seed(), ACTOR);
            let course = plan.course(plan.cycle_on(today).unwrap().id, today).unwrap();
            assert_eq!((course.span.week(today), course.need_someone), ((8, 13), 2), "{today}");
            let statuses: Vec<_> = course.objectives.iter().map(|objective| objective.status).collect();
            assert_eq!(statuses, [NeedsAttention, OffTrack, OnTrack, OnTrack, Pending], "{today}");
            let year = plan.objectives.iter().map(|objective| plan.objective_report(objective, today));
            assert_eq!(counted(year.map(|report| report.status)).get(&NeedsAttention), Some(&2), "{today}");

            let key_results: Vec<_> = plan.key_results.iter().map(|each| plan.key_result_report(each, today)).collect();
            let statuses = counted(key_results.iter().map(|report| report.status));
            let all = [Pending, OnTrack, NeedsAttention, OffTrack, Achieved];
            assert!(all.iter().all(|status| statuses.contains_key(status)), "{today} {statuses:?}");
            assert_eq!(key_results.iter().filter(|report| report.stale).count(), 1, "{today}");

            let reports: Vec<_> = plan.kpis.iter().map(|kpi| plan.kpi_report(kpi, today)).collect();
            let healths = counted(reports.iter().map(|report| report.health));
            let wanted = [(Health::Healthy, 5), (Health::Warning, 2), (Health::Unhealthy, 2), (Health::NoTarget, 3)];
            assert_eq!(healths, wanted.into(), "{today}");
            assert_eq!(reports.iter().filter(|report| report.stale).count(), 1, "{today}");
            let pairs = plan.kpis_in_order().into_iter().find(|kpi| kpi.unit.as_str() == "pairs").unwrap();
            let hits = plan.kpi_report(&pairs, today).hits(crate::KpiReport::HIT_PERIODS).unwrap();
            assert_eq!((hits.met, hits.judged, hits.periods), (6, 12, 12), "{today}");

            let healths = reports.iter().map(|report| (report.health, report.stale));
            let headline = plan.headline(&plan.courses(today), KpiCounts::of(healths), today);
            assert_eq!(headline.news(), News::Needs { goals: 3, kpis: 3 }, "{today}");
            let (broken, pending) = (Detail::Guards { goals: 1, needing: 1, of: 3 }, Detail::Unmeasured(1));
            let of_the_year = Detail::OfLonger { of: 3, longer: 1, cycle: headline.longer.first().copied() };
            assert_eq!(headline.details(), [of_the_year, broken, pending], "{today}");

            let due = plan.due(today);
            assert!(matches!(due.as_slice(), [Due::KeyResult(_), Due::KeyResult(_), Due::Kpi(_)]), "{today} {due:?}");
        }
    }

    #[test]
    fn it_has_a_past_and_no_future() {
        let today = day("2026-11-21");
        let plan = sample(today, seed(), ACTOR);
        assert!(plan.latest_stamp().millis() <= seed().millis);
        assert_eq!(plan.as_of(today), plan);
        let moved = plan.key_results.iter().find(|each| each.measure.revisions().count() > 1).unwrap();
        let target = |day: i32| match moved.measure.on(today.plus_days(day - TODAY)) {
            Measure::Metric { target, .. } => target.get(),
            _ => 0.0,
        };
        assert_eq!((target(30), target(31)), (650.0, 600.0));
        let begun = plan.as_of(today.plus_days(-TODAY));
        let quarter = begun.cycle_on(today).unwrap().id;
        let course = begun.course(quarter, today.plus_days(-TODAY)).unwrap();
        let is_fed = |id: &KeyResultId| begun.key_results.get(*id).is_some_and(|it| begun.feeding(it, today).is_some());
        let unfed = course.objectives.iter().filter(|it| !it.key_results.iter().any(|(id, _)| is_fed(id)));
        assert!(unfed.clone().count() > 1 && unfed.into_iter().all(|objective| objective.status == Status::Pending));
    }

    #[test]
    fn a_quarter_was_closed_and_the_next_one_goes_on_from_it() {
        for today in days() {
            let plan = sample(today, seed(), ACTOR);
            let closed: Vec<_> = plan.cycles.iter().filter(|cycle| plan.is_closed(cycle.id, today)).collect();
            assert_eq!(closed.iter().map(|cycle| cycle.name.as_str()).collect::<Vec<_>>(), ["Last quarter"], "{today}");
            let over = plan.objectives_of(Some(closed[0].id), today);
            let outcomes: Vec<_> = over.iter().filter_map(|it| Some(it.verdict.on(today).as_ref()?.outcome)).collect();
            assert_eq!(outcomes, [Outcome::Achieved, Outcome::Partial], "{today}");
            let suggested: Vec<_> = over.iter().map(|it| plan.objective_report(it, today).outcome_of(None)).collect();
            assert!(suggested.into_iter().flatten().eq(outcomes), "{today}");
            let fates = over.iter().flat_map(|it| plan.key_results_of(it.id, today));
            assert!(fates.into_iter().all(|it| it.fate.on(today).is_some()), "{today}");
            let next = plan.objectives.iter().find(|it| it.continues.is_some()).unwrap();
            assert_eq!((*next.continues, next.title.as_str()), (Some(over[0].id), GOALS[3].title), "{today}");
            assert_eq!(plan.calibration(today).unwrap().statements, 22, "{today}");
            let moved: Vec<_> = plan.key_results.iter().flat_map(|it| plan.goalposts(it, today)).collect();
            assert!(matches!(moved.as_slice(), [only] if !only.why.is_empty()), "{today}");
        }
    }

    #[test]
    fn pillars_alignment_work_guards_and_parts_are_there_to_look_at() {
        let today = day("2026-11-21");
        let plan = sample(today, seed(), ACTOR);
        let perspectives: Vec<_> = plan.pillars_in_order().iter().filter_map(|it| *it.perspective).collect();
        assert_eq!(perspectives.len(), 3);
        let year = plan.objectives.iter().find(|it| it.title.as_str() == GOALS[0].title).unwrap();
        assert_eq!(plan.aligned_to(year.id, today).len(), 3);
        let states = counted(plan.initiatives.iter().map(|it| *it.state.on(today)));
        assert_eq!(
            states,
            [InitiativeState::Todo, InitiativeState::Doing, InitiativeState::Done].map(|it| (it, 1)).into()
        );
        let guarded = plan.key_results.iter().filter(|it| !plan.guards(it.id.into(), today).is_empty());
        let (broken, held): (Vec<_>, Vec<_>) =
            guarded.partition(|it| !plan.broken_guards(it.id.into(), today).is_empty());
        let titles = |all: Vec<&KeyResult>| all.iter().map(|it| it.title.to_string()).collect::<Vec<_>>();
        assert_eq!((titles(broken), titles(held)), (vec!["Scrap rate".into()], vec!["Monthly visitors".into()]));
        assert_eq!(plan.kpis.iter().filter(|it| it.pillar.is_some()).count(), 8);
        assert!(plan.key_results.iter().any(|it| plan.forecast(it, &plan.key_result_report(it, today), today).is_ok()));
        assert!(plan.owners.iter().filter(|owner| plan.team_of(owner.id).is_some()).count() > 2);
    }

    /// What a key result and a KPI both speak of is one number.
    #[test]
    fn key_results_and_kpis_tell_one_truth() {
        for today in days() {
            let plan = sample(today, seed(), ACTOR);
            let named = |title: &str| plan.kpis.iter().find(|kpi| kpi.name.as_str() == title);
            let shared = plan.key_results.iter().filter_map(|it| Some((it, named(it.title.as_str())?)));
            let mut values = BTreeSet::new();
            for (key_result, kpi) in shared {
                let what = format!("{today}: {}", key_result.title.as_str());
                assert_eq!(plan.feeding(key_result, today).map(|kpi| kpi.id), Some(kpi.id), "{what}");
                assert_eq!(key_result.unit, kpi.unit, "{what}");
                assert!(key_result.check_ins.iter().all(|(_, row)| row.value.is_none()), "{what}");
                let open = plan.cycle_of(key_result.id.into(), today).is_some_and(|it| !plan.is_closed(it, today));
                if open {
                    let value = plan.key_result_report(key_result, today).value;
                    assert_eq!(value, plan.kpi_value(kpi, today), "{what}");
                    values.insert((kpi.name.to_string(), value.unwrap()));
                }
            }
            let wanted = [
                ("Monthly visitors", 6150.0),
                ("Net Promoter Score", 37.0),
                ("Pairs inspected per specialist and hour", 27.9),
                ("Scrap rate", 0.21),
                ("Trial subscriptions", 441.0),
            ];
            let wanted: BTreeSet<_> = wanted.map(|(name, value)| (name.to_owned(), number(value))).into();
            assert_eq!(values, wanted, "{today}");
            assert_eq!(plan.key_results.iter().filter(|it| plan.feeding(it, today).is_some()).count(), 6, "{today}");
            // Where a KPI goes over to what is checked in, no month is left out.
            for kpi in
                plan.kpis.iter().filter(|kpi| plan.key_results.iter().any(|it| *it.fed_by.on(today) == Some(kpi.id)))
            {
                let periods = plan.kpi_periods(kpi, today);
                let completed = periods.iter().filter(|period| period.completed);
                assert!(completed.into_iter().all(|period| period.value.is_some()), "{today}: {}", kpi.name.as_str());
            }
        }
    }

    #[test]
    fn one_kpi_is_a_share_and_one_is_a_sum_of_others() {
        for today in days() {
            let plan = sample(today, seed(), ACTOR);
            let values = |name: &str| {
                let kpi = plan.kpis.iter().find(|kpi| kpi.name.as_str() == name).unwrap();
                let periods = plan.kpi_periods(kpi, today).into_iter();
                periods.filter_map(|it| Some((it.period.start, it.value?.get()))).collect::<BTreeMap<_, _>>()
            };
            let together = |one: &str, other: &str, with: fn(f64, f64) -> f64| {
                let other = values(other);
                let pairs =
                    values(one).into_iter().filter_map(|(month, value)| Some((month, value, *other.get(&month)?)));
                pairs.map(|(month, one, other)| (month, with(one, other))).collect::<BTreeMap<_, _>>()
            };
            let rate =
                together("Trial subscriptions", "Monthly visitors", |trials, visitors| trials / visitors * 100.0);
            assert_eq!(values("Conversion rate"), rate, "{today}");
            assert!(rate.len() >= 12, "{today}");
            let revenue = values("Revenue");
            assert_eq!(revenue, together("Revenue through the trade", "Revenue online", |one, other| one + other));
            // 182,000 thirteen months ago, 206,000 last month.
            let months: Vec<_> = revenue.values().copied().collect();
            assert_eq!((months[0], months[12]), (182e3, 206e3), "{today}");
            let calculated = plan.kpis.iter().filter(|kpi| !kpi.is_read(today));
            assert_eq!(calculated.count(), 2, "{today}");
        }
    }

    #[test]
    fn it_reads_back_and_no_id_is_used_twice() {
        let today = day("2024-02-29");
        let plan = sample(today, seed(), ACTOR);
        assert_eq!(read_plan(&write_plan(&plan, today)).unwrap().plan, plan);
        let mut ids = vec![plan.frame.id.to_string()];
        ids.extend(plan.owners.iter().map(|each| each.id.to_string()));
        ids.extend(plan.cycles.iter().map(|each| each.id.to_string()));
        ids.extend(plan.objectives.iter().map(|each| each.id.to_string()));
        ids.extend(plan.key_results.iter().map(|each| each.id.to_string()));
        ids.extend(plan.milestones.iter().map(|each| each.id.to_string()));
        ids.extend(plan.kpis.iter().map(|each| each.id.to_string()));
        ids.extend(plan.pillars.iter().map(|each| each.id.to_string()));
        ids.extend(plan.initiatives.iter().map(|each| each.id.to_string()));
        assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len());
    }
}
