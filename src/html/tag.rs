//! Tag names as small numbers, and what the parser and the block builder need to know of each.

use crate::hash::FastMap;
use crate::letters;

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

macro_rules! tags {
    ($($id:ident $name:literal $flags:expr;)*) => {
        #[allow(non_camel_case_types, clippy::upper_case_acronyms, dead_code)]
        #[repr(u16)]
        enum Index { $($id),* }
        #[allow(dead_code)]
        impl Tag { $(pub(crate) const $id: Tag = Tag(Index::$id as u16);)* }
        /// Every tag name the parser knows, with its flags.
        pub(crate) static KNOWN: &[(&str, u16)] = &[$(($name, $flags)),*];
    };
}

const BLK: u16 = BLOCK | CLOSES_P | SPECIAL;

tags! {
    NONE "" 0;
    TEXT "#text" 0;
    A "a" FORMATTING;
    ABBR "abbr" 0;
    ADDRESS "address" BLK;
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
    BODY "body" BLOCK | SPECIAL;
    BR "br" VOID | SPECIAL;
    BUTTON "button" SPECIAL | CONTROL | BLOCK;
    CANVAS "canvas" UNSEEN;
    CAPTION "caption" BLOCK | SCOPE | SPECIAL;
    CENTER "center" BLK;
    CITE "cite" 0;
    CODE "code" FORMATTING;
    COL "col" VOID | SPECIAL;
    COLGROUP "colgroup" SPECIAL;
    DATA "data" 0;
    DATALIST "datalist" UNSEEN;
    DD "dd" BLOCK | SPECIAL;
    DEL "del" 0;
    DETAILS "details" BLK;
    DIALOG "dialog" BLOCK | CLOSES_P;
    DIR "dir" BLK;
    DIV "div" BLK;
    DL "dl" BLK;
    DT "dt" BLOCK | SPECIAL;
    EM "em" FORMATTING;
    EMBED "embed" VOID | SPECIAL;
    FIELDSET "fieldset" BLK;
    FIGCAPTION "figcaption" BLK;
    FIGURE "figure" BLK;
    FONT "font" FORMATTING;
    FOOTER "footer" BLK;
    FORM "form" BLK;
    FRAME "frame" VOID | SPECIAL;
    FRAMESET "frameset" SPECIAL;
    H1 "h1" BLK;
    H2 "h2" BLK;
    H3 "h3" BLK;
    H4 "h4" BLK;
    H5 "h5" BLK;
    H6 "h6" BLK;
    HEAD "head" SPECIAL;
    HEADER "header" BLK;
    HGROUP "hgroup" BLK;
    HR "hr" VOID | BLK;
    HTML "html" SCOPE | SPECIAL | BLOCK;
    I "i" FORMATTING;
    IFRAME "iframe" RAW | SPECIAL | UNSEEN;
    IMG "img" VOID | SPECIAL;
    INPUT "input" VOID | SPECIAL;
    INS "ins" 0;
    KEYGEN "keygen" VOID | SPECIAL;
    LABEL "label" CONTROL;
    LEGEND "legend" BLOCK;
    LI "li" BLOCK | SPECIAL;
    LINK "link" VOID | HEAD | SPECIAL;
    LISTING "listing" BLK;
    MAIN "main" BLK;
    MAP "map" 0;
    MARK "mark" 0;
    MARQUEE "marquee" SCOPE | SPECIAL | BLOCK;
    MATH "math" 0;
    MENU "menu" BLK;
    META "meta" VOID | HEAD | SPECIAL;
    METER "meter" UNSEEN;
    NAV "nav" BLK;
    NOBR "nobr" FORMATTING;
    NOEMBED "noembed" RAW | SPECIAL | UNSEEN;
    NOFRAMES "noframes" RAW | HEAD | SPECIAL | UNSEEN;
    NOSCRIPT "noscript" RAW | HEAD | SPECIAL | UNSEEN;
    OBJECT "object" SCOPE | SPECIAL | UNSEEN;
    OL "ol" BLK;
    OPTGROUP "optgroup" BLOCK | CONTROL;
    OPTION "option" BLOCK | CONTROL;
    OUTPUT "output" 0;
    P "p" BLK;
    PARAM "param" VOID | SPECIAL;
    PICTURE "picture" 0;
    PLAINTEXT "plaintext" BLK | RAW;
    PRE "pre" BLK;
    PROGRESS "progress" UNSEEN;
    Q "q" 0;
    RB "rb" 0;
    RP "rp" UNSEEN;
    RT "rt" UNSEEN;
    RTC "rtc" UNSEEN;
    RUBY "ruby" 0;
    S "s" FORMATTING;
    SCRIPT "script" RAW | HEAD | SPECIAL | UNSEEN;
    SEARCH "search" BLK;
    SECTION "section" BLK;
    SELECT "select" SCOPE | SPECIAL | CONTROL | BLOCK;
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
    TABLE "table" BLOCK | SCOPE | SPECIAL;
    TBODY "tbody" BLOCK | SPECIAL;
    TD "td" BLOCK | SCOPE | SPECIAL;
    TEMPLATE "template" SCOPE | HEAD | SPECIAL | UNSEEN;
    TEXTAREA "textarea" RCDATA | SPECIAL | CONTROL | BLOCK;
    TFOOT "tfoot" BLOCK | SPECIAL;
    TH "th" BLOCK | SCOPE | SPECIAL;
    THEAD "thead" BLOCK | SPECIAL;
    TIME "time" 0;
    TITLE "title" RCDATA | HEAD | SPECIAL | UNSEEN;
    TR "tr" BLOCK | SPECIAL;
    TRACK "track" VOID | SPECIAL;
    TT "tt" FORMATTING;
    U "u" FORMATTING;
    UL "ul" BLK;
    VAR "var" 0;
    VIDEO "video" UNSEEN;
    WBR "wbr" VOID | SPECIAL;
    XMP "xmp" BLK | RAW;
    ANNOTATION "annotation" UNSEEN;
    ANNOTATION_XML "annotation-xml" UNSEEN;
    FOREIGN_OBJECT "foreignobject" SCOPE | SPECIAL;
    DESC "desc" UNSEEN;
}

const SLOTS: usize = 1024;

/// Folds up to sixteen bytes of a name, lower-cased, into two numbers; of longer names, and of none, the first is zero.
fn pack(name: &[u8]) -> [u64; 2] {
    match name.len() {
        0..=8 => [letters::small_name(letters::load(name)), 0],
        9..=16 => [&name[..8], &name[8..]].map(|part| letters::small_name(letters::load(part))),
        _ => [0, 0],
    }
}

const fn slot(packed: [u64; 2]) -> usize {
    let folded = packed[0] ^ packed[1].wrapping_mul(0x9e37_79b9_7f4a_7c15);
    (folded.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 54) as usize
}

/// Open-addressed table from packed name to index in [`KNOWN`], filled at compile time.
static TABLE: [([u64; 2], u16); SLOTS] = {
    let mut table = [([0, 0], 0u16); SLOTS];
    let mut i = 2;
    while i < KNOWN.len() {
        let name = KNOWN[i].0.as_bytes();
        let mut packed = [0u64, 0];
        let mut at = 0;
        while at < name.len() {
            packed[at / 8] |= (name[at] as u64) << (at % 8 * 8);
            at += 1;
        }
        let mut at = slot(packed);
        while table[at].0[0] != 0 {
            at = (at + 1) % SLOTS;
        }
        table[at] = (packed, i as u16);
        i += 1;
    }
    table
};

/// Looks up a known tag by its name in any case.
pub(crate) fn known(name: &[u8]) -> Option<Tag> {
    let packed = pack(name);
    if packed[0] == 0 {
        return None;
    }
    let mut at = slot(packed);
    while TABLE[at].0[0] != 0 {
        if TABLE[at].0 == packed {
            return Some(Tag(TABLE[at].1));
        }
        at = (at + 1) % SLOTS;
    }
    None
}

impl Tag {
    /// Returns the flags of the tag; a name that HTML does not have is an inline element without any.
    pub(crate) fn flags(self) -> u16 {
        KNOWN.get(self.0 as usize).map_or(0, |&(_, flags)| flags)
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
        let name = name.to_ascii_lowercase();
        if let Some(&index) = self.index.get(name.as_str()) {
            return Tag(index);
        }
        if self.own.len() >= OWN_NAMES {
            return Tag(KNOWN.len() as u16);
        }
        let index = (KNOWN.len() + self.own.len()) as u16;
        self.own.push(name.as_str().into());
        self.index.insert(name.into(), index);
        Tag(index)
    }

    pub(crate) fn name(&self, tag: Tag) -> &str {
        match KNOWN.get(tag.0 as usize) {
            Some(&(name, _)) => name,
            None => self.own.get(tag.0 as usize - KNOWN.len()).map_or("", |name| name),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_finds_itself() {
        for (i, (name, _)) in KNOWN.iter().enumerate().skip(2) {
            assert_eq!(known(name.to_uppercase().as_bytes()), Some(Tag(i as u16)), "{name}");
        }
        assert_eq!(known(b"x-card"), None);
        assert_eq!(known(b"averyveryverylongname"), None);
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
