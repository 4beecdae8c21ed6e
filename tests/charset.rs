//! Bytes come out as text whatever they are in: named by the server, by the page, or by nobody.

use bodycopy::{Page, Pipeline};
use encoding_rs::*;

const TEXTS: &[(&Encoding, &str)] = &[
    (
        EUC_KR,
        "벨덴의 낡은 다리는 오월에 문을 닫는다고 시가 월요일에 밝혔다. 전차는 밤에만 다리를 건넌다고 시장이 말했다.",
    ),
    (SHIFT_JIS, "ベルデンの古い橋は五月に閉鎖されると市は月曜日に発表した。電車は夜間だけ橋を渡ると市長は述べた。"),
    (GB18030, "韦尔登的老桥将于五月关闭维修，市政府星期一宣布。市长说，电车只在夜间过桥，其余时间请乘坐渡轮。"),
    (BIG5, "韋爾登的老橋將於五月關閉維修，市政府星期一宣布。市長說，電車只在夜間過橋，其餘時間請搭渡輪。"),
    (
        WINDOWS_1251,
        "Старый мост закроют в мае на ремонт, сообщил в понедельник городской совет. Трамваи будут ходить только ночью.",
    ),
    (
        KOI8_R,
        "Старый мост закроют в мае на ремонт, сообщил в понедельник городской совет. Трамваи будут ходить только ночью.",
    ),
    (
        WINDOWS_1252,
        "Die alte Brücke wird im Mai für Arbeiten gesperrt, sagte der Bürgermeister. Straßenbahnen fahren nur nachts darüber.",
    ),
    (
        WINDOWS_1256,
        "أعلن المجلس يوم الاثنين إغلاق الجسر القديم في مايو للإصلاح. وقال رئيس البلدية إن الترام سيعبر ليلا فقط.",
    ),
    (
        UTF_8,
        "Le vieux pont fermera en mai, a annoncé la ville lundi. Les trams passeront encore la nuit, a précisé le maire.",
    ),
];

fn page(text: &str, head: &str) -> String {
    format!("<html><head>{head}<title>x</title></head><body><p>{text}</p><p>{text} 2</p></body></html>")
}

fn gives(bytes: &[u8], charset: Option<&str>, text: &str) -> bool {
    let pipeline = Pipeline::builder().only(Vec::<String>::new()).build().unwrap();
    let cleaned = pipeline.clean(Page::html_bytes(bytes, charset));
    cleaned.kept().iter().all(|kept| cleaned.source().get(kept.span().range()).is_some())
        && cleaned.text().starts_with(text)
}

#[test]
fn a_declared_charset_is_believed() {
    for (encoding, text) in TEXTS {
        let bytes = encoding.encode(&page(text, "")).0.into_owned();
        assert!(gives(&bytes, Some(encoding.name()), text), "{}", encoding.name());
    }
}

#[test]
fn a_meta_tag_is_believed() {
    for (encoding, text) in TEXTS {
        for head in [
            format!("<meta charset={}>", encoding.name()),
            format!("<meta http-equiv='Content-Type' content='text/html; charset={}'>", encoding.name()),
        ] {
            let bytes = encoding.encode(&page(text, &head)).0.into_owned();
            assert!(gives(&bytes, None, text), "{}", encoding.name());
        }
    }
}

#[test]
fn utf_8_is_told_whatever_is_declared() {
    for (_, text) in TEXTS {
        for (stale, _) in TEXTS {
            let name = stale.name();
            assert!(gives(page(text, "").as_bytes(), Some(name), text), "{name}");
            assert!(gives(page(text, &format!("<meta charset={name}>")).as_bytes(), None, text), "{name}");
            assert!(
                gives(&[page(text, "").as_bytes(), "é".as_bytes().split_at(1).0].concat(), Some(name), text),
                "cut"
            );
        }
    }
}

#[test]
fn bytes_that_nobody_names_are_guessed() {
    for (encoding, text) in TEXTS {
        let bytes = encoding.encode(&page(text, "")).0.into_owned();
        assert!(gives(&bytes, None, text), "{}", encoding.name());
    }
}

#[test]
fn utf_16_is_read_with_and_without_a_mark() {
    for (_, text) in TEXTS {
        let page = page(text, "");
        let units = || page.encode_utf16();
        let little: Vec<u8> = units().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = units().flat_map(u16::to_be_bytes).collect();
        for (mark, bytes) in [(&[0xff, 0xfe][..], &little), (&[0xfe, 0xff], &big), (&[], &little), (&[], &big)] {
            assert!(gives(&[mark, bytes].concat(), None, text), "{mark:?} {text}");
        }
    }
}

#[test]
fn flattened_text_in_utf_16_is_read_without_a_mark() {
    for (_, text) in TEXTS {
        let lines = format!("{text}\n{text} 2\n");
        for bytes in [
            lines.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>(),
            lines.encode_utf16().flat_map(u16::to_be_bytes).collect(),
        ] {
            assert_eq!(Page::text_bytes(&bytes, None).source(), lines);
        }
    }
}

#[test]
fn spans_are_of_the_bytes_behind_a_mark_of_utf_8() {
    let pipeline = Pipeline::builder().only(Vec::<String>::new()).build().unwrap();
    for (_, text) in TEXTS {
        let html = ["\u{feff}", &page(text, "")].concat();
        let lines = format!("\u{feff}{text}\n\n{text}");
        let pages = [Page::html_bytes(html.as_bytes(), None), Page::text_bytes(lines.as_bytes(), None)];
        for (page, bytes) in pages.into_iter().zip([&html, &lines]) {
            let cleaned = pipeline.clean(page);
            let kept = &cleaned.kept()[0];
            assert_eq!((kept.text.as_str(), &bytes[kept.span().range()]), (*text, *text));
        }
    }
}

/// Its bytes are ASCII, so that UTF-8 beyond ASCII cannot be it.
#[test]
fn a_page_that_says_it_is_in_iso_2022_jp_may_be_utf_8() {
    let (_, text) = TEXTS[1];
    assert!(gives(page(text, "<meta charset=iso-2022-jp>").as_bytes(), None, text));
}

#[test]
fn utf_8_with_a_byte_missing_is_told_though_nobody_names_it() {
    let pipeline = Pipeline::builder().only(Vec::<String>::new()).build().unwrap();
    for (_, text) in TEXTS {
        let whole = page(&text.repeat(20), "");
        for at in (200..whole.len() - 200).step_by(97) {
            let bytes = [&whole.as_bytes()[..at], &whole.as_bytes()[at + 1..]].concat();
            let cleaned = pipeline.clean(Page::html_bytes(&bytes, None));
            let known = text.split(' ').next_back().unwrap_or(text);
            assert!(cleaned.text().contains(known), "{at}: {known}");
        }
    }
}
