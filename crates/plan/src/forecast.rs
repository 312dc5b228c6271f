//! Where a metric is heading, and how sure that is.

use crate::{Day, KeyResult, KeyResultReport, Measure, Number, Plan, Status};

/// Where a metric will be on its due day if it goes on as it did.
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
    /// The value on the due day.
    pub value: f64,
    /// The lower end of what is 80 % likely.
    pub low: f64,
    /// The upper end.
    pub high: f64,
    /// The mean change per day.
    pub drift: f64,
    /// The standard deviation of a step of one day.
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

impl Forecast {
    /// The fewest values that a forecast goes by.
    pub const VALUES: usize = 5;
    /// The fewest days between the first and the last.
    pub const DAYS: i32 = 21;
    /// How likely it is that the value will lie between both ends.
    pub const LIKELY: f64 = 0.8;

    /// From the last value of each day, oldest first, to `due`.
    ///
    /// # Errors
    /// [`NoForecast`], with what is missing.
    pub fn of(values: &[(Day, f64)], due: Day) -> Result<Self, NoForecast> {
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
        let first = *from;
        let (from, values, t) = (*to, values.len(), student_t(freedom));
        let (value, low, high) = (from, from, from);
        let begun = Self { due, first, from, value, low, high, drift, deviation, t, values, days, ahead };
        let Outlook { value, low, high } = begun.outlook(ahead);
        Ok(Self { value, low, high, ..begun })
    }

    /// The day of the last value, from which it looks ahead.
    #[must_use]
    pub fn since(&self) -> Day {
        self.due.plus_days(-self.ahead)
    }

    /// Where it will be so many days after the last value, on the way to the due day and beyond: last value + drift x
    /// h, +- t x deviation x sqrt(h + h^2 / days), for h days. On the day itself, and before, it is the last value.
    #[must_use]
    pub fn outlook(&self, days_ahead: i32) -> Outlook {
        let (ahead, behind) = (f64::from(days_ahead.max(0)), f64::from(self.days));
        let spread = self.t * self.deviation * (ahead + ahead.powi(2) / behind).sqrt();
        let value = self.from + self.drift * ahead;
        Outlook { value, low: value - spread, high: value + spread }
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
    /// Where a key result is heading.
    ///
    /// # Errors
    /// [`NoForecast`], with what is missing.
    pub fn forecast(&self, key_result: &KeyResult, report: &KeyResultReport, day: Day) -> Result<Forecast, NoForecast> {
        let Measure::Metric { .. } = key_result.measure.on(day) else { return Err(NoForecast::NotAMetric) };
        let due = report.span.as_ref().map(|span| span.end).filter(|due| *due > day);
        Forecast::of(&self.course_of(key_result, day), due.ok_or(NoForecast::NothingAhead)?)
    }

    /// The forecast that is worth telling: none where it cannot be made, nor once all is achieved.
    #[must_use]
    pub fn forecast_told(&self, key_result: &KeyResult, report: &KeyResultReport, day: Day) -> Option<Forecast> {
        self.forecast(key_result, report, day).ok().filter(|_| report.status != Status::Achieved)
    }

    /// The values of a key result up to a day: the last one of each day, oldest first. Of one that a KPI feeds, the
    /// values of that KPI on the days of its readings, from the first day on.
    #[must_use]
    pub fn course_of(&self, key_result: &KeyResult, day: Day) -> Vec<(Day, f64)> {
        let mut course: Vec<(Day, Number)> = match self.feeding(key_result, day) {
            None => {
                let checked = key_result.check_ins.iter().take_while(|(key, _)| key.day <= day);
                checked.filter_map(|(key, row)| Some((key.day, row.value?))).collect()
            }
            Some(kpi) => {
                let from = self.key_result_span(key_result, day).map(|span| span.start);
                let days = self.reading_days(kpi, day).into_iter().filter(|it| Some(*it) >= from);
                days.filter_map(|day| Some((day, self.kpi_value(kpi, day)?))).collect()
            }
        };
        // The last one of a day is what counts: of the others, the next one is of the same day.
        let days: Vec<Day> = course.iter().map(|(day, _)| *day).collect();
        let mut at = 0;
        course.retain(|_| {
            at += 1;
            days.get(at) != days.get(at - 1)
        });
        course.into_iter().map(|(day, value)| (day, value.get())).collect()
    }
}
