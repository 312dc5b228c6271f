//! The bindings without what nobody calls: wasm-bindgen keeps every class that a library exports, and long names between
//! the two languages.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use crate::imports;

/// What the app calls its bindings, and what it does here.
const BINDINGS: (&str, &str) = ("./bearings_bg.js", "b");

/// Takes out the classes, which no script of the page makes, and what the app exports for them alone. What they use goes
/// with the next `wasm-opt`.
pub fn without_classes(script: &Path, loader: &Path, app: &Path) -> Result<()> {
    let slim = no_classes(&read(script)?).context("the bindings have classes of another form")?;
    let callers = format!("{slim}{}", read(loader)?);
    let wasm = imports::rewritten(&fs::read(app)?, as_it_is, |export| callers.contains(export))?;
    fs::write(app, wasm)?;
    fs::write(script, slim).context("cannot write the bindings")
}

/// Takes out what the app no longer imports, and shortens the names of what it does.
pub fn shortened(script: &Path, app: &Path) -> Result<()> {
    let wasm = fs::read(app)?;
    let imported = imports::of(&wasm)?.into_iter().filter(|(module, ..)| module == BINDINGS.0);
    let names: BTreeMap<_, _> = imported.enumerate().map(|(place, (_, name, _))| (name, short(place))).collect();
    let renamed = |module: &str, name: &str| match names.get(name) {
        Some(short) if module == BINDINGS.0 => (BINDINGS.1.to_owned(), short.clone()),
        _ => (module.to_owned(), name.to_owned()),
    };
    let slim = with_names(&read(script)?, &names).context("the bindings have imports of another form")?;
    fs::write(app, imports::rewritten(&wasm, renamed, |_| true)?)?;
    fs::write(script, slim).context("cannot write the bindings")
}

fn read(script: &Path) -> Result<String> {
    fs::read_to_string(script).with_context(|| format!("cannot read {}", script.display()))
}

fn as_it_is(module: &str, name: &str) -> (String, String) {
    (module.to_owned(), name.to_owned())
}

/// `a` to `z`, then `aa`.
fn short(place: usize) -> String {
    let letter = char::from(b'a' + u8::try_from(place % 26).unwrap_or_default());
    let before = if place < 26 { String::new() } else { short(place / 26 - 1) };
    format!("{before}{letter}")
}

fn no_classes(script: &str) -> Option<String> {
    let mut slim = script.to_owned();
    while let Some((before, rest)) = slim.split_once("export class ") {
        let name = rest.split_once(' ')?.0;
        let (_, after) = rest.split_once(&format!("{name}.prototype.free;\n"))?;
        let (between, registry) = after.split_once(&format!("const {name}Finalization = "))?;
        let (_, after) = registry.split_once(";\n")?;
        slim = format!("{before}{between}{after}");
    }
    Some(slim)
}

fn with_names(script: &str, names: &BTreeMap<String, String>) -> Option<String> {
    const BEGIN: &str = "    const import0 = {\n        __proto__: null,\n";
    const END: &str = "    };\n";
    let (before, rest) = script.split_once(BEGIN)?;
    let (list, after) = rest.split_once(&format!("\n{END}"))?;
    let mut kept = String::new();
    let (mut keeps, mut found) = (false, 0);
    for line in list.lines() {
        let entry = line.strip_prefix("        ").and_then(|line| line.split_once(": "));
        match entry.filter(|(name, _)| name.starts_with("__w")) {
            Some((name, value)) => {
                let short = names.get(name);
                keeps = short.is_some();
                if let Some(short) = short {
                    found += 1;
                    kept += &format!("        {short}: {value}\n");
                }
            }
            None if keeps => kept += &format!("{line}\n"),
            None => {}
        }
    }
    let (long, short) = BINDINGS;
    let after = after.replacen(&format!("\"{long}\": import0"), &format!("{short}: import0"), 1);
    (found == names.len()).then(|| format!("{before}{BEGIN}{kept}{END}{after}"))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::{no_classes, short, with_names};

    #[test]
    fn names_are_as_short_as_they_can_be() {
        assert_eq!([0, 25, 26, 27, 701, 702].map(short), ["a", "z", "aa", "ab", "zz", "aaa"]);
    }

    #[test]
    fn classes_go_with_all_that_belongs_to_them() {
        let script = "one;\nexport class Source {\n    free() {}\n}\n\
                      if (Symbol.dispose) Source.prototype[Symbol.dispose] = Source.prototype.free;\ntwo;\n\
                      const SourceFinalization = none\n    ? {}\n    : new Registry(it => free(it));\nthree;\n";
        assert_eq!(no_classes(script).as_deref(), Some("one;\ntwo;\nthree;\n"));
        assert_eq!(no_classes("export class Source {}"), None);
    }

    #[test]
    fn imports_have_short_names_and_nothing_superfluous_is_there() {
        let script = "    const import0 = {\n        __proto__: null,\n        \
                      __wbg_a_1: function(arg0) {\n            x: 1;\n        },\n        \
                      __wbg_b_2: function() {\n            b();\n        },\n        \
                      __wbindgen_c: c,\n    };\n    return {\n        \"./bearings_bg.js\": import0,\n";
        let names = |list: &[(&str, &str)]| -> BTreeMap<_, _> {
            list.iter().map(|(long, short)| ((*long).to_owned(), (*short).to_owned())).collect()
        };
        let slim = "    const import0 = {\n        __proto__: null,\n        \
                    x: function(arg0) {\n            x: 1;\n        },\n        \
                    y: c,\n    };\n    return {\n        b: import0,\n";
        let kept = names(&[("__wbg_a_1", "x"), ("__wbindgen_c", "y")]);
        assert_eq!(with_names(script, &kept).as_deref(), Some(slim));
        assert_eq!(with_names(script, &names(&[("__wbg_d_3", "x")])), None);
    }
}
