//! Words of class and id attributes that say what a part of a page is.
//!
//! A class such as `articleBody-wrap` is split at its hyphens, underscores, digits and capitals into `article`, `body`,
//! `wrap`; only words of this list are kept. All of them are generic: each stood on pages of more than twenty domains in
//! a sample of 1,800 pages, and none names a site or a page.

use super::tag::Table;
use super::word_set::WordSet;
use crate::hash::{self, FastMap, Sieve};
use crate::letters;

/// The list; a word's position is its number. At most 256.
pub(crate) static WORDS: &[&str] = &[
    "about",
    "accordion",
    "ad",
    "address",
    "ads",
    "advertisement",
    "affiliate",
    "alert",
    "answer",
    "app",
    "archive",
    "article",
    "articles",
    "aside",
    "attachment",
    "attribution",
    "audio",
    "author",
    "authors",
    "avatar",
    "banner",
    "bar",
    "bio",
    "block",
    "blog",
    "body",
    "bookmark",
    "bottom",
    "box",
    "breadcrumb",
    "breadcrumbs",
    "button",
    "buttons",
    "byline",
    "callout",
    "caption",
    "card",
    "cards",
    "carousel",
    "cart",
    "categories",
    "category",
    "chat",
    "close",
    "cmp",
    "code",
    "col",
    "collection",
    "colophon",
    "column",
    "comment",
    "comments",
    "consent",
    "contact",
    "container",
    "content",
    "contents",
    "cookie",
    "cookies",
    "copy",
    "copyright",
    "cover",
    "credit",
    "credits",
    "cta",
    "date",
    "deck",
    "desc",
    "description",
    "detail",
    "details",
    "dialog",
    "disclaimer",
    "disqus",
    "donate",
    "dropdown",
    "edition",
    "editor",
    "email",
    "embed",
    "entry",
    "excerpt",
    "fact",
    "faq",
    "featured",
    "feed",
    "figure",
    "follow",
    "font",
    "foot",
    "footer",
    "footnote",
    "form",
    "forum",
    "full",
    "gallery",
    "header",
    "heading",
    "headline",
    "hentry",
    "hero",
    "hidden",
    "icon",
    "image",
    "images",
    "img",
    "info",
    "inline",
    "inner",
    "intro",
    "items",
    "job",
    "keyword",
    "kicker",
    "label",
    "language",
    "latest",
    "lead",
    "left",
    "legal",
    "link",
    "links",
    "list",
    "listing",
    "live",
    "load",
    "login",
    "logo",
    "main",
    "map",
    "masthead",
    "media",
    "member",
    "menu",
    "message",
    "meta",
    "mobile",
    "modal",
    "module",
    "more",
    "most",
    "nav",
    "navbar",
    "navigation",
    "news",
    "newsletter",
    "next",
    "note",
    "notes",
    "notice",
    "notification",
    "outbrain",
    "overlay",
    "overview",
    "page",
    "pager",
    "pagination",
    "panel",
    "paragraph",
    "partner",
    "paywall",
    "photo",
    "picture",
    "player",
    "podcast",
    "popular",
    "popup",
    "post",
    "posts",
    "premium",
    "prev",
    "preview",
    "price",
    "primary",
    "print",
    "privacy",
    "product",
    "profile",
    "promo",
    "prose",
    "quote",
    "rail",
    "rating",
    "read",
    "reader",
    "reading",
    "recent",
    "recirc",
    "recommend",
    "recommended",
    "region",
    "related",
    "reply",
    "respond",
    "review",
    "rich",
    "right",
    "search",
    "secondary",
    "section",
    "share",
    "shared",
    "sharing",
    "shop",
    "side",
    "sidebar",
    "sign",
    "signup",
    "single",
    "site",
    "slide",
    "slider",
    "social",
    "source",
    "sponsor",
    "sponsored",
    "sticky",
    "story",
    "sub",
    "subheading",
    "submit",
    "subscribe",
    "subscription",
    "subtitle",
    "summary",
    "table",
    "taboola",
    "tag",
    "tags",
    "tail",
    "teaser",
    "term",
    "terms",
    "text",
    "thread",
    "thumb",
    "ticker",
    "time",
    "tips",
    "title",
    "toc",
    "toolbar",
    "tools",
    "top",
    "topic",
    "topics",
    "trending",
    "update",
    "user",
    "video",
    "view",
    "vote",
    "widget",
    "wrap",
    "wrapper",
    "wysiwyg",
];

/// The list, behind a name that is none: what [`Table`] does not find is 0.
static KNOWN: [&str; WORDS.len() + 1] = {
    let mut known = [""; WORDS.len() + 1];
    let mut i = 0;
    while i < WORDS.len() {
        known[i + 1] = WORDS[i];
        i += 1;
    }
    known
};

static INDEX: Table<1024> = Table::new(&KNOWN);

/// A table of words in small letters, in which most of what pages bring is not found.
pub(crate) struct Lookup<T> {
    /// By first letter: bit `n` is set when some word has `n` letters; the last bit stands for all longer ones.
    lengths: [u32; 32],
    keys: Keys,
    words: FastMap<u64, (Box<str>, T)>,
}

impl<T> Default for Lookup<T> {
    fn default() -> Self {
        Self { lengths: [0; 32], keys: Keys::default(), words: FastMap::default() }
    }
}

/// Letters of the longest word that its key tells from all others.
pub(crate) const EXACT: usize = 8;

/// Returns a word as a number: its letters, or a hash if it has more than eight.
#[inline]
pub(crate) fn key(word: &[u8]) -> u64 {
    if word.len() <= EXACT { letters::load(word) } else { hash::of(word) }
}

/// A set of words' keys: tells that a word is not one of them, or may be.
pub(crate) struct Keys(Sieve<64>);

impl Default for Keys {
    fn default() -> Self {
        Self(Sieve::EMPTY)
    }
}

impl Keys {
    pub(crate) fn insert(&mut self, key: u64) {
        self.0.put(Self::hash(key));
    }

    #[inline]
    pub(crate) fn may_hold(&self, key: u64) -> bool {
        self.0.may_hold(Self::hash(key))
    }

    /// Returns the highest bits of a product, as many as the set has places.
    #[inline]
    fn hash(key: u64) -> u32 {
        (key.wrapping_mul(hash::GOLDEN) >> 52) as u32
    }
}

impl<T: Default> Lookup<T> {
    /// Returns the word's value, entering it if need be.
    pub(crate) fn slot(&mut self, word: &str) -> &mut T {
        if let Some(&first) = word.as_bytes().first() {
            self.lengths[first as usize % 32] |= 1 << word.len().min(31);
        }
        let key = key(word.as_bytes());
        self.keys.insert(key);
        &mut self.words.entry(key).or_insert_with(|| (word.into(), T::default())).1
    }

    #[inline]
    pub(crate) fn find(&self, word: &str) -> Option<&T> {
        let first = *word.as_bytes().first()?;
        let may_hold = self.lengths[first as usize % 32] >> word.len().min(31) & 1 != 0;
        if !may_hold {
            return None;
        }
        self.words.get(&key(word.as_bytes())).filter(|(known, _)| **known == *word).map(|(_, value)| value)
    }

    /// Returns what is known of a word of this key, which may be another word of the same if it is long.
    #[inline]
    pub(crate) fn may_be(&self, key: u64) -> Option<&T> {
        if self.keys.may_hold(key) { self.words.get(&key).map(|(_, value)| value) } else { None }
    }
}

/// A word of an attribute's value.
#[derive(Clone, Copy)]
pub(crate) struct ClassWord {
    /// Its letters, or a hash if it has more than eight.
    pub(crate) key: u64,
    /// Where it starts in the value.
    pub(crate) start: u16,
}

/// Longest attribute value that is looked at: longer ones are lists of utility classes or data.
pub(crate) const LONGEST: usize = 600;

/// Splits an attribute's value into lower-cased words: runs of letters, a capital after a small letter starting a new one.
#[inline]
pub(crate) fn split(value: &str, mut each: impl FnMut(&[u8], ClassWord)) {
    let bytes = &value.as_bytes()[..value.len().min(LONGEST)];
    let mut folded = Vec::new();
    let mut at = 0;
    loop {
        while at < bytes.len() && !is_letter(bytes[at]) {
            at += 1;
        }
        if at == bytes.len() {
            return;
        }
        let start = at;
        let run = letters::run(&bytes[at..]);
        at += run.len;
        let is_plain = run.upper == 0 && run.len < EXACT && bytes.get(at).is_none_or(u8::is_ascii) && at > start;
        let (word, key) = if is_plain {
            (&bytes[start..at], run.letters)
        } else {
            let word;
            (word, at) = rare_word(bytes, start, &mut folded);
            (word, key(word))
        };
        if !word.is_empty() {
            each(word, ClassWord { key, start: start as u16 });
        }
    }
}

/// Returns the word at `start` in small letters, written into `room` if need be, and where it ends. Letters of other
/// scripts are left out.
#[inline(never)]
fn rare_word<'w>(bytes: &'w [u8], start: usize, room: &'w mut Vec<u8>) -> (&'w [u8], usize) {
    let small = start + letters::small(&bytes[start..]);
    if bytes.get(small).is_none_or(u8::is_ascii) && small > start {
        return (&bytes[start..small], small);
    }
    room.clear();
    let mut was_small = false;
    let mut at = start;
    while at < bytes.len() && is_letter(bytes[at]) && !(was_small && bytes[at].is_ascii_uppercase()) {
        was_small = bytes[at].is_ascii_lowercase();
        if bytes[at].is_ascii() {
            room.push(bytes[at].to_ascii_lowercase());
        }
        at += 1;
    }
    (room, at)
}

fn is_letter(b: u8) -> bool {
    (b | 0x20).wrapping_sub(b'a') < 26 || !b.is_ascii()
}

/// What WordPress writes before the names of a post's topics.
const TOPICS: [&str; 2] = ["category-", "tag-"];

/// Returns whether the class that starts at a place of a list of classes names a topic of a post. WordPress writes these there,
/// and they are any words at all.
pub(crate) fn is_topic(value: &str, start: usize) -> bool {
    let is_first = start == 0 || value.as_bytes()[start - 1].is_ascii_whitespace();
    let head = &value[..value.floor_char_boundary(LONGEST)];
    let is_post = || head.split_ascii_whitespace().any(|class| matches!(class, "hentry" | "status-publish"));
    is_first && TOPICS.iter().any(|before| value[start..].starts_with(before)) && is_post()
}

/// Adds the words of an attribute's value to a list, and returns those of them that are in [`WORDS`]. Of a topic only the word
/// before its name counts.
pub(crate) fn read(value: &str, words: &mut Vec<ClassWord>) -> WordSet {
    let mut set = WordSet::default();
    // Where the topic ends that was read last.
    let mut end = 0;
    split(value, |word, at| {
        let start = usize::from(at.start);
        if start < end {
            return;
        }
        if matches!(word, b"category" | b"tag") && is_topic(value, start) {
            let class = &value.as_bytes()[start..];
            end = start + class.iter().position(u8::is_ascii_whitespace).unwrap_or(class.len());
        }
        words.push(at);
        let found = if word.len() <= EXACT { INDEX.find(at.key) } else { INDEX.look_up(&KNOWN, word) };
        if let Some(index) = found.checked_sub(1) {
            set.insert(index as u8);
        }
    });
    set
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_fits_and_is_sorted() {
        assert!(WORDS.len() <= 256, "{}", WORDS.len());
        assert!(WORDS.windows(2).all(|w| w[0] < w[1]), "{:?}", WORDS.windows(2).find(|w| w[0] >= w[1]));
    }

    #[test]
    fn values_split_at_hyphens_digits_and_capitals() {
        let mut words = Vec::new();
        split("articleBody-wrap2x SITE_footer", |w, _| words.push(String::from_utf8_lossy(w).into_owned()));
        assert_eq!(words, ["article", "body", "wrap", "x", "site", "footer"]);
    }

    #[test]
    fn names_of_topics_say_nothing_of_a_post() {
        let words = |value: &str| read(value, &mut Vec::new()).iter().map(|i| WORDS[i as usize]).collect::<Vec<_>>();
        assert_eq!(
            words("post-12 hentry category-featured tag-related-video has-media"),
            ["category", "hentry", "media", "post", "tag"]
        );
        assert_eq!(words("category-featured"), ["category", "featured"]);
        assert_eq!(words("hentry my-tag-footer"), ["footer", "hentry", "tag"]);
    }
}
