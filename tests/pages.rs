//! Cleans every page under `fixtures/pages`, HTML and flattened twin, and compares with the body a person would keep.

use bodycopy::{Page, Part, Pipeline};
use std::fs;
use std::path::{Path, PathBuf};

/// Pages that still come out wrong, each with the reason. Empty is the goal.
const KNOWN: &[(&str, &str)] = &[];

fn pages() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/pages");
    let mut pages: Vec<PathBuf> = fs::read_dir(root).unwrap().map(|entry| entry.unwrap().path()).collect();
    pages.sort();
    pages
}

fn words(text: &str) -> Vec<String> {
    let is_word = |c: char| c.is_alphanumeric();
    text.split(|c: char| !is_word(c)).filter(|w| !w.is_empty()).map(str::to_owned).collect()
}

/// Says which words are missing and which are too many, in order.
fn difference(expected: &str, found: &str) -> Option<String> {
    let (e, f) = (words(expected), words(found));
    if e == f {
        return None;
    }
    let lines = |a: &str, b: &str| -> Vec<String> {
        let b = words(b).join(" ");
        a.split("\n\n").filter(|p| !b.contains(&words(p).join(" "))).map(|p| p.chars().take(90).collect()).collect()
    };
    Some(format!("  missing  {:#?}\n  too many {:#?}", lines(expected, found), lines(found, expected)))
}

#[test]
fn pages_give_their_body() {
    let pipeline = Pipeline::default();
    let (mut faults, mut count) = (Vec::new(), 0);
    for dir in pages() {
        let name = dir.file_name().unwrap().to_string_lossy().into_owned();
        let expected = fs::read_to_string(dir.join("body.txt")).unwrap();
        for (file, is_html) in [("page.html", true), ("page.txt", false)] {
            let Ok(source) = fs::read_to_string(dir.join(file)) else { continue };
            count += 1;
            let page = if is_html { Page::html(&source) } else { Page::text(&source) };
            let found = pipeline.clean(page).text();
            let known = KNOWN.iter().any(|(known, _)| *known == format!("{name}/{file}"));
            match (difference(expected.trim_end(), &found), known) {
                (Some(difference), false) => faults.push(format!("{name}/{file}\n{difference}")),
                (None, true) => {
                    faults.push(format!("{name}/{file} is right now: take it off the list of known faults"))
                }
                _ => {}
            }
        }
    }
    assert!(faults.is_empty(), "{} of {count} pages are wrong\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn parts_join_in_page_order() {
    let parts = [Part::Caption, Part::Body, Part::Headline, Part::Note, Part::Deck];
    let pipeline = Pipeline::builder().parts(parts).build().unwrap();
    for dir in pages() {
        let Ok(expected) = fs::read_to_string(dir.join("article.txt")) else { continue };
        for (file, is_html) in [("page.html", true), ("page.txt", false)] {
            let source = fs::read_to_string(dir.join(file)).unwrap();
            let page = if is_html { Page::html(&source) } else { Page::text(&source) };
            let found = pipeline.clean(page).text();
            if let Some(difference) = difference(expected.trim_end(), &found) {
                panic!("{}/{file}\n{difference}", dir.display());
            }
        }
    }
}
