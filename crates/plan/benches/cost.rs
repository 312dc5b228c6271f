//! What saving, opening and files cost in a plan of 100,000 readings, beside one of 1,000; and what a board costs.
//!
//! It measures and prints; it asserts nothing, since a busy machine proves nothing. Both plans take turns, so that what
//! else goes on slows down both. `cargo xtask bench` runs it, compiled as for the browser.
#![allow(clippy::unwrap_used)]

#[path = "../tests/support/memory.rs"]
mod memory;

use std::{
    collections::BTreeMap,
    hint::black_box,
    time::{Duration, Instant},
};

use bearings_plan::{
    Actor, At, Bounds, Change, Clock, Day, Edit, EntryKey, Frequency, Grouping, Kpi, KpiEdit, KpiId, Name, Number,
    Plan, Prose, Reading, Seed, Sorting, Target, read_plan,
    store::{self, Record},
    write_plan,
};
use memory::Memory;

const SIZES: [i32; 2] = [1_000, 100_000];
/// How often the quick ones and the slow ones are timed.
const OFTEN: usize = 301;
const SELDOM: usize = 7;
const BOARD_TIMES: usize = 31;
/// A journal as long as it may be until it is folded into the snapshot.
const JOURNAL: usize = 200;
const ACTOR: Actor = Actor(1);
const DAYS_OF_A_YEAR: i32 = 365;

/// A plan with readings, and where it is kept.
struct Desk {
    plan: Plan,
    store: Memory,
    clock: Clock,
    /// The KPI that is read next.
    next: usize,
    ids: Vec<KpiId>,
    today: Day,
}

impl Desk {
    /// So many KPIs, read in turn, each once a day, until there are so many readings.
    fn new(kpis: i32, readings: i32) -> Self {
        let first = Day::new(2016, 1, 1).unwrap();
        let mut clock = Clock::new(ACTOR);
        let at = At { stamp: clock.tick(1), day: first };
        let seed = |n: i32| Seed { millis: 1, random: [u8::try_from(n).unwrap(); 10] };
        let plan = Plan::new(seed(0).into(), Name::new("Plan").unwrap(), at);
        let ids: Vec<KpiId> = (1..=kpis).map(|n| seed(n).into()).collect();
        let kpi = |id| {
            let (name, why) = (Name::new("Visitors").unwrap(), Prose::new("Because").unwrap());
            Change::Add(Kpi::new(id, name, why, Frequency::Daily, at).into())
        };
        // All within ten years: where KPIs are few, several on each day.
        let days = (readings / kpis).min(10 * DAYS_OF_A_YEAR);
        let reading = |n: i32| {
            let (round, of) = (n / kpis, ids[usize::try_from(n % kpis).unwrap()]);
            let (day, n) = (first.plus_days(round % days), u32::try_from(round / days).unwrap());
            reading(of, EntryKey { day, n, actor: ACTOR }, i32::try_from(n).unwrap() + round)
        };
        let all = [ids.iter().copied().map(kpi).collect(), (0..readings).map(reading).collect()];
        let made = |plan: Plan, changes| plan.apply(&Change::All(changes), at).unwrap().0;
        let plan = all.into_iter().fold(plan, made);
        let (store, today) = (Memory::default(), first.plus_days(days - 1));
        store::put(&store, &plan, at).unwrap();
        Self { plan, store, clock, next: 0, ids, today }
    }

    /// An edit as the page makes it: a change, the next plan, a record.
    fn save(&mut self, change: impl FnOnce(&Plan, KpiId, Day) -> Change) {
        let of = self.ids[self.next % self.ids.len()];
        self.next += 1;
        let at = At { stamp: self.clock.tick(4), day: self.today };
        let change = change(&self.plan, of, self.today);
        let (plan, inverse) = self.plan.apply(&change, at).unwrap();
        self.plan = plan;
        store::save_record(&self.store, self.plan.frame.id, &Record { at, change, inverse }).unwrap();
    }

    fn read_once_more(&mut self) {
        self.save(|plan, of, today| {
            let key = plan.kpis.get(of).unwrap().readings.next_key(today, ACTOR);
            reading(of, key, 7)
        });
    }

    /// Every KPI has a target.
    fn aim(&mut self) {
        for of in self.ids.clone() {
            let target =
                Target { bounds: Bounds::AtLeast { value: Number::from(1_000) }, tolerance: Number::from(100) };
            let edit = Edit::of(of, KpiEdit::target(Some(target)));
            self.save(|_, _, _| Change::Edit { edit, from: Some(Day::FIRST) });
        }
    }

    fn say_why(&mut self) {
        let edit = |of| Edit::of(of, KpiEdit::why(Prose::new("Because it matters").unwrap()));
        self.save(|_, of, _| Change::Edit { edit: edit(of), from: None });
    }
}

fn reading(of: KpiId, key: EntryKey, value: i32) -> Change {
    let row = Reading { value: Number::from(value), note: Prose::new("").unwrap() };
    Change::Reading { of, key, row: Some(row) }
}

/// The median of so many times, of each in turn.
fn medians<T>(of: &mut [T], times: usize, mut work: impl FnMut(&mut T)) -> Vec<Duration> {
    let mut timed = vec![Vec::new(); of.len()];
    for _ in 0..times {
        for (it, timed) in of.iter_mut().zip(&mut timed) {
            let began = Instant::now();
            work(it);
            timed.push(began.elapsed());
        }
    }
    let median = |mut timed: Vec<Duration>| {
        timed.sort();
        timed[timed.len() / 2]
    };
    timed.into_iter().map(median).collect()
}

fn tell(what: &str, medians: &[Duration]) {
    let micros: Vec<f64> = medians.iter().map(|it| it.as_secs_f64() * 1e6).collect();
    println!("{what:<44}{:>12.1} µs{:>14.1} µs{:>9.2}x", micros[0], micros[1], micros[1] / micros[0]);
}

fn main() {
    // `cargo bench -p bearings-plan --bench cost -- board`: the board alone.
    if std::env::args().all(|arg| arg != "board") {
        plans();
    }
    boards();
}

fn plans() {
    let columns = SIZES.map(|size| format!("{size} readings"));
    println!("{:<44}{:>15}{:>17}{:>10}", "median", columns[0], columns[1], "ratio");
    for (kpis, shape) in [(28, "28 KPIs"), (2, "2 KPIs")] {
        let mut desks = SIZES.map(|size| Desk::new(kpis, size));
        tell(&format!("{shape}: save a reading"), &medians(&mut desks, OFTEN, Desk::read_once_more));
        tell(&format!("{shape}: save a text"), &medians(&mut desks, OFTEN, Desk::say_why));
    }
    let mut desks = SIZES.map(|size| Desk::new(28, size));
    let open = |desk: &mut Desk| drop(black_box(store::open(&desk.store, desk.plan.frame.id).unwrap()));
    tell("open a snapshot", &medians(&mut desks, SELDOM, open));
    desks.iter_mut().for_each(|desk| (0..JOURNAL).for_each(|_| desk.read_once_more()));
    tell(&format!("open it with {JOURNAL} records"), &medians(&mut desks, SELDOM, open));
    tell("write a file", &medians(&mut desks, SELDOM, |desk| drop(black_box(write_plan(&desk.plan, desk.today)))));
    let mut files = desks.map(|desk| write_plan(&desk.plan, desk.today));
    tell("read a file", &medians(&mut files, SELDOM, |file| drop(black_box(read_plan(file).unwrap()))));
    println!("{:<44}{:>12} KB{:>14} KB", "a file takes", files[0].len() / 1000, files[1].len() / 1000);
}

/// How many KPIs a board shows, and how many readings each of them has.
const BOARDS: [i32; 2] = [5, 50];
const READINGS_EACH: i32 = 2_000;

/// A board of many KPIs, beside one of few: ten times as many may take ten times as long.
fn boards() {
    let columns = BOARDS.map(|kpis| format!("{kpis} KPIs"));
    println!("\n{:<44}{:>15}{:>17}{:>10}", "each of 2,000 readings, one a day", columns[0], columns[1], "ratio");
    let mut desks = BOARDS.map(|kpis| Desk::new(kpis, kpis * READINGS_EACH));
    desks.iter_mut().for_each(Desk::aim);
    let reports = |desk: &Desk| -> BTreeMap<_, _> {
        desk.plan.kpis.iter().map(|kpi| (kpi.id, desk.plan.kpi_report(kpi, desk.today))).collect()
    };
    // Each report for itself: on a busy machine, what takes long is interrupted.
    let reported = |desk: &Desk| -> Duration {
        let report = |id: &mut KpiId| {
            drop(black_box(desk.plan.kpi_report(desk.plan.kpis.get(*id).unwrap(), desk.today)));
        };
        medians(&mut desk.ids.clone(), BOARD_TIMES, report).iter().sum()
    };
    tell("reports", &desks.each_ref().map(reported));
    let known = desks.each_ref().map(reports);
    let mut with_reports: Vec<_> = desks.iter().zip(&known).collect();
    tell(
        "groups, what needs attention first",
        &medians(&mut with_reports, BOARD_TIMES, |(desk, reports)| {
            let urgency = |kpi: &Kpi| reports[&kpi.id].urgency(kpi.created, desk.today);
            drop(black_box(desk.plan.board(Grouping::Pillar, Sorting::Attention, "", &urgency, desk.today)));
        }),
    );
    for (frequency, what) in
        [(Frequency::Monthly, "heat table, 12 months"), (Frequency::Weekly, "heat table, 12 weeks")]
    {
        tell(
            what,
            &medians(&mut with_reports, BOARD_TIMES, |(desk, reports)| {
                let columns = desk.plan.heat_columns(frequency, 12, desk.today);
                for kpi in desk.plan.kpis.iter() {
                    drop(black_box(desk.plan.heat_row(kpi, &reports[&kpi.id], &columns, frequency, desk.today)));
                }
            }),
        );
    }
}
