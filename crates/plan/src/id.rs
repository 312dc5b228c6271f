//! Names for things that never change.

use std::{fmt, str::FromStr};

use uuid::{Builder, Uuid};

/// A text that is no id.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not an id (a UUID)")]
pub struct IdError;

/// Where new ids come from: the instant and 10 random bytes, both from outside.
#[derive(Debug, Clone, Copy)]
pub struct Seed {
    /// Milliseconds since 1970, UTC.
    pub millis: u64,
    /// Randomness.
    pub random: [u8; 10],
}

impl Seed {
    fn uuid(self) -> Uuid {
        Builder::from_unix_timestamp_millis(self.millis, &self.random).into_uuid()
    }
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Uuid);

        impl From<Seed> for $name {
            fn from(seed: Seed) -> Self {
                Self(seed.uuid())
            }
        }

        impl From<Uuid> for $name {
            fn from(id: Uuid) -> Self {
                Self(id)
            }
        }

        impl From<$name> for Uuid {
            fn from(id: $name) -> Self {
                id.0
            }
        }

        impl FromStr for $name {
            type Err = IdError;

            fn from_str(text: &str) -> Result<Self, IdError> {
                Uuid::try_parse(text).map(Self).map_err(|_| IdError)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    )*};
}

ids! {
    /// A plan's id (a version 7 UUID).
    PlanId
    /// A pillar's id.
    PillarId
    /// An owner's id.
    OwnerId
    /// A cycle's id.
    CycleId
    /// An objective's id.
    ObjectiveId
    /// A key result's id.
    KeyResultId
    /// A milestone's id.
    MilestoneId
    /// An initiative's id.
    InitiativeId
    /// A KPI's id.
    KpiId
    /// A saved filter's id.
    FilterId
}
