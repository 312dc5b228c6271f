//! How well stated confidence has foretold what came.

use crate::{CheckIn, Day, Number, Plan, Score, Status, status::rounded};

/// How well stated confidence has foretold what came, over closed cycles.
#[derive(Debug, Clone, PartialEq)]
pub struct Calibration {
    /// The mean of (confidence / 10 - outcome)^2 over all statements, where the outcome is 1 for what was achieved, and
    /// else 0: 0 is perfect, 0.25 is what always saying 5 gives (G. W. Brier, "Verification of Forecasts Expressed in
    /// Terms of Probability", 1950).
    pub brier: f64,
    /// By stated confidence, 0 to 10: how often it was stated, and how often that key result was achieved.
    pub stated: Vec<(u8, usize, usize)>,
}

/// How often a stated confidence came true.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stated {
    /// The confidence, 0 to 10.
    pub confidence: u8,
    /// The same as a share: what would have come true of it if it had been a good guess.
    pub promised: f64,
    /// How often it was stated.
    pub times: usize,
    /// How often what it was stated of was achieved.
    pub came_true: usize,
    /// The same as a share.
    pub share: f64,
}

/// How what was said compares with what came true.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Leaning {
    /// Less came true than was said.
    TooSure,
    /// More came true than was said.
    TooModest,
    /// About as much.
    Fair,
}

impl Calibration {
    /// How many statements there are.
    #[must_use]
    pub fn statements(&self) -> usize {
        self.stated.iter().map(|(_, stated, _)| stated).sum()
    }

    /// How often each stated confidence came true, the lowest first.
    #[must_use]
    pub fn rows(&self) -> Vec<Stated> {
        let row = |&(confidence, times, came_true): &(u8, usize, usize)| Stated {
            confidence,
            promised: f64::from(confidence) / 10.0,
            times,
            came_true,
            share: ratio(came_true, times),
        };
        self.stated.iter().map(row).collect()
    }

    /// The mean of what was stated, as a share, and the share of it that came true. The first is larger where people were
    /// too sure.
    #[must_use]
    pub fn means(&self) -> (f64, f64) {
        let tenths = self.stated.iter().map(|(confidence, times, _)| usize::from(*confidence) * times).sum();
        let came_true = self.stated.iter().map(|(.., came_true)| came_true).sum();
        (ratio(tenths, self.statements()) / 10.0, ratio(came_true, self.statements()))
    }

    /// Whether people were as sure as they could be, give or take one step of confidence.
    #[must_use]
    pub fn leaning(&self) -> Leaning {
        let (said, came_true) = self.means();
        match rounded(said - came_true) {
            gap if gap > 0.1 => Leaning::TooSure,
            gap if gap < -0.1 => Leaning::TooModest,
            _ => Leaning::Fair,
        }
    }

    /// The Brier score as people write it.
    #[must_use]
    pub fn brier_score(&self) -> Score {
        Number::new(self.brier).ok().and_then(|it| Score::new(it).ok()).unwrap_or_default().in_hundredths()
    }

    /// Whether saying 5 every time would have been as good.
    #[must_use]
    pub fn tells_nothing(&self) -> bool {
        rounded(self.brier) >= 0.25
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts of check-ins")]
fn ratio(part: usize, all: usize) -> f64 {
    if all == 0 { 0.0 } else { part as f64 / all as f64 }
}

impl Plan {
    /// How well confidence has foretold what came, in all cycles that are closed on `day`; none where nothing was
    /// stated.
    #[must_use]
    pub fn calibration(&self, day: Day) -> Option<Calibration> {
        let mut stated: Vec<(u8, usize, usize)> = (0..=10).map(|confidence| (confidence, 0, 0)).collect();
        let mut squares = 0.0;
        for cycle in self.cycles.iter().filter(|cycle| self.is_closed(cycle.id, day)) {
            let day = self.told_on(cycle.id, day);
            for objective in self.objectives_of(Some(cycle.id), day) {
                for key_result in self.key_results_of(objective.id, day) {
                    let achieved = self.key_result_report(&key_result, day).computed == Status::Achieved;
                    let stated_by = key_result.check_ins.iter().take_while(|(key, _)| key.day <= day);
                    let statements = stated_by.filter_map(|(_, row): (_, &CheckIn)| row.confidence);
                    for confidence in statements {
                        let (_, all, right) = &mut stated[usize::from(confidence.get())];
                        *all += 1;
                        *right += usize::from(achieved);
                        squares += (f64::from(confidence.get()) / 10.0 - f64::from(u8::from(achieved))).powi(2);
                    }
                }
            }
        }
        stated.retain(|(_, all, _)| *all > 0);
        let mut calibration = Calibration { brier: 0.0, stated };
        #[expect(clippy::cast_precision_loss, reason = "a count of check-ins")]
        let statements = calibration.statements() as f64;
        calibration.brier = squares / statements;
        (statements > 0.0).then_some(calibration)
    }
}
