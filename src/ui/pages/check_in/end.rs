//! The end of the walk: what was done, and what needs somebody now.

use bearings_plan::EntityId;
use leptos::prelude::component;

use super::{
    draft::Draft,
    list::Segments,
    subject::{Link, Subject},
    walk::{State, Walk},
};
use crate::{
    reactive::{Effect, Memo},
    ui::{
        Route,
        components::{guarded::Guarded, status::StatusMark, uid},
        dom::{Html, switch, view, when},
    },
    web::{keys, page},
    words::walk as words,
};

#[component]
pub fn End(walk: Walk) -> Html {
    let (heading, calling) = (uid("h"), uid("h"));
    let focused = heading.clone();
    Effect::run(move || page::focus_at_once(&focused));
    let calls = Memo::new(move || {
        let stands_out = |draft: &&Draft| {
            draft.subject.with(|it| it.as_ref().is_some_and(|it| it.calls || it.status != draft.before))
        };
        walk.all().iter().filter(stands_out).map(|draft| draft.of).collect::<Vec<_>>()
    });
    let calling_drafts = move || calls.get().into_iter().filter_map(|of| walk.draft(of)).collect::<Vec<_>>();
    let any = Memo::new(move || calls.with(|calls| !calls.is_empty()));
    let open = Memo::new(move || walk.open());
    let counted = move |state: State, word: &'static str| {
        let count = Memo::new(move || walk.count(state));
        when(move || count.get() > 0, move || view! { <div><dt>{word}</dt><dd>{move || count.get()}</dd></div> })
    };
    view! {
        <section
            class="card walk"
            aria-labelledby=heading.clone()
            on:keydown=move |event| {
                if keys::is_pressed(&event, "PageUp") {
                    event.prevent_default();
                    walk.back();
                }
            }
        >
            <header>
                <h2 id=heading.clone() tabindex="-1">{words::checked()}</h2>
                <Segments walk />
            </header>
            <div class="body">
                <dl class="counts">
                    {counted(State::Checked, words::checked_in())}
                    {counted(State::Unchanged, words::unchanged())}
                    {counted(State::Skipped, words::skipped())}
                    {counted(State::ToCome, words::to_come())}
                </dl>
                <div class="acts">
                    {when(
                        move || open.get() > 0,
                        move || view! {
                            <button class="btn primary" type="button" on:click=move |_| walk.again()>
                                {move || words::go_through(open.get())}
                            </button>
                        },
                    )}
                    <a class="btn" class:primary=move || open.get() == 0 href=Route::Today.href()>{words::to_today()}</a>
                    <button class="btn plain" type="button" aria-keyshortcuts="PageUp" on:click=move |_| walk.back()>
                        {words::back()} <kbd aria-hidden="true">{words::page_up()}</kbd>
                    </button>
                </div>
                <h3 id=calling.clone()>{words::stands_out()}</h3>
                {switch(move || any.get(), |any| {
                    (!any).then(|| view! { <p class="told">{words::none_needs_you()}</p> })
                })}
                <ul class="calls" aria-labelledby=calling.clone()>
                    <For each=calling_drafts key=|draft| draft.of children=|draft| view! { <Call draft /> } />
                </ul>
            </div>
        </section>
    }
}

/// Something that should not be left as it is, or is not as it was.
#[component]
fn Call(draft: Draft) -> Html {
    let of = move |read: fn(&Subject) -> String| draft.subject.with(|it| it.as_ref().map(read).unwrap_or_default());
    let link =
        move || draft.subject.with(|it| it.as_ref().map(|it| Link { href: it.page.clone(), name: it.name.clone() }));
    let tone = move || draft.subject.with(|it| it.as_ref().map(|it| it.tone));
    let turned = move || {
        let now = draft.subject.with(|it| it.as_ref().map_or("", |it| it.status));
        if draft.before == now { String::new() } else { words::before(draft.before) }
    };
    view! {
        <li>
            {switch(link, |link| {
                link.clone().map(|Link { href, name }| view! { <a href=href>{name}</a> })
            })}
            {switch(tone, |tone| tone.map(|tone| view! { <StatusMark tone /> }))}
            <Guarded of=EntityId::from(draft.of) />
            <p class="told">{move || of(|it| it.told.clone())}</p>
            <small>{turned}</small>
        </li>
    }
}
