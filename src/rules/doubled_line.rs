//! Strips lines that say the same twice.
//!
//! # What it strips
//!
//! Lines of which the second half is the first again, with a space between them or none.
//!
//! # Why it is boilerplate
//!
//! It is a link of which a flattener writes out the picture's alternative text, and then the same as text; or a button of
//! which the page holds one label to be seen and one to be read out. A quarter of news pages has such lines; of 400 in the
//! full text of 351 pages none was body.
//!
//! # What it must keep
//!
//! Names that double a word, refrains and cries, rules made of dots or dashes, and rows of tables.

use super::prelude::*;

/// The rule `doubled-line`.
pub(super) struct DoubledLine;

static META: Meta = Meta::new("doubled-line", Category::Navigation, "Lines that say the same twice").examples(&[
    Example::Text(
        "The bridge at Velden will close in May for repairs, the town said on Monday.\n\n⟦A winter's day at the millA winter's \
         day at the mill⟧\n\nTrams will still cross it at night, when there are few of them, and in the early morning.",
    ),
    Example::Text(
        "橋は五月に閉鎖されると町は月曜日に発表した。\n\n⟦水車小屋の冬の一日をたずねて水車小屋の冬の一日をたずねて⟧\n\n工事は秋まで続く見込みだと町長は話した。",
    ),
    Example::Text(
        "The crowd on the bridge had only one song that night, and sang it until the lamps went out.\n\n\
         Long may it stand! Long may it stand!\n\nThen they all went home, the mayor said on Monday, and slept until noon.",
    ),
]);

/// Fewest letters of a line: shorter ones may be names. Most words: those of a long caption, twice.
const FEWEST_LETTERS: u32 = 16;
const MOST_WORDS: u32 = 240;

impl Rule for DoubledLine {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, doc: &Document, out: &mut Findings) {
        for (i, block) in doc.blocks().iter().enumerate() {
            let is_line = !matches!(block.kind, BlockKind::TableRow | BlockKind::Preformatted);
            if is_line
                && block.measure.letters >= FEWEST_LETTERS
                && block.words() <= MOST_WORDS
                && out.is_open(i)
                && is_doubled(doc.text(block), block.measure.ending.ends_sentence())
            {
                out.strip(doc, i, "says the same twice");
            }
        }
    }
}

/// Returns whether the second half of a text is the first again, which says nothing twice itself. A sentence that is set
/// apart from its copy may be said twice on purpose.
fn is_doubled(text: &str, is_sentence: bool) -> bool {
    let (first, second) = text.as_bytes().split_at(text.len() / 2);
    let second = match second.strip_prefix(b" ") {
        Some(_) if is_sentence => return false,
        Some(apart) if text.len() % 2 == 1 => apart,
        _ => second,
    };
    let again = || memchr::memmem::find(text.as_bytes().get(1..)?, first);
    first == second && again().is_some_and(|at| at + 1 >= first.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_are_compared_whole() {
        for (text, expected) in [
            ("Comments Comments", true),
            ("CommentsComments", true),
            ("橋の話橋の話", true),
            ("Who sings?Who sings?", true),
            ("Who sings? Who sings?", false),
            ("Comments  Comments", false),
            ("CommentsComment", false),
            ("Comments, Comments", false),
            ("la la la la", false),
            ("lalalalalala", false),
            ("é", false),
            ("", false),
        ] {
            assert_eq!(is_doubled(text, text.ends_with('?')), expected, "{text}");
        }
    }
}
