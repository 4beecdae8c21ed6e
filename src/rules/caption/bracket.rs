//! Whether a bracket behind a text says whose picture it is.

use super::label;
use super::person::{ends_in_initial, ends_within, is_person};
use super::words::{GIVEN, GIVER, PICTURE_ENDS, SERVICE, SERVICE_ENDS, TAIL};
use crate::measure::Marks;
use crate::rules::names::is_personal;

/// Words of a scene, as a sentence, behind which a name and a paper in brackets are a credit.
const SCENE_WORDS: usize = 5;
/// Words of a scene, as a sentence or not, which a title with two names in brackets has not.
const SCENE_IN_FULL: usize = 8;

/// Marks that open a bracket.
pub(super) const BRACKETS: Marks = Marks::ROUND.or(Marks::SQUARE).or(Marks::FULL);
/// Marks of which each of an agency's captions has one.
pub(super) const OF_AGENCY: Marks = Marks::ROUND.or(Marks::HYPHEN).or(Marks::OTHER);

/// Returns whether a text is a scene, as a sentence, and a name, often without a space between: “… in the evening. Ida Moss”.
fn ends_in_name(text: &str) -> bool {
    let Some(stop) = text.rfind(". ").or_else(|| text.rfind('.')) else { return false };
    let (scene, name) = (&text[..stop], text[stop + 1..].trim_start());
    !ends_in_initial(scene) && scene.split(' ').count() >= SCENE_WORDS && !name.contains(':') && is_person(name)
}

/// Returns whether a text ends in a bracket that says whose picture it is. An agency alone there may be the article's.
pub(super) fn ends(text: &str) -> bool {
    let text = text.trim_end();
    let (text, is_sentence) = text.strip_suffix('.').map_or((text, false), |text| (text, true));
    let Some(bare) = text.strip_suffix([')', '）', ']']) else { return false };
    let Some(open) = bare.rfind(['(', '（', '[']) else { return false };
    let credit = bare[open..].trim_start_matches(['(', '（', '[']).trim_start();
    if credit.chars().take(TAIL + 1).count() > TAIL {
        return false;
    }
    // “(Image credit: Ida Moss)”, “(Crédit photo : Ida Moss)”, “(Velden Post photo by Ida Moss)”, “(Symbolbild)”.
    if label::opens(credit) || label::is_kind(credit) || label::ends(credit, false) {
        return true;
    }
    if is_sentence || ends_within(credit) {
        return false;
    }
    let is_paper = credit.starts_with(char::is_alphabetic) && !credit.bytes().any(|b| b.is_ascii_digit());
    let is_behind_sentence = || {
        let scene = bare[..open].trim_end();
        scene.ends_with(['.', '!', '”', '"', '»', '’']) && scene.split_ascii_whitespace().count() >= SCENE_WORDS
    };
    let is_scene = || bare[..open].split_ascii_whitespace().count() >= SCENE_IN_FULL;
    is_paper
        && (ends_in_name(&bare[..open])
            || is_name_and_paper(credit) && is_scene()
            || is_person(credit) && is_behind_sentence())
        || ends_in_word_of_pictures(credit)
        || credit.chars().count() <= GIVER
            && (GIVEN.iter().chain(&["供图"]).any(|given| credit.ends_with(given))
                || SERVICE_ENDS.iter().any(|end| credit.ends_with(end)) && !ends_within(&bare[..open]))
}

/// Returns whether a credit is a person and a paper: “Post/Ida Moss”, “Ida Moss | Post”, “Ida Moss, Post”.
fn is_name_and_paper(credit: &str) -> bool {
    let is_paper = |text: &str| text.split(' ').all(is_personal);
    let is_pair = |(one, two): (&str, &str)| is_person(one) && is_paper(two.trim()) || is_person(two) && is_paper(one);
    credit.matches(',').count() < 2 && credit.split_once(['/', '|', ',']).is_some_and(is_pair)
}

/// Words of the longest credit that one of these ends.
const MOST_BEFORE_END: usize = 5;

fn ends_in_word_of_pictures(credit: &str) -> bool {
    let last = credit.rsplit([' ', '/']).next().unwrap_or(credit).to_lowercase();
    PICTURE_ENDS.contains(&last.as_str()) && credit.split(' ').count() <= MOST_BEFORE_END
}

/// Returns whether a text is an agency's caption, which may be long: it starts as one from the files does, or ends in a bracket
/// such as “(AP Photo/Ida Moss, File)” or “(Ida Moss/Velden Post via AP)”.
pub(super) fn is_of_agency(text: &str) -> bool {
    const FILE: [&str; 3] = ["FILE - ", "FILE — ", "FILE – "];
    if FILE.iter().any(|file| text.starts_with(file)) {
        return true;
    }
    let Some(bare) = text.trim_end().strip_suffix(')') else { return false };
    let Some(open) = bare.rfind('(') else { return false };
    let credit = &bare[open + 1..];
    let is_photo =
        credit.split_once(" Photo/").is_some_and(|(agency, _)| agency.len() <= GIVER && !agency.contains(' '));
    credit.len() <= TAIL + SERVICE && (is_photo || credit.contains(" via AP"))
}
