//! Cleans many inputs into a folder: each to an output of its own, with a manifest by which another run goes on.

use super::clean::Work;
use super::engine;
use super::failure::Failure;
use super::manifest::{self, Header, Manifest, PassedOver, hidden};
use super::output::{Shape, To};
use super::plan::{self, Unit};
use super::progress::{self, Progress};
use super::reader::Reader;
use super::row::Extras;
use super::sidecar::Sidecar;
use super::summary::Summary;
use crate::pipeline::{Pipeline, RULES_VERSION};
use outputs::Shared;
use std::fmt;
use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

mod outputs;

/// The default of [`Run::shard_bytes`].
const SHARD: u64 = 256 << 20;

/// Cleans dumps into a folder.
///
/// Each input file goes to one output of its name; a folder's pages and standard input go to outputs of about
/// [`shard_bytes`](Self::shard_bytes) each, and its other files are [counted](Summary::passed_over). An output is written under a temporary name, synced, renamed, and then noted in
/// `manifest.jsonl`: input, its size, output, its size and SHA-256, counts, version of the rules. `failures.jsonl` lists
/// what failed: input, offset, id, cause. A run that was ended at any moment goes on with [`resume`](Self::resume), and
/// then the folder holds byte for byte what an undisturbed run would have left, apart from the hidden `.bodycopy`.
///
/// ```
/// use bodycopy::Pipeline;
/// use bodycopy::dump::{Progress, Run, To};
/// use std::sync::atomic::AtomicBool;
///
/// # let folder = std::env::temp_dir().join(format!("bodycopy-doc-{}", std::process::id()));
/// # std::fs::create_dir_all(&folder)?;
/// std::fs::write(folder.join("news.jsonl"), "{\"id\":1,\"text\":\"It rains.\"}\n{\"id\":2}\n")?;
/// let run = Run::new([folder.join("news.jsonl")], folder.join("out")).to(To::Jsonl).jobs(2);
/// let report = run.start(&Pipeline::default(), &AtomicBool::new(false), &Progress::default())?;
/// assert_eq!(report.summary.to_string(), "2 records: 1 cleaned, 1 failed (missing field 1)");
/// let failures = std::fs::read_to_string(folder.join("out/failures.jsonl"))?;
/// assert!(failures.contains(r#""line":2,"id":"2","cause":"missing field""#));
/// # std::fs::remove_dir_all(folder)?;
/// # Ok::<(), std::io::Error>(())
/// ```
#[must_use]
pub struct Run {
    inputs: Vec<PathBuf>,
    folder: PathBuf,
    to: To,
    jobs: usize,
    resume: bool,
    overwrite: bool,
    mix: bool,
    part: (usize, usize),
    shard: u64,
    extras: Extras,
    sidecar: Option<Sidecar>,
    set: Arc<dyn Fn(Reader) -> Reader + Send + Sync>,
    settings: String,
}

/// What a run has done.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Report {
    /// What became of the records of all outputs that are finished, now or in a run before.
    pub summary: Summary,
    /// Inputs, or shards of a folder, that there are.
    pub inputs: usize,
    /// Those that are finished.
    pub done: usize,
    /// Those among them that were finished in a run before.
    pub kept: usize,
    /// Inputs that could not be opened.
    pub unopened: Vec<Failure>,
    /// Whether the run was stopped.
    pub is_stopped: bool,
}

impl Run {
    /// Cleans these inputs, files, folders or `-` for standard input, into a folder, which is made if it is not there.
    pub fn new<P: Into<PathBuf>>(inputs: impl IntoIterator<Item = P>, folder: impl Into<PathBuf>) -> Self {
        Self {
            inputs: inputs.into_iter().map(Into::into).collect(),
            folder: folder.into(),
            to: To::default(),
            jobs: 1,
            resume: false,
            overwrite: false,
            mix: false,
            part: (1, 1),
            shard: SHARD,
            extras: Extras::default(),
            sidecar: None,
            set: Arc::new(|reader| reader),
            settings: String::new(),
        }
    }

    /// Sets how outputs are written. The default is JSON Lines packed with zstd.
    pub fn to(mut self, to: To) -> Self {
        self.to = to;
        self
    }

    /// Sets how many threads work. The default is 1. The outputs do not depend on it.
    pub fn jobs(mut self, jobs: usize) -> Self {
        self.jobs = jobs.max(1);
        self
    }

    /// Goes on with a run that was ended: what the manifest proves done is left as it is. The default is to refuse a folder
    /// that has a manifest.
    pub fn resume(mut self, on: bool) -> Self {
        self.resume = on;
        self
    }

    /// Begins anew in a folder that has a manifest, and replaces files in the way. The default is to refuse both.
    pub fn overwrite(mut self, on: bool) -> Self {
        self.overwrite = on;
        self
    }

    /// Goes on though the manifest names another version of the rules, or other settings. The default is to refuse.
    pub fn mix(mut self, on: bool) -> Self {
        self.mix = on;
        self
    }

    /// Does only every `of`th input, from the `nth` on, counted from 1, so that several machines share the work. Manifest and
    /// list of failures have `-N-of-M` in their names then.
    ///
    /// # Panics
    ///
    /// When `nth` is 0 or greater than `of`.
    pub fn part(mut self, nth: usize, of: usize) -> Self {
        assert!(nth >= 1 && nth <= of, "there is no part {nth} of {of}");
        self.part = (nth, of);
        self
    }

    /// Sets how many bytes of a folder's pages, or of the pages of standard input, go to one output. The default is
    /// 256 MiB. An output has at least one page, or one batch of standard input.
    pub fn shard_bytes(mut self, bytes: u64) -> Self {
        self.shard = bytes.max(1);
        self
    }

    /// Adds [blocks](super::Writer::blocks) to the records.
    pub fn blocks(mut self, on: bool) -> Self {
        self.extras.blocks = on;
        self
    }

    /// Adds [removals](super::Writer::removals) to the records.
    pub fn removals(mut self, on: bool) -> Self {
        self.extras.removals = on;
        self
    }

    /// Writes a file of spans beside each output, to `attributes/bodycopy/`.
    pub fn sidecar(mut self, sidecar: Option<Sidecar>) -> Self {
        self.sidecar = sidecar;
        self
    }

    /// Sets what is done to each reader before it reads: names of fields, limits, filter.
    pub fn reader(mut self, set: impl Fn(Reader) -> Reader + Send + Sync + 'static) -> Self {
        self.set = Arc::new(set);
        self
    }

    /// Describes all settings that change the outputs and that this type does not know: those of the pipeline and of the
    /// readers. A run that goes on with another description is refused.
    pub fn settings(mut self, settings: impl Into<String>) -> Self {
        self.settings = settings.into();
        self
    }

    /// Runs. When `stop` is set, the records in hand are finished and no more are begun; outputs that are not whole are given
    /// up.
    ///
    /// Holds not more than 48 MiB of records at a time, and for each open input (two, or half as many as there are jobs) a
    /// batch of half a MiB, or one record if that is longer; while it cleans a page each job takes some ten times the page.
    ///
    /// # Errors
    ///
    /// Each says what to do: two inputs have one name, an output is in the way, another run is writing to the folder, the
    /// manifest is of other rules, something cannot be written. An input that cannot be opened is no error but a failure.
    pub fn start(&self, pipeline: &Pipeline, stop: &AtomicBool, progress: &Progress) -> io::Result<Report> {
        let mut plan = plan::plan(&self.inputs, self.shard)?;
        let (nth, of) = self.part;
        if nth > 1 {
            // The first part tells of them.
            plan.passed_over.clear();
        }
        let units: Vec<Unit> =
            plan.units.into_iter().enumerate().filter(|(i, _)| i % of == nth - 1).map(|(_, u)| u).collect();
        let suffix = if of > 1 { format!("-{nth}-of-{of}") } else { String::new() };
        let temporary = hidden(&self.folder).join(format!("tmp{suffix}"));
        let _lock = self.prepare(&units, &suffix, &temporary)?;
        let manifest = self.manifest(&suffix, plan.passed_over)?;

        let is_done = |unit: &Unit| {
            let entry = manifest.entries.get(&unit.path(self.to));
            entry.is_some_and(|entry| {
                // An input that is gone cannot be done again.
                let is_same = entry.bytes == unit.bytes && entry.state == unit.state || !unit.is_there();
                entry.input == unit.input && is_same && entry.is_there(&self.folder)
            })
        };
        let (kept, units): (Vec<_>, Vec<_>) = units.into_iter().partition(is_done);
        progress.add(progress::INPUTS, (kept.len() + units.len()) as u64);
        progress.add(progress::INPUTS_DONE, kept.len() as u64);
        progress.add(progress::BYTES, units.iter().map(|unit| unit.bytes).sum());
        let mut report = Report { inputs: kept.len() + units.len(), kept: kept.len(), ..Report::default() };
        let shared = Shared {
            run: self,
            progress,
            temporary: temporary.clone(),
            manifest: Mutex::new(manifest),
            unopened: Mutex::new(Vec::new()),
            done: Mutex::new(kept.len()),
        };
        let work = Work { pipeline, shape: self.shape(), sidecar: self.sidecar };
        let mut waiting = units.into_iter().enumerate();
        let next = || {
            loop {
                let (number, unit) = waiting.next()?;
                match shared.open(number, unit) {
                    Some(flow) => return Some(flow),
                    None if stop.load(Ordering::Relaxed) => return None,
                    None => {}
                }
            }
        };
        let lanes = (self.jobs / 2).max(2);
        let result = engine::run(self.jobs, lanes, next, |items| work.clean(items), stop);

        let manifest = shared.manifest.into_inner().unwrap_or_else(PoisonError::into_inner);
        report.unopened = shared.unopened.into_inner().unwrap_or_else(PoisonError::into_inner);
        report.done = shared.done.into_inner().unwrap_or_else(PoisonError::into_inner);
        report.is_stopped = stop.load(Ordering::Relaxed) && report.done + report.unopened.len() < report.inputs;
        report.summary = manifest::sum(&manifest.header, manifest.entries.values());
        report.unopened.iter().for_each(|failure| report.summary.count_failure(failure));
        let closed = manifest.close(&report.unopened).map_err(|error| blame(&self.folder, &error));
        _ = fs::remove_dir_all(temporary);
        result?;
        closed?;
        Ok(report)
    }

    fn shape(&self) -> Shape {
        Shape {
            extras: self.extras,
            #[cfg(feature = "parquet")]
            is_parquet: self.to == To::Parquet,
        }
    }

    /// Makes the folder and locks it, so that no two runs write to it at a time.
    fn prepare(&self, units: &[Unit], suffix: &str, temporary: &Path) -> io::Result<File> {
        let inner = hidden(&self.folder);
        fs::create_dir_all(inner.join("failures")).map_err(|error| blame(&self.folder, &error))?;
        let path = inner.join(format!("lock{suffix}"));
        let lock = File::create(&path).map_err(|error| blame(&path, &error))?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                let why = format!(
                    "another run is writing to {}; wait for it, or choose another folder",
                    self.folder.display()
                );
                return Err(io::Error::new(io::ErrorKind::ResourceBusy, why));
            }
            // A file system without locks.
            Err(TryLockError::Error(_)) => {}
        }
        // What a run left that was ended by force.
        _ = fs::remove_dir_all(temporary);
        fs::create_dir_all(temporary).map_err(|error| blame(temporary, &error))?;
        let has_manifest = manifest::path(&self.folder, suffix).exists();
        if has_manifest && !self.resume && !self.overwrite {
            let why = format!(
                "{} holds a run already; go on with it with --resume, or begin anew with --overwrite",
                self.folder.display()
            );
            return Err(io::Error::new(io::ErrorKind::AlreadyExists, why));
        }
        let inputs: Vec<_> = self.inputs.iter().filter_map(|input| fs::canonicalize(input).ok()).collect();
        for unit in units {
            let path = self.folder.join(unit.path(self.to));
            if fs::canonicalize(&path).is_ok_and(|path| inputs.contains(&path)) {
                let why = format!("{} is an input and would be overwritten; choose another folder", path.display());
                return Err(io::Error::new(io::ErrorKind::AlreadyExists, why));
            }
            let is_ours = has_manifest && self.resume;
            if path.exists() && !is_ours && !self.overwrite {
                let why = format!(
                    "{} is there already; choose another folder, or replace it with --overwrite",
                    path.display()
                );
                return Err(io::Error::new(io::ErrorKind::AlreadyExists, why));
            }
        }
        if self.overwrite && !self.resume {
            match fs::remove_file(manifest::path(&self.folder, suffix)) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(blame(&self.folder, &error)),
                _ => {}
            }
        }
        Ok(lock)
    }

    fn manifest(&self, suffix: &str, passed_over: PassedOver) -> io::Result<Manifest> {
        let own = format!(
            "to={:?} blocks={} removals={} sidecar={:?} shard={} {}",
            self.to, self.extras.blocks, self.extras.removals, self.sidecar, self.shard, self.settings
        );
        let header = Header { rules: RULES_VERSION.into(), settings: own.trim_end().into(), passed_over };
        let mut manifest =
            Manifest::open(&self.folder, suffix, header.clone()).map_err(|error| blame(&self.folder, &error))?;
        let is_same_version = manifest.header.rules == header.rules;
        if self.mix || is_same_version && manifest.header.settings == header.settings {
            manifest.header.passed_over.extend(header.passed_over);
            return Ok(manifest);
        }
        let (there, here) = match is_same_version {
            true => (format!("settings `{}`", manifest.header.settings), format!("`{}`", header.settings)),
            false => (format!("version {} of the rules", manifest.header.rules), format!("version {}", header.rules)),
        };
        let folder = self.folder.display();
        let why = format!(
            "{folder} was made by {there} and this is {here}; begin anew with --overwrite, choose another folder, or let \
             both stand side by side with --mix"
        );
        Err(io::Error::new(io::ErrorKind::InvalidInput, why))
    }
}

/// Adds to an error which file could not be written.
fn blame(path: &Path, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("{} cannot be written: {error}", path.display()))
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.summary)
    }
}
