//! Names bylines: who wrote the article.
//!
//! # What it strips
//!
//! Nothing when bylines are asked for; otherwise short lines of the shape "By NAME" in many languages, and short text in
//! elements that class, `rel` or `itemprop` call author.
//!
//! # Why it is boilerplate
//!
//! It says who wrote the body.
//!
//! # What it must keep
//!
//! Sentences that begin with "By" or "Von".

use super::names::{PARTICLES, is_full_name, is_personal};
use super::prelude::*;
use super::signature::{self, is_by_house, is_of_house, is_signature};
use crate::first_bytes::FirstBytes;
use crate::measure::Ending;
use std::ops::RangeInclusive;

/// The rule `byline`.
pub(super) struct Byline;

pub(crate) static META: Meta = Meta::new("byline", Category::Byline, "Who wrote it")
    .selector("[rel~=author], [itemprop=author], address.author")
    .names(&[
        "byline",
        "bylines",
        "author",
        "authors",
        "author-name",
        "article-author",
        "post-author",
        "entry-author",
        "writer",
        "reporter",
        "journalist",
        "autor",
        "auteur",
        "autore",
        "contributor",
        "contributors",
    ])
    .phrases(include_str!("data/byline.txt"))
    .examples(&[
        Example::Text("⟦文｜顾念白　图｜杜若　编辑｜石榴⟧\n\n大桥于星期一开通，市政府说。"),
        Example::Text(
            "The bridge opened on Monday, two years late.\n\n⟦(Reporting by Ida Moss in Velden and Jens Vogt in Aune; additional \
             reporting by Al Roe; editing by Pia Hald)⟧",
        ),
        Example::Text("⟦〔記者顧念白／台北報導〕⟧\n\n大橋星期一開通，市政府說。"),
        Example::Text("Die Brücke ist seit Montag offen, zwei Jahre später als geplant.\n\n⟦(APA/imo, 3.5.2031)⟧"),
        Example::Text("⟦Das Gespräch führte Ida Moss⟧\n\nDie Brücke ist seit Montag offen, zwei Jahre später als geplant."),
        Example::Text("⟦By Ida Moss⟧\n\nThe bridge opened on Monday, two years late."),
        Example::Text("⟦Von Jens Vogt und Ida Moss⟧\n\nDie Brücke ist seit Montag offen."),
        Example::Text("⟦정다은 기자⟧\n\n다리는 월요일에 열렸다고 시가 밝혔다."),
        Example::Text(
            "Die Brücke ist seit Montag offen, zwei Jahre später als geplant.\n\n⟦von Ida Moss, VDR VELDEN⟧\n\nDer Rat tagte bis in die \
             Nacht.\n\n⟦VDR/dpa (imo)⟧",
        ),
        Example::Text("⟦Par Ida Moss (à Velden)⟧\n\nLe pont est ouvert depuis lundi, a annoncé la ville.\n\n⟦Ida Moss, AFP⟧"),
        Example::Text("⟦本报记者 顾念白⟧\n\n大桥于星期一开通，市政府说。\n\n记者调查\n\n渡轮的船票也不变，市政府说。"),
        Example::Text("⟦山田花子 記者⟧\n\n橋は月曜日に開通したと市は発表した。\n\n⟦記者・山田花子⟧"),
        Example::Text("大桥于星期一开通，市政府说。\n\n记者：渡轮的船票也不变吗？\n\n王小明：不变，市政府已经这样决定了，市长也同意。"),
        Example::Text("von Velden aus fährt die Bahn seit Montag wieder über die Brücke."),
        Example::Html("<p>It opened.</p><span class=byline>⟦Ida Moss, Velden⟧</span><p>It was cold.</p>"),
        Example::Text("By Monday the bridge was open again, two years late."),
        Example::Text("Von Jens Vogt war nichts zu hören, als die Brücke am Montag öffnete."),
    ]);

/// What stands before the names of a byline.
const BY: &[&str] = &[
    "By",
    "BY",
    "Von",
    "VON",
    "Par",
    "PAR",
    "Por",
    "POR",
    "Di",
    "De",
    "Da",
    "Door",
    "Przez",
    "Av",
    "Af",
    "Text",
    "Words by",
    "Story by",
    "Reported by",
    "Written by",
    "Das Gespräch führte",
    "Das Gespräch führten",
    "Das Interview führte",
    "Das Interview führten",
    "Die Fragen stellte",
    "Die Fragen stellten",
    "Aufgezeichnet von",
    "Propos recueillis par",
    "Rozmawiał",
    "Rozmawiała",
    "Автор",
    "Беседовал",
    "Беседовала",
    "Oleh",
    "Penulis",
    "Yazan",
    "Autor",
    "Autorka",
    "Auteur",
    "Autore",
    "Muallif",
];

static BY_FIRST: FirstBytes = FirstBytes::of(BY);

/// What stands there in small letters, before first and last names.
const SMALL_BY: &[&str] = &["by", "von", "par", "por", "di", "de", "door", "av", "af", "przez", "oleh"];

/// Words of names, particles included.
const MOST_OF_NAMES: usize = 13;

/// Returns whether a text is "By" or its kin, then names: capitalised words, with particles, joined by commas and "and".
fn is_by_names(text: &str) -> bool {
    let is_names_behind = |names: &str| is_names_behind(names) || is_name_and_post_behind(names);
    let is_by =
        |by: &&str| by.as_bytes()[0] == text.as_bytes()[0] && text.strip_prefix(by).is_some_and(is_names_behind);
    if text.as_bytes().first().is_some_and(u8::is_ascii_lowercase) {
        let is_full = |names: &str| names.split_whitespace().take(2).filter(|word| is_personal(word)).count() == 2;
        return SMALL_BY
            .iter()
            .any(|by| text.strip_prefix(by).is_some_and(|names| is_full(names) && is_names_behind(names)));
    }
    BY_FIRST.fit(text) && BY.iter().any(is_by)
}

/// What Chinese papers name before those who did it: text, pictures, editing, reporting, layout.
const DUTIES: &[&str] = &[
    "文", "图", "圖", "撰文", "摄影", "攝影", "编辑", "編輯", "责编", "記者", "记者", "作者", "校对", "策划", "视频",
    "设计",
];

static DUTIES_FIRST: FirstBytes = FirstBytes::of(DUTIES);

/// Characters of the longest name in a row of duties.
const DUTY_NAME: usize = 6;

/// Returns whether a text is a row such as `文｜顾念白 图｜杜若`.
fn is_row_of_duties(text: &str) -> bool {
    let is_duty = |part: &str| {
        part.split_once(['｜', '|', '丨'])
            .is_some_and(|(duty, name)| DUTIES.contains(&duty) && (1..=DUTY_NAME).contains(&name.chars().count()))
    };
    DUTIES_FIRST.fit(text) && text.split_whitespace().all(is_duty)
}

/// Characters of the longest line that names a reporter and the place of the report, of the longest name of the paper before, and of the
/// reporter's name.
const REPORT: usize = 24;
const PAPER: usize = 6;
const REPORTER: RangeInclusive<usize> = 2..=4;

/// Returns whether a text is a line such as `記者顧念白／台北報導`, maybe in brackets, `本报记者 顾念白` or `山田太郎 記者`.
fn is_report(text: &str) -> bool {
    // The first bytes of what it may start with.
    if !matches!(text.as_bytes(), [0xe3..=0xe9 | 0xef | b'[' | b'(', ..])
        || text.chars().take(REPORT + 1).count() > REPORT
    {
        return false;
    }
    let bare = text.trim_matches(['〔', '〕', '【', '】', '［', '］', '（', '）', '[', ']', '(', ')']);
    let ends = ["報導", "報道", "报道"].iter().any(|end| bare.ends_with(end));
    let Some((paper, names)) = ["記者", "记者"].iter().find_map(|reporter| bare.split_once(reporter)) else {
        return false;
    };
    let is_name = |name: &str| REPORTER.contains(&name.chars().count()) && name.chars().all(char::is_alphabetic);
    // “山田太郎 記者”, “記者・山田太郎”.
    if let Some(name) =
        paper.strip_suffix(char::is_whitespace).filter(|_| names.is_empty()).or(names.strip_prefix('・'))
    {
        return is_name(name);
    }
    let is_named = (!paper.is_empty() || names.starts_with(char::is_whitespace))
        && names.split(char::is_whitespace).filter(|name| !name.is_empty()).all(is_name);
    paper.chars().count() <= PAPER
        && paper.chars().all(char::is_alphabetic)
        && (ends && paper.is_empty() || is_named && !names.is_empty())
}

/// Returns whether nothing but a colon or white space and names follow.
fn is_names_behind(text: &str) -> bool {
    let text = text.trim_start().strip_prefix(':').unwrap_or(text);
    let names = text.trim_start();
    if names.len() == text.len()
        || names.trim_end_matches(|ch: char| ch.is_whitespace() || ch == ',').ends_with(['/', '|'])
    {
        return false;
    }
    let is_part = |word: &str| word.chars().all(|ch| ch.is_alphabetic() || matches!(ch, '.' | '’' | '\'' | '-'));
    let is_name = |word: &str| word.starts_with(char::is_uppercase) && is_part(word);
    let mut words =
        names.split(|ch: char| ch.is_whitespace() || matches!(ch, ',' | '/' | '|')).filter(|word| !word.is_empty());
    names.starts_with(char::is_uppercase)
        && words.next().is_some_and(is_name)
        && words.clone().take(MOST_OF_NAMES).count() < MOST_OF_NAMES
        && words.all(|word| PARTICLES.contains(&word) || is_name(word))
}

/// Words of what is said behind a name of the person's post.
const MOST_OF_POST: usize = 6;

/// Returns whether white space or a colon and a name follow, and behind a comma or in brackets a few words on what the writer is or
/// where, without a stop.
fn is_name_and_post_behind(text: &str) -> bool {
    if !text.starts_with([' ', ':']) {
        return false;
    }
    let text = text.trim_start_matches([' ', ':']);
    let in_brackets = || text.strip_suffix(')').and_then(|text| text.split_once(" ("));
    let Some((name, post)) = in_brackets().or_else(|| text.split_once(", ")) else { return false };
    let is_post = |word: &str| word.chars().all(|ch| ch.is_alphabetic() || matches!(ch, '/' | '-' | '\'' | '’'));
    is_full_name(name) && post.split(' ').count() <= MOST_OF_POST && post.split(' ').all(is_post)
}

/// Words of a name and an agency.
const BY_HOUSE: RangeInclusive<u32> = 3..=4;

/// Words of the longest block that may be a byline; above it is a biography, or a body with an author's class.
const MOST_WORDS: u32 = 16;
/// Words of the longest element that is a byline, with a word on each of its writers. Set by hand.
const MOST_IN_ELEMENT: u32 = 200;
/// Words of the longest list of those who reported, wrote and edited, in brackets.
const MOST_CREDITED: u32 = 60;

impl Rule for Byline {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, doc: &Document, out: &mut Findings) {
        for hit in doc.hits(&META) {
            // A class that says “author” may stand on an element around the article, of which its writer is the author.
            if hit.holds_body || doc.words_in(hit.blocks.clone()) > MOST_IN_ELEMENT {
                continue;
            }
            for i in hit.blocks.clone() {
                let block = &doc.blocks()[i];
                let within = hit.span.contains(block.span);
                let is_line = block.words() <= MOST_WORDS && !block.is_prose(8);
                let is_credits =
                    hit.via.is_phrase() && block.words() <= MOST_CREDITED && signature::is_bracketed(doc.text(block));
                // “记者：您怎么看？” asks; it signs nothing.
                let asks = block.measure.ending == Ending::Question;
                if within && (is_line || is_credits) && !asks && block.kind != BlockKind::Heading {
                    out.part(doc, i, Role::Byline, crate::finding::reason_of(hit));
                }
            }
        }
        for (i, block) in doc.blocks().iter().enumerate() {
            let text = doc.text(block);
            if block.words() <= MOST_WORDS && block.measure.words >= 2 && is_by_names(text) {
                out.part(doc, i, Role::Byline, "reads as “By” and names");
            } else if block.words() <= MOST_WORDS && is_row_of_duties(text) {
                out.part(doc, i, Role::Byline, "names who did what");
            } else if block.words() <= MOST_WORDS
                && (block.holds(signature::MARKS) && (is_signature(text) || is_of_house(text))
                    || BY_HOUSE.contains(&block.words()) && is_by_house(text))
            {
                out.part(doc, i, Role::Byline, "is an agency's signature");
            } else if block.words() <= MOST_WORDS && is_report(text) {
                out.part(doc, i, Role::Byline, "names the reporter and the place");
            }
        }
    }
}
