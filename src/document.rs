//! The page as rules see it: blocks of text in page order, whatever it was read from.

use crate::hash::FastMap;
use crate::html::class_words::ClassWord;
pub(crate) use crate::html::script::Article as UnseenArticle;
use crate::html::tree::Tree;
use crate::measure::{Ending, Measure};
use crate::span::Span;
use crate::words::{Scanner, Word};
use std::ops::{BitOr, BitOrAssign, Range};
use std::sync::OnceLock;

/// What kind of input a document was read from; bullets, density and neighbours mean different things in each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Regime {
    /// HTML.
    Markup,
    /// Flattened text that still holds the navigation, teasers and footers of the page.
    Full,
    /// Flattened text from which some tool has removed navigation; only short furniture and duplicates are left.
    Residue,
}

/// The element, or in flattened text the shape of line, that a block comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum BlockKind {
    /// `<p>`, or a line of text.
    Paragraph,
    /// Text that stands in a container by itself, such as a `<div>`.
    Loose,
    /// `<h1>` to `<h6>`, or a Markdown heading.
    Heading,
    /// `<li>`, `<dt>`, `<dd>`, or a line with a bullet or number.
    ListItem,
    /// Text in a `<blockquote>`, or lines quoted with `>`.
    Quote,
    /// `<figcaption>` or a table's `<caption>`.
    Caption,
    /// A row of a table, its cells joined by tabs.
    TableRow,
    /// `<pre>` and the like: line breaks count.
    Preformatted,
    /// A button, an option, a label or a text field.
    Control,
}

/// Where a block stands and how it is set, as a set of bits.
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Setting(pub(crate) u32);

macro_rules! settings {
    ($($(#[$doc:meta])* $name:ident $bit:literal;)*) => {
        impl Setting { $($(#[$doc])* pub const $name: Setting = Setting(1 << $bit);)* }
    };
}

settings! {
    /// In `<nav>` or `role="navigation"`, or a menu.
    NAV 0;
    /// In `<aside>` or `role="complementary"`.
    ASIDE 1;
    /// In a `<header>` or `role="banner"`.
    HEADER 2;
    /// In a `<footer>` or `role="contentinfo"`.
    FOOTER 3;
    /// In a `<form>`.
    FORM 4;
    /// In a `<figure>`.
    FIGURE 5;
    /// In a `<figcaption>`.
    FIGCAPTION 6;
    /// In an `<article>`.
    ARTICLE 7;
    /// In `<main>` or `role="main"`.
    MAIN 8;
    /// In a table.
    TABLE 9;
    /// In a list.
    LIST 10;
    /// In a `<blockquote>`.
    QUOTE 11;
    /// White space counts.
    PRE 12;
    /// Not shown: `hidden`, `display:none`.
    HIDDEN 13;
    /// Kept from screen readers: `aria-hidden="true"`.
    ARIA_HIDDEN 14;
    /// A form control.
    CONTROL 15;
    /// Wholly bold.
    BOLD 16;
    /// Wholly italic.
    ITALIC 17;
    /// In an element marked as schema.org `articleBody`.
    ARTICLE_BODY 18;
    /// In an `<address>`.
    ADDRESS 19;
    /// In a `<dialog>` or `role="dialog"`.
    DIALOG 20;
    /// Holds a `<time>` element.
    TIME 21;
    /// In a second or deeper `<article>`.
    NESTED_ARTICLE 22;
    /// In a list within a list.
    DEEP_LIST 23;
    /// Follows a line break, not the start of its element.
    AFTER_BREAK 24;
    /// In a heading element.
    IN_HEADING 25;
    /// In `<details>`.
    DETAILS 26;
    /// In a link that spans blocks.
    IN_LINK 27;
    /// Flattened text: an empty line stands before the block.
    SPACED 28;
}

impl Setting {
    /// Returns whether any of the given bits is set.
    pub const fn any(self, of: Setting) -> bool {
        self.0 & of.0 != 0
    }

    pub(crate) fn set(&mut self, bits: Setting, on: bool) {
        self.0 = if on { self.0 | bits.0 } else { self.0 & !bits.0 };
    }
}

impl BitOr for Setting {
    type Output = Setting;
    fn bitor(self, other: Setting) -> Setting {
        Setting(self.0 | other.0)
    }
}

impl BitOrAssign for Setting {
    fn bitor_assign(&mut self, other: Setting) {
        self.0 |= other.0;
    }
}

impl std::fmt::Debug for Setting {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Setting({:#x})", self.0)
    }
}

/// A run of text that the page shows as one unit.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Block {
    /// What it was in the source.
    pub kind: BlockKind,
    /// 1 to 6 for headings; the depth of the bullet for list items; otherwise 0.
    pub level: u8,
    /// Where it stands and how it is set.
    pub setting: Setting,
    /// From its first to its last byte in the source. Blocks do not overlap, but other text (a hidden span) may stand
    /// between the pieces of one.
    pub span: Span,
    /// Counts of words, letters and marks.
    pub measure: Measure,
    pub(crate) text: Span,
    pub(crate) pieces: (u32, u32),
    /// The innermost block-level element, in HTML.
    pub(crate) node: u32,
    /// The number of its class words in the document.
    pub(crate) class_words: u32,
}

impl Block {
    /// Returns whether any of the given settings holds.
    pub fn is(&self, setting: Setting) -> bool {
        self.setting.any(setting)
    }

    /// Returns the share of letters that stand in links, 0 to 1.
    pub fn link_density(&self) -> f32 {
        self.measure.link_density()
    }

    /// Returns the number of words; scripts written without spaces count a word for every two characters.
    pub fn words(&self) -> u32 {
        self.measure.words
    }

    /// Returns whether the block reads as prose: it has at least `words` words, ends like a sentence, and is not mostly
    /// links.
    pub fn is_prose(&self, words: u32) -> bool {
        self.measure.words >= words
            && self.measure.ending.ends_sentence()
            && self.link_density() < 0.5
            && self.kind != BlockKind::Control
    }
}

/// Words of the class and id attributes of a block's element and the two around it, and of all elements above those.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct ClassWords {
    pub(crate) near: WordSet,
    pub(crate) far: WordSet,
}

/// A set of up to 256 words that class and id attributes are searched for.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub(crate) struct WordSet(pub(crate) [u64; 4]);

impl WordSet {
    pub(crate) fn insert(&mut self, index: u8) {
        self.0[index as usize / 64] |= 1 << (index % 64);
    }

    pub(crate) fn union(self, other: WordSet) -> WordSet {
        let mut out = self;
        for (word, more) in out.0.iter_mut().zip(other.0) {
            *word |= more;
        }
        out
    }

    pub(crate) fn iter(self) -> impl Iterator<Item = u8> {
        self.0.into_iter().enumerate().flat_map(|(i, mut bits)| {
            std::iter::from_fn(move || {
                let bit = (bits != 0).then(|| bits.trailing_zeros())?;
                bits &= bits - 1;
                Some((i as u32 * 64 + bit) as u8)
            })
        })
    }
}

/// A part of a block's text that stands in one piece in the source.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Piece {
    /// Offset in the document's text.
    pub(crate) text: u32,
    pub(crate) span: Span,
    pub(crate) linked: bool,
    /// Not shown, though it stands in a block that is.
    pub(crate) hidden: bool,
}

/// What the page says about itself outside its text.
#[derive(Clone, Debug, Default)]
pub(crate) struct About {
    pub(crate) title: Option<String>,
    pub(crate) headline: Option<String>,
    pub(crate) description: Option<String>,
    /// What it says of the article, by source in page order.
    pub(crate) claims: Vec<Claim>,
}

/// Claims of one fact and source that are kept; more than a dozen are teasers.
pub(crate) const MOST_CLAIMS: usize = 24;

/// A statement of the page about its article.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Claim {
    pub(crate) fact: Fact,
    pub(crate) source: Source,
    /// White space collapsed, without markup.
    pub(crate) text: String,
    /// Where in the source it is made.
    pub(crate) at: u32,
}

/// What a claim is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fact {
    Headline,
    Author,
    Published,
    Modified,
    Language,
    Site,
    /// The page's address.
    Address,
}

/// Where a claim is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Source {
    /// JSON-LD.
    Data,
    /// An `itemprop` attribute.
    Item,
    /// `<meta>` or `<link>`.
    Meta,
    /// A `<time>` element that is said to hold the time of publication.
    Stamp,
    /// Another `<time>` element.
    Time,
    /// The `<html>` element.
    Root,
}

impl About {
    /// Returns the claims about a fact from a source, in page order.
    pub(crate) fn claims(&self, fact: Fact, source: Source) -> impl Iterator<Item = &Claim> {
        self.claims.iter().filter(move |claim| claim.fact == fact && claim.source == source)
    }
}

/// How a rule's selector, class names or phrases found something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Via {
    /// The rule's CSS selector matches an element.
    Selector,
    /// An element's class or id holds one of the rule's names.
    Name(&'static str),
    /// The whole line is one of the rule's phrases.
    Line,
    /// The line starts with one of the rule's phrases.
    Prefix,
    /// The line starts with one of six words or more, which no sentence of an article does by chance.
    LongPrefix,
    /// The line ends with one of the rule's phrases.
    Suffix,
    /// The line or short paragraph holds one of the rule's phrases, not in quotes.
    Within,
    /// The line is made of parts, and each is a phrase of some rule, or a name or figure beside one; the first such
    /// phrase is the rule's.
    Parts,
}

impl Via {
    /// Returns whether a phrase points here, not an element.
    pub(crate) fn is_phrase(self) -> bool {
        matches!(self, Via::Line | Via::Prefix | Via::LongPrefix | Via::Suffix | Via::Within | Via::Parts)
    }
}

/// A place that a rule's selector, names or phrases point at.
#[derive(Clone, Debug)]
pub struct Hit {
    /// The element's source, or the block's.
    pub span: Span,
    /// The blocks that lie within.
    pub blocks: Range<usize>,
    /// What pointed here.
    pub via: Via,
    /// Whether the elements that the rule's selector and names point at hold so much of the page's prose that the class
    /// or id must mean something else: `paywall` on each paragraph, `share-enabled` on the article.
    pub holds_body: bool,
}

/// The distinct values of a page's class and id attributes.
#[derive(Default)]
pub(crate) struct Values {
    /// By attribute of the tree: the number of its value, if it is such an attribute of an element that is read.
    pub(crate) numbers: Vec<u32>,
    /// The words of all values, and where those of each end.
    pub(crate) words: Vec<ClassWord>,
    pub(crate) ends: Vec<u32>,
}

impl Values {
    /// Returns the words of the value of this number.
    pub(crate) fn words_of(&self, number: u32) -> &[ClassWord] {
        let at = number as usize;
        let from = at.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.words[from as usize..self.ends[at] as usize]
    }
}

/// A page as rules see it: its source, its blocks, and what each rule's selectors, names and phrases point at.
pub struct Document<'a> {
    pub(crate) source: &'a str,
    pub(crate) regime: Regime,
    pub(crate) text: String,
    pub(crate) blocks: Vec<Block>,
    /// Of blocks in a row that have the same class words, one stands; flattened text has none.
    pub(crate) class_words: Vec<ClassWords>,
    pub(crate) pieces: Vec<Piece>,
    pub(crate) about: About,
    pub(crate) tree: Option<Tree<'a>>,
    /// By node of the tree: the blocks within it.
    pub(crate) node_blocks: Vec<(u32, u32)>,
    pub(crate) values: Values,
    /// By rule, in the pipeline's order.
    pub(crate) hits: Vec<Vec<Hit>>,
    /// By rule: the address of its `Meta`, which is how a rule asks for its hits.
    pub(crate) rules: Vec<usize>,
    /// Running sums over blocks, one longer than the blocks.
    pub(crate) sums: Vec<Sums>,
    /// The blocks from the first to the last paragraph of the longest stretch of prose.
    pub(crate) main_run: Range<usize>,
    /// Whether this is not the page but the article that a script of it holds.
    pub(crate) is_within_script: bool,
    /// First position of each block's text, for texts that occur more than once.
    pub(crate) copies: FastMap<u32, u32>,
    /// Words of all blocks, and where those of each block end.
    pub(crate) words: Vec<Word>,
    pub(crate) word_ends: Vec<u32>,
    /// Blocks that are repeated near by, each with its first copy: `repeated-caption` finds them when they are first asked for.
    pub(crate) copies_after: OnceLock<Vec<(usize, usize)>>,
    /// By block: a hash of its letters, and whether it is known that no phrase points at it.
    pub(crate) keys: Vec<u64>,
    pub(crate) phraseless: Vec<bool>,
}

/// An earlier document, and those of its blocks in page order of which texts may come again: what is known of them need not
/// be counted anew.
#[derive(Clone, Copy)]
pub(crate) struct Known<'k> {
    pub(crate) document: &'k Document<'k>,
    pub(crate) blocks: &'k [u32],
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

/// Knows the first place from an offset of a document's text on at which something stands.
pub(crate) struct Seek<'d, F> {
    text: &'d [u8],
    find: F,
    from: usize,
    at: usize,
}

impl<'d, F: Fn(&[u8]) -> Option<usize>> Seek<'d, F> {
    pub(crate) fn new(text: &'d [u8], find: F) -> Self {
        Seek { text, find, from: usize::MAX, at: 0 }
    }

    /// Returns whether what is sought starts within a block.
    pub(crate) fn is_in(&mut self, block: &Block) -> bool {
        self.next_in(block.text.range()).is_some()
    }

    /// Returns where what is sought first starts within a range.
    pub(crate) fn next_in(&mut self, range: Range<usize>) -> Option<usize> {
        if self.at < range.start || range.start < self.from {
            self.from = range.start;
            self.at = (self.find)(&self.text[range.start..]).map_or(usize::MAX, |at| range.start + at);
        }
        (self.at < range.end).then_some(self.at)
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

impl Document<'static> {
    /// A document of no page.
    pub(crate) fn empty() -> Self {
        Document {
            source: "",
            regime: Regime::Markup,
            text: String::new(),
            blocks: Vec::new(),
            class_words: Vec::new(),
            pieces: Vec::new(),
            about: About::default(),
            tree: None,
            node_blocks: Vec::new(),
            values: Values::default(),
            hits: Vec::new(),
            rules: Vec::new(),
            sums: Vec::new(),
            main_run: 0..0,
            is_within_script: false,
            copies: FastMap::default(),
            words: Vec::new(),
            word_ends: Vec::new(),
            copies_after: OnceLock::new(),
            keys: Vec::new(),
            phraseless: Vec::new(),
        }
    }

    /// Takes the memory, and leaves none.
    pub(crate) fn take(&mut self) -> Self {
        std::mem::replace(self, Self::empty())
    }
}

/// Returns a vector without what is in it, but with its memory.
fn cleared<T>(mut list: Vec<T>) -> Vec<T> {
    list.clear();
    list
}

impl<'a> Document<'a> {
    /// Forgets the page, and leaves the memory that it took to the next one.
    pub(crate) fn emptied(mut self) -> Document<'static> {
        self.text.clear();
        self.hits.iter_mut().for_each(Vec::clear);
        Document {
            text: self.text,
            blocks: cleared(self.blocks),
            class_words: cleared(self.class_words),
            pieces: cleared(self.pieces),
            tree: self.tree.map(Tree::emptied),
            node_blocks: cleared(self.node_blocks),
            values: Values {
                numbers: cleared(self.values.numbers),
                words: cleared(self.values.words),
                ends: cleared(self.values.ends),
            },
            hits: self.hits,
            sums: cleared(self.sums),
            words: cleared(self.words),
            word_ends: cleared(self.word_ends),
            keys: cleared(self.keys),
            phraseless: cleared(self.phraseless),
            // To empty a map would take as long as the map is large.
            ..Document::empty()
        }
    }

    /// Returns the text that spans point into.
    pub fn source(&self) -> &'a str {
        self.source
    }

    /// Returns what the document was read from.
    pub fn regime(&self) -> Regime {
        self.regime
    }

    /// Returns all blocks in page order.
    pub fn blocks(&self) -> &[Block] {
        &self.blocks
    }

    /// Returns the text of a block: decoded, white space collapsed, line breaks as `\n`.
    pub fn text(&self, block: &Block) -> &str {
        &self.text[block.text.range()]
    }

    /// Returns the text of the block at `index`.
    pub fn text_at(&self, index: usize) -> &str {
        self.text(&self.blocks[index])
    }

    /// Returns what the rule with this `Meta` points at, in page order.
    pub fn hits(&self, meta: &'static crate::Meta) -> &[Hit] {
        let address = std::ptr::from_ref(meta) as usize;
        match self.rules.iter().position(|&rule| rule == address) {
            Some(index) => &self.hits[index],
            None => &[],
        }
    }

    /// Returns the page's title as its head states it, if it does.
    pub fn title(&self) -> Option<&str> {
        self.about.headline.as_deref().or(self.about.title.as_deref())
    }

    /// Returns the pieces of a block's text.
    pub(crate) fn pieces_of(&self, block: &Block) -> &[Piece] {
        &self.pieces[block.pieces.0 as usize..block.pieces.1 as usize]
    }

    /// Returns the spans of a block's text that the page does not show.
    pub fn hidden_in<'s>(&'s self, block: &Block) -> impl Iterator<Item = Span> + 's {
        self.pieces_of(block).iter().filter(|piece| piece.hidden).map(|piece| piece.span)
    }

    /// Returns the number of words of all blocks in the range.
    pub fn words_in(&self, range: Range<usize>) -> u32 {
        self.sums[range.end].words - self.sums[range.start].words
    }

    /// Returns the number of words in blocks of the range that read as prose of at least ten words.
    pub fn prose_in(&self, range: Range<usize>) -> u32 {
        self.sums[range.end].prose - self.sums[range.start].prose
    }

    /// Returns the share of letters within links over the range, 0 to 1.
    pub fn link_density_in(&self, range: Range<usize>) -> f32 {
        let (from, to) = (self.sums[range.start], self.sums[range.end]);
        (to.link_letters - from.link_letters) as f32 / (to.letters - from.letters).max(1) as f32
    }

    /// Returns the containers around a block, from the smallest group of blocks outwards, each strictly larger than
    /// the one before.
    pub fn containers(&self, index: usize) -> impl Iterator<Item = Range<usize>> {
        let tree = self.tree.as_ref();
        let mut node = self.blocks[index].node;
        let mut width = 1;
        std::iter::from_fn(move || {
            let tree = tree?;
            while node != crate::html::tree::NIL {
                let (from, to) = self.node_blocks[node as usize];
                node = tree.nodes[node as usize].parent;
                // A misnested link or bold may have ended before the block.
                let is_around = (from as usize..to as usize).contains(&index);
                if is_around && to - from > width {
                    width = to - from;
                    return Some(from as usize..to as usize);
                }
            }
            None
        })
    }

    /// Returns the index of the first block with the same text (case, white space and quotes folded), if it is not this
    /// block itself.
    pub fn first_copy(&self, index: usize) -> Option<usize> {
        self.copies.get(&(index as u32)).map(|&first| first as usize)
    }

    /// Returns the words of a block.
    pub(crate) fn words_of(&self, index: usize) -> &[Word] {
        &self.words[self.word_range(index)]
    }

    /// Returns which of the document's words are those of a block.
    pub(crate) fn word_range(&self, index: usize) -> Range<usize> {
        let from = index.checked_sub(1).map_or(0, |before| self.word_ends[before]);
        from as usize..self.word_ends[index] as usize
    }

    /// Returns the class words of a block.
    pub(crate) fn class_words(&self, block: &Block) -> ClassWords {
        self.class_words.get(block.class_words as usize).copied().unwrap_or_default()
    }

    /// Returns whether two blocks are of one kind and name.
    pub(crate) fn are_alike(&self, a: &Block, b: &Block) -> bool {
        let is_named_alike = a.class_words == b.class_words || self.class_words(a).near == self.class_words(b).near;
        a.kind == b.kind && is_named_alike
    }

    /// Returns whether two blocks of HTML are elements of one kind, name and parent.
    pub fn are_siblings(&self, a: usize, b: usize) -> bool {
        let (a, b) = (&self.blocks[a], &self.blocks[b]);
        let parent = |block: &Block| self.tree.as_ref().map(|tree| tree.nodes[block.node as usize].parent);
        parent(a).is_some() && parent(a) == parent(b) && self.are_alike(a, b)
    }

    /// Returns the blocks whose text lies within a span of the source.
    pub fn blocks_in(&self, span: Span) -> Range<usize> {
        let from = self.blocks.partition_point(|b| b.span.start < span.start);
        let to = self.blocks.partition_point(|b| b.span.end <= span.end);
        from..to.max(from)
    }

    /// Returns a search for the blocks that hold what `find` finds in bytes, to be asked about blocks in page order: one
    /// search through the page's text costs less than one through each block's.
    pub(crate) fn seek<F: Fn(&[u8]) -> Option<usize>>(&self, find: F) -> Seek<'_, F> {
        Seek::new(self.text.as_bytes(), find)
    }

    /// Returns whether no piece of any block stands within a span that lies between two pieces of one block.
    pub(crate) fn is_textless(&self, gap: Span) -> bool {
        let at = self.pieces.partition_point(|p| p.span.end <= gap.start);
        self.pieces.get(at).is_none_or(|p| p.span.start >= gap.end)
    }

    /// Returns the blocks from the first to the last paragraph of the page's longest stretch of prose, which short
    /// blocks may interrupt; empty when the page has no prose. A good guess at where the body is, made before any rule
    /// has spoken.
    pub fn main_run(&self) -> Range<usize> {
        self.main_run.clone()
    }

    /// Returns whether a block stands directly between two paragraphs of the page's longest stretch of prose: a line there
    /// may be a sub-heading.
    pub(crate) fn is_between_prose(&self, block: usize) -> bool {
        let run = self.main_run();
        let is_prose = |i: usize| self.blocks[i].is_prose(RUN_WORDS);
        run.start < block && block + 1 < run.end && is_prose(block - 1) && is_prose(block + 1)
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

    /// Fills what is derived from the blocks: their measures, of which they know the letters in links (or more, if all
    /// are), running sums, copies, the longest run.
    pub(crate) fn index(&mut self, mut known: Option<Known>) {
        let mut sums = Sums::default();
        self.sums.reserve(self.blocks.len() + 1);
        self.sums.push(sums);
        let mut scanner = Scanner::default();
        let mut seen: FastMap<u64, u32> = FastMap::default();
        seen.reserve(self.blocks.len());
        self.words.reserve(self.text.len() / 5);
        self.word_ends.reserve(self.blocks.len());
        self.keys.reserve(self.blocks.len());
        self.phraseless.reserve(self.blocks.len());
        for (i, block) in self.blocks.iter_mut().enumerate() {
            let text = &self.text[block.text.range()];
            let same = known.as_mut().and_then(|known| Some((known.next(text)?, known.document)));
            let (measure, key) = match same {
                Some((j, document)) => {
                    self.words.extend_from_slice(document.words_of(j));
                    (document.blocks[j].measure, document.keys[j])
                }
                None => scanner.scan(text, |word| self.words.push(word)),
            };
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
            self.word_ends.push(self.words.len() as u32);
            let first = *seen.entry(key).or_insert(i as u32);
            if first != i as u32 {
                self.copies.insert(i as u32, first);
            }
        }
        self.main_run = self.longest_run();
    }

    /// Returns whether a block ends the way sentences end.
    pub fn ends_sentence(&self, index: usize) -> bool {
        self.blocks[index].measure.ending != Ending::None && self.blocks[index].measure.ending.ends_sentence()
    }
}
