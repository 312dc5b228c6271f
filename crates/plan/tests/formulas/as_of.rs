//! The past: a report on a past day is the report of the plan as it was known on that day. And no number, however
//! odd, makes a share that is none.

use bearings_plan::*;
use proptest::prelude::*;

use crate::builder::*;

/// Something that happens to a plan on a day.
#[derive(Debug, Clone)]
enum Event {
    CheckIn(usize, Option<f64>, Option<u8>),
    Reading(usize, f64),
    Measure(usize, Measure),
    Weight(usize, f64),
    Cadence(usize, Cadence),
    Dates(usize, i32, i32),
    Move(usize, usize),
    Kind(usize, ObjectiveKind),
    Cycle(i32, i32),
    Bands(f64),
    OwnBands(usize, Option<f64>),
    Done(i32),
    Due(Option<i32>),
    Target(usize, Option<Bounds>),
    Aggregation(usize, Aggregation),
    Frequency(usize, Frequency),
    Parent(usize, Option<usize>),
    ParentWeight(usize, f64),
    CountsAligned(usize, bool),
    Archived(usize, bool),
    Judged(usize, Option<Status>),
    JudgedBelow(usize, Option<Status>),
    Closed(bool),
    Verdict(usize, Option<Outcome>),
    FedBy(usize, Option<usize>),
    PartOf(usize, Option<usize>),
    Why(usize, bool),
    Fate(usize, Fate),
    State(InitiativeState),
}

fn value() -> impl Strategy<Value = f64> {
    prop_oneof![-20..20_i32, -2_000_000..2_000_000_i32].prop_map(|value| f64::from(value) / 4.0)
}

fn bounds() -> impl Strategy<Value = Bounds> {
    (value(), value())
        .prop_flat_map(|(a, b)| prop::sample::select(vec![at_least(a), at_most(a), between(a.min(b), a.max(b))]))
}

fn measure() -> impl Strategy<Value = Measure> {
    prop_oneof![
        (value(), value()).prop_map(|(start, by)| metric(start, start + if by == 0.0 { 1.0 } else { by })),
        bounds().prop_map(|bounds| stay(bounds, 0.8)),
        Just(Measure::Milestones {}),
        Just(Measure::Done {}),
        Just(Measure::Baseline {}),
    ]
}

fn event() -> impl Strategy<Value = Event> {
    use prop::sample::select;
    let which = 0..3_usize;
    let days = || (-20..120_i32, 0..100_i32).prop_map(|(start, length)| (start, start + length));
    let kinds = vec![ObjectiveKind::Committed, ObjectiveKind::Aspirational, ObjectiveKind::Learning];
    let cadences = vec![Cadence::Weekly, Cadence::Fortnightly, Cadence::Monthly, Cadence::Quarterly];
    let ways = vec![Aggregation::Last, Aggregation::Sum, Aggregation::Mean, Aggregation::Min, Aggregation::Max];
    let frequencies = vec![Frequency::Daily, Frequency::Weekly, Frequency::Monthly, Frequency::Quarterly];
    prop_oneof![
        6 => (which.clone(), prop::option::of(value()), prop::option::of(0..=10_u8))
            .prop_map(|(which, value, confidence)| Event::CheckIn(which, value, confidence)),
        6 => (0..2_usize, value()).prop_map(|(which, value)| Event::Reading(which, value)),
        2 => (which.clone(), measure()).prop_map(|(which, measure)| Event::Measure(which, measure)),
        1 => (which.clone(), select(vec![0.0, 0.5, 3.0])).prop_map(|(which, weight)| Event::Weight(which, weight)),
        1 => (which.clone(), select(cadences)).prop_map(|(which, cadence)| Event::Cadence(which, cadence)),
        1 => (which.clone(), days()).prop_map(|(which, (start, due))| Event::Dates(which, start, due)),
        1 => (which, 0..2_usize).prop_map(|(which, to)| Event::Move(which, to)),
        1 => (0..2_usize, select(kinds)).prop_map(|(which, kind)| Event::Kind(which, kind)),
        1 => days().prop_map(|(start, end)| Event::Cycle(start, end)),
        1 => (0.0..0.2).prop_map(Event::Bands),
        1 => (0..3_usize, prop::option::of(0.0..0.2)).prop_map(|(which, attention)| Event::OwnBands(which, attention)),
        1 => (-20..120_i32).prop_map(Event::Done),
        1 => prop::option::of(-20..120_i32).prop_map(Event::Due),
        1 => (0..2_usize, prop::option::of(bounds())).prop_map(|(which, bounds)| Event::Target(which, bounds)),
        1 => (0..2_usize, select(ways)).prop_map(|(which, how)| Event::Aggregation(which, how)),
        1 => (0..2_usize, select(frequencies)).prop_map(|(which, how)| Event::Frequency(which, how)),
        8 => later(),
    ]
}

/// What helps what, what feeds what, what was judged, and what became of it.
fn later() -> impl Strategy<Value = Event> {
    use prop::{option::of, sample::select};
    let (two, three) = (|| 0..2_usize, || 0..3_usize);
    let status = || of(select(Status::ALL));
    prop_oneof![
        (two(), of(two())).prop_map(|(which, parent)| Event::Parent(which, parent)),
        (two(), select(vec![0.0, 0.5, 3.0])).prop_map(|(which, weight)| Event::ParentWeight(which, weight)),
        (two(), prop::bool::weighted(0.8)).prop_map(|(which, counts)| Event::CountsAligned(which, counts)),
        (two(), any::<bool>()).prop_map(|(which, archived)| Event::Archived(which, archived)),
        (two(), status()).prop_map(|(which, status)| Event::Judged(which, status)),
        (three(), status()).prop_map(|(which, status)| Event::JudgedBelow(which, status)),
        any::<bool>().prop_map(Event::Closed),
        (two(), of(select(Outcome::ALL))).prop_map(|(which, outcome)| Event::Verdict(which, outcome)),
        (three(), of(two())).prop_map(|(which, kpi)| Event::FedBy(which, kpi)),
        (three(), of(three())).prop_map(|(which, whole)| Event::PartOf(which, whole)),
        (three(), any::<bool>()).prop_map(|(which, said)| Event::Why(which, said)),
        (three(), select(Fate::ALL)).prop_map(|(which, fate)| Event::Fate(which, fate)),
        select(InitiativeState::ALL).prop_map(Event::State),
    ]
}

/// A plan in which everything was made before day 0, and then this happened.
fn story(events: Vec<(i32, Event)>) -> World {
    let mut world = World::new();
    let cycle = world.cycle(day(0), day(100));
    let objectives = [world.objective(Some(cycle)), world.objective(Some(cycle))];
    let key_results = [metric(0.0, 10.0), stay(at_most(3.0), 0.8), Measure::Milestones {}]
        .map(|measure| world.key_result(objectives[0], measure));
    let milestones = key_results.map(|of| world.milestone(of, 2.0, Some(30), None));
    let kpis = [Frequency::Weekly, Frequency::Monthly].map(|often| world.kpi(often, Aggregation::Sum));
    let initiative = world.initiative(Goal::KeyResult { id: key_results[0] }, InitiativeState::Todo);
    let of_objective = |which: usize, edit: ObjectiveEdit| Edit::of(objectives[which], edit);
    let of_key_result = |which: usize, edit: KeyResultEdit| Edit::of(key_results[which], edit);
    let given = |status: Option<Status>| status.and_then(|status| judged(status, "So it is."));
    for (n, event) in events {
        let from = day(n);
        match event {
            Event::CheckIn(which, value, confidence) => world.check_in(key_results[which], n, value, confidence),
            Event::Reading(which, value) => world.reading(kpis[which], from, value),
            Event::Target(which, bounds) => {
                let target = bounds.map(|bounds| Target { bounds, tolerance: number(1.0) });
                world.edit_from(from, Edit::of(kpis[which], KpiEdit::target(target)));
            }
            Event::Aggregation(which, how) => {
                world.edit_from(from, Edit::of(kpis[which], KpiEdit::aggregation(how)));
            }
            Event::Frequency(which, how) => world.edit_from(from, Edit::of(kpis[which], KpiEdit::frequency(how))),
            Event::Measure(which, measure) => {
                world.edit_from(from, Edit::of(key_results[which], KeyResultEdit::measure(measure)));
            }
            Event::Weight(which, counts) => {
                world.edit_from(from, Edit::of(key_results[which], KeyResultEdit::weight(weight(counts))));
            }
            Event::Cadence(which, cadence) => {
                world.edit_from(from, Edit::of(key_results[which], KeyResultEdit::cadence(Some(cadence))));
            }
            Event::Dates(which, start, due) => {
                let dates = Some(OwnDates { start: Some(day(start)), due: Some(day(due)) });
                world.edit_from(from, Edit::of(key_results[which], KeyResultEdit::dates(dates)));
            }
            Event::Move(which, to) => {
                let to = KeyResultEdit::objective(objectives[to]);
                world.edit_from(from, Edit::of(key_results[which], to));
            }
            Event::Kind(which, kind) => {
                world.edit_from(from, Edit::of(objectives[which], ObjectiveEdit::kind(kind)));
            }
            Event::Cycle(start, end) => {
                world.edit_from(from, Edit::of(cycle, CycleEdit::span(span(day(start), day(end)))));
            }
            Event::Bands(attention) => {
                let bands = Bands { attention: number(attention), off_track: number(0.3) };
                world.edit_from(from, Edit::frame(FrameEdit::bands(bands)));
            }
            Event::OwnBands(which, attention) => {
                let bands = attention.map(|it| Bands { attention: number(it), off_track: number(0.3) });
                world.edit_from(from, of_key_result(which, KeyResultEdit::bands(bands)));
            }
            Event::Done(on) => world.edit(Edit::of(milestones[2], MilestoneEdit::done(Some(day(on))))),
            Event::Due(due) => {
                world.edit_from(from, Edit::of(milestones[2], MilestoneEdit::due(due.map(day))));
            }
            Event::Parent(which, parent) => {
                let parent = ObjectiveEdit::parent(parent.map(|parent| objectives[parent]));
                world.edit_from(from, of_objective(which, parent));
            }
            Event::ParentWeight(which, counts) => {
                world.edit_from(from, of_objective(which, ObjectiveEdit::parent_weight(weight(counts))));
            }
            Event::CountsAligned(which, counts) => {
                world.edit_from(from, of_objective(which, ObjectiveEdit::counts_aligned(counts)));
            }
            Event::Archived(which, away) => {
                world.edit_from(from, of_objective(which, ObjectiveEdit::archived(away)));
            }
            Event::Judged(which, status) => {
                world.edit_from(from, of_objective(which, ObjectiveEdit::judged(given(status))));
            }
            Event::JudgedBelow(which, status) => {
                world.edit_from(from, of_key_result(which, KeyResultEdit::judged(given(status))));
            }
            Event::Closed(closed) => world.edit_from(from, Edit::of(cycle, CycleEdit::closed(closed))),
            Event::Verdict(which, outcome) => {
                let (reason, learned) = (prose(""), prose("Ask."));
                let verdict = outcome.map(|outcome| Verdict { score: None, outcome, reason, learned });
                world.edit_from(from, of_objective(which, ObjectiveEdit::verdict(verdict)));
            }
            Event::FedBy(which, kpi) => {
                world.edit_from(from, of_key_result(which, KeyResultEdit::fed_by(kpi.map(|kpi| kpis[kpi]))));
            }
            Event::PartOf(which, whole) => {
                let whole = KeyResultEdit::part_of(whole.map(|whole| key_results[whole]));
                world.edit_from(from, of_key_result(which, whole));
            }
            Event::Why(which, said) => {
                let why = prose(if said { "Two people left." } else { "" });
                world.edit_from(from, of_key_result(which, KeyResultEdit::goalposts(why)));
            }
            Event::Fate(which, fate) => {
                world.edit_from(from, of_key_result(which, KeyResultEdit::fate(Some(fate))));
            }
            Event::State(state) => world.edit_from(from, Edit::of(initiative, InitiativeEdit::state(state))),
        }
    }
    world
}

/// Every number that a plan gives on a day.
fn numbers(plan: &Plan, day: Day) -> impl PartialEq + std::fmt::Debug + use<> {
    let objectives: Vec<_> = plan.objectives.iter().map(|objective| plan.objective_report(objective, day)).collect();
    let kpis: Vec<_> = plan.kpis.iter().map(|kpi| plan.kpi_report(kpi, day)).collect();
    let cycle = plan.cycle_on(day).map(|cycle| cycle.id);
    let course = cycle.and_then(|cycle| plan.course(cycle, day));
    ((objectives, kpis, plan.due(day), cycle, course), more_numbers(plan, day))
}

/// Where everything is heading, how it is split and aligned, and what became of it.
fn more_numbers(plan: &Plan, day: Day) -> impl PartialEq + std::fmt::Debug + use<> {
    let of_key_results = plan.key_results.iter().map(|it| {
        let forecast = plan.forecast(it, &plan.key_result_report(it, day), day);
        let (split, whole) = (plan.distribution(it, day), plan.whole_of(it.id, day));
        let goals = (plan.goalposts(it, day), plan.has_begun(it, day), *it.fate.on(day));
        (plan.points_of(it, day), forecast, split, whole, goals, plan.is_history(it.id.into(), day))
    });
    let of_objectives = plan.objectives.iter().map(|it| {
        let aligned: Vec<_> = plan.aligned_to(it.id, day).iter().map(|it| it.id).collect();
        let away = (*it.archived.on(day), it.verdict.on(day).clone());
        (plan.parent_of(it.id, day), aligned, away, plan.history(it.id, day))
    });
    let warnings: Vec<_> = plan.cycles.iter().map(|cycle| plan.closing_warnings(cycle, day)).collect();
    let states: Vec<_> = plan.initiatives.iter().map(|it| *it.state.on(day)).collect();
    let of_key_results: Vec<_> = of_key_results.collect();
    let of_objectives: Vec<_> = of_objectives.collect();
    (of_key_results, of_objectives, warnings, states, plan.calibration(day))
}

fn is_share(share: f64) -> bool {
    (0.0..=1.0).contains(&share)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_past_day_is_what_was_known_on_it(
        events in prop::collection::vec((-20..130_i32, event()), 0..40),
        days in prop::collection::vec(-25..140_i32, 6),
    ) {
        let world = story(events);
        for n in days {
            prop_assert_eq!(numbers(&world.plan.as_of(day(n)), day(n)), numbers(&world.plan, day(n)), "day {}", n);
        }
    }

    #[test]
    fn shares_are_shares(events in prop::collection::vec((-20..130_i32, event()), 0..40), n in -25..140_i32) {
        let world = story(events);
        for objective in world.plan.objectives.iter() {
            let report = world.plan.objective_report(objective, day(n));
            prop_assert!(report.progress.is_none_or(|progress| is_share(progress.share)));
            prop_assert!(report.expected.is_none_or(is_share));
            for (_, report) in report.key_results {
                prop_assert!(report.expected.is_none_or(|expected| is_share(expected.share)));
                if let Some(progress) = report.progress {
                    prop_assert!(is_share(progress.share) && progress.raw.is_finite());
                }
            }
        }
    }
}

#[test]
fn the_first_reading_is_not_known_before_its_day() {
    // In the same month as the day asked about, but after it.
    let mut world = World::new();
    let id = world.kpi(Frequency::Monthly, Aggregation::Last);
    world.reading(id, date("2026-10-20"), 5.0);
    let report = world.kpi_report(id, "2026-10-10");
    assert_eq!((report.periods, report.current), (vec![], None));
}

#[test]
fn a_late_entry_rewrites_the_past() {
    let (mut world, id) = World::with(metric(0.0, 10.0));
    world.value(id, 40, 5.0);
    close(world.report(id, 30).progress.unwrap().share, 0.0, "before");
    world.today = day(60);
    world.value(id, 20, 2.0);
    close(world.report(id, 30).progress.unwrap().share, 0.2, "after");
    close(world.report(id, 40).progress.unwrap().share, 0.5, "later values stay");
}

#[test]
fn a_correction_rewrites_the_past_too() {
    let (mut world, id) = World::with(metric(0.0, 10.0));
    let kpi = world.kpi(Frequency::Weekly, Aggregation::Last);
    let objective = *world.key_result_of(id).objective.on(day(0));
    let above = world.objective(None);
    world.value(id, 20, 5.0);
    world.reading(kpi, day(20), 8.0);
    let share = |world: &World| world.report(id, 30).progress.unwrap().share;
    close(share(&world), 0.5, "as it was said");
    world.today = day(60);
    // Whoever says on day 60 what held from day 10 on, says so of day 30, too.
    let (key, row) = world.key_result_of(id).check_ins.iter().next().map(|(key, row)| (key, row.clone())).unwrap();
    world.apply(Change::CheckIn { of: id, key, row: Some(CheckIn { value: Some(number(6.0)), ..row }) });
    close(share(&world), 0.6, "another value");
    world.edit_from(day(10), Edit::of(id, KeyResultEdit::fed_by(Some(kpi))));
    close(share(&world), 0.8, "from the KPI");
    world.edit_from(day(10), Edit::of(above, ObjectiveEdit::counts_aligned(true)));
    world.edit_from(day(10), Edit::of(objective, ObjectiveEdit::parent(Some(above))));
    let progress = |n| world.objective_report(above, n).progress.map(|progress| progress.share);
    close_or_none(progress(30), Some(0.8), "aligned since");
    assert_eq!(progress(9), None, "and not before");
    for n in [9, 30] {
        assert_eq!(numbers(&world.plan.as_of(day(n)), day(n)), numbers(&world.plan, day(n)), "day {n}");
    }
}
