//! Bytes as flattened text: spans, accounts, safe output, and that cleaning again changes nothing.
#![no_main]

use bodycopy_fuzz::pages;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    pages::check_text(&text);
    pages::check_cleaning_again_changes_nothing(&text);
});
