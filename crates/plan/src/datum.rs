//! A value whose type is known only where it is used.
//!
//! A plan has dozens of types of values, and all are kept, dated, merged, undone and written in the same way. What is
//! the same for all is therefore written for [`Datum`], and compiled once: the page is fetched more often than it is
//! built.

use std::{any::Any, cmp::Ordering, fmt, sync::Arc};

use serde_json::Value;

use crate::{
    EntityId, Invalid,
    json::{Json, Node, Problems, checked},
};

/// What any value can do, whatever its type.
trait Held: Any + Send + Sync {
    fn compare(&self, other: &dyn Any) -> Ordering;
    fn write(&self) -> Value;
    fn is_absent(&self) -> bool;
    fn check(&self) -> Result<(), Invalid>;
    fn references(&self, found: &mut Vec<EntityId>);
}

/// What the type of a field's values has to be.
pub trait Content: Json + Ord + Send + Sync + 'static {}

impl<T: Json + Ord + Send + Sync + 'static> Content for T {}

impl<T: Content> Held for T {
    fn compare(&self, other: &dyn Any) -> Ordering {
        // A field holds values of one type: there is nothing else to compare with.
        other.downcast_ref().map_or(Ordering::Equal, |other| self.cmp(other))
    }

    fn write(&self) -> Value {
        Json::write(self)
    }

    fn is_absent(&self) -> bool {
        Json::is_absent(self)
    }

    fn check(&self) -> Result<(), Invalid> {
        Json::check(self)
    }

    fn references(&self, found: &mut Vec<EntityId>) {
        Json::references(self, found);
    }
}

/// A value of some type. Cloning shares it.
#[derive(Clone)]
pub struct Datum(Arc<dyn Held>);

/// As in files: no further code for each type.
impl fmt::Debug for Datum {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write().fmt(f)
    }
}

impl Datum {
    pub fn new<T: Content>(value: T) -> Self {
        Self(Arc::new(value))
    }

    /// The value, by those who put it in.
    pub fn get<T: 'static>(&self) -> &T {
        let held: &dyn Any = &*self.0;
        held.downcast_ref().unwrap_or_else(|| unreachable!("a field holds values of its own type"))
    }

    pub fn write(&self) -> Value {
        self.0.write()
    }

    /// Whether it is left out of files.
    pub fn is_absent(&self) -> bool {
        self.0.is_absent()
    }

    /// The rules of its type.
    pub fn check(&self) -> Result<(), Invalid> {
        self.0.check()
    }

    pub fn references(&self, found: &mut Vec<EntityId>) {
        self.0.references(found);
    }
}

impl Ord for Datum {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.compare(&*other.0)
    }
}

impl PartialOrd for Datum {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Datum {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Datum {}

/// A type of values, where only its values are needed.
#[derive(Debug, Clone, Copy)]
pub struct Type {
    read: fn(&Node<'_>, &mut Problems) -> Option<Datum>,
    absent: fn() -> Option<Datum>,
}

impl Type {
    pub const fn of<T: Content>() -> Self {
        Self {
            read: |node, problems| checked::<T>(node, problems).map(Datum::new),
            absent: || T::absent().map(Datum::new),
        }
    }

    /// Reads a value and checks its rules.
    pub fn read(&self, node: &Node<'_>, problems: &mut Problems) -> Option<Datum> {
        (self.read)(node, problems)
    }

    /// What a missing value means, if it may be missing.
    pub fn absent(&self) -> Option<Datum> {
        (self.absent)()
    }
}
