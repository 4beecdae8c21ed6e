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
//! Articles about cookies, of either kind: what names them between two paragraphs of the article stays.

use super::prelude::*;
use crate::document::Via;

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
        Example::Text(
            "Wer Seiten von Zeitungen liest, wird seit Jahren gefragt, was er erlaubt, und klickt es weg, sagte die Richterin am Montag.\n\nDas \
             Gericht in Velden hat nun entschieden, dass die Verwendung von Cookies für Werbung ohne Frage nicht erlaubt ist, \
             auch wenn der Zettel klein ist.\n\nDie Seiten haben bis Mai Zeit, sich eine andere Frage auszudenken, die \
             jemand beantworten möchte, hieß es.",
        ),
        Example::Html("<p>Her cookies, baked since 1961 in the mill at Aune, have won a prize again.</p>"),
    ]);

/// What cookies are called, where the word is another.
const COOKIES: &[&str] = &["cookie", "çerez", "бисквитк", "evästei", "informasjonskapsl", "クッキー", "쿠키"];

/// Returns whether a text names cookies.
fn names_cookies(text: &str) -> bool {
    let small = text.to_lowercase();
    COOKIES.iter().any(|word| small.contains(word))
}

impl Rule for CookieNotice {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, doc: &Document, out: &mut Findings) {
        out.strip_hits_if(doc, &META, |hit| {
            // Articles about cookies say the same between their other paragraphs. Notes in an embed's place, which stand there
            // too, name none.
            let at = hit.blocks.start;
            hit.via != Via::Within || !doc.is_between_prose(at) || !names_cookies(doc.text_at(at))
        });
    }
}
