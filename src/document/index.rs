//! What is derived from the blocks once they are read: measures, words, running sums, copies, the longest stretch of prose.

use super::{Block, Document};
use crate::document::Setting;
use crate::hash::FastMap;
use crate::measure::Measure;
use crate::words::{Scanner, Word};
use std::ops::Range;

/// An earlier document, and those of its blocks in page order of which texts may come again: what is known of them need not
/// be counted anew. Its words are lent to the document that is read.
pub(crate) struct Known<'k> {
    pub(crate) document: &'k Document<'k>,
    pub(crate) blocks: &'k [u32],
    pub(crate) words: Vec<Word>,
}

/// Blocks of those that are looked through for a text.
const KNOWN_REACH: usize = 4;

impl Known<'_> {
    /// Returns the first of the next blocks with this text, and passes it.
    fn next(&mut self, text: &str) -> Option<usize> {
        let near = &self.blocks[..self.blocks.len().min(KNOWN_REACH)];
        let at = near.iter().position(|&block| self.document.text_at(block as usize) == text)?;
        let block = self.blocks[at] as usize;
        self.blocks = &self.blocks[at + 1..];
        Some(block)
    }
}

/// Words that make a paragraph part of a run, and the blocks and words that may stand between two.
const RUN_WORDS: u32 = 12;
const RUN_BLOCKS: usize = 8;

const RUN_GAP: u32 = 80;

/// Running totals of all blocks before an index.
#[derive(Clone, Copy, Default, Debug)]
pub(crate) struct Sums {
    pub(crate) words: u32,
    pub(crate) letters: u32,
    pub(crate) link_letters: u32,
    /// Words of blocks that read as prose of ten words or more.
    pub(crate) prose: u32,
}

impl Document<'_> {
    /// Returns whether a block stands directly between two paragraphs of the page's longest stretch of prose: a line there
    /// may be a sub-heading.
    pub(crate) fn is_between_prose(&self, block: usize) -> bool {
        let run = self.main_run();
        let is_prose = |i: usize| self.blocks[i].is_prose(RUN_WORDS);
        run.start < block && block + 1 < run.end && is_prose(block - 1) && is_prose(block + 1)
    }

    /// Fills what is derived from the blocks: their measures, of which they know the letters in links (or more, if all
    /// are), running sums, copies, the longest run.
    pub(crate) fn index(&mut self, mut known: Option<Known>) {
        let mut sums = Sums::default();
        self.sums.reserve(self.blocks.len() + 1);
        self.sums.push(sums);
        let mut scanner = Scanner::default();
        let mut seen: FastMap<u64, u32> = FastMap::default();
        seen.reserve(self.blocks.len());
        match &mut known {
            Some(known) => self.words = std::mem::take(&mut known.words),
            None => self.words.reserve(self.text.len() / 5),
        }
        self.word_ranges.reserve(self.blocks.len());
        self.keys.reserve(self.blocks.len());
        self.phraseless.reserve(self.blocks.len());
        for (i, block) in self.blocks.iter_mut().enumerate() {
            let text = &self.text[block.text.range()];
            let same = known.as_mut().and_then(|known| Some((known.next(text)?, known.document)));
            let (measure, key, words) = match same {
                Some((j, document)) => (document.blocks[j].measure, document.keys[j], document.word_ranges[j]),
                None => {
                    let from = self.words.len() as u32;
                    let (measure, key) = scanner.scan(text, |word| self.words.push(word));
                    (measure, key, (from, self.words.len() as u32))
                }
            };
            self.word_ranges.push(words);
            self.keys.push(key);
            let is_whole = |block: &Block| block.pieces.1 - block.pieces.0 == 1;
            let is_phraseless = |(j, document): (usize, &Document)| {
                document.phraseless[j] && is_whole(&document.blocks[j]) && is_whole(block)
            };
            self.phraseless.push(same.is_some_and(is_phraseless));
            let link_letters = block.measure.link_letters.min(measure.letters);
            block.measure = Measure { link_letters, ..measure };
            sums.words += block.measure.words;
            sums.letters += block.measure.letters;
            sums.link_letters += block.measure.link_letters;
            if block.is_prose(10) {
                sums.prose += block.measure.words;
            }
            self.sums.push(sums);
            let first = *seen.entry(key).or_insert(i as u32);
            if first != i as u32 {
                self.copies.insert(i as u32, first);
            }
        }
        self.main_run = self.longest_run();
    }

    fn longest_run(&self) -> Range<usize> {
        let (mut best, mut most) = (0..0, 0);
        let (mut run, mut words): (Range<usize>, u32) = (0..0, 0);
        for (i, block) in self.blocks.iter().enumerate() {
            if !block.is_prose(RUN_WORDS) || block.is(Setting::HIDDEN) {
                continue;
            }
            let gap = self.words_in(run.end..i);
            if words == 0 || i - run.end > RUN_BLOCKS || gap > RUN_GAP {
                (run, words) = (i..i, 0);
            }
            run.end = i + 1;
            words += block.measure.words;
            if words > most && self.first_copy(run.start).is_none() {
                (best, most) = (run.clone(), words);
            }
        }
        best
    }
}
