//! What the page lends to a drawing: its colours and its words.

use std::fmt;

use bearings_plan::{Frequency, Judged, Number, Periods, Span, Unit};

/// The page's colours in any notation that a canvas knows: resolved to `rgb(…)` or hex, no custom properties.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Theme {
    /// Text that matters.
    pub ink: String,
    /// Text beside it.
    pub ink_2: String,
    /// Axes, expectations, comparisons.
    pub ink_3: String,
    /// Grid lines.
    pub line: String,
    /// The values.
    pub accent: String,
    /// What deserves a look.
    pub warn: String,
    /// The band of a target, or of what is likely or usual.
    pub accent_soft: String,
    /// What the drawing lies on.
    pub card: String,
}

/// The page's words, in its language.
#[derive(Clone, Copy)]
pub struct Labels<'a> {
    /// What the whole drawing says, for those who cannot see it; a sentence.
    pub description: &'a str,
    /// The values, as in "value".
    pub value: &'a str,
    /// Progress, where that is drawn instead of values.
    pub progress: &'a str,
    /// What is expected.
    pub expected: &'a str,
    /// What is to be reached; its value follows.
    pub target: &'a str,
    /// The lower one of two bounds; its value follows.
    pub lower: &'a str,
    /// The upper one of two bounds; its value follows.
    pub upper: &'a str,
    /// The line of today.
    pub today: &'a str,
    /// The value at the start.
    pub start: &'a str,
    /// A goalpost that moved.
    pub moved: &'a str,
    /// Where it is heading; its value follows.
    pub forecast: &'a str,
    /// The lower end of what is likely there.
    pub likely_from: &'a str,
    /// The upper end.
    pub likely_to: &'a str,
    /// The running period's sum; its value follows.
    pub so_far: &'a str,
    /// The mean of so many periods.
    pub average: &'a dyn Fn(usize, Frequency) -> String,
    /// The mean that values vary around; its value follows.
    pub centre: &'a str,
    /// Up to where a value is usual; its value follows.
    pub upper_limit: &'a str,
    /// Down to where a value is usual; its value follows.
    pub lower_limit: &'a str,
    /// What a period is called: "October 2026".
    pub period: &'a dyn Fn(&Span, Periods) -> String,
    /// What a signal is a signal of.
    pub signal: &'a dyn Fn(&Judged) -> String,
    /// Writes a number in the reader's language, with its unit: short enough for the end of a line.
    pub number: &'a dyn Fn(Number, &Unit) -> String,
    /// The same with all of its digits.
    pub exact: &'a dyn Fn(Number, &Unit) -> String,
}

impl Labels<'_> {
    /// Writes a number short where that tells it from one that is a `step` of the axis away, else with all of its digits.
    pub(crate) fn told(&self, value: Number, unit: &Unit, step: f64) -> String {
        // Short is one decimal of thousands, of millions and so on.
        let thousands = (value.get().abs().log10() / 3.0).floor().max(0.0) as i32;
        let finest = if thousands == 0 { 0.0 } else { 10_f64.powi(3 * thousands - 1) };
        if finest <= step { (self.number)(value, unit) } else { (self.exact)(value, unit) }
    }
}

impl fmt::Debug for Labels<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Labels").field("description", &self.description).finish_non_exhaustive()
    }
}
