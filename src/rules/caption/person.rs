//! What the name behind a caption looks like.

use super::words::TAIL;
use crate::rules::names::is_personal;

/// Returns whether a text is nothing but a person's name, or two: initials and words with capitals.
pub(super) fn is_person(text: &str) -> bool {
    let mut words = text.split([' ', '/']).filter(|word| !word.is_empty());
    (2..=5).contains(&words.clone().count()) && words.all(is_personal) && !text.contains(',') && is_tail(text)
}

/// Returns whether a text is short enough to end a credit, and no sentence; a bracket may close behind it.
pub(super) fn is_tail(text: &str) -> bool {
    let text = text.strip_suffix([')', ']', '）']).unwrap_or(text);
    text.chars().take(TAIL + 1).count() <= TAIL && !ends_within(text)
}

/// Returns whether a sentence ends in a text; the dots of initials end none.
pub(super) fn ends_within(text: &str) -> bool {
    text.char_indices().any(|(at, ch)| matches!(ch, '!' | '?' | '。') || ch == '.' && !ends_in_initial(&text[..at]))
}

/// Letters of the longest word that a dot shortens: `J.`, `Dr.`
const SHORTENED: usize = 2;

/// Returns whether a text ends in a capital that is all of its word, or all but one letter.
pub(super) fn ends_in_initial(text: &str) -> bool {
    let word = text.rsplit(|ch: char| !ch.is_alphanumeric()).next().unwrap_or_default();
    word.starts_with(char::is_uppercase) && word.chars().count() <= SHORTENED
}
