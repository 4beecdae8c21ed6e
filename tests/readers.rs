//! Compares the fast reader with the reference reader (html5ever), page by page: words, blocks, and what blocks are.

use bodycopy::{Cleaned, Page, Pipeline, Reader};
use std::collections::HashMap;
use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::path::Path;

fn pipeline(reader: Reader) -> Pipeline {
    Pipeline::builder().only(Vec::<String>::new()).reader(reader).build().expect("no rules compile")
}

/// How alike two readings of a page are.
#[derive(Clone, Copy, Default)]
struct Likeness {
    /// F1 over the bag of words.
    words: f64,
    /// Share of blocks that both have.
    blocks: f64,
    /// Share of the common blocks that have the same role.
    roles: f64,
}

fn counts<'s>(items: impl Iterator<Item = &'s str>) -> HashMap<&'s str, i64> {
    let mut out = HashMap::new();
    items.for_each(|item| *out.entry(item).or_default() += 1);
    out
}

/// Returns twice the number of common items by the number of all.
fn overlap(a: &HashMap<&str, i64>, b: &HashMap<&str, i64>) -> f64 {
    let common: i64 = a.iter().map(|(k, &n)| n.min(b.get(k).copied().unwrap_or(0))).sum();
    let all: i64 = a.values().chain(b.values()).sum();
    if all == 0 { 1.0 } else { 2.0 * common as f64 / all as f64 }
}

fn likeness(a: &Cleaned, b: &Cleaned) -> Likeness {
    let words = |c: &Cleaned| c.kept().iter().map(|k| k.text.clone()).collect::<Vec<_>>().join("\n");
    let (a_words, b_words) = (words(a), words(b));
    let texts = |c: &'_ Cleaned| c.kept().iter().map(|k| k.text.clone()).collect::<Vec<_>>();
    let (a_texts, b_texts) = (texts(a), texts(b));
    let mut roles: HashMap<&str, Vec<_>> = HashMap::new();
    for kept in a.kept().iter().rev() {
        roles.entry(&kept.text).or_default().push((kept.role, kept.level));
    }
    let (mut same, mut common) = (0, 0);
    for kept in b.kept() {
        let Some(role) = roles.get_mut(kept.text.as_str()).and_then(Vec::pop) else { continue };
        common += 1;
        same += usize::from(role == (kept.role, kept.level));
    }
    Likeness {
        words: overlap(&counts(a_words.split_whitespace()), &counts(b_words.split_whitespace())),
        blocks: overlap(&counts(a_texts.iter().map(String::as_str)), &counts(b_texts.iter().map(String::as_str))),
        roles: if common == 0 { 1.0 } else { same as f64 / common as f64 },
    }
}

static META: bodycopy::Meta = bodycopy::Meta::new("watch", bodycopy::Category::Widget, "Watches");
type Seen = Vec<(String, String)>;
struct Watch(std::sync::Arc<std::sync::Mutex<Seen>>);
impl bodycopy::Rule for Watch {
    fn meta(&self) -> &'static bodycopy::Meta { &META }
    fn check(&self, doc: &bodycopy::Document, _: &mut bodycopy::Findings) {
        let list = doc.blocks().iter().enumerate().map(|(i, b)| (doc.text(b).to_owned(), format!("{:?} {} {:?} {} {:?}", b.kind, b.level, b.setting, b.measure.link_letters, doc.containers(i).collect::<Vec<_>>()))).collect();
        *self.0.lock().unwrap() = list;
    }
}
fn watcher(reader: Reader) -> (Pipeline, std::sync::Arc<std::sync::Mutex<Seen>>) {
    let seen = std::sync::Arc::new(std::sync::Mutex::new(Vec::new()));
    (Pipeline::builder().only(Vec::<String>::new()).rule(Watch(seen.clone())).reader(reader).build().unwrap(), seen)
}

fn show(a: &Cleaned, b: &Cleaned) {
    let list = |c: &Cleaned| c.kept().iter().map(|k| format!("{} {} {:?}", k.role, k.level, k.text)).collect::<Vec<_>>();
    fs::write("/tmp/fast.txt", list(a).join("\n") + "\n").unwrap();
    fs::write("/tmp/ref.txt", list(b).join("\n") + "\n").unwrap();
    let out = std::process::Command::new("diff").args(["-U1", "/tmp/fast.txt", "/tmp/ref.txt"]).output().unwrap();
    let out = String::from_utf8_lossy(&out.stdout);
    for line in out.lines().skip(2).take(24) {
        println!("    {}", line.chars().take(240).collect::<String>());
    }
}

#[test]
fn corpus() {
    let ((fast, sa), (reference, sb)) = (watcher(Reader::Fast), watcher(Reader::Reference));
    let (mut all, mut differ) = (0, 0);
    let want = std::env::var("SHOW").ok();
    let step: usize = std::env::var("STEP").ok().and_then(|s| s.parse().ok()).unwrap_or(5);
    let floor: f64 = std::env::var("FLOOR").ok().and_then(|s| s.parse().ok()).unwrap_or(0.99);
    for set in ["fundus", "atf-news", "magic-html", "mozilla-readability", "trafilatura", "wcxb-dev", "goose3", "newspaper4k", "postlight", "snacktory"] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("../shared/corpus/html/{set}.jsonl.zst"));
        let file = zstd::Decoder::new(File::open(path).unwrap()).unwrap();
        let (mut n, mut sum) = (0, Likeness::default());
        let (mut t_fast, mut t_ref) = (0.0, 0.0);
        let mut exact = 0;
        for (i, line) in BufReader::new(file).lines().enumerate() {
            if i % step != 0 { continue }
            let record: serde_json::Value = serde_json::from_str(&line.unwrap()).unwrap();
            let id = record["id"].as_str().unwrap();
            if want.as_ref().is_some_and(|w| !id.contains(w.as_str())) { continue }
            let html = record["html"].as_str().unwrap();
            if want.is_some() { fs::write("/tmp/page.html", html).unwrap(); }
            let t = std::time::Instant::now();
            let a = fast.clean(Page::html(html));
            t_fast += t.elapsed().as_secs_f64();
            let t = std::time::Instant::now();
            let b = reference.clean(Page::html(html));
            t_ref += t.elapsed().as_secs_f64();
            let l = likeness(&a, &b);
            n += 1;
            let (x, y) = (sa.lock().unwrap(), sb.lock().unwrap());
            all += x.len();
            let mut shown = 0;
            let spans = |c: &Cleaned| c.kept().iter().map(|k| (k.text.clone(), k.spans.clone())).collect::<Vec<_>>();
            let (p, q) = (spans(&a), spans(&b));
            if p.len() == q.len() && std::env::var("SPANS").is_ok() { for (p, q) in p.iter().zip(&q) { if p != q { println!("  {id} {p:?} {q:?}"); } } }
            if x.len() == y.len() { for (x, y) in x.iter().zip(y.iter()) { if x.0 == y.0 && x.1 != y.1 { differ += 1; if shown < 3 { shown += 1; println!("  {id} {:.50}\n     {}\n     {}", x.0, x.1, y.1); } } } }
            sum.words += l.words; sum.blocks += l.blocks; sum.roles += l.roles;
            exact += usize::from(l.words == 1.0 && l.blocks == 1.0 && l.roles == 1.0);
            let empty = b.kept().iter().filter(|k| k.span().is_empty()).count();
            if l.blocks < floor || l.words < floor || l.roles < floor || want.is_some() || empty > 5 {
                println!("{id}: words {:.4} blocks {:.4} roles {:.4} n {} empty {}", l.words, l.blocks, l.roles, b.kept().len(), empty);
                show(&a, &b);
            }
        }
        println!("blocks {all} settings differ {differ}");
        let k = n as f64;
        println!("{set}: {n} pages, exact {exact}, words {:.5} blocks {:.5} roles {:.5}, fast {t_fast:.2}s ref {t_ref:.2}s", sum.words / k, sum.blocks / k, sum.roles / k);
    }
}

#[test]
fn quick() {
    let (fast, reference) = (pipeline(Reader::Fast), pipeline(Reader::Reference));
    for html in ["<table><tr><td>y</td></tr>x</table>z", "<p>a<form><div>b</form>c</div>d", "\u{feff}<p>x"] {
        for p in [&fast, &reference] {
            println!("{html:?} {:?}", p.clean(Page::html(html)).kept().iter().map(|k| (k.text.clone(), k.span())).collect::<Vec<_>>());
        }
    }
}
