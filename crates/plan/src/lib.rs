//! The domain of Bearings: plans, changes, progress, KPI maths, merging, files.
//!
//! Nothing here knows a browser or a clock: ids, days and stamps are passed in, so that the same inputs give the same
//! result on any machine, on any day.

// Tests within and without the crate share a store.
#[cfg(test)]
extern crate self as bearings_plan;

pub mod backups;
mod board;
mod calibration;
mod change;
mod check_in;
mod closing;
pub mod compare;
mod copy;
mod datum;
mod day;
mod decimal;
mod draft;
mod duplicate;
mod entity;
mod file;
mod find;
mod fiscal;
mod forecast;
mod formula;
mod guards;
mod headline;
mod heat;
mod history;
mod id;
pub mod infix;
mod json;
mod kpi;
mod kpi_values;
mod links;
mod log;
mod model;
mod nature;
mod notation;
mod number;
mod odd;
pub mod paste;
mod period;
mod plan;
mod points;
mod present;
mod problem;
mod progress;
pub mod quantity;
mod query;
mod rank;
mod register;
mod retrospect;
mod rounding;
mod rules;
mod sample;
mod schedule;
mod series;
mod share;
mod signal;
mod sorted;
mod stamp;
mod status;
pub mod store;
mod table;
mod text;
mod undo;
mod values;
mod version;

pub use board::{Group, Grouping, LeadLag, Placed, Section, Sorting, Urgency};
pub use calibration::{Calibration, Foresight, Leaning, Stated};
pub use change::{Change, ChangeError};
pub use check_in::{LastSaid, Written};
pub use closing::{Decision, Warning};
pub use day::{Day, DayError};
pub use draft::{Draft, Incomplete};
pub use file::{Exported, FileError, MAX_FILE_BYTES, read_own_plan, read_plan, schema, write_plan};
pub use forecast::{Forecast, NoForecast, Outlook, Reach};
pub use formula::{Formula, Function, Token};
pub use guards::{Guard, GuardState};
pub use headline::{Detail, GoalCounts, GoalNews, Headline, KpiCounts, KpiNews, News, Stage};
pub use heat::{Fit, HeatCell};
pub use history::{Event, Goalpost, Moved, What};
pub use id::{
    CycleId, FilterId, IdError, InitiativeId, KeyResultId, KpiId, MilestoneId, ObjectiveId, OwnerId, PillarId, PlanId,
    Seed,
};
pub use kpi::{Accrual, Figure, Health, HitRate, KpiReport, Move, PeriodValue};
pub use kpi_values::*;
pub use links::{Promotion, Raise};
pub use log::{EntryKey, Log};
pub use model::*;
pub use notation::{NotJson, text_of, value_of};
pub use number::{Number, NumberError, digits};
pub use odd::{DoubtedDay, DoubtedValue, OddDay, OddValue};
pub use period::{Periods, first_due};
pub use plan::{AnyEntity, Edit, EntityId, Plan};
pub use points::{KeyResultPoint, PointSource};
pub use problem::{Invalid, Problem, ProblemKind};
pub use progress::{
    Basis, Expected, HeldBack, KeyResultReport, NoNumber, ObjectiveReport, Pace, Part, Progress, Rate, Slope, Window,
    rough, weekly,
};
pub use query::{Course, Due, Happened, Ranked};
pub use rank::Rank;
pub use register::{Dated, Field, Revision};
pub use retrospect::Retrospect;
pub use rounding::{decimals_to_tell, percent_decimals_to_tell};
pub use sample::sample;
pub use series::Gap;
pub use share::Distribution;
pub use signal::{Judged, Limits, NoLimits, NoNewLimits, Shift, Side, Signals, Stretch, Usual};
pub use sorted::in_order;
pub use stamp::{Actor, At, Clock, Stamp, StampError};
pub use status::{Status, limits_of_verdict};
pub use table::Table;
pub use text::{Name, Prose, TextError, Unit};
pub use undo::{Stacks, Step, TakenBack};
pub use values::*;
