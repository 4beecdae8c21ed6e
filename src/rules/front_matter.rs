//! Strips what a program wrote above the text that it saved.
//!
//! # What it strips
//!
//! In flattened text, the block of keys and values between `---` or `+++` at its start, and lines such as `URL Source:` up to
//! `Markdown Content:`. What they say of title, author, date and address is a source of the facts.
//!
//! # Why it is boilerplate
//!
//! It tells of the page, and was no part of it.
//!
//! # What it must keep
//!
//! Texts that begin with a label of their own ("Title: a bridge too far"), and rules between paragraphs.

use super::prelude::*;

/// The rule `front-matter`.
pub(super) struct FrontMatter;

static META: Meta = Meta::new("front-matter", Category::Region, "What a program wrote above the text that it saved")
    .examples(&[
        Example::Text(
            "---\n⟦title: Old bridge to close⟧\n⟦author: Ida Moss⟧\n⟦date: 2031-05-14⟧\n---\nThe old bridge will close in May for \
             two years, the town said on Monday, and nobody had expected it.",
        ),
        Example::Text(
            "⟦Title: Old bridge to close⟧\n\n⟦URL Source: https://velden.example/bridge⟧\n\n⟦Markdown Content:⟧\n\nThe old bridge \
             will close in May for two years, the town said on Monday, and nobody had expected it.",
        ),
        Example::Text(
            "Title: A bridge too far\n\nThe film opened in Velden on Monday, and those who had built the bridge sat in the first row.",
        ),
    ]);

impl Rule for FrontMatter {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, doc: &Document, out: &mut Findings) {
        for i in 0..doc.blocks().partition_point(|block| block.span.end <= doc.about.front) {
            out.strip(doc, i, "stands above the text, by the program that saved it");
        }
    }
}
