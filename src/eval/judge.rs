//! Judges one cleaned page: how much of the body is there, what leaked in, and which rules are to blame.

use super::align;
use super::facts::{Agreement, Facts, compare};
use super::gold::Gold;
use super::words::{Bag, Words, f1};
use crate::article::Cleaned;
use crate::document::Document;
use crate::page::Page;
use crate::pipeline::Pipeline;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// What goes most wrong with a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Failure {
    /// Half of the body or more is in no block of the page.
    NotThere,
    /// Less than a third of the body is kept, and less than a third of what is kept is body; or anything is kept of a page
    /// without an article.
    WrongBlock,
    /// Body was removed.
    Missing,
    /// Text before the body is kept.
    LeakedHead,
    /// Text in the middle of the body is kept.
    LeakedInline,
    /// Text after the body is kept.
    LeakedTail,
}

impl Failure {
    /// All, in the order of the tables.
    pub const ALL: [Failure; 6] = [
        Failure::NotThere,
        Failure::WrongBlock,
        Failure::Missing,
        Failure::LeakedHead,
        Failure::LeakedInline,
        Failure::LeakedTail,
    ];

    /// Returns the name that tables and records use.
    pub const fn name(self) -> &'static str {
        match self {
            Failure::NotThere => "not in the page",
            Failure::WrongBlock => "wrong block",
            Failure::Missing => "missing body",
            Failure::LeakedHead => "leaked head",
            Failure::LeakedInline => "leaked inline",
            Failure::LeakedTail => "leaked tail",
        }
    }
}

/// A page with a lower F1 than this counts as a failure.
pub(crate) const GOOD: f64 = 0.95;

/// What one page comes to.
#[derive(Clone, Debug, Default)]
pub struct Judged {
    /// The record's id.
    pub id: String,
    /// The language that the record names.
    pub language: Option<String>,
    /// Word precision, recall and F1 against the body, where it is known. Of a page without an article all are 1 when nothing
    /// is kept, and 0 otherwise.
    pub score: Option<(f64, f64, f64)>,
    /// Words that are kept of a page without an article.
    pub kept_of_nothing: Option<usize>,
    /// Share of the text asked for that is there.
    pub with: Option<f64>,
    /// Share of the forbidden text that is there.
    pub without: Option<f64>,
    /// How headline, byline, date and language agree with those known.
    pub facts: Agreement,
    /// What goes most wrong, of a page that is not good.
    pub failure: Option<Failure>,
    /// Words lost or leaked, by kind.
    pub words: BTreeMap<&'static str, usize>,
    /// Words of body that each rule took.
    pub taken: BTreeMap<&'static str, usize>,
    /// The reasons for the largest wrong decision: of a block that was taken, or kept.
    pub reason: Option<String>,
    /// The cleaned text's hash, which tells whether two runs differ.
    pub hash: u64,
}

impl Judged {
    /// Returns the judgement as one JSON object.
    pub fn json(&self, set: &str) -> Value {
        let (p, r, f1) = self.score.map_or((None, None, None), |(p, r, f)| (Some(p), Some(r), Some(f)));
        json!({
            "set": set, "id": self.id, "lang": self.language, "p": p, "r": r, "f1": f1, "with": self.with,
            "without": self.without, "failure": self.failure.map(Failure::name), "words": self.words,
            "taken": self.taken, "reason": self.reason, "hash": format!("{:016x}", self.hash),
        })
    }
}

/// Cleans a page and judges the result.
pub fn judge(pipeline: &Pipeline, gold: &Gold) -> Judged {
    let cleaned = clean(pipeline, gold);
    let own = |fact: Option<&str>| fact.map(str::to_owned);
    let facts = Facts {
        headline: own(cleaned.headline()),
        byline: own(cleaned.byline()),
        date: own(cleaned.date()),
        language: own(cleaned.language()),
    };
    let mut out = Judged { facts: compare(&gold.facts, &facts), ..judge_text(gold, &cleaned.text()) };
    match &gold.body {
        Some(body) => blame(&mut out, pipeline, gold, body, &cleaned),
        None => blame_snippets(&mut out, pipeline, gold, &cleaned),
    }
    out
}

/// Cleans a page and judges the text alone, which is faster: nothing is said of what went wrong.
pub fn judge_only(pipeline: &Pipeline, gold: &Gold) -> Judged {
    judge_text(gold, &clean(pipeline, gold).text())
}

pub(super) fn clean<'g>(pipeline: &Pipeline, gold: &'g Gold) -> Cleaned<'g> {
    let page = if gold.is_html { Page::html(&gold.source) } else { Page::text(&gold.source) };
    pipeline.clean(match &gold.url {
        Some(url) => page.with_url(url.as_str()),
        None => page,
    })
}

/// Judges a text that some other program made of the page.
pub fn judge_text(gold: &Gold, text: &str) -> Judged {
    let mut words = Words::default();
    let folded = fold(text);
    let kept = words.of(text);
    let body = gold.body.as_deref().map(|body| words.of(body));
    let share = |snippets: &[String]| {
        let found = snippets.iter().filter(|snippet| folded.contains(&fold(snippet))).count();
        (!snippets.is_empty()).then(|| found as f64 / snippets.len() as f64)
    };
    Judged {
        id: gold.id.clone(),
        language: gold.facts.language.clone(),
        score: body.as_ref().map(|body| f1(&kept, body)),
        kept_of_nothing: body.filter(Vec::is_empty).map(|_| kept.len()),
        with: share(&gold.with),
        without: share(&gold.without),
        hash: super::hash(text),
        ..Judged::default()
    }
}

/// Joins runs of white space and folds case.
pub(crate) fn fold(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// Compares the page's blocks with the body, and finds who took what was body and kept what was not.
fn blame(out: &mut Judged, pipeline: &Pipeline, gold: &Gold, body: &str, cleaned: &Cleaned) {
    let (document, _) = pipeline.read(&gold.source, gold.format(), Document::empty());
    let mut words = Words::default();
    let body = words.of(body);
    let blocks: Vec<Vec<u32>> = document.blocks.iter().map(|block| words.of(document.text(block))).collect();
    let labels = align::coverage(&blocks, &body);
    let is_body = |i: &usize| labels[*i] >= 0.5;
    let first = (0..blocks.len()).find(is_body).unwrap_or(0);
    let last = (0..blocks.len()).rfind(is_body).unwrap_or(blocks.len());
    let mut worst = 0;
    for (i, own) in blocks.iter().enumerate() {
        let fate = fate(&document, cleaned, i);
        let kind = match (&fate, is_body(&i)) {
            (Fate::Removed { .. }, true) => Failure::Missing,
            (Fate::Kept { .. }, false) if i < first => Failure::LeakedHead,
            (Fate::Kept { .. }, false) if i > last => Failure::LeakedTail,
            (Fate::Kept { .. }, false) => Failure::LeakedInline,
            _ => continue,
        };
        *out.words.entry(kind.name()).or_default() += own.len();
        let reason = match fate {
            Fate::Removed { rule, reason } => {
                *out.taken.entry(rule).or_default() += own.len();
                format!("{rule} took body: {reason}")
            }
            Fate::Kept { reason } => format!("kept: {}", reason.unwrap_or("no rule speaks")),
        };
        if own.len() > worst {
            worst = own.len();
            out.reason = Some(format!("byte {}: {reason}", document.blocks[i].span.start));
        }
    }
    let Some((p, r, score)) = out.score.filter(|(_, _, score)| *score < GOOD) else { return };
    let mut bag = Bag::new(&body);
    let there: usize = blocks.iter().map(|own| bag.take_all(own)).sum();
    let largest = Failure::ALL[2..].iter().max_by_key(|kind| out.words.get(kind.name()));
    out.failure = match () {
        () if there * 2 < body.len() => Some(Failure::NotThere),
        () if p.max(r) < 1.0 / 3.0 || score == 0.0 => Some(Failure::WrongBlock),
        () => largest.copied(),
    };
}

/// Finds who took what was asked for and kept what was not, of a page of which only snippets are known.
fn blame_snippets(out: &mut Judged, pipeline: &Pipeline, gold: &Gold, cleaned: &Cleaned) {
    let text = fold(&cleaned.text());
    let (document, _) = pipeline.read(&gold.source, gold.format(), Document::empty());
    let blocks: Vec<String> = (0..document.blocks.len()).map(|i| fold(document.text_at(i))).collect();
    for (snippet, is_body) in gold.with.iter().map(|s| (s, true)).chain(gold.without.iter().map(|s| (s, false))) {
        let snippet = fold(snippet);
        if text.contains(&snippet) == is_body {
            continue;
        }
        let words = snippet.split(' ').count();
        let (failure, reason) = match blocks.iter().position(|block| block.contains(&snippet)) {
            None => (Failure::NotThere, None),
            Some(i) => match fate(&document, cleaned, i) {
                Fate::Removed { rule, reason } => {
                    *out.taken.entry(rule).or_default() += words;
                    (Failure::Missing, Some(format!("{rule} took body: {reason}")))
                }
                Fate::Kept { reason } => {
                    (Failure::LeakedInline, Some(format!("kept: {}", reason.unwrap_or("no rule speaks"))))
                }
            },
        };
        *out.words.entry(failure.name()).or_default() += words;
        out.failure.get_or_insert(failure);
        out.reason = out.reason.take().or(reason);
    }
}

/// What became of a block.
enum Fate<'c> {
    Kept { reason: Option<&'c str> },
    Removed { rule: &'static str, reason: String },
}

fn fate<'c>(document: &Document, cleaned: &'c Cleaned, i: usize) -> Fate<'c> {
    let span = document.blocks[i].span;
    let kept = cleaned.kept().iter().find(|kept| kept.spans.iter().any(|s| s.overlaps(span)));
    match (kept, cleaned.removals().iter().find(|removal| removal.span.overlaps(span))) {
        (None, Some(removal)) => Fate::Removed { rule: removal.rule, reason: removal.reason.to_string() },
        (kept, _) => Fate::Kept { reason: kept.and_then(|kept| kept.reason.as_deref()) },
    }
}
