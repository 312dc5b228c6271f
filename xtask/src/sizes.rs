//! What a visitor downloads, against the budgets. KB is 1000 bytes.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use serde_json::{Map, Value};

use crate::parts::FIRST_PAGES;
use crate::project::Project;
use crate::site;
use crate::split;

/// What the first screen may weigh: all that is fetched before it can be read and used.
const FIRST_SCREEN: u64 = 270_000;
/// What all of the app may weigh, charts included.
const WHOLE_APP: u64 = 1_000_000;
const CHARTS: u64 = 165_000;
/// From `src/web/echarts-core.js`.
const CHARTS_CHUNK: &str = "assets/echarts-core-";
const FURTHER_CHUNK: u64 = 80_000;

/// Fetched by the browser for the first screen without being in the module graph.
const BESIDE_THE_GRAPH: [&str; 3] = ["index.html", "manifest.webmanifest", "icon.svg"];

/// `cargo xtask build`.
pub fn build_and_measure(project: &Project) -> Result<()> {
    site::build(project)?;
    assert_budgets(project)
}

/// Prints every size and fails if one is over its budget.
pub fn assert_budgets(project: &Project) -> Result<()> {
    let chunks = serde_json::from_str(&read(&site::list_of_chunks(project))?)?;
    let splits = serde_json::from_str(&read(&split::list_of_splits(project))?)?;
    let files = Files::from_chunks(&chunks, &splits);

    println!("\n{:<42}{:>10}{:>10}", "KB", "raw", "brotli");
    let mut over = Vec::new();
    let mut check = |name: &str, brotli: u64, budget: u64| {
        println!("{name:<42}{:>20}   of {}", kb(brotli), kb(budget));
        if brotli > budget {
            over.push(format!("{name}: {} KB of {} KB", kb(brotli), kb(budget)));
        }
    };

    let dist = project.dist();
    let every_page = measure_all(&dist, &files.every_page)?;
    println!("{:<42}{:>20}", "every page", kb(every_page));
    // Two first pages may fetch the same file, which counts once.
    let mut whole_app = every_page;
    let mut counted = BTreeSet::new();
    for (page, further) in &files.first_pages {
        let first_screen = every_page + measure_all(&dist, further)?;
        check(&format!("first screen: {page}"), first_screen, FIRST_SCREEN);
        for file in further {
            if counted.insert(file) {
                whole_app += brotli_size(&dist, file).unwrap_or(0);
            }
        }
    }
    for file in &files.on_demand {
        if let Some(brotli) = measure(&dist, file)? {
            whole_app += brotli;
            let is_charts = file.starts_with(CHARTS_CHUNK);
            let budget = if is_charts { CHARTS } else { FURTHER_CHUNK };
            check("on demand", brotli, budget);
        }
    }
    check("whole app", whole_app, WHOLE_APP);
    if !over.is_empty() {
        bail!("over budget: {}", over.join("; "));
    }
    Ok(())
}

fn read(list: &Path) -> Result<String> {
    fs::read_to_string(list).with_context(|| format!("cannot read {}", list.display()))
}

/// Prints the sizes of all files and returns their sum, compressed.
fn measure_all(dist: &Path, files: &BTreeSet<String>) -> Result<u64> {
    let mut sum = 0;
    for file in files {
        sum += measure(dist, file)?.unwrap_or(0);
    }
    Ok(sum)
}

/// Prints one file's sizes and returns the compressed one; none if it is not there.
fn measure(dist: &Path, file: &str) -> Result<Option<u64>> {
    let Ok(raw) = fs::metadata(dist.join(file)) else {
        return Ok(None);
    };
    let brotli = brotli_size(dist, file).unwrap_or(raw.len());
    println!("  {file:<40}{:>10}{:>10}", kb(raw.len()), kb(brotli));
    Ok(Some(brotli))
}

/// Returns one file's compressed size; none if it is not there.
fn brotli_size(dist: &Path, file: &str) -> Option<u64> {
    // A picture is as small as it gets: it has no compressed twin.
    let twin = fs::metadata(dist.join(format!("{file}.br")));
    twin.or_else(|_| fs::metadata(dist.join(file))).map(|about| about.len()).ok()
}

fn kb(bytes: u64) -> String {
    format!("{}.{}", bytes / 1000, bytes % 1000 / 100)
}

/// The files of the site by when they are fetched.
#[derive(Debug, Default, PartialEq, Eq)]
struct Files {
    every_page: BTreeSet<String>,
    /// What each of the first pages fetches besides.
    first_pages: BTreeMap<String, BTreeSet<String>>,
    on_demand: BTreeSet<String>,
}

impl Files {
    /// From Vite's list and that of the split points: what the entry imports is there on every page, what it only
    /// imports dynamically comes on demand. Vite counts what the entry only names to its assets: chunks of WebAssembly and
    /// style sheets that are asked for by their address. They come on demand too, or with a first page.
    fn from_chunks(chunks: &Map<String, Value>, splits: &Map<String, Value>) -> Self {
        let mut files = Self::default();
        files.every_page.extend(BESIDE_THE_GRAPH.map(String::from));
        let entries = chunks.iter().filter(|(_, chunk)| chunk["isEntry"] == true);
        let mut later = BTreeSet::new();
        for (key, _) in entries {
            collect(chunks, key, &mut files.every_page, &mut later);
        }
        // Grows while it is walked: a chunk on demand may import others on demand.
        let mut seen = BTreeSet::new();
        while let Some(key) = later.pop_first() {
            if seen.insert(key.clone()) {
                collect(chunks, &key, &mut files.on_demand, &mut later);
            }
        }
        let fetched = |split: &Value| -> BTreeSet<String> {
            let sources = strings(split).map(|name| format!("build/pkg/{name}.wasm"));
            sources.filter_map(|source| chunks.get(&source)?["file"].as_str().map(String::from)).collect()
        };
        let styles = chunks.values().flat_map(|chunk| strings(&chunk["assets"])).filter(|file| file.ends_with(".css"));
        let named: BTreeSet<String> = splits.values().flat_map(fetched).chain(styles).collect();
        files.every_page.retain(|file| !named.contains(file));
        files.on_demand.extend(named);
        for page in FIRST_PAGES {
            files.first_pages.insert(page.to_owned(), splits.get(page).map(fetched).unwrap_or_default());
        }
        let first_pages = files.first_pages.values().flatten();
        for file in files.every_page.iter().chain(first_pages) {
            files.on_demand.remove(file);
        }
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
    fn what_comes_on_demand_is_not_the_first_screen() -> serde_json::Result<()> {
        let chunks = serde_json::from_str(
            r#"{
                "index.html": {"isEntry": true, "file": "a/index.js", "imports": ["_shared.js"],
                    "dynamicImports": ["charts.js"], "css": ["a/index.css"],
                    "assets": ["a/app.wasm", "a/split_today.wasm", "a/split_plans.wasm", "a/chunk_9.wasm", "a/later.css"]},
                "build/pkg/split_today.wasm": {"file": "a/split_today.wasm"},
                "build/pkg/split_plans.wasm": {"file": "a/split_plans.wasm"},
                "build/pkg/chunk_9.wasm": {"file": "a/chunk_9.wasm"},
                "_shared.js": {"file": "a/shared.js"},
                "charts.js": {"isDynamicEntry": true, "file": "a/charts.js",
                    "imports": ["_shared.js", "_zrender.js"], "dynamicImports": ["radar.js"]},
                "_zrender.js": {"file": "a/zrender.js"},
                "radar.js": {"file": "a/radar.js", "dynamicImports": ["charts.js"]}
            }"#,
        )?;
        let splits = serde_json::from_str(
            r#"{"today": ["chunk_9", "split_today"], "plans": ["chunk_9", "split_plans"], "start": ["chunk_9"]}"#,
        )?;
        let files = Files::from_chunks(&chunks, &splits);
        let first: Vec<_> = files.every_page.iter().map(String::as_str).collect();
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
        assert_eq!(later, ["a/charts.js", "a/later.css", "a/radar.js", "a/split_plans.wasm", "a/zrender.js"]);
        let today: Vec<_> = files.first_pages["today"].iter().map(String::as_str).collect();
        assert_eq!(today, ["a/chunk_9.wasm", "a/split_today.wasm"]);
        let start: Vec<_> = files.first_pages["start"].iter().map(String::as_str).collect();
        assert_eq!(start, ["a/chunk_9.wasm"]);
        Ok(())
    }

    #[test]
    fn a_kb_is_a_thousand_bytes() {
        assert_eq!(kb(140_000), "140.0");
        assert_eq!(kb(999), "0.9");
    }
}
