//! Names the deck: the line or two under the headline.
//!
//! # What it strips
//!
//! Nothing when decks are asked for; otherwise what stands between the headline and the first paragraph, ends like no
//! sentence, and is set as a heading of five words or more, or has three and a class that says deck.
//!
//! # Why it is boilerplate
//!
//! It is not: it belongs to the headline, and sums up what the body says again.
//!
//! # What it must keep
//!
//! A first paragraph in full sentences, whatever it is set in and called: papers open their reports with standfirsts that
//! the text below takes as read, and of those that people marked by hand they kept two of three.

use super::prelude::*;

/// The rule `deck`.
pub(super) struct Deck;

static META: Meta = Meta::new("deck", Category::Headline, "The deck under the headline")
    .names(&[
        "deck",
        "dek",
        "standfirst",
        "subtitle",
        "subheadline",
        "sub-headline",
        "sottotitolo",
        "subtitulo",
        "untertitel",
        "ondertitel",
        "bajada",
        "excerpt",
        "zajawka",
        "chapo",
        "ingress",
        "manchet",
        "entradilla",
        "subtitular",
        "copete",
        "linha-fina",
        "linhafina",
        "sommario",
        "catenaccio",
        "alt-baslik",
        "altbaslik",
        "undertittel",
        "underrubrik",
        "podnaslov",
        "alcim",
        "perex",
    ])
    .examples(&[
        Example::Html(
            "<h1>Bridge to close</h1><p class=standfirst>The bridge at Velden will close in May. Trams will go on, the mayor \
             said.</p><p>It has been shut since a lorry hit it in March, and the council met on Monday to decide on it.</p>",
        ),
        Example::Html(
    "<h1>Bridge to close</h1><h2>Trams will go on, says mayor of Velden</h2><p>The bridge at Velden will close in May \
         for repairs, the town said on Monday after a meeting.</p>",
    ),
    Example::Html(
        "<h1>Bridge to close</h1><p>The bridge at Velden will close in May for repairs, the town said on Monday, and nobody will cross          it until the leaves fall.</p><h2>What will walkers have to do</h2><p>Wait.</p><ul><li>The ferry runs from six in the          morning until midnight, the company said.<li>The railway bridge is open to walkers on all days of the week.</ul>",
    ),
]);

/// Words of the shortest first paragraph. With a second such paragraph allowed above a deck, a third less is gained.
const PARAGRAPH: u32 = 20;

/// Blocks under the headline that are searched.
const REACH: usize = 12;

impl Rule for Deck {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, doc: &Document, out: &mut Findings) {
        let blocks = doc.blocks();
        let Some(headline) = (0..blocks.len()).find(|&i| out.verdict(i) == Some(Action::Part(Role::Headline))) else {
            return;
        };
        let end = (doc.main_run().start + 1).min(headline + REACH).min(blocks.len());
        // The longest stretch of prose may begin below the article's first paragraphs, with a list.
        let is_paragraph = |i: &usize| blocks[*i].is_prose(PARAGRAPH) && !blocks[*i].is(Setting::BOXED);
        let end = (headline + 1..end).find(is_paragraph).map_or(end, |first| first + 1);
        let mut found = 0;
        for i in headline + 1..end {
            let block = &blocks[i];
            let is_named = doc.hits(&META).iter().any(|hit| hit.blocks.contains(&i) && !hit.holds_body);
            let is_line = !block.measure.ending.ends_sentence() && (is_named || block.link_density() < 0.3);
            // In HTML a deck is set as a heading; a plain line there is more often the first paragraph's own.
            let is_plain = is_named
                || block.kind == BlockKind::Heading
                || doc.regime() != Regime::Markup && matches!(block.kind, BlockKind::Paragraph | BlockKind::Loose);
            if out.is_open(i)
                && (is_named || i + 1 < end)
                && is_line
                && is_plain
                && (if is_named { 3 } else { 5 }..=40).contains(&block.words())
                && found < 2
            {
                out.part(doc, i, Role::Deck, "stands between the headline and the first paragraph");
                found += 1;
            }
        }
    }
}
