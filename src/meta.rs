//! What a rule says about itself: what it is called, and what it looks for.

use std::fmt;

/// A kind of page furniture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Category {
    /// Sharing and following.
    Share,
    /// Font sizes, players, tickers, polls: things to click.
    Widget,
    /// Headline and deck.
    Headline,
    /// Captions and credits.
    Caption,
    /// Authors and dates.
    Byline,
    /// Cookies, copyright, law.
    Notice,
    /// Ways to other pages.
    Navigation,
    /// Subscriptions, newsletters, advertisements.
    Promotion,
    /// Readers' comments.
    Comment,
    /// Everything outside the article's own region.
    Region,
    /// Text that must stay.
    Protect,
}

impl fmt::Display for Category {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Category::Share => "share",
            Category::Widget => "widget",
            Category::Headline => "headline",
            Category::Caption => "caption",
            Category::Byline => "byline",
            Category::Notice => "notice",
            Category::Navigation => "navigation",
            Category::Promotion => "promotion",
            Category::Comment => "comment",
            Category::Region => "region",
            Category::Protect => "protect",
        })
    }
}

/// A page in miniature with the rule's expected findings marked `⟦…⟧`; without a mark, all of it must survive the rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Example {
    /// Read as HTML.
    Html(&'static str),
    /// Read as flattened text.
    Text(&'static str),
}

/// What a rule says about itself.
///
/// ```
/// use bodycopy::{Category, Example, Meta};
///
/// static META: Meta = Meta::new("horoscope", Category::Widget, "The daily horoscope")
///     .selector("aside[data-kind=horoscope]")
///     .names(&["horoscope"])
///     .phrases("line\ten\tyour daily horoscope\nprefix\ten\ttoday's stars for\n")
///     .examples(&[Example::Text("It rains.\n\n⟦Your daily horoscope⟧")]);
/// assert_eq!(META.name, "horoscope");
/// ```
#[derive(Debug)]
#[non_exhaustive]
pub struct Meta {
    /// What is on the page: kebab-case, a noun, singular.
    pub name: &'static str,
    /// One line for tables.
    pub summary: &'static str,
    /// The kind of furniture.
    pub category: Category,
    /// CSS of the elements it points at; any selector that `scraper` accepts.
    pub selector: Option<&'static str>,
    /// Names that a class or id may hold, as hyphenated words: `share-bar` is found in `c-shareBar__list`, but not in
    /// `timeshare-barn`.
    pub names: &'static [&'static str],
    /// Lines, in the form of `src/rules/data`: see [`crate::phrases`].
    pub phrases: &'static str,
    /// Pages in miniature, which tests run the rule over, alone.
    pub examples: &'static [Example],
}

impl Meta {
    /// Returns a rule's description with nothing to look for yet.
    pub const fn new(name: &'static str, category: Category, summary: &'static str) -> Self {
        Self { name, summary, category, selector: None, names: &[], phrases: "", examples: &[] }
    }

    /// Sets the CSS selector.
    #[must_use]
    pub const fn selector(mut self, css: &'static str) -> Self {
        self.selector = Some(css);
        self
    }

    /// Sets the names to find in class and id attributes.
    #[must_use]
    pub const fn names(mut self, names: &'static [&'static str]) -> Self {
        self.names = names;
        self
    }

    /// Sets the list of phrases.
    #[must_use]
    pub const fn phrases(mut self, list: &'static str) -> Self {
        self.phrases = list;
        self
    }

    /// Sets the examples.
    #[must_use]
    pub const fn examples(mut self, examples: &'static [Example]) -> Self {
        self.examples = examples;
        self
    }
}
