//! Targets of several periods at once: one row for each.

use bearings_plan::{Bounds, Kpi, KpiId, Number, Span, Target, Unit};
use leptos::prelude::component;

use super::fields::focus_wrong;
use crate::{
    reactive::{Callback, Memo, Signal},
    state::workspace,
    ui::{
        components::{
            field::{Input, NumberField, NumberInput, SelectField},
            form::EditForm,
        },
        dom::{CollectHtml as _, Html, view, when},
    },
    words::{common, definition as words, errors, kpis},
};

/// A period with its bounds as they are typed: the one bound or the lower one, and the upper one of two.
#[derive(Debug, Clone)]
struct Row {
    period: Span,
    before: Option<Target>,
    first: NumberInput,
    second: NumberInput,
}

impl Row {
    /// Its target; outside none where a field is wrong, inside none for no target.
    fn read(&self, kind: &str, tolerance: Number) -> Option<Option<Target>> {
        let bounds = if kind == kpis::between() {
            match (self.first.number_if_any()?, self.second.number_if_any()?) {
                (None, None) => None,
                // One of two bounds alone misses the other.
                _ => Some(Bounds::Between { low: self.first.number()?, high: self.second.number()? }),
            }
        } else {
            let value = self.first.number_if_any()?;
            let at_most = kind == kpis::at_most();
            value.map(|value| if at_most { Bounds::AtMost { value } } else { Bounds::AtLeast { value } })
        };
        Some(bounds.map(|bounds| Target { bounds, tolerance }))
    }
}

/// The targets of the running period and of those after it; those that are typed anew are set, the others stay.
#[component]
pub fn TargetTable(id: KpiId, close: Callback<()>) -> Html {
    let workspace = workspace();
    let (plan, today) = (workspace.shown_now(), workspace.day_now());
    let kpi = plan.kpis.get(id);
    let unit = kpi.map(|kpi| Unit::clone(&kpi.unit)).unwrap_or_default();
    let calendar = plan.periods(kpi.map_or(bearings_plan::Frequency::Monthly, |kpi| *kpi.frequency.on(today)), today);
    let ahead = kpi.map(|kpi| plan.targets_ahead(kpi, today)).unwrap_or_default();
    let known = ahead.iter().find_map(|(_, target)| target.clone());
    let kind = Input::new(known.as_ref().map_or(kpis::at_least(), |known| kpis::target_kind(Some(&known.bounds))));
    let number = |value: Option<Number>| {
        let unit = unit.clone();
        NumberInput::new(value, Signal::derive(move || unit.clone()), None)
    };
    let tolerance = number(known.map(|known| known.tolerance).filter(|tolerance| *tolerance != Number::ZERO));
    let row = |(period, before): (Span, Option<Target>)| {
        let (first, second) = match before.as_ref().map(|target| &target.bounds) {
            Some(Bounds::AtLeast { value } | Bounds::AtMost { value }) => (Some(*value), None),
            Some(Bounds::Between { low, high }) => (Some(*low), Some(*high)),
            None => (None, None),
        };
        Row { period, before, first: number(first), second: number(second) }
    };
    let rows: Vec<Row> = ahead.into_iter().map(row).collect();
    let fields: Vec<_> = rows.iter().map(|row| (kpis::period(&row.period, calendar), row.first, row.second)).collect();
    let inputs: Vec<_> = [tolerance].into_iter().chain(rows.iter().flat_map(|row| [row.first, row.second])).collect();
    let save = Callback::new(move |()| {
        let word = kind.text.get_untracked();
        let read = tolerance.number_if_any().map(Option::unwrap_or_default);
        let targets = rows.iter().map(|row| row.read(&word, read?)).collect::<Vec<_>>();
        let (Some(_), Some(targets)) = (read, targets.into_iter().collect::<Option<Vec<_>>>()) else {
            return focus_wrong(inputs.iter().map(|number| number.input));
        };
        let changed = rows.iter().zip(targets).filter(|(row, target)| row.before != *target);
        let changed: Vec<_> = changed.map(|(row, target)| (row.period.clone(), target)).collect();
        let plan = workspace.shown_now();
        let Some(kpi) = plan.kpis.get(id).filter(|_: &&Kpi| !changed.is_empty()) else { return close.run(()) };
        match workspace.make(plan.targets_set_for(kpi, &changed, today)) {
            Ok(()) => close.run(()),
            Err(error) => {
                tolerance.input.error.set(Some(errors::change(error)));
                tolerance.input.focus();
            }
        }
    });
    let between = Memo::new(move || kind.text.with(|text| text == kpis::between()));
    let kinds = [kpis::at_least(), kpis::at_most(), kpis::between()];
    let kinds: Vec<_> = kinds.map(|kind| (kind.to_owned(), kind.to_owned())).into();
    let field = move |(name, first, second): (String, NumberInput, NumberInput)| {
        let upper = words::upper_of(&name);
        view! {
            <NumberField number=first label=name />
            {when(
                move || between.get(),
                move || view! { <NumberField number=second label=upper.clone() /> },
            )}
        }
    };
    kind.focus();
    view! {
        <EditForm save close confirm=common::save()>
            <SelectField input=kind label=kpis::target() options=kinds />
            <NumberField number=tolerance label=kpis::tolerance() placeholder="0".to_owned() />
            <p class="told all">{words::by_period_explained()}</p>
            {fields.into_iter().map(field).collect_html()}
        </EditForm>
    }
}
