//! The first pass: the block, its place and its neighbours.

use super::bins::{FIRST_BINS, FirstRow, Rows, Scores, Sink, share};
use super::boxes::{Around, Boxes, near_blocks, side};
use super::furniture::{Furniture, distance};
use super::groups::F;
use super::images::Images;
use super::links::Links;
use super::page::Page;
use super::together::{Place, Together};
use super::wording::{WWW, address_kind, ending_kind, first_kind, label_kind, tail_kind};
use super::writers::Writers;
use crate::document::Document;
use crate::finding::Findings;
use crate::markup::word_set::WordSet;
use crate::rules::topics::Topics;
use std::ops::Range;

/// Returns the bins of the first pass.
pub(crate) fn first(doc: &Document, findings: &Findings) -> Rows {
    let mut rows = Rows::with_capacity(doc.blocks.len(), 80);
    first_into(doc, findings, &mut rows);
    rows
}

/// Returns the scores of the first pass.
pub(crate) fn first_scores(doc: &Document, findings: &Findings, weights: &[f32]) -> Vec<f32> {
    let mut scores: Scores<FIRST_BINS> = Scores::new(weights, doc.blocks.len());
    first_into(doc, findings, &mut scores);
    scores.list
}

fn first_into(doc: &Document, findings: &Findings, out: &mut impl Sink) {
    let page = Page::new(doc, findings);
    let blocks = &doc.blocks;
    let count = blocks.len();
    let all_words = doc.words_in(0..count);
    let topics = Topics::get();
    let mut furniture = Furniture::new(findings, count);
    let mut heading: Option<usize> = None;
    let markup = doc.tree.as_ref().map(|tree| (Images::new(tree, blocks), Links::new(doc, tree)));
    let page_prose = FirstRow::<Rows>::bin_of(F::PAGE as usize, page.prose as f32);
    let mut boxes = Boxes::new(doc);
    let mut box_bins: Vec<u16> = Vec::new();
    let mut pages = doc.seek(|text| WWW.find(text));
    let (mut near, mut far) = (Names::default(), Names::default());
    let writers = Writers::new(doc, findings);
    let mut together = doc.tree.is_none().then(|| Together::new(doc));
    let stretch = doc.main_run();
    let stretch_share = share(doc.prose_in(stretch.clone()), page.prose);
    for (i, block) in blocks.iter().enumerate() {
        if block.kind == crate::BlockKind::Heading {
            heading = Some(i);
        }
        // What a rule has decided needs no score.
        if !findings.is_open(i) {
            furniture.pass(findings, i);
            out.end();
            continue;
        }
        let m = &block.measure;
        let text = doc.text(block);
        let look = page.looks[i];
        let size = look.size as usize;
        let mut row = FirstRow { out: &mut *out };
        row.kind(F::BIAS as usize, 0);
        row.counted(F::WORDS as usize, 0, m.words);
        row.crossed(F::LINKS as usize, size, block.link_density());
        row.sized(F::ENDING as usize, ending_kind(m.ending), size);
        row.sized(F::KIND as usize, block.kind as usize, size);
        row.crossed(F::CAPITALS as usize, size.min(2), share(m.capitals, m.words));
        row.value(F::UPPER as usize, share(m.upper, m.letters));
        row.value(F::DIGITS as usize, share(m.digits, m.letters));
        row.counted(F::COMMAS as usize, 0, m.commas);
        row.counted(F::STOPS as usize, 0, m.stops);
        row.counted(F::BARS as usize, 0, m.bars);
        row.sized(F::START as usize, first_kind(text), size);
        row.sized(F::TAIL as usize, tail_kind(text, m), size);
        row.sized(F::LABEL as usize, label_kind(text, m), size);
        row.sized(F::WRITER as usize, writers.named_in(doc.words_of(i)), size);
        bits(block.setting.0, |bit| row.kind(F::SETTING as usize, bit));
        if let Some(together) = &mut together {
            let place = together.move_to(i);
            row.sized(F::TOGETHER as usize, place as usize, size);
            if let Some(partner) = place.partner(i) {
                row.sized(F::PARTNER as usize, place as usize, page.looks[partner].size as usize);
            }
            if place != Place::Unknown {
                row.crossed(F::TOGETHER_COUNT as usize, size, together.count() as f32);
            }
        }
        row.kind(F::LEVEL as usize, block.level as usize);
        if let Some((images, links)) = &markup {
            row.sized(F::IMAGE as usize, images.around(blocks, i), size);
            let is_dense = usize::from(block.link_density() >= 0.5);
            let kind = match links.within(i..i + 1) {
                [0, 0] => 0,
                [_, 0] => 1 + is_dense,
                [0, _] => 3 + is_dense,
                _ => 5,
            };
            row.sized(F::LEADS as usize, kind, size);
            let [within, away] = links.within(near_blocks(doc, i, 10));
            if within + away > 0 {
                row.crossed(F::AWAY as usize, size.min(2), share(away, within + away));
            }
        }
        row.sized(F::COPIES as usize, look.copied as usize, size);
        let (mut own, mut in_title, mut shared) = (0, 0, 0);
        let mut spoken = 0;
        for (number, &word) in doc.word_range(i).zip(doc.words_of(i)) {
            spoken |= topics.of(word);
            if word.is_long() {
                let spot = page.spot(look, word, number);
                own += 1;
                in_title += u32::from(spot.is_in_title());
                shared += u32::from(spot.is_shared(look.is_paragraph));
            }
        }
        let mut topic_count = 0;
        bits(spoken, |topic| {
            topic_count += 1;
            row.sized(F::TOPICS as usize, topic, size);
        });
        row.counted(F::SPOKEN as usize, size, topic_count);
        row.sized(F::ADDRESS as usize, address_kind(m, text, pages.is_in(block)), size);
        row.crossed(F::TITLE as usize, size, share(in_title, own));
        row.crossed(F::SHARED as usize, size, share(shared, own));
        row.value(F::PLACE as usize, share(doc.words_in(0..i), all_words));
        row.counted(F::FROM_START as usize, 0, i as u32);
        row.counted(F::FROM_END as usize, 0, (count - 1 - i) as u32);
        if i >= 1 {
            row.kind(F::PREV as usize, page.looks[i - 1].beside as usize);
        }
        if let Some(next) = page.looks.get(i + 1) {
            row.kind(F::NEXT as usize, next.beside as usize);
        }
        if i >= 2 {
            row.kind(F::PREV2 as usize, page.looks[i - 2].beyond as usize);
        }
        if let Some(next) = page.looks.get(i + 2) {
            row.kind(F::NEXT2 as usize, next.beyond as usize);
        }
        let (around3, around10) = (Around::new(doc, i, 3), Around::new(doc, i, 10));
        row.crossed(F::NEAR3 as usize, size.min(2), around3.mean);
        row.crossed(F::NEAR10 as usize, size.min(2), around10.mean);
        row.value(F::PROSE3 as usize, around3.prose);
        row.value(F::PROSE10 as usize, around10.prose);
        row.value(F::LINKS3 as usize, around3.links);
        row.value(F::LINKS10 as usize, around10.links);
        row.counted(F::RUN as usize, 0, page.run[i]);
        match heading {
            Some(at) => {
                let level = (blocks[at].level as usize).clamp(1, 4) - 1;
                row.counted(F::HEADING as usize, level, (i - at) as u32);
            }
            None => row.kind(F::HEADING as usize, usize::MAX),
        }
        row.value(
            F::H1 as usize,
            match page.headline {
                None => -2.0,
                Some(at) if i < at => -1.0,
                Some(at) => doc.words_in(at..i) as f32,
            },
        );
        let like_next = page.looks.get(i + 1).is_some_and(|next| next.is_like_last);
        row.kind(F::LIKE as usize, usize::from(look.is_like_last) + 2 * usize::from(like_next));
        if boxes.move_to(i) {
            box_bins.clear();
            put_boxes(doc, &boxes.ranges, &page, markup.as_ref(), &mut box_bins);
        }
        if let Some(range) = boxes.ranges.first() {
            let is_heading = usize::from(block.kind == crate::BlockKind::Heading || size == 0);
            row.crossed(F::BOX1 as usize, is_heading, share(doc.prose_in(range.clone()), page.prose));
            out.again(&box_bins);
        }
        let class_words = doc.class_words(block);
        near.put(F::NEAR_CLASS, class_words.near, out);
        far.put(F::FAR_CLASS, class_words.far, out);
        let mut row = FirstRow { out: &mut *out };
        bits(furniture.on_page, |category| {
            if let Some(blocks) = distance(furniture.last[category], i as u32) {
                row.counted(F::SINCE as usize, category, blocks);
            }
            if let Some(blocks) = distance(i as u32, furniture.next[category]) {
                row.counted(F::UNTIL as usize, category, blocks);
            }
        });
        row.kind(F::PAGE as usize, FirstRow::<Rows>::cell(F::PAGE as usize, size.min(2), page_prose));
        let (side, blocks_to) = side(&stretch, i);
        let side = if stretch.is_empty() { 3 } else { side };
        row.crossed(F::STRETCH as usize, side, blocks_to as f32);
        row.crossed(F::STRETCH_SHARE as usize, side.min(2), stretch_share);
        out.end();
    }
}

/// Puts the bins of a block's boxes that are the same for all blocks of the smallest.
fn put_boxes(
    doc: &Document,
    boxes: &[Range<usize>],
    page: &Page,
    markup: Option<&(Images, Links)>,
    out: &mut Vec<u16>,
) {
    let mut row = FirstRow { out };
    if let Some(range) = boxes.first() {
        let words = doc.words_in(range.clone());
        if let Some((images, links)) = markup {
            row.counted(F::BOX_IMAGES as usize, images.in_box(&doc.blocks, range), words);
            let [within, away] = links.within(range.clone());
            let kind = match within + away {
                0..=2 => 0,
                3..=8 => 1,
                _ => 2,
            };
            row.crossed(F::BOX_AWAY as usize, kind, share(away, within + away));
        }
        row.value(F::BOX1_LINKS as usize, doc.link_density_in(range.clone()));
        row.counted(F::BOX1_WORDS as usize, 0, words);
        row.value(F::BOX1_MEAN as usize, share(words, range.len() as u32));
    }
    if let Some(range) = boxes.get(1) {
        row.value(F::BOX2 as usize, share(doc.prose_in(range.clone()), page.prose));
        row.value(F::BOX2_LINKS as usize, doc.link_density_in(range.clone()));
        row.value(F::BOX2_MEAN as usize, share(doc.words_in(range.clone()), range.len() as u32));
    }
    if let Some(range) = boxes.get(2) {
        row.value(F::BOX3 as usize, share(doc.prose_in(range.clone()), page.prose));
    }
}

/// Calls `each` with the places of the bits that are set.
pub(super) fn bits(mut set: u32, mut each: impl FnMut(usize)) {
    while set != 0 {
        each(set.trailing_zeros() as usize);
        set &= set - 1;
    }
}

/// The bins of a set of class words, which many blocks in a row have.
#[derive(Default)]
pub(super) struct Names {
    words: WordSet,
    bins: Vec<u16>,
}

impl Names {
    fn put(&mut self, group: F, words: WordSet, out: &mut impl Sink) {
        if words != self.words {
            self.words = words;
            self.bins.clear();
            let mut row = FirstRow { out: &mut self.bins };
            words.iter().for_each(|word| row.kind(group as usize, word as usize));
        }
        out.again(&self.bins);
    }
}
