//! Who wrote it: names, joined by commas.
//!
//! In order of trust: JSON-LD, `itemprop`, `<meta>`, and the block that a rule named nearest to the headline.

use super::{Page, collapsed, folded};
use crate::article::Role;
use crate::document::{Fact, Source};
use crate::rules::byline;
use crate::rules::comment_section::said;
use crate::rules::publish_date::is_date_word;
use crate::span::Span;

/// Names of one article.
const MOST_NAMES: usize = 20;
/// Characters of the longest name, which may be an organisation's.
const LONGEST_NAME: usize = 70;

pub(super) fn find(page: &Page) -> Option<String> {
    let mut spare = Vec::new();
    for source in [Source::Data, Source::Item, Source::Meta] {
        let claims = page.doc.about.claims(Fact::Author, source);
        let names = tidied(claims.flat_map(|claim| names_in(&claim.text)).collect());
        if let Some(persons) = chosen(page, names, &mut spare) {
            return Some(persons.join(", "));
        }
    }
    shown(page, &mut spare).or_else(|| (!spare.is_empty()).then(|| spare.join(", ")))
}

/// Returns the names but the site's. Those that name only the site or nobody are spare, for when nothing better comes.
fn chosen(page: &Page, names: Vec<String>, spare: &mut Vec<String>) -> Option<Vec<String>> {
    let is_person = |name: &&String| !page.is_site(name) && !NOBODY.contains(&folded(name).as_str());
    let persons: Vec<String> = names.iter().filter(is_person).cloned().collect();
    if !persons.is_empty() {
        return Some(persons);
    }
    if spare.is_empty() {
        *spare = names;
        spare.retain(|name| !NOBODY.contains(&folded(name).as_str()));
    }
    None
}

/// Returns the names at the place nearest to the headline that a rule named or points at.
fn shown(page: &Page, spare: &mut Vec<String>) -> Option<String> {
    let named = page.named(Role::Byline).map(|i| page.doc.blocks[i].span);
    let mut places: Vec<((u8, u32), u32)> =
        named.chain(page.pointed(&byline::META)).map(|span| (page.distance(span), span.end)).collect();
    places.sort_unstable();
    let mut found: Option<(Vec<String>, Span)> = None;
    for ((_, start), end) in places {
        let span = Span::new(start, end);
        let names = names_at(page, span);
        match &mut found {
            None => {
                if let Some(persons) = chosen(page, names, spare) {
                    found = Some((persons, span));
                }
            }
            // Authors may stand in elements of their own, one after the other.
            Some((persons, last)) if (last.start..last.end + NEAR).contains(&start) => {
                persons.extend(names.into_iter().filter(|name| is_written_like_a_name(name) && !page.is_site(name)));
                *last = last.hull(span);
            }
            Some(_) => break,
        }
    }
    found.map(|(persons, _)| tidied(persons).join(", "))
}

/// Bytes of source between two authors.
const NEAR: u32 = 250;

/// Returns the names in a place that may be a byline.
fn names_at(page: &Page, span: Span) -> Vec<String> {
    if span.len() > LONGEST_PLACE || page.is_aside(span) {
        return Vec::new();
    }
    let text = page.text_within(span);
    if said(&text).is_some() {
        return Vec::new();
    }
    let start = folded(&text);
    if NOT_BY.iter().any(|other| start.strip_prefix(other).is_some_and(|rest| rest.starts_with(' '))) {
        return Vec::new();
    }
    let mut names = names_in(&text);
    // What follows the first name is a name only if it is written like one.
    let is_whole = names.first().is_some_and(|name| name.contains(' '));
    let mut nth = 0;
    names.retain(|name| {
        nth += 1;
        !name.starts_with(char::is_numeric) && (nth == 1 || is_whole && is_written_like_a_name(name))
    });
    tidied(names)
}

/// Bytes of the source of a byline; a longer one is a list of articles or a biography.
const LONGEST_PLACE: usize = 4000;

/// Returns whether a text is two to five words that begin with capitals, or a name in a script that has none.
fn is_written_like_a_name(text: &str) -> bool {
    let words = || text.split(' ');
    let is_capital = |word: &&str| word.chars().next().is_some_and(|c| !c.is_lowercase());
    (2..=5).contains(&words().count()) && words().filter(is_capital).count() * 2 > words().count()
}

/// Accounts that stand where a name is missing.
const NOBODY: &[&str] =
    &["admin", "administrator", "webmaster", "author", "root", "user", "null", "undefined", "none", "n a"];

/// Starts of lines that name someone else than the author.
const NOT_BY: &[&str] = &[
    "reviewed by",
    "medically reviewed by",
    "edited by",
    "fact checked by",
    "translated by",
    "photo",
    "photos",
    "photograph",
    "photography",
    "image",
    "video",
    "foto",
    "fotos",
    "bild",
    "bilder",
];

/// Words before a name that say that it wrote.
const BY: &[&str] = &[
    "written by",
    "reported by",
    "posted by",
    "published by",
    "story by",
    "words by",
    "text by",
    "article by",
    "review by",
    "analysis by",
    "opinion by",
    "created by",
    "more by",
    "more from",
    "posts by",
    "all posts by",
    "view all posts by",
    "articles by",
    "about",
    "additional reporting by",
    "artikel von",
    "alle artikel von",
    "alles von",
    "mehr von",
    "erstellt von",
    "verfasst von",
    "veröffentlicht von",
    "contributed by",
    "submitted by",
    "by",
    "from",
    "ein kommentar von",
    "eine analyse von",
    "ein gastbeitrag von",
    "ein interview von",
    "eine kolumne von",
    "kommentar von",
    "gastbeitrag von",
    "geschrieben von",
    "von",
    "propos recueillis par",
    "publié par",
    "écrit par",
    "par",
    "escrito por",
    "publicado por",
    "por",
    "scritto da",
    "pubblicato da",
    "articolo di",
    "a cura di",
    "di",
    "da",
    "geschreven door",
    "door",
    "przez",
    "oleh",
    "skrevet af",
    "skrevet av",
    "skriven av",
    "av",
    "af",
    "text",
    "texto",
    "testo",
    "texte",
    "autor",
    "autora",
    "autorka",
    "auteur",
    "autore",
    "author",
    "authors",
    "автор",
    "автори",
    "авторы",
    "penulis",
    "reporter",
    "pewarta",
    "yazan",
    "بقلم",
    "كتب",
    "كتبت",
    "إعداد",
    "نویسنده",
    "लेखक",
    "द्वारा",
    "作者",
    "记者",
    "記者",
    "撰文",
    "文",
    "执笔",
    "執筆",
    "取材・文",
    "글",
    "기자",
];

/// Words that join two names.
const AND: &[&str] = &[
    "and", "und", "et", "og", "och", "ve", "dan", "и", "та", "és", "și", "&", "e", "y", "en", "i", "ja", "with", "mit",
];

/// Last words of what someone is, not who.
const ROLES: &[&str] = &[
    "writer",
    "reporter",
    "editor",
    "correspondent",
    "contributor",
    "columnist",
    "journalist",
    "producer",
    "staff",
    "author",
    "intern",
    "photographer",
    "officer",
    "director",
    "president",
    "founder",
    "ceo",
    "cto",
    "manager",
    "professor",
    "analyst",
    "attorney",
    "expert",
    "redakteur",
    "redakteurin",
    "reporterin",
    "korrespondent",
    "korrespondentin",
    "autorin",
    "journaliste",
    "periodista",
    "redactor",
    "redactora",
    "giornalista",
    "redattore",
    "dziennikarz",
    "dziennikarka",
    "журналист",
    "корреспондент",
    "phd",
    "md",
];

/// Korean, Chinese and Japanese words that follow a name and say what its owner is.
const TITLES: &[&str] =
    &["선임기자", "인턴기자", "전문기자", "기자", "특파원", "논설위원", "앵커", "记者", "記者", "特派員"];

/// Words between a name and what it has to do with: a place, a paper.
const ABOUT: &[&str] = &["in", "for", "at", "from", "of", "on", "aus", "für", "à", "em", "am", "vom"];

/// Returns the names in a byline.
fn names_in(byline: &str) -> Vec<String> {
    let byline = collapsed(byline);
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

/// Returns a part of a byline as a name, if it is one.
fn name_of(part: &str) -> Option<String> {
    let part = without_by(part.trim());
    let digit = part.find(|c: char| c.is_numeric());
    let is_date = |word: &&str| is_date_word(&folded(word));
    if folded(part).split(' ').all(|word| is_date_word(word) || word.bytes().all(|b| b.is_ascii_digit())) {
        return None;
    }
    // A date follows.
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
    while words.len() > 1 && TITLES.contains(&words[words.len() - 1]) {
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
    let name = name.trim_matches(|c: char| !c.is_alphanumeric() && c != '.').trim_start_matches('.');
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

/// Words that a date follows.
const STAMPED: &[&str] =
    &["updated", "published", "posted", "aktualisiert", "veröffentlicht", "publié", "publicado", "pubblicato"];

/// Words before what someone is.
const RANKS: &[&str] = &[
    "senior",
    "chief",
    "staff",
    "contributing",
    "associate",
    "managing",
    "executive",
    "deputy",
    "political",
    "politics",
    "sports",
    "news",
    "business",
    "guest",
    "special",
    "freelance",
    "assistant",
];

/// What stands where a name is sought: buttons beside the author, labels of what is sold.
const LABELS: &[&str] = &[
    "advertisement",
    "anzeige",
    "antworten",
    "comment",
    "comments",
    "email",
    "facebook",
    "follow",
    "instagram",
    "linkedin",
    "min read",
    "mins read",
    "minute read",
    "minutes read",
    "mastodon",
    "print",
    "read more",
    "reply",
    "répondre",
    "responder",
    "share",
    "sponsored",
    "subscribe",
    "telegram",
    "threads",
    "tiktok",
    "twitter",
    "website",
    "whatsapp",
    "youtube",
];

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
fn tidied(names: Vec<String>) -> Vec<String> {
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

    fn byline(page: &str) -> Option<String> {
        let page = format!(
            "<meta property=og:site_name content='Velden Post'><h1>Bridge at Velden to close</h1>{page}<p>The bridge at \
             Velden will close in May for repairs, the town said on Monday after a meeting.</p><p>Trams will still cross \
             the bridge at night, when there are few of them, and in the early morning.</p>"
        );
        crate::Pipeline::default().clean(crate::Page::html(&page)).byline().map(str::to_owned)
    }

    #[test]
    fn bylines_are_taken_in_order_of_trust() {
        for (page, expect) in [
            ("<meta name=author content='Ida Moss'><p class=byline>By Jens Vogt</p>", Some("Ida Moss")),
            ("<meta name=author content='Velden Post'><p class=byline>By Jens Vogt</p>", Some("Jens Vogt")),
            ("<meta name=author content='Velden Post'>", Some("Velden Post")),
            ("<meta name=author content=admin>", None),
            (
                "<p>By <span class=author>Ida Moss</span> and <span class=author>Jens Vogt</span></p>",
                Some("Ida Moss, Jens Vogt"),
            ),
            ("<div>On 3 May 2024 by <a rel=author>Ida Moss</a> in Town</div>", Some("Ida Moss")),
            ("<div class=byline><b>Ida Moss</b><b>Reporter</b></div>", Some("Ida Moss")),
            (
                "<script type=application/ld+json>{\"@type\": \"NewsArticle\", \"author\": {\"@type\": \"Person\", \"name\": \
                 [\"Ida Moss\", \"Jens Vogt\"]}}</script>",
                Some("Ida Moss, Jens Vogt"),
            ),
            ("<form><label class=author>Name</label></form>", None),
            ("<p class=author>Photo: Ida Moss</p>", None),
            ("<p class=author>Ida says:</p>", None),
            ("", None),
        ] {
            assert_eq!(byline(page).as_deref(), expect, "{page}");
        }
    }
}
