//! What goes on beside the reader's work: room, retries, a file that is kept in step.
//!
//! Here is only what pages show of it. The work is in `ui/upkeep.rs` and in a chunk of its own.

use crate::reactive::RwSignal;

/// What upkeep has found out. Cheap to copy: signals only.
#[derive(Debug, Clone, Copy)]
pub struct Upkeep {
    /// Whether the storage is nearly full.
    pub crowded: RwSignal<bool>,
    /// Whether the browser promised to keep what is stored; none while it was not asked.
    pub promised: RwSignal<Option<bool>>,
    /// The file that the open plan is kept in step with.
    pub link: RwSignal<Link>,
}

/// The open plan's file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Link {
    /// There is none.
    None,
    /// There is one.
    To(String, Synced),
}

/// How it stands with a linked file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Synced {
    /// It is looked at.
    Looking,
    /// It holds what the plan holds; so many things came from it at the last look.
    InStep { merged: usize },
    /// The browser wants a click before it may be read and written again.
    Asking,
    /// It holds no plan, and is not touched.
    NotAPlan,
    /// It holds another plan, and is not touched.
    OtherPlan,
    /// A newer version wrote it, and it is not touched.
    Newer,
    /// It cannot be read or written.
    NotWritable,
    /// What came from it cannot be stored in this browser; it is not touched.
    NotKept,
}

impl Upkeep {
    pub(super) fn new() -> Self {
        Self { crowded: RwSignal::new(false), promised: RwSignal::new(None), link: RwSignal::new(Link::None) }
    }
}
