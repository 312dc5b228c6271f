//! Node and what the page takes from npm.

use std::ffi::OsStr;
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::fingerprint::Fingerprint;
use crate::project::Project;
use crate::stage::{output_of, stage, up_to_date};

/// What Vite asks for.
const OLDEST: (u32, u32) = (20, 19);
const REMEDY: &str = "install Node 20.19 or newer, with npm: https://nodejs.org";

/// Node itself is there, and so are the packages that the lock names.
pub fn ready(project: &Project) -> Result<()> {
    check_version()?;
    let modules = project.root.join("node_modules");
    // Inside the folder, so that deleting the one deletes the other.
    let installed =
        Fingerprint::of(modules.join(".bearings-lock"), &[project.root.join("package-lock.json")], |_| true)?;
    if installed.is_unchanged() {
        up_to_date("install npm packages");
        return Ok(());
    }
    stage("install npm packages", || {
        output_of(
            npm()
                .args(["ci", "--no-audit", "--no-fund"])
                .env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")
                .current_dir(&project.root),
        )?;
        installed.keep()
    })
}

/// Runs a script of the project or of an installed package by its file: no shell in
/// between, and the same on every system.
pub fn script<I, S>(project: &Project, file: &str, arguments: I) -> Command
where
    I: IntoIterator<Item = S>,
    S: AsRef<OsStr>,
{
    let mut node = Command::new("node");
    node.arg(project.root.join(file)).args(arguments).current_dir(&project.root);
    node
}

fn npm() -> Command {
    Command::new(if cfg!(windows) { "npm.cmd" } else { "npm" })
}

fn check_version() -> Result<()> {
    let answer =
        output_of(Command::new("node").arg("--version")).with_context(|| format!("Node is missing: {REMEDY}"))?;
    let version = answer.trim();
    match parse_version(version) {
        Some(found) if found >= OLDEST => Ok(()),
        _ => bail!("Node {version} is too old: {REMEDY}"),
    }
}

fn parse_version(text: &str) -> Option<(u32, u32)> {
    let mut numbers = text.strip_prefix('v')?.split('.');
    Some((numbers.next()?.parse().ok()?, numbers.next()?.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::{OLDEST, parse_version};

    #[test]
    fn versions_compare_as_numbers() {
        assert!(parse_version("v20.9.0") < Some(OLDEST));
        assert!(parse_version("v22.1.0") > Some(OLDEST));
        assert_eq!(parse_version("nightly"), None);
    }
}
