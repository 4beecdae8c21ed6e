//! Names the headline: it is part of the article, not of its body.
//!
//! # What it strips
//!
//! Nothing when headlines are asked for; otherwise the block that repeats the title of the page's head, or else the
//! heading before the first paragraphs. In flattened text, the line before the first paragraphs that is no sentence and
//! shares most words with them.
//!
//! # Why it is boilerplate
//!
//! It is not: it is asked for by itself.
//!
//! # What it must keep
//!
//! Sub-headings, and lines of a text without navigation that stand below prose.

use super::prelude::*;
use crate::hash::{FastSet, GOLDEN};
use crate::letters;
use crate::measure::{FOLDED, fold};

/// The rule `headline`.
pub(super) struct Headline;

static META: Meta = Meta::new("headline", Category::Headline, "The headline").examples(&[
    Example::Html(
        "<title>Bridge to close - The Velden Post</title><h1>⟦Bridge to close⟧</h1><p>The bridge at Velden will close in \
         May for repairs, the town said on Monday after a meeting.</p><h2>Trams go on</h2><p>Trams will still cross the \
         bridge at night, when there are few of them, and in the early morning.</p>",
    ),
    Example::Text(
        "Share\n\n⟦Bridge at Velden to close in May⟧\n\nThe bridge at Velden will close in May for repairs, the town said on \
         Monday after a long meeting.\n\nTrams will still cross the bridge at night, when there are few of them.",
    ),
    Example::Text("The bridge at Velden will close in May for repairs, the town said on Monday after a long meeting."),
    Example::Text(
        "Velden has argued over its bridge since a lorry hit it in March, and on Monday the council sat until midnight. Nobody \
         could say what a new one would cost, who would pay for it, or whether it would ever carry trams again at all.\n\n\
         What the town will do about the bridge\n\nThe plan\n\nThe bill\n\nThe trams\n\nThe ferry\n\nThe ford\n\nThe weir\n\n\
         The mill\n\nThe town will close the bridge in May for repairs, the mayor said, and pay half of what it costs. The \
         other half will come from the county, which owns the road on either side, and from what the trams bring in over the \
         next ten years. What the town will do about the ferry is another question.",
    ),
]);

/// Blocks before the first paragraph that are searched.
const REACH: usize = 60;
/// Share of its words that a headline has in common with the first paragraphs. Set by hand.
const FEWEST_SHARED: f32 = 0.4;
/// Words of a headline.
const MOST_WORDS: u32 = 40;
/// Words of prose above which no headline stands in a text without navigation: more than a note on cookies. Set by hand.
const BODY_WORDS: u32 = 40;

/// Share of the title from which on a block repeats it.
const FEWEST_LIKE: f32 = 0.75;

/// Returns the share of `title` that `text` starts with or repeats, 0 to 1: titles often add the site's name. A share below
/// [`FEWEST_LIKE`] may come out as 0.
fn likeness(title: &[char], text: &str) -> f32 {
    let mut text = fold(text).take(400);
    let mut shared = 0;
    let mut differs = 0;
    for ch in text.by_ref() {
        if title.get(shared) != Some(&ch) {
            differs = 1;
            break;
        }
        shared += 1;
    }
    if differs > 0 && (shared as f32) < FEWEST_LIKE * title.len() as f32 - 1.0 {
        return 0.0;
    }
    let length = shared + differs + text.count();
    if length < 6 || title.is_empty() {
        return 0.0;
    }
    let whole = title.len().max(length) as f32;
    if shared == length || shared == title.len() {
        // One is the start of the other; a very short one says little.
        return (shared as f32 / whole).max(if shared >= 12 { 0.9 } else { 0.0 });
    }
    shared as f32 / whole
}

/// Calls `each` with a hash of each word of two characters or more, in small letters.
fn words(text: &str, mut each: impl FnMut(u64)) {
    let (mut hash, mut length) = (0u64, 0);
    let mut end = |hash: &mut u64, length: &mut u32| {
        if *length >= 2 {
            each(*hash);
        }
        (*hash, *length) = (0, 0);
    };
    let add = |hash: &mut u64, ch: char| {
        *hash = (*hash ^ u64::from(ch)).wrapping_mul(GOLDEN).rotate_left(29);
    };
    let mut at = 0;
    while let Some(&b) = text.as_bytes().get(at) {
        if let Some(&small) = FOLDED.get(b as usize) {
            at += 1;
            if small == 0 {
                end(&mut hash, &mut length);
            } else {
                length += 1;
                add(&mut hash, char::from(small));
            }
            continue;
        }
        let ch = text[at..].chars().next().unwrap_or(' ');
        at += ch.len_utf8();
        if letters::is_alphanumeric(ch) {
            length += 1;
            ch.to_lowercase().for_each(|ch| add(&mut hash, ch));
        } else {
            end(&mut hash, &mut length);
        }
    }
    end(&mut hash, &mut length);
}

/// Returns the block that has been found to be the headline, or else the first heading of level 1.
pub(super) fn of(doc: &Document, out: &Findings) -> Option<usize> {
    let found = (0..doc.blocks().len()).find(|&i| out.verdict(i) == Some(Action::Part(Role::Headline)));
    found.or_else(|| doc.blocks().iter().position(|b| b.kind == BlockKind::Heading && b.level == 1))
}

impl Headline {
    fn by_title(doc: &Document) -> Option<usize> {
        let titles: Vec<Vec<char>> = [doc.about.headline.as_deref(), doc.about.title.as_deref()]
            .into_iter()
            .flatten()
            .map(|title| fold(title).take(400).collect())
            .collect();
        if titles.is_empty() {
            return None;
        }
        // Nearly all blocks start with another letter.
        let starts_otherwise = |text: &str, title: &[char]| match (text.as_bytes().first(), title) {
            (Some(first), [start, _, ..]) => {
                first.is_ascii_alphanumeric() && char::from(first.to_ascii_lowercase()) != *start
            }
            _ => false,
        };
        let run = doc.main_run();
        let mut best: Option<(f32, usize)> = None;
        for (i, block) in doc.blocks().iter().enumerate() {
            if block.words() > MOST_WORDS || block.is(Setting::HIDDEN) {
                continue;
            }
            let text = doc.text(block);
            if titles.iter().all(|title| starts_otherwise(text, title)) {
                continue;
            }
            let like = titles.iter().map(|title| likeness(title, text)).fold(0.0, f32::max);
            if like < FEWEST_LIKE {
                continue;
            }
            let is_heading = block.kind == BlockKind::Heading;
            let is_close = i < run.end && run.start.saturating_sub(i) < REACH;
            let value = like
                + if is_heading { 0.5 } else { 0.0 }
                + if is_close { 0.25 } else { 0.0 }
                + if is_heading && block.level == 1 { 0.25 } else { 0.0 };
            if best.is_none_or(|(most, _)| value >= most) {
                best = Some((value, i));
            }
        }
        best.map(|(_, i)| i)
    }

    fn by_place(doc: &Document, out: &Findings) -> Option<usize> {
        let start = doc.main_run().start;
        let before = start.saturating_sub(REACH)..start;
        let blocks = doc.blocks();
        // Where navigation is gone, prose above a line says that the article has begun.
        let is_below_body = |i: usize| doc.regime() == Regime::Residue && doc.prose_in(0..i) >= BODY_WORDS;
        let fits =
            |i: usize| blocks[i].words() <= MOST_WORDS && blocks[i].words() >= 2 && out.is_open(i) && !is_below_body(i);
        let level =
            before.clone().filter(|&i| blocks[i].kind == BlockKind::Heading && fits(i)).map(|i| blocks[i].level).min();
        if let Some(level) = level {
            return before
                .clone()
                .rev()
                .find(|&i| blocks[i].kind == BlockKind::Heading && blocks[i].level == level && fits(i));
        }
        if doc.regime() == Regime::Markup {
            return None;
        }
        let may_be = |&i: &usize| {
            let block = &blocks[i];
            block.words() >= 4
                && block.measure.ending != crate::Ending::Stop
                && block.kind != BlockKind::ListItem
                && block.link_density() <= 0.6
                && fits(i)
        };
        let mut candidates = before.filter(may_be).peekable();
        candidates.peek()?;
        let mut known = FastSet::default();
        let opening = doc.main_run().start..doc.main_run().end.min(doc.main_run().start + 12);
        known.reserve(doc.words_in(opening.clone()) as usize);
        for i in opening {
            words(doc.text_at(i), |word| _ = known.insert(word));
        }
        let mut found: Vec<(f32, usize)> = Vec::new();
        for i in candidates {
            let (mut all, mut shared) = (0, 0);
            words(doc.text_at(i), |word| {
                all += 1;
                shared += u32::from(known.contains(&word));
            });
            let share = shared as f32 / all.max(1) as f32;
            if share >= FEWEST_SHARED {
                found.push((share, i));
            }
        }
        // The deck, which comes later, often shares more than the headline.
        let most = found.iter().map(|&(share, _)| share).fold(0.0, f32::max);
        found.into_iter().find(|&(share, _)| share >= most * 0.6).map(|(_, i)| i)
    }
}

impl Rule for Headline {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, doc: &Document, out: &mut Findings) {
        if let Some(i) = Self::by_title(doc) {
            out.part(doc, i, Role::Headline, "repeats the title of the page");
        } else if let Some(i) = Self::by_place(doc, out) {
            out.part(doc, i, Role::Headline, "the heading before the first paragraph");
        }
    }
}
