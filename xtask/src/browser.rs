//! The user's browser, and the one that tests drive.

use std::env;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;

use anyhow::{Result, bail};

use crate::debian;

const NAMES_ON_PATH: [&str; 5] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];
const ON_MACOS: [&str; 2] = [
    "Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "Applications/Chromium.app/Contents/MacOS/Chromium",
];
const ON_WINDOWS: [&str; 2] = [r"Google\Chrome\Application\chrome.exe", r"Chromium\Application\chrome.exe"];

/// Shows an address in the user's browser, if there is a desktop. No more than a
/// courtesy: the address has been printed.
pub fn show(address: &str) {
    let Some(mut opener) = opener() else { return };
    opener.arg(address).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    thread::spawn(move || opener.status());
}

fn opener() -> Option<Command> {
    if cfg!(windows) {
        let mut cmd = Command::new("cmd");
        // The empty word is the title that `start` takes first.
        cmd.args(["/c", "start", ""]);
        Some(cmd)
    } else if cfg!(target_os = "macos") {
        Some(Command::new("open"))
    } else {
        let has_desktop = |name| env::var_os(name).is_some_and(|value| !value.is_empty());
        (has_desktop("DISPLAY") || has_desktop("WAYLAND_DISPLAY")).then(|| Command::new("xdg-open"))
    }
}

/// An installed Chrome or Chromium for the tests.
pub fn chromium() -> Result<PathBuf> {
    if let Some(named) = env::var_os("CHROME_PATH") {
        let path = PathBuf::from(named);
        if path.is_file() {
            return Ok(path);
        }
        bail!("CHROME_PATH names {}, which is no file", path.display());
    }
    if let Some(path) = installed() {
        return Ok(path);
    }
    if debian::can_install() {
        debian::install_chromium()?;
        if let Some(path) = installed() {
            return Ok(path);
        }
    }
    bail!("the browser tests need Chrome or Chromium: install one, or set CHROME_PATH to its program")
}

fn installed() -> Option<PathBuf> {
    let search_path = env::var_os("PATH").unwrap_or_default();
    let folders: Vec<_> = env::split_paths(&search_path).collect();
    let on_path = NAMES_ON_PATH.iter().flat_map(|name| folders.iter().map(move |folder| folder.join(name)));
    let under = |variables: &[&str], paths: [&str; 2]| -> Vec<PathBuf> {
        let homes = variables.iter().filter_map(env::var_os);
        homes.flat_map(|home| paths.map(|path| Path::new(&home).join(path))).collect()
    };
    on_path
        .chain(ON_MACOS.map(|path| Path::new("/").join(path)))
        .chain(under(&["HOME"], ON_MACOS))
        .chain(under(&["ProgramFiles", "ProgramFiles(x86)", "LocalAppData"], ON_WINDOWS))
        .find(|path| path.is_file())
}
