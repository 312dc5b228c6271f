//! What a table says of one KPI and one period more than once, and values that are unlike the others.

use std::cmp::Ordering;

use super::{Outcome, Pasted, Remark, Row, Several, Whose};
use crate::{Aggregation, Day, Number, Plan, Span, in_order};

/// How many times as large as the others a value is that is remarked.
const HUGE: f64 = 10_000.0;
/// How many values a remark shows.
const SHOWN: usize = 5;
/// How many remarks of a kind there are at most.
const MOST: usize = 5;

/// Who gets a row: two names may stand for one KPI, but each new one has its own.
pub(super) const fn owner(row: &Row) -> (Whose, usize) {
    match row.whose {
        Whose::New => (Whose::New, row.name),
        whose => (whose, 0),
    }
}

/// Leaves out what the choice does not take of several rows of one period, and gives the remark on them.
pub(super) fn decide(plan: &Plan, rows: &mut [Row], choice: Several, today: Day) -> Option<Remark> {
    let taken = (0..rows.len()).filter(|row| rows[*row].whose != Whose::Out);
    let order = in_order(taken.collect(), |a: &usize, b| {
        let key = |row: &Row| (owner(row), row.told.0.start, row.told.0.end);
        key(&rows[*a]).cmp(&key(&rows[*b])).then(a.cmp(b))
    });
    let mut groups: Vec<Vec<usize>> = Vec::new();
    let mut end = None;
    for index in order {
        let row = &rows[index];
        let meets = end.is_some_and(|(of, last)| of == owner(row) && row.told.0.start <= last);
        let own = row.told.0.end;
        let last = if meets { end.map_or(own, |(_, last): (_, Day)| last.max(own)) } else { own };
        end = Some((owner(row), last));
        match groups.last_mut().filter(|_| meets) {
            Some(group) => group.push(index),
            None => groups.push(vec![index]),
        }
    }
    groups.retain(|group| group.len() > 1);
    for group in &groups {
        group.iter().for_each(|index| rows[*index].of_period = group.len());
        if choice != Several::All {
            leave_out(rows, group, choice);
        }
    }
    let more = groups.len().saturating_sub(1);
    let group = in_order(groups.into_iter().next()?, usize::cmp);
    let longest = group.iter().max_by_key(|index| rows[**index].told.1 as u8)?;
    let (span, length, name) = (rows[*longest].told.0.clone(), rows[*longest].told.1, rows[*longest].name);
    let values = group.iter().take(SHOWN).map(|index| rows[*index].value).collect();
    let makes = if choice == Several::All { makes(plan, rows, &group, today) } else { None };
    Some(Remark::Several { span, length, name, values, all: group.len(), makes, more })
}

/// What holds a shorter one gives way to it; of equal ones, the first or the last stays.
fn leave_out(rows: &mut [Row], group: &[usize], choice: Several) {
    for index in group {
        let days = |span: &Span| span.end.days_since(span.start);
        let own = &rows[*index].told.0;
        let gives_way = group.iter().any(|other| {
            let span = &rows[*other].told.0;
            let (holds, equal) = (days(span) < days(own), span == own);
            let meets = span.start <= own.end && own.start <= span.end;
            let before = if choice == Several::First { other < index } else { other > index };
            (holds && meets) || (equal && before)
        });
        if gives_way {
            rows[*index].outcome = Outcome::Doubled;
        }
    }
}

/// What the KPI makes of rows that are all of one of its periods.
fn makes(plan: &Plan, rows: &[Row], group: &[usize], today: Day) -> Option<Number> {
    let kpi = match rows[*group.first()?].whose {
        Whose::Kpi(id) => plan.kpis.get(id),
        Whose::New | Whose::Out => None,
    };
    let aggregation = kpi.map_or(Aggregation::Last, |kpi| *kpi.aggregation.on(today));
    let frequency = kpi.map_or(rows[*group.first()?].length, |kpi| *kpi.frequency.on(today));
    let periods = plan.periods(frequency, today);
    let period = periods.period(rows[*group.first()?].day);
    if group.iter().any(|index| periods.period(rows[*index].day) != period) {
        return None;
    }
    let order = in_order(group.to_vec(), |a, b| rows[*a].day.cmp(&rows[*b].day));
    let values: Vec<Number> = order.into_iter().map(|index| rows[index].value).collect();
    let value = aggregation.of(&values.iter().map(|value| value.get()).collect::<Vec<_>>());
    value.and_then(|value| Number::new(value).ok())
}

/// Values that are far from all others under their name.
pub(super) fn odd_values(pasted: &Pasted) -> Vec<Remark> {
    let (mut huge, mut minus) = (Vec::new(), Vec::new());
    let mut of_name: Vec<Vec<&Row>> = vec![Vec::new(); pasted.names.len()];
    for row in pasted.rows.iter().filter(|row| row.whose != Whose::Out) {
        if let Some(rows) = of_name.get_mut(row.name) {
            rows.push(row);
        }
    }
    for rows in of_name {
        huge.extend(largest(&rows).filter(|_| huge.len() < MOST));
        let negative: Vec<&&Row> = rows.iter().filter(|row| row.value < Number::ZERO).collect();
        let whole = rows.iter().all(|row| row.value.get().fract() == 0.0);
        let minus_one = negative.iter().all(|row| row.value.get() == -1.0);
        if let Some(first) =
            negative.first().filter(|_| whole && minus_one && rows.len() >= negative.len() + 2 && minus.len() < MOST)
        {
            minus.push(Remark::MinusOne { row: first.place.0, column: first.place.1, count: negative.len() });
        }
    }
    huge.into_iter().chain(minus).collect()
}

fn largest(rows: &[&Row]) -> Option<Remark> {
    let size = |row: &&Row| row.value.get().abs();
    let order = in_order(rows.to_vec(), |a, b| size(a).partial_cmp(&size(b)).unwrap_or(Ordering::Equal));
    let (last, others) = order.split_last()?;
    let others: Vec<&&Row> = others.iter().filter(|row| size(row) > 0.0).collect();
    let usual = others.get(others.len() / 2)?;
    let (row, column) = last.place;
    let remark = Remark::Huge { row, column, value: last.value, usual: usual.value };
    (size(last) >= HUGE * size(usual)).then_some(remark)
}
