//! Debian's packages, where rustup cannot download: its compiler, and the standard
//! library for the browser, built here from Debian's source of it.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::cargo::WASM;
use crate::stage::{output_of, run, stage, talking_stage};

/// Debian's compiler by the name that rustup gets to know it by.
pub const TOOLCHAIN: &str = "debian";

const COMPILER: [&str; 5] = ["rustc-web", "cargo-web", "rust-web-src", "rust-web-llvm", "rust-web-clippy"];

/// Whether this is Debian, and may be changed by us.
pub fn can_install() -> bool {
    let is_root = output_of(Command::new("id").arg("-u")).is_ok_and(|id| id.trim() == "0");
    is_root && Path::new("/etc/debian_version").exists()
}

pub fn install_chromium() -> Result<()> {
    stage("install Chromium from Debian", || install_packages(&["chromium"]))
}

/// Debian's compiler, able to compile for the browser.
pub fn install() -> Result<()> {
    stage("install Debian's Rust compiler", || {
        install_packages(&COMPILER)?;
        output_of(Command::new("rustup").args(["toolchain", "link", TOOLCHAIN, "/usr"]))?;
        install_linker()
    })?;
    talking_stage("build the WebAssembly library", build_std)
}

fn install_packages(names: &[&str]) -> Result<()> {
    output_of(Command::new("apt-get").arg("update"))?;
    output_of(
        Command::new("apt-get")
            .args(["install", "--yes", "--no-install-recommends"])
            .args(names)
            .env("DEBIAN_FRONTEND", "noninteractive"),
    )?;
    Ok(())
}

/// The compiler's `rust-lld` is a link to a linker that its package does not ask for. The link's goal is called as the
/// package is: `lld-22`.
fn install_linker() -> Result<()> {
    let link = Path::new("/usr/bin/rust-lld");
    let goal = fs::read_link(link).with_context(|| format!("{} should be a link to LLVM's linker", link.display()))?;
    let package = goal.file_name().and_then(|name| name.to_str());
    let package = package.with_context(|| format!("no package is known for {}", goal.display()))?;
    install_packages(&[package])?;
    if !link.exists() {
        bail!("the package {package} does not bring {}", goal.display());
    }
    Ok(())
}

/// Compiles the standard library by way of an empty crate and puts it where the
/// compiler looks for it.
fn build_std() -> Result<()> {
    let folder = std::env::temp_dir().join(format!("bearings-std-{}", std::process::id()));
    let built = build_std_in(&folder);
    // Whatever came of it, the folder has served.
    let _ = fs::remove_dir_all(&folder);
    built
}

fn build_std_in(folder: &Path) -> Result<()> {
    fs::create_dir_all(folder.join("src"))?;
    fs::write(folder.join("src").join("lib.rs"), "")?;
    fs::write(folder.join("Cargo.toml"), "[package]\nname = \"empty\"\nedition = \"2024\"\n\n[workspace]\n")?;
    run(Command::new("cargo")
        .current_dir(folder)
        .args(["build", "--release", "--target", WASM])
        .args(["-Zbuild-std=std,panic_abort", "--target-dir", "target"])
        .env("RUSTUP_TOOLCHAIN", TOOLCHAIN)
        // Without the bitcode, LTO of the app fails.
        .env("RUSTFLAGS", "-Cembed-bitcode=yes")
        .env("RUSTC_BOOTSTRAP", "1"))?;

    let built = folder.join("target").join(WASM).join("release").join("deps");
    let library = Path::new("/usr/lib/rustlib").join(WASM).join("lib");
    fs::create_dir_all(&library).with_context(|| format!("cannot create {}", library.display()))?;
    for entry in fs::read_dir(&built)? {
        let file = entry?.path();
        let is_library = file.extension().is_some_and(|ending| ending == "rlib");
        if let (true, Some(name)) = (is_library, file.file_name()) {
            fs::copy(&file, library.join(name)).with_context(|| format!("cannot write into {}", library.display()))?;
        }
    }
    Ok(())
}
