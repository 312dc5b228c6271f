//! Backups: what is remembered of each, and which ones may go.

use serde_json::json;

use crate::{
    Day, Plan, PlanId, in_order,
    json::choice,
    notation::{text_of, value_of},
};

/// How long a plan that was deleted can be brought back.
pub const DAYS_OF_GRACE: i32 = 30;
/// The most that all backups hold together, in bytes of their texts. The oldest go first.
pub const MAX_BYTES: usize = 50_000_000;
/// How many of a plan's backups stay that somebody asked for.
const BY_HAND: usize = 10;
/// How many of a plan's other backups stay: the latest, and then the last one of each day, week and month before.
const LATEST: usize = 3;
const DAYS: usize = 3;
const WEEKS: usize = 2;
const MONTHS: usize = 2;

choice! {
    /// Why a backup was made.
    Reason {
        /// The first one of a day.
        Daily = "daily",
        /// Somebody asked for it.
        ByHand = "by-hand",
        /// A file was about to replace the plan.
        Import = "import",
        /// An earlier backup was about to replace the plan.
        Restore = "restore",
        /// The plan was about to be deleted.
        Deletion = "deletion",
        /// The plan was about to be left with changes that could not be saved.
        Unsaved = "unsaved",
        /// The plan was stored by an earlier version of the page, and was about to be stored anew.
        Migration = "migration",
    }
}

/// A backup, without its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Backup {
    /// Of which plan.
    pub plan: PlanId,
    /// What the plan was called.
    pub name: String,
    /// When it was made: milliseconds since 1970, UTC.
    pub millis: u64,
    /// The civil day on which it was made.
    pub day: Day,
    /// Why it was made.
    pub reason: Reason,
    /// The length of its text, in bytes.
    pub bytes: usize,
    /// How many objectives it holds.
    pub objectives: usize,
    /// How many KPIs it holds.
    pub kpis: usize,
    /// The plan's latest edit.
    stamp: String,
}

impl Backup {
    /// Of a plan as it is now, whose text as a file has so many bytes.
    #[must_use]
    pub fn of(plan: &Plan, reason: Reason, millis: u64, day: Day, bytes: usize) -> Self {
        Self {
            plan: plan.frame.id,
            name: plan.frame.name.to_string(),
            millis,
            day,
            reason,
            bytes,
            objectives: plan.objectives.len(),
            kpis: plan.kpis.len(),
            stamp: plan.latest_stamp().to_string(),
        }
    }

    /// Whether both hold the same plan with the same edits.
    #[must_use]
    pub fn holds_the_same(&self, other: &Self) -> bool {
        self.plan == other.plan && self.stamp == other.stamp && self.bytes == other.bytes
    }

    /// Its name among all backups.
    #[must_use]
    pub fn key(&self) -> String {
        format!("{}/{}", self.plan, self.millis)
    }

    /// The last day on which a plan can be brought back from here, if the plan is gone because somebody wanted it so.
    #[must_use]
    pub fn until(&self) -> Option<Day> {
        let was_meant = matches!(self.reason, Reason::Deletion | Reason::Import);
        was_meant.then(|| self.day.plus_days(DAYS_OF_GRACE))
    }

    /// As a text.
    #[must_use]
    pub fn write(&self) -> String {
        let entry = json!({
            "plan": self.plan.to_string(),
            "name": self.name,
            "millis": self.millis,
            "day": self.day.to_string(),
            "reason": self.reason.word(),
            "bytes": self.bytes,
            "objectives": self.objectives,
            "kpis": self.kpis,
            "stamp": self.stamp,
        });
        text_of(&entry)
    }

    /// From a text; none where it is of no version that this one knows.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let entry = value_of(text).ok()?;
        let count = |name: &str| usize::try_from(entry[name].as_u64()?).ok();
        Some(Self {
            plan: entry["plan"].as_str()?.parse().ok()?,
            name: entry["name"].as_str()?.to_owned(),
            millis: entry["millis"].as_u64()?,
            day: entry["day"].as_str()?.parse().ok()?,
            reason: Reason::from_word(entry["reason"].as_str()?)?,
            bytes: count("bytes")?,
            objectives: count("objectives")?,
            kpis: count("kpis")?,
            stamp: entry["stamp"].as_str()?.to_owned(),
        })
    }
}

/// When somebody looked at the backups last, and which day it was for what is over. A clock that jumps far ahead for one
/// visit must not end the time in which a plan can be brought back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Looked {
    /// The day that the clock said.
    on: Day,
    /// The day by which backups are over: at most a week after the look before.
    pub counted: Day,
}

impl Looked {
    const MOST: i32 = 7;

    /// A look on `today`, after the one before. Where none was noted, the newest backup's day stands for it.
    #[must_use]
    pub fn again(before: Option<Self>, newest: Option<Day>, today: Day) -> Self {
        let before = before.or_else(|| newest.map(|newest| Self { on: newest, counted: newest }));
        let counted = match before {
            Some(before) if before.on >= today => before.counted.min(today),
            Some(before) => before.on.plus_days(Self::MOST).min(today),
            None => today,
        };
        Self { on: today, counted }
    }

    /// As a text.
    #[must_use]
    pub fn write(self) -> String {
        format!("{} {}", self.on, self.counted)
    }

    /// From a text.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let (on, counted) = text.split_once(' ')?;
        Some(Self { on: on.parse().ok()?, counted: counted.parse().ok()? })
    }
}

/// Newest first.
#[must_use]
pub fn newest_first(backups: Vec<Backup>) -> Vec<Backup> {
    in_order(backups, |a, b| (b.millis, b.plan).cmp(&(a.millis, a.plan)))
}

/// For each plan that is gone: its newest backup. `backups` are given newest first.
pub fn of_gone_plans<'a>(backups: &'a [Backup], here: &'a [PlanId]) -> impl Iterator<Item = &'a Backup> {
    let gone = backups.iter().enumerate().filter(|(_, backup)| !here.contains(&backup.plan));
    gone.filter(|(place, backup)| backups[..*place].iter().all(|newer| newer.plan != backup.plan)).map(|(_, it)| it)
}

/// Which backups may go: those of plans that were deleted long ago, all but a few for each plan, and the oldest where
/// there are too many bytes. `backups` are given newest first; `here` are the plans that are not gone.
///
/// A plan that is gone although nobody deleted it (the browser cleared its storage) keeps its backups.
#[must_use]
pub fn superfluous<'a>(backups: &'a [Backup], here: &[PlanId], today: Day) -> Vec<&'a Backup> {
    let mut kept: Vec<&Backup> = Vec::new();
    for (place, newest) in backups.iter().enumerate() {
        let is_newest = backups[..place].iter().all(|newer| newer.plan != newest.plan);
        let is_over = !here.contains(&newest.plan) && newest.until().is_some_and(|until| until < today);
        if is_newest && !is_over {
            let own = backups.iter().filter(|backup| backup.plan == newest.plan);
            let (by_hand, made): (Vec<&Backup>, _) = own.partition(|backup| backup.reason == Reason::ByHand);
            kept.extend(by_hand.into_iter().take(BY_HAND));
            kept.extend(thinned(&made));
        }
    }
    let mut bytes: usize = kept.iter().map(|backup| backup.bytes).sum();
    // What somebody may want to bring back goes last, and the newest one, which was just made, not at all.
    let last_resorts: Vec<&Backup> = of_gone_plans(backups, here).collect();
    for may_go in [false, true] {
        for backup in backups.iter().skip(1).rev() {
            if bytes > MAX_BYTES && (may_go || !last_resorts.contains(&backup)) && kept.contains(&backup) {
                kept.retain(|it| *it != backup);
                bytes -= backup.bytes;
            }
        }
    }
    backups.iter().filter(|backup| !kept.contains(backup)).collect()
}

/// Which backups go where the browser has no room for a further one: the older half of those that nobody asked for, but
/// not the last one of a plan that is gone. `backups` are given newest first.
#[must_use]
pub fn older_half<'a>(backups: &'a [Backup], here: &[PlanId]) -> Vec<&'a Backup> {
    let last_resorts: Vec<&Backup> = of_gone_plans(backups, here).collect();
    let may_go = |backup: &&Backup| backup.reason != Reason::ByHand && !last_resorts.contains(backup);
    let made: Vec<&Backup> = backups.iter().filter(may_go).collect();
    made[made.len() / 2..].to_vec()
}

/// How many, and the first day of the time that one stands for.
type Rule = (usize, fn(Day) -> Day);

/// The latest; then the last of each day that none of them is of, of each such week, and of each such month.
fn thinned<'a>(made: &[&'a Backup]) -> Vec<&'a Backup> {
    let mut kept: Vec<_> = made.iter().copied().take(LATEST).collect();
    let rules: [Rule; 3] =
        [(DAYS, |day| day), (WEEKS, |day| day.plus_days(-i32::from(day.weekday()))), (MONTHS, Day::month_start)];
    for (most, start) in rules {
        let room = kept.len() + most;
        for backup in made {
            if kept.len() < room && kept.iter().all(|kept| start(kept.day) != start(backup.day)) {
                kept.push(backup);
            }
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Actor, At, Name, Seed, Stamp};

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    fn id(n: u8) -> PlanId {
        Seed { millis: 1, random: [n; 10] }.into()
    }

    /// Made at an hour of a day.
    fn made(plan: u8, on: &str, hour: u64, reason: Reason, bytes: usize) -> Backup {
        let on = day(on);
        let days = u64::try_from(on.days_since(day("1970-01-01"))).unwrap();
        let at = At { stamp: Stamp::new(1, 0, Actor(1)), day: on };
        let plan = Plan::new(id(plan), Name::new("Plan").unwrap(), at);
        Backup::of(&plan, reason, (days * 24 + hour) * 3_600_000, on, bytes)
    }

    fn kept(backups: Vec<Backup>, here: &[PlanId], today: &str) -> Vec<String> {
        let backups = newest_first(backups);
        let gone = superfluous(&backups, here, day(today));
        let kept = backups.iter().filter(|backup| !gone.contains(backup));
        kept.map(|it| format!("{} {}", it.day, it.millis / 3_600_000 % 24)).collect()
    }

    #[test]
    fn a_visit_with_a_clock_that_is_far_ahead_ends_no_time() {
        for (what, looks) in [
            ("each day", &[("2026-11-30", "2026-11-30"), ("2026-12-01", "2026-12-01")][..]),
            (
                "after a month away",
                &[("2026-11-30", "2026-11-30"), ("2026-12-31", "2026-12-07"), ("2027-01-01", "2027-01-01")],
            ),
            (
                "a clock that is ahead for one visit, with several looks",
                &[
                    ("2026-11-30", "2026-11-30"),
                    ("2036-01-01", "2026-12-07"),
                    ("2036-01-01", "2026-12-07"),
                    ("2026-11-30", "2026-11-30"),
                    ("2026-12-01", "2026-12-01"),
                ],
            ),
        ] {
            let mut before = None;
            for (today, counted) in looks {
                let look = Looked::again(before, Some(day("2026-11-30")), day(today));
                assert_eq!(look.counted, day(counted), "{what}: {today}");
                assert_eq!(Looked::read(&look.write()), Some(look));
                before = Some(look);
            }
        }
        assert_eq!(Looked::again(None, None, day("2026-11-30")).counted, day("2026-11-30"));
        assert_eq!(Looked::read("2026-11-30"), None);
    }

    #[test]
    fn an_entry_reads_back_as_it_was_written() {
        for reason in Reason::ALL {
            let backup = made(1, "2026-11-21", 9, *reason, 1234);
            assert_eq!(Backup::read(&backup.write()), Some(backup));
        }
        for text in ["", "{}", "[]", r#"{"plan": 1}"#] {
            assert_eq!(Backup::read(text), None, "{text}");
        }
    }

    #[test]
    fn older_backups_thin_out() {
        let daily = |days: &[&str]| days.iter().map(|on| made(1, on, 9, Reason::Daily, 1)).collect::<Vec<_>>();
        for (made, stay) in [
            (vec!["2026-11-21"], vec!["2026-11-21"]),
            (
                vec!["2026-11-21", "2026-11-20", "2026-11-19", "2026-11-18", "2026-11-17"],
                vec!["2026-11-21", "2026-11-20", "2026-11-19", "2026-11-18", "2026-11-17"],
            ),
            // The 21st of November 2026 is a Saturday.
            (
                vec![
                    "2026-11-21",
                    "2026-11-20",
                    "2026-11-19",
                    "2026-11-18",
                    "2026-11-17",
                    "2026-11-16",
                    "2026-11-15",
                    "2026-11-14",
                    "2026-11-08",
                    "2026-11-01",
                    "2026-10-31",
                    "2026-10-01",
                    "2026-09-30",
                    "2026-08-15",
                ],
                vec![
                    "2026-11-21",
                    "2026-11-20",
                    "2026-11-19",
                    "2026-11-18",
                    "2026-11-17",
                    "2026-11-16",
                    "2026-11-15",
                    "2026-11-08",
                    "2026-10-31",
                    "2026-09-30",
                ],
            ),
        ] {
            let stay: Vec<_> = stay.into_iter().map(|day| format!("{day} 9")).collect();
            assert_eq!(kept(daily(&made), &[id(1)], "2026-11-21"), stay);
        }
    }

    #[test]
    fn a_year_of_days_leaves_the_last_days_weeks_and_months() {
        let first = day("2026-01-01");
        let mut backups: Vec<Backup> = Vec::new();
        for n in 0..400 {
            let today = first.plus_days(n);
            backups.push(made(1, &today.to_string(), 9, Reason::Daily, 1));
            backups = newest_first(backups);
            let gone: Vec<Backup> = superfluous(&backups, &[id(1)], today).into_iter().cloned().collect();
            backups.retain(|backup| !gone.contains(backup));
            assert!(backups.len() <= LATEST + DAYS + WEEKS + MONTHS);
        }
        // The last Sundays of two weeks; then those of two months.
        let days: Vec<_> = backups.iter().map(|backup| first.plus_days(399).days_since(backup.day)).collect();
        assert_eq!(days, [0, 1, 2, 3, 4, 5, 11, 18, 39, 67]);
    }

    #[test]
    fn many_of_one_day_do_not_push_out_what_is_older() {
        let mut all: Vec<_> = (0..9).map(|hour| made(1, "2026-11-21", hour, Reason::Restore, 1)).collect();
        all.push(made(1, "2026-11-20", 9, Reason::Daily, 1));
        assert_eq!(kept(all, &[id(1)], "2026-11-21"), ["2026-11-21 8", "2026-11-21 7", "2026-11-21 6", "2026-11-20 9"]);
    }

    #[test]
    fn what_was_asked_for_stays_beside_the_others() {
        let mut all: Vec<_> = (0..12).map(|hour| made(1, "2026-11-20", hour, Reason::ByHand, 1)).collect();
        all.push(made(1, "2026-01-01", 9, Reason::Daily, 1));
        let kept = kept(all, &[id(1)], "2026-11-21");
        assert_eq!((kept.len(), kept.last().map(String::as_str)), (11, Some("2026-01-01 9")));
    }

    #[test]
    fn plans_that_are_gone_can_come_back_for_a_while() {
        let deleted =
            || vec![made(1, "2026-10-22", 9, Reason::Deletion, 1), made(1, "2026-10-20", 9, Reason::Daily, 1)];
        let both = ["2026-10-22 9", "2026-10-20 9"];
        for (here, today, stay) in [
            (vec![], "2026-11-21", &both[..]),
            (vec![], "2026-11-22", &[]),
            // Brought back, or never gone.
            (vec![id(1)], "2026-11-22", &both),
        ] {
            assert_eq!(kept(deleted(), &here, today), stay, "{today}");
        }
        // Nobody deleted it.
        let lost = vec![made(1, "2026-01-01", 9, Reason::Daily, 1)];
        assert_eq!(kept(lost, &[], "2026-11-21"), ["2026-01-01 9"]);
    }

    #[test]
    fn where_there_is_no_room_the_oldest_go_first() {
        let most = MAX_BYTES;
        for (backups, stay) in [
            (vec![(1, "2026-11-21", most), (1, "2026-11-20", 1)], vec!["2026-11-21 9"]),
            (vec![(1, "2026-11-21", most + 1)], vec!["2026-11-21 9"]),
            (vec![(1, "2026-11-21", 1), (1, "2026-11-20", most), (1, "2026-11-19", 1)], vec!["2026-11-21 9"]),
            (
                vec![(1, "2026-11-21", 1), (1, "2026-11-20", most - 1), (1, "2026-11-19", 1)],
                vec!["2026-11-21 9", "2026-11-20 9"],
            ),
            // The second plan is gone.
            (
                vec![(1, "2026-11-21", 1), (1, "2026-11-20", most - 1), (2, "2026-11-01", 1)],
                vec!["2026-11-21 9", "2026-11-01 9"],
            ),
        ] {
            let backups = backups.into_iter().map(|(plan, on, bytes)| made(plan, on, 9, Reason::Daily, bytes));
            assert_eq!(kept(backups.collect(), &[id(1)], "2026-11-21"), stay);
        }
    }

    #[test]
    fn the_older_half_goes_but_nothing_that_somebody_may_want_back() {
        let days = |backups: Vec<Backup>, here: &[PlanId]| {
            let backups = newest_first(backups);
            older_half(&backups, here).into_iter().map(|it| it.day.day()).collect::<Vec<_>>()
        };
        let daily = |on: &[u8]| -> Vec<_> {
            on.iter().map(|day| made(1, &format!("2026-11-{day:02}"), 9, Reason::Daily, 1)).collect()
        };
        assert_eq!(days(vec![], &[id(1)]), [0_u8; 0]);
        assert_eq!(days(daily(&[3]), &[id(1)]), [3]);
        assert_eq!(days(daily(&[3, 5, 4]), &[id(1)]), [4, 3]);
        let mut some = daily(&[6, 5, 4, 3]);
        some.push(made(1, "2026-11-01", 9, Reason::ByHand, 1));
        some.push(made(2, "2026-11-02", 9, Reason::Deletion, 1));
        some.push(made(2, "2026-11-01", 9, Reason::Daily, 1));
        assert_eq!(days(some.clone(), &[id(1)]), [4, 3, 1]);
        assert_eq!(days(some, &[id(1), id(2)]), [3, 2, 1]);
    }

    #[test]
    fn each_plan_that_is_gone_is_named_once() {
        let backups = newest_first(vec![
            made(1, "2026-11-21", 9, Reason::Daily, 1),
            made(2, "2026-11-20", 9, Reason::Deletion, 1),
            made(2, "2026-11-19", 9, Reason::Daily, 1),
        ]);
        let gone: Vec<_> = of_gone_plans(&backups, &[id(1)]).map(Backup::key).collect();
        assert_eq!(gone, [backups[1].key()]);
    }
}
