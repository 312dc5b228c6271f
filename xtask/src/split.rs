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

use crate::glue;
use crate::imports;
use crate::node;
use crate::parts::{self, Part, Splits};
use crate::project::Project;
use crate::site::WASM_FEATURES;
use crate::stage::output_of;

/// What `src/boot.js` loads: all that is in no chunk.
pub const APP: &str = "bearings_bg.wasm";
/// Fetches the chunks. The app imports it.
pub const LOADER: &str = "__wasm_split.js";
/// What the chunks call the app.
const SHARED: &str = "__wasm_split";

/// Writes the chunks and their loader beside the bindings. Returns the rest of the app, which has yet to be bound.
pub fn split(project: &Project, wasm: &Path) -> Result<PathBuf> {
    let whole = fs::read(wasm).with_context(|| format!("cannot read {}", wasm.display()))?;
    let whole = glue::without_classes(&whole)?;
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

/// Brings chunks together, as [`parts`] says. The app has been bound.
pub fn bring_together(project: &Project, app: &Path) -> Result<()> {
    let folder = project.bindings();
    let list = list_of_splits(project);
    let splits = fs::read_to_string(&list).with_context(|| format!("cannot read {}", list.display()))?;
    let splits: Splits = serde_json::from_str(&splits)?;
    let mut parts = BTreeMap::new();
    let mut members = BTreeMap::<Part, Vec<PathBuf>>::new();
    for (chunk, needing) in parts::needed_by(&splits) {
        let file = folder.join(chunk).with_extension("wasm");
        let bytes = fs::metadata(&file).with_context(|| format!("there is no {}", file.display()))?.len();
        let part = parts::part_of(&needing, bytes);
        parts.insert(chunk.to_owned(), part.clone());
        members.entry(part).or_default().push(file);
    }
    for (part, chunks) in members {
        match part {
            Part::App => merge(project, app, app, &chunks)?,
            Part::Together(name) => join(project, &folder.join(name).with_extension("wasm"), &chunks)?,
            Part::Alone => continue,
        }
        for chunk in chunks {
            fs::remove_file(chunk)?;
        }
    }
    let splits = parts::regrouped(&splits, &parts);
    let loader = folder.join(LOADER);
    let script = fs::read_to_string(&loader).with_context(|| format!("cannot read {}", loader.display()))?;
    let script = parts::loader(&script, &splits).with_context(|| format!("{LOADER} is not what it was"))?;
    fs::write(&loader, script)?;
    fs::write(list, serde_json::to_string(&splits)?).context("cannot keep the list of splits")
}

/// Makes one chunk of several. Each imports the same things of the app: merged, they would import them once for each,
/// and two memories are not allowed. So a module comes first that imports each once and passes it on.
fn join(project: &Project, whole: &Path, chunks: &[PathBuf]) -> Result<()> {
    const OUTSIDE: &str = "outside";
    let files = chunks.iter().map(fs::read).collect::<Result<Vec<_>, _>>().context("cannot read the chunks")?;
    let passing = project.notes().join("passing.wasm");
    fs::write(&passing, imports::passed_on(files.iter().map(Vec::as_slice), SHARED, OUTSIDE)?)?;
    merge(project, whole, &passing, chunks)?;
    let back = |module: &str, name: &str| (module.replace(OUTSIDE, SHARED), name.to_owned());
    fs::write(whole, imports::rewritten(&fs::read(whole)?, back, |_| false)?).context("cannot write what came together")
}

/// Writes one file of a module that others import from, and of those others.
fn merge(project: &Project, whole: &Path, shared: &Path, chunks: &[PathBuf]) -> Result<()> {
    in_place(whole, |written| {
        let mut wasm_merge = node::script(project, "node_modules/binaryen/bin/wasm-merge", WASM_FEATURES);
        // Each file is followed by the name that others import it by.
        wasm_merge.arg(shared).arg(SHARED);
        for chunk in chunks {
            wasm_merge.arg(chunk).arg(chunk.file_stem().unwrap_or_default());
        }
        wasm_merge.arg("-o").arg(written);
        wasm_merge
    })
}

/// Runs a tool that reads a file and writes another one, which then takes the place of the first.
pub fn in_place(file: &Path, tool: impl FnOnce(&Path) -> Command) -> Result<()> {
    let written = file.with_extension("written");
    output_of(&mut tool(&written))?;
    fs::rename(&written, file).with_context(|| format!("cannot replace {}", file.display()))
}
