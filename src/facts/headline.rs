//! The headline, without the site's name.
//!
//! The block that the rule named, when the head says much the same; then the page's only heading of the first level; then
//! what JSON-LD, `itemprop`, `<meta>` and `<title>` say, in that order. A kicker or subtitle is in or out as JSON-LD has it.

use super::{Page, collapsed, folded, squeezed};
use crate::document::{Block, BlockKind, Fact, Setting, Source};

/// Marks that part the headline from the name of the site in a title.
const BARS: [char; 13] = ['|', '-', '–', '—', '·', '•', '»', '«', '›', '‹', ':', '_', '/'];

/// Words of what is cut off a title when nothing says that it is the site's name.
const MOST_SITE_WORDS: usize = 5;

/// Share of its words that a heading has in common with what the head says, when it is the headline.
const FEWEST_SHARED: f32 = 0.5;

/// Share of its words that another headline of the same article has in common with the heading.
const FEWEST_KINDRED: f32 = 0.2;

/// Words of a heading that is taken for the headline though the head says otherwise.
const FEWEST_WORDS: usize = 3;

pub(super) fn find(page: &Page) -> Option<String> {
    let about = &page.doc.about;
    let is_own = |text: &String| !text.is_empty() && !page.is_site(text);
    let tidy = |text: &str| Some(without_site(&collapsed(text), &page.sites, false)).filter(is_own);
    let said = |source| about.claims(Fact::Headline, source).find_map(|claim| tidy(&claim.text));
    let (data, meta) = (said(Source::Data), said(Source::Meta));
    let title = about.title.as_deref().map(|title| without_site(title, &page.sites, page.sites.is_empty()));
    let stated: Vec<String> = [data.clone(), said(Source::Item), meta.clone(), title].into_iter().flatten().collect();
    let named = page.headline.and_then(|i| tidy(page.doc.text_at(i)));
    let fits = |named: &String| stated.is_empty() || stated.iter().any(|text| shared(named, text) >= FEWEST_SHARED);
    if let Some(named) = named.clone().filter(fits) {
        return Some(match data {
            data if words(&named) < FEWEST_WORDS => longer(&named, [data, meta]),
            Some(said) if is_within(&said, &named) || is_within(&named, &said) => said,
            // A title that repeats it would be the one for search engines, and the heading the true one.
            Some(said) if !is_in_title(page, &said) && shared(&said, &named) >= FEWEST_KINDRED => said,
            _ => named,
        });
    }
    // A word or two that the head does not say are the name of a section.
    let says_enough = |text: &String| words(text) >= FEWEST_WORDS || fits(text);
    only_title(page).and_then(tidy).filter(says_enough).or_else(|| stated.first().cloned()).or(named)
}

/// Returns the text of the heading of the first level, if the page shows one alone.
fn only_title<'p>(page: &'p Page) -> Option<&'p str> {
    let is_title = |block: &&Block| block.kind == BlockKind::Heading && block.level == 1 && !block.is(Setting::HIDDEN);
    let mut titles = page.doc.blocks.iter().filter(is_title);
    let only = titles.next()?;
    titles.next().is_none().then(|| page.doc.text(only))
}

/// Returns the first text that has a short one and much more; the short one is then a kicker.
fn longer(short: &str, stated: [Option<String>; 2]) -> String {
    let goes_on =
        |text: &String| words(text) >= words(short) + FEWEST_WORDS && squeezed(text).contains(&squeezed(short));
    stated.into_iter().flatten().find(goes_on).unwrap_or_else(|| short.to_owned())
}

fn is_in_title(page: &Page, text: &str) -> bool {
    page.doc.about.title.as_deref().is_some_and(|title| squeezed(title).contains(&squeezed(text)))
}

/// Returns whether one text is a part of the other, as a headline is of one with a kicker or a subtitle.
fn is_within(part: &str, whole: &str) -> bool {
    let (part, whole) = (squeezed(part), squeezed(whole));
    part.len() * 3 >= whole.len() && whole.contains(&part)
}

/// Returns the share of the shorter text's words that the other has too; characters count as words where there are no
/// spaces.
fn shared(one: &str, other: &str) -> f32 {
    let (one, other) = (folded(one), folded(other));
    let (one, other) = (bag(&one), bag(&other));
    let both = one.iter().filter(|word| other.binary_search(word).is_ok()).count();
    both as f32 / one.len().min(other.len()).max(1) as f32
}

/// Returns the words of a folded text, sorted, each once.
fn bag(text: &str) -> Vec<&str> {
    let mut out = Vec::new();
    for word in text.split(' ') {
        match !word.is_ascii() && word.chars().any(is_wide) {
            true => out.extend(word.char_indices().map(|(at, ch)| &word[at..at + ch.len_utf8()])),
            false => out.push(word),
        }
    }
    out.sort_unstable();
    out.dedup();
    out
}

/// Returns whether a character is of a script that writes no spaces.
fn is_wide(ch: char) -> bool {
    matches!(ch, '\u{e00}'..='\u{e7f}' | '\u{3040}'..='\u{9fff}')
}

/// Returns a title without the name of the site at its end or start. When no name is known, `guess` takes off a short
/// part at the end.
fn without_site(title: &str, sites: &[String], guess: bool) -> String {
    let mut title = title.trim();
    let is_site = |part: &str| {
        let part = squeezed(part);
        !part.is_empty() && sites.contains(&part)
    };
    while let Some((before, _)) = last_bar(title).filter(|(_, after)| is_site(after)) {
        title = before;
    }
    if let Some((_, after)) = first_bar(title).filter(|(before, _)| is_site(before)) {
        title = after;
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
    let wide = if text.is_ascii() { 0 } else { text.chars().filter(|&c| is_wide(c)).count() };
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
    if ch.is_ascii_alphanumeric() || ch == ' ' || !BARS.contains(&ch) {
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

    /// Returns the headline of a page with this head and body, and then two paragraphs.
    fn headline(page: &str) -> Option<String> {
        let body = "<p>The bridge at Velden will close in May for repairs, the town said on Monday after a meeting.</p>\
                    <p>Trams will still cross the bridge at night, when there are few of them, and in the early morning.</p>";
        let page = format!("{page}{body}");
        crate::Pipeline::default().clean(crate::Page::html(&page)).headline().map(str::to_owned)
    }

    #[test]
    fn heading_and_head_agree_on_the_headline() {
        let data = |headline: &str| {
            format!(
                "<script type=application/ld+json>{{\"@type\": \"NewsArticle\", \"headline\": \"{headline}\"}}</script>"
            )
        };
        for (page, expect) in [
            ("<title>Bridge to close | Post</title><h1>Old bridge to close</h1>".to_owned(), "Old bridge to close"),
            (data("Bridge to close in May") + "<h1>Velden: Bridge to close in May</h1>", "Bridge to close in May"),
            (data("Bridge to close in May, says town") + "<h1>Velden</h1>", "Bridge to close in May, says town"),
            (data("Bridge &amp; tram") + "<p>", "Bridge & tram"),
            (
                "<meta property=og:site_name content=Post><meta property=og:title content='Bridge - Post'>".to_owned(),
                "Bridge",
            ),
            (
                "<title>The bridge at Velden is to close - Velden Post</title>".to_owned(),
                "The bridge at Velden is to close",
            ),
            ("<title>An old bridge</title><h1>Velden Post</h1>".to_owned(), "An old bridge"),
        ] {
            assert_eq!(headline(&page).as_deref(), Some(expect), "{page}");
        }
    }
}
