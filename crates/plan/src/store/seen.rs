//! What a snapshot holds of each tab, so that a text that is missing is told from one that was removed.

use serde_json::Value;

use crate::{Stamp, json::Json};

/// How long a tab is remembered after its last text, in milliseconds: 90 days. No copy of the store lags behind so long.
const REMEMBERED: u64 = 90 * 24 * 3_600 * 1_000;

/// The latest record and the latest snapshot of each tab that a snapshot holds. A tab writes its records in the order of
/// their stamps, and its snapshots too, so that all earlier ones of that tab are held as well.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Seen {
    records: Vec<Stamp>,
    snapshots: Vec<Stamp>,
}

impl Seen {
    pub fn note_record(&mut self, stamp: Stamp) {
        note(&mut self.records, stamp);
    }

    pub fn note_snapshot(&mut self, stamp: Stamp) {
        note(&mut self.snapshots, stamp);
    }

    pub fn note_all(&mut self, other: &Self) {
        other.records.iter().for_each(|stamp| self.note_record(*stamp));
        other.snapshots.iter().for_each(|stamp| self.note_snapshot(*stamp));
    }

    pub fn has_record(&self, stamp: Stamp) -> bool {
        has(&self.records, stamp)
    }

    pub fn has_snapshot(&self, stamp: Stamp) -> bool {
        has(&self.snapshots, stamp)
    }

    pub fn is_empty(&self) -> bool {
        self.records.is_empty() && self.snapshots.is_empty()
    }

    pub fn write(&self) -> Value {
        let latest = self.records.iter().chain(&self.snapshots).max().map_or(0, |stamp| stamp.millis());
        let list = |stamps: &[Stamp]| -> Value {
            stamps.iter().filter(|stamp| latest - stamp.millis() <= REMEMBERED).map(Json::write).collect()
        };
        Value::from_iter([("records", list(&self.records)), ("snapshots", list(&self.snapshots))])
    }

    pub fn read(value: &Value) -> Self {
        let mut seen = Self::default();
        let stamps = |name| value.get(name).and_then(Value::as_array).into_iter().flatten();
        let stamp = |value: &Value| value.as_str().and_then(|text| text.parse().ok());
        stamps("records").filter_map(stamp).for_each(|stamp| seen.note_record(stamp));
        stamps("snapshots").filter_map(stamp).for_each(|stamp| seen.note_snapshot(stamp));
        seen
    }
}

/// One for each tab, in the order of tabs.
fn note(stamps: &mut Vec<Stamp>, stamp: Stamp) {
    match stamps.binary_search_by(|other| other.actor().cmp(&stamp.actor())) {
        Ok(place) => stamps[place] = stamp.max(stamps[place]),
        Err(place) => stamps.insert(place, stamp),
    }
}

fn has(stamps: &[Stamp], stamp: Stamp) -> bool {
    stamps.iter().any(|latest| latest.actor() == stamp.actor() && *latest >= stamp)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Actor;

    #[test]
    fn of_each_tab_the_latest_counts_and_long_silent_tabs_are_forgotten() {
        let stamp = |millis, actor| Stamp::new(millis, 0, Actor(actor));
        let mut seen = Seen::default();
        for noted in [stamp(5, 1), stamp(3, 1), stamp(4, 2)] {
            seen.note_record(noted);
        }
        seen.note_snapshot(stamp(6, 1));
        assert_eq!([stamp(5, 1), stamp(1, 1), stamp(4, 2)].map(|it| seen.has_record(it)), [true; 3]);
        assert_eq!([stamp(6, 1), stamp(5, 2), stamp(1, 3)].map(|it| seen.has_record(it)), [false; 3]);
        assert!(seen.has_snapshot(stamp(6, 1)) && !seen.has_snapshot(stamp(4, 2)));
        assert_eq!(Seen::read(&seen.write()), seen);
        seen.note_record(stamp(4 + REMEMBERED, 3));
        assert!(Seen::read(&seen.write()).has_record(stamp(4, 2)));
        seen.note_record(stamp(5 + REMEMBERED, 3));
        let later = Seen::read(&seen.write());
        assert!(!later.has_record(stamp(4, 2)) && later.has_record(stamp(5, 1)));
    }
}
