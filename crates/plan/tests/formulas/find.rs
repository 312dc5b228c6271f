//! Looking for objectives.

use bearings_plan::*;

use crate::builder::*;

struct Place {
    world: World,
    quarter: CycleId,
    pillar: PillarId,
    /// Company > team > person, and another team.
    owners: [OwnerId; 4],
    /// The one that is looked for, and one without anything.
    objectives: [ObjectiveId; 2],
}

fn place() -> Place {
    let mut world = World::new();
    let quarter = world.cycle(day(0), day(100));
    let company = world.owner("Company", None);
    let team = world.owner("Team", Some(company));
    let person = world.owner("Person", Some(team));
    let other = world.owner("Other team", Some(company));
    let (pillar, at) = (PillarId::from(world.seed()), world.at());
    world.add(Pillar::new(pillar, Name::new("Growth").unwrap(), at));
    let objectives = [world.objective(Some(quarter)), world.objective(None)];
    let id = objectives[0];
    for edit in [
        ObjectiveEdit::title(Name::new("Größer werden").unwrap()),
        ObjectiveEdit::why(prose("The second hall\npays for itself.")),
        ObjectiveEdit::owner(Some(team)),
        ObjectiveEdit::pillar(Some(pillar)),
        ObjectiveEdit::tags(Tags::parse("Export, big bets").unwrap()),
    ] {
        world.edit_objective(id, edit);
    }
    let key_result = world.key_result(id, metric(0.0, 1.0));
    world.edit_key_result(key_result, KeyResultEdit::title(Name::new("ORDERS from abroad").unwrap()));
    world.value(key_result, 1, 0.5);
    world.keep_up(key_result);
    Place { world, quarter, pillar, owners: [company, team, person, other], objectives }
}

impl Place {
    fn finds(&self, criteria: &Criteria, n: i32) -> [bool; 2] {
        self.objectives.map(|id| {
            let objective = self.world.plan.objectives.get(id).unwrap();
            self.world.plan.finds(criteria, objective, &self.world.objective_report(id, n), day(n))
        })
    }
}

#[test]
fn each_criterion_lets_through_what_has_it() {
    let place = place();
    let [company, team, person, other] = place.owners;
    let tag = |tag: &str| Some(Name::new(tag).unwrap());
    let none = Criteria::none;
    // criteria | the one with everything, the one without
    for (what, criteria, found) in [
        ("nothing said", none(), [true, true]),
        ("its cycle", Criteria { cycle: Some(place.quarter), ..none() }, [true, false]),
        ("another cycle", Criteria { cycle: Some(Seed { millis: 9, random: [9; 10] }.into()), ..none() }, [false; 2]),
        ("its pillar", Criteria { pillar: Some(place.pillar), ..none() }, [true, false]),
        ("its owner", Criteria { owner: Some(team), ..none() }, [true, false]),
        ("above its owner", Criteria { owner: Some(company), ..none() }, [true, false]),
        ("below its owner", Criteria { owner: Some(person), ..none() }, [false, false]),
        ("beside its owner", Criteria { owner: Some(other), ..none() }, [false, false]),
        ("a tag", Criteria { tag: tag("big bets"), ..none() }, [true, false]),
        ("half a tag", Criteria { tag: tag("big"), ..none() }, [false, false]),
        ("its status", Criteria { status: Some(Status::OnTrack), ..none() }, [true, false]),
        ("the other’s status", Criteria { status: Some(Status::Pending), ..none() }, [false, true]),
        ("a word of the title", Criteria { text: prose("größer"), ..none() }, [true, false]),
        ("in capitals", Criteria { text: prose("GRÖSSER WERDEN"), ..none() }, [false, false]),
        ("the same with ß", Criteria { text: prose("GRÖßER WERDEN"), ..none() }, [true, false]),
        ("in any order", Criteria { text: prose("itself  second\nHALL"), ..none() }, [true, false]),
        ("of a key result", Criteria { text: prose("orders"), ..none() }, [true, false]),
        ("of a tag", Criteria { text: prose("export"), ..none() }, [true, false]),
        ("part of a word", Criteria { text: prose("broa"), ..none() }, [true, false]),
        ("from several places", Criteria { text: prose("orders hall export"), ..none() }, [true, false]),
        ("one of them is missing", Criteria { text: prose("orders moon"), ..none() }, [false, false]),
        ("blanks", Criteria { text: prose("  "), ..none() }, [true, true]),
        (
            "everything together",
            Criteria {
                cycle: Some(place.quarter),
                owner: Some(company),
                pillar: Some(place.pillar),
                tag: tag("Export"),
                status: Some(Status::OnTrack),
                text: prose("hall"),
            },
            [true, false],
        ),
        ("all but one", Criteria { owner: Some(other), text: prose("hall"), ..none() }, [false, false]),
    ] {
        assert_eq!(place.finds(&criteria, 50), found, "{what}");
    }
}

#[test]
fn whoever_cares_for_a_key_result_is_found() {
    let mut place = place();
    let [company, _, person, other] = place.owners;
    let key_result = place.world.plan.key_results.iter().next().unwrap().id;
    place.world.edit_key_result(key_result, KeyResultEdit::owner(Some(person)));
    for (owner, found) in [(person, true), (company, true), (other, false)] {
        let criteria = Criteria { owner: Some(owner), ..Criteria::none() };
        assert_eq!(place.finds(&criteria, 50), [found, false]);
    }
}

#[test]
fn status_is_the_one_that_is_shown_on_that_day() {
    let mut place = place();
    let looked_for = |status| Criteria { status: Some(status), ..Criteria::none() };
    assert_eq!(place.finds(&looked_for(Status::OffTrack), 90), [true, false]);
    let edit = ObjectiveEdit::judged(judged(Status::OnTrack, "Signed."));
    place.world.edit_objective(place.objectives[0], edit);
    assert_eq!(place.finds(&looked_for(Status::OnTrack), 90), [true, false]);
    assert_eq!(place.finds(&looked_for(Status::OffTrack), 90), [false, false]);
}
