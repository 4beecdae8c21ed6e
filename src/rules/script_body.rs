//! Strips the little that a page shows of an article which one of its scripts holds whole.
//!
//! # What it strips
//!
//! A short body, when the page's data (schema.org's `articleBody`, the state from which its own script draws it, the attribute of a component) or a
//! `<noscript>` holds the same text and at least twice as much; and what is left of a page that shows no body, when its
//! data hold one that stands with its title or is marked as an article. The text there takes its place: its spans are those
//! of the script's text.
//!
//! # Why it is boilerplate
//!
//! It is the teaser in front of a paywall, or the shell that a script fills.
//!
//! # What it must keep
//!
//! Every body that the page shows: scripts are not looked at unless it is short, and a script's text that the page shows too,
//! if only where other rules take it for furniture, is no better than the page's.

use super::prelude::*;
use crate::html::script;

/// The rule `script-body`.
pub(super) struct ScriptBody;

static META: Meta = Meta::new("script-body", Category::Region, "Teasers of a body that only a script holds").examples(&[
    Example::Html(
        "<title>Old bridge to close</title><script type=application/ld+json>{\"@type\": \"NewsArticle\", \"headline\": \"Old bridge \
         to close\", \"articleBody\": \"The old bridge will close in May, the town said on Monday.\\nIt was built in 1912, and has \
         been repaired four times since the war, most lately after the flood. The new one, which stands a little further \
         down the river, opens in June. Until then the ferry will carry walkers and riders across, for nothing.\"}</script>\
         <p>⟦The old bridge will close in May, the town said on Monday.⟧</p>",
    ),
    Example::Html(
        "<title>Old bridge to close</title><script type=application/ld+json>{\"@type\": \"NewsArticle\", \"headline\": \"Old bridge \
         to close\", \"articleBody\": \"The old bridge will close in May, the town said on Monday. It was built in 1912.\"}</script>\
         <p>The old bridge will close in May, the town said on Monday.</p><p>It was built in 1912.</p>",
    ),
]);

/// Most words of a body that is looked for in scripts. Teasers of paywalls have 30 to 150; of 2,046 real pages that have
/// their body in the markup a sixth has fewer.
const MOST_SHOWN: u32 = 200;
/// Most words that may stand there beside it without a sentence, in lists and lines.
const MOST_KEPT: u32 = 400;
/// Words of a body, where the script does not hold it, that may be anything.
const MOST_STRANGE: u32 = 30;
/// Times as many words that the script must hold: of the same text, and of another.
const TIMES_SAME: u32 = 2;
const TIMES_OTHER: u32 = 4;

impl Rule for ScriptBody {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, doc: &Document, out: &mut Findings) {
        if doc.regime() != Regime::Markup || doc.is_within_script {
            return;
        }
        let is_kept = |i: &usize| out.is_left(*i);
        let words = |blocks: &mut dyn Iterator<Item = usize>| -> u32 { blocks.map(|i| doc.blocks()[i].words()).sum() };
        let kept = words(&mut (0..doc.blocks().len()).filter(is_kept));
        let shown: Vec<usize> =
            (0..doc.blocks().len()).filter(is_kept).filter(|&i| doc.blocks()[i].is_prose(10)).collect();
        let prose = words(&mut shown.iter().copied());
        if prose > MOST_SHOWN || kept > MOST_KEPT {
            return;
        }
        let Some(article) = script::article(doc, &shown, prose > MOST_STRANGE) else { return };
        let is_fit = if article.holds_shown {
            article.words >= TIMES_SAME * kept
        } else {
            (prose <= MOST_STRANGE || article.is_sure) && article.words >= TIMES_OTHER * kept
        };
        if is_fit {
            out.replace(article);
        }
    }
}
