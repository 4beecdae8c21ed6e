//! Names editor's notes: they are part of the article, not of its body.
//!
//! # What it strips
//!
//! Nothing when notes are asked for; otherwise the line "Editor's note", what it announces, and notes signed "—ED.".
//!
//! # Why it is boilerplate
//!
//! It is the editors speaking of the article, not the article.
//!
//! # What it must keep
//!
//! A body that quotes an editor.

use super::prelude::*;

/// The rule `editors-note`.
pub(super) struct EditorsNote;

static META: Meta = Meta::new("editors-note", Category::Protect, "Editor's notes")
    .names(&["editors-note", "editor-note", "ednote"])
    .phrases(include_str!("data/editors_note.txt"))
    .examples(&[
        Example::Text(
            "⟦Editor's note⟧\n\n⟦This is the first of a series on bridges. —ED.⟧\n\nThe bridge at Velden carries trams as well \
             as cars, and has done so since May.",
        ),
        Example::Text("⟦Editor's note: A name in this story was changed.⟧\n\nThe bridge opened in May, after two years."),
        Example::Text("The editor's notes were found in a drawer in Velden, forty years after his death in 1961."),
    ]);

/// Words of the longest paragraph that a heading "Editor's note" announces.
const MOST_WORDS: u32 = 120;

/// What editors sign with.
const SIGNED: &[&str] = &["—ED", "— ED", "-ED", "– Ed", "— Ed", "편집자주", "편집자 주"];

/// Returns whether a text ends with a byte that an editor's signature ends with; few do.
fn may_be_signed(text: &str) -> bool {
    matches!(text.as_bytes().last(), Some(b'D' | b'd' | 0xbc))
}

fn is_signed(text: &str) -> bool {
    may_be_signed(text) && SIGNED.iter().any(|end| text.ends_with(end))
}

impl Rule for EditorsNote {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, doc: &Document, out: &mut Findings) {
        for hit in doc.hits(&META) {
            let is_line = hit.via == crate::document::Via::Line;
            if hit.holds_body {
                continue;
            }
            for i in hit.blocks.clone() {
                out.part(doc, i, Role::Note, crate::finding::reason_of(hit));
            }
            let next = hit.blocks.end;
            let follows =
                doc.blocks().get(next).is_some_and(|b| b.words() <= MOST_WORDS && b.kind != BlockKind::Heading);
            if is_line && follows {
                out.part(doc, next, Role::Note, "the line before says that it is a note");
            }
        }
        for (i, block) in doc.blocks().iter().enumerate() {
            let text = doc.text(block).trim_end_matches(['.', ')', ']']);
            if is_signed(text) && block.words() <= MOST_WORDS {
                out.part(doc, i, Role::Note, "is signed by the editor");
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_signature_may_be_one() {
        assert!(SIGNED.iter().all(|end| may_be_signed(end)));
    }
}
