//! Memory: what cleaning one page takes at the most, and that nothing is kept from one page to the next.
//!
//! The numbers are bytes that the crate asks its allocator for, so they are the same on every machine.

#[path = "../benches/pages/mod.rs"]
mod pages;

use bodycopy::{Page, Pipeline};
use dhat::{HeapStats, Profiler};

#[global_allocator]
static ALLOCATOR: dhat::Alloc = dhat::Alloc;

/// A page of HTML takes at most so many times its bytes, and so many bytes in any case.
const TIMES: usize = 3;
const FLOOR: usize = 1 << 20;

/// Lines of flattened text are some sixty bytes each, and each is a block with its counts, words and result, in two rounds.
const TIMES_OF_TEXT: usize = 8;

/// No shape takes more than so many times its bytes: tags of three bytes, each an element, a frame and maybe a block.
const TIMES_OF_HOSTILE: usize = 100;

/// Bytes of the smaller page of a shape; the larger has four times as many, so that what grows faster than the page shows.
const BYTES: usize = 100_000;

/// Bytes that a cleaner which has cleaned the page before asks for, of each byte of HTML: for the result and for what rules
/// note down.
const WARM: f64 = 0.8;

fn page(source: &str, is_text: bool) -> Page<'_> {
    if is_text { Page::text(source) } else { Page::html(source) }
}

/// Returns the most bytes that cleaning the page takes at any time. What is made once for a process, such as a table that a
/// rule needs, has been made the first time.
fn peak(pipeline: &Pipeline, source: &str, is_text: bool) -> usize {
    drop(pipeline.clean(page(source, is_text)));
    let _profiler = Profiler::builder().testing().build();
    drop(pipeline.clean(page(source, is_text)));
    let stats = HeapStats::get();
    assert_eq!(stats.curr_bytes, 0, "something of a page of {} bytes is kept", source.len());
    stats.max_bytes
}

/// Returns the bytes asked for to clean each byte of the pages with one cleaner, at first and at the second time.
fn asked_for(pipeline: &Pipeline, pages: &[String]) -> (f64, f64) {
    let mut cleaner = pipeline.cleaner();
    let mut round = || {
        let _profiler = Profiler::builder().testing().build();
        pages.iter().for_each(|html| drop(cleaner.clean(Page::html(html))));
        HeapStats::get().total_bytes as f64 / pages.iter().map(String::len).sum::<usize>() as f64
    };
    (round(), round())
}

// One test, because the profiler is one for the whole program.
#[test]
fn memory_is_bounded_and_given_back() {
    let pipeline = Pipeline::default();
    let (news, flattened) = (pages::news(), pages::flattened());
    let large = [news.concat(), news.concat().repeat(4)];
    for html in news.iter().chain(&large) {
        let (peak, most) = (peak(&pipeline, html, false), TIMES * html.len() + FLOOR);
        assert!(peak <= most, "a page of {} bytes takes {peak} bytes, more than {most}", html.len());
    }
    for text in flattened.iter().chain([&flattened.concat()]) {
        let (peak, most) = (peak(&pipeline, text, true), TIMES_OF_TEXT * text.len() + FLOOR);
        assert!(peak <= most, "a text of {} bytes takes {peak} bytes, more than {most}", text.len());
    }
    let (cold, warm) = asked_for(&pipeline, &large[..1]);
    assert!(warm < WARM, "a cleaner asks for {warm:.2} bytes for each byte of HTML, at first for {cold:.2}");
    for shape in pages::SHAPES {
        for bytes in [BYTES, 4 * BYTES] {
            let source = (shape.page)(bytes);
            let times = peak(&pipeline, &source, shape.is_text) / source.len();
            println!("{} of {bytes} bytes takes {times} times as many", shape.name);
            assert!(times <= TIMES_OF_HOSTILE, "{} of {bytes} bytes takes {times} times as many", shape.name);
        }
    }
}
