//! A file comes in: what it holds is shown first, and nothing changes before the reader has chosen.

use bearings_plan::{
    Exported, FileError, MAX_FILE_BYTES, Number, Plan,
    compare::{compare, compare_ages},
    read_plan,
};
use leptos::{prelude::component, task::spawn_local};
use web_sys::File;

use crate::{
    reactive::{RwSignal, StoredValue},
    state::workspace,
    ui::{
        Route,
        components::{
            file::{DropPlace, FileButton},
            icon::{Glyph, Icon},
        },
        dom::{CollectHtml as _, Html, view},
    },
    web::{WebError, files, intl},
    words::{common, errors, plans as words},
};

/// A file that was looked at.
#[derive(Debug, Clone, PartialEq)]
struct Looked {
    name: String,
    bytes: u32,
    found: Result<Exported, Refused>,
}

/// Why a file cannot come in.
#[derive(Debug, Clone, PartialEq)]
enum Refused {
    Browser(WebError),
    File(FileError),
}

async fn look(file: File) -> Looked {
    let name = file.name();
    let found = match files::read_text(file, MAX_FILE_BYTES).await {
        Ok(text) => Ok(text),
        Err(WebError::FileTooLarge { max, .. }) => Err(Refused::File(FileError::TooLarge { max })),
        Err(error) => Err(Refused::Browser(error)),
    };
    let bytes = found.as_ref().map_or(0, |text| u32::try_from(text.len()).unwrap_or(u32::MAX));
    let found = found.and_then(|text| read_plan(&text).map_err(Refused::File));
    Looked { name, bytes, found }
}

#[component]
pub fn Import() -> Html {
    let looked = RwSignal::new(None::<Looked>);
    let place = DropPlace::new();
    let take = move |file: File| spawn_local(async move { looked.set(Some(look(file).await)) });
    view! {
        <section class="card" aria-labelledby="import">
            <header>
                <h2 id="import">{words::open_a_file()}</h2>
                <small>{words::stays_here()}</small>
            </header>
            <div class="body">
                <div
                    class="drop"
                    class:over=move || place.is_over()
                    on:dragenter=move |event| place.hold(&event)
                    on:dragover=move |event| place.hold(&event)
                    on:dragleave=move |_| place.leave()
                    on:drop=move |event| place.drop(&event, take)
                >
                    <Glyph icon=Icon::Import />
                    <p>{words::drop_here()}</p>
                    <FileButton label=words::choose_a_file() accept=".json,application/json" take />
                </div>
            </div>
        </section>
        {move || {
            looked.get().map(|Looked { name, bytes, found }| match found {
                Ok(exported) => view! { <Preview name bytes exported looked /> },
                Err(refused) => view! { <Refusal name refused /> },
            })
        }}
    }
}

/// What would come in.
#[component]
fn Preview(name: String, bytes: u32, exported: Exported, looked: RwSignal<Option<Looked>>) -> Html {
    let workspace = workspace();
    let plan = StoredValue::new(exported.plan);
    let (id, title) = plan.with_value(|plan| (plan.frame.id, plan.frame.name.to_string()));
    let same = workspace.plan_of(id);
    let open = workspace.plan_now();
    let instead = same.clone().unwrap_or(open);
    let explained = match &same {
        Some(same) => words::have_already(same.frame.name.as_str()),
        None => words::or_replace(instead.frame.name.as_str()),
    };
    let about = words::about_file(&intl::kilobytes(bytes as usize), &intl::date_long(exported.exported));
    let future =
        (exported.exported > workspace.today_now()).then(|| view! { <p class="told">{words::from_the_future()}</p> });
    let would = match &same {
        Some(same) => plan.with_value(|plan| {
            let age = words::age(compare_ages(same, plan));
            age.map(str::to_owned).into_iter().chain(words::would_change(&compare(same, plan))).collect()
        }),
        None => Vec::new(),
    };
    let instead = instead.frame.id;
    let done = move || {
        looked.set(None);
        Route::Today.go();
    };
    view! {
        <section class="card" aria-labelledby="preview">
            <header>
                <h2 id="preview">{name}</h2>
                <small>{about}</small>
            </header>
            <div class="body flow" role="status">
                <p><b>{title}</b></p>
                {plan.with_value(counts)}
                {future}
                <p class="told">{explained}</p>
                {would.into_iter().map(|text| view! { <p class="told">{text}</p> }).collect_html()}
                <div class="acts">
                    <button class="btn primary" type="button" on:click=move |_| {
                        let file = plan.with_value(Plan::clone);
                        workspace.leave_then(move || {
                            workspace.import_beside(&file);
                            done();
                        });
                    }>{words::keep_both()}</button>
                    <button class="btn" type="button" on:click=move |_| {
                        if plan.with_value(|plan| workspace.import_instead(plan, instead)) {
                            done();
                        }
                    }>{words::replace_mine()}</button>
                    <button class="btn plain" type="button" on:click=move |_| looked.set(None)>{common::cancel()}</button>
                </div>
            </div>
        </section>
    }
}

fn counts(plan: &Plan) -> Html {
    let (check_ins, readings) = plan.entries();
    let counts = [
        (words::objectives(), plan.objectives.len()),
        (words::key_results(), plan.key_results.len()),
        (words::check_ins(), check_ins),
        (words::kpis(), plan.kpis.len()),
        (words::readings(), readings),
    ];
    let count = |(word, n): (&'static str, usize)| {
        let n = i32::try_from(n).map_or_else(|_| n.to_string(), |n| intl::bare(Number::from(n)));
        view! { <div><dt>{word}</dt><dd>{n}</dd></div> }
    };
    view! { <dl class="counts">{counts.map(count)}</dl> }
}

/// What is wrong with a file, and where.
#[component]
fn Refusal(name: String, refused: Refused) -> Html {
    let (headline, problems, more) = match refused {
        Refused::Browser(error) => (errors::unread(&error), Vec::new(), 0),
        Refused::File(error) => {
            let headline = errors::file(&error);
            match error {
                FileError::Problems { problems, more } => (headline, problems, more),
                _ => (headline, Vec::new(), 0),
            }
        }
    };
    let item = |problem: &bearings_plan::Problem| {
        view! {
            <li>
                <code>{problem.path.clone()}</code>
                <p>{errors::problem(problem)}</p>
            </li>
        }
    };
    view! {
        <section class="card" aria-labelledby="refused" role="alert">
            <header>
                <h2 id="refused">{name}</h2>
                <small>{words::nothing_changed()}</small>
            </header>
            <div class="body flow">
                <p class="err">{headline}</p>
                {(!problems.is_empty())
                    .then(|| view! { <ol class="problems">{problems.iter().map(item).collect_html()}</ol> })}
                {(more > 0).then(|| view! { <p>{errors::more_problems(more)}</p> })}
            </div>
        </section>
    }
}
