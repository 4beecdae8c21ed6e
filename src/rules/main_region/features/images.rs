//! Where a page's images stand.

use crate::document::{Block, Setting};
use crate::markup::tag::Tag;
use crate::markup::tree::Tree;
use std::ops::Range;

/// Where the page's images stand among its elements.
pub(super) struct Images {
    /// The images' elements.
    nodes: Vec<u32>,
    /// By block: how many images stand before its element; then how many there are.
    before: Vec<u32>,
}

impl Images {
    pub(super) fn new(tree: &Tree, blocks: &[Block]) -> Self {
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
    pub(super) fn around(&self, blocks: &[Block], i: usize) -> usize {
        let before = usize::from(self.before[i] > self.before(i.checked_sub(1)));
        let after = usize::from(self.before[i + 1] > self.before[i]);
        before + 2 * after + 4 * usize::from(blocks[i].is(Setting::FIGURE))
    }

    /// Images of the box that holds these blocks, between the first and the last of them: 0, 1, a few, many.
    pub(super) fn in_box(&self, blocks: &[Block], range: &Range<usize>) -> usize {
        let until = self.before_node(blocks[range.end - 1].node + 1);
        match until.saturating_sub(self.before(range.start.checked_sub(1))) {
            count @ 0..=1 => count as usize,
            2..=4 => 2,
            _ => 3,
        }
    }
}
