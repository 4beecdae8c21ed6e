//! What the scorer looks at: each feature of a block falls into one bin, and each bin has a weight.
//!
//! The first pass looks at the block, its place and its neighbours; the second at how the first pass judged the blocks
//! around, as jusText's context-free and context-sensitive passes do (Pomikálek 2011).

use crate::document::{Block, Document, Setting};
use crate::finding::{Action, Findings};
use crate::hash::FastMap;
use crate::html::class_words;
use crate::html::tag::Tag;
use crate::html::tree::Tree;
use crate::measure::Ending;
use crate::rule::Category;
use crate::rules::topics::{TOPIC_COUNT, TOPICS, topics};
use crate::words::words;
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

/// What is done with the bins of blocks: they are stored to fit weights to, or their weights are added up.
pub(crate) trait Sink {
    /// Takes a bin of the block at hand.
    fn bin(&mut self, bin: usize);
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
        let edges = match Self::GROUPS[group].bins {
            Edges(edges) | Crossed(_, edges) => edges,
            Kinds(_) => &[],
        };
        // The edges rise, so those that are passed come first.
        let bin: u32 = edges.iter().map(|&edge| u32::from(value >= edge)).sum();
        self.kind(group, kind * (edges.len() + 1) + bin as usize);
    }
}

fn share(part: u32, whole: u32) -> f32 {
    part as f32 / whole.max(1) as f32
}

/// Bin of a length: under 5, 12, 30 words, or more.
fn length(words: u32) -> usize {
    LENGTHS.iter().position(|&edge| (words as f32) < edge).unwrap_or(LENGTHS.len())
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

/// Scores of all blocks of a page: the sums of the weights of their bins.
pub(crate) struct Scores<'w> {
    weights: &'w [f32],
    sum: f32,
    list: Vec<f32>,
}

impl<'w> Scores<'w> {
    fn new(weights: &'w [f32], blocks: usize) -> Self {
        Self { weights, sum: 0.0, list: Vec::with_capacity(blocks) }
    }
}

impl Sink for Scores<'_> {
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

/// In how many paragraphs each word stands: a table by the word's hash.
struct Spread {
    slots: Vec<Spot>,
}

/// A word, the number of paragraphs, and the last of them.
#[derive(Clone, Copy, Default)]
struct Spot {
    word: u32,
    count: u32,
    last: u32,
}

impl Spread {
    fn new(words: usize) -> Self {
        Self { slots: vec![Spot::default(); (words * 3 / 2 + 1).next_power_of_two()] }
    }

    /// Returns the word's slot, or the empty one where it may go.
    fn place(&self, word: u32) -> usize {
        let mask = self.slots.len() - 1;
        let mut at = word as usize & mask;
        while self.slots[at].count != 0 && self.slots[at].word != word {
            at = (at + 1) & mask;
        }
        at
    }

    fn add(&mut self, word: u32, paragraph: u32) {
        let at = self.place(word);
        let spot = &mut self.slots[at];
        if spot.count == 0 || spot.last != paragraph {
            *spot = Spot { word, count: spot.count + 1, last: paragraph };
        }
    }

    fn count(&self, word: u32) -> u32 {
        self.slots[self.place(word)].count
    }
}

/// What several features of the first pass are taken from.
struct Page<'d> {
    doc: &'d Document<'d>,
    title: Vec<u32>,
    spread: Spread,
    run: Vec<u32>,
    copied: Vec<u8>,
    prose: u32,
    headline: Option<usize>,
}

/// Returns whether a block's words count as words of another paragraph.
fn is_paragraph(doc: &Document, i: usize) -> bool {
    let block = &doc.blocks[i];
    block.measure.words >= 12 && block.link_density() < 0.5 && doc.first_copy(i).is_none()
}

impl<'d> Page<'d> {
    fn new(doc: &'d Document<'d>, findings: &Findings) -> Self {
        let blocks = &doc.blocks;
        let mut title = Vec::new();
        for text in [doc.about.headline.as_deref(), doc.about.title.as_deref(), doc.about.description.as_deref()] {
            vocabulary(text.unwrap_or(""), |word| title.push(word));
        }
        let headline = (0..blocks.len())
            .find(|&i| findings.verdict(i) == Some(Action::Part(crate::Role::Headline)))
            .or_else(|| blocks.iter().position(|b| b.kind == crate::BlockKind::Heading && b.level == 1));
        if title.is_empty()
            && let Some(i) = headline
        {
            vocabulary(doc.text(&blocks[i]), |word| title.push(word));
        }
        title.sort_unstable();
        title.dedup();
        let mut spread = Spread::new(doc.words.len());
        for i in (0..blocks.len()).filter(|&i| is_paragraph(doc, i)) {
            let long = doc.words_of(i).iter().filter(|word| word.is_long);
            long.for_each(|word| spread.add(word.whole, i as u32));
        }
        let mut run = vec![0; blocks.len()];
        let mut start = 0;
        for i in 0..=blocks.len() {
            if i == blocks.len() || !blocks[i].is_prose(8) {
                run[start..i].fill((i - start) as u32);
                start = i + 1;
            }
        }
        let mut copied = vec![0u8; blocks.len()];
        for (&later, &first) in &doc.copies {
            copied[later as usize] = 2;
            copied[first as usize] = copied[first as usize].max(1);
        }
        Self { doc, title, spread, run, copied, prose: doc.prose_in(0..blocks.len()), headline }
    }

    /// Mean words a block and link density over the blocks around `i`.
    fn around(&self, i: usize, reach: usize) -> (Range<usize>, f32) {
        let range = i.saturating_sub(reach)..(i + reach + 1).min(self.doc.blocks.len());
        let words = self.doc.words_in(range.clone()) - self.doc.blocks[i].measure.words;
        let count = range.len() - 1;
        (range, words as f32 / count.max(1) as f32)
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
        Some(c) if c.is_lowercase() => 0,
        Some(c) if c.is_uppercase() => 1,
        Some(c) if c.is_numeric() => 2,
        Some('"' | '“' | '„' | '«' | '‘' | '\'' | '「' | '『' | '»' | '”') => 3,
        Some('-' | '–' | '—' | '(' | '（' | '[' | '【' | '■' | '◆' | '▲' | '●' | '◇' | '△') => 4,
        Some(c) if c.is_alphabetic() => 5,
        _ => 6,
    }
}

/// 0 no prose to speak of, 1 mostly links, 2 ends no sentence, 3 prose.
fn shape(block: &Block) -> usize {
    if block.link_density() > 0.5 {
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
fn address_kind(text: &str) -> usize {
    let at = memchr::memchr_iter(b'@', text.as_bytes());
    let kinds = at.map(|i| {
        let is_word = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphanumeric);
        let bytes = text.as_bytes();
        if is_word(i.checked_sub(1).and_then(|i| bytes.get(i))) && is_word(bytes.get(i + 1)) { 1 } else { 2 }
    });
    kinds.min().unwrap_or_else(|| {
        let has_scheme = memchr::memchr_iter(b':', text.as_bytes()).any(|i| text[i + 1..].starts_with("//"));
        if has_scheme || WWW.find(text.as_bytes()).is_some() { 3 } else { 0 }
    })
}

static WWW: Lazy<Finder> = Lazy::new(|| Finder::new("www."));

/// Where the page's images stand among its elements.
struct Images(Vec<u32>);

impl Images {
    fn new(tree: &Tree) -> Self {
        let is_image = |tag: Tag| matches!(tag, Tag::IMG | Tag::PICTURE | Tag::VIDEO | Tag::IFRAME);
        Self((0..tree.nodes.len() as u32).filter(|&i| is_image(tree.nodes[i as usize].tag)).collect())
    }

    fn count(&self, nodes: Range<u32>) -> usize {
        let before = |node| self.0.partition_point(|&image| image < node);
        before(nodes.end).saturating_sub(before(nodes.start))
    }

    /// Whether an image stands between the block and the one before (1) and the one after (2), and on both sides (3);
    /// more by 4 when it stands in a figure.
    fn around(&self, blocks: &[Block], i: usize) -> usize {
        let node = |i: usize| blocks.get(i).map_or(u32::MAX, |block| block.node);
        let from = i.checked_sub(1).map_or(0, node);
        let before = usize::from(self.count(from..node(i)) > 0);
        let after = usize::from(self.count(node(i)..node(i + 1)) > 0);
        before + 2 * after + 4 * usize::from(blocks[i].is(Setting::FIGURE))
    }

    /// Images of the box that holds these blocks, between the first and the last of them: 0, 1, a few, many.
    fn in_box(&self, blocks: &[Block], range: &Range<usize>) -> usize {
        let from = range.start.checked_sub(1).map_or(0, |i| blocks[i].node);
        match self.count(from..blocks[range.end - 1].node + 1) {
            count @ 0..=1 => count,
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
    last: [Option<u32>; CATEGORIES],
    next: [Option<u32>; CATEGORIES],
    /// By block: the next furniture of the block's category.
    after: Vec<Option<u32>>,
}

/// As many categories as weights are fitted for; there are fewer.
const CATEGORIES: usize = 12;

impl Furniture {
    fn new(findings: &Findings, blocks: usize) -> Self {
        let mut out = Self { last: [None; CATEGORIES], next: [None; CATEGORIES], after: vec![None; blocks] };
        for i in (0..blocks).rev() {
            if let Some(category) = furniture(findings, i) {
                out.after[i] = out.next[category].replace(i as u32);
            }
        }
        out
    }

    /// Moves on from a block.
    fn pass(&mut self, findings: &Findings, block: usize) {
        if let Some(category) = furniture(findings, block) {
            self.last[category] = Some(block as u32);
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
fn distance(from: u32, to: u32) -> Option<f32> {
    let blocks = to - from;
    (blocks < u32::from(u16::MAX)).then_some(blocks as f32)
}

/// Returns the bins of the first pass.
pub(crate) fn first(doc: &Document, findings: &Findings) -> Rows {
    let mut rows = Rows::with_capacity(doc.blocks.len(), 80);
    first_into(doc, findings, &mut rows);
    rows
}

/// Returns the scores of the first pass.
pub(crate) fn first_scores(doc: &Document, findings: &Findings, weights: &[f32]) -> Vec<f32> {
    let mut scores = Scores::new(weights, doc.blocks.len());
    first_into(doc, findings, &mut scores);
    scores.list
}

fn first_into(doc: &Document, findings: &Findings, out: &mut impl Sink) {
    let page = Page::new(doc, findings);
    let blocks = &doc.blocks;
    let count = blocks.len();
    let all_words = doc.words_in(0..count);
    let mut furniture = Furniture::new(findings, count);
    let mut heading: Option<usize> = None;
    let images = doc.tree.as_ref().map(Images::new);
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
        let size = length(m.words);
        let mut row = Row::<_, false> { out: &mut *out };
        row.kind(F::BIAS as usize, 0);
        row.value(F::WORDS as usize, m.words as f32);
        row.crossed(F::LINKS as usize, size, block.link_density());
        row.crossed(F::ENDING as usize, ending_kind(m.ending), m.words as f32);
        row.crossed(F::KIND as usize, block.kind as usize, m.words as f32);
        row.crossed(F::CAPITALS as usize, size.min(2), share(m.capitals, m.words));
        row.value(F::UPPER as usize, share(m.upper, m.letters));
        row.value(F::DIGITS as usize, share(m.digits, m.letters));
        row.value(F::COMMAS as usize, m.commas as f32);
        row.value(F::STOPS as usize, m.stops as f32);
        row.value(F::BARS as usize, m.bars as f32);
        row.crossed(F::START as usize, first_kind(text), m.words as f32);
        for bit in 0..32 {
            if block.setting.any(Setting(1 << bit)) {
                row.kind(F::SETTING as usize, bit);
            }
        }
        row.kind(F::LEVEL as usize, block.level as usize);
        if let Some(images) = &images {
            row.crossed(F::IMAGE as usize, images.around(blocks, i), m.words as f32);
        }
        row.crossed(F::COPIES as usize, page.copied[i] as usize, m.words as f32);
        let (mut own, mut in_title, mut shared) = (0, 0, 0);
        let counts_itself = is_paragraph(doc, i);
        let mut spoken = 0;
        for &word in doc.words_of(i) {
            spoken |= topics(word);
            if word.is_long {
                own += 1;
                in_title += u32::from(page.title.binary_search(&word.whole).is_ok());
                shared += u32::from(page.spread.count(word.whole) > u32::from(counts_itself));
            }
        }
        for topic in (0..TOPIC_COUNT).filter(|topic| spoken >> topic & 1 == 1) {
            row.crossed(F::TOPICS as usize, topic, m.words as f32);
        }
        row.crossed(F::SPOKEN as usize, size, spoken.count_ones() as f32);
        row.crossed(F::ADDRESS as usize, address_kind(text), m.words as f32);
        row.crossed(F::TITLE as usize, size, share(in_title, own));
        row.crossed(F::SHARED as usize, size, share(shared, own));
        row.value(F::PLACE as usize, share(doc.words_in(0..i), all_words));
        row.value(F::FROM_START as usize, i as f32);
        row.value(F::FROM_END as usize, (count - 1 - i) as f32);
        for (group, other) in
            [(F::PREV, i.checked_sub(1)), (F::NEXT, Some(i + 1)), (F::PREV2, i.checked_sub(2)), (F::NEXT2, Some(i + 2))]
        {
            if let Some(other) = other.and_then(|o| blocks.get(o)) {
                row.crossed(group as usize, shape(other), other.measure.words as f32);
            }
        }
        let (range3, near3) = page.around(i, 3);
        let (range10, near10) = page.around(i, 10);
        row.crossed(F::NEAR3 as usize, size.min(2), near3);
        row.crossed(F::NEAR10 as usize, size.min(2), near10);
        row.value(F::PROSE3 as usize, share(doc.prose_in(range3.clone()), doc.words_in(range3.clone())));
        row.value(F::PROSE10 as usize, share(doc.prose_in(range10.clone()), doc.words_in(range10.clone())));
        row.value(F::LINKS3 as usize, doc.link_density_in(range3));
        row.value(F::LINKS10 as usize, doc.link_density_in(range10));
        row.value(F::RUN as usize, page.run[i] as f32);
        match heading {
            Some(at) => {
                let level = (blocks[at].level as usize).clamp(1, 4) - 1;
                row.crossed(F::HEADING as usize, level, (i - at) as f32);
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
        let like = |other: Option<&Block>| other.is_some_and(|o| o.kind == block.kind && o.near == block.near);
        let kind = usize::from(like(i.checked_sub(1).map(|p| &blocks[p]))) + 2 * usize::from(like(blocks.get(i + 1)));
        row.kind(F::LIKE as usize, kind);
        let mut containers = doc.containers(i);
        if let Some(range) = containers.next() {
            let within = doc.prose_in(range.clone());
            let is_heading = usize::from(block.kind == crate::BlockKind::Heading || size == 0);
            row.crossed(F::BOX1 as usize, is_heading, share(within, page.prose));
            if let Some(images) = &images {
                let words = doc.words_in(range.clone()) as f32;
                row.crossed(F::BOX_IMAGES as usize, images.in_box(blocks, &range), words);
            }
            row.value(F::BOX1_LINKS as usize, doc.link_density_in(range.clone()));
            row.value(F::BOX1_WORDS as usize, doc.words_in(range.clone()) as f32);
            row.value(F::BOX1_MEAN as usize, share(doc.words_in(range.clone()), range.len() as u32));
        }
        if let Some(range) = containers.next() {
            row.value(F::BOX2 as usize, share(doc.prose_in(range.clone()), page.prose));
            row.value(F::BOX2_LINKS as usize, doc.link_density_in(range.clone()));
            row.value(F::BOX2_MEAN as usize, share(doc.words_in(range.clone()), range.len() as u32));
        }
        if let Some(range) = containers.next() {
            row.value(F::BOX3 as usize, share(doc.prose_in(range), page.prose));
        }
        for word in block.near.iter() {
            row.kind(F::NEAR_CLASS as usize, word as usize);
        }
        for word in block.far.iter() {
            row.kind(F::FAR_CLASS as usize, word as usize);
        }
        for category in 0..CATEGORIES {
            if let Some(blocks) = furniture.last[category].and_then(|last| distance(last, i as u32)) {
                row.crossed(F::SINCE as usize, category, blocks);
            }
            if let Some(blocks) = furniture.next[category].and_then(|next| distance(i as u32, next)) {
                row.crossed(F::UNTIL as usize, category, blocks);
            }
        }
        row.crossed(F::PAGE as usize, size.min(2), page.prose as f32);
        let (side, blocks_to) = side(&stretch, i);
        let side = if stretch.is_empty() { 3 } else { side };
        row.crossed(F::STRETCH as usize, side, blocks_to as f32);
        row.crossed(F::STRETCH_SHARE as usize, side.min(2), stretch_share);
        out.end();
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
    let mut second = Scores::new(weights, doc.blocks.len());
    second_into(doc, findings, scores, &mut second);
    second.list
}

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
    let mut alike: FastMap<(u8, [u64; 4]), f32> = FastMap::default();
    for (i, block) in blocks.iter().enumerate() {
        *alike.entry((block.kind as u8, block.near.0)).or_default() += body(i..i + 1);
    }
    let mut gap_after = vec![f32::MAX; count];
    let mut gap = f32::MAX;
    for i in (0..count).rev() {
        gap_after[i] = gap;
        gap = if sure(i) { 0.0 } else { gap + blocks[i].measure.words as f32 };
    }
    let densest = densest(blocks, &chances);
    let densest_share = body(densest.clone()) / total;
    let mut gap_before = f32::MAX;
    let mut furniture = 12;
    for (i, block) in blocks.iter().enumerate() {
        let words = block.measure.words;
        if findings.is_open(i) {
            let size = length(words).min(2);
            let mut row = Row::<_, true> { out: &mut *out };
            row.kind(S::BIAS as usize, 0);
            row.value(S::OWN as usize, scores[i]);
            row.crossed(S::OWN_KIND as usize, block.kind as usize, scores[i]);
            row.crossed(S::OWN_WORDS as usize, length(words), scores[i]);
            for (group, reach, by_size) in
                [(S::AROUND1, 1, false), (S::AROUND3, 3, true), (S::AROUND8, 8, true), (S::AROUND20, 20, false)]
            {
                let range = i.saturating_sub(reach)..(i + reach + 1).min(count);
                let others = (doc.words_in(range.clone()) - words) as f32;
                let around = (body(range) - body(i..i + 1)) / others.max(1.0);
                row.crossed(group as usize, if by_size { size } else { 0 }, around);
            }
            if i > 0 {
                row.crossed(S::PREV as usize, usize::from(blocks[i - 1].measure.words >= 10), chances[i - 1]);
            }
            if i + 1 < count {
                row.crossed(S::NEXT as usize, usize::from(blocks[i + 1].measure.words >= 10), chances[i + 1]);
            }
            let best = |range: Range<usize>| {
                range.filter(|&j| blocks[j].measure.words >= 8).map(|j| chances[j]).fold(0.0, f32::max)
            };
            row.value(S::BEST_BEFORE as usize, best(i.saturating_sub(5)..i));
            row.value(S::BEST_AFTER as usize, best((i + 1).min(count)..(i + 6).min(count)));
            let before = mass[i] / total;
            let after = (mass[count] - mass[i + 1]) / total;
            row.crossed(S::MASS_BEFORE as usize, size, before);
            row.crossed(S::MASS_AFTER as usize, size, after);
            row.crossed(S::GAP_BEFORE as usize, size, gap_before);
            row.crossed(S::GAP_AFTER as usize, size, gap_after[i]);
            let mut containers = doc.containers(i);
            for (group, share_group) in [(S::BOX1, S::BOX1_MASS), (S::BOX2, S::BOX2_MASS), (S::BOX3, S::BOX3_MASS)] {
                let Some(range) = containers.next() else { break };
                row.value(group as usize, mean(range.clone()));
                row.value(share_group as usize, body(range) / total);
            }
            row.value(S::PEAK as usize, ((before + after.mul_add(-1.0, 1.0)) / 2.0 - 0.5).abs());
            row.kind(S::SINCE as usize, furniture);
            row.crossed(S::BODY as usize, size, total);
            let like = alike.get(&(block.kind as u8, block.near.0)).copied().unwrap_or(0.0) - body(i..i + 1);
            row.value(S::LIKE as usize, like / (total - body(i..i + 1)).max(0.001));
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
