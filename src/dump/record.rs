//! What goes through a dump: records, and failures that stand in their place.

use crate::page::{Format, Page};
use std::fmt;
use std::sync::Arc;

/// One page of a dump, and where it came from.
///
/// ```
/// use bodycopy::dump::{Content, Id, Reader};
///
/// let line = "{\"id\":7,\"url\":\"https://gazette.example/7\",\"html\":\"<p>It rains.</p>\"}\n";
/// let record = Reader::new(line.as_bytes(), "news.jsonl")?.next().expect("one line").expect("a page");
/// assert_eq!(record.id.as_ref().map(Id::as_str), Some("7"));
/// assert_eq!(record.content, Content::Html("<p>It rains.</p>".into()));
/// assert_eq!((record.place.line, record.page().url()), (Some(1), Some("https://gazette.example/7")));
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Record {
    /// The input's name: a path, or what [`Reader::new`](super::Reader::new) was told.
    pub source: Arc<str>,
    /// Where in the input it stands.
    pub place: Place,
    /// What the record calls itself: a field of JSON or a column of Parquet, `WARC-Record-ID`, the path of a page in a folder.
    pub id: Option<Id>,
    /// The page's address.
    pub url: Option<String>,
    /// The page.
    pub content: Content,
    /// What had to be mended before the record could be read.
    pub repaired: Option<Repair>,
    /// Why the crawler stored only a part of the page, as `WARC-Truncated` says: `length`, `time`, `disconnect`,
    /// `unspecified`, or a word of its own.
    pub truncated: Option<String>,
    /// All other fields of the record as the inside of a JSON object, `"a":1,"b":"c"`; empty unless
    /// [asked for](super::Reader::keep_fields).
    pub fields: String,
}

impl Record {
    /// Returns the page as the pipeline takes it.
    pub fn page(&self) -> Page<'_> {
        let page = match &self.content {
            Content::Html(html) => Page::html(html),
            Content::Text(text) => Page::text(text),
            Content::Bytes { bytes, format, charset } => match format {
                Some(Format::Html) => Page::html_bytes(bytes, charset.as_deref()),
                Some(Format::Text) => Page::text_bytes(bytes, charset.as_deref()),
                None => Page::detect_bytes(bytes, charset.as_deref()),
            },
        };
        match &self.url {
            Some(url) => page.with_url(url.as_str()),
            None => page,
        }
    }
}

/// Where in its input a record stands, or damage was met.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Place {
    /// Bytes of the input, as it is stored, before it; in a packed input, before the gzip member or zstd frame that holds
    /// its start; before the row group of a row of Parquet. 0 for a page of a folder.
    pub offset: u64,
    /// Its number among the records of the input, counted from 1 and skipped ones counted too; `None` for damage that took
    /// no record along.
    pub record: Option<u64>,
    /// Its line, in JSON Lines, counted from 1.
    pub line: Option<u64>,
}

/// A record's page.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Content {
    /// HTML, decoded.
    Html(String),
    /// Text that some tool has flattened from HTML.
    Text(String),
    /// A page as a server sent it.
    Bytes {
        /// Its bytes, without transfer and content encodings.
        bytes: Vec<u8>,
        /// What it is, if that is known.
        format: Option<Format>,
        /// The charset that the server declared.
        charset: Option<String>,
    },
}

impl Content {
    /// Returns the number of bytes held.
    pub fn len(&self) -> usize {
        match self {
            Content::Html(text) | Content::Text(text) => text.len(),
            Content::Bytes { bytes, .. } => bytes.len(),
        }
    }

    /// Returns whether it holds nothing.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// A record's id: a string or a number as a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Id {
    /// A string.
    Text(String),
    /// A number, as written, so that long ones lose no digit.
    Number(String),
    /// Anything else but null, such as `{"$oid":"5f1e"}`, as JSON.
    Json(String),
}

impl Id {
    /// Returns the id as it is written.
    pub fn as_str(&self) -> &str {
        let (Id::Text(id) | Id::Number(id) | Id::Json(id)) = self;
        id
    }
}

/// Characters of an id that a message shows.
const SHOWN: usize = 100;

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let id = self.as_str();
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
    /// The header of a WARC record gives no length or a wrong one; the record was taken up to where the next one begins.
    Length,
    /// The chunks of an HTTP body break off or do not fit together; what follows the last good one was taken as it is.
    Chunks,
    /// The body is packed otherwise than its `Content-Encoding` says, or broken off; what could be unpacked was taken.
    Encoding,
}

impl Repair {
    /// Returns the name by which output records and summaries call it.
    pub const fn name(self) -> &'static str {
        match self {
            Repair::Utf8 => "invalid UTF-8",
            Repair::Surrogate => "lone surrogate",
            Repair::Length => "wrong length",
            Repair::Chunks => "bad chunk",
            Repair::Encoding => "bad content encoding",
        }
    }
}
