//! The board as cards, group by group.

use bearings_plan::{Group, Grouping, Placed, Section};
use leptos::prelude::component;

use super::arranged::Arranged;
use crate::{
    reactive::{Memo, RwSignal},
    state::workspace,
    ui::{
        components::{
            instrument::{Gauges, Instrument},
            uid,
        },
        dom::{Html, view},
    },
    words::{board as words, definition, frame},
};

#[component]
pub fn Cards(groups: Memo<Vec<Group>>, arranged: RwSignal<Arranged>, gauges: Gauges) -> Html {
    view! {
        <For
            each=move || keys(groups, arranged)
            key=|key| *key
            children=move |(grouping, section)| view! { <GroupOfCards grouping section groups gauges /> }
        />
    }
}

#[component]
fn GroupOfCards(grouping: Grouping, section: Section, groups: Memo<Vec<Group>>, gauges: Gauges) -> Html {
    let heading = uid("group");
    let title = title(grouping, section);
    let kpis = Memo::new(move || of(groups, section).iter().map(|placed| placed.kpi).collect::<Vec<_>>());
    let list = view! {
        <ul class="board">
            <For
                each=move || kpis.get()
                key=|id| *id
                children=move |id| view! { <Instrument id gauges with_form=true /> }
            />
        </ul>
    };
    if grouping == Grouping::None {
        return list;
    }
    view! {
        <section aria-labelledby=heading.clone()>
            <h2 id=heading.clone() class="group">{move || title.get()}</h2>
            {list}
        </section>
    }
}

/// What tells groups apart: what is without this is not the same as what is without that.
pub fn keys(groups: Memo<Vec<Group>>, arranged: RwSignal<Arranged>) -> Vec<(Grouping, Section)> {
    let grouping = arranged.with(|arranged| arranged.grouping);
    groups.with(|groups| groups.iter().map(|group| (grouping, group.section)).collect())
}

/// The KPIs of a group, in order.
pub fn of(groups: Memo<Vec<Group>>, section: Section) -> Vec<Placed> {
    groups.with(|groups| {
        let group = groups.iter().find(|group| group.section == section);
        group.map(|group| group.kpis.clone()).unwrap_or_default()
    })
}

/// What stands above a group.
pub fn title(grouping: Grouping, section: Section) -> Memo<String> {
    workspace().read(move |plan, _| {
        let name = match section {
            Section::Pillar(id) => plan.pillars.get(id).map(|pillar| pillar.name.to_string()),
            Section::Owner(id) => plan.owners.get(id).map(|owner| owner.name.to_string()),
            Section::Perspective(perspective) => Some(frame::perspective(perspective).to_owned()),
            Section::Indicator(indicator) => Some(definition::indicator_of(indicator).to_owned()),
            Section::Unsaid => None,
        };
        name.unwrap_or_else(|| words::without(grouping).to_owned())
    })
}
