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
