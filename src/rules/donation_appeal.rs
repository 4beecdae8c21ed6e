//! Strips appeals to give money to the paper.
//!
//! # What it strips
//!
//! Elements whose class or id names a donation, lines and paragraphs that ask readers to support the paper, and what stands
//! between two of them, or in a box with them.
//!
//! # Why it is boilerplate
//!
//! The paper asks on its own behalf, in the same words under every article.
//!
//! # What it must keep
//!
//! Reports on donations and on papers that live from them.

use super::prelude::*;
use std::ops::Range;

/// The rule `donation-appeal`.
pub(super) struct DonationAppeal;

static META: Meta = Meta::new("donation-appeal", Category::Promotion, "Appeals for donations and support")
    .names(&[
        "donate", "donate-box", "support-us", "spenden", "spendenbox", "faire-un-don", "support-journalism", "supporter-box",
        "donation-box", "donation-banner", "donation-form", "donation-widget", "donate-button", "donation-cta",
    ])
    .phrases(include_str!("data/donation_appeal.txt"))
    .examples(&[
        Example::Text("The bridge opened on Monday, two years late.\n\n⟦Support our journalism⟧\n\n⟦Please consider making a donation, from five crowns a month.⟧"),
        Example::Text("Die Brücke ist seit Montag offen.\n\n⟦Unterstützen Sie unsere Arbeit mit einem Beitrag ab fünf Kronen.⟧"),
        Example::Text("다리는 월요일에 열렸다고 시가 밝혔다.\n\n⟦좋은기사 후원하기⟧"),
        Example::Html("<p>It opened.</p><div class=donation-box>⟦<p>We live from what readers give.</p>⟧</div><p>It was cold.</p>"),
        Example::Text("The bridge opened on Monday, two years late.\n\n⟦News of the bridge should reach everybody. Help us keep our journalism alive, from two crowns on.⟧\n\n⟦The council votes in May, and in June, and again in autumn.⟧\n\n⟦We cannot do it alone: will you contribute as little as two crowns?⟧\n\nThe tram was late as well."),
        Example::Text("“Readers like you keep our journalism alive,” said the editor of the paper in Velden, which lives from its members."),
        Example::Text("Supporters of the bridge made a donation of ten thousand crowns, the town said on Monday."),
        Example::Html("<p>Donate blood at the town hall on Monday, the hospital asked, as its stocks are low.</p>"),
    ]);

/// Blocks between two lines of one appeal, and how many times their words a box of it holds. Set by hand.
const APART: usize = 4;
const MOST_BESIDE: u32 = 3;

impl Rule for DonationAppeal {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, doc: &Document, out: &mut Findings) {
        out.strip_hits(doc, &META);
        let mut last: Option<usize> = None;
        for hit in doc.hits(&META).iter().filter(|hit| hit.via.is_phrase()) {
            let at = hit.blocks.start;
            if let Some(last) = last.filter(|&last| at <= last + APART) {
                let words = |i: usize| doc.blocks()[i].words();
                let is_box = |own: &Range<usize>| own.contains(&at) && own.len() <= 2 * APART;
                let own = doc.containers(last).find(is_box);
                let is_own = |own: &Range<usize>| doc.prose_in(own.clone()) <= MOST_BESIDE * (words(last) + words(at));
                for i in own.filter(is_own).unwrap_or(last + 1..at) {
                    out.strip(doc, i, "stands between two lines of an appeal, or in their box");
                }
            }
            last = Some(at);
        }
    }
}
