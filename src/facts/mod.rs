//! What is found out about the article: headline, byline, date, language.

mod language;

use crate::article::{Facts, Kept, Role};
use crate::document::Document;
use crate::finding::{Action, Findings};

/// Gathers the facts from what the rules named, and from the head where they named nothing.
pub(crate) fn find(doc: &Document, findings: &Findings, kept: &[Kept]) -> Facts {
    let part = |role: Role| {
        let finding = findings.list.iter().find(|f| f.action == Action::Part(role))?;
        let range = doc.blocks_in(finding.span);
        doc.blocks.get(range.start).filter(|_| !range.is_empty()).map(|block| doc.text(block).to_owned())
    };
    Facts {
        headline: part(Role::Headline).or_else(|| doc.title().map(str::to_owned)),
        byline: doc.about.author.clone().or_else(|| part(Role::Byline)).map(|byline| without_by(&byline).to_owned()),
        date: doc.about.published.clone().or_else(|| part(Role::Date)),
        language: doc.about.language.clone().or_else(|| spoken(kept)),
    }
}

/// Returns the language of the kept text.
fn spoken(kept: &[Kept]) -> Option<String> {
    // The first paragraphs are enough.
    let mut text = String::new();
    for block in kept {
        text.push_str(&block.text);
        text.push('\n');
        if text.len() > 16 << 10 {
            break;
        }
    }
    language::of(&text).map(str::to_owned)
}

/// Words before a name that say that it wrote.
const BY: &[&str] = &[
    "written by",
    "reported by",
    "story by",
    "words by",
    "by",
    "von",
    "par",
    "por",
    "di",
    "da",
    "door",
    "przez",
    "oleh",
    "text",
    "autor",
    "auteur",
    "autore",
    "автор",
    "penulis",
];

fn without_by(byline: &str) -> &str {
    let byline = byline.trim();
    let found = BY.iter().find_map(|by| {
        let rest = byline.get(by.len()..)?;
        let is_by = byline.get(..by.len())?.to_lowercase() == *by && rest.starts_with([' ', ':']);
        is_by.then(|| rest.trim_start_matches([' ', ':']))
    });
    found.filter(|rest| !rest.is_empty()).unwrap_or(byline)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stand_without_by() {
        for (byline, name) in
            [("By Ida Moss", "Ida Moss"), ("Von: Jens Vogt", "Jens Vogt"), ("Byron Hale", "Byron Hale"), ("By", "By")]
        {
            assert_eq!(without_by(byline), name);
        }
    }
}
