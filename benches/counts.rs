//! Instructions of each stage of cleaning, and of each hostile shape at two sizes, counted by Valgrind.
//!
//! `benches/counts` runs this, prints the tables, and compares them with what is recorded.

#![allow(missing_docs, reason = "the macros make items without")]

mod pages;

use bodycopy::{Page, Pipeline};
use gungraun::prelude::*;
use gungraun::{Callgrind, EntryPoint};
use std::hint::black_box;

/// A pipeline and what it will clean.
struct Work {
    pipeline: Pipeline,
    pages: Vec<String>,
    is_text: bool,
}

impl Work {
    /// What the first page of a process makes for all is no cost of these.
    fn new(pages: Vec<String>, is_text: bool) -> Self {
        let pipeline = Pipeline::default();
        pipeline.clean(Page::html(FIRST));
        Self { pipeline, pages, is_text }
    }

    fn page<'p>(&self, source: &'p str) -> Page<'p> {
        if self.is_text { Page::text_bytes(source.as_bytes(), None) } else { Page::html_bytes(source.as_bytes(), None) }
    }
}

/// Cleans, and gives all back, so that nothing is dropped while instructions are counted.
fn clean(work: Work) -> (Work, Vec<String>) {
    let texts = work.pages.iter().map(|page| work.pipeline.clean(work.page(page)).text()).collect();
    (work, texts)
}

fn news(_: &str) -> Work {
    Work::new(pages::news(), false)
}

fn flattened(_: &str) -> Work {
    Work::new(pages::flattened(), true)
}

/// Counts what a function of the crate and all that it calls does.
fn only(function: &str) -> LibraryBenchmarkConfig {
    let mut callgrind = Callgrind::with_args(["--cache-sim=no"]);
    callgrind.entry_point(EntryPoint::Custom(function.to_owned()));
    let mut config = LibraryBenchmarkConfig::default();
    config.tool(callgrind);
    config
}

#[library_benchmark(setup = news)]
#[bench::html("whole")]
#[bench::decode(args = ("decode"), config = only("bodycopy::page::decode"))]
#[bench::parse(args = ("parse"), config = only("bodycopy::html::parser::parse"))]
#[bench::blocks(args = ("blocks"), config = only("bodycopy::html::blocks::build"))]
#[bench::selectors(args = ("selectors"), config = only("bodycopy::selectors::Selectors::search"))]
#[bench::phrases(args = ("phrases"), config = only("bodycopy::phrases::Phrases::search"))]
#[bench::rules(args = ("rules"), config = only("bodycopy::pipeline::Pipeline::ask"))]
#[bench::scoring(args = ("scoring"), config = only("bodycopy::rules::main_region::scores"))]
#[bench::facts(args = ("facts"), config = only("bodycopy::facts::find"))]
#[bench::settle(args = ("settle"), config = only("bodycopy::pipeline::*::settle"))]
#[bench::text(args = ("text"), config = only("bodycopy::article::Cleaned::text"))]
fn html(work: Work) -> (Work, Vec<String>) {
    black_box(clean(work))
}

#[library_benchmark(setup = flattened)]
#[bench::text("whole")]
#[bench::read(args = ("read"), config = only("bodycopy::text::read"))]
fn text(work: Work) -> (Work, Vec<String>) {
    black_box(clean(work))
}

#[library_benchmark]
fn build() -> Pipeline {
    black_box(Pipeline::default())
}

/// The first page of a process, as small as can be.
const FIRST: &str = "<p>The old bridge will close in May.</p>";

#[library_benchmark]
fn first() -> (Pipeline, String) {
    let pipeline = Pipeline::default();
    let text = pipeline.clean(Page::html(FIRST)).text();
    black_box((pipeline, text))
}

/// Bytes of the smaller page of a shape; the larger has twice as many.
const BYTES: usize = 100_000;

fn shaped(number: usize) -> Work {
    let shape = &pages::SHAPES[number / 2];
    Work::new(vec![(shape.page)(BYTES << (number % 2))], shape.is_text)
}

#[library_benchmark]
#[benches::shape(iter = 0..2 * pages::SHAPES.len(), setup = shaped)]
fn scaling(work: Work) -> (Work, Vec<String>) {
    black_box(clean(work))
}

library_benchmark_group!(name = stages, benchmarks = [html, text, build, first]);
library_benchmark_group!(name = shapes, benchmarks = scaling);
main!(
    config = LibraryBenchmarkConfig::default().tool(Callgrind::with_args(["--cache-sim=no"])),
    library_benchmark_groups = [stages, shapes]
);
