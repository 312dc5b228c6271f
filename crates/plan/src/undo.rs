//! What can be taken back, and made again.

use std::collections::VecDeque;

use serde_json::{Map, Value};

use crate::{
    At, Change, ChangeError, Day, Plan,
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
    /// What was there when it was made, for each change in it: what is something else by now was changed since.
    pub left: Vec<Option<Change>>,
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
                (last.millis, last.left) = (step.millis, step.left);
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

/// What taking back has come to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TakenBack {
    /// The plan after it.
    pub plan: Plan,
    /// What was applied.
    pub change: Change,
    /// What takes that back.
    pub inverse: Change,
    /// How many changes were left out, because another tab has changed the same since.
    pub left_out: usize,
}

impl Plan {
    /// Applies a step, without those of its changes that would undo what somebody else has done since.
    ///
    /// # Errors
    /// As for [`Plan::apply`], where none of it can be applied.
    pub fn take_back(&self, step: &Step, at: At) -> Result<TakenBack, ChangeError> {
        let all = each(&step.change);
        let is_left = |change: &Change, left: &Option<Change>| match (self.standing(change), left) {
            (Some(now), Some(then)) => says_the_same(&now, then),
            (now, then) => now.is_none() && then.is_none(),
        };
        let own = all.iter().zip(&step.left).filter(|(change, left)| is_left(change, left));
        let mut own: Vec<Change> = own.map(|(change, _)| (*change).clone()).collect();
        let found = loop {
            let change = match <[Change; 1]>::try_from(own) {
                Ok([one]) => one,
                Err(own) => Change::All(own),
            };
            match self.apply(&change, at) {
                // Something was added to it since.
                Err(ChangeError::Needed(id)) => {
                    own = each(&change).into_iter().filter(|it| **it != Change::Delete(id)).cloned().collect();
                }
                done => break done.map(|(plan, inverse)| (plan, change, inverse)),
            }
        };
        let (plan, change, inverse) = found?;
        let left_out = all.len() - each(&change).len();
        Ok(TakenBack { plan, change, inverse, left_out })
    }

    /// What is there now, for each change of a step.
    #[must_use]
    pub fn left_by(&self, change: &Change) -> Vec<Option<Change>> {
        each(change).into_iter().map(|change| self.standing(change)).collect()
    }

    /// The change that would bring about what is there now in the place of which a change speaks.
    fn standing(&self, change: &Change) -> Option<Change> {
        match change {
            Change::All(_) => None,
            Change::Add(entity) => (!self.has(entity.id())).then(|| Change::Delete(entity.id())),
            Change::Delete(id) => self.any(*id).map(Change::Add),
            Change::Edit { edit, from: None } => {
                self.edited(edit, Day::FIRST).map(|(edit, _)| Change::Edit { edit, from: None })
            }
            Change::Edit { edit, from: Some(from) } | Change::Withdraw { edit, from } => {
                let (edit, withdrawn) = self.edited(edit, *from)?;
                Some(if withdrawn {
                    Change::Withdraw { edit, from: *from }
                } else {
                    Change::Edit { edit, from: Some(*from) }
                })
            }
            Change::CheckIn { of, key, .. } => {
                let row = self.key_results.get(*of)?.check_ins.get(key).cloned();
                Some(Change::CheckIn { of: *of, key: *key, row })
            }
            Change::Reading { of, key, .. } => {
                let row = self.kpis.get(*of)?.readings.get(key).cloned();
                Some(Change::Reading { of: *of, key: *key, row })
            }
        }
    }
}

/// Every change in a change, in order.
fn each(change: &Change) -> Vec<&Change> {
    match change {
        Change::All(changes) => changes.iter().flat_map(each).collect(),
        change => vec![change],
    }
}

fn says_the_same(now: &Change, then: &Change) -> bool {
    match (now, then) {
        (Change::Add(now), Change::Add(then)) => now.says_the_same(then),
        (now, then) => now == then,
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
        map.insert(
            "left".to_owned(),
            self.left.iter().map(|left| left.as_ref().map_or(Value::Null, Json::write)).collect(),
        );
        map.insert("millis".to_owned(), self.millis.into());
        map.into()
    }

    fn read(node: &Node<'_>, problems: &mut Problems) -> Option<Self> {
        let fields = node.object(problems)?;
        let label = fields.read("label", problems)?;
        let change = fields.read("change", problems)?;
        let left = fields.need("left", problems)?.array(Change::MAX, problems, |node, problems| match node.value {
            Value::Null => Some(None),
            _ => Change::read(node, problems).map(Some),
        })?;
        let millis = fields.need("millis", problems)?.value.as_u64()?;
        Some(Self { label, change, left, millis })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        Actor, CheckIn, Clock, Edit, EntryKey, FrameEdit, KeyResult, KeyResultId, Measure, Name, Number, Objective,
        ObjectiveEdit, ObjectiveId, Prose, Seed,
    };

    fn day(n: i32) -> Day {
        Day::FIRST.plus_days(n)
    }

    fn mission(text: &str, from: i32) -> Change {
        let edit = Edit::frame(FrameEdit::mission(Prose::new(text).unwrap()));
        Change::Edit { edit, from: Some(day(from)) }
    }

    fn step(label: &str, change: Change, millis: u64) -> Step {
        Step { label: label.to_owned(), change, left: vec![None], millis }
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

    /// A person in one of two tabs on the same plan.
    struct Tab {
        plan: Plan,
        clock: Clock,
    }

    impl Tab {
        fn at(&mut self) -> At {
            At { stamp: self.clock.tick(5), day: day(1) }
        }

        /// Makes a change; gives the step that takes it back.
        fn make(&mut self, change: &Change) -> Step {
            let at = self.at();
            let (plan, inverse) = self.plan.apply(change, at).unwrap();
            self.plan = plan;
            let left = self.plan.left_by(&inverse);
            Step { label: String::new(), change: inverse, left, millis: 0 }
        }

        fn hear(&mut self, other: &Self) {
            self.plan = self.plan.merge(&other.plan);
            self.clock.observe(other.plan.latest_stamp());
        }
    }

    fn seed(n: u8) -> Seed {
        Seed { millis: 1, random: [n; 10] }
    }

    fn text(text: &str) -> Name {
        Name::new(text).unwrap()
    }

    const OBJECTIVE: u8 = 1;
    const KEY_RESULT: u8 = 2;

    fn tabs() -> [Tab; 2] {
        let mut clock = Clock::new(Actor(1));
        let at = At { stamp: clock.tick(1), day: day(1) };
        let objective = Objective::new(seed(OBJECTIVE).into(), text("Go"), None, at);
        let measure = Measure::Done {};
        let own = KeyResult::new(seed(KEY_RESULT).into(), objective.id, text("Gone"), measure, at);
        let all = Change::All(vec![Change::Add(objective.into()), Change::Add(own.into())]);
        let plan = Plan::new(seed(9).into(), text("Plan"), at);
        let plan = plan.apply(&all, At { stamp: clock.tick(2), day: day(1) }).unwrap().0;
        [2, 3].map(|actor| {
            let mut clock = Clock::new(Actor(actor));
            clock.observe(plan.latest_stamp());
            Tab { plan: plan.clone(), clock }
        })
    }

    fn rename(name: &str) -> Change {
        Change::Edit { edit: Edit::frame(FrameEdit::name(text(name))), from: None }
    }

    fn title(name: &str) -> Change {
        Change::Edit {
            edit: Edit::of(ObjectiveId::from(seed(OBJECTIVE)), ObjectiveEdit::title(text(name))),
            from: None,
        }
    }

    fn archive(archived: bool) -> Change {
        let edit = Edit::of(ObjectiveId::from(seed(OBJECTIVE)), ObjectiveEdit::archived(archived));
        Change::Edit { edit, from: None }
    }

    fn check_in(value: i32) -> Change {
        let row = CheckIn { value: Some(Number::from(value)), confidence: None, note: Prose::default() };
        let key = EntryKey { day: day(1), n: 0, actor: Actor(2) };
        Change::CheckIn { of: seed(KEY_RESULT).into(), key, row: Some(row) }
    }

    fn further(n: u8) -> Change {
        let at = At { stamp: Clock::new(Actor(9)).tick(1), day: day(1) };
        Change::Add(Objective::new(seed(n).into(), text("Further"), None, at).into())
    }

    fn own_of(n: u8, objective: u8) -> Change {
        let at = At { stamp: Clock::new(Actor(9)).tick(1), day: day(1) };
        Change::Add(KeyResult::new(seed(n).into(), seed(objective).into(), text("Own"), Measure::Done {}, at).into())
    }

    fn delete_objective() -> Change {
        let ids = [KeyResultId::from(seed(KEY_RESULT)).into(), ObjectiveId::from(seed(OBJECTIVE)).into()];
        Change::All(ids.map(Change::Delete).to_vec())
    }

    #[test]
    fn what_another_tab_has_changed_since_is_left() {
        // What one tab does, what the other does then, and how many changes of the step are left out.
        for (what, one, other, left_out) in [
            ("nothing else", rename("A"), vec![], 0),
            ("another field", rename("A"), vec![title("Other")], 0),
            ("the same name", rename("A"), vec![rename("B")], 1),
            ("a name and back", rename("A"), vec![rename("B"), rename("A")], 0),
            ("the same decision", archive(true), vec![archive(false)], 1),
            ("a check-in that is corrected", check_in(5), vec![check_in(55)], 1),
            ("one of two", Change::All(vec![rename("A"), check_in(5)]), vec![check_in(55)], 1),
            ("a new objective that is renamed", further(3), vec![], 0),
            ("a new objective that is added to", further(3), vec![own_of(4, 3)], 1),
            ("a deletion", delete_objective(), vec![], 0),
        ] {
            let [mut here, mut there] = tabs();
            let before = here.plan.clone();
            let step = here.make(&one);
            there.hear(&here);
            for change in &other {
                there.make(change);
            }
            here.hear(&there);
            let now = here.at();
            let taken_back = here.plan.take_back(&step, now).unwrap();
            assert_eq!(taken_back.left_out, left_out, "{what}");
            let all = each(&step.change).len();
            assert_eq!(each(&taken_back.change).len(), all - left_out, "{what}");
            if left_out == all {
                assert!(crate::compare::compare(&taken_back.plan, &here.plan).is_empty(), "{what}");
            }
            if other.is_empty() {
                assert!(crate::compare::compare(&taken_back.plan, &before).is_empty(), "{what}");
            }
            // It can be made again.
            let left = taken_back.plan.left_by(&taken_back.inverse);
            let again = Step { label: String::new(), change: taken_back.inverse, left, millis: 0 };
            let again = taken_back.plan.take_back(&again, here.at()).unwrap();
            assert_eq!(again.left_out, 0, "{what}");
            assert!(crate::compare::compare(&again.plan, &here.plan).is_empty(), "{what}");
        }
    }

    #[test]
    fn a_deletion_is_taken_back_without_what_came_back_by_itself() {
        let [mut here, mut there] = tabs();
        let step = here.make(&delete_objective());
        there.make(&title("Added to"));
        here.hear(&there);
        let now = here.at();
        let taken_back = here.plan.take_back(&step, now).unwrap();
        assert_eq!(taken_back.left_out, 1);
        assert_eq!(*taken_back.plan.objectives.get(seed(OBJECTIVE).into()).unwrap().title, text("Added to"));
        assert!(taken_back.plan.has(KeyResultId::from(seed(KEY_RESULT)).into()));
    }

    #[test]
    fn another_text_gives_nothing() {
        for text in ["", "{}", "[]", r#"{"undo": [1], "redo": []}"#, r#"{"undo": [{"label": "x"}], "redo": []}"#] {
            assert_eq!(Stacks::from_text(text), None);
        }
    }
}
