//! A search for the blocks that hold something, which reads the page's text once.

use super::Block;
use std::ops::Range;

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
