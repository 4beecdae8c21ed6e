//! What is found out about the article: headline, byline, date, language.
//!
//! Each fact has a file that says which of the page's claims it trusts, in which order.

mod byline;
mod calendar;
mod date;
mod headline;
mod language;

use crate::article::{Facts, Kept, Role};
use crate::document::{Document, Fact};
use crate::finding::{Action, Findings};

/// Gathers the facts from what the page says of itself and from what the rules named.
pub(crate) fn find(doc: &Document, findings: &Findings, kept: &[Kept], address: Option<&str>) -> Facts {
    let page = Page::new(doc, findings, address);
    let language = language::find(doc, kept);
    Facts {
        headline: headline::find(&page),
        byline: byline::find(&page),
        date: date::find(&page, language.as_deref()),
        language,
    }
}

/// What the searches for facts share.
struct Page<'p> {
    doc: &'p Document<'p>,
    findings: &'p Findings,
    address: Option<&'p str>,
    /// Names of the site, folded.
    sites: Vec<String>,
    /// The block that a rule named as headline.
    headline: Option<usize>,
}

impl<'p> Page<'p> {
    fn new(doc: &'p Document<'p>, findings: &'p Findings, address: Option<&'p str>) -> Self {
        let claims = doc.about.claims.iter();
        let sites = claims.filter(|claim| claim.fact == Fact::Site).map(|claim| folded(&claim.text)).collect();
        let mut page = Page { doc, findings, address, sites, headline: None };
        let headline = page.named(Role::Headline).next();
        page.headline = headline;
        page
    }

    /// Returns the blocks that rules named as a part of the article, in the order in which they did.
    fn named(&self, role: Role) -> impl Iterator<Item = usize> + '_ {
        let findings = self.findings.list.iter().filter(move |finding| finding.action == Action::Part(role));
        findings.filter_map(|finding| Some(self.doc.blocks_in(finding.span)).filter(|r| !r.is_empty()).map(|r| r.start))
    }

    /// Returns whether a text is the site's name.
    fn is_site(&self, text: &str) -> bool {
        let text = folded(text);
        self.sites.contains(&text)
    }
}

/// Returns a text's letters and digits in lower case, words parted by single spaces.
fn folded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        if !out.is_empty() {
            out.push(' ');
        }
        out.extend(word.chars().flat_map(char::to_lowercase));
    }
    out
}

/// Returns a text with its white space collapsed.
fn collapsed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
