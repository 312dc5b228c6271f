//! What becomes of readings that come to those that are there.

use std::cmp::Ordering;

use crate::{
    At, Change, EntryKey, Frequency, Kpi, KpiId, Log, Name, Number, Plan, Prose, Rank, Ranked as _, Reading, Seed,
    datum::Datum, in_order, sorted::Sorted,
};

use super::{Outcome, Pasted, Row, Whose, several::owner};

/// What to do where a date has another reading already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Clash {
    /// What is there stays, and the new one is left out.
    Keep,
    /// The new one takes its place.
    Replace,
    /// Both stand.
    Beside,
}

/// Readings of one KPI that are there, while new ones come to them.
struct There<'a> {
    log: &'a Log<Reading>,
    /// Those that a new one speaks of already.
    met: Sorted<EntryKey, ()>,
}

/// Works out what becomes of each row. Rows of one KPI and one stretch of time are looked at together.
pub(super) fn outcomes(plan: &Plan, rows: &mut [Row], choice: impl Fn(&Row) -> Clash) {
    let coming = (0..rows.len()).filter(|row| rows[*row].outcome != Outcome::Doubled);
    let order = in_order(coming.collect(), |a: &usize, b| {
        let key = |row: &Row| (owner(row), row.span.start, row.span.end);
        key(&rows[*a]).cmp(&key(&rows[*b]))
    });
    let same = |a: usize, b: usize| owner(&rows[a]) == owner(&rows[b]) && rows[a].span == rows[b].span;
    let groups: Vec<Vec<usize>> = order.chunk_by(|a, b| same(*a, *b)).map(<[usize]>::to_vec).collect();
    let mut there: Option<(KpiId, There<'_>)> = None;
    for group in groups {
        let Some(first) = group.first().and_then(|first| rows.get(*first)) else { continue };
        let Whose::Kpi(id) = first.whose else { continue };
        if there.as_ref().is_none_or(|(known, _)| *known != id) {
            there = plan.kpis.get(id).map(|kpi| (id, There { log: &kpi.readings, met: Sorted::default() }));
        }
        if let Some((_, there)) = &mut there {
            there.meet(rows, &group, &choice);
        }
    }
}

impl There<'_> {
    fn meet(&mut self, rows: &mut [Row], group: &[usize], choice: &impl Fn(&Row) -> Clash) {
        let Some(span) = group.first().and_then(|first| rows.get(*first)).map(|row| row.span.clone()) else { return };
        let there = self.log.between(span.start, span.end).filter(|(key, _)| !self.met.contains(*key));
        let mut there: Vec<(EntryKey, &Reading)> = there.collect();
        let mut open = group.to_vec();
        // What is said again word for word, then what only leaves out the note: each meets one that is there.
        for with_note in [true, false] {
            let compare = |a: (Number, &Prose), b: (Number, &Prose)| {
                a.0.cmp(&b.0).then_with(|| if with_note { a.1.cmp(b.1) } else { Ordering::Equal })
            };
            there = in_order(there, |a, b| compare((a.1.value, &a.1.note), (b.1.value, &b.1.note)));
            open = in_order(open, |a, b| compare((rows[*a].value, &rows[*a].note), (rows[*b].value, &rows[*b].note)));
            let (mut left, mut others) = (Vec::new(), Vec::new());
            let mut old = there.into_iter().peekable();
            for index in open {
                let row = &rows[index];
                if !with_note && !row.note.is_empty() {
                    others.push(index);
                    continue;
                }
                let of = |reading: &Reading| compare((reading.value, &reading.note), (row.value, &row.note));
                while let Some(less) = old.next_if(|(_, reading)| of(reading) == Ordering::Less) {
                    left.push(less);
                }
                match old.next_if(|(_, reading)| of(reading) == Ordering::Equal) {
                    Some((key, _)) => {
                        self.met.insert(key, ());
                        rows[index].outcome = Outcome::Same;
                    }
                    None => others.push(index),
                }
            }
            left.extend(old);
            (there, open) = (left, others);
        }
        let there = in_order(there, |a, b| a.0.cmp(&b.0));
        let open = in_order(open, usize::cmp);
        if there.is_empty() {
            return;
        }
        let was: Vec<Number> = there.iter().map(|(_, reading)| reading.value).collect();
        let mut places = Some(there.iter().map(|(key, _)| *key).collect::<Vec<_>>());
        for (key, _) in there {
            self.met.insert(key, ());
        }
        let replacing: Vec<usize> =
            open.iter().copied().filter(|index| choice(&rows[*index]) == Clash::Replace).collect();
        for index in open {
            let clash = choice(&rows[index]);
            rows[index].outcome = Outcome::Clash { was: was.clone(), clash, places: Vec::new() };
        }
        // The first takes the first place and so on; the last one takes what is left, and nothing is counted twice.
        let mut places = places.take().unwrap_or_default();
        let last = replacing.len().saturating_sub(1);
        for (nth, index) in replacing.into_iter().enumerate() {
            let mine =
                if nth == last { std::mem::take(&mut places) } else { places.drain(..places.len().min(1)).collect() };
            if let Outcome::Clash { places, .. } = &mut rows[index].outcome {
                *places = mine;
            }
        }
    }
}

impl Pasted {
    /// The one change that brings the readings in, new KPIs first; empty where there is nothing to bring in. `id` gives
    /// seeds of new ids.
    #[must_use]
    pub fn change(&self, plan: &Plan, at: At, mut id: impl FnMut() -> Seed) -> Change {
        let mut changes = self.new_kpis(plan, at, &mut id);
        let mut further = Further { at, of: None, next: Sorted::default() };
        for row in self.coming().filter(|row| matches!(row.whose, Whose::Kpi(_))) {
            let Whose::Kpi(of) = row.whose else { continue };
            let Some(kpi) = plan.kpis.get(of) else { continue };
            let reading = Some(Reading { value: row.value, note: row.note.clone() });
            let (first, rest) = match &row.outcome {
                Outcome::Clash { places, .. } => {
                    places.split_first().map_or((None, &[][..]), |(it, rest)| (Some(*it), rest))
                }
                _ => (None, &[][..]),
            };
            // Where a note is not said again, the one that is there goes with its value.
            let key = first.unwrap_or_else(|| further.key(row, kpi.id, &kpi.readings));
            changes.push(Change::Reading { of, key, row: reading });
            changes.extend(rest.iter().map(|key| Change::Reading { of, key: *key, row: None }));
        }
        if changes.len() <= Change::MAX {
            return Change::All(changes);
        }
        Change::All(changes.chunks(Change::MAX).map(|some| Change::All(some.to_vec())).collect())
    }

    /// The rows that will be written, KPI by KPI, oldest first.
    fn coming(&self) -> impl Iterator<Item = &Row> {
        let coming = self.rows.iter().filter(|row| row.comes()).collect();
        in_order(coming, |a: &&Row, b| (owner(a), a.span.start).cmp(&(owner(b), b.span.start))).into_iter()
    }

    fn new_kpis(&self, plan: &Plan, at: At, id: &mut impl FnMut() -> Seed) -> Vec<Change> {
        let mut rank = plan.kpis_in_order().last().map(|last| Rank::clone(&last.rank));
        let mut kpis: Vec<(usize, Kpi, Further)> = Vec::new();
        for row in self.coming().filter(|row| row.whose == Whose::New) {
            if kpis.last().is_none_or(|(name, ..)| *name != row.name) {
                let Some(named) = self.names.get(row.name) else { continue };
                let (name, frequency) = (Name::fitted(&named.text), self.frequency_of(row.name));
                let mut kpi = Kpi::new(id().into(), name, Prose::default(), frequency, at);
                kpi.unit = named.unit.clone().into();
                let next = Rank::between(rank.as_ref(), None);
                kpi.set_rank(next.clone());
                rank = Some(next);
                kpis.push((row.name, kpi, Further { at, of: None, next: Sorted::default() }));
            }
            let Some((_, kpi, further)) = kpis.last_mut() else { continue };
            let key = further.key(row, kpi.id, &Log::default());
            let reading = Reading { value: row.value, note: row.note.clone() };
            kpi.readings.inner.set(key, Some(Datum::new(reading)), at.stamp);
        }
        kpis.into_iter().map(|(_, kpi, _)| Change::Add(kpi.into())).collect()
    }

    /// How often a new KPI is read: as its dates say, or as far as they mostly lie apart.
    fn frequency_of(&self, name: usize) -> Frequency {
        let rows = || self.rows.iter().filter(|row| row.name == name);
        let longest = rows().map(|row| row.length).max_by_key(|length| *length as u8).unwrap_or(Frequency::Daily);
        let mut days = in_order(rows().map(|row| row.day).collect(), crate::Day::cmp);
        days.dedup();
        let gaps = days.iter().zip(days.iter().skip(1)).map(|(a, b)| b.days_since(*a)).collect();
        let gaps = in_order(gaps, i32::cmp);
        match (longest, gaps.get(gaps.len() / 2)) {
            (Frequency::Daily, Some(300..)) => Frequency::Yearly,
            (Frequency::Daily, Some(80..)) => Frequency::Quarterly,
            (Frequency::Daily, Some(27..)) => Frequency::Monthly,
            (Frequency::Daily, Some(5..)) => Frequency::Weekly,
            (length, _) => length,
        }
    }
}

/// Keys of further readings, while none of them is written yet.
struct Further {
    at: At,
    of: Option<KpiId>,
    next: Sorted<crate::Day, u32>,
}

impl Further {
    fn key(&mut self, row: &Row, of: KpiId, log: &Log<Reading>) -> EntryKey {
        if self.of != Some(of) {
            self.of = Some(of);
            self.next = Sorted::default();
        }
        let first = log.next_key(row.day, self.at.stamp.actor());
        let n = self.next.entry(row.day, || first.n);
        let key = EntryKey { n: *n, ..first };
        *n = n.saturating_add(1);
        key
    }
}
