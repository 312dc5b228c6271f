//! What one types about a key result, and the changes that it comes to.

use bearings_plan::{
    At, Bounds, Change, ChangeError, Dated, Day, Edit, Invalid, KeyResult, KeyResultEdit, Measure, Milestone, Name,
    Number, ObjectiveId, OwnDates, Prose, Rank, Share, Unit, Weight,
};

use super::key_result_more::{Given, More, share_input};
use crate::{
    reactive::{RwSignal, Signal},
    state::Workspace,
    ui::components::field::{Input, NumberInput},
    words::{errors, objectives as words},
};

/// How a key result is measured, as one chooses it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Metric,
    AtLeast,
    AtMost,
    Between,
    Milestones,
    Done,
    Baseline,
}

impl Kind {
    pub const ALL: [Self; 7] =
        [Self::Metric, Self::AtLeast, Self::AtMost, Self::Between, Self::Milestones, Self::Done, Self::Baseline];

    pub const fn word(self) -> &'static str {
        match self {
            Self::Metric => "metric",
            Self::AtLeast => "at-least",
            Self::AtMost => "at-most",
            Self::Between => "between",
            Self::Milestones => "milestones",
            Self::Done => "done",
            Self::Baseline => "baseline",
        }
    }

    pub fn parse(word: &str) -> Self {
        Self::ALL.into_iter().find(|kind| kind.word() == word).unwrap_or(Self::Metric)
    }

    pub const fn has_unit(self) -> bool {
        !matches!(self, Self::Milestones | Self::Done)
    }
}

impl From<&Measure> for Kind {
    fn from(measure: &Measure) -> Self {
        match measure {
            Measure::Metric { .. } => Self::Metric,
            Measure::Stay { bounds: Bounds::AtLeast { .. }, .. } => Self::AtLeast,
            Measure::Stay { bounds: Bounds::AtMost { .. }, .. } => Self::AtMost,
            Measure::Stay { bounds: Bounds::Between { .. }, .. } => Self::Between,
            Measure::Milestones {} => Self::Milestones,
            Measure::Done {} => Self::Done,
            Measure::Baseline {} => Self::Baseline,
        }
    }
}

/// The fields. What does not belong to the chosen kind stays typed, in case one changes one's mind.
#[derive(Debug, Clone, Copy)]
pub struct Form {
    pub title: Input,
    pub kind: Input,
    pub from: NumberInput,
    pub to: NumberInput,
    pub low: NumberInput,
    pub high: NumberInput,
    pub unit: Input,
    pub steps: Input,
    pub weight: NumberInput,
    pub start: Input,
    pub due: Input,
    /// Of a stay.
    pub share: NumberInput,
    /// Why a goalpost is moved.
    pub reason: Input,
    pub more: More,
    /// What is wrong with more than one field.
    pub wrong: RwSignal<Option<String>>,
}

/// What was understood of them.
pub struct Draft {
    title: Name,
    measure: Measure,
    unit: Unit,
    steps: Vec<Name>,
    weight: Weight,
    dates: Option<OwnDates>,
    reason: Prose,
    given: Given,
    new_owner: Option<Change>,
}

impl Form {
    pub fn new(of: Option<&KeyResult>, objective: ObjectiveId, today: Day) -> Self {
        let unit = Input::new(of.map(|of| of.unit.to_string()).unwrap_or_default());
        let measure = of.map(|of| of.measure.on(today));
        let (mut from, mut to, mut low, mut high) = (None, None, None, None);
        match measure {
            Some(Measure::Metric { start, target }) => (from, to) = (Some(*start), Some(*target)),
            Some(Measure::Stay { bounds, .. }) => match bounds {
                Bounds::AtLeast { value } => low = Some(*value),
                Bounds::AtMost { value } => high = Some(*value),
                Bounds::Between { low: least, high: most } => (low, high) = (Some(*least), Some(*most)),
            },
            _ => {}
        }
        let number = |value| NumberInput::new(value, Signal::derive(move || unit.unit_so_far()), None);
        let dates = of.and_then(|of| of.dates.on(today).as_ref());
        let day = |day: Option<Day>| Input::new(day.map(|day| day.to_string()).unwrap_or_default());
        let weight = of.map_or(Number::from(1), |of| of.weight.on(today).get());
        Self {
            title: Input::new(of.map(|of| of.title.to_string()).unwrap_or_default()),
            kind: Input::new(measure.map_or(Kind::Metric, Kind::from).word()),
            from: number(from),
            to: number(to),
            low: number(low),
            high: number(high),
            unit,
            steps: Input::new(""),
            weight: NumberInput::new(Some(weight), Unit::default(), None),
            start: day(dates.and_then(|dates| dates.start)),
            due: day(dates.and_then(|dates| dates.due)),
            share: share_input(measure),
            reason: Input::new(""),
            more: More::new(of, objective, unit, today),
            wrong: RwSignal::new(None),
        }
    }

    pub fn kind(&self) -> Kind {
        self.kind.text.with(|word| Kind::parse(word))
    }

    /// Reads every field, so that every error shows at once.
    pub fn read(&self, workspace: Workspace, at: At) -> Option<Draft> {
        self.wrong.set(None);
        let kind = self.kind.text.with_untracked(|word| Kind::parse(word));
        let title = self.title.name();
        self.unit.take_unit_from(self.numbers(kind));
        let measure = self.measure(kind);
        let unit = if kind.has_unit() { self.unit.unit() } else { Some(Unit::default()) };
        let steps = if kind == Kind::Milestones { self.steps() } else { Some(Vec::new()) };
        let weight = self.weight();
        let (start, due) = (self.start.day_if_any(), self.due.day_if_any());
        let (start, due) = (start?, due?);
        let dates = (start.is_some() || due.is_some()).then_some(OwnDates { start, due });
        let (reason, more) = (self.reason.prose(), self.more.read(kind, workspace, at));
        let (title, measure, unit, steps, weight) = (title?, measure?, unit?, steps?, weight?);
        let (given, new_owner) = more?;
        Some(Draft { title, measure, unit, steps, weight, dates, reason: reason?, given, new_owner })
    }

    /// The fields of numbers of a kind that its unit belongs to.
    fn numbers(&self, kind: Kind) -> Vec<Input> {
        let fields = match kind {
            Kind::Metric => vec![self.from, self.to],
            Kind::AtLeast => vec![self.low],
            Kind::AtMost => vec![self.high],
            Kind::Between => vec![self.low, self.high],
            Kind::Milestones | Kind::Done | Kind::Baseline => Vec::new(),
        };
        fields.into_iter().map(|field| field.input).collect()
    }

    fn measure(&self, kind: Kind) -> Option<Measure> {
        let share = match kind {
            Kind::AtLeast | Kind::AtMost | Kind::Between => self.share()?,
            _ => Share::default(),
        };
        let stay = |bounds| Measure::Stay { bounds, share };
        match kind {
            Kind::Metric => {
                let (start, target) = (self.from.number(), self.to.number());
                Some(Measure::Metric { start: start?, target: target? })
            }
            Kind::AtLeast => Some(stay(Bounds::AtLeast { value: self.low.number()? })),
            Kind::AtMost => Some(stay(Bounds::AtMost { value: self.high.number()? })),
            Kind::Between => {
                let (low, high) = (self.low.number(), self.high.number());
                Some(stay(Bounds::Between { low: low?, high: high? }))
            }
            Kind::Milestones => Some(Measure::Milestones {}),
            Kind::Done => Some(Measure::Done {}),
            Kind::Baseline => Some(Measure::Baseline {}),
        }
    }

    fn steps(&self) -> Option<Vec<Name>> {
        self.steps.read(|text| {
            let lines = text.lines().filter(|line| !line.trim().is_empty());
            lines.map(|line| Name::new(line).map_err(errors::text)).collect()
        })
    }

    fn share(&self) -> Option<Share> {
        let percent = self.share.number()?;
        match Share::of_percent(percent) {
            Ok(share) => Some(share),
            Err(_) => {
                self.share.input.error.set(Some(words::share_range().to_owned()));
                None
            }
        }
    }

    fn weight(&self) -> Option<Weight> {
        let Some(number) = self.weight.number_if_any()? else { return Some(Weight::default()) };
        match Weight::new(number) {
            Ok(weight) => Some(weight),
            Err(invalid) => {
                self.say(ChangeError::Invalid(invalid));
                None
            }
        }
    }

    /// Says what the plan did not accept, at the field that caused it.
    pub fn say(&self, error: ChangeError) {
        let at = |input: Input, text: &str| input.error.set(Some(text.to_owned()));
        match error {
            ChangeError::Invalid(Invalid::StartIsTarget) => {
                at(self.to.input, words::same_numbers());
                self.wrong.set(Some(words::same_explained().to_owned()));
            }
            ChangeError::Invalid(Invalid::BoundsUpsideDown) => at(self.high.input, words::upside_down()),
            ChangeError::Invalid(Invalid::EndBeforeStart) => at(self.due, self.upside_down()),
            ChangeError::Invalid(Invalid::Circle) => at(self.more.part_of(), &errors::change(error)),
            ChangeError::Invalid(Invalid::Weight) => at(self.weight.input, &errors::change(error)),
            _ => self.wrong.set(Some(errors::change(error))),
        }
    }

    /// Why it is due before it starts: where it has one day of its own, the other one is its cycle's.
    fn upside_down(&self) -> &'static str {
        let own = [self.start, self.due].map(|day| !day.text.with_untracked(String::is_empty));
        match own {
            [false, true] => words::due_before_cycle(),
            [true, false] => words::starts_after_cycle(),
            _ => words::due_before_start(),
        }
    }

    /// Puts the cursor into the first field that has an error.
    pub fn focus_error(&self) {
        let fields = [
            self.title,
            self.from.input,
            self.to.input,
            self.low.input,
            self.high.input,
            self.unit,
            self.steps,
            self.weight.input,
            self.start,
            self.due,
            self.share.input,
            self.reason,
        ];
        let mut fields = fields.into_iter().chain(self.more.inputs());
        if let Some(field) = fields.find(|field| field.error.with_untracked(Option::is_some)) {
            field.focus();
        }
    }
}

impl Draft {
    /// The changes that make a new key result, with its steps.
    pub fn add(self, workspace: Workspace, objective: ObjectiveId, at: At) -> Change {
        let mut key_result = KeyResult::new(workspace.id(), objective, self.title, self.measure, at);
        key_result.unit = self.unit.into();
        key_result.weight = Dated::new(at.day, self.weight);
        key_result.dates = Dated::new(at.day, self.dates);
        self.given.put_into(&mut key_result, at.day);
        let id = key_result.id;
        let added = workspace.shown_now().at_the_end(key_result, at.day);
        let mut rank: Option<Rank> = None;
        let steps = self.steps.into_iter().map(|title| {
            let mut step = Milestone::new(workspace.id(), id, title, at);
            let next = rank.as_ref().map_or_else(Rank::default, |last| Rank::between(Some(last), None));
            rank = Some(next.clone());
            step.rank = next.into();
            Change::Add(step.into())
        });
        Change::All(self.new_owner.into_iter().chain([Change::Add(added)]).chain(steps).collect())
    }

    /// Whether it moves the goalposts of `of`.
    pub fn moves_goalposts(&self, of: &KeyResult, today: Day) -> bool {
        *of.measure.on(today) != self.measure || *of.dates.on(today) != self.dates
    }

    /// Whether it says why.
    pub fn has_reason(&self) -> bool {
        !self.reason.is_empty()
    }

    /// The changes that make `of` what was typed; none where it is that already.
    pub fn edit(self, of: &KeyResult, today: Day) -> Option<Change> {
        let reason = self.moves_goalposts(of, today) && self.has_reason();
        let edits = [
            reason.then(|| KeyResultEdit::goalposts(self.reason.clone())),
            (*of.title != self.title).then_some(KeyResultEdit::title(self.title)),
            (*of.measure.on(today) != self.measure).then_some(KeyResultEdit::measure(self.measure)),
            (*of.unit != self.unit).then_some(KeyResultEdit::unit(self.unit)),
            (*of.weight.on(today) != self.weight).then_some(KeyResultEdit::weight(self.weight)),
            (*of.dates.on(today) != self.dates).then_some(KeyResultEdit::dates(self.dates)),
        ];
        let change = |edit| Change::Edit { edit: Edit::of(of.id, edit), from: None };
        let edits = edits.into_iter().flatten().map(change);
        let changes: Vec<_> = self.new_owner.into_iter().chain(edits).chain(self.given.edits(of, today)).collect();
        (!changes.is_empty()).then_some(Change::All(changes))
    }
}
