//! The page that the project began from, which is not part of it: skipped where it is absent.

use bodycopy::{Page, Part, Pipeline};
use std::fs;
use std::path::Path;

fn seed(file: &str) -> Option<String> {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/seed").join(file)).ok()
}

#[test]
fn the_first_page_gives_its_body_and_its_article() {
    let (Some(page), Some(body), Some(article)) = (seed("page.txt"), seed("gold.body.txt"), seed("gold.article.txt"))
    else {
        println!("skipped: ../shared/seed is not there");
        return;
    };
    let cleaned = Pipeline::default().clean(Page::text(&page));
    assert_eq!(cleaned.text(), body.trim_end());
    assert_eq!(cleaned.kept().len(), 36);
    let parts = [Part::Headline, Part::Deck, Part::Note, Part::Caption, Part::Body];
    let pipeline = Pipeline::builder().parts(parts).build().unwrap();
    assert_eq!(pipeline.clean(Page::text(&page)).text(), article.trim_end());
}
