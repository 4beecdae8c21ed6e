//! What a run has done, line by line, so that another can go on.

use super::failure::Failure;
use super::place::{Unfinished, Written, measure, sync_folder};
use super::summary::{Summary, add_counts};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fs::{self, File, OpenOptions};
use std::io::{self, BufRead, BufReader, Write};
use std::path::{Component, Path, PathBuf};

/// A finished output, as the manifest has it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Entry {
    pub(super) input: String,
    pub(super) bytes: u64,
    pub(super) state: String,
    /// Its path below the folder.
    pub(super) output: String,
    pub(super) written: Written,
    pub(super) sidecar: Option<(String, Written)>,
    pub(super) rules: String,
    /// Lines that it has in the list of failures.
    pub(super) failures: u64,
    pub(super) summary: Summary,
}

impl Entry {
    fn json(&self) -> Value {
        let sidecar = self.sidecar.as_ref();
        let sidecar = sidecar.map(|(path, w)| json!({ "output": path, "bytes": w.bytes, "sha256": w.sha256 }));
        json!({
            "input": self.input,
            "bytes": self.bytes,
            "state": self.state,
            "output": self.output,
            "output_bytes": self.written.bytes,
            "sha256": self.written.sha256,
            "sidecar": sidecar,
            "rules": self.rules,
            "records": self.summary.records,
            "failures": self.failures,
            "summary": self.summary.json(),
        })
    }

    fn from_json(value: &Value) -> Option<Self> {
        let text = |value: &Value, name: &str| value[name].as_str().map(ToOwned::to_owned);
        let written = |value: &Value, bytes: &str| {
            Some(Written { bytes: value[bytes].as_u64()?, sha256: text(value, "sha256")? })
        };
        // Whoever wrote the line, nothing outside the folder is looked at.
        let inside = |value: &Value| text(value, "output").filter(|path| is_inside(Path::new(path)));
        let sidecar = &value["sidecar"];
        Some(Self {
            input: text(value, "input")?,
            bytes: value["bytes"].as_u64()?,
            state: text(value, "state")?,
            output: inside(value)?,
            written: written(value, "output_bytes")?,
            sidecar: inside(sidecar).zip(written(sidecar, "bytes")),
            rules: text(value, "rules")?,
            failures: value["failures"].as_u64()?,
            summary: Summary::from_json(&value["summary"]),
        })
    }

    /// Returns whether the outputs are there as they were written.
    pub(super) fn is_there(&self, folder: &Path) -> bool {
        let is_same = |path: &str, written: &Written| {
            let path = folder.join(path);
            // The length is asked first: it costs nothing.
            fs::metadata(&path).is_ok_and(|there| there.len() == written.bytes)
                && measure(&path).is_ok_and(|found| found == *written)
        };
        is_same(&self.output, &self.written)
            && self.sidecar.as_ref().is_none_or(|(path, written)| is_same(path, written))
    }
}

/// Returns whether a path leads to below the folder that it starts from.
fn is_inside(path: &Path) -> bool {
    path.components().all(|part| matches!(part, Component::Normal(_))) && path.file_name().is_some()
}

/// The first line: by what the outputs were made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Header {
    pub(super) rules: String,
    pub(super) settings: String,
    /// Files that are not read, by folder and ending.
    pub(super) passed_over: PassedOver,
}

/// Files of folders that are not read, by folder and ending.
pub(super) type PassedOver = BTreeMap<String, BTreeMap<String, u64>>;

impl Header {
    fn json(&self) -> Value {
        let mut line = json!({ "bodycopy": env!("CARGO_PKG_VERSION"), "rules": self.rules, "settings": self.settings });
        if !self.passed_over.is_empty() {
            line["passed_over"] = json!(self.passed_over);
        }
        line
    }

    fn from_json(value: &Value) -> Option<Self> {
        let text = |name: &str| Some(value[name].as_str()?.to_owned());
        let counts = |counts: &Value| {
            let counts = counts.as_object().into_iter().flatten();
            counts.filter_map(|(name, n)| Some((name.clone(), n.as_u64()?))).collect()
        };
        let folders = value["passed_over"].as_object().into_iter().flatten();
        let passed_over = folders.map(|(folder, found)| (folder.clone(), counts(found))).collect();
        Some(Self { rules: text("rules")?, settings: text("settings")?, passed_over })
    }
}

/// The manifest of a folder, open to be added to.
pub(super) struct Manifest {
    folder: PathBuf,
    /// What parts the files of shards of one run.
    suffix: String,
    file: File,
    pub(super) header: Header,
    /// By output.
    pub(super) entries: BTreeMap<String, Entry>,
}

/// Returns the path of a manifest.
pub(super) fn path(folder: &Path, suffix: &str) -> PathBuf {
    folder.join(format!("manifest{suffix}.jsonl"))
}

/// Reads a manifest. Of several lines about one output the last counts; a line that a run did not finish counts nothing.
///
/// # Errors
///
/// It cannot be read, or is no manifest.
pub(super) fn read(path: &Path) -> io::Result<(Header, BTreeMap<String, Entry>)> {
    let mut lines = BufReader::new(File::open(path)?).split(b'\n');
    let first = lines.next().transpose()?.unwrap_or_default();
    let first: Value = serde_json::from_slice(&first).unwrap_or_default();
    let Some(header) = Header::from_json(&first) else {
        let why = format!("{} is no manifest of this program", path.display());
        return Err(io::Error::new(io::ErrorKind::InvalidData, why));
    };
    let mut entries = BTreeMap::new();
    for line in lines {
        let value: Value = serde_json::from_slice(&line?).unwrap_or_default();
        if let Some(entry) = Entry::from_json(&value) {
            entries.insert(entry.output.clone(), entry);
        }
    }
    Ok((header, entries))
}

impl Manifest {
    /// Begins a manifest, or opens the one that is there to go on.
    pub(super) fn open(folder: &Path, suffix: &str, header: Header) -> io::Result<Self> {
        let path = path(folder, suffix);
        let (header, entries) = match path.exists() {
            true => read(&path)?,
            false => (header, BTreeMap::new()),
        };
        // Written anew, so that no unfinished line stands in the way of the next.
        write_all(folder, &path, &header, entries.values())?;
        let file = OpenOptions::new().append(true).open(&path)?;
        Ok(Self { folder: folder.to_owned(), suffix: suffix.into(), file, header, entries })
    }

    /// Notes that an output is finished.
    pub(super) fn add(&mut self, entry: Entry) -> io::Result<()> {
        self.file.write_all(format!("{}\n", entry.json()).as_bytes())?;
        self.file.sync_data()?;
        self.entries.insert(entry.output.clone(), entry);
        Ok(())
    }

    /// Puts the lines in the order of the outputs, and writes the list of all failures, those at hand last.
    pub(super) fn close(&self, last: &[Failure]) -> io::Result<()> {
        write_all(&self.folder, &path(&self.folder, &self.suffix), &self.header, self.entries.values())?;
        let target = self.folder.join(format!("failures{}.jsonl", self.suffix));
        let mut out = Unfinished::at(hidden(&self.folder).join(format!("failures{}.part", self.suffix)), target)?;
        for entry in self.entries.values().filter(|entry| entry.failures > 0) {
            io::copy(&mut File::open(failures_of(&self.folder, &entry.output))?, &mut out)?;
        }
        for failure in last {
            out.write_all(&failure.json_line())?;
        }
        out.finish().map(|_| ())
    }
}

fn write_all<'e>(
    folder: &Path,
    path: &Path,
    header: &Header,
    entries: impl Iterator<Item = &'e Entry>,
) -> io::Result<()> {
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let mut out = Unfinished::at(hidden(folder).join(format!("{name}.part")), path.to_owned())?;
    writeln!(out, "{}", header.json())?;
    for entry in entries {
        writeln!(out, "{}", entry.json())?;
    }
    out.finish()?;
    sync_folder(path);
    Ok(())
}

/// Returns the manifests of a folder, one for each [part](super::Run::part).
fn all(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder)? {
        let name = entry?.file_name();
        let name = name.to_string_lossy();
        if name.starts_with("manifest") && name.ends_with(".jsonl") {
            paths.push(folder.join(&*name));
        }
    }
    paths.sort();
    if paths.is_empty() {
        return Err(io::Error::new(io::ErrorKind::NotFound, "it has no manifest of a run"));
    }
    Ok(paths)
}

/// Adds up what the manifests of a folder say of their outputs.
///
/// # Errors
///
/// The folder has no manifest, or one cannot be read.
pub fn summary_of(folder: impl AsRef<Path>) -> io::Result<Summary> {
    let mut summary = Summary::default();
    for path in all(folder.as_ref())? {
        let (header, entries) = read(&path)?;
        summary.add(&sum(&header, entries.values()));
    }
    Ok(summary)
}

/// Adds up what a manifest says.
pub(super) fn sum<'e>(header: &Header, entries: impl Iterator<Item = &'e Entry>) -> Summary {
    let mut summary = Summary::default();
    entries.for_each(|entry| summary.add(&entry.summary));
    header.passed_over.values().for_each(|counts| add_counts(&mut summary.passed_over, counts));
    summary
}

/// Returns the paths of the outputs below a folder that its manifests name, sorted.
///
/// # Errors
///
/// The folder has no manifest, or one cannot be read.
pub fn outputs_of(folder: impl AsRef<Path>) -> io::Result<Vec<String>> {
    let mut outputs = Vec::new();
    for path in all(folder.as_ref())? {
        outputs.extend(read(&path)?.1.into_keys());
    }
    outputs.sort();
    outputs.dedup();
    Ok(outputs)
}

/// Returns the folder of what a run needs for itself.
pub(super) fn hidden(folder: &Path) -> PathBuf {
    folder.join(".bodycopy")
}

/// Returns the file with the failures of one output.
pub(super) fn failures_of(folder: &Path, output: &str) -> PathBuf {
    hidden(folder).join("failures").join(format!("{}.jsonl", output.replace('/', "%2F")))
}
