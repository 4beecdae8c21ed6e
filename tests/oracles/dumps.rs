//! Laws that hold for any dump, as functions that panic where one is broken: shared by the tests and the fuzz targets.

#![allow(dead_code, reason = "each test and each fuzz target uses some of them")]

use bodycopy::Pipeline;
use bodycopy::dump::{Failure, Reader, Record, Summary, To, Writer, run};
use std::io::{self, Cursor, Read, Write};
use std::sync::{Arc, LazyLock, Mutex};

/// Bytes that a record of these dumps may have: few, so that small inputs reach the limit.
pub const MAX_RECORD: usize = 64 << 10;

static FEW_RULES: LazyLock<Pipeline> = LazyLock::new(|| Pipeline::builder().only(["share-bar"]).build().unwrap());

/// Gives an input in pieces of so many bytes.
pub struct Dribble {
    pub bytes: Cursor<Vec<u8>>,
    pub most: usize,
}

impl Read for Dribble {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let n = out.len().min(self.most);
        self.bytes.read(&mut out[..n])
    }
}

/// What came out of a dump.
#[derive(Debug, PartialEq)]
pub struct Held {
    pub records: Vec<Record>,
    pub failures: Vec<Failure>,
    pub skipped: u64,
}

pub fn held(reader: io::Result<Reader>) -> Option<Held> {
    let mut reader = reader.ok()?.max_record(MAX_RECORD).keep_fields(true);
    let mut held = Held { records: Vec::new(), failures: Vec::new(), skipped: 0 };
    for item in &mut reader {
        match item {
            Ok(record) => held.records.push(record),
            Err(failure) => held.failures.push(failure),
        }
    }
    held.skipped = reader.skipped().values().sum();
    Some(held)
}

/// What is written to it can be had while the writer is still there.
#[derive(Clone, Default)]
pub struct Sink(Arc<Mutex<Vec<u8>>>);

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Cleans a dump in so many threads; returns the output, the failures and the counts.
pub fn cleaned(bytes: &[u8], jobs: usize) -> Option<(Vec<u8>, Vec<Failure>, Summary)> {
    let reader = Reader::new(Cursor::new(bytes.to_vec()), "in").ok()?;
    let mut reader = reader.max_record(MAX_RECORD).keep_fields(true);
    let sink = Sink::default();
    let mut writer = Writer::to(sink.clone(), To::Jsonl).unwrap();
    let mut failures = Vec::new();
    let summary = run(&mut reader, &mut writer, &FEW_RULES, jobs, |failure| failures.push(failure.clone())).unwrap();
    writer.finish().unwrap();
    let out = std::mem::take(&mut *sink.0.lock().unwrap());
    Some((out, failures, summary))
}

/// Everything that must hold of a dump. `step` is how many bytes of it come at a time.
pub fn check_dump(bytes: &[u8], step: usize, with_threads: bool) {
    let whole = held(Reader::new(Cursor::new(bytes.to_vec()), "in"));
    let dribble = Dribble { bytes: Cursor::new(bytes.to_vec()), most: step.max(1) };
    let pieces = held(Reader::new(dribble, "in"));
    assert_eq!(whole, pieces, "the input whole, and in pieces of {step} bytes");
    for record in whole.iter().flat_map(|held| &held.records) {
        assert!(record.content.len() <= 3 * MAX_RECORD, "a record of {} bytes", record.content.len());
    }
    let Some((out, failures, summary)) = cleaned(bytes, 1) else { return };
    let held = whole.expect("it was opened before");
    check_accounts(&summary, &failures);
    assert_eq!(summary.cleaned as usize, held.records.len());
    assert_eq!(summary.skipped.values().sum::<u64>(), held.skipped);
    assert_eq!(out.iter().filter(|b| **b == b'\n').count(), held.records.len(), "a line a record");
    for line in out.split(|b| *b == b'\n').filter(|line| !line.is_empty()) {
        let line: serde_json::Value = serde_json::from_slice(line).expect("a line of output is JSON");
        assert!(line["text"].is_string());
    }
    if with_threads {
        assert_eq!(Some((out, failures, summary)), cleaned(bytes, 3), "one thread, and three");
    }
}

/// Every record that came in is cleaned, skipped by a named kind or failed by a named cause.
pub fn check_accounts(summary: &Summary, failures: &[Failure]) {
    let named = |counts: &std::collections::BTreeMap<String, u64>| counts.values().sum::<u64>();
    let (skipped, failed) = (named(&summary.skipped), named(&summary.failed));
    assert_eq!(summary.cleaned + skipped + failed, summary.records, "{summary:?}");
    assert!(!summary.failed.contains_key("panic"), "{failures:?}");
    // A page of which a part was read is told of, and cleaned.
    assert_eq!(failed + named(&summary.damaged) + summary.partial, failures.len() as u64, "{failures:?}");
}
