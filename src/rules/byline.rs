//! Names bylines: who wrote the article.
//!
//! # What it strips
//!
//! Nothing when bylines are asked for; otherwise short lines of the shape "By NAME" in many languages, and short text in
//! elements that class, `rel` or `itemprop` call author.
//!
//! # Why it is boilerplate
//!
//! It says who wrote the body.
//!
//! # What it must keep
//!
//! Sentences that begin with "By" or "Von".

use super::prelude::*;
use once_cell::sync::Lazy;
use regex::Regex;

/// The rule `byline`.
pub(super) struct Byline;

pub(crate) static META: Meta = Meta::new("byline", Category::Byline, "Who wrote it")
    .selector("[rel~=author], [itemprop=author], address.author")
    .names(&[
        "byline",
        "bylines",
        "author",
        "authors",
        "author-name",
        "article-author",
        "post-author",
        "entry-author",
        "writer",
        "reporter",
        "journalist",
        "autor",
        "auteur",
        "autore",
        "contributor",
        "contributors",
    ])
    .phrases(include_str!("data/byline.txt"))
    .examples(&[
        Example::Text("⟦By Ida Moss⟧\n\nThe bridge opened on Monday, two years late."),
        Example::Text("⟦Von Jens Vogt und Ida Moss⟧\n\nDie Brücke ist seit Montag offen."),
        Example::Text("⟦정다은 기자⟧\n\n다리는 월요일에 열렸다고 시가 밝혔다."),
        Example::Html("<p>It opened.</p><span class=byline>⟦Ida Moss, Velden⟧</span><p>It was cold.</p>"),
        Example::Text("By Monday the bridge was open again, two years late."),
        Example::Text("Von Jens Vogt war nichts zu hören, als die Brücke am Montag öffnete."),
    ]);

/// "By" and its kin, then names: capitalised words, with particles, joined by commas and "and".
static BY_NAME: Lazy<Regex> = Lazy::new(|| {
    Regex::new(
        r"(?x)^(?:By|BY|Von|VON|Par|PAR|Por|POR|Di|De|Da|Door|Przez|Av|Af|Text|Words\ by|Story\ by|Reported\ by|Written\ by|Автор|Oleh|Penulis|Yazan|Autor|Autorka|Auteur|Autore|Muallif)
        \s*:?\s+ (?:\p{Lu}[\p{L}.’'-]*) (?:[\s,/|]+ (?:\p{Lu}[\p{L}.’'-]* | and|und|et|y|e|en|i|og|och|ve|dan|und|de|van|von|der|den|la|le|da|dos|di|del|bin|al|el|mit|with|&|for|in ) ){0,12} [\s,]* $",
    )
    .expect("a constant pattern")
});

/// Returns whether a text starts with two letters that [`BY_NAME`] may start with; few texts do.
fn may_be_by(text: &str) -> bool {
    matches!(
        text.as_bytes(),
        [b'B', b'y' | b'Y', ..]
            | [b'V', b'o' | b'O', ..]
            | [b'P', b'a' | b'A' | b'o' | b'O' | b'r' | b'e', ..]
            | [b'D', b'i' | b'e' | b'a' | b'o', ..]
            | [b'A', b'v' | b'f' | b'u', ..]
            | [b'T', b'e', ..]
            | [b'W', b'o' | b'r', ..]
            | [b'S', b't', ..]
            | [b'R', b'e', ..]
            | [b'O', b'l', ..]
            | [b'Y', b'a', ..]
            | [b'M', b'u', ..]
            | [0xd0, 0x90, ..]
    )
}

/// Words of the longest block that may be a byline; above it is a biography, or a body with an author's class.
const MOST_WORDS: u32 = 16;

impl Rule for Byline {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, doc: &Document, out: &mut Findings) {
        for hit in doc.hits(&META) {
            for i in hit.blocks.clone() {
                let block = &doc.blocks()[i];
                let within = hit.span.contains(block.span);
                if within && block.words() <= MOST_WORDS && !block.is_prose(8) && block.kind != BlockKind::Heading {
                    out.part(doc, i, Role::Byline, crate::finding::reason_of(hit));
                }
            }
        }
        for (i, block) in doc.blocks().iter().enumerate() {
            let text = doc.text(block);
            if block.words() <= MOST_WORDS && block.measure.words >= 2 && may_be_by(text) && BY_NAME.is_match(text) {
                out.part(doc, i, Role::Byline, "reads as “By” and names");
            }
        }
    }
}
