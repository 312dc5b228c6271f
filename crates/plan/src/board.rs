//! The board: all KPIs that are kept, in groups and in order.

use std::{cmp::Ordering, sync::Arc};

use crate::{
    Bounds, Day, Health, Indicator, Kpi, KpiId, KpiReport, Number, OwnerId, Perspective, PillarId, Plan, Target,
    find::has_words, in_order, json::choice, rules::leads_back, sorted::Sorted,
};

choice! {
    /// What KPIs are grouped by.
    Grouping {
        /// By nothing.
        None = "none",
        /// By the theme that they belong to.
        Pillar = "pillar",
        /// By the view that their theme takes.
        Perspective = "perspective",
        /// By who cares for them.
        Owner = "owner",
        /// By whether they move before the result or with it.
        Indicator = "indicator",
    }
}

choice! {
    /// The order of KPIs within a group.
    Sorting {
        /// That which somebody gave them.
        ByHand = "hand",
        /// What needs attention first.
        Attention = "attention",
        /// By their names.
        Name = "name",
    }
}

/// What the KPIs of a group have in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Section {
    /// A theme.
    Pillar(PillarId),
    /// The view of a theme.
    Perspective(Perspective),
    /// Somebody who cares for them.
    Owner(OwnerId),
    /// When they move.
    Indicator(Indicator),
    /// That nothing of the kind is said of them, or that it is gone.
    Unsaid,
}

/// Some KPIs of the board.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// What they have in common.
    pub section: Section,
    /// In order, parts right below their whole.
    pub kpis: Vec<Placed>,
}

/// A KPI in its place on the board.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Placed {
    /// Which.
    pub kpi: KpiId,
    /// How many there are that it is part of, one within the other: 0 for those that stand for themselves.
    pub depth: usize,
    /// The one that it is part of.
    pub whole: Option<KpiId>,
}

/// How urgently a KPI needs somebody. The most urgent is the least.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Urgency {
    /// How it stands.
    pub health: Health,
    /// Whether its value is an old one.
    pub stale: bool,
    /// For how many days: it has not met its target, or had no value.
    pub days: i32,
    /// By how much it misses its target, as a share of that (of the tolerance where the target is zero; infinite where
    /// that is zero too). 0 where it does not miss.
    pub miss: f64,
}

/// How many KPIs move before the result, and how many with it. Parts are counted with their whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct LeadLag {
    /// Those that tell early, and can be acted on.
    pub leading: usize,
    /// Those that tell what has come of it.
    pub lagging: usize,
    /// Those of which nobody has said.
    pub unsaid: usize,
}

impl LeadLag {
    /// The kind that is missing, where there is only the other one.
    #[must_use]
    pub const fn missing(&self) -> Option<Indicator> {
        match (self.leading, self.lagging) {
            (0, 1..) => Some(Indicator::Leading),
            (1.., 0) => Some(Indicator::Lagging),
            _ => None,
        }
    }
}

impl Urgency {
    /// Unhealthy, warning, stale whatever else, no data, no verdict, healthy; then the longest; then the farthest.
    #[must_use]
    pub fn compare(&self, other: &Self) -> Ordering {
        let class = self.class().cmp(&other.class());
        class.then(other.days.cmp(&self.days)).then(other.miss.total_cmp(&self.miss))
    }

    /// Whether it needs somebody at all.
    #[must_use]
    pub const fn needs_somebody(&self) -> bool {
        self.class() < 4
    }

    const fn class(&self) -> u8 {
        match self.health {
            Health::Unhealthy => 0,
            Health::Warning => 1,
            _ if self.stale => 2,
            Health::NoData => 3,
            Health::NoTarget | Health::Pending => 4,
            Health::Healthy => 5,
        }
    }
}

impl KpiReport {
    /// How urgently somebody is needed, on the day of the report. Off target it is since the first day of the first
    /// period that missed, of those that lie together without one in between that met a target; without a value since
    /// the day after the last period with one, or since `created`.
    #[must_use]
    pub fn urgency(&self, created: Day, day: Day) -> Urgency {
        let known = self.judged();
        let since = match self.health {
            Health::Healthy | Health::NoTarget | Health::Pending if self.stale => {
                known.map(|known| known.period.end.plus_days(1))
            }
            Health::Healthy | Health::NoTarget | Health::Pending => None,
            Health::NoData => Some(created),
            Health::Warning | Health::Unhealthy => {
                let until = |end: Day| self.periods.iter().rev().filter(move |period| period.period.end <= end);
                let missed = known.map(|known| until(known.period.end).take_while(|period| period.met() != Some(true)));
                missed
                    .and_then(|missed| missed.filter(|period| period.met().is_some()).last())
                    .map(|it| it.period.start)
            }
        };
        let miss = known.and_then(|known| known.target.as_ref()?.missed_by(known.value?));
        let days = since.map_or(0, |since| day.days_since(since).max(0));
        Urgency { health: self.health, stale: self.stale, days, miss: miss.unwrap_or_default() }
    }
}

impl Target {
    /// By what share of its bound a value misses it; none where it meets it.
    fn missed_by(&self, value: Number) -> Option<f64> {
        let miss = self.miss(value).get();
        let bound = match &self.bounds {
            Bounds::AtLeast { value } | Bounds::AtMost { value } => value,
            Bounds::Between { low, high } => {
                if value < *low {
                    low
                } else {
                    high
                }
            }
        };
        let scale = if *bound == Number::ZERO { self.tolerance.get() } else { bound.get().abs() };
        match miss > 0.0 {
            true if scale > 0.0 => Some(miss / scale),
            true => Some(f64::INFINITY),
            false => None,
        }
    }
}

impl Plan {
    /// The KPIs that are kept in which all `words` are found, each once: in groups, those without what they are grouped
    /// by last; in each group in order; parts right below their whole, whatever group they would belong to themselves.
    /// `urgency` is asked only where that decides. A whole stands where the most urgent of its parts would.
    #[must_use]
    pub fn board(
        &self,
        grouping: Grouping,
        sorting: Sorting,
        words: &str,
        urgency: &dyn Fn(&Kpi) -> Urgency,
        day: Day,
    ) -> Vec<Group> {
        let kpis: Vec<_> = self.kpis_kept(day).into_iter().filter(|kpi| words.is_empty() || has(kpi, words)).collect();
        let (places, _) = Sorted::from_pairs(kpis.iter().enumerate().map(|(place, kpi)| (kpi.id, place)).collect());
        let wholes: Vec<Option<usize>> = kpis.iter().map(|kpi| whole(&places, &kpis, kpi, day)).collect();
        let order = sorted(&kpis, &wholes, sorting, urgency);
        let mut parts = vec![Vec::new(); kpis.len()];
        // The last first, as they are taken from the end.
        for place in order.iter().rev() {
            if let Some(whole) = wholes[*place] {
                parts[whole].push(*place);
            }
        }
        let mut groups: Vec<Group> = self.sections(grouping).into_iter().map(Group::new).collect();
        for root in order.into_iter().filter(|place| wholes[*place].is_none()) {
            let section = self.section(&kpis[root], grouping);
            let Some(group) = groups.iter_mut().find(|group| group.section == section) else { continue };
            let mut next = vec![(root, 0)];
            while let Some((place, depth)) = next.pop() {
                group.kpis.push(Placed {
                    kpi: kpis[place].id,
                    depth,
                    whole: wholes[place].map(|whole| kpis[whole].id),
                });
                next.extend(parts[place].iter().map(|part| (*part, depth + 1)));
            }
        }
        groups.retain(|group| !group.kpis.is_empty());
        groups
    }

    /// The KPIs that are kept, wholes and parts alike, the most urgent first; equal ones in the order of the hand.
    #[must_use]
    pub fn by_urgency(&self, urgency: &dyn Fn(&Kpi) -> Urgency, day: Day) -> Vec<KpiId> {
        let kpis = self.kpis_kept(day);
        let none = vec![None; kpis.len()];
        sorted(&kpis, &none, Sorting::Attention, urgency).into_iter().map(|place| kpis[place].id).collect()
    }

    /// How many of the KPIs that are kept tell early, and how many tell what came of it.
    #[must_use]
    pub fn lead_lag(&self, day: Day) -> LeadLag {
        let kept = |id: KpiId| self.kpis.get(id).is_some_and(|kpi| kpi.is_kept(day));
        let mut balance = LeadLag::default();
        for kpi in self.kpis.iter().filter(|kpi| kept(kpi.id) && !kpi.parent.on(day).is_some_and(kept)) {
            *match *kpi.indicator {
                Some(Indicator::Leading) => &mut balance.leading,
                Some(Indicator::Lagging) => &mut balance.lagging,
                None => &mut balance.unsaid,
            } += 1;
        }
        balance
    }

    /// Every group that there may be, in order.
    fn sections(&self, grouping: Grouping) -> Vec<Section> {
        let mut sections: Vec<Section> = match grouping {
            Grouping::None => Vec::new(),
            Grouping::Pillar => self.pillars_in_order().iter().map(|pillar| Section::Pillar(pillar.id)).collect(),
            Grouping::Perspective => Perspective::ALL.iter().copied().map(Section::Perspective).collect(),
            Grouping::Owner => self.owners_in_order().iter().map(|owner| Section::Owner(owner.id)).collect(),
            Grouping::Indicator => Indicator::ALL.iter().copied().map(Section::Indicator).collect(),
        };
        sections.push(Section::Unsaid);
        sections
    }

    /// The group that a KPI belongs to.
    fn section(&self, kpi: &Kpi, grouping: Grouping) -> Section {
        let pillar = || self.pillars.get((*kpi.pillar)?);
        let section = match grouping {
            Grouping::None => None,
            Grouping::Pillar => pillar().map(|pillar| Section::Pillar(pillar.id)),
            Grouping::Perspective => pillar().and_then(|pillar| *pillar.perspective).map(Section::Perspective),
            Grouping::Owner => kpi.owner.and_then(|id| self.owners.get(id)).map(|owner| Section::Owner(owner.id)),
            Grouping::Indicator => kpi.indicator.map(Section::Indicator),
        };
        section.unwrap_or(Section::Unsaid)
    }
}

impl Group {
    const fn new(section: Section) -> Self {
        Self { section, kpis: Vec::new() }
    }
}

fn has(kpi: &Kpi, words: &str) -> bool {
    has_words(words, &[kpi.name.as_str(), kpi.why.as_str(), kpi.question.as_str(), kpi.definition.as_str()])
}

/// The place of the KPI that one is part of: none where that is not on the board, or where going up leads back to it.
fn whole(places: &Sorted<KpiId, usize>, kpis: &[Arc<Kpi>], kpi: &Kpi, day: Day) -> Option<usize> {
    let up = |place: usize| kpis[place].parent.on(day).and_then(|id| places.get(id).copied());
    let place = *places.get(kpi.id)?;
    up(place).filter(|_| !leads_back(place, kpis.len(), up))
}

/// The places of KPIs in order; equal ones stay as they are. With their parts, wholes are as urgent as the most urgent.
fn sorted(
    kpis: &[Arc<Kpi>],
    wholes: &[Option<usize>],
    sorting: Sorting,
    urgency: &dyn Fn(&Kpi) -> Urgency,
) -> Vec<usize> {
    let places = (0..kpis.len()).collect();
    match sorting {
        Sorting::ByHand => places,
        Sorting::Name => in_order(places, |a: &usize, b| compare_names(&kpis[*a], &kpis[*b])),
        Sorting::Attention => {
            let own: Vec<Urgency> = kpis.iter().map(|kpi| urgency(kpi)).collect();
            let mut most = own.clone();
            for (place, own) in own.iter().enumerate() {
                let mut at = wholes[place];
                while let Some(whole) = at.filter(|whole| own.compare(&most[*whole]).is_lt()) {
                    most[whole] = *own;
                    at = wholes[whole];
                }
            }
            in_order(places, |a: &usize, b| most[*a].compare(&most[*b]))
        }
    }
}

/// Letters before their case.
fn compare_names(a: &Kpi, b: &Kpi) -> Ordering {
    let folded = |kpi: &Kpi| kpi.name.as_str().bytes().map(|byte| byte.to_ascii_lowercase()).collect::<Vec<_>>();
    folded(a).cmp(&folded(b)).then_with(|| a.name.cmp(&b.name))
}
