//! Lines of flattened text that no empty line parts: a picture's alternative text and caption, a teaser's title and date.

use crate::document::Document;
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

impl Place {
    /// Returns the line behind the block, or before the last.
    pub(super) fn partner(self, block: usize) -> Option<usize> {
        match self {
            Place::First | Place::Inner => Some(block + 1),
            Place::Last => Some(block - 1),
            Place::Alone | Place::Unknown => None,
        }
    }
}

/// Words of a paragraph that shows whether empty lines part paragraphs.
const PROSE: u32 = 20;

/// The lines together with the block at hand, in flattened text.
pub(super) struct Together<'d> {
    doc: &'d Document<'d>,
    /// Whether empty lines part the page's paragraphs.
    is_told: bool,
    lines: Range<usize>,
}

impl<'d> Together<'d> {
    pub(super) fn new(doc: &'d Document<'d>) -> Self {
        let mut together = Self { doc, is_told: false, lines: 0..0 };
        let (mut prose, mut alone) = (0, 0);
        for i in (0..doc.blocks.len()).filter(|&i| doc.blocks[i].is_prose(PROSE)) {
            prose += 1;
            alone += usize::from(doc.is_parted(i) && doc.is_parted(i + 1));
        }
        together.is_told = alone * 2 > prose;
        together
    }

    /// Goes on to a block, which is no earlier one, and returns its place.
    pub(super) fn move_to(&mut self, block: usize) -> Place {
        if !self.is_told {
            return Place::Unknown;
        }
        while block >= self.lines.end {
            let start = self.lines.end;
            let end = (start + 1..).find(|&i| self.doc.is_parted(i)).unwrap_or(start + 1);
            self.lines = start..end;
        }
        match (block == self.lines.start, block + 1 == self.lines.end) {
            (true, true) => Place::Alone,
            (true, false) => Place::First,
            (false, false) => Place::Inner,
            (false, true) => Place::Last,
        }
    }

    pub(super) fn count(&self) -> usize {
        self.lines.len()
    }
}
