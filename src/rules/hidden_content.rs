//! Strips text that the page does not show.
//!
//! # What it strips
//!
//! Text in elements with `hidden`, `display:none` or `visibility:hidden` in their style, closed dialogs, and short text
//! kept from screen readers.
//!
//! # Why it is boilerplate
//!
//! Readers never see it: menus, templates, tracking texts, labels of icons.
//!
//! # What it must keep
//!
//! A body that a script shows later: hidden text stays when it is most of the page's prose.

use super::prelude::*;

/// The rule `hidden-content`.
pub(super) struct HiddenContent;

static META: Meta = Meta::new("hidden-content", Category::Region, "Text that the page does not show").examples(&[
    Example::Html("<p>It opened on Monday.</p><div hidden>⟦Loading comments⟧</div><p>It was <span style='display: none'>⟦very⟧</span> cold.</p>"),
    Example::Html("<div style=display:none><p>The bridge opened on Monday, two years late, and was cold.</p></div>"),
]);

impl Rule for HiddenContent {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, doc: &Document, out: &mut Findings) {
        let blocks = doc.blocks();
        let prose = |hidden: bool| -> u32 {
            blocks.iter().filter(|b| b.is_prose(10) && b.is(Setting::HIDDEN) == hidden).map(|b| b.words()).sum()
        };
        let is_body = blocks.iter().any(|b| b.is(Setting::HIDDEN)) && prose(true) > prose(false);
        for (i, block) in blocks.iter().enumerate() {
            if block.is(Setting::HIDDEN) && !is_body {
                out.strip(doc, i, "the page hides it");
            } else if block.is(Setting::ARIA_HIDDEN) && !block.is_prose(10) {
                out.strip(doc, i, "kept from screen readers, and no sentence");
            } else if !block.is(Setting::HIDDEN) {
                for span in doc.hidden_in(block) {
                    out.strip_span(doc, span, "the page hides it");
                }
            }
        }
    }
}
