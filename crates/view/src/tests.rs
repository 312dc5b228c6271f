use proc_macro2::TokenStream;
use quote::quote;

use super::expand;

/// What markup is compiled to, without the spaces that say nothing.
fn expanded(markup: TokenStream) -> String {
    match expand(markup) {
        Ok(tokens) => tokens.to_string().replace(' ', ""),
        Err(error) => panic!("{error}"),
    }
}

/// What is wrong with markup, and the text that it points at.
fn refused(markup: &str) -> (String, String) {
    let tokens: TokenStream = match markup.parse() {
        Ok(tokens) => tokens,
        Err(error) => panic!("{error}"),
    };
    match expand(tokens) {
        Ok(tokens) => panic!("{tokens}"),
        Err(error) => (error.to_string(), error.span().source_text().unwrap_or_default()),
    }
}

#[test]
fn fixed_attributes_are_set_at_once_and_others_one_by_one() {
    let code = expanded(quote! { <input type="checkbox" id=id.clone() hidden class:on=move || on.get() /> });
    assert!(code.contains(r#"crate::ui::dom::element("input",&[("type","checkbox"),("hidden","")])"#), "{code}");
    assert!(code.contains(r#"it.set(crate::ui::dom::Kind::Attribute,"id",id.clone());"#), "{code}");
    assert!(code.contains(r#"it.set(crate::ui::dom::Kind::Class,"on",move||on.get());"#), "{code}");
}

#[test]
fn children_follow_their_element_in_order() {
    let code = expanded(quote! { <p>"a" <b>{c}</b></p> });
    let places = [r#"element("p""#, r#"html("a")"#, r#"element("b""#].map(|part| code.find(part));
    assert!(places.is_sorted() && places[0].is_some(), "{code}");
}

#[test]
fn a_drawing_may_begin_anywhere() {
    assert!(expanded(quote! { <path d=path /> }).contains(r#"crate::ui::dom::svg("path""#));
}

#[test]
fn properties_styles_listeners_and_references_are_told_apart() {
    let code = expanded(quote! {
        <input prop:value=text style=("--v", share) on:input=take node_ref=field aria-label="Name" />
    });
    assert!(code.contains(r#"it.set(crate::ui::dom::Kind::Prop,"value",text);"#), "{code}");
    assert!(code.contains(r#"it.set(crate::ui::dom::Kind::Style,"--v",share);"#), "{code}");
    assert!(code.contains("it.on(::leptos::ev::input,take);"), "{code}");
    assert!(code.contains("it.load(field);"), "{code}");
    assert!(code.contains(r#"("aria-label","Name")"#), "{code}");
}

#[test]
fn components_take_props_and_children() {
    let code = expanded(quote! { <form::Field label=text input>"inside"</form::Field> });
    assert!(code.contains("component_props_builder(&form::Field).label("), "{code}");
    assert!(code.contains(".input(input).children(::std::boxed::Box::new(move||"), "{code}");
}

#[test]
fn a_list_is_no_component() {
    let code = expanded(quote! { <For each=ids key=|id| *id children=row /> });
    assert!(code.ends_with("crate::ui::dom::list(ids,|id|*id,row))"), "{code}");
}

#[test]
fn errors_point_at_what_is_wrong() {
    let (text, place) = refused(r#"<p style="color: red"></p>"#);
    assert!(text.contains("a style is a pair"), "{text}");
    assert_eq!(place, r#""color: red""#);
    let (text, place) = refused("<input bind:value=x />");
    assert!(text.contains("`bind:` is not supported"), "{text}");
    assert_eq!(place, "bind:value");
    let (text, place) = refused("<p {..rest}></p>");
    assert!(text.contains("cannot be spread"), "{text}");
    assert_eq!(place, "{..rest}");
    let (text, place) = refused("<For each=ids key=by />");
    assert!(text.contains("a list needs `children`"), "{text}");
    assert_eq!(place, "For");
    let (text, place) = refused("<button on:click></button>");
    assert!(text.contains("needs a value"), "{text}");
    assert_eq!(place, "on:click");
}
