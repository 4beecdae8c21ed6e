//! Cleans records in worker threads, and runs one input to one output.

use super::engine::{self, Flow};
use super::failure::{Cause, Failure};
use super::output::{Made, Shape, Writer};
use super::progress::{self, Progress};
use super::reader::{Raw, Reader, Refusal};
use super::row::Row;
use super::sidecar::Sidecar;
use super::summary::Summary;
use crate::article::Cleaned;
use crate::pipeline::Cleaner;
use crate::pipeline::Pipeline;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::AtomicBool;

/// What became of a stretch of records.
#[derive(Default)]
pub(super) struct Batch {
    pub(super) made: Vec<Made>,
    /// Lines of the sidecar.
    pub(super) sidecar: Vec<u8>,
    pub(super) failures: Vec<Failure>,
    pub(super) summary: Summary,
}

/// How records are cleaned.
pub(super) struct Work<'p> {
    pub(super) pipeline: &'p Pipeline,
    pub(super) shape: Shape,
    pub(super) sidecar: Option<Sidecar>,
}

impl Work<'_> {
    pub(super) fn clean(&self, items: Vec<Result<Raw, Failure>>) -> Batch {
        let mut batch = Batch::default();
        let mut cleaner = self.pipeline.cleaner();
        for item in items {
            match item.map_err(Refusal::Failed).and_then(|raw| self.record(raw, &mut cleaner, &mut batch)) {
                Ok(made) => batch.made.push(made),
                Err(Refusal::Skipped(kind)) => batch.summary.count_skipped(kind),
                Err(Refusal::Failed(failure)) => {
                    batch.summary.count_failure(&failure);
                    batch.failures.push(failure);
                }
            }
        }
        batch
    }

    fn record(&self, raw: Raw, cleaner: &mut Cleaner, batch: &mut Batch) -> Result<Made, Refusal> {
        let record = raw.record()?;
        let failure =
            |cause| Failure { source: record.source.clone(), place: record.place, id: record.id.clone(), cause };
        let Batch { summary, sidecar, failures, .. } = batch;
        // A cleaner holds nothing of a page but empty memory, so a panic leaves nothing half done in it.
        let done = catch_unwind(AssertUnwindSafe(|| {
            let cleaned = cleaner.clean(record.page());
            let row = Row::new(&record, &cleaned, self.shape.extras);
            let aside = self.sidecar.map(|kind| kind.line(&record, &cleaned));
            (row, removed(&cleaned), aside)
        }));
        let (row, removed, aside) = done.map_err(|_| Refusal::Failed(failure(Cause::Panicked)))?;
        summary.records += 1;
        summary.cleaned += 1;
        summary.kept_bytes += row.text.len() as u64;
        removed.iter().for_each(|(rule, bytes)| summary.count_removal(rule, *bytes));
        sidecar.extend(aside.into_iter().flatten());
        if let Some(repair) = record.repaired {
            summary.count_repair(repair);
        }
        if let Some(reason) = &record.truncated {
            summary.count_truncated(reason);
        }
        if !row.is_complete {
            summary.partial += 1;
            failures.push(failure(Cause::Partial(row.status.clone())));
        }
        Ok(self.shape.make(row))
    }
}

fn removed(cleaned: &Cleaned) -> Vec<(&'static str, u64)> {
    cleaned.removals().iter().map(|removal| (removal.rule, u64::from(removal.span.end - removal.span.start))).collect()
}

/// Cleans all records of an input in `jobs` threads and writes them in the input's order. Failures go to `failed`, in
/// order too, and so do records of which [only a part](Cause::Partial) was read. The writer is left open, to take more or to
/// be [finished](Writer::finish).
///
/// Not more than 48 MiB of records are held at a time, and one batch of half a MiB, or one record if that is longer. A page
/// that makes a rule panic fails alone.
///
/// # Errors
///
/// The output cannot be written. Errors of reading are failures.
pub fn run(
    reader: &mut Reader,
    writer: &mut Writer,
    pipeline: &Pipeline,
    jobs: usize,
    failed: impl FnMut(&Failure) + Send,
) -> io::Result<Summary> {
    run_watched(reader, writer, pipeline, jobs, &AtomicBool::new(false), &Progress::default(), failed)
}

/// Does what [`run`] does, tells how far it has come, and ends after the records in hand when `stop` is set.
///
/// # Errors
///
/// The output cannot be written. Errors of reading are failures.
pub fn run_watched(
    reader: &mut Reader,
    writer: &mut Writer,
    pipeline: &Pipeline,
    jobs: usize,
    stop: &AtomicBool,
    progress: &Progress,
    mut failed: impl FnMut(&Failure) + Send,
) -> io::Result<Summary> {
    let mut summary = Summary::default();
    let work = Work { pipeline, shape: writer.shape(), sidecar: None };
    let mut before = reader.bytes_read();
    let mut flow = Some(Flow {
        read: Box::new(|| {
            let item = reader.next_raw();
            progress.add(progress::BYTES_READ, reader.bytes_read() - before);
            before = reader.bytes_read();
            item
        }),
        write: Box::new(|batch: Option<Batch>| {
            let Some(batch) = batch else { return Ok(()) };
            progress.add(progress::RECORDS, batch.summary.records);
            progress.add(progress::FAILURES, batch.summary.failures());
            progress.add(progress::BYTES_WRITTEN, batch.summary.kept_bytes);
            summary.add(&batch.summary);
            batch.failures.iter().for_each(&mut failed);
            batch.made.iter().try_for_each(|made| writer.put(made))
        }),
    });
    engine::run(jobs.max(1), 1, || flow.take(), |items| work.clean(items), stop)?;
    drop(flow);
    summary.passed_over.clone_from(reader.passed_over());
    Ok(summary)
}
