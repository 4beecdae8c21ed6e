//! Pages to measure on: the hand-written fixtures made as large as real pages, and hostile shapes of any size.

use std::fmt::Write;
use std::fs;
use std::path::Path;

/// One fixture of so many, more or less, is measured on, which is enough for counts that do not vary. Its name decides, so that a
/// new fixture moves no other in or out.
const SAMPLE: u32 = 4;

/// Fixture pages of HTML, each within the scripts, styles, menus and teasers of a real one.
pub fn news() -> Vec<String> {
    fixtures("html").iter().map(|page| furnished(page)).collect()
}

/// The flattened fixture pages, each among the lines of a real one.
pub fn flattened() -> Vec<String> {
    fixtures("txt").iter().map(|page| among_lines(page)).collect()
}

fn fixtures(extension: &str) -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/pages");
    let mut folders: Vec<_> = fs::read_dir(root).expect("the fixtures are there").flatten().map(|f| f.path()).collect();
    let is_measured = |folder: &Path| {
        let name = folder.file_name().unwrap_or_default().to_string_lossy();
        name.bytes().fold(0u32, |hash, b| hash.wrapping_mul(31).wrapping_add(u32::from(b))) % SAMPLE == 0
    };
    folders.retain(|folder| is_measured(folder));
    folders.sort();
    let pages =
        folders.iter().filter_map(|folder| fs::read_to_string(folder.join("page").with_extension(extension)).ok());
    pages.collect()
}

/// Words of the furniture around a page.
const WORDS: [&str; 24] = [
    "Harbour",
    "council",
    "ferries",
    "Marrowmere",
    "weather",
    "budget",
    "Reed",
    "Islands",
    "football",
    "opinion",
    "video",
    "market",
    "schools",
    "Hallan",
    "police",
    "festival",
    "railway",
    "letters",
    "culture",
    "science",
    "travel",
    "garden",
    "recipes",
    "obituary",
];

fn words(out: &mut String, from: usize, count: usize) {
    for i in 0..count {
        _ = write!(out, "{}{}", if i > 0 { " " } else { "" }, WORDS[(from * 7 + i * 5) % WORDS.len()]);
    }
}

/// Puts a page among what real ones bring: by bytes, half is script and style, a third attributes, a twelfth text.
fn furnished(page: &str) -> String {
    let (mut head, mut menu, mut teasers) = (String::new(), String::new(), String::new());
    for i in 0..12 {
        let rules =
            numbered(3500, |out, j| _ = write!(out, ".grid-{i}-{j} .card__title{{margin:{j}px 0;color:#{j:06x}}}"));
        _ = write!(head, "<style>{rules}</style>");
        let calls = numbered(3500, |out, j| {
            _ = write!(out, "layer.push({{\"slot\":{j},\"if\":a<b&&c>d,\"url\":\"https:\\/\\/ads.example\\/{i}\"}});")
        });
        _ = write!(head, "<script>window.layer=window.layer||[];{calls}</script>");
    }
    for i in 0..40 {
        _ = write!(
            menu,
            "<li id=\"menu-item-{i}\" class=\"menu-item menu-item-type-taxonomy menu-item-{i} flex px-{}\">\n\t<a class=\"menu-link text-sm hover:underline\" data-track=\"nav|{i}\" href=\"https://news.example/section/{i}/\"><span>",
            i % 6
        );
        words(&mut menu, i, 1 + i % 3);
        menu.push_str("</span></a></li>\n");
    }
    for i in 0..24 {
        _ = write!(
            teasers,
            "<div class=\"card card--teaser col-{} js-lazy\" data-id=\"{i}\"><a class=\"card__link\" href=\"/2031/05/{i}/story\"><picture><source srcset=\"/img/{i}-320.webp 320w, /img/{i}-640.webp 640w\" type=\"image/webp\"><img alt=\"\" loading=\"lazy\" src=\"/img/{i}.jpg\" width=\"320\" height=\"180\"></picture>\n<h3 class=\"card__title\">",
            i % 4
        );
        words(&mut teasers, i, 8);
        _ = writeln!(
            teasers,
            "</h3></a><p class=\"card__meta\"><time datetime=\"2031-05-{:02}\">{} May</time> &middot; {} min read</p></div>",
            i % 28 + 1,
            i % 28 + 1,
            i % 9 + 1
        );
    }
    let body = page.find("<body").and_then(|at| page[at..].find('>').map(|gt| at + gt + 1)).unwrap_or(0);
    let end = page.rfind("</body>").unwrap_or(page.len());
    let (before, article, after) = (&page[..body], &page[body..end], &page[end..]);
    format!(
        "{before}<nav class=\"site-nav\"><ul>{menu}</ul></nav>{head}<main>{article}</main><section class=\"more-stories\">{teasers}</section>{after}"
    )
}

fn among_lines(page: &str) -> String {
    let mut out = String::new();
    for i in 0..200 {
        out.push_str("  • ");
        words(&mut out, i, 1 + i % 3);
        out.push('\n');
    }
    out.push('\n');
    out.push_str(page);
    out.push('\n');
    for i in 0..150 {
        words(&mut out, i, 9);
        _ = write!(out, "\n{} May 2031 | {} min read\n\n", i % 28 + 1, i % 9 + 1);
    }
    out
}

/// A hostile page of about so many bytes, by its shape.
pub struct Shape {
    /// What it is; `benches/counts` reads it from the list below.
    #[allow(dead_code, reason = "it names the rows of a table that is made elsewhere")]
    pub name: &'static str,
    /// Whether it is flattened text.
    pub is_text: bool,
    /// Makes it.
    pub page: fn(usize) -> String,
}

macro_rules! shapes {
    ($($name:literal $kind:ident $bytes:ident => $page:expr;)*) => {
        /// All shapes.
        pub const SHAPES: &[Shape] =
            &[$(Shape { name: $name, is_text: shapes!($kind), page: |$bytes| $page }),*];
    };
    (html) => { false };
    (text) => { true };
}

fn repeated(unit: &str, bytes: usize) -> String {
    unit.repeat(bytes / unit.len() + 1)
}

/// Opens an element over and over, with a word in each.
fn nested(tag: &str, bytes: usize) -> String {
    repeated(&format!("<{tag}>w "), bytes)
}

fn numbered(bytes: usize, mut unit: impl FnMut(&mut String, usize)) -> String {
    let mut out = String::with_capacity(bytes + 100);
    let mut i = 0;
    while out.len() < bytes {
        unit(&mut out, i);
        i += 1;
    }
    out
}

const SENTENCE: &str = "The old bridge at Marrowmere will close in May, the council said on Monday. ";

shapes! {
    "nested-div" html bytes => nested("div", bytes);
    "nested-span" html bytes => nested("span", bytes);
    "nested-b" html bytes => nested("b", bytes);
    "nested-a" html bytes => nested("a href=x", bytes);
    "nested-font" html bytes => nested("font color=red", bytes);
    "nested-ul" html bytes => nested("ul><li", bytes);
    "nested-table" html bytes => nested("table><tr><td", bytes);
    "nested-svg" html bytes => nested("svg><desc", bytes);
    "misnested-inline" html bytes => repeated("<b><i><u><a href=x></b></i>word<p></a></u>", bytes);
    "a-div" html bytes => repeated("<a href=x><div>word", bytes);
    "stray-end-tags" html bytes => repeated("</span></b></p></table></div>", bytes);
    "attributes" html bytes => format!("<p{}>{SENTENCE}", numbered(bytes, |out, i| _ = write!(out, " a{i}=b")));
    "attributes-equal" html bytes => format!("<p{}>{SENTENCE}", repeated(" class=share", bytes));
    "attribute-value" html bytes => format!("<div class=\"{}\"><p>{SENTENCE}</div>", repeated("share-bar ", bytes));
    "attribute-unclosed" html bytes => repeated("<a href=\"", bytes);
    "one-text" html bytes => format!("<p>{}", repeated(SENTENCE, bytes));
    "one-word" html bytes => format!("<p>{}", repeated("x", bytes));
    "unclosed-p" html bytes => repeated("<p>word", bytes);
    "p-button-div" html bytes => format!("<p><button>{}", repeated("<div>w", bytes));
    "comments" html bytes => repeated("<!-- x --><p>w</p>", bytes);
    "comments-unclosed" html bytes => repeated("<!-- - -- ", bytes);
    "script-ends" html bytes => format!("<script>{}", repeated("<!--<script></script ", bytes));
    "script-closes-itself" html bytes => repeated("<script/>word <style/>word <p>", bytes);
    "cdata" html bytes => repeated("<svg><![CDATA[x", bytes);
    "entities" html bytes => format!("<p>{}", repeated("&amp;&lt;&copy;&#x41;&notanentity;", bytes));
    "tables" html bytes => repeated("<table><tr><td>cell</td><td>cell</td></tr></table>", bytes);
    "classes" html bytes => numbered(bytes, |out, i| _ = write!(out, "<p class=\"c{i:x} share-{i:x}\">word {i}</p>"));
    "selectors" html bytes => repeated("<a rel=tag class=author itemprop=author><time datetime=x>w</time></a>", bytes);
    "identical-lines" html bytes => repeated("<p>Follow us on every channel</p>", bytes);
    "captions" html bytes => repeated("<figure><img><figcaption>The old bridge at Marrowmere, seen from the quay. Photo: Ida Moss</figcaption></figure>", bytes);
    "paragraphs" html bytes => numbered(bytes, |out, i| _ = writeln!(out, "<p>Paragraph {i}. {SENTENCE}</p>"));
    "headings" html bytes => numbered(bytes, |out, i| _ = write!(out, "<h2>Part {i} of the story</h2><p>By Ida Moss</p>"));
    "json-deep" html bytes => format!("<script type=application/ld+json>{}</script>", repeated("{\"a\":[", bytes));
    "json-articles" html bytes => format!("<script type=application/ld+json>[{}{{}}]</script>", repeated("{\"@type\":\"NewsArticle\",\"articleBody\":\"Short text.\"},", bytes));
    "state" html bytes => format!("<script id=__NEXT_DATA__ type=application/json>{{\"props\":[{}{{}}]}}</script>", repeated("{\"text\":\"A sentence of the story, told again.\"},", bytes));
    "times" html bytes => repeated("<time class=published datetime=2031-05-03>3 May 2031</time> ", bytes);
    "metas" html bytes => repeated("<meta name=author content='Ida Moss'><meta property=og:title content='A bridge'>", bytes);
    "entity-bomb" html bytes => format!("<!doctype html [<!entity a 'aaaa'><!entity b '&a;&a;'>]><p>{}", repeated("&b;&CounterClockwiseContourIntegral;&#1114111;", bytes));
    "nested-inline" html bytes => repeated("<b><i><u><em><strong><font color=x><span><a href=x>w ", bytes);
    "posts" html bytes => format!("<blockquote>{}", numbered(bytes, |out, i| _ = write!(out, "<p>Word {i} <p>— Ida Moss (@idamoss) May 3, 2031")));
    "poll-answers" html bytes => format!("<p>{SENTENCE}{}", repeated("<p class=poll>It is 40%</p>", bytes));
    "templates" html bytes => format!("{}<p>{}", repeated("<template>", bytes / 8), repeated(SENTENCE, bytes));
    "list-heads" html bytes => format!("<p>{SENTENCE}{}", repeated("<p>Related articles</p><p>Bridge to close</p>", bytes));
    "headline-class" html bytes => format!("<h1 class=\"{}\">Bridge</h1>{}", repeated("x ", bytes), repeated("<h2 class=x>w</h2>", bytes));
    "topics" html bytes => format!("<p class=\"hentry {}\">{SENTENCE}", repeated("tag-x ", bytes));
    "script-states" html bytes => format!("<script>{}{}</script>", "{\"title\":\"x\",\"c\":[0,".repeat(16), repeated("\"\",", bytes));
    "colspan" html bytes => format!("<table>{}", repeated("<tr><td colspan=2147483647 rowspan=65535>cell", bytes));
    "zero-bytes" html bytes => repeated("<p>\0w\0o\0rd\0</p>\0", bytes);
    "script-strings" html bytes => repeated("<script>s = \"</script\" + '<!-- <script> </script ' ;</script>w ", bytes);
    "unterminated" html bytes => repeated("<p title='<!-- <script><style><textarea><title><svg><![CDATA[ &#x <a b=\"", bytes);
    "zero-width" html bytes => format!("<p>{}", repeated("w\u{200b}o\u{2060}r\u{ad}d\u{feff} ", bytes));
    "homoglyphs" html bytes => repeated("<p>Ѕһаrе Fоllоw uѕ оn еvеrу сhаnnеl", bytes);
    "right-to-left" html bytes => repeated("<p>\u{202e}drow \u{2067}أعلن المجلس\u{2069} \u{202c}", bytes);
    "marks" html bytes => format!("<p>a{}", repeated("\u{301}\u{327}", bytes));
    "long-names" html bytes => numbered(bytes, |out, i| _ = write!(out, "<x-{i:0200}>w</x-{i:0200}>"));
    "pages" html bytes => repeated(&furnished(&fixtures("html")[0]), bytes);
    "text-empty-lines" text bytes => repeated("\n", bytes);
    "text-one-line" text bytes => repeated(SENTENCE, bytes);
    "text-one-word" text bytes => repeated("x", bytes);
    "text-identical-lines" text bytes => repeated("Follow us on every channel\n", bytes);
    "text-captions" text bytes => repeated("The old bridge at Marrowmere, seen from the quay. Photo: Ida Moss\n\n", bytes);
    "text-wrapped" text bytes => repeated("The old bridge at Marrowmere will close in May, the council said on Monday, and\nso will the ferries to the Reed Islands until the weather lets them go out to sea\n", bytes);
    "text-bullets" text bytes => numbered(bytes, |out, i| _ = writeln!(out, "{}• item {i}", " ".repeat(i % 40)));
    "text-links" text bytes => repeated("[a](b) [[[[ ![x](y) ](z ", bytes);
    "text-quotes" text bytes => repeated("> > > > said\n", bytes);
    "text-tables" text bytes => repeated("| a | b | c |\n|---|---|---|\n", bytes);
    "text-zero-width" text bytes => repeated("w\u{200b}o\u{2060}r\u{ad}d\u{feff} \u{202e}x\u{202c}\n", bytes);
    "text-controls" text bytes => repeated("\u{1b}[31mword\u{7}\0\u{9b}2J\n", bytes);
    "text-marks" text bytes => repeated("a\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}", bytes);
    "text-mojibake" text bytes => repeated("Ã¢â‚¬â„¢ word Ã©\n", bytes);
    "text-readers" text bytes => format!("{SENTENCE}\n\nComments\n\n{}", numbered(bytes, |out, i| _ = writeln!(out, "reader{i} May 3, 2031 at 1:12 pm\n\nIt is a fine bridge.\n")));
    "text-writers" text bytes => format!("{SENTENCE}\n\n{}", numbered(bytes, |out, i| _ = writeln!(out, "Ida Moss is a writer in town {i}.\n")));
    "text-capitals" text bytes => format!("{} 10:15 2031", repeated("A", bytes));
    "text-pages" text bytes => repeated(&among_lines(&fixtures("txt")[0]), bytes);
}
