//! A KPI's signals and its noise: its values, what they vary around, and the limits within which they do.

use bearings_plan::{Centre, Day, Kpi, KpiId, KpiReport, Number, Plan, Signals, Span, Stretch, Unit, Usual};

use crate::{
    Drawing, Labels, Point, Theme,
    axis::widened,
    kpi::{counts, names, notes, point, step},
    option::{Band, Dot, Layer, Look, Sheet, is_narrow},
};

/// A KPI's periods with their natural limits, drawn for `width` pixels; none where there is no such KPI or nothing has
/// been read yet. What is made for targets is not drawn: what is usual has nothing to do with what is wanted.
#[must_use]
pub fn signals(plan: &Plan, id: KpiId, today: Day, width: u32, theme: &Theme, labels: &Labels<'_>) -> Option<Drawing> {
    let kpi = plan.kpis.get(id)?;
    let report = plan.kpi_report(kpi, today);
    let signals = plan.signals(kpi, &report, today);
    let span = Span { start: report.periods.first()?.period.start, end: report.periods.last()?.period.end };
    let span = widened(span);
    let notes = notes(kpi, &report, today);
    let points = report.periods.iter().zip(notes).enumerate();
    let points: Vec<_> = points.map(|(place, (period, note))| judged(point(period, note), place, &signals)).collect();
    let step = step(&report);
    let number = |value: Number, unit: &Unit| labels.told(value, unit, step);
    let labels = &Labels { number: &number, ..*labels };
    let drawn = Drawn { kpi, report: &report, signals: &signals, points: &points, span: &span, labels };
    let (layers, bands) = (drawn.layers(is_narrow(width)), drawn.bands());
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

fn judged(point: Point, place: usize, signals: &Signals) -> Point {
    let limit = |limit: f64| Number::new(limit).ok();
    let limits = signals.usual(place).and_then(|it| Some((limit(it.low)?, limit(it.high)?)));
    Point { limits, judged: signals.periods.get(place).copied().flatten(), aim: None, ..point }
}

struct Drawn<'a> {
    kpi: &'a Kpi,
    report: &'a KpiReport,
    signals: &'a Signals,
    points: &'a [Point],
    span: &'a Span,
    labels: &'a Labels<'a>,
}

impl Drawn<'_> {
    fn layers(&self, narrow: bool) -> Vec<Layer> {
        let Labels { value, centre, upper_limit, lower_limit, .. } = *self.labels;
        let dots = self.settled().map(|point| self.dot(point)).collect();
        let values = Layer { id: "value", name: value.to_owned(), look: Look::Values, dots, end: None };
        let mut layers = vec![
            values,
            self.line("upper-limit", upper_limit, |usual| usual.high),
            self.line("centre", centre, |usual| usual.centre),
            self.line("lower-limit", lower_limit, |usual| usual.low),
        ];
        layers.retain(|layer| layer.dots.iter().any(|dot| dot.value.is_some()));
        let found = self.settled().filter(|point| point.judged.is_some_and(|judged| judged.is_signal()));
        let dots: Vec<_> = found.filter_map(|point| Some(Dot::new(point.days.start, point.value?.get()))).collect();
        if !dots.is_empty() {
            layers.push(Layer { id: "signals", name: String::new(), look: Look::Signals, dots, end: None });
        }
        // On a phone, its label would lie on those of the lines.
        layers.extend(self.last().filter(|_| !narrow));
        layers
    }

    /// The periods whose values are known: not what a running one has so far.
    fn settled(&self) -> impl DoubleEndedIterator<Item = &Point> {
        let pairs = self.points.iter().zip(&self.report.periods);
        pairs.filter(|(_, period)| period.completed || self.report.so_far.is_none()).map(|(point, _)| point)
    }

    /// A value with what is to be said of it: which signal it is, and what was noted.
    fn dot(&self, point: &Point) -> Dot {
        let dot = Dot::new(point.days.start, point.value.map(Number::get)).noted(&point.note);
        let signal = point.judged.as_ref().filter(|judged| judged.is_signal()).map(self.labels.signal);
        let texts: Vec<_> = signal.into_iter().chain(Some(dot.note).filter(|note| !note.is_empty())).collect();
        Dot { note: texts.join("\n"), ..dot }
    }

    /// A line through the limits of each period: in steps where they were computed anew, or where each has its own, and
    /// sloped around a trend.
    fn line(&self, id: &'static str, name: &str, pick: fn(&Usual) -> f64) -> Layer {
        let value = |place: usize| self.signals.usual(place).map(pick);
        let periods = self.report.periods.iter().enumerate();
        let mut dots: Vec<_> = periods.map(|(place, period)| Dot::new(period.period.start, value(place))).collect();
        let last = dots.last().filter(|last| last.day < self.span.end).cloned();
        dots.extend(last.map(|last| Dot { day: self.span.end, ..last }));
        let newest = self.report.periods.len().checked_sub(1);
        let end = newest.and_then(|place| Some((self.signals.limits(place)?, self.signals.usual(place)?)));
        let end = end.map(|(limits, usual)| limits.readable(pick(usual)));
        let end = end.map(|end| format!("{name} {}", (self.labels.number)(end, &self.kpi.unit)));
        let look = if self.signals.centre == Some(Centre::Trend) { Look::Average } else { Look::Usual };
        Layer { id, name: name.to_owned(), look, dots, end }
    }

    fn last(&self) -> Option<Layer> {
        let (point, value) = self.settled().rev().find_map(|point| Some((point, point.value?)))?;
        let below = self.report.moved.is_some_and(|moved| moved.by < 0.0);
        let signal = point.judged.is_some_and(|judged| judged.is_signal());
        let look = if signal { Look::LastSignal { below } } else { Look::Last { below } };
        let (dots, end) = (vec![Dot::new(point.days.start, value.get())], (self.labels.number)(value, &self.kpi.unit));
        Some(Layer { id: "last", name: self.labels.value.to_owned(), look, dots, end: Some(end) })
    }

    /// What lies within the limits of each stretch, where they are the same in all of its periods.
    fn bands(&self) -> Vec<Band> {
        if self.signals.centre.is_some() {
            return Vec::new();
        }
        let stretches = &self.signals.stretches;
        let ends = stretches.iter().skip(1).map(|next| next.span.start).chain([self.span.end]);
        let band = |(stretch, end): (&Stretch, Day)| {
            let limits = stretch.limits.as_ref().ok()?;
            let days = Span { start: stretch.span.start, end };
            Some(Band { days, low: Some(limits.low), high: Some(limits.high) })
        };
        stretches.iter().zip(ends).filter_map(band).collect()
    }
}
