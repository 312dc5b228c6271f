//! What is due, which cycle matters, the course of a cycle.

use bearings_plan::*;

use crate::builder::*;

#[test]
fn a_check_in_is_due_once_in_every_window() {
    let (mut world, id) = World::with(metric(0.0, 1.0));
    world.value(id, 3, 0.1);
    world.check_in(id, 13, None, None);
    // Weekly: days 0-6, 7-13, 14-20, ...
    for (n, due) in [
        (-1, false),
        (0, true),
        (2, true),
        (3, false),
        (6, false),
        (7, true),
        (12, true),
        // A note is enough.
        (13, false),
        (14, true),
        (99, true),
        (100, true),
        (101, false),
    ] {
        assert_eq!(!world.plan.due(day(n)).is_empty(), due, "day {n}");
    }
    // Monthly: from 2026-10-01, so the second window begins on day 31.
    world.edit_key_result(id, KeyResultEdit::cadence(Some(Cadence::Monthly)));
    for (n, due) in [(2, true), (3, false), (30, false), (31, true)] {
        assert_eq!(!world.plan.due(day(n)).is_empty(), due, "monthly, day {n}");
    }
}

#[test]
fn what_is_achieved_or_has_no_dates_is_not_due() {
    let (mut world, id) = World::with(metric(0.0, 1.0));
    world.value(id, 3, 1.0);
    assert_eq!(world.plan.due(day(50)), [], "achieved");
    world.value(id, 40, 0.9);
    assert_eq!(world.plan.due(day(50)), [Due::KeyResult(id)], "not any more");
    let backlog = world.objective(None);
    let undated = world.key_result(backlog, metric(0.0, 1.0));
    assert_eq!(world.plan.due(day(50)), [Due::KeyResult(id)], "in the backlog");
    world.dates(undated, Some(10), Some(60));
    assert_eq!(world.plan.due(day(50)), [Due::KeyResult(id), Due::KeyResult(undated)], "with dates of its own");
}

#[test]
fn what_is_due_comes_in_order() {
    let mut world = World::new();
    let year = world.cycle(date("2026-01-01"), date("2026-12-31"));
    let quarter = world.cycle(day(0), day(91));
    let in_year = world.objective(Some(year));
    let in_backlog = world.objective(None);
    let (second, first) = (world.objective(Some(quarter)), world.objective(Some(quarter)));
    let up = world.plan.objective_moved(first, true, day(0)).unwrap();
    world.edit(Edit::of(first, ObjectiveEdit::rank(up)));
    let [of_year, of_backlog, of_second, of_first, also_first] =
        [in_year, in_backlog, second, first, first].map(|id| world.key_result(id, metric(0.0, 1.0)));
    world.dates(of_backlog, Some(0), Some(50));
    let kpi = world.kpi(Frequency::Monthly, Aggregation::Last);
    // The latest cycle first, the backlog after all of them, KPIs in the end.
    let order = [of_first, also_first, of_second, of_year, of_backlog].map(Due::KeyResult);
    assert_eq!(world.plan.due(day(10)), [&order[..], &[Due::Kpi(kpi)]].concat());
    // A cycle that is deleted leaves its objectives in the backlog; they lose their dates.
    world.apply(Change::Delete(year.into()));
    let order = [of_first, also_first, of_second, of_backlog].map(Due::KeyResult);
    assert_eq!(world.plan.due(day(10)), [&order[..], &[Due::Kpi(kpi)]].concat());
    let backlog: Vec<_> = world.plan.objectives_of(None, day(10)).iter().map(|objective| objective.id).collect();
    assert_eq!(backlog, [in_year, in_backlog]);
}

#[test]
fn the_cycle_that_matters_is_the_shortest_that_runs() {
    let world = World::new();
    assert_eq!(world.plan.cycle_on(day(0)), None);
    // In either order of making, since ids follow it.
    for backwards in [false, true] {
        let mut world = World::new();
        let mut spans = [
            ("2026", "2026-01-01", "2026-12-31"),
            ("Q1", "2026-01-01", "2026-03-31"),
            ("Q2", "2026-04-01", "2026-06-30"),
            ("Q4", "2026-10-01", "2026-12-31"),
            ("2028", "2028-01-01", "2028-12-31"),
            ("2028 Q1", "2028-01-01", "2028-03-31"),
        ];
        if backwards {
            spans.reverse();
        }
        for (name, start, end) in spans {
            let id = world.cycle(date(start), date(end));
            world.edit(Edit::of(id, CycleEdit::name(Name::new(name).unwrap())));
        }
        for (on, name) in [
            ("2026-01-01", "Q1"),
            ("2026-03-31", "Q1"),
            ("2026-04-01", "Q2"),
            // Between two quarters the year runs.
            ("2026-08-15", "2026"),
            ("2026-12-31", "Q4"),
            // None runs: the next to come, and of those that begin together the shortest.
            ("2025-06-01", "Q1"),
            ("2027-06-01", "2028 Q1"),
            ("2028-03-31", "2028 Q1"),
            ("2028-04-01", "2028"),
            // None runs and none will: the one that ended last.
            ("2029-01-01", "2028"),
        ] {
            let found = world.plan.cycle_on(date(on)).unwrap();
            assert_eq!(found.name.as_str(), name, "{on}, backwards: {backwards}");
        }
        let order: Vec<_> =
            world.plan.cycles_in_order(day(0)).iter().map(|cycle| cycle.name.as_str().to_owned()).collect();
        assert_eq!(order, ["2028", "2028 Q1", "Q4", "Q2", "2026", "Q1"], "latest first, a year before its quarter");
    }
    // Of those that ended together, the shortest.
    let mut world = World::new();
    world.cycle(date("2026-01-01"), date("2026-12-31"));
    let quarter = world.cycle(date("2026-10-01"), date("2026-12-31"));
    world.cycle(date("2025-01-01"), date("2026-12-31"));
    assert_eq!(world.plan.cycle_on(date("2027-05-01")).unwrap().id, quarter);
}

#[test]
fn the_course_of_a_cycle() {
    let mut world = World::new();
    let cycle = world.cycle(day(0), day(100));
    let one_day = world.cycle(day(50), day(50));
    for value in [0.9, 0.35, 0.0, 1.0] {
        let objective = world.objective(Some(cycle));
        let id = world.key_result(objective, metric(0.0, 1.0));
        world.value(id, 1, value);
        world.keep_up(id);
    }
    world.objective(Some(cycle));
    world.objective(None);
    for (cycle, n, elapsed) in [
        (cycle, -1, 0.0),
        (cycle, 0, 0.0),
        (cycle, 25, 0.25),
        (cycle, 100, 1.0),
        (cycle, 101, 1.0),
        // All or nothing where it ends on the day that it starts.
        (one_day, 49, 0.0),
        (one_day, 50, 1.0),
        (one_day, 51, 1.0),
    ] {
        close(world.plan.course(cycle, day(n)).unwrap().elapsed, elapsed, &format!("day {n}"));
    }
    // On day 50: on track, needs attention (-0.15), off track, achieved, pending.
    let course = world.plan.course(cycle, day(50)).unwrap();
    assert_eq!((course.span, course.objectives.len(), course.need_someone), (span(day(0), day(100)), 5, 2));
    world.apply(Change::Delete(cycle.into()));
    assert_eq!(world.plan.course(cycle, day(50)), None);
}

#[test]
fn what_happened_lately_comes_newest_first() {
    let (mut world, id) = World::with(metric(0.0, 1.0));
    let kpi = world.kpi(Frequency::Monthly, Aggregation::Last);
    for n in [5, 1, 3] {
        world.value(id, n, 0.1);
    }
    for n in [2, 4, 5, 9] {
        world.reading(kpi, day(n), 1.0);
    }
    let lately = |n, on| -> Vec<_> {
        world.plan.lately(n, day(on)).iter().map(|each| (each.of, each.key.day.days_since(day(0)))).collect()
    };
    let (id, kpi) = (Due::KeyResult(id), Due::Kpi(kpi));
    // On one day key results stand before KPIs.
    assert_eq!(lately(10, 6), [(id, 5), (kpi, 5), (kpi, 4), (id, 3), (kpi, 2), (id, 1)]);
    assert_eq!(lately(2, 9), [(kpi, 9), (id, 5)]);
    assert_eq!(lately(2, 0), []);
    assert_eq!(lately(0, 9), []);
}
