//! Backups of the open plan, and plans that are gone: what there is, and ways back.

use bearings_plan::{
    backups::{Backup, Reason, of_gone_plans},
    compare::compare,
};
use leptos::{prelude::component, task::spawn_local};

use crate::{
    reactive::{Callback, Memo, RwSignal},
    state::workspace,
    ui::{
        Route,
        components::{
            button::{Choice, Menu},
            icon::Icon,
        },
        dom::{Child as _, CollectHtml as _, Html, list, switch, view, when},
    },
    web::{files, intl, storage::StorageError},
    words::{backups as words, common, plans::contents},
};

/// As many are seen at once; older ones are a press away.
const SEEN: usize = 4;

/// A line of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Line {
    backup: Backup,
    /// Whether its plan is gone.
    gone: bool,
}

#[component]
pub fn Backups() -> Html {
    let workspace = workspace();
    workspace.look_at_backups();
    let lines = Memo::new(move || {
        let (open, here) = (workspace.plan().frame.id, workspace.plans_here());
        let kept = workspace.backups().kept.unwrap_or_default();
        let gone: Vec<String> = of_gone_plans(&kept, &here).map(Backup::key).collect();
        let line = |backup: &Backup| {
            let gone = gone.contains(&backup.key());
            (gone || backup.plan == open).then(|| Line { backup: backup.clone(), gone })
        };
        kept.iter().filter_map(line).collect::<Vec<_>>()
    });
    let rows = move |from: usize, most: usize| {
        list(
            move || lines.with(|lines| lines.iter().skip(from).take(most).cloned().collect()),
            |line| (line.backup.key(), line.gone),
            |line| view! { <Row line /> },
        )
    };
    let trouble = move || {
        workspace.backups().trouble.map(|trouble| match trouble {
            StorageError::Full => words::full(),
            StorageError::Blocked | StorageError::Other(_) => words::cannot(),
        })
    };
    let is_empty = move || {
        let backups = workspace.backups();
        backups.trouble.is_none() && backups.kept.is_some() && lines.with(Vec::is_empty)
    };
    view! {
        <section class="card" aria-labelledby="backups">
            <header>
                <h2 id="backups">{words::backups()}</h2>
                <small>{words::made_by_themselves()}</small>
            </header>
            <div class="body flow">
                {switch(trouble, |trouble| trouble.map(|trouble| view! { <p class="err">{trouble}</p> }))}
                {when(is_empty, || view! { <p>{words::none_yet()}</p> })}
                <div class="acts">
                    <button
                        class="btn"
                        type="button"
                        on:click=move |_| workspace.back_up(workspace.plan_now(), Reason::ByHand)
                    >
                        {words::back_up_now()}
                    </button>
                    {when(
                        move || workspace.may_drop_oldest(),
                        move || view! {
                            <button class="btn" type="button" on:click=move |_| workspace.drop_oldest_backups()>
                                {words::drop_oldest()}
                            </button>
                        },
                    )}
                </div>
                <p class="told">{words::deleted_stay()}</p>
            </div>
            <ul class="rows">{rows(0, SEEN)}</ul>
            {when(
                move || lines.with(|lines| lines.len() > SEEN),
                move || view! {
                    <details class="more">
                        <summary>{words::older()}</summary>
                        <ul class="rows">{rows(SEEN, usize::MAX)}</ul>
                    </details>
                },
            )}
        </section>
    }
}

/// What can be done with a backup.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Act {
    Compare,
    Restore,
    /// As a plan of its own.
    Open,
    Save,
    Drop,
}

#[component]
fn Row(line: Line) -> Html {
    let workspace = workspace();
    let Line { backup, gone } = line;
    let at = words::when(&intl::date_long(backup.day), &intl::time(backup.millis));
    let contents = contents(backup.objectives, backup.kpis);
    let bytes = intl::kilobytes(backup.bytes);
    let (title, about) = if gone {
        (backup.name.clone(), words::about_gone(backup.reason, &at, &contents, &bytes))
    } else {
        (at.clone(), words::about(backup.reason, &contents, &bytes))
    };
    let until = backup.until().filter(|_| gone).map(|day| words::until(&intl::date_long(day)));
    // What an act has to tell.
    let told = RwSignal::new(Vec::<String>::new());
    let act = Callback::new(move |act: Act| {
        let (backup, at) = (backup.clone(), at.clone());
        told.set(Vec::new());
        spawn_local(async move {
            let answer = match act {
                Act::Drop => {
                    workspace.drop_backups(backup, gone);
                    Some(Vec::new())
                }
                Act::Save => workspace.backup_text(&backup).await.map(|text| save(&backup, &text)),
                Act::Compare | Act::Restore | Act::Open => workspace.backed_up(&backup).await.map(|plan| match act {
                    Act::Compare => words::differs(&compare(&workspace.plan_now(), &plan)),
                    Act::Restore => {
                        workspace.restore(plan, &at);
                        Vec::new()
                    }
                    _ => {
                        workspace.leave_then(move || {
                            workspace.import_beside(&plan);
                            Route::Today.go();
                        });
                        Vec::new()
                    }
                }),
            };
            told.set(answer.unwrap_or_else(|| vec![words::unreadable().to_owned()]));
        });
    });
    let press = move |label: &'static str, what: Act| {
        view! { <button class="btn" type="button" on:click=move |_| act.run(what)>{label}</button> }
    };
    let choice = move |icon: Icon, label: &'static str, what: Act| Choice::new(icon, label, move || act.run(what));
    let mut choices = vec![
        choice(Icon::Export, common::save_a_file(), Act::Save),
        choice(Icon::Delete, words::drop(), Act::Drop).apart(),
    ];
    if !gone {
        choices.insert(0, choice(Icon::Plans, words::as_a_copy(), Act::Open));
    }
    view! {
        <li>
            <div>
                <h3>{title.clone()}</h3>
                <p>{about}</p>
                {until.map(|until| view! { <p>{until}</p> })}
                <div role="status">
                    {switch(
                        move || told.get(),
                        |told| told.iter().map(|text| view! { <p>{text.clone()}</p> }).collect_html(),
                    )}
                </div>
            </div>
            <div class="acts">
                {if gone {
                    press(words::bring_back(), Act::Open)
                } else {
                    [press(words::compare(), Act::Compare), press(words::restore(), Act::Restore)].html()
                }}
                <Menu of=title choices />
            </div>
        </li>
    }
}

/// Hands a backup out as a file; gives what there is to tell.
fn save(backup: &Backup, text: &str) -> Vec<String> {
    let name = format!("{}-{}.json", files::safe_file_name(&backup.name), backup.day);
    let saved = files::download(&name, "application/json", text);
    saved.err().map(|_| words::not_handed_out().to_owned()).into_iter().collect()
}
