//! Names out of a byline.

use super::words::{ABOUT, AND, BY, LABELS, NOT_BY, RANKS, ROLES, STAMPED, TITLES};
use crate::facts::{collapsed, folded};
use crate::first_bytes::FirstBytes;
use crate::letters::is_combining;
use crate::rules::names::{KOREAN_TITLES, korean_reporter};
use crate::rules::publish_date::dates::is_date_word;

/// Names of one article.
const MOST_NAMES: usize = 20;
/// Characters of the longest name, which may be an organisation's.
const LONGEST_NAME: usize = 70;

/// Returns the names in a byline.
pub(super) fn names_in(byline: &str) -> Vec<String> {
    let byline = collapsed(byline);
    // What is in brackets is mostly the picture's, but for “[굴뚝새일보 정다은 기자]”.
    if let Some(name) = in_brackets(&byline).and_then(korean_reporter) {
        return vec![name.to_owned()];
    }
    let words: Vec<&str> = byline.split(' ').filter(|word| !is_address(word)).collect();
    let byline = without_brackets(&words.join(" "));
    let byline = without_by(&byline);
    let mut out: Vec<String> = Vec::new();
    let bars = [',', ';', '|', '/', '•', '·', '–', '—', '、', '，', '；', '،', '\u{200b}'];
    for part in byline.split(bars).flat_map(|part| part.split(" - ")) {
        for name in parted(part) {
            let Some(name) = name_of(&name) else { continue };
            if let Some(last) = out.last_mut().filter(|_| is_generation(&name)) {
                last.push(' ');
                last.push_str(&name);
            } else if out.len() < MOST_NAMES {
                out.push(name);
            }
        }
    }
    out
}

/// Returns whether a word is an address or an account.
fn is_address(word: &str) -> bool {
    word.contains('@') || word.contains("://") || word.starts_with("www.") || word.contains(".com/")
}

fn is_generation(name: &str) -> bool {
    matches!(folded(name).as_str(), "jr" | "sr" | "ii" | "iii")
}

/// Returns what stands in the brackets around a whole text.
fn in_brackets(text: &str) -> Option<&str> {
    let marks = ['(', '[', '（', '【', ')', ']', '）', '】'];
    let inner = text.strip_prefix(&marks[..4])?.strip_suffix(&marks[4..])?;
    (!inner.contains(marks)).then_some(inner)
}

fn without_brackets(text: &str) -> String {
    let mut depth = 0;
    let kept = text.chars().filter(|ch| {
        match ch {
            '(' | '[' | '（' | '【' => depth += 1,
            ')' | ']' | '）' | '】' if depth > 0 => {
                depth -= 1;
                return false;
            }
            _ => {}
        }
        depth == 0
    });
    kept.collect()
}

/// Takes words that say that someone wrote off the start of a byline.
fn without_by(byline: &str) -> &str {
    let marks = [' ', ':', '：', '＝', '=', '・', '.', '-', '/', '|', '\u{a0}'];
    let mut byline = byline.trim_start_matches(marks).trim_end_matches(&marks[..5]);
    // “Recipe by Ida Moss”.
    if let Some(rest) = [" by ", " By ", " BY "].iter().find_map(|by| byline.split_once(by)).map(|(_, rest)| rest)
        && byline.len() - rest.len() <= LONGEST_LABEL
    {
        byline = rest;
    }
    while let Some(rest) = BY.iter().find_map(|by| after(byline, by)) {
        let rest = rest.trim_start_matches(marks);
        if rest.is_empty() {
            break;
        }
        byline = rest;
    }
    byline
}

/// Bytes of what stands before a name, “by” included.
const LONGEST_LABEL: usize = 24;

/// Returns what follows `by` in a byline, if the byline starts with that word in any case.
fn after<'t>(byline: &'t str, by: &str) -> Option<&'t str> {
    // Most words differ in the first letter.
    let (first, own) = (byline.as_bytes().first()?, by.as_bytes().first()?);
    if first.is_ascii() && first.to_ascii_lowercase() != *own {
        return None;
    }
    let start = byline.get(..by.len())?;
    let rest = &byline[by.len()..];
    let is_wide = by.chars().all(|c| c >= '\u{3000}');
    let is_whole = rest.starts_with([' ', ':', '：', '＝', '=', '・', '/']) || rest.is_empty();
    // A Chinese surname follows at once only after a word of two characters.
    let ends = is_whole || is_wide && by.chars().count() >= 2;
    // “ByIda Moss”, where two elements met.
    let is_glued = start == "By" && rest.chars().next().is_some_and(char::is_uppercase);
    ((ends || is_glued) && start.to_lowercase() == *by).then_some(rest)
}

/// Parts a text at words that join names. Short ones such as “e” and “y” stand within names too, so what follows must be a
/// whole name.
fn parted(text: &str) -> Vec<String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let mut out = vec![String::new()];
    for (i, word) in words.iter().enumerate() {
        let lower = word.to_lowercase();
        let is_short = lower.chars().count() <= 1 && lower != "&" && lower != "и";
        let fits = if is_short { i >= 2 && words.len() - i > 2 } else { i > 0 && i + 1 < words.len() };
        if fits && AND.contains(&lower.as_str()) {
            out.push(String::new());
            continue;
        }
        if let Some(last) = out.last_mut() {
            if !last.is_empty() {
                last.push(' ');
            }
            last.push_str(word);
        }
    }
    out
}

static NOT_BY_FIRST: FirstBytes = FirstBytes::of(NOT_BY);

/// Returns whether a text names someone else than the author.
pub(super) fn is_of_another(text: &str) -> bool {
    if !NOT_BY_FIRST.fit(text.trim_start_matches(|c: char| !c.is_alphanumeric())) {
        return false;
    }
    let start = folded(text);
    let is_whole = |rest: &str| rest.is_empty() || rest.starts_with(' ');
    NOT_BY.iter().any(|other| start.strip_prefix(other).is_some_and(is_whole))
}

/// Returns a part of a byline as a name, if it is one.
fn name_of(part: &str) -> Option<String> {
    let part = without_by(part.trim());
    if is_of_another(part) {
        return None;
    }
    // A date follows; a figure within a word is the name's, as in “Velden24”.
    let starts_word = |at: usize| !part[..at].ends_with(char::is_alphanumeric);
    let digit = part.char_indices().find(|&(at, c)| c.is_numeric() && starts_word(at)).map(|(at, _)| at);
    let is_date = |word: &&str| is_date_word(&folded(word));
    if folded(part).split(' ').all(|word| is_date_word(word) || word.bytes().all(|b| b.is_ascii_digit())) {
        return None;
    }
    let part = &part[..digit.filter(|&at| at > 0).unwrap_or(part.len())];
    let mut words: Vec<&str> = part.split_whitespace().collect();
    let is_about =
        |(at, word): (usize, &&str)| at >= 2 && ABOUT.contains(word) || at == 1 && matches!(*word, "in" | "on");
    if let Some(at) = words.iter().enumerate().position(is_about) {
        words.truncate(at);
    }
    if let Some(at) = words.iter().position(|word| STAMPED.contains(&folded(word).as_str())) {
        words.truncate(at);
    }
    while digit.is_some() && words.last().is_some_and(is_date) {
        words.pop();
    }
    if let Some(name) = korean_reporter(part) {
        return Some(name.to_owned());
    }
    while words.len() > 1 && [TITLES, KOREAN_TITLES].iter().any(|titles| titles.contains(&words[words.len() - 1])) {
        words.pop();
    }
    let is_of = |list: &[&str], word: &str| list.contains(&folded(word).as_str());
    if let [.., rank, role] = words[..]
        && is_of(ROLES, role)
        && is_of(RANKS, rank)
    {
        // What is left must be a name.
        let name = words.iter().rposition(|word| !is_of(ROLES, word) && !is_of(RANKS, word));
        words.truncate(name.filter(|&last| last > 0).map_or(words.len(), |last| last + 1));
    }
    let name = words.join(" ");
    let name =
        name.trim_matches(|c: char| !c.is_alphanumeric() && !is_combining(c) && c != '.').trim_start_matches('.');
    let name = if name.ends_with('.') && !is_initial(name) { name.trim_end_matches('.') } else { name };
    let key = folded(name);
    let label = key.trim_start_matches(|c: char| c.is_numeric() || c == ' ');
    let is_word_alone = [BY, AND, LABELS].iter().any(|words| words.contains(&label));
    let is_name = !is_word_alone
        && !is_unfilled(name)
        && name.chars().any(char::is_alphabetic)
        && name.chars().count() <= LONGEST_NAME;
    is_name.then(|| name.to_owned())
}

/// Returns whether a text is the place for a name in a template, as `page.head.author` and `{{author}}`.
fn is_unfilled(name: &str) -> bool {
    let is_key = |part: &str| part.len() > 1 && part.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
    name.contains(['{', '}', '$']) || name.split('.').count() > 2 && name.split('.').all(is_key)
}

fn is_initial(name: &str) -> bool {
    let last = name.rsplit(' ').next().unwrap_or_default();
    last.chars().count() <= 3
}

/// Drops names that are given twice or within another, and what someone is where a name says who.
pub(super) fn tidied(names: Vec<String>) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut keys: Vec<String> = Vec::new();
    for name in names {
        let key = folded(&name);
        if keys.contains(&key) || out.len() >= MOST_NAMES {
            continue;
        }
        keys.push(key);
        out.push(name);
    }
    let is_role = |key: &String| key.rsplit(' ').next().is_some_and(|last| ROLES.contains(&last));
    let has_name = keys.iter().any(|key| !is_role(key));
    let is_within = |key: &String| keys.iter().any(|other| other != key && has_words(other, key));
    let stays: Vec<bool> = keys.iter().map(|key| !(is_within(key) || has_name && is_role(key))).collect();
    let mut stays = stays.into_iter();
    out.retain(|_| stays.next() == Some(true));
    out
}

/// Returns whether one folded name holds another as whole words.
fn has_words(name: &str, part: &str) -> bool {
    name.strip_prefix(part).is_some_and(|rest| rest.starts_with(' '))
        || name.strip_suffix(part).is_some_and(|rest| rest.ends_with(' '))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bylines_are_read_as_names() {
        for (byline, names) in [
            ("By Ida Moss", "Ida Moss"),
            ("Written by: Ida Moss", "Ida Moss"),
            ("BY IDA MOSS", "IDA MOSS"),
            ("Byron Hale", "Byron Hale"),
            ("Von: Jens Vogt", "Jens Vogt"),
            ("Ein Kommentar von Jens Vogt", "Jens Vogt"),
            ("Ida Moss and Jens Vogt", "Ida Moss, Jens Vogt"),
            ("Ida Moss, Jens Vogt & Al Roe", "Ida Moss, Jens Vogt, Al Roe"),
            ("Von Ida Moss und Jens Vogt, Velden", "Ida Moss, Jens Vogt, Velden"),
            ("Par Ida Moss et Jens Vogt", "Ida Moss, Jens Vogt"),
            ("Por José Ortega y Gasset", "José Ortega y Gasset"),
            ("Por Ida Moss y Jens Vogt", "Ida Moss, Jens Vogt"),
            ("Ida Moss, Staff Writer", "Ida Moss"),
            ("Staff Reporter", "Staff Reporter"),
            ("Ida Moss in Velden", "Ida Moss"),
            ("Ida Moss (Velden)", "Ida Moss"),
            ("Ida Moss ida@example.com @idamoss", "Ida Moss"),
            ("https://example.com/ida", ""),
            ("Ida Moss | 3 May 2024", "Ida Moss"),
            ("Robert Moss, Jr.", "Robert Moss Jr."),
            ("Ida Moss, IDA MOSS, Ida", "Ida Moss"),
            ("정다은 기자", "정다은"),
            ("정다은기자", "정다은"),
            ("[굴뚝새일보 정다은 기자]", "정다은"),
            ("정다은 굴뚝새뉴스 기자 daeun@velden.example", "정다은"),
            ("글·사진 정다은 기자", "정다은"),
            ("글 정다은 기자 · 사진 한고을 기자", "정다은"),
            ("山田太郎 記者", "山田太郎"),
            ("文/图 顾念白", "顾念白"),
            ("Текст и фото: Ида Мосс", "Ида Мосс"),
            ("Text und Fotos: Ida Moss", "Ida Moss"),
            ("Text: Ida Moss, Fotos: Jens Vogt", "Ida Moss"),
            ("记者：王小明", "王小明"),
            ("作者 王小明、李大山", "王小明, 李大山"),
            ("Автор: Ида Мосс", "Ида Мосс"),
            ("بقلم: سامي حداد", "سامي حداد"),
            ("", ""),
            ("By", ""),
            ("ByIda Moss", "Ida Moss"),
            ("Ida Moss Senior Staff Writer", "Ida Moss"),
            ("Ida Moss last updated May 3, 2024", "Ida Moss"),
            ("Ida Moss am Freitag, 3. Mai 2024 um 10:15 Uhr", "Ida Moss"),
            ("Friday, 3 May 2024", ""),
            ("Recipe by Ida Moss", "Ida Moss"),
            ("Velden Daily Reporter", "Velden Daily Reporter"),
            ("Ida Moss, Contributing Opinion Writer", "Ida Moss"),
            ("idamoss in Workshop", "idamoss"),
            ("Ida Moss | 3 min read", "Ida Moss"),
            ("Ida Moss, Twitter", "Ida Moss"),
            ("page.head.author", ""),
            ("J. R. Moss", "J. R. Moss"),
            ("{{ author }}", ""),
        ] {
            assert_eq!(tidied(names_in(byline)).join(", "), names, "{byline}");
        }
    }
}
