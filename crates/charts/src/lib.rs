//! Drawings of a plan: a chart as data (an ECharts option) together with what a table and a sentence need to say the
//! same. No browser, no clock, and no number of its own: every value comes from `bearings-plan`.

mod ahead;
mod axis;
mod keep;
mod key_result;
mod kpi;
mod option;
mod sparkline;
mod theme;
mod xmr;

use bearings_plan::{Bounds, Confidence, Day, Judged, Number, Prose, Span, Unit};

pub use key_result::key_result;
pub use kpi::kpi;
pub use sparkline::{SparkTarget, Sparkline, sparkline};
pub use theme::{Labels, Theme};
pub use xmr::signals;

/// A chart, and the same as data for a table.
#[derive(Debug, Clone, PartialEq)]
pub struct Drawing {
    /// The ECharts option. Its member `bearings` is meant for the page's binding, which takes it out; see
    /// `option.rs` for the contract.
    pub option: serde_json::Value,
    /// How many pixels high it should be.
    pub height: u32,
    /// What its values count: the unit of the key result or KPI, or `%` where progress is drawn.
    pub unit: Unit,
    /// Whether the values are progress in per cent, for key results whose own values say little: milestones, done.
    pub progress: bool,
    /// The days of its time axis.
    pub span: Span,
    /// What is drawn, in the order of days.
    pub points: Vec<Point>,
}

/// One row of a drawing's table.
#[derive(Debug, Clone, PartialEq)]
pub struct Point {
    /// What it stands for.
    pub kind: PointKind,
    /// Its day, or its period. A day is a span of one day.
    pub days: Span,
    /// The value; none for a period without a reading, or a check-in without a value.
    pub value: Option<Number>,
    /// What was expected of a key result on that day.
    pub expected: Option<Number>,
    /// Between which values a forecast is 80 % likely to lie.
    pub likely: Option<(Number, Number)>,
    /// What the value should be in the end.
    pub aim: Option<Aim>,
    /// Within which limits the value is usual, where signals are told from noise.
    pub limits: Option<(Number, Number)>,
    /// Whether it is a signal.
    pub judged: Option<Judged>,
    /// How likely the key result was to be reached.
    pub confidence: Option<Confidence>,
    /// What happened. Written by people: never to be shown as HTML.
    pub note: Prose,
}

/// What a point stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PointKind {
    /// Where a key result starts.
    Start,
    /// The last check-in of a day.
    CheckIn,
    /// The last reading of a period of the KPI that feeds it.
    Reading,
    /// Where it is heading: its value on the due day, if it goes on as it did.
    Forecast,
    /// A step that was done (of milestones).
    Step,
    /// The goalpost moved: another aim from this day on.
    Moved,
    /// A completed period of a KPI, or of the KPI that feeds a key result.
    Period,
    /// The running period of a KPI.
    Running,
}

/// What a value should be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Aim {
    /// A value to reach.
    Reach(Number),
    /// Bounds to stay within.
    Keep(Bounds),
}

impl Point {
    fn new(kind: PointKind, days: Span) -> Self {
        let note = Prose::default();
        Self {
            kind,
            days,
            value: None,
            expected: None,
            likely: None,
            aim: None,
            limits: None,
            judged: None,
            confidence: None,
            note,
        }
    }

    /// The day on which it is drawn over time: the last one of its days.
    const fn day(&self) -> Day {
        self.days.end
    }

    fn on(kind: PointKind, day: Day) -> Self {
        Self::new(kind, Span { start: day, end: day })
    }
}
