//! Cargo, with the means to compile for the browser.

use std::env;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::debian;
use crate::project::Project;
use crate::stage::{output_of, stage};

pub const WASM: &str = "wasm32-unknown-unknown";

/// Where Cargo keeps the sources of crates.
pub fn cargo_home() -> Result<PathBuf> {
    match env::var_os("CARGO_HOME") {
        Some(folder) => Ok(folder.into()),
        None => Ok(env::home_dir().context("this machine has no home folder: set CARGO_HOME")?.join(".cargo")),
    }
}

/// The compiler that builds the app. Native crates always use the user's own.
pub struct AppCargo {
    /// A toolchain of rustup, where the user's own cannot compile for the browser.
    toolchain: Option<&'static str>,
}

impl AppCargo {
    /// The user's compiler, completed with the standard library for the browser if
    /// that is missing.
    pub fn ready() -> Result<Self> {
        let own = Self { toolchain: None };
        let from_debian = Self { toolchain: Some(debian::TOOLCHAIN) };
        if own.has_wasm() {
            return Ok(own);
        }
        if from_debian.has_wasm() {
            return Ok(from_debian);
        }
        let added =
            stage("add the WebAssembly target", || output_of(Command::new("rustup").args(["target", "add", WASM])));
        match added {
            Ok(_) if own.has_wasm() => Ok(own),
            _ if debian::can_install() => {
                println!("rustup cannot fetch it from here; Debian's packages can serve.");
                debian::install()?;
                Ok(from_debian)
            }
            Ok(_) => bail!(
                "rustup added {WASM}, but to another toolchain than the one in use: \
                 `rustup show` and `rustc --print sysroot` should name the same one"
            ),
            Err(error) => bail!(
                "{error:#}\n\nThe page is WebAssembly, and this compiler lacks the library for it. Any of these helps:\n\
                 - with rustup (https://rustup.rs) and a network: rustup target add {WASM}\n\
                 - with a compiler from a distribution: its package of that library, such as \
                 rust-std-static-{WASM} (Fedora) or rust-wasm (Arch)\n\
                 - on Debian: run this command as root, and its packages are set up for you"
            ),
        }
    }

    /// Asking the compiler works with rustup and without.
    fn has_wasm(&self) -> bool {
        let mut rustc = self.command("rustc");
        rustc.args(["--print", "target-libdir", "--target", WASM]);
        output_of(&mut rustc).is_ok_and(|folder| PathBuf::from(folder.trim()).is_dir())
    }

    /// `cargo` for the app, to be completed with a profile and the like.
    pub fn for_app(&self, project: &Project, subcommand: &str) -> Command {
        let mut cargo = self.command("cargo");
        cargo.current_dir(&project.root).args([subcommand, "--package", "bearings", "--target", WASM]);
        cargo
    }

    /// Flags by which what is published names no folder of this machine: messages of a panic tell where it came from.
    pub fn without_folders() -> Result<String> {
        let flag = format!("--remap-path-prefix={}=crates", cargo_home()?.join("registry").join("src").display());
        Ok(format!("target.{WASM}.rustflags=['{flag}']"))
    }

    fn command(&self, tool: &str) -> Command {
        let mut command = Command::new(tool);
        if let Some(toolchain) = self.toolchain {
            command.env("RUSTUP_TOOLCHAIN", toolchain);
        }
        command
    }
}
