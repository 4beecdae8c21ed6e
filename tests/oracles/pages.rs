//! Laws that hold for any page, as functions that panic where one is broken: shared by the tests and the fuzz targets.

#![allow(dead_code, reason = "each test and each fuzz target uses some of them")]

use bodycopy::{Cleaned, Cleaner, Kept, Origin, Page, Part, Pipeline, Reader, Span};
use std::cell::RefCell;
use std::sync::LazyLock;

pub static PIPELINE: LazyLock<Pipeline> = LazyLock::new(Pipeline::default);
pub static ALL_PARTS: LazyLock<Pipeline> = LazyLock::new(|| Pipeline::builder().parts(Part::ALL).build().unwrap());
pub static NO_RULES: LazyLock<Pipeline> =
    LazyLock::new(|| Pipeline::builder().only(Vec::<String>::new()).build().unwrap());
static REFERENCE: LazyLock<Pipeline> =
    LazyLock::new(|| Pipeline::builder().only(Vec::<String>::new()).reader(Reader::Reference).build().unwrap());

/// All spans of a result, with whether they are kept, in source order.
pub fn spans(cleaned: &Cleaned) -> Vec<(Span, bool)> {
    let kept = cleaned.kept().iter().flat_map(|k| k.spans.iter().map(|&s| (s, true)));
    let removed = cleaned.removals().iter().map(|r| (r.span, false));
    let mut all: Vec<_> = kept.chain(removed).collect();
    all.sort();
    all
}

pub fn check_spans(cleaned: &Cleaned) {
    let source = cleaned.source();
    let mut last = 0;
    for (span, _) in spans(cleaned) {
        assert!(span.start < span.end, "{span} is empty");
        assert!(span.start >= last, "{span} overlaps what ends at {last}");
        assert!(source.get(span.range()).is_some(), "{span} is not on character boundaries");
        last = span.end;
    }
}

/// Every letter and digit of flattened text is either kept or removed, save the addresses that Markdown puts behind links,
/// which are markup.
pub fn check_text_is_accounted_for(cleaned: &Cleaned) {
    let mut covered = vec![false; cleaned.source().len()];
    for (at, _) in cleaned.source().match_indices("](") {
        let end = at + 2 + length_of_address(&cleaned.source()[at + 2..]);
        covered[at..end].fill(true);
    }
    for (span, _) in spans(cleaned) {
        covered[span.range()].fill(true);
    }
    for (i, ch) in cleaned.source().char_indices().filter(|(_, c)| c.is_alphanumeric()) {
        assert!(covered[i], "{ch:?} at {i} is neither kept nor removed in {:?}", cleaned.source());
    }
}

/// Returns the bytes before the bracket that ends an address in Markdown, which may hold brackets itself: in pairs, escaped,
/// between angle brackets, or in a title.
fn length_of_address(text: &str) -> usize {
    let (mut depth, mut escaped, mut until) = (0, false, None);
    for (i, ch) in text.char_indices() {
        match ch {
            _ if std::mem::take(&mut escaped) => {}
            '\\' if until.is_none() => escaped = true,
            _ if until == Some(ch) => {
                let closes = ch == '>' || text[i + 1..].trim_start().starts_with(')');
                until = until.filter(|_| !closes);
            }
            _ if until.is_some() => {}
            '<' if text[..i].trim().is_empty() => until = Some('>'),
            // A title stands after an address; a quote that comes first begins the address.
            '"' | '\'' if !text[..i].trim().is_empty() && text[..i].ends_with([' ', '\t', '\r', '\n', '>']) => {
                until = Some(ch)
            }
            '(' => depth += 1,
            ')' if depth == 0 => return i,
            ')' => depth -= 1,
            _ => {}
        }
    }
    0
}

/// The text that a page of HTML shows or hides: all blocks, as they come without any rule.
pub fn check_html_is_accounted_for(html: &str) {
    let all = NO_RULES.clean(Page::html(html));
    let cleaned = PIPELINE.clean(Page::html(html));
    let mut covered = vec![false; html.len()];
    for (span, _) in spans(&cleaned) {
        covered[span.range()].fill(true);
    }
    if cleaned.origin() == Origin::Script {
        // What stands between the strings of the article, in the script or the tag, is no text of the page.
        let unseen = || cleaned.kept().iter().filter(|kept| kept.rule == Some("script-body"));
        let hull = unseen().map(Kept::span).reduce(Span::hull).unwrap();
        let (before, after) = (&html[..hull.start as usize], &html[hull.end as usize..]);
        let is_attribute = |kept: &Kept| kept.reason.as_deref().is_some_and(|reason| reason.contains("an attribute"));
        let (start, end) = if unseen().any(is_attribute) {
            tag_around(html, hull)
        } else {
            let tags = ["script", "noscript", "template"];
            let start = tags.iter().filter_map(|tag| before.rfind(&format!("<{tag}"))).max();
            let end = tags.iter().filter_map(|tag| after.find(&format!("</{tag}"))).min();
            (start.unwrap(), end.map_or(html.len(), |end| hull.end as usize + end))
        };
        covered[start..end].fill(true);
    }
    for (span, _) in spans(&all) {
        // What lies between two covered stretches of a block is markup, and shows nothing by itself.
        let mut at = span.start as usize;
        while at < span.end as usize {
            let len = covered[at..span.end as usize].iter().take_while(|&&c| c == covered[at]).count();
            let gap = NO_RULES.clean(Page::html(&html[at..at + len])).text();
            assert!(covered[at] || !gap.contains(char::is_alphanumeric), "{gap:?} at {at} is neither kept nor removed");
            at += len;
        }
    }
}

/// The start tag that has an attribute whose value holds a span.
fn tag_around(html: &str, span: Span) -> (usize, usize) {
    let bytes = html.as_bytes();
    let skip = |mut at: usize, is_such: &dyn Fn(u8) -> bool| {
        while bytes.get(at).is_some_and(|&b| is_such(b)) {
            at += 1;
        }
        at
    };
    let is_space = |b: u8| b.is_ascii_whitespace();
    for (lt, _) in html[..span.start as usize].rmatch_indices('<') {
        let mut at = skip(lt + 1, &|b| !is_space(b) && b != b'/' && b != b'>');
        let mut holds = false;
        loop {
            at = skip(at, &|b| is_space(b) || b == b'/');
            if at >= bytes.len() || bytes[at] == b'>' {
                break;
            }
            at = skip(at + 1, &|b| !is_space(b) && !matches!(b, b'/' | b'>' | b'='));
            let equals = skip(at, &is_space);
            if bytes.get(equals) != Some(&b'=') {
                continue;
            }
            let mut value = skip(equals + 1, &is_space);
            at = match bytes.get(value) {
                Some(&quote @ (b'"' | b'\'')) => {
                    value += 1;
                    skip(value, &|b| b != quote)
                }
                _ => skip(value, &|b| !is_space(b) && b != b'>'),
            };
            holds |= value <= span.start as usize && span.end as usize <= at;
            at += usize::from(bytes.get(at).is_some_and(|b| matches!(b, b'"' | b'\'')));
        }
        if holds {
            return (lt, (at + 1).min(bytes.len()));
        }
    }
    panic!("no tag has an attribute that holds {span}");
}

/// Everything that must hold of a page of HTML.
pub fn check_html(html: &str) {
    for pipeline in [&*PIPELINE, &*ALL_PARTS] {
        let cleaned = pipeline.clean(Page::html(html));
        check_spans(&cleaned);
        check_output_is_safe(&cleaned);
    }
    check_html_is_accounted_for(html);
}

/// Everything that must hold of a flattened page.
pub fn check_text(text: &str) {
    for pipeline in [&*PIPELINE, &*ALL_PARTS, &*NO_RULES] {
        let cleaned = pipeline.clean(Page::text(text));
        check_spans(&cleaned);
        check_text_is_accounted_for(&cleaned);
        check_output_is_safe(&cleaned);
    }
}

/// Characters that set the direction of what stands around them.
pub fn is_bidi(ch: char) -> bool {
    matches!(ch, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Text holds no control characters, and what the page is told to say of itself holds neither those nor line breaks.
pub fn check_output_is_safe(cleaned: &Cleaned) {
    let text = cleaned.text();
    let steers = |ch: char| ch.is_control() && ch != '\n' && ch != '\t';
    assert!(!text.contains(steers), "a control character in {text:?}");
    assert!(!cleaned.markdown().contains(steers), "a control character in {:?}", cleaned.markdown());
    let facts = [cleaned.headline(), cleaned.byline(), cleaned.date(), cleaned.language()];
    for fact in facts.into_iter().flatten() {
        assert!(!fact.contains(|ch: char| ch.is_control() || is_bidi(ch)), "a control character in {fact:?}");
    }
    if !cleaned.source().contains(is_bidi) && !cleaned.source().contains(['&', '\\']) {
        assert!(!text.contains(is_bidi), "a mark of direction that the page has not in {text:?}");
    }
}

thread_local! {
    /// Has cleaned all pages before.
    static CLEANER: RefCell<Cleaner<'static>> = RefCell::new(PIPELINE.cleaner());
}

/// A cleaner that has cleaned other pages gives what a fresh pipeline gives, and one in another thread.
pub fn check_nothing_is_remembered(page: &Page) {
    let seasoned = CLEANER.with_borrow_mut(|cleaner| cleaner.clean(page.clone()).json());
    assert_eq!(seasoned, Pipeline::default().clean(page.clone()).json());
    let elsewhere = std::thread::scope(|scope| scope.spawn(|| PIPELINE.clean(page.clone()).json()).join().unwrap());
    assert_eq!(seasoned, elsewhere);
}

/// Cleaning what was cleaned changes nothing, where all that was left is sentences. What else is left, a lone word or a line
/// that begins with a mark, may look like furniture or like a flattener's markup once the lines around it are gone.
pub fn check_cleaning_again_changes_nothing(text: &str) {
    let once = PIPELINE.clean(Page::text(text)).text();
    let is_sentence = |line: &str| {
        line.split_whitespace().count() >= 5
            && line.starts_with(char::is_alphabetic)
            && line.ends_with(['.', '。'])
            && line.chars().all(|ch| ch.is_alphanumeric() || " .。,;'’“”".contains(ch))
    };
    // What stands between fences is kept as code, and is a line like others without them.
    let has_fence = text.contains("```") || text.contains("~~~");
    if has_fence || !once.lines().filter(|line| !line.is_empty()).all(is_sentence) {
        return;
    }
    let twice = PIPELINE.clean(Page::text(&once)).text();
    assert_eq!(once, twice, "cleaning again changes what came of {text:?}");
}

/// The blocks of a page that has no rule to fear, as either reader sees them.
pub fn check_readers_agree(html: &str) {
    let blocks = |pipeline: &Pipeline| -> Vec<_> {
        let cleaned = pipeline.clean(Page::html(html));
        cleaned.kept().iter().map(|kept| (kept.role, kept.level, kept.text.clone())).collect()
    };
    assert_eq!(blocks(&NO_RULES), blocks(&REFERENCE), "the readers see different blocks in {html:?}");
}

pub const TAGS: &[&str] = &[
    "div",
    "p",
    "span",
    "a href=/x",
    "b",
    "i",
    "ul",
    "li",
    "table",
    "tr",
    "td",
    "h1",
    "h2",
    "article",
    "nav",
    "footer",
    "aside",
    "figure",
    "figcaption",
    "blockquote",
    "button",
    "form",
    "select",
    "option",
    "pre",
    "svg",
    "math",
    "template",
    "script",
    "style",
    "title",
    "noscript",
    "br",
    "img alt=x",
    "div class=share-bar",
    "div class=comments",
    "p hidden",
    "span style=display:none",
    "section id=related",
    "textarea",
    "details",
    "dl",
    "dt",
    "dd",
    "ruby",
    "rt",
    "hr",
    "time",
];

pub const TEXTS: &[&str] = &[
    "The council met on Monday and agreed to close the old bridge for repairs until June.",
    "Share",
    "Facebook",
    "By Ida Moss",
    "페이스북",
    "다리는 월요일에 열렸다고 시가 밝혔다.",
    "橋は月曜日に開通した。",
    "本报讯 大桥周一通车。",
    "أعلن المجلس إغلاق الجسر.",
    "Мост закрыт до июня, сообщил совет.",
    "Die Brücke bleibt bis Juni zu, teilte der Rat mit.",
    "&amp;",
    "&#x41;",
    "&nosuch;",
    " ",
    "\n",
    "© 2024 The Velden Post. All rights reserved.",
    "<",
    "--",
    "12.03.2024",
    "Advertisement",
    "a\u{ad}b\u{200b}c",
    "\u{feff}",
    "…",
    "»",
    "•",
];

/// Scripts and the like that may hold a body, whole and broken.
pub const SCRIPTS: &[&str] = &[
    r#"<script type=application/ld+json>{"@type":"NewsArticle","articleBody":"TEXT"}</script>"#,
    r#"<script type=application/ld+json>{"@type":"Article","articleBody":"TEXT\nTEXT \ud83d\ude00 \u003cp>TEXT<textarea>""#,
    r#"<script>s = {"a":{"@type":"Article","articleBody":["TEXT","<b>TEXT","&lt;p&gt;TEXT"]}};</script>"#,
    r#"<script>s = JSON.parse("{\"articleBody\":\"TEXT\"}")</script>"#,
    "<noscript><p>TEXT</noscript>",
    "<template><div>TEXT</template>",
    r#"<i data-a='{"@type":"Article","title":"Headline","b":{"c":"TEXT","d":"<b>TEXT"}}'>TEXT</i>"#,
];
