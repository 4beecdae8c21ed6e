//! Lines of flattened text that no empty line parts: a picture's alternative text and caption, a teaser's title and date.

use crate::document::{Document, Setting};
use std::ops::Range;

/// Where a block stands among the lines that it stands together with.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// Empty lines do not tell.
    Unknown,
    Alone,
    First,
    Inner,
    Last,
}

/// Words of a paragraph that shows whether empty lines part paragraphs.
const PROSE: u32 = 20;

/// The lines together with the block at hand, in a text whose paragraphs are parted by empty lines.
pub(super) struct Together<'d> {
    doc: &'d Document<'d>,
    is_told: bool,
    lines: Range<usize>,
}

impl<'d> Together<'d> {
    pub(super) fn new(doc: &'d Document<'d>) -> Self {
        let mut together = Self { doc, is_told: false, lines: 0..0 };
        let (mut prose, mut alone) = (0, 0);
        for i in (0..doc.blocks.len()).filter(|&i| doc.tree.is_none() && doc.blocks[i].is_prose(PROSE)) {
            prose += 1;
            alone += usize::from(together.starts(i) && together.starts(i + 1));
        }
        together.is_told = alone * 2 > prose;
        together
    }

    /// Returns whether an empty line, or the page's end, stands before a block.
    fn starts(&self, block: usize) -> bool {
        self.doc.blocks.get(block).is_none_or(|block| block.is(Setting::SPACED))
    }

    /// Goes on to a block, which is no earlier one. Returns itself if empty lines tell which stand together.
    pub(super) fn move_to(&mut self, block: usize) -> Option<&Self> {
        while self.is_told && block >= self.lines.end {
            let start = self.lines.end;
            let end = (start + 1..).find(|&i| self.starts(i)).unwrap_or(start + 1);
            self.lines = start..end;
        }
        self.is_told.then_some(self)
    }

    pub(super) fn kind(&self, block: usize) -> Place {
        match (block == self.lines.start, block + 1 == self.lines.end) {
            (true, true) => Place::Alone,
            (true, false) => Place::First,
            (false, false) => Place::Inner,
            (false, true) => Place::Last,
        }
    }

    /// Returns the line behind the block, or before the last.
    pub(super) fn partner(&self, block: usize) -> Option<usize> {
        match self.kind(block) {
            Place::First | Place::Inner => Some(block + 1),
            Place::Last => Some(block - 1),
            Place::Alone | Place::Unknown => None,
        }
    }

    pub(super) fn count(&self) -> usize {
        self.lines.len()
    }
}
