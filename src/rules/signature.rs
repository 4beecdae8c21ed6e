//! What agencies and writers sign a report with.

use super::names::is_full_name;
use crate::measure::Marks;

/// What agencies sign with.
const AGENCIES: &[&str] = &[
    "aa",
    "afp",
    "agerpres",
    "anadolu",
    "anp",
    "ansa",
    "antara",
    "ap",
    "apa",
    "belga",
    "bernama",
    "bta",
    "dha",
    "dpa",
    "efe",
    "epd",
    "iha",
    "interfax",
    "kna",
    "kyodo",
    "lusa",
    "mti",
    "ntb",
    "pap",
    "pti",
    "reuters",
    "ria",
    "ritzau",
    "sda",
    "sid",
    "sita",
    "stt",
    "tass",
    "tasr",
    "tt",
    "ukrinform",
    "upi",
    "čtk",
    "риа",
    "тасс",
    "укринформ",
    "интерфакс",
    "연합뉴스",
];

/// What stands before the agency that a text comes from.
const FROM: &[&str] = &[
    "quelle",
    "quellen",
    "source",
    "sources",
    "fuente",
    "fuentes",
    "fonte",
    "fonti",
    "źródło",
    "zdroj",
    "bron",
    "kilde",
    "källa",
    "lähde",
    "sursa",
    "forrás",
    "источник",
    "джерело",
    "kaynak",
    "출처",
];

/// Parts of the longest signature, and letters of the longest sign of a writer.
const MOST_OF_SIGNATURE: usize = 6;
const SIGN: usize = 5;

/// Letters of the longest word before the agency that a text comes from, in bytes.
const LABEL: usize = 20;

/// Marks of which each signature has one.
pub(super) const MARKS: Marks = Marks::ROUND.or(Marks::SQUARE).or(Marks::COLON);

/// Houses that sign together, and characters of the longest name of one: `VDR/dpa`, `VDR VELDEN-AUNE`.
const MOST_HOUSES: usize = 4;
const HOUSE: usize = 14;

/// Returns whether a text is agencies or houses in capitals, and in brackets those who wrote for them: `VDR/dpa (imo)`, `VDR (Ida Moss,
/// Per Hald)`.
pub(super) fn is_of_house(text: &str) -> bool {
    let Some((houses, writers)) = text.strip_suffix(')').and_then(|text| text.split_once(" (")) else { return false };
    let is_house = |house: &str| {
        let is_long = (2..=HOUSE).contains(&house.chars().count());
        is_long && house.chars().all(char::is_uppercase) || AGENCIES.contains(&house.to_lowercase().as_str())
    };
    let is_writer = |name: &str| is_sign(name) && name.chars().all(char::is_lowercase) || is_full_name(name);
    let mut houses = houses.split(['/', ' ', '-', ',', '+']).filter(|house| !house.is_empty());
    let count = houses.clone().take(MOST_HOUSES + 1).count();
    (1..=MOST_HOUSES).contains(&count)
        && houses.all(is_house)
        && writers.split([',', '/']).all(|name| is_writer(name.trim()))
}

/// Returns whether a text is a writer's name and an agency: `Ida Moss, AFP`, `Ida Moss/dpa`.
pub(super) fn is_by_house(text: &str) -> bool {
    let end = &text.as_bytes()[text.len().saturating_sub(HOUSE)..];
    let Some(at) = memchr::memrchr2(b',', b'/', end) else { return false };
    let (name, house) = text.split_at(text.len() - end.len() + at);
    AGENCIES.contains(&house[1..].trim().to_lowercase().as_str()) && is_full_name(name.trim())
}

/// Returns whether a word may be a writer's sign.
fn is_sign(word: &str) -> bool {
    word.chars().take(SIGN + 1).count() <= SIGN && word.chars().all(char::is_alphabetic)
}

/// Returns whether a text stands in brackets.
pub(super) fn is_bracketed(text: &str) -> bool {
    text.starts_with('(') && text.ends_with(')') || text.starts_with('[') && text.ends_with(']')
}

/// Returns whether a text is what agencies and writers sign with, an agency at least: `(dpa/imo)`, `(APA, red, 3.5.2031)`,
/// `Quelle: sid/dpa`.
pub(super) fn is_signature(text: &str) -> bool {
    let Some(inner) = unwrapped(text) else { return false };
    let small = inner.to_lowercase();
    let parts = small.split([',', '/', ' ', ';', '-']).filter(|part| !part.is_empty());
    let is_agency = |part: &str| AGENCIES.contains(&part);
    let is_date = |part: &str| part.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b':'));
    parts.clone().any(is_agency)
        && parts.clone().count() <= MOST_OF_SIGNATURE
        && parts.clone().all(|part| is_agency(part) || is_sign(part) || is_date(part))
}

/// Returns what stands in the brackets that are around a text, or behind the word for where it comes from that it opens with.
fn unwrapped(text: &str) -> Option<&str> {
    if is_bracketed(text) {
        return Some(&text[1..text.len() - 1]);
    }
    let colon = text.bytes().take(LABEL + 1).position(|b| b == b':')?;
    FROM.contains(&text[..colon].trim_end().to_lowercase().as_str()).then(|| &text[colon + 1..])
}
