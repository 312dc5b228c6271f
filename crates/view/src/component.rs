//! A component: called with its props.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use rstml::{
    Infallible,
    node::{NodeElement, NodeName},
};
use syn::{Error, Expr, Result, spanned::Spanned};

use crate::{attribute::attributes, element::made_at, node::html};

/// The keyed list: three closures, each of its own type, are given to a function rather than to a builder of props.
const LIST: &str = "For";

/// Components are named like types.
pub fn is_component(name: &NodeName) -> bool {
    let NodeName::Path(path) = name else { return false };
    let last = path.path.segments.last();
    last.is_some_and(|last| last.ident.to_string().starts_with(|first: char| first.is_ascii_uppercase()))
}

/// An expression of what the component makes.
pub fn component(element: &NodeElement<Infallible>) -> Result<TokenStream> {
    let name = element.name();
    if name.to_string() == LIST {
        return list(element);
    }
    let props = attributes(element)?.into_iter().map(|attribute| {
        let prop = attribute.prop();
        match attribute.value() {
            Some(value) => Ok(quote! { .#prop(#[allow(unused_braces)] { #value }) }),
            None if matches!(prop, NodeName::Path(_)) => Ok(quote! { .#prop(#prop) }),
            None => Err(Error::new_spanned(prop, "no name of a prop")),
        }
    });
    let props = props.collect::<Result<Vec<_>>>()?;
    let children = if element.children.is_empty() {
        None
    } else {
        let children = html(&element.children)?;
        Some(quote! { .children(::std::boxed::Box::new(move || #children)) })
    };
    Ok(quote_spanned! { made_at(name.span())=>
        ::leptos::component::component_view(
            &#name,
            ::leptos::component::component_props_builder(&#name) #(#props)* #children .build(),
        )
    })
}

/// `<For each key children />`.
fn list(element: &NodeElement<Infallible>) -> Result<TokenStream> {
    let written = attributes(element)?;
    let prop = |name: &str| -> Result<&Expr> {
        let found = written.iter().find(|attribute| attribute.prop().to_string() == name);
        let missing = || Error::new(element.name().span(), format!("a list needs `{name}`"));
        found.and_then(|attribute| attribute.value()).ok_or_else(missing)
    };
    let (each, key, children) = (prop("each")?, prop("key")?, prop("children")?);
    if let Some(other) =
        written.iter().find(|it| !["each", "key", "children"].contains(&it.prop().to_string().as_str()))
    {
        return Err(Error::new_spanned(other.prop(), "a list has `each`, `key` and `children`"));
    }
    Ok(quote_spanned! { made_at(element.name().span())=> crate::ui::dom::list(#each, #key, #children) })
}
