//! Bytes as a page of HTML: spans, accounts, safe output; and the fast reader against html5ever where nothing is moved.
#![no_main]

use bodycopy_fuzz::pages;

/// What may make the readers differ: see `CAUSES` in `tests/readers.rs`.
const MOVES: &[&str] = &[
    "<table", "<tr", "<td", "<th", "<tbody", "<tfoot", "<caption", "<col", "<frame", "<svg", "<math", "<select", "<template",
    "<pre", "<listing", "<form", "<noscript", "<b", "<i", "<u", "<s", "<a", "<em", "<code", "<font", "<nobr", "<tt", "<small",
    "<object", "<marquee", "<applet", "<ruby", "<r", "<o", "<html", "<head", "<plaintext", "<textarea", "<title", "</t", "\0",
    "<xmp", "<noembed", "<noframes",
];

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let html = String::from_utf8_lossy(bytes);
    pages::check_html(&html);
    let lower = html.to_ascii_lowercase();
    if !MOVES.iter().any(|tag| lower.contains(tag)) {
        pages::check_readers_agree(&html);
    }
});
