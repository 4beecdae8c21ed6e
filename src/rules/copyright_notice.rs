//! Strips notices of copyright.
//!
//! # What it strips
//!
//! Elements whose class or id says copyright, and lines that start with its sign and a year, forbid copying, or reserve
//! all rights.
//!
//! # Why it is boilerplate
//!
//! The notice is about the article, and the same under all of them.
//!
//! # What it must keep
//!
//! Articles about copyright, and sentences that mention a year.

use super::prelude::*;

/// The rule `copyright-notice`.
pub(super) struct CopyrightNotice;

static META: Meta = Meta::new("copyright-notice", Category::Notice, "Notices of copyright")
    .names(&[
        "copyright",
        "copyrights",
        "copy-right",
        "copyright-notice",
        "copyright-text",
        "rights-reserved",
        "article-copyright",
        "news-copyright",
    ])
    .phrases(include_str!("data/copyright_notice.txt"))
    .examples(&[
        Example::Text(
            "The bridge opened on Monday.\n\n⟦© 2024 Velden Herald⟧\n\n⟦Velden Herald Ltd. All rights reserved.⟧",
        ),
        Example::Text("다리는 월요일에 열렸다고 시가 밝혔다.\n\n⟦<저작권자 ⓒ 벨덴일보, 무단 전재 및 재배포 금지>⟧"),
        Example::Text("橋は月曜日に開通した。\n\n⟦記事・写真の無断転載を禁じます⟧"),
        Example::Text("大桥周一通车。\n\n⟦版权所有，未经授权不得转载⟧"),
        Example::Html("<p>The bridge opened.</p><div class=copyright>⟦Velden Herald, 2024⟧</div>"),
        Example::Text("Copyright lasts for seventy years after the death of the author, the judge said on Monday."),
        Example::Html("<p>The rights to the bridge’s name were sold in 1961, and all rights of way were lost.</p>"),
    ]);

/// Returns whether a text starts with the sign of copyright, maybe in a bracket and behind a word, or with the word and a
/// sign, a holder or a year.
fn is_notice(text: &str) -> bool {
    let bare = text.strip_prefix(['<', '[', '(', '【', '〈', '＜']).unwrap_or(text);
    starts_with_sign(bare) || starts_with_sign(text) || starts_with_word(text)
}

const SIGNS: &[&str] = &["©", "ⓒ", "Ⓒ", "(c)", "(C)", "&copy;"];

fn starts_with_sign(text: &str) -> bool {
    let mut rest = text.trim_start();
    for word in ["저작권자", "copyright"] {
        if let Some(after) = rest.strip_prefix(word) {
            let after = if word == "copyright" { after.strip_prefix('s').unwrap_or(after) } else { after };
            rest = after.trim_start();
        }
    }
    SIGNS.iter().any(|sign| rest.starts_with(sign))
}

fn starts_with_word(text: &str) -> bool {
    let Some((word, after)) = text.split_at_checked(9) else { return false };
    let after = after.strip_prefix(['s', 'S']).unwrap_or(after);
    let rest = after.trim_start();
    if !word.eq_ignore_ascii_case("copyright") || rest.len() == after.len() {
        return false;
    }
    let is_by = rest.get(..2).is_some_and(|by| by.eq_ignore_ascii_case("by"))
        && !rest[2..].starts_with(|ch: char| ch.is_alphanumeric() || ch == '_');
    let is_year = rest.len() >= 4 && rest.bytes().take(4).all(|b| b.is_ascii_digit());
    is_by || is_year || ["©", "ⓒ", "Ⓒ", "(c)", "(C)"].iter().any(|sign| rest.starts_with(sign))
}

/// Words of the longest notice.
const MOST_WORDS: u32 = 60;

/// Returns whether a text starts as a notice may; few texts do.
fn may_be_notice(text: &str) -> bool {
    match text.chars().next() {
        Some('c' | 'C') => text.get(..9).is_some_and(|start| start.eq_ignore_ascii_case("copyright")),
        Some('<' | '[' | '(' | '&' | '©' | 'ⓒ' | 'Ⓒ' | '【' | '〈' | '＜' | '저') => true,
        Some(first) => first.is_whitespace(),
        None => false,
    }
}

impl Rule for CopyrightNotice {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, doc: &Document, out: &mut Findings) {
        out.strip_hits(doc, &META);
        for (i, block) in doc.blocks().iter().enumerate() {
            let text = doc.text(block);
            if block.words() <= MOST_WORDS && may_be_notice(text) && is_notice(text) {
                out.strip(doc, i, "starts with the sign of copyright");
            }
        }
    }
}
