//! HTML as browsers read it, as triples: what it is about, the page, and its blocks.
//!
//! Blocks are written `kind:text`, without a kind for loose text, parted by ` | `; `!` before a block means that it is
//! hidden, `*` that it is wholly bold, `^` that letters of it are linked. Both readers must agree with the table.

use super::read_reference;
use crate::document::{BlockKind, Document, Item, Setting};
use crate::limits::{Limit, Limits};

fn read<'a>(source: &'a str, limits: &'a Limits) -> (Document<'a>, Option<Limit>) {
    super::read(source, limits, Document::empty())
}

fn blocks(doc: &Document) -> String {
    let one = |block: &crate::Block| {
        let kind = match block.kind {
            BlockKind::Loose => "",
            BlockKind::Paragraph => "p:",
            BlockKind::Heading => "h:",
            BlockKind::ListItem => "li:",
            BlockKind::Quote => "quote:",
            BlockKind::Caption => "cap:",
            BlockKind::TableRow => "row:",
            BlockKind::Preformatted => "pre:",
            BlockKind::Control => "ctl:",
        };
        let mark = |on: bool, mark: &'static str| if on { mark } else { "" };
        let hidden = mark(block.is(Setting::HIDDEN) || block.is(Setting::ARIA_HIDDEN), "!");
        let bold = mark(block.is(Setting::BOLD), "*");
        let linked = mark(block.measure.link_letters > 0, "^");
        format!("{hidden}{bold}{linked}{kind}{}", doc.text(block))
    };
    doc.blocks().iter().map(one).collect::<Vec<_>>().join(" | ")
}

fn check(table: &[(&str, &str, &str)]) {
    let limits = Limits::default();
    let mut faults = Vec::new();
    for &(about, html, expect) in table {
        for (reader, (doc, _)) in [("fast", read(html, &limits)), ("reference", read_reference(html, &limits))] {
            let found = blocks(&doc);
            if found != expect {
                faults.push(format!("{about}, {reader}: {html:?}\n  found    {found:?}\n  expected {expect:?}"));
            }
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn character_references() {
    check(&[
        ("named", "<p>Fish &amp; chips &lt;b&gt; &copy; &NotEqualTilde;", "p:Fish & chips <b> © ≂̸"),
        ("without semicolon", "<p>AT&ampT &notit; &notin; &copy2", "p:AT&T ¬it; ∉ ©2"),
        ("unknown", "<p>R&D, &nosuch; & &; &#; &#x;", "p:R&D, &nosuch; & &; &#; &#x;"),
        ("numeric", "<p>&#8217;&#x1F600;&#65 &#x42g", "p:’😀A Bg"),
        ("numeric, of Windows-1252", "<p>&#147;x&#148; &#150; &#128;", "p:“x” – €"),
        (
            "numeric, not a character",
            "<p>a&#0;b&#xD800;c&#x110000;d&#99999999999;",
            "p:a\u{fffd}b\u{fffd}c\u{fffd}d\u{fffd}",
        ),
        ("numeric, not shown", "<p>a&#1;b&#173;c&#8203;d", "p:abcd"),
        ("white space", "<p>a&nbsp;b&#160;&#32;c&#10;d&Tab;e", "p:a b c d e"),
        ("white space alone", "<p>&nbsp;</p><p>&#8203;</p>x", "x"),
        ("split by a tag", "<p>&am<b></b>p;", "p:&amp;"),
        ("in attributes", "<p style='display&#58;none'>x<p style='display&colon;none'>y", "!p:x | !p:y"),
        ("in a title shown as text", "<p>&lt;script&gt;x&lt;/script&gt;", "p:<script>x</script>"),
    ]);
}

#[test]
fn raw_text() {
    check(&[
        ("script", "a<script>if (x < y && '</b>') { '<p>' }</script>b", "ab"),
        ("script with a comment", "a<script><!-- <p>x</p> //--></script>b", "ab"),
        ("script in a script's comment", "a<script><!-- <script>x</script> y --></script>b", "ab"),
        ("script in a script's open comment", "a<script><!-- <script>x</script> y</script>b", "ab"),
        ("script's comment left open", "a<script><!-- x</script>b", "ab"),
        ("script's comment closed at once", "a<script><!--><script></script>b", "ab"),
        ("script's comment with a longer name", "a<script><!--<scripting></script>b", "ab"),
        ("script left open", "a<script>b<p>c", "a"),
        ("script end with attributes", "a<script>x</script foo='>'>b", "ab"),
        ("script end in capitals", "a<SCRIPT>x</ScRiPt\n>b", "ab"),
        ("script end that is none", "a<script>x</scripts></script >b", "ab"),
        ("self-closing script", "a<script/>b</script>c", "ac"),
        ("style", "a<style>p > b { content: '</p><p>' }</style>b", "ab"),
        ("textarea", "a<textarea>\nx &amp; <b>y</b></textarea>b", "a | ctl:x & <b>y</b> | b"),
        ("title in the body", "a<title>x<b></title>b", "ab"),
        ("noscript", "a<noscript><p>x</p><img src=y></noscript>b", "ab"),
        ("noscript in the head", "<head><noscript><p>x</noscript></head><body>b", "b"),
        ("iframe", "a<iframe><p>x</p></iframe>b", "ab"),
        ("xmp", "a<xmp><b>x</b> &amp;</xmp>b", "a | pre:<b>x</b> &amp; | b"),
        ("plaintext", "a<plaintext><b>x</b></plaintext>&amp;", "a | pre:<b>x</b></plaintext>&amp;"),
        ("noembed, noframes", "a<noembed><p>x</noembed><noframes><p>y</noframes>b", "ab"),
    ]);
}

#[test]
fn raw_text_that_closes_itself() {
    let limits = Limits::default();
    // Browsers, and the reference reader, find no end to it.
    for (html, expect) in [
        ("a<script src=x />b<script/>c<style/>d<p>e", "abcd | p:e"),
        ("a<style/>b<script/>c</script>d<script/>e", "abde"),
        ("\u{feff} <?xml version='1.0'?>a<script/>b<script>c</script>d<title/>e", "abde"),
    ] {
        assert_eq!(blocks(&read(html, &limits).0), expect, "{html}");
    }
}

#[test]
fn comments() {
    check(&[
        ("comment", "a<!-- <p>x --> b", "a b"),
        ("in a word", "a<!-- x -->b", "ab"),
        ("closed at once", "a<!-->b<!--->c", "abc"),
        ("closed with a bang", "a<!-- x --!>b", "ab"),
        ("bang that closes nothing", "a<!--!>b-->c<!---!>d-->e<!----!>f", "acef"),
        ("dashes within", "a<!-- x -- y - > z --->b", "ab"),
        ("nested", "a<!-- <!-- x --> b -->", "a b -->"),
        ("conditional", "a<!--[if IE]><p>x</p><![endif]-->b<![if !IE]>c<![endif]>d", "abcd"),
        ("bogus", "a<!x>b</ x>c<?php echo '>' ?>d</>e<!>f", "abc' ?>def"),
        ("left open", "a<!-- <p>b", "a"),
        ("CDATA outside SVG", "a<![CDATA[x]]>b", "ab"),
        ("CDATA in MathML", "a<math><mtext>b</mtext><![CDATA[<c>]]></math>d", "ab<c>d"),
        ("CDATA in SVG", "a<svg><text><![CDATA[</svg>x]]></text></svg>b", "ab"),
        ("CDATA after SVG", "<svg></svg><![CDATA[x]]>b", "b"),
        ("doctype late", "a<!doctype html>b", "ab"),
    ]);
}

#[test]
fn tags_and_attributes() {
    check(&[
        ("capitals", "<DIV>a<P HIDDEN>b</P></DIV>", "a | !p:b"),
        ("unquoted", "<a href=/x/>a</a><p hidden=>b<p class=x/y hidden>c", "^a | !p:b | !p:c"),
        ("unquoted with a quote", "<p title=a\"b hidden>c", "!p:c"),
        ("quoted, no space between", "<p title=\"a>b\"hidden>c", "!p:c"),
        ("duplicate", "<p style='color:red' style='display:none'>a<p hidden=until-found hidden>b", "p:a | p:b"),
        ("equals sign first", "<p =hidden>a<p hidden =x>b", "p:a | !p:b"),
        ("slashes", "<p/hidden/>a<br/>b<br / >c", "!p:a\nb\nc"),
        ("self-closing that closes nothing", "<div/>a<p/>b</p>c", "a | p:b | c"),
        ("less-than in text", "<p>1 < 2 <3 << <- </p>", "p:1 < 2 <3 << <-"),
        ("less-than at the end", "<p>a<", "p:a<"),
        ("end mark at the end", "<p>a</", "p:a</"),
        ("end of page in a tag", "<p>a<b", "p:a"),
        ("end of page in an attribute", "<p>a<b title='x>y", "p:a"),
        ("end of page in an end tag", "<p>a</p", "p:a"),
        ("end tag with attributes", "<p>a</p title='>'>b", "p:a | b"),
        ("custom elements", "<x-card>a<x-title>b</x-title></x-card>c", "abc"),
        ("custom element around blocks", "<x-card><p>a</p></x-card>b", "p:a | b"),
        ("image", "a<image src=x>b", "ab"),
        ("NUL", "<p>a\0b</p>", "p:ab"),
        ("line ends", "<p>a\r\nb\rc</p><pre>d\r\ne\rf&#13;\ng</pre>", "p:a b c | pre:d\ne\nf\ng"),
        ("byte order mark", "\u{feff}<html><head><title>x</title></head><p>a", "p:a"),
        ("control characters", "<p>a\u{1}b\u{7f}c\u{c}d", "p:abc d"),
    ]);
}

#[test]
fn implied_and_stray_tags() {
    check(&[
        ("paragraphs", "<p>a<p>b<div>c</div>d", "p:a | p:b | c | d"),
        ("paragraph closed by a list", "<p>a<ul><li>b</ul>c</p>d", "p:a | li:b | c | d"),
        ("stray end of paragraph", "a</p>b", "a | b"),
        ("stray end of paragraph before the body", "</p><html><head></head><body hidden>a", "!a"),
        ("stray line break", "a</br>b", "a\nb"),
        ("stray ends", "a</div>b</span>c</li>d</td>e</table>f</script>g", "abcdefg"),
        ("items", "<ul><li>a<li>b<ul><li>c</ul>d<li>e</ul>", "li:a | li:b | li:c | li:d | li:e"),
        ("item in a block", "<ul><li><div>a<li>b</ul>", "li:a | li:b"),
        ("definitions", "<dl><dt>a<dd>b<dd>c<dt>d</dl>", "li:a | li:b | li:c | li:d"),
        ("options", "<select><option>a<option>b<optgroup label=x><option>c</select>d", "ctl:a | ctl:b | ctl:c | d"),
        ("options outside select", "<option>a<option>b", "ctl:a | ctl:b"),
        ("select in select", "<select><option>a<select><option>b</select>c", "ctl:a | ctl:bc"),
        ("input in select", "<select><option>a<input>b", "ctl:a | b"),
        ("block in select", "<select><option>a<div>b</div><option>c</select>d", "ctl:a | ctl:b | ctl:c | d"),
        ("heading in heading", "<h1>a<h2>b</h1>c", "h:a | h:b | c"),
        ("end of another heading", "<h1>a</h2>b", "h:a | b"),
        ("head elements in the body", "a<meta name=x><link href=y>b<base>c", "abc"),
        ("text after the body", "<body>a</body>b</html>c", "abc"),
        ("second body", "a<body hidden>b", "!ab"),
        ("second html", "<html><body>a<html hidden>b", "!ab"),
        ("end in an inner block", "<div>a<span>b</div>c</span>d", "ab | cd"),
        ("end reaches through inline", "<ul><li><span>a</li><li>b</ul>", "li:a | li:b"),
        ("form ends before its block", "<blockquote><form><div>a</form>b</div>c</blockquote>d", "ab | quote:c | d"),
        ("form in form", "<form>a<form>b</form>c</form>d", "ab | cd"),
        ("button in button", "<button>a<button>b</button>c", "ctl:a | ctl:b | c"),
        ("paragraph in button", "<p>a<button><p>b</button>c</p>d", "p:a | ctl:b | p:c | d"),
        ("breaking out of SVG", "<svg><g><p>a</p></g></svg>b", "p:a | b"),
        ("font in SVG", "<svg><font>a</font></svg>b<svg><font color=red>c</svg>d", "bcd"),
        ("self-closing SVG", "<svg/>a<math/>b", "ab"),
        ("HTML in SVG", "<svg><foreignObject><p>a</p></foreignObject></svg>b", "b"),
        ("end of a block around SVG", "<div><svg><g></div>a", "a"),
    ]);
}

#[test]
fn formatting() {
    check(&[
        ("paragraph in bold", "<b><p>x</b>y</p>z", "p:xy | z"),
        ("one word", "앞<b>굵</b>게 <i>a</i><b>b</b>", "앞굵게 ab"),
        ("bold over paragraphs", "<p><b>a<p>b</b><p>c", "*p:a | *p:b | p:c"),
        ("link over blocks", "<a href=x><div>a</div><div>b</div></a>c", "^a | ^b | c"),
        ("link left open", "<div><a href=x>a</div><div>b</div>", "^a | ^b"),
        ("link in link", "<a href=x>a<a href=y>b</a>c", "^abc"),
        ("link ends in a block", "<a href=x><div>a</a>b</div><p>c", "^ab | p:c"),
        ("crossed", "<p><b>a<i>b</b>c</i>d", "p:abcd"),
        ("crossed, over paragraphs", "<p><b><i>a</b><p>b</i><p>c", "*p:a | p:b | p:c"),
        ("not ended in cells", "<b><table><tr><td>a<p>b</b>c</table>", "*row:a | *p:bc"),
        ("not out of cells", "<table><tr><td><b>a</table>b", "*row:a | b"),
        ("powers", "<p>10<sup>6</sup> and 10<sup>-3</sup>, 1<sup>−9</sup>", "p:10^6 and 10^-3, 1^−9"),
        (
            "no powers",
            "<p>m<sup>2</sup> 1<sup>st</sup> in 19<sup><a href=x>2</a></sup> 1 <sup>2</sup>",
            "^p:m2 1st in 192 1 2",
        ),
        ("old and new", "<p><del>a</del><ins>b</ins> <s>c</s>d<ins>e</ins><strike>f</strike><i>g</i>", "p:a b cde fg"),
        ("many equal ones", "<p><b><b><b><b><b>a<p>b</b></b></b>c", "*p:a | p:bc"),
        ("end of what is not open", "<p><b>a</p></b><p>b", "*p:a | p:b"),
    ]);
}

#[test]
fn tables() {
    check(&[
        ("row", "<table><tr><td>a<td>b<tr><th>c<td>d</table>", "row:a\tb | row:c\td"),
        ("implied row", "<table><td>a<td>b</table>c", "row:a\tb | c"),
        (
            "groups",
            "<table><caption>x<thead><tr><th>a<tbody><tr><td>b<tfoot><tr><td>c</table>",
            "cap:x | row:a | row:b | row:c",
        ),
        ("columns", "<table><colgroup><col><col></colgroup><tr><td>a</table>", "row:a"),
        ("nested", "<table><tr><td>a<table><tr><td>b</table>c<td>d</table>e", "row:a | row:b | row:c | row:d | e"),
        ("blocks in a cell", "<table><tr><td><p>a<p>b<td>c</table>d", "p:a | p:b | row:c | d"),
        ("stray cells", "<div>a<td>b<tr>c</div>d", "abc | d"),
        ("cell ends", "<table><tr><td>a</td></tr></td></table>b", "row:a | b"),
        ("end of the block around", "<div><table><tr><td>a</div>b</table>c", "row:ab | c"),
        ("table in a table", "<table><tr><table><tr><td>a</table>b", "row:a | b"),
        ("paragraph before, by the standard", "<!doctype html><p>a<table><tr><td>b</table>c", "p:a | row:b | c"),
        ("paragraph around, as of old", "<p>a<table><tr><td>b</table>c", "p:a | row:b | p:c"),
        (
            "paragraph around, by an old doctype",
            "<!DOCTYPE HTML PUBLIC \"-//W3C//DTD HTML 4.01 Transitional//EN\"><p>a<table><tr><td>b</table>c",
            "p:a | row:b | p:c",
        ),
        (
            "paragraph before, by an old doctype with an address",
            "<!DOCTYPE HTML PUBLIC \"-//W3C//DTD HTML 4.01 Transitional//EN\" \"http://www.w3.org/TR/html4/loose.dtd\">\
             <p>a<table><tr><td>b</table>c",
            "p:a | row:b | c",
        ),
    ]);
}

#[test]
fn items_know_their_list() {
    for (html, expect) in [
        ("<ul><li>a<li>b</ul><ul><li>c</ul>", "-1 a | -2 b | -1 c"),
        ("<ol start=3><li>a<li>b<ol><li>c</ol><li>d</ol>", "3. a | 4. b | 1. c | 5. d"),
        ("<ol start=no><li>a</ol><ol start=-2><li>b</ol>", "1. a | 1. b"),
        ("<ol start=70000><li>a</ol><ol start=65535><li>b<li>c</ol>", "1. a | 65535. b | 65535. c"),
        ("<ol><li><p>a<p>b<ul><li>c</ul><p>d</ol>", "1. a | +1. b | -1 c | +1. d"),
        ("<ul><li><div></div><p>a<li><h3>b</h3>c</ul>", "-1 a | b | -2 c"),
        ("<dl><dt>a<dd>b</dl><li>c", "-1 a | -2 b | -1 c"),
    ] {
        let limits = Limits::default();
        for (doc, _) in [read(html, &limits), read_reference(html, &limits)] {
            let one = |block: &crate::Block| {
                let Item { number, is_numbered, continues } = block.item;
                let mark = match is_numbered {
                    _ if block.kind != BlockKind::ListItem => String::new(),
                    true => format!("{number}. "),
                    false => format!("-{number} "),
                };
                format!("{}{mark}{}", if continues { "+" } else { "" }, doc.text(block))
            };
            assert_eq!(doc.blocks().iter().map(one).collect::<Vec<_>>().join(" | "), expect, "{html}");
        }
    }
}

#[test]
fn templates_and_hidden_content() {
    check(&[
        ("template", "a<template><p>x</p></template>b", "ab"),
        ("template in the head", "<head><template><p>x</p>y</template><title>t</title></head><body>a", "a"),
        ("template's cells", "a<template><tr><td>x</td></tr></template>b", "ab"),
        ("template left open", "a<template><div>x</div>", "a"),
        ("shadow root", "<x-card><template shadowrootmode=open><p>a</p></template>b</x-card>", "p:a | b"),
        (
            "hidden",
            "<p hidden>a</p><div style='display: none'>b<p>c</div><p aria-hidden=true>d",
            "!p:a | !b | !p:c | !p:d",
        ),
        ("details", "<details><summary>a</summary>b</details>c", "a | b | c"),
        ("ruby", "<ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp>字<rt>ji</ruby>です", "漢字です"),
        ("ruby without ends", "<ruby>漢<rt>kan<rp>)</ruby>x", "漢x"),
        ("button", "a <button>b</button> c", "a | ctl:b | c"),
        ("dialog", "<dialog>a</dialog><dialog open>b</dialog>", "!a | b"),
        ("video and canvas", "a<video>x</video><canvas>y</canvas><object>z</object>b", "ab"),
    ]);
}

#[test]
fn white_space() {
    check(&[
        ("joined", "<p> a\n b<span> c</span><span>d</span> </p>", "p:a b cd"),
        ("between inline elements", "<b>a</b> <i>b</i>\n<u>c</u>", "a b c"),
        ("line break", "<p>a<br>b<br/>c", "p:a\nb\nc"),
        ("run of line breaks", "<p>a<br><br>b<br> <br>c<br><br><br>d", "p:a | p:b | p:c | p:d"),
        ("line breaks at the ends", "<p><br>a<br></p>b", "p:a | b"),
        ("pre", "<pre>\n a\n  b\n</pre>", "pre: a\n  b"),
        ("pre with empty lines first", "<pre>\n\n \n a</pre>", "pre: a"),
        ("pre with markup", "<pre><b>a</b>\n<i>b</i> &lt;c&gt;</pre>", "pre:a\nb <c>"),
        ("pre with references", "<pre>a&nbsp;b\u{ad}&amp;c\u{200b}d</pre>", "pre:a\u{a0}b&cd"),
        (
            "white-space",
            "<p style='white-space: pre'>a\n  b</p><p style='white-space:pre-line'>a\n  b",
            "p:a\n  b | p:a b",
        ),
        ("wbr", "<p>ab<wbr>cd", "p:abcd"),
        ("images part nothing", "<p>a<img src=x>b", "p:ab"),
        ("rule", "a<hr>b", "a | b"),
    ]);
}

#[test]
fn limits_hold_in_both_readers() {
    let deep = "<div>".repeat(50) + "a<b>b</b><script>c</script><p>d";
    let (fast, reference) = (Limits::default().with_depth(8), Limits::default().with_depth(8));
    for (doc, hit) in [read(&deep, &fast), read_reference(&deep, &reference)] {
        assert_eq!(hit, Some(Limit::Depth));
        assert_eq!(doc.blocks().iter().map(|b| doc.text(b)).collect::<Vec<_>>().join(""), "abd");
    }
    let wide = "<p>a".repeat(50);
    let limits = Limits::default().with_nodes(20);
    for (doc, hit) in [read(&wide, &limits), read_reference(&wide, &limits)] {
        assert_eq!(hit, Some(Limit::Nodes));
        assert!((6..=10).contains(&doc.blocks().len()));
    }
    let many = format!("<p {}>a", (0..50).map(|i| format!("a{i}=x ")).collect::<String>());
    let limits = Limits::default().with_attributes(20);
    for (doc, hit) in [read(&many, &limits), read_reference(&many, &limits)] {
        assert_eq!((hit, blocks(&doc).as_str()), (Some(Limit::Attributes), "p:a"));
    }
    let limits = Limits::default().with_blocks(20);
    for (doc, hit) in [read(&wide, &limits), read_reference(&wide, &limits)] {
        assert_eq!((hit, doc.blocks().len()), (Some(Limit::Blocks), 20));
    }
}

#[test]
fn texts_of_the_reference_tree_know_their_place() {
    let html = "<p>a &amp; b<b> c</b></p>\n<table><tr><td>y</td></tr>x</table><pre>z</pre>";
    let limits = Limits::default();
    let (doc, _) = read_reference(html, &limits);
    let places = doc.blocks().iter().map(|b| (doc.text(b), &html[b.span.range()])).collect::<Vec<_>>();
    assert_eq!(places, [("a & b c", "a &amp; b<b> c"), ("x", ""), ("y", "y"), ("z", "z")]);
    assert!(doc.blocks().windows(2).all(|w| w[0].span.end <= w[1].span.start));
}

#[test]
fn no_limit_is_too_low() {
    for depth in 0..4 {
        for html in
            ["<p>a<b>b</b>", "<table><tr><td>a", "<svg><p>a", "a<script>b</script>", "<template><div>a</template>b"]
        {
            let limits = Limits { depth, nodes: depth, attributes: depth, blocks: depth, ..Limits::default() };
            assert!(read(html, &limits).0.blocks.len() <= depth.max(1), "{html}");
        }
    }
}
