//! What the headline of a page says, as data: the news of all running cycles and of all KPIs.
//!
//! A headline never calls goals on course while one of them needs somebody, is silent, is not judged yet, or belongs to a
//! cycle that has ended and waits to be closed.

use std::sync::Arc;

use crate::{Course, Cycle, CycleId, Day, Health, ObjectiveReport, Plan, Status};

/// What the headline of a page says on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Headline {
    /// Where in its cycles the plan is.
    pub stage: Stage,
    /// The open cycles that run and have objectives, the longest first.
    pub running: Vec<CycleId>,
    /// Those of them that have more days than the shortest one.
    pub longer: Vec<CycleId>,
    /// The cycles with objectives that have ended and are not closed, the latest first.
    pub to_close: Vec<CycleId>,
    /// The objectives of the running cycles.
    pub goals: GoalCounts,
    /// Whether there is any objective, in whatever cycle.
    pub any_goal: bool,
    /// The KPIs that are kept.
    pub kpis: KpiCounts,
}

/// Where in its cycles a plan is on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// In this week of a cycle, of so many: of the running cycles with objectives the shortest, else the shortest.
    Week {
        /// Which cycle.
        cycle: CycleId,
        /// The week, from 1.
        week: i32,
        /// How many weeks it has.
        weeks: i32,
    },
    /// No cycle runs, and this one is the next.
    Begins {
        /// Which cycle.
        cycle: CycleId,
        /// In how many days.
        days: i32,
    },
    /// No cycle runs or comes, and this one ended last. It waits to be closed where it is in [`Headline::to_close`].
    Ended {
        /// Which cycle.
        cycle: CycleId,
    },
    /// The cycle that matters is closed.
    Closed {
        /// Which cycle.
        cycle: CycleId,
    },
    /// There is no cycle.
    NoCycle,
}

/// How the objectives of running cycles stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct GoalCounts {
    /// How many there are.
    pub all: usize,
    /// Those that need somebody: behind, fallen short, or without a check-in for too long.
    pub needing: usize,
    /// Those of them that are on track by their numbers, and were not checked in for too long.
    pub silent: usize,
    /// Those of them that belong to [`Headline::longer`] cycles.
    pub needing_of_longer: usize,
    /// Those that are achieved.
    pub achieved: usize,
    /// Those that are on track, and were checked in of late.
    pub on_track: usize,
    /// Those that are not judged yet.
    pub pending: usize,
    /// Those of them that have nothing to be judged by: no key result, and no objective that counts in them.
    pub unmeasured: usize,
    /// How many key results of those that are not judged yet wait for their first check-in.
    pub first_check_ins: usize,
    /// Those with a broken guard.
    pub guard_broken: usize,
    /// Those of them that need somebody anyway.
    pub guard_broken_needing: usize,
}

/// How KPIs stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct KpiCounts {
    /// How many there are.
    pub all: usize,
    /// Those off their target.
    pub off_target: usize,
    /// Those that are not off their target, and whose last value is an old one.
    pub stale: usize,
    /// Those that miss their target by no more than their tolerance.
    pub near: usize,
    /// Those on target.
    pub on_target: usize,
    /// Those without a target.
    pub no_target: usize,
    /// Those with a target whose first period is still running.
    pub pending: usize,
    /// Those without a value.
    pub no_data: usize,
}

/// The most important thing that there is to say. Of each kind, what comes first wins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum News {
    /// So many objectives and KPIs need somebody.
    Needs {
        /// Objectives of running cycles.
        goals: usize,
        /// KPIs.
        kpis: usize,
    },
    /// These cycles have ended and wait to be closed.
    ToClose(Vec<CycleId>),
    /// None of them does, and this is how the objectives stand.
    Goals(GoalNews),
    /// There is no objective in a running cycle, and this is how the KPIs stand.
    Kpis(KpiNews),
    /// No objective belongs to a running cycle, and there is no KPI.
    NoneRunning,
    /// There is neither an objective nor a KPI.
    Nothing,
}

/// How the objectives of running cycles stand where none of them needs somebody. What comes first wins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GoalNews {
    /// No objective is judged yet, and so many first check-ins are due.
    Unjudged {
        /// How many key results wait for their first check-in.
        first_check_ins: usize,
    },
    /// No objective has anything to be judged by.
    Unmeasured {
        /// How many objectives there are.
        goals: usize,
    },
    /// Some objectives are on course, the others are not judged yet.
    SomeOnCourse {
        /// Those that are on track or achieved.
        on_course: usize,
        /// The others.
        unjudged: usize,
    },
    /// Every objective is achieved.
    Achieved {
        /// How many there are.
        goals: usize,
    },
    /// Every objective is on track or achieved.
    OnCourse {
        /// How many there are.
        goals: usize,
    },
}

/// How KPIs stand where none of them needs somebody. What comes first wins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KpiNews {
    /// So many miss their target by no more than their tolerance, and none by more.
    Near(usize),
    /// All are on target.
    OnTarget(usize),
    /// Some are on target, the others have no target or no value.
    SomeOnTarget {
        /// Those on target.
        on_target: usize,
        /// The others.
        unjudged: usize,
    },
    /// None has a value.
    NoData,
    /// None has a target.
    NoTarget,
    /// Each lacks either a target or a value.
    Unjudged,
}

/// What the news leaves open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Detail {
    /// So many of the objectives that need somebody belong to longer cycles than the one whose week is told.
    OfLonger {
        /// How many need somebody.
        of: usize,
        /// How many of them belong to longer cycles.
        longer: usize,
        /// That cycle, where there is one longer cycle only.
        cycle: Option<CycleId>,
    },
    /// So many objectives are on track by their numbers, and were not checked in for too long.
    Silent(usize),
    /// Guards are broken.
    Guards {
        /// On how many objectives.
        goals: usize,
        /// How many of these need somebody anyway.
        needing: usize,
        /// How many objectives need somebody.
        of: usize,
    },
    /// These cycles have ended and wait to be closed.
    ToClose(Vec<CycleId>),
    /// So many key results wait for their first check-in.
    FirstCheckIns(usize),
    /// So many objectives have nothing to be judged by.
    Unmeasured(usize),
    /// This cycle runs, and has no objectives.
    NoGoals(CycleId),
    /// There is no cycle.
    NoCycle,
    /// How the KPIs stand.
    Kpis(KpiNews),
}

impl Headline {
    /// What it says of objectives and KPIs together.
    #[must_use]
    pub fn news(&self) -> News {
        let kpis = self.kpis.needing();
        match self.goals_news() {
            News::Needs { goals, .. } => News::Needs { goals, kpis },
            _ if kpis > 0 => News::Needs { goals: 0, kpis },
            nothing @ (News::NoneRunning | News::Nothing) => self.kpis.news().map_or(nothing, News::Kpis),
            of_goals => of_goals,
        }
    }

    /// What it says of objectives alone.
    #[must_use]
    pub fn goals_news(&self) -> News {
        let GoalCounts { all, needing, achieved, on_track, pending, unmeasured, first_check_ins, .. } = self.goals;
        match all {
            _ if needing > 0 => News::Needs { goals: needing, kpis: 0 },
            _ if !self.to_close.is_empty() => News::ToClose(self.to_close.clone()),
            0 if self.any_goal => News::NoneRunning,
            0 => News::Nothing,
            goals if unmeasured == all => News::Goals(GoalNews::Unmeasured { goals }),
            _ if pending == all => News::Goals(GoalNews::Unjudged { first_check_ins }),
            _ if pending > 0 => {
                News::Goals(GoalNews::SomeOnCourse { on_course: on_track + achieved, unjudged: pending })
            }
            goals if achieved == all => News::Goals(GoalNews::Achieved { goals }),
            goals => News::Goals(GoalNews::OnCourse { goals }),
        }
    }

    /// What its news leaves open, the most important first.
    #[must_use]
    pub fn details(&self) -> Vec<Detail> {
        let news = self.news();
        let goals = &self.goals;
        let mut details = Vec::new();
        let mut add = |is_so: bool, detail: Detail| details.extend(is_so.then_some(detail));
        let (of, longer) = (goals.needing, goals.needing_of_longer);
        let cycle = self.longer.first().copied().filter(|_| self.longer.len() == 1);
        add(longer > 0, Detail::OfLonger { of, longer, cycle });
        add(goals.silent > 0, Detail::Silent(goals.silent));
        let (broken, needing) = (goals.guard_broken, goals.guard_broken_needing);
        add(broken > 0, Detail::Guards { goals: broken, needing, of });
        let told = matches!(news, News::ToClose(_));
        add(!told && !self.to_close.is_empty(), Detail::ToClose(self.to_close.clone()));
        let told = matches!(news, News::Goals(GoalNews::Unjudged { .. }));
        add(!told && goals.first_check_ins > 0, Detail::FirstCheckIns(goals.first_check_ins));
        let told = matches!(news, News::Goals(GoalNews::Unmeasured { .. }));
        add(!told && goals.unmeasured > 0, Detail::Unmeasured(goals.unmeasured));
        match self.stage {
            Stage::Week { cycle, .. } => {
                add(goals.all == 0 && news != News::Nothing && news != News::NoneRunning, Detail::NoGoals(cycle))
            }
            Stage::NoCycle => add(true, Detail::NoCycle),
            Stage::Begins { .. } | Stage::Ended { .. } | Stage::Closed { .. } => {}
        }
        let of_kpis = self.kpis.news().filter(|_| !matches!(news, News::Kpis(_)));
        details.extend(of_kpis.map(Detail::Kpis));
        details
    }
}

impl KpiCounts {
    /// Counts KPIs by their health, and by whether their values are old ones.
    #[must_use]
    pub fn of(healths: impl IntoIterator<Item = (Health, bool)>) -> Self {
        let mut counts = Self::default();
        for (health, stale) in healths {
            counts.all += 1;
            *match health {
                Health::Unhealthy => &mut counts.off_target,
                _ if stale => &mut counts.stale,
                Health::Healthy => &mut counts.on_target,
                Health::Warning => &mut counts.near,
                Health::NoTarget => &mut counts.no_target,
                Health::Pending => &mut counts.pending,
                Health::NoData => &mut counts.no_data,
            } += 1;
        }
        counts
    }

    /// Those that need somebody: off target, or with an old value.
    #[must_use]
    pub const fn needing(&self) -> usize {
        self.off_target + self.stale
    }

    /// How they stand where none of them needs somebody; none where one does, or where there is no KPI.
    #[must_use]
    pub fn news(&self) -> Option<KpiNews> {
        let Self { all, near, on_target, no_target, no_data, pending, .. } = *self;
        (all > 0 && self.needing() == 0).then_some(match (near, on_target) {
            (1.., _) => KpiNews::Near(near),
            _ if on_target == all => KpiNews::OnTarget(all),
            (_, 1..) => KpiNews::SomeOnTarget { on_target, unjudged: no_target + no_data + pending },
            _ if no_data == all => KpiNews::NoData,
            _ if no_target == all => KpiNews::NoTarget,
            _ => KpiNews::Unjudged,
        })
    }
}

impl Plan {
    /// The courses to look at on `day`: those of the open cycles that run and have objectives, the longest first. Where
    /// there are none, that of the cycle that matters, if it has objectives.
    #[must_use]
    pub fn courses(&self, day: Day) -> Vec<Course> {
        let cycles = self.cycles_by_nearness(day).into_iter().rev().filter(|cycle| self.runs(cycle, day));
        let course = |cycle: CycleId| self.course(cycle, day).filter(|course| !course.objectives.is_empty());
        let running: Vec<_> = cycles.filter_map(|cycle| course(cycle.id)).collect();
        if running.is_empty() {
            self.cycle_on(day).and_then(|cycle| course(cycle.id)).into_iter().collect()
        } else {
            running
        }
    }

    /// The headline of a day. `courses` are the [`Plan::courses`] of that day, `kpis` the KPIs that are kept.
    #[must_use]
    pub fn headline(&self, courses: &[Course], kpis: KpiCounts, day: Day) -> Headline {
        let runs = |course: &&Course| self.cycles.get(course.cycle).is_some_and(|cycle| self.runs(cycle, day));
        let running: Vec<&Course> = courses.iter().filter(runs).collect();
        let ids = |courses: &[&Course]| courses.iter().map(|course| course.cycle).collect();
        let shortest = running.last().map_or(0, |course| course.span.days());
        let (longer, _) = running.split_at(running.partition_point(|course| course.span.days() > shortest));
        Headline {
            stage: self.stage(running.last().map(|course| course.cycle), day),
            running: ids(&running),
            longer: ids(longer),
            to_close: self.cycles_to_close(day),
            goals: self.goal_counts(&running, longer.len(), day),
            any_goal: !self.objectives.is_empty(),
            kpis,
        }
    }

    fn runs(&self, cycle: &Cycle, day: Day) -> bool {
        cycle.span.on(day).contains(day) && !self.is_closed(cycle.id, day)
    }

    /// The cycles with objectives that have ended and are not closed, the latest first.
    fn cycles_to_close(&self, day: Day) -> Vec<CycleId> {
        let over = |cycle: &Arc<Cycle>| day > cycle.span.on(day).end && !*cycle.closed.on(day);
        let pursued = |cycle: &Arc<Cycle>| !self.objectives_of(Some(cycle.id), day).is_empty();
        let ended = self.cycles_in_order(day).into_iter().filter(over).filter(pursued);
        ended.map(|cycle| cycle.id).collect()
    }

    /// `running` is the shortest of the running cycles with objectives.
    fn stage(&self, running: Option<CycleId>, day: Day) -> Stage {
        let running = running.and_then(|id| self.cycles.get(id));
        let Some(cycle) = running.or_else(|| self.cycle_on(day)) else { return Stage::NoCycle };
        let (span, cycle, closed) = (cycle.span.on(day), cycle.id, *cycle.closed.on(day));
        if closed {
            Stage::Closed { cycle }
        } else if day < span.start {
            Stage::Begins { cycle, days: span.start.days_since(day) }
        } else if day > span.end {
            Stage::Ended { cycle }
        } else {
            let (week, weeks) = span.week(day);
            Stage::Week { cycle, week, weeks }
        }
    }

    /// The first `longer` courses are of longer cycles than the last one.
    fn goal_counts(&self, courses: &[&Course], longer: usize, day: Day) -> GoalCounts {
        let mut counts = GoalCounts::default();
        for (place, course) in courses.iter().enumerate() {
            for report in &course.objectives {
                self.count_goal(&mut counts, report, place < longer, day);
            }
        }
        counts
    }

    fn count_goal(&self, counts: &mut GoalCounts, report: &ObjectiveReport, of_longer: bool, day: Day) {
        let mut needs = false;
        counts.all += 1;
        match report.status {
            Status::Achieved => counts.achieved += 1,
            Status::OnTrack if report.silent_for(day).is_some() => {
                counts.silent += 1;
                needs = true;
            }
            Status::OnTrack => counts.on_track += 1,
            Status::Pending => {
                counts.pending += 1;
                counts.unmeasured += usize::from(report.key_results.is_empty() && report.progress.is_none());
                let heard = |id| report.key_results.iter().any(|(own, it)| *own == id && it.heard.is_some());
                let due = self.due_in(std::slice::from_ref(report), day);
                counts.first_check_ins += due.into_iter().filter(|id| !heard(*id)).count();
            }
            Status::NeedsAttention | Status::OffTrack | Status::Partly | Status::Missed => needs = true,
        }
        let broken = !self.broken_guards(report.id.into(), day).is_empty();
        counts.needing += usize::from(needs);
        counts.needing_of_longer += usize::from(needs && of_longer);
        counts.guard_broken += usize::from(broken);
        counts.guard_broken_needing += usize::from(broken && needs);
    }
}
