//! Runs of `bodycopy dump` into a folder: whole, ended at any moment, disturbed in every way.

use program::{Folder, Output, bodycopy, dump, field, gzip, ok, refused, spawn, unzstd};
use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread::sleep;
use std::time::{Duration, Instant};

mod program;

/// All files below a folder but those that a run keeps for itself.
fn tree(folder: &str) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut folders = vec![PathBuf::from(folder)];
    while let Some(at) = folders.pop() {
        for entry in fs::read_dir(&at).unwrap() {
            let path = entry.unwrap().path();
            if path.ends_with(".bodycopy") {
                continue;
            }
            if path.is_dir() {
                folders.push(path);
            } else {
                files.insert(path.strip_prefix(folder).unwrap().to_owned(), fs::read(&path).unwrap());
            }
        }
    }
    files
}

fn listed(tree: &BTreeMap<PathBuf, Vec<u8>>) -> Vec<&str> {
    tree.keys().map(|path| path.to_str().unwrap()).collect()
}

fn warc(pages: std::ops::Range<usize>) -> Vec<u8> {
    pages.flat_map(|n| gzip(&warc_record(n))).collect()
}

fn warc_record(n: usize) -> Vec<u8> {
    let page =
        format!("<h1>Page {n}</h1><p>Page {n} says that the bridge will close.</p><div class=share-bar>Share</div>");
    let http = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{page}");
    let length = http.len();
    let head = "WARC/1.0\r\nWARC-Type: response\r\nContent-Type: application/http\r\n";
    format!("{head}WARC-Record-ID: <urn:{n}>\r\nWARC-Target-URI: http://a.example/{n}\r\nContent-Length: {length}\r\n\r\n{http}\r\n\r\n")
        .into_bytes()
}

/// Makes inputs of every kind, one of them broken; returns their paths.
fn inputs(folder: &Folder) -> Vec<String> {
    fs::create_dir_all(folder.path("pages/in")).unwrap();
    for n in 0..7 {
        fs::write(folder.path(&format!("pages/in/{n}.html")), format!("<p>Page {n} of the folder.</p>")).unwrap();
    }
    fs::write(folder.path("pages/a.txt"), "A page of text.").unwrap();
    fs::write(folder.path("pages/no.css"), "p {}").unwrap();
    fs::write(folder.path("pages/in/b.jsonl"), dump(3)).unwrap();
    let mut broken = warc(0..40);
    let middle = broken.len() / 2;
    broken[middle..middle + 9].fill(0xee);
    vec![
        folder.file("one.warc.gz", warc(0..60)),
        folder.file("broken.warc.gz", broken),
        folder.file("news.jsonl.zst", zstd::encode_all(&[dump(300).as_bytes(), b"{}\n"].concat()[..], 3).unwrap()),
        folder.path("pages"),
        folder.file("last.jsonl", dump(50)),
    ]
}

fn run(inputs: &[String], out: &str, more: &[&str]) -> Output {
    let inputs: Vec<&str> = inputs.iter().map(String::as_str).collect();
    bodycopy(&[&["dump", "-o", out], &inputs[..], more].concat(), "")
}

#[test]
fn a_folder_takes_an_output_for_each_input() {
    let folder = Folder::new("outputs");
    let inputs = inputs(&folder);
    let out = folder.path("out/");
    let output = run(&inputs, &out, &["--sidecar", "dolma"]);
    assert_eq!(output.code, 1, "{}", output.err);
    let tree = tree(&out);
    let outputs = ["broken.warc", "last", "news", "one.warc", "pages-00000", "pages/in/b"];
    let mut expected: Vec<String> = outputs.iter().map(|name| format!("{name}.jsonl.zst")).collect();
    expected.extend(outputs.iter().map(|name| format!("attributes/bodycopy/{name}.jsonl.gz")));
    expected.extend(["failures.jsonl".into(), "manifest.jsonl".into()]);
    let mut expected: Vec<PathBuf> = expected.into_iter().map(PathBuf::from).collect();
    expected.sort();
    assert_eq!(tree.keys().cloned().collect::<Vec<_>>(), expected);

    let pages = unzstd(&folder.path("out/pages-00000.jsonl.zst"));
    let ids = ["a.txt", "in/0.html", "in/1.html", "in/2.html", "in/3.html", "in/4.html", "in/5.html", "in/6.html"];
    assert_eq!(field(&pages, "id"), ids);
    let one = unzstd(&folder.path("out/one.warc.jsonl.zst"));
    assert_eq!(field(&one, "url")[59], "http://a.example/59");
    assert_eq!(one.lines().count(), 60);

    let failures = String::from_utf8(tree[Path::new("failures.jsonl")].clone()).unwrap();
    assert_eq!(field(&failures, "cause"), ["corrupt data", "missing field"]);
    assert_eq!(field(&failures, "line")[1], 301);
    assert!(field(&failures, "message")[0].as_str().unwrap().contains("reading goes on at byte"));
    let manifest = String::from_utf8(tree[Path::new("manifest.jsonl")].clone()).unwrap();
    let lines: Vec<_> = manifest.lines().skip(1).collect();
    let lines = lines.join("\n");
    // The member that is broken from its start on never says what it held.
    assert_eq!(field(&lines, "records"), [39, 50, 301, 60, 8, 3]);
    assert_eq!(field(&lines, "failures"), [1, 0, 1, 0, 0, 0]);
    // As anybody can check.
    let sum = Command::new("sha256sum").arg(folder.path("out/last.jsonl.zst")).output();
    if let Ok(sum) = sum {
        let sum = String::from_utf8(sum.stdout).unwrap();
        assert_eq!(sum.split(' ').next(), field(&lines, "sha256")[1].as_str());
    }

    assert!(
        output.err.contains("461 records: 460 cleaned, 1 failed (missing field 1); input damaged in 1 place"),
        "{}",
        output.err
    );
    assert!(output.err.contains("share-bar"), "{}", output.err);
    let stats = ok(&["stats", &out], "");
    let told = output.err.split_once("bodycopy: ").unwrap().1;
    assert!(told.starts_with(&stats), "{stats} {told}");
}

#[test]
fn outputs_do_not_depend_on_the_number_of_threads() {
    let folder = Folder::new("threads");
    let inputs = inputs(&folder);
    let form = ["--blocks", "--removals", "--to"];
    for to in ["jsonl", "parquet"] {
        let outs: Vec<String> = ["1", "2", "5"].iter().map(|n| folder.path(&format!("{to}-{n}/"))).collect();
        for (out, jobs) in outs.iter().zip(["1", "2", "5"]) {
            run(&inputs, out, &[&form[..], &[to, "--jobs", jobs]].concat());
        }
        let one = tree(&outs[0]);
        assert!(one == tree(&outs[1]) && one == tree(&outs[2]), "{to}");
        // In one part or in three.
        let parts = folder.path(&format!("{to}-parts/"));
        for part in ["1/3", "2/3", "3/3"] {
            run(&inputs, &parts, &[&form[..], &[to, "--shard", part]].concat());
        }
        let parts = tree(&parts);
        let is_output = |path: &&PathBuf| {
            path.extension().unwrap() == to && !path.to_str().unwrap().contains("-of-") && path.components().count() > 0
        };
        for path in one
            .keys()
            .filter(is_output)
            .filter(|p| !["failures.jsonl", "manifest.jsonl"].contains(&p.to_str().unwrap()))
        {
            assert!(one[path] == parts[path], "{}", path.display());
        }
        assert!(parts.contains_key(Path::new("manifest-2-of-3.jsonl")));
    }
}

#[test]
fn a_run_killed_at_any_moment_goes_on_to_the_same_end() {
    let folder = Folder::new("killed");
    let inputs = inputs(&folder);
    let more = ["--jobs", "2", "--sidecar", "dolma", "--shard-size", "1", "-q"];
    let whole = folder.path("whole/");
    let start = Instant::now();
    run(&inputs, &whole, &more);
    let mut most = start.elapsed().as_micros() as u64;
    let whole = tree(&whole);
    let mut done_before = 0;
    for n in 0..100_u64 {
        if n >= 50 && done_before > 0 {
            break;
        }
        // The machine may be slower by now than it was for the whole run.
        if n % 25 == 24 && done_before == 0 {
            most *= 2;
        }
        let out = folder.path("out/");
        _ = fs::remove_dir_all(&out);
        let args: Vec<&str> = inputs.iter().map(String::as_str).collect();
        let mut child = spawn(&[&["dump", "-o", &out], &args[..], &more].concat());
        // From the first moment to after the end, no two the same.
        sleep(Duration::from_micros(n * 2_654_435_761 % (most + most / 8)));
        child.kill().unwrap();
        child.wait().unwrap();
        if Path::new(&out).exists() {
            done_before += fs::read_to_string(folder.path("out/manifest.jsonl")).map_or(0, |text| text.lines().count());
        }
        let output = run(&inputs, &out, &[&more[..], &["--resume"]].concat());
        assert_eq!(output.code, 1, "{}", output.err);
        let got = tree(&out);
        assert_eq!(listed(&got), listed(&whole), "kill {n}");
        assert!(got == whole, "kill {n}");
    }
    assert!(done_before > 0, "no kill came late enough to leave anything");
}

#[test]
#[cfg(unix)]
fn what_is_done_is_not_done_again_unless_something_changed() {
    use std::os::unix::fs::MetadataExt;
    let folder = Folder::new("again");
    let inputs = [folder.file("a.jsonl", dump(3)), folder.file("b.jsonl", dump(4)), folder.file("c.jsonl", dump(5))];
    let out = folder.path("out/");
    assert_eq!(run(&inputs, &out, &["-q"]).code, 0);
    let file = |name: &str| fs::metadata(folder.path(&format!("out/{name}.jsonl.zst"))).unwrap().ino();
    let before = [file("a"), file("b"), file("c")];
    let whole = tree(&out);

    assert!(refused_run(&inputs, &out, &[]).contains("holds a run already; go on with it with --resume"));
    // An output that is not as it was written, and an input that has changed.
    fs::write(folder.path("out/a.jsonl.zst"), "rubbish").unwrap();
    sleep(Duration::from_millis(20));
    fs::write(&inputs[1], dump(4)).unwrap();
    let output = run(&inputs, &out, &["--resume"]);
    assert_eq!(output.code, 0, "{}", output.err);
    assert!(output.err.contains("1 of 3 inputs were done before"), "{}", output.err);
    assert_ne!([file("a"), file("b")], before[..2]);
    assert_eq!(file("c"), before[2]);
    let after = tree(&out);
    for name in ["a.jsonl.zst", "b.jsonl.zst", "c.jsonl.zst", "failures.jsonl"] {
        assert!(after[Path::new(name)] == whole[Path::new(name)], "{name}");
    }
    // An input that is gone has been done.
    fs::remove_file(&inputs[2]).unwrap();
    assert_eq!(run(&inputs, &out, &["--resume", "-q"]).code, 0);

    // Other settings, another version.
    assert!(refused_run(&inputs, &out, &["--resume", "--only", "share-bar"]).contains("only=share-bar"));
    let manifest = folder.path("out/manifest.jsonl");
    let text = fs::read_to_string(&manifest).unwrap();
    let rules = format!("\"rules\":\"{}\",\"settings\"", bodycopy::RULES_VERSION);
    fs::write(&manifest, text.replacen(&rules, "\"rules\":\"0\",\"settings\"", 1)).unwrap();
    assert!(refused_run(&inputs, &out, &["--resume"]).contains("was made by version 0 of the rules"));
    assert_eq!(run(&inputs, &out, &["--resume", "--mix", "-q"]).code, 0);
    assert_eq!(run(&inputs[..2], &out, &["--overwrite", "--only", "share-bar", "-q"]).code, 0);
}

fn refused_run(inputs: &[String], out: &str, more: &[&str]) -> String {
    let inputs: Vec<&str> = inputs.iter().map(String::as_str).collect();
    refused(&[&["dump", "-o", out], &inputs[..], more].concat())
}

#[test]
fn files_of_others_are_not_replaced() {
    let folder = Folder::new("others");
    let input = [folder.file("a.jsonl", dump(3))];
    fs::create_dir(folder.path("out")).unwrap();
    fs::write(folder.path("out/a.jsonl.zst"), "mine").unwrap();
    assert!(refused_run(&input, &folder.path("out/"), &[]).contains("is there already"));
    assert_eq!(fs::read_to_string(folder.path("out/a.jsonl.zst")).unwrap(), "mine");
    assert_eq!(run(&input, &folder.path("out/"), &["--overwrite", "-q"]).code, 0);
    assert!(refused_run(&input, &folder.path(""), &["--to", "jsonl", "--overwrite"]).contains("would be overwritten"));
    let twice = [input[0].clone(), input[0].clone()];
    assert!(refused_run(&twice, &folder.path("new/"), &[]).contains("is named twice"));
    fs::create_dir(folder.path("x")).unwrap();
    // Two packings of one name each have an output of their own.
    let packed = [input[0].clone(), folder.file("a.jsonl.gz", gzip(dump(2).as_bytes()))];
    assert_eq!(run(&packed, &folder.path("both/"), &["-q"]).code, 0);
    let both = tree(&folder.path("both/"));
    assert_eq!(listed(&both), ["a.jsonl.gz.jsonl.zst", "a.jsonl.jsonl.zst", "failures.jsonl", "manifest.jsonl"]);
    let same = [input[0].clone(), folder.file("x/a.jsonl", dump(1))];
    assert!(refused_run(&same, &folder.path("new/"), &[]).contains("would go to one output"));
}

/// Waits until something is so.
fn wait_for(what: &str, mut is_so: impl FnMut() -> bool) {
    let start = Instant::now();
    while !is_so() {
        assert!(start.elapsed() < Duration::from_secs(60), "waited in vain for {what}");
        sleep(Duration::from_millis(5));
    }
}

#[test]
fn two_runs_do_not_write_to_one_folder() {
    let folder = Folder::new("two");
    let input = [folder.file("a.jsonl", dump(3))];
    let out = folder.path("out/");
    let mut first = spawn(&["dump", "-", "-o", &out, "-q"]);
    let mut pipe = first.stdin.take().unwrap();
    wait_for("the first run", || Path::new(&folder.path("out/manifest.jsonl")).exists());
    assert!(refused_run(&input, &out, &["--resume"]).contains("another run is writing to"));
    assert!(refused_run(&input, &out, &["--overwrite"]).contains("another run is writing to"));
    pipe.write_all(dump(5).as_bytes()).unwrap();
    drop(pipe);
    assert_eq!(first.wait().unwrap().code(), Some(0));
    assert_eq!(unzstd(&folder.path("out/stdin-00000.jsonl.zst")).lines().count(), 5);
    assert_eq!(run(&input, &out, &["--resume", "-q"]).code, 0);
}

#[test]
fn an_input_that_goes_missing_is_told_of_and_can_be_made_good() {
    let folder = Folder::new("missing");
    let files = ["a", "b", "c"].map(|name| folder.file(&format!("{name}.jsonl"), dump(3)));
    let whole = folder.path("whole/");
    assert_eq!(run(&files, &whole, &["-q"]).code, 0);

    // Gone while standard input is still being read, before its turn has come.
    let out = folder.path("out/");
    let mut child = spawn(&["dump", "-", &files[0], &files[1], &files[2], "-o", &out, "--jobs", "1"]);
    let mut pipe = child.stdin.take().unwrap();
    wait_for("the run", || Path::new(&folder.path("out/manifest.jsonl")).exists());
    fs::rename(&files[2], folder.path("elsewhere")).unwrap();
    pipe.write_all(dump(1).as_bytes()).unwrap();
    drop(pipe);
    let output = child.wait_with_output().unwrap();
    let told = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{told}");
    assert!(told.contains(&format!("bodycopy: {}: cannot be read: No such file", files[2])), "{told}");
    let failures = fs::read_to_string(folder.path("out/failures.jsonl")).unwrap();
    assert_eq!(field(&failures, "cause"), ["input unreadable"]);

    fs::rename(folder.path("elsewhere"), &files[2]).unwrap();
    assert_eq!(run(&files, &out, &["--resume", "-q"]).code, 0);
    let (whole, out) = (tree(&whole), tree(&out));
    for name in ["a.jsonl.zst", "b.jsonl.zst", "c.jsonl.zst", "failures.jsonl"] {
        assert!(whole[Path::new(name)] == out[Path::new(name)], "{name}");
    }
}

#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_leaves_what_is_done_and_nothing_half_done() {
    let folder = Folder::new("full");
    let noise = |n: u64| -> String {
        (0..n)
            .map(|i| {
                format!("{{\"id\":{i},\"text\":\"{:x} {:x}.\"}}\n", (i + 7).wrapping_pow(9), (i + 3).wrapping_pow(11))
            })
            .collect()
    };
    let inputs = [
        folder.file("small.jsonl", noise(20)),
        folder.file("big.jsonl", noise(9000)),
        folder.file("z.jsonl", noise(20)),
    ];
    let whole = folder.path("whole/");
    assert_eq!(run(&inputs, &whole, &["-q"]).code, 0);
    let out = folder.path("out/");
    // No file may have more than 128 KiB, which is what a full disk looks like to the file that is too many.
    let command = format!(
        "trap '' XFSZ; ulimit -f 256; exec {} dump {} -o {out} --jobs 1 -q",
        env!("CARGO_BIN_EXE_bodycopy"),
        inputs.join(" ")
    );
    let output = Command::new("sh").args(["-c", &command]).output().unwrap();
    let told = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{told}");
    assert!(told.contains("big.jsonl.zst cannot be written: File too large"), "{told}");
    assert!(told.contains("make room and run it again with --resume"), "{told}");
    assert!(!Path::new(&folder.path("out/big.jsonl.zst")).exists());
    assert_eq!(run(&inputs, &out, &["--resume", "-q"]).code, 0);
    assert!(tree(&whole) == tree(&out));

    // A folder that cannot be one.
    let file = folder.file("file", "");
    assert!(refused_run(&inputs, &format!("{file}/out/"), &[]).contains("cannot be written"));
}

#[test]
#[cfg(unix)]
fn ctrl_c_says_how_to_go_on() {
    let folder = Folder::new("interrupted");
    let a = folder.file("a.jsonl", dump(30));
    let out = folder.path("out/");
    let mut child = spawn(&["dump", &a, "-", "-o", &out, "--jobs", "2"]);
    let mut pipe = child.stdin.take().unwrap();
    pipe.write_all(dump(10).as_bytes()).unwrap();
    wait_for("the first input", || Path::new(&folder.path("out/a.jsonl.zst")).exists());
    let manifest = || fs::read_to_string(folder.path("out/manifest.jsonl")).unwrap_or_default();
    wait_for("its line", || manifest().lines().count() == 2);
    assert!(Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap().success());
    let output = child.wait_with_output().unwrap();
    drop(pipe);
    assert_eq!(output.status.code(), Some(130));
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(told.contains("the same command with --resume goes on"), "{told}");
    assert_eq!(manifest().lines().count(), 2);
    assert_eq!(run(&[a], &out, &["--resume", "-q"]).code, 0);
}

#[test]
fn standard_input_goes_to_shards() {
    let folder = Folder::new("stdin");
    let line = |n: usize| format!("{{\"id\":{n},\"text\":\"{}\"}}\n", "It rains. ".repeat(2000));
    let lines: String = (0..160).map(line).collect();
    let out = folder.path("out/");
    let output = bodycopy(&["dump", "-", "-o", &out, "--shard-size", "1", "--to", "jsonl", "-q"], &lines);
    assert_eq!((output.code, output.err.as_str()), (0, ""));
    let tree = tree(&out);
    let shards: Vec<_> = tree.iter().filter(|(path, _)| path.to_str().unwrap().starts_with("stdin-")).collect();
    assert!(shards.len() >= 3, "{:?}", listed(&tree));
    let all: String = shards.iter().map(|(_, text)| std::str::from_utf8(text).unwrap()).collect();
    assert_eq!(field(&all, "id"), (0..160).collect::<Vec<_>>());
}

#[test]
fn fields_blocks_and_removals_come_along_in_every_form() {
    let folder = Folder::new("fields");
    let line =
        r#"{"id":"a","n":1.50,"text":"It rains in Überlingen.\n\nFacebook","tags":["x",{"y":null}],"date":"then"}"#;
    let input = [folder.file("a.jsonl", line)];
    let more = ["--only", "share-bar", "--keep-fields", "--blocks", "--removals", "--sidecar", "dolma", "-q", "--to"];
    for to in ["jsonl", "parquet"] {
        let out = folder.path(&format!("{to}/"));
        assert_eq!(run(&input, &out, &[&more[..], &[to]].concat()).code, 0);
    }
    let json: serde_json::Value =
        serde_json::from_str(&fs::read_to_string(folder.path("jsonl/a.jsonl")).unwrap()).unwrap();
    assert_eq!(json["n"].to_string(), "1.5");
    assert!(fs::read_to_string(folder.path("jsonl/a.jsonl")).unwrap().contains("\"n\":1.50,"));
    assert_eq!((&json["source_date"], &json["tags"][1]["y"]), (&"then".into(), &serde_json::Value::Null));
    assert_eq!(json["blocks"][0]["spans"], serde_json::json!([[0, 24]]));
    assert_eq!(json["removals"][0]["span"], serde_json::json!([26, 34]));
    // Characters, not bytes.
    let sidecar: serde_json::Value =
        serde_json::from_str(&program::gunzip(&folder.path("jsonl/attributes/bodycopy/a.jsonl.gz"))).unwrap();
    let expected =
        serde_json::json!({"bodycopy__role__body": [[0, 23, 1.0]], "bodycopy__removed__share-bar": [[25, 33, 1.0]]});
    assert_eq!(sidecar, serde_json::json!({"id": "a", "attributes": expected}));

    // What Parquet holds is read with a reader that takes it for a dump.
    let again = ok(
        &["dump", &folder.path("parquet/a.parquet"), "-o", "-", "-q", "--keep-fields", "--without", "share-bar"],
        "",
    );
    let again: serde_json::Value = serde_json::from_str(&again).unwrap();
    assert_eq!(again["text"], json["text"]);
    let fields: serde_json::Value = serde_json::from_str(again["source_fields"].as_str().unwrap()).unwrap();
    assert_eq!(fields["source_date"], "then");
    assert_eq!(again["source_removals"][0]["start"], 26);
    assert_eq!(again["source_blocks"][0]["role"], "body");
    let [a, b] = ["jsonl/", "parquet/"].map(|out| ok(&["stats", "--json", &folder.path(out)], ""));
    assert_eq!(a, b);
    let [a, b] = ["jsonl/a.jsonl", "parquet/a.parquet"].map(|out| ok(&["stats", &folder.path(out)], ""));
    assert_eq!(a, b);
}

/// A disk that fails at a read looks like this: the file is there, opens, and gives an error.
#[test]
#[cfg(target_os = "linux")]
fn an_input_that_cannot_be_read_fails_alone() {
    let folder = Folder::new("unreadable");
    let inputs = [folder.file("a.jsonl", dump(3)), "/proc/self/mem".to_owned(), folder.file("b.jsonl", dump(4))];
    let out = folder.path("out/");
    let output = run(&inputs, &out, &["--to", "jsonl"]);
    assert_eq!(output.code, 1, "{}", output.err);
    assert!(output.err.contains("/proc/self/mem: cannot be read"), "{}", output.err);
    let lines = |name: &str| fs::read_to_string(folder.path(name)).unwrap().lines().count();
    assert_eq!((lines("out/a.jsonl"), lines("out/b.jsonl"), lines("out/failures.jsonl")), (3, 4, 1));
}

#[test]
#[cfg(unix)]
fn a_file_that_shrinks_gives_what_is_left_and_is_told_of() {
    let folder = Folder::new("shrinking");
    let whole = warc(0..40);
    let input = folder.file("a.warc.gz", &whole);
    let out = folder.path("out/");
    let mut child = spawn(&["dump", "-", &input, "-o", &out, "--jobs", "1", "--to", "jsonl"]);
    let mut pipe = child.stdin.take().unwrap();
    wait_for("the run", || Path::new(&folder.path("out/manifest.jsonl")).exists());
    fs::OpenOptions::new().write(true).open(&input).unwrap().set_len(whole.len() as u64 * 2 / 3).unwrap();
    pipe.write_all(dump(1).as_bytes()).unwrap();
    drop(pipe);
    let output = child.wait_with_output().unwrap();
    let told = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{told}");
    let ids = field(&fs::read_to_string(folder.path("out/a.warc.jsonl")).unwrap(), "id");
    assert!(ids.len() >= 25 && ids.len() < 40, "{}", ids.len());
    assert!(told.contains("cut short"), "{told}");
}

/// Whatever becomes of a run that is refused memory, nothing half done is left, and it goes on.
#[test]
#[cfg(target_os = "linux")]
fn a_run_without_memory_can_be_made_good() {
    let folder = Folder::new("memory");
    let long = format!("{{\"id\":1,\"html\":\"{}\"}}\n", "<p>It rains in Velden again. </p>".repeat(300_000));
    let inputs = [folder.file("a.jsonl", dump(50)), folder.file("b.jsonl", long), folder.file("c.jsonl", dump(5))];
    let whole = folder.path("whole/");
    assert_eq!(run(&inputs, &whole, &["-q", "--to", "jsonl"]).code, 0);
    let whole = tree(&whole);
    for kibibytes in [60_000, 120_000, 200_000, 400_000] {
        let out = folder.path(&format!("out-{kibibytes}/"));
        let command = format!(
            "ulimit -v {kibibytes}; exec {} dump {} -o {out} --jobs 2 -q --to jsonl",
            env!("CARGO_BIN_EXE_bodycopy"),
            inputs.join(" ")
        );
        Command::new("sh").args(["-c", &command]).output().unwrap();
        let resumed = run(&inputs, &out, &["--resume", "-q", "--to", "jsonl"]);
        assert_eq!(resumed.code, 0, "{kibibytes} KiB: {}", resumed.err);
        assert!(tree(&out) == whole, "{kibibytes} KiB");
    }
}
