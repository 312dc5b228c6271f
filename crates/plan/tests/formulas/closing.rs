//! The end of a cycle: what is decided, and what goes on.

use bearings_plan::*;

use crate::builder::*;

/// The day on which the cycle is closed: two days after its last.
const END: i32 = 102;

struct Place {
    world: World,
    cycle: CycleId,
    next: CycleId,
    objective: ObjectiveId,
}

fn place() -> Place {
    let mut world = World::new();
    let (cycle, next) = (world.cycle(day(0), day(100)), world.cycle(day(101), day(200)));
    let objective = world.objective(Some(cycle));
    Place { world, cycle, next, objective }
}

fn score(value: f64) -> Option<Score> {
    Some(Score::new(number(value)).unwrap())
}

fn verdict() -> Verdict {
    Verdict { score: score(0.6), outcome: Outcome::Partial, reason: prose("Rain."), learned: prose("Ask earlier.") }
}

impl Place {
    fn key_result(&mut self, measure: Measure) -> KeyResultId {
        self.world.key_result(self.objective, measure)
    }

    /// Closes the cycle with these fates; gives the plan before, and the change.
    fn close(&mut self, fates: &[(KeyResultId, Fate)], next: Option<CycleId>) -> (Plan, Change) {
        let decision = Decision { objective: self.objective, verdict: verdict(), fates: fates.to_vec() };
        self.close_by(&[decision], next)
    }

    fn close_by(&mut self, decisions: &[Decision], next: Option<CycleId>) -> (Plan, Change) {
        self.world.today = day(END);
        let at = self.world.at();
        let mut made = 0;
        let change = self.world.plan.closing(self.cycle, decisions, prose("A good one."), next, at, || {
            made += 1;
            Seed { millis: 1_000_000 + made, random: [1; 10] }
        });
        let before = self.world.plan.clone();
        assert_eq!(before.permitted(&change, at).map(|_| ()), Ok(()));
        let (after, inverse) = before.apply(&change, at).unwrap();
        // Taken back, everything is as it was.
        let undone = after.apply(&inverse, self.world.at()).unwrap().0;
        assert!(compare::compare(&undone, &before).is_empty(), "{:?}", compare::compare(&undone, &before));
        self.world.plan = after;
        (before, change)
    }

    /// The one that goes on from a key result.
    fn successor(&self, of: KeyResultId) -> Option<&KeyResult> {
        self.world.plan.key_results.iter().find(|it| *it.continues == Some(of))
    }

    fn next_objective(&self) -> Option<&Objective> {
        self.world.plan.objectives.iter().find(|it| *it.continues == Some(self.objective))
    }
}

#[test]
fn a_suggested_score_has_the_verdict_of_its_progress() {
    use ObjectiveKind::{Aspirational, Committed};
    // kind, progress | score, outcome
    for (kind, value, suggested, outcome) in [
        (Committed, 0.696, 0.69, Outcome::Missed),
        (Committed, 0.6999, 0.69, Outcome::Missed),
        (Committed, 0.7, 0.7, Outcome::Partial),
        (Committed, 0.9999, 0.99, Outcome::Partial),
        (Committed, 0.538, 0.54, Outcome::Missed),
        (Committed, 0.399, 0.4, Outcome::Missed),
        (Aspirational, 0.699, 0.69, Outcome::Partial),
        (Aspirational, 0.489, 0.48, Outcome::Missed),
        (Aspirational, 0.996, 0.99, Outcome::Achieved),
        (Aspirational, 0.7, 0.7, Outcome::Achieved),
    ] {
        let (mut world, id) = World::with(metric(0.0, 1.0));
        world.kind(id, kind);
        world.value(id, 1, value);
        let objective = *world.key_result_of(id).objective.on(day(0));
        let report = world.objective_report(objective, END);
        assert_eq!(report.suggested_score(), score(suggested), "{kind:?} {value}");
        assert_eq!(report.outcome_of(None), Some(outcome), "{kind:?} {value}");
        assert_eq!(report.outcome_of(report.suggested_score()), Some(outcome), "{kind:?} {value}, as it is suggested");
    }
}

#[test]
fn of_what_was_never_checked_in_nothing_is_suggested() {
    let (mut world, id) = World::with(metric(0.0, 10.0));
    let objective = *world.key_result_of(id).objective.on(day(0));
    let suggested = |world: &World| {
        let report = world.objective_report(objective, END);
        (report.suggested_score(), report.outcome_of(None))
    };
    assert_eq!(suggested(&world), (None, None));
    // A word is enough to know that it stands where it started.
    world.check_in(id, 50, None, Some(1));
    assert_eq!(suggested(&world), (score(0.0), Some(Outcome::Missed)));
    // And so is one key result of several.
    let (mut world, _) = World::with(metric(0.0, 10.0));
    let objective = world.plan.objectives.iter().next().unwrap().id;
    let other = world.key_result(objective, metric(0.0, 10.0));
    world.value(other, 50, 8.0);
    assert_eq!(world.objective_report(objective, END).suggested_score(), score(0.4));
}

#[test]
fn what_the_numbers_suggest() {
    use ObjectiveKind::{Aspirational, Committed};
    // kind, progress | outcome, fate of the key result
    for (kind, value, outcome, fate) in [
        (Committed, 1.0, Outcome::Achieved, Fate::LetGo),
        (Committed, 0.99, Outcome::Partial, Fate::Carried),
        (Committed, 0.7, Outcome::Partial, Fate::Carried),
        (Committed, 0.69, Outcome::Missed, Fate::Carried),
        (Aspirational, 0.7, Outcome::Achieved, Fate::LetGo),
        (Aspirational, 0.49, Outcome::Partial, Fate::Carried),
        (Aspirational, 0.48, Outcome::Missed, Fate::Carried),
    ] {
        let (mut world, id) = World::with(metric(0.0, 1.0));
        world.kind(id, kind);
        world.value(id, 1, value);
        let objective = *world.key_result_of(id).objective.on(day(0));
        for n in [99, 100, END] {
            let report = world.objective_report(objective, n);
            assert_eq!(report.suggested_score(), score(value), "{kind:?} {value}");
            assert_eq!(report.outcome_of(None), Some(outcome), "{kind:?} {value} on day {n}");
            assert_eq!(world.report(id, n).suggested_fate(), fate, "{kind:?} {value} on day {n}");
        }
    }
    let mut world = World::new();
    let cycle = world.cycle(day(0), day(100));
    let empty = world.objective(Some(cycle));
    let report = world.objective_report(empty, END);
    assert_eq!((report.suggested_score(), report.outcome_of(None)), (None, None), "no number, nothing to suggest");
    // A score that somebody decides says it nevertheless.
    for (value, outcome) in [(0.69, Outcome::Missed), (0.7, Outcome::Partial), (1.0, Outcome::Achieved)] {
        assert_eq!(report.outcome_of(score(value)), Some(outcome), "{value}");
    }
}

#[test]
fn every_decision_is_noted_and_the_cycle_closes_last() {
    let mut place = place();
    let [a, b] = [metric(0.0, 10.0), Measure::Done {}].map(|measure| place.key_result(measure));
    let (_, change) = place.close(&[(a, Fate::LetGo), (b, Fate::Carried)], Some(place.next));
    let plan = &place.world.plan;
    let objective = plan.objectives.get(place.objective).unwrap();
    assert_eq!(objective.verdict.on(day(END)), &Some(verdict()));
    assert_eq!(objective.verdict.on(day(END - 1)), &None, "the day before, nobody had decided");
    let fates = [a, b].map(|id| *plan.key_results.get(id).unwrap().fate.on(day(END)));
    assert_eq!(fates, [Some(Fate::LetGo), Some(Fate::Carried)]);
    let cycle = plan.cycles.get(place.cycle).unwrap();
    assert_eq!(cycle.lookback.as_str(), "A good one.");
    assert_eq!((plan.is_closed(place.cycle, day(END - 1)), plan.is_closed(place.cycle, day(END))), (false, true));
    let Change::All(changes) = change else { panic!("one change") };
    let closes = |change: &Change| matches!(change, Change::Edit { edit, .. } if edit.field() == "closed");
    assert_eq!(changes.iter().position(closes), Some(changes.len() - 1));
}

#[test]
fn a_metric_that_is_carried_begins_where_it_is() {
    type Row = (&'static str, (f64, f64), Option<f64>, Fate, (f64, f64));
    let rows: &[Row] = &[
        ("from here on", (0.0, 10.0), Some(6.0), Fate::Carried, (6.0, 10.0)),
        ("anew", (0.0, 10.0), Some(6.0), Fate::Restarted, (0.0, 10.0)),
        ("falling", (200.0, 100.0), Some(130.0), Fate::Carried, (130.0, 100.0)),
        ("worse than at its start", (0.0, 10.0), Some(-3.0), Fate::Carried, (-3.0, 10.0)),
        ("never heard of", (2.0, 10.0), None, Fate::Carried, (2.0, 10.0)),
        // There would be no way to go.
        ("at its target", (0.0, 10.0), Some(10.0), Fate::Carried, (0.0, 10.0)),
        // From beyond the target the way would lead back.
        ("beyond its target", (0.0, 10.0), Some(12.0), Fate::Carried, (0.0, 10.0)),
        ("beyond its target, falling", (200.0, 100.0), Some(90.0), Fate::Carried, (200.0, 100.0)),
    ];
    for &(name, (start, target), value, fate, (after_start, after_target)) in rows {
        let mut place = place();
        let id = place.key_result(metric(start, target));
        if let Some(value) = value {
            place.world.value(id, 90, value);
        }
        place.close(&[(id, fate)], Some(place.next));
        let after = place.successor(id).unwrap();
        assert_eq!(after.measure.on(day(END)), &metric(after_start, after_target), "{name}");
        let report = place.world.report(after.id, END);
        assert_eq!(report.span, Some(span(day(101), day(200))), "{name}: in the next cycle");
        close(report.progress.unwrap().share, 0.0, name);
    }
}

#[test]
fn what_goes_on_keeps_what_it_is() {
    let mut place = place();
    let (owner, kpi) = (place.world.owner("Ann", None), place.world.kpi(Frequency::Weekly, Aggregation::Last));
    let parent = place.world.objective(None);
    let (pillar, at) = (PillarId::from(place.world.seed()), place.world.at());
    place.world.add(Pillar::new(pillar, Name::new("Growth").unwrap(), at));
    for edit in [
        ObjectiveEdit::why(prose("Because.")),
        ObjectiveEdit::owner(Some(owner)),
        ObjectiveEdit::kind(ObjectiveKind::Aspirational),
        ObjectiveEdit::pillar(Some(pillar)),
        ObjectiveEdit::parent(Some(parent)),
        ObjectiveEdit::parent_weight(weight(3.0)),
        ObjectiveEdit::counts_aligned(true),
        ObjectiveEdit::tags(Tags::parse("a, b").unwrap()),
        ObjectiveEdit::judged(judged(Status::OffTrack, "No.")),
    ] {
        place.world.edit_objective(place.objective, edit);
    }
    let id = place.key_result(metric(0.0, 10.0));
    let marks = Marks { commit: Some(number(7.0)), stretch: Some(number(12.0)) };
    for edit in [
        KeyResultEdit::unit(Unit::new("%").unwrap()),
        KeyResultEdit::owner(Some(owner)),
        KeyResultEdit::weight(weight(2.0)),
        KeyResultEdit::cadence(Some(Cadence::Monthly)),
        KeyResultEdit::fed_by(Some(kpi)),
        KeyResultEdit::marks(Some(marks.clone())),
        KeyResultEdit::judged(judged(Status::OffTrack, "No.")),
    ] {
        place.world.edit_key_result(id, edit);
    }
    place.world.dates(id, Some(5), Some(50));
    place.world.reading(kpi, day(40), 4.0);
    place.close(&[(id, Fate::Carried)], Some(place.next));
    let (goal, after, now) = (place.next_objective().unwrap(), place.successor(id).unwrap(), day(END));
    assert_eq!(
        (goal.title.as_str(), goal.why.as_str(), *goal.cycle.on(now)),
        ("Objective", "Because.", Some(place.next))
    );
    assert_eq!(
        (*goal.owner, *goal.pillar, *goal.kind.on(now)),
        (Some(owner), Some(pillar), ObjectiveKind::Aspirational)
    );
    let alignment = (*goal.parent.on(now), *goal.parent_weight.on(now), *goal.counts_aligned.on(now));
    assert_eq!(alignment, (Some(parent), weight(3.0), true));
    assert_eq!(*goal.tags, Tags::parse("a, b").unwrap());
    assert_eq!((*after.objective.on(now), after.unit.as_str(), *after.owner), (goal.id, "%", Some(owner)));
    assert_eq!((*after.weight.on(now), *after.cadence.on(now)), (weight(2.0), Some(Cadence::Monthly)));
    assert_eq!((*after.fed_by.on(now), after.marks.on(now)), (Some(kpi), &Some(marks)));
    assert_eq!(after.measure.on(now), &metric(4.0, 10.0), "from where the KPI is");
    // What was said of the old ones is not said of the new ones.
    assert_eq!((goal.judged.on(now), goal.verdict.on(now)), (&None, &None));
    assert_eq!((after.judged.on(now), after.fate.on(now), after.dates.on(now)), (&None, &None, &None));
    assert!(after.check_ins.is_empty());
}

#[test]
fn without_a_next_cycle_what_goes_on_waits_in_the_backlog() {
    let mut place = place();
    let id = place.key_result(metric(0.0, 10.0));
    place.close(&[(id, Fate::Carried)], None);
    let waiting = place.world.plan.objectives_of(None, day(END));
    assert_eq!(waiting.iter().map(|it| *it.continues).collect::<Vec<_>>(), [Some(place.objective)]);
}

#[test]
fn what_is_open_goes_on_and_what_is_done_does_not() {
    for (fate, steps) in [(Fate::Carried, 1), (Fate::Restarted, 2), (Fate::LetGo, 0), (Fate::Kept, 0)] {
        let mut place = place();
        let id = place.key_result(Measure::Milestones {});
        place.world.milestone(id, 2.0, Some(50), Some(40));
        place.world.milestone(id, 3.0, Some(90), None);
        for goal in [Goal::KeyResult { id }, Goal::Objective { id: place.objective }] {
            for state in InitiativeState::ALL {
                place.world.initiative(goal.clone(), *state);
            }
        }
        place.close(&[(id, fate)], Some(place.next));
        let plan = &place.world.plan;
        let Some(after) = place.successor(id) else {
            assert_eq!((steps, place.next_objective(), plan.milestones.len(), plan.initiatives.len()), (0, None, 2, 8));
            continue;
        };
        let carried = plan.milestones_of(after.id);
        assert_eq!(carried.len(), steps, "{fate:?}");
        assert!(carried.iter().all(|step| step.done.is_none() && step.due.on(day(END)).is_none()), "{fate:?}");
        assert_eq!(carried.last().unwrap().weight.on(day(END)), &weight(3.0), "{fate:?}");
        let goal = place.next_objective().unwrap().id;
        for of in [Goal::KeyResult { id: after.id }, Goal::Objective { id: goal }] {
            let states: Vec<_> = plan.initiatives_of(&of).iter().map(|it| *it.state.on(day(END))).collect();
            assert_eq!(states, [InitiativeState::Todo, InitiativeState::Doing], "{fate:?} {of:?}");
        }
        assert_eq!(plan.initiatives_of(&Goal::KeyResult { id }).len(), 4, "those of before stay where they were");
    }
}

#[test]
fn a_key_result_is_kept_as_a_kpi_at_its_target() {
    type Row = (&'static str, Measure, Option<f64>, Option<Bounds>);
    let rows: [Row; 7] = [
        ("rising", metric(0.0, 10.0), Some(11.0), Some(at_least(10.0))),
        ("falling", metric(10.0, 2.0), Some(1.0), Some(at_most(2.0))),
        ("within", stay(between(3.0, 5.0), 0.8), Some(4.0), Some(between(3.0, 5.0))),
        ("at least", stay(at_least(3.0), 0.8), None, Some(at_least(3.0))),
        ("at most", stay(at_most(3.0), 0.8), Some(2.0), Some(at_most(3.0))),
        ("found first", Measure::Baseline {}, Some(23.0), None),
        ("steps", Measure::Milestones {}, None, None),
    ];
    for (name, measure, value, bounds) in rows {
        let mut place = place();
        place.world.edit_objective(place.objective, ObjectiveEdit::why(prose("Because.")));
        let id = place.key_result(measure);
        place.world.edit_key_result(id, KeyResultEdit::unit(Unit::new("%").unwrap()));
        if let Some(value) = value {
            place.world.value(id, 80, value - 1.0);
            place.world.value(id, 90, value);
        }
        place.close(&[(id, Fate::Kept)], Some(place.next));
        assert_eq!((place.next_objective(), place.successor(id)), (None, None), "{name}: nothing is carried");
        let kpis = place.world.plan.kpis_in_order();
        let [kpi] = kpis.as_slice() else { panic!("{name}: one KPI") };
        assert_eq!((kpi.name.as_str(), kpi.why.as_str(), kpi.unit.as_str()), ("Key result", "Because.", "%"), "{name}");
        let target = bounds.map(|bounds| Target { bounds, tolerance: number(0.0) });
        assert_eq!(kpi.target.on(day(END)), &target, "{name}");
        let readings: Vec<_> = kpi.readings.iter().map(|(key, row)| (key.day, row.value)).collect();
        let past = value.map(|value| vec![(day(80), number(value - 1.0)), (day(90), number(value))]);
        assert_eq!(readings, past.unwrap_or_default(), "{name}: with its past");
    }
    // One that a KPI feeds has its KPI already.
    let mut place = place();
    let id = place.key_result(metric(0.0, 10.0));
    let kpi = place.world.kpi(Frequency::Weekly, Aggregation::Last);
    place.world.edit_key_result(id, KeyResultEdit::fed_by(Some(kpi)));
    place.close(&[(id, Fate::Kept)], Some(place.next));
    assert_eq!(place.world.plan.kpis.iter().map(|it| it.id).collect::<Vec<_>>(), [kpi]);
}

#[test]
fn what_helped_one_that_goes_on_helps_its_successor() {
    for parent_goes_on in [true, false] {
        let mut place = place();
        let parent = place.world.objective(Some(place.cycle));
        let of_parent = place.world.key_result(parent, metric(0.0, 10.0));
        let own = place.key_result(metric(0.0, 10.0));
        place.world.align(place.objective, parent);
        let fate = if parent_goes_on { Fate::Carried } else { Fate::LetGo };
        // The one that helps comes first.
        let decisions = [(place.objective, own, Fate::Carried), (parent, of_parent, fate)];
        let decisions = decisions.map(|(objective, key_result, fate)| Decision {
            objective,
            verdict: verdict(),
            fates: vec![(key_result, fate)],
        });
        place.close_by(&decisions, Some(place.next));
        let objectives = &place.world.plan.objectives;
        let above = objectives.iter().find(|it| *it.continues == Some(parent)).map_or(parent, |it| it.id);
        assert_eq!(above != parent, parent_goes_on);
        assert_eq!(place.world.plan.parent_of(place.next_objective().unwrap().id, day(END)), Some(above));
        assert_eq!(place.world.plan.parent_of(place.objective, day(END)), Some(parent), "history stays");
    }
}

#[test]
fn what_took_a_share_of_one_that_goes_on_takes_a_share_of_its_successor() {
    use Fate::{Carried, Kept, LetGo, Restarted};
    for (whole_fate, share_fate, linked) in [
        (Carried, Carried, true),
        (Restarted, Carried, true),
        (Carried, Restarted, true),
        (LetGo, Carried, false),
        (Kept, Carried, false),
        (Carried, LetGo, false),
    ] {
        let what = format!("{whole_fate:?}, {share_fate:?}");
        let mut place = place();
        let beside = place.world.objective(Some(place.cycle));
        let whole = place.key_result(metric(0.0, 100.0));
        let share = place.world.key_result(beside, metric(0.0, 30.0));
        place.world.edit_key_result(share, KeyResultEdit::part_of(Some(whole)));
        place.world.value(whole, 50, 40.0);
        let decide =
            |objective, key_result, fate| Decision { objective, verdict: verdict(), fates: vec![(key_result, fate)] };
        // The share comes first.
        let decisions = [decide(beside, share, share_fate), decide(place.objective, whole, whole_fate)];
        place.close_by(&decisions, Some(place.next));
        let plan = &place.world.plan;
        let after = |of| place.successor(of).map(|it| it.id);
        let part_of = after(share).and_then(|it| plan.whole_of(it, day(END)));
        assert_eq!(part_of, after(whole).filter(|_| linked), "{what}");
        assert_eq!(part_of.is_some(), linked, "{what}");
        assert_eq!(plan.whole_of(share, day(END)), Some(whole), "{what}: history stays");
        if linked {
            // 0 to 100, of which 30 are taken; where it is carried, from 40 on.
            let split = plan.distribution(place.successor(whole).unwrap(), day(END)).unwrap();
            let way = if whole_fate == Carried { 60.0 } else { 100.0 };
            assert_eq!((split.whole, split.shares.len(), split.rest), (way, 1, way - 30.0), "{what}");
        }
    }
}

#[test]
fn a_circle_of_shares_does_not_keep_a_cycle_open() {
    let mut place = place();
    let [first, second] = [(); 2].map(|()| place.key_result(metric(0.0, 100.0)));
    // One change each, in two tabs.
    place.world.edit_key_result(first, KeyResultEdit::part_of(Some(second)));
    place.world.edit_key_result(second, KeyResultEdit::part_of(Some(first)));
    place.close(&[(first, Fate::Carried), (second, Fate::Carried)], Some(place.next));
    for of in [first, second] {
        assert_eq!(*place.successor(of).unwrap().part_of.on(day(END)), None);
    }
}

#[test]
fn what_is_not_there_is_passed_over() {
    let mut place = place();
    let id = place.key_result(metric(0.0, 10.0));
    let other = place.key_result(metric(0.0, 10.0));
    let gone = Decision { objective: place.world.objective(None), verdict: verdict(), fates: vec![] };
    place.world.apply(Change::Delete(gone.objective.into()));
    let own = Decision { objective: place.objective, verdict: verdict(), fates: vec![(id, Fate::LetGo)] };
    place.close_by(&[gone, own], Some(place.next));
    assert!(place.world.plan.is_closed(place.cycle, day(END)));
    assert_eq!(place.world.key_result_of(other).fate.on(day(END)), &None, "nobody decided about it");
}

#[test]
fn what_somebody_should_know_before() {
    let mut place = place();
    let heard = place.key_result(metric(0.0, 10.0));
    let silent = place.key_result(metric(0.0, 10.0));
    let achieved = place.key_result(metric(0.0, 10.0));
    let moved = place.key_result(metric(0.0, 10.0));
    let empty = place.key_result(Measure::Milestones {});
    // Two weeks before the end are heard of; the day before them is not.
    place.world.value(heard, 86, 5.0);
    place.world.value(silent, 85, 5.0);
    place.world.value(achieved, 10, 10.0);
    place.world.value(moved, 95, 5.0);
    place.world.edit_from(day(60), Edit::of(moved, KeyResultEdit::measure(metric(0.0, 9.0))));
    let [silent, moved, empty] =
        [Warning::Silent { of: silent }, Warning::Moved { of: moved }, Warning::WithoutNumber { of: empty }];
    let warnings = |n| {
        let cycle = place.world.plan.cycles.get(place.cycle).unwrap();
        place.world.plan.closing_warnings(cycle, day(n))
    };
    for (n, expected) in [
        (98, vec![Warning::NotOver { days: 2 }, moved, empty]),
        (100, vec![silent, moved, empty]),
        (END, vec![silent, moved, empty]),
        (150, vec![silent, moved, empty]),
    ] {
        assert_eq!(warnings(n), expected, "day {n}");
    }
}

#[test]
fn confidence_is_compared_with_what_came() {
    let mut place = place();
    let [reached, missed] = [(); 2].map(|()| place.key_result(metric(0.0, 10.0)));
    // confidence 8 and 9 of what was achieved; 7, 2 and 9 of what was not
    for (id, n, value, confidence) in [
        (reached, 10, 3.0, 8),
        (reached, 90, 10.0, 9),
        (missed, 10, 3.0, 7),
        (missed, 50, 3.0, 2),
        (missed, 95, 4.0, 9),
    ] {
        place.world.check_in(id, n, Some(value), Some(confidence));
    }
    place.world.check_in(missed, 96, Some(4.0), None);
    // A further cycle that still runs says nothing yet.
    let running = place.world.objective(Some(place.next));
    let open = place.world.key_result(running, metric(0.0, 10.0));
    place.world.check_in(open, END, Some(10.0), Some(10));
    assert_eq!(place.world.plan.calibration(day(END)), None, "nothing is closed");
    place.world.edit_from(day(END), Edit::of(place.cycle, CycleEdit::closed(true)));
    assert_eq!(place.world.plan.calibration(day(END - 1)), None, "nothing was closed");
    let found = place.world.plan.calibration(day(END)).unwrap();
    // ((0.2^2 + 0.1^2) / 2 + (0.7^2 + 0.2^2 + 0.9^2) / 3) / 2
    close(found.brier, (0.05 / 2.0 + 1.34 / 3.0) / 2.0, "Brier");
    let row = |confidence, key_results, achieved| Stated { confidence, key_results, achieved };
    assert_eq!(found.stated, [row(2, 1, 0), row(7, 1, 0), row(8, 1, 1), row(9, 2, 1)]);
    assert_eq!((found.statements, found.key_results, found.achieved), (5, 2, 1));
    // What somebody judged is not what came; what is entered for a day after the cycle was told is no part of it.
    place.world.edit_key_result(missed, KeyResultEdit::judged(judged(Status::Achieved, "Almost.")));
    place.world.check_in(missed, 150, None, Some(1));
    assert_eq!(place.world.plan.calibration(day(END)), Some(found.clone()));
    assert_eq!(place.world.plan.calibration(day(150)).unwrap().statements, 5);
    assert_eq!(place.world.plan.as_of(day(END)).calibration(day(END)), Some(found));
}

#[test]
fn the_edges_of_calibration() {
    // confidence, achieved | Brier score
    for (confidence, achieved, brier) in
        [(10, true, 0.0), (0, false, 0.0), (10, false, 1.0), (0, true, 1.0), (5, true, 0.25), (5, false, 0.25)]
    {
        let mut place = place();
        let id = place.key_result(metric(0.0, 10.0));
        place.world.check_in(id, 50, Some(if achieved { 10.0 } else { 9.0 }), Some(confidence));
        place.world.close(place.cycle);
        close(place.world.plan.calibration(day(END)).unwrap().brier, brier, &format!("{confidence} {achieved}"));
    }
}

/// Compared with `reference/calibration.py`.
#[test]
fn calibration_is_that_of_the_reference() {
    let reference: serde_json::Value = serde_json::from_str(include_str!("../reference/calibration.json")).unwrap();
    let cases = reference["cases"].as_array().unwrap();
    assert!(cases.len() >= 20);
    for case in cases {
        let (name, expected) = (case["name"].as_str().unwrap(), &case["expected"]);
        let mut place = place();
        for key_result in case["key_results"].as_array().unwrap() {
            let (id, achieved) = (place.key_result(metric(0.0, 10.0)), key_result[1].as_bool().unwrap());
            for (n, confidence) in (1..).zip(key_result[0].as_array().unwrap()) {
                let value = if achieved { 10.0 } else { 4.0 };
                place.world.check_in(id, n, Some(value), Some(confidence.as_u64().unwrap() as u8));
            }
        }
        place.world.close(place.cycle);
        let found = place.world.plan.calibration(day(END)).unwrap();
        for (what, found) in [("brier", found.brier), ("said", found.said), ("base_rate", found.base_rate())] {
            close(found, expected[what].as_f64().unwrap(), &format!("{name}: {what}"));
        }
        match (found.foresight(), expected["skill"].as_f64()) {
            (Foresight::AllAchieved, None) => assert_eq!(found.base_rate(), 1.0, "{name}"),
            (Foresight::NoneAchieved, None) => assert_eq!(found.base_rate(), 0.0, "{name}"),
            (Foresight::Better(skill), Some(expected)) => {
                assert!((skill - expected).abs() < 1e-9, "{name}: skill {skill}, expected {expected}");
            }
            (Foresight::NoBetter, Some(expected)) => assert!(expected <= 1e-9, "{name}: {expected}"),
            (found, expected) => panic!("{name}: {found:?}, expected {expected:?}"),
        }
        let rows: Vec<_> = found.stated.iter().map(|it| (it.confidence.into(), it.key_results, it.achieved)).collect();
        let counted = |it: &serde_json::Value| it.as_u64().unwrap() as usize;
        let expected = expected["stated"].as_array().unwrap().iter();
        let expected: Vec<_> = expected.map(|it| (counted(&it[0]), counted(&it[1]), counted(&it[2]))).collect();
        assert_eq!(rows, expected, "{name}");
    }
}
