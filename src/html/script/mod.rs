//! Finds the article in what a page does not show: the data of its scripts and of attributes, and its `<noscript>` and
//! `<template>` elements.
//!
//! Scripts hold JSON: schema.org's, or the state from which a page is drawn. Attributes hold that from which a part of the page is. The strings of a JSON value that stand under
//! the same keys are taken together, and of all such groups that read as prose the one is taken that the page itself
//! points at: it holds the text that the page shows, it stands with the page's title, or it is marked as an article.
//! Takes time in proportion to the scripts' size.

mod groups;
mod hints;
mod join;
mod prose;
mod state;
#[cfg(test)]
mod tests;

use super::traced::{Source, Traced};
use crate::document::{BlockKind, Document, Setting};
use crate::markup::tag::Tag;
use crate::markup::tree::{Attr, AttrKind, Tree};
use crate::measure;
use crate::span::Span;
use groups::Groups;
use hints::Hints;
use prose::Amount;
use state::State;
use std::cell::RefCell;

/// Words of the shortest article.
pub(crate) const FEWEST_WORDS: u32 = 40;
/// Words of the shortest one that is not marked as such.
const FEWEST_UNMARKED: u32 = 80;
/// Bytes of the longest article; spans are 32-bit.
const MOST_BYTES: usize = 64 << 20;
/// JSON values read in one script, and wrong starts: what looks like JSON and turns out to be code.
const MOST_STATES: usize = 256;
const MOST_WRONG: usize = 16;
/// How many times as long as the script what is read from wrong starts may be.
const MOST_READ: usize = 3;
/// Bytes of a string that holds JSON itself.
const LEAST_NESTED: usize = 400;
/// Share of the text shown that an article must hold to be the same.
const SAME: f32 = 0.25;
/// Share of the longest article's words from which a better parted one is as good.
const AS_GOOD: f32 = 0.8;

/// Where an article was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// schema.org's `articleBody`.
    Schema,
    /// Other data of a script.
    State,
    /// Data of an attribute.
    Attribute,
    /// `<noscript>` or `<template>`.
    Unseen,
}

impl Place {
    /// Says of the page's own text why it is not the body, and of the article why it is.
    pub(crate) const fn reason(self) -> &'static str {
        match self {
            Place::Schema => "only the page's `articleBody` holds the whole body",
            Place::State => "only the data of a script hold the whole body",
            Place::Attribute => "only the data of an attribute hold the whole body",
            Place::Unseen => "only an element that is not shown holds the whole body",
        }
    }
}

/// An article that the page does not show.
pub(crate) struct Article {
    /// Its text as HTML, each stretch with its place in the page.
    pub(crate) html: Traced,
    pub(crate) place: Place,
    /// Words of its prose.
    pub(crate) words: u32,
    /// Whether it holds most of the text that the page shows.
    pub(crate) holds_shown: bool,
    /// Whether it stands with the page's title and is marked as the body of an article.
    pub(crate) is_sure: bool,
}

/// An article to choose from; its text is not put together yet.
struct Candidate {
    place: Place,
    /// Which state, and which of its values; or, for elements, the place in the page.
    state: usize,
    values: Vec<u32>,
    span: Span,
    words: u32,
    holds_shown: bool,
    has_title: bool,
    is_article: bool,
    is_parted: bool,
}

impl Candidate {
    fn grade(&self) -> (bool, bool, bool) {
        (self.holds_shown, self.has_title, self.is_article)
    }
}

/// Templates around one that is read: the text within each is read anew.
const MOST_AROUND: usize = 4;

/// Returns the article that the page holds unseen, if it does; `shown` are the blocks of prose that it shows. With
/// `is_same`, what is no `articleBody` is looked at only if it may hold them.
pub(crate) fn article<'d>(doc: &'d Document<'d>, shown: &'d [usize], is_same: bool) -> Option<Article> {
    let tree = doc.tree.as_ref()?;
    let titles = titles(doc);
    // It is at least half as long, and what a string says grows by half at most when it is folded.
    let least_title = titles.iter().map(|title| title.len() / 3).min().unwrap_or(MOST_TITLE + 1);
    let mut finder = Finder {
        doc,
        titles,
        least_title: least_title.max(LEAST_TITLE),
        folded: RefCell::default(),
        shown,
        hints: is_same.then(|| Hints::new(shown.iter().map(|&i| doc.text_at(i)))),
        states: Vec::new(),
        candidates: Vec::new(),
    };
    // Where the templates end that are around a node.
    let mut around: Vec<u32> = Vec::new();
    for node in 0..tree.nodes.len() as u32 {
        match tree.nodes[node as usize].tag {
            Tag::SCRIPT => finder.script(tree, node),
            Tag::NOSCRIPT => finder.element(tree, node),
            Tag::TEMPLATE => {
                while around.last().is_some_and(|&end| end <= node) {
                    around.pop();
                }
                if around.len() < MOST_AROUND {
                    finder.element(tree, node);
                }
                around.push(tree.nodes[node as usize].end);
            }
            _ => finder.attributes(tree, node),
        }
    }
    finder.best().filter(|article| !is_on_page(doc, article))
}

/// Places of an article that are looked for on the page, the letters of each, and the share of them from which on it is
/// there.
const SAMPLES: usize = 16;
const SAMPLE_LETTERS: usize = 24;
const MOST_THERE: f32 = 0.6;

/// Returns whether the page itself shows most of an article, whatever rules say of it.
fn is_on_page(doc: &Document, article: &Article) -> bool {
    let shown = doc.blocks.iter().filter(|block| !block.is(Setting::HIDDEN));
    let page: String = shown.flat_map(|block| measure::fold(doc.text(block))).collect();
    let letters: Vec<char> = measure::fold(&prose::shown(article.html.text())).collect();
    let step = (letters.len() / SAMPLES).max(SAMPLE_LETTERS);
    let samples: Vec<String> = letters.chunks(step).map(|part| part.iter().take(SAMPLE_LETTERS).collect()).collect();
    let there = samples.iter().filter(|sample| page.contains(sample.as_str())).count();
    there as f32 >= samples.len() as f32 * MOST_THERE
}

/// Returns whether a string holds JSON, such as `{"a":`, or lines of it with a number before each.
fn is_nested(text: &str) -> bool {
    let row = text.trim_start_matches(|c: char| c.is_ascii_hexdigit());
    let numbered = row.strip_prefix(':').filter(|_| row.len() < text.len());
    let rest = numbered.unwrap_or(text);
    let after = rest.get(1..).unwrap_or("").trim_start();
    let begins = rest.starts_with(['{', '[']) && after.starts_with(['"', '\\', '{', '[', '}', ']']);
    begins || numbered.is_some_and(|rest| rest.starts_with(['I', 'T', '"', '\\', '$']))
}

/// Returns what the page calls its article, folded for comparing.
fn titles(doc: &Document) -> Vec<String> {
    let about = &doc.about;
    let heading = doc.blocks.iter().find(|b| b.kind == BlockKind::Heading && b.level == 1).map(|b| doc.text(b));
    let said = [about.headline.as_deref(), about.title.as_deref(), about.description.as_deref(), heading];
    let folded = said.into_iter().flatten().map(|title| measure::fold(title).collect::<String>());
    folded.filter(|title| is_title(title.as_bytes())).collect()
}

/// Fewest bytes of a folded title, and most of a string that may be one.
const LEAST_TITLE: usize = 10;
const MOST_TITLE: usize = 600;

fn is_title(folded: &[u8]) -> bool {
    folded.len() >= LEAST_TITLE
}

/// Returns whether one of two folded titles holds the other and little else, such as the name of the site.
fn agree(a: &[u8], b: &[u8]) -> bool {
    let (short, long) = if a.len() < b.len() { (a, b) } else { (b, a) };
    // To make a searcher for so few places would take longer.
    short.len() * 2 >= long.len() && long.windows(short.len()).any(|part| part[0] == short[0] && part == short)
}

struct Finder<'d, 'a> {
    doc: &'d Document<'a>,
    titles: Vec<String>,
    /// Bytes of the shortest string that may agree with one of them.
    least_title: usize,
    /// Room for a string that may be a title, folded.
    folded: RefCell<Vec<u8>>,
    shown: &'d [usize],
    /// What tells that a text does not hold them, if it must.
    hints: Option<Hints<'d>>,
    states: Vec<State<'d>>,
    candidates: Vec<Candidate>,
}

impl<'d> Finder<'d, 'd> {
    /// Returns where a raw element's text stands in the page, if it stands there in one piece.
    fn place(&self, tree: &Tree, text: u32) -> Option<Span> {
        let node = tree.nodes.get(text as usize).filter(|node| node.tag == Tag::TEXT)?;
        let place = tree.place(text);
        (self.doc.source.get(place.range())? == tree.slice(node.span)).then_some(place)
    }

    /// Returns whether a stretch of the page may hold the text shown, if it must.
    fn may_hold(&self, place: Span) -> bool {
        self.hints.as_ref().is_none_or(|hints| hints.share(&self.doc.source.as_bytes()[place.range()]) >= SAME)
    }

    fn element(&mut self, tree: &Tree, node: u32) {
        let span = match tree.nodes[node as usize].tag {
            Tag::NOSCRIPT => self.place(tree, node + 1),
            // The reference reader does not know where elements end.
            _ => tree.origin.is_none().then(|| tree.place(node)),
        };
        let Some(span) = span.filter(|span| self.may_hold(*span)) else { return };
        let text = prose::shown(&self.doc.source[span.range()]);
        let amount = Amount::of(&text);
        if amount.prose() >= FEWEST_UNMARKED {
            let holds_shown = self.holds_shown(&text);
            self.candidates.push(Candidate {
                place: Place::Unseen,
                state: 0,
                values: Vec::new(),
                span,
                words: amount.words,
                holds_shown,
                has_title: false,
                is_article: true,
                is_parted: true,
            });
        }
    }

    /// Reads the JSON that attributes hold.
    fn attributes(&mut self, tree: &Tree, node: u32) {
        let is_long = |attr: &&Attr| attr.kind == AttrKind::Other && attr.value.len() >= LEAST_NESTED;
        // The reference reader does not know where attributes stand.
        for attr in tree.attrs(node).iter().filter(is_long).filter(|_| tree.origin.is_none()) {
            if tree.raw_value(*attr).starts_with(['{', '[']) && self.may_hold(attr.value) {
                let mut value = Traced::default();
                value.decode(&Source::Page(self.doc.source), attr.value);
                if is_nested(value.text()) {
                    let (state, _) = State::read(Source::Traced(value), 0, usize::MAX);
                    self.look(state, Place::Attribute, true);
                }
            }
        }
    }

    fn script(&mut self, tree: &Tree, node: u32) {
        let kind = tree.attr_of(node, AttrKind::Type).unwrap_or_default().to_ascii_lowercase();
        let (is_json, is_schema) = (kind.contains("json"), kind.contains("ld+json"));
        let is_code = matches!(kind.as_str(), "" | "module") || kind.contains("javascript");
        let Some(place) = self.place(tree, node + 1).filter(|_| is_json || is_code) else { return };
        if place.len() < FEWEST_WORDS as usize || !(is_schema || self.may_hold(place)) {
            return;
        }
        let (mut at, end) = (place.start as usize, place.end as usize);
        let (mut wrong, mut read) = (0, 0);
        for _ in 0..MOST_STATES {
            let Some((start, is_quoted)) = self.opening(at, end, is_json) else { return };
            if is_quoted {
                let span = Span::new(start as u32, self.literal_end(start, end) as u32);
                at = span.end as usize;
                self.nested(&Source::Page(self.doc.source), span, Place::State);
                continue;
            }
            let (state, after) = State::read(Source::Page(self.doc.source), start, end);
            if after == end && is_code {
                // It broke off, and may have been code; the data may begin later.
                wrong += 1;
                read += end - start;
                at = start + 1;
                if wrong > MOST_WRONG || read > MOST_READ * place.len() {
                    return;
                }
            } else {
                at = after;
            }
            self.look(state, if is_schema { Place::Schema } else { Place::State }, true);
        }
    }

    /// Returns where the next JSON value begins, and whether it stands in a string.
    fn opening(&self, from: usize, to: usize, is_json: bool) -> Option<(usize, bool)> {
        let bytes = &self.doc.source.as_bytes()[..to];
        let before = |at: usize| bytes[..at].trim_ascii_end();
        let found = memchr::memchr2_iter(b'{', b'[', &bytes[from..]).map(|i| from + i).find(|&at| {
            let after = bytes[at + 1..].iter().find(|b| !b.is_ascii_whitespace()).copied().unwrap_or(0);
            let is_value = matches!(after, b'"' | b'{' | b'[') || (bytes[at] == b'{' && after.is_ascii_alphabetic());
            let is_push = bytes[at] == b'[' && after.is_ascii_digit();
            let text = before(at);
            let begins = match text.last() {
                Some(b'=' | b'(' | b',') => is_value || is_push,
                Some(b'"' | b'\'') => {
                    (is_value || after == b'\\') && matches!(before(text.len() - 1).last(), Some(b'=' | b'('))
                }
                _ => is_value && text.ends_with(b"return"),
            };
            is_json || begins
        })?;
        Some((found, !is_json && matches!(bytes[..found].last(), Some(b'"' | b'\''))))
    }

    /// Returns where the string literal ends whose content starts at `from`.
    fn literal_end(&self, from: usize, to: usize) -> usize {
        let bytes = &self.doc.source.as_bytes()[..to];
        let quote = bytes[from - 1];
        let mut at = from;
        while let Some(i) = memchr::memchr2(quote, b'\\', &bytes[at.min(to)..]) {
            at += i;
            if bytes[at] == quote {
                return at;
            }
            at += 2;
        }
        to
    }

    /// Reads the JSON that a string holds.
    fn nested(&mut self, from: &Source, span: Span, place: Place) {
        let mut inner = Traced::default();
        inner.unescape(from, span);
        let (state, _) = State::read(Source::Traced(inner), 0, usize::MAX);
        self.look(state, place, false);
    }

    /// Adds what a JSON value holds to the candidates.
    fn look(&mut self, state: State<'d>, place: Place, may_nest: bool) {
        if may_nest {
            let spans = state.values.iter().map(|value| value.span).filter(|span| span.len() >= LEAST_NESTED);
            let nested: Vec<Span> = spans.filter(|&span| is_nested(state.source.slice(span))).collect();
            for span in nested {
                let within = if place == Place::Schema { Place::State } else { place };
                self.nested(&state.source, span, within);
            }
        }
        let found = Groups::new(self, &state, place).candidates();
        if !found.is_empty() {
            let number = self.states.len();
            self.states.push(state);
            self.candidates.extend(found.into_iter().map(|candidate| Candidate { state: number, ..candidate }));
        }
    }

    /// Returns whether a JSON string, given as written, says what the page calls its article.
    fn is_title(&self, raw: &str) -> bool {
        if !(self.least_title..=MOST_TITLE).contains(&raw.len()) || prose::is_name(raw) {
            return false;
        }
        let mut folded = self.folded.borrow_mut();
        measure::fold_into(&super::json::unescape(raw), &mut folded);
        is_title(&folded) && self.titles.iter().any(|title| agree(title.as_bytes(), &folded))
    }

    fn holds_shown(&self, text: &str) -> bool {
        let mut folded = Vec::new();
        measure::fold_into(text, &mut folded);
        let shown = self.shown.iter().map(|&i| self.doc.text_at(i));
        prose::share_within(shown, &folded) >= SAME
    }

    fn best(self) -> Option<Article> {
        let grade = self.candidates.iter().map(Candidate::grade).max()?;
        let good = || self.candidates.iter().filter(|candidate| candidate.grade() == grade);
        let most = good().map(|candidate| candidate.words).max()? as f32;
        let long = || good().filter(|candidate| candidate.words as f32 >= most * AS_GOOD);
        let best = long().find(|candidate| candidate.is_parted).or_else(|| long().next())?;
        let html = match best.place {
            Place::Unseen => Traced::of(self.doc.source, best.span),
            _ => join::html(&self.states[best.state], &best.values),
        };
        (html.text().len() <= MOST_BYTES).then_some(Article {
            html,
            place: best.place,
            words: best.words,
            holds_shown: best.holds_shown,
            is_sure: best.has_title && best.place == Place::Schema,
        })
    }
}
