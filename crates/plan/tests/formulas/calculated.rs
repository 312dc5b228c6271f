//! KPIs that are calculated from others. The values of random formulas are compared with those that were worked out
//! apart from this code: see `reference/formula.py`.

use bearings_plan::{
    infix::{Piece, Told},
    *,
};
use serde_json::Value;

use crate::builder::*;

/// A world long before any reading.
fn world() -> World {
    let mut world = World::new();
    world.today = date("2015-01-01");
    world
}

#[test]
fn values_and_gaps_are_those_of_the_reference() {
    let cases: Value = serde_json::from_str(include_str!("../reference/formula.json")).unwrap();
    let (mut compared, mut gaps) = (0, 0);
    for case in cases.as_array().unwrap() {
        let mut world = self::world();
        let month = Month::new(case["fiscal"].as_u64().unwrap() as u8).unwrap();
        world.edit_from(day(-30), Edit::frame(FrameEdit::fiscal_start(month)));
        let frequency = Frequency::from_word(case["frequency"].as_str().unwrap()).unwrap();
        let mut ids = Vec::new();
        for (name, series) in case["series"].as_object().unwrap() {
            let id = world.called(name);
            let how = Aggregation::from_word(series["how"].as_str().unwrap()).unwrap();
            world.edit(Edit::of(id, KpiEdit::aggregation(how)));
            for reading in series["readings"].as_array().unwrap() {
                world.reading(id, date(reading[0].as_str().unwrap()), reading[1].as_f64().unwrap());
            }
            ids.push((name.clone(), id));
        }
        let result = world.called("Result");
        world.edit(Edit::of(result, KpiEdit::frequency(frequency)));
        let today = case["today"].as_str().unwrap();
        for formula in case["formulas"].as_array().unwrap() {
            let text = formula["text"].as_str().unwrap();
            let change = world.calculates(result, text);
            world.apply(change);
            let found = world.kpi_report(result, today).periods;
            let expected = formula["values"].as_array().unwrap();
            assert_eq!(found.len(), expected.len(), "{text}");
            for (found, expected) in found.iter().zip(expected) {
                let what = format!("{text} on {}", found.period.start);
                assert_eq!(found.period.start, date(expected[0].as_str().unwrap()), "{what}");
                let reason = |gap| match gap {
                    Gap::NoReading(id) => {
                        format!("no reading of {}", ids.iter().find(|(_, other)| *other == id).unwrap().0)
                    }
                    Gap::DivisionByZero => "division by zero".to_owned(),
                    Gap::NoneBefore => "none before".to_owned(),
                    gap => format!("{gap:?}"),
                };
                match expected[1].as_f64() {
                    Some(expected) => {
                        let value = found.value.unwrap_or_else(|| panic!("{what}: {:?}", found.gap)).get();
                        assert!(
                            (value - expected).abs() <= 1e-9 * expected.abs().max(1.0),
                            "{what}: {value}, {expected}"
                        );
                        compared += 1;
                    }
                    None => {
                        assert_eq!(found.gap.map(reason).as_deref(), expected[1].as_str(), "{what}");
                        gaps += 1;
                    }
                }
            }
        }
    }
    assert!(compared > 1_000 && gaps > 1_000, "{compared} values, {gaps} gaps");
}

#[test]
fn a_missing_value_is_a_gap_with_its_reason() {
    let mut world = world();
    let (cost, visits) = (world.called("Cost"), world.called("Visits"));
    world.readings(cost, &[("2026-07-31", 10.0), ("2026-08-31", 12.0), ("2026-10-31", 9.0)]);
    world.readings(visits, &[("2026-08-31", 4.0), ("2026-09-30", 5.0), ("2026-10-31", 0.0)]);
    let huge = world.called("Huge");
    world.readings(huge, &[("2026-07-31", 1e15)]);
    let missing = |id| Err(Gap::NoReading(id));
    // formula | July to October
    for (formula, expected) in [
        ("Cost / Visits", [missing(visits), Ok(3.0), missing(cost), Err(Gap::DivisionByZero)]),
        ("Visits / Cost", [missing(visits), Ok(4.0 / 12.0), missing(cost), Ok(0.0)]),
        ("prev(Cost)", [Err(Gap::NoneBefore), Ok(10.0), Ok(12.0), missing(cost)]),
        ("prev(Cost, 2)", [Err(Gap::NoneBefore), Err(Gap::NoneBefore), Ok(10.0), Ok(12.0)]),
        // Cost has begun with the year: the gap in September stays until the next one.
        ("ytd(Cost)", [Ok(10.0), Ok(22.0), missing(cost), missing(cost)]),
        // Visits had not begun in July: there is nothing to add.
        ("ytd(Visits) + 0 * Cost", [missing(visits), Ok(4.0), missing(cost), Ok(9.0)]),
        ("max(Cost, 11)", [Ok(11.0), Ok(12.0), missing(cost), Ok(11.0)]),
        ("Huge * Huge * Huge / (Cost - 10)", [Err(Gap::DivisionByZero), missing(huge), missing(huge), missing(huge)]),
        ("Huge + Cost", [Err(Gap::TooLarge), missing(huge), missing(cost), missing(huge)]),
        ("7 + 0 * Cost", [Ok(7.0), Ok(7.0), missing(cost), Ok(7.0)]),
    ] {
        let expected: Vec<_> = expected.into();
        let id = world.calculated("Result", formula);
        let expected = if formula == "Huge + Cost" {
            vec![Err(Gap::TooLarge), missing(huge), missing(huge), missing(huge)]
        } else {
            expected
        };
        assert_eq!(world.values(id, "2026-10-31"), expected, "{formula}");
        world.apply(world.plan.deletion(id.into(), world.today));
    }
    // Numbers alone have no periods.
    let id = world.calculated("Result", "1 + 2");
    assert_eq!(world.kpi_report(id, "2026-10-31").health, Health::NoData);
    assert_eq!(world.plan.kpi_value(world.plan.kpis.get(id).unwrap(), date("2026-10-31")), None);
}

#[test]
fn a_deleted_input_is_named_and_comes_back_with_undo() {
    let mut world = world();
    let (cost, visits) = (world.called("Cost"), world.called("Visits"));
    world.readings(cost, &[("2026-09-30", 6.0)]);
    world.readings(visits, &[("2026-09-30", 2.0)]);
    let id = world.calculated("Result", "Cost / Visits");
    assert_eq!(world.values(id, "2026-09-30"), [Ok(3.0)]);
    let at = world.at();
    let (without, undo) = world.plan.apply(&world.plan.deletion(visits.into(), world.today), at).unwrap();
    world.plan = without;
    assert_eq!(world.values(id, "2026-09-30"), [Err(Gap::Gone(visits))]);
    assert_eq!(world.kpi_report(id, "2026-09-30").health, Health::NoData);
    world.apply(undo);
    assert_eq!(world.values(id, "2026-09-30"), [Ok(3.0)]);
}

#[test]
fn nobody_makes_a_circle() {
    let mut world = world();
    let [a, b, c, d] = ["A", "B", "C", "D"].map(|name| world.called(name));
    let change = world.calculates(b, "A + 1");
    world.apply(change);
    world.part(c, a);
    world.part(d, c);
    let refused = |world: &mut World, change: Change| {
        let at = world.at();
        let refused = world.plan.permitted(&change, at).err();
        assert!(refused.is_none_or(|error| error == Invalid::Circle.into()));
        refused.is_some()
    };
    let parts =
        |id, gathering| Change::Edit { edit: Edit::of(id, KpiEdit::origin(Origin::Parts { gathering })), from: None };
    let parent = |id, parent| Change::Edit { edit: Edit::of(id, KpiEdit::parent(Some(parent))), from: None };
    // D is part of C, C of A, and B is calculated from A.
    for (what, change, circle) in [
        ("of itself", world.calculates(a, "A * 2"), true),
        ("of what stands on it", world.calculates(a, "prev(B)"), true),
        ("of something else", world.calculates(a, "D"), false),
        ("a part of itself", parent(a, a), true),
        ("a part of its part", parent(a, d), true),
        ("a part of something else", parent(d, b), false),
        ("its parts", parts(a, Gathering::Sum), false),
    ] {
        assert_eq!(refused(&mut world, change), circle, "{what}");
    }
    // Once the parts make A: what is part of it cannot be calculated from it.
    let sum = parts(a, Gathering::Mean);
    world.apply(sum);
    let of_b = world.calculates(c, "B");
    assert!(refused(&mut world, of_b));
    let (mean, of_b) = (parts(c, Gathering::Sum), world.calculates(d, "B / 2"));
    world.apply(mean);
    assert!(refused(&mut world, of_b));
    assert!(refused(&mut world, parent(b, a)));
    let harmless = world.calculates(d, "7");
    assert!(!refused(&mut world, harmless));
}

#[test]
fn a_circle_that_merging_makes_is_a_gap_and_nothing_else() {
    let mut world = world();
    let [a, b, c] = ["A", "B", "C"].map(|name| world.called(name));
    world.readings(c, &[("2026-09-30", 4.0)]);
    // Each tab makes one half of it, and is allowed to.
    let base = world.plan.clone();
    let halves = [world.calculates(a, "B + C"), world.calculates(b, "A - C")].map(|change| {
        let at = world.at();
        base.permitted(&change, at).unwrap().0
    });
    world.plan = halves[0].merge(&halves[1]);
    let over = world.calculated("Over", "C + 0 * A");
    for id in [a, b, over] {
        let [value] = world.values(id, "2026-09-30")[..] else { panic!("one period") };
        assert!(matches!(value, Err(Gap::Circle(of)) if of == a || of == b), "{value:?}");
        assert_eq!(world.plan.kpi_value(world.plan.kpis.get(id).unwrap(), date("2026-09-30")), None);
    }
    assert_eq!(world.values(c, "2026-09-30"), [Ok(4.0)]);
    // Undoing one half makes both well.
    let change = world.calculates(b, "C");
    world.apply(change);
    assert_eq!(world.values(a, "2026-09-30"), [Ok(8.0)]);
    // Parts and formulas make one circle, too.
    world.gathers(b, Gathering::Sum);
    world.part(a, b);
    assert!(matches!(world.values(a, "2026-09-30")[..], [Err(Gap::Circle(_))]));
}

#[test]
fn sixty_four_may_stand_one_upon_the_other() {
    let mut world = world();
    let first = world.called("K1");
    world.readings(first, &[("2026-09-30", 1.0)]);
    let mut last = first;
    for nth in 2..=65 {
        last = world.calculated(&format!("K{nth}"), &format!("K{} + 1", nth - 1));
        match world.values(last, "2026-09-30")[..] {
            [Ok(value)] if nth <= 64 => close(value, f64::from(nth), "the nth"),
            [Err(Gap::Circle(of))] if nth == 65 => assert_eq!(of, first),
            ref other => panic!("{nth}: {other:?}"),
        }
    }
    assert_eq!(world.plan.dependencies(last, world.today).len(), 65);
}

#[test]
fn what_is_used_twice_is_calculated_once() {
    let mut world = world();
    let first = world.called("K0");
    world.readings(first, &[("2026-09-30", 1.0)]);
    let mut last = first;
    // Taken apart anew at each use, these would be 2^40 values.
    for nth in 1..=40 {
        last = world.calculated(&format!("K{nth}"), &format!("K{0} + K{0}", nth - 1));
    }
    assert_eq!(world.values(last, "2026-09-30"), [Ok(f64::from(2_u32.pow(20)).powi(2))]);
}

#[test]
fn inputs_of_another_frequency_are_read_in_the_periods_of_the_formula() {
    let mut world = world();
    let (daily, weekly, quarterly) = (world.called("Daily"), world.called("Weekly"), world.called("Quarterly"));
    for (id, frequency, aggregation) in [
        (daily, Frequency::Daily, Aggregation::Sum),
        (weekly, Frequency::Weekly, Aggregation::Mean),
        (quarterly, Frequency::Quarterly, Aggregation::Last),
    ] {
        world.edit(Edit::of(id, KpiEdit::frequency(frequency)));
        world.edit(Edit::of(id, KpiEdit::aggregation(aggregation)));
    }
    world.readings(daily, &[("2026-09-01", 1.0), ("2026-09-30", 2.0), ("2026-10-01", 5.0)]);
    world.readings(weekly, &[("2026-09-07", 10.0), ("2026-09-14", 20.0), ("2026-10-05", 50.0)]);
    world.readings(quarterly, &[("2026-09-15", 100.0)]);
    // In September 3 and 15, in October 5 and 50.
    let id = world.calculated("Result", "Daily + Weekly");
    assert_eq!(world.values(id, "2026-10-31"), [Ok(18.0), Ok(55.0)]);
    // A quarter's reading counts in its own month only: what is of another one is not known.
    let id = world.calculated("Mixed", "Quarterly + Daily");
    assert_eq!(world.values(id, "2026-10-31"), [Ok(103.0), Err(Gap::NoReading(quarterly))]);
    // By the quarter, all of them have a value.
    world.edit(Edit::of(id, KpiEdit::frequency(Frequency::Quarterly)));
    assert_eq!(world.values(id, "2026-09-30"), [Ok(103.0)]);
}

#[test]
fn what_is_made_of_sums_is_known_when_the_period_is_over() {
    let mut world = world();
    let (sales, visits) = (world.called("Sales"), world.called("Visits"));
    world.edit(Edit::of(sales, KpiEdit::aggregation(Aggregation::Sum)));
    world.readings(sales, &[("2026-09-30", 30.0), ("2026-10-02", 4.0), ("2026-10-31", 6.0)]);
    world.readings(visits, &[("2026-09-30", 10.0), ("2026-10-02", 2.0), ("2026-10-31", 5.0)]);
    let ratio = world.calculated("Ratio", "Sales / Visits");
    let over = world.calculated("Over", "Ratio * 100");
    let plain = world.calculated("Plain", "Visits * 2");
    let kpi = |id| world.plan.kpis.get(id).unwrap();
    for (id, at_end) in [(sales, true), (visits, false), (ratio, true), (over, true), (plain, false)] {
        assert_eq!(world.plan.is_known_at_end(kpi(id), date("2026-10-15")), at_end, "{}", *kpi(id).name);
    }
    let report = world.kpi_report(ratio, "2026-10-15");
    assert_eq!(report.current.unwrap().value, Some(number(3.0)));
    assert_eq!(report.so_far, Some(number(2.0)));
    let report = world.kpi_report(ratio, "2026-11-01");
    assert_eq!((report.current.unwrap().value, report.so_far), (Some(number(2.0)), None));
    assert_eq!(world.kpi_report(plain, "2026-10-15").current.unwrap().value, Some(number(4.0)));
}

/// Two definitions, one after the other, over readings that come one by one.
#[test]
fn any_past_day_is_as_it_was_known_and_the_value_is_that_of_the_report() {
    let mut world = world();
    let (sales, visits) = (world.called("Sales"), world.called("Visits"));
    world.edit(Edit::of(sales, KpiEdit::aggregation(Aggregation::Sum)));
    let id = world.calculated("Result", "Sales / Visits");
    let whole = world.called("Whole");
    world.gathers(whole, Gathering::Sum);
    for part in [sales, visits] {
        world.part(part, whole);
    }
    let first = date("2026-01-10");
    for step in 0..40 {
        world.today = first.plus_days(step * 5);
        let of = if step % 3 == 0 { visits } else { sales };
        if step % 7 != 0 {
            world.reading(of, world.today, f64::from(step));
        }
        if step == 20 {
            let change = world.calculates(id, "ytd(Sales) - prev(Visits, 2)");
            world.apply(change);
        }
    }
    for step in 0..220 {
        let day = first.plus_days(step - 10);
        let past = world.plan.as_of(day);
        for id in [id, whole] {
            let report = world.plan.kpi_report(world.plan.kpis.get(id).unwrap(), day);
            assert_eq!(past.kpis.get(id).map(|kpi| past.kpi_report(kpi, day)), Some(report.clone()), "{day}");
            let value = world.plan.kpi_value(world.plan.kpis.get(id).unwrap(), day);
            assert_eq!(value, report.current.and_then(|current| current.value), "{day}");
        }
    }
}

#[test]
fn a_formula_is_told_with_the_values_of_a_period() {
    let mut world = world();
    let (cost, visits) = (world.called("Cost"), world.called("Visits"));
    world.readings(cost, &[("2026-08-31", 10.0), ("2026-09-30", 12.0)]);
    world.readings(visits, &[("2026-09-30", 4.0)]);
    let id = world.calculated("Result", "(Cost + 2) / -Visits - prev(Cost) * ytd(Cost + Visits)");
    let told = |on: &str| {
        let kpi = world.plan.kpis.get(id).unwrap();
        let report = world.kpi_report(id, on);
        world.plan.formula_told(kpi, &report.periods.last().unwrap().period, date(on)).unwrap()
    };
    let value = |of, value: f64| Told::Value { of, value: Ok(number(value)) };
    let sign = |function| Told::Piece(Piece::Sign(function));
    let expected = |last| {
        [
            Told::Piece(Piece::Open),
            value(Some(cost), 12.0),
            sign(Function::Add),
            Told::Piece(Piece::Number(number(2.0))),
            Told::Piece(Piece::Close),
            sign(Function::Divide),
            Told::Piece(Piece::Minus),
            value(Some(visits), 4.0),
            sign(Function::Subtract),
            // A month before.
            value(Some(cost), 10.0),
            sign(Function::Multiply),
            last,
        ]
    };
    // Until September Visits had not begun: 12 + 4. It has no unit of one KPI.
    assert_eq!(told("2026-09-30"), expected(value(None, 16.0)));
    let gaps: Vec<_> = told("2026-10-31")
        .into_iter()
        .filter_map(|it| match it {
            Told::Value { of, value } => Some((of, value.map(Number::get))),
            Told::Piece(_) => None,
        })
        .collect();
    let missing = |id| Err(Gap::NoReading(id));
    assert_eq!(
        gaps,
        [(Some(cost), missing(cost)), (Some(visits), missing(visits)), (Some(cost), Ok(12.0)), (None, missing(cost))]
    );
    // What is read has no formula.
    assert_eq!(world.plan.formula_told(world.plan.kpis.get(cost).unwrap(), &span(day(0), day(1)), day(1)), None);
}

#[test]
fn what_lies_behind_a_deleted_input_is_a_dependency_still() {
    let mut world = world();
    let (gone, base) = (world.called("Gone"), world.called("Base"));
    let middle = world.calculated("Middle", "Base * 2");
    // The deleted one stands first, and what is looked at after it has inputs of its own.
    let top = world.calculated("Top", "Gone + Middle");
    world.apply(Change::Delete(gone.into()));
    assert_eq!(world.plan.dependencies(top, world.today), [top, gone, middle, base]);
    assert_eq!(world.plan.last_reading(world.plan.kpis.get(top).unwrap(), world.today), None);
    world.readings(base, &[("2026-01-05", 1.0)]);
    assert_eq!(
        world.plan.last_reading(world.plan.kpis.get(top).unwrap(), date("2026-01-06")),
        Some(date("2026-01-05")),
    );
    // Three levels down, a circle is one all the same.
    let (change, at) = (world.calculates(base, "Top"), world.at());
    assert_eq!(world.plan.permitted(&change, at).err(), Some(ChangeError::Invalid(Invalid::Circle)));
}
