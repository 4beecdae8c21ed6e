//! Runs each rule alone over its own examples, through the reader the example names.

use bodycopy::{Example, Meta, Page, Pipeline};

/// Returns the example without its marks, and the marked spans.
fn marked(example: &str) -> (String, Vec<(usize, usize)>) {
    let (mut text, mut spans, mut open) = (String::new(), Vec::new(), None);
    for ch in example.chars() {
        match ch {
            '⟦' => open = Some(text.len()),
            '⟧' => spans.push((open.take().expect("⟧ without ⟦"), text.len())),
            _ => text.push(ch),
        }
    }
    assert!(open.is_none(), "⟦ without ⟧ in {example}");
    (text, spans)
}

/// Returns the bytes of the source that are letters or digits and lie in one of the spans.
fn letters(source: &str, spans: impl Iterator<Item = (usize, usize)>) -> Vec<usize> {
    let mut at: Vec<usize> = spans
        .flat_map(|(from, to)| {
            source[from..to].char_indices().filter(|(_, c)| c.is_alphanumeric()).map(move |(i, _)| from + i)
        })
        .collect();
    at.sort_unstable();
    at.dedup();
    at
}

/// Blanks out markup, so that letters of tags are not counted.
fn without_tags(html: &str) -> String {
    let mut in_tag = false;
    html.chars()
        .flat_map(|c| {
            in_tag |= c == '<';
            let out = if in_tag { ' ' } else { c };
            in_tag &= c != '>';
            std::iter::repeat_n(out, if out == ' ' { c.len_utf8() } else { 1 })
        })
        .collect()
}

fn check(meta: &Meta, pipeline: &Pipeline, example: &Example) -> Result<(), String> {
    let (source, text) = match example {
        Example::Html(html) => (marked(html), true),
        Example::Text(text) => (marked(text), false),
    };
    let ((source, expected), is_html) = (source, text);
    let page = if is_html { Page::html(&source) } else { Page::text(&source) };
    let cleaned = pipeline.clean(page);
    let visible = if is_html { without_tags(&source) } else { source.clone() };
    let removed = cleaned.removals().iter().map(|r| (r.span.start as usize, r.span.end as usize));
    let (found, expected) = (letters(&visible, removed), letters(&visible, expected.into_iter()));
    if found == expected {
        return Ok(());
    }
    let show = |at: &[usize]| at.iter().filter_map(|&i| visible[i..].chars().next()).collect::<String>();
    Err(format!("{}: {source:?}\n  removed  {:?}\n  expected {:?}", meta.name, show(&found), show(&expected)))
}

#[test]
fn every_rule_alone_finds_its_marks_and_nothing_else() {
    let mut faults = Vec::new();
    for meta in Pipeline::default().rules() {
        let pipeline = Pipeline::builder().only([meta.name]).parts([bodycopy::Part::Body]).build().unwrap();
        assert!(!meta.examples.is_empty(), "{} has no example", meta.name);
        faults.extend(meta.examples.iter().filter_map(|example| check(meta, &pipeline, example).err()));
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
