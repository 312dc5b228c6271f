//! Readings from spreadsheets: each form of a table, each way to write dates and numbers, and what becomes of readings
//! that are there. Today is 2026-11-22, a Sunday in ISO week 47.

use std::time::Instant;

use bearings_plan::{
    paste::{
        Ask, Choices, Clash, Decimal, Form, MAX_BYTES, MAX_COLUMNS, MAX_READINGS, MAX_ROWS, Named, Outcome, Pasted,
        Refused, Separator, Sheet, Whose, Why,
    },
    *,
};
use proptest::prelude::*;

use super::builder::{World, date, number};

const TODAY: &str = "2026-11-22";

/// A plan with KPIs, on which tables are pasted.
struct Desk {
    world: World,
    choices: Choices,
}

impl Desk {
    fn new() -> Self {
        let mut world = World::new();
        world.today = date(TODAY);
        Self { world, choices: Choices::new(None, date(TODAY), Decimal::Point) }
    }

    /// With one KPI that the values are of.
    fn of(frequency: Frequency) -> (Self, KpiId) {
        let mut desk = Self::new();
        let id = desk.kpi("Revenue", frequency);
        desk.choices.kpi = Some(id);
        (desk, id)
    }

    fn kpi(&mut self, name: &str, frequency: Frequency) -> KpiId {
        let id = self.world.kpi(frequency, Aggregation::Last);
        self.world.edit(Edit::of(id, KpiEdit::name(Name::new(name).unwrap())));
        id
    }

    fn paste(&self, text: &str) -> Result<Pasted, Refused> {
        self.world.plan.paste(&Sheet::read(text, None)?, &self.choices, date(TODAY))
    }

    /// The readings to come: name, day, value, note.
    fn said(&self, text: &str) -> Vec<(String, String, f64, String)> {
        let pasted = self.paste(text).unwrap();
        assert_eq!(pasted.asks, [], "{text}");
        let row = |row: &paste::Row| {
            (pasted.names[row.name].text.clone(), row.day.to_string(), row.value.get(), row.note.to_string())
        };
        pasted.rows.iter().map(row).collect()
    }

    fn apply(&mut self, pasted: &Pasted) -> Change {
        let at = self.world.at();
        let mut seeds = 0;
        let change = pasted.change(&self.world.plan, at, || {
            seeds += 1;
            Seed { millis: 1_000_000 + seeds, random: [7; 10] }
        });
        let (next, inverse) = self.world.plan.permitted(&change, at).unwrap();
        self.world.plan = next;
        inverse
    }

    fn readings(&self, of: KpiId) -> Vec<(String, f64)> {
        let readings = self.world.plan.kpis.get(of).unwrap().readings.iter();
        readings.map(|(key, row)| (key.day.to_string(), row.value.get())).collect()
    }
}

fn said(rows: &[(&str, &str, f64, &str)]) -> Vec<(String, String, f64, String)> {
    rows.iter().map(|(name, day, value, note)| ((*name).into(), (*day).into(), *value, (*note).into())).collect()
}

#[test]
fn one_column_of_values_ends_at_the_chosen_day() {
    let (mut desk, _) = Desk::of(Frequency::Monthly);
    let rows = [("", "2026-09-30", 1.5, ""), ("", "2026-10-31", 2.0, ""), ("", "2026-11-22", 3.0, "")];
    assert_eq!(desk.said("1.5\n2\n3"), said(&rows));
    desk.choices.last = date("2026-10-05");
    assert_eq!(desk.said("2\n3")[1].1, "2026-10-31");
    assert_eq!(desk.paste("2\n3").unwrap().form, Form::Values);
    // A hole is a period without a value.
    assert_eq!(desk.said("1\n\n3")[0].1, "2026-08-31");
    let (desk, _) = Desk::of(Frequency::Weekly);
    assert_eq!(desk.said("Value\n7\n8"), said(&[("", "2026-11-15", 7.0, ""), ("", "2026-11-22", 8.0, "")]));
    assert_eq!(desk.said("1,5\n2,25"), said(&[("", "2026-11-15", 1.5, ""), ("", "2026-11-22", 2.25, "")]));
}

#[test]
fn a_single_column_may_be_headed_by_its_kpi() {
    let mut desk = Desk::new();
    desk.kpi("Revenue", Frequency::Daily);
    assert_eq!(desk.said("revenue\n1\n2")[1], ("revenue".into(), TODAY.into(), 2.0, String::new()));
    let pasted = desk.paste("1\n2").unwrap();
    assert_eq!(pasted.asks, [Ask::Whose]);
    assert_eq!(pasted.to_come(), 0);
}

#[test]
fn dates_values_and_notes() {
    let (desk, _) = Desk::of(Frequency::Weekly);
    let rows = [("", "2026-11-01", 1.5, "a note"), ("", "2026-11-08", 2.0, "")];
    for text in [
        "2026-11-01\t1.5\ta note\n2026-11-08\t2",
        "Date\tValue\tNote\n2026-11-01\t1.5\ta note\n2026-11-08\t2\t",
        "\u{feff}Dato;Verdi;Kommentar\r\n2026-11-01;1,5;a note\r\n2026-11-08;2;\r\n",
        "date,value,comment\n2026-11-01,1.5,a note\n2026-11-08,2,\n\n",
        "note,value,day\na note,1.5,2026-11-01\n,2,2026-11-08",
        "My numbers\n\nDate\tValue\tNote\n2026-11-01\t1.5\ta note\n2026-11-08\t2\t",
    ] {
        assert_eq!(desk.said(text), said(&rows), "{text}");
        assert_eq!(desk.paste(text).unwrap().form, Form::Series, "{text}");
    }
    let quoted = "date,value,note\n2026-11-01,\"3,637,839\",\"two\nlines, and a \"\"word\"\"\"";
    assert_eq!(desk.said(quoted), said(&[("", "2026-11-01", 3_637_839.0, "two\nlines, and a \"word\"")]));
    assert_eq!(desk.said("Week\tRevenue\n2026-W46\t7"), said(&[("Revenue", "2026-11-15", 7.0, "")]));
}

#[test]
fn one_row_for_each_reading_of_several_kpis() {
    let mut desk = Desk::new();
    let ids = [desk.kpi("Revenue", Frequency::Monthly), desk.kpi("Leads", Frequency::Monthly)];
    let rows = [("Revenue", "2026-10-31", 1.0, "good"), ("leads", "2026-10-31", 2.0, "")];
    for text in [
        "KPI\tMonth\tValue\tNote\nRevenue\t2026-10\t1\tgood\nleads\t2026-10\t2\t",
        "Revenue\t2026-10\t1\t5\tgood\nleads\t2026-10\t2\t5\t",
        "Name\tPeriod\tValue\tTarget\tNote\nRevenue\t2026-10\t1\t5\tgood\nleads\t2026-10\t2\t5\t",
    ] {
        assert_eq!(desk.said(text), said(&rows), "{text}");
        let pasted = desk.paste(text).unwrap();
        assert_eq!(pasted.form, Form::Long);
        assert_eq!(pasted.names.iter().map(|name| name.whose).collect::<Vec<_>>(), ids.map(Whose::Kpi));
        let targets = pasted.skipped.iter().filter(|it| it.why == Why::Target).count();
        assert_eq!(targets, if text.contains('5') { 2 } else { 0 }, "{text}");
    }
    desk.world.target(ids[0], date("2026-01-01"), super::builder::at_least(5.0), 0.0);
    let pasted = desk.paste("Revenue\t2026-10\t1\t5\tgood\nleads\t2026-10\t2\t5\t").unwrap();
    assert_eq!(pasted.skipped.iter().map(|it| it.row).collect::<Vec<_>>(), [2], "the one that the KPI has is no news");
}

#[test]
fn wide_tables_go_down_or_across() {
    let mut desk = Desk::new();
    desk.kpi("Revenue", Frequency::Monthly);
    let rows = [
        ("Revenue", "2026-09-30", 1.0, ""),
        ("Leads", "2026-09-30", 10.0, ""),
        ("Revenue", "2026-10-31", 2.0, ""),
        ("Leads", "2026-10-31", 20.0, ""),
    ];
    let down = "Month\tRevenue\tLeads\n2026-09\t1\t10\nOct 2026\t2\t20";
    assert_eq!(desk.said(down), said(&rows));
    assert_eq!(desk.paste(down).unwrap().form, Form::Down);
    let across = "KPI;2026-09;2026-10\nRevenue;1;2\nLeads;10;20";
    assert_eq!(desk.said(across), said(&[rows[0], rows[2], rows[1], rows[3]]));
    assert_eq!(desk.paste(across).unwrap().form, Form::Across);
    let with_unit = ";Unit;Sep 2026;Oct 2026\nRevenue;EUR;1;\nLeads;people;;20";
    assert_eq!(desk.said(with_unit), said(&[rows[0], rows[3]]));
    assert_eq!(desk.paste(with_unit).unwrap().skipped[0].text, "Unit");
    let broken = desk.paste("Month\tRevenue\tLeads\n2026-09\t1\t10\nsoon\t2\t20").unwrap();
    assert_eq!(broken.skipped.len(), 1, "one date is wrong once");
    let without_head = "2026-09\t1\t10\n2026-10\t2\t20";
    assert_eq!(desk.said(without_head)[1].0, "C");
    let values = (0..26).map(|value| format!("\t{value}")).collect::<String>();
    let beyond_z = desk.paste(&format!("2026-09{values}")).unwrap();
    assert_eq!(beyond_z.names.last().map(|name| name.text.as_str()), Some("Z"));
    assert_eq!((beyond_z.rows.len(), &beyond_z.skipped[0].why), (25, &Why::Column), "no name, so no KPI");
}

#[test]
fn every_way_to_write_a_date() {
    let (mut desk, _) = Desk::of(Frequency::Daily);
    for (text, day) in [
        ("2026-11-20", "2026-11-20"),
        ("2026/11/20", "2026-11-20"),
        ("20261120", "2026-11-20"),
        ("2026-11-20T09:30:00Z", "2026-11-20"),
        ("2026-11-20 09:30", "2026-11-20"),
        ("2026-09", "2026-09-30"),
        ("2024-02", "2024-02-29"),
        ("09/2026", "2026-09-30"),
        ("2026-W46", "2026-11-15"),
        ("2026W46", "2026-11-15"),
        ("W46 2026", "2026-11-15"),
        ("2020-W53", "2021-01-03"),
        ("2026-Q3", "2026-09-30"),
        ("Q3 2026", "2026-09-30"),
        ("2025", "2025-12-31"),
        ("22 Nov 2025", "2025-11-22"),
        ("22. november 2025", "2025-11-22"),
        ("November 22, 2025", "2025-11-22"),
        ("22-Nov-25", "2025-11-22"),
        ("Sept 2026", "2026-09-30"),
        ("Nov-25", "2025-11-30"),
        ("31.12.2025", "2025-12-31"),
        ("12/31/2025", "2025-12-31"),
        ("31-12-25", "2025-12-31"),
        ("05/05/2026", "2026-05-05"),
    ] {
        assert_eq!(desk.said(&format!("\"{text}\"\t1"))[0].1, day, "{text}");
    }
    for (text, why) in [
        ("46000", Why::Serial),
        ("2026-W54", Why::NotADate),
        ("2025-W53", Why::NotADate),
        ("2026-13", Why::NotADate),
        ("31.02.2026", Why::NotADate),
        ("22 Nov", Why::NotADate),
        ("Nov 22", Why::NotADate),
        ("yesterday", Why::NotADate),
        ("", Why::NoDate),
        ("2026-11-23", Why::Future),
        ("2027", Why::Future),
        ("Q5 2026", Why::NotADate),
    ] {
        let pasted = desk.paste(&format!("Date\tValue\n{text}\t1\n2026-01-01\t2")).unwrap();
        assert_eq!((pasted.skipped[0].row, &pasted.skipped[0].why), (2, &why), "{text}");
        assert_eq!(pasted.rows.len(), 1, "{text}");
    }
    // The fiscal year that begins in April 2026.
    desk.world.edit(Edit::frame(FrameEdit::fiscal_start(Month::new(4).unwrap())));
    assert_eq!(
        desk.said("2026-Q1\t1\n2025\t2").iter().map(|row| row.1.as_str()).collect::<Vec<_>>(),
        ["2026-06-30", "2026-03-31"]
    );
}

#[test]
fn days_and_months_are_told_apart_or_asked_for() {
    let (mut desk, _) = Desk::of(Frequency::Daily);
    let days = |desk: &Desk, text: &str| desk.said(text).into_iter().map(|row| row.1).collect::<Vec<_>>();
    assert_eq!(days(&desk, "01/02/2026\t1\n13/02/2026\t2"), ["2026-02-01", "2026-02-13"]);
    assert_eq!(days(&desk, "01/02/2026\t1\n02/13/2026\t2"), ["2026-01-02", "2026-02-13"]);
    let text = "01/02/2026\t1\n03/02/2026\t2";
    let (day_first, month_first) = (date("2026-02-01"), date("2026-01-02"));
    let ask = Ask::DayFirst { example: "01/02/2026".into(), day_first, month_first };
    assert_eq!(desk.paste(text).unwrap().asks, [ask]);
    desk.choices.day_first = Some(false);
    assert_eq!(days(&desk, text), ["2026-01-02", "2026-03-02"]);
    // Both in one column: the odd one out is no date.
    desk.choices.day_first = None;
    let pasted = desk.paste("13/02/2026\t1\n14/02/2026\t2\n02/15/2026\t3").unwrap();
    assert_eq!((pasted.rows.len(), &pasted.skipped[0].why), (2, &Why::NotADate));
}

#[test]
fn the_column_tells_the_decimal_sign_or_it_is_asked_for() {
    let (mut desk, _) = Desk::of(Frequency::Daily);
    let values = |desk: &Desk, text: &str| desk.said(text).into_iter().map(|row| row.2).collect::<Vec<_>>();
    assert_eq!(values(&desk, "1,234\n1,5"), [1.234, 1.5]);
    assert_eq!(values(&desk, "1,234\n1.5"), [1234.0, 1.5]);
    assert_eq!(values(&desk, "1.234\n1,5"), [1234.0, 1.5]);
    assert_eq!(values(&desk, "1,234\n3,637,839"), [1234.0, 3_637_839.0]);
    assert_eq!(values(&desk, "(1,234.50)\n-5\n+7"), [-1234.5, -5.0, 7.0]);
    assert_eq!(values(&desk, "€ 1.234,50\n2 000"), [1234.5, 2000.0]);
    let text = "1,234\n2,500";
    let ask = Ask::Decimal { example: "1,234".into(), point: number(1234.0), comma: number(1.234) };
    assert_eq!(desk.paste(text).unwrap().asks, [ask]);
    desk.choices.decimal = Some(Decimal::Comma);
    assert_eq!(values(&desk, text), [1.234, 2.5]);
}

#[test]
fn percent_signs_are_for_kpis_in_percent() {
    let (mut desk, id) = Desk::of(Frequency::Daily);
    assert!(matches!(desk.paste("5%\n6").unwrap().skipped[0].why, Why::NotANumber(_)));
    desk.world.edit(Edit::of(id, KpiEdit::unit(Unit::new("%").unwrap())));
    assert_eq!(desk.said("5%\n6")[0].2, 5.0);
    let pasted = desk.paste("Date\tShare\tRate\n2026-01-01\t5%\t7").unwrap();
    desk.apply(&pasted);
    let units: Vec<_> = desk.world.plan.kpis_in_order().iter().map(|kpi| kpi.unit.to_string()).collect();
    assert_eq!(units, ["%", "%", ""]);
}

#[test]
fn what_does_not_come_in_is_listed_with_its_row() {
    let (desk, _) = Desk::of(Frequency::Daily);
    let text =
        "Report\nDate\tValue\tSource\n2026-01-01\t5 days\tx\n2026-01-02\t\tx\n\t7\tx\nsoon\t8\tx\n2026-01-03\t9\tx";
    let pasted = desk.paste(text).unwrap();
    let skipped: Vec<_> = pasted.skipped.iter().map(|it| (it.row, it.text.as_str())).collect();
    assert_eq!(skipped, [(1, "Report"), (2, "Source"), (3, "5 days"), (4, "2026-01-02"), (5, ""), (6, "soon")]);
    assert_eq!(pasted.rows.len(), 1);
    let long = format!("2026-01-01\t1\t{}", "x".repeat(10_001));
    assert_eq!(desk.paste(&long).unwrap().skipped[0].why, Why::NoteTooLong);
}

#[test]
fn an_open_quotation_mark_costs_its_row_only() {
    let (desk, _) = Desk::of(Frequency::Daily);
    let pasted = desk.paste("2026-01-01,1,a\n2026-01-02,2,\"b\n2026-01-03,3,c\n2026-01-04,4,d").unwrap();
    assert_eq!((pasted.skipped[0].row, &pasted.skipped[0].why), (2, &Why::OpenQuote));
    assert_eq!(pasted.rows.iter().map(|row| row.place.0).collect::<Vec<_>>(), [1, 3, 4]);
    let at_the_end = desk.paste("2026-01-01,1,a\n2026-01-02,2,\"b").unwrap();
    assert_eq!((at_the_end.skipped[0].row, at_the_end.rows.len()), (2, 1));
}

#[test]
fn names_are_matched_made_or_left_out() {
    let mut desk = Desk::new();
    let revenue = desk.kpi("Revenue", Frequency::Weekly);
    let text = "KPI\tDate\tValue\nREVENUE\t2026-11-01\t1\nLeads\t2026-09\t2\nLeads\t2026-10\t3\nNoise\t2026-11-01\t4";
    desk.choices.names = vec![("Noise".into(), Whose::Out)];
    let pasted = desk.paste(text).unwrap();
    let names = |pasted: &Pasted| pasted.names.iter().map(|it: &Named| (it.whose, it.readings)).collect::<Vec<_>>();
    assert_eq!(names(&pasted), [(Whose::Kpi(revenue), 1), (Whose::New, 2), (Whose::Out, 1)]);
    assert_eq!(pasted.to_come(), 3);
    let before = desk.world.plan.clone();
    let undo = desk.apply(&pasted);
    let kpis = desk.world.plan.kpis_in_order();
    assert_eq!(kpis.iter().map(|kpi| kpi.name.as_str()).collect::<Vec<_>>(), ["Revenue", "Leads"]);
    assert_eq!((*kpis[1].frequency.on(date(TODAY)), kpis[1].why.is_empty()), (Frequency::Monthly, true));
    assert_eq!(desk.readings(kpis[1].id), [("2026-09-30".into(), 2.0), ("2026-10-31".into(), 3.0)]);
    // One change is taken back at once.
    let at = desk.world.at();
    let (back, _) = desk.world.plan.apply(&undo, at).unwrap();
    assert_eq!(back.kpis.len(), before.kpis.len());
    assert_eq!(back.kpis.get(revenue).unwrap().readings.iter().count(), 0);
    // Another name for one that is there.
    desk.world.plan = before;
    desk.choices.names = vec![("Leads".into(), Whose::Kpi(revenue)), ("Noise".into(), Whose::Out)];
    assert_eq!(desk.paste(text).unwrap().names[1].whose, Whose::Kpi(revenue));
}

#[test]
fn two_names_may_stand_for_one_kpi() {
    let mut desk = Desk::new();
    let (revenue, leads) = (desk.kpi("Revenue", Frequency::Daily), desk.kpi("Leads", Frequency::Daily));
    desk.choices.names = vec![("Sales".into(), Whose::Kpi(revenue))];
    let pasted = desk.paste("Date\tRevenue\tLeads\tSales\n2026-11-01\t1\t2\t3\n2026-11-02\t1\t2\t3").unwrap();
    desk.apply(&pasted);
    assert_eq!((desk.readings(revenue).len(), desk.readings(leads).len()), (4, 2));
}

#[test]
fn what_takes_no_readings_gets_none() {
    let mut desk = Desk::new();
    let whole = desk.kpi("Total", Frequency::Weekly);
    desk.world.edit(Edit::of(whole, KpiEdit::origin(Origin::Parts { gathering: Gathering::Sum })));
    let pasted = desk.paste("Date\tTotal\tOther\n2026-11-01\t1\t2").unwrap();
    assert_eq!(pasted.names.iter().map(|it| it.whose).collect::<Vec<_>>(), [Whose::Out, Whose::New]);
}

#[test]
fn dates_that_have_a_reading_already() {
    let fresh = || {
        let (mut desk, id) = Desk::of(Frequency::Daily);
        for (day, value) in [("2026-11-01", 1.0), ("2026-11-02", 2.0), ("2026-11-03", 3.0), ("2026-11-03", 4.0)] {
            desk.world.reading(id, date(day), value);
        }
        (desk, id)
    };
    let text = "2026-11-01\t1\n2026-11-02\t20\n2026-11-03\t30\n2026-11-04\t40";
    let (one, two, three, four) = ("2026-11-01", "2026-11-02", "2026-11-03", "2026-11-04");
    for (clash, to_come, expected) in [
        (Clash::Keep, 1, vec![(one, 1.0), (two, 2.0), (three, 3.0), (three, 4.0), (four, 40.0)]),
        // Two of a day give way to the one that comes.
        (Clash::Replace, 3, vec![(one, 1.0), (two, 20.0), (three, 30.0), (four, 40.0)]),
        (
            Clash::Beside,
            3,
            vec![(one, 1.0), (two, 2.0), (two, 20.0), (three, 3.0), (three, 4.0), (three, 30.0), (four, 40.0)],
        ),
    ] {
        let (mut desk, id) = fresh();
        desk.choices.clash = clash;
        let pasted = desk.paste(text).unwrap();
        assert_eq!(pasted.count(|it| *it == Outcome::New), 1);
        assert_eq!(pasted.count(|it| *it == Outcome::Same), 1);
        assert_eq!(pasted.count(|it| matches!(it, Outcome::Clash { .. })), 2);
        assert_eq!(pasted.to_come(), to_come);
        let before = desk.readings(id);
        let undo = desk.apply(&pasted);
        let expected: Vec<_> = expected.into_iter().map(|(day, value)| (day.to_owned(), value)).collect();
        assert_eq!(desk.readings(id), expected, "{clash:?}");
        let at = desk.world.at();
        desk.world.plan = desk.world.plan.apply(&undo, at).unwrap().0;
        assert_eq!(desk.readings(id), before);
    }
    // One row is decided by itself.
    let (mut desk, id) = fresh();
    desk.choices.rows = vec![((2, 2), Clash::Replace)];
    let pasted = desk.paste(text).unwrap();
    desk.apply(&pasted);
    assert_eq!(desk.readings(id)[1], (two.into(), 20.0));
    assert_eq!(desk.readings(id).len(), 5);
}

#[test]
fn a_month_meets_what_was_read_in_it() {
    let (mut desk, id) = Desk::of(Frequency::Monthly);
    desk.world.reading(id, date("2026-10-05"), 5.0);
    desk.choices.clash = Clash::Replace;
    assert_eq!(desk.paste("2026-10\t5").unwrap().count(|it| *it == Outcome::Same), 1);
    let pasted = desk.paste("2026-10\t6").unwrap();
    desk.apply(&pasted);
    assert_eq!(desk.readings(id), [("2026-10-05".into(), 6.0)]);
    // A year says something of the last week, where weeks are read; the weeks before stay.
    let (mut desk, id) = Desk::of(Frequency::Weekly);
    desk.world.reading(id, date("2025-12-20"), 5.0);
    desk.choices.clash = Clash::Replace;
    let pasted = desk.paste("2025\t7").unwrap();
    desk.apply(&pasted);
    assert_eq!(desk.readings(id), [("2025-12-20".into(), 5.0), ("2025-12-31".into(), 7.0)]);
}

#[test]
fn several_readings_of_a_day_are_counted_one_by_one() {
    let (mut desk, id) = Desk::of(Frequency::Daily);
    let pasted = desk.paste("2026-11-01\t5\n2026-11-01\t5\n2026-11-01\t6").unwrap();
    desk.apply(&pasted);
    assert_eq!(desk.readings(id).len(), 3);
    let again = desk.paste("2026-11-01\t6\n2026-11-01\t5\n2026-11-01\t5\n2026-11-01\t5\n2026-11-01\t7").unwrap();
    assert_eq!((again.count(|it| *it == Outcome::Same), again.count(|it| *it == Outcome::New)), (3, 2));
}

#[test]
fn a_note_alone_is_a_difference() {
    let (mut desk, _) = Desk::of(Frequency::Daily);
    let pasted = desk.paste("2026-11-01\t5\tfirst").unwrap();
    desk.apply(&pasted);
    assert_eq!(desk.paste("2026-11-01\t5").unwrap().count(|it| *it == Outcome::Same), 1);
    assert_eq!(desk.paste("2026-11-01\t5\tother").unwrap().count(|it| matches!(it, Outcome::Clash { .. })), 1);
}

#[test]
fn separators_are_guessed() {
    for (text, separator) in [
        ("2026-01-01\t1,5\n2026-01-02\t2,5", Separator::Tab),
        ("2026-01-01;1,5\n2026-01-02;2,5", Separator::Semicolon),
        ("2026-01-01,1.5,\"a;b\"\n2026-01-02,2.5,c", Separator::Comma),
        ("1,5\n2,5", Separator::Tab),
        ("Visitors\n3,637,839\n1,000", Separator::Tab),
        ("7", Separator::Tab),
    ] {
        assert_eq!(Sheet::read(text, None).unwrap().separator, separator, "{text}");
    }
    assert_eq!(Sheet::read("a,b", Some(Separator::Tab)).unwrap().separator, Separator::Tab);
}

#[test]
fn what_is_too_much_is_refused() {
    let (desk, _) = Desk::of(Frequency::Daily);
    assert_eq!(desk.paste(" \n\t\n"), Err(Refused::Nothing));
    assert_eq!(desk.paste("some words\tand more\nand again\twords"), Err(Refused::NoDates));
    assert_eq!(desk.paste(&"x".repeat(MAX_BYTES + 1)), Err(Refused::TooLong));
    assert_eq!(desk.paste(&"1\n".repeat(MAX_ROWS + 1)), Err(Refused::TooManyRows));
    assert_eq!(desk.paste(&"1\n".repeat(MAX_ROWS)).map(|it| it.rows.len() + it.skipped.len()), Ok(MAX_ROWS));
    assert_eq!(desk.paste(&format!("1\n{}", "1,".repeat(100_000))), Err(Refused::TooManyColumns { row: 2 }));
    assert_eq!(desk.paste(&["1"; MAX_COLUMNS + 1].join("\t")), Err(Refused::TooManyColumns { row: 1 }));
    let wide = format!("2026-01-01{}", "\t1".repeat(600));
    assert_eq!(desk.paste(&format!("{wide}\n").repeat(2)).map(|it| it.names.len()), Ok(25), "columns without names");
    let across = format!("KPI{}\n", "\t2026-01-01".repeat(MAX_COLUMNS - 1));
    let row = format!("A{}\n", "\t1".repeat(MAX_COLUMNS - 1));
    assert_eq!(desk.paste(&(across + &row.repeat(101))), Err(Refused::TooManyReadings));
    let names: String = (0..1_000).map(|n| format!("N{n}\t2026-01-01\t1\n")).collect();
    assert_eq!(desk.paste(&format!("KPI\tDate\tValue\n{names}")), Err(Refused::TooManyNames));
    const { assert!(MAX_READINGS <= Change::MAX) };
}

#[test]
fn hostile_tables_end_in_time() {
    let (mut desk, id) = Desk::of(Frequency::Daily);
    let same_day: String = (0..MAX_ROWS).map(|_| "2026-01-01\t5\n").collect();
    let first = desk.paste(&"2026-01-01\t5\n".repeat(20_000)).unwrap();
    desk.apply(&first);
    assert_eq!(desk.readings(id).len(), 20_000);
    let falling: String =
        (0..MAX_ROWS).map(|n| format!("{}\t{n}\n", date(TODAY).plus_days(-(i32::try_from(n).unwrap() / 3)))).collect();
    for text in [
        same_day,
        falling,
        "\"".repeat(1_000_000),
        "\"\n".repeat(100_000),
        "a\"\n\"".repeat(30_000),
        format!("2026-01-01,1,\"{}", "x\n".repeat(90_000)),
        format!("2026-01-01\t1\t{}", "x".repeat(5_000_000)),
        ",".repeat(999) + &"\n".repeat(200_000),
        format!("{}\n", "\t".repeat(900)).repeat(5_000),
        "é\u{1f9ed}\u{0}\u{1}\t".repeat(200),
        "\u{1}".to_owned(),
        "\"\u{1}".to_owned(),
        format!("{}\t1\n", "9".repeat(500)).repeat(10_000),
    ] {
        let begun = Instant::now();
        for separator in [None, Some(Separator::Comma), Some(Separator::Tab)] {
            if let Ok(pasted) = Sheet::read(&text, separator)
                .and_then(|sheet| desk.world.plan.paste(&sheet, &desk.choices, date(TODAY)))
            {
                assert!(pasted.to_come() <= MAX_READINGS);
            }
        }
        let start: String = text.chars().take(20).collect();
        assert!(begun.elapsed().as_secs() < 20, "{start:?} took {:?}", begun.elapsed());
    }
}

/// A field as spreadsheets write it.
fn field(text: &str, separator: char) -> String {
    if text.contains(['"', '\n', separator]) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text.to_owned() }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_written_as_a_table_is_pasted_as_it_was(
        readings in prop::collection::vec((0_i32..400, -1e15_f64..1e15, 0_u32..3, "[a-zé\"\t,;\n ]{0,12}"), 1..40),
        separator in prop::sample::select(vec!['\t', ';', ',']),
    ) {
        let (mut desk, id) = Desk::of(Frequency::Weekly);
        desk.choices.decimal = Some(Decimal::Point);
        for (back, value, rounded, note) in readings {
            let value = if rounded > 0 { value.round() / 10_f64.powi(i32::try_from(rounded * 4).unwrap()) } else { value };
            let key = desk.world.plan.kpis.get(id).unwrap().readings.next_key(date(TODAY).plus_days(-back), Actor(1));
            let row = Some(Reading { value: number(value), note: Prose::new(&note).unwrap() });
            desk.world.apply(Change::Reading { of: id, key, row });
        }
        let before = desk.world.plan.kpis.get(id).unwrap().readings.clone();
        let mut text = ["Date", "Value", "Note"].join(&separator.to_string());
        for (key, row) in before.iter() {
            let cells = [key.day.to_string(), row.value.to_string(), row.note.to_string()];
            text += "\n";
            text += &cells.map(|cell| field(&cell, separator)).join(&separator.to_string());
        }
        let again = desk.paste(&text).unwrap();
        prop_assert_eq!(again.count(|it| *it == Outcome::Same), before.iter().count());
        prop_assert_eq!((again.to_come(), &again.asks, &again.skipped), (0, &vec![], &vec![]));

        let (mut empty, other) = Desk::of(Frequency::Weekly);
        empty.choices.decimal = Some(Decimal::Point);
        let pasted = empty.paste(&text).unwrap();
        empty.apply(&pasted);
        let rows = |log: &Log<Reading>| log.iter().map(|(key, row)| (key.day, row.clone())).collect::<Vec<_>>();
        prop_assert_eq!(rows(&empty.world.plan.kpis.get(other).unwrap().readings), rows(&before));
    }
}
