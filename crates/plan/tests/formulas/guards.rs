//! Guards: when one is broken, whom that concerns, and what a success needs then.

use bearings_plan::*;

use crate::builder::*;

/// A plan with an objective, its key result, and a monthly KPI that guards it.
struct Guarded {
    world: World,
    cycle: CycleId,
    objective: ObjectiveId,
    key_result: KeyResultId,
    guard: KpiId,
}

fn guards(all: &[KpiId]) -> Guards {
    Guards::new(all.iter().copied()).unwrap()
}

/// Guarded from day 0 on by a KPI with this target.
fn guarded(bounds: Bounds, tolerance: f64) -> Guarded {
    let mut world = World::new();
    let cycle = world.cycle(day(0), day(100));
    let objective = world.objective(Some(cycle));
    let key_result = world.key_result(objective, metric(0.0, 10.0));
    world.today = day(-400);
    let guard = world.kpi(Frequency::Monthly, Aggregation::Last);
    world.target(guard, world.today, bounds, tolerance);
    world.today = day(-30);
    world.edit_from(day(0), Edit::of(key_result, KeyResultEdit::guards(guards(&[guard]))));
    Guarded { world, cycle, objective, key_result, guard }
}

impl Guarded {
    /// How the guard of the key result stands on a day.
    fn state(&self, on: &str) -> Option<GuardState> {
        let mut found = self.world.plan.guards(self.key_result.into(), date(on));
        assert!(found.len() <= 1);
        found.pop().map(|guard| guard.state)
    }
}

fn broken(start: &str, end: &str) -> Option<GuardState> {
    Some(GuardState::Broken { since: span(date(start), date(end)) })
}

#[test]
fn a_guard_is_broken_when_it_misses_by_more_than_its_tolerance() {
    use GuardState::Holds;
    let here = || broken("2026-10-01", "2026-10-31").unwrap();
    // target, tolerance, value | state
    for (bounds, tolerance, value, state) in [
        (at_least(5.0), 0.0, 5.0, Holds),
        (at_least(5.0), 0.0, 4.99, here()),
        (at_least(5.0), 0.5, 4.5, Holds),
        (at_least(5.0), 0.5, 4.49, here()),
        (at_most(5.0), 0.0, 5.0, Holds),
        (at_most(5.0), 0.0, 5.01, here()),
        (at_most(5.0), 0.5, 5.5, Holds),
        (at_most(5.0), 0.5, 5.51, here()),
        // 0.3 - 0.1 is a little more than 0.2.
        (at_most(0.1), 0.2, 0.3, Holds),
        (between(5.0, 8.0), 0.5, 4.5, Holds),
        (between(5.0, 8.0), 0.5, 4.4, here()),
        (between(5.0, 8.0), 0.5, 8.5, Holds),
        (between(5.0, 8.0), 0.5, 8.6, here()),
    ] {
        let mut it = guarded(bounds.clone(), tolerance);
        it.world.reading(it.guard, date("2026-10-10"), value);
        assert_eq!(it.state("2026-10-20"), Some(state), "{bounds:?} {tolerance} {value}");
    }
}

#[test]
fn since_when_as_of_any_day() {
    let mut it = guarded(at_most(5.0), 0.0);
    for (on, value) in [
        ("2026-07-10", 6.0),
        ("2026-08-10", 7.0),
        ("2026-10-05", 6.0),
        ("2026-11-05", 5.0),
        ("2026-11-25", 6.0),
        ("2026-12-05", 9.0),
    ] {
        it.world.reading(it.guard, date(on), value);
    }
    it.world.target(it.guard, date("2027-01-01"), at_most(9.0), 0.0);
    for (on, state) in [
        // Before the guard was named.
        ("2026-09-30", None),
        // August is the latest value, and September has none.
        ("2026-10-04", broken("2026-07-01", "2026-07-31")),
        // A month without a value ends the row.
        ("2026-10-05", broken("2026-10-01", "2026-10-31")),
        ("2026-10-31", broken("2026-10-01", "2026-10-31")),
        ("2026-11-01", broken("2026-10-01", "2026-10-31")),
        ("2026-11-05", Some(GuardState::Holds)),
        ("2026-11-24", Some(GuardState::Holds)),
        ("2026-11-25", broken("2026-10-01", "2026-10-31")),
        ("2026-12-31", broken("2026-10-01", "2026-10-31")),
        // December is judged by December's target.
        ("2027-01-15", broken("2026-10-01", "2026-10-31")),
        ("2027-02-01", broken("2026-10-01", "2026-10-31")),
    ] {
        assert_eq!(it.state(on), state, "{on}");
        let all = it.world.plan.broken_guards(it.objective.into(), date(on));
        assert_eq!(all.is_empty(), !matches!(state, Some(GuardState::Broken { .. })), "{on}");
    }
}

#[test]
fn what_is_not_known_is_not_broken() {
    let it = guarded(at_most(5.0), 0.0);
    assert_eq!(it.state("2026-10-20"), Some(GuardState::Unknown), "nothing was ever read");

    let mut it = guarded(at_most(5.0), 0.0);
    it.world.reading(it.guard, date("2026-08-10"), 4.0);
    assert_eq!(it.state("2026-10-15"), Some(GuardState::Holds), "September's value may still come");
    assert_eq!(it.state("2026-10-16"), Some(GuardState::Unknown), "September is missing");

    // What was off target when it was last read is so until somebody reads something else.
    let mut it = guarded(at_most(5.0), 0.0);
    it.world.reading(it.guard, date("2026-08-10"), 9.0);
    assert_eq!(it.state("2026-10-20"), broken("2026-08-01", "2026-08-31"));

    let mut it = guarded(at_most(5.0), 0.0);
    it.world.edit_from(day(-400), Edit::of(it.guard, KpiEdit::aggregation(Aggregation::Sum)));
    it.world.reading(it.guard, date("2026-10-10"), 4.0);
    assert_eq!(it.state("2026-10-20"), Some(GuardState::Unknown), "October is not over");

    let mut it = guarded(at_most(5.0), 0.0);
    it.world.edit_from(day(-400), Edit::of(it.guard, KpiEdit::target(None)));
    it.world.reading(it.guard, date("2026-10-10"), 9.0);
    assert_eq!(it.state("2026-10-20"), Some(GuardState::NoTarget));

    let mut it = guarded(at_most(5.0), 0.0);
    it.world.reading(it.guard, date("2026-10-10"), 9.0);
    let scrapped = Some(Scrapped { reason: prose("Nobody acted on it.") });
    it.world.edit_from(date("2026-10-15"), Edit::of(it.guard, KpiEdit::scrapped(scrapped)));
    assert_eq!(it.state("2026-10-14"), broken("2026-10-01", "2026-10-31"));
    assert_eq!(it.state("2026-10-15"), Some(GuardState::Scrapped));
    it.world.apply(Change::Delete(it.guard.into()));
    assert_eq!(it.state("2026-10-15"), None, "what was deleted guards nothing");
    assert_eq!(it.state("2026-10-14"), None, "on no day");
}

#[test]
fn an_objective_has_the_guards_of_its_key_results_each_once() {
    let mut it = guarded(at_most(5.0), 0.0);
    let other = it.world.kpi(Frequency::Monthly, Aggregation::Last);
    let second = it.world.key_result(it.objective, metric(0.0, 1.0));
    it.world.edit_from(day(0), Edit::of(second, KeyResultEdit::guards(guards(&[other, it.guard]))));
    it.world.edit_from(day(0), Edit::of(it.guard, KpiEdit::guards(guards(&[other]))));
    let plan = &it.world.plan;
    assert_eq!(plan.guards_of(it.objective.into(), day(9)), [it.guard, other]);
    assert_eq!(plan.guards_of(it.guard.into(), day(9)), [other]);
    assert_eq!(plan.guards_of(it.cycle.into(), day(9)), []);
    assert_eq!(plan.guarded_by(it.guard, day(9)), [it.key_result.into(), second.into()]);
    assert_eq!(plan.guarded_by(other, day(9)), [second.into(), EntityId::from(it.guard)]);
    assert_eq!(plan.guarded_by(other, day(-1)), []);

    it.world.edit_from(day(20), Edit::of(it.objective, ObjectiveEdit::archived(true)));
    assert_eq!(it.world.plan.guarded_by(it.guard, day(20)), [], "what is put away is nobody's concern");
}

#[test]
fn what_may_be_chosen_as_a_guard() {
    let mut it = guarded(at_most(5.0), 0.0);
    let [feeds, scrapped] = [(); 2].map(|()| it.world.kpi(Frequency::Monthly, Aggregation::Last));
    it.world.edit(Edit::of(it.key_result, KeyResultEdit::fed_by(Some(feeds))));
    it.world.edit(Edit::of(scrapped, KpiEdit::scrapped(Some(Scrapped { reason: prose("No.") }))));
    let of = |id: Option<EntityId>| {
        let found = it.world.plan.possible_guards(id, day(0));
        found.iter().map(|kpi| kpi.id).collect::<Vec<_>>()
    };
    assert_eq!(of(None), [it.guard, feeds]);
    assert_eq!(of(Some(it.key_result.into())), [it.guard], "its own value is no guard of it");
    assert_eq!(of(Some(it.guard.into())), [feeds]);
}

const REFUSED: Result<(), ChangeError> = Err(ChangeError::Invalid(Invalid::BrokenGuard));

fn verdict(score: Option<f64>, outcome: Outcome, reason: &str) -> Verdict {
    let score = score.map(|value| Score::new(number(value)).unwrap());
    Verdict { score, outcome, reason: prose(reason), learned: Prose::default() }
}

#[test]
fn a_success_beside_a_broken_guard_needs_a_reason() {
    use Outcome::{Achieved, Cancelled, Missed, Partial};
    // guard's value, score, outcome, reason | is it permitted?
    for (value, score, outcome, reason, expected) in [
        // What is judged as partly is no success, whatever the score.
        (Some(6.0), Some(0.7), Partial, "", Ok(())),
        (Some(6.0), Some(0.3), Achieved, "", REFUSED),
        (Some(6.0), None, Achieved, "", REFUSED),
        (Some(6.0), None, Cancelled, "", Ok(())),
        (Some(6.0), Some(0.0), Missed, "", Ok(())),
        (Some(6.0), Some(1.0), Achieved, "One bad batch, found and fixed.", Ok(())),
        // It holds, or nobody knows.
        (Some(5.0), Some(1.0), Achieved, "", Ok(())),
        (None, Some(1.0), Achieved, "", Ok(())),
    ] {
        let mut it = guarded(at_most(5.0), 0.0);
        it.world.today = day(9);
        if let Some(value) = value {
            it.world.reading(it.guard, day(9), value);
        }
        let at = it.world.at();
        let what = format!("{value:?} {score:?} {outcome:?} “{reason}”");
        let edit = Edit::of(it.objective, ObjectiveEdit::verdict(Some(verdict(score, outcome, reason))));
        let change = Change::Edit { edit, from: None };
        assert_eq!(it.world.plan.permitted(&change, at).map(|_| ()), expected, "{what}");
        assert!(it.world.plan.apply(&change, at).is_ok(), "the plan itself takes it: {what}");

        let decision =
            Decision { objective: it.objective, verdict: verdict(score, outcome, reason), fates: Vec::new() };
        let closing = it.world.plan.closing(it.cycle, &[decision], Prose::default(), None, at, || unreachable!());
        assert_eq!(it.world.plan.permitted(&closing, at).map(|_| ()), expected, "closing: {what}");
    }
}

#[test]
fn only_who_judges_is_asked_for_a_reason() {
    let mut it = guarded(at_most(5.0), 0.0);
    it.world.today = day(9);
    let judged = ObjectiveEdit::verdict(Some(verdict(Some(1.0), Outcome::Achieved, "")));
    it.world.edit_objective(it.objective, judged);
    it.world.reading(it.guard, day(9), 6.0);
    let at = it.world.at();
    let title = Edit::of(it.objective, ObjectiveEdit::title(Name::new("Another").unwrap()));
    let change = Change::Edit { edit: title, from: None };
    assert!(it.world.plan.permitted(&change, at).is_ok(), "the guard broke later");
    let taken_back = ObjectiveEdit::verdict(None);
    let change = Change::Edit { edit: Edit::of(it.objective, taken_back), from: None };
    assert!(it.world.plan.permitted(&change, at).is_ok());
}

#[test]
fn whoever_closes_is_told_of_broken_guards() {
    let mut it = guarded(at_most(5.0), 0.0);
    it.world.value(it.key_result, 99, 9.0);
    let warnings = |it: &Guarded| {
        let cycle = it.world.plan.cycles.get(it.cycle).unwrap();
        it.world.plan.closing_warnings(cycle, day(101))
    };
    it.world.reading(it.guard, day(90), 5.0);
    assert_eq!(warnings(&it), []);
    it.world.reading(it.guard, day(91), 6.0);
    assert_eq!(warnings(&it), [Warning::Guard { of: it.key_result }]);
}

#[test]
fn no_kpi_guards_itself() {
    let mut it = guarded(at_most(5.0), 0.0);
    let at = it.world.at();
    let edit = Edit::of(it.guard, KpiEdit::guards(guards(&[it.guard])));
    let change = Change::Edit { edit, from: None };
    assert_eq!(it.world.plan.permitted(&change, at).map(|_| ()), Err(ChangeError::Invalid(Invalid::Circle)));
}

#[test]
fn guards_go_on_with_what_they_guard() {
    let mut it = guarded(at_most(5.0), 0.0);
    it.world.today = day(102);
    let chosen = guards(&[it.guard]);
    for (fate, kept) in [(Fate::Carried, false), (Fate::Restarted, false), (Fate::Kept, true)] {
        let at = it.world.at();
        let reason = verdict(Some(0.2), Outcome::Missed, "");
        let decision = Decision { objective: it.objective, verdict: reason, fates: vec![(it.key_result, fate)] };
        let mut n = 0;
        let change = it.world.plan.closing(it.cycle, &[decision], Prose::default(), None, at, || {
            n += 1;
            Seed { millis: 1_000_000 + n, random: [7; 10] }
        });
        let after = it.world.plan.permitted(&change, at).unwrap().0;
        let found = if kept {
            after.kept_from(it.key_result).unwrap().guards.on(day(102)).clone()
        } else {
            after.key_result_continued_by(it.key_result).unwrap().guards.on(day(102)).clone()
        };
        assert_eq!(found, chosen, "{fate:?}");
    }
    for with_check_ins in [false, true] {
        let at = it.world.at();
        let (plan, mut n) = (&it.world.plan, 0);
        let objective = plan.objectives.get(it.objective).unwrap();
        let (copy, change) = plan.duplicate(objective, Name::new("Copy").unwrap(), with_check_ins, at, || {
            n += 1;
            Seed { millis: 2_000_000 + n, random: [7; 10] }
        });
        let after = plan.permitted(&change, at).unwrap().0;
        assert_eq!(after.guards_of(copy.into(), day(102)), [it.guard], "with check-ins: {with_check_ins}");
    }
}
