//! Words that say who stands on which side of a picture, "Ida Moss (left)", "Per Hald (r.)", "Lea Ost, right, waves", and what kind of
//! picture it is, "(Symbolbild)".

use aho_corasick::AhoCorasick;
use once_cell::sync::Lazy;

/// Sides as they stand in brackets or between commas, in small letters.
static SIDES: Lazy<AhoCorasick> = Lazy::new(|| {
    const IN_BRACKETS: &[&str] = &[
        "left",
        "right",
        "centre",
        "center",
        "l-r",
        "mitte",
        "im bild",
        "archivbild",
        "archivfoto",
        "symbolbild",
        "symbolfoto",
        "file photo",
        "l to r",
        "from left",
        "far left",
        "far right",
        "second left",
        "second right",
        "second from left",
        "second from right",
        "front left",
        "front right",
        "l.",
        "r.",
        "li.",
        "re.",
        "links",
        "rechts",
        "v.l.",
        "v. l.",
        "v.l.n.r.",
        "v. l. n. r.",
        "v.r.",
        "2.v.l.",
        "2.v.r.",
        "2. v. l.",
        "2. v. r.",
        "von links",
        "von links nach rechts",
        "links im bild",
        "rechts im bild",
        "à gauche",
        "à droite",
        "de gauche à droite",
        "de g. à d.",
        "au centre",
        "izq.",
        "dcha.",
        "der.",
        "izquierda",
        "derecha",
        "a la izquierda",
        "a la derecha",
        "de izquierda a derecha",
        "a sinistra",
        "a destra",
        "da sinistra",
        "al centro",
        "à esquerda",
        "à direita",
        "ao centro",
        "esq.",
        "dir.",
        "vlevo",
        "vpravo",
        "zleva",
        "uprostřed",
        "vľavo",
        "po lewej",
        "po prawej",
        "z lewej",
        "z prawej",
        "od lewej",
        "w środku",
        "till vänster",
        "till höger",
        "t.v.",
        "t.h.",
        "til venstre",
        "til høyre",
        "til højre",
        "vas.",
        "oik.",
        "vasemmalla",
        "oikealla",
        "balra",
        "jobbra",
        "stânga",
        "dreapta",
        "слева",
        "справа",
        "в центре",
        "слева направо",
        "ліворуч",
        "праворуч",
        "зліва",
        "справа",
        "лява",
        "вляво",
        "вдясно",
        "αριστερά",
        "δεξιά",
        "solda",
        "sağda",
        "kiri",
        "kanan",
        "trái",
        "phải",
        "bên trái",
        "bên phải",
        "يسار",
        "يمين",
        "左",
        "右",
        "中央",
        "左から",
        "左端",
        "右端",
        "왼쪽",
        "오른쪽",
        "가운데",
        "왼쪽부터",
    ];
    const BETWEEN_COMMAS: &[&str] =
        &["left", "right", "centre", "center", "second left", "second right", "far left", "far right"];
    let in_brackets = IN_BRACKETS.iter().flat_map(|side| [format!("({side})"), format!("（{side}）")]);
    const ANYWHERE: &[&str] = &[
        "from left:",
        "left to right:",
        "v.l.n.r.:",
        "von links:",
        "nach rechts:",
        "gauche à droite :",
        "izquierda a derecha:",
        "слева направо:",
        "left to right are",
    ];
    let in_brackets = in_brackets.chain(ANYWHERE.iter().map(|&row| row.to_owned()));
    let all = in_brackets.chain(BETWEEN_COMMAS.iter().map(|side| format!(", {side}, ")));
    AhoCorasick::builder().ascii_case_insensitive(true).build(all).expect("a few words compile")
});

/// Returns where a side is first named in a text.
pub(super) fn find(text: &[u8]) -> Option<usize> {
    SIDES.find(text).map(|found| found.start())
}

/// Returns whether a text says of somebody on which side he stands: between commas, only behind a word with a capital.
pub(super) fn are_told(text: &str) -> bool {
    SIDES.find_iter(text).any(|found| {
        let before = text[..found.start()].trim_end();
        let word = before.rsplit(' ').next().unwrap_or("");
        if text[found.range()].starts_with(',') { word.starts_with(char::is_uppercase) } else { !word.is_empty() }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

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
            assert!(are_told(text), "{text}");
        }
        for text in [
            "(left) as it was",
            "They went up, left, and down again",
            "That is so, right?",
            "the bridge (right?) is old",
        ] {
            assert!(!are_told(text), "{text}");
        }
    }
}
