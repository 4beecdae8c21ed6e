//! Places that selectors, names and phrases of rules point at.

use crate::span::Span;
use std::ops::Range;

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

    /// Returns whether a phrase points here that may be a sub-heading, or a sentence of the article, where it stands between two
    /// paragraphs.
    pub(crate) fn may_be_text(self) -> bool {
        self.is_phrase() && !matches!(self, Via::LongPrefix | Via::Within)
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
