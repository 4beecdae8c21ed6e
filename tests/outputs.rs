//! What `bodycopy dump` writes to, what of it is told, and what `stats` and `diff` make of it.

use program::{Folder, bodycopy, dump, field, ok, refused, spawn};
use std::fs;
use std::io::Write;
use std::process::Command;

mod program;

#[test]
#[cfg(target_os = "linux")]
fn dump_leaves_the_output_as_it_was_when_it_fails() {
    let folder = Folder::new("untouched");
    let out = folder.file("out.jsonl", "old");
    let (a, b) = (folder.file("a", dump(10)), folder.file("b", b"PAR1"));
    assert!(refused(&["dump", &b, "-o", &out]).contains("is Parquet whose index, at its end, is missing or broken"));
    assert_eq!(fs::read_to_string(&out).unwrap(), "old");

    // A full disk, told by a device that always is.
    assert!(refused(&["dump", &a, "-o", "/dev/full"]).contains("/dev/full cannot be written: No space left"));
    assert_eq!(ok(&["dump", &a, "-o", "/dev/null", "-q"], ""), "");
    assert!(!fs::metadata("/dev/null").unwrap().is_file());

    // Ctrl-C. The input stays open until the end: at its end the output would be whole, and that is no interruption.
    let mut child = spawn(&["dump", "-", "-o", &out]);
    let mut input = child.stdin.take().unwrap();
    input.write_all(dump(10).as_bytes()).unwrap();
    while folder.names().len() < 4 {
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    std::thread::sleep(std::time::Duration::from_millis(100));
    assert!(Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap().success());
    assert_eq!(child.wait().unwrap().code(), Some(130));
    drop(input);
    assert_eq!(folder.names(), ["a", "b", "out.jsonl"]);
    assert_eq!(fs::read_to_string(&out).unwrap(), "old");
}

#[test]
#[cfg(unix)]
fn dump_writes_through_a_link_and_keeps_permissions() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let folder = Folder::new("link");
    let (a, out) = (folder.file("a", dump(1)), folder.file("out.jsonl", "old"));
    fs::set_permissions(&out, fs::Permissions::from_mode(0o640)).unwrap();
    symlink(&out, folder.path("link")).unwrap();
    ok(&["dump", &a, "-o", &folder.path("link"), "-q"], "");
    assert!(fs::symlink_metadata(folder.path("link")).unwrap().is_symlink());
    assert_eq!(fs::read_to_string(&out).unwrap().lines().count(), 1);
    assert_eq!(fs::metadata(&out).unwrap().permissions().mode() & 0o777, 0o640);
}

#[test]
fn diff_shows_what_changed_by_rule() {
    let folder = Folder::new("diff");
    let input = folder.file(
        "a.jsonl",
        "{\"id\":7,\"text\":\"It rains.\\n\\nFacebook\\n\\nIt snows.\"}\n{\"id\":8,\"text\":\"Sun.\"}\n",
    );
    let run = |out: &str, more: &[&str]| bodycopy(&[&["dump", &input, "-o", out], more].concat(), "");
    let (a, b) = (folder.path("a/"), folder.path("b/"));
    run(&a, &["--without", "share-bar", "--only", "share-bar,headline", "--blocks", "--removals"]);
    run(&b, &["--only", "share-bar", "--blocks", "--removals", "--to", "parquet"]);
    let output = bodycopy(&["diff", &a, &b], "");
    assert_eq!(output.code, 1, "{}", output.err);
    assert!(output.out.starts_with("2 records compared, "), "{}", output.out);
    assert!(output.out.contains("- share-bar: 1 block removed now, 8 B\n    7: Facebook\n"), "{}", output.out);
    let back = bodycopy(&["diff", &b, &a], "").out;
    assert!(back.contains("+ share-bar: 1 block kept now, 8 B\n    7: Facebook\n"), "{back}");
    assert!(ok(&["diff", &a, &a], "").contains("0 changed"));
}

#[test]
fn a_file_is_replaced_with_its_list_of_failures() {
    let folder = Folder::new("replaced");
    let (a, out) = (folder.file("a.jsonl", dump(3)), folder.file("out.jsonl", "mine"));
    let listed = folder.file("out.jsonl.failures.jsonl", "old");
    for more in [&["-q"][..], &["-q", "--overwrite"]] {
        ok(&[&["dump", &a, "-o", &out], more].concat(), "");
        assert_eq!(fs::read_to_string(&out).unwrap().lines().count(), 3);
        assert!(fs::metadata(&listed).is_err());
    }
    assert!(refused(&["dump", &a, "-o", "-", "--overwrite"]).contains("standard output is neither"));
}

#[test]
fn the_ending_of_a_name_goes_with_the_form() {
    let folder = Folder::new("endings");
    let a = folder.file("a", dump(1));
    let out = |name: &str| folder.path(name);
    let error = refused(&["dump", &a, "-o", &out("x.jsonl"), "--to", "parquet"]);
    let expected =
        "x.jsonl ends in .jsonl, which does not go with --to parquet; let it end in .parquet, or leave out --to\n";
    assert!(error.ends_with(expected), "{error}");
    for (name, to) in
        [("x.json", "jsonl.gz"), ("x.jsonl.ZST", "jsonl.gz"), ("x.parquet", "jsonl"), ("x.jsonl.gz", "jsonl")]
    {
        assert!(refused(&["dump", &a, "-o", &out(name), "--to", to]).contains("which does not go with"), "{name} {to}");
    }
    assert_eq!(folder.names(), ["a"]);
    for (name, to) in [
        ("x.json", "jsonl"),
        ("x.GZ", "jsonl.gz"),
        ("x.jsonl.zst", "jsonl.zst"),
        ("x.parquet", "parquet"),
        ("x", "parquet"),
        ("x.2031", "jsonl.gz"),
    ] {
        ok(&["dump", &a, "-o", &out(name), "--to", to, "-q"], "");
    }
}

#[test]
fn files_that_nobody_reads_are_counted() {
    let folder = Folder::new("passed");
    fs::create_dir_all(folder.path("pages/in")).unwrap();
    for (name, text) in [
        ("a.html", "<p>It rains."),
        ("b.png", "x"),
        ("in/c.PNG", "y"),
        ("in/d.doc", "z"),
        ("e", ""),
        ("f.jsonl", "{}\n"),
    ] {
        fs::write(folder.path(&format!("pages/{name}")), text).unwrap();
    }
    let pages = folder.path("pages");
    // To a file only the pages go, to a folder the dumps too.
    let told = bodycopy(&["dump", &pages, "-o", &folder.path("out.jsonl")], "").err;
    let one = "1 record: 1 cleaned, none failed; 5 files passed over (.doc 1, .jsonl 1, .png 2, no ending 1)\n";
    assert!(told.starts_with(&format!("bodycopy: {one}")), "{told}");
    let out = folder.path("out/");
    let several =
        "2 records: 1 cleaned, 1 failed (missing field 1); 4 files passed over (.doc 1, .png 2, no ending 1)\n";
    let told = bodycopy(&["dump", &pages, "-o", &out], "").err;
    assert!(told.starts_with(&format!("bodycopy: {several}")), "{told}");
    assert!(ok(&["stats", &out], "").starts_with(several));
    let first = fs::read_to_string(folder.path("out/manifest.jsonl")).unwrap();
    let again = bodycopy(&["dump", &pages, "-o", &out, "--resume"], "").err;
    assert!(again.contains(several), "{again}");
    assert_eq!(fs::read_to_string(folder.path("out/manifest.jsonl")).unwrap(), first);
    // Of the parts of a run, only one counts them.
    let parts = folder.path("parts/");
    for part in ["1/2", "2/2"] {
        bodycopy(&["dump", &pages, "-o", &parts, "--shard", part, "-q"], "");
    }
    assert!(ok(&["stats", &parts], "").starts_with(several));
    // A manifest of before they were counted.
    let (head, rest) = first.split_once('\n').unwrap();
    let mut head: serde_json::Value = serde_json::from_str(head).unwrap();
    head.as_object_mut().unwrap().remove("passed_over").expect("it is there");
    fs::write(folder.path("out/manifest.jsonl"), format!("{head}\n{rest}")).unwrap();
    let again = bodycopy(&["dump", &pages, "-o", &out, "--resume"], "").err;
    assert!(again.starts_with("bodycopy: 2 of 2 inputs were done before"), "{again}");
    assert_eq!(fs::read_to_string(folder.path("out/manifest.jsonl")).unwrap(), first);
}

fn captured(id: &str, header: &str, page: &[u8]) -> Vec<u8> {
    let http = [b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=euc-kr\r\n\r\n", page].concat();
    let head = format!(
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:{id}>\r\nContent-Type: application/http\r\n{header}\
         Content-Length: {}\r\n\r\n",
        http.len()
    );
    [head.as_bytes(), &http, b"\r\n\r\n"].concat()
}

#[test]
fn what_the_crawler_cut_says_so_in_every_form() {
    let folder = Folder::new("truncated");
    let page = b"<p>\xb4\xd9\xb8\xae</p>";
    let reasons = ["", "WARC-Truncated: length\r\n", "warc-truncated:  Whim \r\n", "WARC-Truncated:\r\n"];
    let warc: Vec<u8> = (0..).zip(reasons).flat_map(|(n, header)| captured(&format!("{n}"), header, page)).collect();
    let input = folder.file("a.warc", warc);
    let (lines, columns) = (folder.path("a.jsonl"), folder.path("a.parquet"));
    let told = bodycopy(&["dump", &input, "-o", &lines], "").err;
    let summary = "4 records: 4 cleaned, 2 of them truncated by the crawler (length 1, other 1), none failed\n";
    assert!(told.starts_with(&format!("bodycopy: {summary}")), "{told}");
    ok(&["dump", &input, "-o", &columns, "-q"], "");
    let lines = fs::read_to_string(lines).unwrap();
    // The charset of the HTTP header is taken.
    assert_eq!(field(&lines, "text"), ["다리"; 4]);
    let null = serde_json::Value::Null;
    assert_eq!(field(&lines, "truncated"), [null.clone(), "length".into(), "whim".into(), null.clone()]);
    assert_eq!(lines.matches("truncated").count(), 2);
    // An output that is cleaned again keeps it as a field of its input.
    let again = ok(&["dump", &columns, "-o", "-", "-q", "--keep-fields"], "");
    assert_eq!(field(&again, "source_truncated"), [null.clone(), "length".into(), "whim".into(), null]);
    bodycopy(&["dump", &input, "-o", &folder.path("out/")], "");
    assert!(ok(&["stats", &folder.path("out/")], "").starts_with(summary));
}

#[test]
fn ids_come_through_as_they_are() {
    let ids =
        ["7", "-7.50", "12345678901234567890123", "\"7\"", "true", "{\"$oid\": \"5f1e\"}", "[1,\"\\ufffd\"]", "null"];
    let lines: String = ids.iter().map(|id| format!("{{\"id\":{id},\"text\":\"It rains.\"}}\n")).collect();
    let out = ok(&["dump", "-", "-o", "-", "-q"], lines.replace("ufffd", "ud800"));
    for (line, id) in out.lines().zip(ids) {
        assert!(line.starts_with(&format!("{{\"id\":{id},\"url\"")), "{line}");
    }
    assert_eq!(out.lines().count(), ids.len());
    let failed = bodycopy(&["dump", "-", "-o", "-"], "{\"id\":{\"$oid\":\"5f1e\"}}\n").err;
    assert!(failed.contains("line 1, id {\"$oid\":\"5f1e\"}: no field"), "{failed}");
}

#[test]
fn stats_and_diff_say_what_they_need() {
    let folder = Folder::new("needed");
    let needed = "`stats` and `diff` need what `bodycopy dump` wrote\n";
    let page = folder.file("a.html", "<p>It rains.</p>");
    let gold = folder.file("gold.jsonl", "\n{\"id\":1,\"text\":\"It rains.\"}\n");
    let html = folder.file("html.jsonl", "{\"id\":1,\"html\":\"It rains.\"}\n");
    let warc = folder.file("a.warc", captured("1", "", b"x"));
    fs::create_dir(folder.path("none")).unwrap();
    let none = folder.path("none");
    let out = folder.path("out.parquet");
    ok(&["dump", &gold, "-o", &out, "-q"], "");
    let later = folder.path("later.jsonl");
    ok(&["dump", &gold, "-o", &later, "-q"], "");
    fs::write(&later, fs::read_to_string(&later).unwrap() + "{\"text\":\"It rains.\"}\n").unwrap();
    for (path, why) in [
        (&page, "a.html is no file of records; "),
        (&warc, "a.warc is a dump that was not cleaned; "),
        (&gold, "gold.jsonl, line 2: no field `status`; "),
        (&html, "html.jsonl, line 1, id 1: no field `text`; "),
        (&later, "later.jsonl, line 2: no field `status`; "),
        (&none, "none: it has no manifest of a run; "),
    ] {
        let expected = format!("{why}{needed}");
        let other = if *path == none { &none } else { &out };
        for args in [&["stats", path][..], &["diff", path, other]] {
            let error = refused(args);
            assert!(error.ends_with(&expected), "{args:?}: {error}");
        }
    }
    assert!(refused(&["diff", &out, &none]).contains("out.parquet is no folder and the other is"));
    assert!(ok(&["stats", &out], "").starts_with("1 record: 1 cleaned"));
}

#[test]
fn one_rule_at_least_is_left() {
    let error = "bodycopy: no rule is left to clean with: --without names every rule that --only names\n";
    for command in [&["clean"][..], &["explain"], &["dump", "-", "-o", "-"], &["eval", "gold.jsonl"]] {
        let args = [command, &["--only", "share-bar,headline", "--without", "headline, share-bar"]].concat();
        assert_eq!(refused(&args), error);
    }
    let all: Vec<_> = ok(&["rules"], "").lines().map(|line| line.split(' ').next().unwrap().to_owned()).collect();
    assert!(refused(&["clean", "--without", &all.join(",")]).contains("--without names every rule\n"));
    assert_eq!(ok(&["clean", "--without", &all[1..].join(",")], "It rains."), "It rains.\n");
}
