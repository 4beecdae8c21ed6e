//! Words that say who stands on which side of a picture, "Ida Moss (left)", "Per Hald (r.)", "Lea Ost, right, waves", and what kind of
//! picture it is, "(Symbolbild)".

use crate::hash::FastSet;
use crate::measure::Marks;
use once_cell::sync::Lazy;

/// Sides and kinds of pictures as they stand in brackets, in small letters.
static IN_BRACKETS: Lazy<FastSet<&str>> = Lazy::new(|| {
    const SIDES: &str = "\
        left|right|centre|center|l-r|mitte|im bild|archivbild|archivfoto|symbolbild|symbolfoto|file photo|l to r|\
        from left|far left|far right|second left|second right|second from left|second from right|front left|\
        front right|l.|r.|li.|re.|links|rechts|v.l.|v. l.|v.l.n.r.|v. l. n. r.|v.r.|2.v.l.|2.v.r.|2. v. l.|\
        2. v. r.|von links|von links nach rechts|links im bild|rechts im bild|à gauche|à droite|\
        de gauche à droite|de g. à d.|au centre|izq.|dcha.|der.|izquierda|derecha|a la izquierda|a la derecha|\
        de izquierda a derecha|a sinistra|a destra|da sinistra|al centro|à esquerda|à direita|ao centro|esq.|\
        vlevo|vpravo|zleva|uprostřed|vľavo|po lewej|po prawej|z lewej|z prawej|od lewej|w środku|\
        till vänster|till höger|t.v.|t.h.|til venstre|til høyre|til højre|vas.|oik.|vasemmalla|oikealla|balra|\
        jobbra|stânga|dreapta|слева|справа|в центре|слева направо|ліворуч|праворуч|зліва|лява|вляво|вдясно|\
        αριστερά|δεξιά|solda|sağda|kiri|kanan|trái|phải|bên trái|bên phải|يسار|يمين|左|右|中央|左から|左端|右端|왼쪽|오른쪽|가운데|\
        왼쪽부터\
    ";
    SIDES.split('|').collect()
});

/// Bytes of the longest of them.
const LONGEST: usize = 40;

/// Sides between commas.
const BETWEEN_COMMAS: &[&str] =
    &["left", "right", "centre", "center", "second left", "second right", "far left", "far right"];

/// What a row of names stands behind, and a colon.
const ROWS: &[&str] = &[
    "from left",
    "left to right",
    "v.l.n.r.",
    "von links",
    "nach rechts",
    "gauche à droite",
    "izquierda a derecha",
    "слева направо",
];

/// Returns whether a text says on which side somebody stands, by the mark at a place in it: a bracket, a comma or a colon. Between
/// commas it does only behind a word with a capital.
fn is_told_at(text: &str, at: usize) -> bool {
    let (before, after) = (&text[..at], &text[at..]);
    match after.as_bytes() {
        [b'(', ..] => is_side(&after[1..], ')') && !before.trim_end().is_empty(),
        [0xef, 0xbc, 0x88, ..] => is_side(&after[3..], '）') && !before.trim_end().is_empty(),
        [b',', b' ', b'l' | b'r' | b'c' | b's' | b'f', ..] => {
            let is_behind = |side: &str| after[2..].strip_prefix(side).is_some_and(|rest| rest.starts_with(", "));
            let word = before.rsplit(' ').next().unwrap_or("");
            BETWEEN_COMMAS.iter().any(|side| is_behind(side)) && word.starts_with(char::is_uppercase)
        }
        [b':', ..] => ROWS.iter().any(|row| before.len() > row.len() && before.trim_end().ends_with(row)),
        _ => false,
    }
}

/// Returns whether nothing but a side stands before a closing bracket.
fn is_side(text: &str, close: char) -> bool {
    let near = &text[..text.floor_char_boundary(LONGEST)];
    near.split_once(close).is_some_and(|(side, _)| IN_BRACKETS.contains(side.to_ascii_lowercase().as_str()))
}

/// Returns whether a text, which holds these marks, says of somebody on which side he stands.
pub(super) fn are_told(text: &str, marks: Marks) -> bool {
    let is_told = |at| is_told_at(text, at);
    marks.any(Marks::ROUND.or(Marks::COMMA).or(Marks::COLON))
        && memchr::memchr3_iter(b'(', b',', b':', text.as_bytes()).any(is_told)
        || marks.any(Marks::FULL) && memchr::memchr_iter(0xef, text.as_bytes()).any(is_told)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::Measure;

    #[test]
    fn sides_are_told() {
        for text in [
            "Ida Moss (left) talks to Per Hald.",
            "Kerstin Wahl, Ida Moss und Per Hald (v.l.)",
            "Der Bürgermeister (r.) am Tor",
            "The mayor, Ida Moss, right, waves",
            "市長（左）と駅長",
            "Ида Мосс (слева) у моста",
            "The crew from left: Ida Moss, Per Hald",
            "Die Brücke bei Velden (Archivbild)",
        ] {
            assert!(are_told(text, Measure::of(text).marks), "{text}");
        }
        for text in [
            "(left) as it was",
            "They went up, left, and down again",
            "That is so, right?",
            "the bridge (right?) is old",
        ] {
            assert!(!are_told(text, Measure::of(text).marks), "{text}");
        }
    }
}
