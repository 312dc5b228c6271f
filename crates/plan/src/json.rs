//! Plans as JSON: one declaration gives a type its text, its parser and its part of the JSON Schema.
//!
//! serde's derives stop at the first error; a person who mends a file by hand wants them all. So `serde_json` reads
//! and writes the text, and [`Json`] goes between its values and ours, noting every problem with its path.

use serde_json::{Map, Value, json};

use crate::{
    Actor, Day, EntityId, Invalid, Name, Number, Problem, ProblemKind, Prose, Stamp, StampError, Unit, id::*,
    sorted::in_order,
};

/// A type that has one place in a file.
pub trait Json: Sized {
    /// As JSON.
    fn write(&self) -> Value;
    /// From JSON. `None` once at least one problem has been noted.
    fn read(node: &Node<'_>, problems: &mut Problems) -> Option<Self>;
    /// As JSON Schema.
    fn schema() -> Value;
    /// What a missing field means, if it may be missing.
    fn absent() -> Option<Self> {
        None
    }
    /// Whether a field with this value is left out.
    fn is_absent(&self) -> bool {
        false
    }
    /// The rules that a type alone cannot express.
    ///
    /// # Errors
    /// The rule that is broken.
    fn check(&self) -> Result<(), Invalid> {
        Ok(())
    }
    /// Which entities the value speaks of.
    fn references(&self, _found: &mut Vec<EntityId>) {}
}

/// The problems of one file, and the references that are still to be looked up.
#[derive(Debug, Default)]
pub struct Problems {
    found: Vec<Problem>,
    /// How many problems were met beyond [`Problems::MAX`].
    pub more: usize,
    /// Every reference with its place.
    references: Vec<(String, EntityId)>,
    /// Every id that the file gives to something, also to what has problems of its own.
    known: Vec<EntityId>,
    /// The kinds of which not every id could be read: a reference to one of them may be right.
    unsure: Vec<&'static str>,
    /// Whether this is read from outside of the store.
    from_elsewhere: bool,
}

impl Problems {
    /// A person reads no more than this many.
    pub const MAX: usize = 100;

    /// Of a file that comes from outside of the store.
    pub fn from_elsewhere() -> Self {
        Self { from_elsewhere: true, ..Self::default() }
    }

    /// Notes a problem at a path.
    pub fn add(&mut self, path: String, kind: ProblemKind) {
        if self.found.len() < Self::MAX {
            self.found.push(Problem { path, kind });
        } else {
            self.more += 1;
        }
    }

    /// Takes note of the ids that the file gives to things of a kind; `None` where some cannot be read.
    pub fn know(&mut self, kind: &'static str, ids: Option<impl IntoIterator<Item = EntityId>>) {
        match ids {
            Some(ids) => self.known.extend(ids),
            None => self.unsure.push(kind),
        }
    }

    /// Notes every reference to something that the file does not know.
    pub fn resolve(&mut self) {
        let known = in_order(std::mem::take(&mut self.known), EntityId::cmp);
        for (path, id) in std::mem::take(&mut self.references) {
            if known.binary_search(&id).is_err() && !self.unsure.contains(&id.word()) {
                self.add(path, ProblemKind::Dangling);
            }
        }
    }

    /// Whether nothing was found.
    pub const fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// The first [`Problems::MAX`] problems.
    pub fn into_found(self) -> Vec<Problem> {
        self.found
    }
}

/// A path says no more of a key than this many characters: keys of hostile files may be long.
const MAX_KEY: usize = 60;

/// A JSON value and its place in the file.
#[derive(Debug, Clone, Copy)]
pub struct Node<'a> {
    pub value: &'a Value,
    step: Step<'a>,
    parent: Option<&'a Self>,
}

#[derive(Debug, Clone, Copy)]
enum Step<'a> {
    Root,
    Key(&'a str),
    Index(usize),
}

impl<'a> Node<'a> {
    /// The whole file.
    pub const fn root(value: &'a Value) -> Self {
        Self { value, step: Step::Root, parent: None }
    }

    /// Another value at the same place.
    pub const fn with(&self, value: &'a Value) -> Self {
        Self { value, ..*self }
    }

    /// Its place: `$.objectives[2].title`.
    pub fn path(&self) -> String {
        let mut path = self.parent.map(Node::path).unwrap_or_default();
        match self.step {
            Step::Root => path.push('$'),
            Step::Key(key) => {
                path.push('.');
                path.extend(key.chars().take(MAX_KEY));
            }
            Step::Index(index) => path.push_str(&format!("[{index}]")),
        }
        path
    }

    /// Notes a problem here and gives nothing.
    pub fn fail<T>(&self, kind: impl Into<ProblemKind>, problems: &mut Problems) -> Option<T> {
        problems.add(self.path(), kind.into());
        None
    }

    fn wrong<T>(&self, expected: &'static str, problems: &mut Problems) -> Option<T> {
        self.fail(ProblemKind::WrongType { expected }, problems)
    }

    /// The members of an object.
    pub fn object(&'a self, problems: &mut Problems) -> Option<Fields<'a>> {
        match self.value.as_object() {
            Some(map) => Some(Fields { map, node: self }),
            None => self.wrong("an object", problems),
        }
    }

    /// The elements of an array of at most `max`.
    pub fn array<T>(
        &self,
        max: usize,
        problems: &mut Problems,
        mut each: impl FnMut(&Node<'_>, &mut Problems) -> Option<T>,
    ) -> Option<Vec<T>> {
        let Some(values) = self.value.as_array() else {
            return self.wrong("an array", problems);
        };
        if values.len() > max {
            return self.fail(ProblemKind::TooMany { max }, problems);
        }
        let mut all = Vec::with_capacity(values.len());
        for (index, value) in values.iter().enumerate() {
            let child = Node { value, step: Step::Index(index), parent: Some(self) };
            all.extend(each(&child, problems));
        }
        (all.len() == values.len()).then_some(all)
    }

    /// A text.
    pub fn text(&self, problems: &mut Problems) -> Option<&'a str> {
        match self.value.as_str() {
            Some(text) => Some(text),
            None => self.wrong("a text", problems),
        }
    }

    /// A text that `parse` understands.
    pub fn parse<T, E: Into<ProblemKind>>(
        &self,
        problems: &mut Problems,
        parse: impl FnOnce(&str) -> Result<T, E>,
    ) -> Option<T> {
        match parse(self.text(problems)?) {
            Ok(value) => Some(value),
            Err(error) => self.fail(error, problems),
        }
    }

    /// Refers to another entity from here.
    pub fn refer(&self, id: EntityId, problems: &mut Problems) {
        problems.references.push((self.path(), id));
    }
}

/// The members of an object, read one by one.
#[derive(Debug, Clone, Copy)]
pub struct Fields<'a> {
    map: &'a Map<String, Value>,
    node: &'a Node<'a>,
}

impl<'a> Fields<'a> {
    /// The member `name`, where it is there.
    pub fn get(&self, name: &'a str) -> Option<Node<'a>> {
        let value = self.map.get(name)?;
        Some(Node { value, step: Step::Key(name), parent: Some(self.node) })
    }

    /// The member `name`; notes a problem where it is missing.
    pub fn need(&self, name: &'static str, problems: &mut Problems) -> Option<Node<'a>> {
        let found = self.get(name);
        if found.is_none() {
            problems.add(self.node.path(), ProblemKind::Missing { field: name });
        }
        found
    }

    /// The member `name`, where it is there; a problem where it is `required` and missing.
    pub fn get_or(&self, name: &'static str, required: bool, problems: &mut Problems) -> Option<Option<Node<'a>>> {
        if required { self.need(name, problems).map(Some) } else { Some(self.get(name)) }
    }

    /// Reads the member `name` by `read`; notes a problem where it is missing and `absent` is `None`.
    pub fn read_or<T>(
        &self,
        name: &'static str,
        absent: Option<T>,
        problems: &mut Problems,
        read: impl FnOnce(&Node<'_>, &mut Problems) -> Option<T>,
    ) -> Option<T> {
        match self.get_or(name, absent.is_none(), problems)? {
            Some(node) => read(&node, problems),
            None => absent,
        }
    }

    /// Reads the member `name`.
    #[inline(never)]
    pub fn read<T: Json>(&self, name: &'static str, problems: &mut Problems) -> Option<T> {
        self.read_or(name, T::absent(), problems, checked)
    }

    /// Notes every member that is not among `known`: nothing is dropped in silence.
    pub fn only(&self, known: &[&[&str]], problems: &mut Problems) -> Option<()> {
        let mut clean = Some(());
        for key in self.map.keys() {
            if !known.iter().any(|names| names.contains(&key.as_str())) {
                let place = Node { value: self.node.value, step: Step::Key(key), parent: Some(self.node) };
                clean = place.fail(ProblemKind::UnknownField, problems);
            }
        }
        clean
    }
}

/// Reads a value and checks its rules.
#[inline(never)]
pub fn checked<T: Json>(node: &Node<'_>, problems: &mut Problems) -> Option<T> {
    let value = T::read(node, problems)?;
    match value.check() {
        Ok(()) => Some(value),
        Err(invalid) => node.fail(invalid, problems),
    }
}

/// Sets `name`, unless the value is one that is left out.
pub fn put<T: Json>(map: &mut Map<String, Value>, name: &str, value: &T) {
    if !value.is_absent() {
        map.insert(name.to_owned(), value.write());
    }
}

/// An object schema from its properties; those that may be missing are not required.
pub fn object_schema(properties: Vec<(&str, Value, bool)>) -> Value {
    let required: Vec<_> = properties.iter().filter(|p| p.2).map(|p| p.0).collect();
    let members: Map<_, _> = properties.iter().map(|p| (p.0.to_owned(), p.1.clone())).collect();
    json!({"type": "object", "properties": members, "required": required, "additionalProperties": false})
}

/// The schema entry of one field.
pub fn property<T: Json>(name: &str) -> (&str, Value, bool) {
    (name, T::schema(), T::absent().is_none())
}

impl Json for Number {
    fn write(&self) -> Value {
        // Whole numbers stay free of ".0": shortest text, and spreadsheets agree.
        let (value, whole) = (self.get(), self.get().trunc());
        #[expect(clippy::cast_possible_truncation, reason = "|v| <= 1e15 fits")]
        if (value - whole).abs() > 0.0 { Value::from(value) } else { Value::from(whole as i64) }
    }

    fn read(node: &Node<'_>, problems: &mut Problems) -> Option<Self> {
        let Some(value) = node.value.as_f64() else {
            return node.wrong("a number", problems);
        };
        match Self::new(value) {
            Ok(number) => Some(number),
            Err(error) => node.fail(error, problems),
        }
    }

    fn schema() -> Value {
        json!({"type": "number", "minimum": -Self::MAX, "maximum": Self::MAX})
    }
}

impl Json for u32 {
    fn write(&self) -> Value {
        Value::from(*self)
    }

    fn read(node: &Node<'_>, problems: &mut Problems) -> Option<Self> {
        match node.value.as_u64().and_then(|value| Self::try_from(value).ok()) {
            Some(value) => Some(value),
            None => node.wrong("a whole number from 0 on", problems),
        }
    }

    fn schema() -> Value {
        json!({"type": "integer", "minimum": 0})
    }
}

macro_rules! texts {
    ($($type:ty: $read:expr, $schema:tt;)*) => {$(
        impl Json for $type {
            fn write(&self) -> Value {
                Value::String(self.to_string())
            }

            fn read(node: &Node<'_>, problems: &mut Problems) -> Option<Self> {
                node.parse(problems, $read)
            }

            fn schema() -> Value {
                json!($schema)
            }
        }
    )*};
}

texts! {
    Day: str::parse, {"type": "string", "format": "date"};
    Actor: str::parse, {"type": "string", "pattern": "^[0-9a-f]{8}$"};
    Name: Name::stored, {"type": "string", "minLength": 1, "maxLength": (Name::MAX)};
    PlanId: str::parse, {"type": "string", "format": "uuid"};
}

impl Json for Stamp {
    fn write(&self) -> Value {
        Value::String(self.to_string())
    }

    fn read(node: &Node<'_>, problems: &mut Problems) -> Option<Self> {
        let stamp = node.parse(problems, str::parse::<Self>)?;
        if problems.from_elsewhere && stamp.is_beyond_files() { node.fail(StampError, problems) } else { Some(stamp) }
    }

    fn schema() -> Value {
        json!({"type": "string", "pattern": "^[0-9a-f]{22}$"})
    }
}

macro_rules! optional_texts {
    ($($type:ident)*) => {$(
        impl Json for $type {
            fn write(&self) -> Value {
                Value::String(self.to_string())
            }

            fn read(node: &Node<'_>, problems: &mut Problems) -> Option<Self> {
                node.parse(problems, Self::new)
            }

            fn schema() -> Value {
                json!({"type": "string", "maxLength": Self::MAX})
            }

            fn absent() -> Option<Self> {
                Some(Self::default())
            }

            fn is_absent(&self) -> bool {
                self.as_str().is_empty()
            }
        }
    )*};
}

optional_texts!(Prose Unit);

macro_rules! references {
    ($($type:ident $kind:ident)*) => {$(
        impl Json for $type {
            fn write(&self) -> Value {
                Value::String(self.to_string())
            }

            fn read(node: &Node<'_>, problems: &mut Problems) -> Option<Self> {
                let id = node.parse(problems, str::parse)?;
                node.refer(EntityId::$kind(id), problems);
                Some(id)
            }

            fn schema() -> Value {
                json!({"type": "string", "format": "uuid"})
            }

            fn references(&self, found: &mut Vec<EntityId>) {
                found.push(EntityId::$kind(*self));
            }
        }
    )*};
}

references! {
    PillarId Pillar OwnerId Owner CycleId Cycle ObjectiveId Objective KeyResultId KeyResult MilestoneId Milestone
    InitiativeId Initiative KpiId Kpi FilterId Filter
}

/// Only where it is true does it stand in a file.
impl Json for bool {
    fn write(&self) -> Value {
        Value::Bool(*self)
    }

    fn read(node: &Node<'_>, problems: &mut Problems) -> Option<Self> {
        match node.value.as_bool() {
            Some(value) => Some(value),
            None => node.wrong("true or false", problems),
        }
    }

    fn schema() -> Value {
        json!({"type": "boolean"})
    }

    fn absent() -> Option<Self> {
        Some(false)
    }

    fn is_absent(&self) -> bool {
        !self
    }
}

impl<T: Json> Json for Option<T> {
    fn write(&self) -> Value {
        self.as_ref().map_or(Value::Null, Json::write)
    }

    fn read(node: &Node<'_>, problems: &mut Problems) -> Option<Self> {
        if node.value.is_null() { Some(None) } else { T::read(node, problems).map(Some) }
    }

    fn schema() -> Value {
        json!({"anyOf": [T::schema(), {"type": "null"}]})
    }

    fn absent() -> Option<Self> {
        Some(None)
    }

    fn is_absent(&self) -> bool {
        self.is_none()
    }

    fn check(&self) -> Result<(), Invalid> {
        self.as_ref().map_or(Ok(()), Json::check)
    }

    fn references(&self, found: &mut Vec<EntityId>) {
        if let Some(value) = self {
            value.references(found);
        }
    }
}

/// An enumeration whose variants are words.
macro_rules! choice {
    ($(#[$doc:meta])* $type:ident { $($(#[$vdoc:meta])* $variant:ident = $word:literal,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $type { $($(#[$vdoc])* $variant,)* }

        impl $type {
            /// Every choice, in the order in which a person should meet them.
            pub const ALL: &[Self] = &[$(Self::$variant),*];

            /// Its word in files.
            #[must_use]
            pub const fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),* }
            }

            /// The choice with this word.
            #[must_use]
            pub fn from_word(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|choice| choice.word() == word)
            }
        }

        impl $crate::json::Json for $type {
            fn write(&self) -> serde_json::Value {
                self.word().into()
            }

            fn read(node: &$crate::json::Node<'_>, problems: &mut $crate::json::Problems) -> Option<Self> {
                node.parse(problems, |text| {
                    Self::from_word(text).ok_or($crate::ProblemKind::UnknownWord { expected: &[$($word),*] })
                })
            }

            fn schema() -> serde_json::Value {
                serde_json::json!({"enum": [$($word),*]})
            }
        }
    };
}

/// A plain record of named values, with its rules.
macro_rules! record {
    ($(#[$doc:meta])* $type:ident { $($(#[$fdoc:meta])* $field:ident: $value:ty,)* } $(check $check:expr)?) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
        pub struct $type { $($(#[$fdoc])* pub $field: $value,)* }

        impl $crate::json::Row for $type {
            const FIELDS: &'static [&'static str] = &[$(stringify!($field)),*];

            fn read_from(
                fields: &$crate::json::Fields<'_>,
                problems: &mut $crate::json::Problems,
            ) -> Option<Self> {
                $(let $field = fields.read(stringify!($field), problems);)*
                Some(Self { $($field: $field?,)* })
            }

            fn properties() -> Vec<(&'static str, serde_json::Value, bool)> {
                vec![$($crate::json::property::<$value>(stringify!($field))),*]
            }
        }

        impl $crate::json::Json for $type {
            fn write(&self) -> serde_json::Value {
                let mut map = serde_json::Map::new();
                $($crate::json::put(&mut map, stringify!($field), &self.$field);)*
                map.into()
            }

            fn read(node: &$crate::json::Node<'_>, problems: &mut $crate::json::Problems) -> Option<Self> {
                let fields = node.object(problems)?;
                let clean = fields.only(&[<Self as $crate::json::Row>::FIELDS], problems);
                let value = <Self as $crate::json::Row>::read_from(&fields, problems)?;
                clean.map(|()| value)
            }

            fn schema() -> serde_json::Value {
                $crate::json::object_schema(<Self as $crate::json::Row>::properties())
            }

            fn references(&self, found: &mut Vec<$crate::EntityId>) {
                $($crate::json::Json::references(&self.$field, found);)*
            }

            $(fn check(&self) -> Result<(), $crate::Invalid> {
                let check: fn(&Self) -> Result<(), $crate::Invalid> = $check;
                check(self)
            })?
        }
    };
}

/// An enumeration whose variants are records, told apart by the field `kind`.
macro_rules! tagged {
    (
        $(#[$doc:meta])* $type:ident {
            $($(#[$vdoc:meta])* $variant:ident = $word:literal { $($(#[$fdoc:meta])* $field:ident: $value:ty,)* })*
        }
        $(check $check:expr)?
        $(; absent $absent:expr)?
    ) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
        pub enum $type { $($(#[$vdoc])* $variant { $($(#[$fdoc])* $field: $value,)* },)* }

        impl $crate::json::Json for $type {
            fn write(&self) -> serde_json::Value {
                let mut map = serde_json::Map::new();
                match self {
                    $(Self::$variant { $($field),* } => {
                        map.insert("kind".to_owned(), $word.into());
                        $($crate::json::put(&mut map, stringify!($field), $field);)*
                    })*
                }
                map.into()
            }

            fn read(node: &$crate::json::Node<'_>, problems: &mut $crate::json::Problems) -> Option<Self> {
                let fields = node.object(problems)?;
                let kind: String = fields.read("kind", problems)?;
                match kind.as_str() {
                    $($word => {
                        let clean = fields.only(&[&["kind", $(stringify!($field)),*]], problems);
                        $(let $field = fields.read(stringify!($field), problems);)*
                        clean?;
                        Some(Self::$variant { $($field: $field?,)* })
                    })*
                    _ => fields.get("kind")?.fail(
                        $crate::ProblemKind::UnknownWord { expected: &[$($word),*] },
                        problems,
                    ),
                }
            }

            fn schema() -> serde_json::Value {
                serde_json::json!({"oneOf": [$(
                    $crate::json::object_schema(vec![
                        ("kind", serde_json::json!({"const": $word}), true),
                        $($crate::json::property::<$value>(stringify!($field)),)*
                    ])
                ),*]})
            }

            $(fn absent() -> Option<Self> {
                Some($absent)
            }

            fn is_absent(&self) -> bool {
                *self == $absent
            })?

            #[allow(unused_variables, reason = "a variant may hold nothing")]
            fn references(&self, found: &mut Vec<$crate::EntityId>) {
                match self {
                    $(Self::$variant { $($field),* } => {
                        $($crate::json::Json::references($field, found);)*
                    })*
                }
            }

            $(fn check(&self) -> Result<(), $crate::Invalid> {
                let check: fn(&Self) -> Result<(), $crate::Invalid> = $check;
                check(self)
            })?
        }
    };
}

pub(crate) use {choice, record, tagged};

/// A record whose members can also stand among those of another object.
pub trait Row: Json {
    const FIELDS: &'static [&'static str];
    fn read_from(fields: &Fields<'_>, problems: &mut Problems) -> Option<Self>;
    fn properties() -> Vec<(&'static str, Value, bool)>;
}

impl Json for String {
    fn write(&self) -> Value {
        Value::String(self.clone())
    }

    fn read(node: &Node<'_>, problems: &mut Problems) -> Option<Self> {
        node.text(problems).map(str::to_owned)
    }

    fn schema() -> Value {
        json!({"type": "string"})
    }
}
