//! Reads what `dump` wrote.

use bodycopy::dump::{Content, Reader, Summary};
use serde_json::{Map, Value};
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

/// Opens an output: JSON Lines or Parquet.
pub(super) fn open(path: &Path) -> Result<impl Iterator<Item = Result<Output, String>>, String> {
    let reader = Reader::open(path).map_err(|error| format!("{} cannot be read: {error}", path.display()))?;
    let reader = reader.page_fields(None, Some("text")).keep_fields(true);
    Ok(reader.map(|record| {
        let record = record.map_err(|failure| failure.to_string())?;
        let fields: Map<String, Value> = serde_json::from_str(&format!("{{{}}}", record.fields)).unwrap_or_default();
        let field = |name: &str| fields.get(&format!("source_{name}")).unwrap_or(&Value::Null);
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
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
