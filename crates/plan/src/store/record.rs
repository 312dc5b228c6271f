//! One record of the journal.

use serde_json::{Map, Value};

use super::seal::unsealed;
use crate::{
    At, Change,
    json::{self, Node, Problems},
    version::{self, Step},
};

/// What brings a record of each earlier version to the next one, from version 1 on. Their versions go with those of
/// files, since a record holds values of the same form.
const STEPS: &[Step] = &[|record| record, |record| record, |record| record];
/// The version of the records that this code writes.
const VERSION: u32 = version::latest(STEPS);

/// A change as the journal keeps it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// When and by whom.
    pub at: At,
    /// What was done.
    pub change: Change,
    /// What takes it back.
    pub inverse: Change,
}

/// Reads the text of one record; `None` where it is damaged, or of a newer version.
#[must_use]
pub fn read_record(text: &str) -> Option<Record> {
    read(text, &mut false)
}

/// Reads a record, and notes where it is of an earlier version.
pub(super) fn read(text: &str, migrated: &mut bool) -> Option<Record> {
    let value = unsealed(text)?;
    *migrated |= value["v"].as_u64().is_some_and(|version| version::is_earlier(version, STEPS));
    read_by(STEPS, &value)
}

/// Reads a record of any version from which `steps` lead to the latest.
fn read_by(steps: &[Step], value: &Value) -> Option<Record> {
    let version = u32::try_from(value.get("v")?.as_u64()?).ok()?;
    let value = version::migrated(value, version, steps)?;
    let mut problems = Problems::default();
    Record::read(&Node::root(&value), &mut problems).filter(|_| problems.is_empty())
}

impl Record {
    pub(super) fn write(&self) -> Value {
        let mut map = Map::new();
        json::put(&mut map, "v", &VERSION);
        json::put(&mut map, "at", &self.at.stamp);
        json::put(&mut map, "day", &self.at.day);
        json::put(&mut map, "change", &self.change);
        json::put(&mut map, "inverse", &self.inverse);
        map.into()
    }

    fn read(node: &Node<'_>, problems: &mut Problems) -> Option<Self> {
        let fields = node.object(problems)?;
        fields.only(&[&["v", "at", "day", "change", "inverse"]], problems)?;
        let at = At { stamp: fields.read("at", problems)?, day: fields.read("day", problems)? };
        let change = fields.read("change", problems)?;
        Some(Self { at, change, inverse: fields.read("inverse", problems)? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Actor, Day, Stamp};

    #[test]
    fn a_record_of_any_earlier_version_is_brought_up_to_date_and_read() {
        // As if records up to the latest version had called the change `did`.
        let renamed: Step = |mut record| {
            if let Some(map) = record.as_object_mut()
                && let Some(change) = map.shift_remove("did")
            {
                map.insert("change".to_owned(), change);
            }
            record
        };
        let steps = &[STEPS, &[renamed]].concat();
        let (latest, next) = (VERSION, VERSION + 1);
        let at = At { stamp: Stamp::new(1, 0, Actor(1)), day: Day::FIRST };
        let record = Record { at, change: Change::All(Vec::new()), inverse: Change::All(Vec::new()) };
        let mut value = record.write();
        value["v"] = next.into();
        assert_eq!((read_by(steps, &value), read_by(STEPS, &value)), (Some(record.clone()), None));
        let change = value.as_object_mut().unwrap().shift_remove("change").unwrap();
        value["did"] = change;
        assert_eq!(read_by(steps, &value), None);
        for version in 1..=latest {
            value["v"] = version.into();
            assert_eq!(read_by(steps, &value), Some(record.clone()));
        }
        for version in [Value::Null, 0.into(), (next + 1).into(), u64::MAX.into(), 1.5.into()] {
            value["v"] = version;
            assert_eq!(read_by(steps, &value), None);
        }
    }
}
