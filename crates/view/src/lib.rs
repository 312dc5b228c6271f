//! `view!`: markup in Rust, compiled to calls of the app's own DOM layer, `crate::ui::dom`.
//!
//! The markup is that of Leptos. What it is compiled to is not a type for every tree, but a few calls of functions
//! that exist once. Only what the app uses is there; anything else is an error at its place:
//!
//! - elements, with attributes, `class:name`, `prop:name`, `style=("--name", …)`, `on:event` and `node_ref`;
//! - components of Leptos' `#[component]`, with their props and children;
//! - `<For each key children />`, a list whose elements stay as long as their keys;
//! - texts as literals, blocks, and fragments.

mod attribute;
mod component;
mod element;
mod node;

/// Makes the markup's elements; gives them as a `crate::ui::dom::Html`.
#[proc_macro]
pub fn view(tokens: proc_macro::TokenStream) -> proc_macro::TokenStream {
    expand(tokens.into()).unwrap_or_else(|error| error.into_compile_error()).into()
}

fn expand(tokens: proc_macro2::TokenStream) -> syn::Result<proc_macro2::TokenStream> {
    node::html(&rstml::parse2(tokens)?)
}

#[cfg(test)]
mod tests;
