//! A place whose content comes and goes.

use leptos::{prelude::untrack, reactive::owner::Owner};
use web_sys::Node;

use super::{
    Html,
    element::{fragment, text},
};
use crate::call::CallMut;

/// All that stands between two empty texts, and the owner of what keeps it up to date.
pub struct Region {
    from: Node,
    to: Node,
    /// Who made it: its content outlives the runs of an effect.
    above: Owner,
    content: Option<Owner>,
}

impl Region {
    /// An empty one, and what is to be put in its place.
    pub fn new() -> (Self, Html) {
        Self::under(Owner::current().unwrap_or_default())
    }

    /// An empty one whose content belongs to `above`.
    #[inline(never)]
    pub fn under(above: Owner) -> (Self, Html) {
        let (html, from, to) = (fragment(), text(""), text(""));
        html.add(from.clone());
        html.add(to.clone());
        (Self { from: from.0, to: to.0, above, content: None }, html)
    }

    /// Makes its content anew.
    #[inline(never)]
    pub fn fill(&mut self, make: &mut dyn CallMut<(), Html>) {
        self.clear();
        let owner = self.above.with(Owner::new);
        let html = owner.with(|| untrack(|| make.call_mut(())));
        self.content = Some(owner);
        self.put_before_end(&html);
    }

    /// Puts something in the place of its content.
    #[inline(never)]
    pub fn put(&mut self, html: &Html) {
        self.clear();
        self.put_before_end(html);
    }

    /// Takes it away with its content.
    pub fn remove(mut self) {
        self.clear();
        remove(&self.from);
        remove(&self.to);
    }

    /// Where it begins.
    pub fn begins_at(&self, place: Option<&Node>) -> bool {
        self.from.is_same_node(place)
    }

    /// What follows its beginning: content, or its end.
    pub fn first(&self) -> Option<Node> {
        self.from.next_sibling()
    }

    /// What follows its end.
    pub fn next(&self) -> Option<Node> {
        self.to.next_sibling()
    }

    /// Moves it with its content.
    pub fn move_before(&self, place: Option<&Node>) {
        let all = fragment();
        let mut next = Some(self.from.clone());
        while let Some(node) = next {
            next = if node.is_same_node(Some(&self.to)) { None } else { node.next_sibling() };
            let _ = all.0.append_child(&node);
        }
        put_before(place, &all);
    }

    fn put_before_end(&self, html: &Html) {
        put_before(Some(&self.to), html);
    }

    /// The elements go before their owner: a field that loses the focus by this may still tell what was typed.
    fn clear(&mut self) {
        while let Some(node) = self.first().filter(|node| !node.is_same_node(Some(&self.to))) {
            remove(&node);
        }
        if let Some(owner) = self.content.take() {
            owner.cleanup();
        }
    }
}

/// Puts something before a node, where that stands.
pub fn put_before(place: Option<&Node>, html: &Html) {
    if let Some(parent) = place.and_then(Node::parent_node) {
        // Only fails for a node within itself.
        let _ = parent.insert_before(&html.0, place);
    }
}

fn remove(node: &Node) {
    if let Some(parent) = node.parent_node() {
        let _ = parent.remove_child(node);
    }
}
