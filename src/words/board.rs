//! The board of KPIs: groups, order, the heat table, what was scrapped.

use bearings_plan::{
    Bounds, Day, Fit, Frequency, Grouping, HeatCell, Indicator, Kpi, LeadLag, Number, PeriodValue, Periods, Sorting,
    Span, Target, Unit,
};

use super::{check, common, count, isolated, kpis, words};
use crate::web::intl;

words! {
    group_by: "Group by";
    sort_by: "Sort by";
    show_as: "Show as";
    columns: "Columns";
    cards: "Cards";
    table: "Heat table";
    find: "Find";
    find_placeholder: "Words in names and whys";
    none_found: "No KPI has these words.";
    arrangement: "Arrangement of the board";
    kpi: "KPI";
    lead_lag: "Leading and lagging";
    bring_back: "Bring back";
    legend: "How to read it";
    better: "Better";
    worse: "Worse";
    so_far: "so far";
    not_begun: "nothing read yet";
    not_ended: "none of its periods ended here";
    not_comparable: "not to be told for this length";
    carried_short: "carried";
    no_value: "no value";
}

pub fn grouping(grouping: Grouping) -> &'static str {
    match grouping {
        Grouping::None => "nothing",
        Grouping::Pillar => "pillar",
        Grouping::Perspective => "perspective",
        Grouping::Owner => "owner",
        Grouping::Indicator => "leading or lagging",
    }
}

pub fn sorting(sorting: Sorting) -> &'static str {
    match sorting {
        Sorting::ByHand => "my order",
        Sorting::Attention => "what needs attention first",
        Sorting::Name => "name",
    }
}

/// The heading of those of which nothing of the kind is said.
pub fn without(grouping: Grouping) -> &'static str {
    match grouping {
        Grouping::None => kpis::instruments(),
        Grouping::Pillar => "No pillar",
        Grouping::Perspective => "No perspective",
        Grouping::Owner => common::nobody(),
        Grouping::Indicator => "Leading or lagging: not said",
    }
}

/// "Part of Scrap rate"
pub fn part_of(whole: &str) -> String {
    let whole = isolated(whole);
    format!("Part of {whole}")
}

/// "Target: at least 4,000"
pub fn aim(target: &str) -> String {
    format!("Target: {target}")
}

/// What the balance lacks.
pub fn hint(balance: &LeadLag) -> &'static str {
    match balance.missing() {
        Some(Indicator::Leading) => {
            "None of them is said to be leading. Which number would warn you early, while you can still act?"
        }
        Some(Indicator::Lagging) => "None of them is said to be lagging. Which number will show what came of it?",
        None => "",
    }
}

/// "The last 12 months of 9 KPIs: each value with its target."
pub fn caption(columns: usize, frequency: Frequency, kpis: usize) -> String {
    let kpis = count(kpis, "KPI", "KPIs");
    format!("The last {columns} {} of {kpis}: each value with its target.", kpis::periods(frequency).1)
}

/// "3.4K", "7.5%", "€190K": a word for a unit is not repeated in each cell. With as many digits as tell it from the
/// bounds of its target.
pub fn short(value: Number, unit: &Unit, target: Option<&Target>) -> String {
    /// Signs and their like are shorter.
    const WORD: usize = 4;
    let limits = target.map(Target::limits).unwrap_or_default();
    let text = intl::compact_against(value, unit, &limits);
    match text.strip_suffix(unit.as_str()) {
        Some(number) if unit.as_str().chars().count() >= WORD => number.trim_end().to_owned(),
        _ => text,
    }
}

/// "≥ 4K"
fn signs(bounds: &Bounds, unit: &Unit) -> String {
    match bounds {
        Bounds::AtLeast { value } => format!("≥ {}", short(*value, unit, None)),
        Bounds::AtMost { value } => format!("≤ {}", short(*value, unit, None)),
        Bounds::Between { low, high } => {
            format!("{} – {}", short(*low, &Unit::default(), None), short(*high, unit, None))
        }
    }
}

/// "Nov 2026", "9 Nov", "Q4 2026"
pub fn head(span: &Span, calendar: Periods) -> String {
    match calendar.frequency {
        Frequency::Weekly => intl::date(span.start),
        Frequency::Monthly => intl::month_short(span.start),
        _ => kpis::period(span, calendar),
    }
}

/// The second line of a cell, short: its target, or the period that it really is of.
pub fn small(kpi: &Kpi, cell: &HeatCell, own: Periods) -> String {
    let Some(shown) = &cell.shown else { return String::new() };
    match (cell.fit, &shown.target) {
        _ if shown.value.is_none() => String::new(),
        (Fit::Longer | Fit::Carried, _) => head(&shown.period, own),
        _ if cell.health().is_none() => so_far().to_owned(),
        (_, Some(target)) => signs(&target.bounds, &kpi.unit),
        (_, None) => String::new(),
    }
}

/// A cell in words: "4,180 visitors, target at least 4,000, on target".
pub fn cell(kpi: &Kpi, cell: &HeatCell, own: Periods) -> String {
    let Some(PeriodValue { value, target, period, .. }) = &cell.shown else {
        return match cell.fit {
            Fit::Unsound => not_comparable(),
            Fit::Longer | Fit::Carried => not_ended(),
            _ => not_begun(),
        }
        .to_owned();
    };
    let Some(value) = value else { return no_value().to_owned() };
    let limits = target.as_ref().map(Target::limits).unwrap_or_default();
    let mut parts = vec![intl::number_against(*value, &kpi.unit, &limits)];
    parts.extend(cell.so_far().then(|| so_far().to_owned()));
    match cell.fit {
        Fit::Longer => parts.push(kpis::in_period(period, own)),
        Fit::Carried => parts.push(format!("{} {}", carried_short(), kpis::in_period(period, own))),
        Fit::Amount => parts.push(format!("its target is for a {}", kpis::periods(own.frequency).0)),
        _ => {}
    }
    parts.extend(target.as_ref().map(|target| format!("target {}", check::bounds(&target.bounds, &kpi.unit))));
    parts.join(", ")
}

/// What the shapes and the lines of cells mean, line by line.
pub fn legend_lines() -> [&'static str; 4] {
    [
        "● on target, ▲ near it, ◆ off it, ○ without a target or a value. Below each value is its target.",
        "What a running period has “so far” is not judged, unless it cannot come back to its target.",
        "KPIs read more often than the columns are taken together: levels (a price, a share) are judged by their target, \
         amounts are not, since their target is for their own periods.",
        "KPIs read less often stand where their own period ended. Levels are carried on from there, and say so; amounts are not.",
    ]
}

/// "Scrapped since 3 Nov: Nobody looked at it"
pub fn scrapped_since(from: Day, reason: &str) -> String {
    format!("Scrapped since {}: {reason}", intl::date(from))
}

/// "2 scrapped KPIs"
pub fn scrapped_kpis(n: usize) -> String {
    count(n, "scrapped KPI", "scrapped KPIs")
}

/// "Bring back Scrap rate"
pub fn bring_it_back(name: &str) -> String {
    let name = isolated(name);
    format!("Bring back {name}")
}

/// "“Scrap rate” is kept again."
pub fn is_back(name: &str) -> String {
    let name = isolated(name);
    format!("“{name}” is kept again.")
}

/// "3 found"
pub fn found(n: usize) -> String {
    format!("{n} found")
}
