//! Strips tickers, market data and the weather.
//!
//! # What it strips
//!
//! Elements whose class or id names a ticker, lines that head one, and runs of short lines that are a name, a number
//! and a change in percent.
//!
//! # Why it is boilerplate
//!
//! It changes by the minute, and has nothing to do with the article.
//!
//! # What it must keep
//!
//! Tables and lists of figures in reports on markets, unless they read as a ticker does, and sentences about prices.

use super::prelude::*;
use once_cell::sync::Lazy;
use regex::Regex;

/// The rule `live-ticker`.
pub(super) struct LiveTicker;

static META: Meta = Meta::new("live-ticker", Category::Widget, "Tickers, market data and the weather")
    .names(&[
        "ticker",
        "news-ticker",
        "newsticker",
        "stock-ticker",
        "breaking-news",
        "breaking-bar",
        "market-data",
        "markets-widget",
        "stock-widget",
        "stock-quote",
        "stockticker",
        "live-ticker",
        "liveticker",
        "tradingview",
        "tradingview-widget",
        "weather-widget",
        "exchange-rate",
        "currency-widget",
        "market-watch",
        "market-ticker",
        "scoreboard",
        "score-ticker",
        "live-bar",
        "weather-box",
        "weather-bar",
        "weather-info",
        "wetter-widget",
        "meteo-widget",
        "exchange-rates-widget",
    ])
    .phrases(include_str!("data/live_ticker.txt"))
    .examples(&[
        Example::Text(
            "⟦Nordex 40 2,113.20 +0.42%⟧\n\n⟦Velden Bank 31.05 -1.20%⟧\n\nThe bridge opened on Monday, two years late.",
        ),
        Example::Text("⟦오늘의 증시⟧\n\n다리는 월요일에 열렸다고 시가 밝혔다."),
        Example::Text("⟦Лента новостей⟧\n\n⟦Курсы валют⟧\n\nМост открыли в понедельник, с опозданием на два года."),
        Example::Html(
            "<div class=stock-ticker>⟦<span>Velden Bank rose</span>⟧</div><p>The bridge opened on Monday.</p>",
        ),
        Example::Text("Shares of Velden Bank fell by 1.2 % to 31.05 crowns on Monday."),
        Example::Html("<p>The weather was cold, and the exchange rate had fallen by 0.4 % since Friday.</p>"),
    ]);

/// A name of at most some words, a number, and a signed change in percent, in either order. The name may hold any character
/// beyond ASCII: a class of all letters in a repeat costs a first page more than all else that is done with it.
static QUOTE: Lazy<Regex> = Lazy::new(|| {
    Regex::new(concat!(
        r"^([0-9A-Za-z&./()^ \-[^\x00-\x7f]]{2,40}?)[ \t:]+[$€£¥₩]?[0-9][0-9.,]*[ \t]*(?:[▲▼△▽↑↓]?\s*[+−-]?[0-9.,]+[ \t]*)?",
        r"\(?(?:[▲▼△▽↑↓]\s*[+−-]?|[+−-])[0-9]+[.,][0-9]+ ?%\)?$",
    ))
    .expect("a constant pattern")
});

fn is_quote(text: &str) -> bool {
    let is_letter = |ch: char| ch.is_ascii() || ch.is_alphanumeric();
    text.strip_suffix(')').unwrap_or(text).ends_with('%')
        && QUOTE.captures(text).is_some_and(|quote| quote[1].chars().all(is_letter))
}

/// Words of the longest line of a ticker.
const MOST_WORDS: u32 = 14;

impl Rule for LiveTicker {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, doc: &Document, out: &mut Findings) {
        out.strip_hits(doc, &META);
        for (i, block) in doc.blocks().iter().enumerate() {
            let is_short =
                block.words() <= MOST_WORDS && block.measure.digits >= 3 && block.kind != BlockKind::TableRow;
            if is_short && is_quote(doc.text(block)) {
                out.strip(doc, i, "a name, a number and a change in percent");
            }
        }
    }
}
