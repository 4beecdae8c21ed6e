//! Strips lists of tags.
//!
//! # What it strips
//!
//! Elements whose class or id names tags; lines that start with a label such as “Tags:”; such a label by itself with
//! the short lines and links under it; and lines made of hashtags.
//!
//! # Why it is boilerplate
//!
//! Tags file the article; they are links to other pages.
//!
//! # What it must keep
//!
//! Lists in the article, and a heading such as “Topics” between two paragraphs.

use super::prelude::*;
use super::site_footer::{is_between_prose, is_phrase};
use once_cell::sync::Lazy;
use regex::Regex;

/// The rule `tag-list`.
pub(super) struct TagList;

static META: Meta = Meta::new("tag-list", Category::Navigation, "Lists of tags and topics")
    .selector("[rel~=tag]")
    .names(&[
        "tags", "tag-list", "taglist", "tag-links", "tags-links", "post-tags", "article-tags", "entry-tags", "story-tags",
        "tag-cloud", "tagcloud", "keywords", "article-keywords", "topics", "topic-list", "article-topics", "cat-links",
        "post-categories", "hashtag", "hashtags", "schlagworte", "schlagwoerter", "stichworte", "etiquetas", "mots-cles",
        "tagi", "etiketler", "filed-under", "related-topics", "tag-box", "tag-group", "tag-wrap",
    ])
    .phrases(include_str!("data/tag_list.txt"))
    .examples(&[
        Example::Text("The bridge opened on Monday, two years late.\n\n⟦Tags: Velden, bridges, trams⟧"),
        Example::Text("Die Brücke ist seit Montag offen, sagt die Stadt.\n\n⟦Schlagwörter⟧\n\n⟦Velden⟧\n\n⟦Brücken⟧"),
        Example::Text("다리는 월요일에 열렸다고 시가 밝혔다.\n\n⟦#벨덴 #다리 #전차⟧"),
        Example::Html("<p>The bridge opened on Monday.</p><ul class=tag-list>⟦<li><a href=1>Velden</a><li><a href=2>Bridges</a>⟧</ul>"),
        Example::Text("The council met on Monday to decide on the bridge, on the mill and on the trams of the town.\n\nTopics\n\nThe council spoke for an hour of the bridge, and then for four of the mill, a spokesman said."),
        Example::Html("<p>She tags birds on the river.</p><p>The hashtag #bridge was used by ten people on Monday.</p>"),
    ]);

/// A label, a colon and short items parted by commas or bars; or nothing but hashtags.
static LABELLED: Lazy<Regex> = Lazy::new(|| {
    Regex::new(concat!(
        r"^(?i:tags?|topics|keywords?|filed under|tagged|related topics|schlagw(?:ö|oe)rter|schlagworte|stichw(?:ö|oe)rter|themen|",
        r"mots[- ]cl(?:é|e)s|th(?:è|e)mes|etiquetas|temas|palabras clave|palavras[- ]chave|marcadores|tópicos|argomenti|parole chiave|",
        r"trefwoorden|onderwerpen|tagi|słowa kluczowe|теги|метки|ключевые слова|темы|etiketler|anahtar kelimeler|الوسوم|وسوم|",
        r"كلمات (?:مفتاحية|دلالية)|キーワード|関連キーワード|関連タグ|タグ|태그|키워드|관련키워드|해시태그|标签|关键词|標籤|關鍵字|टैग|topik terkait|kata kunci)",
        r"\s*[:：]\s*\S|^(?:[#＃][\p{L}\p{M}\p{N}_·]+[\s,]*){2,}$|^[#＃][\p{L}\p{M}\p{N}_]{2,}$",
    ))
    .expect("a constant pattern")
});

/// Words of the longest line of tags, and of the longest tag under a label.
const MOST_WORDS: u32 = 60;
const TAG_WORDS: u32 = 5;
/// Most tags under a label.
const MOST_TAGS: usize = 24;

impl Rule for TagList {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, doc: &Document, out: &mut Findings) {
        let blocks = doc.blocks();
        for hit in doc.hits(&META) {
            let is_inside = is_phrase(hit) && is_between_prose(doc, hit.blocks.start);
            if is_inside || hit.holds_body {
                continue;
            }
            out.strip_hit(doc, hit);
            let kind = blocks.get(hit.blocks.end).map(|block| block.kind);
            for i in (hit.blocks.end..blocks.len()).take(if is_phrase(hit) { MOST_TAGS } else { 0 }) {
                let block = &blocks[i];
                let is_tag =
                    block.words() <= TAG_WORDS && !block.measure.ending.ends_sentence() && Some(block.kind) == kind;
                if !is_tag || block.kind == BlockKind::Heading || block.kind == BlockKind::TableRow {
                    break;
                }
                out.strip(doc, i, "stands under a label of tags");
            }
        }
        // A colon or a number sign, or the first byte of one of full width.
        let mut marks = doc.seek(|text| memchr::memchr3(b':', b'#', 0xef, text));
        for (i, block) in blocks.iter().enumerate() {
            if !marks.is_in(block) {
                continue;
            }
            let is_list = block.words() <= MOST_WORDS && !block.measure.ending.ends_sentence();
            let text = doc.text(block);
            if is_list && text.contains([':', '：', '#', '＃']) && LABELLED.is_match(text) {
                out.strip(doc, i, "a label and tags");
            }
        }
    }
}
