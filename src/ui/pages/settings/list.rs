//! A list of named things in a manual order: each is edited, moved and deleted in its row; new ones come below.

use crate::{
    reactive::{Callback, Memo, RwSignal, Signal, StoredValue},
    state::workspace,
    ui::{
        components::{
            adder::{Adder, AdderButton},
            button::{Choice, Menu, order_and_delete},
            icon::Icon,
            uid,
        },
        dom::{Html, switch, view},
    },
    web::page,
    words::{common, objectives},
};
use bearings_plan::{Change, Edit, EntityId, Plan};

/// What a list is of.
pub struct Listed<I> {
    pub ids: Memo<Vec<I>>,
    pub title: &'static str,
    pub explained: &'static str,
    pub add: &'static str,
    /// What stands small below a name.
    pub small: fn(&Plan, I) -> String,
    /// The edit that moves one up or down by one place.
    pub moved: fn(&Plan, I, bool) -> Option<Edit>,
    /// The form of a new one, or of one that is there, with what closes it.
    pub form: fn(Option<I>, Callback<()>) -> Html,
}

/// The card of a list.
pub fn list<I>(listed: Listed<I>) -> Html
where
    I: Copy + Eq + std::hash::Hash + Into<EntityId> + Send + Sync + 'static,
{
    let Listed { ids, title, explained, add, small, moved, form } = listed;
    let (heading, adder) = (uid("h"), Adder::new());
    let row = move |id: I| row(id, ids, adder, small, moved, form);
    view! {
        <section class="card" aria-labelledby=heading.clone()>
            <header>
                <h2 id=heading.clone()>{title}</h2>
                <small>{explained}</small>
            </header>
            <ul class="rows">
                <For each=move || ids.get() key=|id| *id children=row />
            </ul>
            <div class="body">
                <AdderButton adder label=add form=move |close| form(None, close) />
            </div>
        </section>
    }
}

fn row<I>(
    id: I,
    all: Memo<Vec<I>>,
    adder: Adder,
    small: fn(&Plan, I) -> String,
    moved: fn(&Plan, I, bool) -> Option<Edit>,
    form: fn(Option<I>, Callback<()>) -> Html,
) -> Html
where
    I: Copy + PartialEq + Into<EntityId> + Send + Sync + 'static,
{
    let workspace = workspace();
    let name = workspace.read(move |plan, _| plan.called(id.into()).map(ToString::to_string).unwrap_or_default());
    let small = workspace.read(move |plan, _| small(plan, id));
    let editing = RwSignal::new(false);
    let opener = StoredValue::new(uid("more"));
    let close = Callback::new(move |()| {
        editing.set(false);
        page::focus(&opener.get_value());
    });
    let step = move |up: bool| {
        let Some(edit) = moved(&workspace.shown_now(), id, up) else { return };
        workspace.try_to(Change::Edit { edit, from: None });
        // A row that moves loses the cursor.
        page::focus(&opener.get_value());
    };
    let delete = move || {
        workspace.delete(id, objectives::deleted(&name.get_untracked()));
        adder.focus();
    };
    let choices = move || {
        let edit = Choice::new(Icon::Edit, common::edit(), move || editing.set(true));
        [edit].into_iter().chain(order_and_delete(id, all, step, delete)).collect()
    };
    let named = Signal::derive(move || name.get());
    view! {
        <li>
            {switch(move || editing.get(), move |edits| if *edits {
                form(Some(id), close)
            } else {
                view! {
                    <div>
                        <h3>{move || name.get()}</h3>
                        <p>{move || small.get()}</p>
                    </div>
                    <div class="acts">
                        <Menu of=named choices=choices() opener=opener.get_value() />
                    </div>
                }
            })}
        </li>
    }
}
