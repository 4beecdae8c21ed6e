//! What stands around a block: its neighbours, and the containers it stands in.

use super::bins::share;
use crate::document::Document;
use crate::markup::tree::NIL;
use std::ops::Range;

/// Mean words a block, share of prose, and link density over the blocks around one.
pub(super) struct Around {
    pub(super) mean: f32,
    pub(super) prose: f32,
    pub(super) links: f32,
}

impl Around {
    pub(super) fn new(doc: &Document, i: usize, reach: usize) -> Self {
        let range = near_blocks(doc, i, reach);
        let words = doc.words_in(range.clone());
        let others = range.len() - 1;
        Self {
            mean: (words - doc.blocks[i].measure.words) as f32 / others.max(1) as f32,
            prose: share(doc.prose_in(range.clone()), words),
            links: doc.link_density_in(range),
        }
    }
}

/// Returns the blocks up to `reach` before and after one, and it.
pub(super) fn near_blocks(doc: &Document, i: usize, reach: usize) -> Range<usize> {
    i.saturating_sub(reach)..(i + reach + 1).min(doc.blocks.len())
}

/// The three smallest containers of the block at hand. Blocks side by side mostly stand in the same ones.
pub(super) struct Boxes<'d> {
    doc: &'d Document<'d>,
    /// The smallest container's element, if its containers are those of all blocks within.
    node: Option<u32>,
    pub(super) ranges: Vec<Range<usize>>,
}

impl<'d> Boxes<'d> {
    pub(super) fn new(doc: &'d Document<'d>) -> Self {
        Self { doc, node: None, ranges: Vec::with_capacity(3) }
    }

    /// Moves to a block. Returns whether its containers may be others than those of the last one.
    pub(super) fn move_to(&mut self, i: usize) -> bool {
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

/// Returns whether a block stands before (0), in (1) or after (2) a range, and how many blocks from its nearest end.
pub(super) fn side(range: &Range<usize>, i: usize) -> (usize, usize) {
    if i < range.start {
        (0, range.start - i)
    } else if i < range.end {
        (1, (i + 1 - range.start).min(range.end - i))
    } else {
        (2, i + 1 - range.end)
    }
}
