//! What stands between paragraphs of the article.

use super::prelude::*;
use std::ops::Range;

/// Words of the shortest paragraph that tables and code may stand beside.
const PROSE_WORDS: u32 = 10;

/// Returns whether blocks of which nobody has said anything stand right between two paragraphs, and in no box. The one above may end
/// a sentence in the page's longest stretch of prose, or have a line such as a title below it.
pub(super) fn is_between(doc: &Document, out: &Findings, range: Range<usize>) -> bool {
    let (blocks, run) = (doc.blocks(), doc.main_run());
    let is_text = |i: usize| blocks.get(i).is_some_and(|block| block.is_prose(PROSE_WORDS)) && out.is_left(i);
    let Range { start, end } = range;
    let is_sentence = |i: usize| run.contains(&i) && doc.ends_sentence(i);
    let is_above = |i: usize| out.is_left(i) && (is_text(i) || is_sentence(i) || i > 0 && is_text(i - 1));
    let is_between = start > 0 && is_above(start - 1) && is_text(end);
    is_between && range.into_iter().all(|i| out.is_open(i) && !blocks[i].is(Setting::BOXED))
}
