//! Strips lines with a reporter's name and address.
//!
//! # What it strips
//!
//! Short lines that hold an e-mail address or a handle and at most a few words more, which are a byline where these are a name, and a paragraph at the end of the body
//! that holds one and speaks of a reporter, writer or editor, or says that somebody can be reached there.
//!
//! # Why it is boilerplate
//!
//! Papers print it under each article; it belongs to the reporter.
//!
//! # What it must keep
//!
//! Sentences that give an address to write to.

use super::names::{is_full_name, korean_reporter};
use super::prelude::*;
use super::topics::{AUTHOR, spoken};
use std::ops::Range;

/// The rule `reporter-contact`.
pub(super) struct ReporterContact;

static META: Meta = Meta::new("reporter-contact", Category::Byline, "A reporter's name and address").examples(&[
    Example::Text("The bridge opened on Monday, two years late.\n\n⟦Ida Moss ida.moss@velden.example⟧"),
    Example::Text("다리는 월요일에 열렸다고 시가 밝혔다.\n\n⟦정다은 기자 daeun@velden.example⟧"),
    Example::Text(
        "The bridge opened on Monday, two years late, the council said after its meeting.\n\nTrams will cross it from May \
         on, said the mayor, and the ferry will go on until then.\n\n⟦Staff writer Ida Moss covers trams and trains for the \
         Velden Post. She can be reached at ida.moss@velden.example or on @idamoss.⟧",
    ),
    Example::Text(
        "The bridge opened on Monday, two years late, the council said after its meeting.\n\nTrams will cross it from May \
         on, said the mayor, and the ferry will go on until then, for nothing.\n\n⟦Ida Moss can be reached at \
         ida.moss@velden.example. Per Hald, who took the pictures, answers at per.hald@velden.example all week.⟧",
    ),
    Example::Text("Ask for a ticket at bridge@velden.example before the end of May, the town said on Monday."),
]);

/// Returns where the first address of a text stands: `name@host.example`, maybe with spaces around the sign, or `@name` at the
/// start of a word.
fn address(text: &str) -> Option<Range<usize>> {
    memchr::memchr_iter(b'@', text.as_bytes()).find_map(|at| mail(text, at).or_else(|| handle(text, at)))
}

fn mail(text: &str, at: usize) -> Option<Range<usize>> {
    let is_label = |b: &u8| b.is_ascii_alphanumeric() || *b == b'-';
    let before = text[..at].strip_suffix(' ').unwrap_or(&text[..at]);
    let name = before.bytes().rev().take_while(|b| is_label(b) || matches!(b, b'_' | b'.' | b'+')).count();
    let host = text[at + 1..].strip_prefix(' ').unwrap_or(&text[at + 1..]);
    let bytes = host.as_bytes();
    let (mut count, mut end, mut at) = (0, 0, 0);
    loop {
        let len = bytes[at..].iter().take_while(|b| is_label(b)).count();
        if len == 0 {
            break;
        }
        (count, end) = (count + 1, at + len);
        if bytes.get(end) != Some(&b'.') {
            break;
        }
        at = end + 1;
    }
    (name > 0 && count > 1).then(|| before.len() - name..text.len() - host.len() + end)
}

fn handle(text: &str, at: usize) -> Option<Range<usize>> {
    let start = match text[..at].chars().next_back() {
        None => at,
        Some(ch) if ch.is_whitespace() || ch == '(' => at - ch.len_utf8(),
        Some(_) => return None,
    };
    let name = text[at + 1..].bytes().take_while(|&b| b.is_ascii_alphanumeric() || b == b'_').count();
    let is_word = !text[at + 1 + name..].starts_with(char::is_alphanumeric);
    ((3..=20).contains(&name) && is_word).then(|| start..at + 1 + name)
}

/// Returns whether an address has a person's last name in it.
fn is_named_after(address: &str, name: &str) -> bool {
    let last = name.rsplit(' ').next().unwrap_or_default();
    is_full_name(name) && address.to_lowercase().contains(&last.to_lowercase())
}

/// Returns whether what stands before an address is somebody's name and "can be reached at".
fn says_whom_to_reach(before: &str) -> bool {
    let name = before.trim_end().strip_suffix(" can be reached at");
    name.is_some_and(|name| name.split(' ').count() <= MOST_OF_NAME)
}

/// Words of a reporter's name, with a title and a mark before it.
const MOST_OF_NAME: usize = 6;

/// Words of the longest paragraph about a reporter. Set by hand.
const MOST_OF_PARAGRAPH: u32 = 60;

/// Blocks at the end of the body in which it stands. Set by hand.
const TAIL: usize = 4;

/// Words beside the address: a name, a title, a paper.
const MOST_WORDS: usize = 9;

impl Rule for ReporterContact {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, doc: &Document, out: &mut Findings) {
        let run = doc.main_run();
        for (i, block) in doc.blocks().iter().enumerate() {
            if block.words() > MOST_OF_PARAGRAPH || block.kind == BlockKind::Preformatted || !block.holds(Marks::AT) {
                continue;
            }
            let text = doc.text(block);
            let Some(found) = address(text) else { continue };
            let before = &text[..found.start];
            let words_before = before.split_whitespace().count();
            let rest = words_before + text[found.end..].split_whitespace().count();
            let is_sentence = words_before > 5 && block.measure.ending.ends_sentence();
            if rest <= MOST_WORDS && !is_sentence {
                let name = before.trim_matches(|ch: char| !ch.is_alphabetic());
                if is_named_after(&text[found.clone()], name) || korean_reporter(name).is_some() {
                    out.part(doc, i, Role::Byline, "a reporter's name and address");
                } else {
                    out.strip(doc, i, "a name and an address");
                }
            } else if i + TAIL >= run.end && (says_whom_to_reach(before) || spoken(text) & *AUTHOR != 0) {
                out.strip(doc, i, "ends the body and says where to reach a writer");
            }
        }
    }
}
