//! Protects code of the article.
//!
//! # What it protects
//!
//! Preformatted text between two paragraphs.
//!
//! # Why it is body
//!
//! Its lines read like nothing else on the page, and least of all like sentences; but furniture is not set so.
//!
//! # What it must not protect
//!
//! Preformatted text in boxes, and what other rules have given away.

use super::between::is_between;
use super::prelude::*;

/// The rule `code-listing`.
pub(super) struct CodeListing;

static META: Meta = Meta::new("code-listing", Category::Protect, "Code of the article").examples(&[
    Example::Html(
        "<p>The ferrymen wrote a program that tells the tide at the landing, and gave it to the town on Monday:</p><pre>tide = 3\nif \
         tide > 2:\n    sail()</pre><p>All of it will be printed in the paper, the council said, and read by the county.</p>",
    ),
    Example::Text(
        "# Die Brücke\n\n## Das Programm\n\nDer Rat ließ am Montag ein Programm schreiben, das die Flut an der Brücke \
         ansagt.\n\n```python\nflut = 3\n\nif flut > 2:\n    fahren()\n```\n\nAlles wird in Velden gedruckt, sagte der Rat, und \
         dort von den Leuten im Amt gelesen.",
    ),
]);

impl Rule for CodeListing {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, doc: &Document, out: &mut Findings) {
        for (i, block) in doc.blocks().iter().enumerate() {
            if block.kind == BlockKind::Preformatted && is_between(doc, out, i..i + 1) {
                out.keep(doc, i, "preformatted text between paragraphs");
            }
        }
    }
}
