//! Strips invitations to a newsletter.
//!
//! # What it strips
//!
//! Whole lines such as "Subscribe to our newsletter", lines that begin like one, and all of an element so named.
//!
//! # Why it is boilerplate
//!
//! It sells the reader a letter.
//!
//! # What it must keep
//!
//! Articles about newsletters: paragraphs in no element so named.

use super::prelude::*;

/// The rule `newsletter-prompt`.
pub(super) struct NewsletterPrompt;

static META: Meta = Meta::new("newsletter-prompt", Category::Promotion, "Invitations to a newsletter")
    .names(&["newsletter", "newsletters", "newsletter-box", "newsletter-form", "newsletter-signup", "newsletter-sign-up", "newsletter-subscribe", "newsletter-widget", "newsletter-promo", "newsletter-prompt", "newsletter-teaser", "newsletter-block", "newsletter-module", "newsletter-banner", "nl-signup", "nl-box", "email-signup", "email-sign-up", "email-subscribe", "email-capture", "mailing-list", "mailinglist", "mailchimp", "mc-embed", "mc4wp", "mc4wp-form", "mc_embed_signup", "infoletter", "infolettre", "boletin", "nieuwsbrief", "nyhetsbrev", "news-letter", "jetpack-subscription", "substack-embed"])
    .phrases(include_str!("data/newsletter_prompt.txt"))
    .examples(&[
        Example::Text("The bridge opened on Monday, two years late, the council said.\n\n⟦Sign up for our newsletter⟧\n\nNobody in Velden knows yet what the tram will cost, she added."),
        Example::Text("Die Brücke ist seit Montag offen, zwei Jahre später als geplant.\n\n⟦Jetzt Newsletter abonnieren⟧"),
        Example::Text("Le pont est ouvert depuis lundi, a dit la mairie.\n\n⟦Inscrivez-vous à notre newsletter⟧"),
        Example::Html("<p>The bridge opened on Monday, two years late, the council said.</p><p>Nobody in Velden knows yet what the tram will cost, she added.</p><aside class=\"c-newsletterBox\">⟦<h3>Velden at dawn</h3><p>Every day at six, the town in three minutes.</p>⟧</aside><p>The council meets again in May, and will hear the tram company and the miller, it said.</p>"),
        Example::Text("Subscribe to our newsletter, the letter said, or the tram will never come; four thousand people in Velden read it, and nobody laughed, for the letter had been sent by the mayor himself on the day of the vote."),
        Example::Html("<p>Newsletters have made her rich: nine thousand readers pay for hers, the town treasurer said on Monday.</p>"),
    ]);

impl Rule for NewsletterPrompt {
    fn meta(&self) -> &'static Meta {
        &META
    }
}
