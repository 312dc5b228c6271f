//! How something stands, from progress, expectation and time.

use crate::{Bands, Day, Span, json::choice};

choice! {
    /// How a key result or an objective stands.
    Status {
        /// Nothing has been checked in, and nothing had to be yet; or there is no number to judge.
        Pending = "pending",
        /// As far as the day expects, or behind by no more than the plan's first band.
        OnTrack = "on-track",
        /// Behind by more than that, or silent for longer than a cadence.
        NeedsAttention = "needs-attention",
        /// Behind by more than the plan's second band.
        OffTrack = "off-track",
        /// It has reached its line's end, whether it is over or not.
        Achieved = "achieved",
        /// Over, and at least 0.7 of the way to the line's end was made.
        Partly = "partly",
        /// Over, and less than that was made.
        Missed = "missed",
    }
}

impl Status {
    /// How much it worries: more than what is before it.
    pub(crate) const fn gravity(self) -> u8 {
        match self {
            Self::Achieved => 0,
            Self::Pending => 1,
            Self::OnTrack => 2,
            Self::NeedsAttention => 3,
            Self::Partly => 4,
            Self::OffTrack => 5,
            Self::Missed => 6,
        }
    }

    /// Whether somebody should look at it now.
    #[must_use]
    pub const fn needs_someone(self) -> bool {
        matches!(self, Self::NeedsAttention | Self::OffTrack)
    }
}

/// The share of its line's end from which something that is over counts as partly achieved: 0.7 is where the green
/// band begins in the OKR grading that Google made known (John Doerr, "Measure What Matters", 2018).
const PARTLY: f64 = 0.7;

/// The shares at which the verdict changes: the line's end, and where partly begins.
#[must_use]
pub const fn limits_of_verdict(line_end: f64) -> [f64; 2] {
    [line_end, PARTLY * line_end]
}

/// What a judgement goes by. Progress, expectation and line end are shares, 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Standing<'a> {
    pub progress: Option<f64>,
    /// Progress and expectation of the same things, where today expects something.
    pub compared: Option<(f64, f64)>,
    pub line_end: f64,
    pub span: Option<&'a Span>,
    /// Whether anything has been heard.
    pub heard: bool,
    /// The first day on which silence is no longer pending.
    pub heard_by: Option<Day>,
}

/// Rounds a share so that comparisons mean what people read: 0.3 - 0.4 is -0.10.
pub(crate) fn rounded(share: f64) -> f64 {
    (share * 1e9).round() / 1e9
}

/// What is to be said of something that is over.
pub(crate) fn verdict(progress: Option<f64>, line_end: f64) -> Status {
    match progress {
        Some(progress) if rounded(progress) >= rounded(line_end) => Status::Achieved,
        Some(progress) if rounded(progress) >= rounded(PARTLY * line_end) => Status::Partly,
        Some(_) => Status::Missed,
        None => Status::Pending,
    }
}

impl Bands {
    /// The status of what is behind by this gap, negative where it is behind. The bands themselves are included.
    fn status(&self, gap: f64) -> Status {
        if gap >= -rounded(self.attention.get()) {
            Status::OnTrack
        } else if gap >= -rounded(self.off_track.get()) {
            Status::NeedsAttention
        } else {
            Status::OffTrack
        }
    }
}

impl Standing<'_> {
    /// Whether its line's end is reached.
    pub fn is_reached(&self) -> bool {
        self.progress.is_some_and(|progress| rounded(progress) >= rounded(self.line_end))
    }

    /// The status of what is not reached yet, or has to hold for longer: by the gap while it runs, and by `otherwise`
    /// where today expects nothing.
    pub fn unsettled(&self, bands: &Bands, otherwise: impl FnOnce() -> Status, day: Day) -> Status {
        let running = || self.gap().map_or_else(otherwise, |gap| bands.status(gap));
        self.ended(day).unwrap_or_else(|| self.or_silent(running, day))
    }

    /// (progress - expected) / line end: negative where it is behind.
    fn gap(&self) -> Option<f64> {
        let (progress, expected) = self.compared?;
        Some(rounded((progress - expected) / self.line_end))
    }

    /// The gap, where it is what decides this status: it runs, and was heard of.
    pub fn deciding_gap(&self, status: Status, day: Day) -> Option<f64> {
        self.gap().filter(|_| status != Status::Achieved && self.heard && self.ended(day).is_none())
    }

    /// The verdict once the due day is over. Where there is no number, there is no verdict.
    pub fn ended(&self, day: Day) -> Option<Status> {
        (day > self.span?.end).then(|| verdict(self.progress, self.line_end))
    }

    /// The status while it runs: what was heard decides; silence is pending at first, and worth a look later.
    pub fn or_silent(&self, heard: impl FnOnce() -> Status, day: Day) -> Status {
        match self.heard_by {
            _ if self.heard => heard(),
            Some(by) if day >= by => match heard() {
                Status::OffTrack => Status::OffTrack,
                _ => Status::NeedsAttention,
            },
            _ => Status::Pending,
        }
    }
}
