//! Cleans the records of a dump in several threads and keeps their order.

use super::jsonl::{Raw, Reader};
use super::output::{Writer, encode};
use super::record::{Cause, Failure, Repair};
use crate::article::Status;
use crate::pipeline::Pipeline;
use std::collections::BTreeMap;
use std::fmt;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread;

/// What became of the records.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Summary {
    /// Records read, good and bad.
    pub records: u64,
    /// Records cleaned and written.
    pub cleaned: u64,
    /// Cleaned records of which only a part was read, because a limit was reached.
    pub partial: u64,
    /// Cleaned records that had to be mended, by what was mended.
    pub repaired: BTreeMap<&'static str, u64>,
    /// Records that failed, by [cause](Cause::name).
    pub failed: BTreeMap<&'static str, u64>,
    /// Inputs that could not be read to their end.
    pub unread: u64,
}

impl Summary {
    /// Returns the number of failures, of records and of inputs.
    pub fn failures(&self) -> u64 {
        self.failed.values().sum::<u64>() + self.unread
    }

    /// Adds what became of the records of another input.
    pub fn add(&mut self, other: &Summary) {
        self.records += other.records;
        self.cleaned += other.cleaned;
        self.partial += other.partial;
        self.unread += other.unread;
        for (into, from) in [(&mut self.repaired, &other.repaired), (&mut self.failed, &other.failed)] {
            for (name, n) in from {
                *into.entry(name).or_default() += n;
            }
        }
    }

    fn count(&mut self, outcome: &Result<Done, Failure>) {
        match outcome {
            Ok(done) => {
                self.records += 1;
                self.cleaned += 1;
                self.partial += u64::from(done.is_partial);
                if let Some(repair) = done.repaired {
                    *self.repaired.entry(repair.name()).or_default() += 1;
                }
            }
            Err(failure) if failure.line.is_none() => self.unread += 1,
            Err(failure) => {
                self.records += 1;
                *self.failed.entry(failure.cause.name()).or_default() += 1;
            }
        }
    }
}

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let list = |counts: &BTreeMap<&str, u64>| {
            let counts: Vec<_> = counts.iter().map(|(name, n)| format!("{name} {n}")).collect();
            counts.join(", ")
        };
        let s = if self.records == 1 { "" } else { "s" };
        write!(f, "{} record{s}: {} cleaned", self.records, self.cleaned)?;
        if !self.repaired.is_empty() {
            write!(f, ", {} of them repaired ({})", self.repaired.values().sum::<u64>(), list(&self.repaired))?;
        }
        if self.partial > 0 {
            write!(f, ", {} of them read in part", self.partial)?;
        }
        match self.failed.is_empty() {
            true => f.write_str(", none failed")?,
            false => write!(f, ", {} failed ({})", self.failed.values().sum::<u64>(), list(&self.failed))?,
        }
        match self.unread {
            0 => Ok(()),
            1 => f.write_str("; 1 input could not be read to its end"),
            n => write!(f, "; {n} inputs could not be read to their ends"),
        }
    }
}

/// A record cleaned, ready to be written.
struct Done {
    line: Vec<u8>,
    repaired: Option<Repair>,
    is_partial: bool,
}

/// Cleans all records of an input in `jobs` threads and writes them in the input's order. Failures go to `failed`, in
/// order too. The writer is left open, to take more or to be [finished](Writer::finish).
///
/// A few records for each thread are held at a time, and no more than 256 MiB of their lines, or one line if it alone
/// is longer. A page that makes a rule panic fails alone.
///
/// # Errors
///
/// The output cannot be written. Errors of reading are failures.
pub fn run(
    reader: &mut Reader,
    writer: &mut Writer,
    pipeline: &Pipeline,
    jobs: usize,
    mut failed: impl FnMut(&Failure),
) -> io::Result<Summary> {
    let removals = writer.has_removals();
    let mut summary = Summary::default();
    let raws = std::iter::from_fn(|| reader.next_raw()).map(|raw| (raw.as_ref().map_or(0, Raw::len), raw));
    let work = |raw: Result<Raw, Failure>| raw.and_then(|raw| clean(raw, pipeline, removals));
    in_order(jobs, raws, work, |outcome| {
        summary.count(&outcome);
        match outcome {
            Ok(done) => writer.write_line(&done.line),
            Err(failure) => {
                failed(&failure);
                Ok(())
            }
        }
    })?;
    Ok(summary)
}

fn clean(raw: Raw, pipeline: &Pipeline, removals: bool) -> Result<Done, Failure> {
    let record = raw.record()?;
    // A pipeline holds nothing of a page, so a panic leaves nothing half done in it.
    let cleaned = catch_unwind(AssertUnwindSafe(|| {
        let cleaned = pipeline.clean(record.page());
        let mut line = Vec::new();
        encode(&mut line, &record, &cleaned, removals);
        Done { line, repaired: record.repaired, is_partial: cleaned.status() != Status::Complete }
    }));
    cleaned.map_err(|_| Failure {
        source: record.source.clone(),
        line: Some(record.line),
        id: record.id.clone(),
        cause: Cause::Panicked,
    })
}

/// Bytes of lines that may be under way at a time.
const UNDER_WAY: usize = 256 << 20;

/// Does `work` on the items in several threads, and gives the results to `sink` in the items' order. Each item comes
/// with its weight in bytes.
///
/// A queue holds, in order, the place where each result will appear; it is bounded, and so is everything else.
fn in_order<T: Send, U: Send>(
    jobs: usize,
    items: impl Iterator<Item = (usize, T)> + Send,
    work: impl Fn(T) -> U + Sync,
    mut sink: impl FnMut(U) -> io::Result<()>,
) -> io::Result<()> {
    if jobs <= 1 {
        return items.map(|(_, item)| work(item)).try_for_each(sink);
    }
    let budget = Budget::default();
    thread::scope(|scope| {
        let (queue, places) = sync_channel::<(usize, Receiver<U>)>(jobs * 4);
        let (give, take) = sync_channel::<(T, SyncSender<U>)>(jobs * 2);
        let take = Arc::new(Mutex::new(take));
        for _ in 0..jobs {
            let (take, work) = (take.clone(), &work);
            scope.spawn(move || {
                let next = || take.lock().unwrap_or_else(PoisonError::into_inner).recv();
                while let Ok((item, place)) = next() {
                    // Nobody waits for the result any more when the sink has failed.
                    _ = place.send(work(item));
                }
            });
        }
        // The workers alone hold it, so that giving fails if they are gone.
        drop(take);
        let budget = &budget;
        scope.spawn(move || {
            for (weight, item) in items {
                let (place, result) = sync_channel(1);
                let is_wanted = budget.take(weight) && queue.send((weight, result)).is_ok();
                if !is_wanted || give.send((item, place)).is_err() {
                    break;
                }
            }
        });
        let _close = Close(budget);
        for (weight, place) in places {
            // A worker that panicked leaves its place empty; the scope passes the panic on.
            let Ok(result) = place.recv() else { break };
            sink(result)?;
            budget.give(weight);
        }
        Ok(())
    })
}

/// Bytes under way.
#[derive(Default)]
struct Budget {
    state: Mutex<BudgetState>,
    changed: Condvar,
}

#[derive(Default)]
struct BudgetState {
    used: usize,
    is_closed: bool,
}

impl Budget {
    /// Waits until there is room, or nothing at all is under way. Returns false when the budget is closed.
    fn take(&self, weight: usize) -> bool {
        let state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let is_full = |s: &mut BudgetState| !s.is_closed && s.used > 0 && s.used + weight > UNDER_WAY;
        let mut state = self.changed.wait_while(state, is_full).unwrap_or_else(PoisonError::into_inner);
        state.used += weight;
        !state.is_closed
    }

    fn give(&self, weight: usize) {
        self.state.lock().unwrap_or_else(PoisonError::into_inner).used -= weight;
        self.changed.notify_all();
    }
}

/// Closes the budget when the sink ends, however it ends, so that the reader does not wait for ever.
struct Close<'b>(&'b Budget);

impl Drop for Close<'_> {
    fn drop(&mut self) {
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner).is_closed = true;
        self.0.changed.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::time::Duration;

    #[test]
    fn results_come_in_order_however_long_each_takes() {
        let mut out = Vec::new();
        let work = |n: u64| {
            thread::sleep(Duration::from_micros(n * 7919 % 300));
            n
        };
        in_order(4, (0..500).map(|n| (1, n)), work, |n| {
            out.push(n);
            Ok(())
        })
        .unwrap();
        assert_eq!(out, (0..500).collect::<Vec<_>>());
    }

    #[test]
    fn few_items_and_few_bytes_are_under_way() {
        for (weight, most) in [(1, 4 * 4 + 3), (UNDER_WAY / 3, 4), (UNDER_WAY * 2, 2)] {
            let (under_way, seen) = (AtomicUsize::new(0), AtomicUsize::new(0));
            let items = (0..60).map(|n| {
                seen.fetch_max(under_way.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                (weight, n)
            });
            in_order(
                4,
                items,
                |n: u64| n,
                |_| {
                    thread::sleep(Duration::from_micros(200));
                    under_way.fetch_sub(1, Ordering::SeqCst);
                    Ok(())
                },
            )
            .unwrap();
            assert!(
                seen.load(Ordering::SeqCst) <= most,
                "{} under way at weight {weight}",
                seen.load(Ordering::SeqCst)
            );
        }
    }

    #[test]
    fn an_error_of_the_sink_ends_everything() {
        for weight in [1, UNDER_WAY] {
            let mut n = 0;
            let result = in_order(
                4,
                (0..).map(|n: u64| (weight, n)),
                |n| n,
                |_| {
                    n += 1;
                    if n < 10 { Ok(()) } else { Err(io::Error::other("full")) }
                },
            );
            assert_eq!(result.unwrap_err().to_string(), "full");
        }
    }
}
