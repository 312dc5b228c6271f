//! What is to be known of a thing while it is checked in.

use bearings_plan::{Answer, Day, Due, Health, LastSaid, Measure, Number, Plan, Unit, Written};

use crate::{
    ui::{
        Route,
        components::{status::Tone, track::Course},
    },
    web::intl,
    words::{common, kpis, objectives, walk as words},
};

/// A name, and where it leads.
#[derive(Debug, Clone, PartialEq)]
pub struct Link {
    pub href: String,
    pub name: String,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Subject {
    pub name: String,
    /// The objective that it belongs to; of a KPI, all of them.
    pub home: Link,
    /// Where all is said of it.
    pub page: String,
    pub tone: Tone,
    /// The word of its tone.
    pub status: &'static str,
    /// Whether somebody should see to it.
    pub calls: bool,
    /// What it asks for: "4,000 → 8,000 visitors".
    pub asks: String,
    /// Where it is: "6,205".
    pub stands: String,
    pub course: Option<Course>,
    /// What is needed a week, and what the last weeks gave.
    pub told: String,
    pub unit: Unit,
    pub answer: Answer,
    /// Whether it is done, of what is done or not.
    pub is_done: bool,
    /// The KPI that takes the value.
    pub fed_by: Option<Link>,
    pub takes_confidence: bool,
    pub last: LastSaid,
}

impl Subject {
    /// A thing on a day; none once it is gone. What `except` wrote is not its last value: that is being corrected.
    pub fn of(plan: &Plan, of: Due, today: Day, except: &Written) -> Option<Self> {
        let last = plan.last_said(of, today, except);
        let guard_broken = !plan.broken_guards(of.into(), today).is_empty();
        match of {
            Due::KeyResult(id) => {
                let key_result = plan.key_results.get(id)?;
                let objective = plan.objectives.get(*key_result.objective.on(today))?;
                let report = plan.key_result_report(key_result, today);
                let fed_by = plan.feeding(key_result, today);
                let drawn = matches!(key_result.measure.on(today), Measure::Metric { .. } | Measure::Stay { .. });
                Some(Self {
                    name: key_result.title.to_string(),
                    home: Link { href: Route::Objective(objective.id).href(), name: objective.title.to_string() },
                    page: Route::Objective(objective.id).href(),
                    tone: report.status.into(),
                    status: common::status(report.status),
                    calls: report.status.needs_someone() || guard_broken,
                    asks: objectives::asks(key_result, &report, plan.steps_done(id, today), today),
                    stands: objectives::stands(key_result, &report, today),
                    course: drawn.then(|| Course::from(&report)),
                    told: objectives::told(plan, key_result, &report, today),
                    unit: Unit::clone(&key_result.unit),
                    answer: plan.answer(key_result, today),
                    is_done: report.value.is_some_and(Number::is_done),
                    fed_by: fed_by.map(|it| Link { href: Route::Kpi(it.id).href(), name: it.name.to_string() }),
                    takes_confidence: true,
                    last,
                })
            }
            Due::Kpi(id) => {
                let kpi = plan.kpis.get(id)?;
                let report = plan.kpi_report(kpi, today);
                let (target, often) = (kpi.target.on(today).as_ref(), *kpi.frequency.on(today));
                let latest = kpi.readings.latest(today).next();
                Some(Self {
                    name: kpi.name.to_string(),
                    home: Link { href: Route::Kpis.href(), name: kpis::kpis().to_owned() },
                    page: Route::Kpi(id).href(),
                    tone: report.health.into(),
                    status: common::health(report.health),
                    calls: matches!(report.health, Health::Warning | Health::Unhealthy) || guard_broken,
                    asks: words::reads(&kpis::target_of(target, &kpi.unit), common::frequency(often)),
                    stands: latest.map(|(_, row)| intl::number(row.value, &kpi.unit)).unwrap_or_default(),
                    course: None,
                    told: kpis::told(kpi, &report, today),
                    unit: Unit::clone(&kpi.unit),
                    answer: Answer::Number,
                    is_done: false,
                    fed_by: None,
                    takes_confidence: false,
                    last,
                })
            }
        }
    }
}
