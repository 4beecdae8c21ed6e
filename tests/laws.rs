//! Laws that hold for any input: spans, accounting, idempotence, determinism, no panic.

use bodycopy::{Limits, Page, Pipeline, Status};
use oracles::*;
use proptest::prelude::*;

#[path = "oracles/pages.rs"]
mod oracles;

fn html() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => prop::sample::select(TEXTS).prop_map(str::to_owned),
        4 => prop::sample::select(TAGS).prop_map(|t| format!("<{t}>")),
        3 => prop::sample::select(TAGS).prop_map(|t| format!("</{}>", t.split(' ').next().unwrap())),
        1 => (prop::sample::select(TEXTS), prop::sample::select(SCRIPTS)).prop_map(|(t, s)| s.replace("TEXT", &[t; 12].join(" "))),
        1 => prop::sample::select(&["<!--", "-->", "<![CDATA[", "]]>", "<!doctype html>", "<?x", "</", "<a b='", "\">", "&"][..]).prop_map(str::to_owned),
    ];
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

fn text() -> impl Strategy<Value = String> {
    let line = prop_oneof![
        6 => prop::sample::select(TEXTS).prop_map(str::to_owned),
        1 => "[ \\t]{0,4}(\\* |- |• |1\\. |# |> |\\| )?\\PC{0,30}",
        1 => prop::sample::select(&["", "", "\r", "\t", "[a](b)", "![i](j)", "---", "* * *", "```", "\u{c}", "\u{a0}"][..]).prop_map(str::to_owned),
    ];
    prop::collection::vec(line, 0..40).prop_map(|lines| lines.join("\n"))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn spans_are_in_range_disjoint_and_account_for_html(html in html()) {
        check_spans(&PIPELINE.clean(Page::html(&html)));
        check_spans(&ALL_PARTS.clean(Page::html(&html)));
        check_html_is_accounted_for(&html);
    }

    #[test]
    fn spans_are_in_range_disjoint_and_account_for_text(text in text()) {
        for pipeline in [&*PIPELINE, &*ALL_PARTS, &*NO_RULES] {
            let cleaned = pipeline.clean(Page::text(&text));
            check_spans(&cleaned);
            check_text_is_accounted_for(&cleaned);
        }
    }

    #[test]
    fn bytes_of_any_kind_do_not_panic(bytes in prop::collection::vec(any::<u8>(), 0..400), charset in "[a-z0-9-]{0,12}") {
        let page = Page::detect_bytes(&bytes, Some(&charset));
        check_spans(&PIPELINE.clean(page));
        check_spans(&PIPELINE.clean(Page::html_bytes(&bytes, None)));
        check_spans(&PIPELINE.clean(Page::text_bytes(&bytes, None)));
    }

    #[test]
    fn a_page_cut_anywhere_is_a_page(html in html(), cut in 0usize..2000) {
        let cut = html.floor_char_boundary(cut.min(html.len()));
        check_spans(&PIPELINE.clean(Page::html(&html[..cut])));
    }

    #[test]
    fn limits_give_marked_results(html in html(), nodes in 1usize..40, depth in 2usize..6, bytes in 1usize..400) {
        let limits = Limits::default().with_nodes(nodes).with_depth(depth).with_bytes(bytes).with_blocks(3);
        let pipeline = Pipeline::builder().limits(limits).build().unwrap();
        let cleaned = pipeline.clean(Page::html(&html));
        check_spans(&cleaned);
        if html.len() > bytes {
            prop_assert_ne!(cleaned.status(), Status::Complete);
        }
    }
}

/// The pages of the project, each as HTML and as text.
fn fixtures() -> Vec<(String, String)> {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/pages");
    let mut out = Vec::new();
    for entry in std::fs::read_dir(root).unwrap() {
        let dir = entry.unwrap().path();
        let read = |file| std::fs::read_to_string(dir.join(file)).unwrap_or_default();
        out.push((read("page.html"), read("page.txt")));
    }
    out
}

#[test]
fn fixtures_obey_the_laws() {
    for (html, text) in fixtures() {
        check_spans(&PIPELINE.clean(Page::html(&html)));
        check_html_is_accounted_for(&html);
        let cleaned = PIPELINE.clean(Page::text(&text));
        check_spans(&cleaned);
        check_text_is_accounted_for(&cleaned);
    }
}

#[test]
fn cleaning_a_cleaned_page_changes_nothing() {
    let mut changed = Vec::new();
    for (_, text) in fixtures() {
        let once = PIPELINE.clean(Page::text(&text)).text();
        let twice = PIPELINE.clean(Page::text(&once)).text();
        if once != twice {
            let gone: Vec<_> = once.split("\n\n").filter(|p| !twice.contains(p)).map(str::to_owned).collect();
            changed.push(format!("{:?}: {gone:#?}", once.get(..60)));
        }
    }
    assert!(changed.is_empty(), "{} pages change: {}", changed.len(), changed.join("\n"));
}

#[test]
fn threads_and_order_do_not_matter() {
    let pages = fixtures();
    let clean = |page: &(String, String)| {
        (PIPELINE.clean(Page::html(&page.0)).json(), PIPELINE.clean(Page::text(&page.1)).json())
    };
    let alone: Vec<_> = pages.iter().map(clean).collect();
    let fresh = Pipeline::default();
    let mut cleaner = fresh.cleaner();
    let backwards: Vec<_> = pages
        .iter()
        .rev()
        .map(|page| (cleaner.clean(Page::html(&page.0)).json(), cleaner.clean(Page::text(&page.1)).json()))
        .collect();
    assert!(alone.iter().eq(backwards.iter().rev()));
    std::thread::scope(|scope| {
        let workers: Vec<_> = (0..4).map(|_| scope.spawn(|| pages.iter().map(clean).collect::<Vec<_>>())).collect();
        for worker in workers {
            assert_eq!(worker.join().unwrap(), alone);
        }
    });
}

#[test]
fn blocks_in_any_order_do_not_panic() {
    for (html, text) in fixtures() {
        let mut parts: Vec<&str> = html.split_inclusive('>').collect();
        let mut lines: Vec<&str> = text.split_inclusive('\n').collect();
        for step in [7, 13, 101] {
            let (some_parts, some_lines) = (step % parts.len().max(1), step % lines.len().max(1));
            parts.rotate_left(some_parts);
            lines.reverse();
            lines.rotate_left(some_lines);
            check_spans(&PIPELINE.clean(Page::html(&parts.concat())));
            check_spans(&PIPELINE.clean(Page::text(&lines.concat())));
        }
    }
}

/// The laws' pages seldom hold an article in an attribute that is long enough.
#[test]
fn an_article_in_an_attribute_is_accounted_for() {
    let body = "The old bridge will close in May, the town said. ".repeat(20);
    for html in [
        include_str!("../fixtures/pages/component-props-body-ru/page.html").to_owned(),
        format!(
            "<title>Old bridge to close</title>Wait <i a='<b>' data-p = '{{\"title\":\"Old bridge to close\",\"c\":\"{body}\"}}' b>here</i> now."
        ),
    ] {
        assert_eq!(PIPELINE.clean(Page::html(&html)).origin(), bodycopy::Origin::Script, "{html}");
        check_html(&html);
    }
}
