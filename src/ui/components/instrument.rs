//! A KPI at a glance: its latest value, how it stands, where it came from.

use std::sync::Arc;

use bearings_plan::{Day, Due, Frequency, Health, Kpi, KpiId, KpiReport, Number, Unit};
use leptos::prelude::component;

use super::{
    check::Check,
    figure::Spark,
    guarded::Guarded,
    status::{StatusMark, Tone},
};
use crate::{
    reactive::{Memo, Signal},
    state::workspace,
    ui::{
        Route,
        dom::{Html, view, when},
    },
    web::intl,
    words::{common, kpis as words, signal},
};

/// A KPI, and what its readings say today.
#[derive(Debug, Clone, PartialEq)]
pub struct Gauge {
    pub kpi: Arc<Kpi>,
    pub today: Day,
    pub report: Arc<KpiReport>,
}

impl Gauge {
    /// Follows a KPI; none once it is gone. Other things in the plan may change without any work here.
    pub fn follow(id: KpiId) -> Memo<Option<Self>> {
        let workspace = workspace();
        // All that its values stand on: itself, what it is made of, and when years begin.
        let stands_on = workspace.read(move |plan, today| {
            let kpis = plan.stands_on(id, today).into_iter().filter_map(|id| plan.kpis.shared(id));
            (kpis.collect::<Vec<_>>(), *plan.frame.fiscal_start.on(today), today)
        });
        Memo::new(move || {
            let (kpis, _, today) = stands_on.get();
            let kpi = kpis.into_iter().next().filter(|kpi| kpi.id == id)?;
            let report = Arc::new(workspace.shown_now().kpi_report(&kpi, today));
            Some(Self { kpi, today, report })
        })
    }

    /// How often it is read.
    pub fn frequency(&self) -> Frequency {
        *self.kpi.frequency.on(self.today)
    }

    /// What is shown large: the latest value, or what its first period has so far.
    pub fn value(&self) -> Option<Number> {
        self.report.current.as_ref().and_then(|current| current.value).or(self.report.so_far)
    }
}

/// Something of a gauge; nothing once the KPI is gone.
pub fn of<T: Default + PartialEq + Send + Sync + 'static>(
    gauge: Memo<Option<Gauge>>,
    read: impl Fn(&Gauge) -> T + Send + Sync + 'static,
) -> Memo<T> {
    Memo::new(move || gauge.with(|gauge| gauge.as_ref().map(&read)).unwrap_or_default())
}

/// More letters than this are set smaller, and more than the second number are abbreviated.
const LONG: (usize, usize) = (8, 11);

/// A large number: its class, the number itself, and a unit that may stand small behind it.
pub fn big(value: Option<Number>, unit: &Unit) -> (&'static str, String, String) {
    let Some(value) = value else { return ("big", common::no_number().to_owned(), String::new()) };
    let split = |text: String| match text.strip_suffix(unit.as_str()) {
        Some(number) => (number.trim_end().to_owned(), unit.as_str().to_owned()),
        // Money is written as one: its sign may stand on either side.
        None => (text, String::new()),
    };
    let (number, small) = split(intl::number(value, unit));
    let (number, small) =
        if number.chars().count() > LONG.1 { split(intl::compact(value, unit)) } else { (number, small) };
    (if number.chars().count() > LONG.0 { "big long" } else { "big" }, number, small)
}

/// The card of a KPI: the whole of it leads to the KPI's page, but for the field that takes a reading.
#[component]
pub fn Instrument(id: KpiId, #[prop(optional)] with_form: bool) -> Html {
    let gauge = Gauge::follow(id);
    let name = of(gauge, |gauge| gauge.kpi.name.to_string());
    let health = Memo::new(move || gauge.with(|gauge| gauge.as_ref().map_or(Health::NoData, |it| it.report.health)));
    let tone = Signal::derive(move || Tone::from(health.get()));
    let value = of(gauge, |gauge| big(gauge.value(), &gauge.kpi.unit));
    let read = Memo::new(move || gauge.with(|gauge| gauge.as_ref().is_some_and(|it| it.kpi.is_read(it.today))));
    let told = of(gauge, |gauge| {
        let signals = workspace().shown_now().signals(&gauge.kpi, &gauge.report, gauge.today);
        let told = words::told(&gauge.kpi, &gauge.report, gauge.today);
        // What holds for a value that is missing is old news.
        let signal = signal::in_short(&signals, &gauge.report.periods).filter(|_| gauge.report.health != Health::Stale);
        signal.map_or_else(|| told.clone(), |signal| format!("{told} {signal}"))
    });
    let report = Signal::derive(move || gauge.with(|gauge| gauge.as_ref().map(|it| Arc::clone(&it.report))));
    view! {
        <li class=move || format!("card kpi {}", tone.get().class)>
            <h3>
                <a href=Route::Kpi(id).href()>{move || name.get()}</a>
            </h3>
            <div class="num">
                {move || {
                    let (class, number, unit) = value.get();
                    let unit = (!unit.is_empty()).then(|| view! { <small>{unit}</small> });
                    view! { <span class=class>{number} {unit}</span> }
                }}
                <StatusMark tone />
            </div>
            <Guarded of=id plain=true />
            {move || report.get().map(|report| view! { <Spark report=KpiReport::clone(&report) /> })}
            <p class="told">{move || told.get()}</p>
            {when(
                move || with_form && read.get(),
                move || view! { <Check due=Due::Kpi(id) hide_name=true /> },
            )}
        </li>
    }
}
