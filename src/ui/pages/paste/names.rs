//! The names in a table, and whose numbers they stand for.

use bearings_plan::paste::{Ask, Named, Whose};
use leptos::prelude::{component, event_target_value};

use super::draft::Draft;
use crate::{
    reactive::Memo,
    state::workspace,
    ui::{
        components::uid,
        dom::{CollectHtml as _, Html, switch, view, when},
    },
    words::paste as words,
};

/// How many can be decided one by one.
const SHOWN: usize = 60;
const NEW: &str = "new";
const OUT: &str = "out";

fn value_of(whose: Whose) -> String {
    match whose {
        Whose::Kpi(id) => id.to_string(),
        Whose::New => NEW.to_owned(),
        Whose::Out => OUT.to_owned(),
    }
}

#[component]
pub fn Names(draft: Draft) -> Html {
    let names = Memo::new(move || {
        let named = |named: &&Named| !named.text.is_empty();
        draft.read(|pasted| pasted.names.iter().filter(named).take(SHOWN).map(|it| it.text.clone()).collect::<Vec<_>>())
    });
    let questions = Memo::new(move || {
        draft.read(|pasted| {
            let same = pasted.asks.iter().filter_map(|ask| match ask {
                Ask::Same { heading, .. } => Some(words::same_heading(heading)),
                _ => None,
            });
            same.collect::<Vec<_>>()
        })
    });
    let more = move || draft.read(|pasted| pasted.names.len()).saturating_sub(SHOWN);
    when(
        move || names.with(|names| !names.is_empty()),
        move || {
            view! {
                <fieldset>
                    <legend>{words::names()}</legend>
                    {switch(
                        move || questions.get(),
                        |questions| {
                            questions.iter().map(|it| view! { <p class="err">{it.clone()}</p> }).collect_html()
                        },
                    )}
                    <div class="form">
                        <For
                            each=move || names.get()
                            key=|name| name.clone()
                            children=move |name| view! { <Name draft name /> }
                        />
                    </div>
                    {when(move || more() > 0, move || view! { <p class="told">{move || words::more(more())}</p> })}
                </fieldset>
            }
        },
    )
}

#[component]
fn Name(draft: Draft, name: String) -> Html {
    let id = uid("f");
    let kpis = workspace().read(|plan, today| {
        let kpis = plan.kpis_read(today);
        kpis.iter().map(|kpi| (kpi.id.to_string(), kpi.name.to_string())).collect::<Vec<_>>()
    });
    let text = name.clone();
    let named = Memo::new(move || draft.read(|pasted| pasted.names.iter().find(|it| it.text == text).cloned()));
    draft.has_name_field(&name, &id);
    // Of several columns with one heading it is asked, and nothing stands for an answer.
    let asked = name.clone();
    let is_asked = Memo::new(move || {
        let is_same = |ask: &Ask| matches!(ask, Ask::Same { names, .. } if names.contains(&asked));
        draft.read(|pasted| pasted.asks.iter().any(is_same))
            && draft.names.with(|said| said.iter().all(|(name, _)| *name != asked))
    });
    let chosen = Memo::new(move || match is_asked.get() {
        true => String::new(),
        false => named.with(|it| it.as_ref().map(|it| value_of(it.whose)).unwrap_or_default()),
    });
    let label = {
        let name = name.clone();
        move || words::whose_is(&name, named.with(|it| it.as_ref().map_or(0, |it| it.readings)))
    };
    let options = move || {
        let own = [(NEW.to_owned(), words::a_new_one().to_owned()), (OUT.to_owned(), words::left_out().to_owned())];
        let option = |(value, word): (String, String)| {
            let own = value.clone();
            view! { <option value=value prop:selected=move || chosen.with(|it| *it == own)>{word}</option> }
        };
        let open = is_asked.get().then(|| (String::new(), words::choose().to_owned()));
        open.into_iter().chain(kpis.get()).chain(own).map(option).collect_html()
    };
    let choose = move |event| {
        let value: String = event_target_value(&event);
        let whose = match value.as_str() {
            NEW => Whose::New,
            OUT => Whose::Out,
            id => id.parse().map_or(Whose::Out, Whose::Kpi),
        };
        draft.names.update(|names| {
            names.retain(|(other, _)| *other != name);
            names.push((name.clone(), whose));
        });
    };
    view! {
        <div class="field">
            <label for=id.clone()>{label}</label>
            <select id=id on:change=choose>{options}</select>
        </div>
    }
}
