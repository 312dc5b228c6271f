//! From layers to an ECharts option.
//!
//! # What the page's binding has to know
//!
//! The option holds no code and no formatter that computes. It has one member of its own, `bearings`, which the
//! binding takes out before `setOption`:
//!
//! ```json
//! {"unit": "EUR", "x": "month", "names": {"1793404800000": "October 2026"}}
//! ```
//!
//! From it, the binding makes `yAxis.axisLabel.formatter` (numbers), `xAxis.axisLabel.formatter` (the first of a
//! month or year, or any day, as `x` says: `day`, `month`, `year`; days are midnights in UTC) and
//! `tooltip.formatter`. The tooltip is headed by the name of its day in `names`, where the value is that of a period, else
//! by the day itself. It gets the series that have a point on a day: `seriesName`, `value[1]` (`null` in a
//! gap) and, where something was noted on that day, `name`. All other texts are ready to be drawn.

use bearings_plan::{Day, Prose, Span, Unit, in_order};
use charming::{
    component::{Axis, Grid},
    datatype::{CompositeValue, DataPointItem, NumericValue},
    element::{
        AxisLabel, AxisLine, AxisPointer, AxisTick, AxisType, Formatter, ItemStyle, Label, LabelAlign, LabelPosition,
        LineStyle, LineStyleType, MarkLine, MarkLineData, MarkLineVariant, SplitLine, Step, Symbol, Tooltip, Trigger,
    },
    series::Line,
};
use serde::Serialize;
use serde_json::{Value, json};

use crate::{
    Labels, Theme,
    ahead::Fan,
    axis::{Scale, millis, ticks},
};

/// One line or one set of marks.
#[derive(Debug, Clone)]
pub(crate) struct Layer {
    pub(crate) id: &'static str,
    pub(crate) name: String,
    pub(crate) look: Look,
    pub(crate) dots: Vec<Dot>,
    /// What is written at its end.
    pub(crate) end: Option<String>,
}

/// One point of a layer.
#[derive(Debug, Clone)]
pub(crate) struct Dot {
    pub(crate) day: Day,
    pub(crate) value: Option<f64>,
    /// What is said of it when it is pointed at.
    pub(crate) note: String,
    /// Whether that is worth to be pointed at.
    pub(crate) ring: bool,
}

/// How a layer looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Look {
    /// The values.
    Values,
    /// Values that hold until they change.
    Steps,
    /// The value that matters, large and with its label: below it where the line comes from above.
    Last { below: bool },
    /// The same, where it is a signal.
    LastSignal { below: bool },
    /// A value that is not final, hollow and with its label.
    Hollow,
    /// What is expected on each day.
    Expected,
    /// The same, where it holds until it changes.
    ExpectedSteps,
    /// Where it is heading.
    Forecast,
    /// What is to be reached or kept; holds until it changes.
    Target,
    /// What others reach.
    Benchmark,
    /// A mean of several periods.
    Average,
    /// What values vary around, or the limits within which they do; holds until it changes.
    Usual,
    /// Values that are more than usual variation.
    Signals,
    /// Something happened here.
    Marks,
}

/// A soft rectangle behind the lines: from the bottom or to the top where a bound is missing.
#[derive(Debug, Clone)]
pub(crate) struct Band {
    pub(crate) days: Span,
    pub(crate) low: Option<f64>,
    pub(crate) high: Option<f64>,
}

/// Everything that is drawn.
#[derive(Debug)]
pub(crate) struct Sheet<'a> {
    pub(crate) theme: &'a Theme,
    pub(crate) labels: &'a Labels<'a>,
    pub(crate) width: u32,
    pub(crate) unit: &'a Unit,
    pub(crate) span: &'a Span,
    pub(crate) today: Option<Day>,
    /// What the periods are called whose values are drawn, by the days at which they are drawn.
    pub(crate) names: Vec<(Day, String)>,
    /// Whether the values count things that come one by one, so that there is nothing between two of them.
    pub(crate) whole: bool,
    /// What the value axis has to hold beside all that is drawn.
    pub(crate) also: &'a [f64],
    /// The first one carries the bands and the line of today.
    pub(crate) layers: Vec<Layer>,
    pub(crate) bands: Vec<Band>,
    /// Where it is heading, behind the lines.
    pub(crate) fan: Option<Fan>,
}

impl Dot {
    pub(crate) fn new(day: Day, value: impl Into<Option<f64>>) -> Self {
        Self { day, value: value.into(), note: String::new(), ring: false }
    }

    /// With what people noted on that day.
    pub(crate) fn noted(self, note: &Prose) -> Self {
        Self { note: shortened(note.as_str()), ring: !note.is_empty(), ..self }
    }
}

/// Below this width, a drawing is made for a phone.
const NARROW: u32 = 480;
/// More points than this are a line without dots.
const MOST_DOTS: usize = 80;
/// What a tooltip shows of a note.
const NOTE_CHARS: usize = 120;
const FONT: f64 = 12.0;
/// Wide enough for most characters of that size.
const CHAR: f64 = 6.8;
/// The most that the labels at the lines' ends may take.
const END_MAX: f64 = 132.0;
/// The distance of two labels' middles at which they do not touch.
const LINE_HEIGHT: f64 = 16.0;
const TOP: f64 = 32.0;
/// How far below the axis the middle of its labels is.
const AXIS_LABELS: f64 = 12.0;
/// The labels under the axis.
const BOTTOM: f64 = 28.0;

/// Whether a drawing of this width is made for a phone.
pub(crate) const fn is_narrow(width: u32) -> bool {
    width < NARROW
}

impl Sheet<'_> {
    const fn is_narrow(&self) -> bool {
        is_narrow(self.width)
    }

    /// How many pixels high it is.
    pub(crate) const fn height(&self) -> u32 {
        if self.is_narrow() { 220 } else { 260 }
    }

    /// The option.
    pub(crate) fn option(&self) -> Value {
        let dots = self.layers.iter().flat_map(|layer| &layer.dots).filter_map(|dot| dot.value);
        let bounds = self.bands.iter().flat_map(|band| [band.low, band.high]).flatten();
        let fan = self.fan.iter().flat_map(Fan::ends);
        let scale = Scale::around(dots.chain(bounds).chain(fan).chain(self.also.iter().copied()), self.whole);
        let ends = self.ends(&scale);
        let mut series: Vec<Value> =
            self.layers.iter().map(|layer| self.with_halo(value(&self.line(layer, &scale)))).collect();
        if let Some(first) = series.first_mut() {
            if let Some(today) = self.today.filter(|today| self.span.contains(*today)) {
                add(first, "markLine", self.with_halo(value(&self.line_of(today))));
            }
            if !self.bands.is_empty() {
                add(first, "markArea", self.areas(&scale));
            }
        }
        for (layer, end) in series.iter_mut().zip(ends) {
            if let Some(end) = end {
                add(layer, "endLabel", end);
            }
        }
        series.extend(self.fan.iter().flat_map(|fan| fan.series(self.theme, self.labels)));
        let most = (self.width / 80).clamp(3, 6) as usize;
        let (grain, days) = ticks(self.span, most);
        let mut aria = json!({"enabled": true});
        if !self.labels.description.is_empty() {
            add(&mut aria, "label", json!({"description": self.labels.description}));
        }
        let mut bearings = json!({"unit": self.unit.as_str(), "x": grain.word()});
        if !self.names.is_empty() {
            let names = self.names.iter().map(|(day, name)| (millis(*day).to_string(), name.as_str().into()));
            add(&mut bearings, "names", Value::Object(names.collect()));
        }
        // Without charming's `Chart`: serialising it takes along every kind of series there is.
        json!({
            "bearings": bearings,
            "useUTC": true,
            "animation": false,
            "textStyle": {"fontSize": FONT},
            "aria": aria,
            "grid": value(&self.grid()),
            "tooltip": self.tooltip(),
            "xAxis": self.days(&days),
            "yAxis": value(&self.values(&scale)),
            "series": series,
        })
    }

    fn grid(&self) -> Grid {
        let right = if self.is_narrow() { 16.0 } else { (self.end_width() + 12.0).max(24.0) };
        Grid::new().left(4.0).right(right).top(TOP).bottom(4.0).contain_label(true)
    }

    fn days(&self, days: &[Day]) -> Value {
        let marks: Vec<_> = days.iter().map(|day| CompositeValue::from(millis(*day))).collect();
        let label = AxisLabel::new().color(self.theme.ink_3.as_str()).font_size(FONT);
        let label = marks.iter().fold(label, |label, mark| label.custom_values(mark.clone()));
        let style = LineStyle::new().color(self.theme.line.as_str());
        let axis = Axis::new()
            .type_(AxisType::Time)
            .min(millis(self.span.start))
            .max(millis(self.span.end))
            .axis_label(label)
            .axis_line(AxisLine::new().show(false))
            .axis_tick(AxisTick::new().show(true).length(4.0).line_style(style).custom_values(marks))
            .split_line(SplitLine::new().show(false));
        let mut axis = value(&axis);
        // Missing in charming: labels that give way to their neighbours.
        if let Some(label) = axis.get_mut("axisLabel") {
            add(label, "hideOverlap", true.into());
        }
        axis
    }

    fn values(&self, scale: &Scale) -> Axis {
        let style = LineStyle::new().color(self.theme.line.as_str());
        Axis::new()
            .type_(AxisType::Value)
            .scale(true)
            .min(scale.min)
            .max(scale.max)
            .interval(scale.step)
            .axis_label(AxisLabel::new().color(self.theme.ink_3.as_str()).font_size(FONT))
            .axis_line(AxisLine::new().show(false))
            .axis_tick(AxisTick::new().show(false))
            .split_line(SplitLine::new().line_style(style))
    }

    fn tooltip(&self) -> Value {
        let pointer = LineStyle::new().color(self.theme.ink_3.as_str()).type_(LineStyleType::Dotted);
        let tooltip = Tooltip::new()
            .trigger(Trigger::Axis)
            .axis_pointer(AxisPointer::new().line_style(pointer))
            .background_color(self.theme.card.as_str())
            .border_color(self.theme.line.as_str())
            .border_width(1.0);
        let mut tooltip = value(&tooltip);
        // Missing in charming: texts on the canvas rather than as HTML, within the drawing, in the page's colour.
        add(&mut tooltip, "renderMode", "richText".into());
        add(&mut tooltip, "confine", true.into());
        add(&mut tooltip, "textStyle", json!({"color": self.theme.ink, "fontSize": FONT}));
        tooltip
    }

    /// One chain of calls for all looks: each call moves all that a line can be, which is much code.
    fn line(&self, layer: &Layer, scale: &Scale) -> Line {
        let Theme { accent, ink_2, ink_3, card, warn, .. } = self.theme;
        let look = layer.look;
        let (color, width, kind) = match look {
            Look::Expected | Look::ExpectedSteps => (ink_3, 1.0, LineStyleType::Dashed),
            Look::Forecast => (accent, 1.5, LineStyleType::Dashed),
            Look::Target => (ink_2, 1.5, LineStyleType::Dashed),
            Look::Benchmark => (ink_3, 1.5, LineStyleType::Dotted),
            Look::Values | Look::Steps => (accent, 2.0, LineStyleType::Solid),
            Look::Average => (ink_3, 1.5, LineStyleType::Solid),
            Look::Usual => (ink_3, 1.0, LineStyleType::Solid),
            Look::Last { .. } | Look::LastSignal { .. } | Look::Hollow | Look::Signals | Look::Marks => {
                (accent, 0.0, LineStyleType::Solid)
            }
        };
        let (symbol, size, fill, edge, edge_width) = match look {
            Look::Values | Look::Steps => (Symbol::Circle, 6.0, accent, accent, 0.0),
            Look::Last { .. } => (Symbol::Circle, 11.0, accent, card, 2.0),
            Look::LastSignal { .. } => (Symbol::Diamond, 15.0, warn, card, 2.0),
            Look::Signals => (Symbol::Diamond, 11.0, warn, card, 1.0),
            Look::Hollow => (Symbol::Circle, 9.0, card, accent, 2.0),
            Look::Marks => (Symbol::Diamond, 9.0, card, ink_2, 1.5),
            _ => (Symbol::None, 0.0, color, color, 0.0),
        };
        // Where there is no line, there has to be a dot.
        let alone = layer.dots.iter().filter(|dot| dot.value.is_some()).count() < 2;
        let dots = look.is_mark() || look == Look::Values && layer.dots.len() <= MOST_DOTS;
        let steps = matches!(look, Look::Steps | Look::ExpectedSteps | Look::Target | Look::Usual);
        let line = Line::new()
            .id(layer.id)
            .name(layer.name.as_str())
            .connect_nulls(false)
            .data(self.data(layer))
            .line_style(LineStyle::new().color(color.as_str()).width(width).type_(kind))
            .symbol(symbol)
            .symbol_size(size)
            .show_symbol(dots || alone)
            .item_style(ItemStyle::new().color(fill.as_str()).border_color(edge.as_str()).border_width(edge_width))
            .step(if steps { Step::End } else { Step::False })
            .silent(look.is_mark())
            .z(match look {
                Look::Values | Look::Steps => 3,
                _ if look.is_mark() => 4,
                _ => 2,
            });
        let labelled = matches!(look, Look::Last { .. } | Look::LastSignal { .. } | Look::Hollow);
        let line = if labelled { line.label(self.label(layer, scale)) } else { line };
        // The same value is told by the line below it.
        let told = matches!(look, Look::Last { .. } | Look::LastSignal { .. } | Look::Signals);
        if told { line.tooltip(Tooltip::new().trigger(Trigger::None)) } else { line }
    }

    fn data(&self, layer: &Layer) -> Vec<DataPointItem> {
        let ring = ItemStyle::new().color(self.theme.card.as_str()).border_color(self.theme.accent.as_str());
        let ring = ring.border_width(2.0);
        let item = |dot: &Dot| {
            let day = CompositeValue::from(millis(dot.day));
            let value = CompositeValue::OptionalNumber(dot.value.map(NumericValue::from));
            let item = DataPointItem::new(vec![day, value]);
            let item = if dot.note.is_empty() { item } else { item.name(dot.note.as_str()) };
            if dot.ring { item.item_style(ring.clone()) } else { item }
        };
        layer.dots.iter().map(item).collect()
    }

    /// The label of a single point, kept within the drawing and off the line of today.
    fn label(&self, layer: &Layer, scale: &Scale) -> Label {
        let text = layer.end.as_deref().unwrap_or_default();
        let (color, weight, below) = match layer.look {
            Look::Last { below } | Look::LastSignal { below } => (&self.theme.ink, "bold", below),
            _ => (&self.theme.ink_2, "normal", false),
        };
        let place = layer.dots.first();
        let room = place.and_then(|dot| dot.value).is_some_and(|value| scale.share(value) > 0.09);
        let position = if below && room { LabelPosition::Bottom } else { LabelPosition::Top };
        let label = Label::new().show(true).position(position).distance(7.0).font_size(FONT);
        let label = label.color(color.as_str()).font_weight(weight).formatter(Formatter::String(plain(text)));
        let Some(along) = place.map(|dot| self.along(dot.day)) else { return label };
        let half = estimated(text) / 2.0 / f64::from(self.width);
        let today = self.today.map(|today| self.along(today) - along);
        if along < half {
            label.align(LabelAlign::Left)
        } else if along + half > 1.0 || today.is_some_and(|today| (0.0..half * 1.5).contains(&today)) {
            label.align(LabelAlign::Right).offset((-3.0, 0.0))
        } else {
            label
        }
    }

    /// How far along the time axis a day lies.
    fn along(&self, day: Day) -> f64 {
        let length = |to: Day| f64::from(to.days_since(self.span.start));
        length(day) / length(self.span.end).max(1.0)
    }

    fn line_of(&self, today: Day) -> MarkLine {
        let style = LineStyle::new().color(self.theme.ink_3.as_str()).width(1.0);
        let style = style.type_(LineStyleType::Solid);
        let text = Formatter::String(plain(self.labels.today));
        let label = Label::new().show(true).formatter(text);
        let label = label.color(self.theme.ink_2.as_str()).font_size(FONT);
        // At both ends of the axis it would lie over the labels beside the plot.
        let (along, half) = (self.along(today), estimated(self.labels.today) / 2.0 / f64::from(self.width));
        let label = if along < half {
            label.align(LabelAlign::Left)
        } else if along + half > 1.0 {
            label.align(LabelAlign::Right)
        } else {
            label
        };
        MarkLine::new()
            .silent(true)
            .z(1.0)
            .symbol(vec![Symbol::None, Symbol::None])
            .line_style(style)
            .label(label)
            .data(vec![MarkLineVariant::Simple(MarkLineData::new().x_axis(millis(today)))])
    }

    /// Charming's `MarkArea` takes texts only as coordinates.
    fn areas(&self, scale: &Scale) -> Value {
        let area = |band: &Band| {
            let (low, high) = (band.low.unwrap_or(scale.min), band.high.unwrap_or(scale.max));
            json!([
                {"xAxis": millis(band.days.start), "yAxis": low},
                {"xAxis": millis(band.days.end), "yAxis": high},
            ])
        };
        let areas: Vec<Value> = self.bands.iter().map(area).collect();
        json!({"silent": true, "itemStyle": {"color": self.theme.accent_soft}, "data": areas})
    }

    /// Missing in charming: an edge in the colour of the ground, so that a line behind a label does not strike it out.
    fn with_halo(&self, mut labelled: Value) -> Value {
        if let Some(label) = labelled.get_mut("label") {
            self.add_halo(label);
        }
        labelled
    }

    fn add_halo(&self, label: &mut Value) {
        add(label, "textBorderColor", self.theme.card.as_str().into());
        add(label, "textBorderWidth", 3.into());
    }

    fn ending(&self) -> impl Iterator<Item = (usize, &str, f64)> {
        let lines = self.layers.iter().enumerate().filter(|(_, layer)| !layer.look.is_mark());
        lines.filter_map(|(index, layer)| Some((index, layer.end.as_deref()?, layer.dots.last()?.value?)))
    }

    fn end_width(&self) -> f64 {
        self.ending().map(|(_, text, _)| estimated(text)).fold(0.0, f64::max).min(END_MAX)
    }

    /// The labels at the lines' ends, moved apart where they would touch. Missing in charming as a whole.
    fn ends(&self, scale: &Scale) -> Vec<Option<Value>> {
        let plot = f64::from(self.height()) - TOP - BOTTOM;
        let mut places: Vec<_> =
            self.ending().map(|(index, text, value)| (index, text, (1.0 - scale.share(value)) * plot)).collect();
        let is_target = |index: usize| self.layers[index].look == Look::Target;
        if self.is_narrow() {
            // No room for both: the target's label says where the other line ends as well.
            let targets: Vec<f64> = places.iter().filter(|place| is_target(place.0)).map(|place| place.2).collect();
            let near = |place: f64| targets.iter().any(|target| (target - place).abs() < LINE_HEIGHT);
            places.retain(|place| is_target(place.0) || !near(place.2));
        }
        // Of labels at the same place, the target's comes first.
        let places =
            in_order(places, |a, b| a.2.total_cmp(&b.2).then(is_target(b.0).cmp(&is_target(a.0))).then(a.0.cmp(&b.0)));
        let mut moved: Vec<f64> = places.iter().map(|place| place.2).collect();
        for index in 1..moved.len() {
            moved[index] = moved[index].max(moved[index - 1] + LINE_HEIGHT);
        }
        // One label may stand beside those of the time axis.
        let mut floor = plot + AXIS_LABELS;
        for place in moved.iter_mut().rev() {
            *place = place.min(floor);
            floor = *place - LINE_HEIGHT;
        }
        let mut labels = vec![None; self.layers.len()];
        for ((index, text, place), moved) in places.into_iter().zip(moved) {
            let color = if is_target(index) { &self.theme.ink_2 } else { &self.theme.ink_3 };
            let mut label = json!({"show": true, "formatter": plain(text), "color": color, "fontSize": FONT});
            self.add_halo(&mut label);
            let down = (moved - place).round();
            if self.is_narrow() {
                // No room beside the plot: above the line's end.
                add(&mut label, "align", "right".into());
                add(&mut label, "verticalAlign", "bottom".into());
                add(&mut label, "distance", 0.into());
                add(&mut label, "offset", json!([0, down - 3.0]));
            } else {
                add(&mut label, "distance", 8.into());
                add(&mut label, "offset", json!([0, down]));
            }
            if estimated(text) > END_MAX {
                add(&mut label, "width", END_MAX.into());
                add(&mut label, "overflow", "truncate".into());
                add(&mut label, "ellipsis", "…".into());
            }
            labels[index] = Some(label);
        }
        labels
    }
}

impl Look {
    /// Whether it is points without a line: their label belongs to the point.
    const fn is_mark(self) -> bool {
        matches!(self, Self::Last { .. } | Self::LastSignal { .. } | Self::Hollow | Self::Signals | Self::Marks)
    }
}

fn estimated(text: &str) -> f64 {
    f64::from(u32::try_from(text.chars().count()).unwrap_or(u32::MAX)) * CHAR
}

fn shortened(text: &str) -> String {
    match text.char_indices().nth(NOTE_CHARS) {
        Some((end, _)) => format!("{}…", text[..end].trim_end()),
        None => text.to_owned(),
    }
}

/// A text as a label that ECharts shows as it is: in labels, `{c}` and the like would be replaced by numbers. A word
/// joiner, which nobody sees, takes the meaning from the brace.
fn plain(text: &str) -> String {
    text.replace('{', "{\u{2060}")
}

/// Charming's builders serialise without fail.
fn value<T: Serialize>(built: &T) -> Value {
    serde_json::to_value(built).unwrap_or_default()
}

fn add(object: &mut Value, key: &str, value: Value) {
    if let Some(object) = object.as_object_mut() {
        object.insert(key.to_owned(), value);
    }
}
