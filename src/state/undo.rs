//! What can be taken back, in this tab.

use std::collections::VecDeque;

use bearings_plan::Change;

/// A change, and what it is called.
#[derive(Debug, Clone)]
pub struct Step {
    /// "check-in on Monthly visitors".
    pub label: String,
    /// What to apply.
    pub change: Change,
}

/// Changes to take back, and changes that were taken back.
#[derive(Debug, Default)]
pub struct Stacks {
    undo: VecDeque<Step>,
    redo: Vec<Step>,
}

/// How many changes can be taken back.
const MAX: usize = 100;

impl Stacks {
    /// A new change was made: what had been taken back cannot be made again.
    pub fn done(&mut self, step: Step) {
        self.redo.clear();
        self.redone(step);
    }

    pub fn undo(&mut self) -> Option<Step> {
        self.undo.pop_back()
    }

    pub fn redo(&mut self) -> Option<Step> {
        self.redo.pop()
    }

    pub fn undone(&mut self, step: Step) {
        self.redo.push(step);
    }

    pub fn redone(&mut self, step: Step) {
        if self.undo.len() == MAX {
            self.undo.pop_front();
        }
        self.undo.push_back(step);
    }

    pub fn next_undo(&self) -> Option<&str> {
        self.undo.back().map(|step| step.label.as_str())
    }

    pub fn next_redo(&self) -> Option<&str> {
        self.redo.last().map(|step| step.label.as_str())
    }
}
