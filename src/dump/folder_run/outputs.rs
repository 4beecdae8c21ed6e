//! The outputs of a run: what they share, and how each is opened, filled and put in its place.

use super::{Run, blame};
use crate::dump::clean::Batch;
use crate::dump::engine::Flow;
use crate::dump::failure::{Cause, Failure};
use crate::dump::manifest::{Entry, Manifest, failures_of};
use crate::dump::output::{End, Writer};
use crate::dump::place::{Unfinished, Written};
use crate::dump::plan::{From, Unit};
use crate::dump::progress::{self, Progress};
use crate::dump::record::Place;
use crate::dump::summary::Summary;
use crate::pipeline::RULES_VERSION;
use flate2::write::GzEncoder;
use std::fs;
use std::io::{self, Write};
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

/// What the outputs of a run share.
pub(super) struct Shared<'r> {
    pub(super) run: &'r Run,
    pub(super) progress: &'r Progress,
    pub(super) temporary: PathBuf,
    pub(super) manifest: Mutex<Manifest>,
    pub(super) unopened: Mutex<Vec<Failure>>,
    pub(super) done: Mutex<usize>,
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Shared<'_> {
    /// Opens an input and its output; nothing when the input cannot be opened, which is noted.
    pub(super) fn open<'s>(&'s self, number: usize, unit: Unit) -> Option<Flow<'s, Batch>> {
        let mut reader = match unit.open() {
            Ok(reader) => (self.run.set)(reader),
            Err(error) => {
                let cause = Cause::Unreadable { at: 0, error: error.to_string() };
                let source = unit.input.as_str().into();
                let failure = Failure { source, place: Place::default(), id: None, cause };
                self.progress.add(progress::FAILURES, 1);
                lock(&self.unopened).push(failure);
                return None;
            }
        };
        let mut before = 0;
        let read = move || {
            let item = reader.next_raw();
            let read = reader.bytes_read();
            self.progress.add(progress::BYTES_READ, read - before);
            before = read;
            item
        };
        let mut open = None;
        let mut shards = 0;
        let write = move |batch: Option<Batch>| {
            let is_stdin = matches!(unit.from, From::Stdin);
            let is_last = batch.is_none();
            if open.is_none() && (!is_last || shards == 0) {
                let output = if is_stdin {
                    format!("stdin-{shards:05}.{}", self.run.to.ending())
                } else {
                    unit.path(self.run.to)
                };
                open = Some(Output::create(self, format!("{number}-{shards}"), output)?);
                shards += 1;
            }
            if let (Some(batch), Some(output)) = (batch, &mut open) {
                output.put(self, batch)?;
            }
            let is_full = is_stdin && open.as_ref().is_some_and(|output: &Output| output.bytes() >= self.run.shard);
            if (is_last || is_full)
                && let Some(output) = open.take()
            {
                output.finish(self, &unit)?;
            }
            if is_last {
                *lock(&self.done) += 1;
                self.progress.add(progress::INPUTS_DONE, 1);
            }
            Ok(())
        };
        Some(Flow { read: Box::new(read), write: Box::new(write) })
    }
}

/// An output that is being written, with what goes along.
struct Output {
    path: String,
    writer: Writer,
    sidecar: Option<(String, GzEncoder<Unfinished>)>,
    failures: Unfinished,
    failed: u64,
    summary: Summary,
}

impl Output {
    fn create(shared: &Shared, temporary: String, path: String) -> io::Result<Self> {
        let folder = &shared.run.folder;
        let begin = |ending: &str, target: PathBuf| {
            let parent = target.parent().unwrap_or(folder).to_owned();
            let temporary = shared.temporary.join(format!("{temporary}.{ending}"));
            let made = fs::create_dir_all(parent).and_then(|()| Unfinished::at(temporary, target.clone()));
            made.map_err(|error| blame(&target, &error))
        };
        let target = folder.join(&path);
        let file = End::File(begin("output", target.clone())?);
        let writer = Writer::over(file, shared.run.to).map_err(|error| blame(&target, &error))?;
        let stem = path.strip_suffix(shared.run.to.ending()).unwrap_or(&path).trim_end_matches('.');
        let sidecar = shared.run.sidecar.map(|_| {
            let path = format!("attributes/bodycopy/{stem}.jsonl.gz");
            let file = begin("sidecar", folder.join(&path))?;
            Ok::<_, io::Error>((path, GzEncoder::new(file, flate2::Compression::default())))
        });
        Ok(Self {
            failures: begin("failures", failures_of(folder, &path))?,
            path,
            writer: writer.blocks(shared.run.extras.blocks).removals(shared.run.extras.removals),
            sidecar: sidecar.transpose()?,
            failed: 0,
            summary: Summary::default(),
        })
    }

    /// Returns how many bytes of text went into it.
    fn bytes(&self) -> u64 {
        self.summary.kept_bytes + self.summary.removed_bytes
    }

    fn put(&mut self, shared: &Shared, batch: Batch) -> io::Result<()> {
        let error = |error: io::Error| blame(&shared.run.folder.join(&self.path), &error);
        for made in &batch.made {
            self.writer.put(made).map_err(error)?;
        }
        if let Some((_, out)) = &mut self.sidecar {
            out.write_all(&batch.sidecar).map_err(error)?;
        }
        for failure in &batch.failures {
            self.failures.write_all(&failure.json_line()).map_err(error)?;
        }
        self.failed += batch.failures.len() as u64;
        self.summary.add(&batch.summary);
        let progress = shared.progress;
        progress.add(progress::RECORDS, batch.summary.records);
        progress.add(progress::FAILURES, batch.summary.failures());
        progress.add(progress::BYTES_WRITTEN, batch.summary.kept_bytes);
        Ok(())
    }

    /// Puts all files in their places, and notes it.
    fn finish(self, shared: &Shared, unit: &Unit) -> io::Result<()> {
        let folder = &shared.run.folder;
        let target = folder.join(&self.path);
        let error = |error: io::Error| blame(&target, &error);
        if self.failed > 0 {
            self.failures.finish().map_err(error)?;
        } else {
            // Another run may have left some.
            drop(self.failures);
            _ = fs::remove_file(failures_of(folder, &self.path));
        }
        let sidecar = self.sidecar.map(|(path, out)| Ok((path, out.finish()?.finish()?)));
        let sidecar: Option<(String, Written)> = sidecar.transpose().map_err(error)?;
        let Some(written) = self.writer.finish().map_err(error)? else { return Ok(()) };
        let entry = Entry {
            input: unit.input.clone(),
            bytes: unit.bytes,
            state: unit.state.clone(),
            output: self.path,
            written,
            sidecar,
            rules: RULES_VERSION.into(),
            failures: self.failed,
            summary: self.summary,
        };
        lock(&shared.manifest).add(entry).map_err(|error| blame(&folder.join("manifest.jsonl"), &error))
    }
}
