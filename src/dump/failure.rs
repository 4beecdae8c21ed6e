//! What went wrong, and where: with a record, or with the input around it.

use super::record::{Id, Place};
use super::row::string;
use std::fmt;
use std::sync::Arc;

/// A record that could not be cleaned, or damage of an input.
///
/// ```
/// use bodycopy::dump::Reader;
///
/// let mut reader = Reader::new("{\"id\":7,\"html\":3}\n".as_bytes(), "news.jsonl")?;
/// let failure = reader.next().expect("one line").expect_err("no text");
/// assert_eq!(failure.to_string(), "news.jsonl, line 1, id 7: field `html` is a number, not a string");
/// assert!(!failure.is_damage());
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Failure {
    /// The input's name.
    pub source: Arc<str>,
    /// Where it happened.
    pub place: Place,
    /// The record's id, if it could be read.
    pub id: Option<Id>,
    /// What is wrong.
    pub cause: Cause,
}

impl Failure {
    /// Returns whether it is the input that is damaged; otherwise one record failed, and it alone.
    pub fn is_damage(&self) -> bool {
        self.cause.is_damage()
    }

    /// Returns the failure as a line of JSON: `input`, `offset`, `record` and `line` where known, `id`, `cause` and `message`.
    pub fn json_line(&self) -> Vec<u8> {
        let mut line = b"{\"input\":".to_vec();
        string(&mut line, &self.source);
        line.extend_from_slice(format!(",\"offset\":{}", self.place.offset).as_bytes());
        for (name, value) in [("record", self.place.record), ("line", self.place.line)] {
            if let Some(value) = value {
                line.extend_from_slice(format!(",\"{name}\":{value}").as_bytes());
            }
        }
        line.extend_from_slice(b",\"id\":");
        match &self.id {
            Some(id) => string(&mut line, id.as_str()),
            None => line.extend_from_slice(b"null"),
        }
        line.extend_from_slice(b",\"cause\":");
        string(&mut line, self.cause.name());
        line.extend_from_slice(b",\"message\":");
        string(&mut line, &self.cause.to_string());
        line.extend_from_slice(b"}\n");
        line
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.source)?;
        match self.place {
            Place { line: Some(line), .. } => write!(f, ", line {line}")?,
            Place { record: Some(record), offset, .. } => write!(f, ", record {record} at byte {offset}")?,
            _ => {}
        }
        if let Some(id) = &self.id {
            write!(f, ", id {id}")?;
        }
        write!(f, ": {}", self.cause)
    }
}

impl std::error::Error for Failure {}

/// Why a record failed, or how an input is damaged.
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
    /// The record has more than this many bytes, or unpacks to more.
    TooLong(usize),
    /// The record is no HTTP message, though it says it is one.
    Http(&'static str),
    /// A rule panicked on the page, which is a defect of the rule.
    Panicked,
    /// Only a part of the page was read, because this limit was reached. The record is in the output all the same, with the
    /// same words as its `status`.
    Partial(String),
    /// Damage: the input ends within a compressed stream or within a record.
    Cut {
        /// Bytes of the input, as stored, before the end.
        at: u64,
    },
    /// Damage: a stretch of the input cannot be unpacked.
    Corrupt {
        /// Bytes of the input, as stored, before the place where it was noticed.
        at: u64,
        /// What the unpacker says.
        error: String,
        /// Where reading goes on, if anything readable follows.
        resumed: Option<u64>,
    },
    /// Damage: the system cannot read the input any further.
    Unreadable {
        /// Bytes of the input, as stored, that were read.
        at: u64,
        /// What the system says.
        error: String,
    },
    /// Damage: bytes between records that belong to none.
    Garbage {
        /// Bytes of the input, as stored, before them.
        at: u64,
        /// How many.
        bytes: u64,
    },
    /// Damage: a record is shorter or longer than its header says. It is mended, and in the output.
    Length {
        /// What the header says, if it says anything.
        declared: Option<u64>,
        /// Bytes up to where the next record begins.
        found: u64,
    },
}

impl Cause {
    /// Returns the name under which a summary counts it.
    pub const fn name(&self) -> &'static str {
        match self {
            Cause::Json(_) => "bad JSON",
            Cause::Missing(_) => "missing field",
            Cause::NotText { .. } => "field not a string",
            Cause::TooLong(_) => "record too long",
            Cause::Http(_) => "bad HTTP message",
            Cause::Panicked => "panic",
            Cause::Partial(_) => "read in part",
            Cause::Cut { .. } => "input cut short",
            Cause::Corrupt { .. } => "corrupt data",
            Cause::Unreadable { .. } => "input unreadable",
            Cause::Garbage { .. } => "garbage between records",
            Cause::Length { .. } => "wrong length",
        }
    }

    /// Returns whether the input is damaged, and not a record alone wrong.
    pub const fn is_damage(&self) -> bool {
        matches!(
            self,
            Cause::Cut { .. }
                | Cause::Corrupt { .. }
                | Cause::Unreadable { .. }
                | Cause::Garbage { .. }
                | Cause::Length { .. }
        )
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
            Cause::TooLong(most) => write!(f, "the record has more than {most} bytes"),
            Cause::Http(error) => write!(f, "no HTTP message: {error}"),
            Cause::Panicked => f.write_str("a rule panicked on this page"),
            Cause::Partial(status) => f.write_str(status),
            Cause::Cut { at } => write!(f, "cut short: the input ends at byte {at}, before the end of what it holds"),
            Cause::Corrupt { at, error, resumed: Some(resumed) } => {
                write!(f, "corrupt from byte {at}: {error}; reading goes on at byte {resumed}")
            }
            Cause::Corrupt { at, error, resumed: None } => {
                write!(f, "corrupt from byte {at}: {error}; nothing readable follows")
            }
            Cause::Unreadable { at: 0, error } => write!(f, "cannot be read: {error}"),
            Cause::Unreadable { at, error } => write!(f, "cannot be read on from byte {at}: {error}"),
            Cause::Garbage { at, bytes } => write!(f, "{bytes} bytes at byte {at} belong to no record"),
            Cause::Length { declared: Some(declared), found } => {
                write!(f, "the header says {declared} bytes and there are {found}; taken up to the next record")
            }
            Cause::Length { declared: None, found } => {
                write!(f, "the header gives no length; {found} bytes taken, up to the next record")
            }
        }
    }
}
