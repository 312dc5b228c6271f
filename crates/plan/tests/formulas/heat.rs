//! The heat table: KPIs in periods of their own length, of a longer one, of a shorter one.

use Aggregation::{Last, Max, Mean, Sum};
use Frequency::{Daily, Monthly, Quarterly, Weekly, Yearly};
use bearings_plan::*;

use crate::builder::*;

fn row(world: &World, id: KpiId, frequency: Frequency, n: usize, on: &str) -> (Vec<Span>, Vec<HeatCell>) {
    let (kpi, day) = (world.plan.kpis.get(id).unwrap(), date(on));
    let (report, columns) = (world.plan.kpi_report(kpi, day), world.plan.heat_columns(frequency, n, day));
    let row = world.plan.heat_row(kpi, &report, &columns, frequency, day);
    assert_eq!(row.len(), columns.len());
    (columns, row)
}

/// What each cell shows: how it fits, and its value.
fn told(row: &[HeatCell]) -> Vec<(Fit, Option<f64>)> {
    row.iter().map(|cell| (cell.fit, cell.shown.as_ref().and_then(|it| it.value).map(Number::get))).collect()
}

fn all(fit: Fit, values: &[Option<f64>]) -> Vec<(Fit, Option<f64>)> {
    values.iter().map(|value| (fit, *value)).collect()
}

fn read(frequency: Frequency, aggregation: Aggregation, readings: &[(&str, f64)]) -> (World, KpiId) {
    let mut world = World::new();
    world.today = date("2024-01-01");
    let id = world.kpi(frequency, aggregation);
    for (on, value) in readings {
        world.reading(id, date(on), *value);
    }
    (world, id)
}

/// From the first day of the plan on.
fn years_begin_in(world: &mut World, month: u8) {
    world.edit_from(day(-30), Edit::frame(FrameEdit::fiscal_start(Month::new(month).unwrap())));
}

fn formula(world: &mut World, frequency: Frequency, tokens: &[Token]) -> KpiId {
    let id = world.kpi(frequency, Last);
    let origin = Origin::Formula { formula: Formula::new(tokens.to_vec()).unwrap() };
    world.edit(Edit::of(id, KpiEdit::origin(origin)));
    id
}

#[test]
fn columns_are_the_last_periods_and_the_running_one_is_the_last() {
    let mut world = World::new();
    let columns = |world: &World, frequency, n, on: &str| {
        let columns = world.plan.heat_columns(frequency, n, date(on));
        columns.iter().map(|it| format!("{}/{}", it.start, it.end)).collect::<Vec<_>>().join(" ")
    };
    for (frequency, n, on, expected) in [
        (Monthly, 3, "2024-03-31", "2024-01-01/2024-01-31 2024-02-01/2024-02-29 2024-03-01/2024-03-31"),
        // 2026 has a week 53, which ends on Sunday, 2027-01-03.
        (Weekly, 3, "2027-01-04", "2026-12-21/2026-12-27 2026-12-28/2027-01-03 2027-01-04/2027-01-10"),
        (Quarterly, 2, "2026-11-21", "2026-07-01/2026-09-30 2026-10-01/2026-12-31"),
        (Daily, 2, "2024-03-01", "2024-02-29/2024-02-29 2024-03-01/2024-03-01"),
        (Yearly, 1, "2026-11-21", "2026-01-01/2026-12-31"),
        (Monthly, 0, "2026-11-21", ""),
    ] {
        assert_eq!(columns(&world, frequency, n, on), expected);
    }
    years_begin_in(&mut world, 2);
    assert_eq!(columns(&world, Quarterly, 2, "2026-11-21"), "2026-08-01/2026-10-31 2026-11-01/2027-01-31");
    assert_eq!(columns(&world, Yearly, 2, "2026-11-21"), "2025-02-01/2026-01-31 2026-02-01/2027-01-31");
}

#[test]
fn a_column_of_its_own_length_is_one_of_its_periods() {
    for fiscal in [1, 2, 4] {
        for (frequency, aggregation) in [(Weekly, Sum), (Monthly, Mean), (Quarterly, Sum), (Yearly, Last), (Daily, Max)]
        {
            let (mut world, id) = read(frequency, aggregation, &[]);
            years_begin_in(&mut world, fiscal);
            for n in 0..200 {
                // Gaps here and there.
                if n % 7 != 3 {
                    world.reading(id, date("2026-01-03").plus_days(2 * n), f64::from(n % 10));
                }
            }
            world.target(id, date("2026-06-01"), at_least(4.0), 1.0);
            for on in ["2026-01-02", "2026-01-03", "2026-11-21", "2027-01-03", "2027-01-31"] {
                let report = world.kpi_report(id, on);
                let (columns, cells) = row(&world, id, frequency, 12, on);
                for (column, cell) in columns.iter().zip(&cells) {
                    let own = report.periods.iter().find(|period| period.period == *column);
                    assert_eq!((cell.fit, cell.shown.as_ref()), (Fit::Own, own), "{frequency:?} {column:?}");
                }
                let last = cells.last().unwrap();
                assert_eq!(last.so_far(), report.so_far.is_some(), "{frequency:?} {on}");
                assert_eq!(last.health().is_none(), last.shown.is_none() || report.so_far.is_some());
                assert!(cells[..11].iter().all(|cell| !cell.so_far()));
            }
        }
    }
}

#[test]
fn shorter_periods_are_taken_together_and_only_levels_are_judged() {
    let readings =
        [("2026-08-10", 1.0), ("2026-08-17", 3.0), ("2026-10-05", 6.0), ("2026-10-31", 2.0), ("2026-11-02", 4.0)];
    for (aggregation, fit, values) in [
        (Last, Fit::Level, [None, Some(3.0), None, Some(2.0), Some(4.0)]),
        (Mean, Fit::Level, [None, Some(2.0), None, Some(4.0), Some(4.0)]),
        (Max, Fit::Level, [None, Some(3.0), None, Some(6.0), Some(4.0)]),
        (Sum, Fit::Amount, [None, Some(4.0), None, Some(8.0), Some(4.0)]),
    ] {
        let (mut world, id) = read(Weekly, aggregation, &readings);
        world.target(id, date("2026-01-01"), at_least(5.0), 1.0);
        world.target(id, date("2026-11-01"), at_least(1.0), 0.0);
        let (_, cells) = row(&world, id, Monthly, 5, "2026-11-21");
        assert_eq!(told(&cells), all(fit, &values), "{aggregation:?}");
        // The target of the month's last day, or of today.
        let healths: Vec<_> = cells.iter().map(HeatCell::health).collect();
        let expected = match aggregation {
            Last => {
                [None, Some(Health::Unhealthy), Some(Health::NoData), Some(Health::Unhealthy), Some(Health::Healthy)]
            }
            // November goes on, and only the last reading is what it is.
            Mean => [None, Some(Health::Unhealthy), Some(Health::NoData), Some(Health::Warning), None],
            Max => [None, Some(Health::Unhealthy), Some(Health::NoData), Some(Health::Healthy), None],
            // The target is for a week.
            _ => [None, Some(Health::NoTarget), Some(Health::NoData), Some(Health::NoTarget), None],
        };
        assert_eq!(healths, expected, "{aggregation:?}");
        assert_eq!(cells[4].so_far(), aggregation != Last);
    }
}

#[test]
fn longer_periods_are_shown_where_they_end_and_levels_are_carried() {
    use Fit::{Carried, Longer};
    let readings = [("2026-02-10", 1.0), ("2026-05-20", 2.0), ("2026-11-10", 4.0)];
    // Quarter by quarter: 1 up to March, 2 up to June, none up to September, 4 so far.
    let (mut world, id) = read(Quarterly, Last, &readings);
    world.target(id, date("2026-01-01"), at_least(2.0), 0.0);
    let (_, cells) = row(&world, id, Monthly, 11, "2026-11-21");
    let expected = [
        (Longer, None),
        (Longer, None),
        (Longer, Some(1.0)),
        (Carried, Some(1.0)),
        (Carried, Some(1.0)),
        (Longer, Some(2.0)),
        (Carried, Some(2.0)),
        (Carried, Some(2.0)),
        (Longer, None),
        (Carried, None),
        (Longer, Some(4.0)),
    ];
    assert_eq!(told(&cells), expected);
    assert!(cells[8].shown.is_some(), "a quarter without a reading has ended there");
    assert!(cells[9].shown.is_none(), "and there is nothing of it to carry on");
    let shown = cells[4].shown.as_ref().unwrap();
    assert_eq!((shown.period.start, shown.health), (date("2026-01-01"), Health::Unhealthy), "as it was judged itself");
    assert_eq!(cells[10].health(), Some(Health::Healthy));

    // An amount of a quarter is none of a month: it stands where the quarter ends, and nowhere else.
    let (world, id) = read(Quarterly, Sum, &readings);
    let (_, cells) = row(&world, id, Monthly, 11, "2026-11-21");
    let shown: Vec<_> =
        cells.iter().enumerate().filter_map(|(n, it)| Some((n, it.shown.as_ref()?.value?.get()))).collect();
    assert_eq!(shown, [(2, 1.0), (5, 2.0)]);

    // Without a reading in the running quarter, the last one holds on.
    let (world, id) = read(Quarterly, Mean, &[("2026-08-10", 5.0)]);
    let (_, cells) = row(&world, id, Monthly, 3, "2026-11-21");
    assert_eq!(told(&cells), [(Longer, Some(5.0)), (Carried, Some(5.0)), (Carried, Some(5.0))]);
}

#[test]
fn months_in_weeks_go_by_the_week_in_which_they_end() {
    let (world, id) = read(Monthly, Last, &[("2026-11-10", 7.0), ("2026-12-10", 8.0)]);
    let (columns, cells) = row(&world, id, Weekly, 6, "2027-01-04");
    // November ends on a Monday, December on the Thursday of week 53.
    assert_eq!(columns[1], span(date("2026-12-07"), date("2026-12-13")));
    let expected = [Fit::Longer, Fit::Carried, Fit::Carried, Fit::Carried, Fit::Longer, Fit::Carried];
    let expected: Vec<_> = expected.into_iter().zip([7.0, 7.0, 7.0, 7.0, 8.0, 8.0].map(Some)).collect();
    assert_eq!(told(&cells), expected);
}

#[test]
fn fiscal_quarters_hold_their_own_months() {
    let (mut world, id) =
        read(Monthly, Sum, &[("2026-07-31", 1.0), ("2026-08-01", 2.0), ("2026-10-31", 4.0), ("2026-11-01", 8.0)]);
    years_begin_in(&mut world, 2);
    let (_, cells) = row(&world, id, Quarterly, 3, "2026-11-21");
    assert_eq!(told(&cells), all(Fit::Amount, &[Some(1.0), Some(6.0), Some(8.0)]));
}

#[test]
fn what_is_calculated_fits_as_its_formula_does() {
    use Function::{Add, Divide, Multiply, Prev, Sum as SumOf, Ytd};
    let (mut world, revenue) = read(Weekly, Sum, &[("2026-09-07", 10.0), ("2026-09-14", 30.0), ("2026-10-05", 8.0)]);
    let visits = world.kpi(Weekly, Sum);
    for (on, value) in [("2026-09-08", 5.0), ("2026-09-15", 5.0), ("2026-10-06", 2.0)] {
        world.reading(visits, date(on), value);
    }
    let price = world.kpi(Weekly, Mean);
    for (on, value) in [("2026-09-08", 2.0), ("2026-09-15", 4.0), ("2026-10-06", 5.0)] {
        world.reading(price, date(on), value);
    }
    let (r, v, p, two) = (Token::Kpi(revenue), Token::Kpi(visits), Token::Kpi(price), Token::Number(number(2.0)));
    let call = |function| Token::Call(function, 0);
    let (level, amount) = (Fit::Level, Fit::Amount);
    for (what, tokens, fit, values) in [
        // The share of the month is that of its sums: 40 / 10, not the mean of 2 and 6.
        ("amount / amount", vec![r, v, call(Divide)], level, [Some(4.0), Some(4.0), None]),
        (
            "amount / amount * number",
            vec![r, v, call(Divide), two, call(Multiply)],
            level,
            [Some(8.0), Some(8.0), None],
        ),
        ("amount + amount", vec![r, v, call(Add)], amount, [Some(50.0), Some(10.0), None]),
        ("amount * level", vec![v, p, call(Multiply)], amount, [Some(30.0), Some(10.0), None]),
        ("level + number", vec![p, two, call(Add)], level, [Some(5.0), Some(7.0), None]),
        ("sum of amounts", vec![r, v, v, Token::Call(SumOf, 3)], amount, [Some(60.0), Some(12.0), None]),
        ("amount + level", vec![r, p, call(Add)], Fit::Unsound, [None; 3]),
        ("amount + number", vec![r, two, call(Add)], Fit::Unsound, [None; 3]),
        ("amount * amount", vec![r, v, call(Multiply)], Fit::Unsound, [None; 3]),
        ("number / amount", vec![two, v, call(Divide)], Fit::Unsound, [None; 3]),
        ("the week before", vec![p, Token::Call(Prev, 1)], Fit::Unsound, [None; 3]),
        ("since the year began", vec![r, call(Ytd)], Fit::Unsound, [None; 3]),
    ] {
        let id = formula(&mut world, Weekly, &tokens);
        let (_, cells) = row(&world, id, Monthly, 4, "2026-11-21");
        // Nothing was read before September.
        let before = (fit, None);
        assert_eq!(told(&cells), [vec![before], all(fit, &values)].concat(), "{what}");
        assert!(cells[0].shown.is_none(), "{what}");
        // Of its own periods, it says what it always says.
        let (columns, cells) = row(&world, id, Weekly, 12, "2026-11-21");
        let report = world.kpi_report(id, "2026-11-21");
        let own = columns.iter().map(|it| report.periods.iter().find(|own| own.period == *it));
        assert!(cells.iter().zip(own).all(|(cell, own)| cell.shown.as_ref() == own), "{what}");
    }
}

#[test]
fn running_totals_say_nothing_about_longer_periods() {
    let (mut world, id) = read(Weekly, Last, &[("2026-10-05", 10.0), ("2026-10-11", 30.0)]);
    world.edit(Edit::of(id, KpiEdit::resets(true)));
    let (_, cells) = row(&world, id, Monthly, 2, "2026-11-21");
    assert_eq!(told(&cells), all(Fit::Unsound, &[None, None]));
}

#[test]
fn a_whole_is_taken_together_as_its_parts_are() {
    let (mut world, first) = read(Weekly, Sum, &[("2026-09-07", 1.0), ("2026-10-05", 2.0)]);
    let second = world.kpi(Weekly, Sum);
    world.reading(second, date("2026-10-06"), 4.0);
    let whole = world.kpi(Weekly, Last);
    world.edit(Edit::of(whole, KpiEdit::origin(Origin::Parts { gathering: Gathering::Sum })));
    for part in [first, second] {
        world.edit(Edit::of(part, KpiEdit::parent(Some(whole))));
    }
    let (_, cells) = row(&world, whole, Monthly, 3, "2026-11-21");
    assert_eq!(told(&cells), all(Fit::Amount, &[Some(1.0), Some(6.0), None]));
    // Two of them that are not of one kind are neither.
    world.edit(Edit::of(second, KpiEdit::aggregation(Mean)));
    let (_, cells) = row(&world, whole, Monthly, 3, "2026-11-21");
    assert_eq!(cells[1].fit, Fit::Unsound);
}

#[test]
fn a_circle_ends() {
    let mut world = World::new();
    let ids = [world.kpi(Weekly, Last), world.kpi(Weekly, Last)];
    for (id, of) in [(ids[0], ids[1]), (ids[1], ids[0])] {
        let twice = vec![Token::Kpi(of), Token::Kpi(of), Token::Call(Function::Add, 0)];
        world.edit(Edit::of(id, KpiEdit::origin(Origin::Formula { formula: Formula::new(twice).unwrap() })));
    }
    let (_, cells) = row(&world, ids[0], Monthly, 2, "2026-11-21");
    assert_eq!(told(&cells), all(Fit::Unsound, &[None, None]));
}
