//! Dates with the name of who wrote or posted the article.

use super::dates::{LONGEST_WORD, holds_hour, holds_year, is_date, is_date_word, is_figure};
use crate::letters;
use crate::rules::names::is_of_name;

/// What stands with a colon between the writer's name and a date.
const STAMPS: &[&str] = &[
    "published",
    "updated",
    "posted",
    "modified",
    "veröffentlicht",
    "aktualisiert",
    "stand",
    "publié",
    "modifié",
    "publicado",
    "actualizado",
    "atualizado",
    "pubblicato",
    "aggiornato",
    "gepubliceerd",
    "bijgewerkt",
    "опубликовано",
    "обновлено",
    "نشر",
    "نشرت",
    "입력",
    "수정",
    "등록",
    "公開",
    "更新",
    "配信",
];

/// Words of a name before a stamp.
const MOST_OF_NAME: usize = 6;

/// Returns whether a name or nothing, one of these words, and a date are all of a text.
pub(super) fn is_labelled_date(text: &str) -> bool {
    let mut rest = text;
    for _ in 0..=MOST_OF_NAME {
        rest = rest.trim_start();
        let (word, behind) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
        let label = word.trim_end_matches([':', '：']);
        if label.len() < word.len() && STAMPS.contains(&label.to_lowercase().as_str()) && is_date(rest) {
            return true;
        }
        if word.contains(|c: char| c.is_ascii_digit()) {
            return false;
        }
        rest = behind;
    }
    false
}

/// Bytes of the longest line with names and a date.
const LONGEST_NAMED: usize = 300;

/// Returns whether names and titles, and a date with its year and hour behind them, are all of a text; no space may part them, as
/// in “Ida Moss, ReporterDec 22, 2031, 06:21 PM”.
pub(super) fn is_behind_names(text: &str) -> bool {
    if text.len() > LONGEST_NAMED || !holds_hour(text) {
        return false;
    }
    let starts = text.char_indices().skip(1).filter(|(_, ch)| ch.is_uppercase() || ch.is_ascii_digit());
    let Some((names, date)) = starts.map(|(at, _)| text.split_at(at)).find(|(_, date)| is_date(date)) else {
        return false;
    };
    let may_be_name = |word: &str| {
        let word = word.trim_start_matches(|ch: char| !ch.is_alphanumeric());
        word.is_empty() || is_of_name(word)
    };
    holds_year(date) && names.starts_with(char::is_uppercase) && names.split_whitespace().all(may_be_name)
}

/// What a line begins with that says who put an article there, and when.
const POSTED: &[&str] = &[
    "posted",
    "published",
    "submitted",
    "written",
    "uploaded",
    "comment",
    "postado",
    "publicado",
    "enviado",
    "escrito",
    "publié",
    "posté",
    "rédigé",
    "écrit",
    "geplaatst",
    "gepubliceerd",
    "geschreven",
    "geschrieben",
    "veröffentlicht",
    "erstellt",
    "eingestellt",
    "verfasst",
    "pubblicato",
    "postato",
    "scritto",
    "inviato",
    "skrevet",
    "publisert",
    "publiceret",
    "publicerad",
    "skriven",
    "postet",
    "opublikowano",
    "opublikowane",
    "dodano",
    "dodane",
    "napisane",
    "опубликовано",
    "отправлено",
    "размещено",
    "опубліковано",
    "публикувано",
    "objavio",
    "objavljeno",
    "vložil",
    "napsal",
    "közzétette",
    "beküldte",
    "írta",
    "gönderen",
    "ekleyen",
    "diposting",
    "ditulis",
    "đăng",
];
/// Small words between who, where and when that are none of names and dates.
const BETWEEN: &[&str] = &[
    "under",
    "unter",
    "par",
    "dans",
    "por",
    "su",
    "door",
    "av",
    "af",
    "przez",
    "w",
    "dnia",
    "автором",
    "от",
    "dne",
    "oleh",
    "bởi",
    "vào",
];
/// Words of the longest such line. Set by hand.
const MOST_POSTED: usize = 16;

/// Returns whether a text is such a word, names and small words, and a date with its year or an hour: “Posted in Local by
/// Ida Moss on 3 May 2031”.
pub(super) fn is_posted(text: &str) -> bool {
    let mut words = text.split_ascii_whitespace().map(|word| word.trim_matches(|ch| !letters::is_alphanumeric(ch)));
    let is_first = |word: &str| word.len() <= LONGEST_WORD && POSTED.contains(&word.to_lowercase().as_str());
    if !words.next().is_some_and(is_first) {
        return false;
    }
    let is_part = |word: &str| {
        word.is_empty()
            || is_of_name(word)
            || BETWEEN.contains(&word)
            || word.starts_with(is_figure)
            || is_date_word(&word.to_lowercase())
    };
    words.clone().count() < MOST_POSTED && words.all(is_part) && (holds_year(text) || holds_hour(text))
}
