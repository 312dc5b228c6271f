//! Which chunks come together. The splitter makes one for each set of split points that share something; most of them
//! are too small for a request of their own.

use std::collections::{BTreeMap, BTreeSet};

/// The pages that may be the first screen, by the names of their split points: the one before there is a goal, and the
/// one after.
pub const FIRST_PAGES: [&str; 2] = ["start", "today"];
/// A chunk that no first page needs stays by itself from this many bytes on, as the splitter writes it, with names.
const LARGE: u64 = 8_000;

/// Where a chunk goes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// Every first page needs it: it is always there.
    App,
    /// With all others that the same first pages need (its own one too), or that none of them needs.
    Together(String),
    /// It stays by itself.
    Alone,
}

/// Where a chunk goes that some split points need.
pub fn part_of(needed_by: &BTreeSet<&str>, bytes: u64) -> Part {
    let first: Vec<_> = FIRST_PAGES.into_iter().filter(|page| needed_by.contains(page)).collect();
    if first.len() == FIRST_PAGES.len() {
        Part::App
    } else if !first.is_empty() {
        Part::Together(format!("shared_{}", first.join("_")))
    } else if needed_by.len() > 1 && bytes < LARGE {
        Part::Together("shared_later".to_owned())
    } else {
        Part::Alone
    }
}

/// Which chunks each split point needs, by name.
pub type Splits = BTreeMap<String, Vec<String>>;

/// Which split points need each chunk.
pub fn needed_by(splits: &Splits) -> BTreeMap<&str, BTreeSet<&str>> {
    let mut needed = BTreeMap::<&str, BTreeSet<&str>>::new();
    for (split, chunks) in splits {
        for chunk in chunks {
            needed.entry(chunk).or_default().insert(split);
        }
    }
    needed
}

/// Which chunks each split point needs once they have come together.
pub fn regrouped(splits: &Splits, parts: &BTreeMap<String, Part>) -> Splits {
    let file_of = |chunk: &String| match parts.get(chunk) {
        Some(Part::App) => None,
        Some(Part::Together(name)) => Some(name.clone()),
        Some(Part::Alone) | None => Some(chunk.clone()),
    };
    let files = |chunks: &Vec<String>| chunks.iter().filter_map(file_of).collect::<BTreeSet<_>>().into_iter().collect();
    splits.iter().map(|(split, chunks)| (split.clone(), files(chunks))).collect()
}

/// The loader for these split points: what the splitter wrote before it names the first chunk, and a list that repeats
/// nothing. `None` if the splitter writes it in another way.
pub fn loader(script: &str, splits: &Splits) -> Option<String> {
    const FETCHED: &str = "\
const fetched = (url) => () => {
    const src = fetch(url);
    // Whoever waits for it hears of it.
    src.catch(() => {});
    return (imports) => WebAssembly.instantiateStreaming(src, imports);
};
";
    let (runtime, list) = script.split_once("/* ")?;
    let mut text = format!("{runtime}{FETCHED}");
    let own = |split: &str| format!("split_{split}");
    let fetch = |file: &str| format!("fetched(new URL(\"./{file}.wasm\", import.meta.url))");
    for (file, needing) in needed_by(splits) {
        if !needing.iter().any(|split| own(split) == file) {
            text += &format!("const __{file} = makeLoad({}, []);\n", fetch(file));
        }
    }
    for (split, files) in splits {
        if !list.contains(&format!("export const __wasm_split_load_{split} = wrapAsyncCb(makeLoad(")) {
            return None;
        }
        let own = own(split);
        // A split point may have nothing of its own.
        let fetch = if files.contains(&own) { fetch(&own) } else { "() => () => ({})".to_owned() };
        let others: Vec<_> = files.iter().filter(|file| **file != own).map(|file| format!("__{file}")).collect();
        let others = others.join(", ");
        text += &format!("export const __wasm_split_load_{split} = wrapAsyncCb(makeLoad({fetch}, [{others}]));\n");
    }
    Some(text)
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::{LARGE, Part, Splits, loader, part_of, regrouped};

    fn splits(list: &[(&str, &[&str])]) -> Splits {
        let owned = |chunks: &[&str]| chunks.iter().map(|&chunk| chunk.to_owned()).collect();
        list.iter().map(|&(split, chunks)| (split.to_owned(), owned(chunks))).collect()
    }

    #[test]
    fn a_chunk_goes_by_the_first_pages_that_need_it() {
        let part = |pages: &[&str], bytes| part_of(&pages.iter().copied().collect::<BTreeSet<_>>(), bytes);
        let together = |name: &str| Part::Together(name.to_owned());
        assert_eq!(part(&["start", "today", "plans"], LARGE), Part::App);
        assert_eq!(part(&["start", "plans"], LARGE), together("shared_start"));
        assert_eq!(part(&["today", "plans"], 1), together("shared_today"));
        assert_eq!(part(&["kpis", "plans"], LARGE - 1), together("shared_later"));
        assert_eq!(part(&["kpis", "plans"], LARGE), Part::Alone);
        assert_eq!(part(&["today"], LARGE), together("shared_today"));
        assert_eq!(part(&["kpis"], 1), Part::Alone);
    }

    #[test]
    fn a_split_point_needs_each_file_once_and_none_that_is_always_there() {
        let before = splits(&[("a", &["chunk_1", "chunk_2", "chunk_3", "chunk_4", "split_a"])]);
        let later = Part::Together("shared_later".to_owned());
        let parts = [("chunk_1", later.clone()), ("chunk_2", Part::App), ("chunk_3", later), ("chunk_4", Part::Alone)];
        let parts: BTreeMap<_, _> = parts.into_iter().map(|(chunk, part)| (chunk.to_owned(), part)).collect();
        assert_eq!(regrouped(&before, &parts), splits(&[("a", &["chunk_4", "shared_later", "split_a"])]));
    }

    #[test]
    fn the_loader_fetches_what_is_needed() {
        let script = "runtime();\n/* a, b */\nconst __chunk_1 = …;\n\
                      export const __wasm_split_load_a = wrapAsyncCb(makeLoad(…, [__chunk_1]));\n\
                      export const __wasm_split_load_b = wrapAsyncCb(makeLoad(…, [__chunk_1]));\n";
        let text = loader(script, &splits(&[("a", &["shared", "split_a"]), ("b", &["shared"])])).unwrap_or_default();
        let (begin, list) = text.split_at("runtime();\n".len());
        assert_eq!(begin, "runtime();\n");
        let list: Vec<_> = list.lines().filter(|line| line.contains("makeLoad")).collect();
        assert_eq!(
            list,
            [
                "const __shared = makeLoad(fetched(new URL(\"./shared.wasm\", import.meta.url)), []);",
                "export const __wasm_split_load_a = \
                 wrapAsyncCb(makeLoad(fetched(new URL(\"./split_a.wasm\", import.meta.url)), [__shared]));",
                "export const __wasm_split_load_b = wrapAsyncCb(makeLoad(() => () => ({}), [__shared]));",
            ]
        );
        assert_eq!(loader(script, &splits(&[("c", &["split_c"])])), None);
    }
}
