//! What happened to an objective: its story.

use crate::{
    Bounds, Dated, Day, EntryKey, KeyResult, KeyResultId, Measure, MilestoneId, Number, ObjectiveId, OwnDates, Plan,
    Prose, in_order,
};

/// Something that happened on a day.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// When.
    pub day: Day,
    /// To which key result.
    pub of: KeyResultId,
    /// What.
    pub what: What,
}

/// What happened.
#[derive(Debug, Clone, PartialEq)]
pub enum What {
    /// Somebody checked in.
    CheckIn(EntryKey),
    /// A step was done.
    Step(MilestoneId),
    /// Another goal was set.
    Moved(Goalpost),
}

/// A goalpost that was moved after its key result had begun, or at least after the day on which it was made.
#[derive(Debug, Clone, PartialEq)]
pub struct Goalpost {
    /// From which day on.
    pub day: Day,
    /// How.
    pub moved: Moved,
    /// Why; empty where nobody said.
    pub why: Prose,
}

/// How a goal changed.
#[derive(Debug, Clone, PartialEq)]
pub enum Moved {
    /// The value at the start.
    Start {
        /// Until the day before.
        before: Number,
        /// From the day on.
        after: Number,
    },
    /// The value to reach.
    Target {
        /// Until the day before.
        before: Number,
        /// From the day on.
        after: Number,
    },
    /// The bounds to stay within.
    Bounds {
        /// Until the day before.
        before: Bounds,
        /// From the day on.
        after: Bounds,
    },
    /// Its own days, where it has some.
    Days {
        /// Until the day before.
        before: Option<OwnDates>,
        /// From the day on.
        after: Option<OwnDates>,
    },
    /// Anything else about how it is measured.
    Measure,
}

impl Moved {
    fn between(before: &Measure, after: &Measure) -> Option<Self> {
        match (before, after) {
            (before, after) if before == after => None,
            (Measure::Metric { target: before, .. }, Measure::Metric { target: after, .. }) if before != after => {
                Some(Self::Target { before: *before, after: *after })
            }
            (Measure::Metric { start: before, .. }, Measure::Metric { start: after, .. }) => {
                Some(Self::Start { before: *before, after: *after })
            }
            (Measure::Stay { bounds: before, .. }, Measure::Stay { bounds: after, .. }) if before != after => {
                Some(Self::Bounds { before: before.clone(), after: after.clone() })
            }
            _ => Some(Self::Measure),
        }
    }
}

/// What came to hold on a day in place of something else.
fn turns<T: 'static, R>(dated: &Dated<T>, turn: impl Fn(&T, &T) -> Option<R>) -> impl Iterator<Item = (Day, R)> {
    let pairs = dated.revisions().zip(dated.revisions().skip(1));
    pairs.filter_map(move |(before, after)| Some((after.from, turn(before.value, after.value)?)))
}

impl Plan {
    /// Every goalpost of a key result that was moved up to a day, oldest first, with the reason that was given.
    #[must_use]
    pub fn goalposts(&self, key_result: &KeyResult, day: Day) -> Vec<Goalpost> {
        let measures = turns(&key_result.measure, Moved::between);
        let days = turns(&key_result.dates, |before: &Option<OwnDates>, after| {
            (before != after).then(|| Moved::Days { before: before.clone(), after: after.clone() })
        });
        let reasons = || key_result.goalposts.revisions();
        let all = measures.chain(days).filter(|(from, _)| *from <= day).map(|(day, moved)| {
            let why = reasons().find(|reason| reason.from == day).map(|reason| reason.value.clone());
            Goalpost { day, moved, why: why.unwrap_or_default() }
        });
        in_order(all.collect(), |a: &Goalpost, b| a.day.cmp(&b.day))
    }

    /// Whether a reason is asked for where a key result's start, target or days are changed on a day: it has begun, and
    /// was not made on that very day.
    #[must_use]
    pub fn has_begun(&self, key_result: &KeyResult, day: Day) -> bool {
        key_result.created < day && self.key_result_span(key_result, day).is_some_and(|span| span.start <= day)
    }

    /// What happened to an objective's key results up to a day, newest first: every check-in, every step that was done, every
    /// goalpost that was moved.
    #[must_use]
    pub fn history(&self, objective: ObjectiveId, day: Day) -> Vec<Event> {
        let mut events = Vec::new();
        for key_result in self.key_results_of(objective, day) {
            let of = key_result.id;
            let check_ins = key_result.check_ins.iter().map(|(key, _)| (key.day, What::CheckIn(key)));
            let steps = self.milestones_of(of);
            let steps = steps.iter().filter_map(|step| Some((step.done_by(day)?, What::Step(step.id))));
            let moved = self.goalposts(&key_result, day).into_iter().map(|it| (it.day, What::Moved(it)));
            let all = check_ins.chain(steps).chain(moved).filter(|(on, _)| *on <= day);
            events.extend(all.map(|(day, what)| Event { day, of, what }));
        }
        // Of one day: key results in their order, what was written later first.
        events.reverse();
        in_order(events, |a, b| b.day.cmp(&a.day))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn metric(start: i32, target: i32) -> Measure {
        Measure::Metric { start: start.into(), target: target.into() }
    }

    fn stay(value: i32) -> Measure {
        Measure::Stay { bounds: Bounds::AtLeast { value: value.into() }, share: crate::Share::default() }
    }

    #[test]
    fn a_goalpost_is_moved_when_the_target_or_the_bounds_are() {
        let bounds = |value: i32| Bounds::AtLeast { value: value.into() };
        let target = Moved::Target { before: 650.into(), after: 600.into() };
        assert_eq!(Moved::between(&metric(320, 650), &metric(320, 600)), Some(target));
        assert_eq!(Moved::between(&metric(320, 650), &metric(320, 650)), None);
        let start = Moved::Start { before: 320.into(), after: 300.into() };
        assert_eq!(Moved::between(&metric(320, 650), &metric(300, 650)), Some(start));
        let moved = Moved::Bounds { before: bounds(60), after: bounds(70) };
        assert_eq!(Moved::between(&stay(60), &stay(70)), Some(moved));
        assert_eq!(Moved::between(&metric(0, 1), &Measure::Done {}), Some(Moved::Measure));
    }

    #[test]
    fn the_sample_tells_its_story_newest_first() {
        let today: Day = "2026-11-22".parse().unwrap();
        let plan = crate::sample(today, crate::Seed { millis: 1_763_800_000_000, random: [7; 10] }, crate::Actor(1));
        let (mut entries, mut steps, mut moved) = (0, 0, 0);
        for objective in plan.objectives.iter() {
            let events = plan.history(objective.id, today);
            assert!(events.is_sorted_by_key(|event| std::cmp::Reverse(event.day)));
            for event in events {
                match event.what {
                    What::CheckIn(_) => entries += 1,
                    What::Step(_) => steps += 1,
                    What::Moved(_) => moved += 1,
                }
            }
        }
        let all: usize = plan.key_results.iter().map(|it| it.check_ins.iter().count()).sum();
        let done = plan.milestones.iter().filter(|step| step.done.is_some()).count();
        assert_eq!((entries, steps, moved), (all, done, 1));
    }
}
