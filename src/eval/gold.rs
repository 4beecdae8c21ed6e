//! Reads pages whose body is known: JSON Lines, plain or packed.

use super::facts::Facts;
use crate::dump::unpack::Unpacked;
use crate::page::Format;
use serde_json::Value;
use std::io::{self, BufRead};
use std::path::Path;

/// Which fields of a record hold what.
#[derive(Clone, Debug)]
pub struct Fields {
    /// The page as HTML.
    pub html: String,
    /// The page as flattened text, read where there is no HTML.
    pub text: String,
    /// The body as people marked it.
    pub gold: String,
    /// Only records in which each of these fields holds this value.
    pub only: Vec<(String, String)>,
}

impl Default for Fields {
    fn default() -> Self {
        Self { html: "html".into(), text: "flat".into(), gold: "text".into(), only: Vec::new() }
    }
}

/// A page and what is known of it.
#[derive(Clone, Debug, Default)]
pub struct Gold {
    /// The line of the file on which it stands, counted from 1.
    pub line: u64,
    /// The record's `id`.
    pub id: String,
    /// The record's `url`.
    pub url: Option<String>,
    /// Its `title`, `author`, `date` and `lang`.
    pub facts: Facts,
    /// The page.
    pub source: String,
    /// Whether the page is HTML.
    pub is_html: bool,
    /// The body. Empty is known too: the page has no article, and nothing of it should be kept.
    pub body: Option<String>,
    /// Text that the result must hold.
    pub with: Vec<String>,
    /// Text that it must not hold.
    pub without: Vec<String>,
    /// The record's `page_type`.
    pub page_type: Option<String>,
    /// Share of the body that the page's markup holds, where the record says so in `cov`.
    pub coverage: Option<f64>,
}

/// The pages of a file, and what stands beside them.
#[derive(Clone, Debug, Default)]
pub struct Pages {
    /// The pages, in the order of the file.
    pub pages: Vec<Gold>,
    /// Lines of records that hold no page.
    pub without_page: Vec<u64>,
    /// Ids of records that nobody asked for.
    pub not_asked: Vec<String>,
}

impl Gold {
    /// Returns whether the body is known, or text that the result must or must not hold.
    pub fn has_text(&self) -> bool {
        self.body.is_some() || !self.with.is_empty() || !self.without.is_empty()
    }

    /// Returns whether anything is known of the page by which a result can be scored.
    pub fn is_known(&self) -> bool {
        let Facts { headline, byline, date, language } = &self.facts;
        self.has_text() || [headline, byline, date, language].into_iter().any(Option::is_some)
    }

    pub(crate) fn format(&self) -> Format {
        if self.is_html { Format::Html } else { Format::Text }
    }
}

/// Calls `each` with every record of a file that holds a page.
///
/// # Errors
///
/// The file cannot be read, or a line is no JSON object; the message names the line.
pub fn read(path: &Path, fields: &Fields, mut each: impl FnMut(Gold)) -> io::Result<()> {
    each_record(path, |line, record| {
        if is_asked(&record, fields)
            && let Some(gold) = gold(line, &record, fields)
        {
            each(gold);
        }
    })
}

/// Reads all pages of a file into memory.
///
/// # Errors
///
/// Those of [`read`].
pub fn load(path: &Path, fields: &Fields) -> io::Result<Pages> {
    let mut out = Pages::default();
    each_record(path, |line, record| match gold(line, &record, fields) {
        _ if !is_asked(&record, fields) => out.not_asked.push(id(&record)),
        Some(gold) => out.pages.push(gold),
        None => out.without_page.push(line),
    })?;
    Ok(out)
}

/// Returns all records of a file, each with its line, counted from 1.
///
/// # Errors
///
/// Those of [`read`].
pub fn records(path: &Path) -> io::Result<Vec<(u64, Value)>> {
    let mut out = Vec::new();
    each_record(path, |line, record| out.push((line, record)))?;
    Ok(out)
}

/// Returns a record's `id` as text.
pub fn id(record: &Value) -> String {
    match &record["id"] {
        Value::String(id) => id.clone(),
        other => other.to_string(),
    }
}

fn each_record(path: &Path, mut each: impl FnMut(u64, Value)) -> io::Result<()> {
    for (number, line) in (1..).zip(Unpacked::open(path)?.split(b'\n')) {
        let line = line?;
        if line.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        let record: Value = serde_json::from_slice(&line)
            .map_err(|error| io::Error::new(io::ErrorKind::InvalidData, format!("line {number}: {error}")))?;
        each(number, record);
    }
    Ok(())
}

fn is_asked(record: &Value, fields: &Fields) -> bool {
    fields.only.iter().all(|(name, value)| match &record[name] {
        Value::String(text) => text == value,
        // Numbers and truth values, as JSON writes them.
        other => serde_json::from_str::<Value>(value).is_ok_and(|value| value == *other),
    })
}

fn gold(line: u64, record: &Value, fields: &Fields) -> Option<Gold> {
    let text = |name: &str| record[name].as_str().map(str::to_owned);
    let list = |name: &str| {
        let items = record[name].as_array().into_iter().flatten();
        items.filter_map(|item| item.as_str().map(str::to_owned)).collect::<Vec<_>>()
    };
    let html = text(&fields.html);
    Some(Gold {
        is_html: html.is_some(),
        source: html.or_else(|| text(&fields.text))?,
        line,
        id: id(record),
        url: text("url"),
        facts: Facts { headline: text("title"), byline: text("author"), date: text("date"), language: text("lang") },
        body: text(&fields.gold),
        with: list("with"),
        without: list("without"),
        page_type: text("page_type"),
        coverage: record["cov"].as_f64(),
    })
}
