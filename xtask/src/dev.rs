//! `cargo xtask dev`: Vite serves the sources; Rust is rebuilt as it changes.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command};
use std::thread;
use std::time::{Duration, SystemTime};

use anyhow::{Context, Result, bail};

use crate::cargo::AppCargo;
use crate::fingerprint::files_under;
use crate::node;
use crate::options::Options;
use crate::project::Project;
use crate::site;

const PROFILE: &str = "dev-wasm";
const BETWEEN_LOOKS: Duration = Duration::from_millis(400);

pub fn dev(project: &Project, options: &Options) -> Result<()> {
    let cargo = AppCargo::ready()?;
    node::ready(project)?;
    let mut seen = rust_sources(project)?;
    rebuild(project, &cargo)?;

    let mut vite = Vite::start(project, options)?;
    loop {
        thread::sleep(BETWEEN_LOOKS);
        if let Some(status) = vite.0.try_wait()? {
            bail!("Vite ended with {status}");
        }
        let now = rust_sources(project)?;
        if now != seen {
            seen = now;
            // The compiler has said why; the next edit may mend it.
            if let Err(error) = rebuild(project, &cargo) {
                eprintln!("{error:#}");
            }
        }
    }
}

fn rebuild(project: &Project, cargo: &AppCargo) -> Result<()> {
    let wasm = site::compile(project, cargo, PROFILE)?;
    site::forget_bindings(project)?;
    // Vite sees the new files and reloads the page.
    site::bind(project, &wasm)
}

/// Each source with the time of its last change.
fn rust_sources(project: &Project) -> Result<Vec<(PathBuf, Option<SystemTime>)>> {
    let places = ["Cargo.lock", "Cargo.toml", "crates", "src"].map(|name| project.root.join(name));
    let files = files_under(&places, is_rust_source)?;
    let with_time = files.into_iter().map(|file| {
        // A file may vanish between two looks: that is a change too.
        let changed = fs::metadata(&file).and_then(|about| about.modified()).ok();
        (file, changed)
    });
    Ok(with_time.collect())
}

fn is_rust_source(file: &Path) -> bool {
    let ending = file.extension().and_then(|ending| ending.to_str());
    matches!(ending, Some("rs" | "toml" | "lock"))
}

/// Ends with us.
struct Vite(Child);

impl Vite {
    fn start(project: &Project, options: &Options) -> Result<Self> {
        let mut vite: Command = node::script(project, "node_modules/vite/bin/vite.js", ["--host"]);
        vite.arg("127.0.0.1");
        if let Some(port) = options.port {
            vite.args(["--strictPort", "--port"]).arg(port.to_string());
        }
        vite.spawn().map(Self).context("cannot run Vite")
    }
}

impl Drop for Vite {
    fn drop(&mut self) {
        // It may have ended by itself; there is nothing more to do then.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
