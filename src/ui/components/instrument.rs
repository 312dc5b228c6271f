//! A KPI at a glance: its latest value, how it stands, where it came from.

use std::sync::Arc;

use bearings_plan::{Day, Due, Frequency, Health, Kpi, KpiId, KpiReport, Number, Periods, Target, Urgency};
use leptos::{prelude::component, reactive::owner::Owner};
use wasm_split_helpers::{SplitLoaderError, wasm_split};

use super::{
    check::Check,
    figure::Spark,
    guarded::Guarded,
    icon::{Glyph, Icon},
    status::{HealthMark, Tone},
};
use crate::{
    reactive::{Memo, Signal, StoredValue},
    state::workspace,
    ui::{
        Route,
        dom::{Html, switch, view, when},
        lazy::{self, Chunk},
    },
    web::intl,
    words::{board, common, kpis as words, signal},
};

/// A KPI, and what its readings say today.
#[derive(Debug, Clone, PartialEq)]
pub struct Gauge {
    pub kpi: Arc<Kpi>,
    /// All that its values are made of, itself included: what differs in there may show in periods of another length.
    made_of: Vec<Arc<Kpi>>,
    pub today: Day,
    pub report: Arc<KpiReport>,
}

impl Gauge {
    /// Follows a KPI; none once it is gone. Other things in the plan may change without any work here.
    pub fn follow(id: KpiId) -> Memo<Option<Self>> {
        let workspace = workspace();
        // All that its values depend on: itself, what it is made of, and when years begin.
        let dependencies = workspace.read(move |plan, today| {
            let kpis = plan.dependencies(id, today).into_iter().filter_map(|id| plan.kpis.shared(id));
            (kpis.collect::<Vec<_>>(), *plan.frame.fiscal_start.on(today), today)
        });
        Memo::new(move || {
            let (made_of, _, today) = dependencies.get();
            let kpi = made_of.first().filter(|kpi| kpi.id == id).map(Arc::clone)?;
            let report = Arc::new(workspace.shown_now().kpi_report(&kpi, today));
            Some(Self { kpi, made_of, today, report })
        })
    }

    /// How often it is read.
    pub fn frequency(&self) -> Frequency {
        self.calendar().frequency
    }

    /// That, and when years begin: what its periods are called by.
    pub fn calendar(&self) -> Periods {
        self.report.calendar
    }

    /// What is shown large: the value by which the KPI is judged, or what its first period has so far.
    pub fn value(&self) -> Option<Number> {
        self.report.judged().and_then(|judged| judged.value).or(self.report.so_far)
    }

    /// Whether its last change and whether that was a signal is news: its value is the latest, and the one that is shown.
    pub fn speaks_of_its_value(&self) -> bool {
        !self.report.stale && self.report.missed_early().is_none()
    }
}

/// How a KPI stands that is gone.
const UNKNOWN: (Health, bool) = (Health::NoData, false);

/// How a KPI stands, and whether its value is an old one.
pub fn health(gauge: Memo<Option<Gauge>>) -> Signal<(Health, bool)> {
    let health = of(gauge, |gauge| Some((gauge.report.health, gauge.report.stale)));
    Signal::derive(move || health.get().unwrap_or(UNKNOWN))
}

/// The gauges of several KPIs. Each is made when it is first asked for, and serves all who ask.
#[derive(Debug, Clone, Copy)]
pub struct Gauges {
    /// The page: a gauge outlives whoever asked first.
    page: StoredValue<Owner>,
    made: StoredValue<Vec<(KpiId, Memo<Option<Gauge>>)>>,
}

impl Gauges {
    pub fn new() -> Self {
        Self { page: StoredValue::new(Owner::current().unwrap_or_default()), made: StoredValue::new(Vec::new()) }
    }

    pub fn of(self, id: KpiId) -> Memo<Option<Gauge>> {
        let made = self.made.with_value(|made| made.iter().find(|made| made.0 == id).map(|made| made.1));
        made.unwrap_or_else(|| {
            let gauge = self.page.get_value().with(|| Gauge::follow(id));
            self.made.update_value(|made| made.push((id, gauge)));
            gauge
        })
    }

    /// How a KPI stands, and whether its value is an old one, tracked.
    pub fn standing(self, id: KpiId) -> (Health, bool) {
        self.of(id).with(|gauge| gauge.as_ref().map_or(UNKNOWN, |it| (it.report.health, it.report.stale)))
    }

    /// How urgently a KPI needs somebody, tracked.
    pub fn urgency(self, kpi: &Kpi) -> Urgency {
        let urgency = |gauge: &Gauge| gauge.report.urgency(gauge.kpi.created, gauge.today);
        let none = Urgency { health: Health::NoData, stale: false, days: 0, miss: 0.0 };
        self.of(kpi.id).with(|gauge| gauge.as_ref().map_or(none, urgency))
    }
}

/// Something of a gauge, or of what was found out about it; nothing once the KPI is gone.
pub fn of<G: Send + Sync + 'static, T: Default + PartialEq + Send + Sync + 'static>(
    gauge: Memo<Option<G>>,
    read: impl Fn(&G) -> T + Send + Sync + 'static,
) -> Memo<T> {
    Memo::new(move || gauge.with(|gauge| gauge.as_ref().map(&read)).unwrap_or_default())
}

/// A number of more characters than this is set smaller.
const LONG: usize = 8;

/// A number of more digits than this is abbreviated.
const MOST_DIGITS: usize = 8;

/// The value of a gauge as a large number: its class, the number itself, and a unit that may stand small behind it. It
/// looks different from its target, and from the value before, wherever it is.
pub fn big(gauge: &Gauge) -> (&'static str, String, String) {
    let (unit, report) = (&*gauge.kpi.unit, &gauge.report);
    let target = report.judged().map_or(&report.target, |judged| &judged.target);
    let mut others = target.as_ref().map(Target::limits).unwrap_or_default();
    others.extend(report.moved.map(|moved| moved.from.get()));
    let Some(value) = gauge.value() else { return ("big", common::no_number().to_owned(), String::new()) };
    let split = |text: String| match text.strip_suffix(unit.as_str()) {
        Some(number) => (number.trim_end().to_owned(), unit.as_str().to_owned()),
        // Money is written as one: its sign may stand on either side.
        None => (text, String::new()),
    };
    let (number, small) = split(intl::number_against(value, unit, &others));
    let is_long = number.chars().filter(char::is_ascii_digit).count() > MOST_DIGITS;
    let (number, small) = if is_long { split(intl::compact_against(value, unit, &others)) } else { (number, small) };
    (if number.chars().count() > LONG { "big long" } else { "big" }, number, small)
}

/// The card of a KPI: the whole of it leads to the KPI's page, but for the field that takes a reading.
#[component]
pub fn Instrument(id: KpiId, gauges: Gauges, #[prop(optional)] with_form: bool) -> Html {
    let gauge = gauges.of(id);
    let name = of(gauge, |gauge| gauge.kpi.name.to_string());
    let health = health(gauge);
    let class = move || format!("card kpi {}", Tone::from(health.get().0).class);
    let value = of(gauge, big);
    let read = Memo::new(move || gauge.with(|gauge| gauge.as_ref().is_some_and(|it| it.kpi.is_read(it.today))));
    let aim = of(gauge, |gauge| {
        gauge.report.target.as_ref().map(|target| board::aim(&words::target_of(Some(target), &gauge.kpi.unit)))
    });
    let chunk = lazy::afterwards(|| Box::pin(fetch_told()));
    let told = Memo::new(move || {
        let here = chunk.get() == Chunk::Here;
        gauge.with(|gauge| gauge.as_ref().filter(|_| here).and_then(|gauge| lazy::now(told(gauge)))).unwrap_or_default()
    });
    let better = of(gauge, |gauge| {
        let moved = gauge.report.moved.filter(|_| gauge.speaks_of_its_value())?;
        moved.better.map(|better| (better, moved.by > 0.0))
    });
    let report = Signal::derive(move || gauge.with(|gauge| gauge.as_ref().map(|it| Arc::clone(&it.report))));
    view! {
        <li class=class>
            <h3>
                <a href=Route::Kpi(id).href()>{move || name.get()}</a>
            </h3>
            <Whole gauge />
            <div class="num">
                {move || {
                    let (class, number, unit) = value.get();
                    let unit = (!unit.is_empty()).then(|| view! { <small>{unit}</small> });
                    view! { <span class=class>{number} {unit}</span> }
                }}
                <HealthMark health />
            </div>
            <Guarded of=id plain=true />
            {move || aim.get().map(|aim| view! { <p class="aim">{aim}</p> })}
            <Spark report />
            <p class="told">
                {move || better.get().map(|(better, up)| view! { <Better better up /> " " })}
                {move || told.get()}
            </p>
            {when(
                move || with_form && read.get(),
                move || view! { <Check due=Due::Kpi(id) hide_name=true /> },
            )}
        </li>
    }
}

// In a chunk of its own: the first screen shows values and how they stand, and what there is to say of them comes after.
#[wasm_split(told, fallible, preload(fetch_told))]
pub fn told(gauge: &Gauge) -> Result<String, SplitLoaderError> {
    let signals = workspace().shown_now().signals(&gauge.kpi, &gauge.report, gauge.today);
    let told = words::told(&gauge.kpi, &gauge.report, gauge.today);
    let signal = signal::in_short(&signals, &gauge.report.periods).filter(|_| gauge.speaks_of_its_value());
    Ok(signal.map_or_else(|| told.clone(), |signal| format!("{told} {signal}")))
}

/// Whether the last change was for the better, and its direction.
#[component]
fn Better(better: bool, up: bool) -> Html {
    view! {
        <b class=if better { "moved good" } else { "moved bad" }>
            <Glyph icon=if up { Icon::Up } else { Icon::Down } />
            {if better { board::better() } else { board::worse() }}
        </b>
    }
}

/// What it is part of, if anything.
#[component]
fn Whole(gauge: Memo<Option<Gauge>>) -> Html {
    let parent = of(gauge, |gauge| *gauge.kpi.parent.on(gauge.today));
    let whole = workspace().read(move |plan, _| Some(plan.kpis.get(parent.get()?)?.name.to_string()));
    switch(
        move || whole.get(),
        |whole| whole.as_deref().map(|whole| view! { <p class="part">{board::part_of(whole)}</p> }),
    )
}
