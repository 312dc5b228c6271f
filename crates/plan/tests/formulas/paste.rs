//! Readings from spreadsheets: each form of a table, each way to write dates and numbers, and what becomes of readings
//! that are there. Today is 2026-11-22, a Sunday in ISO week 47.

use std::time::Instant;

use bearings_plan::{
    paste::{
        Ask, Choices, Clash, Dash, DateOrder, Decimal, Extent, Form, Letter, MAX_BYTES, MAX_COLUMNS, MAX_READINGS,
        MAX_ROWS, MonthNumber, Named, Outcome, Pasted, Refused, Remark, Separator, Several, Sheet, Use, Whose, Why,
        Years,
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
        self.world.plan.paste(&Sheet::read(text, None)?, &self.choices, self.world.today)
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
    assert_eq!((beyond_z.rows.len(), &beyond_z.skipped[0].why), (25, &Why::NoHeading), "no name, so no KPI");
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
    desk.choices.years = Some(Years::Begun);
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
    let ways = vec![(DateOrder::DayFirst, date("2026-02-01")), (DateOrder::MonthFirst, date("2026-01-02"))];
    assert_eq!(desk.paste(text).unwrap().asks, [Ask::Order { example: "01/02/2026".into(), ways }]);
    desk.choices.order = Some(DateOrder::MonthFirst);
    assert_eq!(days(&desk, text), ["2026-01-02", "2026-03-02"]);
    // Both in one column: the odd one out is no date.
    desk.choices.order = None;
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
        "Report\nDate\tValue\tSource\n2026-01-01\tfive\tx\n2026-01-02\t\tx\n\t7\tx\nsoon\t8\tx\n2026-01-03\t9\tx";
    let pasted = desk.paste(text).unwrap();
    let skipped: Vec<_> = pasted.skipped.iter().map(|it| (it.row, it.text.as_str())).collect();
    assert_eq!(skipped, [(1, "Report"), (2, "Source"), (3, "five"), (4, "2026-01-02"), (5, ""), (6, "soon")]);
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

/// What is taken, without its name and note.
fn taken(desk: &Desk, text: &str) -> Vec<(String, f64)> {
    let pasted = desk.paste(text).unwrap();
    assert_eq!(pasted.asks, [], "{text}");
    pasted.rows.iter().map(|row| (row.day.to_string(), row.value.get())).collect()
}

fn days(all: &[(&str, f64)]) -> Vec<(String, f64)> {
    all.iter().map(|(day, value)| ((*day).to_owned(), *value)).collect()
}

/// The same on the last of November.
fn late(frequency: Frequency, unit: &str) -> Desk {
    let (mut desk, id) = Desk::of(frequency);
    desk.world.today = date("2026-11-30");
    desk.choices.last = date("2026-11-30");
    desk.world.edit(Edit::of(id, KpiEdit::unit(Unit::new(unit).unwrap())));
    desk
}

fn whys(pasted: &Pasted) -> Vec<(usize, usize, Why)> {
    pasted.skipped.iter().map(|it| (it.row, it.column, it.why.clone())).collect()
}

#[test]
fn a_comma_behind_dates_separates() {
    let desk = late(Frequency::Yearly, "");
    let years = [("2024-12-31", 310.0), ("2025-12-31", 295.0), ("2026-11-30", 330.0)];
    assert_eq!(taken(&desk, "2024,310\n2025,295\n2026,330"), days(&years));
    let desk = late(Frequency::Daily, "");
    assert_eq!(taken(&desk, "20261128,310\n20261129,295"), days(&[("2026-11-28", 310.0), ("2026-11-29", 295.0)]));
    let pasted = desk.paste("46000,12\n46001,13").unwrap();
    assert_eq!((whys(&pasted), pasted.rows.len()), (vec![(1, 1, Why::Serial), (2, 1, Why::Serial)], 0));
    assert_eq!(desk.paste("Timestamp,Value\n1764288000,72.4").unwrap().skipped[0].why, Why::Seconds);
    // Numbers with a comma in them are one column still.
    assert_eq!(desk.paste("1,5\n2,25").unwrap().form, Form::Values);
}

#[test]
fn two_columns_with_one_heading_are_asked_for() {
    let mut desk = late(Frequency::Monthly, "");
    let text = "Month,Revenue,Revenue\n2026-09,100,120\n2026-10,110,120";
    let names = vec!["Revenue (B)".to_owned(), "Revenue (C)".to_owned()];
    let ask = Ask::Same { heading: "Revenue".into(), names };
    let pasted = desk.paste(text).unwrap();
    assert_eq!((pasted.asks.as_slice(), pasted.to_come()), ([ask].as_slice(), 0));
    let revenue = Whose::Kpi(desk.choices.kpi.unwrap());
    desk.choices.names = vec![("Revenue (B)".into(), Whose::Out), ("Revenue (C)".into(), revenue)];
    let pasted = desk.paste(text).unwrap();
    assert_eq!((pasted.asks.len(), pasted.to_come()), (0, 2));
    assert!(pasted.rows.iter().filter(|row| row.comes()).all(|row| row.value == number(120.0)));
}

#[test]
fn several_rows_of_one_period_are_told() {
    let mut desk = late(Frequency::Monthly, "");
    let september = Span { start: date("2026-09-01"), end: date("2026-09-30") };
    let remark = |values: &[f64], makes: f64, more| Remark::Several {
        span: september.clone(),
        length: Frequency::Monthly,
        name: 0,
        values: values.iter().map(|value| number(*value)).collect(),
        all: values.len(),
        makes: Some(number(makes)),
        more,
    };
    let across = "KPI,Sep 2026,Oct 2026\nRevenue,100,110\nRevenue,40,45";
    assert_eq!(desk.paste(across).unwrap().remarks, [remark(&[100.0, 40.0], 40.0, 1)]);
    let regions = "Month,Region,Revenue\n2026-09,North,100\n2026-09,South,50\n2026-10,North,110\n2026-10,South,60";
    let pasted = desk.paste(regions).unwrap();
    assert_eq!(pasted.remarks, [remark(&[100.0, 50.0], 50.0, 1)]);
    assert_eq!((whys(&pasted), pasted.skipped[0].cells), (vec![(1, 2, Why::Column)], 5));
    let id = desk.choices.kpi.unwrap();
    desk.world.edit(Edit::of(id, KpiEdit::aggregation(Aggregation::Sum)));
    assert_eq!(desk.paste(regions).unwrap().remarks, [remark(&[100.0, 50.0], 150.0, 1)]);
    desk.choices.several = Several::Last;
    let pasted = desk.paste(regions).unwrap();
    let coming: Vec<_> = pasted.rows.iter().filter(|row| row.comes()).map(|row| row.value.get()).collect();
    assert_eq!((coming, pasted.count(|it| *it == Outcome::Doubled)), (vec![50.0, 60.0], 2));

    let mut desk = late(Frequency::Daily, "");
    let twice = desk.paste("2026-11-02,12\n2026-11-02,12").unwrap();
    assert!(matches!(&twice.remarks[..], [Remark::Several { all: 2, makes: Some(_), .. }]), "{:?}", twice.remarks);
    assert!(twice.rows.iter().all(|row| row.of_period == 2));
    // A month beside one of its days: the day is part of it.
    let text = "2026-10-15,40\n2026-10,100";
    let pasted = desk.paste(text).unwrap();
    assert!(matches!(&pasted.remarks[..], [Remark::Several { all: 2, length: Frequency::Monthly, makes: None, .. }]));
    desk.choices.several = Several::First;
    let pasted = desk.paste(text).unwrap();
    assert_eq!(pasted.rows.iter().map(paste::Row::comes).collect::<Vec<_>>(), [true, false]);
}

#[test]
fn a_time_of_day_is_left_out_and_a_zone_is_told() {
    let desk = late(Frequency::Daily, "");
    for (text, zoned) in [
        ("11/28/2026 9:30:00 AM", false),
        ("11/28/2026 9:30 PM", false),
        ("11/28/2026, 9:30:00 AM", false),
        ("11/28/2026, 9:30:00\u{202f}AM", false),
        ("2026-11-28 07:12:00 +0100", true),
        ("2026-11-28 00:00:00 UTC", true),
        ("2026-11-28T23:30:00Z", true),
        ("2026-11-28T23:30:00.123+01:00", true),
        ("20261128T2330Z", true),
        ("Saturday, November 28, 2026", false),
        ("Sat Nov 28 09:30:00 CET 2026", true),
        ("28.11.2026 09.30", false),
        ("28/11/2026 9h30", false),
    ] {
        let pasted = desk.paste(&format!("Timestamp,Value\n\"{text}\",72.4")).unwrap();
        assert_eq!(pasted.rows.iter().map(|row| row.day).collect::<Vec<_>>(), [date("2026-11-28")], "{text}");
        let told = pasted.remarks.iter().any(|it| matches!(it, Remark::Zoned { .. }));
        assert_eq!((told, pasted.asks.len()), (zoned, 0), "{text}");
    }
}

#[test]
fn months_are_known_in_many_languages() {
    let desk = late(Frequency::Monthly, "");
    for year in [
        "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec",
        "Jan Feb Mrz Apr Mai Jun Jul Aug Sep Okt Nov Dez",
        "Jänner Februar März April Mai Juni Juli August September Oktober November Dezember",
        "janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc.",
        "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
        "jan fev mar abr mai jun jul ago set out nov dez",
        "gen feb mar apr mag giu lug ago set ott nov dic",
        "jan feb mrt apr mei jun jul aug sep okt nov dec",
        "januar februar marts april maj juni juli august september oktober november december",
        "jan. feb. mars apr. mai juni juli aug. sep. okt. nov. des.",
        "januari februari mars april maj juni juli augusti september oktober november december",
        "tammi helmi maalis huhti touko kesä heinä elo syys loka marras joulu",
        "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر",
        "1月 2月 3月 4月 5月 6月 7月 8月 9月 10月 11月 12月",
        "１月 ２月 ３月 ４月 ５月 ６月 ７月 ８月 ９月 １０月 １１月 １２月",
    ] {
        let dated =
            |month: &str| if month.contains('月') { format!("2025年{month}") } else { format!("{month} 2025") };
        let rows: Vec<String> =
            year.split(' ').zip(1..).map(|(month, value)| format!("{};1,{value:02}", dated(month))).collect();
        let found = taken(&desk, &format!("Monat;Wert\n{}", rows.join("\n")));
        let last = |month: i32| date("2025-01-01").plus_months(month).plus_days(-1).to_string();
        let right: Vec<_> = (1..=12).map(|month| (last(month), 1.0 + f64::from(month) / 100.0)).collect();
        assert_eq!(found, right, "{year}");
    }
    for (text, day) in [
        ("28\u{a0}Nov\u{a0}2026", "2026-11-28"),
        ("2026年11月28日", "2026-11-28"),
        ("٢٠٢٦-١١-٢٨", "2026-11-28"),
        ("۲۸/۱۱/۲۰۲۶", "2026-11-28"),
        ("２０２６／１１／２８", "2026-11-28"),
        ("28 de novembro de 2026", "2026-11-28"),
        ("sam. 28 nov. 2026", "2026-11-28"),
        ("mar. 24 mars 2026", "2026-03-24"),
        ("Samstag, 28. November 2026", "2026-11-28"),
        ("28 تشرين الثاني 2026", "2026-11-28"),
    ] {
        assert_eq!(taken(&late(Frequency::Daily, ""), &format!("\"{text}\"\t5")), days(&[(day, 5.0)]), "{text}");
    }
}

#[test]
fn a_language_whose_months_are_not_known_is_refused_as_a_whole() {
    let mut desk = late(Frequency::Monthly, "");
    let text = "Miesiąc;Wartość\nsty 2026;1\nmaj 2026;2\nlis 2025;3";
    let refused = Refused::UnknownMonth { text: "sty 2026".into(), row: 2 };
    assert_eq!(desk.paste(text), Err(refused));
    // The browser knows the language of its reader.
    desk.choices.months = vec![("Sty.".into(), 1), ("lis".into(), 11)];
    let known = [("2026-01-31", 1.0), ("2026-05-31", 2.0), ("2025-11-30", 3.0)];
    assert_eq!(taken(&desk, text), days(&known));
    // One word among many may be a slip: its row is listed.
    let slip = "Month;Value\nJan 2026;1\nFeb 2026;2\nMrch 2026;3\nApr 2026;4\nMay 2026;5\nJun 2026;6";
    let pasted = desk.paste(slip).unwrap();
    assert_eq!((pasted.rows.len(), whys(&pasted)), (5, vec![(4, 1, Why::NotADate)]));
}

#[test]
fn numbers_as_accountants_and_programs_write_them() {
    let desk = late(Frequency::Monthly, "");
    let months = |values: &[f64]| -> Vec<(String, f64)> {
        let end = |back: i32| date("2026-11-01").plus_months(1 - back).plus_days(-1).to_string();
        (1..)
            .zip(values.iter().rev())
            .map(|(back, value)| (end(back), *value))
            .collect::<Vec<_>>()
            .into_iter()
            .rev()
            .collect()
    };
    let accounts =
        "Month\tProfit\nJul 2026\t $ 1,234.00 \nAug 2026\t $ (1,234.00)\nSep 2026\t $ -   \nOct 2026\t($567.00)";
    assert_eq!(taken(&desk, accounts), months(&[1234.0, -1234.0, 0.0, -567.0]));
    let german = "Monat;Ergebnis\n01.2026;1.234,56-\n02.2026;2.345,00";
    assert_eq!(taken(&desk, german), days(&[("2026-01-31", -1234.56), ("2026-02-28", 2345.0)]));
    assert_eq!(taken(&desk, "2026-08\t−5\n2026-09\t–3\n2026-10\t－7"), months(&[-5.0, -3.0, -7.0]));
    let powers = taken(&desk, "2026-09,1.23E+12\n2026-10,1.2E-05");
    assert_eq!(powers, months(&[1_230_000_000_000.0, 0.000_012]));
    assert!(matches!(
        &desk.paste("Month;Value\n2026-08;1.250\n2026-09;1.375\n2026-10;980").unwrap().asks[..],
        [Ask::Decimal { .. }]
    ));
    let both = desk.paste("2026-08;1 234,50 €\n2026-09;1’234.50 CHF").unwrap();
    let ask = Ask::BothDecimals { point: "1’234.50 CHF".into(), comma: "1 234,50 €".into() };
    assert_eq!(both.asks, [ask]);
    let percent = desk.paste("2026-08;12,5 %\n2026-09;13").unwrap();
    assert!(matches!(percent.skipped[0].why, Why::NotANumber(quantity::QuantityError::PercentWithoutPercentUnit)));
}

#[test]
fn a_bare_dash_is_asked_for() {
    let mut desk = late(Frequency::Monthly, "");
    let text = "Month,Profit\n2026-08,5\n2026-09,-\n2026-10,–";
    assert_eq!(desk.paste(text).unwrap().asks, [Ask::Dash { row: 3, column: 2 }]);
    desk.choices.dash = Some(Dash::Zero);
    assert_eq!(taken(&desk, text)[1..], days(&[("2026-09-30", 0.0), ("2026-10-31", 0.0)]));
    desk.choices.dash = Some(Dash::Nothing);
    let pasted = desk.paste(text).unwrap();
    assert_eq!((pasted.rows.len(), whys(&pasted)), (1, vec![(3, 2, Why::Dash), (4, 2, Why::Dash)]));
}

#[test]
fn a_unit_behind_a_number_is_the_kpis_or_is_asked_for() {
    let run = "Date,Run\n2026-11-28,30m\n2026-11-29,45m";
    let minutes = days(&[("2026-11-28", 30.0), ("2026-11-29", 45.0)]);
    assert_eq!(taken(&late(Frequency::Daily, "min"), run), minutes);
    let mut desk = late(Frequency::Daily, "");
    let ask = Ask::Letter { example: "30m".into(), unit: number(30.0), multiple: number(30_000_000.0) };
    assert_eq!(desk.paste(run).unwrap().asks, [ask]);
    desk.choices.letter = Some(Letter::Unit);
    assert_eq!(taken(&desk, run), minutes);
    desk.choices.letter = Some(Letter::Multiple);
    assert_eq!(taken(&desk, run)[0].1, 30_000_000.0);
    let weight = "Date,Weight\n2026-11-28,72.4 kg\n2026-11-29,72.1 kg";
    let kilograms = days(&[("2026-11-28", 72.4), ("2026-11-29", 72.1)]);
    assert_eq!(taken(&late(Frequency::Daily, "kg"), weight), kilograms);
    assert_eq!(taken(&late(Frequency::Daily, ""), weight), kilograms);
    assert_eq!(
        taken(&late(Frequency::Daily, "km"), "2026-11-28,5 km\n2026-11-29,5k"),
        days(&[("2026-11-28", 5.0), ("2026-11-29", 5.0)])
    );
    let pasted = late(Frequency::Daily, "kg").paste("Date,Weight\n2026-11-28,72.4 kg\n2026-11-29,159 lb").unwrap();
    assert_eq!(whys(&pasted), [(3, 2, Why::OtherUnit { unit: "kg".into() })]);
    // A new KPI gets the unit of its numbers.
    let mut desk = Desk::new();
    let pasted = desk.paste("Date\tWeight\tPrice\n2026-11-01\t72 kg\t5 €").unwrap();
    desk.apply(&pasted);
    let units: Vec<_> = desk.world.plan.kpis_in_order().iter().map(|kpi| kpi.unit.to_string()).collect();
    assert_eq!(units, ["kg", "EUR"]);
}

#[test]
fn the_year_may_come_first_in_two_digits() {
    let mut desk = late(Frequency::Daily, "");
    let text = "Date,Value\n25-11-18,5\n25-11-19,6\n25-11-20,7";
    let ways = vec![(DateOrder::DayFirst, date("2018-11-25")), (DateOrder::YearFirst, date("2025-11-18"))];
    assert_eq!(desk.paste(text).unwrap().asks, [Ask::Order { example: "25-11-18".into(), ways }]);
    desk.choices.order = Some(DateOrder::YearFirst);
    assert_eq!(taken(&desk, text), days(&[("2025-11-18", 5.0), ("2025-11-19", 6.0), ("2025-11-20", 7.0)]));
}

#[test]
fn dates_without_a_year_are_the_most_recent_ones() {
    let told = |desk: &Desk, text: &str| {
        let remarks = desk.paste(text).unwrap().remarks;
        remarks.into_iter().any(|it| matches!(it, Remark::Yearless { .. }))
    };
    let daily = late(Frequency::Daily, "");
    let three = days(&[("2026-11-26", 5.0), ("2026-11-27", 6.0), ("2026-11-28", 7.0)]);
    for text in [
        "26-Nov,5\n27-Nov,6\n28-Nov,7",
        "Nov-26,5\nNov-27,6\nNov-28,7",
        "26.11.\t5\n27.11.\t6\n28.11.\t7",
        "11/26,5\n11/27,6\n11/28,7",
    ] {
        assert_eq!(taken(&daily, text), three, "{text}");
        assert!(told(&daily, text), "{text}");
    }
    assert_eq!(taken(&daily, "24 Dec,5"), days(&[("2025-12-24", 5.0)]));
    let weekly = late(Frequency::Weekly, "");
    assert_eq!(taken(&weekly, "W46,5\nKW 47,6"), days(&[("2026-11-15", 5.0), ("2026-11-22", 6.0)]));
    let monthly = late(Frequency::Monthly, "");
    assert_eq!(taken(&monthly, "Sep,5\nOct,6\nNov,7\nDec,8")[2..], days(&[("2026-11-30", 7.0), ("2025-12-31", 8.0)]));
    let quarterly = late(Frequency::Quarterly, "");
    let quarters = days(&[("2026-03-31", 5.0), ("2026-06-30", 6.0), ("2026-09-30", 7.0)]);
    assert_eq!(taken(&quarterly, "Q1 26,5\nQ2'26,6\n3Q26,7"), quarters);
    assert!(!told(&quarterly, "Q1 26,5\nQ2'26,6\n3Q26,7"));
    // Months of years, as spreadsheets shorten them; and what can be both.
    assert_eq!(taken(&monthly, "Oct-25,5\nNov-25,6")[0].0, "2025-10-31");
    let mut desk = late(Frequency::Daily, "");
    let text = "Nov-24,5\nNov-25,6";
    assert!(matches!(&desk.paste(text).unwrap().asks[..], [Ask::MonthNumber { .. }]));
    desk.choices.month_number = Some(MonthNumber::Day);
    assert_eq!(taken(&desk, text)[0].0, "2026-11-24");
}

#[test]
fn tables_between_pipes_and_declared_separators() {
    let desk = late(Frequency::Daily, "");
    let two = days(&[("2026-11-28", 5.0), ("2026-11-29", 7.0)]);
    for text in [
        "| Date | Value |\n| --- | --- |\n| 2026-11-28 | 5 |\n| 2026-11-29 | 7 |",
        "Steps of late\n\n|Date|Value|\n|:--|--:|\n|2026-11-28|5|\n|2026-11-29|7|",
        "+------------+-------+\n| Date       | Value |\n+------------+-------+\n| 2026-11-28 |     5 |\n| 2026-11-29 |     7 |\n+------------+-------+",
        "Date|Value\n2026-11-28|5\n2026-11-29|7",
        "sep=;\nDate;Value;;\n2026-11-28;5;;\n2026-11-29;7;;",
    ] {
        assert_eq!(taken(&desk, text), two, "{text}");
    }
    let noted = "| Date | Value | Note |\n|---|---|---|\n| 2026-11-28 | 5 | a \\| b |";
    assert_eq!(desk.said(noted)[0].3, "a | b");
    assert_eq!(desk.paste("| Date | Value |\n|---|---|\n| 2026-11-28 | 5 |").unwrap().rows[0].place, (3, 2));
}

#[test]
fn exports_of_habit_trackers() {
    let desk = late(Frequency::Daily, "");
    let pasted = desk.paste("Date,Read,Steps,\n2026-11-28,2,7500,\n2026-11-27,-1,8100,\n2026-11-26,0,6900,").unwrap();
    assert_eq!((pasted.rows.len(), pasted.skipped.len()), (6, 0));
    assert_eq!(pasted.remarks, [Remark::MinusOne { row: 3, column: 2, count: 1 }]);
    let habits = "HabitName,HabitDescription,HabitCategory,CalendarDate,Value,CommentText\nRun,,Sport,11/5/2026,1,\nRun,,Sport,11/6/2026,-2150000000,\nSwim,a note,Sport,4/13/2026,1,ok";
    let pasted = desk.paste(habits).unwrap();
    assert_eq!(pasted.form, Form::Long);
    assert_eq!(pasted.rows[2].note.as_str(), "ok");
    assert_eq!(
        pasted.rows.iter().map(|row| row.day).collect::<Vec<_>>(),
        ["2026-11-05", "2026-11-06", "2026-04-13"].map(date)
    );
    let huge = Remark::Huge { row: 3, column: 5, value: number(-2_150_000_000.0), usual: number(1.0) };
    assert_eq!(pasted.remarks, [huge]);
    assert_eq!(whys(&pasted), [(1, 2, Why::Column), (1, 3, Why::Column)]);
    let words = Refused::NoValues { text: "YES_MANUAL".into(), row: 2, column: 2 };
    assert_eq!(desk.paste("Date,Read\n2026-11-28,YES_MANUAL\n2026-11-27,NO"), Err(words));
    assert_eq!(desk.paste("Date,Read\n"), Err(Refused::NoRows));
    assert_eq!(desk.paste("HabitName,CalendarDate,Value"), Err(Refused::NoRows));
}

#[test]
fn whose_quarters_and_years_are_meant_is_asked_for() {
    let mut desk = late(Frequency::Quarterly, "");
    desk.world.edit(Edit::frame(FrameEdit::fiscal_start(Month::new(4).unwrap())));
    let text = "Quarter,Revenue\nQ1 2026,100\nQ4 2025,90";
    let span = |start: &str, end: &str| Span { start: date(start), end: date(end) };
    let ways = vec![
        (Years::Begun, span("2026-04-01", "2026-06-30")),
        (Years::Ended, span("2025-04-01", "2025-06-30")),
        (Years::Calendar, span("2026-01-01", "2026-03-31")),
    ];
    assert_eq!(desk.paste(text).unwrap().asks, [Ask::Years { example: "Q1 2026".into(), ways }]);
    for (years, first, second) in [
        (Years::Begun, "2026-06-30", "2026-03-31"),
        (Years::Ended, "2025-06-30", "2025-03-31"),
        (Years::Calendar, "2026-03-31", "2025-12-31"),
    ] {
        desk.choices.years = Some(years);
        assert_eq!(taken(&desk, text), days(&[(first, 100.0), (second, 90.0)]), "{years:?}");
    }
    desk.choices.years = None;
    assert!(matches!(&desk.paste("2026,400").unwrap().asks[..], [Ask::Years { .. }]));
    assert_eq!(desk.paste("2026-09,400").unwrap().asks, []);
}

#[test]
fn totals_headings_and_dates_in_parts() {
    let desk = late(Frequency::Monthly, "");
    let crossed = desk.paste("Year,Jan,Feb,Mar,Total\n2025,1,2,3,6\n2026,4,5,6,15").unwrap();
    assert_eq!((crossed.form, crossed.rows.len(), whys(&crossed)), (Form::Crossed, 6, vec![(1, 5, Why::Total)]));
    assert_eq!(crossed.rows[5].day, date("2026-03-31"));
    let merged = ",2025,,2026,\nKPI,Nov,Dec,Jan,Feb\nRevenue,1,2,3,4\nLeads,5,6,7,8\nTotal,6,8,10,12";
    let pasted = desk.paste(merged).unwrap();
    assert_eq!((pasted.form, pasted.rows.len(), whys(&pasted)), (Form::Across, 8, vec![(5, 1, Why::Total)]));
    assert_eq!((pasted.rows[0].day, pasted.rows[3].day), (date("2025-11-30"), date("2026-02-28")));
    let parts = "Year,Month,Day,Revenue\n2026,10,3,5\n,10,4,6";
    assert_eq!(taken(&desk, parts), days(&[("2026-10-03", 5.0), ("2026-10-04", 6.0)]));
    let groups = ",Sales,,Support\nMonth,Revenue,Orders,Tickets\n2026-09,1,2,3\nTotal,1,2,3\n\nSource: CRM";
    let pasted = desk.paste(groups).unwrap();
    assert_eq!(whys(&pasted), [(1, 2, Why::Heading), (4, 1, Why::Total), (6, 1, Why::Apart)]);
    let double = desk.paste(",Revenue,,Leads,\nMonth,Plan,Actual,Plan,Actual\n2026-09,1,2,3,4").unwrap();
    let names: Vec<_> = double.names.iter().map(|it| it.text.as_str()).collect();
    assert_eq!(names, ["Revenue Plan", "Revenue Actual", "Leads Plan", "Leads Actual"]);
    assert_eq!(taken(&desk, "Month,Value\n2026-09,1\nMonth,Value\n2026-10,2").len(), 2, "a heading once more");
    let second = desk.paste("Revenue\nMonth,Value\n2026-09,1\n\nLeads\nMonth,Value\n2026-09,5").unwrap();
    assert_eq!(whys(&second), [(1, 1, Why::Title), (5, 1, Why::SecondTable)]);
    assert_eq!((second.skipped[1].cells, second.skipped[1].extent), (5, Extent::Rest));
    let turned = "Date,2026-11-28,2026-11-29\nValue,5,6\nNote,ok,";
    assert_eq!(desk.said(turned), said(&[("", "2026-11-28", 5.0, "ok"), ("", "2026-11-29", 6.0, "")]));
}

#[test]
fn each_cell_is_taken_or_listed() {
    let desk = late(Frequency::Daily, "");
    let text = "Report\nDate\tValue\tSource\n2026-11-01\tfive\tx\n2026-11-02\t6\ty";
    let sheet = Sheet::read(text, None).unwrap();
    let pasted = desk.world.plan.paste(&sheet, &desk.choices, date("2026-11-30")).unwrap();
    let of = |row, column| pasted.account.of(&sheet, row, column);
    let uses: Vec<_> = (0..4).map(|row| [of(row, 0), of(row, 1), of(row, 2)]).collect();
    let out = Some(Use::Listed);
    assert_eq!(
        uses,
        [
            [out, None, None],
            [Some(Use::Heading), Some(Use::Heading), out],
            [out, out, out],
            [Some(Use::Date), Some(Use::Value), out],
        ]
    );
    assert_eq!((pasted.account.taken(), pasted.account.listed()), (4, 6));
    assert_eq!(pasted.skipped.iter().map(|it| it.cells).sum::<usize>(), 6);
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
