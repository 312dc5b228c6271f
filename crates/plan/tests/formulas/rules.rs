//! What people may do: no circles, and nothing in what is closed.

use bearings_plan::*;

use crate::builder::*;

const CIRCLE: Result<(), ChangeError> = Err(ChangeError::Invalid(Invalid::Circle));
const UPSIDE_DOWN: Result<(), ChangeError> = Err(ChangeError::Invalid(Invalid::EndBeforeStart));
const CLOSED: Result<(), ChangeError> = Err(ChangeError::Invalid(Invalid::Closed));

fn change(edit: Edit) -> Change {
    Change::Edit { edit, from: None }
}

/// Whether it is permitted; the plan itself takes it whatever the rules say.
fn permits(world: &mut World, change: &Change) -> Result<(), ChangeError> {
    let at = world.at();
    assert!(world.plan.apply(change, at).is_ok(), "{change:?}");
    world.plan.permitted(change, at).map(|_| ())
}

#[test]
fn nothing_ends_up_above_itself() {
    let (mut world, first) = World::with(metric(0.0, 1.0));
    let top = *world.key_result_of(first).objective.on(day(0));
    let [middle, low, beside] = [(); 3].map(|()| world.objective(None));
    world.align(middle, top);
    world.align(low, middle);
    let [second, third] = [(); 2].map(|()| world.key_result(top, metric(0.0, 1.0)));
    world.edit_key_result(second, KeyResultEdit::part_of(Some(first)));
    world.edit_key_result(third, KeyResultEdit::part_of(Some(second)));
    let company = world.owner("Company", None);
    let team = world.owner("Team", Some(company));
    let person = world.owner("Person", Some(team));
    let parent = |id, parent| Edit::of(id, ObjectiveEdit::parent(Some(parent)));
    let part_of = |id, whole| Edit::of(id, KeyResultEdit::part_of(Some(whole)));
    let under = |id, team| Edit::of(id, OwnerEdit::parent(Some(team)));
    for (what, edit, expected) in [
        ("an objective under itself", parent(top, top), CIRCLE),
        ("under the next", parent(top, middle), CIRCLE),
        ("under the one after", parent(top, low), CIRCLE),
        ("elsewhere", parent(top, beside), Ok(())),
        ("higher up", parent(low, top), Ok(())),
        ("a key result of itself", part_of(first, first), CIRCLE),
        ("of its share", part_of(first, second), CIRCLE),
        ("of the share of its share", part_of(first, third), CIRCLE),
        ("of the whole", part_of(third, first), Ok(())),
        ("an owner under itself", under(company, company), CIRCLE),
        ("a company under its team", under(company, team), CIRCLE),
        ("under a person of its team", under(company, person), CIRCLE),
        ("a person without a team", under(person, company), Ok(())),
    ] {
        assert_eq!(permits(&mut world, &change(edit.clone())), expected, "{what}");
        let all = Change::All(vec![change(Edit::frame(FrameEdit::mission(prose("Go.")))), change(edit)]);
        assert_eq!(permits(&mut world, &all), expected, "{what}, among others");
    }
    // What would close the circle was deleted meanwhile, and comes back.
    let gone = AnyEntity::from(world.plan.objectives.get(middle).unwrap().clone());
    world.apply(Change::Delete(middle.into()));
    world.edit(parent(top, low));
    assert_eq!(permits(&mut world, &Change::Add(gone)), CIRCLE);
}

#[test]
fn what_cannot_be_done_at_all_is_not_permitted() {
    let (mut world, id) = World::with(metric(0.0, 1.0));
    let edit = change(Edit::of(id, KeyResultEdit::measure(metric(1.0, 1.0))));
    let at = world.at();
    assert_eq!(world.plan.permitted(&edit, at).map(|_| ()), Err(ChangeError::Invalid(Invalid::StartIsTarget)));
}

#[test]
fn nothing_is_due_before_it_starts() {
    let (mut world, own) = World::with(metric(0.0, 1.0));
    let objective = *world.key_result_of(own).objective.on(day(0));
    let cycle = world.plan.cycles.iter().next().unwrap().id;
    let next = world.cycle(day(101), day(200));
    let there = world.objective(Some(next));
    let backlog = world.objective(None);
    let waiting = world.key_result(backlog, metric(0.0, 1.0));
    let at = world.at();
    let days = |start: Option<i32>, due: Option<i32>| Some(OwnDates { start: start.map(day), due: due.map(day) });
    let new = |objective, dates| {
        let id = Seed { millis: 5, random: [1; 10] }.into();
        let mut new = KeyResult::new(id, objective, Name::new("New").unwrap(), Measure::Done {}, at);
        new.dates = Dated::new(at.day, dates);
        Change::Add(new.into())
    };
    let dates = |of, start, due| change(Edit::of(of, KeyResultEdit::dates(days(start, due))));
    for (what, change, expected) in [
        ("due before its cycle", dates(own, None, Some(-1)), UPSIDE_DOWN),
        ("due on the first day", dates(own, None, Some(0)), Ok(())),
        ("due before its cycle, but begun by then", dates(own, Some(-9), Some(-1)), Ok(())),
        ("begun after its cycle", dates(own, Some(101), None), UPSIDE_DOWN),
        ("begun on the last day", dates(own, Some(100), None), Ok(())),
        ("begun after its cycle, due still later", dates(own, Some(101), Some(102)), Ok(())),
        ("a new one that is due before its cycle", new(objective, days(None, Some(-1))), UPSIDE_DOWN),
        ("a new one within its days", new(objective, days(Some(5), Some(9))), Ok(())),
        // What waits has no first day.
        ("due at any time in the backlog", dates(waiting, None, Some(-99)), Ok(())),
        ("begun at any time there", dates(waiting, Some(999), None), Ok(())),
    ] {
        assert_eq!(permits(&mut world, &change), expected, "{what}");
        let all = Change::All(vec![change]);
        assert_eq!(permits(&mut world, &all), expected, "{what}, among others");
    }
    // What is right here may be wrong there.
    world.dates(own, None, Some(50));
    world.dates(waiting, None, Some(50));
    for (what, edit, expected) in [
        ("it moves to a later cycle", Edit::of(own, KeyResultEdit::objective(there)), UPSIDE_DOWN),
        ("to the backlog", Edit::of(own, KeyResultEdit::objective(backlog)), Ok(())),
        ("its objective moves", Edit::of(objective, ObjectiveEdit::cycle(Some(next))), UPSIDE_DOWN),
        ("its objective moves to the backlog", Edit::of(objective, ObjectiveEdit::cycle(None)), Ok(())),
        ("one from the backlog, too late", Edit::of(backlog, ObjectiveEdit::cycle(Some(next))), UPSIDE_DOWN),
        ("one from the backlog, in time", Edit::of(backlog, ObjectiveEdit::cycle(Some(cycle))), Ok(())),
        ("its cycle begins later", Edit::of(cycle, CycleEdit::span(span(day(51), day(100)))), UPSIDE_DOWN),
        ("in time", Edit::of(cycle, CycleEdit::span(span(day(50), day(100)))), Ok(())),
        ("another cycle", Edit::of(next, CycleEdit::span(span(day(150), day(200)))), Ok(())),
    ] {
        assert_eq!(permits(&mut world, &change(edit)), expected, "{what}");
    }
    let moved =
        Change::All(vec![change(Edit::of(objective, ObjectiveEdit::cycle(Some(next)))), dates(own, None, Some(150))]);
    assert_eq!(permits(&mut world, &moved), Ok(()), "together with its days");
}

#[test]
fn what_came_to_be_due_before_it_starts_can_be_put_right() {
    let (mut world, own) = World::with(metric(0.0, 1.0));
    let objective = *world.key_result_of(own).objective.on(day(0));
    let cycle = world.plan.cycles.iter().next().unwrap().id;
    // Two people, one change each.
    world.dates(own, None, Some(50));
    world.edit(Edit::of(cycle, CycleEdit::span(span(day(60), day(100)))));
    let dates = |due| change(Edit::of(own, KeyResultEdit::dates(Some(OwnDates { start: None, due: Some(day(due)) }))));
    let name = || Name::new("New").unwrap();
    for (what, change, expected) in [
        ("another title", change(Edit::of(own, KeyResultEdit::title(name()))), Ok(())),
        ("another title of its objective", change(Edit::of(objective, ObjectiveEdit::title(name()))), Ok(())),
        ("another name of its cycle", change(Edit::of(cycle, CycleEdit::name(name()))), Ok(())),
        ("a good day", dates(60), Ok(())),
        ("another bad day", dates(59), UPSIDE_DOWN),
    ] {
        assert_eq!(permits(&mut world, &change), expected, "{what}");
    }
    assert_eq!(world.report(own, 0).span, Some(span(day(50), day(50))), "meanwhile, it has one day");
}

#[test]
fn what_is_over_is_not_changed() {
    let (mut world, own) = World::with(Measure::Milestones {});
    let objective = *world.key_result_of(own).objective.on(day(0));
    let cycle = world.plan.cycles.iter().next().unwrap().id;
    let open = world.cycle(day(101), day(200));
    let [running, backlog] = [Some(open), None].map(|cycle| world.objective(cycle));
    let running_own = world.key_result(running, metric(0.0, 1.0));
    let step = world.milestone(own, 1.0, None, None);
    let of_objective = world.initiative(Goal::Objective { id: objective }, InitiativeState::Doing);
    let of_key_result = world.initiative(Goal::KeyResult { id: own }, InitiativeState::Doing);
    let kpi = world.kpi(Frequency::Weekly, Aggregation::Last);
    let owner = world.owner("Ann", None);
    world.value(own, 5, 1.0);
    let at = world.at();
    let name = || Name::new("New").unwrap();
    let new = |n: u8| Seed { millis: 5, random: [n; 10] };
    let (key, _) = world.key_result_of(own).check_ins.iter().next().unwrap();
    let row = || Some(CheckIn { value: None, confidence: None, note: prose("Late.") });
    let next = world.key_result_of(own).check_ins.next_key(day(6), Actor(1));
    let here = Objective::new(new(1).into(), name(), Some(cycle), at);
    let elsewhere = Objective::new(new(2).into(), name(), Some(open), at);
    let goal = Goal::KeyResult { id: own };
    let refused = [
        ("a check-in", Change::CheckIn { of: own, key: next, row: row() }),
        ("another text of a check-in", Change::CheckIn { of: own, key, row: row() }),
        ("a check-in goes", Change::CheckIn { of: own, key, row: None }),
        ("a title", change(Edit::of(objective, ObjectiveEdit::title(name())))),
        ("a weight", change(Edit::of(own, KeyResultEdit::weight(weight(2.0))))),
        (
            "a decision that is taken back",
            Change::Withdraw { edit: Edit::of(own, KeyResultEdit::weight(weight(2.0))), from: day(3) },
        ),
        ("a step", change(Edit::of(step, MilestoneEdit::done(Some(day(9)))))),
        (
            "an initiative of the objective",
            change(Edit::of(of_objective, InitiativeEdit::state(InitiativeState::Done))),
        ),
        ("one of the key result", change(Edit::of(of_key_result, InitiativeEdit::state(InitiativeState::Done)))),
        ("the cycle’s name", change(Edit::of(cycle, CycleEdit::name(name())))),
        ("its days", change(Edit::of(cycle, CycleEdit::span(span(day(0), day(120)))))),
        ("the cycle goes", Change::Delete(cycle.into())),
        ("the objective goes", world.plan.deletion(objective.into(), day(0))),
        ("with all that belongs to it", world.plan.deletion(objective.into(), day(50))),
        ("a key result goes", world.plan.deletion(own.into(), day(0))),
        ("a step goes", Change::Delete(step.into())),
        ("an initiative goes", Change::Delete(of_key_result.into())),
        ("a new objective", Change::Add(here.into())),
        (
            "a new key result",
            Change::Add(KeyResult::new(new(3).into(), objective, name(), Measure::Done {}, at).into()),
        ),
        ("a new step", Change::Add(Milestone::new(new(4).into(), own, name(), at).into())),
        ("a new initiative", Change::Add(Initiative::new(new(5).into(), goal.clone(), name(), at).into())),
        ("an objective moves in", change(Edit::of(running, ObjectiveEdit::cycle(Some(cycle))))),
        ("from the backlog, too", change(Edit::of(backlog, ObjectiveEdit::cycle(Some(cycle))))),
        ("an objective moves out", change(Edit::of(objective, ObjectiveEdit::cycle(Some(open))))),
        ("a key result moves in", change(Edit::of(running_own, KeyResultEdit::objective(objective)))),
        ("a key result moves out", change(Edit::of(own, KeyResultEdit::objective(running)))),
        (
            "one among others",
            Change::All(vec![
                change(Edit::frame(FrameEdit::mission(prose("Go.")))),
                Change::All(vec![change(Edit::of(step, MilestoneEdit::done(None)))]),
            ]),
        ),
    ];
    let permitted = [
        ("what runs", change(Edit::of(running, ObjectiveEdit::title(name())))),
        ("a check-in there", Change::CheckIn { of: running_own, key: next, row: row() }),
        ("an objective of another cycle", Change::Add(elsewhere.into())),
        ("one that helps what is over", change(Edit::of(running, ObjectiveEdit::parent(Some(objective))))),
        ("one that goes on from it", change(Edit::of(running, ObjectiveEdit::continues(Some(objective))))),
        ("the plan", change(Edit::frame(FrameEdit::mission(prose("Go."))))),
        ("people", change(Edit::of(owner, OwnerEdit::name(name())))),
        ("KPIs", change(Edit::of(kpi, KpiEdit::name(name())))),
    ];
    for (what, change) in refused.iter().chain(&permitted) {
        assert_eq!(permits(&mut world, change), Ok(()), "while it is open: {what}");
    }
    world.close(cycle);
    for (what, change) in &refused {
        assert_eq!(permits(&mut world, change), CLOSED, "{what}");
    }
    for (what, change) in &permitted {
        assert_eq!(permits(&mut world, change), Ok(()), "{what}");
    }
    // It is opened again, by itself or together with what is to be changed.
    let reopened = change(Edit::of(cycle, CycleEdit::closed(false)));
    assert_eq!(permits(&mut world, &reopened), Ok(()));
    for (what, change) in &refused {
        let both = Change::All(vec![reopened.clone(), change.clone()]);
        assert_eq!(permits(&mut world, &both), Ok(()), "opened together with {what}");
    }
    world.apply(reopened);
    for (what, change) in &refused {
        assert_eq!(permits(&mut world, change), Ok(()), "open again: {what}");
    }
}

#[test]
fn closed_is_closed_from_its_day_on() {
    let (mut world, own) = World::with(metric(0.0, 1.0));
    let cycle = world.plan.cycles.iter().next().unwrap().id;
    world.edit_from(day(101), Edit::of(cycle, CycleEdit::closed(true)));
    for (n, closed) in [(-30, false), (100, false), (101, true), (500, true)] {
        assert_eq!((world.plan.is_closed(cycle, day(n)), world.plan.is_history(own.into(), day(n))), (closed, closed));
        world.today = day(n);
        let edit = change(Edit::of(own, KeyResultEdit::unit(Unit::new("%").unwrap())));
        assert_eq!(permits(&mut world, &edit), if closed { CLOSED } else { Ok(()) }, "day {n}");
    }
    world.apply(Change::Delete(cycle.into()));
    assert!(!world.plan.is_history(own.into(), day(500)), "a cycle that is gone is not closed");
}
