//! Reads what `dump` wrote.

use bodycopy::dump::{Content, Failure, Kind, Reader, Summary};
use serde_json::{Map, Value};
use std::io;
use std::path::Path;

/// A record of an output.
pub(super) struct Output {
    /// Its id, or its address, or nothing.
    pub(super) key: String,
    pub(super) text: String,
    pub(super) rules: String,
    pub(super) status: String,
    pub(super) blocks: Option<Vec<Block>>,
    pub(super) removals: Option<Vec<Removal>>,
}

pub(super) struct Block {
    pub(super) text: String,
    pub(super) spans: Vec<(u64, u64)>,
}

pub(super) struct Removal {
    pub(super) span: (u64, u64),
    pub(super) rule: String,
}

/// What stands behind each message about something else.
const NEEDED: &str = "`stats` and `diff` need what `bodycopy dump` wrote";

/// Opens an output: JSON Lines or Parquet.
///
/// # Errors
///
/// It cannot be read, or is no output; a record of something else is an error in its place.
pub(super) fn open(path: &Path) -> Result<impl Iterator<Item = Result<Output, String>>, String> {
    let reader = Reader::open(path).map_err(|error| format!("{} cannot be read: {error}", path.display()))?;
    let found = match reader.kind() {
        Kind::Jsonl | Kind::Parquet => None,
        Kind::Warc | Kind::Arc => Some("a dump that was not cleaned"),
        _ => Some("no file of records"),
    };
    if let Some(found) = found {
        return Err(format!("{} is {found}; {NEEDED}", path.display()));
    }
    let reader = reader.page_fields(None, Some("text")).keep_fields(true);
    Ok(reader.map(|record| {
        let record = record.map_err(|failure: Failure| match failure.is_damage() {
            true => failure.to_string(),
            false => format!("{failure}; {NEEDED}"),
        })?;
        let fields: Map<String, Value> = serde_json::from_str(&format!("{{{}}}", record.fields)).unwrap_or_default();
        let field = |name: &str| fields.get(&format!("source_{name}")).unwrap_or(&Value::Null);
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        if let Some(name) = ["status", "rules"].into_iter().find(|name| !field(name).is_string()) {
            let (source, place) = (&record.source, record.place);
            let line = place.line.map(|n| format!(", line {n}"));
            let place = line.or(place.record.map(|n| format!(", record {n}"))).unwrap_or_default();
            return Err(format!("{source}{place}: no field `{name}`; {NEEDED}"));
        }
        // JSON Lines have a span as a pair, Parquet as a struct.
        let span = |value: &Value| match value.as_array() {
            Some(pair) => (number(pair.first()), number(pair.get(1))),
            None => (number(value.get("start")), number(value.get("end"))),
        };
        let blocks = field("blocks").as_array().map(|blocks| {
            let block = |block: &Value| Block {
                text: text(&block["text"]),
                spans: block["spans"].as_array().into_iter().flatten().map(span).collect(),
            };
            blocks.iter().map(block).collect()
        });
        let removals = field("removals").as_array().map(|removals| {
            let removal = |removal: &Value| Removal {
                span: span(removal.get("span").unwrap_or(removal)),
                rule: text(&removal["rule"]),
            };
            removals.iter().map(removal).collect()
        });
        let id = record.id.as_ref().map(|id| id.as_str().to_owned());
        Ok(Output {
            key: id.or(record.url).unwrap_or_default(),
            text: match record.content {
                Content::Html(text) | Content::Text(text) => text,
                _ => String::new(),
            },
            rules: text(field("rules")),
            status: text(field("status")),
            blocks,
            removals,
        })
    }))
}

/// Says why a folder is no output.
pub(super) fn unreadable(folder: &Path, error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound | io::ErrorKind::InvalidData => format!("{}: {error}; {NEEDED}", folder.display()),
        _ => format!("{} cannot be read: {error}", folder.display()),
    }
}

fn number(value: Option<&Value>) -> u64 {
    value.and_then(Value::as_u64).unwrap_or_default()
}

/// Counts what the records of an output say.
pub(super) fn count(path: &Path) -> Result<Summary, String> {
    let mut summary = Summary::default();
    for record in open(path)? {
        let record = record?;
        summary.records += 1;
        summary.cleaned += 1;
        summary.partial += u64::from(record.status != "complete");
        summary.kept_bytes += record.text.len() as u64;
        for removal in record.removals.iter().flatten() {
            let bytes = removal.span.1.saturating_sub(removal.span.0);
            summary.removed_bytes += bytes;
            let rule = summary.rules.entry(removal.rule.clone()).or_default();
            rule.times += 1;
            rule.bytes += bytes;
        }
    }
    Ok(summary)
}
