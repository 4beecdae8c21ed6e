//! Strips offers of subscriptions, pay walls, and pleas for support.
//!
//! # What it strips
//!
//! Whole lines such as "Subscribe now" and "This article is for subscribers", lines that begin like one, and all of an element so named.
//!
//! # Why it is boilerplate
//!
//! It sells the reader the paper.
//!
//! # What it must keep
//!
//! Reports about subscriptions: paragraphs in no element so named; and the paragraphs of the article that are paid for, which
//! stand in elements named “paywall” as the offer does.

use super::prelude::*;
use crate::document::Via;
use crate::finding::is_long_sentence;

/// The rule `subscription-prompt`.
pub(super) struct SubscriptionPrompt;

static META: Meta = Meta::new("subscription-prompt", Category::Promotion, "Offers of subscriptions and pay walls")
    .names(&["paywall", "pay-wall", "paywall-prompt", "paywall-teaser", "paywall-offer", "piano-offer", "subscribe-box", "subscribe-form", "subscribe-widget", "subscribe-banner", "subscribe-prompt", "subscribe-cta", "subscribe-now", "subscribe-wall", "subscription-box", "subscription-prompt", "subscription-banner", "subscription-offer", "subscription-cta", "subscription-wall", "subscription-widget", "subscription-teaser", "subscriber-only-message", "abo-box", "abo-teaser", "abo-banner", "abo-hinweis", "abobox", "abo-wall", "abonnement-box", "abonnes-only-message", "suscribete", "suscripcion-banner", "muro-pago", "prenumerata", "donate-banner", "support-banner", "membership-banner", "membership-promo", "membership-cta", "contribution-banner", "reader-revenue", "metered-wall", "premium-wall", "plus-teaser"])
    .phrases(include_str!("data/subscription_prompt.txt"))
    .examples(&[
        Example::Text("The bridge opened on Monday, two years late, the council said.\n\n⟦Subscribe now⟧\n\nNobody in Velden knows yet what the tram will cost, she added."),
        Example::Text("Die Brücke ist seit Montag offen, zwei Jahre später als geplant.\n\n⟦Jetzt kostenlos testen⟧"),
        Example::Text("橋は月曜日に開通した、と市は発表した。\n\n⟦この記事は有料会員限定です⟧"),
        Example::Html("<p>The bridge opened on Monday, two years late, the council said.</p><p>Nobody in Velden knows yet what the tram will cost, she added.</p><div id=paywall>⟦<p>You have read the last of your free stories, dear reader, and the rest waits for you.</p>⟧</div>"),
        Example::Text("The doctor in Aune gave her the medicine for free\n\nThe bridge opened on Monday, two years late, the town said."),
        Example::Text("Subscribe now or never, said the treasurer of the tram company to the people of Velden, who had come in their hundreds."),
        Example::Html("<p>Subscriptions to the tram rose by a third in May, and the company bought two cars.</p>"),
    ]);

/// Words of a paragraph that is too long for an offer. Set by hand.
const LONG_PARAGRAPH: u32 = 40;

impl Rule for SubscriptionPrompt {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, doc: &Document, out: &mut Findings) {
        for hit in doc.hits(&META) {
            // The paid part of an article is called so too: schema.org's example of `isAccessibleForFree` does.
            let is_paid_part = matches!(hit.via, Via::Name("paywall" | "pay-wall"))
                && doc.blocks()[hit.blocks.clone()].iter().any(|block| block.is_prose(LONG_PARAGRAPH));
            if !hit.holds_body && !is_paid_part && !is_long_sentence(doc, hit) {
                out.strip_hit(doc, hit);
            }
        }
    }
}
