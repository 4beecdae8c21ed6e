//! Strips the lines of a paper's footer.
//!
//! # What it strips
//!
//! Elements whose class or id names a footer, `<footer>` elements outside the article, and lines that are the name of a
//! page of the paper: “About us”, “Contact”, “Careers”.
//!
//! # Why it is boilerplate
//!
//! It is the same on every page of a site.
//!
//! # What it must keep
//!
//! A sub-heading such as “Contact” between two paragraphs of an article; what a `<footer>` holds when it holds the
//! prose.

use super::prelude::*;

/// The rule `site-footer`.
pub(super) struct SiteFooter;

static META: Meta = Meta::new("site-footer", Category::Navigation, "What a paper links in its footer")
    .selector("body > footer, #footer, [role=contentinfo]")
    .names(&[
        "site-footer", "page-footer", "footer-nav", "footer-menu", "footer-links", "global-footer", "footer-widget",
        "footer-widgets", "footer-wrapper", "footer-container", "footer-inner", "footer-bottom", "footer-top",
        "footer-content", "sitefooter", "pagefooter", "footer-column", "footer-columns", "colophon",
    ])
    .phrases(include_str!("data/site_footer.txt"))
    .examples(&[
        Example::Text("The bridge opened on Monday, two years late, the town said.\n\n⟦About us⟧\n\n⟦Contact us⟧\n\n⟦Careers⟧"),
        Example::Text("Die Brücke ist seit Montag offen.\n\n⟦Über uns⟧\n\n⟦Kontakt⟧"),
        Example::Text("다리는 월요일에 열렸다고 시가 밝혔다.\n\n⟦회사소개⟧\n\n⟦고객센터⟧"),
        Example::Html("<p>The bridge opened.</p><div class=site-footer>⟦<p>The Velden Herald, since 1911</p>⟧</div>"),
        Example::Text("The bridge opened on Monday, two years late, and whoever loses a wheel on it may ask the town for a new one.\n\nContact\n\nThe office is open on Mondays, and on Fridays before noon, and can be found beside the bridge."),
        Example::Html("<p>About us there was fog, he said, and contact with the shore was lost on Monday.</p>"),
    ]);

impl Rule for SiteFooter {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, doc: &Document, out: &mut Findings) {
        for hit in doc.hits(&META) {
            // A line between two paragraphs of the body may be a sub-heading.
            let is_inside = hit.via.may_be_text() && doc.is_between_prose(hit.blocks.start);
            if !is_inside && !hit.holds_body {
                out.strip_hit(doc, hit);
            }
        }
    }
}
