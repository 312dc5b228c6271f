//! Stretches of time: calendar periods for KPIs, cadence windows for check-ins.

use crate::{Cadence, Day, Frequency, Month, Span};

/// Periods of one length, where years begin in a month of the plan's choice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Periods {
    /// How long they are.
    pub frequency: Frequency,
    /// The month in which years begin, and every third month from it on quarters.
    pub fiscal_start: Month,
}

impl Periods {
    /// The period that `day` lies in.
    #[must_use]
    pub fn period(self, day: Day) -> Span {
        let back = |months: i32| day.month_start().plus_months(-months);
        let into_year = self.months_into_year(day);
        let (start, next) = match self.frequency {
            Frequency::Daily => (day, day.plus_days(1)),
            Frequency::Weekly => {
                let monday = day.plus_days(-i32::from(day.weekday()));
                (monday, monday.plus_days(7))
            }
            Frequency::Monthly => (back(0), back(-1)),
            Frequency::Quarterly => (back(into_year % 3), back(into_year % 3 - 3)),
            Frequency::Yearly => (back(into_year), back(into_year - 12)),
        };
        Span { start, end: next.plus_days(-1) }
    }

    /// Which quarter of its year a day lies in, from 1, and the calendar year in which that year began.
    #[must_use]
    pub fn quarter_number(self, day: Day) -> (i32, i32) {
        (self.months_into_year(day) / 3 + 1, self.year_number(day))
    }

    fn months_into_year(self, day: Day) -> i32 {
        (i32::from(day.month()) - i32::from(self.fiscal_start.get())).rem_euclid(12)
    }

    /// The calendar year in which the year of a day began.
    #[must_use]
    pub fn year_number(self, day: Day) -> i32 {
        Self { frequency: Frequency::Yearly, ..self }.period(day).start.year()
    }

    /// Whether years begin in January.
    #[must_use]
    pub fn keeps_calendar_years(self) -> bool {
        self.fiscal_start == Month::default()
    }

    /// The period before `period`.
    #[must_use]
    pub fn before(self, period: &Span) -> Span {
        self.period(period.start.plus_days(-1))
    }

    /// The period after `period`.
    #[must_use]
    pub fn after(self, period: &Span) -> Span {
        self.period(period.end.plus_days(1))
    }

    /// The year that a period belongs to: that of its first day, and that of its Thursday if it is a week (ISO 8601).
    #[must_use]
    pub fn year(self, period: &Span) -> Span {
        let thursday = if self.frequency == Frequency::Weekly { 3 } else { 0 };
        Self { frequency: Frequency::Yearly, ..self }.period(period.start.plus_days(thursday))
    }

    /// The period a year earlier: the week 52 weeks before, which has the same days of the week and the same season
    /// whether or not a year has a week 53; the same day of the year before (28 February for 29 February); the same
    /// month, quarter or year.
    #[must_use]
    pub fn a_year_before(self, period: &Span) -> Span {
        const WEEKS: i32 = 52;
        self.period(match self.frequency {
            Frequency::Weekly => period.start.plus_days(-7 * WEEKS),
            _ => period.start.plus_months(-12),
        })
    }
}

impl Frequency {
    /// Periods of this length in calendar years.
    #[must_use]
    pub fn calendar(self) -> Periods {
        Periods { frequency: self, fiscal_start: Month::default() }
    }
}

/// A quarter with fewer days left than this is too short for a new goal.
const SHORT: i32 = 21;

/// When a first goal may be due: at the end of the running quarter, or of the next one if this one is nearly over.
#[must_use]
pub fn first_due(today: Day) -> Day {
    let quarter = Frequency::Quarterly.calendar().period(today);
    if quarter.days_left(today) < SHORT { Frequency::Quarterly.calendar().after(&quarter).end } else { quarter.end }
}

impl Cadence {
    /// Its usual length in days.
    #[must_use]
    pub const fn days(self) -> i32 {
        match self {
            Self::Weekly => 7,
            Self::Fortnightly => 14,
            Self::Monthly => 30,
            Self::Quarterly => 91,
        }
    }

    /// The windows from `start` on, one after the other, up to the end of the calendar.
    pub fn windows(self, start: Day) -> impl Iterator<Item = Span> {
        let window = move |index| (self.nth(start, index), self.nth(start, index + 1));
        let windows = (0..).map(window).take_while(|(start, next)| start < next);
        windows.map(|(start, next)| Span { start, end: next.plus_days(-1) })
    }

    /// The windows of `span`, from its first day to its last. A rest at its end that is shorter than half a window
    /// belongs to the window before it: the 92 days of a quarter are twelve weeks and one of eight days.
    #[must_use]
    pub fn windows_in(self, span: &Span) -> Vec<Span> {
        let mut windows: Vec<_> = self.windows(span.start).take_while(|window| window.start <= span.end).collect();
        let Some(rest) = windows.pop() else { return windows };
        let days = span.end.days_since(rest.start) + 1;
        match windows.last_mut() {
            Some(before) if 2 * days < rest.days() => before.end = span.end,
            _ => windows.push(Span { start: rest.start, end: span.end }),
        }
        windows
    }

    /// The window of `span` that `day` lies in; none before it and after it.
    #[must_use]
    pub fn window(self, span: &Span, day: Day) -> Option<Span> {
        self.windows_in(span).into_iter().find(|window| window.contains(day))
    }

    fn nth(self, start: Day, index: i32) -> Day {
        match self {
            Self::Weekly | Self::Fortnightly => start.plus_days(index.saturating_mul(self.days())),
            Self::Monthly => start.plus_months(index),
            Self::Quarterly => start.plus_months(index.saturating_mul(3)),
        }
    }
}

impl Span {
    /// How many days it has, both ends included.
    #[must_use]
    pub fn days(&self) -> i32 {
        self.end.days_since(self.start) + 1
    }

    /// Whether `day` is one of its days.
    #[must_use]
    pub fn contains(&self, day: Day) -> bool {
        (self.start..=self.end).contains(&day)
    }

    /// How many days have gone before `day`, and how many of them there are: those from the first day to the last, so
    /// that none has gone on the first day, and all have on the last. What is due is expected on the last day, not on
    /// the day after it. This is how the time of goals and that of KPIs' periods is counted.
    #[must_use]
    pub fn days_gone(&self, day: Day) -> (i32, i32) {
        (day.days_since(self.start), self.end.days_since(self.start))
    }

    /// The share of its time that has gone on `day`: [`Span::days_gone`], one over the other, held between 0 (up to the
    /// first day) and 1 (from the last day on). Where it is a single day: 0 before it, 1 from it on.
    #[must_use]
    pub fn elapsed(&self, day: Day) -> f64 {
        let (gone, all) = self.days_gone(day);
        if all == 0 { f64::from(u8::from(gone >= 0)) } else { (f64::from(gone) / f64::from(all)).clamp(0.0, 1.0) }
    }

    /// How many days remain after `day`; 0 once it is over.
    #[must_use]
    pub fn days_left(&self, day: Day) -> i32 {
        self.end.days_since(day).max(0)
    }

    /// Which of its weeks `day` lies in, and how many there are, counted from its first day. The first before it
    /// begins, the last once it is over.
    #[must_use]
    pub fn week(&self, day: Day) -> (i32, i32) {
        let weeks = (self.days() + 6) / 7;
        ((day.days_since(self.start).div_euclid(7) + 1).clamp(1, weeks), weeks)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    fn span(start: &str, end: &str) -> Span {
        Span { start: day(start), end: day(end) }
    }

    #[test]
    fn quarters_are_counted_from_where_years_begin() {
        for (month, on, quarter, year) in [
            (1, "2026-11-22", 4, 2026),
            (4, "2026-04-01", 1, 2026),
            (4, "2026-11-22", 3, 2026),
            (4, "2027-03-31", 4, 2026),
            (2, "2027-01-31", 4, 2026),
            (12, "2026-12-01", 1, 2026),
            (12, "2026-11-30", 4, 2025),
        ] {
            let fiscal_start = Month::new(month).unwrap();
            let periods = Periods { frequency: Frequency::Quarterly, fiscal_start };
            assert_eq!(periods.quarter_number(day(on)), (quarter, year), "{month} {on}");
            assert_eq!(periods.keeps_calendar_years(), month == 1);
        }
    }

    #[test]
    fn calendar_periods() {
        for (frequency, within, start, end) in [
            (Frequency::Daily, "2024-02-29", "2024-02-29", "2024-02-29"),
            (Frequency::Weekly, "2027-01-01", "2026-12-28", "2027-01-03"),
            (Frequency::Monthly, "2024-02-10", "2024-02-01", "2024-02-29"),
            (Frequency::Quarterly, "2026-11-21", "2026-10-01", "2026-12-31"),
            (Frequency::Quarterly, "2026-03-31", "2026-01-01", "2026-03-31"),
            (Frequency::Yearly, "2026-11-21", "2026-01-01", "2026-12-31"),
        ] {
            let calendar = frequency.calendar();
            let period = calendar.period(day(within));
            assert_eq!(period, span(start, end), "{frequency:?}");
            assert_eq!(calendar.after(&calendar.before(&period)), period, "{frequency:?}");
        }
    }

    #[test]
    fn fiscal_years_and_their_quarters() {
        let from = |month| Month::new(month).unwrap();
        for (frequency, month, within, start, end) in [
            (Frequency::Yearly, 4, "2026-03-31", "2025-04-01", "2026-03-31"),
            (Frequency::Yearly, 4, "2026-04-01", "2026-04-01", "2027-03-31"),
            (Frequency::Yearly, 12, "2026-11-30", "2025-12-01", "2026-11-30"),
            (Frequency::Quarterly, 2, "2026-01-31", "2025-11-01", "2026-01-31"),
            (Frequency::Quarterly, 2, "2024-02-29", "2024-02-01", "2024-04-30"),
            (Frequency::Quarterly, 12, "2024-02-29", "2023-12-01", "2024-02-29"),
            (Frequency::Monthly, 4, "2026-03-31", "2026-03-01", "2026-03-31"),
        ] {
            let periods = Periods { frequency, fiscal_start: from(month) };
            let period = periods.period(day(within));
            assert_eq!(period, span(start, end), "{frequency:?} from {month}");
            assert_eq!(periods.after(&periods.before(&period)), period);
        }
    }

    #[test]
    fn the_year_of_a_period_and_the_period_a_year_before() {
        // 2020 and 2026 have 53 ISO weeks; 2021, 2025 and 2027 have 52.
        for (frequency, month, within, year, before) in [
            // A week is compared with the one 364 days before: week 53 with week 1, the first week with the last.
            (Frequency::Weekly, 1, "2021-01-03", "2020-01-01", "2019-12-30"),
            (Frequency::Weekly, 1, "2021-01-04", "2021-01-01", "2020-01-06"),
            (Frequency::Weekly, 1, "2026-12-31", "2026-01-01", "2025-12-29"),
            (Frequency::Weekly, 1, "2027-01-04", "2027-01-01", "2026-01-05"),
            (Frequency::Weekly, 1, "2027-12-31", "2027-01-01", "2026-12-28"),
            (Frequency::Weekly, 4, "2026-04-01", "2026-04-01", "2025-03-31"),
            (Frequency::Weekly, 4, "2026-03-31", "2026-04-01", "2025-03-31"),
            (Frequency::Daily, 1, "2024-02-29", "2024-01-01", "2023-02-28"),
            (Frequency::Monthly, 4, "2026-03-10", "2025-04-01", "2025-03-01"),
            (Frequency::Quarterly, 2, "2026-01-31", "2025-02-01", "2024-11-01"),
            (Frequency::Yearly, 2, "2026-01-31", "2025-02-01", "2024-02-01"),
        ] {
            let periods = Periods { frequency, fiscal_start: Month::new(month).unwrap() };
            let period = periods.period(day(within));
            assert_eq!(periods.year(&period).start, day(year), "{frequency:?} {within}");
            assert_eq!(periods.a_year_before(&period).start, day(before), "{frequency:?} {within}");
        }
    }

    #[test]
    fn windows_count_from_the_start() {
        let (start, quarter) = (day("2026-10-01"), span("2026-10-01", "2026-12-31"));
        assert_eq!(Cadence::Weekly.window(&quarter, day("2026-09-30")), None);
        assert_eq!(Cadence::Weekly.window(&quarter, day("2027-01-01")), None);
        assert_eq!(Cadence::Weekly.window(&quarter, start), Some(span("2026-10-01", "2026-10-07")));
        assert_eq!(Cadence::Weekly.window(&quarter, day("2026-11-21")), Some(span("2026-11-19", "2026-11-25")));
        let half_year = span("2026-01-31", "2026-06-30");
        assert_eq!(Cadence::Monthly.window(&half_year, day("2026-03-01")), Some(span("2026-02-28", "2026-03-30")));
        assert_eq!(Cadence::Quarterly.window(&quarter, day("2026-12-31")), Some(quarter));
    }

    #[test]
    fn a_rest_shorter_than_half_a_window_belongs_to_the_window_before() {
        for (cadence, end, last, windows) in [
            // 92 days are 13 weeks and a day.
            (Cadence::Weekly, "2026-12-31", ("2026-12-24", "2026-12-31"), 13),
            // A rest of three days, and one of four.
            (Cadence::Weekly, "2027-01-02", ("2026-12-24", "2027-01-02"), 13),
            (Cadence::Weekly, "2027-01-03", ("2026-12-31", "2027-01-03"), 14),
            (Cadence::Weekly, "2026-12-30", ("2026-12-24", "2026-12-30"), 13),
            // Six days of fourteen, and seven.
            (Cadence::Fortnightly, "2026-10-20", ("2026-10-01", "2026-10-20"), 1),
            (Cadence::Fortnightly, "2026-10-21", ("2026-10-15", "2026-10-21"), 2),
            // November has 30 days: fourteen of them are too few, fifteen are not.
            (Cadence::Monthly, "2026-11-14", ("2026-10-01", "2026-11-14"), 1),
            (Cadence::Monthly, "2026-11-15", ("2026-11-01", "2026-11-15"), 2),
            // The only window, however short.
            (Cadence::Quarterly, "2026-10-02", ("2026-10-01", "2026-10-02"), 1),
        ] {
            let all = cadence.windows_in(&span("2026-10-01", end));
            assert_eq!((all.last(), all.len()), (Some(&span(last.0, last.1)), windows), "{cadence:?} until {end}");
        }
    }

    #[test]
    fn a_first_goal_gets_at_least_three_weeks() {
        assert_eq!(first_due(day("2026-12-10")), day("2026-12-31"));
        assert_eq!(first_due(day("2026-12-11")), day("2027-03-31"));
    }

    #[test]
    fn the_weeks_of_a_quarter() {
        let quarter = span("2026-10-01", "2026-12-31");
        assert_eq!(quarter.week(day("2026-11-21")), (8, 14));
        assert_eq!(quarter.week(day("2026-09-01")), (1, 14));
        assert_eq!(quarter.week(day("2027-09-01")), (14, 14));
        assert_eq!(quarter.days_left(day("2026-11-21")), 40);
    }
}
