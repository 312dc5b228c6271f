//! What a change is called: "check-in on Monthly visitors".

use bearings_plan::{AnyEntity, Change, EntityId, Plan};

use crate::words;

/// A name for a change, from the plan as it is before the change.
pub fn change(change: &Change, plan: &Plan) -> String {
    match change {
        // The last one is what it was about: what belongs to a thing goes before it, and comes after it.
        Change::All(changes) => changes.last().map_or_else(String::new, |last| self::change(last, plan)),
        Change::Add(entity) => words::said::added(words::errors::kind(entity.id()), &title(entity)),
        Change::Edit { edit, .. } | Change::Withdraw { edit, .. } => match edit.id() {
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

fn title(entity: &AnyEntity) -> String {
    match entity {
        AnyEntity::Owner(it) => it.name.to_string(),
        AnyEntity::Cycle(it) => it.name.to_string(),
        AnyEntity::Objective(it) => it.title.to_string(),
        AnyEntity::KeyResult(it) => it.title.to_string(),
        AnyEntity::Milestone(it) => it.title.to_string(),
        AnyEntity::Kpi(it) => it.name.to_string(),
    }
}

fn name(plan: &Plan, id: EntityId) -> String {
    let name = match id {
        EntityId::Owner(id) => plan.owners.get(id).map(|it| it.name.to_string()),
        EntityId::Cycle(id) => plan.cycles.get(id).map(|it| it.name.to_string()),
        EntityId::Objective(id) => plan.objectives.get(id).map(|it| it.title.to_string()),
        EntityId::KeyResult(id) => plan.key_results.get(id).map(|it| it.title.to_string()),
        EntityId::Milestone(id) => plan.milestones.get(id).map(|it| it.title.to_string()),
        EntityId::Kpi(id) => plan.kpis.get(id).map(|it| it.name.to_string()),
    };
    name.unwrap_or_default()
}
