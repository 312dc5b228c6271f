//! The bindings without what nobody needs: wasm-bindgen keeps every class that a library exports, and long names between
//! the two languages.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, anyhow};
use wasm_encoder::reencode::{Reencode, RoundtripReencoder};
use wasm_encoder::{CustomSection, ExportSection, Module, RawSection};
use wasmparser::{Parser, Payload};

use crate::imports;

/// What the app calls its bindings, and what it does here.
const BINDINGS: (&str, &str) = ("./bearings_bg.js", "b");

/// Where wasm-bindgen's macros leave word of what they made: pairs of a version and a piece, each behind its length.
const WORD: &str = "__wasm_bindgen_unstable";

/// The compiled app without the classes that its libraries offer to scripts: no script of the page makes one. What only
/// they use is left behind by the splitter. All other sections stay as they are, byte for byte: relocations point there.
pub fn without_classes(wasm: &[u8]) -> Result<Vec<u8>> {
    let classes = classes(wasm)?;
    let names_one = |name: &str| classes.iter().any(|class| name.contains(class));
    let mut module = Module::new();
    for payload in Parser::new(0).parse_all(wasm) {
        let payload = payload?;
        match &payload {
            Payload::ExportSection(section) => {
                let mut exports = ExportSection::new();
                for export in section.clone() {
                    let export = export?;
                    if !names_one(export.name) {
                        RoundtripReencoder.parse_export(&mut exports, export).map_err(|error| anyhow!("{error}"))?;
                    }
                }
                module.section(&exports);
            }
            Payload::CustomSection(section) if section.name() == WORD => {
                let pieces = pieces(section.data()).context("wasm-bindgen leaves word in another form")?;
                let mut data = Vec::new();
                for pair in pieces.chunks(2) {
                    let text = pair.iter().map(|piece| String::from_utf8_lossy(piece).to_lowercase());
                    if !text.into_iter().any(|text| names_one(&text)) {
                        for piece in pair {
                            data.extend(u32::try_from(piece.len())?.to_le_bytes());
                            data.extend_from_slice(piece);
                        }
                    }
                }
                module.section(&CustomSection { name: WORD.into(), data: data.into() });
            }
            _ => {
                if let Some((id, range)) = payload.as_section() {
                    let range = usize::try_from(range.start)?..usize::try_from(range.end)?;
                    let data = wasm.get(range).context("a section lies outside of its file")?;
                    module.section(&RawSection { id, data });
                }
            }
        }
    }
    Ok(module.finish())
}

/// The names of all classes, as exports spell them: each is freed by one.
fn classes(wasm: &[u8]) -> Result<Vec<String>> {
    let mut classes = Vec::new();
    for payload in Parser::new(0).parse_all(wasm) {
        if let Payload::ExportSection(section) = payload? {
            for export in section {
                let freed = export?.name.strip_prefix("__wbg_").and_then(|name| name.split_once("_free"));
                classes.extend(freed.map(|(name, _)| name.to_owned()));
            }
        }
    }
    Ok(classes)
}

fn pieces(mut data: &[u8]) -> Option<Vec<&[u8]>> {
    let mut pieces = Vec::new();
    while let Some((length, rest)) = data.split_first_chunk() {
        let (piece, rest) = rest.split_at_checked(usize::try_from(u32::from_le_bytes(*length)).ok()?)?;
        pieces.push(piece);
        data = rest;
    }
    (data.is_empty() && pieces.len() % 2 == 0).then_some(pieces)
}

/// Takes out what the app exports and no script calls. What only that needs goes with the next `wasm-opt`.
pub fn only_called(script: &Path, loader: &Path, app: &Path) -> Result<()> {
    let callers = format!("{}{}", read(script)?, read(loader)?);
    let as_it_is = |module: &str, name: &str| (module.to_owned(), name.to_owned());
    let slim = imports::rewritten(&fs::read(app)?, as_it_is, |export| callers.contains(export))?;
    fs::write(app, slim).context("cannot write the app")
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

/// `a` to `z`, then `aa`.
fn short(place: usize) -> String {
    let letter = char::from(b'a' + u8::try_from(place % 26).unwrap_or_default());
    let before = if place < 26 { String::new() } else { short(place / 26 - 1) };
    format!("{before}{letter}")
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

    use wasm_encoder::{CustomSection, ExportKind, ExportSection, Module};

    use super::{WORD, pieces, short, with_names, without_classes};

    #[test]
    fn names_are_as_short_as_they_can_be() {
        assert_eq!([0, 25, 26, 27, 701, 702].map(short), ["a", "z", "aa", "ab", "zz", "aaa"]);
    }

    #[test]
    fn classes_go_with_all_that_belongs_to_them() {
        let word = |pieces: &[&str]| -> Vec<u8> {
            let sized = |piece: &&str| [&u32::try_from(piece.len()).unwrap().to_le_bytes(), piece.as_bytes()].concat();
            pieces.iter().flat_map(sized).collect()
        };
        let app = |exports: &[&str], left: &[&str]| {
            let mut module = Module::new();
            let mut all = ExportSection::new();
            exports.iter().enumerate().for_each(|(place, name)| {
                all.export(name, ExportKind::Func, u32::try_from(place).unwrap());
            });
            module.section(&all);
            module.section(&CustomSection { name: WORD.into(), data: word(left).into() });
            module.section(&CustomSection { name: "reloc.CODE".into(), data: (&[1, 2, 3]).into() });
            module.finish()
        };
        let whole = app(
            &["main", "__wbg_source_free_1", "source_pull_1", "__wbindgen_describe_source_pull_1"],
            &["{1}", "fetch", "{1}", "Source pull"],
        );
        assert_eq!(without_classes(&whole).unwrap(), app(&["main"], &["{1}", "fetch"]));
        assert_eq!(pieces(&[9, 0, 0, 0, 1]), None);
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
