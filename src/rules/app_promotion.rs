//! Strips offers of the paper's app.
//!
//! # What it strips
//!
//! Elements whose class or id names an app banner, and lines such as “Download our app” and the names of app stores.
//!
//! # Why it is boilerplate
//!
//! It advertises the paper, and is the same on every page.
//!
//! # What it must keep
//!
//! Articles about apps and their stores.

use super::prelude::*;

/// The rule `app-promotion`.
pub(super) struct AppPromotion;

static META: Meta = Meta::new("app-promotion", Category::Promotion, "Offers of the paper's app")
    .names(&[
        "app-banner",
        "app-promo",
        "app-download",
        "download-app",
        "smart-banner",
        "smartbanner",
        "app-stores",
        "get-app",
        "app-links",
        "app-badge",
        "app-badges",
        "mobile-app-banner",
        "app-store-badge",
        "app-store-links",
        "google-play-badge",
    ])
    .phrases(include_str!("data/app_promotion.txt"))
    .examples(&[
        Example::Text("The bridge opened on Monday.\n\n⟦Download our app⟧\n\n⟦Get it on Google Play⟧"),
        Example::Text("다리는 월요일에 열렸다고 시가 밝혔다.\n\n⟦앱 다운로드⟧"),
        Example::Text("Мост открыли в понедельник.\n\n⟦Скачайте наше приложение и читайте новости первыми⟧"),
        Example::Html(
            "<p>It opened.</p><div id=smart-banner>⟦<p>Read on in the app, it is quicker</p>⟧</div><p>It was cold.</p>",
        ),
        Example::Text("The app store said on Monday that it would remove the game, after complaints from parents."),
        Example::Html("<p>Google Play and the App Store take a third of every sale, the court heard.</p>"),
    ]);

impl Rule for AppPromotion {
    fn meta(&self) -> &'static Meta {
        &META
    }
}
