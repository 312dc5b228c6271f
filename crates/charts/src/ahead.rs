//! Where a metric is heading: a line from its last value to its due day, and a fan of what is likely around it.

use bearings_plan::{Day, Forecast, Number, Outlook, Unit};
use serde_json::{Value, json};

use crate::{
    Labels, Point, PointKind, Theme,
    axis::millis,
    option::{Dot, Layer, Look},
};

/// The most days of a fan, beside the first one: enough for its curve to look like one.
const MOST: i32 = 24;

/// The way of a forecast, day by day, and the fan around it.
#[derive(Debug)]
pub(crate) struct Fan {
    days: Vec<(Day, Outlook)>,
    /// The value on the due day, as people should read it.
    end: Option<Number>,
    /// Whether there is a fan, and not only the line in its middle.
    is_open: bool,
}

impl Fan {
    pub(crate) fn of(forecast: &Forecast) -> Self {
        let pace = (forecast.ahead + MOST - 1) / MOST;
        let steps = (0..forecast.ahead).filter(|ahead| ahead % pace.max(1) == 0).chain([forecast.ahead]);
        let days = steps.map(|ahead| (forecast.since().plus_days(ahead), forecast.outlook_in(ahead))).collect();
        Self { days, end: Number::new(forecast.readable().value).ok(), is_open: forecast.has_scatter() }
    }

    /// Its lowest and its highest value, which the value axis has to hold.
    pub(crate) fn ends(&self) -> impl Iterator<Item = f64> {
        self.days.iter().flat_map(|(_, outlook)| [outlook.low, outlook.high])
    }

    /// The line in its middle.
    pub(crate) fn line(&self, labels: &Labels<'_>, unit: &Unit) -> Layer {
        let dots = self.days.iter().map(|(day, outlook)| Dot::new(*day, outlook.value)).collect();
        // The label of the last value names a unit that is a word.
        let is_word = !unit.is_percent() && unit.currency().is_none();
        let unit = if is_word { &Unit::default() } else { unit };
        let end = self.end.map(|value| format!("{} {}", labels.forecast, (labels.number)(value, unit)));
        Layer { id: "forecast", name: labels.forecast.to_owned(), look: Look::Forecast, dots, end }
    }

    /// Both edges, which only the tooltip tells, and what lies between them: ECharts fills from one line to another one
    /// that is stacked upon it, whatever their signs. Nothing where it has no edges.
    pub(crate) fn series(&self, theme: &Theme, labels: &Labels<'_>) -> Vec<Value> {
        if !self.is_open {
            return Vec::new();
        }
        let line = |id: &str, name: &str, value: fn(&Outlook) -> f64| {
            let data: Vec<_> =
                self.days.iter().map(|(day, outlook)| json!({"value": [millis(*day), value(outlook)]})).collect();
            let (width, none) = (json!({"width": 0}), json!({"color": theme.accent}));
            json!({
                "type": "line", "id": id, "name": name, "data": data, "lineStyle": width, "itemStyle": none,
                "symbol": "none", "silent": true, "z": 1,
            })
        };
        let mut low = line("low", labels.likely_from, |outlook| outlook.low);
        let mut between = line("likely", "", |outlook| outlook.high - outlook.low);
        for (stacked, more) in [
            (&mut low, json!({"stack": "likely", "stackStrategy": "all"})),
            (
                &mut between,
                json!({
                    "stack": "likely", "stackStrategy": "all",
                    "areaStyle": {"color": theme.accent_soft, "opacity": 1}, "tooltip": {"trigger": "none"},
                }),
            ),
        ] {
            if let (Some(stacked), Value::Object(more)) = (stacked.as_object_mut(), more) {
                stacked.extend(more);
            }
        }
        vec![low, between, line("high", labels.likely_to, |outlook| outlook.high)]
    }
}

/// The same as a row.
pub(crate) fn row(forecast: &Forecast) -> Point {
    let number = |value: f64| Number::new(value).ok();
    let Outlook { value, low, high } = forecast.readable();
    let likely = number(low).zip(number(high)).filter(|_| forecast.has_scatter());
    Point { value: number(value), likely, ..Point::on(PointKind::Forecast, forecast.due) }
}
