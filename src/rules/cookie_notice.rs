//! Strips consent boxes.
//!
//! # What it strips
//!
//! Elements whose class or id names a consent box, lines that such boxes hold, and the notes that stand in an embed's
//! place until the reader agrees to its being loaded.
//!
//! # Why it is boilerplate
//!
//! Law makes every page say it; no article does.
//!
//! # What it must keep
//!
//! Articles about cookies, of either kind.

use super::prelude::*;

/// The rule `cookie-notice`.
pub(super) struct CookieNotice;

static META: Meta = Meta::new("cookie-notice", Category::Notice, "Consent boxes, and what stands in for an embed until a reader consents")
    .names(&[
        "cookie", "cookie-banner", "cookie-notice", "cookie-consent", "cookie-law", "cookie-bar", "consent-banner", "gdpr",
        "gdpr-banner", "onetrust", "cookiebot", "cky", "didomi", "usercentrics", "cmplz", "qc-cmp2", "embed-consent",
        "consent-placeholder", "opt-in", "privacy-banner", "cookiebanner", "iubenda", "embed-privacy",
        "external-content-consent", "cmp-banner", "cmp-container", "consent-box", "consent-overlay", "consent-modal",
        "cookies-banner", "cookies-notice", "cookies-policy",
    ])
    .phrases(include_str!("data/cookie_notice.txt"))
    .examples(&[
        Example::Text("The bridge opened on Monday.\n\n⟦We use cookies to make this site better for you.⟧\n\n⟦Accept all⟧"),
        Example::Text("Die Brücke ist offen.\n\n⟦An dieser Stelle finden Sie einen externen Inhalt, der den Artikel ergänzt.⟧\n\n⟦Externen Inhalt anzeigen⟧\n\nSie kostete vier Millionen."),
        Example::Text("橋は月曜日に開通した。\n\n⟦当サイトではCookieを使用しています。⟧"),
        Example::Html("<p>The bridge opened.</p><div id=onetrust-banner>⟦<p>Choose what we may store.</p><button>As you like</button>⟧</div>"),
        Example::Text("Browsers will stop storing cookies of third parties next year, the company said on Monday."),
        Example::Html("<p>Her cookies, baked since 1961 in the mill at Aune, have won a prize again.</p>"),
    ]);

impl Rule for CookieNotice {
    fn meta(&self) -> &'static Meta {
        &META
    }
}
