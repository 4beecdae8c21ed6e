//! Dumps made to do harm: each ends, holds its memory, and every record of it is cleaned, skipped or failed by a name.

use bodycopy::dump::{Cause, Reader};
use oracles::*;
use std::fmt::Write as _;
use std::io::{Cursor, Write};

#[path = "oracles/dumps.rs"]
mod oracles;

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut out = flate2::write::GzEncoder::new(Vec::new(), Default::default());
    out.write_all(bytes).unwrap();
    out.finish().unwrap()
}

fn record(headers: &str, length: &str, block: &[u8]) -> Vec<u8> {
    let head = format!(
        "WARC/1.0\r\nWARC-Type: response\r\nContent-Type: application/http\r\n{headers}Content-Length: {length}\r\n\r\n"
    );
    [head.as_bytes(), block, b"\r\n\r\n"].concat()
}

fn response(headers: &str, body: &[u8]) -> Vec<u8> {
    [format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n{headers}\r\n").as_bytes(), body].concat()
}

fn page() -> Vec<u8> {
    let block = response("", b"<p>It rains.");
    record("", &block.len().to_string(), &block)
}

/// Reads a dump under all laws; returns how many records were cleaned, and the causes of failures.
fn outcome(dump: &[u8]) -> (usize, Vec<&'static str>) {
    check_dump(dump, 4096, false);
    let held = held(Reader::new(Cursor::new(dump.to_vec()), "in")).unwrap();
    (held.records.len(), held.failures.iter().map(|failure| failure.cause.name()).collect())
}

#[test]
fn bombs_are_not_unpacked_beyond_a_record() {
    let zeros = vec![b' '; 32 << 20];
    for (coding, bomb) in [("gzip", gzip(&zeros)), ("zstd", zstd::encode_all(&zeros[..], 19).unwrap())] {
        let block = response(&format!("Content-Encoding: {coding}\r\n"), &bomb);
        let dump = [record("", &block.len().to_string(), &block), page()].concat();
        assert_eq!(outcome(&dump), (1, vec!["record too long"]), "{coding}");
    }
    // The dump itself is one, and what stands behind it is read.
    let start = record("", &zeros.len().to_string(), &zeros);
    let dump = [start, page()].concat();
    for packed in [gzip(&dump), zstd::encode_all(&dump[..], 3).unwrap()] {
        assert!(packed.len() < 100_000);
        assert_eq!(outcome(&packed), (1, vec!["record too long"]));
    }
    let line = format!("{{\"text\":\"{}\"}}\n{{\"text\":\"It rains.\"}}\n", " ".repeat(8 << 20));
    assert_eq!(outcome(&gzip(line.as_bytes())), (1, vec!["record too long"]));
}

/// A body may name any number of codings, and one that unpacks to itself would never end.
#[test]
fn only_a_few_codings_of_a_body_are_undone() {
    let mut body = b"<p>It rains.".to_vec();
    for _ in 0..6 {
        body = gzip(&body);
    }
    let block = response(&format!("Content-Encoding: {}gzip\r\n", "gzip, ".repeat(2_000)), &body);
    let dump = [record("", &block.len().to_string(), &block), page()].concat();
    // What is left is still packed, and no page.
    assert_eq!(outcome(&dump), (1, vec![]));
}

#[test]
fn lengths_of_any_kind_lose_nothing() {
    let block = response("", b"<p>It rains.");
    for length in
        ["-1", "-9223372036854775808", "18446744073709551615", "99999999999999999999999", "1e9", "0x10", "", " 7 7"]
    {
        let dump = [page(), record("", length, &block), page()].concat();
        let (cleaned, causes) = outcome(&dump);
        assert_eq!((cleaned, causes.as_slice()), (3, &["wrong length"][..]), "{length:?}");
        assert_eq!(outcome(&gzip(&dump)).0, 3, "{length:?}, packed");
    }
    // A member of gzip that claims another size at its end.
    let mut packed = gzip(&page());
    let end = packed.len();
    packed[end - 2] ^= 0x7f;
    let (cleaned, causes) = outcome(&[packed, gzip(&page())].concat());
    assert_eq!((cleaned, causes), (2, vec!["corrupt data"]), "its page is whole, and the damage is told of");
}

#[test]
fn headers_of_ten_megabytes_end() {
    let block = response("", b"<p>It rains.");
    let length = block.len().to_string();
    for headers in [format!("X-Long: {}\r\n", "x".repeat(10 << 20)), "X: y\r\n".repeat(2 << 20)] {
        let dump = [record(&headers, &length, &block), page()].concat();
        let (cleaned, causes) = outcome(&dump);
        // The record with the header is given up, and told of.
        assert!(cleaned >= 1 && !causes.is_empty(), "{cleaned} {causes:?}");
        let long = response(&headers, b"<p>It rains.");
        let dump = [record("", &long.len().to_string(), &long), page()].concat();
        assert_eq!(outcome(&dump), (1, vec!["record too long"]));
    }
}

#[test]
fn charsets_that_lie_harm_only_their_record() {
    for charset in ["utf-16", "utf-7", "x-user-defined", "iso-2022-jp", "replacement", "\u{1b}[31m", "'", ""] {
        let body = response("", "<p>Die Brücke".as_bytes());
        let lying = String::from_utf8(body).unwrap().replace("text/html", &format!("text/html; charset={charset}"));
        let dump = [record("", &lying.len().to_string(), lying.as_bytes()), page()].concat();
        let (cleaned, causes) = outcome(&dump);
        assert_eq!((cleaned, causes.len()), (2, 0), "{charset:?}");
    }
}

#[test]
fn a_million_tiny_records_add_up() {
    let mut lines = String::new();
    for i in 0..1_000_000 {
        _ = writeln!(lines, "{}", ["{\"text\":\"a\"}", "{}", "x", "{\"html\":1}"][i % 4]);
    }
    let (out, failures, summary) = cleaned(lines.as_bytes(), 2).unwrap();
    check_accounts(&summary, &failures);
    assert_eq!((summary.records, summary.cleaned), (1_000_000, 250_000));
    assert_eq!(out.iter().filter(|b| **b == b'\n').count(), 250_000);
}

#[test]
fn json_nested_a_hundred_thousand_deep_is_one_record() {
    let deep = |open: &str, close: &str| format!("{}1{}", open.repeat(100_000), close.repeat(100_000));
    for value in [deep("[", "]"), deep("{\"a\":", "}"), "[".repeat(100_000)] {
        for line in [format!("{{\"text\":\"It rains.\",\"x\":{value}}}"), format!("{{\"text\":{value}}}"), value] {
            let dump = format!("{{\"text\":\"a\"}}\n{line}\n{{\"text\":\"b\"}}\n");
            let held = held(Reader::new(Cursor::new(dump.clone().into_bytes()), "in"));
            assert_eq!(held.map(|held| held.records.len() + held.failures.len()), Some(3));
            let (_, failures, summary) = cleaned(dump.as_bytes(), 2).unwrap();
            check_accounts(&summary, &failures);
        }
    }
}

/// Ids and addresses are text of strangers: no file is named after them, and what is told of them steers no terminal.
#[test]
fn ids_are_never_paths_and_never_steer() {
    let line = "{\"id\":\"../../etc/\\u001b[2J\\u202e\\n\"}\n";
    let held = held(Reader::new(Cursor::new(line.as_bytes().to_vec()), "in")).unwrap();
    assert!(matches!(held.failures[0].cause, Cause::Missing(_)));
    let told = String::from_utf8(held.failures[0].json_line()).unwrap();
    assert!(!told.trim_end().contains(char::is_control), "{told:?}");
    assert_eq!(told.lines().count(), 1);
}

// What fuzzing found, each mended.

#[test]
fn found_half_a_surrogate_pair_in_a_field_that_is_kept() {
    let (out, _, summary) = cleaned(b"{\"id\":1,\"text\":\"a\",\"note\":\"\\ud800\"}\n", 1).unwrap();
    assert_eq!(summary.cleaned, 1);
    let line: serde_json::Value = serde_json::from_slice(&out).unwrap();
    assert_eq!(line["note"], "\u{fffd}");
}

#[test]
fn found_records_taken_along_by_damage_that_were_in_no_count() {
    let mut packed = gzip(&page());
    let end = packed.len();
    packed[end - 6] ^= 0xff;
    let (_, failures, summary) = cleaned(&[gzip(&page()), packed].concat(), 1).unwrap();
    check_accounts(&summary, &failures);
    assert_eq!((summary.records, summary.cleaned, summary.failed["corrupt data"]), (2, 1, 1));
}

#[test]
fn the_seeds_of_the_fuzzer_obey_the_laws() {
    for seed in std::fs::read_dir("fuzz/seeds/archive").unwrap() {
        let seed = std::fs::read(seed.unwrap().path()).unwrap();
        // Three bytes say how the fuzzer packs, damages and cuts up what follows.
        check_dump(seed.get(3..).unwrap_or_default(), 3, true);
    }
}
