//! The app in parts: what the first screen can do without is fetched later.
//!
//! `#[wasm_split]` in `src/` names functions that may come later. Here, everything that only they use moves into chunks:
//! one for each name, and one for each set of names that share something.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, anyhow};
use wasm_split_cli_support::{Options, transform};

use crate::node;
use crate::project::Project;
use crate::site::WASM_FEATURES;
use crate::stage::output_of;

/// What `src/boot.js` loads: all that is in no chunk.
pub const APP: &str = "bearings_bg.wasm";
/// Fetches the chunks. The app imports it.
const LOADER: &str = "__wasm_split.js";
/// A shared chunk below this many bytes comes with others: a request for it alone would cost more than it.
const SMALL: u64 = 3_000;
/// The split point of the page that a first visit begins with.
const FIRST: &str = "start";

/// Writes the chunks and their loader beside the bindings. Returns the rest of the app, which has yet to be bound.
pub fn split(project: &Project, wasm: &Path) -> Result<PathBuf> {
    let whole = fs::read(wasm).with_context(|| format!("cannot read {}", wasm.display()))?;
    let folder = project.bindings();
    fs::create_dir_all(project.notes())?;
    // The bindings take its name.
    let rest = project.notes().join("bearings.wasm");
    let mut options = Options::new(&whole);
    options.output_dir = &folder;
    options.main_out_path = &rest;
    options.main_module = "./bearings.js";
    let parts = transform(options).map_err(|error| anyhow!("cannot split {}: {error:#}", wasm.display()))?;
    let list = serde_json::to_string(&parts.prefetch_map)?;
    fs::write(list_of_splits(project), list).context("cannot keep the list of splits")?;
    Ok(rest)
}

/// Which chunks each split point needs.
pub fn list_of_splits(project: &Project) -> PathBuf {
    project.notes().join("splits.json")
}

/// Every WebAssembly file of the bindings but the app itself.
pub fn chunks_in(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut chunks = Vec::new();
    for entry in fs::read_dir(folder).with_context(|| format!("cannot list {}", folder.display()))? {
        let file = entry?.path();
        if file.extension().is_some_and(|ending| ending == "wasm") && !file.ends_with(APP) {
            chunks.push(file);
        }
    }
    chunks.sort();
    Ok(chunks)
}

/// Brings small shared chunks together: into the app those that its very first page (`FIRST`) waits for, and into one
/// chunk those that only later pages share. The app has been bound.
pub fn merge_small_chunks(project: &Project, app: &Path) -> Result<()> {
    let folder = project.bindings();
    let loader = folder.join(LOADER);
    let mut script = fs::read_to_string(&loader).with_context(|| format!("cannot read {}", loader.display()))?;
    let mut splits = splits(project)?;
    let at_first = splits.get(FIRST).cloned().unwrap_or_default();
    let (mut early, mut late) = (Vec::new(), Vec::new());
    for chunk in chunks_in(&folder)? {
        let name = chunk.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        if name.starts_with("chunk_") && fs::metadata(&chunk)?.len() < SMALL {
            if at_first.contains(&name) { early.push((chunk, name)) } else { late.push((chunk, name)) }
        }
    }
    // The loader names the one that holds the others before it names them.
    late.sort_by_key(|(_, name)| script.find(&declaration(name)));
    merge(project, app, "__wasm_split", &early)?;
    for (_, name) in &early {
        script = instead(&script, name, "async () => {}").with_context(|| format!("{LOADER} does not fetch {name}"))?;
        splits.values_mut().for_each(|needed| needed.retain(|it| it != name));
    }
    if let Some(((common, holder), others)) = late.split_first() {
        merge(project, common, holder, others)?;
        for (_, name) in others {
            script = instead(&script, name, &format!("__{holder}"))
                .with_context(|| format!("{LOADER} does not fetch {name}"))?;
            for needed in splits.values_mut() {
                let all = needed.len();
                needed.retain(|it| it != name);
                if needed.len() < all && !needed.contains(holder) {
                    needed.push(holder.clone());
                }
            }
        }
    }
    fs::write(&loader, script)?;
    fs::write(list_of_splits(project), serde_json::to_string(&splits)?).context("cannot keep the list of splits")
}

/// Which chunks each split point needs, as [`split`] found them.
fn splits(project: &Project) -> Result<BTreeMap<String, Vec<String>>> {
    let list = list_of_splits(project);
    let text = fs::read_to_string(&list).with_context(|| format!("cannot read {}", list.display()))?;
    Ok(serde_json::from_str(&text)?)
}

/// Takes chunks into a module that others import by `name`. Their own files go.
fn merge(project: &Project, into: &Path, name: &str, chunks: &[(PathBuf, String)]) -> Result<()> {
    if chunks.is_empty() {
        return Ok(());
    }
    in_place(into, |whole| {
        let mut wasm_merge = node::script(project, "node_modules/binaryen/bin/wasm-merge", WASM_FEATURES);
        // Each file is followed by the name that others import it by.
        wasm_merge.arg(into).arg(name);
        for (chunk, name) in chunks {
            wasm_merge.arg(chunk).arg(name);
        }
        wasm_merge.arg("-o").arg(whole);
        wasm_merge
    })?;
    for (chunk, _) in chunks {
        fs::remove_file(chunk)?;
    }
    Ok(())
}

/// How the loader begins to say what fetches a chunk.
fn declaration(chunk: &str) -> String {
    format!("const __{chunk} = ")
}

/// The loader, with something else in place of the fetching of a chunk.
fn instead(script: &str, chunk: &str, other: &str) -> Option<String> {
    const END: &str = "\n, []);";
    let begin = declaration(chunk);
    let (before, rest) = script.split_once(&format!("{begin}makeLoad("))?;
    let (_, after) = rest.split_once(END)?;
    Some(format!("{before}{begin}{other};{after}"))
}

/// Runs a tool that reads a file and writes another one, which then takes the place of the first.
pub fn in_place(file: &Path, tool: impl FnOnce(&Path) -> Command) -> Result<()> {
    let written = file.with_extension("written");
    output_of(&mut tool(&written))?;
    fs::rename(&written, file).with_context(|| format!("cannot replace {}", file.display()))
}

#[cfg(test)]
mod tests {
    use super::instead;

    #[test]
    fn a_merged_chunk_is_not_fetched() {
        let script = "const __chunk_1 = makeLoad(() => {\n    fetch(1)\n}\n, []);\n\
                      const __chunk_12 = makeLoad(() => {\n    fetch(12)\n}\n, []);\nload([__chunk_1, __chunk_12]);\n";
        let merged = "const __chunk_1 = makeLoad(() => {\n    fetch(1)\n}\n, []);\n\
                      const __chunk_12 = __chunk_1;\nload([__chunk_1, __chunk_12]);\n";
        assert_eq!(instead(script, "chunk_12", "__chunk_1").as_deref(), Some(merged));
        assert_eq!(instead(script, "chunk_2", "async () => {}"), None);
    }
}
