//! Plans in a few lines, and a way to look into an option.

use bearings_charts::{Drawing, Labels, Theme};
use bearings_plan::*;
use serde_json::Value;

pub const WIDE: u32 = 640;
pub const NARROW: u32 = 340;
pub const HOSTILE: &str = "<script>alert('{c}')</script>";

/// A quarter from 2026-10-01 to 2026-12-31 with one objective and one key result.
pub struct Quarter {
    pub plan: Plan,
    pub objective: ObjectiveId,
    pub key_result: KeyResultId,
    ticks: u16,
}

pub fn day(text: &str) -> Day {
    text.parse().unwrap()
}

pub fn number(value: f64) -> Number {
    Number::new(value).unwrap()
}

pub fn metric(start: f64, target: f64) -> Measure {
    Measure::Metric { start: number(start), target: number(target) }
}

pub fn stay(bounds: Bounds) -> Measure {
    Measure::Stay { bounds, share: Share::default() }
}

pub fn at_least(value: f64) -> Bounds {
    Bounds::AtLeast { value: number(value) }
}

pub fn between(low: f64, high: f64) -> Bounds {
    Bounds::Between { low: number(low), high: number(high) }
}

pub fn name(text: &str) -> Name {
    Name::new(text).unwrap()
}

pub fn seed(n: u8) -> Seed {
    Seed { millis: u64::from(n), random: [n; 10] }
}

pub fn at(day: Day, tick: u16) -> At {
    At { stamp: Stamp::new(1_000, tick, Actor(1)), day }
}

impl Quarter {
    pub fn new(measure: Measure) -> Self {
        let at = at(day("2026-10-01"), 0);
        let span = Span { start: day("2026-10-01"), end: day("2026-12-31") };
        let cycle = Cycle::new(seed(1).into(), name("Q4"), span, at);
        let objective = Objective::new(seed(2).into(), name("Grow"), Some(cycle.id), at);
        let key_result = KeyResult::new(seed(3).into(), objective.id, name("Visitors"), measure, at);
        let (objective_id, key_result_id) = (objective.id, key_result.id);
        let plan = Plan::new(seed(0).into(), name("Plan"), at);
        let mut quarter = Self { plan, objective: objective_id, key_result: key_result_id, ticks: 0 };
        for entity in [AnyEntity::from(cycle), objective.into(), key_result.into()] {
            quarter.make(Change::Add(entity));
        }
        quarter
    }

    pub fn make(&mut self, change: Change) {
        self.ticks += 1;
        self.plan = self.plan.apply(&change, at(day("2026-10-01"), self.ticks)).unwrap().0;
    }

    pub fn edit(&mut self, edit: KeyResultEdit, from: &str) {
        let edit = Edit::of(self.key_result, edit);
        self.make(Change::Edit { edit, from: Some(day(from)) });
    }

    pub fn check_in(&mut self, on: &str, value: impl Into<Option<f64>>, note: &str) {
        let check_ins = &self.plan.key_results.get(self.key_result).unwrap().check_ins;
        let key = check_ins.next_key(day(on), Actor(1));
        let row = CheckIn { value: value.into().map(number), confidence: None, note: Prose::new(note).unwrap() };
        self.make(Change::CheckIn { of: self.key_result, key, row: Some(row) });
    }

    pub fn draw(&self, today: &str, width: u32) -> Drawing {
        bearings_charts::key_result(&self.plan, self.key_result, day(today), width, &theme(), &labels()).unwrap()
    }
}

pub fn theme() -> Theme {
    let [ink, ink_2, ink_3, line] = ["#111", "#222", "#333", "#ddd"].map(str::to_owned);
    let [accent, accent_soft, warn, card] = ["#00f", "#eef", "#fa0", "#fff"].map(str::to_owned);
    Theme { ink, ink_2, ink_3, line, accent, accent_soft, warn, card }
}

pub fn labels() -> Labels<'static> {
    Labels {
        description: "As a sentence",
        value: "value",
        progress: "progress",
        expected: "expected",
        target: "target",
        lower: "at least",
        upper: "at most",
        today: "today",
        start: "start",
        moved: "moved",
        forecast: "as it goes",
        likely_from: "likely from",
        likely_to: "to",
        so_far: "so far",
        average: &|n, _| format!("mean of {n}"),
        centre: "average",
        upper_limit: "upper",
        lower_limit: "lower",
        period: &|span, _| format!("from {}", span.start),
        signal: &|judged| format!("signal {}", judged.running),
        number: &|value, unit| format!("{value}{unit}"),
        exact: &|value, unit| format!("exactly {value}{unit}"),
    }
}

/// The series of an id.
pub fn series<'a>(drawing: &'a Drawing, id: &str) -> Option<&'a Value> {
    drawing.option["series"].as_array().unwrap().iter().find(|series| series["id"] == id)
}

/// The points of a series as days and values.
pub fn data(drawing: &Drawing, id: &str) -> Vec<(String, Option<f64>)> {
    let Some(series) = series(drawing, id) else { return Vec::new() };
    let point = |point: &Value| (date(&point["value"][0]), point["value"][1].as_f64());
    series["data"].as_array().unwrap().iter().map(point).collect()
}

/// As the axis counts it, back to a day.
pub fn date(millis: &Value) -> String {
    let days = millis.as_i64().unwrap() / 86_400_000;
    day("1970-01-01").plus_days(i32::try_from(days).unwrap()).to_string()
}

pub fn dated(rows: &[(&str, f64)]) -> Vec<(String, Option<f64>)> {
    rows.iter().map(|(day, value)| ((*day).to_owned(), Some(*value))).collect()
}
