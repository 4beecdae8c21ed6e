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
        claims.extend(known(key).flatten().and_then(|fact| claim(fact, value, at)));
    }
    None
}

/// Keys that stand above a text, and what of the article they state.
const KEYS: &[(&str, Option<Fact>)] = &[
    ("author", Some(Fact::Author)),
    ("authors", Some(Fact::Author)),
    ("byline", Some(Fact::Author)),
    ("canonical", Some(Fact::Address)),
    ("content", None),
    ("date", Some(Fact::Published)),
    ("description", None),
    ("hostname", None),
    ("image", None),
    ("keywords", None),
    ("lang", Some(Fact::Language)),
    ("language", Some(Fact::Language)),
    ("lastmod", Some(Fact::Modified)),
    ("markdown content", None),
    ("modified", Some(Fact::Modified)),
    ("number of pages", None),
    ("pubdate", Some(Fact::Published)),
    ("published", Some(Fact::Published)),
    ("published date", Some(Fact::Published)),
    ("published time", Some(Fact::Published)),
    ("site", Some(Fact::Site)),
    ("site name", Some(Fact::Site)),
    ("sitename", Some(Fact::Site)),
    ("source", None),
    ("source url", Some(Fact::Address)),
    ("tags", None),
    ("title", Some(Fact::Headline)),
    ("updated", Some(Fact::Modified)),
    ("url", Some(Fact::Address)),
    ("url source", Some(Fact::Address)),
    ("warning", None),
];

/// Returns what a key states, if it is known.
fn known(key: &str) -> Option<Option<Fact>> {
    KEYS.iter().find(|(known, _)| known.eq_ignore_ascii_case(key)).map(|(_, fact)| *fact)
}

/// Lines of known keys, the first of which is the title or the address; one of them has the address.
fn listed(source: &str, first: &str) -> Option<(u32, Vec<Claim>)> {
    let mut claims = Vec::new();
    let (mut end, mut has_address) = (0, false);
    for (at, line, next) in lines(source, first) {
        if line.is_empty() {
            continue;
        }
        let Some((key, value)) = line.split_once(':') else { break };
        let Some(fact) = known(key) else { break };
        if end == 0 && !matches!(fact, Some(Fact::Headline | Fact::Address)) {
            return None;
        }
        let said = value.trim();
        has_address |= said.starts_with("http://") || said.starts_with("https://");
        end = next as u32;
        claims.extend(fact.and_then(|fact| claim(fact, value, at)));
        if is_any(key, &["markdown content", "content"]) && said.is_empty() {
            break;
        }
    }
    has_address.then_some((end, claims))
}

fn is_any(key: &str, known: &[&str]) -> bool {
    known.iter().any(|known| known.eq_ignore_ascii_case(key))
}

/// Returns what the value of a key says of the article.
fn claim(fact: Fact, value: &str, at: usize) -> Option<Claim> {
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
        let (text, claims) = found("Title: Bridge\nURL: https://a.example/b\nUpdated: 2031-05-15\n\nText").unwrap();
        assert_eq!((text.trim(), claims[2].as_str()), ("Text", "Modified 2031-05-15"));
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
