//! How much of a page is read at the most.

use std::fmt;

/// The limits of one page, each far beyond what a real news page has.
///
/// Reaching one does not fail: what was read so far is cleaned, and [`Cleaned::status`](crate::Cleaned::status) names
/// the limit.
///
/// ```
/// use bodycopy::{Limit, Limits, Page, Pipeline, Status};
///
/// let pipeline = Pipeline::builder().limits(Limits::default().with_bytes(1 << 10)).build()?;
/// let html = "<p>The old bridge will close in May, the town said on Monday.</p>".repeat(100);
/// assert_eq!(pipeline.clean(Page::html(&html)).status(), Status::Partial(Limit::Bytes));
/// # Ok::<(), bodycopy::BuildError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Limits {
    /// Bytes of a page's text or markup that are read. Default: 64 MiB.
    pub bytes: usize,
    /// Elements and runs of text. Default: 4 million.
    pub nodes: usize,
    /// Depth of nested elements; deeper ones keep their text and lose their nesting. Default: 512, as in browsers; the
    /// deepest of 2,046 real pages had 45.
    pub depth: usize,
    /// Attributes of one element, 65,535 at the most; later ones are not seen. Default: 256.
    pub attributes: usize,
    /// Blocks of text. Default: 1 million.
    pub blocks: usize,
    /// Bytes of the kept text. A block that would go beyond them, and all after it, is removed under the name `limit`.
    /// Default: 64 MiB, which no page within the other limits reaches.
    pub output: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { bytes: 64 << 20, nodes: 4_000_000, depth: 512, attributes: 256, blocks: 1_000_000, output: 64 << 20 }
    }
}

impl Limits {
    /// Sets [`Limits::bytes`]; at most 4 GiB - 1, as spans are 32-bit.
    #[must_use]
    pub fn with_bytes(mut self, bytes: usize) -> Self {
        self.bytes = bytes.min(u32::MAX as usize - 1);
        self
    }

    /// Sets [`Limits::nodes`].
    #[must_use]
    pub fn with_nodes(mut self, nodes: usize) -> Self {
        self.nodes = nodes;
        self
    }

    /// Sets [`Limits::depth`]; at least 2.
    #[must_use]
    pub fn with_depth(mut self, depth: usize) -> Self {
        self.depth = depth.max(2);
        self
    }

    /// Sets [`Limits::attributes`].
    #[must_use]
    pub fn with_attributes(mut self, attributes: usize) -> Self {
        self.attributes = attributes;
        self
    }

    /// Sets [`Limits::blocks`].
    #[must_use]
    pub fn with_blocks(mut self, blocks: usize) -> Self {
        self.blocks = blocks;
        self
    }

    /// Sets [`Limits::output`].
    #[must_use]
    pub fn with_output(mut self, output: usize) -> Self {
        self.output = output;
        self
    }
}

/// A limit that a page reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Limit {
    /// [`Limits::bytes`]
    Bytes,
    /// [`Limits::nodes`]
    Nodes,
    /// [`Limits::depth`]
    Depth,
    /// [`Limits::attributes`]
    Attributes,
    /// [`Limits::blocks`]
    Blocks,
    /// [`Limits::output`]
    Output,
}

impl fmt::Display for Limit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Limit::Bytes => "bytes",
            Limit::Nodes => "nodes",
            Limit::Depth => "depth",
            Limit::Attributes => "attributes",
            Limit::Blocks => "blocks",
            Limit::Output => "output",
        })
    }
}
