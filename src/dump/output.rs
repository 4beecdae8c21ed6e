//! Writes records: to a temporary file, renamed at the end, so that no output is ever half written.

use super::place::{Unfinished, Written};
use super::record::Record;
use super::row::{Extras, Row};
use crate::article::Cleaned;
use flate2::Compression;
use flate2::write::GzEncoder;
use std::fs::{self, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::Path;

/// How outputs are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum To {
    /// JSON Lines.
    Jsonl,
    /// JSON Lines packed with gzip.
    JsonlGz,
    /// JSON Lines packed with zstd.
    #[default]
    JsonlZst,
    /// Parquet.
    #[cfg(feature = "parquet")]
    Parquet,
}

impl To {
    /// Returns the ending that names of such files have.
    pub const fn ending(self) -> &'static str {
        match self {
            To::Jsonl => "jsonl",
            To::JsonlGz => "jsonl.gz",
            To::JsonlZst => "jsonl.zst",
            #[cfg(feature = "parquet")]
            To::Parquet => "parquet",
        }
    }

    /// Returns what a file's name asks for by its last ending: `.gz`, `.zst`, `.parquet`; JSON Lines for any other.
    pub fn of_name(path: &Path) -> Self {
        Self::named(path).unwrap_or(To::Jsonl)
    }

    /// Does the same, but returns nothing for an ending that says nothing; `.jsonl`, `.ndjson` and `.json` say JSON Lines.
    pub fn named(path: &Path) -> Option<Self> {
        Some(match path.extension()?.to_ascii_lowercase().to_str()? {
            "jsonl" | "ndjson" | "json" => To::Jsonl,
            "gz" => To::JsonlGz,
            "zst" => To::JsonlZst,
            #[cfg(feature = "parquet")]
            "parquet" => To::Parquet,
            _ => return None,
        })
    }
}

/// Writes cleaned records, as JSON Lines or Parquet.
///
/// Each has `id`, `url`, `text`, `headline`, `byline`, `date`, `language`, `status` and `rules`, the version of the rules;
/// `origin` when the body stands only in a script; `repaired` when the record or its charset had to be mended; `truncated`,
/// with the reason, when the crawler stored only a part of the page; the [kept fields](super::Reader::keep_fields) of the
/// input; and [`blocks`](Self::blocks) and [`removals`](Self::removals) when asked for. A field of the input that has the
/// name of one of these comes as `source_…`.
///
/// Parquet has the same as columns: `id` as a string, `fields` as one string that is a JSON object, `blocks` and `removals` as
/// lists of structs.
///
/// A file appears under its name only at [`finish`](Self::finish), whole; a writer that is dropped before leaves an
/// existing file as it was.
#[must_use]
pub struct Writer {
    out: Out,
    extras: Extras,
}

type Sink = BufWriter<Box<dyn Write + Send>>;

enum Out {
    Plain(End),
    Gzip(Box<GzEncoder<End>>),
    Zstd(zstd::Encoder<'static, End>),
    #[cfg(feature = "parquet")]
    Parquet(Box<super::columns::Columns>),
    /// While it is finished.
    Gone,
}

/// Where the bytes go.
pub(super) enum End {
    File(Unfinished),
    Other(Sink),
}

impl Write for End {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            End::File(file) => file.write(bytes),
            End::Other(sink) => sink.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            End::File(file) => file.flush(),
            End::Other(sink) => sink.flush(),
        }
    }
}

impl End {
    fn finish(self) -> io::Result<Option<Written>> {
        match self {
            End::File(file) => file.finish().map(Some),
            End::Other(mut sink) => sink.flush().map(|()| None),
        }
    }

    fn temporary(&self) -> Option<&Path> {
        match self {
            End::File(file) => Some(file.temporary()),
            End::Other(_) => None,
        }
    }
}

impl Writer {
    /// Writes to a file, [as its name says](To::of_name).
    ///
    /// Until [`finish`](Self::finish) a [temporary file](Self::temporary) in the same folder holds what is written. What
    /// is no plain file, such as a named pipe or `/dev/null`, is written to directly.
    ///
    /// # Errors
    ///
    /// The file cannot be created.
    pub fn create(path: impl AsRef<Path>) -> io::Result<Self> {
        let path = path.as_ref();
        Self::create_as(path, To::of_name(path))
    }

    /// Writes to a file in this form, whatever its name; otherwise as [`create`](Self::create) does.
    ///
    /// # Errors
    ///
    /// The file cannot be created.
    pub fn create_as(path: impl AsRef<Path>, to: To) -> io::Result<Self> {
        let path = path.as_ref();
        let is_other = fs::metadata(path).is_ok_and(|there| !there.is_file() && !there.is_dir());
        let end = match is_other {
            true => End::Other(BufWriter::new(Box::new(OpenOptions::new().write(true).open(path)?))),
            false => End::File(Unfinished::beside(path)?),
        };
        Self::over(end, to)
    }

    /// Writes JSON Lines to anything, not packed.
    pub fn new(write: impl Write + Send + 'static) -> Self {
        let end = End::Other(BufWriter::new(Box::new(write)));
        Self { out: Out::Plain(end), extras: Extras::default() }
    }

    /// Writes to anything in this form.
    ///
    /// # Errors
    ///
    /// The head of a Parquet file cannot be written.
    pub fn to(write: impl Write + Send + 'static, to: To) -> io::Result<Self> {
        Self::over(End::Other(BufWriter::new(Box::new(write))), to)
    }

    pub(super) fn over(end: End, to: To) -> io::Result<Self> {
        let out = match to {
            To::Jsonl => Out::Plain(end),
            To::JsonlGz => Out::Gzip(Box::new(GzEncoder::new(end, Compression::default()))),
            To::JsonlZst => {
                let mut encoder = zstd::Encoder::new(end, 0)?;
                encoder.include_checksum(true)?;
                Out::Zstd(encoder)
            }
            #[cfg(feature = "parquet")]
            To::Parquet => Out::Parquet(Box::new(super::columns::Columns::new(end)?)),
        };
        Ok(Self { out, extras: Extras::default() })
    }

    /// Adds to each record its kept blocks: `role`, `level` of headings and list items, `text`, `spans`, and the `rule` that
    /// asked for it. The default is not to.
    pub fn blocks(mut self, on: bool) -> Self {
        self.extras.blocks = on;
        self
    }

    /// Adds to each record what was removed: `span`, `rule`, `category`, `role`, `reason`. The default is not to.
    pub fn removals(mut self, on: bool) -> Self {
        self.extras.removals = on;
        self
    }

    /// Returns the file that holds what was written until [`finish`](Self::finish).
    pub fn temporary(&self) -> Option<&Path> {
        match &self.out {
            Out::Plain(end) => end.temporary(),
            Out::Gzip(out) => out.get_ref().temporary(),
            Out::Zstd(out) => out.get_ref().temporary(),
            #[cfg(feature = "parquet")]
            Out::Parquet(out) => out.end().temporary(),
            Out::Gone => None,
        }
    }

    /// Writes a record, cleaned.
    ///
    /// # Errors
    ///
    /// It cannot be written.
    pub fn write(&mut self, record: &Record, cleaned: &Cleaned) -> io::Result<()> {
        let row = Row::new(record, cleaned, self.extras);
        let made = self.shape().make(row);
        self.put(&made)
    }

    pub(super) fn shape(&self) -> Shape {
        Shape {
            extras: self.extras,
            #[cfg(feature = "parquet")]
            is_parquet: matches!(self.out, Out::Parquet(_)),
        }
    }

    /// Writes a record that another thread has made.
    pub(super) fn put(&mut self, made: &Made) -> io::Result<()> {
        match (made, &mut self.out) {
            (Made::Line(line), _) => self.put_line(line),
            #[cfg(feature = "parquet")]
            (Made::Row(row), Out::Parquet(columns)) => columns.put(row),
            #[cfg(feature = "parquet")]
            (Made::Row(row), _) => {
                let mut line = Vec::new();
                row.write_json(&mut line);
                self.put_line(&line)
            }
        }
    }

    pub(super) fn put_line(&mut self, line: &[u8]) -> io::Result<()> {
        match &mut self.out {
            Out::Plain(out) => out.write_all(line),
            Out::Gzip(out) => out.write_all(line),
            Out::Zstd(out) => out.write_all(line),
            #[cfg(feature = "parquet")]
            Out::Parquet(_) => Ok(()),
            Out::Gone => Ok(()),
        }
    }

    /// Flushes, and puts a file in its place once the disk has it. Returns what the file holds; nothing when the output is no
    /// file.
    ///
    /// # Errors
    ///
    /// What is left cannot be written, or the file cannot be renamed; then the temporary file is removed.
    pub fn finish(mut self) -> io::Result<Option<Written>> {
        match std::mem::replace(&mut self.out, Out::Gone) {
            Out::Plain(out) => out.finish(),
            Out::Gzip(out) => out.finish()?.finish(),
            Out::Zstd(out) => out.finish()?.finish(),
            #[cfg(feature = "parquet")]
            Out::Parquet(out) => out.finish()?.finish(),
            Out::Gone => Ok(None),
        }
    }
}

/// What the records of a writer look like, for the threads that make them.
#[derive(Clone, Copy)]
pub(super) struct Shape {
    pub(super) extras: Extras,
    #[cfg(feature = "parquet")]
    pub(super) is_parquet: bool,
}

/// A record, ready to be written.
pub(super) enum Made {
    Line(Vec<u8>),
    #[cfg(feature = "parquet")]
    Row(Box<Row>),
}

impl Shape {
    pub(super) fn make(self, row: Row) -> Made {
        #[cfg(feature = "parquet")]
        if self.is_parquet {
            return Made::Row(Box::new(row));
        }
        let mut line = Vec::with_capacity(row.text.len() + 512);
        row.write_json(&mut line);
        Made::Line(line)
    }
}
