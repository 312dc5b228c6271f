//! How much room everything takes.

use super::keys::plan_of;
use crate::{PlanId, sorted::Sorted};

/// What lies in a store, by whose it is. A store counts in units of its own: local storage in UTF-16 units.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Room {
    plans: Sorted<PlanId, usize>,
    /// What belongs to no plan, of this page or of another one.
    pub other: usize,
    /// How much fits.
    all: usize,
}

impl Room {
    /// The share from which on room is short.
    pub const CROWDED: f64 = 0.8;

    /// From every key with the size of key and text, where about so much fits in all.
    pub fn of(sizes: impl IntoIterator<Item = (String, usize)>, all: usize) -> Self {
        let mut room = Self { all, ..Self::default() };
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

    /// What all plans but one take.
    #[must_use]
    pub fn plans_beside(&self, id: PlanId) -> usize {
        self.plans() - self.plan(id)
    }

    fn plans(&self) -> usize {
        self.plans.iter().map(|(_, size)| size).sum()
    }

    /// What share of all that fits is taken, from 0 to 1.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "a few millions")]
    pub fn share(&self) -> f64 {
        let used = self.plans() + self.other;
        if self.all == 0 { 1.0 } else { (used as f64 / self.all as f64).min(1.0) }
    }

    /// Whether room is short.
    #[must_use]
    pub fn is_crowded(&self) -> bool {
        self.share() >= Self::CROWDED
    }
}
