//! How long cleaning takes, by the clock: `cargo bench --bench clean`. For comparing a change with what was before on one quiet
//! machine; `benches/counts` counts instructions, which do not vary.

#![allow(missing_docs, reason = "the macros make items without")]

mod pages;

use bodycopy::{Page, Pipeline};
use divan::Bencher;
use divan::counter::BytesCount;
use std::sync::LazyLock;

static PIPELINE: LazyLock<Pipeline> = LazyLock::new(Pipeline::default);
static NEWS: LazyLock<Vec<String>> = LazyLock::new(pages::news);
static FLATTENED: LazyLock<Vec<String>> = LazyLock::new(pages::flattened);

fn main() {
    divan::main();
}

fn bytes(pages: &[String]) -> BytesCount {
    BytesCount::new(pages.iter().map(String::len).sum::<usize>())
}

/// All pages on each thread, so that with twice as many threads the time stays the same where they do not hinder one another.
#[divan::bench(threads = [1, 2])]
fn html(bencher: Bencher) {
    bencher
        .counter(bytes(&NEWS))
        .bench(|| NEWS.iter().map(|page| PIPELINE.clean(Page::html(page)).text().len()).sum::<usize>());
}

#[divan::bench(threads = [1, 2])]
fn text(bencher: Bencher) {
    bencher
        .counter(bytes(&FLATTENED))
        .bench(|| FLATTENED.iter().map(|page| PIPELINE.clean(Page::text(page)).text().len()).sum::<usize>());
}

#[divan::bench]
fn build() -> Pipeline {
    Pipeline::default()
}

/// Hostile shapes, 100 kB each.
#[divan::bench(args = pages::SHAPES.iter().map(|shape| shape.name))]
fn shape(bencher: Bencher, name: &str) {
    let shape = pages::SHAPES.iter().find(|shape| shape.name == name).expect("the names are those of the shapes");
    let source = (shape.page)(100_000);
    let page = || if shape.is_text { Page::text(&source) } else { Page::html(&source) };
    bencher.counter(BytesCount::of_str(&source)).bench(|| PIPELINE.clean(page()).text().len());
}
