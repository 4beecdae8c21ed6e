//! What is kept though the scorer takes it for something else: the page's longest stretch of prose, if nearly all of it would go. A
//! name that says “excerpt” or “partner” on the element around an article is enough to deceive the scorer on a site it has never seen.

use crate::document::Document;
use crate::finding::Findings;

/// Words of the shortest such stretch; with 150 the same pages of the corpus change.
const FEWEST: f32 = 100.0;
/// Share of the stretch that is kept at most, for it to be mistaken; with .35 as many pages lose as gain.
const MOST_KEPT: f32 = 0.25;
/// Share of the page's undecided prose that the stretch holds at least; .3 does alike.
const OWN: f32 = 0.5;
/// Words of the shortest paragraph that counts.
const PROSE: u32 = 12;

/// One in so many blocks of the stretch that is a link makes it teasers, each with its title.
const MOST_LINKED: usize = 4;

/// Adds the undecided paragraphs of the stretch to what is kept, if that is too little of it. Of 8,862 pages and texts of the corpus
/// four are better for it, by .18 to .66, and one is worse, by .11; over domains that weights were not fitted to, no set changes beyond
/// chance.
pub(super) fn longest_stretch(doc: &Document, findings: &Findings, kept: &mut [bool]) {
    let blocks = doc.blocks();
    let is_open_prose = |i: &usize| findings.is_open(*i) && blocks[*i].is_prose(PROSE);
    let words = |of: &mut dyn Iterator<Item = usize>| of.map(|i| blocks[i].words()).sum::<u32>() as f32;
    let stretch = || doc.main_run().filter(is_open_prose);
    let whole = words(&mut stretch());
    let is_kept = || words(&mut (0..kept.len()).filter(|&i| kept[i])) >= MOST_KEPT * whole;
    let is_own = || whole >= OWN * words(&mut (0..blocks.len()).filter(is_open_prose));
    let linked = || doc.main_run().filter(|&i| blocks[i].link_density() >= 0.5).count();
    if whole >= FEWEST && !is_kept() && is_own() && linked() * MOST_LINKED < doc.main_run().len() {
        stretch().for_each(|i| kept[i] = true);
    }
}
