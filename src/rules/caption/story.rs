//! Stories that pictures tell: their captions are body.

use crate::document::{Block, BlockKind, Document, Setting};

/// Captions that make a photo story. Set by hand.
const CAPTIONS: usize = 3;

/// Returns whether blocks that end in credits are a photo story: a page has several and more of them than of sentences, or no
/// sentence but them.
pub(super) fn is_of(doc: &Document, credited: &[usize]) -> bool {
    let words: u32 = credited.iter().map(|&i| doc.blocks()[i].words()).sum();
    let is_other = |i: &usize| credited.binary_search(i).is_err();
    let is_all = || !(0..doc.blocks().len()).filter(is_other).any(|i| doc.blocks()[i].is_prose(4));
    words > doc.prose_in(0..doc.blocks().len()) && (credited.len() >= CAPTIONS || is_all())
}

/// Words of a paragraph in a caption's element, and of all such on a page whose pictures tell its story. Set by hand.
const STORY_WORDS: u32 = 20;
const LEAST_STORY: u32 = 150;

/// Returns whether the paragraphs in caption elements are most of the page's prose, and one such element has two of them, as
/// in a story told picture by picture.
pub(super) fn is_told_by_captions(doc: &Document) -> bool {
    let is_told = |block: &Block| is_in_caption(block) && block.is_prose(STORY_WORDS);
    let words = |is_such: &dyn Fn(&Block) -> bool| -> u32 {
        doc.blocks().iter().filter(|block| is_such(block)).map(Block::words).sum()
    };
    let told = words(&is_told);
    let is_pair = |i: usize| is_told(&doc.blocks()[i - 1]) && is_told(&doc.blocks()[i]) && doc.are_siblings(i - 1, i);
    told >= LEAST_STORY
        && told > words(&|block| !is_in_caption(block) && block.is_prose(10))
        && (1..doc.blocks().len()).any(is_pair)
}

/// Words of a text in a figure that is its caption without being marked as one: shorter ones count its pictures, longer ones may be a
/// quotation. Set by hand.
const FIGURE_WORDS: std::ops::RangeInclusive<u32> = 4..=25;

/// Returns whether a block is a short paragraph in a figure, which has no other use for it than as a caption.
pub(super) fn is_in_figure(block: &Block) -> bool {
    block.is(Setting::FIGURE)
        && !block.is(Setting::QUOTE | Setting::TABLE | Setting::LIST)
        && matches!(block.kind, BlockKind::Paragraph | BlockKind::Loose)
        && FIGURE_WORDS.contains(&block.words())
}

/// Returns whether a block stands in a caption's element.
pub(super) fn is_in_caption(block: &Block) -> bool {
    block.kind == BlockKind::Caption || block.is(Setting::FIGCAPTION)
}
