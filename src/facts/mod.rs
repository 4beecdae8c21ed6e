//! What is found out about the article: headline, byline, date, language.
//!
//! Each fact has a file that says which of the page's claims it trusts, in which order.

mod byline;
mod calendar;
mod date;
mod headline;
mod language;

use crate::address;
use crate::article::{Facts, Kept};
use crate::document::{Document, Fact, Setting};
use crate::finding::{Action, Findings};
use crate::letters::{is_alphanumeric, is_unseen};
use crate::role::Role;
use crate::span::Span;
use crate::{Category, Meta};
use std::ops::Range;

/// Gathers the facts from what the page says of itself and from what the rules named.
#[inline(never)] // A stage that `benches/counts` counts by its name.
pub(crate) fn find(doc: &Document, findings: &Findings, kept: &[Kept], address: Option<&str>) -> Facts {
    let page = Page::new(doc, findings, address);
    let language = language::find(doc, kept);
    Facts {
        headline: headline::find(&page).and_then(seen),
        byline: byline::find(&page).and_then(seen),
        date: date::find(&page, kept, language.as_deref()),
        language,
    }
}

/// What the searches for facts share.
struct Page<'p> {
    doc: &'p Document<'p>,
    findings: &'p Findings,
    address: Option<&'p str>,
    /// Names of the site, folded.
    sites: Vec<String>,
    /// The block that a rule named as headline.
    headline: Option<usize>,
}

/// Blocks before the headline, and after it or after the body, in which what belongs to the article stands.
const BEFORE: usize = 8;
const AFTER: usize = 16;

/// Blocks before and after a place within which comments are around it.
const AMONG: usize = 2;

/// The first part of [`Page::distance`] for what does not stand with the article.
const ELSEWHERE: u8 = 4;

impl<'p> Page<'p> {
    fn new(doc: &'p Document<'p>, findings: &'p Findings, address: Option<&'p str>) -> Self {
        let claims = doc.about.claims.iter();
        let mut sites: Vec<String> =
            claims.filter(|claim| claim.fact == Fact::Site).map(|claim| squeezed(&claim.text)).collect();
        let stated =
            doc.about.claims.iter().filter(|claim| claim.fact == Fact::Address).map(|claim| claim.text.as_str());
        for host in address.into_iter().chain(stated).filter_map(host) {
            // The name before the top-level domain is the longest part of nearly all hosts.
            let longest = host.split('.').max_by_key(|part| part.len()).unwrap_or(host);
            sites.extend([squeezed(host), squeezed(host.trim_start_matches("www.")), squeezed(longest)]);
        }
        let mut page = Page { doc, findings, address, sites, headline: None };
        let headline = page.named(Role::Headline).next();
        page.headline = headline;
        page
    }

    /// Returns the blocks that rules named as a part of the article, in the order in which they did.
    fn named(&self, role: Role) -> impl Iterator<Item = usize> + '_ {
        let findings = self.findings.list.iter().filter(move |finding| finding.action == Action::Part(role));
        findings.filter_map(|finding| Some(self.doc.blocks_in(finding.span)).filter(|r| !r.is_empty()).map(|r| r.start))
    }

    /// Returns where a rule's names and selectors point, within blocks or around them, and what stands there.
    fn pointed(&self, meta: &'static Meta) -> impl Iterator<Item = Span> + '_ {
        self.doc.hits(meta).iter().map(|hit| hit.span)
    }

    /// Returns how far from the article's head a place is: first between headline and body, then shortly before the
    /// headline, then at the end of the body, then within it, then [`ELSEWHERE`]; within each in page order.
    fn distance(&self, span: Span) -> (u8, u32) {
        let blocks = &self.doc.blocks;
        let at = blocks.partition_point(|block| block.span.end <= span.start);
        let run = self.doc.main_run();
        let headline = self.headline.unwrap_or(run.start.saturating_sub(AFTER / 2));
        let is_in = |range: Range<usize>| range.contains(&at);
        let rank = match () {
            () if is_in(headline..(headline + AFTER).max(run.start + 1)) => 0,
            () if is_in(headline.saturating_sub(BEFORE)..headline) => 1,
            () if is_in(run.end..run.end + AFTER / 2) => 2,
            () if is_in(run) => 3,
            () => ELSEWHERE,
        };
        (rank, span.start)
    }

    /// Returns whether a place is in a form, a menu or a comment, or among comments, where nothing is said about the article.
    fn is_aside(&self, span: Span) -> bool {
        let outside = Setting::FORM | Setting::CONTROL | Setting::NAV | Setting::HIDDEN | Setting::DIALOG;
        let at = self.doc.blocks.partition_point(|block| block.span.end <= span.start);
        let is_comment = |at: usize| {
            self.findings.verdict(at) == Some(Action::Strip) && self.findings.category(at) == Some(Category::Comment)
        };
        let end = self.doc.blocks.len().min(at + 1 + AMONG);
        self.doc.blocks.get(at).is_none_or(|block| block.is(outside))
            || is_comment(at)
            || (at.saturating_sub(AMONG)..at).any(is_comment) && (at + 1..end).any(is_comment)
    }

    /// Returns the text within a span that the page shows. A bar parts what elements part without white space.
    fn text_within(&self, span: Span) -> String {
        let pieces = &self.doc.pieces;
        let from = pieces.partition_point(|piece| piece.span.start < span.start);
        let mut out = String::new();
        for (i, piece) in pieces.iter().enumerate().skip(from).take_while(|(_, piece)| piece.span.end <= span.end) {
            let end = pieces.get(i + 1).map_or(self.doc.text.len(), |next| next.text as usize);
            let text = &self.doc.text[piece.text as usize..end];
            if piece.hidden {
                continue;
            }
            let is_apart = out.ends_with(char::is_whitespace) || text.starts_with(char::is_whitespace);
            if !out.is_empty() && !is_apart {
                out.push_str(" | ");
            }
            out.push_str(text);
        }
        out
    }

    /// Returns whether a text is the site's name or the address of its host.
    fn is_site(&self, text: &str) -> bool {
        let text = squeezed(text);
        self.sites.contains(&text)
    }
}

/// Returns the host of an address.
fn host(address: &str) -> Option<&str> {
    Some(address::host(&address[address.find("://")? + 3..]))
}

/// Returns a text's letters and digits in lower case, without white space.
fn squeezed(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    text.chars().filter(|&c| is_alphanumeric(c)).for_each(|c| push_small(&mut out, c));
    out
}

/// Returns a text's letters and digits in lower case, words parted by single spaces.
fn folded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut is_apart = false;
    for c in text.chars() {
        if !is_alphanumeric(c) {
            is_apart = !out.is_empty();
            continue;
        }
        if std::mem::take(&mut is_apart) {
            out.push(' ');
        }
        push_small(&mut out, c);
    }
    out
}

fn push_small(out: &mut String, c: char) {
    if c.is_ascii() {
        out.push(c.to_ascii_lowercase());
    } else {
        out.extend(c.to_lowercase());
    }
}

/// Returns a text with its white space collapsed.
fn collapsed(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

/// Takes control characters and others that take no place out of what the page says of itself; nothing if none is left.
fn seen(mut fact: String) -> Option<String> {
    if fact.contains(is_unseen) {
        fact = collapsed(&fact.replace(is_unseen, ""));
    }
    (!fact.is_empty()).then_some(fact)
}
