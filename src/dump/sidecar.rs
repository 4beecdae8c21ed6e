//! Writes what was removed and kept as spans beside the page, for tools that take such spans.

use super::record::Record;
use super::row::string;
use crate::article::Cleaned;
use std::collections::BTreeMap;

/// A format of spans in a file of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Sidecar {
    /// Attributes of Dolma: a line for each record, with its `id` and under `attributes` lists of `[start, end, 1.0]` by name:
    /// `bodycopy__removed__share-bar`, `bodycopy__role__body` … Start and end count characters (Unicode scalar values) of
    /// the page as it was put in: its text, or its HTML once decoded.
    Dolma,
}

impl Sidecar {
    /// Returns the line of a record.
    pub(super) fn line(self, record: &Record, cleaned: &Cleaned) -> Vec<u8> {
        let mut spans: BTreeMap<String, Vec<(u32, u32)>> = BTreeMap::new();
        for kept in cleaned.kept() {
            let list = spans.entry(format!("bodycopy__role__{}", kept.role)).or_default();
            list.extend(kept.spans.iter().map(|span| (span.start, span.end)));
        }
        for removal in cleaned.removals() {
            let list = spans.entry(format!("bodycopy__removed__{}", removal.rule)).or_default();
            list.push((removal.span.start, removal.span.end));
        }
        let characters = Characters::new(cleaned.source(), &spans);
        let mut line = b"{\"id\":".to_vec();
        match &record.id {
            Some(id) => string(&mut line, id.as_str()),
            None => line.extend_from_slice(b"null"),
        }
        line.extend_from_slice(b",\"attributes\":{");
        for (i, (name, list)) in spans.iter().enumerate() {
            if i > 0 {
                line.push(b',');
            }
            string(&mut line, name);
            line.extend_from_slice(b":[");
            for (j, &(start, end)) in list.iter().enumerate() {
                let comma = if j > 0 { "," } else { "" };
                let span = format!("{comma}[{},{},1.0]", characters.at(start), characters.at(end));
                line.extend_from_slice(span.as_bytes());
            }
            line.push(b']');
        }
        line.extend_from_slice(b"}}\n");
        line
    }
}

/// Characters before each byte that matters.
struct Characters {
    bytes: Vec<u32>,
    characters: Vec<usize>,
}

impl Characters {
    /// Goes over the text once.
    fn new(text: &str, spans: &BTreeMap<String, Vec<(u32, u32)>>) -> Self {
        let mut bytes: Vec<u32> = spans.values().flatten().flat_map(|&(start, end)| [start, end]).collect();
        bytes.sort_unstable();
        bytes.dedup();
        let (mut at, mut n) = (0, 0);
        let characters = bytes.iter().map(|&byte| {
            let piece = text.as_bytes().get(at..byte as usize).unwrap_or_default();
            n += piece.iter().filter(|b| **b & 0xc0 != 0x80).count();
            at = byte as usize;
            n
        });
        let characters = characters.collect();
        Self { bytes, characters }
    }

    fn at(&self, byte: u32) -> usize {
        self.bytes.binary_search(&byte).map_or(0, |i| self.characters[i])
    }
}
