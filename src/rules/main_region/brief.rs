//! What a brief goes on with. The scorer takes a paragraph for body by what stands around it: of an article of two or three
//! paragraphs it is sure of one, and the others, with little but furniture beside them, come out a little below the bar.

use crate::document::{Block, BlockKind, Document};
use crate::finding::Findings;

/// Words of what is kept, below which an article is a brief. Over the corpus' sets 100 gains less, and 250 spoils as much as
/// it mends.
const MOST_KEPT: u32 = 150;
/// How far below the bar a paragraph of a brief may score; with a point a fifth less is gained.
const SLACK: f32 = 1.5;
/// Words of the shortest such paragraph; with twelve a seventh less is gained.
const FEWEST: u32 = 8;
/// Blocks between it and what is kept, such as a date or a caption. Without any a third as much is gained.
const MOST_BETWEEN: usize = 2;
/// Share of a paragraph's words that may be linked. Set by hand.
const MOST_LINKED: f32 = 0.2;

/// Adds to what is kept of a brief the paragraphs beside it; `kept` tells by block, and `margins` how far above the bar each
/// scores.
pub(super) fn extend(doc: &Document, findings: &Findings, kept: &mut [bool], margins: impl Fn(usize) -> f32) {
    let blocks = doc.blocks();
    let words = |kept: &[bool]| -> u32 { (0..kept.len()).filter(|&i| kept[i]).map(|i| blocks[i].words()).sum() };
    if words(kept) >= MOST_KEPT {
        return;
    }
    let may_go_on = |i: usize| findings.is_open(i) && is_paragraph(&blocks[i]) && margins(i) >= -SLACK;
    let mut walk = |order: &mut dyn Iterator<Item = usize>| {
        let mut between = usize::MAX;
        for i in order {
            kept[i] |= between <= MOST_BETWEEN && may_go_on(i);
            between = if kept[i] { 0 } else { between.saturating_add(1) };
        }
    };
    walk(&mut (0..blocks.len()));
    walk(&mut (0..blocks.len()).rev());
}

fn is_paragraph(block: &Block) -> bool {
    block.kind == BlockKind::Paragraph && block.is_prose(FEWEST) && block.link_density() < MOST_LINKED
}
