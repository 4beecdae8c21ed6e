//! Protects paragraphs that open with a place, an agency or a date.
//!
//! # What it protects
//!
//! Sentences that begin `LONDON (Reuters) —`, `(서울=연합뉴스) … =`, `本报…讯`, `Berlin (dpa) -`.
//!
//! # Why it is body
//!
//! The dateline is how agencies open a story; the paragraph is its lead.
//!
//! # What it must not protect
//!
//! Teasers of other stories, which have no agency before them, and lines that are no sentence.

use super::prelude::*;
use once_cell::sync::Lazy;
use regex::Regex;

/// The rule `dateline`.
pub(super) struct Dateline;

static META: Meta = Meta::new("dateline", Category::Protect, "Paragraphs that open with a place and an agency")
    .examples(&[
        Example::Text("VELDEN (VP) - The bridge will close in May for repairs, the town said on Monday."),
        Example::Text("(벨덴=가상통신) 정다은 기자 = 다리는 월요일에 열렸다고 시가 밝혔다."),
    ]);

static OPENING: Lazy<Regex> = Lazy::new(|| {
    Regex::new(concat!(
        r"(?x)^(?: \p{Lu}[\p{L}.\s,'’/-]{2,40} \s* \( [\p{L}\s./-]{2,30} \) \s* [-–—] ",
        r"| \( \p{Hangul}{1,12} [=·] \p{Hangul}{2,12} \) [^.]{0,30} =",
        r"| \[ [^\]]{2,20} 기자 \]",
        r"| (?:本报|本報|新华社|中新网|中新社|記者|记者)[^。，]{2,24}(?:讯|電|电|報導|报道)[）)]?",
        r"| 【[^】]{2,24}(?:电|電|讯|報導|记者[^】]*)】 )",
    ))
    .expect("a constant pattern")
});

/// Letters of the longest place.
const MOST_LETTERS: usize = 41;

/// Returns whether a text begins as [`OPENING`] may: with an opening bracket or the name of an agency, or with a place and a
/// bracket behind it.
fn may_open(text: &str) -> bool {
    if text.starts_with(['(', '[', '本', '新', '中', '記', '记', '【']) {
        return true;
    }
    memchr::memchr(b'(', text.as_bytes()).is_some_and(|at| text[..at].trim_end().chars().count() <= MOST_LETTERS)
}

impl Rule for Dateline {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, doc: &Document, out: &mut Findings) {
        let run = doc.main_run();
        for i in run.start.saturating_sub(2)..run.end {
            if doc.blocks()[i].is_prose(8) && may_open(doc.text_at(i)) && OPENING.is_match(doc.text_at(i)) {
                out.keep(doc, i, "opens with a place and an agency");
            }
        }
    }
}
