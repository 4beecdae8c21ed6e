//! What goes through a dump: records, and failures that stand in their place.

use crate::page::Page;
use std::fmt;
use std::sync::Arc;

/// One page of a dump, and where it came from.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Record {
    /// The input's name: a path, or `-` for standard input.
    pub source: Arc<str>,
    /// Its line, counted from 1.
    pub line: u64,
    /// What the record calls itself.
    pub id: Option<Id>,
    /// The page's address.
    pub url: Option<String>,
    /// The page.
    pub content: Content,
    /// What had to be mended before the record could be read.
    pub repaired: Option<Repair>,
}

impl Record {
    /// Returns the page as the pipeline takes it.
    pub fn page(&self) -> Page<'_> {
        let page = match &self.content {
            Content::Html(html) => Page::html(html),
            Content::Text(text) => Page::text(text),
        };
        match &self.url {
            Some(url) => page.with_url(url.as_str()),
            None => page,
        }
    }
}

/// A record's page.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Content {
    /// HTML, decoded.
    Html(String),
    /// Text that some tool has flattened from HTML.
    Text(String),
}

/// A record's id, which may be a string or a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Id {
    /// A string.
    Text(String),
    /// A number, as written, so that long ones lose no digit.
    Number(String),
}

/// Characters of an id that a message shows.
const SHOWN: usize = 100;

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (Id::Text(id) | Id::Number(id)) = self;
        match id.char_indices().nth(SHOWN) {
            Some((end, _)) => write!(f, "{}…", &id[..end]),
            None => f.write_str(id),
        }
    }
}

/// What was mended in a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Repair {
    /// Bytes that are not UTF-8 became U+FFFD.
    Utf8,
    /// Halves of surrogate pairs, such as `\ud800`, became U+FFFD.
    Surrogate,
}

impl Repair {
    /// Returns the name by which output records and summaries call it.
    pub const fn name(self) -> &'static str {
        match self {
            Repair::Utf8 => "invalid UTF-8",
            Repair::Surrogate => "lone surrogate",
        }
    }
}

/// A record that could not be cleaned, or an input that could not be read on.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Failure {
    /// The input's name.
    pub source: Arc<str>,
    /// The record's line, unless the failure is the input's.
    pub line: Option<u64>,
    /// The record's id, if it could be read.
    pub id: Option<Id>,
    /// What is wrong.
    pub cause: Cause,
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.source)?;
        if let Some(line) = self.line {
            write!(f, ", line {line}")?;
        }
        if let Some(id) = &self.id {
            write!(f, ", id {id}")?;
        }
        write!(f, ": {}", self.cause)
    }
}

impl std::error::Error for Failure {}

/// Why a record failed.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Cause {
    /// The line is not one JSON object.
    Json(String),
    /// None of these fields is there, or all are null.
    Missing(Vec<String>),
    /// The field is there and holds something else than a string.
    NotText {
        /// The field.
        field: String,
        /// What it holds.
        found: &'static str,
    },
    /// The line has more than this many bytes.
    TooLong(usize),
    /// The input ends within a compressed stream.
    Cut {
        /// Bytes of the input, as stored, before the end.
        at: u64,
    },
    /// The input cannot be read or unpacked any further.
    Unreadable {
        /// Bytes of the input, as stored, that were read.
        at: u64,
        /// What the system or the unpacker says.
        error: String,
    },
    /// A rule panicked on the page, which is a defect of the rule.
    Panicked,
}

impl Cause {
    /// Returns the name under which a summary counts it.
    pub const fn name(&self) -> &'static str {
        match self {
            Cause::Json(_) => "bad JSON",
            Cause::Missing(_) => "missing field",
            Cause::NotText { .. } => "field not a string",
            Cause::TooLong(_) => "line too long",
            Cause::Cut { .. } => "input cut short",
            Cause::Unreadable { .. } => "input unreadable",
            Cause::Panicked => "panic",
        }
    }
}

impl fmt::Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Cause::Json(error) => write!(f, "not a record: {error}"),
            Cause::Missing(fields) => {
                let fields: Vec<_> = fields.iter().map(|field| format!("`{field}`")).collect();
                write!(f, "no field {}", fields.join(" or "))
            }
            Cause::NotText { field, found } => write!(f, "field `{field}` is {found}, not a string"),
            Cause::TooLong(most) => write!(f, "the line has more than {most} bytes"),
            Cause::Cut { at } => write!(f, "cut short: the compressed data ends at byte {at} before its end mark"),
            Cause::Unreadable { at, error } => write!(f, "cannot be read on from byte {at}: {error}"),
            Cause::Panicked => f.write_str("a rule panicked on this page"),
        }
    }
}
