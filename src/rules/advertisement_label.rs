//! Strips the labels of advertisements.
//!
//! # What it strips
//!
//! Elements whose class or id names an advertisement, lines that say that one follows or that the article goes on after
//! it, and notes that some links are paid for.
//!
//! # Why it is boilerplate
//!
//! The label belongs to an advertisement that the page loads later.
//!
//! # What it must keep
//!
//! Articles about advertising.

use super::prelude::*;

/// The rule `advertisement-label`.
pub(super) struct AdvertisementLabel;

static META: Meta = Meta::new("advertisement-label", Category::Promotion, "Labels of advertisements, and notes about paid links")
    .names(&[
        "ads", "advert", "adverts", "advertisement", "advertorial", "ad-slot", "ad-container", "ad-label", "ad-unit",
        "adsbygoogle", "ad-wrapper", "ad-box", "anzeige", "werbung", "publicidad", "publicite", "pubblicita", "publicidade",
        "reklama", "reklam", "advertentie", "sponsored", "taboola", "outbrain", "dfp", "gpt-ad", "google-ad", "native-ad",
        "promoted-content", "promoted-item", "promoted-items", "promoted-link", "promoted-links", "promoted-post", "promoted-posts",
        "promoted-stories", "affiliate-disclosure", "affiliate-disclaimer", "iklan", "ad-banner", "banner-ad", "ad-block",
        "ad-placeholder", "ad-text", "ad-space", "ad-zone", "ad-break", "ad-leaderboard", "ad-header", "ad-title", "ad-area",
        "ad-wrap", "adbox", "adslot",
    ])
    .phrases(include_str!("data/advertisement_label.txt"))
    .examples(&[
        Example::Text("The bridge opened on Monday.\n\n⟦Advertisement⟧\n\nIt had cost four million crowns.\n\n⟦Article continues below⟧"),
        Example::Text("Die Brücke ist offen.\n\n⟦Anzeige⟧\n\nSie kostete vier Millionen Kronen."),
        Example::Text("다리는 월요일에 열렸다.\n\n⟦광고⟧\n\n다리는 길다고 시가 밝혔다."),
        Example::Html("<p>The bridge opened.</p><div class=ad-slot>⟦<span>Buy the new tram</span>⟧</div><p>It was cold.</p>"),
        Example::Text("Advertising paid for half of the bridge, the council heard on Monday."),
        Example::Html("<div class=\"node node-promoted\"><p>The bridge opened on Monday, two years late.</p></div><p>It was cold.</p>"),
        Example::Html("<p class=lead>Anzeige erstattet hat am Montag der Besitzer der Mühle.</p><p>La publicidad cubrió el puente.</p>"),
    ]);

impl Rule for AdvertisementLabel {
    fn meta(&self) -> &'static Meta {
        &META
    }
}
