//! The small lines of cards.

use bearings_charts::{SparkTarget, sparkline};
use bearings_plan::*;

use crate::plans::*;

fn report(values: &[Option<f64>], so_far: Option<f64>, bounds: Option<Bounds>) -> KpiReport {
    let months = Frequency::Monthly.calendar();
    let mut period = months.period(day("2026-01-01"));
    let mut periods = Vec::new();
    for value in values.iter().copied().chain(so_far.map(Some)) {
        let completed = so_far.is_none() || periods.len() < values.len();
        let value = value.map(number);
        periods.push(PeriodValue {
            period: period.clone(),
            value,
            gap: None,
            target: None,
            health: Health::NoTarget,
            completed,
            so_far: !completed,
        });
        period = months.after(&period);
    }
    KpiReport {
        current: None,
        so_far: so_far.map(number),
        target: bounds.map(|bounds| Target { bounds, tolerance: Number::ZERO }),
        health: Health::NoTarget,
        stale: false,
        moved: None,
        accrual: None,
        year_before: None,
        year_to_date: None,
        periods,
        calendar: months,
    }
}

#[test]
fn paths() {
    let (one, two, gap) = (Some(1.0), Some(2.0), None);
    for (values, so_far, most, path) in [
        (vec![one, two], None, 9, "M0 36L100 4"),
        (vec![one, two, one], None, 2, "M0 4L100 36"),
        (vec![one, two], Some(0.5), 9, "M0 36L100 4"),
        (vec![one, one], None, 9, "M0 20L100 20"),
        (vec![one], None, 9, "M100 20L100 20"),
        (vec![one, two, gap, one, two], None, 9, "M0 36L25 4M75 36L100 4"),
        (vec![one, gap, two, two], None, 9, "M0 36L0 36M66.7 4L100 4"),
        (vec![gap, one, two, gap], None, 9, "M0 36L100 4"),
        (vec![one, two, one, two], None, 0, "M100 20L100 20"),
    ] {
        let line = sparkline(&report(&values, so_far, None), most).unwrap();
        assert_eq!(line.path, path, "{values:?}");
    }
    assert_eq!(sparkline(&report(&[None], None, None), 9), None);
    assert_eq!(sparkline(&report(&[], Some(1.0), None), 9), None);
}

#[test]
fn targets_lie_within() {
    let values = [Some(1.0), Some(2.0)];
    let target = |bounds| sparkline(&report(&values, None, Some(bounds)), 9).unwrap().target;
    assert_eq!(target(at_least(3.0)), Some(SparkTarget::Line(4.0)));
    assert_eq!(target(Bounds::AtMost { value: number(1.5) }), Some(SparkTarget::Line(20.0)));
    assert_eq!(target(between(1.0, 2.0)), Some(SparkTarget::Band(4.0, 36.0)));
    assert_eq!(sparkline(&report(&values, None, None), 9).unwrap().target, None);
}
