//! Where the ticks of both axes go. Decided here rather than by ECharts, so that a drawing is the same everywhere and
//! its grid stays quiet.

use bearings_plan::{Day, Span};

/// A single day is no axis: it gets a neighbour.
pub(crate) fn widened(Span { start, end }: Span) -> Span {
    let end = if start == end { end.plus_days(1) } else { end };
    Span { start: if start == end { start.plus_days(-1) } else { start }, end }
}

/// What the labels under the time axis should say of their days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Grain {
    Day,
    Month,
    Year,
}

impl Grain {
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Month => "month",
            Self::Year => "year",
        }
    }
}

/// Distances of ticks, finest first.
const PACES: &[(Grain, i32)] = &[
    (Grain::Day, 1),
    (Grain::Day, 2),
    (Grain::Day, 7),
    (Grain::Month, 1),
    (Grain::Month, 2),
    (Grain::Month, 3),
    (Grain::Month, 6),
    (Grain::Year, 1),
    (Grain::Year, 2),
    (Grain::Year, 5),
    (Grain::Year, 10),
    (Grain::Year, 50),
];

/// The finest round days within `span` that are no more than `most`.
pub(crate) fn ticks(span: &Span, most: usize) -> (Grain, Vec<Day>) {
    let all = PACES.iter().map(|(grain, pace)| (*grain, ticks_every(span, *grain, *pace, most)));
    all.into_iter().find(|(_, days)| days.len() <= most).unwrap_or((Grain::Year, Vec::new()))
}

/// The ticks of one pace; one more than `most` where there are too many.
fn ticks_every(span: &Span, grain: Grain, pace: i32, most: usize) -> Vec<Day> {
    let month = i32::from(span.start.month()) - 1;
    let first = match grain {
        Grain::Day if pace < 7 => span.start,
        Grain::Day => span.start.plus_days(-i32::from(span.start.weekday())),
        Grain::Month => span.start.month_start().plus_months(-month.rem_euclid(pace)),
        Grain::Year => span.start.month_start().plus_months(-month - 12 * span.start.year().rem_euclid(pace)),
    };
    let nth = |n: i32| match grain {
        Grain::Day => first.plus_days(n * pace),
        Grain::Month => first.plus_months(n * pace),
        Grain::Year => first.plus_months(12 * n * pace),
    };
    let mut days: Vec<Day> = Vec::new();
    for day in (0..).map(nth).skip_while(|day| *day < span.start).take_while(|day| *day <= span.end) {
        // At the end of the calendar, days stop growing.
        if days.last().is_some_and(|last| *last >= day) || days.len() > most {
            break;
        }
        days.push(day);
    }
    days
}

/// Milliseconds from 1970 to the day's midnight, in UTC: the axis counts in these.
pub(crate) fn millis(day: Day) -> i64 {
    const EPOCH_1970: (i32, u8, u8) = (1970, 1, 1);
    let (year, month, first) = EPOCH_1970;
    Day::new(year, month, first).map_or(0, |epoch| i64::from(day.days_since(epoch)) * 86_400_000)
}

/// The value axis: from `min` to `max` in steps of `step`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Scale {
    pub(crate) min: f64,
    pub(crate) max: f64,
    pub(crate) step: f64,
}

/// The most intervals between grid lines: five lines.
const INTERVALS: f64 = 4.0;
/// Round steps of one power of ten, and of the next for what does not fit.
const ROUND: [f64; 7] = [1.0, 2.0, 2.5, 5.0, 10.0, 20.0, 25.0];

impl Scale {
    /// Round ends around `values`, with at most five grid lines; at whole numbers where they count things.
    pub(crate) fn around(values: impl Iterator<Item = f64>, whole: bool) -> Self {
        let (mut low, mut high) =
            values.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| (low.min(value), high.max(value)));
        if low > high {
            (low, high) = (0.0, 1.0);
        } else if high - low <= high.abs().max(low.abs()) * 1e-12 {
            let room = if high == 0.0 { 1.0 } else { high.abs() * 0.1 };
            let room = if whole { room.max(1.0) } else { room };
            // A flat line of zeros stands on the ground.
            (low, high) = (if low >= 0.0 { (low - room).max(0.0) } else { low - room }, high + room);
        }
        let power = ((high - low) / INTERVALS).log10().floor();
        // Whole powers, so that multiples of 0.1 are as near to what people read as a double can be.
        #[expect(clippy::cast_possible_truncation, reason = "numbers have few powers of ten")]
        let unit = 10_f64.powi(power.abs() as i32);
        let scaled = |value: f64| if power < 0.0 { value / unit } else { value * unit };
        let fits = |round: &f64| {
            let step = scaled(*round);
            if whole && step.fract() != 0.0 {
                return None;
            }
            let (first, last) = ((low / step + 1e-9).floor(), (high / step - 1e-9).ceil());
            let (min, max) = (scaled(first * round), scaled(last * round));
            (last - first <= INTERVALS).then_some(Self { min, max, step })
        };
        ROUND.iter().find_map(fits).unwrap_or(Self { min: low, max: high, step: (high - low) / INTERVALS })
    }

    /// How far up a value lies: 0 at the bottom, 1 at the top.
    pub(crate) fn share(&self, value: f64) -> f64 {
        ((value - self.min) / (self.max - self.min)).clamp(0.0, 1.0)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::cast_precision_loss)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    fn texts(start: &str, end: &str, most: usize) -> (Grain, Vec<String>) {
        let (grain, days) = ticks(&Span { start: day(start), end: day(end) }, most);
        (grain, days.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn ticks_are_round_days() {
        for (start, end, most, grain, expected) in [
            ("2026-10-01", "2026-12-31", 6, Grain::Month, vec!["2026-10-01", "2026-11-01", "2026-12-01"]),
            ("2026-10-15", "2026-12-15", 6, Grain::Month, vec!["2026-11-01", "2026-12-01"]),
            ("2026-10-15", "2026-11-15", 6, Grain::Day, vec!["2026-10-19", "2026-10-26", "2026-11-02", "2026-11-09"]),
            ("2026-01-01", "2026-12-31", 4, Grain::Month, vec!["2026-01-01", "2026-04-01", "2026-07-01", "2026-10-01"]),
            ("2021-06-01", "2026-11-21", 3, Grain::Year, vec!["2022-01-01", "2024-01-01", "2026-01-01"]),
            ("2026-11-20", "2026-11-21", 3, Grain::Day, vec!["2026-11-20", "2026-11-21"]),
        ] {
            let expected = expected.into_iter().map(str::to_owned).collect::<Vec<_>>();
            assert_eq!(texts(start, end, most), (grain, expected), "{start}..{end}");
        }
    }

    #[test]
    fn ticks_end_with_the_calendar() {
        let (_, days) = texts("2199-12-30", "2199-12-31", 6);
        assert_eq!(days, ["2199-12-30", "2199-12-31"]);
        assert!(texts("1900-01-01", "2199-12-31", 3).1.len() <= 6);
    }

    #[test]
    fn scales_have_round_ends_and_at_most_five_lines() {
        for (values, min, max, step) in [
            (vec![4_000.0, 6_200.0, 8_000.0], 4_000.0, 8_000.0, 1_000.0),
            (vec![320.0, 440.0, 650.0], 300.0, 700.0, 100.0),
            (vec![0.1, 0.3], 0.1, 0.3, 0.05),
            (vec![-5.0, 5.0], -5.0, 5.0, 2.5),
            (vec![7.0], 6.0, 8.0, 0.5),
            (vec![0.0], 0.0, 1.0, 0.25),
            (vec![], 0.0, 1.0, 0.25),
            (vec![-1e15, 1e15], -1e15, 1e15, 5e14),
        ] {
            let scale = Scale::around(values.iter().copied(), false);
            assert_eq!(scale, Scale { min, max, step }, "{values:?}");
        }
    }

    #[test]
    fn what_counts_things_has_lines_at_whole_numbers() {
        for (values, min, max, step) in [
            (vec![0.0, 10.0], 0.0, 10.0, 5.0),
            (vec![0.0, 2.0], 0.0, 2.0, 1.0),
            (vec![0.0, 1.0], 0.0, 1.0, 1.0),
            (vec![3.0, 5.0], 3.0, 5.0, 1.0),
            (vec![7.0], 6.0, 8.0, 1.0),
            (vec![1.0], 0.0, 2.0, 1.0),
            (vec![0.0], 0.0, 1.0, 1.0),
            (vec![], 0.0, 1.0, 1.0),
            (vec![0.0, 100.0], 0.0, 100.0, 25.0),
            // Where it is heading is no whole number.
            (vec![1.0, 2.0, 3.3], 1.0, 4.0, 1.0),
            (vec![1e12, 1e12 + 2.0], 1e12, 1e12 + 2.0, 1.0),
        ] {
            let scale = Scale::around(values.iter().copied(), true);
            assert_eq!(scale, Scale { min, max, step }, "{values:?}");
        }
    }

    #[test]
    fn scales_hold_whatever_is_drawn() {
        let mut seed = 7_u64;
        let mut next = || {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (seed >> 33) as f64 - 2_f64.powi(30)
        };
        for power in -12..6 {
            let values = [next() * 10_f64.powi(power), next() * 10_f64.powi(power)];
            let scale = Scale::around(values.into_iter(), false);
            let room = scale.step * 1e-6;
            assert!(values.iter().all(|value| scale.min - room <= *value && *value <= scale.max + room), "{values:?}");
            assert!((scale.max - scale.min) / scale.step < 4.5, "{values:?} {scale:?}");
        }
    }

    #[test]
    fn days_count_from_1970() {
        assert_eq!(millis(day("1970-01-02")), 86_400_000);
        assert_eq!(millis(day("1969-12-31")), -86_400_000);
        assert_eq!(millis(day("2026-11-21")), 1_795_219_200_000);
    }
}
