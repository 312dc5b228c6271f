//! What can be taken back, and made again.

use std::collections::VecDeque;

use serde_json::{Map, Value};

use crate::{
    Change,
    json::{Json, Node, Problems},
    notation::{text_of, value_of},
};

/// A change to apply, and what it is called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// "check-in on Monthly visitors".
    pub label: String,
    /// What to apply.
    pub change: Change,
    /// When it was last added to, in milliseconds since 1970.
    pub millis: u64,
}

/// Changes to take back, and changes that were taken back.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Stacks {
    undo: VecDeque<Step>,
    redo: Vec<Step>,
}

impl Stacks {
    /// How many changes can be taken back.
    pub const MAX: usize = 100;
    /// Edits of one field that follow each other within this time, in milliseconds, are taken back together.
    const TYPING: u64 = 2_000;

    /// A new change was made, and `step` takes it back: what had been taken back cannot be made again. What is `typed` (an
    /// edit, and not a decision that is taken back) may join the step before.
    pub fn done(&mut self, step: Step, typed: bool) {
        self.redo.clear();
        match self.undo.back_mut() {
            Some(last) if typed && last.same_field(&step) && step.millis.saturating_sub(last.millis) < Self::TYPING => {
                last.millis = step.millis;
            }
            _ => self.redone(step),
        }
    }

    /// The step to take back now.
    pub fn undo(&mut self) -> Option<Step> {
        self.undo.pop_back()
    }

    /// The step to make again now.
    pub fn redo(&mut self) -> Option<Step> {
        self.redo.pop()
    }

    /// A step was taken back, and `step` makes it again.
    pub fn undone(&mut self, step: Step) {
        self.redo.push(step);
    }

    /// A step was made, and `step` takes it back.
    pub fn redone(&mut self, step: Step) {
        if self.undo.len() == Self::MAX {
            self.undo.pop_front();
        }
        self.undo.push_back(step);
    }

    /// What the next step back is called.
    #[must_use]
    pub fn next_undo(&self) -> Option<&str> {
        self.undo.back().map(|step| step.label.as_str())
    }

    /// What the next step forward is called.
    #[must_use]
    pub fn next_redo(&self) -> Option<&str> {
        self.redo.last().map(|step| step.label.as_str())
    }

    /// As text, to outlive a reload.
    #[must_use]
    pub fn to_text(&self) -> String {
        let undo: Value = self.undo.iter().map(Step::write).collect();
        let redo: Value = self.redo.iter().map(Step::write).collect();
        text_of(&Value::from_iter([("undo", undo), ("redo", redo)]))
    }

    /// From [`Stacks::to_text`]; none where that was not written by this version.
    #[must_use]
    pub fn from_text(text: &str) -> Option<Self> {
        let value = value_of(text).ok()?;
        let root = Node::root(&value);
        let mut problems = Problems::default();
        let fields = root.object(&mut problems)?;
        let mut steps = |name| fields.need(name, &mut problems)?.array(Self::MAX, &mut problems, Step::read);
        let (undo, redo) = (steps("undo")?, steps("redo")?);
        Some(Self { undo: undo.into(), redo })
    }
}

impl Step {
    /// Whether both take back an edit of one field for one day. The first of that day is taken back by withdrawing it.
    fn same_field(&self, later: &Self) -> bool {
        let field = |change: &Change| match change {
            Change::Edit { edit, from } => Some((edit.id(), edit.field(), *from)),
            Change::Withdraw { edit, from } => Some((edit.id(), edit.field(), Some(*from))),
            _ => None,
        };
        matches!(later.change, Change::Edit { .. }) && field(&self.change) == field(&later.change)
    }

    fn write(&self) -> Value {
        let mut map = Map::new();
        map.insert("label".to_owned(), self.label.as_str().into());
        map.insert("change".to_owned(), self.change.write());
        map.insert("millis".to_owned(), self.millis.into());
        map.into()
    }

    fn read(node: &Node<'_>, problems: &mut Problems) -> Option<Self> {
        let fields = node.object(problems)?;
        let label = fields.read("label", problems)?;
        let change = fields.read("change", problems)?;
        let millis = fields.need("millis", problems)?.value.as_u64()?;
        Some(Self { label, change, millis })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Day, Edit, FrameEdit, Name, Prose};

    fn day(n: i32) -> Day {
        Day::FIRST.plus_days(n)
    }

    fn mission(text: &str, from: i32) -> Change {
        let edit = Edit::frame(FrameEdit::mission(Prose::new(text).unwrap()));
        Change::Edit { edit, from: Some(day(from)) }
    }

    fn step(label: &str, change: Change, millis: u64) -> Step {
        Step { label: label.to_owned(), change, millis }
    }

    fn all(stacks: &mut Stacks) -> Vec<String> {
        std::iter::from_fn(|| stacks.undo()).map(|step| step.label).collect()
    }

    #[test]
    fn what_is_not_typed_stays_apart_from_what_was() {
        let edit = Edit::frame(FrameEdit::name(Name::new("Plan").unwrap()));
        let withdrawal = Change::Withdraw { edit: edit.clone(), from: day(1) };
        let mut stacks = Stacks::default();
        stacks.done(step("decided", withdrawal.clone(), 0), true);
        stacks.done(step("withdrawn", Change::Edit { edit, from: Some(day(1)) }, 100), false);
        assert_eq!(all(&mut stacks), ["withdrawn", "decided"]);
    }

    #[test]
    fn typing_is_taken_back_at_once() {
        let mut stacks = Stacks::default();
        stacks.done(step("empty", mission("", 1), 0), true);
        stacks.done(step("f", mission("f", 1), 1_500), true);
        stacks.done(step("fa", mission("fa", 1), 3_000), true);
        stacks.done(step("far", mission("far", 1), 5_000), true);
        stacks.done(step("farther", mission("farther", 2), 5_100), true);
        assert_eq!(all(&mut stacks), ["farther", "far", "empty"]);
    }

    #[test]
    fn the_first_edit_of_a_day_is_withdrawn_with_what_was_typed_after_it() {
        let edit = Edit::frame(FrameEdit::name(Name::new("Plan").unwrap()));
        let withdraw = Change::Withdraw { edit: edit.clone(), from: day(1) };
        let mut stacks = Stacks::default();
        stacks.done(step("first", withdraw.clone(), 0), true);
        stacks.done(step("second", Change::Edit { edit, from: Some(day(1)) }, 100), true);
        stacks.done(step("other", withdraw, 200), true);
        assert_eq!(all(&mut stacks), ["other", "first"]);
    }

    #[test]
    fn other_changes_stay_apart() {
        let mut stacks = Stacks::default();
        for n in 0..3 {
            stacks.done(step(&n.to_string(), Change::All(Vec::new()), 0), true);
        }
        assert_eq!(all(&mut stacks), ["2", "1", "0"]);
    }

    #[test]
    fn a_new_change_ends_what_could_be_made_again() {
        let mut stacks = Stacks::default();
        stacks.done(step("first", mission("", 1), 0), true);
        let back = stacks.undo().unwrap();
        stacks.undone(back);
        assert_eq!((stacks.next_undo(), stacks.next_redo()), (None, Some("first")));
        stacks.done(step("second", mission("x", 1), 0), true);
        assert_eq!((stacks.next_undo(), stacks.next_redo()), (Some("second"), None));
    }

    #[test]
    fn a_hundred_steps_are_kept_and_outlive_their_text() {
        let mut stacks = Stacks::default();
        for n in 0..150 {
            stacks.done(step(&n.to_string(), Change::All(Vec::new()), n), true);
        }
        let back = stacks.undo().unwrap();
        stacks.undone(back);
        let again = Stacks::from_text(&stacks.to_text()).unwrap();
        assert_eq!(again, stacks);
        assert_eq!(again.undo.len(), Stacks::MAX - 1);
        assert_eq!((again.next_undo(), again.next_redo()), (Some("148"), Some("149")));
    }

    #[test]
    fn another_text_gives_nothing() {
        for text in ["", "{}", "[]", r#"{"undo": [1], "redo": []}"#, r#"{"undo": [{"label": "x"}], "redo": []}"#] {
            assert_eq!(Stacks::from_text(text), None);
        }
    }
}
