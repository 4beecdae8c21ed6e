//! Protects short sentences between two paragraphs of the body.
//!
//! # What it protects
//!
//! A sentence of four words or more, in a paragraph of its own, without links, that stands directly between two longer
//! paragraphs of the page's longest stretch of prose.
//!
//! # Why it is body
//!
//! Reports set answers and turns of the story as paragraphs of one line; the scorer, which counts words, doubts them.
//!
//! # What it must not protect
//!
//! Prompts and labels that a rule has taken, and lines beside anything that is no paragraph.

use super::prelude::*;

/// The rule `short-paragraph`.
pub(super) struct ShortParagraph;

static META: Meta = Meta::new("short-paragraph", Category::Protect, "Short sentences between two paragraphs").examples(&[
    Example::Text(
        "The bridge at Velden will close in May for repairs, the town said on Monday.\n\nNobody had asked the ferryman.\n\n\
         Trams will still cross it at night, when there are few of them, and in the early morning.",
    ),
    Example::Html(
        "<p>Die Brücke von Velden wird im Mai wegen Arbeiten gesperrt, teilte die Stadt am Montag mit.</p><p>Den Fährmann \
         hatte niemand gefragt.</p><p>Straßenbahnen fahren weiter, aber nur nachts und am frühen Morgen, wenn es wenige sind.</p>",
    ),
]);

/// Words of a short sentence, and of the paragraphs on either side.
const FEWEST: u32 = 4;
const MOST: u32 = 24;
const BESIDE: u32 = 12;

impl Rule for ShortParagraph {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, doc: &Document, out: &mut Findings) {
        let blocks = doc.blocks();
        let run = doc.main_run();
        for i in run.start + 1..run.end.max(1) - 1 {
            let block = &blocks[i];
            let is_sentence = block.is_prose(FEWEST) && block.measure.stops > 0 && block.words() <= MOST;
            let is_plain =
                block.kind == BlockKind::Paragraph && block.measure.link_letters == 0 && !block.is(Setting::ITALIC);
            let beside = |j: usize| blocks[j].is_prose(BESIDE) && blocks[j].kind == block.kind && out.is_open(j);
            if out.is_open(i) && is_sentence && is_plain && beside(i - 1) && beside(i + 1) {
                out.keep(doc, i, "a short sentence between two paragraphs");
            }
        }
    }
}
