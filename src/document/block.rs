//! Blocks of text: what each was in the source, and how it is set.

use crate::measure::{Marks, Measure};
use crate::span::Span;
use std::ops::{BitOr, BitOrAssign};

/// The element, or in flattened text the shape of line, that a block comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum BlockKind {
    /// `<p>`, or a line of text.
    Paragraph,
    /// Text that stands in a container by itself, such as a `<div>`.
    Loose,
    /// `<h1>` to `<h6>`, or a Markdown heading.
    Heading,
    /// `<li>`, `<dt>`, `<dd>`, or a line with a bullet or number.
    ListItem,
    /// Text in a `<blockquote>`, or lines quoted with `>`.
    Quote,
    /// `<figcaption>` or a table's `<caption>`.
    Caption,
    /// A row of a table, its cells joined by tabs.
    TableRow,
    /// `<pre>` and the like: line breaks count.
    Preformatted,
    /// A button, an option, a label or a text field.
    Control,
}

/// Where a block stands and how it is set, as a set of bits.
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Setting(pub(crate) u32);

macro_rules! settings {
    ($($(#[$doc:meta])* $name:ident $bit:literal;)*) => {
        impl Setting { $($(#[$doc])* pub const $name: Setting = Setting(1 << $bit);)* }
    };
}

settings! {
    /// In `<nav>` or `role="navigation"`, or a menu.
    NAV 0;
    /// In `<aside>` or `role="complementary"`.
    ASIDE 1;
    /// In a `<header>` or `role="banner"`.
    HEADER 2;
    /// In a `<footer>` or `role="contentinfo"`.
    FOOTER 3;
    /// In a `<form>`.
    FORM 4;
    /// In a `<figure>`.
    FIGURE 5;
    /// In a `<figcaption>`.
    FIGCAPTION 6;
    /// In an `<article>`.
    ARTICLE 7;
    /// In `<main>` or `role="main"`.
    MAIN 8;
    /// In a table.
    TABLE 9;
    /// In a list.
    LIST 10;
    /// In a `<blockquote>`.
    QUOTE 11;
    /// White space counts.
    PRE 12;
    /// Not shown: `hidden`, `display:none`.
    HIDDEN 13;
    /// Kept from screen readers: `aria-hidden="true"`.
    ARIA_HIDDEN 14;
    /// A form control.
    CONTROL 15;
    /// Wholly bold.
    BOLD 16;
    /// Wholly italic.
    ITALIC 17;
    /// In an element marked as schema.org `articleBody`.
    ARTICLE_BODY 18;
    /// In an `<address>`.
    ADDRESS 19;
    /// In a `<dialog>` or `role="dialog"`.
    DIALOG 20;
    /// Holds a `<time>` element.
    TIME 21;
    /// In a second or deeper `<article>`.
    NESTED_ARTICLE 22;
    /// In a list within a list.
    DEEP_LIST 23;
    /// Follows a line break, not the start of its element.
    AFTER_BREAK 24;
    /// In a heading element.
    IN_HEADING 25;
    /// In `<details>`.
    DETAILS 26;
    /// In a link that spans blocks.
    IN_LINK 27;
    /// Flattened text: an empty line stands before the block.
    SPACED 28;
    /// Flattened text: nothing but the file names of pictures, as text browsers write them.
    PICTURE 29;
}

impl Setting {
    /// In an element that stands beside the article.
    pub(crate) const BOXED: Setting =
        Setting(Self::HIDDEN.0 | Self::NAV.0 | Self::ASIDE.0 | Self::FORM.0 | Self::FOOTER.0 | Self::HEADER.0);

    /// Returns whether any of the given bits is set.
    pub const fn any(self, of: Setting) -> bool {
        self.0 & of.0 != 0
    }

    pub(crate) fn set(&mut self, bits: Setting, on: bool) {
        self.0 = if on { self.0 | bits.0 } else { self.0 & !bits.0 };
    }
}

impl BitOr for Setting {
    type Output = Setting;
    fn bitor(self, other: Setting) -> Setting {
        Setting(self.0 | other.0)
    }
}

impl BitOrAssign for Setting {
    fn bitor_assign(&mut self, other: Setting) {
        self.0 |= other.0;
    }
}

impl std::fmt::Debug for Setting {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Setting({:#x})", self.0)
    }
}

/// Which item of which kind of list a block is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Item {
    /// Its number as the page shows it, at most 65,535; in a list without numbers its place, from 1.
    pub number: u16,
    /// Whether the list is numbered.
    pub is_numbered: bool,
    /// Whether the block goes on with the item that an earlier block began.
    pub continues: bool,
}

/// A run of text that the page shows as one unit.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Block {
    /// What it was in the source.
    pub kind: BlockKind,
    /// 1 to 6 for headings; the depth of the bullet for list items; otherwise 0.
    pub level: u8,
    /// Of a list item: which it is.
    pub item: Item,
    /// Where it stands and how it is set.
    pub setting: Setting,
    /// From its first to its last byte in the source. Blocks do not overlap, but other text (a hidden span) may stand
    /// between the pieces of one.
    pub span: Span,
    /// Counts of words, letters and marks.
    pub measure: Measure,
    pub(crate) text: Span,
    pub(crate) pieces: (u32, u32),
    /// The innermost block-level element, in HTML.
    pub(crate) node: u32,
    /// The number of its class words in the document.
    pub(crate) class_words: u32,
}

impl Block {
    /// Returns whether any of the given settings holds.
    pub fn is(&self, setting: Setting) -> bool {
        self.setting.any(setting)
    }

    /// Returns the share of letters that stand in links, 0 to 1.
    pub fn link_density(&self) -> f32 {
        self.measure.link_density()
    }

    /// Returns the number of words; scripts written without spaces count a word for every two characters.
    pub fn words(&self) -> u32 {
        self.measure.words
    }

    /// Returns whether one of the given marks stands in it.
    pub(crate) fn holds(&self, marks: Marks) -> bool {
        self.measure.marks.any(marks)
    }

    /// Returns whether the block reads as prose: it has at least `words` words, ends like a sentence, and is not mostly
    /// links.
    pub fn is_prose(&self, words: u32) -> bool {
        self.measure.words >= words
            && self.measure.ending.ends_sentence()
            && self.link_density() < 0.5
            && self.kind != BlockKind::Control
    }
}

/// A part of a block's text that stands in one piece in the source.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Piece {
    /// Offset in the document's text.
    pub(crate) text: u32,
    pub(crate) span: Span,
    pub(crate) linked: bool,
    /// Not shown, though it stands in a block that is.
    pub(crate) hidden: bool,
}
