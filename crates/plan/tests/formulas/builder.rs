//! Plans in a few lines.

use bearings_plan::*;

/// Day `n` of the cycle: day 0 is 2026-10-01 (a Thursday), day 100 is 2027-01-09.
pub fn day(n: i32) -> Day {
    date("2026-10-01").plus_days(n)
}

pub fn date(text: &str) -> Day {
    text.parse().unwrap()
}

pub fn span(start: Day, end: Day) -> Span {
    Span { start, end }
}

pub fn number(value: f64) -> Number {
    Number::new(value).unwrap()
}

pub fn weight(value: f64) -> Weight {
    Weight::new(number(value)).unwrap()
}

pub fn at_least(value: f64) -> Bounds {
    Bounds::AtLeast { value: number(value) }
}

pub fn at_most(value: f64) -> Bounds {
    Bounds::AtMost { value: number(value) }
}

pub fn between(low: f64, high: f64) -> Bounds {
    Bounds::Between { low: number(low), high: number(high) }
}

pub fn metric(start: f64, target: f64) -> Measure {
    Measure::Metric { start: number(start), target: number(target) }
}

pub fn stay(bounds: Bounds, share: f64) -> Measure {
    Measure::Stay { bounds, share: Share::new(number(share)).unwrap() }
}

pub fn prose(text: &str) -> Prose {
    Prose::new(text).unwrap()
}

pub fn judged(status: Status, note: &str) -> Option<Override> {
    Some(Override { status, note: prose(note) })
}

/// Equal, but for the last bits of a double.
#[track_caller]
pub fn close(found: f64, expected: f64, what: &str) {
    assert!((found - expected).abs() < 1e-12, "{what}: found {found}, expected {expected}");
}

/// The same for numbers that may be missing.
#[track_caller]
pub fn close_or_none(found: Option<f64>, expected: Option<f64>, what: &str) {
    match (found, expected) {
        (Some(found), Some(expected)) => close(found, expected, what),
        _ => assert_eq!(found, expected, "{what}"),
    }
}

/// A plan under construction: weekly check-ins, attention at a gap of 0.10, off track at 0.25.
pub struct World {
    pub plan: Plan,
    /// The day on which the next edits are made: a month before the cycle begins, unless told.
    pub today: Day,
    made: u64,
}

impl World {
    pub fn new() -> Self {
        let today = day(-30);
        let at = At { stamp: Stamp::new(1, 0, Actor(1)), day: today };
        let id = PlanId::from(Seed { millis: 0, random: [0; 10] });
        Self { plan: Plan::new(id, Name::new("Plan").unwrap(), at), today, made: 1 }
    }

    /// A plan with one committed objective in the cycle from day 0 to day 100, and one key result.
    pub fn with(measure: Measure) -> (Self, KeyResultId) {
        let mut world = Self::new();
        let cycle = world.cycle(day(0), day(100));
        let objective = world.objective(Some(cycle));
        let key_result = world.key_result(objective, measure);
        (world, key_result)
    }

    pub fn at(&mut self) -> At {
        self.made += 1;
        At { stamp: Stamp::new(self.made, 0, Actor(1)), day: self.today }
    }

    pub fn seed(&mut self) -> Seed {
        self.made += 1;
        Seed { millis: self.made, random: [0; 10] }
    }

    #[track_caller]
    pub fn apply(&mut self, change: Change) {
        let at = self.at();
        self.plan = self.plan.apply(&change, at).unwrap().0;
    }

    pub fn add(&mut self, entity: impl Ranked + Into<AnyEntity>) {
        let placed = self.plan.at_the_end(entity, self.today);
        self.apply(Change::Add(placed));
    }

    /// An edit in force from `today`.
    pub fn edit(&mut self, edit: Edit) {
        self.apply(Change::Edit { edit, from: None });
    }

    pub fn edit_from(&mut self, from: Day, edit: Edit) {
        self.apply(Change::Edit { edit, from: Some(from) });
    }

    pub fn edit_key_result(&mut self, id: KeyResultId, edit: KeyResultEdit) {
        self.edit(Edit::of(id, edit));
    }

    pub fn edit_objective(&mut self, id: ObjectiveId, edit: ObjectiveEdit) {
        self.edit(Edit::of(id, edit));
    }

    /// `objective` helps `parent`, and counts there.
    pub fn align(&mut self, objective: ObjectiveId, parent: ObjectiveId) {
        self.edit_objective(objective, ObjectiveEdit::parent(Some(parent)));
        self.edit_objective(parent, ObjectiveEdit::counts_aligned(true));
    }

    pub fn owner(&mut self, name: &str, parent: Option<OwnerId>) -> OwnerId {
        let (id, at) = (OwnerId::from(self.seed()), self.at());
        self.add(Owner::new(id, Name::new(name).unwrap(), Level::Team, at));
        self.edit(Edit::of(id, OwnerEdit::parent(parent)));
        id
    }

    pub fn initiative(&mut self, goal: Goal, state: InitiativeState) -> InitiativeId {
        let (id, at) = (InitiativeId::from(self.seed()), self.at());
        self.add(Initiative::new(id, goal, Name::new("Initiative").unwrap(), at));
        self.edit(Edit::of(id, InitiativeEdit::state(state)));
        id
    }

    pub fn close(&mut self, cycle: CycleId) {
        self.edit(Edit::of(cycle, CycleEdit::closed(true)));
    }

    pub fn cycle(&mut self, start: Day, end: Day) -> CycleId {
        let (id, at) = (CycleId::from(self.seed()), self.at());
        self.apply(Change::Add(Cycle::new(id, Name::new("Cycle").unwrap(), span(start, end), at).into()));
        id
    }

    pub fn objective(&mut self, cycle: Option<CycleId>) -> ObjectiveId {
        let (id, at) = (ObjectiveId::from(self.seed()), self.at());
        self.add(Objective::new(id, Name::new("Objective").unwrap(), cycle, at));
        id
    }

    pub fn key_result(&mut self, objective: ObjectiveId, measure: Measure) -> KeyResultId {
        let (id, at) = (KeyResultId::from(self.seed()), self.at());
        self.add(KeyResult::new(id, objective, Name::new("Key result").unwrap(), measure, at));
        id
    }

    pub fn weighted(&mut self, objective: ObjectiveId, measure: Measure, counts: f64) -> KeyResultId {
        let id = self.key_result(objective, measure);
        self.edit_key_result(id, KeyResultEdit::weight(weight(counts)));
        id
    }

    pub fn milestone(&mut self, of: KeyResultId, counts: f64, due: Option<i32>, done: Option<i32>) -> MilestoneId {
        let (id, at) = (MilestoneId::from(self.seed()), self.at());
        self.add(Milestone::new(id, of, Name::new("Milestone").unwrap(), at));
        for edit in [
            MilestoneEdit::weight(weight(counts)),
            MilestoneEdit::due(due.map(day)),
            MilestoneEdit::done(done.map(day)),
        ] {
            self.edit(Edit::of(id, edit));
        }
        id
    }

    pub fn kpi(&mut self, frequency: Frequency, aggregation: Aggregation) -> KpiId {
        let (id, at) = (KpiId::from(self.seed()), self.at());
        self.add(Kpi::new(id, Name::new("KPI").unwrap(), Prose::default(), frequency, at));
        self.edit(Edit::of(id, KpiEdit::aggregation(aggregation)));
        id
    }

    /// A monthly KPI of this name.
    pub fn called(&mut self, name: &str) -> KpiId {
        let id = self.kpi(Frequency::Monthly, Aggregation::Last);
        self.edit(Edit::of(id, KpiEdit::name(Name::new(name).unwrap())));
        id
    }

    /// What gives a KPI its values by a formula, written as people do.
    pub fn calculates(&self, id: KpiId, formula: &str) -> Change {
        let english = quantity::Separators { decimal: '.', group: ',' };
        let formula = infix::read(formula, &self.plan.kpi_names(), english).unwrap();
        Change::Edit { edit: Edit::of(id, KpiEdit::origin(Origin::Formula { formula })), from: None }
    }

    /// A monthly KPI of this name that is calculated.
    pub fn calculated(&mut self, name: &str, formula: &str) -> KpiId {
        let id = self.called(name);
        let change = self.calculates(id, formula);
        self.apply(change);
        id
    }

    /// Makes `part` a part of `whole`.
    pub fn part(&mut self, part: KpiId, whole: KpiId) {
        self.edit(Edit::of(part, KpiEdit::parent(Some(whole))));
    }

    /// Makes a KPI's values those of its parts.
    pub fn gathers(&mut self, whole: KpiId, gathering: Gathering) {
        self.edit(Edit::of(whole, KpiEdit::origin(Origin::Parts { gathering })));
    }

    pub fn target(&mut self, of: KpiId, from: Day, bounds: Bounds, tolerance: f64) {
        let target = Some(Target { bounds, tolerance: number(tolerance) });
        self.edit_from(from, Edit::of(of, KpiEdit::target(target)));
    }

    pub fn reading(&mut self, of: KpiId, on: Day, value: f64) {
        let key = self.plan.kpis.get(of).unwrap().readings.next_key(on, Actor(1));
        let row = Some(Reading { value: number(value), note: Prose::default() });
        self.apply(Change::Reading { of, key, row });
    }

    /// A check-in on day `n`; with neither value nor confidence it is a note.
    pub fn check_in(&mut self, of: KeyResultId, n: i32, value: Option<f64>, confidence: Option<u8>) {
        let key = self.plan.key_results.get(of).unwrap().check_ins.next_key(day(n), Actor(1));
        let confidence = confidence.map(|confidence| Confidence::new(confidence).unwrap());
        let note = Prose::new("a note").unwrap();
        let row = Some(CheckIn { value: value.map(number), confidence, note });
        self.apply(Change::CheckIn { of, key, row });
    }

    pub fn value(&mut self, of: KeyResultId, n: i32, value: f64) {
        self.check_in(of, n, Some(value), None);
    }

    /// A note in each week from day 1 on, so that nobody is silent.
    pub fn keep_up(&mut self, of: KeyResultId) {
        for week in 0..15 {
            self.check_in(of, week * 7 + 1, None, None);
        }
    }

    pub fn kind(&mut self, of: KeyResultId, kind: ObjectiveKind) {
        let objective = *self.plan.key_results.get(of).unwrap().objective.on(self.today);
        self.edit(Edit::of(objective, ObjectiveEdit::kind(kind)));
    }

    pub fn kind_of(&mut self, of: ObjectiveId, kind: ObjectiveKind) {
        self.edit_objective(of, ObjectiveEdit::kind(kind));
    }

    pub fn dates(&mut self, of: KeyResultId, start: Option<i32>, due: Option<i32>) {
        let dates = Some(OwnDates { start: start.map(day), due: due.map(day) });
        self.edit_key_result(of, KeyResultEdit::dates(dates));
    }

    pub fn key_result_of(&self, id: KeyResultId) -> &KeyResult {
        self.plan.key_results.get(id).unwrap()
    }

    /// The key result on day `n`.
    pub fn report(&self, of: KeyResultId, n: i32) -> KeyResultReport {
        self.plan.key_result_report(self.plan.key_results.get(of).unwrap(), day(n))
    }

    /// The objective on day `n`.
    pub fn objective_report(&self, of: ObjectiveId, n: i32) -> ObjectiveReport {
        self.plan.objective_report(self.plan.objectives.get(of).unwrap(), day(n))
    }

    pub fn readings(&mut self, of: KpiId, readings: &[(&str, f64)]) {
        for (on, value) in readings {
            self.reading(of, date(on), *value);
        }
    }

    /// The values of all periods up to a day, gaps as their reasons.
    pub fn values(&self, id: KpiId, on: &str) -> Vec<Result<f64, Gap>> {
        let periods = self.kpi_report(id, on).periods;
        periods.into_iter().map(|it| it.value.map(Number::get).ok_or_else(|| it.gap.unwrap())).collect()
    }

    pub fn kpi_report(&self, of: KpiId, on: &str) -> KpiReport {
        self.plan.kpi_report(self.plan.kpis.get(of).unwrap(), date(on))
    }
}
