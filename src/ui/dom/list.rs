//! Lists whose entries stay the same elements for as long as their keys stay.

use std::{mem, rc::Rc};

use leptos::reactive::owner::Owner;

use super::{
    Children, Html, effect,
    element::nothing,
    region::{Region, put_before},
};
use crate::call::CallMut;

/// An entry of the list to be.
enum Entry {
    /// The one at this place of the list before.
    Kept(usize),
    New(Children),
}

/// What `children` makes of each item, one after the other. `<For />` in markup.
///
/// Keys are found by comparing them all: lists on a page are short, and a hash would be compiled for each kind of key.
pub fn list<T: 'static, K: PartialEq + 'static>(
    each: impl Fn() -> Vec<T> + 'static,
    key: impl Fn(&T) -> K + 'static,
    children: impl Fn(T) -> Html + 'static,
) -> Html {
    let children = Rc::new(children);
    let mut before: Vec<K> = Vec::new();
    keyed(Box::new(move |()| {
        let (mut keys, mut entries) = (Vec::new(), Vec::new());
        for item in each() {
            let key = key(&item);
            // The same key twice is one entry.
            if !keys.contains(&key) {
                let children = Rc::clone(&children);
                entries.push(match before.iter().position(|before| *before == key) {
                    Some(place) => Entry::Kept(place),
                    None => Entry::New(Box::new(move || children(item))),
                });
                keys.push(key);
            }
        }
        before = keys;
        entries
    }))
}

#[inline(never)]
fn keyed(mut read: Box<dyn CallMut<(), Vec<Entry>>>) -> Html {
    let (list, html) = Region::new();
    // Entries outlive the runs of the effect.
    let above = Owner::current().unwrap_or_default();
    let mut regions: Vec<Region> = Vec::new();
    effect(Box::new(move |()| {
        let entries = read.call_mut(());
        let mut before: Vec<_> = mem::take(&mut regions).into_iter().map(Some).collect();
        // Those that go leave first. What stays then mostly stands where it should: it is not moved, which would lose
        // the focus.
        for (place, region) in before.iter_mut().enumerate() {
            let stays = entries.iter().any(|entry| matches!(entry, Entry::Kept(kept) if *kept == place));
            if let Some(region) = region.take_if(|_| !stays) {
                region.remove();
            }
        }
        let mut place = list.first();
        for entry in entries {
            let region = match entry {
                Entry::New(make) => {
                    let (mut region, html) = Region::under(above.clone());
                    let mut make = Some(make);
                    region.fill(&mut |()| make.take().map_or_else(nothing, |make| make()));
                    put_before(place.as_ref(), &html);
                    region
                }
                Entry::Kept(kept) => {
                    let Some(region) = before.get_mut(kept).and_then(Option::take) else { continue };
                    if region.begins_at(place.as_ref()) {
                        place = region.next();
                    } else {
                        region.move_before(place.as_ref());
                    }
                    region
                }
            };
            regions.push(region);
        }
    }));
    html
}
