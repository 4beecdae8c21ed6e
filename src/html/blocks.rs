//! Tree to blocks: walks the nodes once and cuts their text where a browser would start a new line of text.

mod elements;
mod text;

use crate::document::{Block, BlockKind, ClassWords, Document, Item, Piece, Regime, Setting, Values};
use crate::hash::FastMap;
use crate::limits::{Limit, Limits};
use crate::markup::tag::{FORMATTING, Tag, UNSEEN};
use crate::markup::tree::{NIL, Tree};
use crate::markup::word_set::WordSet;

/// What an open element hands down to the text within it.
#[derive(Clone, Copy)]
struct Frame {
    is_block: bool,
    setting: Setting,
    kind: BlockKind,
    level: u8,
    /// The innermost item, which continues once a block of it has ended; of a list, its last item.
    item: Item,
    /// Positions of the frames of the innermost list and its item.
    list_at: u32,
    item_at: u32,
    /// The element, and the node behind its last.
    element: u32,
    end: u32,
    /// Innermost block-level element.
    node: u32,
    /// Position of the frame around that.
    around: u32,
    /// Source offset at which the innermost link around ends, 0 outside links.
    link_end: u32,
    bold_end: u32,
    italic_end: u32,
}

/// Words of the attributes of an open element and of those around it.
#[derive(Clone, Copy, Default)]
struct Words {
    /// Those of elements within the innermost block-level one, and its own.
    own: WordSet,
    all: WordSet,
}

struct Builder<'t, 'a> {
    source: &'a str,
    tree: Tree<'t>,
    text: String,
    blocks: Vec<Block>,
    class_words: Vec<ClassWords>,
    pieces: Vec<Piece>,
    node_blocks: Vec<(u32, u32)>,
    frames: Vec<Frame>,
    /// By frame, for those around a text; of other elements no one asks.
    frame_words: Vec<Words>,
    numbers: FastMap<u64, u32>,
    /// By number: the known words of a value.
    words: Vec<WordSet>,
    values: Values,
    // The block being built.
    start: usize,
    first_piece: usize,
    frame: Frame,
    class_words_here: ClassWords,
    space: bool,
    breaks: u32,
    after_break: bool,
    not_bold: bool,
    not_italic: bool,
    heard: bool,
    row: u32,
    has_time: bool,
}

#[inline(never)] // A stage that `benches/counts` counts by its name.
pub(super) fn build<'a>(
    source: &'a str,
    tree: Tree<'a>,
    limits: &Limits,
    mut spare: Document<'static>,
) -> (Document<'a>, Option<Limit>) {
    let root = Frame {
        is_block: true,
        setting: Setting::default(),
        kind: BlockKind::Loose,
        level: 0,
        item: Item::default(),
        list_at: 0,
        item_at: 0,
        element: NIL,
        end: NIL,
        node: 0,
        around: 0,
        link_end: 0,
        bold_end: 0,
        italic_end: 0,
    };
    let count = tree.nodes.len();
    spare.text.reserve(source.len() / 8);
    spare.blocks.reserve(count / 6);
    spare.pieces.reserve(count / 3);
    spare.node_blocks.resize(count, (0, 0));
    spare.values.numbers.resize(tree.attrs.len(), NIL);
    spare.values.words.reserve(count / 8);
    spare.values.ends.reserve(count / 16);
    let mut builder = Builder {
        source,
        text: spare.text,
        blocks: spare.blocks,
        class_words: spare.class_words,
        pieces: spare.pieces,
        node_blocks: spare.node_blocks,
        frames: vec![root],
        frame_words: vec![Words::default()],
        numbers: FastMap::default(),
        words: Vec::with_capacity(count / 16),
        values: spare.values,
        start: 0,
        first_piece: 0,
        frame: root,
        class_words_here: ClassWords::default(),
        space: false,
        breaks: 0,
        after_break: false,
        not_bold: false,
        not_italic: false,
        heard: false,
        row: NIL,
        has_time: false,
        tree,
    };
    builder.numbers.reserve(count / 16);
    let hit = builder.walk(limits);
    let about = super::about::read(&builder.tree);
    let mut document = Document {
        source,
        regime: Regime::Markup,
        text: builder.text,
        blocks: builder.blocks,
        class_words: builder.class_words,
        pieces: builder.pieces,
        about,
        tree: Some(builder.tree),
        node_blocks: builder.node_blocks,
        values: builder.values,
        ..spare
    };
    document.index(None);
    (document, hit)
}

impl Builder<'_, '_> {
    #[inline] // It has one caller.
    fn walk(&mut self, limits: &Limits) -> Option<Limit> {
        let count = self.tree.nodes.len() as u32;
        let mut i = 0;
        while i < count {
            self.close_ended(i);
            let node = &self.tree.nodes[i as usize];
            let (tag, end) = (node.tag, node.end);
            if tag == Tag::TEXT {
                self.text_node(i);
                i += 1;
                continue;
            }
            if self.blocks.len() >= limits.blocks {
                self.flush();
                self.close_ended(NIL - 1);
                return Some(Limit::Blocks);
            }
            let here = self.blocks.len() as u32;
            self.node_blocks[i as usize] = (here, here);
            if tag.is(UNSEEN) && !self.is_shadow_root(i) {
                i = end;
                continue;
            }
            match tag {
                Tag::BR => self.line_break(),
                Tag::HR => self.flush(),
                Tag::WBR | Tag::IMG | Tag::INPUT => {}
                Tag::HEAD => {
                    i = end;
                    continue;
                }
                _ => {
                    let is_block = self.enter(i, tag);
                    if end > i + 1 {
                        self.node_blocks[i as usize].0 = self.blocks.len() as u32;
                    } else {
                        self.frames.pop();
                        if is_block {
                            self.flush();
                        }
                    }
                }
            }
            i += 1;
        }
        self.close_ended(NIL - 1);
        self.flush();
        None
    }

    /// Closes the frames of all elements that end before node `i`.
    #[inline(always)]
    fn close_ended(&mut self, i: u32) {
        while let Some(&frame) = self.frames.last().filter(|frame| frame.end <= i) {
            self.close(frame);
        }
    }

    /// Closes the innermost frame.
    #[inline(never)]
    fn close(&mut self, Frame { element, is_block, .. }: Frame) {
        self.frames.pop();
        if is_block {
            self.flush();
        }
        let from = self.node_blocks[element as usize].0;
        let mut to = self.blocks.len() as u32 + u32::from(self.text.len() > self.start);
        if is_divided(&self.tree, element) {
            let end = self.tree.nodes[element as usize].span.end;
            to = from + self.blocks[from as usize..].partition_point(|b| b.span.start < end) as u32;
        }
        self.node_blocks[element as usize].1 = to;
        if self.frame_words.len() > self.frames.len() {
            self.frame_words.pop();
        } else if to > from {
            self.read_words(element);
        }
    }
}

/// Returns whether a formatting element ended before a block within it did, where browsers divide it in two.
fn is_divided(tree: &Tree, node: u32) -> bool {
    let of = &tree.nodes[node as usize];
    of.tag.is(FORMATTING) && tree.nodes[of.end as usize - 1].span.start >= of.span.end
}
