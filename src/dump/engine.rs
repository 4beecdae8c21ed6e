//! Reads, cleans and writes in several threads, and keeps the order of each input.
//!
//! Every thread does whatever is needed most: it writes what is next in order, else it reads, if little is waiting to be
//! cleaned, else it cleans. So any number of threads is busy, the first no less than the last, and one input alone keeps
//! them so. Nothing of the output depends on which thread did what.

use super::failure::Failure;
use super::reader::Raw;
use std::collections::{BTreeMap, VecDeque};
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

/// Bytes of records that may be under way, read and not yet written. One batch more may be, for each input that is open,
/// and a batch may be one long record.
pub(super) const UNDER_WAY: usize = 48 << 20;

/// Bytes of records that are cleaned at a stretch.
const BATCH: usize = 512 << 10;

/// Records of a batch; short ones cost memory besides their bytes.
const BATCH_RECORDS: usize = 256;

type Item = Result<Raw, Failure>;

type Read<'f> = Box<dyn FnMut() -> Option<Item> + Send + 'f>;
type Write<'f, U> = Box<dyn FnMut(Option<U>) -> io::Result<()> + Send + 'f>;

/// An input on its way to its output.
pub(super) struct Flow<'f, U> {
    /// Gives the next record.
    pub(super) read: Read<'f>,
    /// Takes what became of the records, in order, and at last `None`, unless the run is stopped before.
    pub(super) write: Write<'f, U>,
}

struct Lane<'f, U> {
    /// Absent while a thread uses it, and after the end.
    read: Option<Read<'f>>,
    write: Option<Write<'f, U>>,
    /// Batches by number, cleaned, with their weights.
    cleaned: BTreeMap<u64, (U, usize)>,
    batches_read: u64,
    batches_written: u64,
    has_ended: bool,
}

struct State<'f, U, N> {
    lanes: BTreeMap<u64, Lane<'f, U>>,
    opened: u64,
    /// Batches to be cleaned: lane, number, records, weight.
    waiting: VecDeque<(u64, u64, Vec<Item>, usize)>,
    under_way: usize,
    /// Opens the next input. Absent while a thread uses it, and after the last.
    next: Option<N>,
    is_last_open: bool,
    error: Option<io::Error>,
    panic: Option<Box<dyn std::any::Any + Send>>,
}

enum Step<'f, U, N> {
    Write(u64, Write<'f, U>, Vec<(U, usize)>, bool),
    Read(u64, Read<'f>),
    Open(N),
    Clean(u64, u64, Vec<Item>, usize),
    Wait,
    End,
}

/// Takes what `next` opens through `work` in `jobs` threads, at most `lanes` inputs at a time. A set `stop` ends it after
/// the batches in hand.
///
/// # Errors
///
/// The first error of writing.
pub(super) fn run<'f, U: Send, N: FnMut() -> Option<Flow<'f, U>> + Send>(
    jobs: usize,
    lanes: usize,
    next: N,
    work: impl Fn(Vec<Item>) -> U + Sync,
    stop: &AtomicBool,
) -> io::Result<()> {
    let state = Mutex::new(State {
        lanes: BTreeMap::new(),
        opened: 0,
        waiting: VecDeque::new(),
        under_way: 0,
        next: Some(next),
        is_last_open: false,
        error: None,
        panic: None,
    });
    let engine = Engine { state, changed: Condvar::new(), work, stop, jobs, lanes };
    thread::scope(|scope| {
        for _ in 1..jobs {
            scope.spawn(|| engine.take_part());
        }
        engine.take_part();
    });
    let state = engine.state.into_inner().unwrap_or_else(PoisonError::into_inner);
    if let Some(panic) = state.panic {
        resume_unwind(panic);
    }
    state.error.map_or(Ok(()), Err)
}

struct Engine<'e, 'f, U, N, W> {
    state: Mutex<State<'f, U, N>>,
    changed: Condvar,
    work: W,
    stop: &'e AtomicBool,
    jobs: usize,
    lanes: usize,
}

impl<'f, U: Send, N: FnMut() -> Option<Flow<'f, U>> + Send, W: Fn(Vec<Item>) -> U + Sync> Engine<'_, 'f, U, N, W> {
    fn take_part(&self) {
        let done = catch_unwind(AssertUnwindSafe(|| while self.step() {}));
        if let Err(panic) = done {
            self.lock().panic.get_or_insert(panic);
            self.changed.notify_all();
        }
    }

    fn lock(&self) -> MutexGuard<'_, State<'f, U, N>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn is_stopped(&self, state: &State<'f, U, N>) -> bool {
        state.error.is_some() || state.panic.is_some() || self.stop.load(Ordering::Relaxed)
    }

    /// Does the next thing; returns whether there may be more.
    fn step(&self) -> bool {
        let mut state = self.lock();
        let step = loop {
            match self.choose(&mut state) {
                // A signal sets `stop` and wakes nobody, so this looks up at times.
                Step::Wait => {
                    let waited = self.changed.wait_timeout(state, Duration::from_millis(100));
                    state = waited.unwrap_or_else(PoisonError::into_inner).0;
                }
                step => break step,
            }
        };
        drop(state);
        match step {
            Step::End => {
                self.changed.notify_all();
                return false;
            }
            Step::Wait => {}
            Step::Write(lane, write, batches, is_last) => self.write(lane, write, batches, is_last),
            Step::Read(lane, read) => self.read(lane, read),
            Step::Open(next) => self.open(next),
            Step::Clean(lane, number, items, weight) => {
                let cleaned = (self.work)(items);
                let mut state = self.lock();
                if let Some(lane) = state.lanes.get_mut(&lane) {
                    lane.cleaned.insert(number, (cleaned, weight));
                }
            }
        }
        self.changed.notify_all();
        true
    }

    fn choose(&self, state: &mut State<'f, U, N>) -> Step<'f, U, N> {
        if self.is_stopped(state) {
            return Step::End;
        }
        for (&number, lane) in &mut state.lanes {
            if lane.write.is_none() {
                continue;
            }
            let mut batches = Vec::new();
            while let Some(batch) = lane.cleaned.remove(&lane.batches_written) {
                lane.batches_written += 1;
                batches.push(batch);
            }
            let is_last = lane.has_ended && lane.batches_written == lane.batches_read;
            if (is_last || !batches.is_empty())
                && let Some(write) = lane.write.take()
            {
                return Step::Write(number, write, batches, is_last);
            }
        }
        if state.waiting.len() < 2 * self.jobs && state.under_way < UNDER_WAY {
            for (&number, lane) in &mut state.lanes {
                if let Some(read) = lane.read.take() {
                    return Step::Read(number, read);
                }
            }
            if state.lanes.len() < self.lanes
                && let Some(next) = state.next.take()
            {
                return Step::Open(next);
            }
        }
        if let Some((lane, number, items, weight)) = state.waiting.pop_front() {
            return Step::Clean(lane, number, items, weight);
        }
        if state.lanes.is_empty() && state.is_last_open { Step::End } else { Step::Wait }
    }

    fn write(&self, lane: u64, mut write: Write<'f, U>, batches: Vec<(U, usize)>, is_last: bool) {
        let mut freed = 0;
        let mut result = Ok(());
        for (batch, weight) in batches {
            result = result.and_then(|()| write(Some(batch)));
            freed += weight;
        }
        if is_last {
            result = result.and_then(|()| write(None));
        }
        let mut state = self.lock();
        state.under_way -= freed;
        if is_last {
            state.lanes.remove(&lane);
        } else if let Some(lane) = state.lanes.get_mut(&lane) {
            lane.write = Some(write);
        }
        if let Err(error) = result {
            state.error.get_or_insert(error);
        }
    }

    fn read(&self, lane: u64, mut read: Read<'f>) {
        let mut items = Vec::new();
        let mut weight = 0;
        let mut has_ended = false;
        while weight < BATCH && items.len() < BATCH_RECORDS && !has_ended {
            match read() {
                Some(item) => {
                    weight += item.as_ref().map_or(0, Raw::len);
                    items.push(item);
                }
                None => has_ended = true,
            }
            if self.stop.load(Ordering::Relaxed) {
                break;
            }
        }
        let mut state = self.lock();
        let Some(open) = state.lanes.get_mut(&lane) else { return };
        open.has_ended = has_ended;
        open.read = (!has_ended).then_some(read);
        if !items.is_empty() {
            let number = open.batches_read;
            open.batches_read += 1;
            state.waiting.push_back((lane, number, items, weight));
            state.under_way += weight;
        }
    }

    fn open(&self, mut next: N) {
        let flow = next();
        let mut state = self.lock();
        match flow {
            Some(Flow { read, write }) => {
                let number = state.opened;
                state.opened += 1;
                state.next = Some(next);
                state.lanes.insert(
                    number,
                    Lane {
                        read: Some(read),
                        write: Some(write),
                        cleaned: BTreeMap::new(),
                        batches_read: 0,
                        batches_written: 0,
                        has_ended: false,
                    },
                );
            }
            None => state.is_last_open = true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dump::{Cause, Place};
    use std::sync::Arc;
    use std::sync::atomic::{AtomicU64, AtomicUsize};

    fn item(n: u64) -> Item {
        let place = Place { offset: n, ..Place::default() };
        Err(Failure { source: Arc::from("in"), place, id: None, cause: Cause::Panicked })
    }

    fn numbers(items: Vec<Item>) -> Vec<u64> {
        items.into_iter().filter_map(Result::err).map(|failure| failure.place.offset).collect()
    }

    fn endless(n: u64, lanes: usize, jobs: usize, out: &Mutex<Vec<(usize, u64)>>) -> io::Result<()> {
        let mut opened = 0;
        let next = move || {
            let lane = opened;
            opened += 1;
            let mut from = 0..n;
            (lane < lanes).then(|| Flow::<Vec<u64>> {
                read: Box::new(move || from.next().map(item)),
                write: Box::new(move |batch| {
                    out.lock().unwrap().extend(batch.into_iter().flatten().map(|n| (lane, n)));
                    Ok(())
                }),
            })
        };
        let work = |items| {
            let numbers = numbers(items);
            thread::sleep(Duration::from_micros(numbers[0] * 7919 % 300));
            numbers
        };
        run(jobs, 2, next, work, &AtomicBool::new(false))
    }

    #[test]
    fn each_lane_keeps_its_order_in_any_number_of_threads() {
        for jobs in [1, 2, 5] {
            let out = Mutex::new(Vec::new());
            endless(20_000, 3, jobs, &out).unwrap();
            let out = out.into_inner().unwrap();
            for lane in 0..3 {
                let numbers: Vec<_> = out.iter().filter(|(l, _)| *l == lane).map(|(_, n)| *n).collect();
                assert!(numbers == (0..20_000).collect::<Vec<_>>(), "lane {lane} of {jobs} jobs");
            }
        }
    }

    #[test]
    fn a_slow_writer_makes_the_reader_wait() {
        let under_way = AtomicUsize::new(0);
        let most = AtomicUsize::new(0);
        let read_bytes = AtomicU64::new(0);
        let mut flow = Some(Flow::<usize> {
            read: Box::new(|| {
                if read_bytes.fetch_add(1 << 20, Ordering::SeqCst) > 400 << 20 {
                    return None;
                }
                most.fetch_max(under_way.fetch_add(1 << 20, Ordering::SeqCst), Ordering::SeqCst);
                let record = format!("{{\"text\":\"{}\"}}", "x".repeat((1 << 20) - 11));
                let mut reader = crate::dump::Reader::new(io::Cursor::new(record), "in").ok()?;
                reader.next_raw()
            }),
            write: Box::new(|bytes| {
                thread::sleep(Duration::from_micros(500));
                under_way.fetch_sub(bytes.unwrap_or_default(), Ordering::SeqCst);
                Ok(())
            }),
        });
        let weigh = |items: Vec<Item>| items.iter().map(|item| item.as_ref().map_or(0, Raw::len)).sum();
        run(4, 2, || flow.take(), weigh, &AtomicBool::new(false)).unwrap();
        let most = most.load(Ordering::SeqCst);
        assert!(most <= UNDER_WAY + (2 << 20), "{most} bytes were under way");
    }

    #[test]
    fn errors_stops_and_panics_end_everything() {
        let flow = |mut fail: Box<dyn FnMut() -> io::Result<()> + Send>| {
            let mut n = 0;
            let mut flow = Some(Flow::<()> {
                read: Box::new(move || {
                    n += 1;
                    Some(item(n))
                }),
                write: Box::new(move |_| fail()),
            });
            move || flow.take()
        };
        let stop = AtomicBool::new(false);
        for jobs in [1, 4] {
            let result = run(jobs, 2, flow(Box::new(|| Err(io::Error::other("full")))), |_| (), &stop);
            assert_eq!(result.unwrap_err().to_string(), "full");
            let panicked = catch_unwind(AssertUnwindSafe(|| {
                run(jobs, 2, flow(Box::new(|| Ok(()))), |_| panic!("a defect"), &stop)
            }));
            assert!(panicked.is_err());
            let stopped = Arc::new(AtomicBool::new(false));
            let set = stopped.clone();
            let write = move || {
                set.store(true, Ordering::SeqCst);
                Ok(())
            };
            run(jobs, 2, flow(Box::new(write)), |_| (), &stopped).unwrap();
        }
    }
}
