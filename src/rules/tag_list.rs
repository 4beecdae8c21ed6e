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
use crate::document::Block;
use crate::letters::is_combining;

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

/// What stands before a colon and tags, in small letters.
const LABELS: &[&str] = &[
    "anahtar kelimeler",
    "argomenti",
    "etiketler",
    "etiquetas",
    "filed under",
    "kata kunci",
    "keyword",
    "keywords",
    "marcadores",
    "mots clés",
    "mots-clés",
    "mots cles",
    "mots-cles",
    "onderwerpen",
    "palabras clave",
    "palavras chave",
    "palavras-chave",
    "parole chiave",
    "related topics",
    "schlagwoerter",
    "schlagworte",
    "schlagwörter",
    "stichwoerter",
    "stichwörter",
    "słowa kluczowe",
    "tag",
    "tagged",
    "tagi",
    "tags",
    "temas",
    "themen",
    "themes",
    "thèmes",
    "topics",
    "topik terkait",
    "trefwoorden",
    "tópicos",
    "ключевые слова",
    "метки",
    "теги",
    "темы",
    "الوسوم",
    "كلمات دلالية",
    "كلمات مفتاحية",
    "وسوم",
    "टैग",
    "キーワード",
    "タグ",
    "関連キーワード",
    "関連タグ",
    "标签",
    "关键词",
    "標籤",
    "關鍵字",
    "관련키워드",
    "키워드",
    "태그",
    "해시태그",
];

/// Bytes of the longest label, with room for white space behind it.
const LABEL: usize = 60;

/// Returns whether a text is a label, a colon and something behind it, or nothing but hashtags.
fn is_labelled(text: &str) -> bool {
    if text.starts_with(['#', '＃']) {
        return is_hashtags(text);
    }
    let Some((label, tags)) = text.split_once([':', '：']) else { return false };
    let label = label.trim_end();
    let is_label = || match label.is_ascii() {
        true => LABELS.iter().any(|known| known.eq_ignore_ascii_case(label)),
        false => LABELS.contains(&label.to_lowercase().as_str()),
    };
    label.len() <= LABEL && !tags.trim_start().is_empty() && is_label()
}

/// Returns whether a text is one hashtag of two characters or more, or several with white space and commas between.
fn is_hashtags(text: &str) -> bool {
    let (mut tags, mut letters, mut has_dot) = (0, 0, false);
    // Whether white space or a comma has ended the last.
    let mut is_ended = true;
    for ch in text.chars() {
        match ch {
            '#' | '＃' if tags == 0 || letters > 0 => (tags, letters, is_ended) = (tags + 1, 0, false),
            ',' if letters > 0 => is_ended = true,
            _ if ch.is_whitespace() && letters > 0 => is_ended = true,
            _ if !is_ended
                && (ch == '_'
                    || ch == '·'
                    || ch.is_alphanumeric()
                    || is_combining(ch)
                    || matches!(ch, '\u{fe00}'..='\u{fe0f}')) =>
            {
                letters += 1;
                has_dot |= ch == '·';
            }
            _ => return false,
        }
    }
    letters > 0 && (tags > 1 || letters > 1 && !is_ended && !has_dot)
}

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
            let is_inside = hit.via.may_be_text() && doc.is_between_prose(hit.blocks.start);
            if is_inside || hit.holds_body {
                continue;
            }
            out.strip_hit(doc, hit);
            let kind = blocks.get(hit.blocks.end).map(|block| block.kind);
            // A sentence such as “This entry was posted in …” holds its tags, and is the label of none.
            for i in (hit.blocks.end..blocks.len()).take(if hit.via.may_be_text() { MOST_TAGS } else { 0 }) {
                let block = &blocks[i];
                let is_tag =
                    block.words() <= TAG_WORDS && !block.measure.ending.ends_sentence() && Some(block.kind) == kind;
                if !is_tag || block.kind == BlockKind::Heading || block.kind == BlockKind::TableRow {
                    break;
                }
                out.strip(doc, i, "stands under a label of tags");
            }
        }
        let may_be_labelled = |block: &Block| block.holds(Marks::COLON.or(Marks::HASH).or(Marks::FULL));
        for (i, block) in blocks.iter().enumerate().filter(|(_, block)| may_be_labelled(block)) {
            let is_list = block.words() <= MOST_WORDS && !block.measure.ending.ends_sentence();
            let text = doc.text(block);
            if is_list && is_labelled(text) {
                out.strip(doc, i, "a label and tags");
            }
        }
    }
}
