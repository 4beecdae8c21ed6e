//! What a program wrote above the text that it saved: the title, the address, the date, one to a line.
//!
//! Two kinds: a block between rules, as static sites and trafilatura write it (`---` with YAML, `+++` with TOML), and lines such as
//! `URL Source: …` that end with `Markdown Content:`, as readers for language models write them.

use crate::document::{Claim, Fact, Source};

/// Lines read in search of its end, and bytes of the longest.
const MOST_LINES: usize = 100;
const MOST_BYTES: usize = 16 * 1024;

/// Returns where the text begins, and what is said above it of the article.
pub(super) fn read(source: &str) -> Option<(u32, Vec<Claim>)> {
    let first = source.trim_start_matches('\u{feff}').trim_start();
    match first.as_bytes().first()? {
        b'-' if first.starts_with("---\n") || first.starts_with("---\r\n") => fenced(source, first, "---", ':'),
        b'+' if first.starts_with("+++\n") || first.starts_with("+++\r\n") => fenced(source, first, "+++", '='),
        byte if byte.is_ascii_alphabetic() => listed(source, first),
        _ => None,
    }
}

/// The first lines, each with where it starts and where the next does.
fn lines<'a>(source: &'a str, first: &'a str) -> impl Iterator<Item = (usize, &'a str, usize)> {
    let mut at = source.len() - first.len();
    first.split_inclusive('\n').take(MOST_LINES).map_while(move |line| {
        let start = at;
        at += line.len();
        (line.len() <= MOST_BYTES).then(|| (start, line.trim_end(), at))
    })
}

/// A block between two rules, of nothing but keys, their values, items and remarks.
fn fenced(source: &str, first: &str, fence: &str, mark: char) -> Option<(u32, Vec<Claim>)> {
    let mut claims = Vec::new();
    let mut keys = 0;
    for (at, line, next) in lines(source, first).skip(1) {
        if line == fence || line == "..." && keys > 0 {
            return (keys > 0).then_some((next as u32, claims));
        }
        // A value may go on further in, and a list stand below its key.
        if line.is_empty() || line.starts_with([' ', '\t', '-', '#', ']', '[']) {
            continue;
        }
        let (key, value) = line.split_once(mark)?;
        let key = key.trim();
        if key.is_empty() || key.contains(|ch: char| !ch.is_alphanumeric() && !matches!(ch, '_' | '-' | '.')) {
            return None;
        }
        keys += 1;
        claims.extend(claim(key, value, at));
    }
    None
}

/// Keys of lines that stand above a text without a rule around them.
const KEYS: &[&str] = &[
    "author",
    "authors",
    "byline",
    "content",
    "date",
    "description",
    "hostname",
    "image",
    "keywords",
    "language",
    "markdown content",
    "number of pages",
    "published",
    "published date",
    "published time",
    "site",
    "site name",
    "sitename",
    "source",
    "source url",
    "tags",
    "title",
    "url",
    "url source",
    "warning",
];

/// Lines of known keys, the first of which is the title or the address; one of them has the address.
fn listed(source: &str, first: &str) -> Option<(u32, Vec<Claim>)> {
    let mut claims = Vec::new();
    let (mut end, mut has_address) = (0, false);
    for (at, line, next) in lines(source, first) {
        if line.is_empty() {
            continue;
        }
        let Some((key, value)) = line.split_once(':') else { break };
        if !is_any(key, KEYS) {
            break;
        }
        if end == 0 && !is_any(key, &["title", "url", "url source", "source url"]) {
            return None;
        }
        let said = value.trim();
        has_address |= said.starts_with("http://") || said.starts_with("https://");
        end = next as u32;
        claims.extend(claim(key, value, at));
        if is_any(key, &["markdown content", "content"]) && said.is_empty() {
            break;
        }
    }
    has_address.then_some((end, claims))
}

fn is_any(key: &str, known: &[&str]) -> bool {
    known.iter().any(|known| known.eq_ignore_ascii_case(key))
}

/// Returns what a key and its value say of the article.
fn claim(key: &str, value: &str, at: usize) -> Option<Claim> {
    let fact = match () {
        () if is_any(key, &["title"]) => Fact::Headline,
        () if is_any(key, &["author", "authors", "byline"]) => Fact::Author,
        () if is_any(key, &["date", "published", "published date", "published time", "pubdate"]) => Fact::Published,
        () if is_any(key, &["lastmod", "modified", "updated"]) => Fact::Modified,
        () if is_any(key, &["lang", "language"]) => Fact::Language,
        () if is_any(key, &["site", "site name", "sitename"]) => Fact::Site,
        () if is_any(key, &["url", "url source", "source url", "canonical"]) => Fact::Address,
        () => return None,
    };
    let is_frame = |ch: char| ch.is_whitespace() || matches!(ch, '"' | '\'' | '[' | ']');
    let text = value.trim_matches(is_frame);
    let text = if fact == Fact::Author { text.replace(['"', '\''], "") } else { text.to_owned() };
    let says_nothing = matches!(text.as_str(), "" | "null" | "None" | "~");
    (!says_nothing).then_some(Claim { fact, source: Source::Meta, text, at: at as u32 })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(source: &str) -> Option<(&str, Vec<String>)> {
        let (end, claims) = read(source)?;
        Some((&source[end as usize..], claims.iter().map(|claim| format!("{:?} {}", claim.fact, claim.text)).collect()))
    }

    #[test]
    fn what_a_program_wrote_above_the_text_is_told_from_it() {
        let (text, claims) = found(
            "---\r\ntitle: \"Bridge: to close\"\nauthors:\n  - Ida Moss\nauthor: ['Ida Moss', 'P. Hald']\ndate: 2031-05-14\n---\nThe bridge",
        )
        .unwrap();
        assert_eq!((text, claims.len()), ("The bridge", 3));
        assert_eq!(claims[..2], ["Headline Bridge: to close", "Author Ida Moss, P. Hald"]);
        let (text, claims) = found(
            "Title: Bridge to close\n\nURL Source: https://a.example/b\n\nPublished Time: 2031-05-14T08:20Z\n\nMarkdown Content:\n# Title: it closes",
        )
        .unwrap();
        assert_eq!(text, "# Title: it closes");
        assert_eq!(claims, ["Headline Bridge to close", "Address https://a.example/b", "Published 2031-05-14T08:20Z"]);
        assert_eq!(found("+++\ntitle = 'Bridge'\n+++\nText").unwrap().0, "Text");
    }

    #[test]
    fn text_is_not_taken_for_it() {
        for text in [
            "",
            "---\n\nThe bridge closes: at last.\n\n---\n",
            "---\ntitle: a\n",
            "---\n---\nText",
            "Title: a bridge too far\n\nThe film opened on Monday.",
            "Warning: the bridge is closed\nURL: https://a.example/",
            "Date: Monday\nThe bridge closed.",
        ] {
            assert!(read(text).is_none(), "{text}");
        }
    }
}
