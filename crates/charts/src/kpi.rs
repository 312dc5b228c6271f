//! A KPI over time.

use bearings_plan::{Day, Frequency, Kpi, KpiId, KpiReport, Number, PeriodValue, Plan, Prose, Span, Unit};

use crate::{
    Aim, Drawing, Labels, Point, PointKind, Theme,
    axis::{Scale, widened},
    keep::Keep,
    option::{Band, Dot, Layer, Look, Sheet, is_narrow},
};

/// A KPI over its periods, drawn for `width` pixels; none where there is no such KPI or nothing has been read yet.
/// Each period's value stands at its first day.
#[must_use]
pub fn kpi(plan: &Plan, id: KpiId, today: Day, width: u32, theme: &Theme, labels: &Labels<'_>) -> Option<Drawing> {
    let kpi = plan.kpis.get(id)?;
    let report = plan.kpi_report(kpi, today);
    let span = Span { start: report.periods.first()?.period.start, end: report.periods.last()?.period.end };
    let span = widened(span);
    let notes = notes(kpi, &report, today);
    let points: Vec<_> = report.periods.iter().zip(notes).map(|(period, note)| point(period, note)).collect();
    let step = step(&report);
    let number = |value: Number, unit: &Unit| labels.told(value, unit, step);
    let labels = &Labels { number: &number, ..*labels };
    let (mut layers, bands) = layers(kpi, &report, &points, &span, labels);
    layers.extend(average(&report, *kpi.frequency.on(today), width, labels));
    let unit = (*kpi.unit).clone();
    let (names, whole) = (names(&report, labels), counts(&report, &unit));
    let sheet = Sheet {
        theme,
        labels,
        width,
        unit: &unit,
        span: &span,
        today: None,
        names,
        whole,
        also: &[],
        layers,
        bands,
        fan: None,
    };
    let (option, height) = (sheet.option(), sheet.height());
    Some(Drawing { option, height, unit, progress: false, span, points })
}

fn layers(
    kpi: &Kpi,
    report: &KpiReport,
    points: &[Point],
    span: &Span,
    labels: &Labels<'_>,
) -> (Vec<Layer>, Vec<Band>) {
    let unit = &kpi.unit;
    let running_sum = |period: &PeriodValue| !period.completed && report.so_far.is_some();
    let shown = report.periods.iter().zip(points).filter(|(period, _)| !running_sum(period));
    let dots =
        shown.map(|(period, point)| Dot::new(period.period.start, period.value.map(Number::get)).noted(&point.note));
    let name = labels.value.to_owned();
    let mut layers =
        vec![Layer { id: "value", name: name.clone(), look: Look::Values, dots: dots.collect(), end: None }];
    if let Some(benchmark) = &*kpi.benchmark {
        let dots = [span.start, span.end].map(|day| Dot::new(day, benchmark.value.get())).into();
        let name = benchmark.name.as_str().to_owned();
        let end = Some(name.clone());
        layers.push(Layer { id: "benchmark", name, look: Look::Benchmark, dots, end });
    }
    let bounds = |period: &PeriodValue| period.target.as_ref().map(|target| target.bounds.clone());
    let steps = report.periods.iter().map(|period| (period.period.start, bounds(period))).collect();
    let keep = Keep { steps, end: span.end, unit, labels };
    layers.extend(keep.layers());
    if let Some((period, value)) = report.current.as_ref().and_then(|current| Some((&current.period, current.value?))) {
        let (dots, end) = (vec![Dot::new(period.start, value.get())], Some((labels.number)(value, unit)));
        let below = report.moved.is_some_and(|moved| moved.by < 0.0);
        layers.push(Layer { id: "last", name, look: Look::Last { below }, dots, end });
    }
    if let Some((period, value)) = report.periods.last().zip(report.so_far) {
        let dots = vec![Dot::new(period.period.start, value.get())];
        let end = Some(format!("{} {}", labels.so_far, (labels.number)(value, unit)));
        layers.push(Layer { id: "so-far", name: labels.so_far.to_owned(), look: Look::Hollow, dots, end });
    }
    (layers, keep.bands(false))
}

/// The mean of several periods as a quiet line, once it says more than the values.
fn average(report: &KpiReport, frequency: Frequency, width: u32, labels: &Labels<'_>) -> Option<Layer> {
    let n = frequency.smoothed_over();
    let means = report.moving_average(n);
    if means.iter().flatten().count() < n {
        return None;
    }
    let dot = |(period, mean): (&PeriodValue, &Option<Number>)| Dot::new(period.period.start, mean.map(Number::get));
    let mut dots: Vec<_> = report.periods.iter().zip(&means).map(dot).collect();
    dots.truncate(means.iter().rposition(Option::is_some)? + 1);
    let name = (labels.average)(n, frequency);
    // On a phone, its label would lie on that of the last value.
    let end = (!is_narrow(width)).then(|| name.clone());
    Some(Layer { id: "average", name, look: Look::Average, dots, end })
}

/// What the periods are called: each is drawn at its first day.
pub(crate) fn names(report: &KpiReport, labels: &Labels<'_>) -> Vec<(Day, String)> {
    let periods = report.periods.iter().map(|period| &period.period);
    periods.map(|period| (period.start, (labels.period)(period, report.calendar))).collect()
}

/// How far apart the lines of an axis for its values are.
pub(crate) fn step(report: &KpiReport) -> f64 {
    let values = report.periods.iter().filter_map(|period| period.value);
    Scale::around(values.map(Number::get), false).step
}

/// Whether its values count things that come one by one.
pub(crate) fn counts(report: &KpiReport, unit: &Unit) -> bool {
    unit.counts(report.periods.iter().filter_map(|period| period.value).map(Number::get))
}

pub(crate) fn point(period: &PeriodValue, note: Prose) -> Point {
    let kind = if period.completed { PointKind::Period } else { PointKind::Running };
    let aim = period.target.as_ref().map(|target| Aim::Keep(target.bounds.clone()));
    Point { value: period.value, aim, note, ..Point::new(kind, period.period.clone()) }
}

/// The last note of each period. Readings and periods are both in the order of days.
pub(crate) fn notes(kpi: &Kpi, report: &KpiReport, today: Day) -> Vec<Prose> {
    let mut notes = vec![Prose::default(); report.periods.len()];
    let mut index = 0;
    let known = kpi.readings.iter().take_while(|(key, _)| key.day <= today);
    for (key, reading) in known.filter(|(_, reading)| !reading.note.is_empty()) {
        while report.periods.get(index).is_some_and(|period| period.period.end < key.day) {
            index += 1;
        }
        let Some(period) = report.periods.get(index) else { break };
        if period.period.contains(key.day) {
            notes[index] = reading.note.clone();
        }
    }
    notes
}
