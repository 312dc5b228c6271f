//! What is set on an element: attributes, classes, properties, styles, listeners.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens as _, format_ident};
use rstml::{
    Infallible,
    node::{KeyedAttribute, NodeAttribute, NodeElement},
};
use syn::{Error, Expr, ExprLit, Lit, LitStr, Result, spanned::Spanned};

/// What a written attribute comes to.
pub enum Attribute {
    /// A text that stays: it is set with all others of its kind.
    Fixed(LitStr, LitStr),
    /// A value or a closure of one, by kind and name.
    Set(Ident, TokenStream, TokenStream),
    /// What is done on an event.
    On(Ident, TokenStream),
    /// Who wants to know the element.
    NodeRef(TokenStream),
}

/// An attribute as it is written: `key=value`.
pub struct Written<'a>(&'a KeyedAttribute);

/// All that is written in an element's tag.
pub fn attributes(element: &NodeElement<Infallible>) -> Result<Vec<Written<'_>>> {
    let written = element.attributes().iter().map(|attribute| match attribute {
        NodeAttribute::Attribute(attribute) => Ok(Written(attribute)),
        NodeAttribute::Block(block) => {
            Err(Error::new_spanned(block, "attributes cannot be spread: write each by name"))
        }
    });
    written.collect()
}

impl Written<'_> {
    /// Its name, as the name of a prop.
    pub fn prop(&self) -> &rstml::node::NodeName {
        &self.0.key
    }

    pub fn value(&self) -> Option<&Expr> {
        self.0.value()
    }

    pub fn into_setting(self) -> Result<Attribute> {
        let name = self.0.key.to_string();
        let span = self.0.key.span();
        match name.split_once(':') {
            Some(("on", event)) => Ok(Attribute::On(format_ident!("{event}", span = span), self.needed()?)),
            Some(("class", class)) => Ok(Attribute::Set(kind("Class"), text(class, span), self.needed()?)),
            Some(("prop", prop)) => Ok(Attribute::Set(kind("Prop"), text(prop, span), self.needed()?)),
            Some((prefix, _)) => {
                let supported = "there are `on:`, `class:` and `prop:`; a style is `style=(\"--name\", value)`";
                Err(Error::new(span, format!("`{prefix}:` is not supported: {supported}")))
            }
            None if name == "node_ref" => Ok(Attribute::NodeRef(self.needed()?)),
            None if name == "style" => self.style(),
            None => Ok(self.plain(&name, span)),
        }
    }

    fn plain(&self, name: &str, span: Span) -> Attribute {
        let fixed = |value: LitStr| Attribute::Fixed(LitStr::new(name, span), value);
        match self.value() {
            None => fixed(LitStr::new("", span)),
            Some(Expr::Lit(ExprLit { lit: Lit::Str(value), .. })) => fixed(value.clone()),
            Some(value) => Attribute::Set(kind("Attribute"), text(name, span), value.to_token_stream()),
        }
    }

    fn style(&self) -> Result<Attribute> {
        match self.value() {
            Some(Expr::Tuple(pair)) if pair.elems.len() == 2 => {
                let (name, value) = (pair.elems[0].to_token_stream(), pair.elems[1].to_token_stream());
                Ok(Attribute::Set(kind("Style"), name, value))
            }
            // The content security policy forbids the attribute itself.
            _ => Err(Error::new_spanned(self.needed()?, "a style is a pair: `style=(\"--name\", value)`")),
        }
    }

    fn needed(&self) -> Result<TokenStream> {
        let missing = || Error::new(self.0.key.span(), format!("`{}` needs a value", self.0.key));
        self.value().map(Expr::to_token_stream).ok_or_else(missing)
    }
}

fn kind(name: &str) -> Ident {
    Ident::new(name, Span::call_site())
}

fn text(text: &str, span: Span) -> TokenStream {
    LitStr::new(text, span).into_token_stream()
}
