//! Tells text that holds the whole page from text whose navigation some tool has removed.

use crate::document::{Document, Regime};

#[derive(Debug)]
pub(super) struct Shape {
    blocks: usize,
    words: u32,
    prose: u32,
    head: u32,
    tail: u32,
    head_words: u32,
    tail_words: u32,
    short: u32,
    short_words: u32,
    labels: u32,
    label_run: u32,
    items: u32,
    chars: usize,
    prose_blocks: u32,
}
pub(super) fn shape(d: &Document) -> Shape {
    let b = &d.blocks;
    let prose: Vec<usize> = (0..b.len()).filter(|&i| b[i].is_prose(15)).collect();
    let first = prose.first().copied().unwrap_or(b.len());
    let last = prose.last().map_or(b.len(), |i| i + 1);
    let is_short = |x: &&crate::Block| !x.is_prose(1) && x.words() < 10;
    let (mut run, mut best) = (0, 0);
    for x in b.iter() {
        if x.words() <= 4 && !x.is_prose(1) { run += 1; best = best.max(run); } else { run = 0; }
    }
    Shape {
        blocks: b.len(),
        words: d.words_in(0..b.len()),
        prose: d.prose_in(0..b.len()),
        head: first as u32,
        tail: (b.len() - last) as u32,
        head_words: d.words_in(0..first),
        tail_words: d.words_in(last..b.len()),
        short: b.iter().filter(is_short).count() as u32,
        short_words: b.iter().filter(is_short).map(|x| x.words()).sum(),
        labels: b.iter().filter(|x| x.words() <= 4 && !x.is_prose(1)).count() as u32,
        label_run: best,
        items: b.iter().filter(|x| x.kind == crate::BlockKind::ListItem).count() as u32,
        chars: d.text.len(),
        prose_blocks: prose.len() as u32,
    }
}
pub(super) fn of(_document: &Document) -> Regime {
    Regime::Full
}
