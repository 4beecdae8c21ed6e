//! Reads records out of any dump.

use super::archive::{Archive, Format, Head, arc_line, is_warc};
use super::failure::{Cause, Failure};
use super::filter::Filter;
use super::http::Response;
use super::jsonl::Lines;
use super::mime;
use super::pages::Pages;
use super::record::{Content, Id, Place, Record, Repair};
use super::unpack::Unpacked;
use crate::page;
use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Reads the records of one input, in order; bad ones come as failures in their place, and reading goes on after them.
///
/// The first bytes tell what the input is: WARC (WET too) or ARC, JSON Lines, Parquet (feature `parquet`), or a page by
/// itself; all but Parquet may be packed with gzip or zstd, in any number of members. A folder gives its pages: files
/// ending in `.html`, `.htm`, `.shtml`, `.xhtml`, `.txt`, `.text`, `.md` or `.markdown`, in order of their paths.
///
/// Of WARC and ARC come responses and resources that are HTML or text, and the `conversion` records of WET; the
/// [`Filter`] says which. Other records are counted in [`skipped`](Self::skipped). Bodies come without chunks and content
/// encodings.
///
/// A record is mended where that is possible, and [`Record::repaired`] says how. Damage of the input comes as a failure
/// with its place, and what stands behind it is read: behind corrupt data from the next gzip member or zstd frame on,
/// behind garbage from the next header of WARC or ARC on.
///
/// Takes memory for one record, which is at most [`max_record`](Self::max_record) bytes, and for the last 8 MiB of the
/// input; a longer record is passed over without being held.
///
/// ```
/// use bodycopy::Pipeline;
/// use bodycopy::dump::Reader;
///
/// let warc = "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://a.example/\r\nContent-Length: 93\r\n\r\n\
///     HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>The old bridge will close.</p>\r\n\r\n";
/// let mut reader = Reader::new(warc.as_bytes(), "example")?;
/// let record = reader.next().expect("there is one")?;
/// assert_eq!(record.url.as_deref(), Some("http://a.example/"));
/// assert_eq!(Pipeline::default().clean(record.page()).text(), "The old bridge will close.");
/// assert!(reader.next().is_none());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct Reader {
    source: Source,
    context: Arc<Context>,
    skipped: BTreeMap<&'static str, u64>,
    passed_over: BTreeMap<String, u64>,
}

enum Source {
    Archive(Archive),
    Lines(Lines),
    Pages(Pages),
    #[cfg(feature = "parquet")]
    Rows(super::rows::Rows),
}

/// What a record needs to know of its input.
#[derive(Clone)]
pub(super) struct Context {
    pub(super) source: Arc<str>,
    pub(super) html: Option<String>,
    pub(super) text: Option<String>,
    pub(super) url: String,
    pub(super) id: String,
    pub(super) keeps_fields: bool,
    pub(super) max_record: usize,
    pub(super) filter: Filter,
}

/// The default of [`Reader::max_record`].
pub(super) const MAX_RECORD: usize = 64 << 20;

/// Bytes looked at to tell what an input is.
const SNIFFED: usize = 64 << 10;

/// A kind of dump.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Kind {
    /// WARC, WET among them.
    Warc,
    /// ARC, the format before WARC.
    Arc,
    /// JSON Lines.
    Jsonl,
    /// Parquet.
    Parquet,
    /// A page by itself, HTML or text, or those of a folder.
    Page,
}

impl Reader {
    /// Opens a file or a folder.
    ///
    /// # Errors
    ///
    /// It cannot be opened or read, or its first bytes say that it is something else, such as a zip archive.
    ///
    /// ```
    /// use bodycopy::dump::Reader;
    ///
    /// let error = Reader::open("no/such/file.warc.gz").err().expect("it is not there");
    /// assert_eq!(error.kind(), std::io::ErrorKind::NotFound);
    /// for record in Reader::open(concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/pages"))?.take(3) {
    ///     match record {
    ///         Ok(record) => println!("{}: {} bytes", record.source, record.content.len()),
    ///         Err(failure) => eprintln!("{failure}"),
    ///     }
    /// }
    /// # Ok::<(), std::io::Error>(())
    /// ```
    pub fn open(path: impl AsRef<Path>) -> io::Result<Self> {
        let path = path.as_ref();
        let name = path.to_string_lossy();
        if path.is_dir() {
            let (files, others) = super::pages::files(path)?;
            let passed_over = super::passed::count(&others);
            return Ok(Self { passed_over, ..Self::pages(path, files) });
        }
        let mut input = Unpacked::open(path)?;
        match Self::sniff(&mut input, &name)? {
            Kind::Parquet => Self::parquet(path),
            Kind::Page => {
                let folder = path.parent().unwrap_or(Path::new(""));
                let file = path.file_name().map(PathBuf::from).unwrap_or_default();
                Ok(Self::over(Source::Pages(Pages::new(folder, vec![file])), &name))
            }
            kind => Self::of_kind(input, kind, &name),
        }
    }

    /// Reads from anything; `source` is the name under which records and failures have it.
    ///
    /// # Errors
    ///
    /// The first bytes cannot be read, or say that it is something else, such as a zip archive. Parquet is refused too: its
    /// index stands at its end.
    pub fn new(read: impl io::Read + Send + 'static, source: &str) -> io::Result<Self> {
        let mut input = Unpacked::new(read)?;
        let kind = Self::sniff(&mut input, source)?;
        Self::of_kind(input, kind, source)
    }

    /// Reads pages of a folder, named by their paths within it.
    pub(super) fn pages(folder: &Path, files: Vec<PathBuf>) -> Self {
        Self::over(Source::Pages(Pages::new(folder, files)), &folder.to_string_lossy())
    }

    #[cfg(feature = "parquet")]
    fn parquet(path: &Path) -> io::Result<Self> {
        Ok(Self::over(Source::Rows(super::rows::Rows::open(path)?), &path.to_string_lossy()))
    }

    #[cfg(not(feature = "parquet"))]
    fn parquet(_: &Path) -> io::Result<Self> {
        Err(io::Error::new(io::ErrorKind::Unsupported, "is Parquet, which needs the feature `parquet`"))
    }

    fn of_kind(input: Unpacked, kind: Kind, name: &str) -> io::Result<Self> {
        let source = match kind {
            Kind::Warc => Source::Archive(Archive::new(input, Format::Warc)),
            Kind::Arc => Source::Archive(Archive::new(input, Format::Arc)),
            Kind::Jsonl => Source::Lines(Lines::new(input)),
            Kind::Page => Source::Pages(Pages::over(input)),
            Kind::Parquet => {
                let why = "is Parquet, which is read from its end: save it as a file";
                return Err(io::Error::new(io::ErrorKind::Unsupported, why));
            }
        };
        Ok(Self::over(source, name))
    }

    fn over(source: Source, name: &str) -> Self {
        let field = |name: &str| name.to_owned();
        let context = Context {
            source: name.into(),
            html: Some(field("html")),
            text: Some(field("text")),
            url: field("url"),
            id: field("id"),
            keeps_fields: false,
            max_record: MAX_RECORD,
            filter: Filter::default(),
        };
        Self { source, context: Arc::new(context), skipped: BTreeMap::new(), passed_over: BTreeMap::new() }
    }

    /// Tells by the first bytes what an input is; by its name only when they fit nothing, as when its start is damaged.
    fn sniff(input: &mut Unpacked, name: &str) -> io::Result<Kind> {
        if input.is_plain() && input.peek(4).starts_with(b"PAR1") {
            return Ok(Kind::Parquet);
        }
        let head = input.peek(SNIFFED);
        let head = &head[..head.len().min(SNIFFED)];
        let start = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
        if is_warc(start) {
            return Ok(Kind::Warc);
        }
        if start.starts_with(b"filedesc:") && arc_line(start).is_some() {
            return Ok(Kind::Arc);
        }
        if start.starts_with(b"{") {
            return Ok(Kind::Jsonl);
        }
        let lower = name.to_ascii_lowercase();
        let stem = [".gz", ".zst"].iter().find_map(|end| lower.strip_suffix(end)).unwrap_or(&lower);
        let is_named = |ends: &[&str]| ends.iter().any(|end| stem.ends_with(end));
        let lines = || head.split_inclusive(|b| *b == b'\n');
        if is_named(&[".warc", ".wet", ".wat"]) || lines().any(is_warc) {
            Ok(Kind::Warc)
        } else if is_named(&[".arc"]) {
            Ok(Kind::Arc)
        } else if is_named(&[".jsonl", ".ndjson", ".json"])
            || start.is_empty()
            || lines().any(|l| l.starts_with(b"{\""))
        {
            Ok(Kind::Jsonl)
        } else if mime::is_binary(head) {
            let why = "is none of what is read here: WARC, ARC, JSON Lines, Parquet, HTML or text";
            Err(io::Error::new(io::ErrorKind::Unsupported, why))
        } else {
            Ok(Kind::Page)
        }
    }

    fn set(&mut self) -> &mut Context {
        Arc::make_mut(&mut self.context)
    }

    /// Sets the name under which records and failures have the input.
    #[must_use]
    pub fn named(mut self, source: &str) -> Self {
        self.set().source = source.into();
        self
    }

    /// Sets the fields or columns that hold the page: its HTML, or else its text. The default is `html` and `text`; `None`
    /// looks for no such field.
    #[must_use]
    pub fn page_fields(mut self, html: Option<&str>, text: Option<&str>) -> Self {
        let context = self.set();
        (context.html, context.text) = (html.map(Into::into), text.map(Into::into));
        self
    }

    /// Sets the field that holds the page's address. The default is `url`.
    #[must_use]
    pub fn url_field(mut self, name: &str) -> Self {
        self.set().url = name.into();
        self
    }

    /// Sets the field that holds the record's id. The default is `id`.
    #[must_use]
    pub fn id_field(mut self, name: &str) -> Self {
        self.set().id = name.into();
        self
    }

    /// Keeps all other fields of JSON Lines and Parquet in [`Record::fields`]. The default is not to.
    #[must_use]
    pub fn keep_fields(mut self, on: bool) -> Self {
        self.set().keeps_fields = on;
        self
    }

    /// Sets how many bytes a record may have, packed or unpacked. The default is 64 MiB. Longer ones fail.
    #[must_use]
    pub fn max_record(mut self, bytes: usize) -> Self {
        self.set().max_record = bytes;
        self
    }

    /// Sets which records of a crawl are wanted.
    #[must_use]
    pub fn filter(mut self, filter: Filter) -> Self {
        self.set().filter = filter;
        self
    }

    /// Returns what the input is.
    pub fn kind(&self) -> Kind {
        match &self.source {
            Source::Archive(archive) => match archive.format {
                Format::Warc => Kind::Warc,
                Format::Arc => Kind::Arc,
            },
            Source::Lines(_) => Kind::Jsonl,
            Source::Pages(_) => Kind::Page,
            #[cfg(feature = "parquet")]
            Source::Rows(_) => Kind::Parquet,
        }
    }

    /// Returns how many files of the folder are passed over because they are no pages, by ending: `.png`, `no ending`. Of
    /// many endings the most frequent have a name, and the rest are `other endings`.
    pub fn passed_over(&self) -> &BTreeMap<String, u64> {
        &self.passed_over
    }

    /// Returns how many records were skipped so far, by kind: `request`, `metadata`, `revisit` …, and `status`, `type`,
    /// `url` and `empty` for those that the filter leaves out or that hold nothing.
    pub fn skipped(&self) -> &BTreeMap<&'static str, u64> {
        &self.skipped
    }

    /// Returns the number of bytes of the input, as stored, that were read.
    pub fn bytes_read(&self) -> u64 {
        match &self.source {
            Source::Archive(archive) => archive.input.taken(),
            Source::Lines(lines) => lines.input.taken(),
            Source::Pages(pages) => pages.taken(),
            #[cfg(feature = "parquet")]
            Source::Rows(rows) => rows.taken(),
        }
    }

    /// Returns the next record that is to be parsed, perhaps in another thread.
    pub(super) fn next_raw(&mut self) -> Option<Result<Raw, Failure>> {
        match &mut self.source {
            Source::Archive(archive) => archive.next(&self.context),
            Source::Lines(lines) => lines.next(&self.context),
            Source::Pages(pages) => pages.next(&self.context),
            #[cfg(feature = "parquet")]
            Source::Rows(rows) => rows.next(&self.context),
        }
    }
}

impl Iterator for Reader {
    type Item = Result<Record, Failure>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            match self.next_raw()?.map_err(Refusal::Failed).and_then(Raw::record) {
                Ok(record) => return Some(Ok(record)),
                Err(Refusal::Failed(failure)) => return Some(Err(failure)),
                Err(Refusal::Skipped(kind)) => *self.skipped.entry(kind).or_default() += 1,
            }
        }
    }
}

/// A record as it was read, not yet parsed.
pub(super) struct Raw {
    pub(super) body: Body,
    pub(super) place: Place,
    pub(super) context: Arc<Context>,
}

pub(super) enum Body {
    /// A line of JSON.
    Line(Vec<u8>),
    /// A record of WARC or ARC.
    Captured { head: Box<Head>, block: Vec<u8>, repaired: Option<Repair> },
    /// A page's file, and its path.
    File { bytes: Vec<u8>, path: Option<PathBuf> },
    /// A row of Parquet.
    #[cfg(feature = "parquet")]
    Row(super::rows::Row),
}

/// Why there is no record.
pub(super) enum Refusal {
    Skipped(&'static str),
    Failed(Failure),
}

impl From<Cause> for (Option<Id>, Refused) {
    fn from(cause: Cause) -> Self {
        (None, Refused::Failed(cause))
    }
}

/// Why there is no page.
pub(super) enum Refused {
    Skipped(&'static str),
    Failed(Cause),
}

impl Raw {
    /// Returns the number of bytes held.
    pub(super) fn len(&self) -> usize {
        match &self.body {
            Body::Line(bytes) | Body::Captured { block: bytes, .. } | Body::File { bytes, .. } => bytes.len(),
            #[cfg(feature = "parquet")]
            Body::Row(row) => row.len(),
        }
    }

    pub(super) fn record(self) -> Result<Record, Refusal> {
        let Raw { body, place, context } = self;
        let record = |id, url, content, repaired, fields| Record {
            source: context.source.clone(),
            place,
            id,
            url,
            content,
            repaired,
            truncated: None,
            fields,
        };
        let found = match body {
            Body::Line(bytes) => super::jsonl::parse(&context, bytes).map(|found| {
                let (found, repaired) = found;
                record(found.id, found.url, found.content, repaired, found.fields)
            }),
            Body::Captured { head, block, repaired } => {
                let id = head.id.clone().map(Id::Text);
                captured(&context, &head, block)
                    .map(|(content, mended)| Record {
                        truncated: head.truncated,
                        ..record(id.clone(), head.url, content, repaired.or(mended), String::new())
                    })
                    .map_err(|refused| (id, refused))
            }
            Body::File { bytes, path } => {
                let format = path.as_deref().and_then(super::pages::format);
                let id = path.map(|path| Id::Text(super::pages::name(&path)));
                let content = Content::Bytes { bytes, format, charset: None };
                Ok(record(id, None, content, None, String::new()))
            }
            #[cfg(feature = "parquet")]
            Body::Row(row) => row
                .parse(&context)
                .map(|found| record(found.id, found.url, found.content, None, found.fields))
                .map_err(|(id, cause)| (id, Refused::Failed(cause))),
        };
        found.map_err(|(id, refused)| match refused {
            Refused::Skipped(kind) => Refusal::Skipped(kind),
            Refused::Failed(cause) => Refusal::Failed(Failure { source: context.source.clone(), place, id, cause }),
        })
    }
}

/// Takes the page out of a record of WARC or ARC.
fn captured(context: &Context, head: &Head, block: Vec<u8>) -> Result<(Content, Option<Repair>), Refused> {
    let skip = |kind| Err(Refused::Skipped(kind));
    match head.kind.as_str() {
        "response" | "resource" | "conversion" => {}
        "request" => return skip("request"),
        "metadata" => return skip("metadata"),
        "revisit" => return skip("revisit"),
        "warcinfo" => return skip("warcinfo"),
        "filedesc" => return skip("filedesc"),
        "continuation" => return skip("continuation"),
        _ => return skip("other"),
    }
    if !context.filter.wants_url(head.url.as_deref().unwrap_or_default()) {
        return skip("url");
    }
    let essence = mime::essence(&head.content_type);
    let is_http = head.kind == "response"
        && (essence == "application/http" || block.get(..5).is_some_and(|start| start == b"HTTP/"));
    let (bytes, declared, repaired) = if is_http {
        let response = Response::parse(&block).map_err(|why| Refused::Failed(Cause::Http(why)))?;
        if !context.filter.wants_status(response.status) {
            return skip("status");
        }
        let body = response.body(context.max_record);
        let (body, repaired) = body.map_err(|_| Refused::Failed(Cause::TooLong(context.max_record)))?;
        (body.into_owned(), response.content_type, repaired)
    } else {
        (block, head.content_type.clone(), None)
    };
    if bytes.trim_ascii().is_empty() {
        return skip("empty");
    }
    let essence = head.payload_type.as_deref().map_or_else(|| mime::essence(&declared), mime::essence);
    let format = match mime::kind(&essence, &bytes) {
        mime::Kind::Page(format) if context.filter.wants_type(&essence) => format,
        _ => return skip("type"),
    };
    let charset = mime::charset(&declared).or((head.kind == "conversion").then(|| "utf-8".to_owned()));
    let format = Some(if head.kind == "conversion" { page::Format::Text } else { format });
    Ok((Content::Bytes { bytes, format, charset }, repaired))
}
