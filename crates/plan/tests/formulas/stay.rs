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

#[test]
fn progress_is_the_share_of_completed_weeks_within() {
    type Row = (&'static str, CheckIns, i32, Option<(usize, usize)>);
    let rows: &[Row] = &[
        ("nothing at all", &[], 0, None),
        ("before the start", &[], -3, None),
        ("the first week runs", &[(2, Some(9.0))], 6, None),
        ("the first week is over", &[(2, Some(9.0))], 7, Some((1, 1))),
        ("on its last day", &[(6, Some(9.0))], 7, Some((1, 1))),
        ("the last of a week counts", &[(1, Some(12.0)), (5, Some(9.0))], 7, Some((1, 1))),
        ("the last of a week counts", &[(1, Some(9.0)), (5, Some(12.0))], 7, Some((0, 1))),
        ("the last of a day counts", &[(5, Some(9.0)), (5, Some(12.0))], 7, Some((0, 1))),
        ("a note is no value", &[(1, Some(9.0)), (5, None)], 7, Some((1, 1))),
        ("a week with a note only is outside", &[(1, None)], 7, Some((0, 1))),
        ("an empty week is outside", &[(1, Some(9.0)), (15, Some(9.0))], 21, Some((2, 3))),
        ("the running week does not count", &[(1, Some(9.0)), (8, Some(12.0))], 13, Some((1, 1))),
        ("until it is over", &[(1, Some(9.0)), (8, Some(12.0))], 14, Some((1, 2))),
        ("said before the start", &[(-1, Some(9.0))], 7, Some((0, 1))),
    ];
    for &(name, check_ins, n, expected) in rows {
        let (world, id) = at_most_ten(check_ins);
        let report = world.report(id, n);
        let basis = report.progress.as_ref().map(|progress| progress.basis.clone());
        let expected_basis = expected.map(|(within, completed)| Basis::Stay { within, completed, required: 0.8 });
        assert_eq!(basis, expected_basis, "{name}");
        #[expect(clippy::cast_precision_loss)]
        let share = expected.map(|(within, completed)| within as f64 / completed as f64);
        close_or_none(report.progress.map(|progress| progress.share), share, name);
        close(report.expected.unwrap().share, 1.0, name);
        assert_eq!(report.pace, None, "{name}");
    }
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
        let basis = Basis::Stay { within, completed: 1, required: 1.0 };
        assert_eq!(world.report(id, 7).progress.unwrap().basis, basis, "{bounds:?}, {value}");
    }
}

#[test]
fn the_latest_weeks_decide_the_status() {
    type Row = (&'static str, CheckIns, i32, Status);
    let rows: &[Row] = &[
        ("silent in the first week", &[], 6, Pending),
        ("silent in the second: one week outside", &[], 7, NeedsAttention),
        ("silent in the third: two running", &[], 14, OffTrack),
        ("within, in the running week", &[(2, Some(9.0))], 2, OnTrack),
        ("outside, in the running week", &[(2, Some(12.0))], 2, NeedsAttention),
        ("only a note so far", &[(2, None)], 2, Pending),
        ("the running week is not judged before its check-in", &[(2, Some(9.0))], 13, OnTrack),
        ("one empty week", &[(2, Some(9.0))], 14, NeedsAttention),
        ("two empty weeks", &[(2, Some(9.0))], 21, OffTrack),
        ("two outside running", &[(2, Some(12.0)), (9, Some(12.0))], 9, OffTrack),
        ("one outside, after one within", &[(2, Some(9.0)), (9, Some(12.0))], 9, NeedsAttention),
        ("outside, within, outside", &[(2, Some(12.0)), (9, Some(9.0)), (16, Some(12.0))], 16, NeedsAttention),
        ("within again", &[(2, Some(12.0)), (9, Some(12.0)), (16, Some(9.0))], 16, OnTrack),
        ("within again on the same day", &[(9, Some(12.0)), (9, Some(9.0))], 9, OnTrack),
    ];
    for &(name, check_ins, n, status) in rows {
        let (world, id) = at_most_ten(check_ins);
        assert_eq!(world.report(id, n).status, status, "{name}");
    }
}

#[test]
fn over_the_required_share_decides() {
    // 100 days are 14 weeks and a rest of three days (98 to 100), so 15 periods. Required 0.8, 0.7 x 0.8 = 0.56.
    for (weeks_within, required, status) in [
        // 12 / 15 = 0.8
        (12, 0.8, Achieved),
        (15, 0.8, Achieved),
        // 11 / 15 = 0.73
        (11, 0.8, Partly),
        // 9 / 15 = 0.6, 8 / 15 = 0.53
        (9, 0.8, Partly),
        (8, 0.8, Missed),
        (0, 0.8, Missed),
        (15, 1.0, Achieved),
        (14, 1.0, Partly),
        // 3 / 15 = 0.2
        (3, 0.2, Achieved),
    ] {
        for kind in [ObjectiveKind::Committed, ObjectiveKind::Aspirational] {
            let what = format!("{weeks_within} of 15, {required}, {kind:?}");
            let (mut world, id) = World::with(stay(at_most(10.0), required));
            world.kind(id, kind);
            for week in 0..15 {
                world.value(id, week * 7 + 1, if week < weeks_within { 9.0 } else { 11.0 });
            }
            assert_eq!(world.report(id, 101).status, status, "{what}");
            // Until then it is not achieved, however good it looks: the latest weeks decide.
            let running = if weeks_within == 15 { OnTrack } else { OffTrack };
            if weeks_within != 14 {
                assert_eq!(world.report(id, 100).status, running, "{what}, the due day");
            }
        }
    }
}

#[test]
fn the_windows_are_those_of_the_cadence() {
    let (mut world, id) = World::with(stay(at_most(10.0), 0.8));
    world.edit_key_result(id, KeyResultEdit::cadence(Some(Cadence::Monthly)));
    world.dates(id, Some(30), None);
    // From 2026-10-31 on: until 11-29 (day 59), 12-30 (day 90), and the rest until 2027-01-09.
    for (n, completed) in [(59, 0), (60, 1), (90, 1), (91, 2), (100, 2), (101, 3)] {
        let basis = world.report(id, n).progress.map(|progress| progress.basis);
        let expected = (completed > 0).then_some(Basis::Stay { within: 0, completed, required: 0.8 });
        assert_eq!(basis, expected, "day {n}");
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
