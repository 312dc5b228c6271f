//! What a plan consists of: one declaration for each kind of thing.

use crate::{
    Aggregation, At, Bands, Baselines, Benchmark, Cadence, Centre, CheckIn, Criteria, CycleId, Day, Fate, FilterId,
    Frequency, Goal, Guards, Indicator, InitiativeId, InitiativeState, KeyResultId, KpiId, Level, Log, Marks, Measure,
    MilestoneId, Month, Name, NaturalBounds, Number, ObjectiveId, ObjectiveKind, Origin, Override, OwnDates, OwnerId,
    Perspective, PillarId, PlanId, Prose, Rank, Reading, Scrapped, Span, Tags, Target, Unit, Verdict, Weight,
    entity::entity,
    register::{Dated, Field, Slot},
};

entity! {
    /// What is true of the plan as a whole.
    Frame (PlanId) called by its name, edited by FrameEdit {
        /// What the plan is called.
        name: Field<Name>;
        /// The ultimate goal.
        mission: Field<Prose>;
        /// How often check-ins are due.
        cadence: Dated<Cadence>;
        /// Where the status changes.
        bands: Dated<Bands>;
        /// The month in which its years begin.
        fiscal_start: Dated<Month>;
    }
}

entity! {
    /// A strategic theme.
    Pillar (PillarId) called by its name, edited by PillarEdit {
        /// What it is called.
        name: Field<Name>;
        /// From where it looks.
        perspective: Field<Option<Perspective>>;
        /// The place in the manual order.
        rank: Field<Rank>;
    }
}

entity! {
    /// A person or a team.
    Owner (OwnerId) called by its name, edited by OwnerEdit {
        /// What they are called.
        name: Field<Name>;
        /// Whom they stand for.
        level: Field<Level>;
        /// The team or company that they belong to.
        parent: Field<Option<OwnerId>>;
        /// The place in the manual order.
        rank: Field<Rank>;
    }
}

entity! {
    /// A period in which objectives are pursued.
    Cycle (CycleId) called by its name, edited by CycleEdit {
        /// What it is called.
        name: Field<Name>;
        /// Its days.
        span: Dated<Span>;
        /// Whether it is closed: what happened in it is history.
        closed: Dated<bool>;
        /// What was learned in it.
        lookback: Field<Prose>;
    }
}

entity! {
    /// Where to go.
    Objective (ObjectiveId) called by its title, edited by ObjectiveEdit {
        /// The destination, in words.
        title: Field<Name>;
        /// Why it matters.
        why: Field<Prose>;
        /// Who cares for it.
        owner: Field<Option<OwnerId>>;
        /// When it is pursued; none while it waits in the backlog.
        cycle: Dated<Option<CycleId>>;
        /// What it asks for.
        kind: Dated<ObjectiveKind>;
        /// The theme that it belongs to.
        pillar: Field<Option<PillarId>>;
        /// The objective that it helps.
        parent: Dated<Option<ObjectiveId>>;
        /// How much it counts there, where that one counts those that help it.
        parent_weight: Dated<Weight>;
        /// Whether the objectives that help it count in its progress, beside its key results.
        counts_aligned: Dated<bool>;
        /// Words to find it by.
        tags: Field<Tags>;
        /// How it stands in somebody's eyes.
        judged: Dated<Option<Override>>;
        /// Whether it is put away.
        archived: Dated<bool>;
        /// What was decided at the end.
        verdict: Dated<Option<Verdict>>;
        /// The one of an earlier cycle that it goes on from.
        continues: Field<Option<ObjectiveId>>;
        /// The place in the manual order.
        rank: Field<Rank>;
    }
}

entity! {
    /// How we know that we are there.
    KeyResult (KeyResultId) called by its title, edited by KeyResultEdit {
        /// What is measured, in words.
        title: Field<Name>;
        /// The objective that it belongs to.
        objective: Dated<ObjectiveId>;
        /// How it is measured.
        measure: Dated<Measure>;
        /// What its values count.
        unit: Field<Unit>;
        /// How much it counts in its objective.
        weight: Dated<Weight>;
        /// Its days, where they differ from the cycle's.
        dates: Dated<Option<OwnDates>>;
        /// How often a check-in is due, where it differs from the plan's.
        cadence: Dated<Option<Cadence>>;
        /// Who cares for it, where it is not the objective's owner.
        owner: Field<Option<OwnerId>>;
        /// The KPI whose value is its value.
        fed_by: Dated<Option<KpiId>>;
        /// The key result of which it takes a share.
        part_of: Dated<Option<KeyResultId>>;
        /// KPIs that must not suffer from what is done for it.
        guards: Dated<Guards>;
        /// Values on its way beside the target.
        marks: Dated<Option<Marks>>;
        /// The gaps at which its status changes, where they differ from the plan's.
        bands: Dated<Option<Bands>>;
        /// Why its start, target or days were changed on the day from which this says so.
        goalposts: Dated<Prose>;
        /// How it stands in somebody's eyes.
        judged: Dated<Option<Override>>;
        /// What became of it at the end.
        fate: Dated<Option<Fate>>;
        /// The one of an earlier cycle that it goes on from.
        continues: Field<Option<KeyResultId>>;
        /// The place in the manual order.
        rank: Field<Rank>;
    }
    log
    /// Its check-ins.
    check_ins: Log<CheckIn>;
}

entity! {
    /// One step of a key result that is measured by milestones.
    Milestone (MilestoneId) called by its title, edited by MilestoneEdit {
        /// What is done then.
        title: Field<Name>;
        /// The key result that it belongs to.
        key_result: Field<KeyResultId>;
        /// How much it counts.
        weight: Dated<Weight>;
        /// The day on which it is due; the key result's if none.
        due: Dated<Option<Day>>;
        /// The day on which it was done.
        done: Field<Option<Day>>;
        /// The place in the manual order.
        rank: Field<Rank>;
    }
}

entity! {
    /// What we do to get there. It never moves progress by itself.
    Initiative (InitiativeId) called by its title, edited by InitiativeEdit {
        /// What is done.
        title: Field<Name>;
        /// What it is for.
        goal: Field<Goal>;
        /// How far it is.
        state: Dated<InitiativeState>;
        /// Who does it.
        owner: Field<Option<OwnerId>>;
        /// The day on which it should be done.
        due: Field<Option<Day>>;
        /// The place in the manual order.
        rank: Field<Rank>;
    }
}

entity! {
    /// A standing measure.
    Kpi (KpiId) called by its name, edited by KpiEdit {
        /// What is measured.
        name: Field<Name>;
        /// Why we care.
        why: Field<Prose>;
        /// The question that it answers.
        question: Field<Prose>;
        /// What exactly is counted.
        definition: Field<Prose>;
        /// Where the numbers are found.
        source: Field<Prose>;
        /// What it does not tell, and how it may mislead.
        limits: Field<Prose>;
        /// What its values count.
        unit: Field<Unit>;
        /// How often it is read.
        frequency: Dated<Frequency>;
        /// How the readings of a period become one value.
        aggregation: Dated<Aggregation>;
        /// Whether readings are running totals that begin again at zero with each period. Sums do so by themselves.
        resets: Dated<bool>;
        /// Where its values come from.
        origin: Dated<Origin>;
        /// The KPI that it is a part of: the same for one person, site or segment.
        parent: Dated<Option<KpiId>>;
        /// Where it should be, from which day on.
        target: Dated<Option<Target>>;
        /// KPIs that must not suffer from what is done for it.
        guards: Dated<Guards>;
        /// What others reach.
        benchmark: Field<Option<Benchmark>>;
        /// Whether it moves before the result, or with it.
        indicator: Field<Option<Indicator>>;
        /// Who cares for it.
        owner: Field<Option<OwnerId>>;
        /// The theme that it belongs to.
        pillar: Field<Option<PillarId>>;
        /// The values that it cannot go beyond.
        natural_bounds: Field<Option<NaturalBounds>>;
        /// From when on the limits of its natural variation are computed anew.
        baselines: Field<Baselines>;
        /// What its natural variation is around, where that is not the average.
        centre: Field<Option<Centre>>;
        /// Why it is not kept any more; none while it is.
        scrapped: Dated<Option<Scrapped>>;
        /// The key result that it was kept from when a cycle was closed.
        kept_from: Field<Option<KeyResultId>>;
        /// The place in the manual order.
        rank: Field<Rank>;
    }
    log
    /// Its readings.
    readings: Log<Reading>;
}

entity! {
    /// Criteria that are used again and again.
    Filter (FilterId) called by its name, edited by FilterEdit {
        /// What it is called.
        name: Field<Name>;
        /// What it looks for.
        criteria: Field<Criteria>;
        /// The place in the manual order.
        rank: Field<Rank>;
    }
}

impl Frame {
    /// The frame of a new plan: weekly check-ins, attention at a gap of 0.10, off track at 0.25.
    #[must_use]
    pub fn new(id: PlanId, name: Name, at: At) -> Self {
        let number = |value| Number::new(value).unwrap_or_default();
        let bands = Bands { attention: number(0.10), off_track: number(0.25) };
        Self {
            id,
            born: at.stamp,
            created: at.day,
            name: name.into(),
            mission: Prose::default().into(),
            cadence: Dated::new(at.day, Cadence::Weekly),
            bands: Dated::new(at.day, bands),
            fiscal_start: Dated::new(at.day, Month::default()),
        }
    }
}

impl Pillar {
    /// A new pillar without a perspective.
    #[must_use]
    pub fn new(id: PillarId, name: Name, at: At) -> Self {
        let rank = Rank::default().into();
        Self { id, born: at.stamp, created: at.day, name: name.into(), perspective: None.into(), rank }
    }
}

impl Owner {
    /// A new owner.
    #[must_use]
    pub fn new(id: OwnerId, name: Name, level: Level, at: At) -> Self {
        let rank = Rank::default().into();
        let parent = None.into();
        Self { id, born: at.stamp, created: at.day, name: name.into(), level: level.into(), parent, rank }
    }
}

impl Cycle {
    /// A new cycle.
    #[must_use]
    pub fn new(id: CycleId, name: Name, span: Span, at: At) -> Self {
        Self {
            id,
            born: at.stamp,
            created: at.day,
            name: name.into(),
            span: Dated::new(at.day, span),
            closed: Dated::new(at.day, false),
            lookback: Prose::default().into(),
        }
    }
}

impl Objective {
    /// A new objective: committed, without an owner.
    #[must_use]
    pub fn new(id: ObjectiveId, title: Name, cycle: Option<CycleId>, at: At) -> Self {
        Self {
            id,
            born: at.stamp,
            created: at.day,
            title: title.into(),
            why: Prose::default().into(),
            owner: None.into(),
            cycle: Dated::new(at.day, cycle),
            kind: Dated::new(at.day, ObjectiveKind::Committed),
            pillar: None.into(),
            parent: Dated::new(at.day, None),
            parent_weight: Dated::new(at.day, Weight::default()),
            counts_aligned: Dated::new(at.day, false),
            tags: Tags::default().into(),
            judged: Dated::new(at.day, None),
            archived: Dated::new(at.day, false),
            verdict: Dated::new(at.day, None),
            continues: None.into(),
            rank: Rank::default().into(),
        }
    }
}

impl KeyResult {
    /// A new key result of weight 1, with its cycle's days and its plan's cadence.
    #[must_use]
    pub fn new(id: KeyResultId, objective: ObjectiveId, title: Name, measure: Measure, at: At) -> Self {
        Self {
            id,
            born: at.stamp,
            created: at.day,
            title: title.into(),
            objective: Dated::new(at.day, objective),
            measure: Dated::new(at.day, measure),
            unit: Unit::default().into(),
            weight: Dated::new(at.day, Weight::default()),
            dates: Dated::new(at.day, None),
            cadence: Dated::new(at.day, None),
            owner: None.into(),
            fed_by: Dated::new(at.day, None),
            part_of: Dated::new(at.day, None),
            guards: Dated::new(at.day, Guards::default()),
            marks: Dated::new(at.day, None),
            bands: Dated::new(at.day, None),
            goalposts: Dated::new(at.day, Prose::default()),
            judged: Dated::new(at.day, None),
            fate: Dated::new(at.day, None),
            continues: None.into(),
            rank: Rank::default().into(),
            check_ins: Log::default(),
        }
    }
}

impl KeyResult {
    /// The objective that it belongs to in the end: the last decision about it.
    #[must_use]
    pub fn belongs_to(&self) -> ObjectiveId {
        self.objective.revisions().next_back().map_or(*self.objective.on(self.created), |last| *last.value)
    }
}

impl Milestone {
    /// The day on which it was done, as far as that is known on `day`.
    #[must_use]
    pub fn done_by(&self, day: Day) -> Option<Day> {
        self.done.filter(|done| *done <= day)
    }

    /// A new milestone of weight 1, due with its key result.
    #[must_use]
    pub fn new(id: MilestoneId, key_result: KeyResultId, title: Name, at: At) -> Self {
        Self {
            id,
            born: at.stamp,
            created: at.day,
            title: title.into(),
            key_result: key_result.into(),
            weight: Dated::new(at.day, Weight::default()),
            due: Dated::new(at.day, None),
            done: None.into(),
            rank: Rank::default().into(),
        }
    }
}

impl Initiative {
    /// A new initiative that is not begun.
    #[must_use]
    pub fn new(id: InitiativeId, goal: Goal, title: Name, at: At) -> Self {
        Self {
            id,
            born: at.stamp,
            created: at.day,
            title: title.into(),
            goal: goal.into(),
            state: Dated::new(at.day, InitiativeState::Todo),
            owner: None.into(),
            due: None.into(),
            rank: Rank::default().into(),
        }
    }
}

impl Initiative {
    /// Whether it is neither done nor dropped.
    #[must_use]
    pub fn is_open(&self, day: Day) -> bool {
        matches!(self.state.on(day), InitiativeState::Todo | InitiativeState::Doing)
    }

    /// Whether it is open, and should have been done before this day.
    #[must_use]
    pub fn is_late(&self, day: Day) -> bool {
        self.is_open(day) && self.due.is_some_and(|due| due < day)
    }
}

impl Filter {
    /// A new filter.
    #[must_use]
    pub fn new(id: FilterId, name: Name, criteria: Criteria, at: At) -> Self {
        let rank = Rank::default().into();
        Self { id, born: at.stamp, created: at.day, name: name.into(), criteria: criteria.into(), rank }
    }
}

impl Kpi {
    /// A new KPI without a target, read every `frequency` by its last reading.
    #[must_use]
    pub fn new(id: KpiId, name: Name, why: Prose, frequency: Frequency, at: At) -> Self {
        Self {
            id,
            born: at.stamp,
            created: at.day,
            name: name.into(),
            why: why.into(),
            question: Prose::default().into(),
            definition: Prose::default().into(),
            source: Prose::default().into(),
            limits: Prose::default().into(),
            unit: Unit::default().into(),
            frequency: Dated::new(at.day, frequency),
            aggregation: Dated::new(at.day, Aggregation::Last),
            resets: Dated::new(at.day, false),
            origin: Dated::new(at.day, Origin::Readings {}),
            parent: Dated::new(at.day, None),
            target: Dated::new(at.day, None),
            guards: Dated::new(at.day, Guards::default()),
            benchmark: None.into(),
            indicator: None.into(),
            owner: None.into(),
            pillar: None.into(),
            natural_bounds: None.into(),
            baselines: Baselines::default().into(),
            centre: None.into(),
            scrapped: Dated::new(at.day, None),
            kept_from: None.into(),
            rank: Rank::default().into(),
            readings: Log::default(),
        }
    }
}
