//! What a change is called: "check-in on Monthly visitors".

use bearings_plan::{Change, EntityId, Plan};

use crate::words;

/// A name for a change, from the plan as it is before the change.
pub fn change(change: &Change, plan: &Plan) -> String {
    match change {
        Change::All(changes) if written(changes) > 1 => words::said::readings(written(changes)),
        // The last one is what it was about: what belongs to a thing goes before it, and comes after it.
        Change::All(changes) => changes.last().map_or_else(String::new, |last| self::change(last, plan)),
        Change::Add(entity) => words::said::added(words::errors::kind(entity.id()), entity.called().as_str()),
        Change::Edit { edit, .. } | Change::Withdraw { edit, .. } => match edit.id() {
            Some(id) if edit.closes() => words::review::closing_of(&name(plan, id)),
            Some(id) => words::said::edited(words::errors::kind(id), &name(plan, id)),
            None => words::said::edited_plan().to_owned(),
        },
        Change::Delete(id) => words::said::deleted(words::errors::kind(*id), &name(plan, *id)),
        Change::CheckIn { of, key, row } => {
            let there = plan.key_results.get(*of).is_some_and(|it| it.check_ins.get(key).is_some());
            words::said::check_in(&name(plan, (*of).into()), there, row.is_some())
        }
        Change::Reading { of, key, row } => {
            let there = plan.kpis.get(*of).is_some_and(|it| it.readings.get(key).is_some());
            words::said::reading(&name(plan, (*of).into()), there, row.is_some())
        }
    }
}

/// How many readings a change writes, where it does nothing else but bring them in.
fn written(changes: &[Change]) -> usize {
    let other = |change: &Change| match change {
        Change::Reading { .. } => false,
        Change::Add(entity) => !matches!(entity.id(), EntityId::Kpi(_)),
        _ => true,
    };
    let is_written = |change: &&Change| matches!(change, Change::Reading { row: Some(_), .. });
    if changes.iter().any(other) { 0 } else { changes.iter().filter(is_written).count() }
}

fn name(plan: &Plan, id: EntityId) -> String {
    plan.called(id).map(ToString::to_string).unwrap_or_default()
}
