//! What the scorer looks at: each feature of a block falls into one bin, and each bin has a weight.
//!
//! The first pass looks at the block, its place and its neighbours; the second at how the first pass judged the blocks
//! around, as jusText's context-free and context-sensitive passes do (Pomikálek 2011).

use crate::document::{Block, Document, Fact, Setting, WordSet};
use crate::finding::{Action, Findings};
use crate::hash::FastMap;
use crate::html::class_words;
use crate::html::tag::Tag;
use crate::html::tree::{NIL, Tree};
use crate::measure::{Ending, Measure};
use crate::rule::Category;
use crate::rules::topics::{TOPIC_COUNT, TOPICS, Topics};
use crate::words::{Word, words};
use memchr::memmem::Finder;
use once_cell::sync::Lazy;
use std::ops::Range;

/// A group of bins of which each block falls into one, or, for sets, into any number.
pub(crate) struct Group {
    pub(crate) name: &'static str,
    pub(crate) bins: Bins,
}

pub(crate) enum Bins {
    /// Bin `i` holds values from edge `i - 1` up to edge `i`.
    Edges(&'static [f32]),
    /// A fixed number of kinds.
    Kinds(usize),
    /// Kinds, each with the edges of a number.
    Crossed(usize, &'static [f32]),
}

impl Bins {
    pub(crate) const fn count(&self) -> usize {
        match self {
            Bins::Edges(edges) => edges.len() + 1,
            Bins::Kinds(kinds) => *kinds,
            Bins::Crossed(kinds, edges) => *kinds * (edges.len() + 1),
        }
    }
}

macro_rules! groups {
    ($list:ident, $index:ident: $($id:ident $name:literal $bins:expr;)*) => {
        #[allow(non_camel_case_types, clippy::upper_case_acronyms, clippy::enum_variant_names)]
        #[derive(Clone, Copy)]
        enum $index { $($id),* }
        /// The groups of one pass.
        pub(crate) const $list: &[Group] = &[$(Group { name: $name, bins: $bins }),*];
    };
}

use Bins::{Crossed, Edges, Kinds};

const LENGTHS: &[f32] = &[5.0, 12.0, 30.0];
const SHARES: &[f32] = &[0.001, 0.1, 0.25, 0.5, 0.75, 0.95];
const MASS: &[f32] = &[0.0001, 0.01, 0.03, 0.1, 0.3, 0.6, 0.9, 0.97, 0.99, 0.9999];
const STEPS: &[f32] = &[1.5, 2.5, 3.5, 5.5, 8.5, 15.5, 30.5, 80.5];
const DENSITY: &[f32] = &[2.0, 3.0, 4.5, 6.5, 9.0, 13.0, 18.0, 25.0, 35.0, 50.0];

groups! { FIRST, F:
    BIAS "bias" Kinds(1);
    WORDS "words" Edges(&[1.5, 2.5, 3.5, 4.5, 6.5, 8.5, 11.5, 15.5, 20.5, 27.5, 37.5, 50.5, 75.5, 110.5, 160.5]);
    LINKS "link density" Crossed(4, SHARES);
    ENDING "ending" Crossed(7, LENGTHS);
    KIND "kind" Crossed(9, LENGTHS);
    CAPITALS "capitalised words" Crossed(3, &[0.08, 0.15, 0.25, 0.4, 0.6, 0.8]);
    UPPER "upper-case letters" Edges(&[0.001, 0.02, 0.04, 0.08, 0.2, 0.5]);
    DIGITS "digits" Edges(&[0.001, 0.02, 0.06, 0.15, 0.3, 0.5]);
    COMMAS "commas" Edges(&[0.5, 1.5, 2.5, 4.5]);
    STOPS "sentence marks" Edges(&[0.5, 1.5, 2.5, 3.5, 5.5]);
    BARS "bars" Edges(&[0.5, 1.5, 3.5]);
    START "first character" Crossed(7, LENGTHS);
    TAIL "last words" Crossed(6, LENGTHS);
    LABEL "label in front" Crossed(5, LENGTHS);
    WRITER "names of the byline" Crossed(3, LENGTHS);
    SETTING "setting" Kinds(32);
    LEVEL "level" Kinds(8);
    COPIES "copies" Crossed(3, LENGTHS);
    TITLE "words of the title" Crossed(4, &[0.001, 0.15, 0.3, 0.5, 0.8]);
    SHARED "words of other paragraphs" Crossed(4, &[0.1, 0.2, 0.3, 0.4, 0.5, 0.65, 0.8]);
    PLACE "place in the page" Edges(&[0.02, 0.05, 0.1, 0.2, 0.35, 0.5, 0.65, 0.8, 0.9, 0.97]);
    FROM_START "blocks before" Edges(&[1.0, 3.0, 6.0, 12.0, 25.0, 50.0, 100.0, 200.0]);
    FROM_END "blocks after" Edges(&[1.0, 3.0, 6.0, 12.0, 25.0, 50.0, 100.0, 200.0]);
    PREV "block before" Crossed(4, &[1.5, 3.5, 6.5, 12.5, 25.5, 50.5]);
    NEXT "block after" Crossed(4, &[1.5, 3.5, 6.5, 12.5, 25.5, 50.5]);
    PREV2 "second block before" Crossed(4, LENGTHS);
    NEXT2 "second block after" Crossed(4, LENGTHS);
    NEAR3 "words within 3 blocks" Crossed(3, DENSITY);
    NEAR10 "words within 10 blocks" Crossed(3, DENSITY);
    PROSE3 "prose within 3 blocks" Edges(&[0.05, 0.2, 0.4, 0.6, 0.75, 0.9]);
    PROSE10 "prose within 10 blocks" Edges(&[0.05, 0.2, 0.4, 0.6, 0.75, 0.9]);
    LINKS3 "link density within 3 blocks" Edges(SHARES);
    LINKS10 "link density within 10 blocks" Edges(SHARES);
    RUN "prose blocks in a row" Edges(&[0.5, 1.5, 2.5, 4.5, 8.5, 15.5]);
    HEADING "blocks since a heading" Crossed(4, STEPS);
    H1 "words since the headline" Edges(&[-1.5, -0.5, 5.0, 30.0, 100.0, 300.0, 800.0, 2000.0]);
    LIKE "like its neighbours" Kinds(4);
    BOX1 "share of prose in the smallest box" Crossed(2, MASS);
    BOX2 "share of prose in the second box" Edges(MASS);
    BOX3 "share of prose in the third box" Edges(MASS);
    BOX1_LINKS "link density of the smallest box" Edges(SHARES);
    BOX2_LINKS "link density of the second box" Edges(SHARES);
    BOX1_WORDS "words of the smallest box" Edges(&[5.0, 15.0, 40.0, 100.0, 250.0, 600.0, 1500.0]);
    BOX1_MEAN "words a block in the smallest box" Edges(DENSITY);
    BOX2_MEAN "words a block in the second box" Edges(DENSITY);
    NEAR_CLASS "class or id" Kinds(256);
    FAR_CLASS "class or id above" Kinds(256);
    SINCE "blocks since furniture" Crossed(12, STEPS);
    UNTIL "blocks until furniture" Crossed(12, STEPS);
    TOPICS "speaks of" Crossed(TOPIC_COUNT, LENGTHS);
    SPOKEN "topics" Crossed(4, &[0.5, 1.5, 2.5, 3.5, 5.5]);
    ADDRESS "address" Crossed(4, LENGTHS);
    IMAGE "image" Crossed(8, LENGTHS);
    BOX_IMAGES "images in the smallest box" Crossed(4, &[15.0, 40.0, 100.0, 250.0]);
    PAGE "words of prose in the page" Crossed(3, &[40.0, 100.0, 250.0, 500.0, 1000.0, 2500.0]);
    STRETCH "blocks to the longest stretch of prose" Crossed(4, &[1.5, 3.5, 8.5, 20.5, 60.5]);
    STRETCH_SHARE "share of prose in the longest stretch" Crossed(3, &[0.1, 0.2, 0.35, 0.5, 0.7, 0.9]);
}

const SCORES: &[f32] =
    &[-6.0, -4.5, -3.5, -2.5, -1.75, -1.25, -0.75, -0.25, 0.25, 0.75, 1.25, 1.75, 2.5, 3.5, 4.5, 6.0];
const CHANCES: &[f32] = &[0.01, 0.03, 0.08, 0.15, 0.25, 0.35, 0.5, 0.65, 0.75, 0.85, 0.92, 0.97, 0.99];
const GAPS: &[f32] = &[0.5, 2.0, 5.0, 10.0, 20.0, 40.0, 80.0, 160.0, 400.0, 1000.0];

groups! { SECOND, S:
    BIAS "bias" Kinds(1);
    OWN "first score" Edges(SCORES);
    OWN_KIND "first score by kind" Crossed(9, &[-2.5, -1.0, 0.0, 1.0, 2.5]);
    OWN_WORDS "first score by words" Crossed(4, &[-2.5, -1.0, 0.0, 1.0, 2.5]);
    AROUND1 "judged body within 1 block" Edges(CHANCES);
    AROUND3 "judged body within 3 blocks" Crossed(3, CHANCES);
    AROUND8 "judged body within 8 blocks" Crossed(3, CHANCES);
    AROUND20 "judged body within 20 blocks" Edges(CHANCES);
    PREV "chance of the block before" Crossed(2, CHANCES);
    NEXT "chance of the block after" Crossed(2, CHANCES);
    BEST_BEFORE "best of five before" Edges(CHANCES);
    BEST_AFTER "best of five after" Edges(CHANCES);
    MASS_BEFORE "share of body before" Crossed(3, MASS);
    MASS_AFTER "share of body after" Crossed(3, MASS);
    GAP_BEFORE "words since sure body" Crossed(3, GAPS);
    GAP_AFTER "words until sure body" Crossed(3, GAPS);
    BOX1 "judged body in the smallest box" Edges(CHANCES);
    BOX2 "judged body in the second box" Edges(CHANCES);
    BOX3 "judged body in the third box" Edges(CHANCES);
    BOX1_MASS "share of body in the smallest box" Edges(MASS);
    BOX2_MASS "share of body in the second box" Edges(MASS);
    BOX3_MASS "share of body in the third box" Edges(MASS);
    PEAK "share of body between here and its middle" Edges(&[0.1, 0.2, 0.3, 0.4, 0.45, 0.49]);
    SINCE "furniture since sure body" Kinds(13);
    BODY "words judged body in the page" Crossed(3, &[40.0, 100.0, 250.0, 500.0, 1000.0, 2500.0]);
    LIKE "most body has its kind and class" Edges(&[0.001, 0.05, 0.2, 0.5, 0.8]);
    SEGMENT "words to the densest stretch" Crossed(3, GAPS);
    SEGMENT_SHARE "share of body in the densest stretch" Crossed(3, MASS);
}

/// First bin of each group, and the number of bins.
pub(crate) fn offsets(groups: &[Group]) -> (Vec<usize>, usize) {
    let ends: Vec<usize> = (0..=groups.len()).map(|group| start_of(groups, group)).collect();
    (ends[..groups.len()].to_vec(), ends[groups.len()])
}

/// Returns the first bin of a group.
const fn start_of(groups: &[Group], group: usize) -> usize {
    let (mut total, mut i) = (0, 0);
    while i < group {
        total += groups[i].bins.count();
        i += 1;
    }
    total
}

/// Returns the first bins of all groups.
const fn starts<const COUNT: usize>(groups: &[Group]) -> [usize; COUNT] {
    let mut starts = [0; COUNT];
    let mut i = 0;
    while i < COUNT {
        starts[i] = start_of(groups, i);
        i += 1;
    }
    starts
}

const FIRST_AT: [usize; FIRST.len()] = starts(FIRST);
const SECOND_AT: [usize; SECOND.len()] = starts(SECOND);

/// Numbers of bins of the passes.
const FIRST_BINS: usize = start_of(FIRST, FIRST.len());
const SECOND_BINS: usize = start_of(SECOND, SECOND.len());

impl Bins {
    const fn edges(&self) -> &'static [f32] {
        match self {
            Edges(edges) | Crossed(_, edges) => edges,
            Kinds(_) => &[],
        }
    }
}

/// Whole numbers whose bins are looked up: most counts of words and blocks are among them.
const COUNTS: usize = 256;

/// By group and whole number: how many of the group's edges it reaches.
const fn passed<const GROUPS: usize>(groups: &[Group]) -> [[u8; COUNTS]; GROUPS] {
    let mut table = [[0; COUNTS]; GROUPS];
    let mut group = 0;
    while group < GROUPS {
        let edges = groups[group].bins.edges();
        let (mut count, mut value) = (0, 0);
        while value < COUNTS {
            while count < edges.len() && value as f32 >= edges[count] {
                count += 1;
            }
            table[group][value] = count as u8;
            value += 1;
        }
        group += 1;
    }
    table
}

static FIRST_PASSED: [[u8; COUNTS]; FIRST.len()] = passed(FIRST);
static SECOND_PASSED: [[u8; COUNTS]; SECOND.len()] = passed(SECOND);

/// Edges of the group that has most.
const MOST_EDGES: usize = 16;

/// By group: its edges, and behind them what no value reaches.
const fn padded<const GROUPS: usize>(groups: &[Group]) -> [[f32; MOST_EDGES]; GROUPS] {
    let mut table = [[f32::NAN; MOST_EDGES]; GROUPS];
    let mut group = 0;
    while group < GROUPS {
        let edges = groups[group].bins.edges();
        let mut i = 0;
        while i < edges.len() {
            table[group][i] = edges[i];
            i += 1;
        }
        group += 1;
    }
    table
}

static FIRST_EDGES: [[f32; MOST_EDGES]; FIRST.len()] = padded(FIRST);
static SECOND_EDGES: [[f32; MOST_EDGES]; SECOND.len()] = padded(SECOND);

/// What is done with the bins of blocks: they are stored to fit weights to, or their weights are added up.
pub(crate) trait Sink {
    /// Takes a bin of the block at hand.
    fn bin(&mut self, bin: usize);
    /// Takes bins of the block at hand that a block before had too.
    fn again(&mut self, bins: &[u16]) {
        bins.iter().for_each(|&bin| self.bin(bin as usize));
    }
    /// Ends the block.
    fn end(&mut self);
}

/// Finds the bins that one block falls into. The groups are those of a pass, known when this is compiled.
struct Row<'r, S: Sink, const SECOND_PASS: bool> {
    out: &'r mut S,
}

impl<S: Sink, const SECOND_PASS: bool> Row<'_, S, SECOND_PASS> {
    const GROUPS: &'static [Group] = if SECOND_PASS { SECOND } else { FIRST };
    const AT: &'static [usize] = if SECOND_PASS { &SECOND_AT } else { &FIRST_AT };

    #[inline(always)]
    fn kind(&mut self, group: usize, kind: usize) {
        let most = Self::GROUPS[group].bins.count() - 1;
        self.out.bin(Self::AT[group] + kind.min(most));
    }

    #[inline(always)]
    fn value(&mut self, group: usize, value: f32) {
        self.crossed(group, 0, value);
    }

    #[inline(always)]
    fn crossed(&mut self, group: usize, kind: usize, value: f32) {
        self.kind(group, Self::cell(group, kind, Self::bin_of(group, value)));
    }

    #[inline(always)]
    fn counted(&mut self, group: usize, kind: usize, count: u32) {
        self.kind(group, Self::cell(group, kind, Self::bin_of_count(group, count)));
    }

    /// Takes the bin of a kind and a length, for groups that kinds are crossed with lengths in.
    #[inline(always)]
    fn sized(&mut self, group: usize, kind: usize, size: usize) {
        debug_assert_eq!(Self::GROUPS[group].bins.edges(), LENGTHS);
        self.kind(group, Self::cell(group, kind, size));
    }

    /// Returns the number of the bin that a kind and a bin of the group's edges make.
    #[inline(always)]
    fn cell(group: usize, kind: usize, bin: usize) -> usize {
        kind * (Self::GROUPS[group].bins.edges().len() + 1) + bin
    }

    /// Returns how many of the group's edges a value reaches. They rise, so those come first: halving finds them, in steps
    /// that are known when this is compiled.
    #[inline(always)]
    fn bin_of(group: usize, value: f32) -> usize {
        let count = Self::GROUPS[group].bins.edges().len();
        let edges = if SECOND_PASS { &SECOND_EDGES[group] } else { &FIRST_EDGES[group] };
        let mut passed = 0;
        for step in [8, 4, 2, 1] {
            if count >= step {
                passed += step * usize::from(value >= edges[(passed + step - 1) % MOST_EDGES]);
            }
        }
        if count == MOST_EDGES { passed + usize::from(value >= edges[MOST_EDGES - 1]) } else { passed }
    }

    #[inline(always)]
    fn bin_of_count(group: usize, count: u32) -> usize {
        let passed = if SECOND_PASS { &SECOND_PASSED[group] } else { &FIRST_PASSED[group] };
        let edges = Self::GROUPS[group].bins.edges();
        match passed.get(count as usize) {
            Some(&bin) => bin as usize,
            None if edges.last().is_some_and(|&last| last >= COUNTS as f32) => Self::bin_of(group, count as f32),
            None => edges.len(),
        }
    }
}

fn share(part: u32, whole: u32) -> f32 {
    part as f32 / whole.max(1) as f32
}

/// Bin of a length: under 5, 12, 30 words, or more.
fn length(words: u32) -> usize {
    LENGTHS.iter().map(|&edge| usize::from(words >= edge as u32)).sum()
}

/// Bins of all blocks of a page, one row a block.
pub(crate) struct Rows {
    bins: Vec<u16>,
    ends: Vec<u32>,
}

impl Rows {
    fn with_capacity(blocks: usize, bins: usize) -> Self {
        Self { bins: Vec::with_capacity(blocks * bins), ends: Vec::with_capacity(blocks) }
    }

    pub(crate) fn row(&self, block: usize) -> &[u16] {
        let start = if block == 0 { 0 } else { self.ends[block - 1] as usize };
        &self.bins[start..self.ends[block] as usize]
    }
}

impl Sink for Rows {
    fn bin(&mut self, bin: usize) {
        self.bins.push(bin as u16);
    }

    fn end(&mut self) {
        self.ends.push(self.bins.len() as u32);
    }
}

/// A few bins that many blocks in a row have.
impl Sink for Vec<u16> {
    fn bin(&mut self, bin: usize) {
        self.push(bin as u16);
    }

    fn end(&mut self) {}
}

type FirstRow<'r, S> = Row<'r, S, false>;
type SecondRow<'r, S> = Row<'r, S, true>;

/// Scores of all blocks of a page: the sums of the weights of their bins.
struct Scores<'w, const BINS: usize> {
    weights: &'w [f32; BINS],
    sum: f32,
    list: Vec<f32>,
}

impl<'w, const BINS: usize> Scores<'w, BINS> {
    fn new(weights: &'w [f32], blocks: usize) -> Self {
        let weights = weights.first_chunk().expect("a model has a weight for each bin");
        Self { weights, sum: 0.0, list: Vec::with_capacity(blocks) }
    }
}

impl<const BINS: usize> Sink for Scores<'_, BINS> {
    #[inline(always)]
    fn bin(&mut self, bin: usize) {
        self.sum += self.weights[bin];
    }

    fn end(&mut self) {
        self.list.push(std::mem::take(&mut self.sum));
    }
}

/// Calls `each` with the hash of every word that is no particle.
fn vocabulary(text: &str, mut each: impl FnMut(u32)) {
    words(text, |word| {
        if word.is_long {
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
struct Spot {
    word: u32,
    known: u32,
}

impl Spot {
    const TITLE: u32 = 1;
    const SEVERAL: u32 = 2;
    const PARAGRAPH: u32 = 4;

    fn is_in_title(self) -> bool {
        self.known & Self::TITLE != 0
    }

    /// Returns whether a paragraph holds the word; another one, if this is of a paragraph too.
    fn is_shared(self, is_paragraph: bool) -> bool {
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
        let mut at = word as usize & mask;
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
struct Look {
    /// Bin of the length.
    size: u8,
    /// What [`shape`] says, crossed with the words: as a neighbour, and as the second neighbour.
    beside: u8,
    beyond: u8,
    /// 2 for a copy, 1 for what is copied.
    copied: u8,
    /// Whether its words count as words of another paragraph.
    is_paragraph: bool,
    /// Whether it has the kind and class of the block before.
    is_like_last: bool,
}

/// What several features of the first pass are taken from.
struct Page {
    looks: Vec<Look>,
    spread: Spread,
    /// By word of the document: its place in `spread`, if it is a long one of a paragraph.
    places: Vec<u32>,
    run: Vec<u32>,
    prose: u32,
    headline: Option<usize>,
}

impl Page {
    fn new(doc: &Document, findings: &Findings) -> Self {
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
                words += doc.words_of(i).iter().filter(|word| word.is_long).count();
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
            let long = words.filter(|(word, _)| word.is_long);
            long.for_each(|(word, place)| *place = spread.add(word.whole, number as u32 + 1) as u32);
        }
        Self { looks, spread, places, run, prose: doc.prose_in(0..blocks.len()), headline }
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

/// Mean words a block, share of prose, and link density over the blocks around one.
struct Around {
    mean: f32,
    prose: f32,
    links: f32,
}

impl Around {
    fn new(doc: &Document, i: usize, reach: usize) -> Self {
        let range = i.saturating_sub(reach)..(i + reach + 1).min(doc.blocks.len());
        let words = doc.words_in(range.clone());
        let others = range.len() - 1;
        Self {
            mean: (words - doc.blocks[i].measure.words) as f32 / others.max(1) as f32,
            prose: share(doc.prose_in(range.clone()), words),
            links: doc.link_density_in(range),
        }
    }
}

/// The three smallest containers of the block at hand. Blocks side by side mostly stand in the same ones.
struct Boxes<'d> {
    doc: &'d Document<'d>,
    /// The smallest container's element, if its containers are those of all blocks within.
    node: Option<u32>,
    ranges: Vec<Range<usize>>,
}

impl<'d> Boxes<'d> {
    fn new(doc: &'d Document<'d>) -> Self {
        Self { doc, node: None, ranges: Vec::with_capacity(3) }
    }

    /// Moves to a block. Returns whether its containers may be others than those of the last one.
    fn move_to(&mut self, i: usize) -> bool {
        let Some(tree) = &self.doc.tree else { return false };
        let within = |node: u32| {
            let (from, to) = self.doc.node_blocks[node as usize];
            from as usize..to as usize
        };
        let parent = |node: u32| tree.nodes[node as usize].parent;
        let is_box = |node: u32| node == NIL || within(node).len() > 1 && within(node).contains(&i);
        let mut node = self.doc.blocks[i].node;
        while !is_box(node) {
            node = parent(node);
        }
        if self.node == Some(node) {
            return false;
        }
        self.ranges.clear();
        self.node = Some(node);
        while node != NIL && self.ranges.len() < 3 {
            let (blocks, last) = (within(node), self.ranges.last().cloned().unwrap_or(i..i + 1));
            if blocks.contains(&i) && blocks.len() > last.len() {
                self.ranges.push(blocks.clone());
            }
            // A misnested link or bold may have ended before the block, and is around others of the box.
            let holds_last = blocks.start <= last.start && blocks.end >= last.end;
            node = parent(node);
            if !holds_last {
                self.node = None;
            }
        }
        true
    }
}

fn ending_kind(ending: Ending) -> usize {
    match ending {
        Ending::None => 0,
        Ending::Stop => 1,
        Ending::Question => 2,
        Ending::Ellipsis => 3,
        Ending::Colon => 4,
        Ending::Comma => 5,
        Ending::Quote => 6,
    }
}

fn first_kind(text: &str) -> usize {
    match text.chars().next() {
        Some('a'..='z') => 0,
        Some('A'..='Z') => 1,
        // Hangul, Han, kana: scripts without capitals.
        Some('\u{ac00}'..='\u{d7a3}' | '\u{4e00}'..='\u{9fef}' | '\u{3041}'..='\u{3096}' | '\u{30a1}'..='\u{30fa}') => {
            5
        }
        Some(c) if c.is_lowercase() => 0,
        Some(c) if c.is_uppercase() => 1,
        Some(c) if c.is_numeric() => 2,
        Some('"' | '“' | '„' | '«' | '‘' | '\'' | '「' | '『' | '»' | '”') => 3,
        Some('-' | '–' | '—' | '(' | '（' | '[' | '【' | '■' | '◆' | '▲' | '●' | '◇' | '△') => 4,
        Some(c) if c.is_alphabetic() => 5,
        _ => 6,
    }
}

/// Bytes at either end of a block in which a credit or a label is looked for.
const EDGE: usize = 64;

/// How the last words stand to the sentence before them, as credits stand behind captions: 0 they end it, 1 they are in
/// brackets after it, 2 in brackets within it, 3 in brackets with an end of their own, 4 they follow it and end none; 5 the
/// whole is in quotation marks, as quotes are that a page lifts out of its text.
fn tail_kind(text: &str, measure: &Measure) -> usize {
    let text = text.trim_end();
    let edge = &text[text.ceil_char_boundary(text.len().saturating_sub(EDGE))..];
    let ends = |text: &str| text.trim_end().ends_with(is_stop);
    match edge.chars().next_back() {
        Some(last @ (')' | '）' | ']' | '】')) => match edge.rfind(['(', '（', '[', '【']) {
            Some(at) if edge[..at].trim_end().ends_with(|c: char| is_stop(c) || is_closing_quote(c)) => 1,
            Some(_) if ends(&edge[..edge.len() - last.len_utf8()]) => 3,
            Some(_) => 2,
            None => 0,
        },
        Some(last) if is_closing_quote(last) && text.starts_with(is_opening_quote) => 5,
        // All that is sought there has been counted.
        _ if measure.ending == Ending::None && measure.stops > 0 => {
            let is_between = |(at, c): (usize, char)| {
                let behind = edge[at + c.len_utf8()..].chars().next();
                is_stop(c) && (behind == Some(' ') || !c.is_ascii())
            };
            if edge.char_indices().any(is_between) { 4 } else { 0 }
        }
        _ => 0,
    }
}

fn is_stop(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '…' | '。' | '！' | '？' | '।' | '؟' | '۔' | '．' | '｡')
}

fn is_opening_quote(c: char) -> bool {
    matches!(c, '"' | '“' | '„' | '«' | '‘' | '「' | '『' | '»' | '”')
}

fn is_closing_quote(c: char) -> bool {
    matches!(c, '"' | '”' | '“' | '»' | '«' | '’' | '」' | '』')
}

/// What stands in front of a colon or bar near the start: 0 nothing, 1 a word, 2 two or three, 3 words before a bar, 4 words
/// in capitals.
fn label_kind(text: &str) -> usize {
    let edge = &text[..text.floor_char_boundary(EDGE / 2)];
    // Of `：` the first byte tells little.
    let is_mark = |&at: &usize| edge.as_bytes()[at] != 0xef || edge[at..].starts_with('：');
    let Some(at) = memchr::memchr3_iter(b':', b'|', 0xef, edge.as_bytes()).find(is_mark) else { return 0 };
    let (label, behind) = (&edge.as_bytes()[..at], &edge.as_bytes()[at..]);
    match behind {
        [b'|', ..] => 3,
        // A time of day, or an address.
        [b':', next, ..] if *next != b' ' => 0,
        _ if at > 2 && label.iter().any(u8::is_ascii_uppercase) && !label.iter().any(u8::is_ascii_lowercase) => 4,
        _ => match label.trim_ascii_end().iter().filter(|&&b| b == b' ').count() {
            0 => 1,
            1 | 2 => 2,
            _ => 0,
        },
    }
}

/// Words of the names in the page's bylines.
struct Writers {
    words: [u32; WRITERS],
    count: usize,
}

/// Words of names that are kept.
const WRITERS: usize = 12;
/// Words above which a byline is more than names.
const MOST_BYLINE: u32 = 9;
/// First words of a block among which a name is looked for: a word about the author starts with the name.
const NAMED_IN: usize = 5;

impl Writers {
    fn new(doc: &Document, findings: &Findings) -> Self {
        let mut out = Self { words: [0; WRITERS], count: 0 };
        for (i, block) in doc.blocks.iter().enumerate() {
            if block.measure.words <= MOST_BYLINE && findings.verdict(i) == Some(Action::Part(crate::Role::Byline)) {
                doc.words_of(i).iter().filter(|word| word.is_long).for_each(|word| out.add(word.whole));
            }
        }
        let authors = doc.about.claims.iter().filter(|claim| claim.fact == Fact::Author);
        authors.for_each(|claim| vocabulary(&claim.text, |word| out.add(word)));
        out
    }

    fn add(&mut self, word: u32) {
        if self.count < WRITERS {
            self.words[self.count] = word;
            self.count += 1;
        }
    }

    /// How many words of names are among the first of a block: none, one, more.
    fn named_in(&self, words: &[Word]) -> usize {
        let known = &self.words[..self.count];
        words.iter().take(NAMED_IN).filter(|word| word.is_long && known.contains(&word.whole)).count().min(2)
    }
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

/// 0 none, 1 an e-mail address, 2 another `@`, 3 the address of a page.
fn address_kind(measure: &Measure, text: &str, has_sign: bool, may_be_page: bool) -> usize {
    let bytes = text.as_bytes();
    if has_sign {
        let is_word = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphanumeric);
        let is_within = |i: usize| is_word(i.checked_sub(1).and_then(|i| bytes.get(i))) && is_word(bytes.get(i + 1));
        return if memchr::memchr_iter(b'@', bytes).any(is_within) { 1 } else { 2 };
    }
    // Slashes count as bars.
    let has_scheme = measure.bars >= 2 && memchr::memchr_iter(b':', bytes).any(|i| text[i + 1..].starts_with("//"));
    if has_scheme || may_be_page && WWW.find(bytes).is_some() { 3 } else { 0 }
}

static WWW: Lazy<Finder> = Lazy::new(|| Finder::new("www."));

/// Where the page's images stand among its elements.
struct Images {
    /// The images' elements.
    nodes: Vec<u32>,
    /// By block: how many images stand before its element; then how many there are.
    before: Vec<u32>,
}

impl Images {
    fn new(tree: &Tree, blocks: &[Block]) -> Self {
        let is_image = |tag: Tag| matches!(tag, Tag::IMG | Tag::PICTURE | Tag::VIDEO | Tag::IFRAME);
        let mut images = Self { nodes: Vec::new(), before: Vec::with_capacity(blocks.len() + 1) };
        for (i, node) in tree.nodes.iter().enumerate() {
            if is_image(node.tag) {
                images.nodes.push(i as u32);
            }
        }
        let (mut last, mut before) = (0, 0);
        for block in blocks {
            // Most blocks have no image between them.
            let has_none = block.node >= last && images.nodes.get(before as usize).is_none_or(|&at| at >= block.node);
            if !has_none {
                before = images.before_node(block.node);
            }
            last = block.node;
            images.before.push(before);
        }
        images.before.push(images.nodes.len() as u32);
        images
    }

    fn before_node(&self, node: u32) -> u32 {
        self.nodes.partition_point(|&image| image < node) as u32
    }

    fn before(&self, block: Option<usize>) -> u32 {
        block.map_or(0, |i| self.before[i])
    }

    /// Whether an image stands between the block and the one before (1) and the one after (2), and on both sides (3);
    /// more by 4 when it stands in a figure.
    fn around(&self, blocks: &[Block], i: usize) -> usize {
        let before = usize::from(self.before[i] > self.before(i.checked_sub(1)));
        let after = usize::from(self.before[i + 1] > self.before[i]);
        before + 2 * after + 4 * usize::from(blocks[i].is(Setting::FIGURE))
    }

    /// Images of the box that holds these blocks, between the first and the last of them: 0, 1, a few, many.
    fn in_box(&self, blocks: &[Block], range: &Range<usize>) -> usize {
        let until = self.before_node(blocks[range.end - 1].node + 1);
        match until.saturating_sub(self.before(range.start.checked_sub(1))) {
            count @ 0..=1 => count as usize,
            2..=4 => 2,
            _ => 3,
        }
    }
}

fn number_of(category: Category) -> usize {
    category as usize
}

/// Where the furniture of each category stands that rules have found, as seen from a block that moves down the page.
struct Furniture {
    last: [u32; CATEGORIES],
    next: [u32; CATEGORIES],
    /// Bits of the categories that the page has.
    on_page: u32,
    /// By block: the next furniture of the block's category.
    after: Vec<u32>,
}

/// As many categories as weights are fitted for; there are fewer.
const CATEGORIES: usize = 12;

/// Nowhere in the page.
const NOWHERE: u32 = u32::MAX;

impl Furniture {
    fn new(findings: &Findings, blocks: usize) -> Self {
        let (last, next) = ([NOWHERE; CATEGORIES], [NOWHERE; CATEGORIES]);
        let mut out = Self { last, next, on_page: 0, after: vec![NOWHERE; blocks] };
        for i in (0..blocks).rev() {
            if let Some(category) = furniture(findings, i) {
                out.after[i] = std::mem::replace(&mut out.next[category], i as u32);
                out.on_page |= 1 << category;
            }
        }
        out
    }

    /// Moves on from a block.
    fn pass(&mut self, findings: &Findings, block: usize) {
        if let Some(category) = furniture(findings, block) {
            self.last[category] = block as u32;
            self.next[category] = self.after[block];
        }
    }
}

/// Returns the category of a block that rules have taken for furniture.
fn furniture(findings: &Findings, block: usize) -> Option<usize> {
    match (findings.verdict(block), findings.category(block)) {
        // Notes and corrections are too rare to learn from.
        (Some(Action::Strip | Action::Part(_)), Some(category)) if category != Category::Protect => {
            Some(number_of(category))
        }
        _ => None,
    }
}

/// Returns the distance of two blocks as features know it: beyond this nothing is near.
fn distance(from: u32, to: u32) -> Option<u32> {
    let is_known = from != NOWHERE && to != NOWHERE;
    (is_known && to - from < u32::from(u16::MAX)).then(|| to - from)
}

/// Calls `each` with the places of the bits that are set.
fn bits(mut set: u32, mut each: impl FnMut(usize)) {
    while set != 0 {
        each(set.trailing_zeros() as usize);
        set &= set - 1;
    }
}

/// The bins of a set of class words, which many blocks in a row have.
#[derive(Default)]
struct Names {
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
    let images = doc.tree.as_ref().map(|tree| Images::new(tree, blocks));
    let page_prose = FirstRow::<Rows>::bin_of(F::PAGE as usize, page.prose as f32);
    let mut boxes = Boxes::new(doc);
    let mut box_bins: Vec<u16> = Vec::new();
    let mut signs = doc.seek(|text| memchr::memchr(b'@', text));
    let mut pages = doc.seek(|text| WWW.find(text));
    let (mut near, mut far) = (Names::default(), Names::default());
    let writers = Writers::new(doc, findings);
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
        row.sized(F::LABEL as usize, label_kind(text), size);
        row.sized(F::WRITER as usize, writers.named_in(doc.words_of(i)), size);
        bits(block.setting.0, |bit| row.kind(F::SETTING as usize, bit));
        row.kind(F::LEVEL as usize, block.level as usize);
        if let Some(images) = &images {
            row.sized(F::IMAGE as usize, images.around(blocks, i), size);
        }
        row.sized(F::COPIES as usize, look.copied as usize, size);
        let (mut own, mut in_title, mut shared) = (0, 0, 0);
        let mut spoken = 0;
        for (&word, &place) in doc.words_of(i).iter().zip(&page.places[doc.word_range(i)]) {
            spoken |= topics.of(word);
            if word.is_long {
                let spot =
                    if look.is_paragraph { page.spread.slots[place as usize] } else { page.spread.of(word.whole) };
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
        row.sized(F::ADDRESS as usize, address_kind(m, text, signs.is_in(block), pages.is_in(block)), size);
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
            put_boxes(doc, &boxes.ranges, &page, images.as_ref(), &mut box_bins);
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
fn put_boxes(doc: &Document, boxes: &[Range<usize>], page: &Page, images: Option<&Images>, out: &mut Vec<u16>) {
    let mut row = FirstRow { out };
    if let Some(range) = boxes.first() {
        let words = doc.words_in(range.clone());
        if let Some(images) = images {
            row.counted(F::BOX_IMAGES as usize, images.in_box(&doc.blocks, range), words);
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

/// Returns whether a block stands before (0), in (1) or after (2) a range, and how many blocks from its nearest end.
fn side(range: &Range<usize>, i: usize) -> (usize, usize) {
    if i < range.start {
        (0, range.start - i)
    } else if i < range.end {
        (1, (i + 1 - range.start).min(range.end - i))
    } else {
        (2, i + 1 - range.end)
    }
}

/// Returns the stretch of blocks that holds most words of body for the fewest others (Pasternack and Roth 2009).
fn densest(blocks: &[Block], chances: &[f32]) -> Range<usize> {
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

fn chance(score: f32) -> f32 {
    1.0 / (1.0 + (-score).exp())
}

/// A block of at least this many words that the first pass gives this chance is surely body.
const SURE_WORDS: u32 = 15;
const SURE_CHANCE: f32 = 0.8;

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

/// Names a bin for people: its group and the values it holds.
pub(crate) fn label(groups: &'static [Group], bin: usize) -> String {
    let (at, _) = offsets(groups);
    let group = at.iter().rposition(|&from| from <= bin).unwrap_or(0);
    let within = bin - at[group];
    let name = groups[group].name;
    if name == "speaks of" {
        let lengths = LENGTHS.len() + 1;
        return format!("speaks of “{}”", TOPICS.get(within / lengths).unwrap_or(&""));
    }
    if name.starts_with("class or id") {
        return format!("{name} “{}”", class_words::WORDS.get(within).unwrap_or(&""));
    }
    let range = |edges: &[f32], bin: usize| match (bin.checked_sub(1).map(|b| edges[b]), edges.get(bin)) {
        (None, Some(to)) => format!("< {to}"),
        (Some(from), Some(to)) => format!("{from}–{to}"),
        (Some(from), None) => format!("≥ {from}"),
        (None, None) => String::new(),
    };
    match groups[group].bins {
        Edges(edges) => format!("{name} {}", range(edges, within)),
        Kinds(1) => name.to_owned(),
        Kinds(_) => format!("{name} {within}"),
        Crossed(_, edges) => {
            let bins = edges.len() + 1;
            format!("{name} {}: {}", within / bins, range(edges, within % bins))
        }
    }
}
