//! What comes in a chunk of its own, when it is first needed.

use std::{
    future::Future,
    pin::{Pin, pin},
    sync::atomic::{AtomicBool, Ordering},
    task::{Context, Poll, Waker},
};

use leptos::{prelude::component, task::spawn_local};
use wasm_split_helpers::SplitLoaderError;

use super::{
    components::icon::{Glyph, Icon},
    dom::{Html, switch, view},
    pages,
};
use crate::{
    reactive::{RwSignal, Signal, StoredValue},
    web::{clock, page, style},
    words::shell as words,
};

/// Whether a chunk has come.
pub type Arrival = Result<(), SplitLoaderError>;

/// A chunk on its way.
pub type Fetching = Pin<Box<dyn Future<Output = Arrival>>>;

/// What a page in a chunk gives.
pub type Page = Result<Html, SplitLoaderError>;

/// A page whose chunk may be on its way.
pub type Coming = Pin<Box<dyn Future<Output = Page>>>;

/// Where a chunk is; of several, the greatest says where all of them are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Chunk {
    Here,
    Coming,
    /// It did not come: no network, or a new version of the page is published.
    Missing,
}

impl From<Arrival> for Chunk {
    fn from(arrival: Arrival) -> Self {
        if arrival.is_ok() { Self::Here } else { Self::Missing }
    }
}

/// Fetches a chunk: at once it is here or coming, later perhaps missing. The other value asks for it again.
pub fn chunk(fetch: fn() -> Fetching) -> (Signal<Chunk>, impl Fn() + Copy + 'static) {
    let (chunk, ask) = to_ask(fetch);
    ask();
    (chunk, ask)
}

/// Whether the browser was idle since the first page was there.
static WAS_IDLE: AtomicBool = AtomicBool::new(false);

/// Fetches a chunk that the first page can do without at first: once the browser was idle.
pub fn afterwards(fetch: fn() -> Fetching) -> Signal<Chunk> {
    let (chunk, ask) = to_ask(fetch);
    if WAS_IDLE.load(Ordering::Relaxed) {
        ask()
    } else {
        clock::when_idle(ask)
    }
    chunk
}

fn to_ask(fetch: fn() -> Fetching) -> (Signal<Chunk>, impl Fn() + Copy + 'static) {
    let chunk = RwSignal::new(Chunk::Coming);
    let ask = move || {
        let mut fetching = fetch();
        match poll_once(fetching.as_mut()) {
            Poll::Ready(arrival) => chunk.set(arrival.into()),
            Poll::Pending => {
                chunk.set(Chunk::Coming);
                spawn_local(async move {
                    let arrival = fetching.await;
                    // The others follow once the reader has what they asked for.
                    if arrival.is_ok() {
                        clock::when_idle(|| {
                            WAS_IDLE.store(true, Ordering::Relaxed);
                            pages::fetch_all();
                        });
                    }
                    chunk.set(arrival.into());
                });
            }
        }
    };
    (chunk.into(), ask)
}

/// What a function of a chunk gives that is here. It must not run in the task that waited for the chunk: only here
/// does it have its place among the reactive owners.
pub fn now<T>(call: impl Future<Output = Result<T, SplitLoaderError>>) -> Option<T> {
    match poll_once(pin!(call)) {
        Poll::Ready(done) => done.ok(),
        Poll::Pending => None,
    }
}

/// Runs something of a chunk, and then what follows: at once where the chunk is here.
pub fn soon<T: 'static>(
    call: impl Future<Output = Result<T, SplitLoaderError>> + 'static,
    then: impl FnOnce(Result<T, SplitLoaderError>) + 'static,
) {
    let mut call = Box::pin(call);
    match poll_once(call.as_mut()) {
        Poll::Ready(done) => then(done),
        Poll::Pending => spawn_local(async move { then(call.await) }),
    }
}

fn poll_once<F: Future + ?Sized>(future: Pin<&mut F>) -> Poll<F::Output> {
    future.poll(&mut Context::from_waker(Waker::noop()))
}

/// A page that may be the first screen; nothing until its chunk is here.
pub fn first(fetch: fn() -> Fetching, page: impl Fn() -> Coming + 'static) -> Html {
    let (chunk, ask) = chunk(fetch);
    drawn(chunk, ask, page)
}

/// Any other page; nothing until its chunk is here, and the style of all such pages.
pub fn later(fetch: fn() -> Fetching, page: impl Fn() -> Coming + 'static) -> Html {
    let (chunk, ask_chunk) = chunk(fetch);
    let (style, ask_style) = later_style();
    let ask = move || {
        ask_chunk();
        ask_style();
    };
    drawn(Signal::derive(move || chunk.get().max(style.get())), ask, page)
}

fn later_style() -> (Signal<Chunk>, impl Fn() + Copy + 'static) {
    let sheet = RwSignal::new(Chunk::Here);
    let ask = move || {
        let now = move |or| sheet.set(if style::is_here() { Chunk::Here } else { or });
        // It may have come since, for another page or because the browser was idle.
        now(Chunk::Coming);
        if !style::is_here() {
            style::fetch(move || now(Chunk::Missing));
        }
    };
    ask();
    (sheet.into(), ask)
}

fn drawn(chunk: Signal<Chunk>, ask: impl Fn() + Copy + 'static, page: impl Fn() -> Coming + 'static) -> Html {
    // Asked again in vain although there is a network, it is gone for good: only a newer page knows where it is.
    let in_vain = StoredValue::new(false);
    let missing = move || view! { <Missing ask in_vain /> };
    switch(
        move || chunk.get(),
        move |chunk| match chunk {
            Chunk::Coming => view! { <StillComing /> },
            Chunk::Here => now(page()).unwrap_or_else(missing),
            Chunk::Missing => missing(),
        },
    )
}

/// In place of what takes long to come: the style shows it after some seconds.
#[component]
fn StillComing() -> Html {
    view! {
        <div class="banner warn overdue" role="status">
            <p>{words::still_coming()}</p>
            <button class="btn" type="button" on:click=move |_| page::reload()>{words::reload()}</button>
        </div>
    }
}

/// In place of what did not come.
#[component]
pub fn Missing(ask: impl Fn() + 'static, in_vain: StoredValue<bool>) -> Html {
    let gone = in_vain.get_value() && page::is_online();
    let told = if gone { words::not_there() } else { words::not_fetched() };
    let again = move |_| {
        in_vain.set_value(true);
        ask();
    };
    view! {
        <div class="banner bad" role="alert">
            <Glyph icon=Icon::Close />
            <p>{told}</p>
            {gone.then(|| {
                view! {
                    <button class="btn" type="button" on:click=move |_| page::reload()>{words::reload()}</button>
                }
            })}
            <button class="btn" type="button" on:click=again>{words::fetch_again()}</button>
        </div>
    }
}
