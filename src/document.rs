//! The page as rules see it: blocks of text in page order, whatever it was read from.

mod about;
mod block;
mod classes;
mod hit;
mod index;
mod seek;

pub(crate) use about::{About, Claim, Fact, MOST_CLAIMS, Source};
pub(crate) use block::Piece;
pub use block::{Block, BlockKind, Item, Setting};
pub(crate) use classes::{ClassWords, Values};
pub use hit::{Hit, Via};
pub(crate) use index::{Known, Sums};
pub(crate) use seek::Seek;

use crate::hash::FastMap;
use crate::markup::tree::{NIL, Tree};
use crate::span::Span;
use crate::words::Word;
use std::ops::Range;
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

/// A page as rules see it: its source, its blocks, and what each rule's selectors, names and phrases point at.
///
/// ```
/// use bodycopy::{BlockKind, Category, Document, Findings, Meta, Page, Pipeline, Rule, Setting};
///
/// static META: Meta = Meta::new("linked-heading", Category::Navigation, "Headings that are links, outside the prose");
///
/// struct LinkedHeading;
///
/// impl Rule for LinkedHeading {
///     fn meta(&self) -> &'static Meta {
///         &META
///     }
///
///     fn check(&self, doc: &Document, out: &mut Findings) {
///         for (i, block) in doc.blocks().iter().enumerate() {
///             let is_beside = !doc.main_run().contains(&i) || block.is(Setting::ASIDE);
///             if block.kind == BlockKind::Heading && block.link_density() > 0.5 && is_beside {
///                 out.strip(doc, i, "a heading that leads elsewhere");
///             }
///         }
///     }
/// }
///
/// let pipeline = Pipeline::builder().rule(LinkedHeading).build()?;
/// let html = "<p>The old bridge will close in May, the town said on Monday, and a ferry will carry walkers across.</p>
///     <aside><h3><a href=/trams>Trams run at night again</a></h3></aside>";
/// assert_eq!(pipeline.clean(Page::html(html)).removals()[0].rule, "linked-heading");
/// # Ok::<(), bodycopy::BuildError>(())
/// ```
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
    /// Words of all blocks, and which are those of each block.
    pub(crate) words: Vec<Word>,
    pub(crate) word_ranges: Vec<(u32, u32)>,
    /// Blocks that are repeated near by, each with its first copy: `repeated-caption` finds them when they are first asked for.
    pub(crate) copies_after: OnceLock<Vec<(usize, usize)>>,
    /// By block: a hash of its letters, and whether it is known that no phrase points at it.
    pub(crate) keys: Vec<u64>,
    pub(crate) phraseless: Vec<bool>,
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
            word_ranges: Vec::new(),
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
            word_ranges: cleared(self.word_ranges),
            keys: cleared(self.keys),
            phraseless: cleared(self.phraseless),
            // To empty a map would take as long as the map is large.
            ..Document::empty()
        }
    }

    /// Returns the text that spans point into: the page as it came, unless it is [mended](crate::PipelineBuilder::mend). What is
    /// reported of a mended page comes out with spans of the page as it came.
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
    ///
    /// # Panics
    ///
    /// The page has no such block.
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
    ///
    /// # Panics
    ///
    /// The range reaches beyond the page's blocks.
    pub fn words_in(&self, range: Range<usize>) -> u32 {
        self.sums[range.end].words - self.sums[range.start].words
    }

    /// Returns the number of words in blocks of the range that read as prose of at least ten words.
    ///
    /// # Panics
    ///
    /// The range reaches beyond the page's blocks.
    pub fn prose_in(&self, range: Range<usize>) -> u32 {
        self.sums[range.end].prose - self.sums[range.start].prose
    }

    /// Returns the share of letters within links over the range, 0 to 1.
    ///
    /// # Panics
    ///
    /// The range reaches beyond the page's blocks.
    pub fn link_density_in(&self, range: Range<usize>) -> f32 {
        let (from, to) = (self.sums[range.start], self.sums[range.end]);
        (to.link_letters - from.link_letters) as f32 / (to.letters - from.letters).max(1) as f32
    }

    /// Returns the containers around a block, from the smallest group of blocks outwards, each strictly larger than
    /// the one before.
    ///
    /// # Panics
    ///
    /// The page has no such block.
    pub fn containers(&self, index: usize) -> impl Iterator<Item = Range<usize>> {
        let tree = self.tree.as_ref();
        let mut node = self.blocks[index].node;
        let mut width = 1;
        std::iter::from_fn(move || {
            let tree = tree?;
            while node != crate::markup::tree::NIL {
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
        let (from, to) = self.word_ranges[index];
        from as usize..to as usize
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

    /// Returns whether an empty line, or the page's end, stands before a block of flattened text.
    pub(crate) fn is_parted(&self, block: usize) -> bool {
        self.blocks.get(block).is_none_or(|block| block.is(Setting::SPACED))
    }

    /// Returns whether two blocks of HTML are elements of one kind, name and parent.
    ///
    /// # Panics
    ///
    /// The page has no such block.
    pub fn are_siblings(&self, a: usize, b: usize) -> bool {
        let (a, b) = (&self.blocks[a], &self.blocks[b]);
        let parent = |block: &Block| self.tree.as_ref().map(|tree| tree.nodes[block.node as usize].parent);
        parent(a).is_some() && parent(a) == parent(b) && self.are_alike(a, b)
    }

    /// Returns whether a block of HTML is the first in an element of the parent of the block before it.
    pub(crate) fn opens_below(&self, block: usize) -> bool {
        let before = block.checked_sub(1);
        before.is_some_and(|before| self.is_edge_beside(block, before, |(from, _)| from as usize == block))
    }

    /// Returns whether the block before a block of HTML is the last in an element of this one's parent.
    pub(crate) fn closes_above(&self, block: usize) -> bool {
        let before = block.checked_sub(1);
        before.is_some_and(|before| self.is_edge_beside(before, block, |(_, to)| to as usize == block))
    }

    /// Returns whether the elements around `inner` up to the parent of `outer` have it at their edge, by the blocks within them.
    fn is_edge_beside(&self, inner: usize, outer: usize, is_edge: impl Fn((u32, u32)) -> bool) -> bool {
        let Some(tree) = &self.tree else { return false };
        let parent = |node: u32| tree.nodes[node as usize].parent;
        let (end, mut node) = (parent(self.blocks[outer].node), self.blocks[inner].node);
        while node != NIL && is_edge(self.node_blocks[node as usize]) {
            node = parent(node);
            if node == end {
                return true;
            }
        }
        false
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

    /// Returns whether a block ends the way sentences end.
    pub fn ends_sentence(&self, index: usize) -> bool {
        self.blocks[index].measure.ending.ends_sentence()
    }
}
