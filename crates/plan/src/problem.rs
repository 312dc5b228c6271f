//! What can be wrong with data, as data.

use crate::{DayError, IdError, NumberError, StampError, TextError};

/// One problem of a file, and where it is.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[error("{path}: {kind}")]
pub struct Problem {
    /// The JSON path: `$.plan.objectives[2].title`.
    pub path: String,
    /// What is wrong.
    pub kind: ProblemKind,
}

/// What is wrong at one place of a file, and what was expected.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum ProblemKind {
    /// Another JSON type.
    #[error("expected {expected}")]
    WrongType {
        /// What should stand there.
        expected: &'static str,
    },
    /// A field that has to be there is not.
    #[error("“{field}” is missing")]
    Missing {
        /// Its name.
        field: &'static str,
    },
    /// A field that this version does not know.
    #[error("unknown field (made by a newer Bearings?)")]
    UnknownField,
    /// A word outside of a fixed list.
    #[error("expected one of {}", expected.join(", "))]
    UnknownWord {
        /// The list.
        expected: &'static [&'static str],
    },
    /// More elements than a plan may hold.
    #[error("more than {max} entries")]
    TooMany {
        /// The most that fit.
        max: usize,
    },
    /// The same id or date twice.
    #[error("is there twice")]
    Duplicate,
    /// An id that nothing in the file has.
    #[error("refers to something that is not in the plan")]
    Dangling,
    /// A text that does not fit.
    #[error("the text is {0}")]
    Text(#[from] TextError),
    /// A number that does not fit.
    #[error("the number is {0}")]
    Number(#[from] NumberError),
    /// Not a date.
    #[error(transparent)]
    Day(#[from] DayError),
    /// Not an id.
    #[error(transparent)]
    Id(#[from] IdError),
    /// Not a stamp.
    #[error(transparent)]
    Stamp(#[from] StampError),
    /// A rule of the domain is broken.
    #[error(transparent)]
    Invalid(#[from] Invalid),
}

/// A rule of the domain that a value breaks. The same for files, forms and merges.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Invalid {
    /// A metric has no way to go.
    #[error("start and target are the same")]
    StartIsTarget,
    /// The lower bound lies above the upper one.
    #[error("the lower bound is above the upper bound")]
    BoundsUpsideDown,
    /// A period ends before it begins.
    #[error("the end is before the start")]
    EndBeforeStart,
    /// Weights are 0 to 1000.
    #[error("a weight is a number from 0 to 1000")]
    Weight,
    /// Confidence is 0 to 10.
    #[error("confidence is a whole number from 0 to 10")]
    Confidence,
    /// A share is more than 0 and at most 1.
    #[error("a share is a number above 0 and up to 1")]
    Share,
    /// A tolerance is not negative.
    #[error("a tolerance is a number from 0 on")]
    Tolerance,
    /// The band of "needs attention" has to lie below the one of "on track".
    #[error("the off-track gap has to be larger than the attention gap, both from 0 to 1")]
    Bands,
    /// Somebody else has to be able to follow.
    #[error("a status of one’s own needs a note that says why")]
    OverrideWithoutNote,
    /// A score is 0 to 1.
    #[error("a score is a number from 0 to 1")]
    Score,
    /// Months are 1 to 12.
    #[error("a month is a whole number from 1 to 12")]
    Month,
    /// Too many or too long.
    #[error("up to 20 tags of 300 characters fit")]
    Tags,
    /// Something would be above itself.
    #[error("it would end up above itself")]
    Circle,
    /// What is over is not changed any more.
    #[error("its cycle is closed: open that again first")]
    Closed,
    /// A formula that cannot be calculated.
    #[error("a formula is a list of numbers, KPIs and functions in postfix order that leaves one value")]
    Formula,
    /// What is given up should be understood later.
    #[error("a KPI that is scrapped needs a reason")]
    ScrappedWithoutReason,
    /// Too many to watch.
    #[error("up to 10 guards fit")]
    Guards,
    /// What was paid for a success belongs to it.
    #[error("a guard is broken: a success needs a reason all the same")]
    BrokenGuard,
    /// Too many.
    #[error("limits can be computed anew 100 times")]
    Baselines,
    /// Not a place in a manual order.
    #[error("not a rank")]
    Rank,
}
