//! KPIs that are made of others: their formulas, their parts, and why there is no value.

use bearings_plan::{
    Function, Gap, KpiId, KpiReport, Number, Periods, Plan, Span, Unit,
    infix::{Mistake, Piece, Told, Wrong},
};

use super::{errors, isolated, kpis, words};
use crate::web::intl;

words! {
    origin: "Where do its values come from?";
    readings: "I read it";
    calculated: "calculated from other KPIs";
    sum_of_parts: "the sum of its parts";
    mean_of_parts: "the mean of its parts";
    formula: "Formula";
    formula_placeholder: "Revenue / Visits";
    help: "KPIs by their names, numbers, + − × ÷ and parentheses. prev(Revenue) is the period before, prev(Revenue, 12) twelve before; ytd(Revenue) adds up the year so far; min, max, avg and sum take several values. A name with other signs in it stands in brackets: [Profit (net)].";
    part_of: "Part of";
    part_of_nothing: "nothing: it stands by itself";
    names: "KPIs";
    made_of: "How it is calculated";
    parts: "Parts";
    no_parts: "None yet. A part is the same for one person, site or segment.";
    add_part: "Add a part";
    part_name: "Name of the part";
    part_told: "Unit, target, and how often it is read are those of the whole; all of it can be changed.";
    part_added: "Part added.";
    own_circle: "It would be made of itself.";
    gone: "deleted KPI";
    missing: "?";
    no_value: "No value yet: nothing that it is made of has a reading.";
    is_calculated: "Its value is calculated in";
}

/// "“Revenu” is no KPI here. Is it “Revenue”? (at 1)"
pub fn wrong(wrong: &Wrong) -> String {
    let text = match &wrong.what {
        Mistake::Empty => "Write a formula, such as Revenue / Visits.".to_owned(),
        Mistake::TooLong => "Too long: let a second KPI calculate a part of it.".to_owned(),
        Mistake::Unknown { name, like } if like.is_empty() => format!("There is no KPI called “{name}”."),
        Mistake::Unknown { name, like } => format!("There is no KPI called “{name}”. Did you mean {}?", listed(like)),
        Mistake::Ambiguous { name, of } => {
            format!("{of} KPIs are called “{name}”: write [{name}]#1 for the one that was made first, and so on.")
        }
        Mistake::NoFunction(name) => {
            format!("There is no function called “{name}”: there are min, max, avg, sum, prev and ytd.")
        }
        Mistake::NotANumber { written, error } => errors::quantity(written, error),
        Mistake::Grouped => {
            "Leave out the comma of a large number, or put a blank behind one between values.".to_owned()
        }
        Mistake::NeedsValue => "A number, a KPI or a function is missing.".to_owned(),
        Mistake::NeedsSign => "A sign is missing: + − × or ÷.".to_owned(),
        Mistake::NotClosed => "This parenthesis is never closed.".to_owned(),
        Mistake::NameNotClosed => "This bracket is never closed.".to_owned(),
        Mistake::NothingToClose => "This parenthesis closes nothing.".to_owned(),
        Mistake::Comma => "Only the values of a function are separated: by a semicolon, as in max(1; 2).".to_owned(),
        Mistake::Values(Function::Prev) => "prev takes one value, and how many periods to go back.".to_owned(),
        Mistake::Values(function) if function.is_variadic() => format!("{} needs a value.", function.word()),
        Mistake::Values(function) => format!("{} takes one value.", function.word()),
        Mistake::Periods => "How many periods to go back is a whole number from 1 to 1000.".to_owned(),
    };
    if wrong.what == Mistake::Empty { text } else { format!("{text} (character {})", wrong.at + 1) }
}

/// "“Revenue” or “Returns”"
fn listed(names: &[String]) -> String {
    let names: Vec<_> = names.iter().map(|name| format!("“{name}”")).collect();
    names.join(" or ")
}

/// "This closes a circle: Margin needs the value of Revenue already."
pub fn circle(input: Option<&str>) -> String {
    match input {
        Some(input) => format!("This closes a circle: {input} needs the value of this KPI already."),
        None => own_circle().to_owned(),
    }
}

/// "This closes a circle: Visits is a part of this KPI already."
pub fn circle_of_parts(whole: Option<&str>) -> String {
    match whole {
        Some(whole) => format!("This closes a circle: {whole} is a part of this KPI already."),
        None => own_circle().to_owned(),
    }
}

/// Why there is no value: "No reading of Visits in October 2026."
pub fn gap(gap: Gap, plan: &Plan, period: &Span, calendar: Periods) -> String {
    let when = kpis::in_period(period, calendar);
    match gap {
        Gap::NoReading(id) => format!("No reading of {} {when}.", name(plan, id)),
        Gap::Gone(_) => {
            "A KPI that it is calculated from was deleted: change its formula, or bring that one back.".to_owned()
        }
        Gap::DivisionByZero => format!("It would be divided by zero {when}."),
        Gap::TooLarge => too_large(period, calendar),
        Gap::NoneBefore => format!("It looks back further than there are values {when}."),
        Gap::Circle(id) => format!("{} would be made of itself: change one of the formulas.", name(plan, id)),
        Gap::NoParts(_) => format!("None of its parts had begun {when}."),
    }
}

/// "It is too large a number in October 2026."
pub fn too_large(period: &Span, calendar: Periods) -> String {
    format!("It is too large a number {}.", kpis::in_period(period, calendar))
}

/// A KPI's name; of one that is gone, that it is.
pub fn name(plan: &Plan, id: KpiId) -> String {
    plan.kpis.get(id).map_or_else(|| gone().to_owned(), |kpi| kpi.name.to_string())
}

/// A piece of a formula, but for KPIs and values.
pub fn piece(piece: Piece) -> String {
    match piece {
        Piece::Number(number) => intl::bare(number),
        Piece::Sign(Function::Subtract) => " − ".to_owned(),
        Piece::Sign(Function::Multiply) => " × ".to_owned(),
        Piece::Sign(Function::Divide) => " ÷ ".to_owned(),
        Piece::Sign(function) => format!(" {} ", function.word()),
        Piece::Minus => "−".to_owned(),
        Piece::Name(function) => function.word().to_owned(),
        Piece::Back(n) => n.to_string(),
        Piece::Open => "(".to_owned(),
        Piece::Close => ")".to_owned(),
        Piece::Comma => "; ".to_owned(),
        Piece::Kpi(_) | Piece::Series { .. } => String::new(),
    }
}

/// "€124,000 ÷ 3,100 = €40"; without the end where there is no value.
pub fn told(told: &[Told], plan: &Plan, value: Option<Number>, unit: &Unit) -> String {
    let one = |told: &Told| match told {
        Told::Piece(it) => piece(*it),
        Told::Value { value: Err(_), .. } => missing().to_owned(),
        Told::Value { of, value: Ok(value) } => {
            let unit = of.and_then(|id| plan.kpis.get(id)).map(|kpi| Unit::clone(&kpi.unit)).unwrap_or_default();
            let text = intl::number(*value, &unit);
            if *value < Number::ZERO { format!("({text})") } else { text }
        }
    };
    let formula: String = told.iter().map(one).collect();
    match value {
        Some(value) => format!("{formula} = {}", intl::number(value, unit)),
        None => formula,
    }
}

/// "October 2026: €124,000 ÷ 3,100 = €40"
pub fn in_its_period(period: &str, text: &str) -> String {
    format!("{}: {text}", super::sentence(period))
}

/// "on target in 6 of the last 12 completed weeks"
pub fn hits(report: &KpiReport) -> String {
    let rate = report.hits(KpiReport::HIT_PERIODS);
    rate.map(|rate| kpis::hit_rate(&rate, report.calendar.frequency)).unwrap_or_default()
}

/// "“Visits” deleted. Conversion has no value without it."
pub fn deleted(deleted: &str, without: &[String]) -> String {
    match without {
        [] => deleted.to_owned(),
        [one] => format!("{deleted} {one} has no value without it."),
        several => format!("{deleted} These have no value without it: {}.", several.join(", ")),
    }
}

/// "Pairs inspected: ", before which person, site or segment.
pub fn name_of_part(whole: &str) -> String {
    let whole = isolated(whole);
    format!("{whole}: ")
}
