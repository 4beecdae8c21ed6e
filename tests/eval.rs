//! Runs `bodycopy eval` on two small sets.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

/// A folder of a test's own, removed at its end.
struct Folder(PathBuf);

impl Folder {
    fn new(test: &str) -> Self {
        let path = std::env::temp_dir().join(format!("bodycopy-eval-{}-{test}", std::process::id()));
        _ = fs::remove_dir_all(&path);
        fs::create_dir_all(path.join("news")).unwrap();
        Self(path)
    }

    fn file(&self, name: &str, text: &str) -> String {
        let path = self.0.join(name);
        fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        _ = fs::remove_dir_all(&self.0);
    }
}

fn eval(args: &[&str]) -> (i32, String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_bodycopy")).arg("eval").args(args).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).expect("the program writes UTF-8");
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

#[track_caller]
fn ok(args: &[&str]) -> String {
    let (code, out, err) = eval(args);
    assert_eq!((code, err.as_str()), (0, ""), "{args:?}");
    out
}

const BODY: &str = "The old bridge will close in May for repairs, the town said on Monday after a long meeting.";

/// Three pages: one comes out right, one has half of its body in no block, one has a share bar that its gold calls body.
fn pages() -> String {
    let page = |id: &str, html: String, text: String| {
        serde_json::json!({"id": id, "url": "https://velden.example/a", "lang": "en", "title": "Bridge to close",
            "author": "Ida Moss", "date": "2031-05-03", "html": html, "text": text})
        .to_string()
            + "\n"
    };
    let head = "<html lang=en><head><title>Bridge to close</title><meta name=author content='Ida Moss'>\
        <meta property=article:published_time content=2031-05-03></head>";
    let right = format!("{head}<h1>Bridge to close</h1><p>{BODY}</p>");
    let elsewhere = "Trams cross it at night, when there are few of them, and ferries by day until the works are over.";
    let shared = "Send this to a friend of the bridge";
    page("right", right.clone(), BODY.to_owned())
        + &page("absent", right.clone(), format!("{BODY}\n\n{elsewhere}\n\n{elsewhere}"))
        + &page("taken", format!("{right}<div class=share-bar>{shared}</div>"), format!("{BODY}\n\n{shared}"))
}

/// Returns the fields of the line that starts with these two.
#[track_caller]
fn row<'t>(table: &'t str, first: &str) -> Vec<&'t str> {
    let line = table.lines().find(|line| line.starts_with(first)).unwrap_or_else(|| panic!("{first} in {table}"));
    line.split_whitespace().collect()
}

#[test]
fn eval_scores_pages_and_says_who_is_to_blame() {
    let folder = Folder::new("blame");
    let set = folder.file("news/set.jsonl", &pages());
    let out = ok(&[&set, "--worst", "3"]);
    let total = row(&out, "news/set");
    assert_eq!(&total[..3], ["news/set", "3", "1.0000"], "{out}");
    assert!(total[3].parse::<f64>().unwrap() < 0.9, "{out}");
    for expected in [
        "news/set en            3",
        "news/set absent: not in the page",
        "news/set taken: missing body",
        "share-bar took 8 of body",
        "class or id says “share”",
    ] {
        assert!(out.contains(expected), "{expected} in {out}");
    }
    assert!(!out.contains("news/set right"), "{out}");
    let facts = out.lines().skip_while(|line| !line.contains("headline")).nth(1).unwrap();
    assert_eq!(
        facts.split_whitespace().collect::<Vec<_>>(),
        ["news/set", "1.0000", "1.0000", "1.0000", "1.0000", "1.0000", "1.0000"]
    );

    let table = ok(&[&set, "--only", "share-bar,copyright-notice", "--ablate"]);
    let worth = |rule: &str| row(&table, rule)[1].parse::<f64>().unwrap();
    assert!(worth("share-bar") < 0.0, "{table}");
    assert_eq!(worth("copyright-notice"), 0.0, "{table}");
}

#[test]
fn eval_compares_runs_other_programs_and_twins() {
    let folder = Folder::new("compare");
    let set = folder.file("news/set.jsonl", &pages());
    let saved = folder.file("run.jsonl", "");
    ok(&[&set, "--save", &saved]);
    assert!(ok(&[&set, "--against", &saved]).ends_with("news/set      3        0       0       0  +0.0000\n"));
    let moved = ok(&[&set, "--without", "share-bar,main-region", "--against", &saved]);
    assert!(moved.contains("news/set      3        1       1       0"), "{moved}");
    assert!(moved.lines().last().unwrap().ends_with("to 1.0000 news/set taken"), "{moved}");

    let other =
        folder.file("other.jsonl", &format!("{{\"id\":\"right\",\"text\":\"{BODY}\",\"headline\":\"Trams\"}}\n"));
    let out = ok(&[&set, "--predictions", &other]);
    assert_eq!(row(&out, "news/set")[4], "0.3333", "{out}");

    let flat = |id: &str, text: &str| format!("{}\n", serde_json::json!({"id": id, "flat": text}));
    let twin = folder.file("flat.jsonl", &(flat("right", BODY) + &flat("absent", "Nothing of the kind was said.")));
    let out = ok(&[&set, "--twins", &twin, "--worst", "1"]);
    assert!(out.starts_with("news/set: 2 pages, agreement 0.5"), "{out}");
    assert!(out.lines().nth(1).unwrap().contains(" absent: 18 words from HTML, 6 from text"), "{out}");
}

#[test]
fn eval_says_what_is_wrong_with_its_input() {
    let folder = Folder::new("wrong");
    let broken = folder.file("broken.jsonl", "{\"id\":1,\"html\":\"<p>a\",\"text\":\"a\"}\n{\"id\":\n");
    let (code, _, err) = eval(&[&broken]);
    assert_eq!(code, 2);
    assert!(err.contains("broken.jsonl cannot be read: line 2:"), "{err}");
    let (code, _, err) = eval(&[&folder.file("none.jsonl", "{\"id\":1}\n")]);
    assert_eq!(code, 2);
    assert!(err.contains("has no record with a page in `html` or `flat`"), "{err}");
}
