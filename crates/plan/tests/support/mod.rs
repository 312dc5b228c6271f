//! A small world for tests: people who edit a plan as the page would, with clocks, ids from seeds, and days that pass.
#![allow(dead_code, unused_imports, reason = "each test file uses its own part")]

mod values;

use std::collections::{BTreeMap, BTreeSet};

use bearings_plan::*;
use proptest::prelude::*;

pub use values::{DATED, PLAIN, Values, dated_values, is_dated, kind, values};

/// What somebody does next. It says what kind of thing to do; the plan of the moment says what is there to do it to.
#[derive(Debug, Clone)]
pub enum Op {
    /// A new entity.
    Add(Kind, Spice),
    /// Another value for one field of the plan (`None`) or of an entity.
    Edit(Option<Kind>, u8, Spice),
    /// An entity goes, mostly with what belongs to it.
    Delete(Kind, Spice),
    /// A deleted entity comes back.
    Restore(Spice),
    /// A check-in is written, rewritten or deleted.
    CheckIn(Entry, Spice),
    /// A reading is written, rewritten or deleted.
    Reading(Entry, Spice),
    /// The last change is taken back.
    Undo,
    /// Several at once.
    Batch(Vec<Op>),
    /// Days go by.
    Pass(u8),
}

/// What happens to an entry of a log.
#[derive(Debug, Clone, Copy)]
pub enum Entry {
    Write,
    Rewrite,
    Delete,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Pillar,
    Owner,
    Cycle,
    Objective,
    KeyResult,
    Milestone,
    Initiative,
    Kpi,
    Filter,
}

/// Where the values of a change come from.
#[derive(Debug, Clone)]
pub struct Spice {
    /// Which one of those that are there.
    pub pick: u8,
    /// Which one of those that it may refer to.
    pub other: u8,
    /// Which word of a list.
    pub word: u8,
    pub number: f64,
    /// Days from today.
    pub days: i16,
}

/// Which operations a script may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mix {
    /// All of them.
    Everything,
    /// Nothing goes, and all is decided and entered for its own day.
    Diary,
    /// A diary in which one's own last changes are taken back, and made again.
    Doubts,
    /// A diary in which things go for good.
    Farewells,
}

pub fn script(mix: Mix, length: impl Into<prop::collection::SizeRange>) -> impl Strategy<Value = Vec<Op>> {
    prop::collection::vec(op(mix), length)
}

fn op(mix: Mix) -> impl Strategy<Value = Op> {
    let leaf = leaf(mix);
    prop_oneof![12 => leaf.clone(), 1 => prop::collection::vec(leaf, 0..5).prop_map(Op::Batch)]
}

fn leaf(mix: Mix) -> BoxedStrategy<Op> {
    let spice = move || spice(mix != Mix::Everything);
    let entry = prop_oneof![3 => Just(Entry::Write), 1 => Just(Entry::Rewrite), 1 => Just(Entry::Delete)];
    let common = prop_oneof![
        6 => (any_kind(), spice()).prop_map(|(kind, spice)| Op::Add(kind, spice)),
        9 => (prop::option::weighted(0.9, any_kind()), any::<u8>(), spice())
            .prop_map(|(kind, field, spice)| Op::Edit(kind, field, spice)),
        3 => (entry.clone(), spice()).prop_map(|(entry, spice)| Op::CheckIn(entry, spice)),
        3 => (entry, spice()).prop_map(|(entry, spice)| Op::Reading(entry, spice)),
        2 => (1_u8..40).prop_map(Op::Pass),
    ];
    let delete = (any_kind(), spice()).prop_map(|(kind, spice)| Op::Delete(kind, spice));
    match mix {
        Mix::Diary => common.boxed(),
        Mix::Doubts => prop_oneof![6 => common, 1 => Just(Op::Undo)].boxed(),
        Mix::Farewells => prop_oneof![6 => common, 1 => delete].boxed(),
        Mix::Everything => {
            prop_oneof![10 => common, 1 => delete, 1 => spice().prop_map(Op::Restore), 1 => Just(Op::Undo)].boxed()
        }
    }
}

fn any_kind() -> impl Strategy<Value = Kind> {
    use Kind::*;
    prop_oneof![
        1 => Just(Pillar), 1 => Just(Owner), 1 => Just(Cycle), 3 => Just(Objective), 3 => Just(KeyResult),
        2 => Just(Milestone), 1 => Just(Initiative), 2 => Just(Kpi), 1 => Just(Filter),
    ]
}

fn spice(today: bool) -> impl Strategy<Value = Spice> {
    let number = prop_oneof![
        3 => (-20_i32..20).prop_map(f64::from),
        2 => -1e3..1e3_f64,
        1 => -1e15..1e15_f64,
        1 => prop::sample::select(vec![0.1, 1.0 / 3.0, -0.0, 5e-324, 1e-7, 1e15, -1e15, 0.1 + 0.2]),
    ];
    let days = if today { Just(0).boxed() } else { prop_oneof![2 => Just(0), 3 => -400_i16..400].boxed() };
    (any::<u8>(), any::<u8>(), any::<u8>(), number, days).prop_map(|(pick, other, word, number, days)| Spice {
        pick,
        other,
        word,
        number,
        days,
    })
}

impl Spice {
    fn number(&self) -> Number {
        Number::new(self.number).unwrap()
    }

    /// Another number, and a larger one.
    fn more(&self) -> Number {
        let more = self.number + 1.0 + f64::from(self.word) * 0.1;
        Number::new(if more <= Number::MAX && more > self.number { more } else { 0.5 }).unwrap()
    }

    fn ordered(&self) -> (Number, Number) {
        let (a, b) = (self.number(), self.more());
        (a.min(b), a.max(b))
    }

    fn of<T: Clone>(&self, choices: &[T]) -> T {
        choices[usize::from(self.word) % choices.len()].clone()
    }

    fn name(&self) -> Name {
        let long = "é".repeat(Name::MAX);
        let words =
            ["Grow", "a\tb\u{7f}c", "“Ship” it\\ \"now\"", "=1+1", "\u{1f9ed} 航海", "</script>", "null", &long];
        Name::new(self.of(&words)).unwrap()
    }

    fn prose(&self) -> Prose {
        Prose::new(self.of(&["", "Two\nlines\r\nand a tab\t.", "\u{2028}\u{0}\u{feff}", "why not"])).unwrap()
    }

    fn unit(&self) -> Unit {
        Unit::new(self.of(&["", "%", "EUR", "pairs of shoes"])).unwrap()
    }

    fn weight(&self) -> Weight {
        Weight::new(Number::new(self.number.abs() % 1000.0).unwrap()).unwrap()
    }

    fn share(&self) -> Share {
        Share::new(Number::new(f64::from(self.word % 10 + 1) / 10.0).unwrap()).unwrap()
    }

    fn bounds(&self) -> Bounds {
        let (low, high) = self.ordered();
        let value = low;
        self.of(&[Bounds::AtLeast { value }, Bounds::AtMost { value }, Bounds::Between { low, high }])
    }

    fn measure(&self) -> Measure {
        let (start, target) = (self.number(), self.more());
        let stay = Measure::Stay { bounds: self.bounds(), share: self.share() };
        let metric = Measure::Metric { start, target };
        self.of(&[metric, stay, Measure::Milestones {}, Measure::Done {}, Measure::Baseline {}])
    }

    fn target(&self) -> Option<Target> {
        let tolerance = Number::new(self.number.abs()).unwrap();
        (!self.other.is_multiple_of(4)).then(|| Target { bounds: self.bounds(), tolerance })
    }

    fn benchmark(&self) -> Option<Benchmark> {
        (!self.other.is_multiple_of(4)).then(|| Benchmark {
            name: self.name(),
            value: self.number(),
            source: self.prose(),
        })
    }

    /// Nothing now and then.
    fn maybe<T>(&self, value: T) -> Option<T> {
        (!self.other.is_multiple_of(4)).then_some(value)
    }

    fn flag(&self) -> bool {
        !self.word.is_multiple_of(3)
    }

    fn month(&self) -> Month {
        Month::new(self.word % 12 + 1).unwrap()
    }

    fn tags(&self) -> Tags {
        Tags::parse(self.of(&["", "growth", "b, a,b", "\u{1f9ed}, two words ,,\tZ", "=1+1, null, </script>"])).unwrap()
    }

    fn judged(&self) -> Option<Override> {
        let note = Prose::new(self.of(&["I know more.", "Two\nlines"])).unwrap();
        self.maybe(Override { status: self.of(Status::ALL), note })
    }

    fn verdict(&self) -> Option<Verdict> {
        let score = Score::new(Number::new(f64::from(self.word % 11) / 10.0).unwrap()).unwrap();
        let score = self.flag().then_some(score);
        let (outcome, reason, learned) = (self.of(Outcome::ALL), self.prose(), self.prose());
        self.maybe(Verdict { score, outcome, reason, learned })
    }

    fn marks(&self) -> Option<Marks> {
        let (low, high) = self.ordered();
        let choices = [(Some(low), Some(high)), (None, Some(high)), (Some(low), None), (None, None)];
        let (commit, stretch) = self.of(&choices);
        self.maybe(Marks { commit, stretch })
    }

    fn natural_bounds(&self) -> Option<NaturalBounds> {
        let (low, high) = self.ordered();
        let choices = [(Some(low), Some(high)), (None, Some(high)), (Some(low), None), (None, None)];
        let (low, high) = self.of(&choices);
        self.maybe(NaturalBounds { low, high })
    }

    fn baselines(&self, today: Day) -> Baselines {
        let Span { start, end } = self.span(today);
        let (chosen, open) = (Baseline { from: start, to: Some(end) }, Baseline { from: end.plus_days(9), to: None });
        Baselines::new(self.of(&[vec![], vec![chosen.clone()], vec![open.clone()], vec![chosen, open]])).unwrap()
    }

    fn scrapped(&self) -> Option<Scrapped> {
        self.maybe(Scrapped { reason: Prose::new(self.of(&["Nobody looked.", "Two\nlines"])).unwrap() })
    }

    fn rank(&self) -> Rank {
        (0..self.word % 4).fold(Rank::default(), |rank, _| match self.other % 2 {
            0 => Rank::between(Some(&rank), None),
            _ => Rank::between(None, Some(&rank)),
        })
    }

    fn day(&self, today: Day) -> Day {
        today.plus_days(self.days.into())
    }

    fn span(&self, today: Day) -> Span {
        Span { start: self.day(today), end: self.day(today).plus_days(self.word.into()) }
    }

    fn own_dates(&self, today: Day) -> Option<OwnDates> {
        let Span { start, end } = self.span(today);
        let choices = [(Some(start), Some(end)), (None, Some(end)), (Some(start), None), (None, None)];
        (!self.other.is_multiple_of(4)).then(|| self.of(&choices)).map(|(start, due)| OwnDates { start, due })
    }

    fn bands(&self) -> Bands {
        let share = |tenths: u8| Number::new(f64::from(tenths) / 10.0).unwrap();
        Bands { attention: share(self.word % 5), off_track: share(self.word % 5 + 1 + self.other % 5) }
    }

    fn check_in(&self) -> CheckIn {
        let confidence = (!self.other.is_multiple_of(3)).then(|| Confidence::new(self.word % 11).unwrap());
        CheckIn { value: (!self.word.is_multiple_of(4)).then(|| self.number()), confidence, note: self.prose() }
    }

    fn reading(&self) -> Reading {
        Reading { value: self.number(), note: self.prose() }
    }
}

/// Something that was done, and acknowledged.
#[derive(Debug, Clone)]
pub struct Deed {
    pub at: At,
    pub change: Change,
    pub inverse: Change,
    /// Every entity that it added or deleted, and whether it was there in the end.
    pub fates: BTreeMap<EntityId, bool>,
    /// What it deleted, even if it came back.
    pub removed: BTreeSet<EntityId>,
}

/// One machine: its replica of the plan, its clock, and what was done there.
#[derive(Debug, Clone)]
pub struct World {
    pub plan: Plan,
    pub clock: Clock,
    pub today: Day,
    pub history: Vec<Deed>,
    now: u64,
    made: u64,
    undoable: Vec<Change>,
    ids: BTreeSet<EntityId>,
    graveyard: Vec<AnyEntity>,
}

impl World {
    /// A new plan on the machine of `actor`.
    pub fn new(actor: u32) -> Self {
        let (today, now) = (Day::new(2026, 1, 5).unwrap(), 1_767_600_000_000);
        let mut clock = Clock::new(Actor(actor));
        let at = At { stamp: clock.tick(now), day: today };
        let id = PlanId::from(Seed { millis: now, random: [9; 10] });
        let plan = Plan::new(id, Name::new("Ours").unwrap(), at);
        let (history, undoable, ids, graveyard) = Default::default();
        Self { plan, clock, today, history, now, made: 0, undoable, ids, graveyard }
    }

    /// The same plan on another machine, whose wall clock differs.
    pub fn replica(&self, actor: u32, skew: i64) -> Self {
        let mut clock = Clock::new(Actor(actor));
        clock.observe(self.latest_stamp());
        let now = self.now.saturating_add_signed(skew);
        Self { clock, now, undoable: Vec::new(), history: Vec::new(), ..self.clone() }
    }

    /// Takes over what another machine knows.
    pub fn pull(&mut self, other: &Self) {
        self.plan = self.plan.merge(&other.plan);
        self.clock.observe(other.latest_stamp());
        self.ids.extend(&other.ids);
        self.graveyard.extend(other.graveyard.iter().cloned());
    }

    /// The plan's latest stamp, or the journal's: new entries leave none in the plan.
    fn latest_stamp(&self) -> Stamp {
        self.history.iter().map(|deed| deed.at.stamp).fold(self.plan.latest_stamp(), Stamp::max)
    }

    pub fn with(mut self, script: &[Op]) -> Self {
        script.iter().for_each(|op| self.step(op));
        self
    }

    /// Does one thing; some find nothing to do.
    pub fn step(&mut self, op: &Op) {
        if let Some((change, at)) = self.next(op) {
            self.make(change, at);
        }
    }

    /// The change that an operation means right now. Valid: the plan takes it.
    pub fn next(&mut self, op: &Op) -> Option<(Change, At)> {
        if let Op::Pass(days) = op {
            self.today = self.today.plus_days((*days).into());
            self.now += u64::from(*days) * 86_400_000;
            return None;
        }
        let at = self.at();
        if matches!(op, Op::Undo) {
            let inverse = self.undoable.pop()?;
            // What another change has touched since cannot always be taken back.
            return self.plan.apply(&inverse, at).is_ok().then_some((inverse, at));
        }
        let plan = self.plan.clone();
        self.resolve(&plan, op, at).map(|change| (change, at))
    }

    /// The moment of the next change.
    pub fn at(&mut self) -> At {
        self.now += 1;
        At { stamp: self.clock.tick(self.now), day: self.today }
    }

    pub fn make(&mut self, change: Change, at: At) {
        let (next, inverse) = self.plan.apply(&change, at).unwrap_or_else(|error| panic!("{error}: {change:?}"));
        let (mut fates, mut removed) = (BTreeMap::new(), BTreeSet::new());
        flatten(&change, &mut |change| {
            if let Change::Add(entity) = change {
                fates.insert(entity.id(), next.has(entity.id()));
            }
        });
        flatten(&inverse, &mut |change| {
            if let Change::Add(entity) = change {
                fates.insert(entity.id(), next.has(entity.id()));
                removed.insert(entity.id());
                self.graveyard.push(entity.clone());
            }
        });
        self.plan = next;
        self.undoable.push(inverse.clone());
        self.history.push(Deed { at, change, inverse, fates, removed });
    }

    fn resolve(&mut self, plan: &Plan, op: &Op, at: At) -> Option<Change> {
        match op {
            Op::Add(kind, spice) => self.add(plan, *kind, spice, at),
            Op::Edit(kind, field, spice) => {
                let from = (spice.days != 0).then(|| spice.day(at.day));
                self.edit(plan, *kind, *field, spice).map(|edit| Change::Edit { edit, from })
            }
            Op::Delete(kind, spice) => {
                let id = pick(&self.of_kind(*kind, |id| plan.has(id)), spice.pick)?;
                // What something belongs to goes with it only.
                let alone = Some(Change::Delete(id)).filter(|alone| plan.apply(alone, at).is_ok());
                alone.filter(|_| spice.other.is_multiple_of(3)).or_else(|| Some(plan.deletion(id, at.day)))
            }
            Op::Restore(spice) => {
                let dead: Vec<_> = self.graveyard.iter().filter(|entity| !plan.has(entity.id())).cloned().collect();
                pick(&dead, spice.pick).map(Change::Add)
            }
            Op::CheckIn(entry, spice) => {
                let ids: Vec<_> = plan.key_results.iter().map(|own| own.id).collect();
                let of = pick(&ids, spice.pick)?;
                let key = key(&plan.key_results.get(of)?.check_ins, *entry, spice, at)?;
                let row = (!matches!(entry, Entry::Delete)).then(|| spice.check_in());
                Some(Change::CheckIn { of, key, row })
            }
            Op::Reading(entry, spice) => {
                let ids: Vec<_> = plan.kpis.iter().map(|kpi| kpi.id).collect();
                let of = pick(&ids, spice.pick)?;
                let key = key(&plan.kpis.get(of)?.readings, *entry, spice, at)?;
                let row = (!matches!(entry, Entry::Delete)).then(|| spice.reading());
                Some(Change::Reading { of, key, row })
            }
            Op::Batch(ops) => {
                let (mut next, mut changes) = (plan.clone(), Vec::new());
                for op in ops {
                    let Some(change) = self.resolve(&next, op, at) else { continue };
                    changes.push(change);
                    let all = Change::All(changes.clone());
                    match plan.apply(&all, at) {
                        Ok((after, _)) => next = after,
                        // Something was deleted, and added to.
                        Err(ChangeError::Needed(_)) => drop(changes.pop()),
                        Err(error) => panic!("{error}: {all:?}"),
                    }
                }
                Some(Change::All(changes))
            }
            Op::Undo | Op::Pass(_) => None,
        }
    }

    fn add(&mut self, plan: &Plan, kind: Kind, spice: &Spice, at: At) -> Option<Change> {
        self.made += 1;
        let mut random = [0; 10];
        random[..4].copy_from_slice(&self.clock.actor().0.to_be_bytes());
        random[4..].copy_from_slice(&self.made.to_be_bytes()[2..]);
        let seed = Seed { millis: self.now, random };
        let entity: AnyEntity = match kind {
            Kind::Pillar => {
                let mut pillar = Pillar::new(seed.into(), spice.name(), at);
                pillar.perspective = spice.maybe(spice.of(Perspective::ALL)).into();
                pillar.into()
            }
            Kind::Owner => Owner::new(seed.into(), spice.name(), spice.of(Level::ALL), at).into(),
            Kind::Cycle => Cycle::new(seed.into(), spice.name(), spice.span(at.day), at).into(),
            Kind::Objective => {
                let mut objective = Objective::new(seed.into(), spice.name(), self.cycle(plan, spice.other), at);
                objective.owner = self.owner(plan, spice.word).into();
                objective.parent = Dated::new(spice.day(at.day), self.objective(plan, spice.word));
                objective.into()
            }
            Kind::KeyResult => {
                let objective = self.own_objective(plan, spice.other)?;
                let mut own = KeyResult::new(seed.into(), objective, spice.name(), spice.measure(), at);
                own.weight = Dated::new(spice.day(at.day), spice.weight());
                own.fed_by = Dated::new(spice.day(at.day), self.kpi(plan, spice.word));
                own.into()
            }
            Kind::Milestone => {
                let key_result = self.own_key_result(plan, spice.other)?;
                Milestone::new(seed.into(), key_result, spice.name(), at).into()
            }
            Kind::Initiative => Initiative::new(seed.into(), self.goal(plan, spice)?, spice.name(), at).into(),
            Kind::Filter => Filter::new(seed.into(), spice.name(), self.criteria(plan, spice), at).into(),
            Kind::Kpi => {
                let mut kpi = Kpi::new(seed.into(), spice.name(), spice.prose(), spice.of(Frequency::ALL), at);
                kpi.target = Dated::new(spice.day(at.day), spice.target());
                kpi.into()
            }
        };
        self.ids.insert(entity.id());
        Some(Change::Add(entity))
    }

    #[rustfmt::skip]
    fn edit(&self, plan: &Plan, kind: Option<Kind>, field: u8, spice: &Spice) -> Option<Edit> {
        let today = self.today;
        let day = (!spice.other.is_multiple_of(3)).then(|| spice.day(today));
        let id = |kind| pick(&self.of_kind(kind, |id| plan.has(id)), spice.pick);
        let any_cadence = spice.of(Cadence::ALL);
        let cadence = (!spice.other.is_multiple_of(3)).then_some(any_cadence);
        Some(match kind {
            None => Edit::frame(match field % 5 {
                0 => FrameEdit::name(spice.name()),
                1 => FrameEdit::mission(spice.prose()),
                2 => FrameEdit::cadence(any_cadence),
                3 => FrameEdit::fiscal_start(spice.month()),
                _ => FrameEdit::bands(spice.bands()),
            }),
            Some(Kind::Pillar) => {
                let EntityId::Pillar(id) = id(Kind::Pillar)? else { return None };
                Edit::of(id, match field % 3 {
                    0 => PillarEdit::name(spice.name()),
                    1 => PillarEdit::perspective(spice.maybe(spice.of(Perspective::ALL))),
                    _ => PillarEdit::rank(spice.rank()),
                })
            }
            Some(Kind::Owner) => {
                let EntityId::Owner(id) = id(Kind::Owner)? else { return None };
                Edit::of(id, match field % 4 {
                    0 => OwnerEdit::name(spice.name()),
                    1 => OwnerEdit::level(spice.of(Level::ALL)),
                    2 => OwnerEdit::parent(self.owner(plan, spice.other)),
                    _ => OwnerEdit::rank(spice.rank()),
                })
            }
            Some(Kind::Cycle) => {
                let EntityId::Cycle(id) = id(Kind::Cycle)? else { return None };
                Edit::of(id, match field % 4 {
                    0 => CycleEdit::name(spice.name()),
                    1 => CycleEdit::closed(spice.flag()),
                    2 => CycleEdit::lookback(spice.prose()),
                    _ => CycleEdit::span(spice.span(today)),
                })
            }
            Some(Kind::Objective) => {
                let EntityId::Objective(id) = id(Kind::Objective)? else { return None };
                Edit::of(id, match field % 15 {
                    0 => ObjectiveEdit::title(spice.name()),
                    1 => ObjectiveEdit::why(spice.prose()),
                    2 => ObjectiveEdit::owner(self.owner(plan, spice.other)),
                    3 => ObjectiveEdit::cycle(self.cycle(plan, spice.other)),
                    4 => ObjectiveEdit::kind(spice.of(ObjectiveKind::ALL)),
                    5 => ObjectiveEdit::pillar(self.pillar(plan, spice.other)),
                    6 => ObjectiveEdit::parent(self.objective(plan, spice.other).and_then(|id| spice.maybe(id))),
                    7 => ObjectiveEdit::parent_weight(spice.weight()),
                    8 => ObjectiveEdit::counts_aligned(spice.flag()),
                    9 => ObjectiveEdit::tags(spice.tags()),
                    10 => ObjectiveEdit::judged(spice.judged()),
                    11 => ObjectiveEdit::archived(spice.flag()),
                    12 => ObjectiveEdit::verdict(spice.verdict()),
                    13 => ObjectiveEdit::continues(self.objective(plan, spice.other).and_then(|id| spice.maybe(id))),
                    _ => ObjectiveEdit::rank(spice.rank()),
                })
            }
            Some(Kind::KeyResult) => {
                let EntityId::KeyResult(id) = id(Kind::KeyResult)? else { return None };
                Edit::of(id, match field % 18 {
                    0 => KeyResultEdit::title(spice.name()),
                    1 => KeyResultEdit::objective(self.own_objective(plan, spice.other)?),
                    2 => KeyResultEdit::measure(spice.measure()),
                    3 => KeyResultEdit::unit(spice.unit()),
                    4 => KeyResultEdit::weight(spice.weight()),
                    5 => KeyResultEdit::dates(spice.own_dates(today)),
                    6 => KeyResultEdit::cadence(cadence),
                    7 => KeyResultEdit::owner(self.owner(plan, spice.other)),
                    8 => KeyResultEdit::fed_by(self.kpi(plan, spice.other)),
                    9 => KeyResultEdit::part_of(self.key_result(plan, spice.other).and_then(|id| spice.maybe(id))),
                    10 => KeyResultEdit::marks(spice.marks()),
                    11 => KeyResultEdit::goalposts(spice.prose()),
                    12 => KeyResultEdit::judged(spice.judged()),
                    13 => KeyResultEdit::fate(spice.maybe(spice.of(Fate::ALL))),
                    14 => KeyResultEdit::continues(self.key_result(plan, spice.other).and_then(|id| spice.maybe(id))),
                    15 => KeyResultEdit::guards(self.guards(plan, spice)),
                    16 => KeyResultEdit::bands(spice.maybe(spice.bands())),
                    _ => KeyResultEdit::rank(spice.rank()),
                })
            }
            Some(Kind::Milestone) => {
                let EntityId::Milestone(id) = id(Kind::Milestone)? else { return None };
                Edit::of(id, match field % 6 {
                    0 => MilestoneEdit::title(spice.name()),
                    1 => MilestoneEdit::key_result(self.own_key_result(plan, spice.other)?),
                    2 => MilestoneEdit::weight(spice.weight()),
                    3 => MilestoneEdit::due(day),
                    4 => MilestoneEdit::done(day),
                    _ => MilestoneEdit::rank(spice.rank()),
                })
            }
            Some(Kind::Initiative) => {
                let EntityId::Initiative(id) = id(Kind::Initiative)? else { return None };
                Edit::of(id, match field % 6 {
                    0 => InitiativeEdit::title(spice.name()),
                    1 => InitiativeEdit::goal(self.goal(plan, spice)?),
                    2 => InitiativeEdit::state(spice.of(InitiativeState::ALL)),
                    3 => InitiativeEdit::owner(self.owner(plan, spice.other)),
                    4 => InitiativeEdit::due(day),
                    _ => InitiativeEdit::rank(spice.rank()),
                })
            }
            Some(Kind::Filter) => {
                let EntityId::Filter(id) = id(Kind::Filter)? else { return None };
                Edit::of(id, match field % 3 {
                    0 => FilterEdit::name(spice.name()),
                    1 => FilterEdit::criteria(self.criteria(plan, spice)),
                    _ => FilterEdit::rank(spice.rank()),
                })
            }
            Some(Kind::Kpi) => {
                let EntityId::Kpi(id) = id(Kind::Kpi)? else { return None };
                Edit::of(id, match field % 24 {
                    0 => KpiEdit::name(spice.name()),
                    1 => KpiEdit::why(spice.prose()),
                    2 => KpiEdit::definition(spice.prose()),
                    3 => KpiEdit::unit(spice.unit()),
                    4 => KpiEdit::frequency(spice.of(Frequency::ALL)),
                    5 => KpiEdit::aggregation(spice.of(Aggregation::ALL)),
                    6 => KpiEdit::target(spice.target()),
                    7 => KpiEdit::benchmark(spice.benchmark()),
                    8 => KpiEdit::owner(self.owner(plan, spice.other)),
                    9 => KpiEdit::question(spice.prose()),
                    10 => KpiEdit::source(spice.prose()),
                    11 => KpiEdit::limits(spice.prose()),
                    12 => KpiEdit::resets(spice.flag()),
                    13 => KpiEdit::origin(self.origin(plan, spice)),
                    14 => KpiEdit::parent(self.kpi(plan, spice.other)),
                    15 => KpiEdit::guards(self.guards(plan, spice)),
                    16 => KpiEdit::indicator(spice.maybe(spice.of(Indicator::ALL))),
                    17 => KpiEdit::pillar(self.pillar(plan, spice.other)),
                    18 => KpiEdit::natural_bounds(spice.natural_bounds()),
                    19 => KpiEdit::baselines(spice.baselines(today)),
                    22 => KpiEdit::centre(spice.maybe(spice.of(Centre::ALL))),
                    20 => KpiEdit::scrapped(spice.scrapped()),
                    21 => KpiEdit::kept_from(self.key_result(plan, spice.other).and_then(|id| spice.maybe(id))),
                    _ => KpiEdit::rank(spice.rank()),
                })
            }
        })
    }

    fn of_kind(&self, wanted: Kind, there: impl Fn(EntityId) -> bool) -> Vec<EntityId> {
        self.ids.iter().copied().filter(|id| kind(*id) == wanted && there(*id)).collect()
    }
}

/// References, also to what has been deleted.
impl World {
    fn owner(&self, plan: &Plan, which: u8) -> Option<OwnerId> {
        match self.known(Kind::Owner, plan, which)? {
            EntityId::Owner(id) => (!which.is_multiple_of(4)).then_some(id),
            _ => None,
        }
    }

    fn cycle(&self, plan: &Plan, which: u8) -> Option<CycleId> {
        match self.known(Kind::Cycle, plan, which)? {
            EntityId::Cycle(id) => (!which.is_multiple_of(4)).then_some(id),
            _ => None,
        }
    }

    fn objective(&self, plan: &Plan, which: u8) -> Option<ObjectiveId> {
        match self.known(Kind::Objective, plan, which)? {
            EntityId::Objective(id) => Some(id),
            _ => None,
        }
    }

    fn key_result(&self, plan: &Plan, which: u8) -> Option<KeyResultId> {
        match self.known(Kind::KeyResult, plan, which)? {
            EntityId::KeyResult(id) => Some(id),
            _ => None,
        }
    }

    fn pillar(&self, plan: &Plan, which: u8) -> Option<PillarId> {
        match self.known(Kind::Pillar, plan, which)? {
            EntityId::Pillar(id) => (!which.is_multiple_of(4)).then_some(id),
            _ => None,
        }
    }

    fn kpi(&self, plan: &Plan, which: u8) -> Option<KpiId> {
        match self.known(Kind::Kpi, plan, which)? {
            EntityId::Kpi(id) => (!which.is_multiple_of(4)).then_some(id),
            _ => None,
        }
    }

    fn origin(&self, plan: &Plan, spice: &Spice) -> Origin {
        let kpi = |which| self.kpi(plan, which).map_or(Token::Number(spice.more()), Token::Kpi);
        let (one, other) = (kpi(spice.other), kpi(spice.pick));
        let call = spice.of(&[
            Token::Call(Function::Divide, 0),
            Token::Call(Function::Subtract, 0),
            Token::Call(Function::Avg, 2),
            Token::Call(Function::Max, 2),
        ]);
        let last = spice.of(&[
            Token::Call(Function::Ytd, 0),
            Token::Call(Function::Prev, 2),
            Token::Call(Function::Negate, 0),
        ]);
        let formula = Formula::new(vec![one, other, call, last]).unwrap();
        let gathering = spice.of(Gathering::ALL);
        match spice.word % 5 {
            0 => Origin::Readings {},
            1 => Origin::Parts { gathering },
            _ => Origin::Formula { formula },
        }
    }

    fn guards(&self, plan: &Plan, spice: &Spice) -> Guards {
        Guards::new([spice.other, spice.pick].into_iter().filter_map(|which| self.kpi(plan, which))).unwrap()
    }

    fn goal(&self, plan: &Plan, spice: &Spice) -> Option<Goal> {
        Some(match spice.flag() {
            true => Goal::Objective { id: self.own_objective(plan, spice.other)? },
            false => Goal::KeyResult { id: self.own_key_result(plan, spice.other)? },
        })
    }

    fn criteria(&self, plan: &Plan, spice: &Spice) -> Criteria {
        Criteria {
            cycle: self.cycle(plan, spice.word),
            owner: self.owner(plan, spice.other),
            pillar: self.pillar(plan, spice.other.wrapping_add(1)),
            tag: spice.maybe(spice.name()),
            status: spice.flag().then(|| spice.of(Status::ALL)),
            text: spice.prose(),
        }
    }

    /// What something may belong to: people choose among what is there.
    fn own_objective(&self, plan: &Plan, which: u8) -> Option<ObjectiveId> {
        match pick(&self.of_kind(Kind::Objective, |id| plan.has(id)), which / 4)? {
            EntityId::Objective(id) => Some(id),
            _ => None,
        }
    }

    fn own_key_result(&self, plan: &Plan, which: u8) -> Option<KeyResultId> {
        match pick(&self.of_kind(Kind::KeyResult, |id| plan.has(id)), which / 4)? {
            EntityId::KeyResult(id) => Some(id),
            _ => None,
        }
    }

    fn known(&self, kind: Kind, plan: &Plan, which: u8) -> Option<EntityId> {
        pick(&self.of_kind(kind, |id| plan.knows(id)), which / 4)
    }
}

fn pick<T: Clone>(all: &[T], which: u8) -> Option<T> {
    all.get(usize::from(which).checked_rem(all.len())?).cloned()
}

fn key<T: 'static>(log: &Log<T>, entry: Entry, spice: &Spice, at: At) -> Option<EntryKey> {
    match entry {
        Entry::Write => Some(log.next_key(spice.day(at.day), at.stamp.actor())),
        // In a diary (no days from today), an entry is rewritten on its day.
        Entry::Rewrite | Entry::Delete => {
            let keys: Vec<_> =
                log.iter().map(|(key, _)| key).filter(|key| spice.days != 0 || key.day == at.day).collect();
            pick(&keys, spice.other)
        }
    }
}

/// Every change in a change, in order.
pub fn flatten<'a>(change: &'a Change, each: &mut impl FnMut(&'a Change)) {
    match change {
        Change::All(changes) => changes.iter().for_each(|change| flatten(change, each)),
        change => each(change),
    }
}
