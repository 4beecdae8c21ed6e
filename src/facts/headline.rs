//! The headline: the block that the rule found, or what the head says without the site's name.

use super::{Page, collapsed, squeezed};
use crate::document::{Fact, Source};

/// Marks that part the headline from the name of the site in a title.
const BARS: [char; 13] = ['|', '-', '–', '—', '·', '•', '»', '«', '›', '‹', ':', '_', '/'];

/// Words of what is cut off a title when nothing says that it is the site's name.
const MOST_SITE_WORDS: usize = 5;

pub(super) fn find(page: &Page) -> Option<String> {
    let about = &page.doc.about;
    let named = page.headline.map(|i| collapsed(page.doc.text_at(i))).filter(|text| !page.is_site(text));
    let said = |source| about.claims(Fact::Headline, source).next().map(|claim| claim.text.clone());
    named
        .or_else(|| said(Source::Data).filter(|text| !page.is_site(text)))
        .or_else(|| said(Source::Item).filter(|text| !page.is_site(text)))
        .or_else(|| Some(without_site(&said(Source::Meta)?, &page.sites, false)))
        .or_else(|| Some(without_site(about.title.as_deref()?, &page.sites, page.sites.is_empty())))
}

/// Returns a title without the name of the site at its end or start. When no name is known, `guess` takes off a short
/// part at the end.
fn without_site(title: &str, sites: &[String], guess: bool) -> String {
    let mut title = title.trim();
    let is_site = |part: &str| {
        let part = squeezed(part);
        !part.is_empty() && sites.contains(&part)
    };
    while let Some((before, after)) = last_bar(title).filter(|(_, after)| is_site(after)) {
        title = before;
        _ = after;
    }
    if let Some((before, after)) = first_bar(title).filter(|(before, _)| is_site(before)) {
        title = after;
        _ = before;
    }
    if guess
        && let Some((before, after)) = last_bar(title)
        && words(after) <= MOST_SITE_WORDS
        && words(before) > words(after)
    {
        title = before;
    }
    title.to_owned()
}

fn words(text: &str) -> usize {
    // Scripts without spaces write two characters for most words.
    let wide = text.chars().filter(|c| matches!(c, '\u{e00}'..='\u{e7f}' | '\u{3040}'..='\u{9fff}')).count();
    text.split_whitespace().count() + wide / 2
}

/// Splits a title at its last bar. A hyphen, colon or slash within a word is none, unless the script has no spaces.
fn last_bar(title: &str) -> Option<(&str, &str)> {
    split(title, title.char_indices().rev().find(|&(at, ch)| is_bar(title, at, ch))?)
}

fn first_bar(title: &str) -> Option<(&str, &str)> {
    split(title, title.char_indices().find(|&(at, ch)| is_bar(title, at, ch))?)
}

fn split(title: &str, (at, ch): (usize, char)) -> Option<(&str, &str)> {
    let is_mark = |c: char| c.is_whitespace() || BARS.contains(&c);
    let (before, after) = (title[..at].trim_end_matches(is_mark), title[at + ch.len_utf8()..].trim());
    (!before.is_empty() && !after.is_empty()).then_some((before, after))
}

fn is_bar(title: &str, at: usize, ch: char) -> bool {
    if !BARS.contains(&ch) {
        return false;
    }
    let (before, after) = (title[..at].chars().next_back(), title[at + ch.len_utf8()..].chars().next());
    let is_wide = |c: Option<char>| c.is_some_and(|c| ('\u{3000}'..='\u{9fff}').contains(&c));
    let is_space = |c: Option<char>| c.is_some_and(char::is_whitespace);
    match ch {
        '|' | '»' | '«' | '›' | '‹' => true,
        ':' => false,
        _ => is_space(before) && is_space(after) || is_wide(before) && ch != '·',
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_lose_the_name_of_the_site() {
        let sites = ["veldenpost".to_owned()];
        for (title, expect) in [
            ("Bridge to close - Velden Post", "Bridge to close"),
            ("Bridge to close | VELDEN POST", "Bridge to close"),
            ("Velden Post – Bridge to close", "Bridge to close"),
            ("Bridge to close – Velden Post | VeldenPost", "Bridge to close"),
            ("Bridge to close - for good", "Bridge to close - for good"),
            ("Velden Post", "Velden Post"),
            ("Tram-bridge to close", "Tram-bridge to close"),
        ] {
            assert_eq!(without_site(title, &sites, false), expect, "{title}");
        }
        for (title, expect) in [
            ("The old bridge at Velden is to close - Velden Post", "The old bridge at Velden is to close"),
            ("Opinion | The bridge is to close at last", "Opinion | The bridge is to close at last"),
            ("维尔登大桥周一正式通车-维尔登网", "维尔登大桥周一正式通车"),
            ("Bridge 1-2", "Bridge 1-2"),
        ] {
            assert_eq!(without_site(title, &[], true), expect, "{title}");
        }
    }
}
