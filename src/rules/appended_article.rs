//! Strips the next articles, which endless scroll appends to the one that was asked for.
//!
//! # What it strips
//!
//! Everything from a second headline on: a heading set like the first, by its level 1 or its class, with a date or byline
//! of its own, after a body and before another; everything behind a line that says that the next article is loading; and
//! `<article>` elements with a heading, and a date or byline near it, of their own after the one that holds the headline and a body.
//!
//! # Why it is boilerplate
//!
//! It is another page's body. Too much after the real end is what the best extractors lose most by.
//!
//! # What it must keep
//!
//! Sub-headings set as first-level headings, which have no date or byline under them; the entries of a
//! live blog, which stand in one article; what follows a box that teases another article under its headline.

use super::headline;
use super::prelude::*;
use super::publish_date::dates::{holds_full_date, is_date};
use crate::document::Hit;
use std::ops::Range;

/// The rule `appended-article`.
pub(super) struct AppendedArticle;

static META: Meta = Meta::new("appended-article", Category::Navigation, "The next articles, appended by endless scroll")
    .selector("article")
    .phrases(include_str!("data/appended_article.txt"))
    .examples(&[
        Example::Text(
            "The bridge at Velden will close in May for repairs, the town said on Monday after a meeting of the council. Trams \
             will still cross it at night, when there are few of them.\n\n⟦Loading the next article⟧\n\n⟦Mill burns down⟧\n\n⟦The \
             old mill at Aune burned down on Sunday night, the fire brigade said, and nothing was left of it but the wheel, which \
             had been of iron since 1911.⟧",
        ),
        Example::Html(
            "<title>Bridge to close in May</title><h1 class=t>Bridge to close in May</h1><p>The bridge at Velden will close in May for \
             repairs, the town said on Monday after a meeting of the council that had gone on until midnight. Trams will \
             still cross it at night, when there are few of them, and in the early morning, when the market needs them, \
             and the ferry will take whoever cannot wait for the bridge to open again in autumn.</p><p>It was built in \
             1911.</p>⟦<h1 class=t>Mill burns down in Aune</h1><p>3 May 2031</p><p>The old mill at Aune burned down on Sunday night, the \
             fire brigade said; nobody was hurt, and nobody knows yet how it began.</p>⟧",
        ),
        Example::Html(
            "<title>Bridge to close in May</title><h1>Bridge to close in May</h1><p>The bridge at Velden will close for repairs, the town said on \
             Monday.</p><h1>Trams go on</h1><p>Trams will still cross it at night, when there are few of them, and in the \
             early morning, when the market needs them.</p>",
        ),
        Example::Html(
            "<title>Bridge to close in May</title><h1 class=t>Bridge to close in May</h1><div><p>The bridge at Velden will close in May for \
             repairs, the town said on Monday after a meeting of the council that had gone on until midnight. Trams will \
             still cross it at night, when there are few of them, and in the early morning, when the market needs them, \
             and the ferry will take whoever cannot wait for the bridge to open again in autumn.</p><div><h1 class=t>Mill burns down \
             in Aune</h1><p>3 May 2031</p></div><p>It was built in 1911, and has been painted every year since then, \
             always in the same green, which the town has never been able to agree on a name for.</p></div>",
        ),
        Example::Html(
            "<title>How the bridge counts</title><h1>How the bridge counts</h1><p>The bridge at Velden counts the trams that cross it \
             by night, and writes what it has counted on a board that hangs under the lamp at its northern end, where the \
             ferry lands. Nobody in the town reads the board, since the figures on it are written in a way that only the \
             keeper of the bridge has learnt, and he has not been seen since the flood.</p><h1>What are the figures?</h1><p>Each stands for \
             a night.</p><p>110</p><p>Read from right to left, this says that two trams crossed, and then none did for a long while.</p>",
        ),
    ]);

/// Words of prose that make a body, before a second headline and behind it. Set by hand.
const BODY_WORDS: u32 = 60;
const NEXT_WORDS: u32 = 20;

/// Blocks under a headline in which its date or byline stands. Set by hand.
const STAMP_REACH: usize = 6;

/// Returns whether a date or a byline of its own stands among the blocks, as under the headline of an article and not
/// under a sub-heading.
fn has_stamp(doc: &Document, out: &Findings, mut blocks: Range<usize>) -> bool {
    blocks.any(|i| {
        let words = doc.blocks()[i].words();
        match out.verdict(i) {
            // A number alone is taken for a date, and may be anything.
            Some(Action::Part(Role::Date)) => words >= 2 || holds_full_date(doc.text_at(i)),
            Some(Action::Part(Role::Byline)) => words >= 2,
            _ => words <= 12 && (words >= 2 && is_date(doc.text_at(i)) || holds_full_date(doc.text_at(i))),
        }
    })
}

impl AppendedArticle {
    /// Returns the first heading that is set like the headline, if a body stands before it and prose behind, and it has a
    /// stamp. Where the first has none, headings of this kind part the article.
    fn second_headline(doc: &Document, out: &Findings, headline: usize) -> Option<usize> {
        let tree = doc.tree.as_ref()?;
        let blocks = doc.blocks();
        let first = &blocks[headline];
        let class = |i: usize| tree.attr(blocks[i].node, "class").filter(|class| !class.trim().is_empty());
        let own = class(headline);
        let second = (headline + 1..blocks.len()).find(|&i| {
            let block = &blocks[i];
            let is_like =
                || block.level == 1 && first.level == 1 || block.level <= 2 && own.is_some() && class(i) == own;
            block.kind == BlockKind::Heading
                && is_like()
                && !block.is(Setting::HIDDEN)
                && doc.first_copy(i).is_none()
                && doc.prose_in(headline..i) > 0
                && !Self::is_in_teaser(doc, headline, i)
        })?;
        let is_appended = has_stamp(doc, out, second..(second + STAMP_REACH).min(blocks.len()))
            && doc.prose_in(headline..second) >= BODY_WORDS
            && doc.prose_in(second..blocks.len()) >= NEXT_WORDS;
        is_appended.then_some(second)
    }

    /// Returns whether the largest box that a heading has for itself, without prose of the article before it, holds none behind
    /// it either.
    fn is_in_teaser(doc: &Document, headline: usize, heading: usize) -> bool {
        let is_own = |run: &Range<usize>| run.start > headline && doc.prose_in(run.start..heading) == 0;
        let own = doc.containers(heading).take_while(is_own).last();
        own.is_some_and(|own| doc.prose_in(own) < NEXT_WORDS)
    }

    /// Returns the elements after the one that holds the headline and a body, each with a heading and prose of its own.
    fn later_elements<'d>(doc: &'d Document, out: &'d Findings, headline: usize) -> impl Iterator<Item = &'d Hit> {
        let hits = doc.hits(&META);
        let own = hits
            .iter()
            .position(|hit| hit.blocks.contains(&headline) && doc.prose_in(hit.blocks.clone()) >= BODY_WORDS);
        hits.iter().skip(own.map_or(usize::MAX, |own| own + 1)).filter(|hit| !hit.via.is_phrase()).filter(|hit| {
            let heading = hit.blocks.clone().find(|&i| doc.blocks()[i].kind == BlockKind::Heading);
            let head = |heading: usize| hit.blocks.start..(heading + STAMP_REACH).min(hit.blocks.end);
            doc.prose_in(hit.blocks.clone()) > 0 && heading.is_some_and(|heading| has_stamp(doc, out, head(heading)))
        })
    }
}

impl Rule for AppendedArticle {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, doc: &Document, out: &mut Findings) {
        let count = doc.blocks().len();
        let is_loading = |hit: &&Hit| {
            let at = hit.blocks.start;
            hit.via.is_phrase() && doc.prose_in(0..at) >= NEXT_WORDS && doc.prose_in(at..count) >= NEXT_WORDS
        };
        if let Some(loading) = doc.hits(&META).iter().find(is_loading).map(|hit| hit.blocks.start) {
            for i in loading..count {
                out.strip(
                    doc,
                    i,
                    Reason::new("stands behind the line that the next article is loading, block").with_block(loading),
                );
            }
        }
        let Some(headline) = headline::of(doc, out) else { return };
        if let Some(second) = Self::second_headline(doc, out, headline) {
            for i in second..count {
                out.strip(doc, i, Reason::new("stands under another headline, block").with_block(second));
            }
        }
        let later: Vec<usize> = Self::later_elements(doc, out, headline).flat_map(|hit| hit.blocks.clone()).collect();
        for i in later {
            out.strip(doc, i, "stands in an article element after the one with the headline");
        }
    }
}
