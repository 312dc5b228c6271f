//! The values of KPIs period by period, wherever they come from: readings, formulas, parts.

use std::rc::Rc;

use crate::{
    Aggregation, Day, Formula, Frequency, Function, Gathering, Kpi, KpiId, Number, Origin, Periods, Plan, Span, Token,
    in_order, number::mean, sorted::Sorted,
};

/// Why a KPI has no value in a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gap {
    /// Nothing was read of this KPI.
    NoReading(KpiId),
    /// This KPI was deleted.
    Gone(KpiId),
    /// Something is divided by zero.
    DivisionByZero,
    /// The result is beyond what a number may be.
    TooLarge,
    /// A formula looks back further than there are values.
    NoneBefore,
    /// This KPI needs its own value, or depends on a chain of more than [`MAX_DEPTH`] others.
    Circle(KpiId),
    /// It consists of parts, and none had begun.
    NoParts(KpiId),
}

/// The longest chain of KPIs of which each depends on the next.
pub(crate) const MAX_DEPTH: usize = 64;
/// The most periods that are looked at: ten years of days.
const MAX_PERIODS: usize = 3_660;

/// A value for each of some periods, in the KPI's unit.
type Series = Vec<Result<f64, Gap>>;

impl Plan {
    /// Every period of a KPI from the first one in which it can have a value to `day`, oldest first; at most the last
    /// ten years of days.
    #[must_use]
    pub fn kpi_spans(&self, kpi: &Kpi, day: Day) -> Vec<Span> {
        self.kpi_spans_from(kpi, None, day)
    }

    /// The same, but where a KPI is read itself, no period that ends before `from`: only a formula looks further back.
    pub(crate) fn kpi_spans_from(&self, kpi: &Kpi, from: Option<Day>, day: Day) -> Vec<Span> {
        let from = from.filter(|_| kpi.is_read(day)).unwrap_or(Day::FIRST);
        self.spans_by_from(self.periods(*kpi.frequency.on(day), day), kpi, from, day)
    }

    /// The same by periods of another length.
    pub(crate) fn spans_by(&self, periods: Periods, kpi: &Kpi, day: Day) -> Vec<Span> {
        self.spans_by_from(periods, kpi, Day::FIRST, day)
    }

    fn spans_by_from(&self, periods: Periods, kpi: &Kpi, from: Day, day: Day) -> Vec<Span> {
        let first = self.first_read(kpi.id, day).map(|first| first.max(from)).filter(|first| *first <= day);
        let Some(first) = first else { return Vec::new() };
        let mut spans = vec![periods.period(day)];
        while let Some(last) = spans.last()
            && last.start > first
            && spans.len() < MAX_PERIODS
        {
            spans.push(periods.before(last));
        }
        spans.reverse();
        spans
    }

    /// A KPI's value in each of these periods, as it is known on `day`. They follow one another.
    pub(crate) fn kpi_values(&self, kpi: &Kpi, spans: &[Span], day: Day) -> Vec<Result<Number, Gap>> {
        let values = Evaluation::new(self, kpi, spans, day).of(kpi.id);
        values.iter().map(|value| value.and_then(number)).collect()
    }

    /// What each of some formulas gives in one of a KPI's periods, as it is known on `day`: in the periods in which that
    /// KPI is read, from the first on in which it can have a value.
    pub(crate) fn formula_values(
        &self,
        kpi: &Kpi,
        formulas: &[Formula],
        period: &Span,
        day: Day,
    ) -> Vec<Result<Number, Gap>> {
        let spans = self.kpi_spans(kpi, day);
        let at = spans.iter().position(|span| span == period);
        let mut evaluation = Evaluation::new(self, kpi, &spans, day);
        let mut value = |formula| evaluation.calculated(formula).get(at?).copied();
        formulas.iter().map(|formula| value(formula).unwrap_or(Err(Gap::NoneBefore)).and_then(number)).collect()
    }

    /// The KPIs whose values a KPI's value is made of: those that its formula speaks of, or its parts. None where it is
    /// read itself.
    #[must_use]
    pub fn kpi_inputs(&self, kpi: &Kpi, day: Day) -> Vec<KpiId> {
        match kpi.origin.on(day) {
            Origin::Readings {} => Vec::new(),
            Origin::Formula { formula } => formula.kpis().collect(),
            Origin::Parts { .. } => self.parts_of(kpi.id, day).map(|part| part.id).collect(),
        }
    }

    /// Those that are part of a KPI, in the order of ids; scrapped ones too.
    pub fn parts_of(&self, kpi: KpiId, day: Day) -> impl Iterator<Item = &Kpi> {
        self.kpis.iter().filter(move |part| *part.parent.on(day) == Some(kpi))
    }

    /// A KPI, and every KPI that its value depends on, directly or through others: each once, itself first. Those that
    /// were deleted are among them.
    #[must_use]
    pub fn dependencies(&self, kpi: KpiId, day: Day) -> Vec<KpiId> {
        let mut found = vec![kpi];
        let mut next = 0;
        while let Some(id) = found.get(next) {
            let inputs = self.kpis.get(*id).map(|kpi| self.kpi_inputs(kpi, day)).unwrap_or_default();
            for input in inputs {
                if !found.contains(&input) {
                    found.push(input);
                }
            }
            next += 1;
        }
        found
    }

    /// Whether a KPI's value is made of itself.
    pub(crate) fn needs_itself(&self, kpi: &Kpi, day: Day) -> bool {
        let needs = |id: KpiId| self.kpis.get(id).is_some_and(|it| self.kpi_inputs(it, day).contains(&kpi.id));
        self.dependencies(kpi.id, day).into_iter().any(needs)
    }

    /// Those of a KPI, or of all that it depends on, that somebody reads.
    pub(crate) fn read_for(&self, kpi: KpiId, day: Day) -> impl Iterator<Item = &Kpi> {
        let all = self.dependencies(kpi, day).into_iter().filter_map(|id| self.kpis.get(id));
        all.filter(move |kpi| kpi.is_read(day))
    }

    /// The latest day up to `day` of which a KPI, or one that it depends on, has a reading.
    #[must_use]
    pub fn last_reading(&self, kpi: &Kpi, day: Day) -> Option<Day> {
        self.read_for(kpi.id, day).filter_map(|kpi| kpi.readings.latest(day).next()).map(|(key, _)| key.day).max()
    }

    /// Every day up to `day` of which a KPI, or one that it depends on, has a reading: in order, each once.
    #[must_use]
    pub fn reading_days(&self, kpi: &Kpi, day: Day) -> Vec<Day> {
        let read = self.read_for(kpi.id, day).flat_map(|kpi| kpi.readings.between(Day::FIRST, day));
        let mut days = in_order(read.map(|(key, _)| key.day).collect(), Day::cmp);
        days.dedup();
        days
    }

    /// The first day of which a KPI, or one that it depends on, has a reading.
    fn first_read(&self, kpi: KpiId, day: Day) -> Option<Day> {
        self.read_for(kpi, day).filter_map(|kpi| kpi.readings.iter().next()).map(|(key, _)| key.day).min()
    }
}

impl Kpi {
    /// Whether somebody reads its values, and they are not made of those of others.
    #[must_use]
    pub fn is_read(&self, day: Day) -> bool {
        matches!(self.origin.on(day), Origin::Readings {})
    }
}

impl Aggregation {
    pub(crate) fn of(self, values: &[f64]) -> Option<f64> {
        let last = *values.last()?;
        match self {
            Self::Last => Some(last),
            Self::Sum => Some(values.iter().sum()),
            Self::Mean => mean(values),
            Self::Min => Some(values.iter().copied().fold(last, f64::min)),
            Self::Max => Some(values.iter().copied().fold(last, f64::max)),
        }
    }
}

impl From<Gathering> for Aggregation {
    fn from(gathering: Gathering) -> Self {
        match gathering {
            Gathering::Sum => Self::Sum,
            Gathering::Mean => Self::Mean,
        }
    }
}

/// The values of one KPI, and of all that it depends on, over the same periods.
struct Evaluation<'a> {
    plan: &'a Plan,
    periods: Periods,
    spans: &'a [Span],
    day: Day,
    /// What was found already; none while it is being looked for.
    known: Sorted<KpiId, Option<Rc<Series>>>,
    depth: usize,
}

impl<'a> Evaluation<'a> {
    /// In the years of the KPI's plan, by its frequency.
    fn new(plan: &'a Plan, kpi: &Kpi, spans: &'a [Span], day: Day) -> Self {
        let periods = plan.periods(*kpi.frequency.on(day), day);
        Self { plan, periods, spans, day, known: Sorted::default(), depth: 0 }
    }
}

impl Evaluation<'_> {
    fn of(&mut self, id: KpiId) -> Rc<Series> {
        let Some(kpi) = self.plan.kpis.get(id) else { return self.nowhere(Gap::Gone(id)) };
        match self.known.get(id) {
            Some(Some(series)) => return Rc::clone(series),
            Some(None) => return self.nowhere(Gap::Circle(id)),
            None if self.depth == MAX_DEPTH => return self.nowhere(Gap::Circle(id)),
            None => {}
        }
        self.known.insert(id, None);
        self.depth += 1;
        let series = Rc::new(match kpi.origin.on(self.day) {
            Origin::Readings {} => self.read(kpi),
            Origin::Formula { formula } => self.calculated(formula),
            Origin::Parts { gathering } => self.gathered(id, *gathering),
        });
        self.depth -= 1;
        self.known.insert(id, Some(Rc::clone(&series)));
        series
    }

    fn nowhere(&self, gap: Gap) -> Rc<Series> {
        Rc::new(vec![Err(gap); self.spans.len()])
    }

    /// Readings and periods are both in the order of days: one walk along both.
    fn read(&self, kpi: &Kpi) -> Series {
        let how = *kpi.aggregation.on(self.day);
        let from = self.spans.first().map_or(Day::FIRST, |span| span.start);
        let mut readings = kpi.readings.between(from, self.day).peekable();
        let mut within = Vec::new();
        let value = |span: &Span| {
            within.clear();
            while let Some((_, reading)) = readings.next_if(|(key, _)| key.day <= span.end) {
                within.push(reading.value.get());
            }
            how.of(&within).ok_or(Gap::NoReading(kpi.id))
        };
        self.spans.iter().map(value).collect()
    }

    fn calculated(&mut self, formula: &Formula) -> Series {
        let mut stack: Vec<Series> = Vec::new();
        for token in formula.tokens() {
            let series = match *token {
                Token::Number(number) => vec![Ok(number.get()); self.spans.len()],
                Token::Kpi(id) => self.of(id).to_vec(),
                Token::Call(function, n) => {
                    // A formula that exists has as many values as its functions take.
                    let taken = stack.split_off(stack.len().saturating_sub(function.arity(n)));
                    self.call(function, n, &taken)
                }
            };
            stack.push(series);
        }
        stack.pop().unwrap_or_default()
    }

    fn call(&self, function: Function, n: u16, taken: &[Series]) -> Series {
        let Some(first) = taken.first() else { return Vec::new() };
        match function {
            Function::Prev => {
                let back = usize::from(n);
                let before = |index: usize| Some(first[index.checked_sub(back)?]);
                (0..first.len()).map(|index| before(index).unwrap_or(Err(Gap::NoneBefore))).collect()
            }
            Function::Ytd => self.to_date(first),
            _ => {
                let values = |index: usize| taken.iter().map(|series| series[index]).collect::<Result<Vec<_>, _>>();
                (0..first.len()).map(|index| values(index).and_then(|values| function.of(&values))).collect()
            }
        }
    }

    /// The sum from the first period of the year on. Before its first value a series has nothing to add.
    fn to_date(&self, series: &Series) -> Series {
        let begun = series.iter().position(Result::is_ok).unwrap_or(series.len());
        let mut sum = Ok(0.0);
        let mut year = None;
        let sums = self.spans.iter().zip(series).enumerate().map(|(index, (span, value))| {
            let its_year = Some(self.periods.year(span));
            if its_year != year {
                (sum, year) = (Ok(0.0), its_year);
            }
            if index < begun {
                return *value;
            }
            sum = sum.and_then(|sum| Ok(sum + (*value)?));
            sum
        });
        sums.collect()
    }

    /// The values of all parts that have begun and are still kept in a period.
    fn gathered(&mut self, whole: KpiId, gathering: Gathering) -> Series {
        let parts: Vec<_> = self.plan.parts_of(whole, self.day).collect();
        let parts: Vec<_> = parts.into_iter().map(|part| (part, self.of(part.id))).collect();
        let begun: Vec<_> = parts.iter().map(|(_, series)| series.iter().position(Result::is_ok)).collect();
        let value = |index: usize, span: &Span| {
            let counts = |(part, series): &(&Kpi, Rc<Series>), begun: &Option<usize>| {
                let kept = part.is_kept(span.end.min(self.day));
                // What is made of itself never begins, and that is to be told.
                let circle = matches!(series[index], Err(Gap::Circle(_)));
                kept && (circle || begun.is_some_and(|begun| begun <= index))
            };
            let counted = parts.iter().zip(&begun).filter(|(part, begun)| counts(part, begun));
            let values: Vec<_> = counted.map(|((_, series), _)| series[index]).collect::<Result<_, _>>()?;
            Aggregation::from(gathering).of(&values).ok_or(Gap::NoParts(whole)).and_then(finite)
        };
        self.spans.iter().enumerate().map(|(index, span)| value(index, span)).collect()
    }
}

fn number(value: f64) -> Result<Number, Gap> {
    Number::new(value).map_err(|_| Gap::TooLarge)
}

impl Function {
    /// What it makes of the values of one period.
    fn of(self, values: &[f64]) -> Result<f64, Gap> {
        let (first, last) = (values.first().copied().unwrap_or_default(), values.last().copied().unwrap_or_default());
        let of_all = |how: Aggregation| how.of(values).unwrap_or_default();
        finite(match self {
            Self::Add | Self::Sum => of_all(Aggregation::Sum),
            Self::Subtract => first - last,
            Self::Multiply => first * last,
            Self::Divide if last == 0.0 => return Err(Gap::DivisionByZero),
            Self::Divide => first / last,
            Self::Negate => -first,
            Self::Min => of_all(Aggregation::Min),
            Self::Max => of_all(Aggregation::Max),
            Self::Avg => of_all(Aggregation::Mean),
            Self::Prev | Self::Ytd => first,
        })
    }
}

fn finite(value: f64) -> Result<f64, Gap> {
    if value.is_finite() { Ok(value) } else { Err(Gap::TooLarge) }
}

impl Frequency {
    /// How many of them a moving average takes together: a week of days, four weeks, a quarter of months, a year of
    /// quarters, three years.
    #[must_use]
    pub const fn smoothed_over(self) -> usize {
        match self {
            Self::Daily => 7,
            Self::Weekly | Self::Quarterly => 4,
            Self::Monthly | Self::Yearly => 3,
        }
    }
}
