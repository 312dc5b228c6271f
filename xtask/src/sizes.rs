//! What a visitor downloads, against the budgets. KB is 1000 bytes.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use serde_json::{Map, Value};

use crate::project::Project;
use crate::site;

/// What the first screen is to weigh in the end.
const FIRST_SCREEN: u64 = 140_000;
/// What it may weigh until then. It is far over its budget, and this number only ever goes down: lower it with each
/// gain, and take it out once the budget holds.
const FIRST_SCREEN_FOR_NOW: u64 = 323_000;
const CHARTS: u64 = 165_000;
/// From `src/web/echarts-core.js`.
const CHARTS_CHUNK: &str = "assets/echarts-core-";
const FURTHER_CHUNK: u64 = 60_000;

/// Fetched by the browser for the first screen without being in the module graph.
const BESIDE_THE_GRAPH: [&str; 3] = ["index.html", "manifest.webmanifest", "icon.svg"];

/// `cargo xtask build`.
pub fn build_and_measure(project: &Project) -> Result<()> {
    site::build(project)?;
    assert_budgets(project)
}

/// Prints every size and fails if one is over its budget.
pub fn assert_budgets(project: &Project) -> Result<()> {
    let list = site::list_of_chunks(project);
    let text = fs::read_to_string(&list).with_context(|| format!("cannot read {}", list.display()))?;
    let files = Files::from_chunks(&serde_json::from_str(&text)?);

    println!("\n{:<42}{:>10}{:>10}", "KB", "raw", "brotli");
    let mut over = Vec::new();
    let mut check = |name: &str, brotli: u64, budget: u64, limit: u64| {
        println!("{name:<42}{:>20}   of {}", kb(brotli), kb(budget));
        if brotli > limit {
            over.push(format!("{name}: {} KB of {} KB", kb(brotli), kb(limit)));
        } else if brotli > budget {
            println!("  OVER BUDGET by {} KB; it may not grow beyond {} KB", kb(brotli - budget), kb(limit));
        }
    };

    let mut first_screen = 0;
    for file in &files.first_screen {
        first_screen += measure(&project.dist(), file)?.unwrap_or(0);
    }
    check("first screen", first_screen, FIRST_SCREEN, FIRST_SCREEN_FOR_NOW);
    for file in &files.on_demand {
        if let Some(brotli) = measure(&project.dist(), file)? {
            let is_charts = file.starts_with(CHARTS_CHUNK);
            let budget = if is_charts { CHARTS } else { FURTHER_CHUNK };
            check("on demand", brotli, budget, budget);
        }
    }
    if !over.is_empty() {
        bail!("over budget: {}", over.join("; "));
    }
    Ok(())
}

/// Prints one file's sizes and returns the compressed one; none if it is not there.
fn measure(dist: &Path, file: &str) -> Result<Option<u64>> {
    let Ok(raw) = fs::metadata(dist.join(file)) else {
        return Ok(None);
    };
    // A picture is as small as it gets: it has no compressed twin.
    let brotli = fs::metadata(dist.join(format!("{file}.br"))).map_or(raw.len(), |twin| twin.len());
    println!("  {file:<40}{:>10}{:>10}", kb(raw.len()), kb(brotli));
    Ok(Some(brotli))
}

fn kb(bytes: u64) -> String {
    format!("{}.{}", bytes / 1000, bytes % 1000 / 100)
}

/// The files of the site by when they are fetched.
#[derive(Debug, Default, PartialEq, Eq)]
struct Files {
    first_screen: BTreeSet<String>,
    on_demand: BTreeSet<String>,
}

impl Files {
    /// From Vite's list: what the entry imports is the first screen, what it only
    /// imports dynamically comes on demand.
    fn from_chunks(chunks: &Map<String, Value>) -> Self {
        let mut files = Self::default();
        files.first_screen.extend(BESIDE_THE_GRAPH.map(String::from));
        let entries = chunks.iter().filter(|(_, chunk)| chunk["isEntry"] == true);
        let mut later = BTreeSet::new();
        for (key, _) in entries {
            collect(chunks, key, &mut files.first_screen, &mut later);
        }
        // Grows while it is walked: a chunk on demand may import others on demand.
        let mut seen = BTreeSet::new();
        while let Some(key) = later.pop_first() {
            if seen.insert(key.clone()) {
                collect(chunks, &key, &mut files.on_demand, &mut later);
            }
        }
        let first_screen = &files.first_screen;
        files.on_demand.retain(|file| !first_screen.contains(file));
        files
    }
}

/// The files of a chunk and of all that it imports; what they import dynamically is
/// for later.
fn collect(chunks: &Map<String, Value>, key: &str, files: &mut BTreeSet<String>, later: &mut BTreeSet<String>) {
    let Some(chunk) = chunks.get(key) else { return };
    let Some(file) = chunk["file"].as_str() else {
        return;
    };
    if !files.insert(file.to_owned()) {
        return;
    }
    files.extend(strings(&chunk["css"]).chain(strings(&chunk["assets"])));
    later.extend(strings(&chunk["dynamicImports"]));
    for import in strings(&chunk["imports"]) {
        collect(chunks, &import, files, later);
    }
}

fn strings(list: &Value) -> impl Iterator<Item = String> {
    let items = list.as_array().into_iter().flatten();
    items.filter_map(Value::as_str).map(String::from)
}

#[cfg(test)]
mod tests {
    use super::{Files, kb};

    #[test]
    fn what_is_imported_dynamically_is_not_the_first_screen() -> serde_json::Result<()> {
        let chunks = serde_json::from_str(
            r#"{
                "index.html": {"isEntry": true, "file": "a/index.js", "imports": ["_shared.js"],
                    "dynamicImports": ["charts.js"], "css": ["a/index.css"], "assets": ["a/app.wasm"]},
                "_shared.js": {"file": "a/shared.js"},
                "charts.js": {"isDynamicEntry": true, "file": "a/charts.js",
                    "imports": ["_shared.js", "_zrender.js"], "dynamicImports": ["radar.js"]},
                "_zrender.js": {"file": "a/zrender.js"},
                "radar.js": {"file": "a/radar.js", "dynamicImports": ["charts.js"]}
            }"#,
        )?;
        let files = Files::from_chunks(&chunks);
        let first: Vec<_> = files.first_screen.iter().map(String::as_str).collect();
        assert_eq!(
            first,
            [
                "a/app.wasm",
                "a/index.css",
                "a/index.js",
                "a/shared.js",
                "icon.svg",
                "index.html",
                "manifest.webmanifest"
            ]
        );
        let later: Vec<_> = files.on_demand.iter().map(String::as_str).collect();
        assert_eq!(later, ["a/charts.js", "a/radar.js", "a/zrender.js"]);
        Ok(())
    }

    #[test]
    fn a_kb_is_a_thousand_bytes() {
        assert_eq!(kb(140_000), "140.0");
        assert_eq!(kb(999), "0.9");
    }
}
