//! Each writer's conventions in small, and what becomes of them.

use super::*;
use crate::document::{BlockKind, Document, Setting};
use crate::span::Span;

fn read<'a>(source: &'a str, limits: &Limits) -> (Document<'a>, Option<Limit>) {
    super::read(source, limits, None, Document::empty())
}

/// Checks what holds of every document that text is read into.
pub(super) fn check(doc: &Document) {
    let source = doc.source();
    let mut at = 0;
    let mut text_at = 0;
    for block in doc.blocks() {
        let pieces = doc.pieces_of(block);
        assert!(!doc.text(block).trim().is_empty());
        assert!(block.text.start >= text_at);
        text_at = block.text.end;
        let mut offset = block.text.start;
        for piece in pieces {
            assert!(piece.span.start >= at && piece.span.end > piece.span.start, "pieces in order");
            at = piece.span.end;
            assert!(source.is_char_boundary(piece.span.start as usize) && source.is_char_boundary(at as usize));
            assert!(piece.text >= offset && piece.text <= block.text.end, "text in order");
            assert!(doc.text.is_char_boundary(piece.text as usize));
            offset = piece.text;
        }
        assert_eq!(block.span, Span::new(pieces[0].span.start, pieces[pieces.len() - 1].span.end), "hull");
    }
}

/// Checks that every letter and digit of a page without Markdown is in some piece.
pub(super) fn check_whole(doc: &Document) {
    let mut pieces = doc.pieces.iter().map(|p| p.span).peekable();
    for (i, ch) in doc.source().char_indices() {
        while pieces.next_if(|p| p.end as usize <= i).is_some() {}
        let is_in = pieces.peek().is_some_and(|p| p.start as usize <= i);
        assert!(is_in || !ch.is_alphanumeric(), "{ch:?} at {i} of {:?} is in no piece", doc.source());
    }
}

/// The blocks as lines: what they are, in short, and their text; link parts stand in `‹›`.
fn show(source: &str) -> Vec<String> {
    let (doc, _) = read(source, &Limits::default());
    check(&doc);
    let show = |block: &crate::Block| {
        let kind = match block.kind {
            BlockKind::Paragraph => String::new(),
            BlockKind::Heading => format!("h{} ", block.level),
            BlockKind::ListItem => format!("li{} ", block.level),
            BlockKind::Quote => "quote ".into(),
            BlockKind::TableRow => "row ".into(),
            BlockKind::Control => "control ".into(),
            BlockKind::Preformatted => "code ".into(),
            other => format!("{other:?} "),
        };
        let mut text = String::new();
        for i in block.pieces.0..block.pieces.1 {
            let piece = doc.pieces[i as usize];
            let end = if i + 1 < block.pieces.1 { doc.pieces[i as usize + 1].text } else { block.text.end };
            let part = &doc.text[piece.text as usize..end as usize];
            let kept = part.trim_end();
            text += &if piece.linked { format!("‹{kept}›{}", &part[kept.len()..]) } else { part.to_owned() };
        }
        let bold = if block.is(Setting::BOLD) { "bold " } else { "" };
        let italic = if block.is(Setting::ITALIC) { "italic " } else { "" };
        format!("{kind}{bold}{italic}{text}")
    };
    doc.blocks().iter().map(show).collect()
}

#[test]
fn wet_has_a_block_a_line() {
    let source = "Home\nPolitics\nThe old bridge will close in May, the town said.\nIt was built in 1931.\r\n|\nShare";
    assert_eq!(
        show(source),
        ["Home", "Politics", "The old bridge will close in May, the town said.", "It was built in 1931.", "Share"]
    );
}

#[test]
fn what_was_cut_at_links_is_joined() {
    let source = "Home\nSport\nBridge to close\nby\nIda Moss\nIn the end all of the\nold bridge\nwill close in May, or so said\nthe town\n, \
                  which\nIda Moss\n(\nThe Post\n)\nhad asked.\nIt was built in\n1931\n.\neBay sells a model of it.\nShare";
    assert_eq!(
        show(source),
        [
            "Home",
            "Sport",
            "Bridge to close",
            "by",
            "Ida Moss",
            "In the end all of the old bridge will close in May, or so said the town, which Ida Moss (The Post) had asked.",
            "It was built in 1931.",
            "eBay sells a model of it.",
            "Share"
        ]
    );
    let (doc, _) = read(source, &Limits::default());
    check_whole(&doc);
    let korean = "다리는 오월에\n벨덴시\n가 닫는다.\n전차는 밤에 다닌다.";
    assert_eq!(show(korean).len(), 4, "nothing shows that it was cut");
}

#[test]
fn resiliparse_marks_lists_with_indented_bullets_and_numbers() {
    let source = "ⓕ font-size\n\n  • -2\n  • +1\n    • Deeper\n\n  1. First\n  2. Second\n\n1. FC Köln gewinnt.\n\n•\n";
    assert_eq!(
        show(source),
        ["ⓕ font-size", "li1 -2", "li1 +1", "li2 Deeper", "li1 First", "li1 Second", "1. FC Köln gewinnt."]
    );
    let (doc, _) = read(source, &Limits::default());
    check_whole(&doc);
    assert!(doc.blocks()[1].is(Setting::SPACED) && !doc.blocks()[2].is(Setting::SPACED));
    assert_eq!(&source[doc.blocks()[4].span.range()], "1. First");
}

#[test]
fn items_know_their_number() {
    let source = "  2. Two\n  3. Three\n    • Deep\n    • Deeper\n\nThe bridge closes.\n\n  • One\n  • Two\n";
    let (doc, _) = read(source, &Limits::default());
    let items = doc.blocks().iter().map(|block| (block.item.number, block.item.is_numbered)).collect::<Vec<_>>();
    assert_eq!(items, [(2, true), (3, true), (1, false), (2, false), (0, false), (1, false), (2, false)]);
}

#[test]
fn inscriptis_sets_columns_and_bullets() {
    let source = "  Latest      News\n    * Abo\n      + Politik\n    * Sport\n    The bridge closes in May.";
    assert_eq!(show(source), ["Latest News", "li1 Abo", "li2 Politik", "li1 Sport", "The bridge closes in May."]);
}

#[test]
fn html2text_writes_markdown() {
    let source = "\
# Bridge to close

  * [Home](/)
    * [Politics](/politics \"All of politics\")

[ ![An old bridge over a river](/b.jpg) Old bridge ](/bridge)

By **Anna Berg** \\- May 2

The [old bridge](https://a.b/c_(d)) will *not* reopen.

> It is \"too old\", she said.

**Read more**

_Editing by B._

Town | People
---|---
[Aa](/a|b) | 1\\.200

* * *

[](/empty)
";
    assert_eq!(
        show(source),
        [
            "h1 Bridge to close",
            "li1 ‹Home›",
            "li2 ‹Politics›",
            "‹An old bridge over a river›",
            "‹Old bridge›",
            "By Anna Berg - May 2",
            "The ‹old bridge› will not reopen.",
            "quote It is \"too old\", she said.",
            "bold Read more",
            "italic Editing by B.",
            "row Town\tPeople",
            "row ‹Aa›\t1.200",
        ]
    );
}

#[test]
fn lists_in_markdown_keep_their_depth() {
    let head = "# Bridge\n\n**See** [all](https://example.com/x).\n\n";
    let source = format!(
        "{head}- one\n  - deep\n    1. deeper\n       - deepest\n    2. deeper\n- two\n\nText.\n\n- alone\n\nText.\n"
    );
    assert_eq!(
        show(&source)[2..],
        ["li1 one", "li2 deep", "li3 deeper", "li4 deepest", "li3 deeper", "li1 two", "Text.", "li1 alone", "Text."]
    );
}

#[test]
fn code_in_markdown_is_a_block() {
    let head = "# Bridge\n\n**See** [all](https://example.com/x).\n\n";
    for (source, blocks) in [
        (
            "Text:\n\n```python\n\n  if a:\n    b = *c*[d](/e)\n\n- # f\n```\n\n- g\n",
            &["Text:", "code   if a:\n    b = *c*[d](/e)\n\n- # f", "li1 g"][..],
        ),
        ("~~~~\n```\n**a\n~~~\n~~~~~\nb", &["code ```\n**a\n~~~", "b"]),
        ("```\na\n````b\nc", &["bold italic ```", "a", "````b", "c"]),
        ("```a``` b\nc\n```\n```\n", &["```a``` b", "c"]),
    ] {
        assert_eq!(&show(&format!("{head}{source}"))[2..], blocks, "{source}");
    }
}

#[test]
fn lynx_wraps_lines_and_marks_what_is_not_text() {
    let source = "\
   IFRAME: https://a.b/c

   [logo.png]
     * Abo
          + Politik
   (BUTTON) Menu

Bridge to close

   The old bridge over the river will close in May for two years, the town
   said on Monday. It was built in 1931 and is used by some 12,000 cars on
   weekdays.
   Photo: A. Berg

     * A list item that is long enough to be wrapped at the right margin of
       the page goes on under its text.
     * Another

   The mayor said that nobody had expected this, and that the Schiller-
   platz would be closed as well while the work lasts, that is to say until
   the end of the year.
   Search ____________________ Go
";
    assert_eq!(
        show(source),
        [
            "control IFRAME: https://a.b/c",
            "‹[logo.png]›",
            "li1 Abo",
            "li2 Politik",
            "control Menu",
            "h2 Bridge to close",
            "The old bridge over the river will close in May for two years, the town said on Monday. It was built in \
             1931 and is used by some 12,000 cars on weekdays.",
            "Photo: A. Berg",
            "li1 A list item that is long enough to be wrapped at the right margin of the page goes on under its text.",
            "li1 Another",
            "The mayor said that nobody had expected this, and that the Schiller-platz would be closed as well while the work lasts, that is to say until the end of the year.",
            "control Search ____________________ Go",
        ]
    );
    check_whole(&read(source, &Limits::default()).0);
}

#[test]
fn copies_in_a_wrapped_paragraph_are_blocks() {
    let bridge = |caption: &str| {
        format!(
            "   The old bridge over the river will close in May for two years, the town
   said on Monday. It was built in 1931 and is used by some 12,000 cars on
   weekdays.

{caption}
   The mayor said that nobody had expected this, and that the Schiller-
   platz would be closed as well while the work lasts, that is to say until
   the end of the year.
"
        )
    };
    for (caption, blocks) in [
        (
            "   Ships wait for the lock at Aune in May. Ships wait for the lock at Aune
   in May.A. Berg
",
            &["Ships wait for the lock at Aune in May.", "Ships wait for the lock at Aune in May.A. Berg"][..],
        ),
        (
            "   Ships wait for the lock at Aune in May. Ships wait for the lock at Aune
   in May. Ships wait for the lock at Aune in May. Nobody had told the
   skippers that the lock would be closed until the end of the summer.
",
            &[
                "Ships wait for the lock at Aune in May.",
                "Ships wait for the lock at Aune in May.",
                "Ships wait for the lock at Aune in May.",
                "Nobody had told the skippers that the lock would be closed until the end of the summer.",
            ],
        ),
        (
            "   Ships wait for the lock at Aune in May. Ships wait for the lock at Velden
   in June.
",
            &["Ships wait for the lock at Aune in May. Ships wait for the lock at Velden in June."],
        ),
        (
            "   [ships-at-the-lock-of-aune.jpeg?crop=0,0,1200,800&width=1200&quality=8\n   0]
",
            &["‹[ships-at-the-lock-of-aune.jpeg?crop=0,0,1200,800&width=1200&quality=8 0]›"],
        ),
    ] {
        let source = bridge(caption);
        let found = show(&source);
        assert_eq!(&found[1..found.len() - 1], blocks);
        check_whole(&read(&source, &Limits::default()).0);
    }
}

#[test]
fn lynx_numbers_its_links() {
    let source = "\
   [1]Home [2]All news
     * [3]Sport

   The bridge will be closed, as [4]Berg wrote in the morning paper of the town today.

References

   Visible links:
   1. https://a.b/
   2. https://a.b/news
";
    assert_eq!(
        show(source),
        [
            "‹Home› ‹All news›",
            "li1 ‹Sport›",
            "The bridge will be closed, as ‹Berg› wrote in the morning paper of the town today.",
            "References",
            "Visible links:",
            "li1 ‹https://a.b/›",
            "li1 ‹https://a.b/news›",
        ]
    );
    check_whole(&read(source, &Limits::default()).0);
}

#[test]
fn w3m_wraps_at_the_margin_and_counts_two_columns_for_hangul() {
    let source = "\
[logo.gif] 달빛신문

• 정치
• 사회

오래된 다리가 5월부터 이 년 동안 폐쇄된다고 시가 월요일에 밝혔다. 이 다리는 1931
년에 세워졌으며 평일에는 하루 만이천 대의 차량이 지나간다고 시는 덧붙였다. 시장
은 아무도 이를 예상하지 못했다고 말했다.

공사가 끝날 때까지 광장도 폐쇄된다. 시의회는 다음 주에 다리의 앞날을 두고 회의를
연다.
";
    let blocks = show(source);
    assert_eq!(blocks.len(), 5, "{blocks:#?}");
    assert_eq!(blocks[4], "공사가 끝날 때까지 광장도 폐쇄된다. 시의회는 다음 주에 다리의 앞날을 두고 회의를 연다.");
}

#[test]
fn beautiful_soup_leaves_the_lines_of_the_source() {
    // One paragraph was wrapped in the HTML; the page as a whole is not wrapped.
    let source = "\n\n\nThe Town Paper\n\n Home \n\nMenu\n\n
The old bridge over the river will close in May for two years, the town said on Monday, and nobody had expected it to.

        The mayor said that nobody had expected this, and that the
        square would be closed as well while the work lasts, that is
        to say until the end of the year. The council will meet next
        week.

The council will talk about the future of the bridge next week, and about the money that all of this is going to cost.
It was built in 1931 and is used by some 12,000 cars on weekdays, as the town counted in a survey four years ago.
";
    let blocks = show(source);
    assert_eq!(blocks.len(), 7, "{blocks:#?}");
    assert!(blocks[4].ends_with("The council will meet next week."));
}

#[test]
fn wrapped_markdown_is_joined_across_links() {
    let source = "\
# Bridge to close

The [old bridge over the river](https://www.example.org/news/the-old-
bridge-over-the-river) will close in May for two years, the [town
council](/council \"The council\") said on Monday. It is used by **some
12,000 cars** on weekdays, as the [town](/town) counted.

  * Nobody had expected this, the mayor said, and the square would be
closed as well while the work lasts.
";
    assert_eq!(
        show(source),
        [
            "h1 Bridge to close",
            "The ‹old bridge over the river› will close in May for two years, the ‹town› ‹council› said on Monday. It is \
             used by some 12,000 cars on weekdays, as the ‹town› counted.",
            "li1 Nobody had expected this, the mayor said, and the square would be closed as well while the work lasts.",
        ]
    );
}

#[test]
fn unwrapped_lines_are_never_joined() {
    // Headlines of like length, one a line.
    let source = "Mayor opens the new bridge over the river\nTown council votes on the budget in May\n\
                  Three injured in accident on the A 7 motorway\nWhy the swimming pool stays closed this summer\n\
                  School holidays start on Friday this year\nFootball: second defeat in a row for Town FC";
    assert_eq!(show(source).len(), 6);
}

#[test]
fn wrapped_text_is_joined_in_any_script() {
    // Korean breaks at spaces, Chinese and Japanese anywhere: nothing goes between.
    let korean = "\
오래된 다리가 5월부터 이 년 동안 폐쇄된다고 시가 월요일에 밝혔다. 이
다리는 1931년에 세워졌으며 평일에는 하루 만이천 대의 차량이 지나간다고
시는 덧붙였다. 시장은 아무도 이를 예상하지 못했으며 공사가 끝날 때까지
광장도 폐쇄된다고 말했다.
끝.
";
    assert_eq!(show(korean).len(), 2, "{:#?}", show(korean));
    assert!(show(korean)[0].contains("밝혔다. 이 다리는"));
    let chinese = "\
市政府周一表示，这座横跨河流的老桥将于五月起关闭两年。该桥建于一九三一年
，工作日每天约有一万二千辆汽车通过。市长说，没有人预料到这一点，并表示在
施工期间广场也将关闭，直至年底为止。市议会将于下周开会讨论这座老桥今后的
命运。
完。
";
    assert_eq!(show(chinese).len(), 2, "{:#?}", show(chinese));
    assert!(show(chinese)[0].contains("并表示在施工期间"));
    let japanese = "　市は月曜日、川にかかる古い橋を五月から二年間閉鎖すると発表した。橋は一九
三一年に建てられ、平日には約一万二千台の車が通る。市長は、だれもこれを予想
していなかったと述べ、工事が終わるまで広場も閉鎖されると語った。市議会は来
週、古い橋の今後について話し合う。
　以上。
";
    assert_eq!(show(japanese).len(), 2, "{:#?}", show(japanese));
    assert!(show(japanese)[0].contains("一九三一年"));
    let arabic = "\
أعلنت المدينة يوم الاثنين أن الجسر القديم فوق النهر سيغلق في شهر مايو
لمدة عامين. بني الجسر عام 1931 ويعبره نحو اثني عشر ألف سيارة في أيام
العمل. وقال رئيس البلدية إن أحدا لم يتوقع ذلك وإن الساحة ستغلق أيضا
حتى نهاية العام.
انتهى.
";
    assert_eq!(show(arabic).len(), 2, "{:#?}", show(arabic));
    let german = "\
Die alte Brücke über den Fluß wird im Mai für zwei Jahre geschlossen, wie
die Stadt am Montag mitteilte. Sie wurde 1931 gebaut und wird an Werktagen
von rund 12.000 Autos befahren. Der Bürgermeister sagte, niemand habe das
erwartet.
Ende.
";
    assert_eq!(show(german).len(), 2, "{:#?}", show(german));
}

/// A page in Markdown that ends in the head of a table.
const MARKDOWN: &str = "# Bridge\n\n**See** [all](https://example.com/x).\n\n- one\n- two\n\n| a | b |\n|---|---|\n";

#[test]
fn the_last_cell_of_a_long_row_may_end_in_a_link() {
    let row = format!("{MARKDOWN}|{} last [of all](https://example.com/c-\nd-e)", " a cell |".repeat(100));
    assert!(show(&row).iter().any(|line| line.contains("last")), "{:#?}", show(&row));
}

#[test]
fn limits_cut_the_page() {
    let (doc, hit) = read("a\nb\nc", &Limits::default().with_blocks(2));
    assert_eq!((doc.blocks().len(), hit), (2, Some(Limit::Blocks)));
    let row = format!("{MARKDOWN}|{}", " a cell |".repeat(100));
    let (doc, hit) = read(&row, &Limits::default().with_blocks(9));
    assert_eq!((doc.blocks().len(), hit), (9, Some(Limit::Blocks)), "cells of a row");
    let (doc, hit) = read("aé", &Limits::default().with_bytes(2));
    assert_eq!((doc.text_at(0), hit), ("a", Some(Limit::Bytes)));
}

/// Pieces of every convention, put together at random: nothing panics, and no letter is lost.
#[test]
fn any_text_can_be_read() {
    const PARTS: &[&str] = &[
        "\n",
        "\n\n",
        "\r\n",
        "\x0c",
        " ",
        "   ",
        "\t",
        "\u{a0}",
        "\u{200b}",
        "\u{ad}\n",
        "\u{3000}",
        "word",
        "Über",
        "文字",
        "한국",
        "عربي",
        "e\u{301}",
        "👩‍👧",
        ".",
        "。",
        "-",
        "-\n",
        "* ",
        "• ",
        "  3. ",
        "o ",
        "# ",
        "#",
        "> ",
        "|",
        "---|---\n",
        "* * *",
        "[",
        "![",
        "](",
        ")",
        "](/a)",
        "](/a \"t\")",
        "[12]",
        "[a.jpg]",
        "(BUTTON)",
        "IFRAME:",
        "____________",
        "https://a.b/c-",
        "*",
        "**",
        "_",
        "\\",
        "\\*",
        "`",
        "```\n",
        "\n~~~~\n",
        "the old bridge over the river will close in May for two years,\n",
        "The old bridge over the river [3]will close. The old bridge over the river\n[3]will close.",
        "[a.jpg?b=c\n   d]",
    ];
    let mut state = 0x2545_f491_4f6c_dd1du64;
    let mut random = |n: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 33) as usize % n
    };
    for round in 0..20_000 {
        let mut source = if round % 2 == 0 { String::new() } else { "[a](/b) [c](/d) [e](/f)\n".to_owned() };
        for _ in 0..random(40) {
            source.push_str(PARTS[random(PARTS.len())]);
        }
        let (doc, _) = read(&source, &Limits::default());
        check(&doc);
        let lines = super::lines::cut(&source, &Limits::default()).0;
        if !markdown::is_markdown(&source, &lines) {
            check_whole(&doc);
        }
    }
}
