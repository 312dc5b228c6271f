//! Checking in: what was said last, and the one change that says it anew.

use std::{fmt, str::FromStr};

use crate::{
    Actor, Aggregation, Answer, Change, CheckIn, Confidence, Day, Due, EntryKey, KeyResult, KeyResultId, Kpi, KpiId,
    Measure, Number, Plan, Prose, Reading,
};

/// The entries that one check-in wrote, so that it can be corrected rather than repeated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Written {
    /// On the key result.
    pub check_in: Option<(KeyResultId, EntryKey)>,
    /// On the KPI: what is checked in itself, or what feeds the key result.
    pub reading: Option<(KpiId, EntryKey)>,
}

impl Written {
    /// As a line of text, to outlive a reload: `<key result> <day> <n> <actor>; <KPI> <day> <n> <actor>`, each part empty
    /// where nothing was written.
    #[must_use]
    pub fn to_text(&self) -> String {
        fn part<I: fmt::Display>(written: Option<(I, EntryKey)>) -> String {
            written.map(|(id, EntryKey { day, n, actor })| format!("{id} {day} {n} {actor}")).unwrap_or_default()
        }
        format!("{};{}", part(self.check_in), part(self.reading))
    }

    /// From [`Written::to_text`]; what is nothing of the kind wrote nothing.
    #[must_use]
    pub fn from_text(text: &str) -> Self {
        fn part<I: FromStr>(text: &str) -> Option<(I, EntryKey)> {
            let mut words = text.split(' ');
            let mut next = || words.next();
            let (id, day, n, actor) = (next()?, next()?, next()?, next()?);
            let key = EntryKey { day: day.parse().ok()?, n: n.parse().ok()?, actor: actor.parse().ok()? };
            Some((id.parse().ok()?, key))
        }
        let (check_in, reading) = text.split_once(';').unwrap_or_default();
        Self { check_in: part(check_in), reading: part(reading) }
    }
}

impl Due {
    /// As a word, to outlive a reload: `key-result/<id>` or `kpi/<id>`.
    #[must_use]
    pub fn to_text(self) -> String {
        match self {
            Self::KeyResult(id) => format!("key-result/{id}"),
            Self::Kpi(id) => format!("kpi/{id}"),
        }
    }

    /// From [`Due::to_text`].
    #[must_use]
    pub fn from_text(text: &str) -> Option<Self> {
        match text.split_once('/')? {
            ("key-result", id) => id.parse().ok().map(Self::KeyResult),
            ("kpi", id) => id.parse().ok().map(Self::Kpi),
            _ => None,
        }
    }
}

/// What was said of something the last time.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LastSaid {
    /// The value that a new one is compared with, and that a step adds to: where a KPI gives it, that KPI's latest
    /// reading; a metric's start where there is none.
    pub value: Option<Number>,
    /// When it was given; none for a start.
    pub day: Option<Day>,
    /// The latest confidence that was stated, and when.
    pub confidence: Option<(Day, Confidence)>,
    /// The latest day on which anything was said.
    pub heard: Option<Day>,
    /// What says that nothing has changed: value and confidence as they were; of readings that add up, that nothing
    /// was added. None where there is nothing to repeat.
    pub unchanged: Option<CheckIn>,
}

impl Plan {
    /// How a check-in says where a key result stands. Nothing is asked of what a KPI gives that nobody reads: it is
    /// calculated, and only confidence and a note remain.
    #[must_use]
    pub fn answer(&self, key_result: &KeyResult, day: Day) -> Answer {
        match self.feeding(key_result, day) {
            Some(kpi) if !kpi.is_read(day) => Answer::Silent,
            _ => key_result.measure.on(day).answer(),
        }
    }

    /// What was said last of something up to a day, without what `except` wrote: a correction is compared with what
    /// was there before it.
    #[must_use]
    pub fn last_said(&self, of: Due, day: Day, except: &Written) -> LastSaid {
        match of {
            Due::Kpi(id) => self.kpis.get(id).map(|kpi| last_read(kpi, day, except)).unwrap_or_default(),
            Due::KeyResult(id) => self.last_checked_in(id, day, except).unwrap_or_default(),
        }
    }

    fn last_checked_in(&self, id: KeyResultId, day: Day, except: &Written) -> Option<LastSaid> {
        let key_result = self.key_results.get(id)?;
        let measure = key_result.measure.on(day);
        let all = || key_result.check_ins.latest(day).filter(|(key, _)| except.check_in != Some((id, *key)));
        let given = || all().find_map(|(key, row)| Some((row.value?, key.day)));
        let fed = self.feeding(key_result, day).map(|kpi| match kpi.is_read(day) {
            true => last_read(kpi, day, except),
            false => self.last_calculated(kpi, day),
        });
        let given = match &fed {
            Some(read) => read.value.zip(read.day),
            None => given(),
        };
        let start = match measure {
            Measure::Metric { start, .. } => Some(*start),
            _ => None,
        };
        let value = given.map(|(value, _)| value).or(start);
        let confidence = all().find_map(|(key, row)| Some((key.day, row.confidence?)));
        let read = fed.as_ref().and_then(|read| read.heard);
        let heard = all().next().map(|(key, _)| key.day).max(read).max(self.last_step(id, day));
        let answer = self.answer(key_result, day);
        let repeated = match answer {
            Answer::Number if fed.is_some() => fed.and_then(|read| read.unchanged?.value).or(value),
            Answer::Number => value,
            Answer::Done => Some(value.unwrap_or(Number::ZERO)),
            Answer::Silent => None,
        };
        let row = CheckIn { value: repeated, confidence: confidence.map(|(_, it)| it), note: Prose::default() };
        let unchanged = (answer == Answer::Silent || says_something(&row)).then_some(row);
        Some(LastSaid { value, day: given.map(|(_, day)| day), confidence, heard, unchanged })
    }

    fn last_calculated(&self, kpi: &Kpi, day: Day) -> LastSaid {
        let heard = self.last_reading(kpi, day);
        LastSaid { value: self.kpi_value(kpi, day), day: heard, heard, ..LastSaid::default() }
    }

    /// The change that checks in on something for a day, and where it is written. A correction (`before`) rewrites the
    /// entries of that day that are still there; where all of it is there already, the change is empty.
    ///
    /// The value of a key result that a KPI feeds is written as a reading of that KPI, and its confidence and note as a
    /// check-in: one change, so that undo takes back both. A KPI takes a value and its note; without a value there is
    /// nothing to write.
    #[must_use]
    pub fn check_in(&self, of: Due, row: CheckIn, day: Day, actor: Actor, before: &Written) -> (Change, Written) {
        let (reading, check_in) = match of {
            Due::Kpi(id) => (row.value.map(|value| (id, Reading { value, note: row.note })), None),
            Due::KeyResult(id) => match self.key_results.get(id).and_then(|it| self.feeding(it, day)) {
                None => (None, Some((id, row))),
                // Nobody reads it.
                Some(kpi) if !kpi.is_read(day) => (None, Some((id, CheckIn { value: None, ..row }))),
                Some(kpi) => {
                    let reading = row.value.map(|value| (kpi.id, Reading { value, note: Prose::default() }));
                    let rest = CheckIn { value: None, ..row };
                    let check_in = (reading.is_none() || says_something(&rest)).then_some((id, rest));
                    (reading, check_in)
                }
            },
        };
        let mut changes = Vec::new();
        let kpi = |id| self.kpis.get(id).map(|kpi| &kpi.readings);
        let reading = Entry {
            wanted: reading,
            there: before.reading.and_then(|(of, key)| Some((of, key, kpi(of)?.get(&key)?))),
            next: |of| kpi(of).map_or(EntryKey { day, n: 0, actor }, |log| log.next_key(day, actor)),
            write: |of, key, row| Change::Reading { of, key, row },
        };
        let reading = reading.settle(day, &mut changes);
        let key_result = |id| self.key_results.get(id).map(|key_result| &key_result.check_ins);
        let check_in = Entry {
            wanted: check_in,
            there: before.check_in.and_then(|(of, key)| Some((of, key, key_result(of)?.get(&key)?))),
            next: |of| key_result(of).map_or(EntryKey { day, n: 0, actor }, |log| log.next_key(day, actor)),
            write: |of, key, row| Change::CheckIn { of, key, row },
        };
        let check_in = check_in.settle(day, &mut changes);
        let change = if changes.len() == 1 { changes.remove(0) } else { Change::All(changes) };
        (change, Written { check_in, reading })
    }
}

fn last_read(kpi: &Kpi, day: Day, except: &Written) -> LastSaid {
    let other = |key: &EntryKey| except.reading != Some((kpi.id, *key));
    let last = kpi.readings.latest(day).find(|(key, _)| other(key)).map(|(key, row)| (key.day, row.value));
    let value = last.map(|(_, value)| value);
    // A sum would count the last value twice.
    let repeated = if *kpi.aggregation.on(day) == Aggregation::Sum { Some(Number::ZERO) } else { value };
    let row = |value| CheckIn { value: Some(value), confidence: None, note: Prose::default() };
    let heard = last.map(|(day, _)| day);
    LastSaid { value, day: heard, confidence: None, heard, unchanged: repeated.map(row) }
}

fn says_something(row: &CheckIn) -> bool {
    row.value.is_some() || row.confidence.is_some() || !row.note.is_empty()
}

/// An entry to be, and the one that it corrects.
struct Entry<'a, I, R, N, W> {
    wanted: Option<(I, R)>,
    there: Option<(I, EntryKey, &'a R)>,
    next: N,
    write: W,
}

impl<I, R, N, W> Entry<'_, I, R, N, W>
where
    I: Copy + PartialEq,
    R: PartialEq,
    N: Fn(I) -> EntryKey,
    W: Fn(I, EntryKey, Option<R>) -> Change,
{
    /// Adds what has to be changed, and says where the entry is then.
    fn settle(self, day: Day, changes: &mut Vec<Change>) -> Option<(I, EntryKey)> {
        // What was said for another day stands.
        let there = self.there.filter(|(_, key, _)| key.day == day);
        match (self.wanted, there) {
            (Some((of, row)), Some((old, key, before))) if of == old => {
                if row != *before {
                    changes.push((self.write)(of, key, Some(row)));
                }
                Some((of, key))
            }
            (wanted, there) => {
                changes.extend(there.map(|(of, key, _)| (self.write)(of, key, None)));
                wanted.map(|(of, row)| {
                    let key = (self.next)(of);
                    changes.push((self.write)(of, key, Some(row)));
                    (of, key)
                })
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        At, Bounds, Cycle, Edit, Frequency, KeyResult, KeyResultEdit, KpiEdit, Name, Objective, PlanId, Seed, Share,
        Span, Stamp,
    };

    const ACTOR: Actor = Actor(7);

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    fn prose(text: &str) -> Prose {
        Prose::new(text).unwrap()
    }

    fn row(value: Option<i32>, confidence: Option<u8>, note: &str) -> CheckIn {
        let confidence = confidence.map(|it| Confidence::new(it).unwrap());
        CheckIn { value: value.map(Number::from), confidence, note: prose(note) }
    }

    /// A plan on a day, with a key result from 100 to 200 and a weekly KPI that may feed it.
    struct Desk {
        plan: Plan,
        today: Day,
        stamps: u64,
        key_result: KeyResultId,
        kpi: KpiId,
    }

    impl Desk {
        fn new() -> Self {
            let at = At { stamp: Stamp::new(1, 0, ACTOR), day: day("2026-10-01") };
            let seed = |millis| Seed { millis, random: [0; 10] };
            let id: PlanId = seed(1).into();
            let span = Span { start: day("2026-10-01"), end: day("2026-12-31") };
            let cycle = Cycle::new(seed(2).into(), Name::fitted("Q4"), span, at);
            let objective = Objective::new(seed(3).into(), Name::fitted("Grow"), Some(cycle.id), at);
            let measure = Measure::Metric { start: 100.into(), target: 200.into() };
            let key_result = KeyResult::new(seed(4).into(), objective.id, Name::fitted("Pairs"), measure, at);
            let kpi = Kpi::new(seed(5).into(), Name::fitted("Pairs a day"), prose(""), Frequency::Weekly, at);
            let (of, by) = (key_result.id, kpi.id);
            let plan = Plan::new(id, Name::fitted("Plan"), at);
            let mut desk = Self { plan, today: day("2026-11-20"), stamps: 1, key_result: of, kpi: by };
            for entity in [cycle.into(), objective.into(), key_result.into(), kpi.into()] {
                desk.make(&Change::Add(entity));
            }
            desk
        }

        fn fed() -> Self {
            let mut desk = Self::new();
            let edit = Edit::of(desk.key_result, KeyResultEdit::fed_by(Some(desk.kpi)));
            desk.make(&Change::Edit { edit, from: Some(day("2026-10-01")) });
            desk
        }

        fn make(&mut self, change: &Change) -> Change {
            self.stamps += 1;
            let at = At { stamp: Stamp::new(self.stamps, 0, ACTOR), day: self.today };
            let (next, inverse) = self.plan.apply(change, at).unwrap();
            self.plan = next;
            inverse
        }

        fn measured_by(&mut self, measure: Measure) {
            let edit = Edit::of(self.key_result, KeyResultEdit::measure(measure));
            self.make(&Change::Edit { edit, from: Some(day("2026-10-01")) });
        }

        fn check_in(&mut self, of: Due, row: CheckIn, before: &Written) -> (Change, Written) {
            let (change, written) = self.plan.check_in(of, row, self.today, ACTOR, before);
            (self.make(&change), written)
        }

        fn check_ins(&self) -> Vec<CheckIn> {
            self.plan.key_results.get(self.key_result).unwrap().check_ins.iter().map(|(_, row)| row.clone()).collect()
        }

        fn readings(&self) -> Vec<i32> {
            let readings = self.plan.kpis.get(self.kpi).unwrap().readings.iter();
            #[expect(clippy::cast_possible_truncation, reason = "whole numbers")]
            readings.map(|(_, row)| row.value.get() as i32).collect()
        }

        fn last(&self, except: &Written) -> LastSaid {
            self.plan.last_said(Due::KeyResult(self.key_result), self.today, except)
        }
    }

    #[test]
    fn what_a_kpi_feeds_is_written_as_a_reading_and_a_check_in_and_undone_at_once() {
        let mut desk = Desk::fed();
        let before = desk.plan.clone();
        let (undo, _) =
            desk.check_in(Due::KeyResult(desk.key_result), row(Some(120), Some(6), "hall"), &Written::default());
        assert_eq!(desk.check_ins(), [row(None, Some(6), "hall")]);
        assert_eq!(desk.readings(), [120]);
        let report = desk.plan.key_result_report(desk.plan.key_results.get(desk.key_result).unwrap(), desk.today);
        assert_eq!(report.value, Some(120.into()));
        desk.make(&undo);
        assert_eq!((desk.check_ins(), desk.readings()), (vec![], vec![]));
        assert_eq!(desk.plan.due(desk.today), before.due(desk.today));
    }

    #[test]
    fn what_a_calculated_kpi_feeds_is_asked_for_confidence_and_a_note_only() {
        let mut desk = Desk::fed();
        let of = Due::KeyResult(desk.key_result);
        let read = desk.kpi;
        desk.check_in(of, row(Some(120), Some(6), ""), &Written::default());
        // Twice what is read, from today on.
        let tokens = vec![
            crate::Token::Kpi(read),
            crate::Token::Number(2.into()),
            crate::Token::Call(crate::Function::Multiply, 0),
        ];
        let origin = crate::Origin::Formula { formula: crate::Formula::new(tokens).unwrap() };
        let at = At { stamp: Stamp::new(900, 0, ACTOR), day: desk.today };
        let twice = Seed { millis: 9, random: [0; 10] };
        let twice = Kpi::new(twice.into(), Name::fitted("Twice"), prose(""), Frequency::Weekly, at);
        let id = twice.id;
        for change in
            [Change::Add(twice.into()), Change::Edit { edit: Edit::of(id, KpiEdit::origin(origin)), from: None }]
        {
            desk.make(&change);
        }
        let answer = |desk: &Desk| desk.plan.answer(desk.plan.key_results.get(desk.key_result).unwrap(), desk.today);
        assert_eq!(answer(&desk), Answer::Number);
        let feed = Edit::of(desk.key_result, KeyResultEdit::fed_by(Some(id)));
        desk.make(&Change::Edit { edit: feed, from: None });
        assert_eq!(answer(&desk), Answer::Silent);
        let last = desk.last(&Written::default());
        assert_eq!((last.value, last.day), (Some(240.into()), Some(desk.today)));
        assert_eq!(last.unchanged, Some(row(None, Some(6), "")));
        // Whatever is written of it, no reading comes of it.
        let (_, written) = desk.check_in(of, row(Some(7), Some(8), "slow"), &Written::default());
        assert_eq!((desk.readings(), written.reading), (vec![120], None));
        assert_eq!(desk.check_ins(), [row(None, Some(6), ""), row(None, Some(8), "slow")]);
    }

    #[test]
    fn what_says_nothing_is_not_written() {
        let mut desk = Desk::fed();
        let of = Due::KeyResult(desk.key_result);
        desk.check_in(of, row(Some(120), None, ""), &Written::default());
        assert_eq!((desk.check_ins(), desk.readings()), (vec![], vec![120]));
        desk.check_in(of, row(None, Some(4), ""), &Written::default());
        assert_eq!((desk.check_ins(), desk.readings()), (vec![row(None, Some(4), "")], vec![120]));
        let (change, _) =
            desk.plan.check_in(Due::Kpi(desk.kpi), row(None, None, "why"), desk.today, ACTOR, &Written::default());
        assert_eq!(change, Change::All(Vec::new()));
    }

    #[test]
    fn without_a_kpi_everything_is_one_check_in() {
        let mut desk = Desk::new();
        desk.check_in(Due::KeyResult(desk.key_result), row(Some(120), Some(6), "hall"), &Written::default());
        desk.check_in(Due::Kpi(desk.kpi), row(Some(9), None, "slow"), &Written::default());
        assert_eq!((desk.check_ins(), desk.readings()), (vec![row(Some(120), Some(6), "hall")], vec![9]));
    }

    #[test]
    fn a_correction_rewrites_what_was_written() {
        for mut desk in [Desk::new(), Desk::fed()] {
            let of = Due::KeyResult(desk.key_result);
            let (_, written) = desk.check_in(of, row(Some(12), Some(6), ""), &Written::default());
            let (change, same) = desk.plan.check_in(of, row(Some(12), Some(6), ""), desk.today, ACTOR, &written);
            assert_eq!((change, same), (Change::All(Vec::new()), written));
            let (undo, again) = desk.check_in(of, row(Some(120), None, ""), &written);
            assert_eq!(desk.check_ins().len() + desk.readings().len(), 1);
            assert_eq!(desk.last(&Written::default()).value, Some(120.into()));
            assert_eq!(desk.last(&again).value, Some(100.into()));
            desk.make(&undo);
            assert_eq!(desk.last(&Written::default()).value, Some(12.into()));
        }
    }

    #[test]
    fn what_was_taken_back_or_is_of_another_day_is_not_rewritten() {
        let mut desk = Desk::fed();
        let of = Due::KeyResult(desk.key_result);
        let (undo, written) = desk.check_in(of, row(Some(12), Some(6), ""), &Written::default());
        desk.make(&undo);
        let (_, written) = desk.check_in(of, row(Some(120), Some(6), ""), &written);
        assert_eq!((desk.check_ins().len(), desk.readings()), (1, vec![120]));
        desk.today = desk.today.plus_days(1);
        desk.check_in(of, row(Some(130), Some(6), ""), &written);
        assert_eq!((desk.check_ins().len(), desk.readings()), (2, vec![120, 130]));
    }

    #[test]
    fn no_change_repeats_value_and_confidence() {
        let mut desk = Desk::new();
        let of = Due::KeyResult(desk.key_result);
        assert_eq!(desk.last(&Written::default()).unchanged, Some(row(Some(100), None, "")));
        assert_eq!(desk.last(&Written::default()).day, None);
        desk.check_in(of, row(Some(120), Some(6), "hall"), &Written::default());
        desk.today = desk.today.plus_days(7);
        desk.check_in(of, row(None, None, "nothing new"), &Written::default());
        let last = desk.last(&Written::default());
        assert_eq!(last.unchanged, Some(row(Some(120), Some(6), "")));
        assert_eq!((last.day, last.heard), (Some(day("2026-11-20")), Some(day("2026-11-27"))));

        desk.measured_by(Measure::Done {});
        desk.check_in(of, row(Some(1), None, ""), &Written::default());
        assert_eq!(desk.last(&Written::default()).unchanged, Some(row(Some(1), Some(6), "")));
        desk.measured_by(Measure::Milestones {});
        assert_eq!(desk.last(&Written::default()).unchanged, Some(row(None, Some(6), "")));
    }

    #[test]
    fn without_anything_to_repeat_there_is_no_no_change() {
        let mut desk = Desk::new();
        desk.measured_by(Measure::Stay { bounds: Bounds::AtLeast { value: 1.into() }, share: Share::default() });
        assert_eq!(desk.last(&Written::default()), LastSaid::default());
        desk.measured_by(Measure::Done {});
        assert_eq!(desk.last(&Written::default()).unchanged, Some(row(Some(0), None, "")));
        desk.measured_by(Measure::Milestones {});
        assert_eq!(desk.last(&Written::default()).unchanged, Some(row(None, None, "")));
        assert_eq!(desk.plan.last_said(Due::Kpi(desk.kpi), desk.today, &Written::default()), LastSaid::default());
    }

    #[test]
    fn of_readings_that_add_up_no_change_adds_nothing() {
        let mut desk = Desk::fed();
        desk.check_in(Due::Kpi(desk.kpi), row(Some(40), None, ""), &Written::default());
        assert_eq!(desk.last(&Written::default()).unchanged, Some(row(Some(40), None, "")));
        let edit = Edit::of(desk.kpi, KpiEdit::aggregation(Aggregation::Sum));
        desk.make(&Change::Edit { edit, from: Some(day("2026-10-01")) });
        assert_eq!(desk.last(&Written::default()).unchanged, Some(row(Some(0), None, "")));
        assert_eq!(desk.last(&Written::default()).value, Some(40.into()));
    }

    #[test]
    fn what_was_written_outlives_a_reload_as_text() {
        let mut desk = Desk::fed();
        let of = Due::KeyResult(desk.key_result);
        let (_, both) = desk.check_in(of, row(Some(12), Some(6), ""), &Written::default());
        assert!(both.check_in.is_some() && both.reading.is_some());
        let one = Written { reading: None, ..both };
        let other = Written { check_in: None, ..both };
        for written in [both, one, other, Written::default()] {
            assert_eq!(Written::from_text(&written.to_text()), written);
        }
        let text = both.to_text();
        for bad in ["", ";", "x", "a b c d;e f g h", &text[1..], &text.replace(' ', ""), &text.replace("2026", "20x6")]
        {
            assert_eq!(Written::from_text(bad).check_in, None, "{bad}");
        }
        for due in [of, Due::Kpi(desk.kpi)] {
            assert_eq!(Due::from_text(&due.to_text()), Some(due));
        }
        for bad in ["", "/", "kpi", "kpi/", "kpi/x", &of.to_text().replace("key-result", "objective")] {
            assert_eq!(Due::from_text(bad), None, "{bad}");
        }
    }
}
