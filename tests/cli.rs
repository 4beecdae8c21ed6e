//! Runs the program.

use bodycopy::dump::{Reader, Writer, run};
use bodycopy::{Category, Document, Findings, Meta, Page, Pipeline, Rule};
use program::{Folder, bodycopy, dump, field, gunzip, gzip, ok, refused, spawn, unzstd};
use std::fs;
use std::io::{self, Read, Write};

mod program;

const PAGE: &str = "<h2>Bridge</h2><p>The old bridge will close in May, &amp; open in June.</p><div class=share-bar><a>Post &lt;it&gt;</a></div>";
const BODY: &str = "Bridge\n\nThe old bridge will close in May, & open in June.";

/// Cleans with one rule, so that the other rules' ways need not be known here.
#[track_caller]
fn clean(args: &[&str], stdin: impl AsRef<[u8]>) -> String {
    ok(&[&["clean", "--only", "share-bar"], args].concat(), stdin)
}

/// Explains with one rule.
#[track_caller]
fn explain(args: &[&str], stdin: impl AsRef<[u8]>) -> String {
    ok(&[&["explain", "--only", "share-bar"], args].concat(), stdin)
}

const DUMP: &[&str] = &["dump", "-", "-o", "-", "--only", "share-bar"];

/// Cleans a dump with one rule, from standard input to standard output, without a summary.
#[track_caller]
fn dumped(args: &[&str], stdin: impl AsRef<[u8]>) -> String {
    ok(&[DUMP, &["-q"], args].concat(), stdin)
}

// clean

#[test]
fn clean_reads_standard_input_and_files() {
    let folder = Folder::new("clean");
    let (html, text) = (folder.file("a.html", PAGE), folder.file("b.txt", "It rains.\n\nFacebook\n"));
    assert_eq!(clean(&[], PAGE), format!("{BODY}\n"));
    assert_eq!(clean(&["-"], PAGE), format!("{BODY}\n"));
    assert_eq!(clean(&[&html, &text], ""), format!("{BODY}\n\nIt rains.\n"));
    assert_eq!(clean(&[&html, "-"], "It snows."), format!("{BODY}\n\nIt snows.\n"));
    assert_eq!(clean(&[], ""), "");
}

#[test]
fn clean_takes_a_page_as_what_it_is_told_to_be() {
    assert_eq!(clean(&["--from", "text"], "<p>x</p>"), "<p>x</p>\n");
    assert_eq!(clean(&["--from", "html"], "a <b>b</b>"), "a b\n");
    assert_eq!(clean(&["--charset", "euc-kr"], b"<p>\xb0\xa1</p>"), "가\n");
    assert_eq!(clean(&["--url", "https://a.example/"], PAGE), format!("{BODY}\n"));
    assert_eq!(clean(&["--reader", "reference", "--from", "text"], "x"), "x\n");
    let error = bodycopy(&["clean", "--charset", "klingon"], "");
    assert_eq!(error.code, 2);
    assert!(error.err.contains("no charset of the web is called that"), "{}", error.err);
}

#[test]
fn clean_writes_markdown_and_json() {
    let folder = Folder::new("formats");
    let page = folder.file("a.html", PAGE);
    assert!(clean(&["--format", "markdown", &page], "").starts_with("## Bridge\n\nThe old bridge"));
    let json = clean(&["--format", "json", &page, &page], "");
    assert_eq!(field(&json, "text"), [BODY, BODY]);
}

#[test]
fn clean_selects_rules_and_parts() {
    let with = clean(&["--without", "share-bar", "--only", "poll"], PAGE);
    assert_eq!(with, format!("{BODY}\n\nPost <it>\n"));
    assert_eq!(clean(&[], PAGE), format!("{BODY}\n"));
    assert_eq!(clean(&["--without", "share-bar,share-bar", "--only", "poll"], PAGE), with);
    assert_eq!(clean(&["--parts", "byline,note", "--parts", "caption"], PAGE), "");
    assert_eq!(clean(&["--parts", "body, headline"], "It rains."), "It rains.\n");
}

#[test]
fn clean_goes_on_after_a_file_that_is_not_there() {
    let output = bodycopy(&["clean", "/nowhere/a.html", "-"], "It rains.");
    assert_eq!((output.code, output.out.as_str()), (2, "It rains.\n"));
    assert!(output.err.starts_with("bodycopy: /nowhere/a.html cannot be read: "), "{}", output.err);
    assert_eq!(output.err.lines().count(), 1);
}

#[test]
fn one_address_is_not_for_several_pages() {
    assert!(refused(&["clean", "--url", "https://a.example/", "a", "b"]).contains("one page's address"));
}

#[test]
fn names_that_are_not_known_bring_up_near_ones() {
    let error = "bodycopy: no rule is called `sharebar`; near it: `share-bar`; `bodycopy rules` lists all rules\n";
    for args in [
        &["clean", "--without", "sharebar"][..],
        &["clean", "--only", "sharebar"],
        &["explain", "--without", "sharebar"],
        &["rules", "sharebar"],
        &["dump", "-", "-o", "-", "--without", "sharebar"],
    ] {
        assert_eq!(refused(args), error);
    }
    assert!(
        refused(&["clean", "--parts", "body,headlin"]).contains("no part is called `headlin`; near it: `headline`")
    );
    assert!(refused(&["clean", "--frm", "text"]).contains("--from"));
}

#[test]
fn help_is_in_sentences_and_ends_well() {
    for args in
        [&["--help"][..], &["clean", "--help"], &["explain", "--help"], &["rules", "--help"], &["dump", "--help"]]
    {
        assert!(ok(args, "").contains('.'));
    }
    assert!(ok(&["clean", "-h"], "").contains("reads standard input.\n"));
    assert!(ok(&["--version"], "").starts_with("bodycopy 0."));
}

/// Closes the program's output after its first bytes, and returns its code and errors.
fn hang_up(args: &[&str], stdin: &[u8]) -> (i32, String) {
    let mut child = spawn(args);
    let mut pipe = child.stdin.take().unwrap();
    let stdin = stdin.to_vec();
    let feed = std::thread::spawn(move || _ = pipe.write_all(&stdin));
    child.stdout.take().unwrap().read_exact(&mut [0]).unwrap();
    let mut err = String::new();
    child.stderr.take().unwrap().read_to_string(&mut err).unwrap();
    let code = child.wait().unwrap().code().unwrap();
    feed.join().unwrap();
    (code, err)
}

#[test]
fn nobody_reading_on_is_no_error() {
    let text = "It rains.\n\n".repeat(100_000);
    let records = dump(30_000);
    for args in [&["clean"][..], &["explain"], &["explain", "--format", "json"]] {
        assert_eq!(hang_up(args, text.as_bytes()), (0, String::new()), "{args:?}");
    }
    for jobs in ["1", "4"] {
        assert_eq!(hang_up(&["dump", "-", "-o", "-", "--jobs", jobs], records.as_bytes()), (0, String::new()));
    }
}

// explain

#[test]
fn explain_shows_every_block_and_why() {
    let shown = explain(&[], PAGE);
    let rules = Pipeline::default().clean(Page::text("")).rules_version();
    let expected = format!(
        "standard input, HTML, {} bytes\n\
        \n\
        + kept subheading 4..10\n    Bridge\n\
        + kept body 18..71\n    The old bridge will close in May, & open in June.\n\
        - removed share-bar (share) 99..114: class or id says “share”\n    Post <it>\n\
        \n\
        2 kept, 1 removed, rules {rules}\n",
        PAGE.len()
    );
    assert_eq!(shown.replace("share-bar”", "share”"), expected);
    let shown = explain(&["--without", "share-bar", "--only", "poll", "--parts", "caption"], PAGE);
    assert!(shown.contains("~ not asked for body 18..71\n"), "{shown}");
}

#[test]
fn explain_clips_text_to_the_width() {
    let page = "가나다라 마바사아 자차카타 파하 ".repeat(30);
    let shown = explain(&["--from", "text"], &page);
    let line = shown.lines().find(|line| line.starts_with("    ")).unwrap();
    assert!(line.ends_with('…') && line.chars().count() < 70, "{line}");
    let full = explain(&["--from", "text", "--full"], &page);
    assert!(full.contains(page.trim()));
}

#[test]
fn explain_writes_json() {
    let lines = explain(&["--format", "json"], PAGE);
    assert_eq!(field(&lines, "verdict"), ["kept", "kept", "removed"]);
    assert_eq!(field(&lines, "text"), ["Bridge", "The old bridge will close in May, & open in June.", "Post <it>"]);
    assert_eq!(field(&lines, "category")[2], "share");
    assert_eq!(field(&lines, "spans")[2], serde_json::json!([[99, 114]]));
}

#[test]
fn explain_lets_nothing_steer_the_terminal() {
    let page = "It \x1b[31mrains \u{202e}today\u{7}.\n\nFacebook\u{9b}\n";
    let page =
        format!("<title>\x1b]0;a\x07</title><p>{page}<p>&#27;[2J&#x202e;x<div class=share-bar>\x1b[1mX\u{2066}</div>");
    for args in [
        &["explain"][..],
        &["explain", "--full"],
        &["explain", "--from", "text"],
        &["explain", "--format", "json"],
        &["explain", "--full", "--from", "text"],
    ] {
        let shown = ok(args, &page);
        let is_bad = |c: char| c.is_control() && c != '\n' || "\u{202e}\u{2066}".contains(c);
        assert!(!shown.contains(is_bad), "{args:?} {shown:?}");
    }
    assert!(explain(&["--from", "text"], "a\x1bb").contains("ab"));
}

// rules

#[test]
fn rules_lists_and_tells() {
    assert!(ok(&["rules"], "").lines().any(|line| line.starts_with("share-bar") && line.contains("  share  ")));
    let page = ok(&["rules", "share-bar"], "");
    for part in
        ["share-bar: Rows of share", "category  share\n", "selector  none\n", "sharedaddy", "phrases   ", "⟦Facebook⟧"]
    {
        assert!(page.contains(part), "{part} in {page}");
    }
}

// dump

#[test]
fn dump_goes_through_every_packing() {
    let folder = Folder::new("packing");
    let lines = dump(50);
    let expected = dumped(&[], &lines);
    assert_eq!(expected.lines().count(), 50);
    // Known by content: the names lie.
    let mut two = gzip(&lines.as_bytes()[..1000]);
    two.extend(gzip(&lines.as_bytes()[1000..]));
    let inputs = [
        folder.file("plain.gz", &lines),
        folder.file("gzip", two),
        folder.file("zstd.jsonl", zstd::encode_all(lines.as_bytes(), 3).unwrap()),
    ];
    for input in &inputs {
        let (plain, gz, zst) = (folder.path("out.jsonl"), folder.path("out.jsonl.gz"), folder.path("out.ZST"));
        for out in [&plain, &gz, &zst] {
            assert_eq!(ok(&["dump", input, "--output", out, "-q", "--only", "share-bar"], ""), "");
        }
        assert_eq!(fs::read_to_string(plain).unwrap(), expected);
        assert_eq!(gunzip(&gz), expected);
        assert_eq!(unzstd(&zst), expected);
    }
    assert_eq!(dumped(&[], fs::read(&inputs[1]).unwrap()), expected);
    assert_eq!(folder.names(), ["gzip", "out.ZST", "out.jsonl", "out.jsonl.gz", "plain.gz", "zstd.jsonl"]);
}

#[test]
fn dump_keeps_the_order_in_any_number_of_threads() {
    let lines = dump(2000);
    let one = dumped(&["--jobs", "1"], &lines);
    assert_eq!(field(&one, "id"), (0..2000).collect::<Vec<_>>());
    for jobs in ["2", "4", "17"] {
        assert!(dumped(&["--jobs", jobs], &lines) == one, "--jobs {jobs}");
    }
    assert!(dumped(&[], &lines) == one);
    assert!(refused(&["dump", "-", "-o", "-", "--jobs", "0"]).contains("--jobs"));
}

#[test]
fn dump_writes_these_fields() {
    let line = r#"{"id":"a","url":"u","html":"<p>It rains.</p><div class=share-bar>X</div>","text":"no"}"#;
    let rules = Pipeline::default().clean(Page::text("")).rules_version();
    let expected = r#"{"id":"a","url":"u","text":"It rains.","headline":null,"byline":null,"date":null,"language":null,"status":"complete","rules":"@"}"#;
    let expected = expected.replace('@', rules);
    assert_eq!(dumped(&[], line), format!("{expected}\n"));
    let lines = dumped(&["--removals"], line);
    let removal = &field(&lines, "removals")[0][0];
    assert_eq!(removal["span"], serde_json::json!([37, 38]));
    assert_eq!((&removal["rule"], &removal["category"]), (&"share-bar".into(), &"share".into()));
    assert!(removal["reason"].as_str().unwrap().starts_with("class or id says"));
}

#[test]
fn dump_takes_fields_by_name() {
    let line = r#"{"id":12345678901234567890123,"k":"key","url":"u","u2":"v","html":"<p>html","text":"text","h":"<p>h","t":"t"}"#;
    let text = |args: &[&str]| field(&dumped(args, line), "text").remove(0);
    assert_eq!(text(&[]), "html");
    assert_eq!(text(&["--text-field", "text"]), "text");
    assert_eq!(text(&["--html-field", "h"]), "h");
    assert_eq!(text(&["--html-field", "nope", "--text-field", "t"]), "t");
    assert!(dumped(&[], line).starts_with(r#"{"id":12345678901234567890123,"url":"u","#));
    let named = dumped(&["--id-field", "k", "--url-field", "u2"], line);
    assert!(named.starts_with(r#"{"id":"key","url":"v","#), "{named}");
    let missing = bodycopy(&[DUMP, &["--html-field", "nope"]].concat(), line);
    assert_eq!((missing.code, missing.out.as_str()), (1, ""));
    assert!(missing.err.starts_with(
        "bodycopy: standard input, line 1, id 12345678901234567890123: no field `nope`; name the page's field with --html-field"
    ));
}

#[test]
fn dump_selects_rules_and_parts() {
    let line = r#"{"text":"It rains.\n\nFacebook"}"#;
    let text = |args: &[&str]| field(&dumped(args, line), "text").remove(0);
    assert_eq!(text(&["--only", "share-bar"]), "It rains.");
    assert_eq!(text(&["--without", "share-bar", "--only", "poll"]), "It rains.\n\nFacebook");
    assert_eq!(text(&["--parts", "byline"]), "");
    assert_eq!(text(&["--reader", "reference"]), "It rains.");
}

#[test]
fn dump_survives_bad_records_of_every_kind() {
    let good = |id: &str| format!("{{\"id\":\"{id}\",\"text\":\"{id}\"}}\n").into_bytes();
    let bad: [(&[u8], &str); 8] = [
        (
            b"{\"id\":\"x\",\"text\":",
            "line 2, id x: not a record: EOF while parsing a value; the line ends at column 17; a dump has one JSON object a line",
        ),
        (b"garbage", "line 4: not a record: expected value at column 1; a dump has one JSON object a line"),
        (b"[1]", "line 6: not a record: invalid type: sequence, expected an object; a dump has one JSON object a line"),
        (
            b"{\"id\":\"x\"}",
            "line 8, id x: no field `html` or `text`; name the page's field with --html-field or --text-field",
        ),
        (
            b"{\"id\":7,\"html\":null,\"text\":3}",
            "line 10, id 7: field `text` is a number, not a string; name the page's field with --html-field or --text-field",
        ),
        (
            b"{\"id\":[],\"html\":{}}",
            "line 12, id []: field `html` is an object, not a string; name the page's field with --html-field or --text-field",
        ),
        (
            b"{\"text\":\"a\"} {}",
            "line 14: not a record: trailing characters at column 14; a dump has one JSON object a line",
        ),
        (b"\xff\xfe\x00{", "line 16: not a record: expected value at column 1; a dump has one JSON object a line"),
    ];
    let mut lines = good("0");
    for (i, (line, _)) in bad.iter().enumerate() {
        lines.extend_from_slice(line);
        lines.push(b'\n');
        lines.extend(good(&format!("{}", i + 1)));
    }
    for jobs in ["1", "4"] {
        let output = bodycopy(&[DUMP, &["--jobs", jobs]].concat(), &lines);
        assert_eq!(output.code, 1);
        assert_eq!(field(&output.out, "id"), ["0", "1", "2", "3", "4", "5", "6", "7", "8"]);
        let errors: Vec<_> = output.err.lines().collect();
        for (error, (_, expected)) in errors.iter().zip(bad) {
            assert_eq!(*error, format!("bodycopy: standard input, {expected}"));
        }
        let summary = "17 records: 9 cleaned, 8 failed (bad JSON 5, field not a string 2, missing field 1)";
        assert_eq!(errors[8], format!("bodycopy: {summary}"));
    }
}

#[test]
fn dump_mends_what_can_be_mended() {
    let mut lines = br#"{"id":"\udc00","text":"half \ud800, whole \ud83d\ude00"}"#.to_vec();
    lines.extend_from_slice(b"\n{\"text\":\"latin \xe9\"}\n{\"text\":\"fine\",\"note\":\"\\ud800\"}\n");
    let output = bodycopy(DUMP, &lines);
    assert_eq!(output.code, 0);
    assert_eq!(field(&output.out, "text"), ["half \u{fffd}, whole 😀", "latin \u{fffd}", "fine"]);
    assert_eq!(field(&output.out, "id")[0], "\u{fffd}");
    let repaired = field(&output.out, "repaired");
    assert_eq!(repaired, [Some("lone surrogate"), Some("invalid UTF-8"), None].map(serde_json::Value::from));
    let summary =
        "bodycopy: 3 records: 3 cleaned, 2 of them repaired (invalid UTF-8 1, lone surrogate 1), none failed\n";
    assert!(output.err.starts_with(summary), "{}", output.err);
}

#[test]
fn dump_skips_a_huge_line() {
    let mut lines = b"{\"text\":\"a\"}\n{\"id\":1,\"text\":\"".to_vec();
    lines.resize(lines.len() + (3 << 20), b'x');
    lines.extend_from_slice(b"\"}\n{\"text\":\"b\"}\n");
    for packed in [lines.clone(), gzip(&lines)] {
        let output = bodycopy(&[DUMP, &["--max-record", "1"]].concat(), packed);
        assert_eq!((output.code, field(&output.out, "text")), (1, vec!["a".into(), "b".into()]));
        let told = "bodycopy: standard input, line 2: the record has more than 1048576 bytes; --max-record sets the limit\n\
             bodycopy: 3 records: 2 cleaned, 1 failed (record too long 1)\n";
        assert!(output.err.starts_with(told), "{}", output.err);
    }
    assert_eq!(bodycopy(DUMP, &lines).code, 0);
}

#[test]
fn dump_takes_what_stands_before_a_cut() {
    let folder = Folder::new("cut");
    let noise: String = (0..400u64).map(|i| format!("{{\"text\":\"{:x}\"}}\n", (i + 1).wrapping_pow(9))).collect();
    for (name, packed) in [("a.gz", gzip(noise.as_bytes())), ("a.zst", zstd::encode_all(noise.as_bytes(), 3).unwrap())]
    {
        // In the middle, in the check sum, and in the first bytes.
        for keep in [packed.len() / 2, packed.len() - 1, 7] {
            let (input, out) = (folder.file(name, &packed[..keep]), folder.path("out"));
            let output = bodycopy(&["dump", &input, "-o", &out], "");
            assert_eq!(output.code, 1, "{}", output.err);
            let n = fs::read_to_string(&out).unwrap().lines().count();
            let cut = format!(
                "bodycopy: {input}: cut short: the input ends at byte {keep}, before the end of what it holds; the records before that are done\n\
                 bodycopy: each failure is in {out}.failures.jsonl\n"
            );
            let s = if n == 1 { "" } else { "s" };
            let summary = format!(
                "bodycopy: {n} record{s}: {n} cleaned, none failed; input damaged in 1 place (input cut short 1)\n"
            );
            assert!(output.err.starts_with(&(cut + &summary)), "{}", output.err);
            let listed = fs::read_to_string(format!("{out}.failures.jsonl")).unwrap();
            assert_eq!(field(&listed, "offset"), [keep]);
            assert!(keep != packed.len() - 1 || n == 400 || name == "a.zst", "{n} of 400 records");
        }
    }
    let mut broken = gzip(noise.as_bytes());
    let middle = broken.len() / 2;
    broken[middle..middle + 20].fill(0xff);
    let output = bodycopy(DUMP, &broken);
    assert_eq!(output.code, 1);
    assert!(output.err.contains(": corrupt from byte "), "{}", output.err);
}

#[test]
fn dump_says_what_it_cannot_unpack() {
    let folder = Folder::new("foreign");
    let input = folder.file("a.xz", b"\xfd7zXZ\0\0");
    assert_eq!(refused(&["dump", &input, "-o", "-"]), format!("bodycopy: {input} is xz: unpack it and pipe it in\n"));
}

#[test]
fn dump_refuses_what_cannot_end_well() {
    let folder = Folder::new("refused");
    let (a, b) = (folder.file("a.jsonl", dump(3)), folder.file("b.jsonl.gz", gzip(dump(4).as_bytes())));
    assert!(refused(&["dump", &a, &b, "-o", &folder.path("one.jsonl")]).contains("several inputs need a folder"));
    assert!(refused(&["dump", "-", "-", "-o", &folder.path("out/")]).contains("only once"));
    assert!(refused(&["dump", &a, "-o", &a]).contains("would be overwritten"));
    assert!(refused(&["dump", &folder.path("none"), "-o", "-"]).contains("cannot be read"));
    assert!(refused(&["dump", &a, "-o", &folder.path("none/out")]).contains("cannot be written"));
    assert!(refused(&["dump", &a, "-o", "-", "--resume"]).contains("--resume needs a folder"));
    assert!(refused(&["dump", &a, "-o", "-", "--shard", "3/2"]).contains("the second of eight"));
    assert!(refused(&["dump", &a, "-o", "-", "--status", "ok"]).contains("200-299"));
    assert!(refused(&["dump", &a, "-o", "-", "--url", "("]).contains("does not parse"));
    assert!(refused(&["dump", &a]).contains("--output"));
}

struct Fussy;

static FUSSY: Meta = Meta::new("fussy", Category::Widget, "Panics on a word");

impl Rule for Fussy {
    fn meta(&self) -> &'static Meta {
        &FUSSY
    }

    fn check(&self, doc: &Document, _: &mut Findings) {
        assert!(!doc.source().contains("panic"));
    }
}

#[test]
fn a_page_that_makes_a_rule_panic_fails_alone() {
    let lines = "{\"id\":1,\"text\":\"a\"}\n{\"id\":2,\"text\":\"panic\"}\n{\"id\":3,\"text\":\"b\"}\n";
    let pipeline = Pipeline::builder().rule(Fussy).build().unwrap();
    for jobs in [1, 3] {
        let mut reader = Reader::new(lines.as_bytes(), "in").unwrap();
        let mut writer = Writer::new(io::sink());
        let mut failures = Vec::new();
        let summary = run(&mut reader, &mut writer, &pipeline, jobs, |f| failures.push(f.to_string())).unwrap();
        assert_eq!((summary.cleaned, summary.failures()), (2, 1));
        assert_eq!(failures, ["in, line 2, id 2: a rule panicked on this page"]);
    }
}
