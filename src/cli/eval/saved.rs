//! Runs that are saved, and compared with.

use super::gold::at;
use super::{Loss, records};
use crate::cli::{Stop, flags, tell};
use bodycopy::eval::{self, Set, report};
use std::collections::HashSet;
use std::fs;
use std::path::Path;

/// Reads a run that [`write`] saved, to compare these pages with.
///
/// # Errors
///
/// It cannot be read, or holds none of the pages.
pub(super) fn read(path: &Path, sets: &[Set], loss: &mut Loss) -> Result<Vec<report::Saved>, Stop> {
    let (mut saved, mut foreign) = (Vec::new(), Vec::new());
    for (line, record) in records(path)? {
        match (record["set"].as_str(), record["hash"].as_str()) {
            (Some(set), Some(hash)) => saved.push(report::Saved {
                key: (set.to_owned(), eval::id(&record)),
                f1: record["f1"].as_f64(),
                hash: hash.to_owned(),
            }),
            _ => foreign.push(line),
        }
    }
    let name = flags::name(path);
    let all = saved.len() + foreign.len();
    let here: HashSet<(&str, &str)> =
        sets.iter().flat_map(|set| set.pages.iter().map(|page| (set.name.as_str(), page.id.as_str()))).collect();
    if !saved.iter().any(|page| here.contains(&(page.key.0.as_str(), page.key.1.as_str()))) {
        let names: Vec<_> = sets.iter().map(|set| format!("`{}`", set.name)).collect();
        return Err(Stop::error(format!(
            "{name} has none of the pages of {}, in {all} records; --against needs what --save wrote of files of the same \
             names",
            names.join(", ")
        )));
    }
    if !foreign.is_empty() {
        let (n, at) = (foreign.len(), at(&foreign));
        tell(format!("{name}: {n} of {all} records are not from --save and are left out: {at}"));
        *loss = Loss::Some;
    }
    Ok(saved)
}

/// Saves what each page comes to.
///
/// # Errors
///
/// The file cannot be written.
pub(super) fn write(path: &Path, sets: &[Set]) -> Result<(), Stop> {
    let lines = sets.iter().flat_map(|set| set.pages.iter().map(|page| format!("{}\n", page.json(&set.name))));
    fs::write(path, lines.collect::<String>())
        .map_err(|error| Stop::error(format!("{} cannot be written: {error}", path.display())))
}
