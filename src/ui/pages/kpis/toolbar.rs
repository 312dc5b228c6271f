//! How the board is grouped, sorted and shown, and what is looked for on it.

use bearings_plan::{Grouping, Sorting};
use leptos::prelude::{component, event_target_value};

use super::arranged::{Arranged, View};
use crate::{
    reactive::{Callback, RwSignal, Signal},
    ui::{
        components::{field::Input, uid},
        dom::{CollectHtml as _, Html, view, when},
    },
    words::{board as words, kpis},
};

#[component]
pub fn Toolbar(arranged: RwSignal<Arranged>, find: Input, told: Signal<String>) -> Html {
    let choose = move |change: fn(&mut Arranged, &str)| {
        Callback::new(move |word: String| {
            let mut now = arranged.get_untracked();
            change(&mut now, &word);
            now.arrange(arranged);
        })
    };
    let groupings = Grouping::ALL.iter().map(|it| (it.word(), words::grouping(*it))).collect::<Vec<_>>();
    let sortings = Sorting::ALL.iter().map(|it| (it.word(), words::sorting(*it))).collect::<Vec<_>>();
    let views = vec![(View::Cards.word(), words::cards()), (View::Table.word(), words::table())];
    let columns = || Arranged::COLUMNS.iter().map(|it| (it.word(), kpis::periods(*it).1)).collect::<Vec<_>>();
    let by_group = choose(|now, word| now.grouping = Grouping::from_word(word).unwrap_or(now.grouping));
    let by_sort = choose(|now, word| now.sorting = Sorting::from_word(word).unwrap_or(now.sorting));
    let by_view = choose(|now, word| now.view = if word == View::Table.word() { View::Table } else { View::Cards });
    let by_columns = choose(|now, word| {
        now.columns = Arranged::COLUMNS.into_iter().find(|it| it.word() == word).unwrap_or(now.columns);
    });
    let is_table = move || arranged.with(|arranged| arranged.view == View::Table);
    view! {
        <div class="picks" role="group" aria-label=words::arrangement()>
            <Pick label=words::group_by() options=groupings chosen=move || arranged.get().grouping.word() choose=by_group />
            <Pick label=words::sort_by() options=sortings chosen=move || arranged.get().sorting.word() choose=by_sort />
            <Pick label=words::show_as() options=views chosen=move || arranged.get().view.word() choose=by_view />
            {when(is_table, move || {
                let chosen = move || arranged.get().columns.word();
                view! { <Pick label=words::columns() options=columns() chosen choose=by_columns /> }
            })}
            <div class="pick">
                <label for=find.id()>{words::find()}</label>
                <input
                    type="search"
                    id=find.id()
                    placeholder=words::find_placeholder()
                    prop:value=move || find.text.get()
                    on:input=move |event| find.take(&event)
                />
            </div>
            <p role="status">{move || told.get()}</p>
        </div>
    }
}

/// One of several, small.
#[component]
fn Pick(
    label: &'static str,
    options: Vec<(&'static str, &'static str)>,
    chosen: impl Fn() -> &'static str + Copy + 'static,
    choose: Callback<String>,
) -> Html {
    let id = uid("pick");
    let option = move |(value, word): (&'static str, &'static str)| {
        view! { <option value=value prop:selected=move || chosen() == value>{word}</option> }
    };
    view! {
        <div class="pick">
            <label for=id.clone()>{label}</label>
            <select id=id on:change=move |event| choose.run(event_target_value(&event))>
                {options.into_iter().map(option).collect_html()}
            </select>
        </div>
    }
}
