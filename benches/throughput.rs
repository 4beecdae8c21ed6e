//! How fast pages that are held in memory are cleaned: `cargo bench --features dump --bench throughput -- DUMP [PAGES]`.
//!
//! DUMP is a file of records as `bodycopy dump` reads them. Prints pages, bytes, CPU seconds of the best of three rounds on
//! one thread, the ratio of two threads to one in wall time, and milliseconds of the first page and of building the pipeline.

use bodycopy::Pipeline;
use bodycopy::dump::{Reader, Record};
use std::hint::black_box;
use std::thread;
use std::time::{Duration, Instant};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = std::env::args().skip(1).filter(|arg| !arg.starts_with("--"));
    let Some(dump) = args.next() else {
        println!("which dump? -- DUMP [PAGES]");
        return Ok(());
    };
    let count = args.next().map_or(Ok(usize::MAX), |count| count.parse())?;
    let pages: Vec<Record> = Reader::open(&dump)?.filter_map(Result::ok).take(count).collect();
    let bytes: usize = pages.iter().map(|record| record.page().source().len()).sum();

    let (build, pipeline) = timed(Pipeline::default);
    let (first, _) = timed(|| clean(&pipeline, &pages[..1]));
    let best = |work: &dyn Fn()| (0..3).map(|_| timed(work).0).min().unwrap_or_default();
    let one = best(&|| _ = clean(&pipeline, &pages));
    let two = best(&|| {
        let (left, right) = pages.split_at(pages.len() / 2);
        thread::scope(|scope| {
            scope.spawn(|| clean(&pipeline, left));
            clean(&pipeline, right);
        });
    });
    let millis = |time: Duration| time.as_secs_f64() * 1e3;
    println!(
        "{} pages, {:.1} MB, {:.3} s, {:.1} MB/s, {:.0} pages/s; two threads {:.2} times as fast; pipeline {:.1} ms, first page {:.1} ms",
        pages.len(),
        bytes as f64 / 1e6,
        one.as_secs_f64(),
        bytes as f64 / 1e6 / one.as_secs_f64(),
        pages.len() as f64 / one.as_secs_f64(),
        one.as_secs_f64() / two.as_secs_f64(),
        millis(build),
        millis(first),
    );
    Ok(())
}

fn timed<T>(work: impl FnOnce() -> T) -> (Duration, T) {
    let start = Instant::now();
    let made = work();
    (start.elapsed(), made)
}

fn clean(pipeline: &Pipeline, pages: &[Record]) -> usize {
    pages.iter().map(|record| black_box(pipeline.clean(record.page()).text()).len()).sum()
}
