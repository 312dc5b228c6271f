//! Stretches of time: calendar periods for KPIs, cadence windows for check-ins.

use crate::{Cadence, Day, Frequency, Span};

impl Frequency {
    /// The calendar period that `day` lies in.
    #[must_use]
    pub fn period(self, day: Day) -> Span {
        let back = |months: i32| day.month_start().plus_months(-months);
        let month = i32::from(day.month()) - 1;
        let start = match self {
            Self::Daily => day,
            Self::Weekly => day.plus_days(-i32::from(day.weekday())),
            Self::Monthly => back(0),
            Self::Quarterly => back(month % 3),
            Self::Yearly => back(month),
        };
        Span { start, end: self.following(start).plus_days(-1) }
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

    /// The first day of the period after the one that begins on `start`.
    fn following(self, start: Day) -> Day {
        match self {
            Self::Daily => start.plus_days(1),
            Self::Weekly => start.plus_days(7),
            Self::Monthly => start.plus_months(1),
            Self::Quarterly => start.plus_months(3),
            Self::Yearly => start.plus_months(12),
        }
    }
}

/// A quarter with fewer days left than this is too short for a new goal.
const SHORT: i32 = 21;

/// When a first goal may be due: at the end of the running quarter, or of the next one if this one is nearly over.
#[must_use]
pub fn first_due(today: Day) -> Day {
    let quarter = Frequency::Quarterly.period(today);
    if quarter.days_left(today) < SHORT { Frequency::Quarterly.after(&quarter).end } else { quarter.end }
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

    /// The window that `day` lies in; none before `start`.
    #[must_use]
    pub fn window(self, start: Day, day: Day) -> Option<Span> {
        self.windows(start).find(|window| window.end >= day).filter(|window| window.contains(day))
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

    /// The share of its time that has gone on `day`: days since the start over days from start to end, held between
    /// 0 (up to the first day) and 1 (from the last day on). Where it is a single day: 0 before it, 1 from it on.
    #[must_use]
    pub fn elapsed(&self, day: Day) -> f64 {
        let (gone, all) = (day.days_since(self.start), self.end.days_since(self.start));
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
    fn calendar_periods() {
        for (frequency, within, start, end) in [
            (Frequency::Daily, "2024-02-29", "2024-02-29", "2024-02-29"),
            (Frequency::Weekly, "2027-01-01", "2026-12-28", "2027-01-03"),
            (Frequency::Monthly, "2024-02-10", "2024-02-01", "2024-02-29"),
            (Frequency::Quarterly, "2026-11-21", "2026-10-01", "2026-12-31"),
            (Frequency::Quarterly, "2026-03-31", "2026-01-01", "2026-03-31"),
            (Frequency::Yearly, "2026-11-21", "2026-01-01", "2026-12-31"),
        ] {
            let period = frequency.period(day(within));
            assert_eq!(period, span(start, end), "{frequency:?}");
            assert_eq!(frequency.after(&frequency.before(&period)), period, "{frequency:?}");
        }
    }

    #[test]
    fn windows_count_from_the_start() {
        let start = day("2026-10-01");
        assert_eq!(Cadence::Weekly.window(start, day("2026-09-30")), None);
        assert_eq!(Cadence::Weekly.window(start, start), Some(span("2026-10-01", "2026-10-07")));
        assert_eq!(Cadence::Weekly.window(start, day("2026-11-21")), Some(span("2026-11-19", "2026-11-25")));
        assert_eq!(
            Cadence::Monthly.window(day("2026-01-31"), day("2026-03-01")),
            Some(span("2026-02-28", "2026-03-30"))
        );
        assert_eq!(Cadence::Quarterly.window(start, day("2026-12-31")), Some(span("2026-10-01", "2026-12-31")));
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
