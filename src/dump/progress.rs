//! How far a run has come, for whoever shows it.

use std::sync::atomic::{AtomicU64, Ordering};

/// Counters of a run, kept current while it goes on. Reading them costs the run nothing.
#[derive(Debug, Default)]
pub struct Progress {
    pub(super) counters: [AtomicU64; 7],
}

pub(super) const INPUTS: usize = 0;
pub(super) const INPUTS_DONE: usize = 1;
pub(super) const BYTES: usize = 2;
pub(super) const BYTES_READ: usize = 3;
pub(super) const BYTES_WRITTEN: usize = 4;
pub(super) const RECORDS: usize = 5;
pub(super) const FAILURES: usize = 6;

impl Progress {
    pub(super) fn add(&self, counter: usize, n: u64) {
        self.counters[counter].fetch_add(n, Ordering::Relaxed);
    }

    fn value(&self, counter: usize) -> u64 {
        self.counters[counter].load(Ordering::Relaxed)
    }

    /// Returns how many inputs, or shards of a folder, there are to do.
    pub fn inputs(&self) -> u64 {
        self.value(INPUTS)
    }

    /// Returns how many of them are done.
    pub fn inputs_done(&self) -> u64 {
        self.value(INPUTS_DONE)
    }

    /// Returns the bytes of all inputs as stored, as far as their lengths are known.
    pub fn bytes(&self) -> u64 {
        self.value(BYTES)
    }

    /// Returns how many of them were read, those of standard input too.
    pub fn bytes_read(&self) -> u64 {
        self.value(BYTES_READ)
    }

    /// Returns the bytes of text that were written, before packing.
    pub fn bytes_written(&self) -> u64 {
        self.value(BYTES_WRITTEN)
    }

    /// Returns the number of records: cleaned, skipped and failed ones.
    pub fn records(&self) -> u64 {
        self.value(RECORDS)
    }

    /// Returns the number of failures.
    pub fn failures(&self) -> u64 {
        self.value(FAILURES)
    }
}
