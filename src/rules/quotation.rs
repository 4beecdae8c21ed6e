//! Protects quotations.
//!
//! # What it protects
//!
//! Block quotes in the page's longest stretch of prose.
//!
//! # Why it is body
//!
//! The article quotes there; pages set nothing else as a quotation but posts, which other rules know by name.
//!
//! # What it must not protect
//!
//! Embedded posts, quotes in a figure or beside the article, and quotes that say again what a paragraph says.

use super::prelude::*;

/// The rule `quotation`.
pub(super) struct Quotation;

static META: Meta = Meta::new("quotation", Category::Protect, "Block quotes of the article").examples(&[
    Example::Html(
        "<p>The mayor wrote to the council on Monday, two years after the bridge was begun:</p><blockquote>We have waited long \
         enough</blockquote><p>The council answered on the next day, and asked him to wait for two more years.</p>",
    ),
    Example::Text(
        "Le maire a écrit lundi au conseil, deux ans après le début du chantier du pont.\n\n> Nous avons assez attendu\n\nLe conseil \
         a répondu le lendemain, et l’a prié d’attendre encore deux ans.",
    ),
    Example::Html("<p>시장은 월요일에 의회에 편지를 썼다.</p><blockquote><p>우리는 오래 기다렸다</p></blockquote><p>의회는 다음 날 답했다.</p>"),
]);

/// Words of the shortest quotation.
const FEWEST_WORDS: u32 = 3;

impl Rule for Quotation {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, doc: &Document, out: &mut Findings) {
        for i in doc.main_run() {
            let block = &doc.blocks()[i];
            let is_quote =
                block.kind == BlockKind::Quote || (block.is(Setting::QUOTE) && block.kind == BlockKind::Paragraph);
            let is_boxed = block.is(Setting::HIDDEN
                | Setting::FIGURE
                | Setting::FIGCAPTION
                | Setting::ASIDE
                | Setting::NAV
                | Setting::FORM);
            let is_text = block.words() >= FEWEST_WORDS && block.link_density() < 0.5 && doc.first_copy(i).is_none();
            if is_quote && !is_boxed && is_text && out.is_open(i) {
                out.keep(doc, i, "a quotation in the body");
            }
        }
    }
}
