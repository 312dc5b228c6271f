//! Looking for objectives, and for words.

use std::sync::Arc;

use unicode_normalization::UnicodeNormalization as _;

use crate::{Criteria, Day, Objective, ObjectiveId, ObjectiveReport, OwnerId, Plan, Prose};

impl Criteria {
    /// What lets everything through.
    #[must_use]
    pub fn none() -> Self {
        Self { cycle: None, owner: None, pillar: None, tag: None, status: None, text: Prose::default() }
    }
}

impl Plan {
    /// The objectives that are looked for, cycle by cycle, each in its place. Those that are put away are not.
    #[must_use]
    pub fn found(&self, criteria: &Criteria, day: Day) -> Vec<ObjectiveId> {
        let all = self.objectives_by_cycle(day);
        let found = |it: &Arc<Objective>| self.finds(criteria, it, &self.objective_report(it, day), day);
        all.into_iter().filter(found).map(|it| it.id).collect()
    }

    /// The objectives that stand at the top of the alignment, of all or of `some`: those that help none of them.
    #[must_use]
    pub fn roots(&self, some: Option<&[ObjectiveId]>, day: Day) -> Vec<ObjectiveId> {
        let there = |id: &ObjectiveId| some.is_none_or(|some| some.contains(id));
        let all = self.objectives_by_cycle(day).into_iter().map(|it| it.id).filter(&there);
        let put_away = |id: &ObjectiveId| self.objectives.get(*id).is_some_and(|it| *it.archived.on(day));
        all.filter(|id| self.parent_of(*id, day).filter(|parent| !put_away(parent)).is_none_or(|it| !there(&it)))
            .collect()
    }

    /// Every objective that is not put away, cycle by cycle, those without one last.
    #[must_use]
    pub fn objectives_by_cycle(&self, day: Day) -> Vec<Arc<Objective>> {
        let cycles = self.cycles_by_nearness(day);
        let cycles = cycles.iter().map(|cycle| Some(cycle.id)).chain([None]);
        cycles.flat_map(|cycle| self.objectives_of(cycle, day)).collect()
    }

    /// Whether an objective with this report is what is looked for. Texts are compared without regard to case, each
    /// word for itself.
    #[must_use]
    pub fn finds(&self, criteria: &Criteria, objective: &Objective, report: &ObjectiveReport, day: Day) -> bool {
        let cycle = criteria.cycle.is_none_or(|cycle| *objective.cycle.on(day) == Some(cycle));
        let pillar = criteria.pillar.is_none_or(|pillar| *objective.pillar == Some(pillar));
        let tag = criteria.tag.as_ref().is_none_or(|tag| objective.tags.iter().any(|it| it == tag));
        let status = criteria.status.is_none_or(|status| report.status == status);
        let owner = criteria.owner.is_none_or(|owner| self.is_cared_for_by(owner, objective, day));
        cycle && pillar && tag && status && owner && self.objective_has(&criteria.text, objective, day)
    }

    /// Whether an owner, or one of their team, cares for an objective or for one of its key results.
    fn is_cared_for_by(&self, owner: OwnerId, objective: &Objective, day: Day) -> bool {
        let own = self.key_results_of(objective.id, day);
        let mut carers = own.iter().map(|key_result| *key_result.owner).chain([*objective.owner]).flatten();
        carers.any(|carer| self.is_of_team(carer, owner))
    }

    fn is_of_team(&self, member: OwnerId, team: OwnerId) -> bool {
        let mut at = member;
        for _ in 0..=self.owners.len() {
            match self.owners.get(at).and_then(|owner| *owner.parent) {
                _ if at == team => return true,
                // In a circle, nobody is above anybody.
                Some(above) if above == team => return self.team_of(at).is_some(),
                Some(above) => at = above,
                None => return false,
            }
        }
        false
    }

    fn objective_has(&self, text: &Prose, objective: &Objective, day: Day) -> bool {
        if text.is_empty() {
            return true;
        }
        let own = self.key_results_of(objective.id, day);
        let titles = own.iter().map(|key_result| key_result.title.as_str());
        let tags = objective.tags.iter().map(crate::Name::as_str);
        let all: Vec<&str> = titles.chain(tags).chain([objective.title.as_str(), objective.why.as_str()]).collect();
        has_words(text.as_str(), &all)
    }
}

/// Whether each of the words stands somewhere within these texts, in whatever case, and however its accents are encoded.
pub fn has_words(words: &str, within: &[&str]) -> bool {
    let within = folded(&within.join("\n"));
    folded(words).split_whitespace().all(|word| within.contains(word))
}

fn folded(text: &str) -> String {
    text.nfc().collect::<String>().to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::has_words;

    #[test]
    fn words_are_found_in_whatever_case_and_encoding() {
        let texts = ["Cafe\u{301} revenue", "Größe"];
        for found in ["café", "CAFÉ rev", "cafe\u{301}", "größe", "GRÖ", ""] {
            assert!(has_words(found, &texts), "{found}");
        }
        assert!(!has_words("cafés", &texts) && !has_words("café lost", &texts));
    }
}
