//! Reads dumps that others made, some of them broken, and dumps that are broken here, byte by byte.

use bodycopy::dump::{Cause, Failure, Id, Reader, Record, Repair};
use std::collections::BTreeMap;
use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};

/// What a dump holds.
#[derive(Debug, Default, PartialEq, Eq)]
struct Counts {
    cleaned: usize,
    repaired: BTreeMap<&'static str, usize>,
    skipped: BTreeMap<&'static str, u64>,
    failed: BTreeMap<&'static str, usize>,
}

struct Read {
    counts: Counts,
    records: Vec<Record>,
    failures: Vec<Failure>,
}

fn read(mut reader: Reader) -> Read {
    let mut read = Read { counts: Counts::default(), records: Vec::new(), failures: Vec::new() };
    for item in &mut reader {
        match item {
            Ok(record) => {
                read.counts.cleaned += 1;
                if let Some(repair) = record.repaired {
                    *read.counts.repaired.entry(repair.name()).or_default() += 1;
                }
                read.records.push(record);
            }
            Err(failure) => {
                *read.counts.failed.entry(failure.cause.name()).or_default() += 1;
                read.failures.push(failure);
            }
        }
    }
    read.counts.skipped = reader.skipped().clone();
    read
}

fn bytes(dump: impl Into<Vec<u8>>) -> Read {
    read(Reader::new(Cursor::new(dump.into()), "in").unwrap())
}

fn shared() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus/dumps");
    if !folder.is_dir() {
        println!("skipped: the folder of dumps, {}, is not there", folder.display());
        return None;
    }
    Some(folder)
}

type Named = &'static [(&'static str, u64)];

/// File; cleaned; repaired; skipped; failed. Counted by hand, with a reader of another make.
const DUMPS: &[(&str, usize, Named, Named, Named)] = &[
    (
        "aut-example.arc.gz",
        129,
        &[],
        // 38 lookups of names, 75 pictures and scripts and style sheets, 9 feeds.
        &[("empty", 1), ("filedesc", 1), ("status", 47), ("type", 122)],
        &[],
    ),
    (
        "aut-example.warc.gz",
        129,
        &[],
        &[("empty", 1), ("metadata", 261), ("request", 261), ("status", 47), ("type", 122), ("warcinfo", 1)],
        &[],
    ),
    ("cc-whirlwind.warc", 1, &[], &[("metadata", 1), ("request", 1), ("warcinfo", 1)], &[]),
    ("cc-whirlwind.warc.gz", 1, &[], &[("metadata", 1), ("request", 1), ("warcinfo", 1)], &[]),
    ("cc-whirlwind.warc.wat.gz", 0, &[], &[("metadata", 1), ("warcinfo", 1)], &[]),
    ("cc-whirlwind.warc.wet", 1, &[], &[("warcinfo", 1)], &[]),
    ("cc-whirlwind.warc.wet.gz", 1, &[], &[("warcinfo", 1)], &[]),
    // No length of it is right.
    ("ccnet-sample.warc.wet.txt", 3, &[("wrong length", 3)], &[("warcinfo", 1)], &[("wrong length", 4)]),
    ("constructed-news-visible.index.jsonl", 0, &[], &[], &[("missing field", 413)]),
    ("constructed-news-visible.warc.gz", 413, &[], &[("warcinfo", 1)], &[]),
    ("resiliparse-clipped.warc.gz", 0, &[], &[], &[("input cut short", 1)]),
    ("resiliparse-clueweb-quirk.warc.gz", 29, &[], &[("warcinfo", 1)], &[]),
    ("resiliparse-warcfile.warc.gz", 16, &[], &[("metadata", 16), ("request", 17), ("warcinfo", 1)], &[]),
    ("warcio-example-bad-non-chunked.warc.gz", 1, &[], &[("request", 2), ("revisit", 1), ("warcinfo", 2)], &[]),
    ("warcio-example-digest.warc", 0, &[], &[("request", 4)], &[]),
    ("warcio-example-iana.org-chunked.warc", 1, &[], &[("request", 1), ("warcinfo", 1)], &[]),
    // Two bytes more than its header says.
    (
        "warcio-example-trunc.warc",
        1,
        &[("wrong length", 1)],
        &[("request", 1), ("warcinfo", 2)],
        &[("wrong length", 1)],
    ),
    // Members of gzip that begin anywhere.
    ("warcio-example-wrong-chunks.warc.gz", 1, &[], &[("request", 1)], &[]),
    ("warcio-example.arc.gz", 1, &[], &[("filedesc", 1)], &[]),
    ("warcio-post-test.warc.gz", 0, &[], &[("request", 3), ("type", 3)], &[]),
];

#[test]
fn every_dump_gives_what_it_holds() {
    let Some(folder) = shared() else { return };
    for (file, cleaned, repaired, skipped, failed) in DUMPS {
        let sizes = |named: Named| named.iter().map(|(name, n)| (*name, *n as usize)).collect();
        let expected = Counts {
            cleaned: *cleaned,
            repaired: sizes(repaired),
            skipped: skipped.iter().copied().collect(),
            failed: sizes(failed),
        };
        let read = read(Reader::open(folder.join(file)).unwrap());
        assert_eq!(read.counts, expected, "{file}: {:?}", read.failures);
    }
    let files = std::fs::read_dir(&folder).unwrap().count();
    assert_eq!(files, DUMPS.len(), "every file is in the table");
}

#[test]
fn what_broken_dumps_hold_is_whole() {
    let Some(folder) = shared() else { return };
    let open = |file: &str| read(Reader::open(folder.join(file)).unwrap());
    let text = |record: &Record| record.page().source().to_owned();

    let ccnet = open("ccnet-sample.warc.wet.txt");
    let ends = ["Truth isn't.", "真理不是。", "Правда нет."];
    for (record, end) in ccnet.records.iter().zip(ends) {
        assert!(text(record).trim_end().ends_with(end), "{}", text(record));
    }
    assert_eq!(
        ccnet.failures[0].to_string().rsplit_once(": ").unwrap().1,
        "the header says 370 bytes and there are 360; taken up to the next record"
    );

    // The two bytes that are missing are the end of the packed body.
    let whole = open("warcio-example-bad-non-chunked.warc.gz");
    let cut = open("warcio-example-trunc.warc");
    assert_eq!(text(&cut.records[0]), text(&whole.records[0]));

    let clipped = open("resiliparse-clipped.warc.gz");
    assert_eq!(clipped.failures[0].cause, Cause::Cut { at: 18184 });
    assert_eq!(clipped.failures[0].id, Some(Id::Text("<urn:uuid:f3dfa8fa-f031-4a38-90cc-1dcee3d07bb5>".into())));

    let iana = open("warcio-example-iana.org-chunked.warc");
    assert!(text(&iana.records[0]).trim_end().ends_with("</html>"));
    assert!(!text(&iana.records[0]).contains("001c37"));

    // Their header says gzip, and they are not packed.
    for record in open("resiliparse-clueweb-quirk.warc.gz").records {
        assert!(text(&record).contains("<title>"));
    }
    let arc: Vec<_> = open("aut-example.arc.gz").records.iter().map(|r| (r.url.clone(), text(r))).collect();
    let warc: Vec<_> = open("aut-example.warc.gz").records.iter().map(|r| (r.url.clone(), text(r))).collect();
    assert!(arc == warc, "the two forms of one crawl differ");
}

// Dumps made here.

fn page(n: usize) -> String {
    format!("<p>Page {n} says that the old bridge will close in May.</p><!-- {} -->", "filler ".repeat(n % 5 * 40))
}

fn record(n: usize) -> Vec<u8> {
    let http = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{}", page(n));
    let head = format!(
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:{n}>\r\nWARC-Target-URI: http://a.example/{n}\r\n\
         Content-Type: application/http; msgtype=response\r\nContent-Length: {}\r\n\r\n",
        http.len()
    );
    [head.as_bytes(), http.as_bytes(), b"\r\n\r\n"].concat()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut out = flate2::write::GzEncoder::new(Vec::new(), Default::default());
    out.write_all(bytes).unwrap();
    out.finish().unwrap()
}

fn zst(bytes: &[u8]) -> Vec<u8> {
    let mut out = zstd::Encoder::new(Vec::new(), 3).unwrap();
    out.include_checksum(true).unwrap();
    out.write_all(bytes).unwrap();
    out.finish().unwrap()
}

/// Returns the numbers of the pages that came out, each of which must be whole.
fn pages(read: &Read) -> Vec<usize> {
    let number = |record: &Record| {
        let Some(Id::Text(id)) = &record.id else { panic!("{record:?}") };
        let n = id.trim_start_matches("<urn:").trim_end_matches('>').parse().unwrap();
        assert_eq!(record.page().source(), page(n), "page {n}");
        n
    };
    read.records.iter().map(number).collect()
}

type Pack = fn(&[u8]) -> Vec<u8>;

fn packings() -> [(&'static str, Pack); 2] {
    [("gzip", gzip), ("zstd", zst)]
}

#[test]
fn every_packing_gives_the_same_records() {
    let plain: Vec<u8> = (0..20).flat_map(record).collect();
    let expected: Vec<_> = (0..20).collect();
    assert_eq!(pages(&bytes(plain.clone())), expected);
    for (name, pack) in packings() {
        let members: Vec<_> = (0..20).map(|n| pack(&record(n))).collect();
        assert_eq!(pages(&bytes(members.concat())), expected, "{name}, a member a record");
        assert_eq!(pages(&bytes(pack(&plain))), expected, "{name}, one member");
        let odd: Vec<u8> = plain.chunks(77).flat_map(pack).collect();
        assert_eq!(pages(&bytes(odd)), expected, "{name}, members that begin anywhere");
        let offsets: Vec<_> = bytes(members.concat()).records.iter().map(|r| r.place.offset as usize).collect();
        let starts: Vec<usize> = (0..20).map(|n| members[..n].concat().len()).collect();
        assert_eq!(offsets, starts, "{name}");
    }
    let zeros = [gzip(&plain), vec![0; 1000]].concat();
    assert_eq!(bytes(zeros).counts.failed, BTreeMap::new());
    // With a dictionary in front, as `.warc.zst` has it.
    let dictionary = record(1);
    let mut frames = [&b"\x5d\x2a\x4d\x18"[..], &(dictionary.len() as u32).to_le_bytes(), &dictionary].concat();
    let mut compressor = zstd::bulk::Compressor::with_dictionary(3, &dictionary).unwrap();
    for n in 0..5 {
        frames.extend(compressor.compress(&record(n)).unwrap());
    }
    assert_eq!(pages(&bytes(frames)), [0, 1, 2, 3, 4]);
}

/// A cut anywhere gives every record before it, and is told of.
#[test]
fn a_cut_never_looks_like_the_end() {
    let records: Vec<_> = (0..6).map(record).collect();
    let ends = |records: &[Vec<u8>]| -> Vec<usize> { (0..=6).map(|n| records[..n].concat().len()).collect() };
    let whole = |n: usize| (0..n).collect::<Vec<_>>();

    let plain = records.concat();
    let starts = ends(&records);
    for cut in 1..plain.len() {
        let read = bytes(&plain[..cut]);
        // A block that is there is whole, whatever of the line ends behind it.
        let n = starts.iter().filter(|&&end| end > 0 && cut >= end - 4).count();
        let is_between = starts.iter().any(|&end| end >= cut && end - cut <= 4 || end == cut);
        if cut > 12 {
            assert_eq!(pages(&read), whole(n), "cut at {cut}");
            assert_eq!(read.failures.is_empty(), is_between, "cut at {cut}: {:?}", read.failures);
        }
    }
    for (name, pack) in packings() {
        let members: Vec<_> = records.iter().map(|record| pack(record)).collect();
        let (packed, starts) = (members.concat(), ends(&members));
        for cut in starts[1]..packed.len() {
            let read = bytes(&packed[..cut]);
            let n = starts.iter().filter(|&&end| end > 0 && end <= cut).count();
            let got = pages(&read);
            // Of the member that is cut the block may be there.
            assert!(got == whole(n) || got == whole(n + 1), "{name} cut at {cut}: {got:?}");
            assert_eq!(read.failures.is_empty(), starts.contains(&cut), "{name} cut at {cut}");
            if let [failure] = &read.failures[..] {
                assert_eq!(failure.cause, Cause::Cut { at: cut as u64 }, "{name}");
            }
        }
    }
}

/// Any byte of a packed dump may be wrong: at most the record it belongs to is lost, and something is told.
#[test]
fn a_wrong_byte_takes_one_record_at_the_most() {
    for (name, pack) in packings() {
        let members: Vec<_> = (0..6).map(|n| pack(&record(n))).collect();
        let packed = members.concat();
        let start = members[..2].concat().len();
        for at in start..start + members[2].len() {
            for flip in [0x01, 0x80, 0xff] {
                let mut broken = packed.clone();
                broken[at] ^= flip;
                let read = bytes(broken);
                let got: Vec<_> = read.records.iter().map(|r| r.id.clone()).collect();
                let all: Vec<_> = (0..6).filter(|n| *n != 2).map(|n| Some(Id::Text(format!("<urn:{n}>")))).collect();
                let others: Vec<_> = got.iter().filter(|id| all.contains(id)).cloned().collect();
                assert_eq!(others, all, "{name}, byte {at} ^ {flip:x}: {:?}", read.failures);
                if got.len() == 5 {
                    assert!(!read.failures.is_empty(), "{name}, byte {at} ^ {flip:x} lost a record in silence");
                } else {
                    // What is given is whole: the byte means nothing, or comes after the record.
                    pages(&read);
                }
            }
        }
    }
}

#[test]
fn what_stands_between_members_is_told_of_and_passed() {
    for (name, pack) in packings() {
        let rubbish = b"rubbish \x1f\x8b\x08\x00 and \x28\xb5\x2f\xfd more";
        let dump = [pack(&record(0)), rubbish.to_vec(), pack(&record(1)), rubbish.to_vec()].concat();
        let read = bytes(dump);
        assert_eq!(pages(&read), [0, 1], "{name}");
        let at = pack(&record(0)).len() as u64;
        let bytes = rubbish.len() as u64;
        assert_eq!(read.failures[0].cause, Cause::Garbage { at, bytes }, "{name}");
        assert_eq!(read.failures.len(), 2, "{name}: {:?}", read.failures);
    }
    // A download that broke off, and the next one behind it.
    let first: Vec<u8> = (0..3).flat_map(|n| gzip(&record(n))).collect();
    let dump = [&first[..first.len() - 30], &gzip(&record(3))[..], &gzip(&record(4))].concat();
    let read = bytes(dump);
    let got: Vec<_> = read.records.iter().map(|r| r.id.clone().unwrap().to_string()).collect();
    assert!(got.ends_with(&["<urn:3>".into(), "<urn:4>".into()]) && got.len() >= 4, "{got:?}");
    assert!(!read.failures.is_empty());
}

#[test]
fn wrong_lengths_and_garbage_between_records_lose_nothing() {
    let with_length = |n: usize, length: &str| {
        let record = String::from_utf8(record(n)).unwrap();
        let start = record.find("Content-Length: ").unwrap() + 16;
        let end = record[start..].find('\r').unwrap() + start;
        format!("{}{length}{}", &record[..start], &record[end..]).into_bytes()
    };
    let real = |n: usize| page(n).len() + "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n".len();
    for length in
        [0, 10, real(1) - 1, real(1) + 1, real(1) + 3, real(1) + 5, real(1) + 30, real(1) + 400, 1 << 20, 1 << 40]
    {
        for pack in [|record: &[u8]| record.to_vec(), gzip, zst] {
            let dump =
                [pack(&record(0)), pack(&with_length(1, &length.to_string())), pack(&record(2)), pack(&record(3))];
            let read = bytes(dump.concat());
            let expected = [0, 1, 2, 3];
            if length == real(1) + 1 || length == real(1) + 3 {
                // Only line ends are swallowed or missing, which is no harm.
                assert_eq!(read.records.len(), 4);
                continue;
            }
            assert_eq!(pages(&read), expected, "length {length}: {:?}", read.failures);
            assert_eq!(read.failures.len(), 1, "length {length}: {:?}", read.failures);
            let cause = Cause::Length { declared: Some(length as u64), found: real(1) as u64 };
            assert_eq!(read.failures[0].cause, cause);
            assert_eq!(read.records[1].repaired, Some(Repair::Length));
        }
    }
    let read = bytes([record(0), with_length(1, "many"), record(2)].concat());
    assert_eq!((pages(&read), read.counts.failed["wrong length"]), (vec![0, 1, 2], 1));

    let garbage = b"\x00garbage\nmore WARC/1.0 of it\n\n".to_vec();
    let read = bytes([record(0), garbage.clone(), record(1)].concat());
    assert_eq!(pages(&read), [0, 1]);
    assert_eq!(read.failures[0].cause, Cause::Garbage { at: record(0).len() as u64, bytes: 30 });
    let name = "a.warc";
    let first = Reader::new(Cursor::new([garbage, record(1)].concat()), name).unwrap();
    assert_eq!(pages(&self::read(first)), [1]);
}

#[test]
fn records_that_are_too_long_are_passed_over() {
    let bomb = zst(&vec![b' '; 8 << 20]);
    let packed = |body: &[u8]| {
        let http =
            [&b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: zstd\r\n\r\n"[..], body].concat();
        let head = format!(
            "WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <bomb>\r\nContent-Length: {}\r\n\r\n",
            http.len()
        );
        [head.as_bytes(), &http, b"\r\n\r\n"].concat()
    };
    let long = packed(&vec![b'x'; 3 << 20]);
    for pack in [|record: &[u8]| record.to_vec(), gzip] {
        let dump = [pack(&record(0)), pack(&packed(&bomb)), pack(&long), pack(&record(1))].concat();
        let read = read(Reader::new(Cursor::new(dump), "in").unwrap().max_record(1 << 20));
        assert_eq!(pages(&read), [0, 1]);
        let told: Vec<_> = read.failures.iter().map(|f| (f.id.clone().unwrap().to_string(), f.cause.clone())).collect();
        assert_eq!(
            told,
            [("<bomb>".to_owned(), Cause::TooLong(1 << 20)), ("<bomb>".to_owned(), Cause::TooLong(1 << 20))]
        );
    }
}

#[test]
fn lines_go_on_behind_damage() {
    let lines = |range: std::ops::Range<usize>| -> Vec<u8> {
        range.flat_map(|n| format!("{{\"id\":{n},\"text\":\"{:x}\"}}\n", n.wrapping_pow(9)).into_bytes()).collect()
    };
    for (name, pack) in packings() {
        let mut members = [pack(&lines(0..400)), pack(&lines(400..800)), pack(&lines(800..1200))];
        let middle = members[1].len() / 2;
        members[1][middle..middle + 40].fill(0xaa);
        let read = bytes(members.concat());
        let ids: Vec<usize> = read.records.iter().filter_map(|r| r.id.as_ref()?.as_str().parse().ok()).collect();
        assert!((0..400).chain(800..1200).all(|n| ids.contains(&n)), "{name}");
        let damage = read.failures.iter().find(|failure| failure.is_damage()).unwrap();
        let resumed = Some((members[0].len() + members[1].len()) as u64);
        assert!(matches!(&damage.cause, Cause::Corrupt { resumed: r, .. } if *r == resumed), "{name}: {damage}");
    }
}
