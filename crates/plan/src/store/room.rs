//! How much room everything takes.

use super::keys::plan_of;
use crate::{PlanId, sorted::Sorted};

/// What lies in a store, by whose it is. A store counts in units of its own: local storage in UTF-16 units.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Room {
    plans: Sorted<PlanId, usize>,
    /// What belongs to no plan, of this page or of another one.
    pub other: usize,
}

impl Room {
    /// From every key with the size of key and text.
    pub fn of(sizes: impl IntoIterator<Item = (String, usize)>) -> Self {
        let mut room = Self::default();
        for (key, size) in sizes {
            match plan_of(&key) {
                Some(plan) => *room.plans.entry(plan, || 0) += size,
                None => room.other += size,
            }
        }
        room
    }

    /// What one plan takes.
    #[must_use]
    pub fn plan(&self, id: PlanId) -> usize {
        self.plans.get(id).copied().unwrap_or(0)
    }

    /// What all plans take.
    #[must_use]
    pub fn plans(&self) -> usize {
        self.plans.iter().map(|(_, size)| size).sum()
    }

    /// What all of it takes.
    #[must_use]
    pub fn used(&self) -> usize {
        self.plans() + self.other
    }
}
