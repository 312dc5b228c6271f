//! A copy to begin anew with does not speak of what is gone, wherever that was spoken of.

use bearings_plan::*;

use crate::builder::*;

const TODAY: i32 = 10;

fn copy(world: &World) -> Plan {
    let id = PlanId::from(Seed { millis: 77, random: [7; 10] });
    let copy = world.plan.copied_without_history(id, Name::new("Copy").unwrap(), day(TODAY));
    // Whatever is not in the plan, the reader of files would refuse.
    assert_eq!(read_plan(&write_plan(&copy, day(TODAY))).unwrap().plan, copy);
    assert!(!write_plan(&copy, day(TODAY)).contains("\"deleted\""));
    copy
}

#[test]
fn what_spoke_of_something_that_is_gone_goes_on_without_it() {
    let (mut world, own) = World::with(metric(0.0, 1.0));
    let objective = *world.key_result_of(own).objective.on(day(0));
    let [parent, before] = [(); 2].map(|()| world.objective(None));
    let [whole, earlier] = [(); 2].map(|()| world.key_result(objective, metric(0.0, 1.0)));
    let kpi = world.kpi(Frequency::Weekly, Aggregation::Last);
    let [team, doer] = ["Team", "Doer"].map(|name| world.owner(name, None));
    let person = world.owner("Person", Some(team));
    let (pillar, at) = (PillarId::from(world.seed()), world.at());
    world.add(Pillar::new(pillar, Name::new("Growth").unwrap(), at));
    let initiative = world.initiative(Goal::KeyResult { id: own }, InitiativeState::Doing);
    for edit in [
        Edit::of(objective, ObjectiveEdit::pillar(Some(pillar))),
        Edit::of(objective, ObjectiveEdit::parent(Some(parent))),
        Edit::of(objective, ObjectiveEdit::continues(Some(before))),
        Edit::of(own, KeyResultEdit::fed_by(Some(kpi))),
        Edit::of(own, KeyResultEdit::part_of(Some(whole))),
        Edit::of(own, KeyResultEdit::continues(Some(earlier))),
        Edit::of(initiative, InitiativeEdit::owner(Some(doer))),
    ] {
        world.edit(edit);
    }
    // All there: all kept.
    let kept = copy(&world);
    let goal = kept.objectives.get(objective).unwrap();
    assert_eq!((*goal.pillar, *goal.parent.on(day(0)), *goal.continues), (Some(pillar), Some(parent), Some(before)));
    for gone in [
        EntityId::from(parent),
        before.into(),
        whole.into(),
        earlier.into(),
        kpi.into(),
        team.into(),
        doer.into(),
        pillar.into(),
    ] {
        world.apply(Change::Delete(gone));
    }
    let copy = copy(&world);
    let goal = copy.objectives.get(objective).unwrap();
    assert_eq!((*goal.pillar, *goal.parent.on(day(0)), *goal.continues), (None, None, None));
    let key_result = copy.key_results.get(own).unwrap();
    let references = (*key_result.fed_by.on(day(0)), *key_result.part_of.on(day(0)), *key_result.continues);
    assert_eq!(references, (None, None, None));
    assert_eq!(*copy.initiatives.get(initiative).unwrap().owner, None);
    assert_eq!(*copy.owners.get(person).unwrap().parent, None);
}

#[test]
fn what_is_nothing_without_it_goes_too() {
    let (mut world, own) = World::with(metric(0.0, 1.0));
    let objective = *world.key_result_of(own).objective.on(day(0));
    let other = world.objective(None);
    let [kept, of_objective, of_key_result] =
        [Goal::Objective { id: other }, Goal::Objective { id: objective }, Goal::KeyResult { id: own }]
            .map(|goal| world.initiative(goal, InitiativeState::Todo));
    let cycle = world.plan.cycles.iter().next().unwrap().id;
    let ann = world.owner("Ann", None);
    let (pillar, at) = (PillarId::from(world.seed()), world.at());
    world.add(Pillar::new(pillar, Name::new("Growth").unwrap(), at));
    let none = Criteria::none;
    let filters = [
        none(),
        Criteria { cycle: Some(cycle), ..none() },
        Criteria { owner: Some(ann), ..none() },
        Criteria { pillar: Some(pillar), ..none() },
    ];
    let filters = filters.map(|criteria| {
        let (id, at) = (FilterId::from(world.seed()), world.at());
        world.add(Filter::new(id, Name::new("Filter").unwrap(), criteria, at));
        id
    });
    assert_eq!((copy(&world).filters.len(), copy(&world).initiatives.len()), (4, 3));
    for gone in [EntityId::from(objective), cycle.into(), ann.into(), pillar.into()] {
        let deletion = world.plan.deletion(gone, day(0));
        world.apply(deletion);
    }
    let copy = copy(&world);
    // The key result goes with its objective, and its initiative with it.
    assert_eq!(
        copy.initiatives.iter().map(|it| it.id).collect::<Vec<_>>(),
        [kept],
        "{of_objective:?} {of_key_result:?}"
    );
    // A filter that looks for what is not there would find nothing.
    assert_eq!(copy.filters.iter().map(|it| it.id).collect::<Vec<_>>(), filters[..1]);
}
