//! Tag names as small numbers, and what the parser and the block builder need to know of each.

use crate::hash::{FastMap, GOLDEN};
use crate::letters;
use std::borrow::Cow;

/// A tag name: an index into [`KNOWN`], or above it a name first met on this page.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
pub(crate) struct Tag(pub(crate) u16);

/// Never has content or an end tag.
pub(crate) const VOID: u16 = 1 << 0;
/// Content is text up to the end tag, without character references (script, style …).
pub(crate) const RAW: u16 = 1 << 1;
/// Content is text up to the end tag, with character references (title, textarea).
pub(crate) const RCDATA: u16 = 1 << 2;
/// Its start tag closes an open `<p>`.
pub(crate) const CLOSES_P: u16 = 1 << 3;
/// "Special" in the standard: stray end tags do not look past it.
pub(crate) const SPECIAL: u16 = 1 << 4;
/// Ends the "has an element in scope" search.
pub(crate) const SCOPE: u16 = 1 << 5;
/// A formatting element (b, i, a …): closing it does not close the blocks within.
pub(crate) const FORMATTING: u16 = 1 << 6;
/// Starts and ends a block of text.
pub(crate) const BLOCK: u16 = 1 << 7;
/// Never rendered, or rendered without text.
pub(crate) const UNSEEN: u16 = 1 << 8;
/// Goes into the head when it comes before the body.
pub(crate) const HEAD: u16 = 1 << 9;
/// A form control or its label.
pub(crate) const CONTROL: u16 = 1 << 10;
/// Its start tag does more to what is open than close a `<p>`.
pub(crate) const RULE: u16 = 1 << 11;
/// Ends some of the searches that [`SCOPE`] ends.
pub(crate) const NARROW: u16 = 1 << 12;
/// May say something of the page as a whole.
pub(crate) const SAYS: u16 = 1 << 13;

macro_rules! tags {
    ($($id:ident $name:literal $flags:expr;)*) => {
        #[allow(non_camel_case_types, clippy::upper_case_acronyms, dead_code)]
        #[repr(u16)]
        enum Index { $($id),* }
        #[allow(dead_code)]
        impl Tag { $(pub(crate) const $id: Tag = Tag(Index::$id as u16);)* }
        /// Every tag name the parser knows.
        pub(crate) static KNOWN: [&str; [$($name),*].len()] = NAMES;
        const NAMES: [&str; [$($name),*].len()] = [$($name),*];
        /// The flags of each.
        static FLAGS: [u16; NAMES.len()] = [$($flags),*];
    };
}

const BLK: u16 = BLOCK | CLOSES_P | SPECIAL;

tags! {
    NONE "" 0;
    TEXT "#text" 0;
    A "a" FORMATTING | RULE;
    ABBR "abbr" 0;
    ADDRESS "address" BLK;
    AMP_FACEBOOK "amp-facebook" 0;
    AMP_INSTAGRAM "amp-instagram" 0;
    AMP_TIKTOK "amp-tiktok" 0;
    AMP_TWITTER "amp-twitter" 0;
    APPLET "applet" SCOPE | SPECIAL | UNSEEN;
    AREA "area" VOID | SPECIAL;
    ARTICLE "article" BLK;
    ASIDE "aside" BLK;
    AUDIO "audio" UNSEEN;
    B "b" FORMATTING;
    BASE "base" VOID | HEAD | SPECIAL;
    BASEFONT "basefont" VOID | HEAD | SPECIAL;
    BGSOUND "bgsound" VOID | HEAD | SPECIAL;
    BIG "big" FORMATTING;
    BLOCKQUOTE "blockquote" BLK;
    BODY "body" BLOCK | SPECIAL | RULE;
    BR "br" VOID | SPECIAL;
    BUTTON "button" SPECIAL | CONTROL | BLOCK | NARROW | RULE;
    CANVAS "canvas" UNSEEN;
    CAPTION "caption" BLOCK | SCOPE | SPECIAL | RULE;
    CENTER "center" BLK;
    CITE "cite" 0;
    CODE "code" FORMATTING;
    COL "col" VOID | SPECIAL | RULE;
    COLGROUP "colgroup" SPECIAL | RULE;
    DATA "data" 0;
    DATALIST "datalist" UNSEEN;
    DD "dd" BLOCK | SPECIAL | RULE;
    DEL "del" 0;
    DETAILS "details" BLK;
    DIALOG "dialog" BLOCK | CLOSES_P;
    DIR "dir" BLK;
    DIV "div" BLK;
    DL "dl" BLK;
    DT "dt" BLOCK | SPECIAL | RULE;
    EM "em" FORMATTING;
    EMBED "embed" VOID | SPECIAL;
    FIELDSET "fieldset" BLK;
    FIGCAPTION "figcaption" BLK;
    FIGURE "figure" BLK;
    FONT "font" FORMATTING;
    FOOTER "footer" BLK;
    FORM "form" BLK | RULE;
    FRAME "frame" VOID | SPECIAL | RULE;
    FRAMESET "frameset" SPECIAL | RULE;
    H1 "h1" BLK | RULE;
    H2 "h2" BLK | RULE;
    H3 "h3" BLK | RULE;
    H4 "h4" BLK | RULE;
    H5 "h5" BLK | RULE;
    H6 "h6" BLK | RULE;
    HEAD "head" SPECIAL | RULE;
    HEADER "header" BLK;
    HGROUP "hgroup" BLK;
    HR "hr" VOID | BLK | RULE;
    HTML "html" SCOPE | SPECIAL | BLOCK | RULE;
    I "i" FORMATTING;
    IFRAME "iframe" RAW | SPECIAL | UNSEEN;
    IMG "img" VOID | SPECIAL;
    INPUT "input" VOID | SPECIAL | RULE;
    INS "ins" 0;
    KEYGEN "keygen" VOID | SPECIAL;
    LABEL "label" CONTROL;
    LEGEND "legend" BLOCK;
    LI "li" BLOCK | SPECIAL | RULE;
    LINK "link" VOID | HEAD | SPECIAL | SAYS;
    LISTING "listing" BLK;
    MAIN "main" BLK;
    MAP "map" 0;
    MARK "mark" 0;
    MARQUEE "marquee" SCOPE | SPECIAL | BLOCK;
    MATH "math" 0;
    MENU "menu" BLK;
    META "meta" VOID | HEAD | SPECIAL | SAYS;
    METER "meter" UNSEEN;
    NAV "nav" BLK;
    NOBR "nobr" FORMATTING | RULE;
    NOEMBED "noembed" RAW | SPECIAL | UNSEEN;
    NOFRAMES "noframes" RAW | HEAD | SPECIAL | UNSEEN;
    NOSCRIPT "noscript" RAW | HEAD | SPECIAL | UNSEEN;
    OBJECT "object" SCOPE | SPECIAL | UNSEEN;
    OL "ol" BLK | NARROW;
    OPTGROUP "optgroup" BLOCK | CONTROL | RULE;
    OPTION "option" BLOCK | CONTROL | RULE;
    OUTPUT "output" 0;
    P "p" BLK;
    PARAM "param" VOID | SPECIAL;
    PICTURE "picture" 0;
    PLAINTEXT "plaintext" BLK | RAW;
    PRE "pre" BLK;
    PROGRESS "progress" UNSEEN;
    Q "q" 0;
    RB "rb" RULE;
    RP "rp" UNSEEN | RULE;
    RT "rt" UNSEEN | RULE;
    RTC "rtc" UNSEEN | RULE;
    RUBY "ruby" 0;
    S "s" FORMATTING;
    SCRIPT "script" RAW | HEAD | SPECIAL | UNSEEN | SAYS;
    SEARCH "search" BLK;
    SECTION "section" BLK;
    SELECT "select" SCOPE | SPECIAL | CONTROL | BLOCK | RULE;
    SLOT "slot" 0;
    SMALL "small" FORMATTING;
    SOURCE "source" VOID | SPECIAL;
    SPAN "span" 0;
    STRIKE "strike" FORMATTING;
    STRONG "strong" FORMATTING;
    STYLE "style" RAW | HEAD | SPECIAL | UNSEEN;
    SUB "sub" 0;
    SUMMARY "summary" BLK;
    SUP "sup" 0;
    SVG "svg" UNSEEN;
    TABLE "table" BLOCK | SCOPE | SPECIAL | RULE;
    TBODY "tbody" BLOCK | SPECIAL | RULE;
    TD "td" BLOCK | SCOPE | SPECIAL | RULE;
    TEMPLATE "template" SCOPE | HEAD | SPECIAL | UNSEEN;
    TEXTAREA "textarea" RCDATA | SPECIAL | CONTROL | BLOCK;
    TFOOT "tfoot" BLOCK | SPECIAL | RULE;
    TH "th" BLOCK | SCOPE | SPECIAL | RULE;
    THEAD "thead" BLOCK | SPECIAL | RULE;
    TIME "time" SAYS;
    TITLE "title" RCDATA | HEAD | SPECIAL | UNSEEN | SAYS;
    TR "tr" BLOCK | SPECIAL | RULE;
    TRACK "track" VOID | SPECIAL;
    TT "tt" FORMATTING;
    U "u" FORMATTING;
    UL "ul" BLK | NARROW;
    VAR "var" 0;
    VIDEO "video" UNSEEN;
    WBR "wbr" VOID | SPECIAL;
    XMP "xmp" BLK | RAW;
    ANNOTATION "annotation" UNSEEN;
    ANNOTATION_XML "annotation-xml" UNSEEN;
    FOREIGN_OBJECT "foreignobject" SCOPE | SPECIAL;
    DESC "desc" UNSEEN;
}

const ONES: u64 = 0x0101_0101_0101_0101;
/// Bit 6 of each byte: letters have it, and no white space, digit, `/`, `=` or `>` does.
const LETTER: u64 = 0x40 * ONES;

/// Returns how many bytes of a word, from the lowest, can be letters.
#[inline]
pub(crate) fn run(word: u64) -> usize {
    (!word & LETTER).trailing_zeros() as usize / 8
}

/// Returns the key of a name that is a [`run`] of at most eight bytes: the letters in small ones.
#[inline]
pub(crate) fn short_key(word: u64, len: usize) -> u64 {
    (word | (0x20 * ONES)) & letters::MASKS[len]
}

/// Returns the key of any name. That of a name of more than eight bytes has a highest byte which no short key has.
fn key(name: &[u8]) -> u64 {
    match (name.first_chunk(), name.last_chunk()) {
        (Some(first), Some(last)) if name.len() > 8 => {
            let [first, last] = [*first, *last].map(|part| letters::small_name(u64::from_le_bytes(part)));
            long_key(first, last)
        }
        _ => letters::small_name(letters::load(name)),
    }
}

const fn long_key(first: u64, last: u64) -> u64 {
    (first ^ last.wrapping_mul(GOLDEN)) & !(0xc0 << 56) | 0x80 << 56
}

/// Names by their keys: an open-addressed table, filled at compile time. It has at least twice as many slots as names.
pub(crate) struct Table<const SLOTS: usize>([(u64, u16); SLOTS]);

impl<const SLOTS: usize> Table<SLOTS> {
    /// Enters each name that is made of small letters, with its index.
    pub(crate) const fn new(names: &[&str]) -> Self {
        let mut table = [(0, 0); SLOTS];
        let mut i = 0;
        while i < names.len() {
            let name = names[i].as_bytes();
            let (mut first, mut last) = (0, 0);
            let mut at = 0;
            while at < name.len() {
                if at < 8 {
                    first |= (name[at] as u64) << (8 * at);
                }
                last = last >> 8 | (name[at] as u64) << 56;
                at += 1;
            }
            let key = if name.len() > 8 { long_key(first, last) } else { first };
            let mut at = Self::slot(key);
            while table[at].0 != 0 {
                at = (at + 1) % SLOTS;
            }
            if !name.is_empty() && name[0].is_ascii_lowercase() {
                table[at] = (key, i as u16);
            }
            i += 1;
        }
        Table(table)
    }

    const fn slot(key: u64) -> usize {
        (key.wrapping_mul(0x2545_f491_4f6c_dd1d) >> (64 - SLOTS.trailing_zeros())) as usize
    }

    /// Returns the index of the name that has a short key, or 0.
    #[inline]
    pub(crate) fn find(&self, key: u64) -> u16 {
        let mut at = Self::slot(key);
        loop {
            let (found, index) = self.0[at];
            if found == key || found == 0 {
                return index;
            }
            at = (at + 1) % SLOTS;
        }
    }

    /// Returns the index of a name in any case, or 0; `names` are those that the table was made of.
    pub(crate) fn look_up(&self, names: &[&str], name: &[u8]) -> u16 {
        let index = self.find(key(name));
        let found = names[index as usize];
        if found.as_bytes().eq_ignore_ascii_case(name) { index } else { 0 }
    }
}

static TABLE: Table<512> = Table::new(&NAMES);

/// Looks up a known tag by its name in any case.
pub(crate) fn known(name: &[u8]) -> Option<Tag> {
    let index = TABLE.look_up(&KNOWN, name);
    (index != 0).then_some(Tag(index))
}

/// Returns the known tag that has a [`short_key`], or [`Tag::NONE`].
#[inline]
pub(crate) fn by_key(key: u64) -> Tag {
    Tag(TABLE.find(key))
}

/// See [`Tag::end_key`].
static END_KEYS: [u64; NAMES.len()] = {
    let mut keys = [0; NAMES.len()];
    let mut i = 2;
    while i < keys.len() {
        let tag = i as u16;
        let is_own = tag == Tag::HTML.0 || tag == Tag::BODY.0 || tag == Tag::FORM.0;
        let name = NAMES[i].as_bytes();
        let mut at = 0;
        while at < name.len() && name.len() < 8 && !is_own {
            keys[i] |= (name[at] as u64) << (8 * at);
            at += 1;
        }
        i += 1;
    }
    keys
};

impl Tag {
    /// Returns the [`short_key`] of a tag whose end tag, where it is the innermost open element, only closes it; 0 for other tags, and for names of eight bytes and more.
    #[inline]
    pub(crate) fn end_key(self) -> u64 {
        END_KEYS.get(self.0 as usize).copied().unwrap_or(0)
    }

    /// Returns the flags of the tag; a name that HTML does not have is an inline element without any.
    #[inline]
    pub(crate) fn flags(self) -> u16 {
        FLAGS.get(self.0 as usize).copied().unwrap_or(0)
    }

    pub(crate) fn is(self, flags: u16) -> bool {
        self.flags() & flags != 0
    }

    /// Returns 1 to 6 for `h1` to `h6`, otherwise 0.
    pub(crate) fn heading_level(self) -> u8 {
        if (Tag::H1.0..=Tag::H6.0).contains(&self.0) { (self.0 - Tag::H1.0 + 1) as u8 } else { 0 }
    }
}

/// The tag names of one page: the known ones and those it made up.
#[derive(Default)]
pub(crate) struct Names {
    index: FastMap<Box<str>, u16>,
    own: Vec<Box<str>>,
}

/// Distinct unknown names a page may bring; later ones share one number.
const OWN_NAMES: usize = 4096;

impl Names {
    pub(crate) fn intern(&mut self, name: &str) -> Tag {
        if let Some(tag) = known(name.as_bytes()) {
            return tag;
        }
        let name: Cow<str> =
            if name.bytes().any(|b| b.is_ascii_uppercase()) { name.to_ascii_lowercase().into() } else { name.into() };
        if let Some(&index) = self.index.get(&*name) {
            return Tag(index);
        }
        if self.own.len() >= OWN_NAMES {
            return Tag(KNOWN.len() as u16);
        }
        let index = (KNOWN.len() + self.own.len()) as u16;
        self.own.push((*name).into());
        self.index.insert((*name).into(), index);
        Tag(index)
    }

    pub(crate) fn name(&self, tag: Tag) -> &str {
        match KNOWN.get(tag.0 as usize) {
            Some(name) => name,
            None => self.own.get(tag.0 as usize - KNOWN.len()).map_or("", |name| name),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_finds_itself() {
        for (i, name) in KNOWN.iter().enumerate().skip(2) {
            assert_eq!(known(name.to_uppercase().as_bytes()), Some(Tag(i as u16)), "{name}");
        }
        assert_eq!(known(b"x-card"), None);
        assert_eq!(known(b"averyveryverylongname"), None);
        assert_eq!(known(b"p\0"), None);
        assert_eq!(known(b""), None);
        assert_eq!(known(b"#text"), None);
    }

    #[test]
    fn unknown_names_get_numbers_of_their_own() {
        let mut names = Names::default();
        let card = names.intern("X-Card");
        assert_eq!(names.intern("x-card"), card);
        assert_ne!(names.intern("x-box"), card);
        assert_eq!(names.name(card), "x-card");
        assert_eq!(names.name(Tag::DIV), "div");
    }
}
