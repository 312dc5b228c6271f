//! Whatever stands in markup: elements, components, texts, blocks.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use rstml::node::{Node, NodeBlock};
use syn::{Error, Result, spanned::Spanned};

use crate::{
    component::{component, is_component},
    element::{element, local, made_at},
};

/// An expression of all nodes together, as one `Html`.
pub fn html(nodes: &[Node]) -> Result<TokenStream> {
    let children = children(nodes)?;
    if let [child] = children.as_slice() {
        return Ok(quote_spanned! { made_at(child.span())=> crate::ui::dom::Child::html(#child) });
    }
    let parts = local("parts");
    Ok(quote! {{
        let #parts = crate::ui::dom::fragment();
        #(#parts.add(crate::ui::dom::Child::html(#children));)*
        #parts
    }})
}

/// An expression for each node, whose value is a `Child`.
pub fn children(nodes: &[Node]) -> Result<Vec<TokenStream>> {
    nodes.iter().filter(|node| !matches!(node, Node::Comment(_))).map(child).collect()
}

fn child(node: &Node) -> Result<TokenStream> {
    match node {
        Node::Element(it) if is_component(it.name()) => component(it),
        Node::Element(it) => element(it),
        Node::Fragment(it) => html(&it.children),
        Node::Text(text) => {
            let text = &text.value;
            Ok(quote! { #text })
        }
        Node::Block(NodeBlock::ValidBlock(block)) => {
            // The braces are those of the markup.
            Ok(quote_spanned! { made_at(block.span())=> { #[allow(unused_braces)] #block } })
        }
        other => Err(Error::new_spanned(other, "not supported here: write texts as literals, in quotes")),
    }
}
