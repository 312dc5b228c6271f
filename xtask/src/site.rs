//! From sources to dist/: Rust, its bindings, the smaller WebAssembly, the bundle.

use std::fs;
use std::io::ErrorKind;
use std::iter;
use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::thread;

use anyhow::{Context, Result, anyhow, bail};
use wasm_bindgen_cli_support::Bindgen;

use crate::cargo::{AppCargo, WASM, cargo_home};
use crate::fingerprint::Fingerprint;
use crate::glue;
use crate::node;
use crate::project::Project;
use crate::split;
use crate::stage::{output_of, run, stage, talking_stage, up_to_date};

/// What rustc emits for the browser, and every browser of the last years has.
pub const WASM_FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

/// The site as it is published. Steps whose inputs are those of last time are skipped.
pub fn build(project: &Project) -> Result<()> {
    let cargo = AppCargo::ready()?;
    node::ready(project)?;
    let wasm = compile(project, &cargo, "release")?;
    bind_release(project, &wasm)?;
    bundle(project)?;
    check_folders(project)
}

/// What is published says nothing of the machine that built it.
fn check_folders(project: &Project) -> Result<()> {
    let home = cargo_home()?.display().to_string();
    for folder in [home, project.root.display().to_string()] {
        for file in split::chunks_in(&project.dist().join("assets"))? {
            let bytes = fs::read(&file).with_context(|| format!("cannot read {}", file.display()))?;
            if bytes.windows(folder.len()).any(|window| window == folder.as_bytes()) {
                bail!("{} names {folder}: see AppCargo::without_folders", file.display());
            }
        }
    }
    Ok(())
}

/// Compiles the app with a profile of Cargo.toml and returns its WebAssembly.
pub fn compile(project: &Project, cargo: &AppCargo, profile: &str) -> Result<PathBuf> {
    talking_stage("compile the app", || {
        let mut rustc = cargo.for_app(project, "rustc");
        rustc.args(["--profile", profile, "--target-dir"]).arg(&project.target);
        rustc.args(["--config", &AppCargo::without_folders()?]);
        // What refers to what: without it, nothing can be moved into a chunk.
        run(rustc.args(["--", "-C", "link-arg=--emit-relocs"]))
    })?;
    Ok(project.target.join(WASM).join(profile).join("bearings.wasm"))
}

/// The JavaScript that calls the app and is called by it.
pub fn bind(project: &Project, wasm: &Path) -> Result<()> {
    let folder = project.bindings();
    let wasm = split::split(project, wasm)?;
    let mut bindgen = Bindgen::new();
    bindgen
        .web(true)
        .and_then(|bindgen| {
            bindgen
                .input_path(&wasm)
                // Chunks take part in the table of functions.
                .keep_lld_exports(true)
                .typescript(false)
                .omit_default_module_path(true)
                .remove_name_section(true)
                .remove_producers_section(true)
                .generate(&folder)
        })
        .map_err(|error| anyhow!("wasm-bindgen cannot read {}: {error:#}", wasm.display()))
}

fn bind_release(project: &Project, wasm: &Path) -> Result<()> {
    let names = ["write the bindings", "shrink the WebAssembly"];
    // How it is done is in there, too.
    let inputs = [wasm.to_path_buf(), project.root.join("package-lock.json"), project.root.join("xtask/src")];
    let fingerprint = Fingerprint::of(bindings_fingerprint(project), &inputs, |_| true)?;
    let bound = project.bindings().join(split::APP);
    if fingerprint.is_unchanged() && bound.exists() {
        names.into_iter().for_each(up_to_date);
        return Ok(());
    }
    stage(names[0], || {
        clear_bindings(project)?;
        bind(project, wasm)
    })?;
    stage(names[1], || shrink(project))?;
    fingerprint.keep()
}

/// Snippets of JavaScript that Rust no longer names would stay for ever.
fn clear_bindings(project: &Project) -> Result<()> {
    let folder = project.bindings();
    match fs::remove_dir_all(&folder) {
        Err(error) if error.kind() != ErrorKind::NotFound => {
            Err(error).with_context(|| format!("cannot clear {}", folder.display()))
        }
        _ => Ok(()),
    }
}

fn bindings_fingerprint(project: &Project) -> PathBuf {
    project.notes().join("bindings.fingerprint")
}

/// For whoever writes other bindings into the same folder.
pub fn forget_bindings(project: &Project) -> Result<()> {
    match fs::remove_file(bindings_fingerprint(project)) {
        Err(error) if error.kind() != ErrorKind::NotFound => {
            Err(error).context("cannot forget the bindings of the last build")
        }
        _ => Ok(()),
    }
}

fn shrink(project: &Project) -> Result<()> {
    let folder = project.bindings();
    let app = folder.join(split::APP);
    let script = folder.join("bearings.js");
    split::bring_together(project, &app)?;
    glue::only_called(&script, &folder.join(split::LOADER), &app)?;
    // The app is the largest: whoever takes it begins first.
    let files = iter::once(app.clone()).chain(split::chunks_in(&folder)?);
    side_by_side(files, |file| optimize(project, &file))?;
    glue::shortened(&script, &app)
}

/// Does something with each of these, as many at once as there are processors.
fn side_by_side<T: Send>(all: impl Iterator<Item = T> + Send, each: impl Fn(T) -> Result<()> + Sync) -> Result<()> {
    let all = Mutex::new(all);
    let next = || all.lock().map_or(None, |mut all| all.next());
    let work = || iter::from_fn(next).try_for_each(&each);
    let workers = thread::available_parallelism().map_or(1, NonZero::get);
    thread::scope(|scope| {
        let working: Vec<_> = (0..workers).map(|_| scope.spawn(work)).collect();
        working.into_iter().try_for_each(|worker| worker.join().unwrap_or_else(|_| bail!("a worker panicked")))
    })
}

fn optimize(project: &Project, wasm: &Path) -> Result<()> {
    // What makes a file smaller does not always make it smaller once it is compressed: that goes by what repeats. These
    // were found by trying.
    const PASSES: [&str; 3] = ["-Os", "--skip-pass=local-cse", "--skip-pass=simplify-locals"];
    split::in_place(wasm, |smaller| {
        let mut wasm_opt = node::script(project, "node_modules/binaryen/bin/wasm-opt", PASSES);
        wasm_opt.args(WASM_FEATURES).arg(wasm).arg("-o").arg(smaller);
        wasm_opt
    })
}

fn bundle(project: &Project) -> Result<()> {
    let names = ["bundle the site", "compress the site"];
    let inputs = [
        "build/pkg",
        "index.html",
        "package-lock.json",
        "public",
        "src",
        "style",
        "vite.config.js",
        "xtask/compress.js",
    ]
    .map(|name| project.root.join(name));
    let fingerprint = Fingerprint::of(
        project.notes().join("site.fingerprint"),
        &inputs,
        // Rust reaches the bundle through the bindings.
        |file| file.extension().is_none_or(|ending| ending != "rs"),
    )?;
    if fingerprint.is_unchanged() && project.dist().join("index.html").exists() {
        names.into_iter().for_each(up_to_date);
        return Ok(());
    }
    stage(names[0], || {
        output_of(&mut node::script(project, "node_modules/vite/bin/vite.js", ["build"]))?;
        keep_list_of_chunks(project)
    })?;
    stage(names[1], || output_of(&mut node::script(project, "xtask/compress.js", ["dist"])))?;
    fingerprint.keep()
}

/// The list is ours to measure with, not a part of the site.
fn keep_list_of_chunks(project: &Project) -> Result<()> {
    let list = project.dist().join("chunks.json");
    let kept = list_of_chunks(project);
    fs::create_dir_all(project.notes())?;
    // Copied, since the target folder may be on another disk.
    fs::copy(&list, &kept).with_context(|| format!("Vite did not write {}", list.display()))?;
    fs::remove_file(&list).with_context(|| format!("cannot remove {}", list.display()))
}

/// What Vite put where.
pub fn list_of_chunks(project: &Project) -> PathBuf {
    project.notes().join("chunks.json")
}
