//! Goals that were changed on the way, and why.

use bearings_plan::*;

use crate::builder::*;

fn moved(world: &World, id: KeyResultId, n: i32) -> Vec<(Day, Moved, String)> {
    let all = world.plan.goalposts(world.key_result_of(id), day(n));
    all.into_iter().map(|it| (it.day, it.moved, it.why.as_str().to_owned())).collect()
}

fn because(world: &mut World, id: KeyResultId, n: i32, why: &str) {
    world.edit_from(day(n), Edit::of(id, KeyResultEdit::goalposts(prose(why))));
}

#[test]
fn every_move_is_told_with_its_reason() {
    let (mut world, id) = World::with(metric(0.0, 10.0));
    let set = |world: &mut World, n, measure| world.edit_from(day(n), Edit::of(id, KeyResultEdit::measure(measure)));
    set(&mut world, 20, metric(0.0, 8.0));
    because(&mut world, id, 20, "Two people left.");
    set(&mut world, 30, metric(1.0, 8.0));
    set(&mut world, 40, stay(at_least(3.0), 0.8));
    because(&mut world, id, 40, "It has to hold.");
    set(&mut world, 50, stay(at_least(4.0), 0.8));
    // The same once more is no move, and a reason alone is none either.
    set(&mut world, 60, stay(at_least(4.0), 0.8));
    because(&mut world, id, 70, "Just so.");
    let dates = Some(OwnDates { start: None, due: Some(day(90)) });
    world.edit_from(day(80), Edit::of(id, KeyResultEdit::dates(dates.clone())));
    because(&mut world, id, 80, "The fair was put off.");
    world.edit_from(day(85), Edit::of(id, KeyResultEdit::dates(dates.clone())));
    let all = [
        (day(20), Moved::Target { before: number(10.0), after: number(8.0) }, "Two people left.".to_owned()),
        (day(30), Moved::Start { before: number(0.0), after: number(1.0) }, String::new()),
        (day(40), Moved::Measure, "It has to hold.".to_owned()),
        (day(50), Moved::Bounds { before: at_least(3.0), after: at_least(4.0) }, String::new()),
        (day(80), Moved::Days { before: None, after: dates }, "The fair was put off.".to_owned()),
    ];
    for (n, there) in [(19, 0), (20, 1), (39, 2), (40, 3), (79, 4), (80, 5), (500, 5)] {
        assert_eq!(moved(&world, id, n), all[..there], "day {n}");
    }
}

#[test]
fn what_is_changed_on_its_first_day_was_never_another() {
    let (mut world, id) = World::with(metric(0.0, 10.0));
    world.edit_key_result(id, KeyResultEdit::measure(metric(0.0, 8.0)));
    assert_eq!(moved(&world, id, 100), []);
}

#[test]
fn a_move_that_is_taken_back_was_none() {
    let (mut world, id) = World::with(metric(0.0, 10.0));
    let at = world.at();
    let edit = Edit::of(id, KeyResultEdit::measure(metric(0.0, 8.0)));
    let (plan, undo) = world.plan.apply(&Change::Edit { edit, from: Some(day(20)) }, at).unwrap();
    world.plan = plan;
    assert_eq!(moved(&world, id, 100).len(), 1);
    world.apply(undo);
    assert_eq!(moved(&world, id, 100), []);
}

#[test]
fn a_reason_is_asked_for_once_it_has_begun() {
    // made on, own start, asked on | has it begun?
    for (made, start, n, begun) in [
        (-30, None, -1, false),
        (-30, None, 0, true),
        (-30, None, 50, true),
        (-30, Some(20), 19, false),
        (-30, Some(20), 20, true),
        (10, None, 10, false),
        (10, None, 11, true),
    ] {
        let (mut world, _) = World::with(metric(0.0, 1.0));
        let objective = world.plan.objectives.iter().next().unwrap().id;
        world.today = day(made);
        let id = world.key_result(objective, metric(0.0, 1.0));
        if start.is_some() {
            world.dates(id, start, None);
        }
        let key_result = world.key_result_of(id);
        assert_eq!(world.plan.has_begun(key_result, day(n)), begun, "made on {made}, from {start:?}, day {n}");
    }
    let mut world = World::new();
    let objective = world.objective(None);
    let id = world.key_result(objective, metric(0.0, 1.0));
    assert!(!world.plan.has_begun(world.key_result_of(id), day(50)), "without days nothing begins");
}

#[test]
fn the_story_of_an_objective_tells_what_happened_up_to_a_day() {
    let (mut world, id) = World::with(metric(0.0, 10.0));
    let objective = *world.key_result_of(id).objective.on(day(0));
    world.value(id, 5, 1.0);
    world.value(id, 30, 2.0);
    world.edit_from(day(20), Edit::of(id, KeyResultEdit::measure(metric(0.0, 8.0))));
    because(&mut world, id, 20, "Two people left.");
    let steps = world.key_result(objective, Measure::Milestones {});
    world.milestone(steps, 1.0, None, Some(10));
    let days = |n| world.plan.history(objective, day(n)).iter().map(|it| it.day.days_since(day(0))).collect::<Vec<_>>();
    assert_eq!(days(100), [30, 20, 10, 5]);
    assert_eq!(days(20), [20, 10, 5]);
    assert_eq!(days(4), [0; 0]);
}
