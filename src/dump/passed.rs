//! Counts the files of a folder that nobody reads, by the endings of their names.

use std::collections::BTreeMap;
use std::path::Path;

/// Endings that are counted by themselves, the most frequent first. A folder may hold any number of them, and a summary
/// stays small.
const TOLD: usize = 8;

/// Characters of an ending; what is longer is the rest of a name with a dot in it.
const LONGEST: usize = 10;

/// Counts files by ending, `.png`, or `.tar.gz` of what is packed.
pub(super) fn count(files: &[impl AsRef<Path>]) -> BTreeMap<String, u64> {
    let mut counts: BTreeMap<String, u64> = BTreeMap::new();
    for file in files {
        *counts.entry(ending(file.as_ref())).or_default() += 1;
    }
    let mut endings: Vec<(String, u64)> = counts.into_iter().collect();
    endings.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
    let rest = endings.split_off(endings.len().min(TOLD)).iter().map(|(_, n)| n).sum::<u64>();
    let mut counts: BTreeMap<String, u64> = endings.into_iter().collect();
    if rest > 0 {
        *counts.entry("other endings".into()).or_default() += rest;
    }
    counts
}

fn ending(file: &Path) -> String {
    let last = |path: &Path| match path.extension() {
        None => Ok(String::new()),
        Some(ending) => {
            let ending = ending.to_string_lossy().to_ascii_lowercase();
            let is_one = ending.len() <= LONGEST && ending.bytes().all(|b| b.is_ascii_alphanumeric());
            if is_one && !ending.is_empty() { Ok(format!(".{ending}")) } else { Err(()) }
        }
    };
    match last(file) {
        Err(()) => "other endings".into(),
        Ok(none) if none.is_empty() => "no ending".into(),
        Ok(packed) if packed == ".gz" || packed == ".zst" => {
            last(&file.with_extension("")).unwrap_or_default() + &packed
        }
        Ok(ending) => ending,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endings_are_counted_and_never_many() {
        let files = ["a.PNG", "b.png", "c.tar.gz", "d.gz", ".hidden", "name", "e.what a name", "f."];
        let counts = count(&files);
        let expected = [("no ending", 2), (".gz", 1), (".png", 2), (".tar.gz", 1), ("other endings", 2)];
        assert_eq!(counts, expected.map(|(name, n)| (name.to_owned(), n)).into());

        let files: Vec<String> = (0..1000).map(|n| format!("a.{n}")).chain(["a.1".into()]).collect();
        let counts = count(&files);
        assert_eq!((counts.len(), counts[".1"], counts.values().sum::<u64>()), (TOLD + 1, 2, 1001));
    }
}
