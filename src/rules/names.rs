//! What the words of names look like.

/// Small words between and within names.
pub(super) const PARTICLES: &[&str] = &[
    "&", "al", "and", "avec", "bin", "con", "da", "dan", "de", "del", "den", "der", "di", "dos", "e", "el", "en", "et",
    "for", "i", "in", "la", "le", "med", "met", "mit", "of", "og", "och", "the", "und", "van", "ve", "von", "with",
    "y",
];

/// Returns whether a word may be one of a name: it has a capital, or is a small word between such.
pub(super) fn is_of_name(word: &str) -> bool {
    word.starts_with(char::is_uppercase) || PARTICLES.contains(&word)
}

/// Returns whether a word has a capital and no digit, as those of a person's name do.
pub(super) fn is_personal(word: &str) -> bool {
    word.starts_with(char::is_uppercase) && !word.bytes().any(|b| b.is_ascii_digit())
}

/// Returns whether a text is a person's first and last name, and maybe one between, and nothing else.
pub(super) fn is_full_name(text: &str) -> bool {
    (2..=3).contains(&text.split(' ').count()) && text.split(' ').all(is_personal)
}

/// What a Korean reporter is called behind the name.
pub(crate) const KOREAN_TITLES: &[&str] = &["선임기자", "인턴기자", "전문기자", "기자", "특파원"];

/// Words of a line with a Korean reporter's name, title and paper.
const MOST_OF_REPORT: usize = 4;

/// Returns the name of a Korean reporter out of a text that is name and title, maybe with the paper or the place before or between.
pub(crate) fn korean_reporter(text: &str) -> Option<&str> {
    let before = KOREAN_TITLES.iter().find_map(|title| text.strip_suffix(title))?;
    if text.split_whitespace().take(MOST_OF_REPORT + 1).count() > MOST_OF_REPORT {
        return None;
    }
    let is_name =
        |word: &&str| (2..=4).contains(&word.chars().count()) && word.chars().all(|ch| matches!(ch, '가'..='힣'));
    let mut words = before.split_whitespace().rev();
    // The title may be written as one with the name.
    if before.ends_with(char::is_whitespace) { words.find(is_name) } else { words.next().filter(is_name) }
}
