//! Strips names of legal pages and a publisher's particulars.
//!
//! # What it strips
//!
//! Elements whose class or id says legal, lines that are the name of a legal page, and lines of a publisher's
//! particulars: its registration, publisher, address.
//!
//! # Why it is boilerplate
//!
//! Law makes every page show it.
//!
//! # What it must keep
//!
//! A sub-heading such as “Privacy” between two paragraphs of an article, and sentences about terms and policies.

use super::prelude::*;

/// The rule `legal-footer`.
pub(super) struct LegalFooter;

static META: Meta = Meta::new("legal-footer", Category::Notice, "Names of legal pages, and a publisher's particulars")
    .names(&[
        "legal-links", "legal-notice", "legal-footer", "footer-legal", "impressum", "imprint", "privacy-links", "terms-links",
        "footer-info", "footer-address", "site-legal", "company-info", "legal-text", "legal-menu", "legal-nav",
    ])
    .phrases(include_str!("data/legal_footer.txt"))
    .examples(&[
        Example::Text("The bridge opened on Monday, two years late, the town said.\n\n⟦Privacy Policy⟧\n\n⟦Terms of Use⟧"),
        Example::Text("Die Brücke ist seit Montag offen.\n\n⟦Impressum⟧\n\n⟦Datenschutz⟧\n\n⟦AGB⟧"),
        Example::Text("다리는 월요일에 열렸다.\n\n⟦개인정보처리방침⟧\n\n⟦사업자등록번호 : 000-00-00000⟧"),
        Example::Html("<p>The bridge opened.</p><div class=legal-links>⟦<a href=1>What we may do</a>⟧</div>"),
        Example::Text("The bridge opened on Monday, two years late, and everyone who crosses it is filmed by four cameras.\n\nPrivacy\n\nThe town keeps the pictures for ten days, it said, and shows them to nobody but the police."),
        Example::Html("<p>The terms of use of the bridge forbid carts, the privacy policy of its cameras forbids nothing.</p>"),
    ]);

impl Rule for LegalFooter {
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
