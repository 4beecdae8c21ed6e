//! Cleans every page under `fixtures/pages`, HTML and flattened twin, and compares with the body a person would keep.
//!
//! Each page is there for one problem, and is hard on purpose. A page counts as right when its text is word for word the
//! expected body; `EXACT` names those that must be. The others must come close: see the bounds.

use bodycopy::{Page, Part, Pipeline};
use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Pages that come out exactly, as `folder/file`. A page that becomes right must be added, so that it stays right.
const EXACT: &str = include_str!("exact.txt");

/// The least word F1 of any page, and of all on average: a little under what is reached, so that nothing gets worse unseen.
/// The goal is 1. The lowest page is flattened: a short item with others appended by endless scroll.
const LEAST_HTML: f64 = 0.88;
const LEAST_TEXT: f64 = 0.78;
const MEAN_HTML: f64 = 0.975;
const MEAN_TEXT: f64 = 0.965;

fn pages() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/pages");
    let mut pages: Vec<PathBuf> = fs::read_dir(root).unwrap().map(|entry| entry.unwrap().path()).collect();
    pages.sort();
    pages
}

/// Words; one character each where words are not parted by spaces.
fn words(text: &str) -> Vec<String> {
    let is_unspaced = |c: char| matches!(c, '\u{e00}'..='\u{eff}' | '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}');
    let mut out = Vec::new();
    let mut word = String::new();
    for c in text.chars().chain([' ']) {
        if c.is_alphanumeric() && !is_unspaced(c) {
            word.push(c);
            continue;
        }
        if !word.is_empty() {
            out.push(std::mem::take(&mut word));
        }
        if c.is_alphanumeric() {
            out.push(c.to_string());
        }
    }
    out
}

fn f1(expected: &[String], found: &[String]) -> f64 {
    let mut bag: HashMap<&str, i32> = HashMap::new();
    expected.iter().for_each(|word| *bag.entry(word).or_default() += 1);
    let hits = found.iter().filter(|word| bag.get_mut(word.as_str()).is_some_and(|n| std::mem::replace(n, *n - 1) > 0));
    2.0 * hits.count() as f64 / (expected.len() + found.len()) as f64
}

/// Says which paragraphs are missing and which are too many.
fn difference(expected: &str, found: &str) -> String {
    let lines = |a: &str, b: &str| -> Vec<String> {
        let b = words(b).join(" ");
        a.split("\n\n").filter(|p| !b.contains(&words(p).join(" "))).map(|p| p.chars().take(90).collect()).collect()
    };
    format!("  missing  {:#?}\n  too many {:#?}", lines(expected, found), lines(found, expected))
}

fn clean(pipeline: &Pipeline, path: &Path) -> Option<String> {
    let source = fs::read_to_string(path).ok()?;
    let is_html = path.extension().is_some_and(|e| e == "html");
    Some(pipeline.clean(if is_html { Page::html(&source) } else { Page::text(&source) }).text())
}

#[test]
fn pages_give_their_body() {
    let pipeline = Pipeline::default();
    let (mut faults, mut right) = (Vec::new(), Vec::new());
    let exact: Vec<&str> = EXACT.lines().filter(|line| !line.starts_with('#')).collect();
    for (file, least, mean) in [("page.html", LEAST_HTML, MEAN_HTML), ("page.txt", LEAST_TEXT, MEAN_TEXT)] {
        let mut scores = Vec::new();
        for dir in pages() {
            let name = format!("{}/{file}", dir.file_name().unwrap().to_string_lossy());
            let expected = fs::read_to_string(dir.join("body.txt")).unwrap();
            let Some(found) = clean(&pipeline, &dir.join(file)) else { continue };
            let (e, f) = (words(&expected), words(&found));
            let score = f1(&e, &f);
            scores.push(score);
            if e == f {
                right.push(name.clone());
            }
            if score < least || (e != f && exact.contains(&name.as_str())) {
                faults.push(format!("{name} scores {score:.3}\n{}", difference(expected.trim_end(), &found)));
            }
        }
        let average = scores.iter().sum::<f64>() / scores.len() as f64;
        println!(
            "{file}: {} pages, mean F1 {average:.4}, least {:.3}",
            scores.len(),
            scores.iter().copied().fold(1.0, f64::min)
        );
        if average < mean {
            faults.push(format!("{file}: mean F1 is {average:.4}"));
        }
    }
    println!("{} pages are exactly right", right.len());
    let new: Vec<_> = right.iter().filter(|name| !exact.contains(&name.as_str())).collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert!(new.is_empty(), "these are right now; add them to tests/exact.txt: {new:#?}");
}

#[test]
fn parts_join_in_page_order() {
    let parts = [Part::Caption, Part::Body, Part::Headline, Part::Note, Part::Deck];
    let pipeline = Pipeline::builder().parts(parts).build().unwrap();
    for dir in pages() {
        let Ok(expected) = fs::read_to_string(dir.join("article.txt")) else { continue };
        for file in ["page.html", "page.txt"] {
            let found = clean(&pipeline, &dir.join(file)).unwrap();
            assert!(
                words(&expected) == words(&found),
                "{}/{file}\n{}",
                dir.display(),
                difference(expected.trim_end(), &found)
            );
        }
    }
}
