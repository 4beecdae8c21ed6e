//! The result of cleaning a page: its kept blocks, its removals, and what it says of itself.

use crate::document::Item;
use crate::limits::Limit;
use crate::meta::Category;
use crate::role::Role;
use crate::span::Span;
use std::borrow::Cow;
use std::fmt;

mod json;
mod markdown;

/// A block of the article.
///
/// ```
/// use bodycopy::{Page, Part, Pipeline, Role};
///
/// let pipeline = Pipeline::builder().parts([Part::Headline, Part::Body]).build()?;
/// let html = "<h1>Old bridge to close</h1><p>The old bridge will close in May, the town said on Monday, and a ferry
///     will carry walkers across until the new one opens.</p>";
/// let cleaned = pipeline.clean(Page::html(html));
/// let roles: Vec<Role> = cleaned.kept().iter().map(|kept| kept.role).collect();
/// assert_eq!(roles, [Role::Headline, Role::Body]);
/// let headline = &cleaned.kept()[0];
/// assert_eq!(&html[headline.span().range()], headline.text);
/// # Ok::<(), bodycopy::BuildError>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Kept {
    /// What it is.
    pub role: Role,
    /// Level of a heading (1 to 6) or depth of a list item; otherwise 0.
    pub level: u8,
    /// Of a list item: which it is.
    pub item: Option<Item>,
    /// Its text, white space collapsed, without markup or list markers.
    pub text: String,
    /// Where its text stands in the source: one span, or several when something was removed within.
    pub spans: Vec<Span>,
    /// The rule that asked for it to be kept, if one did; when reasons are asked for, the one that judged it body.
    pub rule: Option<&'static str>,
    /// Why it was kept, where a rule said so.
    pub reason: Option<String>,
}

impl Kept {
    /// Returns the span from the block's first byte to its last, removals within included.
    pub fn span(&self) -> Span {
        self.spans.iter().copied().reduce(Span::hull).unwrap_or_default()
    }
}

/// A stretch of text that was removed.
///
/// ```
/// use bodycopy::{Page, Pipeline};
///
/// let text = "The old bridge will close in May, the town said on Monday.\n\nA ferry will carry walkers across until the \
///     new one opens, a little further down the river.\n\nShare on Facebook";
/// let cleaned = Pipeline::default().clean(Page::text(text));
/// let removal = &cleaned.removals()[0];
/// assert_eq!(&text[removal.span.range()], "Share on Facebook");
/// assert_eq!(removal.rule, "share-bar");
/// assert_eq!(removal.reason.to_string(), "the line starts with a known phrase");
/// ```
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Removal {
    /// Where it stands in the source.
    pub span: Span,
    /// The rule that took it.
    pub rule: &'static str,
    /// The rule's category.
    pub category: Category,
    /// Set when the text is a part of the article that was not asked for, such as the headline, or came after the limit on output.
    pub role: Option<Role>,
    /// Why.
    pub reason: crate::finding::Reason,
}

/// Whether the whole page was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Status {
    /// All of it.
    Complete,
    /// Up to the limit named.
    Partial(Limit),
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Status::Complete => f.write_str("complete"),
            Status::Partial(limit) => write!(f, "partial: {limit}"),
        }
    }
}

/// Where a page's body stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Origin {
    /// In the text of the page.
    Page,
    /// In the data of a script or an attribute, or in an element for readers without scripts: the page itself holds none, or a
    /// part of it.
    Script,
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Origin::Page => "page",
            Origin::Script => "script",
        })
    }
}

/// A cleaned page.
///
/// The spans of [`kept`](Self::kept) blocks and [`removals`](Self::removals) point into [`source`](Self::source). They
/// do not overlap, and together they hold all text that the page shows or hides; markup, scripts, styles and the text of
/// the `<head>` are in neither, save the article of a page whose [`origin`](Self::origin) is [`Origin::Script`].
///
/// ```
/// use bodycopy::{Page, Pipeline};
///
/// let html = "<html lang=en><title>Old bridge to close</title><h1>Old bridge to close</h1><p>By Ida Moss</p>
///     <p>The old bridge will close in May, the town said on Monday, and a ferry will carry walkers across.</p>
///     <p>The new one, a little further down the river, opens in June.</p><footer>© The Hallan Gazette</footer>";
/// let cleaned = Pipeline::default().clean(Page::html(html));
/// assert!(cleaned.text().starts_with("The old bridge") && cleaned.text().ends_with("opens in June."));
/// assert_eq!(cleaned.headline(), Some("Old bridge to close"));
/// assert_eq!(cleaned.byline(), Some("Ida Moss"));
/// assert_eq!(cleaned.language(), Some("en"));
/// let bytes: usize = cleaned.removals().iter().map(|removal| removal.span.range().len()).sum();
/// println!("{bytes} of {} bytes are text that was removed", html.len());
/// ```
#[derive(Clone, Debug)]
pub struct Cleaned<'a> {
    pub(crate) source: Cow<'a, str>,
    pub(crate) kept: Vec<Kept>,
    pub(crate) removals: Vec<Removal>,
    pub(crate) facts: Facts,
    pub(crate) status: Status,
    pub(crate) origin: Origin,
    pub(crate) mended: bool,
    pub(crate) rules_version: &'static str,
}

/// What was found out about the article, whether or not those parts are kept.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Facts {
    pub(crate) headline: Option<String>,
    pub(crate) byline: Option<String>,
    pub(crate) date: Option<String>,
    pub(crate) language: Option<String>,
}

/// Joins kept blocks into a text, telling for each where in the text it stands.
pub(crate) fn joined(kept: &[Kept], mut place: impl FnMut(usize, Span)) -> String {
    let mut out = String::with_capacity(kept.iter().map(|k| k.text.len() + 2).sum());
    for (i, block) in kept.iter().enumerate() {
        let mut start = None;
        let mut put = |text: &str| {
            if !out.is_empty() {
                out.push_str("\n\n");
            }
            start.get_or_insert(out.len());
            out.push_str(text);
        };
        let mut rest = block.text.as_str();
        if block.role != Role::Preformatted {
            while let Some(end) = memchr::memchr(b'\n', rest.as_bytes()) {
                put(&rest[..end]);
                rest = &rest[end + 1..];
            }
        }
        put(rest);
        place(i, Span::new(start.unwrap_or(out.len()) as u32, out.len() as u32));
    }
    out
}

impl<'a> Cleaned<'a> {
    /// Returns the text that spans point into: the page as given, or, for bytes, decoded.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// Returns the kept blocks joined by blank lines, without a line break at the end. Empty when nothing was kept. A line
    /// break within a block parts it like a block of its own, save in preformatted text, so that the text reads the same
    /// when it is cleaned again.
    pub fn text(&self) -> String {
        joined(&self.kept, |_, _| ())
    }

    /// Returns the kept blocks as Markdown: headings, lists, quotes, tables and code are marked, characters that mean
    /// something in Markdown are escaped.
    ///
    /// ```
    /// use bodycopy::{Page, Pipeline};
    ///
    /// let html = "<p>The old bridge will close in May. Until the new one opens there will be two ways across:</p>
    ///     <ul><li>the ferry, from six in the morning</li><li>the railway bridge, on foot</li></ul>
    ///     <p>The town asked people to leave their cars at home, and to come early.</p>";
    /// let markdown = Pipeline::default().clean(Page::html(html)).markdown();
    /// assert!(markdown.contains("\n- the ferry, from six in the morning\n- the railway bridge, on foot\n"));
    /// ```
    pub fn markdown(&self) -> String {
        markdown::write(&self.kept)
    }

    /// Returns the whole result as one JSON object without line breaks: `text`, `headline`, `byline`, `date`,
    /// `language`, `status`, `origin`, `rules`, `blocks` and `removals`.
    pub fn json(&self) -> String {
        json::write(self)
    }

    /// Returns where the body stands: in the text of the page, or only in a script of it.
    ///
    /// ```
    /// use bodycopy::{Origin, Page, Pipeline};
    ///
    /// let html = r#"<title>Old bridge to close</title><p>Please wait.</p><script type="application/ld+json">
    ///     {"@type": "NewsArticle", "articleBody":
    ///     "The old bridge will close in May, the town said on Monday. It was built in 1912 and repaired four times.\n
    ///      The new one, a little further down the river, opens in June. Until then a ferry will carry walkers across."}
    ///     </script>"#;
    /// let cleaned = Pipeline::default().clean(Page::html(html));
    /// assert_eq!(cleaned.origin(), Origin::Script);
    /// assert_eq!(cleaned.kept().len(), 2);
    /// let pipeline = Pipeline::builder().without("script-body").build()?;
    /// assert_eq!(pipeline.clean(Page::html(html)).origin(), Origin::Page);
    /// # Ok::<(), bodycopy::BuildError>(())
    /// ```
    pub fn origin(&self) -> Origin {
        self.origin
    }

    /// Returns the kept blocks, in page order; a body from a script stands where the page's own would.
    pub fn kept(&self) -> &[Kept] {
        &self.kept
    }

    /// Returns the removals in page order.
    pub fn removals(&self) -> &[Removal] {
        &self.removals
    }

    /// Returns the article's headline, from the page's text or its head, without the name of the site.
    pub fn headline(&self) -> Option<&str> {
        self.facts.headline.as_deref()
    }

    /// Returns who wrote it: names alone, joined by commas.
    pub fn byline(&self) -> Option<&str> {
        self.facts.byline.as_deref()
    }

    /// Returns the date of publication in ISO 8601: `2024-05-03`, or with the time and its offset where the page states
    /// them, `2024-05-03T10:15`, `2024-05-03T10:15:00+09:00`, `2024-05-03T01:15:00Z`.
    pub fn date(&self) -> Option<&str> {
        self.facts.date.as_deref()
    }

    /// Returns the language as a code of ISO 639-1 such as `de`, or of three letters where it has none there: what the page
    /// states, unless the script or the small words of the kept text show that it is another.
    pub fn language(&self) -> Option<&str> {
        self.facts.language.as_deref()
    }

    /// Returns whether the page was read as if it had been decoded from UTF-8, not from Windows-1252, as it shows it was
    /// meant to be: `â€™` as `’`. Kept text and facts are of that reading. Spans, and [`source`](Self::source), are of the
    /// page as it came.
    pub fn is_mended(&self) -> bool {
        self.mended
    }

    /// Returns whether the whole page was read.
    pub fn status(&self) -> Status {
        self.status
    }

    /// Returns the version of the set of built-in rules. Two results with the same version, input and settings are the
    /// same.
    pub fn rules_version(&self) -> &'static str {
        self.rules_version
    }
}
