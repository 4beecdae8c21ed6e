//! Where what readers wrote begins, told by their names and the dates beside them.

use super::{ARTICLE_WORDS, REACH};
use crate::document::Document;
use crate::rules::publish_date::dates::{holds_hour, holds_year, is_date};
use std::collections::HashSet;

/// What stands between the name of a reader and the date of what he wrote, in the languages of WordPress. “Wrote” is no such
/// word: it stands over what one post of a forum quotes from another.
const SAYS: &[&str] = &[
    " says",
    " sagt",
    " dit",
    " dice",
    " ha detto",
    " zegt",
    " disse",
    " dedi ki",
    " говорит",
    "より",
    "说道",
    "說道",
];

/// Words of the longest line with a reader's name and a date, and of the longest name.
const MOST_OF_LINE: u32 = 16;
const MOST_OF_NAME: usize = 5;
/// Figures of the shortest date, and of the shortest one with an hour: 3.5.2031 1:12.
const FEWEST_FIGURES: u32 = 4;
const FEWEST_WITH_HOUR: u32 = 8;
/// Lines that say that readers wrote, and different names alone, that show what follows; and words of prose that the article
/// before the names has. Set by hand.
const FEWEST_SAID: usize = 2;
const FEWEST_NAMES: usize = 3;
const WORDS_BEFORE: u32 = 60;

/// Who wrote what follows.
struct Signature<'d> {
    /// The block with the name.
    at: usize,
    name: &'d str,
    /// Whether the line says that the name's owner wrote.
    is_said: bool,
}

/// Returns the first block of what readers wrote: where lines say so; or, where a line of comments stands within reach, where
/// several names with dates do.
pub(super) fn first(doc: &Document, last_line: Option<usize>) -> Option<usize> {
    let signed: Vec<Signature> =
        (0..doc.blocks().len()).filter_map(|i| signature(doc, i, last_line.is_some())).collect();
    let mut said = signed.iter().filter(|signature| signature.is_said).map(|signature| signature.at);
    let first_said = said.next().filter(|&first| doc.prose_in(0..first) >= ARTICLE_WORDS);
    let is_said = said.count() + 1 >= FEWEST_SAID;
    // Comments end in such a line, or begin with one.
    let named = last_line.and_then(|last| first_named(doc, &signed).filter(|&first| last + REACH >= first));
    first_said.filter(|_| is_said).into_iter().chain(named).min()
}

/// Returns the name in a line that says that its owner wrote, “Ida says: May 3, 2031” or “Ida says”, and what follows.
pub(crate) fn said(line: &str) -> Option<(&str, &str)> {
    // The first characters of all of these.
    let mut starts = line.char_indices().filter(|(_, ch)| matches!(ch, ' ' | 'よ' | '说' | '說'));
    starts.find_map(|(at, _)| {
        let (name, behind) = line.split_at(at);
        let rest = SAYS.iter().find_map(|says| behind.strip_prefix(says))?;
        let after = rest.trim_start_matches(' ').trim_start_matches([':', '：', '|']);
        let is_end = rest.is_empty() || after.len() < rest.trim_start_matches(' ').len();
        (is_end && is_name(name)).then_some((name, after))
    })
}

fn is_name(text: &str) -> bool {
    !text.is_empty() && text.split_whitespace().count() <= MOST_OF_NAME
}

/// Returns who wrote what follows, if a block says that and when; or, where such lines are looked for, has a name and a date alone, or a
/// date behind a block with a name.
fn signature<'d>(doc: &'d Document, at: usize, may_be_alone: bool) -> Option<Signature<'d>> {
    let (block, text) = (&doc.blocks()[at], doc.text_at(at));
    if block.words() > MOST_OF_LINE || block.measure.digits < FEWEST_FIGURES {
        return None;
    }
    if let Some((name, date)) = said(text)
        && is_date(date)
    {
        return Some(Signature { at, name, is_said: true });
    }
    if !may_be_alone || block.measure.digits < FEWEST_WITH_HOUR || !holds_hour(text) || !holds_year(text) {
        return None;
    }
    let (at, name) = if is_date(text) {
        let before = at.checked_sub(1).filter(|&i| !doc.ends_sentence(i) && doc.blocks()[i].measure.digits == 0)?;
        (before, doc.text_at(before))
    } else {
        let starts =
            text.char_indices().filter(|(at, ch)| ch.is_whitespace() && !text[..*at].ends_with(char::is_whitespace));
        let figures = |text: &str| text.bytes().filter(u8::is_ascii_digit).count() as u32;
        let mut parts = starts.map(|(at, _)| text.split_at(at)).take(MOST_OF_NAME);
        (at, parts.find(|(_, date)| figures(date) >= FEWEST_WITH_HOUR && is_date(date))?.0)
    };
    is_name(name).then_some(Signature { at, name, is_said: false })
}

/// Returns the first block of what readers wrote, if several names with dates and hours show it: different ones, after an article
/// that is longer than the first of them and than what follows the last.
fn first_named(doc: &Document, signed: &[Signature]) -> Option<usize> {
    let end_of = |n: usize| signed.get(n + 1).map_or(doc.blocks().len(), |next| next.at);
    let follows_article = |n: usize| {
        let before = doc.prose_in(0..signed[n].at);
        before >= WORDS_BEFORE && doc.prose_in(signed[n].at..end_of(n)) <= before
    };
    let signed = &signed[(0..signed.len()).find(|&n| follows_article(n))?..];
    let names: HashSet<&str> = signed.iter().map(|signature| signature.name).collect();
    let (first, last) = (signed.first()?.at, signed.last()?.at);
    let is_at_end = doc.prose_in(last..doc.blocks().len()) <= doc.prose_in(0..first);
    (names.len() >= FEWEST_NAMES && names.len() * 2 >= signed.len() && is_at_end).then_some(first)
}
