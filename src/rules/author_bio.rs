//! Strips the word about the author that stands under an article.
//!
//! # What it strips
//!
//! Elements whose class or id names an author box, lines that lead to an author's other articles, under a heading
//! “About the author” the paragraph that follows, and at the end a paragraph that begins with the writer's name, or with a
//! name said twice, and says who that is, or that stands under a line with a name and one such as “Staff writer”.
//!
//! # Why it is boilerplate
//!
//! It is about the writer, and stands under all that the writer wrote.
//!
//! # What it must keep
//!
//! Profiles of writers, and a heading “About the author” with several paragraphs after it in the body of a review.

use super::names::is_personal;
use super::prelude::*;
use super::topics::{AUTHOR, spoken};
use crate::document::{Fact, Via};
use std::cell::OnceCell;

/// The rule `author-bio`.
pub(super) struct AuthorBio;

static META: Meta = Meta::new("author-bio", Category::Byline, "A word about the author under the article")
    .names(&[
        "author-bio", "author-box", "authorbox", "about-author", "author-info", "author-card", "author-description",
        "author-profile", "bio-box", "author-details", "authors-bio", "author-block", "post-author-box", "writer-profile",
        "reporter-profile", "journalist-box", "journalist-info", "autorenbox", "autor-box", "contributor-bio",
        "author-footer", "byline-bio", "reporter-info", "reporter-box", "article-author-bio", "saboxplugin-wrap",
        "molongui-author-box", "writer-info",
    ])
    .phrases(include_str!("data/author_bio.txt"))
    .examples(&[
        Example::Text("The bridge opened on Monday, two years late.\n\n⟦About the author⟧\n\n⟦Ida Moss writes on bridges and trams. She lives in Velden.⟧"),
        Example::Text("Die Brücke ist seit Montag offen.\n\n⟦Über die Autorin⟧\n\n⟦Ida Moss schreibt über Brücken und Bahnen.⟧\n\n⟦Alle Artikel der Autorin⟧"),
        Example::Text("다리는 월요일에 열렸다고 시가 밝혔다.\n\n⟦정다은 기자의 다른 기사 보기⟧"),
        Example::Html("<p>The bridge opened.</p><div class=author-bio>⟦<p>Ida Moss writes on bridges.</p>⟧</div>"),
        Example::Html("<meta name=author content='Ida Moss'><p>The bridge at Velden opened on Monday, two years late and over its sum, the council said.</p><p>Nobody in the town knows yet what the new tram will cost, the mayor added.</p><p>It will cross the bridge from May on, every ten minutes by day and by night.</p><p>Until then the ferry goes on, and whoever has a cow may walk it over.</p><p>⟦Ida Moss is a staff writer at the Velden Post, where she writes on bridges.⟧</p>"),
        Example::Text("The bridge at Velden opened on Monday, two years late and over its sum, the council said.\n\nNobody in the town knows yet what the new tram will cost, the mayor added.\n\nIt will cross the bridge from May on, every ten minutes by day and by night.\n\nUntil then the ferry goes on, and whoever has a cow may walk it over.\n\nIda Moss\n\nStaff Writer\n\n⟦When little Ida was carried over the old bridge, she dropped her first pencil into the river.⟧"),
        Example::Text("The bridge at Velden opened on Monday, two years late and over its sum, the council said.\n\nNobody in the town knows yet what the new tram will cost, the mayor added.\n\nIt will cross the bridge from May on, every ten minutes by day and by night.\n\nUntil then the ferry goes on, and whoever has a cow may walk it over.\n\nIda Moss\n\n⟦Ida is a science writer who covers bridges, and was never late for one.⟧"),
        Example::Text("The bridge at Velden opened on Monday, two years late and over its sum, the council said.\n\nNobody in the town knows yet what the new tram will cost, the mayor added.\n\nIt will cross the bridge from May on, every ten minutes by day and by night.\n\nUntil then the ferry goes on, and whoever has a cow may walk it over.\n\n⟦Ida Moss Ida Moss is the bridge editor of this paper, and has written on ferries, trams and floods for twenty years.⟧"),
        Example::Text("About the author of the plan little is known, except that she lived in Velden."),
        Example::Html("<p>The author box of the theatre was sold in 1961.</p><p>Ida Moss writes on bridges, and has done so for forty years.</p>"),
    ]);

/// How lines start that announce a paragraph about an author.
const ANNOUNCING: &[&str] = &[
    "about the author",
    "about the writer",
    "about the contributor",
    "about the reporter",
    "about author",
    "author bio",
    "meet the",
    "über den autor",
    "über die autor",
    "zum autor",
    "zur autorin",
    "à propos de l",
    "a propos de l",
    "sobre el autor",
    "sobre la autora",
    "sobre los autores",
    "acerca del autor",
    "acerca de la autora",
    "sobre o autor",
    "sobre a autora",
    "sobre os autores",
    "sull'autore",
    "informazioni sull'autore",
    "over de auteur",
    "over de schrijver",
    "o autorze",
    "o autorce",
    "об авторе",
    "об авторах",
    "yazar hakkında",
    "عن الكاتب",
    "عن المؤلف",
    "この記事を書いた",
    "著者紹介",
    "著者プロフィール",
    "筆者紹介",
    "筆者プロフィール",
    "執筆者プロフィール",
    "기자 소개",
    "기자소개",
    "필자 소개",
    "필자소개",
    "저자 소개",
    "저자소개",
    "글쓴이 소개",
    "作者简介",
    "关于作者",
    "作者介绍",
    "作者簡介",
    "關於作者",
    "作者介紹",
    "tentang penulis",
    "लेखक के बारे में",
];

/// Words of the longest word about an author.
const MOST_WORDS: u32 = 150;

/// What says who somebody is, behind the name.
const SAYS: &[&str] = &[
    "is",
    "was",
    "has",
    "covers",
    "writes",
    "reports",
    "works",
    "joined",
    "ist",
    "schreibt",
    "arbeitet",
    "berichtet",
    "est",
    "écrit",
    "couvre",
    "es",
    "escribe",
    "cubre",
    "è",
    "scrive",
    "é",
    "escreve",
    "schrijft",
    "pisze",
];

/// Bytes in which the name stands.
const NAME_REACH: usize = 50;

/// Blocks at the end of the stretch of prose in which a paragraph may be about the writer.
const LAST: usize = 3;

/// Returns what stands before a text's first space.
fn first_word(text: &str) -> &str {
    &text[..text.bytes().position(|b| b == b' ').unwrap_or(text.len())]
}

/// Returns the name with which a text begins, if the text goes on to say who that is: two to four words with capitals, or a
/// script without them, and maybe something in brackets or between commas.
fn introduced(text: &str) -> Option<&str> {
    let start = &text[..text.floor_char_boundary(NAME_REACH)];
    let mut spaces = start.bytes().enumerate().filter(|&(_, b)| b == b' ').map(|(at, _)| at);
    let at = spaces.find(|&at| SAYS.contains(&first_word(&text[at + 1..])))?;
    let name = text[..at].split([',', '(']).next().unwrap_or("").trim_end();
    let is_name = |word: &str| word.chars().next().is_some_and(|ch| ch.is_alphabetic() && !ch.is_lowercase());
    let words = name.split(' ').count();
    ((2..=4).contains(&words) && name.split(' ').all(is_name)).then_some(name)
}

/// Words of the longest line with a writer's title.
const MOST_OF_TITLE: u32 = 8;

/// Returns whether a block is a line with nothing but a name of two to four words with capitals.
fn is_name_line(doc: &Document, block: usize) -> bool {
    let words = || doc.text_at(block).split(' ');
    let is_line = doc.blocks()[block].words() <= 4 && !doc.ends_sentence(block);
    is_line && (2..=4).contains(&words().count()) && words().all(is_personal)
}

/// Returns whether a paragraph stands under a line with a name, as under a portrait: of a writer by the title between them, or as
/// it begins with the name, or the first, and speaks of writing.
fn is_under_name(doc: &Document, block: usize) -> bool {
    let Some(above) = block.checked_sub(1) else { return false };
    let text = doc.text_at(block);
    let speaks = |text: &str| spoken(text) & *AUTHOR != 0;
    let is_title = || doc.blocks()[above].words() <= MOST_OF_TITLE && speaks(doc.text_at(above));
    if above > 0 && is_name_line(doc, above - 1) && is_title() {
        return true;
    }
    let begins = |name: &str| text.strip_prefix(name).and_then(|rest| rest.strip_prefix(' '));
    let line = doc.text_at(above);
    let says = |rest: &str| SAYS.contains(&first_word(rest));
    is_name_line(doc, above) && begins(line).or_else(|| begins(first_word(line))).is_some_and(says) && speaks(text)
}

/// Returns whether a text begins with a name said twice, as where the name under a portrait is glued to what it stands above.
fn is_doubled(name: &str) -> bool {
    let words: Vec<&str> = name.split(' ').collect();
    let (first, second) = words.split_at(words.len() / 2);
    first.len() > 1 && first == second
}

/// Bylines of a page that are looked at, and names that its data state.
const MOST_WRITERS: usize = 32;

/// Returns what the page's data and its bylines say of who wrote it.
fn writers_of<'d>(doc: &'d Document, out: &Findings) -> Vec<&'d str> {
    let claims = doc.about.claims.iter().filter(|claim| claim.fact == Fact::Author).map(|claim| claim.text.as_str());
    let is_byline = |&i: &usize| out.verdict(i) == Some(Action::Part(Role::Byline));
    let bylines = (0..doc.blocks().len()).filter(is_byline).map(|i| doc.text_at(i));
    claims.take(MOST_WRITERS).chain(bylines.take(MOST_WRITERS)).collect()
}

impl Rule for AuthorBio {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, doc: &Document, out: &mut Findings) {
        let run = doc.main_run();
        let writers = OnceCell::new();
        let first = if run.is_empty() { doc.blocks().len() } else { run.start + LAST };
        for i in first..doc.blocks().len() {
            let block = &doc.blocks()[i];
            // What ends the stretch of prose, or the article's box, whatever stands under that.
            let is_last = || i + LAST >= run.end || doc.containers(i).next().is_some_and(|own| own.end == i + 1);
            let is_about = || {
                let writers = || writers.get_or_init(|| writers_of(doc, out)).iter();
                introduced(doc.text(block))
                    .is_some_and(|name| is_doubled(name) || writers().any(|writer| writer.contains(name)))
                    || is_under_name(doc, i)
            };
            if block.is_prose(6) && block.words() <= MOST_WORDS && is_last() && is_about() {
                out.strip(doc, i, "says at the end who the writer is");
            }
        }
        for hit in doc.hits(&META) {
            let at = hit.blocks.start;
            let is_inside = hit.via.may_be_text() && doc.is_between_prose(at) && at + 2 < run.end;
            if is_inside || hit.holds_body {
                continue;
            }
            out.strip_hit(doc, hit);
            let key = doc.text(&doc.blocks()[at.min(doc.blocks().len() - 1)]).to_lowercase();
            let announces = hit.via == Via::Line && ANNOUNCING.iter().any(|start| key.trim_start().starts_with(start));
            let next = doc.blocks().get(hit.blocks.end);
            // What follows is the last of the stretch of prose, or stands outside it.
            if announces
                && hit.blocks.end + 1 >= run.end
                && next.is_some_and(|b| b.is_prose(4) && b.words() <= MOST_WORDS)
            {
                out.strip(doc, hit.blocks.end, "the line before says that it is about the author");
            }
        }
    }
}
