//! How well stated confidence has foretold what came.

use crate::{CheckIn, Day, Plan, Status, number::mean, status::rounded};

/// How well stated confidence has foretold what came, over closed cycles. Each key result has one vote, however often
/// it was checked in.
#[derive(Debug, Clone, PartialEq)]
pub struct Calibration {
    /// How many key results there are of which a confidence was stated.
    pub key_results: usize,
    /// How many of them were achieved.
    pub achieved: usize,
    /// How many statements there are.
    pub statements: usize,
    /// The mean over key results of what was stated of each on average, as a share.
    pub said: f64,
    /// The Brier score: the mean over key results of the mean of (confidence / 10 - outcome)^2 over the statements of
    /// each, where the outcome is 1 for what was achieved, and else 0; 0 is perfect (G. W. Brier, "Verification of Forecasts
    /// Expressed in Terms of Probability", 1950).
    pub brier: f64,
    /// By stated confidence, the lowest first.
    pub stated: Vec<Stated>,
}

/// How often a stated confidence came true.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stated {
    /// The confidence, 0 to 10.
    pub confidence: u8,
    /// Of how many key results it was stated.
    pub key_results: usize,
    /// How many of these were achieved.
    pub achieved: usize,
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

/// Whether confidence told which key results would be achieved.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Foresight {
    /// All were achieved, so there was nothing to tell apart.
    AllAchieved,
    /// None was.
    NoneAchieved,
    /// By so much of the Brier score of the base rate it is better than that: the skill, above 0 up to 1.
    Better(f64),
    /// It is no better than stating the base rate each time.
    NoBetter,
}

impl Stated {
    /// What would have come true of it if it had been a good guess, as a share.
    #[must_use]
    pub fn promised(&self) -> f64 {
        f64::from(self.confidence) / 10.0
    }

    /// What came true of it, as a share.
    #[must_use]
    pub fn share(&self) -> f64 {
        ratio(self.achieved, self.key_results)
    }
}

impl Calibration {
    /// The share of the key results that was achieved.
    #[must_use]
    pub fn base_rate(&self) -> f64 {
        ratio(self.achieved, self.key_results)
    }

    /// The Brier score of stating the base rate each time: base rate x (1 - base rate).
    #[must_use]
    pub fn brier_of_base_rate(&self) -> f64 {
        self.base_rate() * (1.0 - self.base_rate())
    }

    /// Whether confidence was better than the base rate, by its skill: 1 - Brier score / that of the base rate (A. H.
    /// Murphy, "Skill Scores Based on the Mean Square Error", 1988).
    #[must_use]
    pub fn foresight(&self) -> Foresight {
        match self.achieved {
            0 => Foresight::NoneAchieved,
            all if all == self.key_results => Foresight::AllAchieved,
            _ => match rounded(1.0 - self.brier / self.brier_of_base_rate()) {
                skill if skill > 0.0 => Foresight::Better(skill),
                _ => Foresight::NoBetter,
            },
        }
    }

    /// Whether people were as sure as they could be on average, give or take one step of confidence.
    #[must_use]
    pub fn leaning(&self) -> Leaning {
        match rounded(self.said - self.base_rate()) {
            gap if gap > 0.1 => Leaning::TooSure,
            gap if gap < -0.1 => Leaning::TooModest,
            _ => Leaning::Fair,
        }
    }

    /// From what was stated of each key result, and whether it was achieved; none where nothing was stated.
    fn of(key_results: &[(Vec<u8>, bool)]) -> Option<Self> {
        let stated: Vec<_> = key_results.iter().filter(|(stated, _)| !stated.is_empty()).collect();
        let mean_of = |of: &dyn Fn(f64, f64) -> f64| {
            let one = |(stated, achieved): &&(Vec<u8>, bool)| {
                let outcome = f64::from(u8::from(*achieved));
                mean(&stated.iter().map(|confidence| of(f64::from(*confidence) / 10.0, outcome)).collect::<Vec<_>>())
            };
            mean(&stated.iter().filter_map(one).collect::<Vec<_>>())
        };
        let row = |confidence: u8| {
            let said = || stated.iter().filter(move |(stated, _)| stated.contains(&confidence));
            Stated {
                confidence,
                key_results: said().count(),
                achieved: said().filter(|(_, achieved)| *achieved).count(),
            }
        };
        Some(Self {
            key_results: stated.len(),
            achieved: stated.iter().filter(|(_, achieved)| *achieved).count(),
            statements: stated.iter().map(|(stated, _)| stated.len()).sum(),
            said: mean_of(&|said, _| said)?,
            brier: mean_of(&|said, outcome| (said - outcome).powi(2))?,
            stated: (0..=10).map(row).filter(|row| row.key_results > 0).collect(),
        })
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts of key results")]
fn ratio(part: usize, all: usize) -> f64 {
    if all == 0 { 0.0 } else { part as f64 / all as f64 }
}

impl Plan {
    /// How well confidence has foretold what came, in all cycles that are closed on `day`; none where nothing was
    /// stated.
    #[must_use]
    pub fn calibration(&self, day: Day) -> Option<Calibration> {
        let mut key_results = Vec::new();
        for cycle in self.cycles.iter().filter(|cycle| self.is_closed(cycle.id, day)) {
            let day = self.told_on(cycle.id, day);
            for objective in self.objectives_of(Some(cycle.id), day) {
                for key_result in self.key_results_of(objective.id, day) {
                    let achieved = self.key_result_report(&key_result, day).computed == Status::Achieved;
                    let stated = key_result.check_ins.iter().take_while(|(key, _)| key.day <= day);
                    let stated = stated.filter_map(|(_, row): (_, &CheckIn)| row.confidence.map(|it| it.get()));
                    key_results.push((stated.collect(), achieved));
                }
            }
        }
        Calibration::of(&key_results)
    }
}
