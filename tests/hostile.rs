//! Pages made to do harm: each is cleaned whole, obeys the laws, and leaves nothing in the output that steers or is markup.

use bodycopy::{Limit, Limits, Page, Pipeline, Status};
use oracles::*;

#[path = "oracles/pages.rs"]
mod oracles;
#[path = "../benches/pages/mod.rs"]
mod pages;

const SENTENCE: &str = "The old bridge at Marrowmere will close in May, the council said on Monday.";

/// Every shape whose cost is counted, small, under all laws, in debug as in release.
#[test]
fn hostile_shapes_obey_the_laws() {
    assert_eq!((pages::news().is_empty(), pages::flattened().is_empty()), (false, false));
    for shape in pages::SHAPES {
        let page = (shape.page)(20_000);
        match shape.is_text {
            true => check_text(&page),
            false => check_html(&page),
        }
    }
}

/// A limit that is reached gives what was read before it, and its name.
#[test]
fn each_limit_can_be_set_and_marks_its_result() {
    let open = Limits::default();
    let nested = format!("{}<p>{SENTENCE}", "<div>".repeat(600));
    let attributes = (0..300).map(|i| format!(" a{i}")).collect::<String>();
    let paragraphs = format!("<p>{SENTENCE}</p>").repeat(3);
    let cases = [
        (open.with_bytes(100), format!("<p>{SENTENCE}<p>{SENTENCE}"), Limit::Bytes),
        (open.with_nodes(6), paragraphs.clone(), Limit::Nodes),
        (open, nested, Limit::Depth),
        (open, format!("<p{attributes}>{SENTENCE}"), Limit::Attributes),
        (open.with_blocks(1), paragraphs.clone(), Limit::Blocks),
        (open.with_output(100), format!("{paragraphs}<p>Trams cross it at night, the council said."), Limit::Output),
    ];
    for (limits, html, limit) in cases {
        let pipeline = Pipeline::builder().only(Vec::<String>::new()).limits(limits).build().unwrap();
        let cleaned = pipeline.clean(Page::html(&html));
        assert_eq!(cleaned.status(), Status::Partial(limit), "{html}");
        assert!(cleaned.text().starts_with(SENTENCE), "{limit}: {}", cleaned.text());
        check_spans(&cleaned);
    }
    let text = format!("{SENTENCE}\n\n").repeat(3);
    for (limits, limit) in [
        (open.with_bytes(100), Limit::Bytes),
        (open.with_blocks(1), Limit::Blocks),
        (open.with_output(100), Limit::Output),
    ] {
        let pipeline = Pipeline::builder().only(Vec::<String>::new()).limits(limits).build().unwrap();
        let cleaned = pipeline.clean(Page::text(&text));
        assert_eq!(cleaned.status(), Status::Partial(limit));
        assert!(cleaned.text().starts_with(SENTENCE), "{limit}");
        check_spans(&cleaned);
    }
}

#[test]
fn what_the_limit_on_output_cuts_off_is_accounted_for() {
    let html = format!("<p>{SENTENCE}</p><p>Trams cross it at night, the council said.</p>");
    let limits = Limits::default().with_output(SENTENCE.len());
    let pipeline = Pipeline::builder().limits(limits).build().unwrap();
    let cleaned = pipeline.clean(Page::html(&html));
    assert_eq!(cleaned.text(), SENTENCE);
    let [removal] = cleaned.removals() else { panic!("{:?}", cleaned.removals()) };
    assert_eq!((removal.rule, &html[removal.span.range()]), ("limit", "Trams cross it at night, the council said."));
}

/// Cleans bytes without a rule, so that nothing but the reading counts.
fn read(bytes: &[u8], charset: Option<&str>) -> String {
    let cleaned = NO_RULES.clean(Page::html_bytes(bytes, charset));
    check_spans(&cleaned);
    check_output_is_safe(&cleaned);
    cleaned.text()
}

#[test]
fn broken_and_mislabelled_bytes_are_read() {
    let utf16 = |units: &[u16]| units.iter().flat_map(|unit| unit.to_le_bytes()).collect::<Vec<u8>>();
    let halves: Vec<u16> = "<p>a".encode_utf16().chain([0xd800, 0xdc00, 0xd83d]).chain("b".encode_utf16()).collect();
    let marked: Vec<u16> = std::iter::once(0xfeff).chain(halves.iter().copied()).collect();
    assert_eq!(read(&utf16(&marked), Some("utf-8")), "a\u{10000}\u{fffd}b");
    // A slash, written in two bytes, is no slash.
    let french = "é".repeat(100).into_bytes();
    let text = read(&[b"<p>a\xc0\xafb</p><p>", &french[..]].concat(), Some("utf-8"));
    assert_eq!(text.split('\n').next(), Some("a\u{fffd}\u{fffd}b"));
    // A tag cannot be hidden in such bytes.
    assert!(!read(b"<p>a\xc0\xbcscript\xc0\xbeb", Some("utf-8")).contains('<'));
    assert!(!read("<p>Brücke".as_bytes(), Some("utf-16")).is_empty());
    assert_eq!(read("<p>Brücke".as_bytes(), Some("no-such-charset")), "Brücke");
    assert_eq!(read("<meta charset=utf-16><p>Brücke".as_bytes(), None), "Brücke");
    assert_eq!(read("<p>Br\u{feff}ück\u{feff}e".as_bytes(), None), "Brücke");
    assert_eq!(read(b"<p>a\0b\0\0c", Some("utf-8")), "abc");
    // Two charsets in one page: nothing is lost but what cannot be read.
    let mixed =
        [&"<p>Die Brücke über den Fluss bleibt geschlossen. ".repeat(9).into_bytes()[..], b"<p>Stra\xdfe"].concat();
    assert!(read(&mixed, Some("utf-8")).ends_with("Stra\u{fffd}e"));
}

#[test]
fn a_million_distinct_classes_are_read() {
    use std::fmt::Write;
    let mut html = String::new();
    for i in 0..1_000_000 {
        _ = write!(html, "<p class=c{i:x}>w");
    }
    let cleaned = NO_RULES.clean(Page::html(&html));
    assert_eq!((cleaned.status(), cleaned.kept().len()), (Status::Complete, 1_000_000));
}

#[test]
fn a_hundred_thousand_tables_in_one_another_are_read() {
    let html = "<table><tr><td>w".repeat(100_000);
    let cleaned = NO_RULES.clean(Page::html(&html));
    assert_eq!(cleaned.status(), Status::Partial(Limit::Depth));
    assert_eq!(cleaned.text().matches('w').count(), 100_000);
}

#[test]
fn scripts_and_what_looks_like_their_end_are_no_text() {
    for html in [
        "<script>s = '</script' + '<p>no'</script><p>yes",
        "<script><!-- <script> </script> no --></script><p>yes",
        "<style>a::after{content:'</style'}</style><p>yes",
        "<p>yes<script>no",
        "<p>yes<!-- no",
        "<p>yes<a href='no",
        "<p>yes</p title='no'",
    ] {
        assert_eq!(read(html.as_bytes(), None), "yes", "{html}");
    }
}

/// What a page says of itself and what is kept of it can steer no terminal and reads as no markup.
#[test]
fn nothing_of_a_page_steers_what_shows_it() {
    let html = format!(
        "<title>\u{1b}]0;x\u{7}Old \u{202e}bridge\u{202c} to close</title><meta name=author content='Ida\u{1b}[2J Moss'>\
         <h1>Old \u{202e}bri\u{7}dge</h1><p>{SENTENCE} &#27;[31m &#x202e; &lt;script&gt;alert(1)&lt;/script&gt; [x](javascript:y) \
         <p># {SENTENCE}<p>![x](y) {SENTENCE}<pre>a\u{c}\u{1b}\n```\nb</pre>"
    );
    let cleaned = PIPELINE.clean(Page::html(&html));
    check_output_is_safe(&cleaned);
    assert!(!cleaned.text().contains(is_bidi));
    assert_eq!(cleaned.headline(), Some("Old bridge"));
    let markdown = NO_RULES.clean(Page::html(&html)).markdown();
    assert!(!markdown.contains("<script") || markdown.contains("\\<script"), "{markdown}");
    assert!(
        markdown.contains("\\[x\\]") && markdown.contains("\\# The") && markdown.contains("!\\[x\\]"),
        "{markdown}"
    );
    assert!(markdown.contains("````\n"), "{markdown}");
}

/// The table in `SECURITY.md` is what the code has.
#[test]
fn the_table_of_limits_is_current() {
    let text = include_str!("../SECURITY.md");
    let limits = Limits::default();
    for (name, value) in [
        ("bytes", limits.bytes),
        ("nodes", limits.nodes),
        ("depth", limits.depth),
        ("attributes", limits.attributes),
        ("blocks", limits.blocks),
        ("output", limits.output),
    ] {
        let row = format!("| `{name}` | {value} |");
        assert!(text.contains(&row), "SECURITY.md lacks {row}");
    }
}

#[test]
fn the_seeds_of_the_fuzzers_obey_the_laws() {
    for (folder, check) in [("fuzz/seeds/html", check_html as fn(&str)), ("fuzz/seeds/text", check_text)] {
        for seed in std::fs::read_dir(folder).unwrap() {
            check(&String::from_utf8_lossy(&std::fs::read(seed.unwrap().path()).unwrap()));
        }
    }
}

// What fuzzing found, each mended.

#[test]
fn found_control_characters_in_a_title() {
    let cleaned = PIPELINE.clean(Page::html("<title>\u{3}\u{4}Old\u{1} bridge\0</title><p>x"));
    assert_eq!(cleaned.headline(), Some("Old bridge"));
}

#[test]
fn found_form_feeds_in_preformatted_text() {
    assert_eq!(read(b"<pre>a\x0cb</pre>", None), "a b");
}

#[test]
fn found_preformatted_text_of_which_nothing_shows() {
    check_html("<pre>2<b>\t\u{1}</b><i>\t\u{1}</i></pre>");
}

#[test]
fn found_a_vertical_tab_that_parts_only_as_a_reference() {
    assert_eq!(read(b"<p>a&#xb;b\x0bc", None), "abc");
}

#[test]
fn found_spaces_where_unseen_characters_stand_alone() {
    for html in ["a<b>\u{200b}</b>b", "a</x>\u{19}</y>b", "a<i>&#8203;</i>b"] {
        assert_eq!(read(html.as_bytes(), None), "ab", "{html}");
    }
    assert_eq!(read(b"a<b>&nbsp;</b>b", None), "a b");
}
