//! All rules' selectors and class names, matched in one walk over a page's elements.
//!
//! A selector is filed under the id, class, tag or attribute its last compound asks for, so an element is only held against
//! selectors that it may match. Selectors with none are held against every element: a rule that has one makes each
//! page pay for it. `:has()` may cost time in proportion to the elements within.

use crate::document::{BlockKind, Document, Hit, Setting, Via};
use crate::hash::FastMap;
use crate::markup::class_words::{self, ClassWord, Keys, Lookup};
use crate::markup::element::{TreeElement, known_tag};
use crate::markup::tag::Tag;
use crate::markup::tree::{Attr, AttrKind, NIL, Tree};
use scraper::selector::{Parser, Simple};
use selectors::matching::{MatchingContext, MatchingForInvalidation, MatchingMode, NeedsSelectorFlags, QuirksMode};
use selectors::matching::{SelectorCaches, matches_selector};
use selectors::parser::{Component, ParseRelative, Selector, SelectorList};

/// A selector and its rule.
struct Filed {
    selector: Selector<Simple>,
    rule: u16,
}

/// All rules' selectors and names, compiled.
#[derive(Default)]
pub(crate) struct Selectors {
    filed: Vec<Filed>,
    by_id: Lookup<Vec<u32>>,
    by_class: Lookup<Vec<u32>>,
    by_tag: Vec<Vec<u32>>,
    by_attribute: Vec<AttributeFile>,
    /// Bits of the kinds of the attributes in `by_attribute`.
    attribute_kinds: u32,
    others: Vec<u32>,
    names: Names,
    /// First words of the ids and classes of the selectors.
    first_words: Keys,
    /// Whether some id or class has no word.
    is_wordless: bool,
}

impl Selectors {
    /// Adds a rule's CSS; an error gives what `scraper` says is wrong with it.
    pub(crate) fn add(&mut self, rule: u16, css: &str) -> Result<(), String> {
        scraper::Selector::parse(css).map_err(|error| error.to_string())?;
        let mut parser = cssparser::Parser::new(css);
        let list = SelectorList::parse(&Parser, &mut parser, ParseRelative::No).map_err(|e| format!("{e:?}"))?;
        for selector in list.slice() {
            let index = self.filed.len() as u32;
            let (mut tag, mut attribute, mut file) = (None, None, None);
            for component in selector.iter() {
                match component {
                    Component::ID(id) => {
                        self.is_wordless |= !note(&mut self.first_words, &id.0);
                        file = Some(self.by_id.slot(&id.0));
                    }
                    Component::Class(class) => {
                        self.is_wordless |= !note(&mut self.first_words, &class.0);
                        file = Some(self.by_class.slot(&class.0));
                    }
                    Component::LocalName(name) => {
                        tag = known_tag(&name.lower_name.0);
                        continue;
                    }
                    Component::AttributeInNoNamespaceExists { local_name_lower: name, .. } => {
                        attribute = Some((&*name.0, ""));
                        continue;
                    }
                    Component::AttributeInNoNamespace { local_name: name, value, .. } => {
                        attribute = Some((&*name.0, &*value.0));
                        continue;
                    }
                    _ => continue,
                }
                break;
            }
            let file = match (file, attribute, tag) {
                (Some(file), ..) => file,
                (None, Some((name, value)), _) => {
                    self.attribute_kinds |= AttrKind::of(name.as_bytes()).bit();
                    attribute_file(&mut self.by_attribute, name, value)
                }
                (None, None, Some(tag)) => {
                    let most = self.by_tag.len().max(tag.0 as usize + 1);
                    self.by_tag.resize_with(most, Vec::new);
                    &mut self.by_tag[tag.0 as usize]
                }
                (None, None, None) => &mut self.others,
            };
            file.push(index);
            self.filed.push(Filed { selector: selector.clone(), rule });
        }
        Ok(())
    }

    /// Adds the names a rule looks for in class and id attributes.
    pub(crate) fn add_names(&mut self, rule: u16, names: &'static [&'static str]) {
        self.names.add(rule, names);
    }

    /// Walks the page's elements and adds what selectors and names point at to the document's hits.
    #[inline(never)] // A stage that `benches/counts` counts by its name.
    pub(crate) fn search(&self, doc: &mut Document) {
        let Some(tree) = doc.tree.take() else { return };
        let mut caches = SelectorCaches::default();
        let mut context = MatchingContext::new(
            MatchingMode::Normal,
            None,
            &mut caches,
            QuirksMode::NoQuirks,
            NeedsSelectorFlags::No,
            MatchingForInvalidation::No,
        );
        let mut found = Found::default();
        // The selectors that an element may match, and the names that it has.
        let (mut asked, mut named) = (Vec::new(), Vec::new());
        let mut scratch = Vec::new();
        let kinds = self.attribute_kinds | AttrKind::Class.bit() | AttrKind::Id.bit();
        for (i, (node, &(from, to))) in tree.nodes.iter().zip(&doc.node_blocks).enumerate() {
            // Text has no blocks within.
            if from == to {
                continue;
            }
            let of_tag = self.by_tag.get(node.tag.0 as usize).map_or(&[][..], Vec::as_slice);
            if node.kinds & kinds == 0 && of_tag.is_empty() && self.others.is_empty() {
                continue;
            }
            asked.clear();
            asked.extend_from_slice(&self.others);
            asked.extend_from_slice(of_tag);
            named.clear();
            let attrs = if node.kinds & kinds == 0 { &[] } else { tree.attrs(i as u32) };
            for (at, &attr) in attrs.iter().enumerate() {
                if attr.kind.bit() & kinds == 0 {
                    continue;
                }
                let is_class = attr.kind == AttrKind::Class;
                if is_class || attr.kind == AttrKind::Id {
                    // Only the first class and id of an element count.
                    let number = doc.values.numbers[node.attrs as usize + at];
                    if number == NIL {
                        continue;
                    }
                    let of_value = match found.known(number, is_class) {
                        0 => self.find(
                            (number, is_class),
                            &tree.value(attr),
                            doc.values.words_of(number),
                            &mut found,
                            &mut scratch,
                        ),
                        known => known,
                    };
                    if of_value != NOTHING {
                        let (candidates, names) = found.of(of_value);
                        asked.extend_from_slice(candidates);
                        // The id of a heading that is so long is made of its text.
                        let is_slug = !is_class && node.tag.heading_level() > 0;
                        if !is_slug || doc.values.words_of(number).len() < SLUG_WORDS {
                            named.extend_from_slice(names);
                        }
                    }
                }
                if attr.kind.bit() & self.attribute_kinds == 0 {
                    continue;
                }
                for file in self.by_attribute.iter().filter(|file| file.kind == attr.kind) {
                    if file.may_match(&tree, attr) {
                        asked.extend_from_slice(&file.selectors);
                    }
                }
            }
            let element = TreeElement { tree: &tree, node: i as u32 };
            let hit =
                |via| Hit { span: tree.place(i as u32), blocks: from as usize..to as usize, via, holds_body: false };
            for &index in &asked {
                let Filed { selector, rule } = &self.filed[index as usize];
                if matches_selector(selector, 0, None, &element, &mut context) {
                    push(&mut doc.hits[*rule as usize], hit(Via::Selector));
                }
            }
            if matches!(node.tag, Tag::HTML | Tag::BODY | Tag::MAIN) {
                continue;
            }
            for &(rule, name) in &named {
                push(&mut doc.hits[rule as usize], hit(Via::Name(name)));
            }
        }
        doc.tree = Some(tree);
        let mut hits = std::mem::take(&mut doc.hits);
        hits.iter_mut().for_each(|hits| note_bodies(doc, hits));
        doc.hits = hits;
    }

    /// Finds what one value of a class or id attribute may match, and remembers it under the value's number.
    fn find(
        &self,
        (number, is_class): (u32, bool),
        value: &str,
        words: &[ClassWord],
        found: &mut Found,
        scratch: &mut Vec<u8>,
    ) -> u32 {
        let is_read = value.len() <= class_words::LONGEST && !self.is_wordless;
        if !is_read || words.iter().any(|word| self.first_words.may_hold(word.key)) {
            if is_class {
                let classes = value.split_ascii_whitespace().filter_map(|class| self.by_class.find(class));
                classes.for_each(|of| found.candidates.extend(of));
            } else if let Some(of) = self.by_id.find(value) {
                found.candidates.extend(of);
            }
        }
        self.names.find(value, words, &mut found.names, scratch);
        found.close(number, is_class)
    }
}

/// Words of the shortest id that is taken to be made of a heading's text.
const SLUG_WORDS: usize = 3;

/// Notes the first word of an id or class; returns whether it has one.
fn note(first_words: &mut Keys, name: &str) -> bool {
    let mut words = Vec::new();
    class_words::read(name, &mut words);
    words.first().is_some_and(|word| {
        first_words.insert(word.key);
        true
    })
}

/// The selectors and names that the values of attributes may match.
#[derive(Default)]
struct Found {
    /// By number of the value, twice, for ids and classes: 0 if it has not been looked at, [`NOTHING`], or its place in
    /// `ends`.
    known: Vec<u32>,
    /// Where the candidates and names of each value that has any end.
    ends: Vec<(u32, u32)>,
    candidates: Vec<u32>,
    names: Vec<(u16, &'static str)>,
}

/// A value matches nothing.
const NOTHING: u32 = 1;

impl Found {
    fn known(&self, number: u32, is_class: bool) -> u32 {
        self.known.get(2 * number as usize + usize::from(is_class)).copied().unwrap_or(0)
    }

    /// Ends what is found for a value; returns what is known of it from now on.
    fn close(&mut self, number: u32, is_class: bool) -> u32 {
        let at = 2 * number as usize + usize::from(is_class);
        if at >= self.known.len() {
            self.known.resize((2 * at).max(256), 0);
        }
        if self.ends.is_empty() {
            // So that each value has an end before it.
            self.ends.extend([(0, 0); 2]);
        }
        let end = (self.candidates.len() as u32, self.names.len() as u32);
        if self.ends.last() == Some(&end) {
            self.known[at] = NOTHING;
        } else {
            self.known[at] = self.ends.len() as u32;
            self.ends.push(end);
        }
        self.known[at]
    }

    fn of(&self, known: u32) -> (&[u32], &[(u16, &'static str)]) {
        let (from, to) = (self.ends[known as usize - 1], self.ends[known as usize]);
        (&self.candidates[from.0 as usize..to.0 as usize], &self.names[from.1 as usize..to.1 as usize])
    }
}

/// The selectors that ask for an attribute whose value holds some text, in any case.
struct AttributeFile {
    name: Box<str>,
    kind: AttrKind,
    value: Box<str>,
    selectors: Vec<u32>,
}

impl AttributeFile {
    /// Returns whether the selectors may match an attribute of their kind.
    fn may_match(&self, tree: &Tree, attr: Attr) -> bool {
        let (raw, value) = (tree.raw_value(attr).as_bytes(), self.value.as_bytes());
        let Some(first) = value.first() else { return self.is_of(tree, attr) };
        let holds =
            || raw.windows(value.len()).any(|part| part[0] | 0x20 == first | 0x20 && part.eq_ignore_ascii_case(value));
        self.is_of(tree, attr) && (holds() || memchr::memchr(b'&', raw).is_some())
    }

    fn is_of(&self, tree: &Tree, attr: Attr) -> bool {
        self.kind != AttrKind::Other || tree.is_named(attr, &self.name)
    }
}

fn attribute_file<'f>(files: &'f mut Vec<AttributeFile>, name: &str, value: &str) -> &'f mut Vec<u32> {
    let at = files.iter().position(|file| *file.name == *name && *file.value == *value).unwrap_or_else(|| {
        let (kind, selectors) = (AttrKind::of(name.as_bytes()), Vec::new());
        files.push(AttributeFile { name: name.into(), kind, value: value.into(), selectors });
        files.len() - 1
    });
    &mut files[at].selectors
}

/// Elements that hold more than this share of the page's prose, and as many words, are not furniture, whatever their
/// class says. Set by hand.
const MOST_PROSE: f32 = 0.3;
const FEWEST_WORDS: u32 = 40;

/// Notes which of a rule's hits hold the body: each that holds much of the page's prose alone or most of its longest
/// stretch, all that do so together under one name, and headings of the body, whose ids are made from their text.
fn note_bodies(doc: &Document, hits: &mut [Hit]) {
    let most = (doc.prose_in(0..doc.blocks.len()) as f32 * MOST_PROSE).max(FEWEST_WORDS as f32);
    let mut names: FastMap<Option<&str>, u32> = FastMap::default();
    let name = |hit: &Hit| match hit.via {
        Via::Name(name) => Some(name),
        _ => None,
    };
    for hit in hits.iter() {
        *names.entry(name(hit)).or_default() += doc.prose_in(hit.blocks.clone());
    }
    let run = doc.main_run();
    for hit in hits {
        let is_heading = hit.blocks.len() == 1
            && run.contains(&hit.blocks.start)
            && doc.blocks[hit.blocks.start].kind == BlockKind::Heading;
        let shared = hit.blocks.start.max(run.start)..hit.blocks.end.min(run.end);
        let is_shown = !doc.blocks[hit.blocks.start].is(Setting::HIDDEN);
        let holds_run =
            is_shown && !shared.is_empty() && doc.prose_in(shared) > (doc.prose_in(run.clone()) / 2).max(FEWEST_WORDS);
        hit.holds_body = is_heading || holds_run || names[&name(hit)] as f32 > most;
    }
}

/// Adds a hit unless it lies within the one before it.
fn push(hits: &mut Vec<Hit>, hit: Hit) {
    if hits.last().is_none_or(|last| !last.span.contains(hit.span)) {
        hits.push(hit);
    }
}

/// Names of all rules, found as runs of words in attribute values.
#[derive(Default)]
struct Names {
    by_first_word: Lookup<Started>,
}

/// The names that start with one word.
#[derive(Default)]
struct Started {
    /// Of each, the key of its second word, 0 if there is none: most names are told from a value by that alone.
    seconds: Vec<u64>,
    names: Vec<Name>,
}

/// A name and its rule.
struct Name {
    rule: u16,
    name: &'static str,
    /// Keys of its words from the second on.
    rest: Vec<u64>,
    /// Whether a word of it has so many letters that another may have its key.
    is_long: bool,
}

impl Names {
    fn add(&mut self, rule: u16, names: &'static [&'static str]) {
        for &name in names {
            let mut words = name.split('-');
            let first = words.next().unwrap_or(name);
            let rest: Vec<u64> = words.map(|word| class_words::key(word.as_bytes())).collect();
            let is_long = name.split('-').any(|word| word.len() > class_words::EXACT);
            let started = self.by_first_word.slot(first);
            started.seconds.push(rest.first().copied().unwrap_or(0));
            started.names.push(Name { rule, name, rest, is_long });
        }
    }

    /// Adds the names that an attribute's value holds, given its words. `scratch` is room for the words of a part of it.
    fn find(&self, value: &str, words: &[ClassWord], found: &mut Vec<(u16, &'static str)>, scratch: &mut Vec<u8>) {
        let before = found.len();
        for (i, word) in words.iter().enumerate() {
            let Some(Started { seconds, names }) = self.by_first_word.may_be(word.key) else { continue };
            let next = words.get(i + 1).map_or(0, |word| word.key);
            let may_follow = |&at: &usize| seconds[at] == next || seconds[at] == 0;
            for &Name { rule, name, ref rest, is_long } in (0..seconds.len()).filter(may_follow).map(|at| &names[at]) {
                let Some(after) = words[i + 1..].get(..rest.len()) else { continue };
                if !after.iter().map(|word| word.key).eq(rest.iter().copied()) {
                    continue;
                }
                let last = after.last().unwrap_or(word).start;
                let Some(part) = part_of_name(value, word.start as usize, last as usize) else { continue };
                if (!is_long || is_run(part, name, scratch)) && !found[before..].contains(&(rule, name)) {
                    found.push((rule, name));
                }
            }
        }
    }
}

/// Returns whether a part of a class starts with a name.
fn is_run(part: &str, name: &str, scratch: &mut Vec<u8>) -> bool {
    hyphenate(part, scratch);
    scratch.strip_prefix(name.as_bytes()).is_some_and(|after| after.starts_with(b"-"))
}

/// Returns what a class is from a word of it on, if that and the word at `last` are of one class, and a name may stand there. Utility classes of the `md:flex` kind never
/// name a thing, nor do the topics of a post.
fn part_of_name(value: &str, at: usize, last: usize) -> Option<&str> {
    let value = &value[..value.floor_char_boundary(2 * class_words::LONGEST)];
    let is_space = |b: &u8| b.is_ascii_whitespace();
    let bytes = value.as_bytes();
    let start = bytes[..at].iter().rposition(is_space).map_or(0, |space| space + 1);
    let end = bytes[at..].iter().position(is_space).map_or(bytes.len(), |space| at + space);
    if last >= end {
        return None;
    }
    let class = &value[start..end];
    let is_other = class.contains(':') || class_words::is_topic(value, start);
    (!is_other).then(|| &value[at..end])
}

/// Writes the words of a part of an attribute's value, each with a hyphen behind it, as names are written.
fn hyphenate(part: &str, words: &mut Vec<u8>) {
    words.clear();
    class_words::split(part, |word, _| {
        words.extend_from_slice(word);
        words.push(b'-');
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_runs_of_whole_words() {
        let mut names = Names::default();
        names.add(7, &["share-bar", "sns"]);
        let find = |value: &str| {
            let mut words = Vec::new();
            class_words::read(value, &mut words);
            let mut found = Vec::new();
            names.find(value, &words, &mut found, &mut Vec::new());
            found
        };
        assert_eq!(find("c-shareBar__list"), [(7, "share-bar")]);
        assert_eq!(find("sns_wrap"), [(7, "sns")]);
        assert!(find("timeshare-bar-none barshare").is_empty());
        assert!(find("share has-bar").is_empty());
        assert!(find("post-12 hentry category-share_bar").is_empty());
        assert_eq!(find("category-share-bar"), [(7, "share-bar")]);
    }

    #[test]
    fn selectors_that_scraper_rejects_are_rejected() {
        assert!(Selectors::default().add(0, "div >").is_err());
        assert!(Selectors::default().add(0, "div:has(> p), [data-x~='y' i]").is_ok());
    }
}
