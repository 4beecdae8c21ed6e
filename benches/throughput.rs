//! How fast pages that are held in memory are cleaned: `cargo bench --features dump --bench throughput -- DUMP [PAGES [FIELD]]`.
//!
//! DUMP is a file of records as `bodycopy dump` reads them; FIELD is the one that holds flattened text, which is cleaned where
//! there is no HTML. Prints pages, bytes, processor seconds of the best of three rounds on one thread, how much faster two threads are by the clock,
//! milliseconds of building the pipeline and of the first page, and the most memory, which holds the pages too.

use bodycopy::Pipeline;
use bodycopy::dump::{Reader, Record};
use std::hint::black_box;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::thread;
use std::time::{Duration, Instant};

/// What a round takes at the least.
const ROUND: Duration = Duration::from_millis(500);

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = std::env::args().skip(1).filter(|arg| !arg.starts_with("--"));
    let Some(dump) = args.next() else {
        println!("which dump? -- DUMP [PAGES]");
        return Ok(());
    };
    let count = args.next().map_or(Ok(usize::MAX), |count| count.parse())?;
    let mut reader = Reader::open(&dump)?;
    if let Some(field) = args.next() {
        reader = reader.page_fields(Some("html"), Some(&field));
    }
    let pages: Vec<Record> = reader.filter_map(Result::ok).take(count).collect();
    let bytes: usize = pages.iter().map(|record| record.page().source().len()).sum();

    let (build, pipeline) = timed(Pipeline::default);
    let (first, _) = timed(|| clean(&pipeline, &pages[..1]));
    let (once, _) = timed(|| clean(&pipeline, &pages));
    // The clock of a processor ticks every few milliseconds, and threads take some time to start.
    let times = (ROUND.as_secs_f64() / once.as_secs_f64()).ceil() as u32;
    let pages: Vec<&Record> = (0..times).flat_map(|_| &pages).collect();
    let best = |work: &dyn Fn()| (0..3).map(|_| timed(work).0).min().unwrap_or_default();
    let alone = (0..3).map(|_| busy(|| _ = clean(&pipeline, pages.iter().copied()))).min().unwrap_or_default() / times;
    let one = best(&|| _ = clean(&pipeline, pages.iter().copied()));
    let two = best(&|| {
        // Each takes the page that comes next, as pages differ in size.
        let next = AtomicUsize::new(0);
        let work = || (0..pages.len()).map(|_| next.fetch_add(1, Relaxed)).map_while(|i| pages.get(i).copied());
        thread::scope(|scope| {
            scope.spawn(|| clean(&pipeline, work()));
            clean(&pipeline, work());
        });
    });
    let millis = |time: Duration| time.as_secs_f64() * 1e3;
    let count = pages.len() / times as usize;
    println!(
        "{} pages, {:.1} MB, {:.3} s, {:.1} MB/s, {:.0} pages/s; two threads {:.2} times as fast; pipeline {:.1} ms, first page {:.1} ms; peak {:.0} MB",
        count,
        bytes as f64 / 1e6,
        alone.as_secs_f64(),
        bytes as f64 / 1e6 / alone.as_secs_f64(),
        count as f64 / alone.as_secs_f64(),
        one.as_secs_f64() / two.as_secs_f64(),
        millis(build),
        millis(first),
        peak().unwrap_or_default(),
    );
    Ok(())
}

/// Returns the most memory that this process has held, in megabytes, where the system tells.
fn peak() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(line.trim().trim_end_matches(" kB").parse::<f64>().ok()? / 1000.0)
}

/// Returns the time that this thread was on a processor, or by the clock where the system does not tell.
fn busy(work: impl FnOnce()) -> Duration {
    let spent = || std::fs::read_to_string("/proc/thread-self/schedstat").ok()?.split(' ').next()?.parse().ok();
    let before: Option<u64> = spent();
    let (clock, ()) = timed(work);
    before.zip(spent()).map_or(clock, |(before, after)| Duration::from_nanos(after - before))
}

fn timed<T>(work: impl FnOnce() -> T) -> (Duration, T) {
    let start = Instant::now();
    let made = work();
    (start.elapsed(), made)
}

fn clean<'p>(pipeline: &Pipeline, pages: impl IntoIterator<Item = &'p Record>) -> usize {
    let mut cleaner = pipeline.cleaner();
    pages.into_iter().map(|record| black_box(cleaner.clean(record.page()).text()).len()).sum()
}
