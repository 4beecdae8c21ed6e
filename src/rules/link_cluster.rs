//! Strips runs of lines that are nothing but links.
//!
//! # What it strips
//!
//! Four or more blocks in a row whose letters stand in links, nearly all of them.
//!
//! # Why it is boilerplate
//!
//! Bodies link words in sentences; only menus and lists of other articles are made of links.
//!
//! # What it must keep
//!
//! A paragraph, or a few, made wholly of links, and lists of links between the body's own paragraphs or in the element that
//! holds most of the page's prose: those are left to `main-region`, which sees more of what is around them.

use super::prelude::*;

/// The rule `link-cluster`.
pub(super) struct LinkCluster;

static META: Meta = Meta::new("link-cluster", Category::Navigation, "Runs of lines that are nothing but links").examples(&[
    Example::Html(
        "<p>The bridge opened on Monday.</p><ul>⟦<li><a href=1>Mill burns</a><li><a href=2>Fog in Aune</a><li><a href=3>Town \
         buys tram</a><li><a href=4>River rises</a>⟧</ul>",
    ),
    Example::Html(
        "<div><h1>Four ways over the river</h1><ol><li><a href=1>The old bridge</a><li><a href=2>The ferry</a><li><a href=3>The \
         mill weir</a><li><a href=4>The ford</a></ol><p>None of them is safe in April, when the snow melts in the hills of \
         Aune.</p></div><p>Write to us.</p>",
    ),
    Example::Html("<p>The bridge opened.</p><p><a href=1>The plan</a></p><p><a href=2>The map</a></p><p>It was cold.</p>"),
]);

const FEWEST: usize = 4;
const DENSITY: f32 = 0.8;
/// Share of the page's prose in the element around a run from which on the run may be the article's. Set by hand.
const MOST_PROSE: f32 = 0.5;

impl Rule for LinkCluster {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, doc: &Document, out: &mut Findings) {
        let blocks = doc.blocks();
        let run = doc.main_run();
        let mut start = 0;
        for i in 0..=blocks.len() {
            let is_link = |b: &crate::Block| b.link_density() >= DENSITY && !(b.is_prose(15) && b.measure.stops > 0);
            if i < blocks.len() && is_link(&blocks[i]) {
                continue;
            }
            let is_within = start > run.start && i < run.end;
            if i - start >= FEWEST && !is_within && !is_among_prose(doc, start..i) {
                for block in start..i {
                    out.strip(
                        doc,
                        block,
                        Reason::new("one of the run of links that begins at block").with_block(start),
                    );
                }
            }
            start = i + 1;
        }
    }
}

/// Returns whether the smallest element that holds a run of links and something else holds most of the page's prose: such a
/// list is part of an article more often than a menu is.
fn is_among_prose(doc: &Document, run: std::ops::Range<usize>) -> bool {
    let around = doc.containers(run.start).find(|range| range.start < run.start || range.end > run.end);
    let page = 0..doc.blocks().len();
    // That the page holds its own prose says nothing.
    let around = around.filter(|range| *range != page);
    around.is_some_and(|range| doc.prose_in(range) as f32 >= MOST_PROSE * doc.prose_in(page) as f32)
}
