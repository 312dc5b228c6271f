//! Where a metric is heading, and how sure that is.

use crate::{
    Day, Formula, Frequency, Function, KeyResult, KeyResultPoint, KeyResultReport, Measure, NaturalBounds, Number,
    Origin, Plan, Status, Token, number::rounded_to,
};

/// Where a metric will be on its due day if it goes on in a straight line.
///
/// A random walk with drift (R. J. Hyndman and G. Athanasopoulos, "Forecasting: Principles and Practice", 3rd edition
/// 2021, 5.2 and 5.5), for steps of unequal length: the drift is the mean change per day from the first to the last
/// value, and the variance of the steps grows with their days.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Forecast {
    /// The day that is spoken of.
    pub due: Day,
    /// The first value, in the key result's unit.
    pub first: f64,
    /// The last value.
    pub from: f64,
    /// The value on the due day and what is 80 % likely, held within `bounds`.
    pub outlook: Outlook,
    /// The same before it was held within them.
    pub straight: Outlook,
    /// The mean change per day.
    pub drift: f64,
    /// The standard deviation of a step of one day; 0 where all values lie on one line.
    pub deviation: f64,
    /// How many standard deviations lie to each side of what is 80 % likely: by Student's distribution with two degrees
    /// of freedom fewer than values.
    pub t: f64,
    /// How many values it goes by: the last one of each day.
    pub values: usize,
    /// The days between the first and the last of them.
    pub days: i32,
    /// The days from the last of them to the due day.
    pub ahead: i32,
    /// What the metric cannot go beyond.
    pub bounds: Reach,
}

/// What a metric cannot go beyond.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Reach {
    /// The smallest value that there can be.
    pub low: Option<f64>,
    /// The largest.
    pub high: Option<f64>,
}

/// Where a metric will be on one day.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Outlook {
    /// The value, in the key result's unit.
    pub value: f64,
    /// The lower end of what is 80 % likely.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

/// Why there is no forecast.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoForecast {
    /// Only metrics head somewhere.
    NotAMetric,
    /// It has no due day, or that has come.
    NothingAhead,
    /// Fewer than [`Forecast::VALUES`] values, or less than [`Forecast::DAYS`] days between them.
    TooLittle {
        /// How many there are.
        values: usize,
        /// Over how many days.
        days: i32,
    },
}

impl Reach {
    fn hold(&self, value: f64) -> f64 {
        let value = self.low.map_or(value, |low| value.max(low));
        self.high.map_or(value, |high| value.min(high))
    }

    /// The same, moved as far as a value asks that is there already.
    fn around(self, value: f64) -> Self {
        Self { low: self.low.map(|low| low.min(value)), high: self.high.map(|high| high.max(value)) }
    }
}

impl From<NaturalBounds> for Reach {
    fn from(bounds: NaturalBounds) -> Self {
        Self { low: bounds.low.map(Number::get), high: bounds.high.map(Number::get) }
    }
}

impl Outlook {
    fn held(&self, bounds: &Reach) -> Self {
        Self { value: bounds.hold(self.value), low: bounds.hold(self.low), high: bounds.hold(self.high) }
    }
}

impl Forecast {
    /// The fewest values that a forecast goes by.
    pub const VALUES: usize = 5;
    /// The fewest days between the first and the last.
    pub const DAYS: i32 = 21;
    /// How likely it is that the value will lie between both ends.
    pub const LIKELY: f64 = 0.8;
    /// The share of the largest value below which a deviation is what the rounding of doubles leaves, and no scatter.
    const ROUNDING: f64 = 1e-13;

    /// From the last value of each day, oldest first, to `due`, within `bounds`.
    ///
    /// # Errors
    /// [`NoForecast`], with what is missing.
    pub fn of(values: &[(Day, f64)], due: Day, bounds: Reach) -> Result<Self, NoForecast> {
        let too_little = |days| NoForecast::TooLittle { values: values.len(), days };
        let [(first, from), .., (last, to)] = values else { return Err(too_little(0)) };
        let days = last.days_since(*first);
        if values.len() < Self::VALUES || days < Self::DAYS {
            return Err(too_little(days));
        }
        let ahead = due.days_since(*last);
        if ahead <= 0 {
            return Err(NoForecast::NothingAhead);
        }
        let drift = (to - from) / f64::from(days);
        // A step over g days deviates from its drift with a variance of g times that of one day.
        let scaled = values.windows(2).map(|pair| {
            let gap = f64::from(pair[1].0.days_since(pair[0].0));
            (pair[1].1 - pair[0].1 - drift * gap).powi(2) / gap
        });
        let freedom = values.len() - 2;
        #[expect(clippy::cast_precision_loss, reason = "a few thousand values")]
        let deviation = (scaled.sum::<f64>() / freedom as f64).sqrt();
        let largest = values.iter().map(|(_, value)| value.abs()).fold(0.0, f64::max);
        let deviation = if deviation > Self::ROUNDING * largest { deviation } else { 0.0 };
        let (first, from, values, t) = (*from, *to, values.len(), student_t(freedom));
        let (at_first, bounds) = (Outlook { value: from, low: from, high: from }, bounds.around(from));
        let (outlook, straight) = (at_first, at_first);
        let begun = Self { due, first, from, outlook, straight, drift, deviation, t, values, days, ahead, bounds };
        Ok(Self { outlook: begun.outlook_in(ahead), straight: begun.straight_in(ahead), ..begun })
    }

    /// The day of the last value, from which it looks ahead.
    #[must_use]
    pub fn since(&self) -> Day {
        self.due.plus_days(-self.ahead)
    }

    /// Whether the values have strayed from their line so far: otherwise, nothing says how far they may.
    #[must_use]
    pub fn has_scatter(&self) -> bool {
        self.deviation > 0.0
    }

    /// Where it will be so many days after the last value, on the way to the due day and beyond, held within the bounds.
    /// On the day itself, and before, it is the last value.
    #[must_use]
    pub fn outlook_in(&self, days_ahead: i32) -> Outlook {
        self.straight_in(days_ahead).held(&self.bounds)
    }

    /// The same before it was held within them: last value + drift x h, +- t x deviation x sqrt(h + h^2 / days), for h
    /// days.
    #[must_use]
    pub fn straight_in(&self, days_ahead: i32) -> Outlook {
        let (ahead, behind) = (f64::from(days_ahead.max(0)), f64::from(self.days));
        let spread = self.t * self.deviation * (ahead + ahead.powi(2) / behind).sqrt();
        let value = self.from + self.drift * ahead;
        Outlook { value, low: value - spread, high: value + spread }
    }

    /// The outlook as people should read it, since it is a guide and no measurement: rounded to a tenth of what it may be
    /// off by, at most three digits of its largest number, and never so far that both ends look alike.
    #[must_use]
    pub fn readable(&self) -> Outlook {
        let Outlook { value, low, high } = self.outlook;
        let largest = [value, low, high].into_iter().map(f64::abs).fold(0.0, f64::max);
        let (off_by, digits) = ((high - low) / 2.0, largest / 100.0);
        let finest = if self.has_scatter() && off_by > 0.0 { digits.max(off_by / 10.0).min(off_by) } else { digits };
        let rounded = |value| rounded_to(value, finest);
        Outlook { value: rounded(value), low: rounded(low), high: rounded(high) }
    }
}

/// The t of which 80 % of Student's distribution lies between -t and t.
fn student_t(freedom: usize) -> f64 {
    let (mut low, mut high) = (1.0, 4.0);
    // Each turn halves the gap: 60 are more than the digits of a number.
    for _ in 0..60 {
        let middle = f64::midpoint(low, high);
        if within(middle, freedom) < Forecast::LIKELY { low = middle } else { high = middle }
    }
    low
}

/// How much of Student's distribution lies between -t and t: M. Abramowitz and I. A. Stegun, "Handbook of Mathematical
/// Functions", 1964, 26.7.3 and 26.7.4.
#[expect(clippy::cast_precision_loss, reason = "a few thousand degrees of freedom")]
fn within(t: f64, freedom: usize) -> f64 {
    let angle = (t / (freedom as f64).sqrt()).atan();
    let (sine, cosine) = angle.sin_cos();
    let odd = freedom % 2 == 1;
    // cos + 2/3 cos^3 + 2*4/(3*5) cos^5 + ..., or 1 + 1/2 cos^2 + 1*3/(2*4) cos^4 + ...
    let (mut term, mut sum, first) = if odd { (cosine, 0.0, 1) } else { (1.0, 0.0, 0) };
    let mut power = first;
    while power + 2 <= freedom {
        sum += term;
        let next = (power + 1) as f64 / (power + 2) as f64;
        term *= next * cosine * cosine;
        power += 2;
    }
    if odd { (angle + sine * sum) * std::f64::consts::FRAC_2_PI } else { sine * sum }
}

impl Plan {
    /// Where a key result is heading, by its points.
    ///
    /// # Errors
    /// [`NoForecast`], with what is missing.
    pub fn forecast(&self, key_result: &KeyResult, report: &KeyResultReport, day: Day) -> Result<Forecast, NoForecast> {
        let Measure::Metric { .. } = key_result.measure.on(day) else { return Err(NoForecast::NotAMetric) };
        let due = report.span.as_ref().map(|span| span.end).filter(|due| *due > day).ok_or(NoForecast::NothingAhead)?;
        let points = self.points_of(key_result, day);
        let mut bounds = Reach::from(self.natural_bounds_of(key_result, &points, day));
        let measured: Vec<_> = points.iter().filter(|point| point.is_measured()).collect();
        if let Some(last) = measured.last().filter(|_| self.only_grows(key_result, &measured, due, day)) {
            bounds.low = Some(last.value.get());
        }
        let values: Vec<_> = measured.iter().map(|point| (point.day, point.value.get())).collect();
        Forecast::of(&values, due, bounds)
    }

    /// The forecast that is worth telling: none where it cannot be made, nor once all is achieved.
    #[must_use]
    pub fn forecast_told(&self, key_result: &KeyResult, report: &KeyResultReport, day: Day) -> Option<Forecast> {
        self.forecast(key_result, report, day).ok().filter(|_| report.status != Status::Achieved)
    }

    /// Whether a key result cannot fall before `due`: it is fed by what there is in the year to date, has not fallen
    /// since that year began, and is due within it.
    fn only_grows(&self, key_result: &KeyResult, points: &[&KeyResultPoint], due: Day, day: Day) -> bool {
        let to_date = |formula: &Formula| matches!(formula.tokens().last(), Some(Token::Call(Function::Ytd, _)));
        let origin = self.feeding(key_result, day).map(|kpi| kpi.origin.on(day));
        let Some(Origin::Formula { formula }) = origin else { return false };
        let years = self.periods(Frequency::Yearly, day);
        let in_year = |point: &&&KeyResultPoint| years.year_number(point.day) == years.year_number(due);
        let values: Vec<_> = points.iter().filter(in_year).map(|point| point.value).collect();
        to_date(formula) && !values.is_empty() && values.is_sorted()
    }
}
