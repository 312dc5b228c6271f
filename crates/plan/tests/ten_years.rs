//! Ten years of a plan have their place in a browser, which gives 5.2 million characters, or half as many.
#![allow(clippy::unwrap_used)]

#[path = "support/memory.rs"]
mod memory;

use bearings_plan::{store, *};
use memory::Memory;

const MOST_CHARACTERS: usize = 2_400_000;
const KPIS: u8 = 28;
const DAYS: i32 = 3_652;
const QUARTERS: i32 = 40;
const KEY_RESULTS: u8 = 25;
const WEEKS: i32 = 13;

fn seed(kind: u8, n: u8, quarter: i32) -> Seed {
    let quarter = u8::try_from(quarter).unwrap();
    Seed { millis: 1, random: [kind, n, quarter, 0, 0, 0, 0, 0, 0, 0] }
}

#[test]
fn ten_years_of_readings_and_check_ins_fit() {
    let (actor, first) = (Actor(0x16db_7fca), Day::new(2017, 1, 1).unwrap());
    let at = At { stamp: Stamp::new(1, 0, actor), day: first };
    let plan = Plan::new(seed(0, 0, 0).into(), Name::new("Ten years").unwrap(), at);
    let mut changes = Vec::new();
    // Values that say little of each other: four digits and a decimal.
    let mut last = 1_u32;
    let mut value = || {
        last = last.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        Number::new(f64::from(10_000 + last / 500_000) / 10.0).unwrap()
    };
    for n in 0..KPIS {
        let id: KpiId = seed(1, n, 0).into();
        let name = Name::new(&format!("Instrument {n}")).unwrap();
        let kpi = Kpi::new(id, name, Prose::new("Because it matters").unwrap(), Frequency::Daily, at);
        changes.push(Change::Add(kpi.into()));
        for day in 0..DAYS {
            let row = Reading { value: value(), note: Prose::default() };
            let key = EntryKey { day: first.plus_days(day), n: 0, actor };
            changes.push(Change::Reading { of: id, key, row: Some(row) });
        }
    }
    for quarter in 0..QUARTERS {
        let start = first.plus_months(3 * quarter);
        let span = Span { start, end: start.plus_months(3).plus_days(-1) };
        let cycle = Cycle::new(seed(2, 0, quarter).into(), Name::new("Quarter").unwrap(), span, at);
        let objective: ObjectiveId = seed(3, 0, quarter).into();
        let goal = Objective::new(objective, Name::new("Where to go").unwrap(), Some(cycle.id), at);
        changes.extend([Change::Add(cycle.into()), Change::Add(goal.into())]);
        for n in 0..KEY_RESULTS {
            let id: KeyResultId = seed(4, n, quarter).into();
            let measure = Measure::Metric { start: Number::ZERO, target: Number::from(2_000) };
            let title = Name::new(&format!("How we know, number {n}")).unwrap();
            changes.push(Change::Add(KeyResult::new(id, objective, title, measure, at).into()));
            for week in 0..WEEKS {
                let note = Prose::new("Two calls, one of which went well").unwrap();
                let confidence = Confidence::new(5).ok();
                let row = CheckIn { value: Some(value()), confidence, note };
                let key = EntryKey { day: start.plus_days(7 * week), n: 0, actor };
                changes.push(Change::CheckIn { of: id, key, row: Some(row) });
            }
        }
    }
    let plan =
        changes.chunks(Change::MAX).fold(plan, |plan, some| plan.apply(&Change::All(some.to_vec()), at).unwrap().0);

    let shelf = Memory::default();
    store::put(&shelf, &plan, at).unwrap();
    let characters: usize = shelf.0.borrow().values().map(|text| text.chars().count()).sum();
    assert!(characters <= MOST_CHARACTERS, "{characters} characters");
    assert_eq!(store::open(&shelf, plan.frame.id).unwrap().plan, plan);
}
