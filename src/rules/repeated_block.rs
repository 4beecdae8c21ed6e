//! Strips the copies of a paragraph that stands on the page more than once.
//!
//! # What it strips
//!
//! Of paragraphs of twelve words or more with the same text (case, white space and quotes folded), all but one: the copy in the
//! page's longest stretch of prose, or the first. Of stretches of five blocks and a hundred words or more that are the same line for
//! line, all but one in the same way, wherever they stand.
//!
//! # Why it is boilerplate
//!
//! A fifth to a quarter of news pages hold a paragraph twice: a teaser of the article itself, a pull quote, a summary. Some hold the
//! article itself two or three times, one for each width of screen.
//!
//! # What it must keep
//!
//! Short lines, which may repeat in a poem or an interview, and paragraphs of HTML that stand twice in one element, or
//! twice within the longest stretch of prose, set in the same way: a teaser or a pull quote is set otherwise.

use super::prelude::*;
use std::collections::BTreeMap;

/// The rule `repeated-block`.
pub(super) struct RepeatedBlock;

static META: Meta = Meta::new("repeated-block", Category::Region, "Copies of a paragraph").examples(&[
    Example::Text(
        "The bridge at Velden will close in May for repairs, the town said on Monday.\n\nThe council met on Monday to \
         decide what to do with the old bridge over the river.\n\n⟦The bridge at Velden will close in May for repairs, the \
         town said on Monday.⟧\n\nTrams will still cross it at night, when there are few of them, and in the early morning.",
    ),
    Example::Html(
        "<div><p>The bridge at Velden will close in May for repairs, the town said on Monday, and trams will go round by Aune until \
         the end of the year.</p><h2>Why now</h2><p>It was built in 1911, and the rails have sunk by a hand since then, said the \
         engineer, who had measured it himself on his knees.</p><h2>What it costs</h2><p>Two million crowns, of which the county \
         pays half, and the rest comes from the tram, which will cost more from June on, the mayor said after the meeting of the \
         council.</p><p>Nobody in the town had expected that the ferry would be asked to sail by night as well.</p>⟦<p>The bridge \
         at Velden will close in May for repairs, the town said on Monday, and trams will go round by Aune until the end of the \
         year.</p><h2>Why now</h2><p>It was built in 1911, and the rails have sunk by a hand since then, said the engineer, who \
         had measured it himself on his knees.</p><h2>What it costs</h2><p>Two million crowns, of which the county pays half, and \
         the rest comes from the tram, which will cost more from June on, the mayor said after the meeting of the council.</p>\
         <p>Nobody in the town had expected that the ferry would be asked to sail by night as well.</p>⟧</div>",
    ),
    Example::Text("\"No,\" he said.\n\nAsked again, he laughed.\n\n\"No,\" he said."),
    Example::Html(
        "<div><h2>Zum Ersten</h2><p>Der Pächter hält die Brücke instand und zahlt der Gemeinde im Jahr acht Taler.</p></div>\
         <div><h2>Zum Zweiten</h2><p>Geht die Brücke im Hochwasser verloren, so trägt die Gemeinde den halben Schaden allein.</p>\
         <p>Der Pächter hält die Brücke instand und zahlt der Gemeinde im Jahr acht Taler.</p></div>",
    ),
]);

const FEWEST_WORDS: u32 = 12;

/// Blocks and words of a stretch that is not said twice on purpose. Set by hand.
const FEWEST_BLOCKS: usize = 5;
const STRETCH_WORDS: u32 = 100;

/// Returns the stretches that are the same line for line as one before: where that starts, where they start, and the blocks.
fn stretches(doc: &Document) -> Vec<(usize, usize, usize)> {
    let count = doc.blocks().len();
    let text = |i: usize| doc.first_copy(i).unwrap_or(i);
    let mut out = Vec::new();
    let mut at = 0;
    while at < count {
        let first = text(at);
        let is_same = |k: &usize| at + k < count && text(first + k) == text(at + k);
        let blocks = (0..at - first).take_while(is_same).count();
        if blocks >= FEWEST_BLOCKS && doc.words_in(at..at + blocks) >= STRETCH_WORDS {
            out.push((first, at, blocks));
        }
        // Passed either way, so that nothing is read more than twice.
        at += if blocks >= FEWEST_BLOCKS { blocks } else { 1 };
    }
    out
}

impl Rule for RepeatedBlock {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, doc: &Document, out: &mut Findings) {
        let run = doc.main_run();
        // What another rule has taken most of is no copy to keep. Asked of all before any goes: a stretch may be a copy of a copy.
        let is_left = |kept: usize, blocks: usize| {
            let left = (kept..kept + blocks).filter(|&i| out.is_left(i)).map(|i| doc.blocks()[i].words());
            2 * left.sum::<u32>() >= doc.words_in(kept..kept + blocks)
        };
        let copies: Vec<(usize, usize, usize)> = stretches(doc)
            .into_iter()
            .map(|(first, second, blocks)| {
                let is_second = run.contains(&second) && !run.contains(&first);
                if is_second { (second, first, blocks) } else { (first, second, blocks) }
            })
            .filter(|&(kept, _, blocks)| is_left(kept, blocks))
            .collect();
        for (kept, gone, blocks) in copies {
            for i in gone..gone + blocks {
                if out.is_open(i) {
                    out.strip(doc, i, Reason::new("one of a stretch that stands again from block").with_block(kept));
                }
            }
        }
        let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for i in 0..doc.blocks().len() {
            if doc.blocks()[i].words() >= FEWEST_WORDS
                && let Some(first) = doc.first_copy(i)
            {
                groups.entry(first).or_insert_with(|| vec![first]).push(i);
            }
        }
        for copies in groups.into_values() {
            let open = |&&i: &&usize| out.is_open(i);
            // Of two alike side by side in one element neither is a teaser or a pull quote of the other.
            if copies.iter().all(|&i| doc.are_siblings(copies[0], i)) && doc.regime() == Regime::Markup {
                continue;
            }
            let in_run = |&&i: &&usize| run.contains(&i);
            // What is set like its copy, and stands in the article as it does, is said twice on purpose.
            let is_like = |a: usize, b: usize| {
                let (a, b) = (&doc.blocks()[a], &doc.blocks()[b]);
                doc.are_alike(a, b) && a.setting == b.setting
            };
            if copies.iter().all(|i| in_run(&i) && is_like(copies[0], *i)) && doc.regime() == Regime::Markup {
                continue;
            }
            let kept = copies.iter().filter(open).find(in_run).or_else(|| copies.iter().find(open)).copied();
            for i in copies.into_iter().filter(|&i| Some(i) != kept) {
                if out.is_open(i) {
                    out.strip(doc, i, Reason::new("the same text stands in block").with_block(kept.unwrap_or(0)));
                }
            }
        }
    }
}
