//! Milestones, done or not, baselines.

use Status::*;
use bearings_plan::*;

use crate::builder::*;

type Step = (f64, Option<i32>, Option<i32>);

fn with_steps(steps: &[Step]) -> (World, KeyResultId) {
    let (mut world, id) = World::with(Measure::Milestones {});
    for &(counts, due, done) in steps {
        world.milestone(id, counts, due, done);
    }
    (world, id)
}

#[test]
fn milestones_are_weighed() {
    // Weights 1, 2, 5, 2: 10 in all. The last has no date of its own.
    let steps: &[Step] =
        &[(1.0, Some(10), Some(8)), (2.0, Some(30), Some(35)), (5.0, Some(60), None), (2.0, None, Some(99))];
    let (world, id) = with_steps(steps);
    // day | done, expected
    for (n, done, expected) in [
        (7, 0.0, 0.0),
        (8, 0.1, 0.0),
        (9, 0.1, 0.0),
        (10, 0.1, 0.1),
        (30, 0.1, 0.3),
        (35, 0.3, 0.3),
        (60, 0.3, 0.8),
        (99, 0.5, 0.8),
        // The one without a date is due at the end, where a single step is spread.
        (100, 0.5, 1.0),
        (200, 0.5, 1.0),
    ] {
        let report = world.report(id, n);
        let progress = report.progress.unwrap();
        close(progress.share, done, &format!("day {n}"));
        close(report.expected.unwrap().share, expected, &format!("day {n}"));
        let Basis::Milestones { done: weight_done, total } = progress.basis else { unreachable!() };
        close(weight_done, done * 10.0, "weight done");
        close(total, 10.0, "all weight");
        let (due, total) = report.expected.unwrap().due.unwrap();
        close(due, expected * 10.0, "weight that is due");
        close(total, 10.0, "all weight, of the expectation");
        assert_eq!((report.value, report.pace), (None, None));
    }
}

#[test]
fn milestones_that_weigh_nothing_give_no_number() {
    for (name, steps, share) in [
        ("no step", vec![], None),
        ("all weights zero", vec![(0.0, None, Some(1)), (0.0, None, None)], None),
        ("one weight zero", vec![(0.0, None, Some(1)), (3.0, None, None)], Some(0.0)),
        ("small weights", vec![(0.001, None, Some(1)), (0.003, None, None)], Some(0.25)),
        ("the largest weight", vec![(1000.0, None, Some(1)), (1000.0, None, None)], Some(0.5)),
        ("weight 1 unless told", vec![(1.0, None, Some(1)), (1.0, None, None), (1.0, None, None)], Some(1.0 / 3.0)),
    ] {
        let (world, id) = with_steps(&steps);
        let report = world.report(id, 10);
        close_or_none(report.progress.map(|progress| progress.share), share, name);
        assert_eq!(report.expected.map(|expected| expected.share), share.map(|_| 0.0), "{name}");
    }
}

#[test]
fn milestones_have_a_status() {
    // One of two equal steps is done on day 8, the other is due on day 50: 0.5 expected from then, 1.0 at the end.
    let (mut world, id) = with_steps(&[(1.0, Some(50), Some(8)), (1.0, None, None)]);
    world.keep_up(id);
    // day | status: behind by nothing, by 0.5 on the due day, 0.5 of the way made in the end
    for (n, status) in [(7, OnTrack), (49, OnTrack), (50, OnTrack), (99, OnTrack), (100, OffTrack), (101, Missed)] {
        assert_eq!(world.report(id, n).status, status, "day {n}");
    }
    // All of them done is achieved, said or not.
    let (world, id) = with_steps(&[(1.0, Some(50), Some(8)), (1.0, None, Some(12))]);
    assert_eq!((world.report(id, 11).status, world.report(id, 12).status), (OnTrack, Achieved));
    // Three of four at the end: partly.
    let (world, id) = with_steps(&[(3.0, None, Some(8)), (1.0, None, None)]);
    assert_eq!(world.report(id, 101).status, Partly);
    // No number: no verdict either.
    let (mut world, id) = with_steps(&[]);
    assert_eq!((world.report(id, 6).status, world.report(id, 7).status), (Pending, NeedsAttention));
    world.check_in(id, 8, None, None);
    assert_eq!((world.report(id, 8).status, world.report(id, 101).status), (Pending, Pending));
}

#[test]
fn a_milestones_date_and_weight_hold_from_their_day_on() {
    let (mut world, id) = World::with(Measure::Milestones {});
    let step = world.milestone(id, 1.0, Some(20), None);
    world.milestone(id, 1.0, None, None);
    world.edit_from(day(40), Edit::of(step, MilestoneEdit::due(Some(day(60)))));
    world.edit_from(day(70), Edit::of(step, MilestoneEdit::weight(weight(3.0))));
    // The other one is due on the last day.
    for (n, expected) in [(19, 0.0), (20, 0.5), (39, 0.5), (40, 0.0), (60, 0.5), (70, 0.75)] {
        close(world.report(id, n).expected.unwrap().share, expected, &format!("day {n}"));
    }
}

#[test]
fn done_or_not_goes_by_confidence() {
    // confidence on day 5 | status on day 10
    for (confidence, status) in [
        (Some(0), OffTrack),
        (Some(3), OffTrack),
        (Some(4), NeedsAttention),
        (Some(6), NeedsAttention),
        (Some(7), OnTrack),
        (Some(10), OnTrack),
        (None, NeedsAttention),
    ] {
        for value in [None, Some(0.0)] {
            let (mut world, id) = World::with(Measure::Done {});
            world.check_in(id, 5, value, confidence);
            let report = world.report(id, 10);
            assert_eq!(report.status, status, "{confidence:?}");
            assert_eq!(report.progress.unwrap().basis, Basis::Done { done: false });
        }
    }
    assert_eq!(Confidence::new(11), Err(Invalid::Confidence));
}

#[test]
fn the_latest_confidence_counts() {
    let (mut world, id) = World::with(Measure::Done {});
    world.check_in(id, 5, None, Some(8));
    world.check_in(id, 10, None, Some(2));
    world.check_in(id, 15, None, Some(5));
    world.check_in(id, 15, None, Some(9));
    // A note alone changes no confidence, as it changes no value.
    world.check_in(id, 20, None, None);
    for (n, status) in [(4, Pending), (5, OnTrack), (10, OffTrack), (15, OnTrack), (20, OnTrack), (33, OnTrack)] {
        assert_eq!(world.report(id, n).status, status, "day {n}");
    }
}

#[test]
fn done_or_not_is_expected_when_it_is_due() {
    for (kind, line_end) in [(ObjectiveKind::Committed, 1.0), (ObjectiveKind::Aspirational, 0.7)] {
        let (mut world, id) = World::with(Measure::Done {});
        world.kind(id, kind);
        world.check_in(id, 5, None, Some(9));
        world.keep_up(id);
        world.value(id, 120, 1.0);
        // day | expected, status
        for (n, expected, share, status) in [
            (-1, None, 0.0, Pending),
            (99, None, 0.0, OnTrack),
            (100, Some(line_end), 0.0, OnTrack),
            (101, Some(line_end), 0.0, Missed),
            (120, Some(line_end), 1.0, Achieved),
        ] {
            let report = world.report(id, n);
            close_or_none(report.expected.map(|expected| expected.share), expected, &format!("{kind:?}, day {n}"));
            close(report.progress.unwrap().share, share, &format!("{kind:?}, day {n}"));
            assert_eq!(report.status, status, "{kind:?}, day {n}");
        }
    }
}

#[test]
fn done_can_be_taken_back() {
    let (mut world, id) = World::with(Measure::Done {});
    world.check_in(id, 5, Some(1.0), Some(9));
    world.check_in(id, 10, Some(0.0), Some(5));
    world.check_in(id, 15, Some(1.0), None);
    world.check_in(id, 20, None, Some(1));
    for (n, done, status) in
        [(5, true, Achieved), (10, false, NeedsAttention), (15, true, Achieved), (20, true, Achieved)]
    {
        let report = world.report(id, n);
        assert_eq!(report.progress.unwrap().basis, Basis::Done { done }, "day {n}");
        assert_eq!(report.status, status, "day {n}");
    }
}

#[test]
fn silence_about_done_or_not() {
    let (world, id) = World::with(Measure::Done {});
    for (n, status) in [(6, Pending), (7, NeedsAttention), (100, NeedsAttention), (101, Missed)] {
        assert_eq!(world.report(id, n).status, status, "day {n}");
    }
}

#[test]
fn a_baseline_is_found_with_its_first_value() {
    let (mut world, id) = World::with(Measure::Baseline {});
    world.check_in(id, 5, None, Some(2));
    // Any number is a find, zero too.
    world.check_in(id, 30, Some(0.0), None);
    for (n, value, done, status) in
        [(4, None, false, Pending), (5, None, false, OffTrack), (30, Some(0.0), true, Achieved)]
    {
        let report = world.report(id, n);
        assert_eq!(report.value, value.map(number), "day {n}");
        assert_eq!(report.progress.unwrap().basis, Basis::Done { done }, "day {n}");
        assert_eq!(report.status, status, "day {n}");
    }
    let (world, id) = World::with(Measure::Baseline {});
    assert_eq!(world.report(id, 101).status, Missed);
}

#[test]
fn a_step_that_is_done_later_is_not_known_before() {
    let (mut world, id) = World::with(Measure::Milestones {});
    let step = world.milestone(id, 1.0, None, Some(38));
    world.milestone(id, 1.0, None, None);
    let step_of = |plan: &Plan| plan.milestones.get(step).unwrap().clone();
    for (n, done) in [(35, None), (37, None), (38, Some(day(38))), (60, Some(day(38)))] {
        assert_eq!(step_of(&world.plan).done_by(day(n)), done, "day {n}");
        assert_eq!(*step_of(&world.plan.as_of(day(n))).done, done, "looking back at day {n}");
        assert_eq!(world.plan.steps_done(id, day(n)), (usize::from(done.is_some()), 2), "day {n}");
    }
}

#[test]
fn steps_without_a_day_are_spread_evenly_in_their_order() {
    // Days 0 to 100. Three without a day, and one of its own between them.
    let (world, id) = with_steps(&[(1.0, None, None), (2.0, Some(10), None), (4.0, None, None), (1.0, None, None)]);
    let dues: Vec<_> = world.plan.step_dues(id, day(0)).into_iter().map(|(_, due)| due).collect();
    assert_eq!(dues, [33, 10, 66, 100].map(day));
    for (n, due) in [(9, 0.0), (10, 2.0), (32, 2.0), (33, 3.0), (65, 3.0), (66, 7.0), (99, 7.0), (100, 8.0)] {
        close(world.report(id, n).expected.unwrap().share, due / 8.0, &format!("day {n}"));
    }
    // In a cycle of one day all are due on that day.
    let (mut world, id) = with_steps(&[(1.0, None, None), (1.0, None, None)]);
    world.dates(id, Some(50), Some(50));
    for (n, share) in [(49, 0.0), (50, 1.0)] {
        close(world.report(id, n).expected.unwrap().share, share, &format!("day {n}"));
    }
    // Without days of the key result nothing is due but what has a day.
    let mut world = World::new();
    let objective = world.objective(None);
    let id = world.key_result(objective, Measure::Milestones {});
    let step = world.milestone(id, 1.0, Some(10), None);
    world.milestone(id, 1.0, None, None);
    assert_eq!(world.plan.step_dues(id, day(0)), [(step, day(10))]);
    assert_eq!(world.report(id, 50).expected, None);
}

#[test]
fn three_steps_without_a_day_are_not_on_track_until_it_is_too_late() {
    let mut world = World::new();
    let cycle = world.cycle(date("2026-10-01"), date("2026-12-31"));
    let objective = world.objective(Some(cycle));
    let id = world.key_result(objective, Measure::Milestones {});
    for _ in 0..3 {
        world.milestone(id, 1.0, None, None);
    }
    world.check_in(id, 0, None, None);
    // 30, 60 and 91 days after the start.
    let dues: Vec<_> = world.plan.step_dues(id, day(0)).into_iter().map(|(_, due)| due).collect();
    assert_eq!(dues, ["2026-10-31", "2026-11-30", "2026-12-31"].map(date));
    for (on, status) in [
        ("2026-10-14", OnTrack),
        // Two weeks of silence.
        ("2026-10-15", NeedsAttention),
        // A third is due: behind by more than 0.25.
        ("2026-10-31", OffTrack),
        ("2026-12-20", OffTrack),
    ] {
        assert_eq!(world.plan.key_result_report(world.key_result_of(id), date(on)).status, status, "{on}");
    }
}

#[test]
fn a_stretch_expects_its_steps_to_come_to_its_lines_end() {
    use ObjectiveKind::{Aspirational, Committed};
    // kind, steps done of ten, all of them due on day 50 | expected, gap, status
    for (kind, done, expected, gap, status) in [
        (Committed, 7, 1.0, Some(-0.3), OffTrack),
        (Aspirational, 7, 0.7, None, Achieved),
        // (0.6 - 0.7) / 0.7 and (0.5 - 0.7) / 0.7
        (Aspirational, 6, 0.7, Some(-0.142_857_143), NeedsAttention),
        (Aspirational, 5, 0.7, Some(-0.285_714_286), OffTrack),
    ] {
        let steps: Vec<_> = (0..10).map(|n| (1.0, Some(50), (n < done).then_some(49))).collect();
        let (mut world, id) = with_steps(&steps);
        world.kind(id, kind);
        let report = world.report(id, 50);
        close(report.expected.unwrap().share, expected, "expected");
        close_or_none(report.gap, gap, "gap");
        assert_eq!(report.status, status, "{kind:?}, {done} of 10");
    }
}

#[test]
fn a_step_that_is_done_is_a_sign_of_life() {
    let (mut world, id) = with_steps(&[(1.0, Some(40), Some(20)), (1.0, Some(90), None)]);
    let said = |world: &World, n| world.plan.last_said(Due::KeyResult(id), day(n), &Written::default()).heard;
    // day | heard on, status, stale, is a check-in due?
    for (n, heard, status, stale, due) in [
        (6, None, Pending, false, true),
        (7, None, NeedsAttention, false, true),
        (20, Some(20), OnTrack, false, false),
        (21, Some(20), OnTrack, false, true),
        (30, Some(20), OnTrack, false, true),
        (31, Some(20), OnTrack, true, true),
        (34, Some(20), NeedsAttention, true, true),
    ] {
        let report = world.report(id, n);
        assert_eq!((report.heard, said(&world, n)), (heard.map(day), heard.map(day)), "day {n}");
        assert_eq!((report.status, report.stale), (status, stale), "day {n}");
        assert_eq!(world.plan.due(day(n)).contains(&Due::KeyResult(id)), due, "day {n}");
    }
    world.check_in(id, 33, None, None);
    assert_eq!((world.report(id, 34).heard, world.report(id, 34).status), (Some(day(33)), OnTrack));
}

#[test]
fn a_goal_of_one_day_is_judged_on_that_day() {
    let (mut world, id) = World::with(metric(0.0, 1.0));
    world.dates(id, Some(50), Some(50));
    world.value(id, 49, 0.5);
    // day | expected, days gone and all, status
    for (n, expected, elapsed, status) in
        [(49, 0.0, (0, 1), OnTrack), (50, 1.0, (1, 1), OffTrack), (51, 1.0, (1, 1), Missed)]
    {
        let report = world.report(id, n);
        let found = report.expected.unwrap();
        close(found.share, expected, &format!("day {n}"));
        assert_eq!((found.elapsed, report.status), (Some(elapsed), status), "day {n}");
    }
}
