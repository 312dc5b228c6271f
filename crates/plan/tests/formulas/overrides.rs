//! A status that somebody gives in place of the computed one.

use bearings_plan::*;

use crate::builder::*;

#[test]
fn both_are_shown_and_the_judgement_leads() {
    let (mut world, id) = World::with(metric(0.0, 1.0));
    let objective = *world.key_result_of(id).objective.on(day(0));
    world.value(id, 1, 0.2);
    let given = judged(Status::OnTrack, "The order is signed.");
    world.edit_from(day(50), Edit::of(id, KeyResultEdit::judged(given.clone())));
    world.edit_from(day(60), Edit::of(id, KeyResultEdit::judged(None)));
    world.edit_from(day(60), Edit::of(objective, ObjectiveEdit::judged(given.clone())));
    // day | of the key result: status, computed; of the objective: the same
    use Status::{NeedsAttention, OffTrack, OnTrack};
    for (n, own, above) in [
        (40, (NeedsAttention, NeedsAttention), (NeedsAttention, NeedsAttention)),
        (49, (OffTrack, OffTrack), (OffTrack, OffTrack)),
        // The objective goes by the progress, which nobody judged.
        (50, (OnTrack, OffTrack), (OffTrack, OffTrack)),
        (59, (OnTrack, OffTrack), (OffTrack, OffTrack)),
        (60, (OffTrack, OffTrack), (OnTrack, OffTrack)),
    ] {
        let (report, objective) = (world.report(id, n), world.objective_report(objective, n));
        assert_eq!((report.status, report.computed), own, "day {n}");
        assert_eq!((objective.status, objective.computed), above, "day {n}");
        assert_eq!(report.judged, given.clone().filter(|_| (50..60).contains(&n)), "day {n}");
        assert_eq!(objective.judged, given.clone().filter(|_| n >= 60), "day {n}");
        let course = world.plan.course(world.plan.cycle_on(day(n)).unwrap().id, day(n)).unwrap();
        assert_eq!(course.need_someone, usize::from(n < 60), "day {n}: who needs someone goes by what was judged");
        close(report.progress.unwrap().share, 0.2, "no judgement moves progress");
    }
}

#[test]
fn every_status_may_be_given_on_any_day() {
    for status in Status::ALL {
        let (mut world, id) = World::with(metric(0.0, 1.0));
        world.edit_key_result(id, KeyResultEdit::judged(judged(*status, "So it is.")));
        for n in [-10, 0, 50, 100, 200] {
            assert_eq!(world.report(id, n).status, *status, "day {n}");
        }
    }
}

#[test]
fn silence_goes_on_while_somebody_judges() {
    let (mut world, id) = World::with(metric(0.0, 1.0));
    world.edit_key_result(id, KeyResultEdit::judged(judged(Status::Achieved, "We shook hands.")));
    assert!(world.report(id, 50).stale, "stale stands beside any status");
}

#[test]
fn a_judgement_needs_a_note() {
    let (mut world, id) = World::with(metric(0.0, 1.0));
    let objective = *world.key_result_of(id).objective.on(day(0));
    let at = world.at();
    for edit in [
        Edit::of(id, KeyResultEdit::judged(judged(Status::OnTrack, " "))),
        Edit::of(objective, ObjectiveEdit::judged(judged(Status::OnTrack, ""))),
    ] {
        let refused = world.plan.apply(&Change::Edit { edit, from: None }, at);
        assert_eq!(refused, Err(ChangeError::Invalid(Invalid::OverrideWithoutNote)));
    }
}
