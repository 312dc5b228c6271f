//! What kind of number a KPI's value is, as it follows from what the KPI is made of: readings, a formula, parts.

use crate::{
    Aggregation, Bounds, Day, Formula, Function, Gathering, Kpi, KpiId, Number, Origin, Plan, Token, series::MAX_DEPTH,
    sorted::Sorted,
};

/// A property of a KPI's values that follows from the same property of the values that they are made of.
trait Nature {
    /// What the property may be.
    type Kind: Copy;
    /// That of what was deleted, and of what is made of itself.
    const UNKNOWN: Self::Kind;

    /// That of values that somebody reads.
    fn of_readings(&self, kpi: &Kpi, day: Day) -> Self::Kind;
    /// That of a number, which is the same in every period.
    fn of_number(&self, number: Number) -> Self::Kind;
    /// That of what a function makes of values.
    fn of_call(&self, function: Function, of: &[Self::Kind]) -> Self::Kind;
    /// That of parts taken together.
    fn of_parts(&self, gathering: Gathering, of: &[Self::Kind]) -> Self::Kind;
}

/// The nature of one KPI, and of all that it depends on.
struct Derivation<'a, N: Nature> {
    plan: &'a Plan,
    nature: N,
    day: Day,
    /// What was found already; unknown while it is being looked for.
    known: Sorted<KpiId, N::Kind>,
}

impl<N: Nature> Derivation<'_, N> {
    fn of(&mut self, id: KpiId, depth: usize) -> N::Kind {
        if let Some(known) = self.known.get(id) {
            return *known;
        }
        let Some(kpi) = self.plan.kpis.get(id).filter(|_| depth < MAX_DEPTH) else { return N::UNKNOWN };
        self.known.insert(id, N::UNKNOWN);
        let kind = match kpi.origin.on(self.day) {
            Origin::Readings {} => self.nature.of_readings(kpi, self.day),
            Origin::Formula { formula } => self.of_formula(formula, depth),
            Origin::Parts { gathering } => {
                let parts: Vec<_> = self.plan.parts_of(id, self.day).map(|part| part.id).collect();
                let parts: Vec<_> = parts.into_iter().map(|part| self.of(part, depth + 1)).collect();
                self.nature.of_parts(*gathering, &parts)
            }
        };
        self.known.insert(id, kind);
        kind
    }

    fn of_formula(&mut self, formula: &Formula, depth: usize) -> N::Kind {
        let mut stack = Vec::new();
        for token in formula.tokens() {
            let kind = match *token {
                Token::Number(number) => self.nature.of_number(number),
                Token::Kpi(id) => self.of(id, depth + 1),
                Token::Call(function, n) => {
                    // A formula that exists has as many values as its functions take.
                    let taken = stack.split_off(stack.len().saturating_sub(function.arity(n)));
                    self.nature.of_call(function, &taken)
                }
            };
            stack.push(kind);
        }
        stack.pop().unwrap_or(N::UNKNOWN)
    }
}

impl Plan {
    fn nature<N: Nature>(&self, nature: N, kpi: &Kpi, day: Day) -> N::Kind {
        Derivation { plan: self, nature, day, known: Sorted::default() }.of(kpi.id, 0)
    }

    /// Whether the value of a period is known only once that is over, and what there is before is "so far": unless the
    /// last reading counts, and is no running total; and of what is made of such values.
    #[must_use]
    pub fn is_known_at_end(&self, kpi: &Kpi, day: Day) -> bool {
        self.nature(KnownAtEnd, kpi, day)
    }

    /// Whether the value of a period begins at zero and fills up over its days, so that a share of what the period
    /// should have can be compared with the share of its time: sums, running totals, and formulas and parts that are
    /// sums or differences of such, or such times a number. A ratio, a mean, a minimum never fill up.
    #[must_use]
    pub fn accrues(&self, kpi: &Kpi, day: Day) -> bool {
        self.nature(Accrues, kpi, day) == Filling::Fills
    }

    /// How a KPI's values grow with the length of their period: 0 is not at all (a level), 1 is an amount; none where
    /// the value of one length of period says nothing about another.
    pub(crate) fn growth(&self, kpi: &Kpi, day: Day) -> Option<i32> {
        self.nature(Growth, kpi, day)
    }

    /// Whether a value that a running period has so far can only go further from the bounds that it breaks.
    pub(crate) fn cannot_come_back(&self, kpi: &Kpi, so_far: Number, bounds: &Bounds, day: Day) -> bool {
        let course = self.nature(Within(self), kpi, day);
        let (low, high) = match bounds {
            Bounds::AtLeast { value } => (Some(*value), None),
            Bounds::AtMost { value } => (None, Some(*value)),
            Bounds::Between { low, high } => (Some(*low), Some(*high)),
        };
        let (below, above) = (low.is_some_and(|low| so_far < low), high.is_some_and(|high| so_far > high));
        below && course == Course::Falls || above && course == Course::Rises
    }
}

/// See [`Plan::is_known_at_end`].
struct KnownAtEnd;

impl Nature for KnownAtEnd {
    type Kind = bool;
    const UNKNOWN: bool = false;

    fn of_readings(&self, kpi: &Kpi, day: Day) -> bool {
        *kpi.aggregation.on(day) != Aggregation::Last || *kpi.resets.on(day)
    }

    fn of_number(&self, _: Number) -> bool {
        false
    }

    fn of_call(&self, function: Function, of: &[bool]) -> bool {
        // A period before the running one is over.
        function != Function::Prev && of.contains(&true)
    }

    fn of_parts(&self, _: Gathering, of: &[bool]) -> bool {
        of.contains(&true)
    }
}

/// See [`Plan::accrues`].
struct Accrues;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Filling {
    Fills,
    /// The same in every period.
    Number,
    Neither,
}

impl Nature for Accrues {
    type Kind = Filling;
    const UNKNOWN: Filling = Filling::Neither;

    fn of_readings(&self, kpi: &Kpi, day: Day) -> Filling {
        match (*kpi.aggregation.on(day), *kpi.resets.on(day)) {
            (Aggregation::Sum, _) | (Aggregation::Last | Aggregation::Max, true) => Filling::Fills,
            _ => Filling::Neither,
        }
    }

    fn of_number(&self, _: Number) -> Filling {
        Filling::Number
    }

    fn of_call(&self, function: Function, of: &[Filling]) -> Filling {
        use Filling::{Fills, Neither, Number};
        match (function, of) {
            (Function::Ytd, _) => Neither,
            (_, of) if of.iter().all(|it| *it == Number) => Number,
            (Function::Add | Function::Subtract | Function::Sum | Function::Negate, of) => all_fill(of),
            (Function::Multiply | Function::Divide, [Fills, Number]) | (Function::Multiply, [Number, Fills]) => Fills,
            _ => Neither,
        }
    }

    fn of_parts(&self, gathering: Gathering, of: &[Filling]) -> Filling {
        match gathering {
            Gathering::Sum => all_fill(of),
            Gathering::Mean => Filling::Neither,
        }
    }
}

fn all_fill(of: &[Filling]) -> Filling {
    if !of.is_empty() && of.iter().all(|it| *it == Filling::Fills) { Filling::Fills } else { Filling::Neither }
}

/// See [`Plan::growth`].
struct Growth;

impl Nature for Growth {
    type Kind = Option<i32>;
    const UNKNOWN: Option<i32> = None;

    fn of_readings(&self, kpi: &Kpi, day: Day) -> Option<i32> {
        match (*kpi.aggregation.on(day), *kpi.resets.on(day)) {
            (Aggregation::Sum, _) => Some(1),
            // The last reading of a month is a total of its last week, say.
            (_, true) => None,
            (_, false) => Some(0),
        }
    }

    fn of_number(&self, _: Number) -> Option<i32> {
        Some(0)
    }

    fn of_call(&self, function: Function, of: &[Option<i32>]) -> Option<i32> {
        let (first, last) = ((*of.first()?)?, (*of.last()?)?);
        match function {
            Function::Multiply => Some(first + last),
            Function::Divide => Some(first - last),
            // Another period before, other sums.
            Function::Prev | Function::Ytd => None,
            Function::Negate
            | Function::Add
            | Function::Subtract
            | Function::Min
            | Function::Max
            | Function::Avg
            | Function::Sum => same(of),
        }
    }

    fn of_parts(&self, _: Gathering, of: &[Option<i32>]) -> Option<i32> {
        same(of)
    }
}

/// What all of them are, where they are the same.
fn same(all: &[Option<i32>]) -> Option<i32> {
    let first = *all.first()?;
    first.filter(|_| all.iter().all(|other| *other == first))
}

/// Where a running period's value can go from what it has so far; see [`Plan::cannot_come_back`].
struct Within<'a>(&'a Plan);

#[derive(Debug, Clone, Copy, PartialEq)]
enum Course {
    /// It stays as it is; a number says also what it is.
    Fixed(Option<f64>),
    /// It never falls.
    Rises,
    /// It never rises.
    Falls,
    /// It may do both.
    Open,
}

impl Course {
    const fn turned(self) -> Self {
        match self {
            Self::Rises => Self::Falls,
            Self::Falls => Self::Rises,
            Self::Fixed(_) | Self::Open => self,
        }
    }

    /// That of a value times (or by) another.
    fn scaled(self, by: Self) -> Self {
        match (self, by) {
            (Self::Fixed(_), Self::Fixed(_)) => Self::Fixed(None),
            (_, Self::Fixed(Some(by))) if by > 0.0 => self,
            (_, Self::Fixed(Some(by))) if by < 0.0 => self.turned(),
            _ => Self::Open,
        }
    }

    /// That of what rises with each of these values.
    fn together(of: impl IntoIterator<Item = Self>) -> Self {
        let mut moving = of.into_iter().filter(|it| !matches!(it, Self::Fixed(_)));
        let Some(first) = moving.next() else { return Self::Fixed(None) };
        if moving.all(|other| other == first) { first } else { Self::Open }
    }
}

impl Nature for Within<'_> {
    type Kind = Course;
    const UNKNOWN: Course = Course::Open;

    /// A sum rises where no reading was ever below zero (returns, corrections), and a running total where none was ever
    /// below the one before it in its period.
    fn of_readings(&self, kpi: &Kpi, day: Day) -> Course {
        let readings = || kpi.readings.between(Day::FIRST, day).map(|(key, reading)| (key.day, reading.value));
        match (*kpi.aggregation.on(day), *kpi.resets.on(day)) {
            (Aggregation::Sum, _) if readings().all(|(_, value)| value >= Number::ZERO) => Course::Rises,
            (Aggregation::Sum, _) if readings().all(|(_, value)| value <= Number::ZERO) => Course::Falls,
            (Aggregation::Max, _) => Course::Rises,
            (Aggregation::Min, _) => Course::Falls,
            (Aggregation::Last, true) => {
                let periods = self.0.periods(*kpi.frequency.on(day), day);
                let pairs = readings().zip(readings().skip(1));
                let fell = |((before, high), (on, low)): ((Day, Number), (Day, Number))| {
                    low < high && periods.period(before) == periods.period(on)
                };
                if pairs.into_iter().any(fell) { Course::Open } else { Course::Rises }
            }
            _ => Course::Open,
        }
    }

    fn of_number(&self, number: Number) -> Course {
        Course::Fixed(Some(number.get()))
    }

    fn of_call(&self, function: Function, of: &[Course]) -> Course {
        let (Some(first), Some(last)) = (of.first().copied(), of.last().copied()) else { return Course::Open };
        match function {
            Function::Add | Function::Sum | Function::Min | Function::Max | Function::Avg => {
                Course::together(of.iter().copied())
            }
            Function::Subtract => Course::together([first, last.turned()]),
            Function::Negate => match first {
                Course::Fixed(Some(number)) => Course::Fixed(Some(-number)),
                moving => moving.turned(),
            },
            Function::Multiply if matches!(first, Course::Fixed(_)) => last.scaled(first),
            Function::Multiply | Function::Divide => first.scaled(last),
            // A period before the running one is over.
            Function::Prev => Course::Fixed(None),
            Function::Ytd => Course::together([first]),
        }
    }

    fn of_parts(&self, gathering: Gathering, of: &[Course]) -> Course {
        match gathering {
            Gathering::Sum => Course::together(of.iter().copied()),
            // A part that begins within the period moves the mean either way.
            Gathering::Mean => Course::Open,
        }
    }
}
