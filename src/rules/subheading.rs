//! Protects sub-headings.
//!
//! # What it protects
//!
//! Headings, and short bold lines, that stand directly between two paragraphs of the page's longest stretch of prose.
//!
//! # Why it is body
//!
//! What stands between two paragraphs and is set as a heading announces the second.
//!
//! # What it must not protect
//!
//! Headings that are links, those of boxes set into the article, and lines that a phrase or a name has given away.

use super::prelude::*;
use crate::measure::Ending;

/// The rule `subheading`.
pub(super) struct Subheading;

static META: Meta = Meta::new("subheading", Category::Protect, "Sub-headings between paragraphs").examples(&[
    Example::Html(
        "<p>The bridge opened on Monday, two years late, and two million crowns over the sum planned.</p><h2>A long wait</h2>\
         <p>It had been planned since 1961, when the old bridge was closed to carts by the council.</p>",
    ),
    Example::Html(
        "<p>Die Brücke ist seit Montag offen, zwei Jahre später als geplant, wie die Stadt am Abend sagte.</p><p><b>Langes \
         Warten</b></p><p>Geplant war sie seit 1961, als die alte Brücke für Wagen gesperrt wurde, sagt der Rat.</p>",
    ),
    Example::Text(
        "The bridge opened on Monday, two years late, and two million crowns over the sum planned.\n\n## A long wait\n\nIt had \
         been planned since 1961, when the old bridge was closed to carts by the council.",
    ),
]);

/// Words of the longest sub-heading, and of the shortest paragraph beside one.
const MOST_WORDS: u32 = 20;
const PROSE_WORDS: u32 = 10;

impl Rule for Subheading {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, doc: &Document, out: &mut Findings) {
        let (blocks, run) = (doc.blocks(), doc.main_run());
        for i in run.start + 1..run.end.saturating_sub(1) {
            let block = &blocks[i];
            let is_heading = block.kind == BlockKind::Heading && block.level > 1;
            let is_bold = block.is(Setting::BOLD) && matches!(block.kind, BlockKind::Paragraph | BlockKind::Loose);
            if !(is_heading || is_bold)
                || block.words() == 0
                || block.words() > MOST_WORDS
                || block.link_density() > 0.0
            {
                continue;
            }
            let ends_open = matches!(block.measure.ending, Ending::None | Ending::Quote | Ending::Colon);
            let is_question = is_heading && block.measure.ending == Ending::Question;
            let is_boxed = block.is(Setting::HIDDEN | Setting::NAV | Setting::ASIDE | Setting::FIGURE | Setting::FORM);
            let is_prose = |i: usize| out.is_open(i) && blocks[i].is_prose(PROSE_WORDS);
            if (ends_open || is_question) && !is_boxed && out.is_open(i) && is_prose(i - 1) && is_prose(i + 1) {
                out.keep(doc, i, "a heading between two paragraphs");
            }
        }
    }
}
