//! The values that entities are made of, with their rules.

use serde_json::{Value, json};

use crate::{
    CycleId, Day, Invalid, KeyResultId, Name, Number, ObjectiveId, OwnerId, PillarId, ProblemKind, Prose, Status,
    in_order,
    json::{Json, Node, Problems, choice, record, tagged},
};

choice! {
    /// What an objective asks for; its line ends at 1.0, aspirational ones at 0.7.
    ObjectiveKind {
        /// Promised: it is to be reached in full.
        Committed = "committed",
        /// A stretch: 0.7 is a success.
        Aspirational = "aspirational",
        /// The result is to know something.
        Learning = "learning",
    }
}

choice! {
    /// The view that a pillar takes: of an organisation (the four of the Balanced Scorecard: R. S. Kaplan and D. P.
    /// Norton, "The Balanced Scorecard", 1996), or of a person's life.
    Perspective {
        /// What its owners see.
        Financial = "financial",
        /// What its customers see.
        Customer = "customer",
        /// What it has to be good at.
        Process = "internal-process",
        /// How it goes on getting better.
        Growth = "learning-growth",
        /// Body and mind.
        Health = "health",
        /// Family and friends.
        People = "family-friends",
        /// Work and career.
        Work = "work",
        /// Money.
        Money = "money",
        /// Learning.
        Learning = "learning",
        /// Home and surroundings.
        Home = "home",
        /// What is done for its own sake.
        Leisure = "leisure",
        /// What is done for others.
        Community = "community",
    }
}

choice! {
    /// How far an initiative is.
    InitiativeState {
        /// Not begun.
        Todo = "todo",
        /// Under way.
        Doing = "doing",
        /// Done.
        Done = "done",
        /// Given up.
        Dropped = "dropped",
    }
}

choice! {
    /// What became of an objective, as people decided when its cycle was closed.
    Outcome {
        /// Reached.
        Achieved = "achieved",
        /// Reached in part.
        Partial = "partial",
        /// Not reached.
        Missed = "missed",
        /// Put off.
        Postponed = "postponed",
        /// Given up.
        Cancelled = "cancelled",
    }
}

choice! {
    /// What becomes of a key result when its cycle is closed.
    Fate {
        /// The next cycle takes over what is missing.
        Carried = "carried",
        /// The next cycle begins it anew: the whole way, from its start to its target.
        Restarted = "restarted",
        /// It goes on as a KPI.
        Kept = "kept",
        /// It is over.
        LetGo = "let-go",
    }
}

choice! {
    /// Whom an owner stands for.
    Level {
        /// The whole company.
        Company = "company",
        /// A team.
        Team = "team",
        /// One person.
        Person = "person",
    }
}

choice! {
    /// How often a check-in is due, in windows counted from the start of a key result.
    Cadence {
        /// Every 7 days.
        Weekly = "weekly",
        /// Every 14 days.
        Fortnightly = "fortnightly",
        /// Every month.
        Monthly = "monthly",
        /// Every three months.
        Quarterly = "quarterly",
    }
}

tagged! {
    /// Where a value should be; the bounds themselves are within.
    Bounds {
        /// `value` or more.
        AtLeast = "at-least" {
            /// The lower bound.
            value: Number,
        }
        /// `value` or less.
        AtMost = "at-most" {
            /// The upper bound.
            value: Number,
        }
        /// From `low` to `high`.
        Between = "between" {
            /// The lower bound.
            low: Number,
            /// The upper bound.
            high: Number,
        }
    }
    check |bounds| match bounds {
        Bounds::Between { low, high } if low > high => Err(Invalid::BoundsUpsideDown),
        _ => Ok(()),
    }
}

impl Bounds {
    /// How far `value` lies outside; 0 within.
    #[must_use]
    pub fn miss(&self, value: Number) -> f64 {
        let (value, miss) = (value.get(), |gap: f64| gap.max(0.0));
        match self {
            Self::AtLeast { value: low } => miss(low.get() - value),
            Self::AtMost { value: high } => miss(value - high.get()),
            Self::Between { low, high } => miss(low.get() - value).max(miss(value - high.get())),
        }
    }
}

tagged! {
    /// How a key result is measured.
    Measure {
        /// From a start to a target, up or down.
        Metric = "metric" {
            /// The value at the start.
            start: Number,
            /// The value to reach.
            target: Number,
        }
        /// Stay within bounds.
        Stay = "stay" {
            /// Where the value should be.
            bounds: Bounds,
            /// The share of periods that have to lie within.
            share: Share,
        }
        /// Weighted steps, each done or not.
        Milestones = "milestones" {}
        /// Done or not.
        Done = "done" {}
        /// Find the number first; outside of all averages.
        Baseline = "baseline" {}
    }
    check |measure| match measure {
        Measure::Metric { start, target } if start == target => Err(Invalid::StartIsTarget),
        Measure::Stay { bounds, share } => bounds.check().and_then(|()| share.check()),
        _ => Ok(()),
    }
}

impl Measure {
    /// How its check-ins are answered.
    #[must_use]
    pub const fn answer(&self) -> Answer {
        match self {
            Self::Metric { .. } | Self::Stay { .. } | Self::Baseline {} => Answer::Number,
            Self::Done {} => Answer::Done,
            Self::Milestones {} => Answer::Silent,
        }
    }
}

/// How a check-in says where a key result stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Answer {
    /// By a number.
    #[default]
    Number,
    /// Done or not: see [`Number::from_done`].
    Done,
    /// Not at all: its steps are ticked. Confidence and a note remain.
    Silent,
}

tagged! {
    /// What an initiative is for.
    Goal {
        /// An objective as a whole.
        Objective = "objective" {
            /// Which one.
            id: ObjectiveId,
        }
        /// One key result.
        KeyResult = "key-result" {
            /// Which one.
            id: KeyResultId,
        }
    }
}

record! {
    /// A status that somebody gave in place of the computed one.
    Override {
        /// How it stands in their eyes.
        status: Status,
        /// Why.
        note: Prose,
    }
    check |given| if given.note.is_empty() { Err(Invalid::OverrideWithoutNote) } else { Ok(()) }
}

record! {
    /// What was decided about an objective when its cycle was closed.
    Verdict {
        /// How far it came, from 0 to 1; none where nobody says.
        score: Option<Score>,
        /// What became of it.
        outcome: Outcome,
        /// Why the score is not the one that was suggested, or why it is a success although a guard is broken.
        reason: Prose,
        /// What was learned.
        learned: Prose,
    }
}

record! {
    /// Values on the way of a metric beside its target.
    Marks {
        /// What is promised at least.
        commit: Option<Number>,
        /// What would be a stroke of luck.
        stretch: Option<Number>,
    }
}

record! {
    /// Which objectives are looked for; what is not said lets everything through.
    Criteria {
        /// Of this cycle.
        cycle: Option<CycleId>,
        /// Of this owner, or of those below.
        owner: Option<OwnerId>,
        /// Of this pillar.
        pillar: Option<PillarId>,
        /// With this tag.
        tag: Option<Name>,
        /// With this status.
        status: Option<Status>,
        /// With these words in its texts or those of its key results.
        text: Prose,
    }
}

record! {
    /// The days that something lasts, both included.
    Span {
        /// The first day.
        start: Day,
        /// The last day.
        end: Day,
    }
    check |span| if span.start > span.end { Err(Invalid::EndBeforeStart) } else { Ok(()) }
}

record! {
    /// A key result's own days, where they differ from its cycle's.
    OwnDates {
        /// The first day.
        start: Option<Day>,
        /// The day on which it is due.
        due: Option<Day>,
    }
    check |dates| match (dates.start, dates.due) {
        (Some(start), Some(due)) if start > due => Err(Invalid::EndBeforeStart),
        _ => Ok(()),
    }
}

record! {
    /// The gaps, as shares of the line end, at which the status changes.
    Bands {
        /// Behind by more than this needs attention.
        attention: Number,
        /// Behind by more than this is off track.
        off_track: Number,
    }
    check |bands| {
        let (attention, off_track) = (bands.attention.get(), bands.off_track.get());
        if 0.0 <= attention && attention < off_track && off_track <= 1.0 { Ok(()) } else { Err(Invalid::Bands) }
    }
}

record! {
    /// How a key result stood on a day, as a person saw it.
    CheckIn {
        /// The value; none where only confidence or a note is given.
        value: Option<Number>,
        /// How likely it is to be reached.
        confidence: Option<Confidence>,
        /// What happened.
        note: Prose,
    }
    check |check_in| check_in.confidence.check()
}

/// How likely a key result is to be reached: 0 (no hope) to 10 (certain).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Confidence(u8);

impl Confidence {
    /// # Errors
    /// [`Invalid::Confidence`] over 10.
    pub const fn new(value: u8) -> Result<Self, Invalid> {
        if value <= 10 { Ok(Self(value)) } else { Err(Invalid::Confidence) }
    }

    /// 0 to 10.
    #[must_use]
    pub const fn get(self) -> u8 {
        self.0
    }
}

impl Json for Confidence {
    fn write(&self) -> Value {
        Value::from(self.0)
    }

    fn read(node: &Node<'_>, problems: &mut Problems) -> Option<Self> {
        let value = node.value.as_u64().and_then(|value| u8::try_from(value).ok());
        match value.map_or(Err(Invalid::Confidence), Self::new) {
            Ok(value) => Some(value),
            Err(invalid) => node.fail(invalid, problems),
        }
    }

    fn schema() -> Value {
        json!({"type": "integer", "minimum": 0, "maximum": 10})
    }
}

macro_rules! ranged {
    ($($(#[$doc:meta])* $type:ident $default:literal, $rule:expr, $invalid:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub struct $type(Number);

        impl $type {
            /// # Errors
            /// Out of range.
            pub fn new(value: Number) -> Result<Self, Invalid> {
                let rule: fn(f64) -> bool = $rule;
                if rule(value.get()) { Ok(Self(value)) } else { Err(Invalid::$invalid) }
            }

            /// The number.
            #[must_use]
            pub const fn get(self) -> Number {
                self.0
            }
        }

        impl Default for $type {
            fn default() -> Self {
                Self(Number::new($default).unwrap_or_default())
            }
        }

        impl Json for $type {
            fn write(&self) -> Value {
                self.0.write()
            }

            fn read(node: &Node<'_>, problems: &mut Problems) -> Option<Self> {
                match Self::new(Number::read(node, problems)?) {
                    Ok(value) => Some(value),
                    Err(invalid) => node.fail(invalid, problems),
                }
            }

            fn schema() -> Value {
                Number::schema()
            }

            fn absent() -> Option<Self> {
                Some(Self::default())
            }

            fn is_absent(&self) -> bool {
                *self == Self::default()
            }
        }
    )*};
}

ranged! {
    /// How much a key result counts in its objective: 0 to 1000, 1 unless told.
    Weight 1.0, |value| (0.0..=1000.0).contains(&value), Weight;
    /// A share: above 0, up to 1; 0.8 unless told.
    Share 0.8, |value| value > 0.0 && value <= 1.0, Share;
    /// How far something came: 0 to 1.
    Score 0.0, |value| (0.0..=1.0).contains(&value), Score;
}

impl Share {
    /// From what people write: 80 is 0.8.
    ///
    /// # Errors
    /// [`Invalid::Share`] beyond 0 to 100.
    pub fn of_percent(percent: Number) -> Result<Self, Invalid> {
        Number::new(percent.get() / 100.0).map_err(|_| Invalid::Share).and_then(Self::new)
    }

    /// As people write it: 0.8 is 80.
    #[must_use]
    pub fn percent(self) -> Number {
        percent_of(self.get())
    }
}

impl Bands {
    /// From what people write: 10 and 25 are gaps of 0.10 and 0.25.
    ///
    /// # Errors
    /// [`Invalid::Bands`] where they are not in order, or beyond 0 to 100.
    pub fn of_percent(attention: Number, off_track: Number) -> Result<Self, Invalid> {
        let share = |percent: Number| Number::new(percent.get() / 100.0).map_err(|_| Invalid::Bands);
        let bands = Self { attention: share(attention)?, off_track: share(off_track)? };
        bands.check().map(|()| bands)
    }

    /// A gap as people write it.
    #[must_use]
    pub fn percent(gap: Number) -> Number {
        percent_of(gap)
    }
}

/// 0.55 is 55 and no more: to nine decimals.
fn percent_of(share: Number) -> Number {
    Number::new(crate::status::rounded(share.get() * 100.0)).unwrap_or_default()
}

/// The month in which a fiscal year begins: 1 to 12, January unless told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Month(u8);

impl Month {
    /// # Errors
    /// [`Invalid::Month`] beyond 1 to 12.
    pub const fn new(month: u8) -> Result<Self, Invalid> {
        if 1 <= month && month <= 12 { Ok(Self(month)) } else { Err(Invalid::Month) }
    }

    /// 1 to 12.
    #[must_use]
    pub const fn get(self) -> u8 {
        self.0
    }
}

impl Default for Month {
    fn default() -> Self {
        Self(1)
    }
}

impl Json for Month {
    fn write(&self) -> Value {
        Value::from(self.0)
    }

    fn read(node: &Node<'_>, problems: &mut Problems) -> Option<Self> {
        let month = node.value.as_u64().and_then(|month| u8::try_from(month).ok());
        match month.map_or(Err(Invalid::Month), Self::new) {
            Ok(month) => Some(month),
            Err(invalid) => node.fail(invalid, problems),
        }
    }

    fn schema() -> Value {
        json!({"type": "integer", "minimum": 1, "maximum": 12})
    }

    fn absent() -> Option<Self> {
        Some(Self::default())
    }

    fn is_absent(&self) -> bool {
        *self == Self::default()
    }
}

/// Words to find things by: each once, in alphabetical order, up to [`Tags::MAX`].
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Tags(Vec<Name>);

impl Tags {
    /// The most tags that one thing may have.
    pub const MAX: usize = 20;

    /// From what people write: words or short phrases between commas.
    ///
    /// # Errors
    /// [`Invalid::Tags`] for too many, or for one that is too long.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        let tags = text.split(',').filter(|tag| !tag.trim().is_empty());
        let tags: Result<Vec<_>, _> = tags.map(Name::new).collect();
        let mut tags = in_order(tags.map_err(|_| Invalid::Tags)?, Name::cmp);
        tags.dedup();
        if tags.len() > Self::MAX { Err(Invalid::Tags) } else { Ok(Self(tags)) }
    }

    /// Each of them.
    pub fn iter(&self) -> std::slice::Iter<'_, Name> {
        self.0.iter()
    }
}

impl Json for Tags {
    fn write(&self) -> Value {
        self.0.iter().map(Json::write).collect()
    }

    fn read(node: &Node<'_>, problems: &mut Problems) -> Option<Self> {
        let tags = in_order(node.array(Self::MAX, problems, Name::read)?, Name::cmp);
        if tags.is_sorted_by(|a, b| a < b) { Some(Self(tags)) } else { node.fail(ProblemKind::Duplicate, problems) }
    }

    fn schema() -> Value {
        json!({"type": "array", "maxItems": Self::MAX, "uniqueItems": true, "items": Name::schema()})
    }

    fn absent() -> Option<Self> {
        Some(Self::default())
    }

    fn is_absent(&self) -> bool {
        self.0.is_empty()
    }
}
