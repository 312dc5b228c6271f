//! Signal or noise: limits and rules as tables, compared with published numbers and with `reference/signal.py`, which
//! works them out apart from this code.

use NoLimits::{Apart, Flat, TooFew};
use bearings_plan::*;
use proptest::prelude::*;
use serde_json::Value;

use crate::builder::*;

const REFERENCE: &str = include_str!("../reference/signal.json");

/// Every value of one side and then the other: mean 10, moving ranges 4, limits 10 - 10.64 and 10 + 10.64.
const USUAL: [f64; 10] = [8.0, 12.0, 8.0, 12.0, 8.0, 12.0, 8.0, 12.0, 8.0, 12.0];

/// The period at a place: months from January 2020 on.
fn month(place: usize) -> Span {
    let start = date("2020-01-01").plus_months(i32::try_from(place).unwrap());
    span(start, start.plus_months(1).plus_days(-1))
}

fn periods(values: &[Option<f64>]) -> Vec<PeriodValue> {
    let one = |(place, value): (usize, &Option<f64>)| {
        let (period, value) = (month(place), value.map(number));
        PeriodValue { period, value, gap: None, target: None, health: Health::NoTarget, completed: true, so_far: false }
    };
    values.iter().enumerate().map(one).collect()
}

/// Baselines from and to the middle of the periods at these places.
fn chosen(places: &[(usize, Option<usize>)]) -> Baselines {
    let middle = |place: usize| month(place).start.plus_days(14);
    let baselines = places.iter().map(|&(from, to)| Baseline { from: middle(from), to: to.map(middle) });
    Baselines::new(baselines).unwrap()
}

fn signals_of(values: &[Option<f64>], places: &[(usize, Option<usize>)]) -> Signals {
    Signals::of(&periods(values), &chosen(places), None, false)
}

fn all(values: &[f64]) -> Vec<Option<f64>> {
    values.iter().copied().map(Some).collect()
}

/// Usual values, and then these.
fn then(values: &[f64]) -> Signals {
    signals_of(&all(&[&USUAL, values].concat()), &[(0, Some(9))])
}

/// A period in short: "+3rn" is the third running above the centre, in a run and in three of four; "o" is outside.
fn told(judged: Option<&Judged>) -> Option<String> {
    let judged = judged?;
    let side = match judged.side {
        Some(Side::Above) => '+',
        Some(Side::Below) => '-',
        None => '=',
    };
    let flags = [("o", judged.outside), ("r", judged.run), ("n", judged.near)];
    let flags: String = flags.into_iter().filter(|(_, it)| *it).map(|(flag, _)| flag).collect();
    assert_eq!(judged.is_signal(), !flags.is_empty());
    Some(format!("{side}{}{flags}", judged.running))
}

fn all_told(signals: &Signals) -> Vec<String> {
    signals.periods.iter().map(|it| told(it.as_ref()).unwrap_or_else(|| "?".to_owned())).collect()
}

fn limits(signals: &Signals, stretch: usize) -> Limits {
    signals.stretches[stretch].limits.clone().unwrap()
}

fn shift(signals: &Signals) -> Option<(Span, usize, Side)> {
    signals.shift.clone().map(|Shift { from, periods, side }| (from, periods, side))
}

/// NIST/SEMATECH e-Handbook of Statistical Methods, 6.3.2.2 "Individuals Control Charts": flow rates of ten batches. The
/// handbook divides by 1.128 where 2.66 is used here: 50.81 ± 4.9941 there, 50.81 ± 4.9949 here.
#[test]
fn the_flow_rates_of_the_nist_handbook() {
    let values = [49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1];
    let signals = signals_of(&all(&values), &[]);
    let limits = limits(&signals, 0);
    for (what, found, published, apart) in [
        ("centre", limits.mean, 50.81, 5e-5),
        ("mean moving range", limits.mean_range, 1.8778, 5e-5),
        ("upper limit", limits.high, 55.8041, 1e-3),
        ("lower limit", limits.low, 45.8159, 1e-3),
    ] {
        assert!((found - published).abs() < apart, "{what}: found {found}, published {published}");
    }
    assert_eq!((limits.n, limits.ranges, limits.provisional()), (10, 9, false));
    // As the handbook finds: no point lies outside.
    assert!(signals.periods.iter().flatten().all(|judged| !judged.is_signal()));
}

#[test]
fn limits_and_signals_are_those_of_the_reference() {
    let cases: Vec<Value> = serde_json::from_str(REFERENCE).unwrap();
    assert!(cases.len() >= 25);
    for case in cases.into_iter().filter(|case| case.get("expected").is_some()) {
        let (name, expected) = (case["name"].as_str().unwrap(), &case["expected"]);
        let place = |value: &Value| usize::try_from(value.as_u64().unwrap()).unwrap();
        let list = |what: &str| case[what].as_array().unwrap().clone();
        let values: Vec<Option<f64>> = list("values").iter().map(Value::as_f64).collect();
        let places: Vec<_> =
            list("chosen").iter().map(|it| (place(&it[0]), it[1].as_u64().map(|_| place(&it[1])))).collect();
        let bounds = |index: usize| case["bounds"][index].as_f64().map(number);
        let bounds = NaturalBounds { low: bounds(0), high: bounds(1) };
        let found = Signals::of(&periods(&values), &chosen(&places), Some(&bounds), false);

        let stretches = expected["stretches"].as_array().unwrap();
        assert_eq!(found.stretches.len(), stretches.len(), "{name}");
        for (found, expected) in found.stretches.iter().zip(stretches) {
            assert_eq!(found.span.start, month(place(&expected["begin"])).start, "{name}");
            match &found.limits {
                Ok(limits) => {
                    assert_eq!(
                        (limits.n, limits.ranges),
                        (place(&expected["n"]), place(&expected["ranges"])),
                        "{name}"
                    );
                    for (what, found) in [
                        ("mean", limits.mean),
                        ("mean_range", limits.mean_range),
                        ("lower", limits.lower),
                        ("upper", limits.upper),
                        ("low", limits.low),
                        ("high", limits.high),
                    ] {
                        let (expected, size) =
                            (expected[what].as_f64().unwrap(), limits.mean.abs() + limits.mean_range);
                        assert!((found - expected).abs() <= 1e-12 * size, "{name}, {what}: {found}, not {expected}");
                    }
                }
                Err(TooFew { values }) => assert_eq!(expected["none"], format!("too few: {values}"), "{name}"),
                Err(Apart) => assert_eq!(expected["none"], "apart", "{name}"),
                Err(Flat) => assert_eq!(expected["none"], "flat", "{name}"),
            }
        }
        let told: Vec<_> = found.periods.iter().map(|it| told(it.as_ref())).collect();
        let expected_told: Vec<_> =
            expected["periods"].as_array().unwrap().iter().map(|it| it.as_str().map(str::to_owned)).collect();
        assert_eq!(told, expected_told, "{name}");
        let found =
            shift(&found).map(|(from, periods, side)| (from, periods, if side == Side::Above { "+" } else { "-" }));
        let expected = &expected["shift"];
        let side = expected["side"].as_str();
        assert_eq!(
            found,
            side.map(|side| (month(place(&expected["from"])), place(&expected["periods"]), side)),
            "{name}"
        );
    }
}

#[test]
fn limits_around_a_line_and_around_the_year_before_are_those_of_the_reference() {
    let cases: Vec<Value> = serde_json::from_str(REFERENCE).unwrap();
    let cases: Vec<_> = cases.into_iter().filter(|case| case.get("around").is_some()).collect();
    assert!(cases.len() >= 15);
    for case in cases {
        let (name, expected) = (case["name"].as_str().unwrap(), &case["around"]);
        let place = |value: &Value| usize::try_from(value.as_u64().unwrap()).unwrap();
        let list = |what: &Value| what.as_array().unwrap().clone();
        let values: Vec<Option<f64>> = list(&case["values"]).iter().map(Value::as_f64).collect();
        let places: Vec<_> =
            list(&case["chosen"]).iter().map(|it| (place(&it[0]), it[1].as_u64().map(|_| place(&it[1])))).collect();
        let centre = Centre::from_word(case["centre"].as_str().unwrap());
        let calendar = Frequency::Monthly.calendar();
        let found = Signals::around(centre, calendar, &periods(&values), &chosen(&places), None, false);
        assert_eq!(found.centre, centre);
        for (found, expected) in found.stretches.iter().zip(list(&expected["none"])) {
            match &found.limits {
                Ok(_) => assert_eq!(expected, Value::Null, "{name}"),
                Err(TooFew { values }) => assert_eq!(expected, format!("too few: {values}"), "{name}"),
                Err(Apart) => assert_eq!(expected, "apart", "{name}"),
                Err(Flat) => assert_eq!(expected, "flat", "{name}"),
            }
        }
        let size = values.iter().flatten().fold(0.0, |most: f64, value| most.max(value.abs()));
        for (what, pick) in [
            ("lower", (|usual| usual.lower) as fn(&Usual) -> f64),
            ("centre", |usual| usual.centre),
            ("upper", |usual| usual.upper),
        ] {
            let expected = list(&expected["lines"][what]);
            assert_eq!(expected.len(), values.len(), "{name}");
            for (place, expected) in expected.iter().enumerate() {
                let found = found.usual(place).map(pick);
                assert_eq!(found.is_some(), expected.is_number(), "{name}, {what}, {place}");
                let apart = found.unwrap_or_default() - expected.as_f64().unwrap_or_default();
                assert!(apart.abs() <= 1e-11 * size, "{name}, {what}, {place}: {found:?}, not {expected}");
            }
        }
        let told: Vec<_> = found.periods.iter().map(|it| told(it.as_ref())).collect();
        let expected: Vec<_> = list(&expected["periods"]).iter().map(|it| it.as_str().map(str::to_owned)).collect();
        assert_eq!(told, expected, "{name}");
    }
}

#[test]
fn natural_bounds_hold_the_limits_of_each_period_around_a_line() {
    // 1, 3, 2, 4, 3, 5, …: up by half a period, with a mean moving range around the line of 1.5.
    let values: Vec<_> = (0..20).map(|at| Some(f64::from(at) / 2.0 + if at % 2 == 0 { 1.0 } else { 2.5 })).collect();
    let bounds = NaturalBounds { low: Some(number(0.0)), high: None };
    let calendar = Frequency::Monthly.calendar();
    let found =
        Signals::around(Some(Centre::Trend), calendar, &periods(&values), &Baselines::default(), Some(&bounds), false);
    let (first, last) = (found.usual(0).unwrap(), found.usual(19).unwrap());
    assert!(first.lower < 0.0 && first.low == 0.0 && first.high == first.upper, "{first:?}");
    assert!(last.low == last.lower && last.low > 0.0, "{last:?}");
    assert!(found.periods.iter().flatten().all(|judged| !judged.is_signal()), "a steady rise is noise");
    // The same values around their average are signals from end to end.
    let found = Signals::of(&periods(&values), &Baselines::default(), Some(&bounds), false);
    assert!(found.periods.iter().flatten().filter(|judged| judged.is_signal()).count() > 10);
}

#[test]
fn limits_take_six_values_are_firm_with_ten_and_frozen_with_twenty() {
    // 8, 12, 8, …: an even number of them has mean 10; 100 comes last, where it counts or does not.
    let first = |n: usize| (0..n).map(|at| Some(if at % 2 == 0 { 8.0 } else { 12.0 })).collect::<Vec<_>>();
    for (n, expected) in [(0, Err(TooFew { values: 0 })), (5, Err(TooFew { values: 5 })), (6, Ok((6, true)))] {
        let signals = signals_of(&first(n), &[]);
        let found = signals.stretches.first().map_or(Err(TooFew { values: 0 }), |it| it.limits.clone());
        assert_eq!(found.map(|limits| (limits.n, limits.provisional())), expected, "{n} values");
    }
    for (n, counted, provisional) in [(9, 9, true), (10, 10, false), (20, 20, false), (21, 20, false), (60, 20, false)]
    {
        let limits = limits(&signals_of(&first(n), &[]), 0);
        assert_eq!((limits.n, limits.provisional()), (counted, provisional), "{n} values");
    }
    // The twentieth still counts, (10 × 8 + 9 × 12 + 100) / 20; what comes later does not.
    let mut values = first(19);
    values.push(Some(100.0));
    close(limits(&signals_of(&values, &[]), 0).mean, 14.4, "the twentieth");
    values.extend([Some(100.0), None, Some(-500.0)]);
    let signals = signals_of(&values, &[]);
    close(limits(&signals, 0).mean, 14.4, "after the twentieth");
    assert_eq!(limits(&signals, 0).baseline, span(month(0).start, month(19).end));
}

#[test]
fn no_moving_range_goes_across_a_gap() {
    let values = [Some(1.0), Some(2.0), None, Some(12.0), Some(14.0), Some(11.0), None, None, Some(20.0)];
    let limits = limits(&signals_of(&values, &[]), 0);
    // Means of 1, 2, 12, 14, 11, 20 and of |2 - 1|, |14 - 12|, |11 - 14|.
    close(limits.mean, 10.0, "mean");
    close(limits.mean_range, 2.0, "mean moving range");
    assert_eq!((limits.n, limits.ranges), (6, 3));
    close(limits.high, 15.32, "upper limit");
    close(limits.low, 4.68, "lower limit");
}

#[test]
fn there_are_no_limits_where_nothing_varies_or_nothing_follows() {
    let found = |values: &[Option<f64>]| signals_of(values, &[]);
    let flat = found(&[Some(42.0); 12]);
    assert_eq!(flat.stretches[0].limits, Err(Flat));
    assert!(flat.periods.iter().all(Option::is_none));
    assert_eq!(flat.newest(), None);
    let apart: Vec<_> = (0..13).map(|at| (at % 2 == 0).then(|| f64::from(at))).collect();
    assert_eq!(found(&apart).stretches[0].limits, Err(Apart));
    assert!(Signals::of(&[], &Baselines::default(), None, true).stretches.is_empty());
}

#[test]
fn a_value_on_a_limit_is_noise_and_beyond_it_a_signal() {
    for (value, expected) in [(20.64, "+2"), (20.65, "+2o"), (-0.64, "-1"), (-0.65, "-1o")] {
        let signals = then(&[value]);
        assert_eq!(all_told(&signals).last().unwrap(), expected, "{value}");
        assert_eq!(signals.newest().unwrap().0, 10);
    }
}

#[test]
fn eight_running_on_one_side_are_a_signal() {
    // The last usual value lies above; so does each of these.
    let seven = then(&[11.0; 6]);
    assert_eq!(all_told(&seven)[9..], ["+1", "+2", "+3", "+4", "+5", "+6", "+7"]);
    assert_eq!(shift(&seven), None);
    let eight = then(&[11.0; 7]);
    assert_eq!(all_told(&eight)[8..], ["-1", "+1r", "+2r", "+3r", "+4r", "+5r", "+6r", "+7r", "+8r"]);
    assert_eq!(shift(&eight), Some((month(9), 8, Side::Above)));
    let nine = then(&[11.0; 8]);
    assert_eq!(all_told(&nine).last().unwrap(), "+9r");
    let below = then(&[9.0; 8]);
    assert_eq!(all_told(&below)[9..12], ["+1", "-1r", "-2r"]);
    assert_eq!(shift(&below), Some((month(10), 8, Side::Below)));
    // A value on the centre is on neither side.
    let centre = then(&[11.0, 11.0, 11.0, 10.0, 11.0, 11.0, 11.0, 11.0, 11.0, 11.0, 11.0]);
    assert_eq!(all_told(&centre)[12..15], ["+4", "=0", "+1"]);
    assert!(all_told(&centre).iter().all(|told| !told.contains('r')));
}

#[test]
fn a_gap_ends_a_run() {
    let mut values = all(&USUAL);
    values.extend([vec![Some(11.0); 6], vec![None], vec![Some(11.0); 7]].concat());
    let signals = signals_of(&values, &[(0, Some(9))]);
    assert_eq!(all_told(&signals)[14..19], ["+6", "+7", "?", "+1", "+2"]);
    assert!(signals.periods.iter().flatten().all(|judged| !judged.is_signal()));
    assert_eq!(shift(&signals), None);
}

#[test]
fn three_of_four_nearer_a_limit_than_the_centre_are_a_signal() {
    // Half-way is 15.32 above and 4.68 below.
    let (high, low, mid) = (15.33, 4.67, 10.0);
    let above = |values: &[f64]| all_told(&then(values)).split_off(10);
    assert_eq!(above(&[high, high]), ["+2", "+3"]);
    assert_eq!(above(&[high, high, high]), ["+2n", "+3n", "+4n"]);
    assert_eq!(above(&[high, mid, high, high]), ["+2n", "=0", "+1n", "+2n"]);
    assert_eq!(above(&[high, low, high, high]), ["+2n", "-1", "+1n", "+2n"]);
    assert_eq!(above(&[high, mid, mid, high, high]), ["+2", "=0", "=0", "+1", "+2"]);
    assert_eq!(above(&[low, mid, low, low]), ["-1n", "=0", "-1n", "-2n"]);
    assert_eq!(above(&[15.32, 15.32, 15.32]), ["+2", "+3", "+4"], "half-way is not nearer");
    assert_eq!(above(&[high, low, high, low]), ["+2", "-1", "+1", "-1"], "two of each side");
    assert_eq!(above(&[30.0, 30.0, 30.0]), ["+2on", "+3on", "+4on"], "beyond the limit is nearer to it too");
    // Three of four are three of four, whatever the missing one was.
    let mut values = all(&USUAL);
    values.extend([Some(high), None, Some(high), Some(high)]);
    assert_eq!(all_told(&signals_of(&values, &[(0, Some(9))]))[10..], ["+2n", "?", "+1n", "+2n"]);
}

#[test]
fn a_chosen_baseline_begins_a_new_stretch() {
    let values = all(&[&USUAL[..], &[20.0, 26.0, 20.0, 26.0, 20.0, 26.0, 90.0, 90.0]].concat());
    let found = signals_of(&values, &[(10, Some(15))]);
    assert_eq!(found.stretches.len(), 2);
    assert_eq!(found.places, [[0; 10].as_slice(), &[1; 8]].concat());
    assert_eq!(found.stretches[0].span, span(month(0).start, month(9).end));
    assert_eq!(found.stretches[0].chosen, None);
    assert_eq!(found.stretches[1].chosen, chosen(&[(10, Some(15))]).iter().next().cloned());
    close(limits(&found, 0).mean, 10.0, "before");
    // 23 ± 2.66 × 6, without what comes after the baseline.
    close(limits(&found, 1).high, 38.96, "from then on");
    assert!(limits(&found, 1).provisional());
    assert_eq!(limits(&found, 1).baseline, span(month(10).start, month(15).end));
    assert_eq!(all_told(&found)[14..], ["-1", "+1", "+2o", "+3o"]);
    assert_eq!(found.limits(9), found.stretches[0].limits.as_ref().ok());
    assert_eq!(found.limits(10), found.stretches[1].limits.as_ref().ok());
    assert_eq!(found.limits(18), None);
}

#[test]
fn where_baselines_begin_and_end() {
    let values = all(&[&USUAL[..], &USUAL, &USUAL].concat());
    // chosen | first period and values of each stretch
    for (places, expected) in [
        (vec![(0, None)], vec![(0, Ok(20))]),
        (vec![(0, Some(29))], vec![(0, Ok(30))]),
        (vec![(0, Some(99))], vec![(0, Ok(30))]),
        (vec![(4, None)], vec![(0, Err(4)), (4, Ok(20))]),
        (vec![(4, Some(8))], vec![(0, Err(4)), (4, Err(5))]),
        (vec![(12, None), (20, None)], vec![(0, Ok(12)), (12, Ok(8)), (20, Ok(10))]),
        (vec![(12, Some(25)), (20, None)], vec![(0, Ok(12)), (12, Ok(8)), (20, Ok(10))]),
        (vec![(99, None)], vec![(0, Ok(20))]),
    ] {
        let found = signals_of(&values, &places);
        let told = found.stretches.iter().map(|stretch| {
            let limits = stretch.limits.as_ref().map(|limits| limits.n).map_err(|error| match error {
                TooFew { values } => *values,
                Apart | Flat => usize::MAX,
            });
            ((0..30).find(|place| month(*place).start == stretch.span.start).unwrap(), limits)
        });
        assert_eq!(told.collect::<Vec<_>>(), expected, "{places:?}");
    }
    // A day of a month stands for the month; of two within one, the later one counts.
    let days = ["2020-03-01", "2020-03-31"].map(|from| Baseline { from: date(from), to: None });
    let found = Signals::of(&periods(&values), &Baselines::new(days).unwrap(), None, false);
    assert_eq!(found.stretches.len(), 2);
    assert_eq!(found.stretches[1].span.start, date("2020-03-01"));
    assert_eq!(found.stretches[1].chosen.as_ref().unwrap().from, date("2020-03-31"));
}

#[test]
fn a_lasting_change_is_proposed_until_it_is_known_and_the_next_one_after_it() {
    let up: Vec<f64> = USUAL.iter().map(|value| value + 20.0).collect();
    let down: Vec<f64> = USUAL.iter().map(|value| value - 40.0).collect();
    let values = all(&[&USUAL[..], &USUAL, &up, &up, &down].concat());
    // The twentieth usual value is above the centre already.
    let first = signals_of(&values[..40], &[]);
    assert_eq!(shift(&first), Some((month(19), 21, Side::Above)));
    assert_eq!(shift(&signals_of(&values[..40], &[(20, None)])), None);
    let second = signals_of(&values, &[(20, None)]);
    assert_eq!(shift(&second), Some((month(40), 10, Side::Below)));
    assert_eq!(shift(&signals_of(&values, &[(20, None), (40, None)])), None);
    // A run that has ended lasts no more, and one that a stretch began with is what its limits are made of.
    let mut ended = values[..40].to_vec();
    ended.push(Some(9.0));
    assert_eq!(shift(&signals_of(&ended, &[])), None);
    let begun = [&[11.0; 8][..], &[30.0], &[11.0; 8]].concat();
    assert_eq!(shift(&signals_of(&all(&begun[..8]), &[])), None);
}

#[test]
fn natural_bounds_hold_the_limits() {
    let bounded = |low: Option<f64>, high: Option<f64>| {
        let bounds = NaturalBounds { low: low.map(number), high: high.map(number) };
        let signals = Signals::of(&periods(&all(&USUAL)), &Baselines::default(), Some(&bounds), false);
        let Limits { low, high, lower, upper, .. } = limits(&signals, 0);
        close(lower, -0.64, "computed");
        close(upper, 20.64, "computed");
        (low, high)
    };
    for (low, high, expected) in [
        (None, None, (-0.64, 20.64)),
        (Some(0.0), None, (0.0, 20.64)),
        (None, Some(20.0), (-0.64, 20.0)),
        (Some(0.0), Some(20.0), (0.0, 20.0)),
        (Some(-5.0), Some(100.0), (-0.64, 20.64)),
        // Nothing of these values could be: the bound says nothing about them.
        (Some(11.0), None, (-0.64, 20.64)),
        (None, Some(9.0), (-0.64, 20.64)),
    ] {
        let found = bounded(low, high);
        close(found.0, expected.0, "low");
        close(found.1, expected.1, "high");
    }
    // A bound that is near to the centre does not make a signal of what lies near to it.
    let values = [2.0, 0.0, 2.0, 0.0, 2.0, 0.0, 2.0, 0.0, 2.0, 0.0, 0.0, 0.0, 0.0];
    let bounds = NaturalBounds { low: Some(Number::ZERO), high: None };
    let found = Signals::of(&periods(&all(&values)), &chosen(&[(0, Some(9))]), Some(&bounds), false);
    assert_eq!(limits(&found, 0).low, 0.0);
    assert!(found.periods.iter().flatten().all(|judged| !judged.is_signal()));
}

#[test]
fn limits_are_read_in_as_many_digits_as_tell_them_apart() {
    // values of a baseline | its upper limit, as it is read
    for (pair, expected) in [
        ([8.0, 12.0], 20.6),
        ([80.0, 120.0], 206.0),
        ([8_000.0, 12_000.0], 20_600.0),
        ([1_000_008.0, 1_000_012.0], 1_000_020.6),
        ([0.008, 0.012], 0.0206),
        ([-12.0, -8.0], 0.6),
        ([0.0, 1e-9], 3.16e-9),
    ] {
        let values: Vec<_> = pair.into_iter().cycle().take(10).map(Some).collect();
        let limits = limits(&signals_of(&values, &[]), 0);
        assert_eq!(limits.readable(limits.high), number(expected), "{pair:?}");
    }
}

/// A KPI with these readings, one in the middle of each month, and its signals in the middle of the last month.
fn kept(aggregation: Aggregation, values: &[f64]) -> (World, KpiId) {
    let mut world = World::new();
    world.today = date("2020-01-01");
    let id = world.kpi(Frequency::Monthly, aggregation);
    for (place, value) in values.iter().enumerate() {
        world.reading(id, month(place).start.plus_days(9), *value);
    }
    (world, id)
}

fn signals_on(world: &World, id: KpiId, day: Day) -> Signals {
    let kpi = world.plan.kpis.get(id).unwrap();
    world.plan.signals(kpi, &world.plan.kpi_report(kpi, day), day)
}

#[test]
fn the_running_period_is_judged_where_its_value_is_a_reading_like_any_other() {
    use Aggregation::{Last, Max, Mean, Min, Sum};
    let values = [&USUAL[..], &[50.0]].concat();
    let day = month(10).start.plus_days(14);
    for (aggregation, judged) in [(Last, true), (Sum, false), (Mean, false), (Min, false), (Max, false)] {
        let (mut world, id) = kept(aggregation, &values);
        let found = signals_on(&world, id, day);
        assert_eq!(found.periods[10].is_some(), judged, "{aggregation:?}");
        // Whether it is judged or not, it makes no limits.
        close(limits(&found, 0).mean, 10.0, "mean");
        assert_eq!(found.newest().unwrap().0, if judged { 10 } else { 9 }, "{aggregation:?}");
        let later = signals_on(&world, id, month(11).start);
        assert!(later.periods[10].is_some(), "{aggregation:?}, completed");
        assert_eq!(limits(&later, 0).n, 11);
        world.edit(Edit::of(id, KpiEdit::resets(true)));
        assert_eq!(signals_on(&world, id, day).periods[10], None, "{aggregation:?}, a running total");
    }
    // What is made of sums is no reading either.
    let (mut world, id) = kept(Sum, &values);
    let whole = world.kpi(Frequency::Monthly, Last);
    let formula =
        Formula::new(vec![Token::Kpi(id), Token::Number(number(2.0)), Token::Call(Function::Multiply, 0)]).unwrap();
    world.edit(Edit::of(whole, KpiEdit::origin(Origin::Formula { formula })));
    let found = signals_on(&world, whole, day);
    close(limits(&found, 0).mean, 20.0, "mean");
    assert_eq!(found.periods[10], None);
    world.edit(Edit::of(id, KpiEdit::aggregation(Last)));
    assert_eq!(told(signals_on(&world, whole, day).periods[10].as_ref()).unwrap(), "+2o");
}

#[test]
fn a_running_period_is_part_of_a_run_but_proposes_nothing() {
    let (world, id) = kept(Aggregation::Last, &[&USUAL[..], &USUAL, &[13.0; 7]].concat());
    let running = signals_on(&world, id, month(26).start.plus_days(14));
    assert_eq!(told(running.periods[26].as_ref()).unwrap(), "+8r");
    assert_eq!(shift(&running), None);
    let over = signals_on(&world, id, month(27).start);
    assert_eq!(shift(&over), Some((month(19), 8, Side::Above)));
}

#[test]
fn bounds_and_baselines_of_a_kpi_count() {
    let (mut world, id) = kept(Aggregation::Last, &[&USUAL[..], &USUAL].concat());
    world.edit(Edit::of(id, KpiEdit::natural_bounds(Some(NaturalBounds { low: Some(Number::ZERO), high: None }))));
    world.edit(Edit::of(id, KpiEdit::baselines(chosen(&[(10, None)]))));
    let found = signals_on(&world, id, month(20).start);
    assert_eq!(found.stretches.len(), 2);
    assert_eq!([limits(&found, 0).low, limits(&found, 1).low], [0.0, 0.0]);
}

/// Values with one decimal, gaps among them.
#[test]
fn limits_begin_anew_on_a_day_that_has_values_and_as_they_were_again() {
    let (mut world, id) = kept(Aggregation::Last, &[4.0; 12]);
    let kpi = |world: &World| world.plan.kpis.get(id).unwrap().clone();
    let today = *world.plan.reading_days(&kpi(&world), date("2050-01-01")).last().unwrap();
    let begun = world.plan.kpi_spans(&kpi(&world), today)[0].start;
    let anew =
        |world: &World, from: Day, to: Option<Day>| world.plan.limits_anew(&kpi(world), Baseline { from, to }, today);
    assert_eq!(anew(&world, today.plus_days(1), None), Err(NoNewLimits::Later));
    assert_eq!(anew(&world, begun.plus_days(-1), None), Err(NoNewLimits::Before));
    let upside_down = anew(&world, today, Some(today.plus_days(-1)));
    assert_eq!(upside_down, Err(NoNewLimits::Invalid(Invalid::EndBeforeStart)));
    // The second one for a day takes the place of the first.
    for to in [Some(today), None] {
        let change = anew(&world, begun, to).unwrap();
        world.apply(change);
    }
    let chosen: Vec<_> = kpi(&world).baselines.iter().cloned().collect();
    assert_eq!(chosen, [Baseline { from: begun, to: None }]);
    let change = world.plan.limits_as_before(&kpi(&world), &chosen[0]);
    world.apply(change);
    assert!(kpi(&world).baselines.is_empty());
}

fn some_values() -> impl Strategy<Value = Vec<Option<f64>>> {
    let value = prop_oneof![4 => (-60..60).prop_map(|n| Some(f64::from(n))), 1 => Just(None)];
    proptest::collection::vec(value, 6..60)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn adding_a_constant_moves_the_limits_and_changes_no_signal(values in some_values(), by in -1_000_i32..1_000, at in 0..40_usize) {
        let by = f64::from(by);
        let moved: Vec<_> = values.iter().map(|value| value.map(|value| value + by)).collect();
        let [before, after] = [&values, &moved].map(|values| signals_of(values, &[(at, None)]));
        for (before, after) in before.stretches.iter().zip(&after.stretches) {
            prop_assert_eq!(before.limits.is_ok(), after.limits.is_ok());
            let (Ok(before), Ok(after)) = (&before.limits, &after.limits) else { continue };
            for (before, after) in [(before.low, after.low), (before.mean, after.mean), (before.high, after.high)] {
                prop_assert!((before + by - after).abs() < 1e-9);
            }
        }
        prop_assert_eq!(all_told(&before), all_told(&after));
        prop_assert_eq!(shift(&before), shift(&after));
    }

    #[test]
    fn scaling_scales_the_limits_and_turning_over_turns_the_sides(values in some_values(), by in 1_i32..1_000, down: bool) {
        let by = f64::from(if down { -by } else { by }) / 8.0;
        let scaled: Vec<_> = values.iter().map(|value| value.map(|value| value * by)).collect();
        let [before, after] = [&values, &scaled].map(|values| signals_of(values, &[]));
        let turned = |told: String| if down { told.replace('+', "~").replace('-', "+").replace('~', "-") } else { told };
        let told: Vec<_> = all_told(&before).into_iter().map(turned).collect();
        prop_assert_eq!(told, all_told(&after));
        if let (Ok(before), Ok(after)) = (&before.stretches[0].limits, &after.stretches[0].limits) {
            let [low, high] = if down { [after.high, after.low] } else { [after.low, after.high] };
            prop_assert!((before.low * by - low).abs() < 1e-9 * by.abs());
            prop_assert!((before.high * by - high).abs() < 1e-9 * by.abs());
        }
    }

    #[test]
    fn what_comes_later_never_changes_a_frozen_baseline_nor_takes_a_signal_back(
        values in some_values(),
        later in some_values(),
        until in 6..12_usize,
    ) {
        let longer = [values.clone(), later].concat();
        for places in [vec![], vec![(0, Some(until - 1))]] {
            let frozen = if places.is_empty() { Limits::MOST } else { 0 };
            if values.iter().flatten().count() < frozen || values.len() < until {
                continue;
            }
            let [before, after] = [&values, &longer].map(|values| signals_of(values, &places));
            prop_assert_eq!(&before.stretches[0].limits, &after.stretches[0].limits);
            for (before, after) in before.periods.iter().zip(&after.periods) {
                let same = |judged: &Option<Judged>| judged.map(|it| (it.value, it.side, it.outside, it.running));
                prop_assert_eq!(same(before), same(after));
                let kept = |judged: &Option<Judged>| judged.map(|it| [it.run, it.near]);
                for (before, after) in kept(before).into_iter().flatten().zip(kept(after).into_iter().flatten()) {
                    prop_assert!(after || !before);
                }
            }
        }
    }

    #[test]
    fn every_period_has_a_stretch_and_every_judgement_a_value(values in some_values(), at in 0..70_usize, to in 0..30_usize) {
        let found = signals_of(&values, &[(at, Some(at + to))]);
        prop_assert_eq!(found.places.len(), values.len());
        prop_assert_eq!(found.periods.len(), values.len());
        prop_assert!(found.places.is_sorted());
        for (place, (value, judged)) in values.iter().zip(&found.periods).enumerate() {
            prop_assert_eq!(judged.is_some(), value.is_some() && found.limits(place).is_some());
            prop_assert!(judged.is_none_or(|judged| (judged.running == 0) == judged.side.is_none()));
        }
    }
}
