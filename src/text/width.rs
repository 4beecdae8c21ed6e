//! How many columns a text takes on a terminal.

use crate::letters;
use unicode_segmentation::UnicodeSegmentation;

/// What a browser that wraps lines counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unit {
    /// Han, kana and hangul take two columns, as in w3m.
    Columns,
    /// Every character takes one, combining marks too, as lynx counts them.
    Characters,
}

/// Returns the columns of a text.
pub(super) fn of(text: &str, unit: Unit) -> u32 {
    match unit {
        Unit::Characters => text.chars().count() as u32,
        Unit::Columns if !text.bytes().any(combines) => text.chars().map(columns).sum(),
        Unit::Columns => text.graphemes(true).map(|cluster| cluster.chars().next().map_or(0, columns)).sum(),
    }
}

/// Returns whether the two ways of counting differ.
pub(super) fn is_ambiguous(text: &str) -> bool {
    // Western text has only Latin letters and marks beyond ASCII.
    let may_be = |b: u8| matches!(b, 0xcc | 0xcd | 0xd2..=0xe1 | 0xe3..);
    let bytes = text.as_bytes();
    let may_have = letters::any_wide(bytes, may_be) || memchr::memchr_iter(0xe2, bytes).any(|at| bytes[at + 1] >= 0xba);
    may_have && (bytes.iter().any(|&b| combines(b)) || text.contains(is_wide))
}

/// Returns whether a byte starts a character of a script with combining marks (Hebrew, Arabic, the scripts of India and
/// its neighbours, accents that stand alone) or of joined emoji. Others need no clusters.
fn combines(byte: u8) -> bool {
    matches!(byte, 0xcc | 0xcd | 0xd6..=0xdf | 0xe0 | 0xe1 | 0xf0)
}

fn columns(ch: char) -> u32 {
    1 + u32::from(is_wide(ch))
}

/// Returns whether a character takes two columns.
pub(super) fn is_wide(ch: char) -> bool {
    matches!(ch, '\u{1100}'..='\u{115f}' | '\u{ac00}'..='\u{d7a3}' | '\u{1f300}'..='\u{1faff}') || is_unspaced(ch)
}

/// Returns whether a character is of a script written without spaces whose lines may break anywhere: Han, kana, and
/// their punctuation.
pub(super) fn is_unspaced(ch: char) -> bool {
    matches!(ch, '\u{2e80}'..='\u{a4cf}' | '\u{f900}'..='\u{faff}' | '\u{fe30}'..='\u{fe4f}' | '\u{ff00}'..='\u{ff60}' | '\u{20000}'..='\u{3134f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_those_of_a_terminal() {
        for (text, columns, characters) in
            [("Fuß", 3, 3), ("한국 1", 6, 4), ("東京。", 6, 3), ("e\u{301}", 1, 2), ("العَرَبية", 7, 9)]
        {
            assert_eq!((of(text, Unit::Columns), of(text, Unit::Characters)), (columns, characters), "{text}");
        }
    }
}
