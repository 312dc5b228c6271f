//! Stay within bounds: windows of the cadence, counted from the start. Weekly: days 0-6, 7-13, 14-20, ...

use Status::*;
use bearings_plan::*;

use crate::builder::*;

type CheckIns = &'static [(i32, Option<f64>)];

/// At most 10, in 80 % of the weeks.
fn at_most_ten(check_ins: CheckIns) -> (World, KeyResultId) {
    let (mut world, id) = World::with(stay(at_most(10.0), 0.8));
    for &(n, value) in check_ins {
        world.check_in(id, n, value, None);
    }
    (world, id)
}

/// Kept, broken and unknown windows.
type Counts = (usize, usize, usize);

fn counts(report: &KeyResultReport) -> Option<Counts> {
    match report.progress.as_ref()?.basis {
        Basis::Stay { kept, broken, unknown, .. } => Some((kept, broken, unknown)),
        ref other => panic!("{other:?}"),
    }
}

#[test]
fn progress_is_the_share_of_known_weeks_that_were_kept_of_the_share_that_is_asked() {
    type Row = (&'static str, CheckIns, i32, Option<Counts>, f64);
    let rows: &[Row] = &[
        ("nothing at all", &[], 0, None, 0.0),
        ("before the start", &[], -3, None, 0.0),
        ("the first week runs", &[(2, Some(9.0))], 6, None, 0.0),
        // 1 / 1 of the 0.8 that is asked is held at 1.
        ("the first week is over", &[(2, Some(9.0))], 7, Some((1, 0, 0)), 1.0),
        ("on its last day", &[(6, Some(9.0))], 7, Some((1, 0, 0)), 1.0),
        ("the last of a week counts", &[(1, Some(12.0)), (5, Some(9.0))], 7, Some((1, 0, 0)), 1.0),
        ("the last of a week counts", &[(1, Some(9.0)), (5, Some(12.0))], 7, Some((0, 1, 0)), 0.0),
        ("the last of a day counts", &[(5, Some(9.0)), (5, Some(12.0))], 7, Some((0, 1, 0)), 0.0),
        ("a note is no value", &[(1, Some(9.0)), (5, None)], 7, Some((1, 0, 0)), 1.0),
        ("a week with a note only is not known", &[(1, None)], 7, None, 0.0),
        ("an empty week is not known", &[(1, Some(9.0)), (15, Some(9.0))], 21, Some((2, 0, 1)), 1.0),
        ("the running week does not count", &[(1, Some(9.0)), (8, Some(12.0))], 13, Some((1, 0, 0)), 1.0),
        // 1 / 2 of the 0.8 that is asked
        ("until it is over", &[(1, Some(9.0)), (8, Some(12.0))], 14, Some((1, 1, 0)), 0.625),
        ("said before the start", &[(-1, Some(9.0))], 7, None, 0.0),
        ("silent for seven weeks", &[], 51, None, 0.0),
        ("one good week, seven that are not known", &[(1, Some(9.0))], 56, Some((1, 0, 7)), 1.0),
    ];
    for &(name, check_ins, n, expected, share) in rows {
        let (world, id) = at_most_ten(check_ins);
        let report = world.report(id, n);
        assert_eq!(counts(&report), expected, "{name}");
        close_or_none(report.progress.map(|progress| progress.share), expected.map(|_| share), name);
        close(report.expected.unwrap().share, 1.0, name);
        assert_eq!(report.pace, None, "{name}");
    }
}

#[test]
fn what_is_shown_of_a_stay_is_the_share_that_was_kept() {
    let (world, id) = at_most_ten(&[(1, Some(9.0)), (8, Some(9.0)), (15, Some(12.0))]);
    let (share, limits) = world.report(id, 21).progress.unwrap().shown(1.0);
    close(share, 2.0 / 3.0, "two of three weeks");
    close(limits[0], 0.8, "where it is achieved");
    close(limits[1], 0.56, "where it is partly achieved");
}

/// A quarter with a good check-in on the first day of each of its thirteen weeks; its last day is no week of its own.
#[test]
fn a_rest_of_one_day_is_no_week() {
    let mut world = World::new();
    let cycle = world.cycle(date("2026-10-01"), date("2026-12-31"));
    let objective = world.objective(Some(cycle));
    let id = world.key_result(objective, stay(at_most(10.0), 1.0));
    for week in 0..13 {
        world.value(id, week * 7, 9.0);
    }
    let report = world.report(id, 93);
    assert_eq!(counts(&report), Some((13, 0, 0)));
    assert_eq!(report.windows.last().unwrap().span, span(date("2026-12-24"), date("2026-12-31")));
    assert_eq!((report.status, world.objective_report(objective, 93).status), (Achieved, Achieved));
    assert!(!world.plan.due(date("2026-12-31")).contains(&Due::KeyResult(id)), "checked in on 24 December");
}

#[test]
fn each_window_is_judged_by_the_bounds_in_force_at_its_end() {
    let (mut world, id) = World::with(stay(at_least(60.0), 0.8));
    for week in 0..8 {
        world.value(id, week * 7, 70.0);
    }
    // From the fifth week on 80 are asked for.
    world.edit_from(day(31), Edit::of(id, KeyResultEdit::measure(stay(at_least(80.0), 0.8))));
    let report = world.report(id, 56);
    assert_eq!(counts(&report), Some((4, 4, 0)));
    let kept: Vec<_> = report.windows.iter().map(|window| window.kept).collect();
    let expected = [true, true, true, true, false, false, false, false].map(Some);
    assert_eq!(kept, [expected.as_slice(), &[None]].concat(), "the running one has no value yet");
    assert_eq!(report.windows[3].bounds, at_least(60.0));
    assert_eq!(report.windows[4].bounds, at_least(80.0));
}

#[test]
fn the_bounds_are_within() {
    for (bounds, value, within) in [
        (at_least(5.0), 5.0, 1),
        (at_least(5.0), 4.999, 0),
        (at_least(-5.0), -5.0, 1),
        (at_least(-5.0), -5.001, 0),
        (at_most(5.0), 5.0, 1),
        (at_most(5.0), 5.001, 0),
        (at_most(0.3), 0.1 + 0.2, 1),
        (between(5.0, 7.0), 5.0, 1),
        (between(5.0, 7.0), 7.0, 1),
        (between(5.0, 7.0), 4.999, 0),
        (between(5.0, 7.0), 7.001, 0),
        (between(6.0, 6.0), 6.0, 1),
        (between(-7.0, -5.0), -6.0, 1),
        (between(-7.0, -5.0), 6.0, 0),
    ] {
        let (mut world, id) = World::with(stay(bounds.clone(), 1.0));
        world.value(id, 3, value);
        assert_eq!(counts(&world.report(id, 7)), Some((within, 1 - within, 0)), "{bounds:?}, {value}");
    }
}

#[test]
fn the_latest_weeks_decide_the_status() {
    type Row = (&'static str, CheckIns, i32, Status);
    let rows: &[Row] = &[
        ("silent in the first week", &[], 6, Pending),
        ("silent in the second: the first one is not known", &[], 7, NeedsAttention),
        ("silent in the third: what is not known is not broken", &[], 14, NeedsAttention),
        ("within, in the running week", &[(2, Some(9.0))], 2, OnTrack),
        ("outside, in the running week", &[(2, Some(12.0))], 2, NeedsAttention),
        ("only a note so far", &[(2, None)], 2, Pending),
        ("only a note in a week that is over", &[(2, None)], 7, NeedsAttention),
        ("the running week is not judged before its check-in", &[(2, Some(9.0))], 13, OnTrack),
        ("the last completed week is not known", &[(2, Some(9.0))], 14, NeedsAttention),
        ("two that are not known", &[(2, Some(9.0))], 21, NeedsAttention),
        ("within again after one that is not known", &[(2, Some(9.0)), (14, Some(9.0))], 14, NeedsAttention),
        ("and a week later", &[(2, Some(9.0)), (14, Some(9.0))], 21, OnTrack),
        ("broken on both sides of one that is not known", &[(2, Some(12.0)), (16, Some(12.0))], 16, OffTrack),
        ("two outside running", &[(2, Some(12.0)), (9, Some(12.0))], 9, OffTrack),
        ("one outside, after one within", &[(2, Some(9.0)), (9, Some(12.0))], 9, NeedsAttention),
        ("outside, within, outside", &[(2, Some(12.0)), (9, Some(9.0)), (16, Some(12.0))], 16, NeedsAttention),
        ("within again", &[(2, Some(12.0)), (9, Some(12.0)), (16, Some(9.0))], 16, OnTrack),
        ("within again on the same day", &[(2, Some(9.0)), (9, Some(12.0)), (9, Some(9.0))], 9, OnTrack),
    ];
    for &(name, check_ins, n, status) in rows {
        let (world, id) = at_most_ten(check_ins);
        assert_eq!(world.report(id, n).status, status, "{name}");
    }
}

#[test]
fn over_the_required_share_decides() {
    // Days 0 to 100 are 14 weeks and a rest of three days, which belong to the last one. Asked 0.8; 0.7 x 0.8 = 0.56.
    for (weeks_kept, asked, status) in [
        // 12 / 14 = 0.86, 11 / 14 = 0.79
        (12, 0.8, Achieved),
        (14, 0.8, Achieved),
        (11, 0.8, Partly),
        // 8 / 14 = 0.57, 7 / 14 = 0.5
        (8, 0.8, Partly),
        (7, 0.8, Missed),
        (0, 0.8, Missed),
        (14, 1.0, Achieved),
        (13, 1.0, Partly),
        // 3 / 14 = 0.21
        (3, 0.2, Achieved),
    ] {
        for kind in [ObjectiveKind::Committed, ObjectiveKind::Aspirational] {
            let what = format!("{weeks_kept} of 14, {asked}, {kind:?}");
            let (mut world, id) = World::with(stay(at_most(10.0), asked));
            world.kind(id, kind);
            let objective = *world.key_result_of(id).objective.on(day(0));
            for week in 0..14 {
                world.value(id, week * 7 + 1, if week < weeks_kept { 9.0 } else { 11.0 });
            }
            assert_eq!(world.report(id, 101).status, status, "{what}");
            let report = world.objective_report(objective, 101);
            assert_eq!(report.status, status, "{what}, the objective");
            // What the objective shows agrees: its line's end is where the asked share is kept.
            let reached = report.progress.unwrap().share >= report.line_end - 1e-9;
            assert_eq!(reached, status == Achieved, "{what}, the objective's number");
            // Until then it is not achieved, however good it looks: the latest weeks decide.
            let running = if weeks_kept == 14 { OnTrack } else { OffTrack };
            if weeks_kept != 13 {
                assert_eq!(world.report(id, 100).status, running, "{what}, the due day");
            }
        }
    }
}

#[test]
fn what_is_asked_for_is_all_of_the_way() {
    // Kept in 4 of 5 weeks, where 80 % are asked for: the objective is as far as today expects.
    let (mut world, id) = World::with(stay(at_most(10.0), 0.8));
    let objective = *world.key_result_of(id).objective.on(day(0));
    for week in 0..5 {
        world.value(id, week * 7, if week == 2 { 12.0 } else { 9.0 });
    }
    let report = world.objective_report(objective, 35);
    close(report.progress.as_ref().unwrap().share, 1.0, "progress");
    close_or_none(report.expected, Some(1.0), "expected");
    assert_eq!((report.status, world.report(id, 35).status), (OnTrack, OnTrack));
}

#[test]
fn the_windows_are_those_of_the_cadence() {
    let (mut world, id) = World::with(stay(at_most(10.0), 0.8));
    world.edit_key_result(id, KeyResultEdit::cadence(Some(Cadence::Monthly)));
    world.dates(id, Some(30), None);
    // From 2026-10-31 on: until 11-29 (day 59), and with the rest until 2027-01-09 (day 100).
    for (n, completed) in [(59, 0), (60, 1), (90, 1), (91, 1), (100, 1), (101, 2)] {
        let windows = world.report(id, n).windows;
        assert_eq!(windows.iter().filter(|window| window.completed).count(), completed, "day {n}");
    }
}

#[test]
fn a_stay_without_dates_has_no_number() {
    let mut world = World::new();
    let objective = world.objective(None);
    let id = world.key_result(objective, stay(at_most(10.0), 0.8));
    world.value(id, 5, 9.0);
    let report = world.report(id, 50);
    assert_eq!((report.progress, report.expected, report.status), (None, None, Pending));
}
