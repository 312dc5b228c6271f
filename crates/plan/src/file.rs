//! Plans as files: an envelope, one version, every problem with its path.

use serde_json::{Map, Value, json};

use crate::{
    Day, Plan, Problem, ProblemKind,
    json::{Fields, Json, Node, Problems, object_schema},
    notation::{NotJson, lines_of, value_of},
    version::{self, Step},
};

/// The largest file that is looked at. Ten years of a busy team (100,000 readings) stay under half of it.
pub const MAX_FILE_BYTES: usize = 25_000_000;

/// The `type` of the envelope.
const TYPE: &str = "bearings/plan";
/// What brings a file of each earlier version to the next one, from version 1 on.
///
/// 1 to 2: pillars, initiatives, alignment, closing and what goes with them came; nothing that was there has changed.
/// 2 to 3: what KPIs are besides their readings came (where their values come from, parts, guards, the rest of their
/// definition), and since their periods follow the plan's years, the month in which those begin has a history.
/// 3 to 4: optional fields came; nothing that was there has changed.
const STEPS: &[Step] = &[|file| file, with_fiscal_history, |file| file];
/// The version that this code writes.
const VERSION: u32 = version::latest(STEPS);

/// What was set last held on every day.
fn with_fiscal_history(mut file: Value) -> Value {
    let frame = file.get_mut("plan").and_then(|plan| plan.get_mut("frame")).and_then(Value::as_object_mut);
    let Some(frame) = frame else { return file };
    let stamp = frame.get_mut("edited").and_then(Value::as_object_mut).and_then(|it| it.shift_remove("fiscal_start"));
    if let Some(stamp) = stamp {
        let (from, month) = (frame.get("created").cloned(), frame.get("fiscal_start").cloned());
        let month = month.unwrap_or_else(|| 1.into());
        let decision = Value::from_iter([("from", from.unwrap_or_default()), ("value", month), ("edited", stamp)]);
        frame.insert("fiscal_start".to_owned(), Value::Array(vec![decision]));
        if frame.get("edited").and_then(Value::as_object).is_some_and(Map::is_empty) {
            frame.shift_remove("edited");
        }
    }
    file
}

/// A plan that was read from a file, and when it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exported {
    /// The plan.
    pub plan: Plan,
    /// The civil day of the export.
    pub exported: Day,
}

/// Why a file gives no plan. Nothing has been changed.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum FileError {
    /// More than [`MAX_FILE_BYTES`].
    #[error("the file is larger than {max} bytes")]
    TooLarge {
        /// The most that is looked at.
        max: usize,
    },
    /// The text is not JSON.
    #[error("not JSON: line {line}, column {column}")]
    NotJson {
        /// Where reading stopped, from 1.
        line: usize,
        /// Where reading stopped, from 1.
        column: usize,
    },
    /// One half of a character, which is no text.
    #[error("half a character: line {line}, column {column}")]
    HalfCharacter {
        /// Where it stands, from 1.
        line: usize,
        /// Where it stands, from 1.
        column: usize,
    },
    /// JSON, but not a plan of ours.
    #[error("not a Bearings plan: “type” should be “{TYPE}”")]
    NotAPlan,
    /// Written by a later Bearings.
    #[error("written by a newer Bearings (version {version}; this one reads up to {VERSION})")]
    Newer {
        /// The version of the file.
        version: u32,
    },
    /// A plan with problems.
    #[error("{} problems", problems.len() + more)]
    Problems {
        /// The first hundred, each with its path.
        problems: Vec<Problem>,
        /// How many there are beyond.
        more: usize,
    },
}

/// A plan as the text of a file. Keys are in a stable order, so that two exports compare well.
#[must_use]
pub fn write_plan(plan: &Plan, exported: Day) -> String {
    lines_of(&envelope(plan, exported))
}

pub(crate) fn envelope(plan: &Plan, exported: Day) -> Value {
    Value::from_iter([
        ("type", Value::from(TYPE)),
        ("version", Value::from(VERSION)),
        ("source", Value::from(concat!("Bearings ", env!("CARGO_PKG_VERSION")))),
        ("exported", exported.write()),
        ("plan", plan.write()),
    ])
}

/// Reads a plan from the text of a file.
///
/// # Errors
/// [`FileError`], with every problem that the file has.
pub fn read_plan(text: &str) -> Result<Exported, FileError> {
    if text.len() > MAX_FILE_BYTES {
        return Err(FileError::TooLarge { max: MAX_FILE_BYTES });
    }
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let value = value_of(text).map_err(|error| match error {
        NotJson { line, column, half_character: true } => FileError::HalfCharacter { line, column },
        NotJson { line, column, .. } => FileError::NotJson { line, column },
    })?;
    read_by(STEPS, &Node::root(&value), Problems::from_elsewhere())
}

/// Reads a plan from the text of a file that this page has kept, such as a backup: by the rules for what is stored.
///
/// # Errors
/// As for [`read_plan`].
pub fn read_own_plan(text: &str) -> Result<Exported, FileError> {
    let value = value_of(text).map_err(|error| match error {
        NotJson { line, column, half_character: true } => FileError::HalfCharacter { line, column },
        NotJson { line, column, .. } => FileError::NotJson { line, column },
    })?;
    read_envelope(&Node::root(&value))
}

/// Reads a plan from a parsed file that this page has stored.
pub(crate) fn read_envelope(root: &Node<'_>) -> Result<Exported, FileError> {
    read_by(STEPS, root, Problems::default())
}

/// Whether a parsed file is of an earlier version.
pub(crate) fn is_earlier(root: &Node<'_>) -> bool {
    root.value["version"].as_u64().is_some_and(|version| version::is_earlier(version, STEPS))
}

/// Reads a plan from a parsed file of any version from which `steps` lead to the latest.
fn read_by(steps: &[Step], root: &Node<'_>, mut problems: Problems) -> Result<Exported, FileError> {
    let fields = root.object(&mut problems).ok_or(FileError::NotAPlan)?;
    if read_type(&fields) != Some(TYPE) {
        return Err(FileError::NotAPlan);
    }
    let version = fields.get("version").and_then(|node| node.value.as_u64());
    let version = version.map(|version| u32::try_from(version).unwrap_or(u32::MAX));
    if let Some(version) = version.filter(|version| *version > version::latest(steps)) {
        return Err(FileError::Newer { version });
    }
    // Where the version cannot be read, that is one of the problems.
    let value = version.and_then(|version| version::migrated(root.value, version, steps));
    let root = root.with(value.as_deref().unwrap_or(root.value));
    let exported = root.object(&mut problems).and_then(|fields| read_fields(&fields, &mut problems));
    match exported {
        Some(exported) if problems.is_empty() => Ok(exported),
        _ => {
            let more = problems.more;
            Err(FileError::Problems { problems: problems.into_found(), more })
        }
    }
}

fn read_type<'a>(fields: &Fields<'a>) -> Option<&'a str> {
    fields.get("type")?.value.as_str()
}

fn read_fields(fields: &Fields<'_>, problems: &mut Problems) -> Option<Exported> {
    let clean = fields.only(&[&["type", "version", "source", "exported", "plan"]], problems);
    let version = fields.read_or("version", None, problems, |node, problems| match u32::read(node, problems)? {
        0 => node.fail(ProblemKind::WrongType { expected: "a version from 1 on" }, problems),
        _ => Some(()),
    });
    let exported = fields.read("exported", problems);
    let plan = fields.read_or("plan", None, problems, Plan::read);
    clean?;
    version?;
    Some(Exported { plan: plan?, exported: exported? })
}

/// The JSON Schema of the file, published with the page.
#[must_use]
pub fn schema() -> Value {
    let mut schema = object_schema(vec![
        ("type", json!({"const": TYPE}), true),
        ("version", json!({"const": VERSION}), true),
        ("source", String::schema(), false),
        ("exported", Day::schema(), true),
        ("plan", Plan::schema(), true),
    ]);
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema".into();
    schema["title"] = "Bearings plan".into();
    schema
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Actor, Seed, sample};

    /// As if files of version 1 had kept the plan in `all`, and those of version 2 the day of the export in `saved`.
    const FAKE: &[Step] = &[|file| renamed(file, "all", "plan"), |file| renamed(file, "saved", "exported")];

    fn renamed(mut file: Value, from: &str, to: &str) -> Value {
        if let Some(map) = file.as_object_mut()
            && let Some(value) = map.shift_remove(from)
        {
            map.insert(to.to_owned(), value);
        }
        file
    }

    fn read(file: &Value) -> Result<Exported, FileError> {
        read_by(FAKE, &Node::root(file), Problems::default())
    }

    #[test]
    fn a_file_of_any_earlier_version_is_brought_up_to_date_and_read() {
        let day = Day::new(2026, 10, 3).unwrap();
        let plan = sample(day, Seed { millis: 1, random: [1; 10] }, Actor(1));
        let exported = Exported { plan, exported: day };
        let mut file = envelope(&exported.plan, day);
        for (version, back) in [(3, None), (2, Some(("exported", "saved"))), (1, Some(("plan", "all")))] {
            file["version"] = version.into();
            file = back.map_or(file.clone(), |(from, to)| renamed(file, from, to));
            let before = file.clone();
            assert_eq!(read(&file), Ok(exported.clone()), "{version}");
            assert_eq!(file, before);
        }
        // The steps before its own are not for it.
        file["version"] = 2.into();
        assert!(matches!(read(&file), Err(FileError::Problems { .. })));
        file["version"] = 4.into();
        assert_eq!(read(&file), Err(FileError::Newer { version: 4 }));
        file["version"] = 0.into();
        assert!(matches!(read(&file), Err(FileError::Problems { .. })));
    }

    #[test]
    fn what_a_step_cannot_mend_is_told() {
        let nothing: &[Step] = &[|_| Value::Null];
        let file = json!({"type": TYPE, "version": 1});
        let Err(FileError::Problems { problems, .. }) = read_by(nothing, &Node::root(&file), Problems::default())
        else {
            panic!()
        };
        assert_eq!(problems[0].to_string(), "$: expected an object");
    }
}
