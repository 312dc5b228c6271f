//! What a plan says, without the marks of when and by whom it was said.

use std::{collections::BTreeMap, fmt::Debug};

use bearings_plan::*;

use super::Kind;

/// What there is to read, by place. Deleted things are not there; stamps and births are left out.
pub type Values = BTreeMap<String, String>;

/// Every value. Two plans with the same values cannot be told apart on any screen.
pub fn values(plan: &Plan) -> Values {
    view(plan, true)
}

/// The values with a history, the entries, and which entities there are.
pub fn dated_values(plan: &Plan) -> Values {
    view(plan, false)
}

/// The kind of an id.
pub fn kind(id: EntityId) -> Kind {
    match id {
        EntityId::Pillar(_) => Kind::Pillar,
        EntityId::Owner(_) => Kind::Owner,
        EntityId::Cycle(_) => Kind::Cycle,
        EntityId::Objective(_) => Kind::Objective,
        EntityId::KeyResult(_) => Kind::KeyResult,
        EntityId::Milestone(_) => Kind::Milestone,
        EntityId::Initiative(_) => Kind::Initiative,
        EntityId::Kpi(_) => Kind::Kpi,
        EntityId::Filter(_) => Kind::Filter,
    }
}

/// Whether the field of an edit has a history.
pub fn is_dated(edit: &Edit) -> bool {
    let table = match edit.id().map(kind) {
        None => "frame",
        Some(Kind::Pillar) => "pillars",
        Some(Kind::Owner) => "owners",
        Some(Kind::Cycle) => "cycles",
        Some(Kind::Objective) => "objectives",
        Some(Kind::KeyResult) => "key_results",
        Some(Kind::Milestone) => "milestones",
        Some(Kind::Initiative) => "initiatives",
        Some(Kind::Kpi) => "kpis",
        Some(Kind::Filter) => "filters",
    };
    DATED.iter().any(|(of, fields)| *of == table && fields.contains(&edit.field()))
}

macro_rules! view {
    ($($table:ident: $($plain:ident)*; $($dated:ident)*; $($log:ident)?;)*) => {
        /// The plain fields of each table.
        pub const PLAIN: &[(&str, &[&str])] = &[$((stringify!($table), &[$(stringify!($plain)),*])),*];
        /// The fields with a history of each table.
        pub const DATED: &[(&str, &[&str])] = &[$((stringify!($table), &[$(stringify!($dated)),*])),*];

        fn view(plan: &Plan, plain: bool) -> Values {
            let mut view = Values::new();
            let frame = [&plan.frame];
            $(
                #[allow(unused_variables, reason = "the frame is no table")]
                let all = view!(@all $table plan frame);
                for entity in all {
                    let mut say = |what: &str, value: String| {
                        view.insert(format!("{} {} {what}", stringify!($table), entity.id), value)
                    };
                    say("created", entity.created.to_string());
                    if plain {
                        $(say(stringify!($plain), format!("{:?}", *entity.$plain));)*
                    }
                    $(say(stringify!($dated), steps(&entity.$dated));)*
                    $(for (key, row) in entity.$log.iter() {
                        say(&format!("{} {key:?}", stringify!($log)), format!("{row:?}"));
                    })?
                }
            )*
            view
        }
    };
    (@all frame $plan:ident $frame:ident) => { $frame };
    (@all $table:ident $plan:ident $frame:ident) => { $plan.$table.iter() };
}

view! {
    frame: name mission; cadence bands fiscal_start;;
    pillars: name perspective rank;;;
    owners: name level parent rank;;;
    cycles: name lookback; span closed;;
    objectives: title why owner pillar tags continues rank;
        cycle kind parent parent_weight counts_aligned judged archived verdict;;
    key_results: title unit owner continues rank;
        objective measure weight dates cadence fed_by part_of guards marks bands goalposts judged fate; check_ins;
    milestones: title key_result done rank; weight due;;
    initiatives: title goal owner due rank; state;;
    kpis: name why question definition source limits unit benchmark indicator owner pillar natural_bounds baselines
        centre        kept_from rank;
        frequency aggregation resets origin parent target guards scrapped; readings;
    filters: name criteria rank;;;
}

/// A value on every day there is: the first one, then each day on which it changes.
fn steps<T: Debug + PartialEq + 'static>(dated: &Dated<T>) -> String {
    let mut revisions: Vec<_> = dated.revisions().collect();
    revisions.dedup_by(|later, earlier| later.value == earlier.value);
    let steps = revisions.iter().enumerate();
    let steps = steps.map(|(n, revision)| match n {
        0 => format!("{:?}", revision.value),
        _ => format!("from {} on {:?}", revision.from, revision.value),
    });
    steps.collect::<Vec<_>>().join(", ")
}
