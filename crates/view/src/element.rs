//! An element: made with its fixed attributes, then given the others, then its children.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{quote, quote_spanned};
use rstml::{Infallible, node::NodeElement};
use syn::{Result, spanned::Spanned};

use crate::{
    attribute::{Attribute, attributes},
    node::children,
};

/// Elements that only SVG has, so that a tree may begin within a drawing.
const SVG: [&str; 8] = ["svg", "g", "path", "rect", "circle", "line", "polyline", "polygon"];

/// An expression of the element as an `Html`.
pub fn element(element: &NodeElement<Infallible>) -> Result<TokenStream> {
    let tag = element.name().to_string();
    let make = if SVG.contains(&tag.as_str()) {
        quote! { svg }
    } else {
        quote! { element }
    };
    let it = local("it");
    let (mut fixed, mut calls) = (Vec::new(), Vec::new());
    for attribute in attributes(element)? {
        match attribute.into_setting()? {
            Attribute::Fixed(name, value) => fixed.push(quote! { (#name, #value) }),
            // The method is called where its value is written: that is where it does not fit, if so.
            Attribute::Set(kind, name, value) => calls.push(quote_spanned! { made_at(value.span())=>
                #it.set(crate::ui::dom::Kind::#kind, #name, #value);
            }),
            Attribute::On(event, act) => calls.push(quote! { #it.on(::leptos::ev::#event, #act); }),
            Attribute::NodeRef(node_ref) => calls.push(quote! { #it.load(#node_ref); }),
        }
    }
    let children = children(&element.children)?;
    Ok(quote_spanned! { made_at(element.name().span())=> {
        let #it = crate::ui::dom::#make(#tag, &[#(#fixed),*]);
        #(#calls)*
        #(#it.add(crate::ui::dom::Child::html(#children));)*
        #it
    }})
}

/// A place in the markup for code that nobody wrote there: compilers point at it, linters leave it alone.
pub fn made_at(written: Span) -> Span {
    written.resolved_at(Span::call_site())
}

/// A variable that the expressions in the markup cannot see.
pub fn local(name: &str) -> Ident {
    Ident::new(name, Span::mixed_site())
}
