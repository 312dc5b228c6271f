//! Headlines: the news of a page in one or two sentences, and below it what the news leaves open.

use bearings_plan::{CycleId, Day, Detail, GoalNews, Headline, KpiCounts, KpiNews, News, Plan, Stage};

use super::{count_spelled, isolated, kpis, objectives, review, sentence, spelled, words};
use crate::web::intl;

words! {
    no_goals: "No goals yet.";
    no_goals_running: "No goals in a running cycle.";
    no_cycle: "No cycle is running.";
}

/// "5 November 2026. Week 6 of 13. Two goals need you.", on a past day.
pub fn on_day(day: Day, headline: &str) -> String {
    format!("{}. {headline}", intl::date_long(day))
}

/// "Week 8 of 13. Three goals and two KPIs need you."
pub fn today(plan: &Plan, headline: &Headline) -> String {
    let news = match headline.news() {
        // That a cycle is to come or is closed is all that there is to say.
        News::NoneRunning if !matches!(headline.stage, Stage::Week { .. } | Stage::NoCycle) => String::new(),
        news => of_all(plan, &news),
    };
    sentences([stage(plan, headline), news])
}

/// "One of the three goals belongs to This year. A guard is broken on another goal."
pub fn below_today(plan: &Plan, headline: &Headline) -> String {
    sentences(headline.details().iter().map(|it| detail(plan, it)))
}

/// "Q4 2026: five objectives. Two need you."
pub fn objectives(plan: &Plan, headline: &Headline, today: Day) -> String {
    let all = headline.goals.all;
    match (headline.stage, headline.goals_news()) {
        _ if plan.objectives.is_empty() => objectives::none_title().to_owned(),
        (_, news) if all > 0 => {
            let objectives = count_spelled(all, "objective", "objectives");
            format!("{}: {objectives}. {}", cycles(plan, &headline.running), of_objectives(plan, &news, all))
        }
        (_, News::ToClose(ended)) => to_close(plan, &ended),
        (Stage::Week { cycle, .. }, _) => format!("{}: nothing planned yet.", name(plan, cycle)),
        (Stage::Closed { cycle }, _) => review::closed_title(&name(plan, cycle), &plan.retrospect(cycle, today)),
        (Stage::Begins { .. } | Stage::Ended { .. }, _) => stage(plan, headline),
        (Stage::NoCycle, _) => objectives::objectives().to_owned(),
    }
}

/// "Ten instruments. Two are off target, one is stale."
pub fn kpis(counts: &KpiCounts) -> String {
    if counts.all == 0 {
        return kpis::none_title().to_owned();
    }
    let all = sentence(&count_spelled(counts.all, "instrument", "instruments"));
    let needs = match (counts.off_target, counts.stale) {
        (0, stale) => are(stale, "stale"),
        (off_target, 0) => are(off_target, "off target"),
        (off_target, stale) => format!("{}, {} {} stale", are(off_target, "off target"), spelled(stale), is(stale)),
    };
    let news = match counts.news() {
        None => format!("{needs}."),
        Some(KpiNews::Near(1)) => "One is only near its target.".to_owned(),
        Some(KpiNews::Near(n)) => format!("{} are only near their targets.", sentence(&spelled(n))),
        Some(KpiNews::OnTarget(1)) => "It is on target.".to_owned(),
        Some(KpiNews::OnTarget(_)) => "All are on target.".to_owned(),
        Some(KpiNews::SomeOnTarget { on_target, unjudged }) => {
            format!("{}, {} cannot be judged yet.", are(on_target, "on target"), spelled(unjudged))
        }
        Some(KpiNews::NoData) if counts.all == 1 => "It has no reading yet.".to_owned(),
        Some(KpiNews::NoData) => "None has a reading yet.".to_owned(),
        Some(KpiNews::NoTarget) if counts.all == 1 => "It has no target yet.".to_owned(),
        Some(KpiNews::NoTarget) => "None has a target yet.".to_owned(),
        Some(KpiNews::Unjudged) => "None can be judged yet.".to_owned(),
    };
    sentences([format!("{all}."), news])
}

/// Where in its cycles the plan is: "Week 8 of 13."; nothing where the news says it.
fn stage(plan: &Plan, headline: &Headline) -> String {
    match headline.stage {
        Stage::Week { week, weeks, .. } => format!("Week {week} of {weeks}."),
        Stage::Begins { cycle, days } => format!("{} begins {}.", name(plan, cycle), intl::relative_days(days)),
        Stage::Closed { cycle } => review::is_closed(&name(plan, cycle)),
        Stage::Ended { cycle } if !headline.to_close.contains(&cycle) => format!("{} has ended.", name(plan, cycle)),
        Stage::Ended { .. } | Stage::NoCycle => String::new(),
    }
}

/// "Three goals and two KPIs need you."
fn of_all(plan: &Plan, news: &News) -> String {
    match news {
        News::Needs { goals, kpis: 0 } => need_you(*goals, &sentence(&goals_spelled(*goals))),
        News::Needs { goals: 0, kpis } => need_you(*kpis, &sentence(&kpis_spelled(*kpis))),
        News::Needs { goals, kpis } => {
            format!("{} and {} need you.", sentence(&goals_spelled(*goals)), kpis_spelled(*kpis))
        }
        News::ToClose(ended) => to_close(plan, ended),
        News::Goals(news) => of_goals(*news),
        News::Kpis(news) => of_kpis(*news),
        News::NoneRunning => no_goals_running().to_owned(),
        News::Nothing => no_goals().to_owned(),
    }
}

fn of_goals(news: GoalNews) -> String {
    match news {
        GoalNews::Unmeasured { goals: 1 } => "The goal has no key result yet.".to_owned(),
        GoalNews::Unmeasured { goals } => format!("None of {} has a key result yet.", goals_spelled(goals)),
        GoalNews::Unjudged { first_check_ins } => nothing_judged(first_check_ins),
        GoalNews::SomeOnCourse { on_course, unjudged } => {
            let on_course = format!("{} {} on course", sentence(&goals_spelled(on_course)), is(on_course));
            format!("{on_course}, {} {} not judged yet.", spelled(unjudged), is(unjudged))
        }
        GoalNews::Achieved { goals: 1 } => "The goal is achieved.".to_owned(),
        GoalNews::Achieved { goals } => format!("{} are achieved.", all_of(goals, "goals")),
        GoalNews::OnCourse { goals: 1 } => "The goal is on course.".to_owned(),
        GoalNews::OnCourse { goals } => format!("{} are on course.", all_of(goals, "goals")),
    }
}

/// "All nine KPIs are on target."
fn of_kpis(news: KpiNews) -> String {
    match news {
        KpiNews::Near(1) => "One KPI is only near its target.".to_owned(),
        KpiNews::Near(n) => format!("{} are only near their targets.", sentence(&kpis_spelled(n))),
        KpiNews::OnTarget(1) => "The KPI is on target.".to_owned(),
        KpiNews::OnTarget(n) => format!("{} are on target.", all_of(n, "KPIs")),
        KpiNews::SomeOnTarget { on_target, unjudged } => {
            let on_target = format!("{} {} on target", sentence(&kpis_spelled(on_target)), is(on_target));
            format!("{on_target}, {} cannot be judged yet.", spelled(unjudged))
        }
        KpiNews::NoData => "No KPI has a reading yet.".to_owned(),
        KpiNews::NoTarget => "No KPI has a target yet.".to_owned(),
        KpiNews::Unjudged => "No KPI can be judged yet.".to_owned(),
    }
}

/// What there is to say of `all` objectives, behind their number: "Two need you."
fn of_objectives(plan: &Plan, news: &News, all: usize) -> String {
    match news {
        News::Needs { .. } if all == 1 => "It needs you.".to_owned(),
        News::Needs { goals: 2, .. } if all == 2 => "Both need you.".to_owned(),
        News::Needs { goals, .. } if *goals == all => format!("All {} need you.", spelled(all)),
        News::Needs { goals, .. } => need_you(*goals, &sentence(&spelled(*goals))),
        News::ToClose(ended) => to_close(plan, ended),
        News::Goals(GoalNews::Unmeasured { goals: 1 }) => "It has no key result yet.".to_owned(),
        News::Goals(GoalNews::Unmeasured { .. }) => "None has a key result yet.".to_owned(),
        News::Goals(GoalNews::Unjudged { first_check_ins }) => nothing_judged(*first_check_ins),
        News::Goals(GoalNews::SomeOnCourse { on_course, unjudged }) => {
            format!("{}, {} {} not judged yet.", are(*on_course, "on course"), spelled(*unjudged), is(*unjudged))
        }
        News::Goals(GoalNews::Achieved { goals: 1 }) => "It is achieved.".to_owned(),
        News::Goals(GoalNews::Achieved { .. }) => "All are achieved.".to_owned(),
        News::Goals(GoalNews::OnCourse { goals: 1 }) => "It is on course.".to_owned(),
        News::Goals(GoalNews::OnCourse { .. }) => "All are on course.".to_owned(),
        News::Kpis(_) | News::NoneRunning | News::Nothing => String::new(),
    }
}

fn detail(plan: &Plan, detail: &Detail) -> String {
    match detail {
        Detail::OfLonger { of, longer, cycle } => {
            let cycle = cycle.map_or_else(|| "longer cycles".to_owned(), |cycle| name(plan, cycle));
            match (*of, *longer) {
                (1, _) => format!("The goal belongs to {cycle}."),
                (of, longer) if of == longer => format!("{} belong to {cycle}.", all_of(of, "goals")),
                (of, 1) => format!("One of the {} belongs to {cycle}.", goals_spelled(of)),
                (of, longer) => {
                    format!("{} of the {} belong to {cycle}.", sentence(&spelled(longer)), goals_spelled(of))
                }
            }
        }
        Detail::Silent(1) => "One goal is on track, but was not checked in for too long.".to_owned(),
        Detail::Silent(n) => {
            format!("{} are on track, but were not checked in for too long.", sentence(&goals_spelled(*n)))
        }
        Detail::Guards { goals: 1, needing: 1, of: 1 } => "A guard of that goal is broken.".to_owned(),
        Detail::Guards { goals: 1, needing: 1, .. } => "A guard is broken on one of these goals.".to_owned(),
        Detail::Guards { goals: 1, of: 0, .. } => "A guard is broken on one goal.".to_owned(),
        Detail::Guards { goals: 1, .. } => "A guard is broken on another goal.".to_owned(),
        Detail::Guards { goals, .. } => format!("Guards are broken on {}.", goals_spelled(*goals)),
        Detail::ToClose(ended) => to_close(plan, ended),
        Detail::FirstCheckIns(n) => format!("{}.", sentence(&first_check_ins(*n))),
        Detail::Unmeasured(1) => "One goal has no key result yet.".to_owned(),
        Detail::Unmeasured(n) => format!("{} have no key result yet.", sentence(&goals_spelled(*n))),
        Detail::NoGoals(cycle) => format!("{} has no goals yet.", name(plan, *cycle)),
        Detail::NoCycle => no_cycle().to_owned(),
        Detail::Kpis(news) => of_kpis(*news),
    }
}

/// "Both goals", "All three goals"
fn all_of(n: usize, what: &str) -> String {
    if n == 2 { format!("Both {what}") } else { format!("All {} {what}", spelled(n)) }
}

fn need_you(n: usize, who: &str) -> String {
    if n == 1 { format!("{who} needs you.") } else { format!("{who} need you.") }
}

/// "Nothing is judged yet: three first check-ins are due."
fn nothing_judged(due: usize) -> String {
    match due {
        0 => "Nothing is judged yet.".to_owned(),
        due => format!("Nothing is judged yet: {}.", first_check_ins(due)),
    }
}

/// "three first check-ins are due"
fn first_check_ins(due: usize) -> String {
    format!("{} {} due", count_spelled(due, "first check-in", "first check-ins"), is(due))
}

/// "Q4 2026 has ended and waits to be closed."
fn to_close(plan: &Plan, ended: &[CycleId]) -> String {
    let cycles = cycles(plan, ended);
    if ended.len() == 1 {
        format!("{cycles} has ended and waits to be closed.")
    } else {
        format!("{cycles} have ended and wait to be closed.")
    }
}

/// "This year and This quarter"; "Three cycles"
fn cycles(plan: &Plan, ids: &[CycleId]) -> String {
    match ids {
        [only] => name(plan, *only),
        [one, other] => format!("{} and {}", name(plan, *one), name(plan, *other)),
        all => sentence(&count_spelled(all.len(), "cycle", "cycles")),
    }
}

fn name(plan: &Plan, cycle: CycleId) -> String {
    plan.cycles.get(cycle).map(|cycle| isolated(cycle.name.as_str()).into_owned()).unwrap_or_default()
}

/// "Two are off target"
fn are(n: usize, what: &str) -> String {
    format!("{} {} {what}", sentence(&spelled(n)), is(n))
}

const fn is(n: usize) -> &'static str {
    if n == 1 { "is" } else { "are" }
}

fn goals_spelled(n: usize) -> String {
    count_spelled(n, "goal", "goals")
}

fn kpis_spelled(n: usize) -> String {
    count_spelled(n, "KPI", "KPIs")
}

fn sentences(all: impl IntoIterator<Item = String>) -> String {
    all.into_iter().filter(|it| !it.is_empty()).collect::<Vec<_>>().join(" ")
}
