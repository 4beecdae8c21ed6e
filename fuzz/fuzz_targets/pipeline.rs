//! Pages made of news furniture, through the whole pipeline, as HTML and flattened.
#![no_main]

use bodycopy::{Limits, Page, Pipeline, Status};
use bodycopy_fuzz::furniture::{Furniture, Site};
use bodycopy_fuzz::pages;

libfuzzer_sys::fuzz_target!(|input: (Site, u8)| {
    let (site, extra) = input;
    let html = site.html();
    if html.len() > 20_000 {
        return;
    }
    pages::check_html(&html);
    pages::check_text(&site.text());
    pages::check_cleaning_again_changes_nothing(&site.text());
    if site.furniture.iter().all(Furniture::nests) {
        pages::check_readers_agree(&html);
    }
    match extra {
        0..8 => pages::check_nothing_is_remembered(&Page::html(&html)),
        8..16 => pages::check_nothing_is_remembered(&Page::text(&site.text())),
        16..32 => {
            let limits = Limits::default().with_nodes(extra as usize).with_blocks(4).with_depth(5).with_attributes(1);
            let pipeline = Pipeline::builder().limits(limits.with_bytes(html.len() / 2)).build().unwrap();
            let cleaned = pipeline.clean(Page::html(&html));
            pages::check_spans(&cleaned);
            assert_ne!(cleaned.status(), Status::Complete);
        }
        _ => {}
    }
});
