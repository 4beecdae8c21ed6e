//! Byte ranges of the caller's input.

use std::fmt;
use std::ops::Range;

/// A half-open byte range `start..end` of the text that was cleaned.
///
/// For a page given as `&str` these are offsets into that string. For a page given as bytes they are offsets into its
/// decoded text, [`Cleaned::source`](crate::Cleaned::source), because a removal in UTF-16 or GB18030 bytes could not be
/// quoted back. Both ends always fall on character boundaries.
///
/// ```
/// use bodycopy::Span;
///
/// let span = Span::new(4, 8);
/// assert_eq!(&"The body"[span.range()], "body");
/// assert_eq!(span.len(), 4);
/// assert!(span.contains(Span::new(5, 8)));
/// ```
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// Offset of the first byte.
    pub start: u32,
    /// Offset after the last byte.
    pub end: u32,
}

impl Span {
    /// Returns the span `start..end`.
    pub const fn new(start: u32, end: u32) -> Self {
        Self { start, end }
    }

    /// Returns the span as a range that slices the source.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Returns the number of bytes covered.
    pub const fn len(self) -> usize {
        self.end.saturating_sub(self.start) as usize
    }

    /// Returns whether no byte is covered.
    pub const fn is_empty(self) -> bool {
        self.end <= self.start
    }

    /// Returns whether every byte of `other` is covered by this span.
    pub const fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Returns whether the two spans share a byte.
    pub const fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// Returns the smallest span that covers both.
    pub fn hull(self, other: Span) -> Span {
        Span::new(self.start.min(other.start), self.end.max(other.end))
    }
}

impl fmt::Debug for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}..{}", self.start, self.end)
    }
}

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}..{}", self.start, self.end)
    }
}
