//! The page's elements, made at once and kept up to date by effects: what `view!` is compiled to.
//!
//! Leptos' own `view!` makes a type of every tree, and compiles building, updating, mounting and unmounting for each.
//! Here one function each does it for all, so that a page costs little more than its texts. What changes is a closure,
//! as ever: it runs in an effect of its own, which ends with its owner.
//!
//! Nothing is compared with what was there before. A closure that gives elements gives new ones whenever something
//! changes that it read; [`switch`] and [`when`] keep the elements until their condition differs, and [`list`] keeps
//! those whose keys stay.

mod attribute;
mod child;
mod element;
mod list;
mod region;

use any_spawner::Executor;
use leptos::reactive::{
    effect::RenderEffect,
    owner::{Owner, on_cleanup},
};
use web_sys::{Element, Node};

use crate::call::CallMut;

pub use attribute::Kind;
pub use bearings_view::view;
pub use child::{Child, CollectHtml, switch, when};
pub use element::{NodeRef, element, fragment, nothing, svg};
pub use list::list;

/// An element, a text, or several of them on their way to their place.
#[derive(Debug, Clone)]
pub struct Html(Node);

/// What a component is given to put inside.
pub type Children = Box<dyn FnOnce() -> Html>;

/// Puts `app` into `place`, for as long as the page lives.
pub fn mount(place: &Element, app: fn() -> Html) {
    // Only fails where it was done before.
    let _ = Executor::init_wasm_bindgen();
    let owner = Owner::new();
    let html = owner.with(app);
    let _ = place.append_child(&html.0);
    std::mem::forget(owner);
}

/// Runs now, and again whenever something changes that it read, until its owner goes.
#[inline(never)]
fn effect(mut run: Box<dyn CallMut<(), ()>>) {
    let effect = RenderEffect::new(move |_: Option<()>| run.call_mut(()));
    on_cleanup(move || drop(effect));
}
