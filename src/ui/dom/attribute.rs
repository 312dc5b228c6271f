//! What is set on an element: attributes, classes, properties, styles.

use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::{Html, effect};
use crate::call::CallMut;

/// What is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Attribute,
    /// One class of several.
    Class,
    /// A property of the DOM's object, where the attribute only says how it begins.
    Prop,
    /// A property of the style; policy forbids the attribute.
    Style,
}

/// What it is set to.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    Text(String),
    Fixed(&'static str),
    Flag(bool),
    /// It is taken away.
    Missing,
}

/// A value, or a closure of one, which is followed.
#[diagnostic::on_unimplemented(message = "`{Self}` is no value of an attribute, nor a closure of one")]
pub trait Setting {
    fn apply(self, to: &Html, kind: Kind, name: &'static str);
}

macro_rules! values {
    ($($type:ty: $it:ident => $value:expr;)*) => {
        $(
            impl From<$type> for Value {
                fn from($it: $type) -> Self {
                    $value
                }
            }

            impl Setting for $type {
                fn apply(self, to: &Html, kind: Kind, name: &'static str) {
                    to.write_once(kind, name, self.into());
                }
            }
        )*
    };
}

values! {
    String: it => Value::Text(it);
    &'static str: it => Value::Fixed(it);
    bool: it => Value::Flag(it);
    f64: it => Value::Text(bearings_plan::digits(it));
    Option<String>: it => it.map_or(Value::Missing, Value::Text);
    Option<&'static str>: it => it.map_or(Value::Missing, Value::Fixed);
}

impl<F: FnMut() -> V + 'static, V: Into<Value>> Setting for F {
    fn apply(mut self, to: &Html, kind: Kind, name: &'static str) {
        to.follow(kind, name, Box::new(move |()| self().into()));
    }
}

impl Html {
    #[inline(never)]
    fn follow(&self, kind: Kind, name: &'static str, mut read: Box<dyn CallMut<(), Value>>) {
        let to = self.clone();
        let mut before = None;
        effect(Box::new(move |()| {
            let now = Some(read.call_mut(()));
            // What is the same is not set again: a field keeps its cursor, and nothing is read out twice.
            if now != before {
                now.iter().for_each(|value| to.write(kind, name, value));
                before = now;
            }
        }));
    }

    /// Takes the value whole: it is let go here rather than wherever one is set.
    #[inline(never)]
    fn write_once(&self, kind: Kind, name: &str, value: Value) {
        self.write(kind, name, &value);
    }

    fn write(&self, kind: Kind, name: &str, value: &Value) {
        let text = match value {
            Value::Text(text) => Some(text.as_str()),
            Value::Fixed(text) => Some(*text),
            Value::Flag(true) => Some(""),
            Value::Flag(false) | Value::Missing => None,
        };
        let element = self.element();
        // Only names that are none are refused, and names are written in the markup.
        let _ = match (kind, text) {
            (Kind::Attribute, Some(text)) => element.set_attribute(name, text),
            (Kind::Attribute, None) => element.remove_attribute(name),
            (Kind::Class, on) => element.class_list().toggle_with_force(name, on.is_some()).map(drop),
            (Kind::Style, text) => {
                let style = element.unchecked_ref::<HtmlElement>().style();
                text.map_or_else(|| style.remove_property(name).map(drop), |text| style.set_property(name, text))
            }
            (Kind::Prop, text) => {
                let value = match value {
                    Value::Flag(on) => (*on).into(),
                    _ => text.unwrap_or_default().into(),
                };
                js_sys::Reflect::set(element, &name.into(), &value).map(drop)
            }
        };
    }
}
