//! Strips the first of a caption's two copies.
//!
//! # What it strips
//!
//! Of two lines close together that say the same (case, white space and quotes folded), or of which one is the other plus
//! a credit, the first: it is the image's alternative text, and the caption proper follows.
//!
//! # Why it is boilerplate
//!
//! Flatteners write out alternative texts. A third of news pages have a line of six or more words that comes twice
//! within four lines; a fifth to a quarter exactly so, up to another fifth with a credit added.
//!
//! # What it must keep
//!
//! Refrains and short answers of the body that repeat, paragraphs of HTML that stand twice side by side, code, of which
//! one version is the start of the next, and the second copy.

use super::prelude::*;
use crate::Block;
use crate::letters;
use crate::measure::fold;

/// The rule `repeated-caption`.
pub(super) struct RepeatedCaption;

static META: Meta =
    Meta::new("repeated-caption", Category::Caption, "The first of a caption's two copies").examples(&[
        Example::Text(
            "⟦Mayor Ida Moss opens the 'new' bridge in Velden, Monday. VP-Bild⟧\n\nMayor Ida Moss opens the \"new\" bridge in \
             Velden, Monday. VP-Bild\n\nThe bridge carries trams as well as cars.",
        ),
        Example::Text("⟦The old mill at Aune⟧\n\nThe old mill at Aune / Photo: Per Hald\n\nIt burned down in 1911, the town said."),
        Example::Text("\"No,\" he said.\n\nHe was asked again.\n\n\"No,\" he said."),
    ]);

/// Lines that may stand between a text and its copy.
const REACH: usize = 4;
/// Words of a caption that is worth comparing, and the most that a credit adds.
const FEWEST: u32 = 4;
const MOST: u32 = 120;
const CREDIT: usize = 60;

/// What tells most texts apart.
#[derive(Clone, Copy)]
struct Head {
    /// The first three characters, folded: two texts that differ here are not the same.
    start: u64,
    len: u32,
}

impl Head {
    /// Of a text of too few or too many words.
    const NONE: Head = Head { start: u64::MAX, len: 0 };

    fn of(doc: &Document, block: &Block) -> Head {
        if !(FEWEST..=MOST).contains(&block.measure.words) {
            return Head::NONE;
        }
        let text = doc.text(block);
        let letters = letters::run(text.as_bytes());
        let push = |start: u64, code: u64| start << 21 | code;
        let start = if letters.len >= 3 {
            (0..3).map(|i| letters.letters >> (8 * i) & 0xff).fold(0, push)
        } else {
            fold(text).take(3).map(u64::from).fold(0, push)
        };
        Head { start, len: block.text.len() as u32 }
    }

    fn may_be_same(self, other: Head) -> bool {
        self.start == other.start && self.len.abs_diff(other.len) <= CREDIT as u32 * 3
    }
}

/// Returns the blocks that are repeated within reach, whole or with a credit added to either, each with its first copy.
pub(super) fn copies_after<'d>(doc: &'d Document) -> &'d [(usize, usize)] {
    doc.copies_after.get_or_init(|| find_copies(doc))
}

fn find_copies(doc: &Document) -> Vec<(usize, usize)> {
    let count = doc.blocks().len();
    let mut heads = Vec::with_capacity(count + REACH);
    heads.extend(doc.blocks().iter().map(|block| Head::of(doc, block)));
    heads.resize(count + REACH, Head::NONE);
    let mut copies = Vec::new();
    for (i, near) in heads.windows(REACH + 1).enumerate() {
        let head = near[0];
        // Most blocks have no one like them near, which takes no branch for each.
        let is_alike = near[1..].iter().fold(false, |is_alike, other| is_alike | (other.start == head.start));
        if !is_alike || head.start == Head::NONE.start {
            continue;
        }
        let is_copy = |&j: &usize| head.may_be_same(heads[j]) && same(doc.text_at(i), doc.text_at(j));
        copies.extend((i + 1..i + 1 + REACH).find(is_copy).map(|copy| (i, copy)));
    }
    copies
}

/// Returns how many characters two texts have in common, folded, as far as both are ASCII, and how far that is in each;
/// nothing if they differ before.
fn ascii_start(a: &[u8], b: &[u8]) -> Option<(usize, usize, usize)> {
    let (mut shared, mut i, mut j) = (0, 0, 0);
    while let (Some(x), Some(y)) = (a.get(i), b.get(j)) {
        if !x.is_ascii() || !y.is_ascii() {
            break;
        }
        if x.is_ascii_alphanumeric() && y.is_ascii_alphanumeric() {
            if !x.eq_ignore_ascii_case(y) {
                return None;
            }
            shared += 1;
            (i, j) = (i + 1, j + 1);
            continue;
        }
        i += usize::from(!x.is_ascii_alphanumeric());
        j += usize::from(!y.is_ascii_alphanumeric());
    }
    Some((shared, i, j))
}

/// Returns whether two texts fold to the same, or one to the start of the other with no more than a credit behind it.
fn same(a: &str, b: &str) -> bool {
    let Some((shared, a_from, b_from)) = ascii_start(a.as_bytes(), b.as_bytes()) else { return false };
    let (mut a, mut b) = (fold(&a[a_from..]), fold(&b[b_from..]));
    let mut shared = shared;
    loop {
        match (a.next(), b.next()) {
            (Some(x), Some(y)) if x == y => shared += 1,
            (Some(_), Some(_)) => return false,
            (None, None) => return true,
            _ => return shared >= 12 && a.count() + b.count() < CREDIT.min(shared),
        }
    }
}

impl Rule for RepeatedCaption {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, doc: &Document, out: &mut Findings) {
        for &(i, copy) in copies_after(doc) {
            let is_preformatted = doc.blocks()[i].kind == BlockKind::Preformatted;
            if is_preformatted || is_refrain(doc, i, copy) || !may_be_caption(doc, out, i, copy) {
                continue;
            }
            out.strip(doc, i, Reason::new("the same caption follows as block").with_block(copy));
        }
    }
}

/// In HTML a caption stands in a figure, has its name, or has a credit; a paragraph beside its copy is no caption.
fn may_be_caption(doc: &Document, out: &Findings, first: usize, copy: usize) -> bool {
    doc.regime() != Regime::Markup
        || [first, copy].iter().any(|&i| {
            let block = &doc.blocks()[i];
            block.is(Setting::FIGURE | Setting::FIGCAPTION | Setting::HIDDEN)
                || block.kind == BlockKind::Caption
                || !out.is_open(i)
        })
        || !doc.are_siblings(first, copy)
}

/// Speech and refrains repeat across other sentences of the body; a caption's copies have only furniture between them.
fn is_refrain(doc: &Document, first: usize, copy: usize) -> bool {
    doc.blocks()[first + 1..copy].iter().any(|between| between.is_prose(4) && !between.is(Setting::FIGURE))
}
