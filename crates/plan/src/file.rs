//! Plans as files: an envelope, one version, every problem with its path.

use serde_json::{Value, json};

use crate::{
    Day, Plan, Problem, ProblemKind,
    json::{Fields, Json, Node, Problems, object_schema},
};

/// The largest file that is looked at. Ten years of a busy team (100,000 readings) stay under half of it.
pub const MAX_FILE_BYTES: usize = 25_000_000;

/// The `type` of the envelope.
const TYPE: &str = "bearings/plan";
/// The version that this code writes.
const VERSION: u32 = 1;

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
    format!("{:#}\n", envelope(plan, exported))
}

pub(crate) fn envelope(plan: &Plan, exported: Day) -> Value {
    json!({
        "type": TYPE,
        "version": VERSION,
        "source": concat!("Bearings ", env!("CARGO_PKG_VERSION")),
        "exported": exported.write(),
        "plan": plan.write(),
    })
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
    let value: Value = serde_json::from_str(text)
        .map_err(|error| FileError::NotJson { line: error.line(), column: error.column() })?;
    read_envelope(&Node::root(&value))
}

/// Reads a plan from a parsed file.
pub(crate) fn read_envelope(root: &Node<'_>) -> Result<Exported, FileError> {
    let mut problems = Problems::default();
    let fields = root.object(&mut problems).ok_or(FileError::NotAPlan)?;
    match (read_type(&fields), fields.get("version").and_then(|node| node.value.as_u64())) {
        (Some(TYPE), Some(version)) if version > u64::from(VERSION) => {
            Err(FileError::Newer { version: u32::try_from(version).unwrap_or(u32::MAX) })
        }
        (Some(TYPE), _) => match read_fields(&fields, &mut problems) {
            Some(exported) if problems.is_empty() => Ok(exported),
            _ => {
                let more = problems.more;
                Err(FileError::Problems { problems: problems.into_found(), more })
            }
        },
        _ => Err(FileError::NotAPlan),
    }
}

fn read_type<'a>(fields: &Fields<'a>) -> Option<&'a str> {
    fields.get("type")?.value.as_str()
}

fn read_fields(fields: &Fields<'_>, problems: &mut Problems) -> Option<Exported> {
    let clean = fields.only(&[&["type", "version", "source", "exported", "plan"]], problems);
    let version = fields.read_or("version", None, problems, |node, problems| {
        if u32::read(node, problems)? == VERSION {
            Some(())
        } else {
            node.fail(ProblemKind::WrongType { expected: "a version from 1 on" }, problems)
        }
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
