//! Protects sentences of the article that are links from end to end.
//!
//! # What it protects
//!
//! A paragraph made of links that ends with a full stop and stands directly between two paragraphs of the page's longest
//! stretch of prose.
//!
//! # Why it is body
//!
//! Some writers link a whole sentence to its source. Headlines, which teasers are made of, have no full stop.
//!
//! # What it must not protect
//!
//! Teasers between paragraphs, runs of links, and lines that a phrase gives away.

use super::prelude::*;
use crate::measure::Ending;

/// The rule `link-paragraph`.
pub(super) struct LinkParagraph;

static META: Meta = Meta::new("link-paragraph", Category::Protect, "Sentences that are links from end to end").examples(&[
    Example::Html(
        "<p>The bridge opened on Monday, two years late, and two million crowns over the sum planned.</p><p><a href=1>The county \
         had said in 1961 that it would open within the year.</a></p><p>Nobody believed it then, the mayor said on Monday.</p>",
    ),
    Example::Html(
        "<p>Die Brücke ist seit Montag offen, zwei Jahre später als geplant, wie die Stadt sagte.</p><p><a href=1>Der Landkreis \
         hatte 1961 gesagt, sie werde noch im selben Jahr fertig.</a></p><p>Geglaubt hat das damals keiner, sagte der \
         Bürgermeister.</p>",
    ),
    Example::Text("The county had said in 1961 that the bridge would open within the year."),
]);

/// Words of the shortest such sentence, and of the shortest paragraph beside it.
const FEWEST_WORDS: u32 = 8;
const PROSE_WORDS: u32 = 8;
const DENSITY: f32 = 0.5;

impl Rule for LinkParagraph {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, doc: &Document, out: &mut Findings) {
        let (blocks, run) = (doc.blocks(), doc.main_run());
        for i in run.start + 1..run.end.saturating_sub(1) {
            let block = &blocks[i];
            let is_sentence = block.words() >= FEWEST_WORDS && block.measure.ending == Ending::Stop;
            let is_bare = block.kind == BlockKind::Paragraph
                && !block.is(Setting::HIDDEN | Setting::ASIDE | Setting::NAV | Setting::IN_HEADING);
            let is_prose = |i: usize| out.is_open(i) && blocks[i].is_prose(PROSE_WORDS);
            if is_sentence
                && is_bare
                && block.link_density() >= DENSITY
                && out.is_open(i)
                && is_prose(i - 1)
                && is_prose(i + 1)
            {
                out.keep(doc, i, "a linked sentence between two paragraphs");
            }
        }
    }
}
