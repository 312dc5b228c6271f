//! An objective and its only key result never disagree, whatever it measures and whatever was said of it.

use bearings_plan::*;
use proptest::prelude::*;

use crate::builder::*;

/// What is said of a key result on a day, or of one of its steps.
#[derive(Debug, Clone)]
enum Said {
    CheckIn(i32, Option<i32>, Option<u8>),
    Step(Option<i32>, Option<i32>),
}

fn measure() -> impl Strategy<Value = Measure> {
    prop_oneof![
        Just(metric(0.0, 100.0)),
        Just(metric(100.0, 20.0)),
        prop::sample::select(vec![0.2, 0.8, 1.0]).prop_map(|asked| stay(at_least(50.0), asked)),
        Just(stay(between(20.0, 60.0), 0.8)),
        Just(Measure::Milestones {}),
        Just(Measure::Done {}),
        Just(Measure::Baseline {}),
    ]
}

fn said() -> impl Strategy<Value = Said> {
    let (on, value) = (-10..115_i32, prop::option::of(-20..120_i32));
    prop_oneof![
        4 => (on, value, prop::option::of(0..=10_u8)).prop_map(|(on, value, sure)| Said::CheckIn(on, value, sure)),
        1 => (prop::option::of(0..100_i32), prop::option::of(0..115_i32)).prop_map(|(due, done)| Said::Step(due, done)),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn an_objective_agrees_with_its_only_key_result(
        measure in measure(),
        kind in prop::sample::select(ObjectiveKind::ALL.to_vec()),
        cadence in prop::sample::select(Cadence::ALL.to_vec()),
        // Made so many days after the cycle began, with days of its own or not.
        made in -30..60_i32,
        own in prop::option::of((0..60_i32, 0..40_i32)),
        counts in prop::sample::select(vec![0.5, 1.0, 7.0]),
        all in prop::collection::vec(said(), 0..30),
        beside in any::<bool>(),
    ) {
        let (mut world, first) = World::with(Measure::Done {});
        let objective = *world.key_result_of(first).objective.on(day(0));
        world.apply(Change::Delete(first.into()));
        world.kind_of(objective, kind);
        world.today = day(made);
        let id = world.weighted(objective, measure, counts);
        world.today = day(-30);
        world.edit_key_result(id, KeyResultEdit::cadence(Some(cadence)));
        if let Some((start, length)) = own {
            world.dates(id, Some(start), Some(start + length));
        }
        if beside {
            // What counts for nothing changes nothing.
            world.weighted(objective, metric(0.0, 1.0), 0.0);
        }
        for said in all {
            match said {
                Said::CheckIn(on, value, sure) => world.check_in(id, on, value.map(f64::from), sure),
                Said::Step(due, done) => {
                    world.milestone(id, 1.0, due, done);
                }
            }
        }
        for n in -15..120 {
            let (above, only) = (world.objective_report(objective, n), world.report(id, n));
            // Its own due day may be over while its cycle runs on; the other way round its cycle ends it.
            prop_assert_eq!(above.computed, only.computed, "day {}", n);
            prop_assert_eq!(above.gap, only.gap, "day {}", n);
            prop_assert_eq!(above.held_back, only.held_back, "day {}", n);
            let counted = !matches!(only.progress.as_ref().map(|it| &it.basis), None | Some(Basis::Done { .. }));
            if counted {
                close_or_none(above.progress.map(|it| it.share), only.progress.map(|it| it.share), "progress");
                close_or_none(above.expected, only.expected.map(|it| it.share), "expected");
            }
        }
    }
}

/// The examples that showed it: all of them on day 60 of a goal of 100 days, unless told.
#[test]
fn a_late_start_is_not_late_and_confidence_is_heard() {
    // It starts on the day asked about, in a cycle that began 60 days ago.
    let (mut world, id) = World::with(metric(0.0, 1.0));
    world.dates(id, Some(60), None);
    let objective = *world.key_result_of(id).objective.on(day(0));
    assert_eq!(
        (world.report(id, 60).status, world.objective_report(objective, 60).status),
        (Status::Pending, Status::Pending)
    );
    assert_eq!(world.objective_report(objective, 67).status, Status::NeedsAttention, "its first check-in is overdue");

    // Done or not: what people think of it decides, until it is due and on its due day.
    for (sure, n, status) in
        [(3, 60, Status::OffTrack), (9, 60, Status::OnTrack), (9, 100, Status::OnTrack), (9, 101, Status::Missed)]
    {
        let (mut world, id) = World::with(Measure::Done {});
        let objective = *world.key_result_of(id).objective.on(day(0));
        world.check_in(id, n.min(100), None, Some(sure));
        assert_eq!(world.report(id, n).status, status, "confidence {sure}, day {n}");
        assert_eq!(world.objective_report(objective, n).status, status, "confidence {sure}, day {n}, the objective");
    }
}

#[test]
fn what_today_expects_nothing_of_is_not_compared() {
    // A metric at 0.4 where 0.66 is expected, and one that is done or not: the half that can be measured is off track.
    let (mut world, id) = World::with(metric(0.0, 1.0));
    let objective = *world.key_result_of(id).objective.on(day(0));
    let open = world.key_result(objective, Measure::Done {});
    world.value(id, 66, 0.4);
    world.check_in(open, 66, None, Some(9));
    let report = world.objective_report(objective, 66);
    close_or_none(report.progress.as_ref().map(|it| it.share), Some(0.2), "progress");
    assert_eq!((report.compared, report.expected), (Some(0.4), Some(0.66)));
    close_or_none(report.gap, Some(-0.26), "gap");
    assert_eq!(report.status, Status::OffTrack);
}

#[test]
fn where_nothing_is_expected_the_worst_key_result_decides() {
    use Status::{Achieved, NeedsAttention, OffTrack, OnTrack, Pending};
    // The confidence of each of several that are done or not, on day 60; none is not heard of, 11 is done.
    for (said, status) in [
        ([Some(9), Some(8)], OnTrack),
        ([Some(9), Some(5)], NeedsAttention),
        ([Some(2), Some(5)], OffTrack),
        ([Some(2), Some(11)], OffTrack),
        ([Some(9), Some(11)], OnTrack),
        ([Some(11), Some(11)], Achieved),
        ([Some(9), None], NeedsAttention),
        ([None, None], NeedsAttention),
    ] {
        let (mut world, first) = World::with(Measure::Done {});
        let objective = *world.key_result_of(first).objective.on(day(0));
        let second = world.key_result(objective, Measure::Done {});
        for (id, sure) in [first, second].into_iter().zip(said) {
            match sure {
                Some(11) => world.value(id, 60, 1.0),
                Some(sure) => world.check_in(id, 60, None, Some(sure)),
                None => {}
            }
        }
        assert_eq!(world.objective_report(objective, 60).status, status, "{said:?}");
        assert_eq!(world.objective_report(objective, 60).gap, None, "{said:?}");
    }
    // Nobody has to say anything in the first week.
    let (mut world, first) = World::with(Measure::Done {});
    let objective = *world.key_result_of(first).objective.on(day(0));
    world.key_result(objective, metric(0.0, 1.0));
    for (n, status) in [(-1, Pending), (6, Pending), (7, NeedsAttention)] {
        assert_eq!(world.objective_report(objective, n).status, status, "day {n}");
    }
}
