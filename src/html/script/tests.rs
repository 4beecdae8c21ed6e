use super::{Article, Place, article};
use crate::document::Document;
use crate::limits::Limits;

const BODY: &str = "The old bridge will close in May, the town said on Monday. It was built in 1912, and has been repaired four \
                    times since the war, most lately after the flood, when two of its piers gave way. The new one, which \
                    stands a little further down the river, opens in June. Until then a ferry will carry walkers and riders \
                    across, from six in the morning until eight at night, for nothing. Traders on the quay are not pleased. \
                    The council will vote next week on whether to waive their rents for as long as the work goes on.";
const OTHER: &str = "The lighthouse will be lit again in June, forty years after the last keeper left it. Volunteers have spent \
                     three summers taking the lens apart, cleaning each prism with vinegar, and putting it together again by \
                     the light of old photographs. Nobody alive had ever seen it turn, so they asked the fishermen how fast it \
                     should go, and they quarrelled about it for a week. The lamp will be a small one. Ships find their way by \
                     satellite, and the tower may be lit only on the condition that nobody should mistake it for a mark.";

fn page(body: &str) -> String {
    let body = body.replace("BODY", BODY).replace("OTHER", OTHER);
    format!("<title>Old bridge to close in May | The Velden Post</title><body>{body}</body>")
}

fn find<T>(html: &str, then: impl FnOnce(&Document, Option<Article>) -> T) -> T {
    let limits = Limits::default();
    let (document, _) = crate::html::read(html, &limits, Document::empty());
    let shown: Vec<usize> = (0..document.blocks.len()).filter(|&i| document.blocks[i].is_prose(10)).collect();
    let found = article(&document, &shown, false);
    then(&document, found)
}

/// The article's HTML, each paragraph a line.
fn lines(html: &str) -> Option<String> {
    find(html, |_, found| found.map(|article| article.html.text().replace("<p>", "\n").trim().to_owned()))
}

#[test]
fn articles_are_found_in_scripts() {
    for (name, html) in [
        ("schema", r#"<script type=application/ld+json>{"@type":"NewsArticle","articleBody":"BODY"}</script>"#),
        (
            "schema by title",
            r#"<script type=application/ld+json>{"name":"Old bridge to close in May","articleBody":"BODY"}</script>"#,
        ),
        (
            "schema in a graph",
            r#"<script type=application/ld+json>{"@graph":[{"@type":"WebSite","description":"OTHER"},{"@type":["Thing","Article"],"articleBody":["BODY"]}]}</script>"#,
        ),
        (
            "next",
            r#"<script id=__NEXT_DATA__ type=application/json>{"props":{"a":{"title":"Old bridge to close in May","body":"BODY"}}}</script>"#,
        ),
        (
            "redux",
            r#"<script>window.x = 1; window.__INITIAL_STATE__={"a":{"title":"Old bridge to close in May","b":{"c":"BODY"}}};</script>"#,
        ),
        (
            "nuxt",
            r#"<script>window.__NUXT__=(function(a,b){return {data:[{post:{title:"Old bridge to close in May",text:"BODY",id:a}}]}}(1,2))</script>"#,
        ),
        (
            "a string",
            r#"<script>window.s = JSON.parse("{\"a\":{\"title\":\"Old bridge to close in May\",\"body\":\"BODY\"}}");</script>"#,
        ),
        (
            "an attribute of quotes",
            r#"<script>window.s='{"a":{"title":"Old bridge to close in May","body":"BODY"}}'</script>"#,
        ),
        (
            "a string in a state",
            r#"<script type=application/json>{"cache":{"q":"{\"title\":\"Old bridge to close in May\",\"body\":\"BODY\"}"}}</script>"#,
        ),
        (
            "flight",
            r#"<script>self.f.push([1,"3:[\"$\",\"x\",null,{\"title\":\"Old bridge to close in May\",\"body\":\"BODY\"}]\n"])</script>"#,
        ),
        (
            "an attribute",
            r#"<div data-props='{"article":{"title":"Old bridge to close in May","body":"BODY"}}'></div>"#,
        ),
        (
            "an attribute with references",
            r#"<div data-props="{&quot;title&quot;:&quot;Old bridge to close in May&quot;,&quot;body&quot;:&quot;BODY&quot;}"></div>"#,
        ),
        (
            "after code",
            r#"<script>var a={b:function(){return[1,"x"]}};w.S={"title":"Old bridge to close in May","body":"BODY"}</script>"#,
        ),
        (
            "not the related one",
            r#"<script type=application/json>{"title":"Old bridge to close in May","body":"BODY","more":[{"title":"Lit again","url":"/l","body":"OTHER OTHER"}]}</script>"#,
        ),
        (
            "by its text",
            r#"<p>The old bridge will close in May, the town said on Monday.</p><script type=application/json>{"a":{"text":"OTHER OTHER"},"b":{"text":"BODY"}}</script>"#,
        ),
    ] {
        assert_eq!(lines(&page(html)).as_deref(), Some(BODY), "{name}");
    }
}

#[test]
fn other_strings_are_no_article() {
    for (name, html) in [
        ("no script", "<p>The bridge closes.</p>"),
        (
            "another article's state",
            r#"<script type=application/json>{"title":"Lighthouse to be lit","body":"OTHER"}</script>"#,
        ),
        (
            "a comment",
            r#"<script type=application/json>{"title":"Old bridge to close in May","comments":[{"text":"BODY"}]}</script>"#,
        ),
        (
            "too short",
            r#"<script type=application/ld+json>{"@type":"Article","articleBody":"It will close in May."}</script>"#,
        ),
        ("a summary", r#"<script type=application/ld+json>{"@type":"Article","description":"BODY"}</script>"#),
        ("code", r#"<script>var t="Old bridge to close in May";function f(){return {a:1,b:[2]}}</script>"#),
        (
            "what the page shows",
            r#"<p>BODY</p><script type=application/ld+json>{"@type":"Article","articleBody":"BODY"}</script>"#,
        ),
        (
            "a template script",
            r#"<script type=text/x-template>{"title":"Old bridge to close in May","body":"BODY"}</script>"#,
        ),
        ("another file", "<script src=/a.js></script>"),
        ("broken off", r#"<script type=application/json>{"title":"Old bridge to close in May","body":"The old"#),
    ] {
        assert_eq!(lines(&page(html)), None, "{name}");
    }
}

#[test]
fn paragraphs_are_parted() {
    let (one, two) = (&BODY[..58], &BODY[59..]);
    for (name, json) in [
        ("lines", format!("\"{one}\\n\\n{two}\"")),
        ("an array", format!("[\"{one}\",\"{two}\"]")),
        ("objects", format!("[{{\"text\":\"{one}\"}},{{\"text\":\"{two}\"}}]")),
        ("copies", format!("[\"{one}\",\"{two}\",\"{two}\"]")),
        (
            "rich text",
            format!(
                r#"[{{"type":"p","children":[{{"type":"text","text":"{}"}},{{"type":"link","children":[{{"type":"text","text":"{}"}}]}}]}},{{"type":"p","children":[{{"type":"text","text":"{two}"}}]}}]"#,
                &one[..14],
                &one[14..],
            ),
        ),
    ] {
        let html = page(&format!(
            "<script type=application/json>{{\"title\":\"Old bridge to close in May\",\"body\":{json}}}</script>"
        ));
        let found = lines(&html).unwrap();
        let found: Vec<&str> = found.lines().filter(|line| !line.is_empty()).collect();
        assert_eq!(found, [one, two], "{name}");
    }
}

#[test]
fn markup_in_strings_is_kept_as_markup() {
    for body in ["<p>BODY</p>", r"\u003cp\u003eBODY\u003c\/p\u003e", "&lt;p&gt;BODY&lt;/p&gt;"] {
        let html =
            page(&format!(r#"<script type=application/ld+json>{{"@type":"Article","articleBody":"{body}"}}</script>"#));
        find(&html, |document, found| {
            let found = found.unwrap();
            assert_eq!(found.html.text(), format!("<p><p>{BODY}</p>"));
            let at = found.html.text().find("The old").unwrap() as u32;
            let span = found.html.source_of(crate::Span::new(at, at + BODY.len() as u32));
            assert_eq!(&document.source[span.range()], BODY);
        });
    }
}

#[test]
fn elements_for_readers_without_scripts_are_looked_at() {
    for html in ["<noscript><p>BODY</p></noscript>", "<template><p>BODY</p></template>"] {
        find(&page(html), |_, found| {
            let found = found.unwrap();
            assert_eq!(found.place, Place::Unseen);
            assert!(found.html.text().contains(BODY));
        });
    }
}
