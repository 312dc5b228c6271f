//! What stands inside an element: elements, texts, several, and closures of them.

use super::{
    Html, effect,
    element::{fragment, nothing, text},
    region::Region,
};
use crate::call::CallMut;

/// What can stand inside an element.
#[diagnostic::on_unimplemented(message = "`{Self}` cannot stand inside an element")]
pub trait Child: Sized {
    /// Whether it is a text and never anything else: then a closure of it only sets the text.
    const IS_TEXT: bool = false;

    fn html(self) -> Html;

    /// Itself, if it is a text.
    fn text(self) -> String {
        String::new()
    }
}

impl Child for Html {
    fn html(self) -> Html {
        self
    }
}

macro_rules! texts {
    ($($type:ty: $it:ident => $text:expr, $node:expr;)*) => {
        $(
            impl Child for $type {
                const IS_TEXT: bool = true;

                fn html(self) -> Html {
                    let $it = self;
                    $node
                }

                fn text(self) -> String {
                    let $it = self;
                    $text
                }
            }
        )*
    };
}

texts! {
    String: it => it, text(&it);
    &'static str: it => it.to_owned(), text(it);
    usize: it => it.to_string(), text(&it.to_string());
}

impl<C: Child> Child for Option<C> {
    const IS_TEXT: bool = C::IS_TEXT;

    fn html(self) -> Html {
        self.map_or_else(nothing, Child::html)
    }

    fn text(self) -> String {
        self.map(Child::text).unwrap_or_default()
    }
}

impl<C: Child, const N: usize> Child for [C; N] {
    fn html(self) -> Html {
        self.into_iter().collect_html()
    }
}

impl<F: FnMut() -> C + 'static, C: Child> Child for F {
    fn html(mut self) -> Html {
        if C::IS_TEXT { live_text(Box::new(move |()| self().text())) } else { live(Box::new(move |()| self().html())) }
    }
}

/// Several of a kind, one after the other.
pub trait CollectHtml {
    fn collect_html(self) -> Html;
}

impl<I: Iterator<Item: Child>> CollectHtml for I {
    fn collect_html(self) -> Html {
        let all = fragment();
        self.for_each(|each| all.add(each.html()));
        all
    }
}

#[inline(never)]
fn live_text(mut read: Box<dyn CallMut<(), String>>) -> Html {
    let node = text("");
    let (to, mut before) = (node.0.clone(), String::new());
    effect(Box::new(move |()| {
        let now = read.call_mut(());
        // What is the same is not set again: nothing is read out twice.
        if now != before {
            to.set_node_value(Some(&now));
            before = now;
        }
    }));
    node
}

#[inline(never)]
fn live(mut make: Box<dyn CallMut<(), Html>>) -> Html {
    let (mut region, html) = Region::new();
    effect(Box::new(move |()| region.put(&make.call_mut(()))));
    html
}

/// What `show` makes of `state`: made anew only where the state differs from the one before. What `show` reads besides
/// is not followed, unless in closures of its own.
pub fn switch<S: PartialEq + 'static, C: Child>(
    mut state: impl FnMut() -> S + 'static,
    mut show: impl FnMut(&S) -> C + 'static,
) -> Html {
    let (mut region, html) = Region::new();
    let mut before = None;
    effect(Box::new(move |()| {
        let now = state();
        if before.as_ref() != Some(&now) {
            region.fill(&mut |()| show(&now).html());
            before = Some(now);
        }
    }));
    html
}

/// What `show` makes, while `condition` holds.
pub fn when<C: Child>(mut condition: impl FnMut() -> bool + 'static, mut show: impl FnMut() -> C + 'static) -> Html {
    shown_while(Box::new(move |()| condition()), Box::new(move |()| show().html()))
}

#[inline(never)]
fn shown_while(mut condition: Box<dyn CallMut<(), bool>>, mut show: Box<dyn CallMut<(), Html>>) -> Html {
    switch(move || condition.call_mut(()), move |holds| holds.then(|| show.call_mut(())))
}
