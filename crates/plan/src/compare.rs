//! What differs between two plans, as counts for people: values are compared, not who edited them when.

use crate::{
    Plan,
    entity::Entity,
    log::AnyLog,
    register::{Register, says_the_same},
    table::Rows,
};

/// What a plan is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Where to go.
    Objectives,
    /// How we know that we are there.
    KeyResults,
    /// Their values on a day.
    CheckIns,
    /// Steps of key results.
    Milestones,
    /// What is done for goals.
    Initiatives,
    /// Standing measures.
    Kpis,
    /// Their values on a day.
    Readings,
    /// Periods.
    Cycles,
    /// Themes.
    Pillars,
    /// People and teams.
    Owners,
    /// Saved filters.
    Filters,
}

/// How many of a part differ.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Difference {
    /// Only in the one plan.
    pub only_here: usize,
    /// Only in the other.
    pub only_there: usize,
    /// In both, and not alike.
    pub changed: usize,
}

/// What differs between two plans.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparison {
    /// Whether what is true of the plan as a whole differs: its name, its mission, its settings.
    pub frame: bool,
    /// Each part that differs.
    pub parts: Vec<(Part, Difference)>,
}

impl Comparison {
    /// Whether nothing differs.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.count() == 0
    }

    /// How many things differ in all.
    #[must_use]
    pub fn count(&self) -> usize {
        let each = |(_, part): &(Part, Difference)| part.only_here + part.only_there + part.changed;
        usize::from(self.frame) + self.parts.iter().map(each).sum::<usize>()
    }
}

/// How one replica of a plan stands to another one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Age {
    /// Both hold the same.
    Same,
    /// The other one holds all of it, and more.
    Older,
    /// It holds all of the other one, and more.
    Newer,
    /// Each holds something that the other one lacks.
    Apart,
}

/// How `there` stands to `here`, two replicas of one plan.
#[must_use]
pub fn compare_ages(here: &Plan, there: &Plan) -> Age {
    let both = here.merge(there);
    match (both == *here, both == *there) {
        (true, true) => Age::Same,
        (true, false) => Age::Older,
        (false, true) => Age::Newer,
        (false, false) => Age::Apart,
    }
}

/// What differs between the plan `here` and the plan `there`.
#[must_use]
pub fn compare(here: &Plan, there: &Plan) -> Comparison {
    let (ours, theirs): (&dyn Entity, &dyn Entity) = (&*here.frame, &*there.frame);
    let rows = |here: &Rows, there: &Rows| Found::among(here, there);
    let key_results = rows(&here.key_results.rows, &there.key_results.rows);
    let kpis = rows(&here.kpis.rows, &there.kpis.rows);
    let things = |here: &Rows, there: &Rows| rows(here, there).things;
    let parts = [
        (Part::Objectives, things(&here.objectives.rows, &there.objectives.rows)),
        (Part::KeyResults, key_results.things),
        (Part::CheckIns, key_results.entries),
        (Part::Milestones, things(&here.milestones.rows, &there.milestones.rows)),
        (Part::Initiatives, things(&here.initiatives.rows, &there.initiatives.rows)),
        (Part::Kpis, kpis.things),
        (Part::Readings, kpis.entries),
        (Part::Cycles, things(&here.cycles.rows, &there.cycles.rows)),
        (Part::Pillars, things(&here.pillars.rows, &there.pillars.rows)),
        (Part::Owners, things(&here.owners.rows, &there.owners.rows)),
        (Part::Filters, things(&here.filters.rows, &there.filters.rows)),
    ];
    let differ = parts.into_iter().filter(|(_, difference)| *difference != Difference::default());
    Comparison { frame: !alike(ours, theirs), parts: differ.collect() }
}

/// What differs among the entities of a kind, and among the entries of their logs.
#[derive(Default)]
struct Found {
    things: Difference,
    entries: Difference,
}

impl Found {
    fn among(here: &Rows, there: &Rows) -> Self {
        let mut found = Self::default();
        let none = AnyLog::default();
        for ours in here.iter() {
            let log = log_of(&**ours).unwrap_or(&none);
            match there.get(ours.uuid()) {
                Some(theirs) => {
                    found.things.changed += usize::from(!alike(&**ours, &**theirs));
                    found.entries.count(log, log_of(&**theirs).unwrap_or(&none));
                }
                None => {
                    found.things.only_here += 1;
                    found.entries.count(log, &none);
                }
            }
        }
        for theirs in there.iter().filter(|theirs| !here.has(theirs.uuid())) {
            found.things.only_there += 1;
            found.entries.count(&none, log_of(&**theirs).unwrap_or(&none));
        }
        found
    }
}

impl Difference {
    fn count(&mut self, here: &AnyLog, there: &AnyLog) {
        for (key, row) in here.iter() {
            match there.get(&key) {
                Some(same) => self.changed += usize::from(same != row),
                None => self.only_here += 1,
            }
        }
        self.only_there += there.iter().filter(|(key, _)| here.get(key).is_none()).count();
    }
}

fn as_log(field: &dyn Register) -> Option<&AnyLog> {
    let field: &dyn std::any::Any = field;
    field.downcast_ref()
}

fn log_of(entity: &dyn Entity) -> Option<&AnyLog> {
    entity.fields().into_iter().find_map(as_log)
}

/// Whether two entities hold the same values and entries.
pub(crate) fn same_values(ours: &dyn Entity, theirs: &dyn Entity) -> bool {
    let none = AnyLog::default();
    let mut entries = Difference::default();
    entries.count(log_of(ours).unwrap_or(&none), log_of(theirs).unwrap_or(&none));
    alike(ours, theirs) && entries == Difference::default()
}

/// Whether all fields say the same. Entries are counted apart.
fn alike(ours: &dyn Entity, theirs: &dyn Entity) -> bool {
    let mut both = ours.fields().into_iter().zip(theirs.fields());
    both.all(|(ours, theirs)| as_log(ours).is_some() || says_the_same(ours, theirs))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        Actor, At, Change, CheckIn, Clock, Day, Edit, EntryKey, FrameEdit, KeyResultEdit, KpiEdit, Name, Number,
        Objective, ObjectiveEdit, Prose, Reading, Seed, Stamp, Weight, sample,
    };

    fn today() -> Day {
        Day::new(2026, 11, 21).unwrap()
    }

    fn glove_makers() -> Plan {
        sample(today(), Seed { millis: 1, random: [7; 10] }, Actor(1))
    }

    fn name(text: &str) -> Name {
        Name::new(text).unwrap()
    }

    fn edit(edit: Edit) -> Change {
        Change::Edit { edit, from: None }
    }

    const fn one(only_here: usize, only_there: usize, changed: usize) -> Difference {
        Difference { only_here, only_there, changed }
    }

    type Make = fn(&Plan) -> Change;

    #[test]
    fn counts_what_differs_of_each_part() {
        type Row<'a> = (&'a str, Make, bool, &'a [(Part, Difference)]);
        let table: [Row<'_>; 8] = [
            ("nothing", |_| Change::All(vec![]), false, &[]),
            ("the plan's name", |_| edit(Edit::frame(FrameEdit::name(name("Other")))), true, &[]),
            (
                "an objective's title",
                |plan| edit(Edit::of(plan.objectives.iter().next().unwrap().id, ObjectiveEdit::title(name("Other")))),
                false,
                &[(Part::Objectives, one(0, 0, 1))],
            ),
            (
                "a weight that has a history",
                |plan| {
                    let weight = KeyResultEdit::weight(Weight::new(Number::from(3)).unwrap());
                    edit(Edit::of(plan.key_results.iter().next().unwrap().id, weight))
                },
                false,
                &[(Part::KeyResults, one(0, 0, 1))],
            ),
            (
                "a further objective and a changed KPI",
                |plan| {
                    let at = At { stamp: Stamp::new(1, 0, Actor(1)), day: today() };
                    let id = Seed { millis: 9, random: [9; 10] }.into();
                    let why = KpiEdit::why(Prose::new("Because.").unwrap());
                    let why = edit(Edit::of(plan.kpis.iter().next().unwrap().id, why));
                    Change::All(vec![Change::Add(Objective::new(id, name("Go"), None, at).into()), why])
                },
                false,
                &[(Part::Objectives, one(1, 0, 0)), (Part::Kpis, one(0, 0, 1))],
            ),
            (
                "a check-in",
                |plan| {
                    let row = CheckIn { value: Some(Number::from(3)), confidence: None, note: Prose::default() };
                    let key = EntryKey { day: today(), n: 9, actor: Actor(9) };
                    Change::CheckIn { of: plan.key_results.iter().next().unwrap().id, key, row: Some(row) }
                },
                false,
                &[(Part::CheckIns, one(1, 0, 0))],
            ),
            (
                "a reading with another value",
                |plan| {
                    let kpi = plan.kpis.iter().find(|kpi| !kpi.readings.is_empty()).unwrap();
                    let (key, reading) = kpi.readings.iter().next().unwrap();
                    let value = Number::new(reading.value.get() + 1.0).unwrap();
                    Change::Reading { of: kpi.id, key, row: Some(Reading { value, ..reading.clone() }) }
                },
                false,
                &[(Part::Readings, one(0, 0, 1))],
            ),
            (
                "a cycle that is gone",
                |plan| Change::Delete(plan.cycles.iter().next().unwrap().id.into()),
                false,
                &[(Part::Cycles, one(0, 1, 0))],
            ),
        ];
        let before = glove_makers();
        for (what, change, frame, parts) in table {
            let mut clock = Clock::new(Actor(2));
            clock.observe(before.latest_stamp());
            let mut at = || At { stamp: clock.tick(2), day: today() };
            let (after, inverse) = before.apply(&change(&before), at()).unwrap();
            let found = compare(&after, &before);
            assert_eq!(found, Comparison { frame, parts: parts.to_vec() }, "{what}");
            // The other way round, here is there.
            let swapped = |(part, it): &(Part, Difference)| (*part, one(it.only_there, it.only_here, it.changed));
            let back = compare(&before, &after);
            assert_eq!(back.parts, parts.iter().map(swapped).collect::<Vec<_>>(), "{what}");
            // What was taken back differs in its stamps only.
            let (again, _) = after.apply(&inverse, at()).unwrap();
            assert!(compare(&again, &before).is_empty(), "{what}, taken back");
        }
    }

    #[test]
    fn a_replica_is_older_newer_or_apart() {
        let plan = glove_makers();
        let mut clock = Clock::new(Actor(2));
        clock.observe(plan.latest_stamp());
        let goal = plan.objectives.iter().next().unwrap().id;
        let mut after = |change: Change| {
            let at = At { stamp: clock.tick(2), day: today() };
            plan.apply(&change, at).unwrap().0
        };
        let renamed = after(edit(Edit::of(goal, ObjectiveEdit::title(name("Other")))));
        let deleted = after(plan.deletion(goal.into(), today()));
        for (here, there, age) in [
            (&plan, &plan, Age::Same),
            (&renamed, &plan, Age::Older),
            (&plan, &renamed, Age::Newer),
            (&deleted, &plan, Age::Older),
            (&plan, &deleted, Age::Newer),
            (&renamed, &deleted, Age::Apart),
        ] {
            assert_eq!(compare_ages(here, there), age);
        }
    }

    #[test]
    fn a_thing_that_is_only_in_one_plan_has_its_entries_there_too() {
        let plan = glove_makers();
        let at = At { stamp: Stamp::new(1, 0, Actor(1)), day: today() };
        let empty = Plan::new(plan.frame.id, name("Empty"), at);
        let (check_ins, readings) = plan.entries();
        let all = [
            (Part::Objectives, plan.objectives.len()),
            (Part::KeyResults, plan.key_results.len()),
            (Part::CheckIns, check_ins),
            (Part::Milestones, plan.milestones.len()),
            (Part::Initiatives, plan.initiatives.len()),
            (Part::Kpis, plan.kpis.len()),
            (Part::Readings, readings),
            (Part::Cycles, plan.cycles.len()),
            (Part::Pillars, plan.pillars.len()),
            (Part::Owners, plan.owners.len()),
            (Part::Filters, plan.filters.len()),
        ];
        let all = all.into_iter().filter(|(_, n)| *n > 0);
        let parts = all.map(|(part, n)| (part, one(n, 0, 0))).collect();
        assert_eq!(compare(&plan, &empty), Comparison { frame: true, parts });
    }
}
