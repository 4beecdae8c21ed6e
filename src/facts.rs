//! What is found out about the article: headline, byline, date, language.

use crate::article::{Facts, Role};
use crate::document::Document;
use crate::finding::{Action, Findings};

/// Gathers the facts from what the rules named, and from the head where they named nothing.
pub(crate) fn find(doc: &Document, findings: &Findings) -> Facts {
    let part = |role: Role| {
        let finding = findings.list.iter().find(|f| f.action == Action::Part(role))?;
        let range = doc.blocks_in(finding.span);
        doc.blocks.get(range.start).filter(|_| !range.is_empty()).map(|block| doc.text(block).to_owned())
    };
    Facts {
        headline: part(Role::Headline).or_else(|| doc.title().map(str::to_owned)),
        byline: doc.about.author.clone().or_else(|| part(Role::Byline)),
        date: doc.about.published.clone().or_else(|| part(Role::Date)),
        language: doc.about.language.clone(),
    }
}
