//! What some program made of the pages, to be scored instead of cleaning them.

use super::gold::at;
use super::{Loss, records};
use crate::cli::{Stop, flags, tell};
use bodycopy::eval::{self, Facts, Gold, Judged, Pages};
use std::collections::{HashMap, HashSet};
use std::path::Path;

/// The predictions of a file, by the ids of their pages.
pub(super) struct Predictions {
    name: String,
    by_id: HashMap<String, Prediction>,
    /// Ids of the pages that were scored, or left out because nobody asked for them.
    known: HashSet<String>,
    /// Pages of each set that there is no prediction of.
    missing: Vec<String>,
}

/// What became of a page.
#[derive(Default)]
struct Prediction {
    line: u64,
    text: String,
    facts: Facts,
}

impl Predictions {
    /// Reads a file, and tells of records that are of no use.
    ///
    /// # Errors
    ///
    /// It cannot be read, or no record has an id and a text.
    pub(super) fn read(path: &Path, loss: &mut Loss) -> Result<Self, Stop> {
        let name = flags::name(path);
        let records = records(path)?;
        let all = records.len();
        let (mut nameless, mut textless, mut twice) = (Vec::new(), Vec::new(), Vec::new());
        let mut by_id = HashMap::new();
        for (line, record) in records {
            if record["id"].is_null() {
                nameless.push(line);
                continue;
            }
            let field = |name: &str| record[name].as_str().map(str::to_owned);
            let facts = Facts {
                headline: field("headline"),
                byline: field("byline"),
                date: field("date"),
                language: field("language"),
            };
            // A program that finds nothing writes null.
            let has_text = record.get("text").is_some_and(|text| text.is_string() || text.is_null());
            if !has_text {
                textless.push(line);
            }
            let text = field("text").unwrap_or_default();
            if let Some(Prediction { line, .. }) = by_id.insert(eval::id(&record), Prediction { line, text, facts }) {
                twice.push(line);
            }
        }
        if nameless.len() + textless.len() == all {
            return Err(Stop::error(format!("{name} has no record with an `id` and a `text`, of {all}")));
        }
        for (lines, what) in [
            (&nameless, "are left out, without an `id`"),
            (&textless, "have no `text` and count as empty"),
            (&twice, "are left out, since a later one has the same `id`"),
        ] {
            if !lines.is_empty() {
                tell(format!("{name}: {} of {all} predictions {what}: {}", lines.len(), at(lines)));
                *loss = Loss::Some;
            }
        }
        Ok(Self { name, by_id, known: HashSet::new(), missing: Vec::new() })
    }

    /// Notes the pages of a set, and those of them that there is no prediction of.
    pub(super) fn meet(&mut self, name: &str, set: &Pages) {
        let missing = set.pages.iter().filter(|page| !self.by_id.contains_key(&page.id));
        let missing: Vec<u64> = missing.map(|page| page.line).collect();
        if !missing.is_empty() {
            let (n, all, at) = (missing.len(), set.pages.len(), at(&missing));
            self.missing.push(format!("{name}: {n} of {all} pages have no prediction and count as empty: {at}"));
        }
        self.known.extend(set.pages.iter().map(|page| page.id.clone()).chain(set.not_asked.iter().cloned()));
    }

    /// Scores what became of a page; nothing, if it is not there.
    pub(super) fn judge(&self, gold: &Gold) -> Judged {
        let nothing = Prediction::default();
        let made = self.by_id.get(&gold.id).unwrap_or(&nothing);
        Judged { facts: eval::compare(&gold.facts, &made.facts), ..eval::judge_text(gold, &made.text) }
    }

    /// Tells of pages without a prediction, and of predictions without a page.
    ///
    /// # Errors
    ///
    /// None is of a page.
    pub(super) fn settle(&self, loss: &mut Loss) -> Result<(), Stop> {
        let unknown = self.by_id.iter().filter(|(id, _)| !self.known.contains(*id));
        let mut unknown: Vec<(u64, &str)> = unknown.map(|(id, made)| (made.line, id.as_str())).collect();
        unknown.sort_unstable();
        let (n, all, name) = (unknown.len(), self.by_id.len(), &self.name);
        let lines: Vec<u64> = unknown.iter().map(|(line, _)| *line).collect();
        if let Some((_, id)) = unknown.first() {
            let which = format!("{}; the first has the id `{id}`", at(&lines));
            if n == all {
                let page = self.known.iter().min().map(|id| format!(", and pages have such as `{id}`"));
                let page = page.unwrap_or_default();
                return Err(Stop::error(format!("{name}: none of {all} predictions is of a page: {which}{page}")));
            }
            tell(format!("{name}: {n} of {all} predictions are of no page and are left out: {which}"));
            *loss = Loss::Some;
        }
        self.missing.iter().for_each(tell);
        Ok(())
    }
}
