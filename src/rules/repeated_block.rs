//! Strips the copies of a paragraph that stands on the page more than once.
//!
//! # What it strips
//!
//! Of paragraphs of twelve words or more with the same text (case, white space and quotes folded), all but one: the copy in the
//! page's longest stretch of prose, or the first.
//!
//! # Why it is boilerplate
//!
//! A fifth to a quarter of news pages hold a paragraph twice: a teaser of the article itself, a pull quote, a summary.
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
    Example::Text("\"No,\" he said.\n\nAsked again, he laughed.\n\n\"No,\" he said."),
    Example::Html(
        "<div><h2>Zum Ersten</h2><p>Der Pächter hält die Brücke instand und zahlt der Gemeinde im Jahr acht Taler.</p></div>\
         <div><h2>Zum Zweiten</h2><p>Geht die Brücke im Hochwasser verloren, so trägt die Gemeinde den halben Schaden allein.</p>\
         <p>Der Pächter hält die Brücke instand und zahlt der Gemeinde im Jahr acht Taler.</p></div>",
    ),
]);

const FEWEST_WORDS: u32 = 12;

impl Rule for RepeatedBlock {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, doc: &Document, out: &mut Findings) {
        let run = doc.main_run();
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
