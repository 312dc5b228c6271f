//! Making elements, and putting them together.

use leptos::{
    ev::EventDescriptor,
    prelude::{Owner, document},
};

use crate::{call::CallMut, reactive::StoredValue};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{Element, Event, HtmlElement};

use super::{Html, attribute::Kind, attribute::Setting};

/// An element of HTML with the attributes that stay.
pub fn element(tag: &str, attributes: &[(&str, &str)]) -> Html {
    make(document().create_element(tag), attributes)
}

/// An element of a drawing with the attributes that stay.
pub fn svg(tag: &str, attributes: &[(&str, &str)]) -> Html {
    make(document().create_element_ns(Some("http://www.w3.org/2000/svg"), tag), attributes)
}

#[inline(never)]
fn make(element: Result<Element, JsValue>, attributes: &[(&str, &str)]) -> Html {
    // Only a name that is none is refused, and names are written in the markup.
    let element = element.unwrap_or_else(|_| unreachable!("the name of an element"));
    for (name, value) in attributes {
        let _ = element.set_attribute(name, value);
    }
    Html(element.into())
}

/// Room for several, on their way to their place.
#[inline(never)]
pub fn fragment() -> Html {
    Html(document().create_document_fragment().into())
}

/// Nothing at all.
pub fn nothing() -> Html {
    fragment()
}

#[inline(never)]
pub fn text(text: &str) -> Html {
    Html(document().create_text_node(text).into())
}

/// What the markup says, in the order in which it says it.
impl Html {
    /// Takes it whole: it is let go here rather than wherever a child is given.
    #[inline(never)]
    pub fn add(&self, child: Self) {
        // Only fails for a node within itself.
        let _ = self.0.append_child(&child.0);
    }

    pub fn set(&self, kind: Kind, name: &'static str, value: impl Setting) {
        value.apply(self, kind, name);
    }

    pub fn on<E: EventDescriptor>(&self, event: E, mut act: impl FnMut(E::EventType) + 'static)
    where
        E::EventType: JsCast,
    {
        self.listen(&event.name(), Box::new(move |event: Event| act(event.unchecked_into())));
    }

    pub fn load(&self, node_ref: NodeRef) {
        node_ref.0.set_value(Some(self.0.clone().unchecked_into()));
    }

    pub(super) fn element(&self) -> &Element {
        self.0.unchecked_ref()
    }

    #[inline(never)]
    fn listen(&self, event: &str, mut act: Box<dyn CallMut<Event, ()>>) {
        let owner = Owner::current().unwrap_or_default();
        let act = Closure::<dyn FnMut(Event)>::new(move |event| owner.with(|| act.call_mut(event)));
        // The browser keeps the closure for as long as the element.
        let _ = self.0.add_event_listener_with_callback(event, act.into_js_value().unchecked_ref());
    }
}

/// An element of the markup, for handlers and effects: they run once it is there.
#[derive(Debug, Clone, Copy)]
pub struct NodeRef(StoredValue<Option<HtmlElement>>);

impl NodeRef {
    pub fn new() -> Self {
        Self(StoredValue::new(None))
    }

    pub fn get(&self) -> Option<HtmlElement> {
        self.0.get_value()
    }
}
