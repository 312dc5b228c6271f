//! How the objectives are shown, in the address: a reload and the way back find them so, and a link can be shared.

use bearings_plan::{Criteria, Name, Plan, Prose, Status};

use super::Arranged;
use crate::{
    ui::{Route, route::Query},
    web::route,
};

const BY: &str = "by";
const ALIGNMENT: &str = "alignment";

/// What the page shows, and how.
#[derive(Debug, Clone, PartialEq)]
pub struct Shown {
    pub arranged: Arranged,
    /// [`Criteria::none`] where nothing is looked for.
    pub criteria: Criteria,
}

impl Shown {
    /// As the address of now says; none where that is of another page.
    pub fn now(plan: &Plan) -> Option<Self> {
        let place = route::current();
        (Route::parse(&place) == Route::Objectives).then(|| Self::of(&Query::of(&place), plan))
    }

    /// What a plan does not know lets everything through: a filter that finds nothing for a reason that its fields cannot
    /// show would only puzzle.
    fn of(query: &Query, plan: &Plan) -> Self {
        let arranged = match query.get(BY) {
            Some(ALIGNMENT) => Arranged::ByAlignment,
            _ => Arranged::ByCycle,
        };
        let tag = query.get("tag").and_then(|tag| Name::new(tag).ok());
        let criteria = Criteria {
            cycle: query.get("cycle").and_then(|id| id.parse().ok()).filter(|id| plan.cycles.get(*id).is_some()),
            owner: query.get("owner").and_then(|id| id.parse().ok()).filter(|id| plan.owners.get(*id).is_some()),
            pillar: query.get("pillar").and_then(|id| id.parse().ok()).filter(|id| plan.pillars.get(*id).is_some()),
            tag: tag.filter(|tag| plan.tags().contains(tag)),
            status: query.get("status").and_then(Status::from_word),
            text: query.get("text").and_then(|text| Prose::new(text).ok()).unwrap_or_default(),
        };
        Self { arranged, criteria }
    }

    /// Keeps it in the address.
    pub fn keep(&self) {
        let Criteria { cycle, owner, pillar, tag, status, text } = &self.criteria;
        let by = (self.arranged == Arranged::ByAlignment).then(|| ALIGNMENT.to_owned());
        let query = Query::default()
            .with(BY, by)
            .with("text", Some(text.to_string()))
            .with("cycle", cycle.map(|id| id.to_string()))
            .with("owner", owner.map(|id| id.to_string()))
            .with("status", status.map(|status| status.word().to_owned()))
            .with("pillar", pillar.map(|id| id.to_string()))
            .with("tag", tag.as_ref().map(ToString::to_string));
        route::rewrite(&format!("{}{query}", Route::Objectives));
    }
}
