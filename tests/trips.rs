//! The same pages in every form of dump, written by other libraries, come out the same.

use arrow_array::{
    ArrayRef, BinaryArray, Float32Array, Float64Array, Int64Array, LargeStringArray, RecordBatch, StringArray,
};
use bodycopy::dump::{Id, Kind, Reader, To, Writer, run};
use bodycopy::{Page, Pipeline};
use parquet::arrow::ArrowWriter;
use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Cursor, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::{env, fs, process};
use warc::{RecordType, WarcHeader, WarcWriter};

struct Source {
    url: String,
    html: String,
}

/// Real pages where they are at hand, and some made up.
fn pages() -> Vec<Source> {
    let mut pages: Vec<Source> = (0..40)
        .map(|n| Source {
            url: format!("https://a.example/{n}"),
            html: format!(
                "<html><head><meta charset=utf-8></head><h1>Page {n}</h1><p>Überlingen’s bridge no. {n} will close in May, \
                 the town said. 다리 {n}.</p><div class=share-bar><a>Facebook</a></div></html>"
            ),
        })
        .collect();
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus/html/fundus.jsonl.zst");
    let Ok(file) = fs::File::open(&path) else {
        println!("only made-up pages: {} is not there", path.display());
        return pages;
    };
    let mut decoder = zstd::Decoder::new(file).unwrap();
    decoder.window_log_max(27).unwrap();
    for line in BufReader::new(decoder).lines() {
        let record: Value = serde_json::from_str(&line.unwrap()).unwrap();
        let text = |name: &str| record[name].as_str().unwrap().to_owned();
        pages.push(Source { url: text("url"), html: text("html") });
    }
    pages
}

fn texts(reader: Reader) -> Vec<String> {
    let (mut reader, out) = (reader, file("texts.jsonl"));
    let mut writer = Writer::create(&out).unwrap();
    let summary = run(&mut reader, &mut writer, &Pipeline::default(), 2, |failure| panic!("{failure}")).unwrap();
    writer.finish().unwrap();
    let lines = fs::read_to_string(&out).unwrap();
    fs::remove_file(out).unwrap();
    let texts: Vec<String> = lines
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap()["text"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(texts.len() as u64, summary.cleaned);
    texts
}

fn file(name: &str) -> PathBuf {
    let thread = format!("{:?}", std::thread::current().id()).replace(['(', ')'], "");
    env::temp_dir().join(format!("bodycopy-trips-{}-{thread}-{name}", process::id()))
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut out = flate2::write::GzEncoder::new(Vec::new(), Default::default());
    out.write_all(bytes).unwrap();
    out.finish().unwrap()
}

fn warc(kind: RecordType, content_type: &str, bodies: impl Iterator<Item = (String, Vec<u8>)>) -> Vec<u8> {
    let mut dump = Vec::new();
    for (url, body) in bodies {
        let mut record = warc::Record::<warc::BufferedBody>::with_body(body);
        record.set_warc_type(kind.clone());
        record.set_header(WarcHeader::TargetURI, url).unwrap();
        record.set_header(WarcHeader::ContentType, content_type).unwrap();
        let mut member = Vec::new();
        WarcWriter::new(&mut member).write(&record).unwrap();
        dump.extend(gzip(&member));
    }
    dump
}

fn parquet(columns: Vec<(&str, ArrayRef)>, rows_in_group: usize) -> Vec<u8> {
    let batch = RecordBatch::try_from_iter(columns).unwrap();
    let properties =
        parquet::file::properties::WriterProperties::builder().set_max_row_group_row_count(Some(rows_in_group)).build();
    let mut writer = ArrowWriter::try_new(Vec::new(), batch.schema(), Some(properties)).unwrap();
    writer.write(&batch).unwrap();
    writer.into_inner().unwrap()
}

#[test]
fn every_form_of_dump_gives_the_same_texts() {
    let pages = pages();
    let pipeline = Pipeline::default();
    let expected: Vec<String> =
        pages.iter().map(|page| pipeline.clean(Page::html(&page.html).with_url(&page.url)).text()).collect();
    let same = |what: &str, texts: Vec<String>| {
        assert_eq!(texts.len(), expected.len(), "{what}");
        for (i, (text, expected)) in texts.iter().zip(&expected).enumerate() {
            assert_eq!(text, expected, "{what}, {}", pages[i].url);
        }
    };
    let read = |bytes: Vec<u8>| Reader::new(Cursor::new(bytes), "in").unwrap();

    let lines: String = pages.iter().map(|page| format!("{}\n", json!({"url": page.url, "html": page.html}))).collect();
    same("JSON Lines", texts(read(zstd::encode_all(lines.as_bytes(), 3).unwrap())));

    let responses = pages.iter().map(|page| {
        let head = "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n";
        (page.url.clone(), [head.as_bytes(), page.html.as_bytes()].concat())
    });
    same("WARC", texts(read(warc(RecordType::Response, "application/http; msgtype=response", responses))));
    let resources = pages.iter().map(|page| (page.url.clone(), page.html.clone().into_bytes()));
    let resources = warc(RecordType::Resource, "text/html; charset=utf-8", resources);
    same("WARC of resources", texts(read(resources)));

    let path = file("in.parquet");
    let urls: ArrayRef = Arc::new(StringArray::from_iter_values(pages.iter().map(|page| &page.url)));
    let html = pages.iter().map(|page| &page.html);
    let columns: [ArrayRef; 3] = [
        Arc::new(StringArray::from_iter_values(html.clone())),
        Arc::new(LargeStringArray::from_iter_values(html.clone())),
        Arc::new(BinaryArray::from_iter_values(html.map(|html| html.as_bytes()))),
    ];
    for column in columns {
        let what = format!("Parquet, {}", column.data_type());
        let numbers: ArrayRef = Arc::new(Int64Array::from_iter_values(0..pages.len() as i64));
        fs::write(&path, parquet(vec![("id", numbers), ("html", column), ("url", urls.clone())], 17)).unwrap();
        same(&what, texts(Reader::open(&path).unwrap()));
    }
    fs::remove_file(path).unwrap();

    let folder = file("pages");
    fs::create_dir(&folder).unwrap();
    for (i, page) in pages.iter().enumerate() {
        fs::write(folder.join(format!("{i:04}.html")), &page.html).unwrap();
    }
    // A page in a folder has no address and no charset but what its `<meta>` says, which is not that of these bytes at times.
    let bare = |page: &Source| pipeline.clean(Page::html_bytes(page.html.as_bytes(), None)).text();
    for ((page, text), bare) in pages.iter().zip(texts(Reader::open(&folder).unwrap())).zip(pages.iter().map(bare)) {
        assert_eq!(text, bare, "folder, {}", page.url);
    }
    fs::remove_dir_all(folder).unwrap();
}

#[test]
fn wet_and_json_lines_of_text_give_the_same_texts() {
    // Flattened text in its simplest form will do: what is compared is the way in.
    let flat: Vec<(String, String)> = pages()
        .into_iter()
        .map(|page| (page.url.clone(), Pipeline::default().clean(Page::html(&page.html)).text()))
        .collect();
    let flat: Vec<_> = flat.into_iter().filter(|(_, text)| !text.is_empty()).collect();
    let read = |bytes: Vec<u8>| texts(Reader::new(Cursor::new(bytes), "in").unwrap());
    let lines: String = flat.iter().map(|(url, text)| format!("{}\n", json!({"url": url, "text": text}))).collect();
    let records = flat.iter().map(|(url, text)| (url.clone(), text.clone().into_bytes()));
    assert_eq!(read(warc(RecordType::Conversion, "text/plain", records)), read(lines.into_bytes()));
}

#[test]
fn what_is_written_in_one_form_reads_the_same_in_the_other() {
    let pages = pages();
    let lines: String = pages.iter().map(|page| format!("{}\n", json!({"id": page.url, "html": page.html}))).collect();
    let mut found = Vec::new();
    for to in [To::Jsonl, To::JsonlGz, To::JsonlZst, To::Parquet] {
        let path = file(&format!("out.{}", to.ending()));
        let mut writer = Writer::create(&path).unwrap().blocks(true).removals(true);
        let mut reader = Reader::new(Cursor::new(lines.clone()), "in").unwrap();
        run(&mut reader, &mut writer, &Pipeline::default(), 2, |failure| panic!("{failure}")).unwrap();
        let written = writer.finish().unwrap().unwrap();
        assert_eq!(written.bytes, fs::metadata(&path).unwrap().len());
        let reader = Reader::open(&path).unwrap().page_fields(None, Some("text"));
        found.push(reader.map(|record| record.map(|r| (r.id, r.content)).unwrap()).collect::<Vec<_>>());
        fs::remove_file(path).unwrap();
    }
    assert_eq!(found[0].len(), pages.len());
    assert!(found.iter().all(|other| *other == found[0]));
    assert_ne!(Kind::Warc, Kind::Arc);
}

/// Tables of whole numbers with a gap are often stored as fractions.
#[test]
fn ids_that_are_numbers_of_any_type_come_through() {
    let path = file("ids.parquet");
    let texts: ArrayRef = Arc::new(StringArray::from(vec!["It rains."; 3]));
    let columns: [ArrayRef; 3] = [
        Arc::new(Int64Array::from(vec![Some(7), Some(-8), None])),
        Arc::new(Float64Array::from(vec![7.0, -8.0, f64::NAN])),
        Arc::new(Float32Array::from(vec![7.0, -8.0, f32::INFINITY])),
    ];
    for column in columns {
        fs::write(&path, parquet(vec![("id", column), ("text", texts.clone())], 10)).unwrap();
        let ids: Vec<_> = Reader::open(&path).unwrap().map(|record| record.unwrap().id).collect();
        assert_eq!(ids, [Some(Id::Number("7".into())), Some(Id::Number("-8".into())), None]);
    }
    fs::remove_file(path).unwrap();
}

#[test]
fn a_broken_row_group_leaves_the_others() {
    let path = file("broken.parquet");
    let texts = (0..300).map(|n: u64| format!("{:x} {:x}", (n + 3).wrapping_pow(9), (n + 5).wrapping_pow(11)));
    let texts: ArrayRef = Arc::new(StringArray::from_iter_values(texts));
    let ids: ArrayRef = Arc::new(Int64Array::from_iter_values(0..300));
    let whole = parquet(vec![("id", ids), ("text", texts)], 100);
    fs::write(&path, &whole).unwrap();
    let all: Vec<_> = Reader::open(&path).unwrap().map(Result::unwrap).collect();
    assert_eq!(all.len(), 300);
    let second = all[100].place.offset as usize;
    let third = all[200].place.offset as usize;
    assert!(0 < second && second < third);
    let mut lost = 0;
    for at in (second..third).step_by(37) {
        let mut broken = whole.clone();
        broken[at..at + 8].iter_mut().for_each(|byte| *byte ^= 0x5a);
        fs::write(&path, broken).unwrap();
        let (mut ids, mut failures) = (Vec::new(), Vec::new());
        for item in Reader::open(&path).unwrap() {
            match item {
                Ok(record) => ids.extend(record.id.unwrap().as_str().parse::<u64>().ok()),
                Err(failure) => failures.push(failure),
            }
        }
        let others = |ids: &[u64]| ids.iter().filter(|id| !(100..200).contains(*id)).count();
        assert!(others(&ids) >= 200, "byte {at}: {} records, {failures:?}", ids.len());
        if ids.len() < 300 {
            assert!(!failures.is_empty(), "byte {at}: rows went in silence");
            lost += 1;
        }
    }
    assert!(lost > 0, "nothing was ever broken");
    // Cut: without its index the file is nothing.
    fs::write(&path, &whole[..whole.len() - 10]).unwrap();
    let error = Reader::open(&path).err().unwrap().to_string();
    assert!(error.contains("index, at its end, is missing or broken"), "{error}");
    fs::remove_file(path).unwrap();
}

/// An index that lies: of every byte of it, and of the first page's header, each bit and some whole values are wrong in turn.
#[test]
fn an_index_that_lies_is_told_of_or_leaves_rows_as_they_are() {
    let path = file("forged.parquet");
    let texts: ArrayRef = Arc::new(StringArray::from_iter_values((0..9).map(|n| format!("It rains on day {n}."))));
    let ids: ArrayRef = Arc::new(Int64Array::from_iter_values(0..9));
    let whole = parquet(vec![("id", ids), ("text", texts)], 3);
    let index = whole.len() - 8 - u32::from_le_bytes(*whole[whole.len() - 8..].first_chunk().unwrap()) as usize;
    let (mut refused, mut failed) = (0, 0);
    for at in (4..64).chain(index..whole.len()) {
        for with in (0..8).map(|bit| whole[at] ^ 1 << bit).chain([0, 0x7f, 0x80, 0xff]) {
            let mut forged = whole.clone();
            forged[at] = with;
            fs::write(&path, &forged).unwrap();
            match Reader::open(&path) {
                Ok(reader) => failed += reader.take(1_000).filter(Result::is_err).count().min(1),
                Err(_) => refused += 1,
            }
        }
    }
    assert!(refused > 100 && failed > 100, "{refused} refused, {failed} with failures");
    fs::remove_file(path).unwrap();
}
