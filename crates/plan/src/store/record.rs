//! One record of the journal.

use serde_json::{Map, Value};

use super::seal::{VERSION, unsealed};
use crate::{
    At, Change,
    json::{self, Node, Problems},
};

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
    let value = unsealed(text)?;
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
        let version: u32 = fields.read("v", problems)?;
        (version == VERSION).then_some(())?;
        let at = At { stamp: fields.read("at", problems)?, day: fields.read("day", problems)? };
        let change = fields.read("change", problems)?;
        Some(Self { at, change, inverse: fields.read("inverse", problems)? })
    }
}
