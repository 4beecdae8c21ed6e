//! Which input goes to which output.

use super::manifest::PassedOver;
use super::output::To;
use super::pages;
use super::passed;
use super::reader::Reader;
use crate::letters;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

/// An input and its output.
#[derive(Clone, Debug)]
pub(super) struct Unit {
    pub(super) from: From,
    /// The input's name in the manifest.
    pub(super) input: String,
    /// The output's path below the folder, with `/`, without its ending.
    pub(super) output: String,
    /// The same with the endings of the input, if that is a file.
    name: String,
    /// Bytes of the input, as stored.
    pub(super) bytes: u64,
    /// What else tells whether the input is still the same.
    pub(super) state: String,
}

#[derive(Clone, Debug)]
pub(super) enum From {
    File(PathBuf),
    /// Some pages of a folder.
    Pages(PathBuf, Vec<PathBuf>),
    Stdin,
}

/// Endings that say what kind of dump a file is, and those of packings; the output's ending takes their place.
const ENDINGS: [&str; 10] = [".gz", ".zst", ".jsonl", ".ndjson", ".json", ".parquet", ".html", ".htm", ".txt", ".md"];

/// Endings of dumps that are looked for in folders.
const DUMPS: [&str; 8] = [".warc", ".wet", ".wat", ".arc", ".jsonl", ".ndjson", ".parquet", ".warc.open"];

/// What a run is to do.
#[derive(Debug, Default)]
pub(super) struct Plan {
    pub(super) units: Vec<Unit>,
    /// Files of the folders that are neither pages nor dumps.
    pub(super) passed_over: PassedOver,
}

/// Plans a run: a unit for each file, and for each `shard` bytes of pages in a folder.
///
/// # Errors
///
/// Two inputs have one name, or a folder cannot be read. An input that is not there is found out when its turn comes.
pub(super) fn plan(inputs: &[PathBuf], shard: u64) -> io::Result<Plan> {
    let Plan { mut units, mut passed_over } = Plan::default();
    for input in inputs {
        if input.as_os_str() == "-" {
            units.push(Unit {
                from: From::Stdin,
                input: "-".into(),
                output: "stdin".into(),
                name: String::new(),
                bytes: 0,
                state: String::new(),
            });
        } else if input.is_dir() {
            let others = folder(input, shard, &mut units)?;
            if !others.is_empty() {
                passed_over.insert(input.to_string_lossy().into_owned(), others);
            }
        } else {
            let name = input.file_name().unwrap_or_default().to_string_lossy().into_owned();
            units.push(file(input, &name));
        }
    }
    // `a.warc` and `a.warc.gz` keep their endings, so that each has an output of its own.
    let mut stems: HashMap<String, usize> = HashMap::new();
    units.iter().for_each(|unit| *stems.entry(unit.output.clone()).or_default() += 1);
    for unit in units.iter_mut().filter(|unit| stems[&unit.output] > 1 && !unit.name.is_empty()) {
        unit.output.clone_from(&unit.name);
    }
    let mut outputs: HashMap<&str, &str> = HashMap::new();
    for unit in &units {
        if let Some(other) = outputs.insert(&unit.output, &unit.input) {
            let (a, b) = (other, &unit.input);
            let why = match a == b {
                true => format!("{a} is named twice"),
                false => format!("{a} and {b} would go to one output, {}; clean them in two runs", unit.output),
            };
            return Err(io::Error::new(io::ErrorKind::InvalidInput, why));
        }
    }
    Ok(Plan { units, passed_over })
}

fn file(path: &Path, name: &str) -> Unit {
    let mut stem = name;
    while let Some(rest) =
        ENDINGS.iter().find_map(|ending| letters::strip_ending(stem, ending)).filter(|rest| !rest.is_empty())
    {
        stem = rest;
    }
    let (bytes, state) = identity(path).unwrap_or_default();
    let (input, output) = (path.to_string_lossy().into_owned(), stem.to_owned());
    Unit { from: From::File(path.to_owned()), input, output, name: name.to_owned(), bytes, state }
}

/// Returns the size of a file and its time of change.
pub(super) fn identity(path: &Path) -> io::Result<(u64, String)> {
    let there = fs::metadata(path)?;
    let changed = there.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
    Ok((there.len(), changed.map(|time| time.as_nanos().to_string()).unwrap_or_default()))
}

/// Plans the pages and dumps of a folder, and counts its other files.
fn folder(path: &Path, shard: u64, units: &mut Vec<Unit>) -> io::Result<BTreeMap<String, u64>> {
    // The name of `.` or `..` is that of the folder it leads to.
    let real = fs::canonicalize(path)?;
    let name = real.file_name().map_or_else(|| "pages".into(), |name| name.to_string_lossy().into_owned());
    let mut files = Vec::new();
    let (mut bytes, mut hash, mut number) = (0, Sha256::new(), 0);
    let mut close = |files: &mut Vec<PathBuf>, bytes: &mut u64, hash: &mut Sha256, units: &mut Vec<Unit>| {
        let state = std::mem::take(hash).finalize().iter().take(16).map(|byte| format!("{byte:02x}")).collect();
        units.push(Unit {
            input: format!("{}#{number}", path.display()),
            output: format!("{name}-{number:05}"),
            name: String::new(),
            from: From::Pages(path.to_owned(), std::mem::take(files)),
            bytes: std::mem::take(bytes),
            state,
        });
        number += 1;
    };
    let (mut dumps, mut others) = (Vec::new(), Vec::new());
    for inner in pages::all_files(path)? {
        let lower = inner.to_string_lossy().to_ascii_lowercase();
        let stem = [".gz", ".zst"].iter().find_map(|end| lower.strip_suffix(end)).unwrap_or(&lower);
        if pages::format(&inner).is_some() && !stem.ends_with(".wet.txt") {
            let (size, state) = identity(&path.join(&inner)).unwrap_or_default();
            hash.update(format!("{}\0{size}\0{state}\n", pages::name(&inner)));
            bytes += size;
            files.push(inner);
            if bytes >= shard {
                close(&mut files, &mut bytes, &mut hash, units);
            }
        } else if DUMPS.iter().any(|ending| stem.ends_with(ending)) || stem.ends_with(".wet.txt") {
            dumps.push(file(&path.join(&inner), &format!("{name}/{}", pages::name(&inner))));
        } else {
            others.push(inner);
        }
    }
    if !files.is_empty() {
        close(&mut files, &mut bytes, &mut hash, units);
    }
    units.append(&mut dumps);
    Ok(passed::count(&others))
}

impl Unit {
    /// Returns the output's path below the folder.
    pub(super) fn path(&self, to: To) -> String {
        format!("{}.{}", self.output, to.ending())
    }

    /// Returns whether the input is still there.
    pub(super) fn is_there(&self) -> bool {
        match &self.from {
            From::File(path) => path.exists(),
            From::Pages(folder, _) => folder.exists(),
            // Nobody can tell whether it is the same again.
            From::Stdin => true,
        }
    }

    pub(super) fn open(&self) -> io::Result<Reader> {
        match &self.from {
            From::File(path) => Reader::open(path),
            From::Pages(folder, files) => Ok(Reader::pages(folder, files.clone()).named(&self.input)),
            From::Stdin => Reader::new(io::stdin(), "standard input"),
        }
    }
}
