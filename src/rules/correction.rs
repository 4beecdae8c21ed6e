//! Names corrections: they stay with the article's notes.
//!
//! # What it strips
//!
//! Nothing when notes are asked for; otherwise paragraphs that say what an earlier version had wrong.
//!
//! # Why it is boilerplate
//!
//! It speaks of the article; but it must not be lost, so it is a note and not furniture.
//!
//! # What it must keep
//!
//! A report on somebody's correction.

use super::prelude::*;

/// The rule `correction`.
pub(super) struct Correction;

static META: Meta = Meta::new("correction", Category::Protect, "Corrections")
    .names(&["correction", "corrections", "correction-note"])
    .phrases(include_str!("data/correction.txt"))
    .examples(&[
        Example::Text(
            "The bridge opened on Monday, two years late.\n\n⟦Correction: An earlier version gave the wrong year.⟧",
        ),
        Example::Text("The correction of the river took forty years, and cost the town its mill and its harbour."),
    ]);

impl Rule for Correction {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, doc: &Document, out: &mut Findings) {
        for hit in doc.hits(&META) {
            if !hit.holds_body {
                for i in hit.blocks.clone() {
                    out.part(doc, i, Role::Note, crate::finding::reason_of(hit));
                }
            }
        }
    }
}
