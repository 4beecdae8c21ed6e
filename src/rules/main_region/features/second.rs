//! The second pass: how the first judged the blocks around.

use super::bins::{Rows, SECOND_BINS, Scores, SecondRow, Sink, length};
use super::boxes::{Boxes, side};
use super::furniture::number_of;
use super::groups::S;
use crate::document::{Block, Document};
use crate::finding::{Action, Findings};
use crate::hash::FastMap;
use std::ops::Range;

/// Returns the bins of the second pass, given the scores of the first.
pub(crate) fn second(doc: &Document, findings: &Findings, scores: &[f32]) -> Rows {
    let mut rows = Rows::with_capacity(doc.blocks.len(), 26);
    second_into(doc, findings, scores, &mut rows);
    rows
}

/// Returns the scores of the second pass, given those of the first.
pub(crate) fn second_scores(doc: &Document, findings: &Findings, scores: &[f32], weights: &[f32]) -> Vec<f32> {
    let mut second: Scores<SECOND_BINS> = Scores::new(weights, doc.blocks.len());
    second_into(doc, findings, scores, &mut second);
    second.list
}

/// A block of at least this many words that the first pass gives this chance is surely body.
const SURE_WORDS: u32 = 15;
const SURE_CHANCE: f32 = 0.8;

/// Blocks before and behind one of which the best is looked at, and the words that it needs.
const BEST_OF: usize = 5;
const BEST_WORDS: u32 = 8;

fn second_into(doc: &Document, findings: &Findings, scores: &[f32], out: &mut impl Sink) {
    let blocks = &doc.blocks;
    let count = blocks.len();
    // Furniture that a rule has taken is no body, whatever the first pass says.
    let chances: Vec<f32> = (0..count)
        .map(|i| match findings.verdict(i) {
            Some(Action::Strip | Action::Part(_)) => 0.0,
            Some(Action::Keep) => 1.0,
            None => chance(scores[i]),
        })
        .collect();
    let mut mass = vec![0.0f32; count + 1];
    for i in 0..count {
        mass[i + 1] = mass[i] + chances[i] * blocks[i].measure.words as f32;
    }
    let total = mass[count].max(0.001);
    let body = |range: Range<usize>| mass[range.end] - mass[range.start];
    let mean = |range: Range<usize>| body(range.clone()) / (doc.words_in(range) as f32).max(1.0);
    let sure = |i: usize| blocks[i].measure.words >= SURE_WORDS && chances[i] >= SURE_CHANCE;
    let (kinds, alike) = alike(doc, body);
    let mut gap_after = vec![f32::MAX; count];
    let mut gap = f32::MAX;
    for i in (0..count).rev() {
        gap_after[i] = gap;
        gap = if sure(i) { 0.0 } else { gap + blocks[i].measure.words as f32 };
    }
    let strong = |(block, &chance): (&Block, &f32)| if block.measure.words >= BEST_WORDS { chance } else { 0.0 };
    let strong: Vec<f32> = blocks.iter().zip(&chances).map(strong).collect();
    let best = |range: Range<usize>| strong[range].iter().fold(0.0, |best: f32, &one| best.max(one));
    let page_body = SecondRow::<Rows>::bin_of(S::BODY as usize, total);
    let mut boxes = Boxes::new(doc);
    let mut box_bins: Vec<u16> = Vec::new();
    let densest = densest(blocks, &chances);
    let densest_share = body(densest.clone()) / total;
    let mut gap_before = f32::MAX;
    let mut furniture = 12;
    for (i, block) in blocks.iter().enumerate() {
        let words = block.measure.words;
        if findings.is_open(i) {
            let own = body(i..i + 1);
            let length = length(words);
            let size = length.min(2);
            let mut row = SecondRow { out: &mut *out };
            row.kind(S::BIAS as usize, 0);
            row.value(S::OWN as usize, scores[i]);
            let score = SecondRow::<Rows>::bin_of(S::OWN_KIND as usize, scores[i]);
            row.kind(S::OWN_KIND as usize, SecondRow::<Rows>::cell(S::OWN_KIND as usize, block.kind as usize, score));
            row.kind(S::OWN_WORDS as usize, SecondRow::<Rows>::cell(S::OWN_WORDS as usize, length, score));
            let around = |reach: usize| {
                let range = i.saturating_sub(reach)..(i + reach + 1).min(count);
                let others = (doc.words_in(range.clone()) - words) as f32;
                (body(range) - own) / others.max(1.0)
            };
            row.value(S::AROUND1 as usize, around(1));
            row.crossed(S::AROUND3 as usize, size, around(3));
            row.crossed(S::AROUND8 as usize, size, around(8));
            row.value(S::AROUND20 as usize, around(20));
            if i > 0 {
                row.crossed(S::PREV as usize, usize::from(blocks[i - 1].measure.words >= 10), chances[i - 1]);
            }
            if i + 1 < count {
                row.crossed(S::NEXT as usize, usize::from(blocks[i + 1].measure.words >= 10), chances[i + 1]);
            }
            row.value(S::BEST_BEFORE as usize, best(i.saturating_sub(BEST_OF)..i));
            row.value(S::BEST_AFTER as usize, best(i + 1..(i + 1 + BEST_OF).min(count)));
            let before = mass[i] / total;
            let after = (mass[count] - mass[i + 1]) / total;
            row.crossed(S::MASS_BEFORE as usize, size, before);
            row.crossed(S::MASS_AFTER as usize, size, after);
            row.crossed(S::GAP_BEFORE as usize, size, gap_before);
            row.crossed(S::GAP_AFTER as usize, size, gap_after[i]);
            if boxes.move_to(i) {
                box_bins.clear();
                let mut row = SecondRow { out: &mut box_bins };
                let groups = [(S::BOX1, S::BOX1_MASS), (S::BOX2, S::BOX2_MASS), (S::BOX3, S::BOX3_MASS)];
                for ((group, share_group), range) in groups.into_iter().zip(&boxes.ranges) {
                    row.value(group as usize, mean(range.clone()));
                    row.value(share_group as usize, body(range.clone()) / total);
                }
            }
            row.out.again(&box_bins);
            row.value(S::PEAK as usize, ((before + (1.0 - after)) / 2.0 - 0.5).abs());
            row.kind(S::SINCE as usize, furniture);
            row.kind(S::BODY as usize, SecondRow::<Rows>::cell(S::BODY as usize, size, page_body));
            row.value(S::LIKE as usize, (alike[kinds[i] as usize] - own) / (total - own).max(0.001));
            let (side, _) = side(&densest, i);
            let words_to = match side {
                0 => doc.words_in(i + 1..densest.start),
                1 => doc.words_in(densest.start..i).min(doc.words_in(i + 1..densest.end)),
                _ => doc.words_in(densest.end..i),
            };
            row.crossed(S::SEGMENT as usize, side, words_to as f32);
            row.crossed(S::SEGMENT_SHARE as usize, side, densest_share);
        }
        out.end();
        if sure(i) {
            (gap_before, furniture) = (0.0, 12);
        } else {
            gap_before += words as f32;
        }
        if let (Some(Action::Strip), Some(category)) = (findings.verdict(i), findings.category(i)) {
            furniture = number_of(category);
        }
    }
}

/// Returns the stretch of blocks that holds most words of body for the fewest others (Pasternack and Roth 2009).
pub(super) fn densest(blocks: &[Block], chances: &[f32]) -> Range<usize> {
    let (mut best, mut most) = (0..0, 0.0);
    let (mut start, mut sum) = (0, 0.0f32);
    for (i, block) in blocks.iter().enumerate() {
        if sum <= 0.0 {
            (start, sum) = (i, 0.0);
        }
        sum += (chances[i] - 0.5) * block.measure.words as f32;
        if sum > most {
            (best, most) = (start..i + 1, sum);
        }
    }
    best
}

pub(super) fn chance(score: f32) -> f32 {
    1.0 / (1.0 + (-score).exp())
}

/// Numbers the kinds of block that the page has, by kind and class. Returns the number of each block's, and by number how
/// much body blocks of the kind hold.
fn alike(doc: &Document, body: impl Fn(Range<usize>) -> f32) -> (Vec<u32>, Vec<f32>) {
    let blocks = &doc.blocks;
    let mut known: FastMap<(u8, [u64; 4]), u32> = FastMap::default();
    let (mut kinds, mut sums): (Vec<u32>, Vec<f32>) = (Vec::with_capacity(blocks.len()), Vec::new());
    for (i, block) in blocks.iter().enumerate() {
        // Blocks come in rows, and in pairs: a heading and a text.
        let like = (i.saturating_sub(2)..i).rev().find(|&j| doc.are_alike(&blocks[j], block));
        let kind = match like {
            Some(j) => kinds[j],
            None => *known.entry((block.kind as u8, doc.class_words(block).near.0)).or_insert(sums.len() as u32),
        };
        if kind as usize == sums.len() {
            sums.push(0.0);
        }
        sums[kind as usize] += body(i..i + 1);
        kinds.push(kind);
    }
    (kinds, sums)
}
