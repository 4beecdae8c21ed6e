//! Bytes of any charset, labelled rightly, wrongly or not at all.
#![no_main]

use bodycopy::Page;
use bodycopy_fuzz::pages;

libfuzzer_sys::fuzz_target!(|input: (Option<&str>, &[u8])| {
    let (label, bytes) = input;
    for page in [Page::html_bytes(bytes, label), Page::text_bytes(bytes, label), Page::detect_bytes(bytes, label)] {
        pages::check_spans(&pages::NO_RULES.clean(page));
    }
    // Text that is UTF-8 and says so is taken as it is.
    if let Ok(text) = std::str::from_utf8(bytes) {
        let marks = [&b"\xff\xfe"[..], b"\xfe\xff"];
        if !marks.iter().any(|mark| bytes.starts_with(mark)) {
            let taken = Page::text_bytes(bytes, Some("utf-8"));
            assert_eq!(taken.source(), text);
        }
    }
    // Text of two bytes a character with a mark in front is taken as such, whatever the label says; halves of pairs are U+FFFD.
    let units: Vec<u16> = bytes.as_chunks::<2>().0.iter().map(|pair| u16::from_le_bytes(*pair)).collect();
    let stored: Vec<u8> = std::iter::once(0xfeff).chain(units.iter().copied()).flat_map(u16::to_le_bytes).collect();
    assert_eq!(Page::text_bytes(&stored, label).source(), String::from_utf16_lossy(&units));
});
