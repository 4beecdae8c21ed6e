//! The strings of a JSON value, as a tree: which objects and arrays each stands in, and under which keys.

use crate::hash::{self, FastMap};
use crate::html::json::{self, Scalar};
use crate::html::traced::Source;
use crate::letters;
use crate::span::Span;
use aho_corasick::AhoCorasick;
use once_cell::sync::Lazy;

/// No object around.
const NONE: u32 = u32::MAX;

/// An object or array.
#[derive(Clone, Copy)]
pub(super) struct Container {
    /// The object or array around it, or [`NONE`].
    parent: u32,
    /// Hash of the key it stands under, digits left out; 0 in an array.
    key: u64,
    /// Whether a key on the way to it names what is no article.
    pub(super) is_aside: bool,
    /// Whether it says of itself that it is a stretch of a line: `"type": "text"`.
    is_inline: bool,
    /// Whether it holds an address and a title, as what leads to an article of its own does.
    has_address: bool,
    has_title: bool,
    /// Whether it says of itself that it is an article.
    pub(super) is_article: bool,
    is_object: bool,
    is_known: bool,
}

/// A string.
#[derive(Clone, Copy)]
pub(super) struct Value {
    /// Its content within the quotes, escapes and all.
    pub(super) span: Span,
    pub(super) container: u32,
    /// Hash of its key, digits left out.
    pub(super) key: u64,
    /// Whether its key is the one of schema.org for the text of an article.
    pub(super) is_article_body: bool,
    /// Whether its key, or one on the way to it, names what is no article.
    pub(super) is_aside: bool,
    /// Whether its key names a summary.
    pub(super) is_summary: bool,
}

/// Compiles parts of keys, to be found in keys of any case.
macro_rules! parts_of_keys {
    ($($part:literal),* $(,)?) => {
        Lazy::new(|| {
            let parts = AhoCorasick::builder().ascii_case_insensitive(true).build([$($part),*]);
            parts.expect("a few words compile")
        })
    };
}

/// What an article is never under: parts of keys.
static ASIDES: Lazy<AhoCorasick> = parts_of_keys!(
    "accessib",
    "alternativ",
    "author",
    "bio",
    "breadcrumb",
    "caption",
    "comment",
    "consent",
    "contributor",
    "cookie",
    "copyright",
    "credit",
    "disclaimer",
    "faq",
    "footer",
    "i18n",
    "intl",
    "label",
    "legal",
    "locale",
    "menu",
    "message",
    "mostread",
    "navigation",
    "newsletter",
    "paywall",
    "popular",
    "privacy",
    "profile",
    "promo",
    "recirc",
    "recommend",
    "related",
    "review",
    "settings",
    "sidebar",
    "subscri",
    "teaser",
    "terms",
    "testimonial",
    "translation",
    "trending",
    "tooltip",
);

/// What a summary stands under: parts of keys.
static SUMMARIES: Lazy<AhoCorasick> = parts_of_keys!(
    "abstract",
    "blurb",
    "deck",
    "description",
    "dek",
    "excerpt",
    "intro",
    "lead",
    "meta",
    "perex",
    "snippet",
    "spot",
    "standfirst",
    "summary",
    "transcript",
);

/// Keys of an address and of a title.
const ADDRESSES: &[&str] = &["url", "slug", "href", "link", "permalink", "canonicalUrl", "webUrl"];
const TITLES: &[&str] = &["title", "headline", "name"];

/// Longest key that names something; longer ones hold data.
const KEY_BYTES: usize = 40;

fn holds(key: &str, words: &AhoCorasick) -> bool {
    key.len() <= KEY_BYTES && words.is_match(key)
}

/// Returns a hash of what a key names: what follows a mark, and digits, tell one thing from another of its kind.
fn kind_of(key: &str) -> u64 {
    let kind = key.split([':', '(', '{']).next().unwrap_or(key);
    let mut hash = 0xcbf2_9ce4_8422_2325u64;
    for b in kind.bytes().filter(|b| !b.is_ascii_digit()).take(KEY_BYTES) {
        hash = (hash ^ u64::from(b)).wrapping_mul(0x100_0000_01b3);
    }
    hash
}

/// What a key says of the value under it.
#[derive(Clone, Copy)]
struct Key {
    /// See [`kind_of`].
    hash: u64,
    /// Whether it names what is no article.
    is_aside: bool,
    /// Whether it names a summary.
    is_summary: bool,
    is_type: bool,
    is_address: bool,
    is_title: bool,
    is_article_body: bool,
}

/// What is known of the keys of one JSON value, by their hashes: most come again and again.
#[derive(Default)]
struct Keys(FastMap<u64, Key>);

impl Keys {
    fn of(&mut self, key: &str) -> Key {
        *self.0.entry(hash::of(key.as_bytes())).or_insert_with(|| Key {
            hash: kind_of(key),
            is_aside: holds(key, &ASIDES),
            is_summary: holds(key, &SUMMARIES),
            is_type: matches!(key, "type" | "@type" | "_type" | "__typename" | "nodeType" | "kind"),
            is_address: ADDRESSES.contains(&key),
            is_title: TITLES.contains(&key),
            is_article_body: key == "articleBody",
        })
    }
}

/// One JSON value of a script.
pub(super) struct State<'a> {
    pub(super) source: Source<'a>,
    pub(super) containers: Vec<Container>,
    pub(super) values: Vec<Value>,
}

impl<'a> State<'a> {
    /// Reads the first JSON value of a stretch of the source; returns it and the offset after it.
    pub(super) fn read(source: Source<'a>, from: usize, to: usize) -> (Self, usize) {
        let (mut containers, mut values) = (Vec::<Container>::new(), Vec::new());
        let mut keys = Keys::default();
        let to = to.min(source.text().len());
        let end = json::values(source.text(), from, to, |path, scalar| {
            let levels = path.levels();
            let Some(last) = levels.last() else { return };
            register(path, &mut containers, &mut keys);
            let Scalar::Text(span) = scalar else { return };
            let holder = levels.iter().rfind(|level| level.is_object).unwrap_or(last);
            let container = &mut containers[holder.number as usize];
            let (name, text) = (path.key(), source.slice(span));
            let key = keys.of(name);
            if key.is_type {
                container.is_inline |= matches!(text, "text" | "span" | "link" | "hyperlink" | "Text" | "a");
                container.is_article |= is_article(text);
            }
            container.has_address |= key.is_address;
            container.has_title |= key.is_title;
            values.push(Value {
                span,
                container: last.number,
                key: key.hash,
                is_article_body: key.is_article_body,
                is_aside: containers[last.number as usize].is_aside || matches!(name, "alt" | "title") || key.is_aside,
                is_summary: key.is_summary,
            });
        });
        (State { source, containers, values }, end)
    }

    /// Returns, for each object or array, the number of the first string in it and of the first behind it.
    pub(super) fn within(&self) -> Vec<(u32, u32)> {
        let mut within = vec![(u32::MAX, 0); self.containers.len()];
        for (i, value) in (0..).zip(&self.values) {
            let (first, behind) = &mut within[value.container as usize];
            (*first, *behind) = (i.min(*first), i + 1);
        }
        // What opened later stands within what opened before, or behind it.
        for (number, container) in self.containers.iter().enumerate().rev() {
            if container.parent != NONE {
                let (first, behind) = within[number];
                let around = &mut within[container.parent as usize];
                *around = (around.0.min(first), around.1.max(behind));
            }
        }
        within
    }

    /// Returns the object or array, and those around it, innermost first.
    fn around(&self, container: u32) -> impl Iterator<Item = u32> + '_ {
        let parent = |c: &u32| Some(self.containers[*c as usize].parent).filter(|&parent| parent != NONE);
        std::iter::successors(Some(container), parent)
    }

    /// Returns the objects around a value, innermost first; arrays stand for themselves where there is none.
    pub(super) fn objects(&self, container: u32) -> impl Iterator<Item = u32> + '_ {
        self.around(container).filter(|&c| {
            let Container { is_object, parent, .. } = self.containers[c as usize];
            is_object || parent == NONE
        })
    }

    /// Returns a hash of the keys that lead from `scope` to a value, one that repeats counted once: nodes of rich text stand
    /// within each other under the same key. `None` when the value does not stand within, or stands in another article
    /// within.
    pub(super) fn kind(&self, value: &Value, scope: u32) -> Option<u64> {
        let (mut hash, mut last) = (value.key, value.key);
        for container in self.around(value.container) {
            if container == scope {
                return Some(hash);
            }
            let Container { key, has_address, has_title, is_inline, .. } = self.containers[container as usize];
            if has_address && has_title && !is_inline {
                return None;
            }
            if key != 0 && key != last {
                hash = hash.rotate_left(7).wrapping_mul(hash::GOLDEN) ^ key;
                last = key;
            }
        }
        None
    }

    /// Returns whether two strings are stretches of one paragraph of rich text.
    pub(super) fn is_one_line(&self, a: &Value, b: &Value) -> bool {
        let line = |value: &Value| {
            let is_inline = self.containers[value.container as usize].is_inline;
            let mut around = self.around(value.container).skip(1);
            let found = around.find(|&c| {
                let container = &self.containers[c as usize];
                container.is_object && !container.is_inline
            });
            found.filter(|_| is_inline)
        };
        line(a).is_some_and(|of| line(b) == Some(of))
    }
}

/// Returns whether a type names an article.
fn is_article(kind: &str) -> bool {
    ["article", "posting", "story"].iter().any(|word| letters::strip_ending(kind, word).is_some())
}

/// Notes the open objects and arrays that have not been noted yet.
fn register(path: &json::Path, containers: &mut Vec<Container>, keys: &mut Keys) {
    let levels = path.levels();
    let known = |containers: &Vec<Container>, number: u32| containers.get(number as usize).is_some_and(|c| c.is_known);
    if levels.last().is_none_or(|last| known(containers, last.number)) {
        return;
    }
    let new = levels.iter().rposition(|level| known(containers, level.number)).map_or(0, |at| at + 1);
    for at in new..levels.len() {
        let (around, level) = (at.checked_sub(1).map(|i| &levels[i]), &levels[at]);
        let key = around.filter(|around| around.is_object).map(|around| keys.of(path.key_at(around)));
        let aside = around.is_some_and(|around| containers[around.number as usize].is_aside);
        let unknown = Container {
            parent: NONE,
            key: 0,
            is_aside: false,
            is_inline: false,
            has_address: false,
            has_title: false,
            is_article: false,
            is_object: false,
            is_known: false,
        };
        let end = level.number as usize + 1;
        if containers.len() < end {
            containers.resize(end, unknown);
        }
        containers[level.number as usize] = Container {
            parent: around.map_or(NONE, |around| around.number),
            key: key.map_or(0, |key| key.hash),
            is_aside: aside || key.is_some_and(|key| key.is_aside),
            is_object: level.is_object,
            is_known: true,
            ..unknown
        };
    }
}
