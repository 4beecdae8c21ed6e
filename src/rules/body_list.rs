//! Protects lists that belong to the article.
//!
//! # What it protects
//!
//! Items of lists in the page's longest stretch of prose that are not links, when a paragraph stands close before the list; in
//! flattened text only if that paragraph ends with a colon, for links cannot be seen there.
//!
//! # Why it is body
//!
//! Furniture lists link somewhere; a list without links, under a paragraph, goes on with what the paragraph says.
//!
//! # What it must not protect
//!
//! Lists of other articles, of tags and of buttons; lists of which a third has been given away.

use super::prelude::*;
use crate::measure::Ending;

/// The rule `body-list`.
pub(super) struct BodyList;

static META: Meta = Meta::new("body-list", Category::Protect, "Lists that belong to the article").examples(&[
    Example::Html(
        "<p>The council agreed on Monday on what the town will need to open the bridge in May:</p><ul><li>four lamps</li><li>a \
         rail on either side</li></ul><p>All of it will be bought in Velden, the council said, and paid for by the county.</p>",
    ),
    Example::Text(
        "Der Rat einigte sich am Montag darauf, was die Stadt für die Brücke braucht:\n\n- vier Lampen\n\n- ein Geländer\n\nAlles \
         wird in Velden gekauft, sagte der Rat, und vom Landkreis bezahlt.",
    ),
    Example::Text("의회는 월요일에 다음을 결정했다:\n\n- 등 네 개를 산다.\n\n- 난간을 세운다.\n\n모두 벨덴에서 산다고 의회가 밝혔다."),
]);

/// Words of the shortest paragraph that a list may follow.
const PROSE_WORDS: u32 = 6;
/// Most letters of a list that may stand in links.
const DENSITY: f32 = 0.3;

impl Rule for BodyList {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, doc: &Document, out: &mut Findings) {
        let (blocks, run) = (doc.blocks(), doc.main_run());
        let mut end = run.start + 1;
        while end <= run.end && end < blocks.len() {
            let start = end;
            end += 1;
            if blocks[start].kind != BlockKind::ListItem {
                continue;
            }
            while end < blocks.len() && blocks[end].kind == BlockKind::ListItem {
                end += 1;
            }
            let announces = |i: usize| {
                let is_colon = blocks[i].measure.ending == Ending::Colon
                    && blocks[i].words() >= 3
                    && blocks[i].link_density() < 0.5;
                out.is_open(i) && (is_colon || blocks[i].is_prose(PROSE_WORDS))
            };
            let is_announced = announces(start - 1)
                || (start >= 2 && blocks[start - 1].kind == BlockKind::Heading && announces(start - 2));
            let taken = (start..end).filter(|&i| !out.is_open(i)).count();
            let is_seen = doc.regime() == Regime::Markup || blocks[start - 1].measure.ending == Ending::Colon;
            if !is_announced || !is_seen || 3 * taken > end - start || doc.link_density_in(start..end) > DENSITY {
                continue;
            }
            for i in start..end {
                let block = &blocks[i];
                let is_boxed = block.is(Setting::HIDDEN
                    | Setting::NAV
                    | Setting::ASIDE
                    | Setting::FORM
                    | Setting::FOOTER
                    | Setting::HEADER);
                if out.is_open(i) && !is_boxed && block.link_density() < 0.5 {
                    out.keep(doc, i, "an item of a list without links, under a paragraph");
                }
            }
        }
    }
}
