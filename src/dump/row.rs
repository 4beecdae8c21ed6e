//! What an output record holds, and how JSON Lines write it.

use super::record::{Id, Record};
use crate::article::{Cleaned, Origin, Status};

/// What of a record is written, besides what every record has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Extras {
    pub(super) blocks: bool,
    pub(super) removals: bool,
}

/// An output record.
pub(super) struct Row {
    pub(super) id: Option<Id>,
    pub(super) url: Option<String>,
    pub(super) text: String,
    pub(super) headline: Option<String>,
    pub(super) byline: Option<String>,
    pub(super) date: Option<String>,
    pub(super) language: Option<String>,
    pub(super) status: String,
    pub(super) rules: &'static str,
    pub(super) origin: Option<String>,
    pub(super) repaired: Option<&'static str>,
    pub(super) truncated: Option<String>,
    /// Fields of the input, as the inside of a JSON object.
    pub(super) fields: String,
    pub(super) blocks: Option<Vec<BlockRow>>,
    pub(super) removals: Option<Vec<RemovalRow>>,
    /// Whether the whole page was read.
    pub(super) is_complete: bool,
}

pub(super) struct BlockRow {
    pub(super) role: &'static str,
    pub(super) level: u8,
    pub(super) text: String,
    pub(super) spans: Vec<(u32, u32)>,
    pub(super) rule: Option<&'static str>,
}

pub(super) struct RemovalRow {
    pub(super) span: (u32, u32),
    pub(super) rule: &'static str,
    pub(super) category: String,
    pub(super) role: Option<&'static str>,
    pub(super) reason: String,
}

impl Row {
    pub(super) fn new(record: &Record, cleaned: &Cleaned, extras: Extras) -> Self {
        let own = |text: Option<&str>| text.map(ToOwned::to_owned);
        let blocks = extras.blocks.then(|| {
            let blocks = cleaned.kept().iter().map(|kept| BlockRow {
                role: kept.role.name(),
                level: kept.level,
                text: kept.text.clone(),
                spans: kept.spans.iter().map(|span| (span.start, span.end)).collect(),
                rule: kept.rule,
            });
            blocks.collect()
        });
        let removals = extras.removals.then(|| {
            let removals = cleaned.removals().iter().map(|removal| RemovalRow {
                span: (removal.span.start, removal.span.end),
                rule: removal.rule,
                category: removal.category.to_string(),
                role: removal.role.map(|role| role.name()),
                reason: removal.reason.to_string(),
            });
            removals.collect()
        });
        Self {
            id: record.id.clone(),
            url: record.url.clone(),
            text: cleaned.text(),
            headline: own(cleaned.headline()),
            byline: own(cleaned.byline()),
            date: own(cleaned.date()),
            language: own(cleaned.language()),
            status: cleaned.status().to_string(),
            rules: cleaned.rules_version(),
            origin: (cleaned.origin() != Origin::Page).then(|| cleaned.origin().to_string()),
            repaired: record.repaired.map(|repair| repair.name()).or(cleaned.is_mended().then_some("mojibake")),
            truncated: record.truncated.clone(),
            fields: record.fields.clone(),
            blocks,
            removals,
            is_complete: cleaned.status() == Status::Complete,
        }
    }

    /// Returns about how many bytes it holds.
    #[cfg(feature = "parquet")]
    pub(super) fn len(&self) -> usize {
        let blocks = self.blocks.iter().flatten().map(|block| block.text.len() + 64).sum::<usize>();
        let removals = self.removals.iter().flatten().map(|removal| removal.reason.len() + 64).sum::<usize>();
        self.text.len() + self.fields.len() + blocks + removals + 256
    }

    /// Appends the record as a line of JSON.
    pub(super) fn write_json(&self, line: &mut Vec<u8>) {
        line.extend_from_slice(b"{\"id\":");
        match &self.id {
            Some(Id::Text(id)) => string(line, id),
            Some(Id::Number(id) | Id::Json(id)) => line.extend_from_slice(id.as_bytes()),
            None => line.extend_from_slice(b"null"),
        }
        for (name, value) in [
            ("url", self.url.as_deref()),
            ("text", Some(self.text.as_str())),
            ("headline", self.headline.as_deref()),
            ("byline", self.byline.as_deref()),
            ("date", self.date.as_deref()),
            ("language", self.language.as_deref()),
            ("status", Some(&self.status)),
            ("rules", Some(self.rules)),
        ] {
            key(line, name);
            match value {
                Some(value) => string(line, value),
                None => line.extend_from_slice(b"null"),
            }
        }
        for (name, value) in
            [("origin", self.origin.as_deref()), ("repaired", self.repaired), ("truncated", self.truncated.as_deref())]
        {
            if let Some(value) = value {
                key(line, name);
                string(line, value);
            }
        }
        if !self.fields.is_empty() {
            line.push(b',');
            line.extend_from_slice(self.fields.as_bytes());
        }
        if let Some(blocks) = &self.blocks {
            key(line, "blocks");
            list(line, blocks, |line, block| {
                line.extend_from_slice(b"{\"role\":");
                string(line, block.role);
                if block.level > 0 {
                    key(line, "level");
                    line.extend_from_slice(block.level.to_string().as_bytes());
                }
                key(line, "text");
                string(line, &block.text);
                key(line, "spans");
                list(line, &block.spans, |line, s| span(line, *s));
                if let Some(rule) = block.rule {
                    key(line, "rule");
                    string(line, rule);
                }
                line.push(b'}');
            });
        }
        if let Some(removals) = &self.removals {
            key(line, "removals");
            list(line, removals, |line, removal| {
                line.extend_from_slice(b"{\"span\":");
                span(line, removal.span);
                key(line, "rule");
                string(line, removal.rule);
                key(line, "category");
                string(line, &removal.category);
                if let Some(role) = removal.role {
                    key(line, "role");
                    string(line, role);
                }
                key(line, "reason");
                string(line, &removal.reason);
                line.push(b'}');
            });
        }
        line.extend_from_slice(b"}\n");
    }
}

fn list<T>(line: &mut Vec<u8>, items: &[T], mut write: impl FnMut(&mut Vec<u8>, &T)) {
    line.push(b'[');
    for (i, item) in items.iter().enumerate() {
        if i > 0 {
            line.push(b',');
        }
        write(line, item);
    }
    line.push(b']');
}

fn span(line: &mut Vec<u8>, (start, end): (u32, u32)) {
    line.extend_from_slice(format!("[{start},{end}]").as_bytes());
}

fn key(line: &mut Vec<u8>, name: &str) {
    line.push(b',');
    string(line, name);
    line.push(b':');
}

pub(super) fn string(line: &mut Vec<u8>, value: &str) {
    serde_json::to_writer(line, value).expect("a string can be written to memory");
}
