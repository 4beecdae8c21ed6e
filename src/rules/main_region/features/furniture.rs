//! Where the furniture stands that rules have found.

use crate::finding::{Action, Findings};
use crate::meta::Category;

pub(super) fn number_of(category: Category) -> usize {
    category as usize
}

/// Where the furniture of each category stands that rules have found, as seen from a block that moves down the page.
pub(super) struct Furniture {
    pub(super) last: [u32; CATEGORIES],
    pub(super) next: [u32; CATEGORIES],
    /// Bits of the categories that the page has.
    pub(super) on_page: u32,
    /// By block: the next furniture of the block's category.
    after: Vec<u32>,
}

/// As many categories as weights are fitted for; there are fewer.
const CATEGORIES: usize = 12;

/// Nowhere in the page.
const NOWHERE: u32 = u32::MAX;

impl Furniture {
    pub(super) fn new(findings: &Findings, blocks: usize) -> Self {
        let (last, next) = ([NOWHERE; CATEGORIES], [NOWHERE; CATEGORIES]);
        let mut out = Self { last, next, on_page: 0, after: vec![NOWHERE; blocks] };
        for i in (0..blocks).rev() {
            if let Some(category) = furniture(findings, i) {
                out.after[i] = std::mem::replace(&mut out.next[category], i as u32);
                out.on_page |= 1 << category;
            }
        }
        out
    }

    /// Moves on from a block.
    pub(super) fn pass(&mut self, findings: &Findings, block: usize) {
        if let Some(category) = furniture(findings, block) {
            self.last[category] = block as u32;
            self.next[category] = self.after[block];
        }
    }
}

/// Returns the category of a block that rules have taken for furniture.
pub(super) fn furniture(findings: &Findings, block: usize) -> Option<usize> {
    match (findings.verdict(block), findings.category(block)) {
        // Notes and corrections are too rare to learn from.
        (Some(Action::Strip | Action::Part(_)), Some(category)) if category != Category::Protect => {
            Some(number_of(category))
        }
        _ => None,
    }
}

/// Returns the distance of two blocks as features know it: beyond this nothing is near.
pub(super) fn distance(from: u32, to: u32) -> Option<u32> {
    let is_known = from != NOWHERE && to != NOWHERE;
    (is_known && to - from < u32::from(u16::MAX)).then(|| to - from)
}
