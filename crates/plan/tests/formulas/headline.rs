//! What headlines say, of all running cycles and of KPIs.

use bearings_plan::*;

use crate::builder::*;

/// A quarter from day 0 to day 91, and the year around it.
struct Told {
    world: World,
    quarter: CycleId,
    year: CycleId,
}

impl Told {
    fn new() -> Self {
        let mut world = World::new();
        let year = world.cycle(date("2026-01-01"), date("2026-12-31"));
        let quarter = world.cycle(day(0), day(91));
        Self { world, quarter, year }
    }

    /// An objective with one key result from 0 to 100, checked in every week up to day `until`, with so many per cent of
    /// the share of the time that has gone.
    fn goal(&mut self, cycle: CycleId, of_expected: f64, until: i32) -> (ObjectiveId, KeyResultId) {
        let objective = self.world.objective(Some(cycle));
        let id = self.world.key_result(objective, metric(0.0, 100.0));
        let span = self.world.plan.cycles.get(cycle).unwrap().span.on(day(0)).clone();
        for n in (0..=until).filter(|n| n % 7 == until % 7) {
            self.world.value(id, n, of_expected * span.elapsed(day(n)));
        }
        (objective, id)
    }

    /// A monthly KPI that should be at least 100, with its value of September, October and November.
    fn kpi(&mut self, value: f64) -> KpiId {
        let id = self.world.kpi(Frequency::Monthly, Aggregation::Last);
        self.world.target(id, date("2026-09-01"), at_least(100.0), 5.0);
        self.world.readings(id, &[("2026-09-30", value), ("2026-10-31", value), ("2026-11-05", value)]);
        id
    }

    fn on(&self, day: Day) -> Headline {
        let plan = &self.world.plan;
        let kpis = plan.kpis_kept(day);
        let reports = kpis.iter().map(|kpi| plan.kpi_report(kpi, day));
        let healths = reports.map(|report| (report.health, report.stale));
        plan.headline(&plan.courses(day), KpiCounts::of(healths), day)
    }

    #[track_caller]
    fn says(&self, n: i32, stage: Stage, news: &News, details: &[Detail]) {
        let found = self.on(day(n));
        assert_eq!((found.stage, &found.news(), &found.details()[..]), (stage, news, details), "day {n}");
    }

    fn week(&self, week: i32) -> Stage {
        Stage::Week { cycle: self.quarter, week, weeks: 14 }
    }
}

/// Day 50 is 20 November, in the eighth week.
const NOW: i32 = 50;
/// How many per cent of what the time expects a goal has.
const ON_TRACK: f64 = 100.0;
const BEHIND: f64 = 20.0;
const ACHIEVED: f64 = 200.0;

#[test]
fn without_goals_and_kpis_there_is_no_news() {
    let world = World::new();
    let told = Told {
        quarter: CycleId::from(Seed { millis: 0, random: [0; 10] }),
        year: CycleId::from(Seed { millis: 1, random: [0; 10] }),
        world,
    };
    told.says(NOW, Stage::NoCycle, &News::Nothing, &[Detail::NoCycle]);
    let told = Told::new();
    told.says(NOW, told.week(8), &News::Nothing, &[]);
    // What is put off until later is in no cycle.
    let mut told = Told::new();
    told.world.objective(None);
    told.says(NOW, told.week(8), &News::NoneRunning, &[]);
}

#[test]
fn what_is_not_judged_yet_is_not_on_course() {
    let mut told = Told::new();
    let objective = told.world.objective(Some(told.quarter));
    told.says(2, told.week(1), &News::Goals(GoalNews::Unmeasured { goals: 1 }), &[]);
    told.world.key_result(objective, metric(0.0, 1.0));
    told.world.key_result(objective, metric(0.0, 1.0));
    told.goal(told.quarter, ON_TRACK, -1);
    told.says(2, told.week(1), &News::Goals(GoalNews::Unjudged { first_check_ins: 3 }), &[]);
    // Silence for more than a cadence needs somebody.
    told.says(8, told.week(2), &News::Needs { goals: 2, kpis: 0 }, &[]);
    // Of one that begins later, nothing is due yet.
    let (later, key_result) = told.goal(told.quarter, ON_TRACK, -1);
    told.world.dates(key_result, Some(20), None);
    told.says(2, told.week(1), &News::Goals(GoalNews::Unjudged { first_check_ins: 3 }), &[]);
    // One that is on track changes nothing about the others.
    let (on_track, _) = told.goal(told.quarter, ON_TRACK, 2);
    let due = Detail::FirstCheckIns(3);
    told.says(
        2,
        told.week(1),
        &News::Goals(GoalNews::SomeOnCourse { on_course: 1, unjudged: 3 }),
        std::slice::from_ref(&due),
    );
    told.world.objective(Some(told.quarter));
    let news = News::Goals(GoalNews::SomeOnCourse { on_course: 1, unjudged: 4 });
    told.says(2, told.week(1), &news, &[due, Detail::Unmeasured(1)]);
    for put_away in [later, objective, on_track] {
        told.world.edit_objective(put_away, ObjectiveEdit::archived(true));
    }
    told.says(2, told.week(1), &News::Goals(GoalNews::Unjudged { first_check_ins: 1 }), &[Detail::Unmeasured(1)]);
}

#[test]
fn the_year_is_spoken_of_beside_its_quarter() {
    let mut told = Told::new();
    told.goal(told.quarter, ON_TRACK, NOW);
    told.says(NOW, told.week(8), &News::Goals(GoalNews::OnCourse { goals: 1 }), &[]);
    told.goal(told.year, BEHIND, NOW);
    let of = |of, longer| Detail::OfLonger { of, longer, cycle: Some(told.year) };
    told.says(NOW, told.week(8), &News::Needs { goals: 1, kpis: 0 }, &[of(1, 1)]);
    let mut told = Told::new();
    told.goal(told.year, BEHIND, NOW);
    // Without a goal in the quarter, the week is the year's.
    let stage = Stage::Week { cycle: told.year, week: 47, weeks: 53 };
    told.says(NOW, stage, &News::Needs { goals: 1, kpis: 0 }, &[]);
    told.goal(told.quarter, BEHIND, NOW);
    let of = |of, longer, cycle| Detail::OfLonger { of, longer, cycle };
    told.says(NOW, told.week(8), &News::Needs { goals: 2, kpis: 0 }, &[of(2, 1, Some(told.year))]);
    // Two cycles that are longer.
    let half = told.world.cycle(date("2026-07-01"), date("2026-12-31"));
    told.goal(half, BEHIND, NOW);
    told.says(NOW, told.week(8), &News::Needs { goals: 3, kpis: 0 }, &[of(3, 2, None)]);
    // Two quarters of the same length, and none that is longer.
    let mut told = Told::new();
    let other = told.world.cycle(day(0), day(91));
    for cycle in [told.quarter, other] {
        told.goal(cycle, BEHIND, NOW);
    }
    assert_eq!(told.on(day(NOW)).details(), []);
    assert_eq!(told.on(day(NOW)).news(), News::Needs { goals: 2, kpis: 0 });
}

#[test]
fn a_cycle_that_has_ended_waits_to_be_closed() {
    let mut told = Told::new();
    let (year, quarter) = (told.year, told.quarter);
    told.world.apply(Change::Delete(year.into()));
    told.goal(quarter, BEHIND, 90);
    // On its last day it runs.
    assert_eq!(told.on(day(91)).news(), News::Needs { goals: 1, kpis: 0 });
    let ended = Stage::Ended { cycle: quarter };
    told.says(92, ended, &News::ToClose(vec![quarter]), &[]);
    told.says(500, ended, &News::ToClose(vec![quarter]), &[]);
    // The next one begins in 12 days.
    let next = told.world.cycle(day(104), day(190));
    told.says(92, Stage::Begins { cycle: next, days: 12 }, &News::ToClose(vec![quarter]), &[]);
    // The next one runs, its goal is on course, and the last one still waits.
    told.goal(next, ON_TRACK, 140);
    let week = Stage::Week { cycle: next, week: 6, weeks: 13 };
    told.says(140, week, &News::ToClose(vec![quarter]), &[]);
    assert_eq!(told.on(day(140)).goals.on_track, 1);
    // What needs somebody comes before it.
    told.goal(next, BEHIND, 140);
    let details = [Detail::ToClose(vec![quarter])];
    told.says(140, week, &News::Needs { goals: 1, kpis: 0 }, &details);
    told.world.today = day(93);
    told.world.close(quarter);
    told.says(93, Stage::Begins { cycle: next, days: 11 }, &News::NoneRunning, &[]);
    told.says(140, week, &News::Needs { goals: 1, kpis: 0 }, &[]);
}

#[test]
fn a_cycle_that_was_closed_has_no_news() {
    let mut told = Told::new();
    let (year, quarter) = (told.year, told.quarter);
    told.world.apply(Change::Delete(year.into()));
    told.goal(quarter, BEHIND, 90);
    told.world.today = day(80);
    told.world.close(quarter);
    // Before its last day, too.
    for n in [85, 92] {
        told.says(n, Stage::Closed { cycle: quarter }, &News::NoneRunning, &[]);
    }
    told.says(79, told.week(12), &News::Needs { goals: 1, kpis: 0 }, &[]);
}

#[test]
fn goals_that_have_come_are_achieved() {
    let mut told = Told::new();
    told.goal(told.quarter, ACHIEVED, NOW);
    told.goal(told.year, ACHIEVED, NOW);
    told.says(NOW, told.week(8), &News::Goals(GoalNews::Achieved { goals: 2 }), &[]);
    told.goal(told.quarter, ON_TRACK, NOW);
    told.says(NOW, told.week(8), &News::Goals(GoalNews::OnCourse { goals: 3 }), &[]);
    let (fallen_short, _) = told.goal(told.quarter, ON_TRACK, NOW);
    told.world.edit_objective(fallen_short, ObjectiveEdit::judged(judged(Status::Missed, "The customer is gone.")));
    told.says(NOW, told.week(8), &News::Needs { goals: 1, kpis: 0 }, &[]);
}

#[test]
fn what_is_silent_is_not_on_course() {
    let mut told = Told::new();
    told.goal(told.quarter, ON_TRACK, NOW);
    told.goal(told.quarter, 120.0, NOW - 11);
    told.says(NOW, told.week(8), &News::Needs { goals: 1, kpis: 0 }, &[Detail::Silent(1)]);
}

#[test]
fn a_broken_guard_is_told() {
    let mut told = Told::new();
    let guard = told.kpi(50.0);
    let guards = KeyResultEdit::guards(Guards::new([guard]).unwrap());
    let (_, on_course) = told.goal(told.quarter, ON_TRACK, NOW);
    told.world.edit_key_result(on_course, guards.clone());
    let broken = |goals, needing, of| Detail::Guards { goals, needing, of };
    told.says(NOW, told.week(8), &News::Needs { goals: 0, kpis: 1 }, &[broken(1, 0, 0)]);
    let (_, behind) = told.goal(told.quarter, BEHIND, NOW);
    told.says(NOW, told.week(8), &News::Needs { goals: 1, kpis: 1 }, &[broken(1, 0, 1)]);
    told.world.edit_key_result(behind, guards);
    told.says(NOW, told.week(8), &News::Needs { goals: 1, kpis: 1 }, &[broken(2, 1, 1)]);
    told.world.edit_key_result(on_course, KeyResultEdit::guards(Guards::default()));
    told.says(NOW, told.week(8), &News::Needs { goals: 1, kpis: 1 }, &[broken(1, 1, 1)]);
}

#[test]
fn kpis_are_news_without_any_goal() {
    let mut told = Told::new();
    for cycle in [told.year, told.quarter] {
        told.world.apply(Change::Delete(cycle.into()));
    }
    let says = |told: &Told, news: KpiNews| told.says(NOW, Stage::NoCycle, &News::Kpis(news), &[Detail::NoCycle]);
    let running = told.world.kpi(Frequency::Monthly, Aggregation::Sum);
    told.world.target(running, date("2026-09-01"), at_least(100.0), 5.0);
    told.world.reading(running, day(NOW), 1.0);
    says(&told, KpiNews::Unjudged);
    told.world.apply(Change::Delete(running.into()));
    let unread = told.world.called("Unread");
    says(&told, KpiNews::NoData);
    let untargeted = told.world.called("Without a target");
    told.world.reading(untargeted, day(40), 1.0);
    says(&told, KpiNews::Unjudged);
    told.world.apply(Change::Delete(unread.into()));
    says(&told, KpiNews::NoTarget);
    told.kpi(100.0);
    says(&told, KpiNews::SomeOnTarget { on_target: 1, unjudged: 1 });
    told.world.apply(Change::Delete(untargeted.into()));
    says(&told, KpiNews::OnTarget(1));
    told.kpi(97.0);
    says(&told, KpiNews::Near(1));
    told.kpi(50.0);
    let needs = |kpis| News::Needs { goals: 0, kpis };
    told.says(NOW, Stage::NoCycle, &needs(1), &[Detail::NoCycle]);
    // In the new year nobody has read them for two months.
    told.says(120, Stage::NoCycle, &needs(3), &[Detail::NoCycle]);
    // A cycle without goals runs.
    let cycle = told.world.cycle(day(0), day(91));
    let week = Stage::Week { cycle, week: 8, weeks: 14 };
    told.says(NOW, week, &needs(1), &[Detail::NoGoals(cycle)]);
}

#[test]
fn goals_and_kpis_stand_in_one_headline() {
    let mut told = Told::new();
    for (cycle, stands) in
        [(told.year, BEHIND), (told.quarter, BEHIND), (told.quarter, BEHIND), (told.quarter, ON_TRACK)]
    {
        told.goal(cycle, stands, NOW);
    }
    let guard = told.kpi(50.0);
    told.kpi(20.0);
    told.kpi(120.0);
    let (_, guarded) = told.goal(told.quarter, ON_TRACK, NOW);
    told.world.edit_key_result(guarded, KeyResultEdit::guards(Guards::new([guard]).unwrap()));
    let of_the_year = Detail::OfLonger { of: 3, longer: 1, cycle: Some(told.year) };
    let broken = Detail::Guards { goals: 1, needing: 0, of: 3 };
    told.says(NOW, told.week(8), &News::Needs { goals: 3, kpis: 2 }, &[of_the_year, broken]);
    assert_eq!(told.on(day(NOW)).goals_news(), News::Needs { goals: 3, kpis: 0 });
    // Where only goals need somebody, it is said how the KPIs stand.
    let mut told = Told::new();
    told.goal(told.quarter, BEHIND, NOW);
    told.kpi(120.0);
    let details = [Detail::Kpis(KpiNews::OnTarget(1))];
    told.says(NOW, told.week(8), &News::Needs { goals: 1, kpis: 0 }, &details);
}

#[test]
fn a_past_day_has_the_headline_that_it_had() {
    let mut told = Told::new();
    let (_, key_result) = told.goal(told.quarter, BEHIND, 20);
    told.world.value(key_result, 30, 100.0);
    told.says(NOW, told.week(8), &News::Goals(GoalNews::Achieved { goals: 1 }), &[]);
    told.says(20, told.week(3), &News::Needs { goals: 1, kpis: 0 }, &[]);
    let then = told.world.plan.as_of(day(20));
    let headline = then.headline(&then.courses(day(20)), KpiCounts::default(), day(20));
    assert_eq!(headline, told.on(day(20)));
}

#[test]
fn the_longest_cycle_comes_first_and_empty_ones_are_left_out() {
    let mut told = Told::new();
    let cycles = |told: &Told, n| told.world.plan.courses(day(n)).iter().map(|it| it.cycle).collect::<Vec<_>>();
    assert_eq!(cycles(&told, NOW), []);
    told.goal(told.quarter, ON_TRACK, NOW);
    assert_eq!(cycles(&told, NOW), [told.quarter]);
    let month = told.world.cycle(day(31), day(60));
    for cycle in [month, told.year] {
        told.goal(cycle, ON_TRACK, NOW);
    }
    assert_eq!(cycles(&told, NOW), [told.year, told.quarter, month]);
    assert_eq!(cycles(&told, 61), [told.year, told.quarter]);
    // None runs: the quarter, which ended last.
    assert_eq!(cycles(&told, 92), [told.quarter]);
    let next = told.world.cycle(day(104), day(190));
    assert_eq!(cycles(&told, 92), [], "the next one has no objectives");
    told.goal(next, ON_TRACK, -1);
    assert_eq!(cycles(&told, 92), [next]);
}
