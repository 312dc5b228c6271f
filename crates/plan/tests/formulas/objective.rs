//! Objectives: weighted means over their key results.

use Status::*;
use bearings_plan::*;

use crate::builder::*;

fn with_objective() -> (World, ObjectiveId) {
    let mut world = World::new();
    let cycle = world.cycle(day(0), day(100));
    let objective = world.objective(Some(cycle));
    (world, objective)
}

/// Metrics from 0 to 1 with these weights and values, checked in on day 1.
fn weighted(rows: &[(f64, f64)]) -> (World, ObjectiveId) {
    let (mut world, objective) = with_objective();
    for &(counts, value) in rows {
        let id = world.weighted(objective, metric(0.0, 1.0), counts);
        world.value(id, 1, value);
        world.keep_up(id);
    }
    (world, objective)
}

fn share(report: &ObjectiveReport) -> Option<f64> {
    report.progress.as_ref().map(|progress| progress.share)
}

#[test]
fn progress_is_the_weighted_mean() {
    type Row = (&'static str, &'static [(f64, f64)], Option<f64>);
    let rows: &[Row] = &[
        ("no key result", &[], None),
        ("one", &[(1.0, 0.4)], Some(0.4)),
        ("equal weights", &[(1.0, 0.2), (1.0, 0.6)], Some(0.4)),
        // (1 x 0.2 + 3 x 0.6) / 4
        ("weights", &[(1.0, 0.2), (3.0, 0.6)], Some(0.5)),
        ("only their proportion counts", &[(0.1, 0.2), (0.3, 0.6)], Some(0.5)),
        ("one without weight", &[(0.0, 1.0), (2.0, 0.3)], Some(0.3)),
        ("all without weight", &[(0.0, 1.0), (0.0, 0.3)], None),
        // Held between 0 and 1 before the mean, so that one cannot pay for another: (1 + 0) / 2
        ("beyond the ends", &[(1.0, 5.0), (1.0, -5.0)], Some(0.5)),
        ("all reached", &[(1.0, 1.0), (7.0, 1.0)], Some(1.0)),
    ];
    for &(name, key_results, expected) in rows {
        let (world, id) = weighted(key_results);
        let report = world.objective_report(id, 50);
        close_or_none(share(&report), expected, name);
        // All of them are expected to be at 0.5 on day 50, whatever they weigh.
        close_or_none(report.expected, expected.map(|_| 0.5), name);
        assert_eq!(report.key_results.len(), key_results.len(), "{name}");
        if let Some(Progress { basis: Basis::Mean(parts), .. }) = report.progress {
            let found: Vec<_> = parts.iter().map(|part| part.weight).collect();
            let weights: Vec<_> = key_results.iter().map(|row| row.0).collect();
            assert_eq!(found, weights, "{name}");
        }
    }
}

#[test]
fn a_weight_that_a_file_leaves_out_is_one() {
    let (mut world, objective) = with_objective();
    for value in [0.2, 0.6] {
        let id = world.key_result(objective, metric(0.0, 1.0));
        world.value(id, 1, value);
    }
    let text = write_plan(&world.plan, day(1));
    assert!(!text.contains("\"weight\""), "a weight of 1 is left out");
    world.plan = read_plan(&text).unwrap().plan;
    close_or_none(share(&world.objective_report(objective, 50)), Some(0.4), "(0.2 + 0.6) / 2");
}

#[test]
fn expectation_is_the_mean_over_the_key_results_of_which_something_is_expected() {
    let (mut world, objective) = with_objective();
    let short = world.weighted(objective, metric(0.0, 1.0), 1.0);
    world.dates(short, None, Some(50));
    world.weighted(objective, metric(0.0, 1.0), 3.0);
    world.weighted(objective, Measure::Done {}, 1.0);
    let steps = world.weighted(objective, Measure::Milestones {}, 5.0);
    world.milestone(steps, 1.0, Some(40), Some(39));
    world.milestone(steps, 1.0, None, None);
    // A stay counts once a week is completed; it is expected to hold.
    let held = world.weighted(objective, stay(at_most(10.0), 0.8), 2.0);
    for week in 0..5 {
        world.value(held, week * 7, 9.0);
    }
    // Neither of these has a number.
    world.weighted(objective, Measure::Milestones {}, 100.0);
    world.weighted(objective, Measure::Baseline {}, 100.0);
    // day | progress; compared and expected without the one that is done or not, each times its weight, over the weights
    for (n, progress, compared, expected) in [
        // Weights 1 + 3 + 1 + 5 = 10. Expected: the short one 5 / 50 = 0.1, the metric 0.05, and of the steps nothing.
        (5, 0.0 / 10.0, 0.0 / 9.0, (0.1 + 3.0 * 0.05) / 9.0),
        // And the stay of weight 2: 12. It held in both weeks.
        (20, 2.0 / 12.0, 2.0 / 11.0, (0.4 + 3.0 * 0.2 + 2.0) / 11.0),
        // Five weeks held; half of the steps are done, and due.
        (40, (5.0 * 0.5 + 2.0) / 12.0, (5.0 * 0.5 + 2.0) / 11.0, (0.8 + 3.0 * 0.4 + 5.0 * 0.5 + 2.0) / 11.0),
        // At the end everything is expected; the five weeks that are known held.
        (100, (5.0 * 0.5 + 2.0) / 12.0, (5.0 * 0.5 + 2.0) / 12.0, 1.0),
    ] {
        let report = world.objective_report(objective, n);
        close_or_none(share(&report), Some(progress), &format!("progress on day {n}"));
        close_or_none(report.compared, Some(compared), &format!("compared on day {n}"));
        close_or_none(report.expected, Some(expected), &format!("expected on day {n}"));
    }
}

#[test]
fn nothing_to_average_is_no_number() {
    type Make = fn(&mut World, ObjectiveId);
    let rows: [(&str, Make); 4] = [
        ("no key result", |_, _| {}),
        ("no step", |world, id| {
            let steps = world.key_result(id, Measure::Milestones {});
            world.keep_up(steps);
        }),
        ("steps without weight", |world, id| {
            let steps = world.key_result(id, Measure::Milestones {});
            world.keep_up(steps);
            world.milestone(steps, 0.0, None, Some(1));
        }),
        ("no weight", |world, id| {
            let metric = world.weighted(id, metric(0.0, 1.0), 0.0);
            world.value(metric, 1, 0.5);
        }),
    ];
    for (name, make) in rows {
        let (mut world, id) = with_objective();
        make(&mut world, id);
        for n in [-5, 0, 50, 100, 101, 500] {
            let report = world.objective_report(id, n);
            assert_eq!((report.progress, report.expected), (None, None), "{name}, day {n}");
            assert_eq!(report.status, Pending, "{name}, day {n}: no number, no verdict");
        }
    }
    // A baseline has none either; that it was found is what is to be said.
    let (mut world, id) = with_objective();
    let baseline = world.key_result(id, Measure::Baseline {});
    world.value(baseline, 1, 7.0);
    let report = world.objective_report(id, 50);
    assert_eq!((report.progress, report.expected, report.status), (None, None, Achieved));
    // A stay whose first week runs.
    let (mut world, id) = with_objective();
    world.key_result(id, stay(at_most(1.0), 0.8));
    assert_eq!(world.objective_report(id, 3).progress, None);
}

#[test]
fn the_status_of_an_objective() {
    type Row = (&'static str, ObjectiveKind, &'static [(f64, f64)], i32, Status);
    use ObjectiveKind::{Aspirational, Committed};
    let rows: &[Row] = &[
        ("no key result", Committed, &[], 50, Pending),
        // (0.2 + 0.6) / 2 = 0.4 on day 50: exactly -0.10
        ("on track", Committed, &[(1.0, 0.2), (1.0, 0.6)], 50, OnTrack),
        ("needs attention", Committed, &[(1.0, 0.2), (1.0, 0.599)], 50, NeedsAttention),
        ("needs attention", Committed, &[(1.0, 0.2), (1.0, 0.3)], 50, NeedsAttention),
        ("off track", Committed, &[(1.0, 0.2), (1.0, 0.299)], 50, OffTrack),
        ("achieved", Committed, &[(1.0, 1.0), (1.0, 1.5)], 10, Achieved),
        ("one is missing", Committed, &[(1.0, 1.0), (1.0, 0.99)], 10, OnTrack),
        // (0.4 + 1.0) / 2
        ("achieved", Aspirational, &[(1.0, 0.4), (1.0, 1.0)], 10, Achieved),
        ("on the due day it runs", Committed, &[(1.0, 0.95), (1.0, 0.85)], 100, OnTrack),
        ("on its due day the only one will not come any more", Committed, &[(1.0, 0.9)], 100, NeedsAttention),
        ("partly", Committed, &[(1.0, 0.9), (1.0, 0.5)], 101, Partly),
        ("missed", Committed, &[(1.0, 0.9), (1.0, 0.49)], 101, Missed),
        ("partly", Aspirational, &[(1.0, 0.49)], 101, Partly),
    ];
    for &(name, kind, key_results, n, status) in rows {
        let (mut world, id) = weighted(key_results);
        world.edit(Edit::of(id, ObjectiveEdit::kind(kind)));
        let report = world.objective_report(id, n);
        assert_eq!(report.status, status, "{name}");
        assert_eq!(report.span, Some(span(day(0), day(100))), "{name}");
    }
}

#[test]
fn an_objective_is_silent_until_one_of_its_key_results_speaks() {
    let (mut world, objective) = with_objective();
    let first = world.key_result(objective, metric(0.0, 1.0));
    world.key_result(objective, metric(0.0, 1.0));
    world.value(first, 9, 0.1);
    // A cadence of silence; then 0.05 of 0.09 expected.
    for (n, status) in [(-1, Pending), (6, Pending), (7, NeedsAttention), (9, OnTrack), (50, OffTrack)] {
        assert_eq!(world.objective_report(objective, n).status, status, "day {n}");
    }
}

#[test]
fn an_objective_with_a_stay_is_not_achieved_before_it_is_over() {
    let (mut world, objective) = with_objective();
    let held = world.key_result(objective, stay(at_most(10.0), 0.8));
    for week in 0..15 {
        world.value(held, week * 7, 9.0);
    }
    // Every week so far has held, but weeks are still to come.
    for (n, status) in [(3, OnTrack), (8, OnTrack), (50, OnTrack), (100, OnTrack), (101, Achieved)] {
        assert_eq!(world.objective_report(objective, n).status, status, "day {n}");
    }
    // The same beside a metric that has been reached, until the stay's own last day is over.
    let reached = world.key_result(objective, metric(0.0, 1.0));
    world.value(reached, 8, 1.0);
    world.dates(held, None, Some(60));
    for (n, status) in [(8, OnTrack), (60, OnTrack), (61, Achieved)] {
        assert_eq!(world.objective_report(objective, n).status, status, "day {n}");
    }
    // A stay that counts for nothing holds nothing up.
    world.edit_key_result(held, KeyResultEdit::weight(weight(0.0)));
    assert_eq!(world.objective_report(objective, 8).status, Achieved);
}

#[test]
fn an_objective_without_a_cycle_spans_its_key_results() {
    let mut world = World::new();
    let objective = world.objective(None);
    assert_eq!(world.objective_report(objective, 0).span, None);
    for (start, due) in [(10, 40), (-20, 30), (20, 80)] {
        let id = world.key_result(objective, metric(0.0, 1.0));
        world.dates(id, Some(start), Some(due));
        world.value(id, 0, 0.5);
    }
    let report = world.objective_report(objective, 30);
    assert_eq!(report.span, Some(span(day(-20), day(80))));
    // 20 / 30, 50 / 50, 10 / 60
    close_or_none(report.expected, Some((20.0 / 30.0 + 1.0 + 10.0 / 60.0) / 3.0), "expected");
}

#[test]
fn a_key_result_counts_where_it_was_on_that_day() {
    let (mut world, first) = weighted(&[(1.0, 0.2)]);
    let second = world.objective(None);
    let moving = world.key_result(first, metric(0.0, 1.0));
    world.value(moving, 1, 0.6);
    world.edit_from(day(30), Edit::of(moving, KeyResultEdit::objective(second)));
    world.edit_from(day(20), Edit::of(moving, KeyResultEdit::weight(weight(3.0))));
    // (0.2 + 0.6) / 2, then (0.2 + 3 x 0.6) / 4, then 0.2 alone
    for (n, expected) in [(19, 0.4), (20, 0.5), (29, 0.5), (30, 0.2)] {
        close_or_none(share(&world.objective_report(first, n)), Some(expected), &format!("day {n}"));
    }
    close_or_none(share(&world.objective_report(second, 30)), Some(0.6), "where it went");
}
