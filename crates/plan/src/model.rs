//! What a plan consists of: one declaration for each kind of thing.

use crate::{
    Aggregation, At, Bands, Benchmark, Cadence, CheckIn, CycleId, Day, Frequency, KeyResultId, KpiId, Level, Log,
    Measure, MilestoneId, Name, Number, ObjectiveId, ObjectiveKind, OwnDates, OwnerId, PlanId, Prose, Rank, Reading,
    Span, Target, Unit, Weight,
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
    }
}

entity! {
    /// A person or a team.
    Owner (OwnerId) called by its name, edited by OwnerEdit {
        /// What they are called.
        name: Field<Name>;
        /// Whom they stand for.
        level: Field<Level>;
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
    /// A standing measure.
    Kpi (KpiId) called by its name, edited by KpiEdit {
        /// What is measured.
        name: Field<Name>;
        /// Why we care.
        why: Field<Prose>;
        /// What exactly is counted, and where the number comes from.
        definition: Field<Prose>;
        /// What its values count.
        unit: Field<Unit>;
        /// How often it is read.
        frequency: Dated<Frequency>;
        /// How the readings of a period become one value.
        aggregation: Dated<Aggregation>;
        /// Where it should be, from which day on.
        target: Dated<Option<Target>>;
        /// What others reach.
        benchmark: Field<Option<Benchmark>>;
        /// Who cares for it.
        owner: Field<Option<OwnerId>>;
        /// The place in the manual order.
        rank: Field<Rank>;
    }
    log
    /// Its readings.
    readings: Log<Reading>;
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
        }
    }
}

impl Owner {
    /// A new owner.
    #[must_use]
    pub fn new(id: OwnerId, name: Name, level: Level, at: At) -> Self {
        let rank = Rank::default().into();
        Self { id, born: at.stamp, created: at.day, name: name.into(), level: level.into(), rank }
    }
}

impl Cycle {
    /// A new cycle.
    #[must_use]
    pub fn new(id: CycleId, name: Name, span: Span, at: At) -> Self {
        Self { id, born: at.stamp, created: at.day, name: name.into(), span: Dated::new(at.day, span) }
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
            rank: Rank::default().into(),
            check_ins: Log::default(),
        }
    }
}

impl Milestone {
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
            definition: Prose::default().into(),
            unit: Unit::default().into(),
            frequency: Dated::new(at.day, frequency),
            aggregation: Dated::new(at.day, Aggregation::Last),
            target: Dated::new(at.day, None),
            benchmark: None.into(),
            owner: None.into(),
            rank: Rank::default().into(),
            readings: Log::default(),
        }
    }
}
