//! Status, silence, staleness.

use Status::*;
use bearings_plan::*;

use crate::builder::*;

const WEEKLY: Cadence = Cadence::Weekly;
const FORTNIGHTLY: Cadence = Cadence::Fortnightly;
const MONTHLY: Cadence = Cadence::Monthly;
const QUARTERLY: Cadence = Cadence::Quarterly;

/// A metric from 0 to 1, so that its value is its progress, checked in on day 1.
fn goal(kind: ObjectiveKind, progress: f64) -> (World, KeyResultId) {
    let (mut world, id) = World::with(metric(0.0, 1.0));
    world.kind(id, kind);
    world.value(id, 1, progress);
    (world, id)
}

/// The same with a note in each week, so that it is never silent.
fn kept_up(kind: ObjectiveKind, progress: f64) -> (World, KeyResultId) {
    let (mut world, id) = goal(kind, progress);
    world.keep_up(id);
    (world, id)
}

#[test]
fn the_gap_decides_while_it_runs() {
    use ObjectiveKind::{Aspirational, Committed};
    // kind, day, progress | status
    for (kind, n, progress, status) in [
        (Committed, 40, 0.9, OnTrack),
        (Committed, 40, 0.4, OnTrack),
        // 0.3 - 0.4 is -0.10000000000000003 in doubles, and -0.10 for people.
        (Committed, 40, 0.3, OnTrack),
        (Committed, 80, 0.7, OnTrack),
        (Committed, 30, 0.2, OnTrack),
        // The same within half a billionth, and beyond it.
        (Committed, 40, 0.3 - 4e-10, OnTrack),
        (Committed, 40, 0.3 - 6e-10, NeedsAttention),
        (Committed, 40, 0.299, NeedsAttention),
        (Committed, 40, 0.15, NeedsAttention),
        (Committed, 50, 0.25, NeedsAttention),
        (Committed, 60, 0.35, NeedsAttention),
        (Committed, 50, 0.25 - 4e-10, NeedsAttention),
        (Committed, 50, 0.25 - 6e-10, OffTrack),
        (Committed, 50, 0.249, OffTrack),
        (Committed, 50, 0.0, OffTrack),
        // Below the start the share is 0: day 20 expects 0.2.
        (Committed, 20, -3.0, NeedsAttention),
        // Little is expected at first; the due day itself still runs, but what is missing then will not come.
        (Committed, 2, 0.0, OnTrack),
        (Committed, 100, 0.9, NeedsAttention),
        (Committed, 100, 0.75, NeedsAttention),
        (Committed, 100, 0.7, OffTrack),
        // Expected 0.7 x 0.5 = 0.35. (0.28 - 0.35) / 0.7 = -0.10; (0.175 - 0.35) / 0.7 = -0.25
        (Aspirational, 50, 0.35, OnTrack),
        (Aspirational, 50, 0.28, OnTrack),
        (Aspirational, 50, 0.279, NeedsAttention),
        (Aspirational, 50, 0.175, NeedsAttention),
        (Aspirational, 50, 0.174, OffTrack),
    ] {
        let (world, id) = kept_up(kind, progress);
        assert_eq!(world.report(id, n).status, status, "{kind:?}, day {n}, {progress}");
    }
}

#[test]
fn the_gap_is_told_where_it_decides() {
    use ObjectiveKind::{Aspirational, Committed};
    for (kind, n, progress, gap) in [
        (Committed, 40, 0.3, Some(-0.1)),
        (Committed, 50, 0.6, Some(0.1)),
        (Committed, 100, 0.9, Some(-0.1)),
        (Aspirational, 50, 0.175, Some(-0.25)),
        // Reached; over.
        (Committed, 40, 1.0, None),
        (Committed, 101, 0.9, None),
    ] {
        let (world, id) = goal(kind, progress);
        let objective = *world.key_result_of(id).objective.on(day(n));
        let what = format!("{kind:?}, day {n}, {progress}");
        close_or_none(world.report(id, n).gap, gap, &what);
        close_or_none(world.objective_report(objective, n).gap, gap, &what);
    }
    let (silent, id) = World::with(metric(0.0, 1.0));
    assert_eq!(silent.report(id, 50).gap, None);
    for other in [stay(at_least(1.0), 1.0), Measure::Done {}] {
        let (mut world, id) = World::with(other);
        world.value(id, 1, 0.5);
        assert_eq!(world.report(id, 50).gap, None, "something else decides");
    }
}

#[test]
fn a_decreasing_goal_is_judged_the_same_way() {
    // From 200 down to 100, day 50 expects 150.
    for (value, status) in [
        (200.0, OffTrack),
        (176.0, OffTrack),
        (175.0, NeedsAttention),
        (161.0, NeedsAttention),
        (160.0, OnTrack),
        (120.0, OnTrack),
        (100.0, Achieved),
        (80.0, Achieved),
    ] {
        let (mut world, id) = World::with(metric(200.0, 100.0));
        world.value(id, 30, value);
        world.keep_up(id);
        assert_eq!(world.report(id, 50).status, status, "{value}");
    }
}

#[test]
fn the_plans_own_bands_hold_from_their_day_on() {
    let (mut world, id) = goal(ObjectiveKind::Committed, 0.0);
    let bands = Bands { attention: number(0.0), off_track: number(1.0 / 3.0) };
    world.edit_from(day(5), Edit::frame(FrameEdit::bands(bands)));
    // Nothing done, so the gap on day n is -n %: 0.10 and 0.25 until day 4, then 0 and a third.
    for (n, status) in [(4, OnTrack), (5, NeedsAttention), (33, NeedsAttention), (34, OffTrack)] {
        assert_eq!(world.report(id, n).status, status, "day {n}");
    }
    // A third behind is not behind by more than a third: 1/3 - 2/3 at the end of a goal of 3 days.
    let (mut world, id) = goal(ObjectiveKind::Committed, 1.0 / 3.0);
    world.dates(id, Some(0), Some(3));
    world.edit(Edit::frame(FrameEdit::bands(Bands { attention: number(0.0), off_track: number(1.0 / 3.0) })));
    assert_eq!(world.report(id, 2).status, NeedsAttention);
}

#[test]
fn achieved_as_soon_as_the_line_end_is_reached() {
    use ObjectiveKind::{Aspirational, Committed, Learning};
    for (kind, progress, n, status) in [
        (Committed, 1.0, 1, Achieved),
        (Committed, 1.2, 1, Achieved),
        (Committed, 0.999, 1, OnTrack),
        (Learning, 0.7, 1, OnTrack),
        (Aspirational, 0.7, 1, Achieved),
        (Aspirational, 0.6999, 1, OnTrack),
        (Aspirational, 0.6999, 79, OnTrack),
        (Aspirational, 1.0, 500, Achieved),
    ] {
        let (world, id) = kept_up(kind, progress);
        assert_eq!(world.report(id, n).status, status, "{kind:?}, day {n}, {progress}");
    }
    // Seven of ten are 0.7 however the numbers round: (0.8 - 0.1) / (1.1 - 0.1) is 0.7000000000000001 or so.
    let (mut world, id) = World::with(metric(1.1, 0.1));
    world.kind(id, Aspirational);
    world.value(id, 1, 0.4);
    assert_eq!(world.report(id, 1).status, Achieved);
    // What was reached can be lost again.
    let (mut world, id) = goal(Committed, 1.0);
    world.value(id, 10, 0.5);
    assert_eq!(world.report(id, 9).status, Achieved);
    assert_eq!(world.report(id, 80).status, OffTrack);
}

#[test]
fn over_means_achieved_partly_or_missed() {
    use ObjectiveKind::{Aspirational, Committed};
    for (kind, progress, status) in [
        (Committed, 1.0, Achieved),
        (Committed, 0.99, Partly),
        (Committed, 0.7, Partly),
        (Committed, 0.699, Missed),
        (Committed, 0.0, Missed),
        (Committed, -0.5, Missed),
        // 0.7 x 0.7 = 0.49
        (Aspirational, 0.7, Achieved),
        (Aspirational, 0.69, Partly),
        (Aspirational, 0.49, Partly),
        (Aspirational, 0.489, Missed),
    ] {
        let (world, id) = goal(kind, progress);
        for n in [101, 500] {
            assert_eq!(world.report(id, n).status, status, "{kind:?}, day {n}, {progress}");
        }
    }
    let (world, id) = World::with(metric(0.0, 1.0));
    assert_eq!(world.report(id, 101).status, Missed, "never heard of");
    // A check-in after the due day counts for the days after it.
    let (mut world, id) = goal(Committed, 0.5);
    world.value(id, 110, 1.0);
    assert_eq!((world.report(id, 109).status, world.report(id, 110).status), (Missed, Achieved));
}

#[test]
fn silence_is_pending_for_one_cadence_and_worth_a_look_after_it() {
    // cadence, day | status of a metric that nothing was heard of; the expectation on day n is n %
    for (cadence, n, status) in [
        (WEEKLY, -5, Pending),
        (WEEKLY, 0, Pending),
        (WEEKLY, 6, Pending),
        // A gap of -0.07 would be on track.
        (WEEKLY, 7, NeedsAttention),
        (WEEKLY, 25, NeedsAttention),
        (WEEKLY, 26, OffTrack),
        (FORTNIGHTLY, 13, Pending),
        (FORTNIGHTLY, 14, NeedsAttention),
        // October has 31 days. By then it is far behind.
        (MONTHLY, 30, Pending),
        (MONTHLY, 31, OffTrack),
        // October, November and December: 92 days.
        (QUARTERLY, 91, Pending),
        (QUARTERLY, 92, OffTrack),
        (QUARTERLY, 101, Missed),
    ] {
        let (mut world, id) = World::with(metric(0.0, 1.0));
        world.edit_key_result(id, KeyResultEdit::cadence(Some(cadence)));
        let report = world.report(id, n);
        assert_eq!((report.cadence, report.status), (cadence, status), "{cadence:?}, day {n}");
    }
    // The plan's cadence where it has none of its own.
    let (mut world, id) = World::with(metric(0.0, 1.0));
    world.edit(Edit::frame(FrameEdit::cadence(FORTNIGHTLY)));
    assert_eq!((world.report(id, 13).status, world.report(id, 14).status), (Pending, NeedsAttention));
}

#[test]
fn whatever_is_said_ends_the_silence() {
    for (what, value, confidence) in
        [("a value", Some(0.0), None), ("confidence", None, Some(3)), ("a note", None, None)]
    {
        let (mut world, id) = World::with(metric(0.0, 1.0));
        world.check_in(id, 8, value, confidence);
        assert_eq!(world.report(id, 7).status, NeedsAttention, "{what}");
        assert_eq!(world.report(id, 8).status, OnTrack, "{what}");
    }
}

#[test]
fn a_goal_set_in_the_middle_of_its_cycle_is_not_late_on_its_first_day() {
    let (mut world, _) = World::with(metric(0.0, 1.0));
    let objective = world.plan.objectives.iter().next().unwrap().id;
    world.today = day(20);
    let id = world.key_result(objective, metric(0.0, 1.0));
    // day | status and stale: one cadence, and one and a half, from day 20 on
    for (n, status, stale) in [
        (0, Pending, false),
        (20, Pending, false),
        (26, Pending, false),
        (27, OffTrack, false),
        (30, OffTrack, false),
        (31, OffTrack, true),
    ] {
        let report = world.report(id, n);
        assert_eq!((report.status, report.stale), (status, stale), "day {n}");
    }
}

#[test]
fn stale_after_one_and_a_half_cadences() {
    // cadence, days since the last check-in | stale: more than 10.5, 21, 45, 136.5 days
    for (cadence, silent, stale) in [
        (WEEKLY, 0, false),
        (WEEKLY, 10, false),
        (WEEKLY, 11, true),
        (FORTNIGHTLY, 21, false),
        (FORTNIGHTLY, 22, true),
        (MONTHLY, 45, false),
        (MONTHLY, 46, true),
        (QUARTERLY, 136, false),
        (QUARTERLY, 137, true),
    ] {
        for first in [None, Some(5)] {
            let (mut world, id) = World::with(metric(0.0, 1.0));
            world.dates(id, None, Some(400));
            world.edit_key_result(id, KeyResultEdit::cadence(Some(cadence)));
            if let Some(first) = first {
                world.check_in(id, first, None, None);
            }
            let n = first.unwrap_or(0) + silent;
            assert_eq!(world.report(id, n).stale, stale, "{cadence:?}, {silent} days after {first:?}");
        }
    }
}

#[test]
fn stale_stands_beside_the_status() {
    let (world, id) = goal(ObjectiveKind::Committed, 0.9);
    let report = world.report(id, 12);
    assert_eq!((report.status, report.stale), (OnTrack, true), "not instead of it");
    assert!(world.report(id, 100).stale, "the due day");
    assert!(!world.report(id, 101).stale, "over");
    let (world, id) = goal(ObjectiveKind::Committed, 1.0);
    assert!(!world.report(id, 50).stale, "nothing more to say");
    // What was said before the start does not make it stale on the first day.
    let (mut world, id) = World::with(metric(0.0, 1.0));
    world.value(id, -25, 0.1);
    assert_eq!((world.report(id, -5).stale, world.report(id, 10).stale), (false, false));
    assert!(world.report(id, 11).stale);
}

#[test]
fn two_cadences_of_silence_need_attention() {
    // cadence, day of the only check-in, day | status; as far as the day expects
    for (cadence, said, n, status) in [
        (WEEKLY, 1, 14, OnTrack),
        (WEEKLY, 1, 15, NeedsAttention),
        (WEEKLY, 20, 33, OnTrack),
        (WEEKLY, 20, 34, NeedsAttention),
        (FORTNIGHTLY, 20, 47, OnTrack),
        (FORTNIGHTLY, 20, 48, NeedsAttention),
        (MONTHLY, 20, 79, OnTrack),
        (MONTHLY, 20, 80, NeedsAttention),
        // What was said before the start is counted from the start.
        (WEEKLY, -20, 13, OnTrack),
        (WEEKLY, -20, 14, NeedsAttention),
    ] {
        let (mut world, id) = World::with(metric(0.0, 1.0));
        world.edit_key_result(id, KeyResultEdit::cadence(Some(cadence)));
        world.value(id, said, 0.9);
        let report = world.report(id, n);
        assert_eq!(report.status, status, "{cadence:?}, said on day {said}, day {n}");
        assert_eq!(report.held_back, (status == NeedsAttention).then_some(HeldBack::Silent), "day {n}");
        let objective = world.objective_report(*world.key_result_of(id).objective.on(day(0)), n);
        assert_eq!((objective.status, objective.held_back), (status, report.held_back), "day {n}, the objective");
    }
    // Silence makes nothing better, and takes back nothing that was reached.
    let (world, id) = goal(ObjectiveKind::Committed, 0.0);
    assert_eq!((world.report(id, 80).status, world.report(id, 80).held_back), (OffTrack, None));
    let (world, id) = goal(ObjectiveKind::Committed, 1.0);
    assert_eq!(world.report(id, 80).status, Achieved);
}

#[test]
fn all_parts_have_to_be_silent_for_their_objective_to_be() {
    let (mut world, id) = goal(ObjectiveKind::Committed, 0.9);
    let objective = *world.key_result_of(id).objective.on(day(0));
    let other = world.key_result(objective, metric(0.0, 1.0));
    world.value(other, 30, 0.9);
    for (n, status) in [(43, OnTrack), (44, NeedsAttention)] {
        assert_eq!(world.objective_report(objective, n).status, status, "day {n}");
    }
}

#[test]
fn a_key_result_that_a_kpi_of_longer_periods_feeds_is_silent_after_two_of_those() {
    let (mut world, id) = World::with(metric(0.0, 1.0));
    let kpi = world.kpi(Frequency::Monthly, Aggregation::Last);
    world.edit_key_result(id, KeyResultEdit::fed_by(Some(kpi)));
    world.reading(kpi, day(1), 0.95);
    // October has 31 days, November 30, December 31: stale after 45 or more, silent after 62.
    for (n, status, stale) in [
        (30, OnTrack, false),
        (46, OnTrack, false),
        (47, OnTrack, true),
        (62, OnTrack, true),
        (63, NeedsAttention, true),
    ] {
        let report = world.report(id, n);
        assert_eq!((report.status, report.stale), (status, stale), "day {n}");
    }
}

#[test]
fn a_fifth_of_the_time_before_its_end_the_pace_has_to_do() {
    use ObjectiveKind::{Aspirational, Committed};
    // kind, value on day 60 and on day 88 (in between as fast), day | status
    for (kind, from, to, n, status) in [
        // 12 of 100 days are left and 0.1 is missing: 0.058 a week. 0.16 in four weeks are 0.04 a week: 1.46 times.
        (Committed, 0.74, 0.9, 88, OnTrack),
        // 0.15 in four weeks: 1.56 times.
        (Committed, 0.75, 0.9, 88, NeedsAttention),
        // As much as is needed, and more.
        (Committed, 0.5, 0.9, 88, OnTrack),
        // It stands still, or goes back.
        (Committed, 0.9, 0.9, 88, NeedsAttention),
        (Committed, 0.95, 0.9, 88, NeedsAttention),
        // A stretch has to come to 0.7: 0.07 in twelve days is 0.041 a week.
        (Aspirational, 0.51, 0.63, 88, OnTrack),
        (Aspirational, 0.53, 0.63, 88, NeedsAttention),
    ] {
        let (mut world, id) = World::with(metric(0.0, 1.0));
        world.kind(id, kind);
        world.value(id, 60, from);
        world.value(id, n, to);
        world.keep_up(id);
        let report = world.report(id, n);
        assert_eq!(report.status, status, "{kind:?}, from {from} to {to}");
        assert_eq!(report.held_back, (status == NeedsAttention).then_some(HeldBack::TooSlow));
        // The same downwards.
        let (mut world, id) = World::with(metric(100.0, 50.0));
        world.kind(id, kind);
        world.value(id, 60, 100.0 - 50.0 * from);
        world.value(id, n, 100.0 - 50.0 * to);
        world.keep_up(id);
        assert_eq!(world.report(id, n).status, status, "{kind:?}, downwards, {from} to {to}");
    }
    // A fifth of the time is left until day 80; on the last day no pace is fast enough.
    for (n, status) in [(80, OnTrack), (81, NeedsAttention), (100, NeedsAttention), (101, Partly)] {
        let (mut world, id) = World::with(metric(0.0, 1.0));
        for week in 0..15 {
            world.value(id, week * 7, 0.97);
        }
        assert_eq!(world.report(id, n).status, status, "day {n}");
    }
}

#[test]
fn a_key_result_may_have_bands_of_its_own() {
    let bands = |attention, off_track| Bands { attention: number(attention), off_track: number(off_track) };
    let (mut world, id) = kept_up(ObjectiveKind::Committed, 0.1);
    world.edit_from(day(30), Edit::of(id, KeyResultEdit::bands(Some(bands(0.05, 0.5)))));
    world.edit_from(day(50), Edit::of(id, KeyResultEdit::bands(None)));
    // The gap on day n is 0.1 - n %.
    for (n, status, used) in [
        (20, OnTrack, bands(0.1, 0.25)),
        (29, NeedsAttention, bands(0.1, 0.25)),
        (30, NeedsAttention, bands(0.05, 0.5)),
        (49, NeedsAttention, bands(0.05, 0.5)),
        (50, OffTrack, bands(0.1, 0.25)),
    ] {
        let report = world.report(id, n);
        assert_eq!((report.status, report.bands), (status, used), "day {n}");
        let objective = world.objective_report(*world.key_result_of(id).objective.on(day(0)), n);
        assert_eq!(objective.status, status, "day {n}, the objective");
    }
}

#[test]
fn who_needs_someone() {
    for status in [Pending, OnTrack, Achieved, Partly, Missed] {
        assert!(!status.needs_someone(), "{status:?}");
    }
    assert!(NeedsAttention.needs_someone() && OffTrack.needs_someone());
}
