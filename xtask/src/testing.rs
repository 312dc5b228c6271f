//! `cargo xtask check`, `cargo xtask bench` and `cargo xtask test`.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::browser;
use crate::cargo::AppCargo;
use crate::node;
use crate::project::Project;
use crate::serve::Site;
use crate::site;
use crate::sizes;
use crate::stage::{output_of, run, stage, talking_stage};

/// A page on a static host rarely lives at the root: most tests run under this path.
const SUB_PATH: &str = "/some/where/";

/// Format, lints and native tests.
pub fn check(project: &Project) -> Result<()> {
    report(&[native_checks(project)?])
}

/// What a large plan costs beside a small one, and what is lost where the browser is killed. The first only measures: a
/// busy machine proves nothing.
pub fn bench(project: &Project) -> Result<()> {
    run(cargo(project).args(["bench", "--quiet", "--package", "bearings-plan", "--bench", "cost"]))?;
    site::build(project)?;
    let at_root = Site::at_free_port(project.dist(), "/")?;
    let mut kills = node::script(project, "tests/bench/killed-browser.js", [at_root.address()?]);
    kills.arg(browser::chromium()?);
    at_root.serve_in_background();
    run(&mut kills)
}

/// Everything. Format and lints end it at once; failing tests only once all have run.
pub fn test(project: &Project) -> Result<()> {
    let native = native_checks(project)?;
    site::build(project)?;
    sizes::assert_budgets(project)?;
    let browser = browser_tests(project)?;
    report(&[native, browser])
}

/// What one runner says of its own tests.
#[derive(Debug, Default, PartialEq, Eq)]
struct Counts {
    runner: &'static str,
    passed: u64,
    failed: u64,
}

/// One line for each runner, and an error if anything failed.
fn report(all: &[Counts]) -> Result<()> {
    println!();
    for Counts { runner, passed, failed } in all {
        println!("{runner}: {passed} passed, {failed} failed");
    }
    if all.iter().any(|counts| counts.failed > 0) {
        bail!("some tests failed");
    }
    Ok(())
}

fn native_checks(project: &Project) -> Result<Counts> {
    let app = AppCargo::ready()?;
    stage("check the format", || output_of(cargo(project).args(["fmt", "--all", "--check"])))?;
    let strict = ["--", "--deny", "warnings"];
    talking_stage("lint the native crates", || {
        let mut clippy = cargo(project);
        clippy.args(["clippy", "--workspace", "--exclude", "bearings", "--all-targets"]);
        run(clippy.args(strict))
    })?;
    talking_stage("lint the app", || run(app.for_app(project, "clippy").args(strict)))?;
    talking_stage("run the native tests", || native_tests(project))
}

fn cargo(project: &Project) -> Command {
    let mut cargo = Command::new("cargo");
    cargo.current_dir(&project.root);
    cargo
}

fn native_tests(project: &Project) -> Result<Counts> {
    let mut tests = cargo(project)
        .args(["test", "--workspace", "--no-fail-fast"])
        .stdout(Stdio::piped())
        .spawn()
        .context("cannot run `cargo test`")?;
    let printed = tests.stdout.take().context("`cargo test` has no output")?;
    let mut counts = Counts { runner: "cargo", ..Counts::default() };
    for line in BufReader::new(printed).lines() {
        let line = line?;
        println!("{line}");
        if let Some((passed, failed)) = parse_test_result(&line) {
            counts.passed += passed;
            counts.failed += failed;
        }
    }
    let status = tests.wait()?;
    if !status.success() && counts.failed == 0 {
        bail!("`cargo test` ended with {status} before its tests did");
    }
    Ok(counts)
}

/// `test result: ok. 3 passed; 0 failed; …`
fn parse_test_result(line: &str) -> Option<(u64, u64)> {
    let (_, counts) = line.strip_prefix("test result: ")?.split_once(". ")?;
    let count = |label: &str| {
        let mut parts = counts.split("; ");
        let number = parts.find_map(|part| part.strip_suffix(label))?;
        number.trim().parse().ok()
    };
    Some((count("passed")?, count("failed")?))
}

fn browser_tests(project: &Project) -> Result<Counts> {
    let chromium = browser::chromium()?;
    let at_root = Site::at_free_port(project.dist(), "/")?;
    let under_path = Site::at_free_port(project.dist(), SUB_PATH)?;
    let summary = project.notes().join("playwright.json");
    // What an earlier run said must not be taken for this one's.
    if summary.exists() {
        fs::remove_file(&summary)?;
    }
    let mut playwright = node::script(project, "node_modules/@playwright/test/cli.js", ["test"]);
    playwright
        .env("CHROME_PATH", chromium)
        .env("BEARINGS_URL", under_path.address()?)
        .env("BEARINGS_ROOT_URL", at_root.address()?)
        .env("BEARINGS_SUMMARY", &summary);
    at_root.serve_in_background();
    under_path.serve_in_background();
    talking_stage("run the browser tests", || {
        let status = playwright.status().context("cannot run Playwright")?;
        let counts =
            read_summary(&summary).with_context(|| format!("Playwright ended with {status}, without a summary"))?;
        if !status.success() && counts.failed == 0 {
            bail!("Playwright ended with {status}, though no test failed");
        }
        Ok(counts)
    })
}

fn read_summary(file: &Path) -> Result<Counts> {
    let summary: Value = serde_json::from_str(&fs::read_to_string(file)?)?;
    let count = |label: &str| {
        let number = summary["stats"][label].as_u64();
        number.with_context(|| format!("the summary has no number '{label}'"))
    };
    Ok(Counts {
        runner: "playwright",
        passed: count("expected")?,
        // A test that only passes at the second try is not a passing test.
        failed: count("unexpected")? + count("flaky")?,
    })
}

#[cfg(test)]
mod tests {
    use super::parse_test_result;

    #[test]
    fn the_result_line_of_cargo_is_understood() {
        let line = "test result: FAILED. 12 passed; 3 failed; 1 ignored; 0 measured; 0 filtered out";
        assert_eq!(parse_test_result(line), Some((12, 3)));
        assert_eq!(parse_test_result("test a::b ... ok"), None);
    }
}
