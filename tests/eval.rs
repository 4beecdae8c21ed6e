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
    let (code, out, err) = eval(&[&set, "--predictions", &other]);
    assert_eq!(row(&out, "news/set")[4], "0.3333", "{out}");
    let told = format!("bodycopy: {set}: 2 of 3 pages have no prediction and count as empty: lines 2, 3\n");
    assert_eq!((code, err), (0, told));

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

fn record(id: &str, fields: &str) -> String {
    format!("{{\"id\":\"{id}\",\"html\":\"<p>{BODY}</p>\"{fields}}}\n")
}

/// The score has 1 where nothing is kept of nothing, and 0 where anything is.
#[test]
fn a_page_without_an_article_counts() {
    let folder = Folder::new("nothing");
    let text = format!(",\"text\":\"{BODY}\"");
    let none = "{\"id\":\"none\",\"html\":\"<div class=share-bar><a>Facebook</a></div>\",\"text\":\"\"}\n";
    let set = folder.file("news/set.jsonl", &(record("a", &text) + none + &record("kept", ",\"text\":\" \"")));
    let out = ok(&[&set, "--worst", "3"]);
    assert_eq!(row(&out, "news/set")[1..5], ["3", "0.6667", "0.6667", "0.6667"], "{out}");
    assert!(out.contains("set      no article nothing kept\nnews/set          2            1\n"), "{out}");
    assert!(out.contains("0.000 P 0.000 R 0.000 news/set kept: wrong block\n"), "{out}");
    assert!(!ok(&[&folder.file("b.jsonl", &record("a", &text))]).contains("no article"));
}

#[test]
fn eval_tells_of_records_that_it_cannot_score() {
    let folder = Folder::new("unscored");
    let text = format!(",\"text\":\"{BODY}\"");
    let (good, pageless) = (record("a", &text), "{\"id\":\"p\",\"text\":\"It rains.\"}\n");
    let set = folder.file("set.jsonl", &(good.clone() + &pageless.repeat(4) + &record("g", "")));
    let (code, out, err) = eval(&[&set]);
    let expected = format!(
        "bodycopy: {set}: 4 of 6 records are left out, with no page in `html` or `flat`: lines 2, 3, 4 …; --html-field and \
         --text-field name the field\n\
         bodycopy: {set}: 1 of 2 pages get no F1, with no body in `text`: line 6; --gold-field names the field, and an \
         empty body says that the page has no article\n"
    );
    assert_eq!((code, err), (1, expected));
    assert!(out.contains(" 2  1.0000  1.0000  1.0000 "), "{out}");

    // Something else is known of them, and is scored.
    let facts = folder.file("facts.jsonl", &record("a", ",\"title\":\"Bridge to close\""));
    let (code, _, err) = eval(&[&facts]);
    assert_eq!(code, 0);
    assert!(err.contains("facts.jsonl: 1 of 1 pages get no F1"), "{err}");
    ok(&[&folder.file("snippets.jsonl", &record("a", ",\"with\":[\"bridge\"]"))]);

    let nothing = "nothing can be scored: none of";
    for (args, why) in [
        (&[&*set, "--gold-field", "body"][..], nothing),
        (&[&*facts, "--gold-field", "text"], nothing),
        (&[&folder.file("none.jsonl", &record("a", ",\"text\":7"))], nothing),
        (&[&*set, "--where", "lang=en"], "has no record such as --where asks for, of 6"),
        (&[&folder.file("empty.jsonl", "\n")], "has no records"),
    ] {
        let (code, out, err) = eval(args);
        assert_eq!((code, &*out), (2, ""), "{args:?}");
        assert!(err.lines().last().unwrap().contains(why), "{args:?}: {err}");
    }
}

#[test]
fn eval_tells_of_predictions_and_saved_runs_of_other_pages() {
    let folder = Folder::new("others");
    let set = folder.file("set.jsonl", &pages());
    let made =
        |ids: &[&str]| ids.iter().map(|id| format!("{{\"id\":{id},\"text\":\"It rains.\"}}\n")).collect::<String>();
    let all = ["\"right\"", "\"absent\"", "\"taken\""];
    let predictions = |text: String| {
        let file = folder.file("made.jsonl", &text);
        eval(&[&set, "--predictions", &file])
    };
    let (code, _, err) = predictions(made(&all));
    assert_eq!((code, &*err), (0, ""));
    let null = made(&all[1..]) + "{\"id\":\"right\",\"text\":null}\n";
    assert_eq!(predictions(null).0, 0);

    let (code, out, err) = predictions(made(&["8", "\"x\"", "null"]));
    assert_eq!((code, &*out), (2, ""));
    assert!(
        err.ends_with(
            "made.jsonl: none of 2 predictions is of a page: lines 1, 2; the first has the id `8`, and pages have such as `absent`\n"
        ),
        "{err}"
    );
    let (code, _, err) =
        predictions(made(&all) + &made(&["8", "9", "null", "\"right\""]) + "{\"id\":\"right\",\"body\":\"\"}\n");
    assert_eq!(code, 1);
    for told in [
        "made.jsonl: 1 of 8 predictions are left out, without an `id`: line 6\n",
        "made.jsonl: 1 of 8 predictions have no `text` and count as empty: line 8\n",
        "made.jsonl: 2 of 8 predictions are left out, since a later one has the same `id`: lines 1, 7\n",
        "made.jsonl: 2 of 5 predictions are of no page and are left out: lines 4, 5; the first has the id `8`\n",
    ] {
        assert!(err.contains(told), "{told} in {err}");
    }
    assert!(predictions("{\"id\":\"right\"}\n".into()).2.contains("has no record with an `id` and a `text`, of 1"));
    // Pages that nobody asked for are known all the same.
    let file = folder.file("made.jsonl", &made(&all));
    let (code, _, err) = eval(&[&set, "--predictions", &file, "--where", "id=right"]);
    assert_eq!((code, &*err), (0, ""));

    let saved = folder.file("saved.jsonl", "{\"set\":\"other\",\"id\":\"right\",\"hash\":\"0\"}\n");
    let (code, out, err) = eval(&[&set, "--against", &saved]);
    assert_eq!((code, &*out), (2, ""));
    assert!(err.contains("saved.jsonl has none of the pages of `"), "{err}");
    ok(&[&set, "--save", &saved]);
    fs::write(&saved, fs::read_to_string(&saved).unwrap() + "{}\n").unwrap();
    let (code, _, err) = eval(&[&set, "--against", &saved]);
    assert_eq!(code, 1);
    assert!(err.ends_with("saved.jsonl: 1 of 4 records are not from --save and are left out: line 4\n"), "{err}");
}
