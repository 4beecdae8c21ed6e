//! What the page says about itself outside its text.

/// What the page says about itself outside its text.
#[derive(Clone, Debug, Default)]
pub(crate) struct About {
    pub(crate) title: Option<String>,
    pub(crate) headline: Option<String>,
    pub(crate) description: Option<String>,
    /// What it says of the article, by source in page order.
    pub(crate) claims: Vec<Claim>,
    /// Where flattened text begins, below what a program wrote above it.
    pub(crate) front: u32,
}

/// Claims of one fact and source that are kept; more than a dozen are teasers.
pub(crate) const MOST_CLAIMS: usize = 24;

/// A statement of the page about its article.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Claim {
    pub(crate) fact: Fact,
    pub(crate) source: Source,
    /// White space collapsed, without markup.
    pub(crate) text: String,
    /// Where in the source it is made.
    pub(crate) at: u32,
}

/// What a claim is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fact {
    Headline,
    Author,
    Published,
    Modified,
    Language,
    Site,
    /// The page's address.
    Address,
}

/// Where a claim is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Source {
    /// JSON-LD.
    Data,
    /// An `itemprop` attribute.
    Item,
    /// `<meta>` or `<link>`.
    Meta,
    /// A `<time>` element that is said to hold the time of publication.
    Stamp,
    /// Another `<time>` element.
    Time,
    /// The `<html>` element.
    Root,
}

impl About {
    /// Returns the claims about a fact from a source, in page order.
    pub(crate) fn claims(&self, fact: Fact, source: Source) -> impl Iterator<Item = &Claim> {
        self.claims.iter().filter(move |claim| claim.fact == fact && claim.source == source)
    }
}
