//! A key result over time.

use std::collections::{BTreeMap, BTreeSet};

use bearings_plan::{
    Bounds, Confidence, Dated, Day, KeyResult, KeyResultId, KeyResultPoint, KeyResultReport, Measure, Number, Plan,
    PointSource, Prose, Span, Unit, in_order,
};

use crate::{
    Aim, Drawing, Labels, Point, PointKind, Theme,
    ahead::{self, Fan},
    axis::{Scale, widened},
    keep::Keep,
    option::{Band, Dot, Layer, Look, Sheet},
};

/// A key result over its days, drawn for `width` pixels; none where there is no such key result.
#[must_use]
pub fn key_result(
    plan: &Plan,
    id: KeyResultId,
    today: Day,
    width: u32,
    theme: &Theme,
    labels: &Labels<'_>,
) -> Option<Drawing> {
    let key_result = plan.key_results.get(id)?;
    let report = plan.key_result_report(key_result, today);
    let rows = rows(plan, key_result, today);
    let span = shown(&report, &rows, key_result.created, today);
    let measure = key_result.measure.on(today);
    let progress = matches!(measure, Measure::Milestones {} | Measure::Done {});
    let percent = Unit::new("%").unwrap_or_default();
    let unit = if progress { percent } else { (*key_result.unit).clone() };
    let values = rows.values().filter_map(|row| row.point.as_ref()).map(|point| point.value.get());
    let step = Scale::around(values, false).step;
    let number = |value: Number, unit: &Unit| labels.told(value, unit, step);
    let labels = &Labels { number: &number, ..*labels };
    let course = Course { plan, key_result, report: &report, rows: &rows, span: &span, today, labels, unit: &unit };
    let drawn = match measure {
        Measure::Metric { .. } => course.metric(),
        Measure::Stay { .. } => course.stay(),
        Measure::Milestones {} | Measure::Done {} => course.progress(),
        Measure::Baseline {} => course.baseline(),
    };
    let Drawn { layers, bands, points, fan } = drawn;
    // Progress is seen against all of the way.
    let also: &[f64] = if progress { &[0.0, 100.0] } else { &[] };
    let calendar = plan.feeding(key_result, today).map(|kpi| plan.periods(*kpi.frequency.on(today), today));
    let periods = points.iter().filter(|point| point.kind == PointKind::Period);
    let name = |point: &Point| Some((point.day(), (labels.period)(&point.days, calendar?)));
    let names = periods.filter_map(name).collect();
    let known: Vec<_> = rows.values().filter_map(|row| row.point.clone()).collect();
    let whole = !progress && plan.counts_things(key_result, &known, today);
    let sheet = Sheet {
        theme,
        labels,
        width,
        unit: &unit,
        span: &span,
        today: Some(today),
        names,
        whole,
        also,
        layers,
        bands,
        fan,
    };
    let (option, height) = (sheet.option(), sheet.height());
    Some(Drawing { option, height, unit, progress, span, points })
}

/// What is known of a day: its point, and the last confidence and note of its check-ins.
#[derive(Debug, Clone, Default)]
struct Row {
    point: Option<KeyResultPoint>,
    confidence: Option<Confidence>,
    note: Prose,
}

/// Day by day.
fn rows(plan: &Plan, key_result: &KeyResult, today: Day) -> BTreeMap<Day, Row> {
    let mut rows: BTreeMap<Day, Row> = BTreeMap::new();
    for (key, check_in) in key_result.check_ins.iter().take_while(|(key, _)| key.day <= today) {
        let row = rows.entry(key.day).or_default();
        row.confidence = check_in.confidence.or(row.confidence);
        if !check_in.note.is_empty() {
            row.note = check_in.note.clone();
        }
    }
    for point in plan.points_of(key_result, today) {
        let row = rows.entry(point.day).or_default();
        row.point = Some(point);
    }
    rows
}

/// The days of the key result and of its check-ins; two at least.
fn shown(report: &KeyResultReport, rows: &BTreeMap<Day, Row>, created: Day, today: Day) -> Span {
    let span = report.span.clone().unwrap_or_else(|| Span { start: created.min(today), end: today });
    let first = rows.keys().next().copied().unwrap_or(span.start);
    let last = rows.keys().next_back().copied().unwrap_or(span.end);
    let (start, end) = (span.start.min(first), span.end.max(last));
    widened(Span { start, end })
}

/// What a measure gives to draw.
#[derive(Debug, Default)]
struct Drawn {
    layers: Vec<Layer>,
    bands: Vec<Band>,
    points: Vec<Point>,
    fan: Option<Fan>,
}

/// Everything that a measure needs to know.
#[derive(Debug, Clone, Copy)]
struct Course<'a> {
    plan: &'a Plan,
    key_result: &'a KeyResult,
    report: &'a KeyResultReport,
    rows: &'a BTreeMap<Day, Row>,
    span: &'a Span,
    today: Day,
    labels: &'a Labels<'a>,
    unit: &'a Unit,
}

impl Course<'_> {
    fn metric(&self) -> Drawn {
        let mut points = self.checked();
        for point in &mut points {
            point.aim = self.aim(point.day());
            point.expected = self.report_on(point.day()).expected_value();
        }
        let moved = self.moved();
        let target = |day: Day| match self.key_result.measure.on(day) {
            Measure::Metric { target, .. } => Some(*target),
            _ => None,
        };
        let end = target(self.span.end).map(|target| self.worded(self.labels.target, target));
        let days = self.days(&points, [self.span.start, self.span.end]);
        let dots = days.iter().map(|day| Dot::new(*day, target(*day).map(Number::get))).collect();
        let target = Layer { id: "target", name: self.labels.target.to_owned(), look: Look::Target, dots, end };
        let forecast = self.plan.forecast_told(self.key_result, self.report, self.today);
        let fan = forecast.as_ref().map(Fan::of);
        let mut layers = vec![self.values(&points, Look::Values)];
        layers.extend(self.expected(&points));
        layers.extend(fan.as_ref().map(|fan| fan.line(self.labels, self.unit)));
        layers.push(target);
        layers.extend(self.marks(&moved));
        layers.extend(self.last(&points));
        let mut points = merged(points, moved);
        points.extend(forecast.as_ref().map(|forecast| Point {
            expected: self.report_on(forecast.due).expected_value(),
            aim: self.aim(forecast.due),
            ..ahead::row(forecast)
        }));
        Drawn { layers, bands: Vec::new(), points, fan }
    }

    /// The line from the start to where it ends on the due day; it breaks where the definition changed.
    fn expected(&self, points: &[Point]) -> Option<Layer> {
        let span = self.report.span.as_ref()?;
        let days = self.days(points, [span.start, span.end]);
        let days = days.into_iter().filter(|day| span.contains(*day));
        let dots: Vec<_> =
            days.filter_map(|day| Some(Dot::new(day, self.report_on(day).expected_value()?.get()))).collect();
        let (name, end) = (self.labels.expected.to_owned(), Some(self.labels.expected.to_owned()));
        (dots.len() > 1).then_some(Layer { id: "expected", name, look: Look::Expected, dots, end })
    }

    fn stay(&self) -> Drawn {
        let mut points = self.checked();
        for point in &mut points {
            point.aim = self.aim(point.day());
        }
        let moved = self.moved();
        let days = self.days(&points, [self.span.start, self.span.end]);
        let bounds = |day: Day| match self.key_result.measure.on(day) {
            Measure::Stay { bounds, .. } => Some(bounds.clone()),
            _ => None,
        };
        let steps = days.iter().map(|day| (*day, bounds(*day))).collect();
        let keep = Keep { steps, end: self.span.end, unit: self.unit, labels: self.labels };
        let mut layers = vec![self.values(&points, Look::Values)];
        layers.extend(keep.layers());
        layers.extend(self.marks(&moved));
        layers.extend(self.last(&points));
        Drawn { layers, bands: keep.bands(true), points: merged(points, moved), fan: None }
    }

    /// Per cent of the way, which changes on single days.
    fn progress(&self) -> Drawn {
        let mut points = self.checked();
        let steps = self.plan.milestones_of(self.key_result.id);
        for step in &steps {
            let Some(done) = step.done.filter(|done| *done <= self.today && self.span.contains(*done)) else {
                continue;
            };
            let note = Prose::new(step.title.as_str()).unwrap_or_default();
            points.push(Point { note, ..Point::on(PointKind::Step, done) });
        }
        let mut points = merged(points, Vec::new());
        let (first, last) = (self.span.start, self.today.min(self.span.end));
        let percent = |share: f64| Number::new(share * 100.0).ok();
        let progress = |day: Day| percent(self.report_on(day).progress?.share);
        let line_end = percent(self.report.line_end);
        for point in &mut points {
            let report = self.report_on(point.day());
            point.value = report.progress.and_then(|progress| percent(progress.share));
            point.expected = report.expected.and_then(|expected| percent(expected.share));
            point.aim = line_end.map(Aim::Reach);
        }
        let days = self.days(&points, [first, last]);
        let dots = days.iter().filter(|day| (first..=last).contains(*day)).map(|day| {
            let dot = Dot::new(*day, progress(*day).map(Number::get));
            match points.iter().rfind(|point| point.day() == *day && !point.note.is_empty()) {
                Some(point) => dot.noted(&point.note),
                None => dot,
            }
        });
        let (id, name, look) = ("value", self.labels.progress.to_owned(), Look::Steps);
        let values = Layer { id, name, look, dots: dots.collect(), end: None };
        let now = values.dots.last().and_then(|dot| Some((dot.day, Number::new(dot.value?).ok()?)));
        let mut layers = vec![values];
        layers.extend(
            self.expected_steps(self.plan.step_dues(self.key_result.id, self.today).into_iter().map(|(_, due)| due)),
        );
        if let Some(line_end) = line_end {
            let name = self.labels.target.to_owned();
            let dots = [self.span.start, self.span.end].map(|day| Dot::new(day, line_end.get())).into();
            let end = Some(self.worded(self.labels.target, line_end));
            layers.push(Layer { id: "target", name, look: Look::Target, dots, end });
        }
        layers.extend(now.map(|(day, value)| self.emphasised(day, value, false)));
        Drawn { layers, bands: Vec::new(), points, fan: None }
    }

    /// What should have been done by each day on which something is due.
    fn expected_steps(&self, due: impl Iterator<Item = Day>) -> Option<Layer> {
        let span = self.report.span.as_ref()?;
        let days: BTreeSet<Day> = due.filter(|day| span.contains(*day)).chain([span.start, span.end]).collect();
        let dots: Vec<_> = days
            .into_iter()
            .filter_map(|day| Some(Dot::new(day, self.report_on(day).expected?.share * 100.0)))
            .collect();
        let (name, end) = (self.labels.expected.to_owned(), Some(self.labels.expected.to_owned()));
        (dots.len() > 1).then_some(Layer { id: "expected", name, look: Look::ExpectedSteps, dots, end })
    }

    /// Numbers without an aim: it is still being looked for.
    fn baseline(&self) -> Drawn {
        let points = self.checked();
        let mut layers = vec![self.values(&points, Look::Values)];
        layers.extend(self.last(&points));
        Drawn { layers, bands: Vec::new(), points, fan: None }
    }

    fn report_on(&self, day: Day) -> KeyResultReport {
        self.plan.key_result_report(self.key_result, day)
    }

    fn checked(&self) -> Vec<Point> {
        let point = |(day, row): (&Day, &Row)| {
            let source = row.point.as_ref().map(|point| &point.source);
            let (kind, days) = match source {
                Some(PointSource::Start) => (PointKind::Start, None),
                Some(PointSource::Period(period)) => (PointKind::Period, Some(period.clone())),
                Some(PointSource::Reading) => (PointKind::Reading, None),
                Some(PointSource::CheckIn) | None => (PointKind::CheckIn, None),
            };
            let days = days.unwrap_or(Span { start: *day, end: *day });
            let value = row.point.as_ref().map(|point| point.value);
            Point { value, confidence: row.confidence, note: row.note.clone(), ..Point::new(kind, days) }
        };
        self.rows.iter().map(point).collect()
    }

    fn aim(&self, day: Day) -> Option<Aim> {
        match self.key_result.measure.on(day) {
            Measure::Metric { target, .. } => Some(Aim::Reach(*target)),
            Measure::Stay { bounds, .. } => Some(Aim::Keep(bounds.clone())),
            _ => None,
        }
    }

    /// The days on which another aim came into force.
    fn moved(&self) -> Vec<Point> {
        let later = self.key_result.measure.revisions().skip(1).map(|revision| revision.from);
        let within = later.filter(|day| self.span.contains(*day));
        let moved = within.filter(|day| self.aim(*day) != self.aim(day.plus_days(-1)));
        moved.map(|day| Point { aim: self.aim(day), ..Point::on(PointKind::Moved, day) }).collect()
    }

    fn marks(&self, moved: &[Point]) -> Option<Layer> {
        let at = |point: &Point| match point.aim.as_ref()? {
            Aim::Reach(value) => Some(*value),
            Aim::Keep(Bounds::AtLeast { value } | Bounds::AtMost { value }) => Some(*value),
            Aim::Keep(Bounds::Between { high, .. }) => Some(*high),
        };
        let dots: Vec<_> = moved.iter().filter_map(|point| Some(Dot::new(point.day(), at(point)?.get()))).collect();
        let name = self.labels.moved.to_owned();
        (!dots.is_empty()).then_some(Layer { id: "moved", name, look: Look::Marks, dots, end: None })
    }

    /// Every day on which a line may turn: those of the points, those on which a definition changed (and the day
    /// before, on which the old one was in force), and `ends`.
    fn days(&self, points: &[Point], ends: [Day; 2]) -> Vec<Day> {
        fn changes<T: 'static>(dated: &Dated<T>) -> impl Iterator<Item = Day> {
            dated.revisions().skip(1).flat_map(|revision| [revision.from.plus_days(-1), revision.from])
        }
        let mut days: BTreeSet<Day> = points.iter().map(Point::day).chain(ends).collect();
        days.extend(changes(&self.key_result.measure));
        days.extend(changes(&self.key_result.dates));
        if let Some(objective) = self.plan.objectives.get(*self.key_result.objective.on(self.today)) {
            days.extend(changes(&objective.kind));
            let cycle = (*objective.cycle.on(self.today)).and_then(|id| self.plan.cycles.get(id));
            days.extend(cycle.into_iter().flat_map(|cycle| changes(&cycle.span)));
        }
        days.into_iter().filter(|day| self.span.contains(*day)).collect()
    }

    /// A check-in without a value leaves no gap: the value simply was not asked for.
    fn values(&self, points: &[Point], look: Look) -> Layer {
        let dot = |point: &Point| {
            let dot = Dot::new(point.day(), point.value?.get());
            let started = point.kind == PointKind::Start;
            Some(if started { Dot { note: self.labels.start.to_owned(), ..dot } } else { dot.noted(&point.note) })
        };
        let dots = points.iter().filter_map(dot).collect();
        Layer { id: "value", name: self.labels.value.to_owned(), look, dots, end: None }
    }

    fn last(&self, points: &[Point]) -> Option<Layer> {
        let mut valued = points.iter().rev().filter_map(|point| Some((point, point.value?)));
        let (point, value) = valued.next().filter(|(point, _)| point.kind != PointKind::Start)?;
        let below = valued.next().is_some_and(|(_, before)| before > value);
        Some(self.emphasised(point.day(), value, below))
    }

    fn emphasised(&self, day: Day, value: Number, below: bool) -> Layer {
        let end = Some((self.labels.number)(value, self.unit));
        let (name, dots) = (self.labels.value.to_owned(), vec![Dot::new(day, value.get())]);
        Layer { id: "last", name, look: Look::Last { below }, dots, end }
    }

    fn worded(&self, label: &str, value: Number) -> String {
        format!("{label} {}", (self.labels.number)(value, self.unit))
    }
}

fn merged(mut points: Vec<Point>, moved: Vec<Point>) -> Vec<Point> {
    points.extend(moved);
    in_order(points, |a, b| a.day().cmp(&b.day()))
}
