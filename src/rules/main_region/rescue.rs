//! What is kept though the scorer takes it for something else: the page's longest stretch of prose, if nearly all of it would go. A
//! name that says “excerpt” or “partner” on the element around an article is enough to deceive the scorer on a site it has never seen.

use crate::document::Document;
use crate::finding::Findings;

/// Words of the shortest such stretch; with 150 the same pages of the corpus change.
const FEWEST: u32 = 100;
/// Share of the stretch that is kept at most, for it to be mistaken; with .35 as many pages lose as gain.
const MOST_KEPT: f32 = 0.25;
/// Share of the page's undecided prose that the stretch holds at least; .3 does alike.
const OWN: f32 = 0.5;
/// Words of the shortest paragraph that counts.
const PROSE: u32 = 12;

/// Adds the undecided paragraphs of the stretch to what is kept, if that is too little of it. Of 8,862 pages and texts of the corpus six
/// are better for it, by .18 to .66, and one is worse, by .11; over domains that weights were not fitted to, the snippets gain
/// .0018 and the sets of articles .0003 to .0015, but for mozilla's, which lose .0012.
pub(super) fn longest_stretch(doc: &Document, findings: &Findings, kept: &mut [bool]) {
    let blocks = doc.blocks();
    let is_open_prose = |i: usize| findings.is_open(i) && blocks[i].is_prose(PROSE);
    let words = |blocks_of: &mut dyn Iterator<Item = usize>| -> u32 { blocks_of.map(|i| blocks[i].words()).sum() };
    let stretch = doc.main_run();
    let whole = words(&mut stretch.clone().filter(|&i| is_open_prose(i)));
    if whole < FEWEST || words(&mut (0..kept.len()).filter(|&i| kept[i])) as f32 >= MOST_KEPT * whole as f32 {
        return;
    }
    if whole as f32 >= OWN * words(&mut (0..blocks.len()).filter(|&i| is_open_prose(i))) as f32 {
        stretch.filter(|&i| is_open_prose(i)).for_each(|i| kept[i] = true);
    }
}
