//! The page as a whole: title, focus, what the reader prefers, how it is opened.

use gloo_events::{EventListener, EventListenerOptions};
use js_sys::Reflect;
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{Document, Element, Event, HtmlElement, HtmlInputElement, MediaQueryList, window};

use super::watch::Watch;

/// Names the page in tabs and in the history.
pub fn set_title(title: &str) {
    if let Some(document) = document() {
        document.set_title(title);
    }
}

/// Moves the focus to the element of this id, if it is there after the next frame.
pub fn focus(id: &str) {
    let id = id.to_owned();
    on_next_frame(move || {
        let element = document().and_then(|document| document.get_element_by_id(&id));
        if let Some(element) = element.as_ref().and_then(|element| element.dyn_ref::<HtmlElement>()) {
            // An element that takes no focus leaves it where it was.
            let _ = element.focus();
        }
    });
}

/// Moves the focus to the element of this id, if it is there now.
pub fn focus_at_once(id: &str) {
    if let Some(element) = document().and_then(|document| document.get_element_by_id(id)) {
        take_focus(&element);
    }
}

/// Moves the focus to the first field of a form, now; steps that are ticked are passed over.
pub fn focus_first_field(form: &HtmlElement) {
    let first = form.query_selector("input:not(.ticks :checked), textarea");
    if let Some(element) = first.ok().flatten() {
        take_focus(&element);
    }
}

/// Whether an event is of an element of this kind.
pub fn is_target(event: &Event, tag: &str) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    target.is_some_and(|element| element.tag_name() == tag)
}

/// An element that takes no focus leaves it where it was.
fn take_focus(element: &Element) {
    if let Some(element) = element.dyn_ref::<HtmlElement>() {
        let _ = element.focus();
    }
}

/// Shows the end of something that is wider than its place, from the next frame on.
pub fn scroll_to_end(element: HtmlElement) {
    on_next_frame(move || element.set_scroll_left(element.scroll_width()));
}

/// Calls back once, before the browser paints again.
pub fn on_next_frame(callback: impl FnOnce() + 'static) {
    if let Some(window) = window() {
        // Fails for something that is no function only.
        let _ = window.request_animation_frame(Closure::once_into_js(callback).unchecked_ref());
    }
}

/// Opens the page anew.
pub fn reload() {
    if let Some(window) = window() {
        // Refused only while the page is going anyway.
        let _ = window.location().reload();
    }
}

/// Whether the browser knows of a network.
#[must_use]
pub fn is_online() -> bool {
    window().is_some_and(|window| window.navigator().on_line())
}

/// Calls back when the page may be about to go: hidden, reloaded, left. It may come back.
pub fn on_hide(callback: impl Fn() + 'static) -> Watch {
    let Some(window) = window() else { return Watch::default() };
    Watch::default().and(EventListener::new(&window, "pagehide", move |_| callback()))
}

/// Has the browser ask before the page goes, while `asks` says so.
pub fn on_leave(asks: impl Fn() -> bool + 'static) -> Watch {
    let Some(window) = window() else { return Watch::default() };
    let may_prevent = EventListenerOptions::enable_prevent_default();
    Watch::default().and(EventListener::new_with_options(&window, "beforeunload", may_prevent, move |event| {
        if asks() {
            event.prevent_default();
            // Browsers before 2024 go by this.
            let _ = Reflect::set(event, &"returnValue".into(), &"?".into());
        }
    }))
}

/// Calls back when the reader comes back to the page from another tab or program.
pub fn on_return(callback: impl Fn() + 'static) -> Watch {
    let Some(window) = window() else { return Watch::default() };
    Watch::default().and(EventListener::new(&window, "focus", move |_| callback()))
}

/// Whether the page is on the reader's home screen or dock rather than in a tab.
#[must_use]
pub fn is_installed() -> bool {
    matches("(display-mode: standalone)")
}

/// Whether this is Safari, which forgets what a page stores after seven days without a visit, unless the page is
/// installed. Guessed by name, since nothing tells: for hints only.
#[must_use]
pub fn is_safari() -> bool {
    let name = window().and_then(|window| window.navigator().user_agent().ok()).unwrap_or_default();
    names_safari(&name)
}

fn names_safari(user_agent: &str) -> bool {
    // The others carry Safari's name for old times' sake, beside their own.
    let others = ["Chrome", "Chromium", "CriOS", "FxiOS", "EdgiOS", "Android"];
    let mut names = user_agent.split(|c: char| !c.is_ascii_alphabetic());
    names.clone().any(|name| name == "Safari") && !names.any(|name| others.contains(&name))
}

/// Scrolls to the top and moves the focus to the element of this id, unless something within it has taken the focus
/// by then: a form that is open on arrival.
pub fn to_the_top(id: &str) {
    if let Some(window) = window() {
        window.scroll_to_with_x_and_y(0.0, 0.0);
    }
    let id = id.to_owned();
    on_next_frame(move || {
        let Some(document) = document() else { return };
        let Some(element) = document.get_element_by_id(&id) else { return };
        let within = document.active_element().is_some_and(|active| element.contains(Some(&active)));
        if let Some(element) = element.dyn_ref::<HtmlElement>().filter(|_| !within) {
            // An element that takes no focus leaves it where it was.
            let _ = element.focus();
        }
    });
}

/// Whether the cursor is in a field, where keys belong to the browser.
#[must_use]
pub fn is_typing() -> bool {
    let active = document().and_then(|document| document.active_element());
    active.is_some_and(|element| matches!(element.tag_name().as_str(), "INPUT" | "TEXTAREA" | "SELECT"))
}

/// Where the cursor is in the field that an event is of, in characters.
#[must_use]
pub fn cursor(event: &Event) -> Option<usize> {
    let input = event.target()?.dyn_into::<HtmlInputElement>().ok()?;
    let units = usize::try_from(input.selection_end().ok()??).ok()?;
    let mut before = 0;
    let fits = |c: &char| {
        before += c.len_utf16();
        before <= units
    };
    Some(input.value().chars().take_while(fits).count())
}

/// Puts a text into the field of this id, and the cursor behind so many of its characters.
pub fn write_at(id: &str, text: &str, cursor: usize) {
    let element = document().and_then(|document| document.get_element_by_id(id));
    let Some(input) = element.and_then(|element| element.dyn_into::<HtmlInputElement>().ok()) else { return };
    input.set_value(text);
    let units: usize = text.chars().take(cursor).map(char::len_utf16).sum();
    let units = u32::try_from(units).unwrap_or(u32::MAX);
    // Refused by kinds of fields that have no cursor.
    let _ = input.set_selection_range(units, units);
}

/// The id of the first field in the form after `form`, among those that `selector` finds.
#[must_use]
pub fn next_field(form: &HtmlElement, selector: &str) -> Option<String> {
    let forms = document()?.query_selector_all(selector).ok()?;
    let at =
        (0..forms.length()).find(|index| forms.item(*index).is_some_and(|other| other.is_same_node(Some(form))))?;
    let next: Element = forms.item(at + 1)?.dyn_into().ok()?;
    Some(next.query_selector("input").ok()??.id())
}

/// Whether a media query holds now.
pub(super) fn matches(query: &str) -> bool {
    media(query).is_some_and(|list| list.matches())
}

/// A media query.
pub(super) fn media(query: &str) -> Option<MediaQueryList> {
    window()?.match_media(query).ok().flatten()
}

fn document() -> Option<Document> {
    window()?.document()
}

#[cfg(test)]
mod tests {
    use super::names_safari;

    #[test]
    fn safari_is_told_from_those_that_carry_its_name() {
        let webkit = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko)";
        assert!(names_safari(&format!("{webkit} Version/18.1 Safari/605.1.15")));
        assert!(!names_safari(&format!("{webkit} Chrome/131.0.0.0 Safari/537.36")));
        assert!(!names_safari(&format!("{webkit} CriOS/131.0 Mobile/15E148 Safari/604.1")));
        assert!(!names_safari("Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0"));
    }
}

/// Moves the focus to the first field that says it is invalid.
pub fn focus_first_invalid() {
    // Of a group, the first of its choices takes it.
    focus_found("[aria-invalid=true]:not(fieldset), fieldset[aria-invalid=true] input");
}

/// Moves the focus to the first field within what `selector` finds.
pub fn focus_within(selector: &str) {
    focus_found(&format!("{selector} input"));
}

fn focus_found(selector: &str) {
    let selector = selector.to_owned();
    on_next_frame(move || {
        let found = document().and_then(|document| document.query_selector(&selector).ok().flatten());
        if let Some(element) = found.as_ref().and_then(|element| element.dyn_ref::<HtmlElement>()) {
            let _ = element.focus();
        }
    });
}
