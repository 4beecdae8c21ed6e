//! What is found out about all blocks of a page before any is scored.

use super::bins::{FirstRow, Rows, length};
use super::groups::F;
use crate::document::{Block, Document};
use crate::finding::{Action, Findings};
use crate::hash;
use crate::measure::Ending;
use crate::words::{Word, words};

/// Calls `each` with the hash of every word that is no particle.
pub(super) fn vocabulary(text: &str, mut each: impl FnMut(u32)) {
    words(text, |word| {
        if word.is_long() {
            each(word.whole);
        }
    });
}

/// Which words stand in the title, and in one paragraph or several: a table by the word's hash.
struct Spread {
    slots: Vec<Spot>,
}

/// A word: whether it is in the title, whether it is in several paragraphs, and, from the third bit on, the last of these,
/// counted from 1.
#[derive(Clone, Copy, Default)]
pub(super) struct Spot {
    word: u32,
    known: u32,
}

impl Spot {
    const TITLE: u32 = 1;
    const SEVERAL: u32 = 2;
    const PARAGRAPH: u32 = 4;

    pub(super) fn is_in_title(self) -> bool {
        self.known & Self::TITLE != 0
    }

    /// Returns whether a paragraph holds the word; another one, if this is of a paragraph too.
    pub(super) fn is_shared(self, is_paragraph: bool) -> bool {
        if is_paragraph { self.known & Self::SEVERAL != 0 } else { self.known >= Self::SEVERAL }
    }
}

impl Spread {
    fn new(words: usize) -> Self {
        Self { slots: vec![Spot::default(); (words * 3 / 2 + 1).next_power_of_two()] }
    }

    /// Returns the word's slot, or the empty one where it may go.
    fn place(&self, word: u32) -> usize {
        let mask = self.slots.len() - 1;
        let mut at = hash::keyed(word) as usize & mask;
        while self.slots[at].known != 0 && self.slots[at].word != word {
            at = (at + 1) & mask;
        }
        at
    }

    fn add_title(&mut self, word: u32) {
        let at = self.place(word);
        self.slots[at] = Spot { word, known: Spot::TITLE };
    }

    /// Adds a word of a paragraph; those of one come in a row. Returns its place.
    fn add(&mut self, word: u32, paragraph: u32) -> usize {
        let at = self.place(word);
        let known = self.slots[at].known;
        let (bits, before) = (known % Spot::PARAGRAPH, known / Spot::PARAGRAPH);
        let several = if before == 0 || before == paragraph { 0 } else { Spot::SEVERAL };
        self.slots[at] = Spot { word, known: bits | several | (paragraph * Spot::PARAGRAPH) };
        at
    }

    fn of(&self, word: u32) -> Spot {
        self.slots[self.place(word)]
    }
}

/// What blocks are to their neighbours, and what is found out about all of them before any is scored.
#[derive(Clone, Copy, Default)]
pub(super) struct Look {
    /// Bin of the length.
    pub(super) size: u8,
    /// What [`shape`] says, crossed with the words: as a neighbour, and as the second neighbour.
    pub(super) beside: u8,
    pub(super) beyond: u8,
    /// 2 for a copy, 1 for what is copied.
    pub(super) copied: u8,
    /// Whether its words count as words of another paragraph.
    pub(super) is_paragraph: bool,
    /// Whether it has the kind and class of the block before.
    pub(super) is_like_last: bool,
}

/// What several features of the first pass are taken from.
pub(super) struct Page {
    pub(super) looks: Vec<Look>,
    spread: Spread,
    /// By word of the document: its place in `spread`, if it is a long one of a paragraph.
    places: Vec<u32>,
    pub(super) run: Vec<u32>,
    pub(super) prose: u32,
    pub(super) headline: Option<usize>,
}

impl Page {
    pub(super) fn new(doc: &Document, findings: &Findings) -> Self {
        let blocks = &doc.blocks;
        let headline = (0..blocks.len())
            .find(|&i| findings.verdict(i) == Some(Action::Part(crate::Role::Headline)))
            .or_else(|| blocks.iter().position(|b| b.kind == crate::BlockKind::Heading && b.level == 1));
        let mut looks = vec![Look::default(); blocks.len()];
        for (&later, &first) in &doc.copies {
            looks[later as usize].copied = 2;
            looks[first as usize].copied = looks[first as usize].copied.max(1);
        }
        let mut run = vec![0; blocks.len()];
        let mut start = 0;
        let mut words = 0;
        for (i, block) in blocks.iter().enumerate() {
            let look = &mut looks[i];
            let density = block.link_density();
            let count = block.measure.words;
            let shape = shape(block, density);
            look.size = length(count) as u8;
            look.beside = FirstRow::<Rows>::cell(
                F::PREV as usize,
                shape,
                FirstRow::<Rows>::bin_of_count(F::PREV as usize, count),
            ) as u8;
            look.beyond = FirstRow::<Rows>::cell(F::PREV2 as usize, shape, look.size as usize) as u8;
            look.is_paragraph = count >= 12 && density < 0.5 && look.copied < 2;
            look.is_like_last = i > 0 && doc.are_alike(&blocks[i - 1], block);
            if look.is_paragraph {
                words += doc.words_of(i).iter().filter(|word| word.is_long()).count();
            }
            if !block.is_prose(8) {
                run[start..i].fill((i - start) as u32);
                start = i + 1;
            }
        }
        run[start..].fill((blocks.len() - start) as u32);
        let title = title(doc, headline);
        let mut spread = Spread::new(words + title.len());
        title.into_iter().for_each(|word| spread.add_title(word));
        let paragraphs = (0..blocks.len()).filter(|&i| looks[i].is_paragraph);
        let mut places = vec![0; doc.words.len()];
        for (number, i) in paragraphs.enumerate() {
            let words = doc.words_of(i).iter().zip(&mut places[doc.word_range(i)]);
            let long = words.filter(|(word, _)| word.is_long());
            long.for_each(|(word, place)| *place = spread.add(word.whole, number as u32 + 1) as u32);
        }
        Self { looks, spread, places, run, prose: doc.prose_in(0..blocks.len()), headline }
    }

    /// Returns where else a word of the block at hand stands, which is this one of the document's.
    pub(super) fn spot(&self, look: Look, word: Word, number: usize) -> Spot {
        if look.is_paragraph { self.spread.slots[self.places[number] as usize] } else { self.spread.of(word.whole) }
    }
}

/// Returns the words of the title: as the page's head has it, or else of its headline.
fn title(doc: &Document, headline: Option<usize>) -> Vec<u32> {
    let mut title = Vec::new();
    for text in [doc.about.headline.as_deref(), doc.about.title.as_deref(), doc.about.description.as_deref()] {
        vocabulary(text.unwrap_or(""), |word| title.push(word));
    }
    if title.is_empty()
        && let Some(i) = headline
    {
        vocabulary(doc.text(&doc.blocks[i]), |word| title.push(word));
    }
    title
}

/// 0 no prose to speak of, 1 mostly links, 2 ends no sentence, 3 prose.
fn shape(block: &Block, density: f32) -> usize {
    if density > 0.5 {
        1
    } else if block.measure.ending.ends_sentence() {
        3
    } else if block.measure.ending == Ending::None {
        2
    } else {
        0
    }
}
