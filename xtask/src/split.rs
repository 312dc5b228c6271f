//! The app in parts: what the first screen can do without is fetched later.
//!
//! `#[wasm_split]` in `src/` names functions that may come later. Here, everything that only they use moves into chunks:
//! one for each name, and one for each set of names that share something.

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
/// A shared chunk below this many bytes is part of the app: a request for it would cost more than it.
const SMALL: u64 = 3_000;

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

/// Takes small shared chunks back into the app, which has been bound.
pub fn merge_small_chunks(project: &Project, app: &Path) -> Result<()> {
    let folder = project.bindings();
    let loader = folder.join(LOADER);
    let mut script = fs::read_to_string(&loader).with_context(|| format!("cannot read {}", loader.display()))?;
    let mut merged = Vec::new();
    for chunk in chunks_in(&folder)? {
        let name = chunk.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        if name.starts_with("chunk_") && fs::metadata(&chunk)?.len() < SMALL {
            script = without_fetching(&script, &name).with_context(|| format!("{LOADER} does not fetch {name}"))?;
            merged.push((chunk, name));
        }
    }
    in_place(app, |whole| {
        let mut wasm_merge = node::script(project, "node_modules/binaryen/bin/wasm-merge", WASM_FEATURES);
        // Each file is followed by the name that others import it by.
        wasm_merge.arg(app).arg("__wasm_split");
        for (chunk, name) in &merged {
            wasm_merge.arg(chunk).arg(name);
        }
        wasm_merge.arg("-o").arg(whole);
        wasm_merge
    })?;
    fs::write(&loader, script)?;
    for (chunk, _) in merged {
        fs::remove_file(chunk)?;
    }
    Ok(())
}

/// The loader, with a chunk that is always there.
fn without_fetching(script: &str, chunk: &str) -> Option<String> {
    const END: &str = "\n, []);";
    let begin = format!("const __{chunk} = ");
    let (before, rest) = script.split_once(&format!("{begin}makeLoad("))?;
    let (_, after) = rest.split_once(END)?;
    Some(format!("{before}{begin}async () => {{}};{after}"))
}

/// Runs a tool that reads a file and writes another one, which then takes the place of the first.
pub fn in_place(file: &Path, tool: impl FnOnce(&Path) -> Command) -> Result<()> {
    let written = file.with_extension("written");
    output_of(&mut tool(&written))?;
    fs::rename(&written, file).with_context(|| format!("cannot replace {}", file.display()))
}

#[cfg(test)]
mod tests {
    use super::without_fetching;

    #[test]
    fn a_merged_chunk_is_not_fetched() {
        let script = "const __chunk_1 = makeLoad(() => {\n    fetch(1)\n}\n, []);\n\
                      const __chunk_12 = makeLoad(() => {\n    fetch(12)\n}\n, []);\nload([__chunk_1, __chunk_12]);\n";
        let merged = "const __chunk_1 = async () => {};\n\
                      const __chunk_12 = makeLoad(() => {\n    fetch(12)\n}\n, []);\nload([__chunk_1, __chunk_12]);\n";
        assert_eq!(without_fetching(script, "chunk_1").as_deref(), Some(merged));
        assert_eq!(without_fetching(script, "chunk_2"), None);
    }
}
