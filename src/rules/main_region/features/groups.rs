//! The groups of bins, and what each is called.

use crate::markup::class_words;
use crate::rules::topics::{TOPIC_COUNT, TOPICS};

/// A group of bins of which each block falls into one, or, for sets, into any number.
pub(crate) struct Group {
    pub(crate) name: &'static str,
    pub(crate) bins: Bins,
}

pub(crate) enum Bins {
    /// Bin `i` holds values from edge `i - 1` up to edge `i`.
    Edges(&'static [f32]),
    /// A fixed number of kinds.
    Kinds(usize),
    /// Kinds, each with the edges of a number.
    Crossed(usize, &'static [f32]),
}

impl Bins {
    pub(crate) const fn count(&self) -> usize {
        match self {
            Bins::Edges(edges) => edges.len() + 1,
            Bins::Kinds(kinds) => *kinds,
            Bins::Crossed(kinds, edges) => *kinds * (edges.len() + 1),
        }
    }
}

macro_rules! groups {
    ($list:ident, $index:ident: $($id:ident $name:literal $bins:expr;)*) => {
        #[allow(non_camel_case_types, clippy::upper_case_acronyms, clippy::enum_variant_names)]
        #[derive(Clone, Copy)]
        pub(super) enum $index { $($id),* }
        /// The groups of one pass.
        pub(crate) const $list: &[Group] = &[$(Group { name: $name, bins: $bins }),*];
    };
}

use Bins::{Crossed, Edges, Kinds};

pub(super) const LENGTHS: &[f32] = &[5.0, 12.0, 30.0];
const SHARES: &[f32] = &[0.001, 0.1, 0.25, 0.5, 0.75, 0.95];
const MASS: &[f32] = &[0.0001, 0.01, 0.03, 0.1, 0.3, 0.6, 0.9, 0.97, 0.99, 0.9999];
const STEPS: &[f32] = &[1.5, 2.5, 3.5, 5.5, 8.5, 15.5, 30.5, 80.5];
const DENSITY: &[f32] = &[2.0, 3.0, 4.5, 6.5, 9.0, 13.0, 18.0, 25.0, 35.0, 50.0];

groups! { FIRST, F:
    BIAS "bias" Kinds(1);
    WORDS "words" Edges(&[1.5, 2.5, 3.5, 4.5, 6.5, 8.5, 11.5, 15.5, 20.5, 27.5, 37.5, 50.5, 75.5, 110.5, 160.5]);
    LINKS "link density" Crossed(4, SHARES);
    ENDING "ending" Crossed(7, LENGTHS);
    KIND "kind" Crossed(9, LENGTHS);
    CAPITALS "capitalised words" Crossed(3, &[0.08, 0.15, 0.25, 0.4, 0.6, 0.8]);
    UPPER "upper-case letters" Edges(&[0.001, 0.02, 0.04, 0.08, 0.2, 0.5]);
    DIGITS "digits" Edges(&[0.001, 0.02, 0.06, 0.15, 0.3, 0.5]);
    COMMAS "commas" Edges(&[0.5, 1.5, 2.5, 4.5]);
    STOPS "sentence marks" Edges(&[0.5, 1.5, 2.5, 3.5, 5.5]);
    BARS "bars" Edges(&[0.5, 1.5, 3.5]);
    START "first character" Crossed(7, LENGTHS);
    TAIL "last words" Crossed(6, LENGTHS);
    LABEL "label in front" Crossed(5, LENGTHS);
    WRITER "names of the byline" Crossed(3, LENGTHS);
    SETTING "setting" Kinds(32);
    TOGETHER "lines together" Crossed(5, LENGTHS);
    PARTNER "the line beside it" Crossed(5, LENGTHS);
    TOGETHER_COUNT "how many lines together" Crossed(4, &[1.5, 2.5, 3.5, 5.5, 10.5]);
    LEVEL "level" Kinds(8);
    COPIES "copies" Crossed(3, LENGTHS);
    TITLE "words of the title" Crossed(4, &[0.001, 0.15, 0.3, 0.5, 0.8]);
    SHARED "words of other paragraphs" Crossed(4, &[0.1, 0.2, 0.3, 0.4, 0.5, 0.65, 0.8]);
    PLACE "place in the page" Edges(&[0.02, 0.05, 0.1, 0.2, 0.35, 0.5, 0.65, 0.8, 0.9, 0.97]);
    FROM_START "blocks before" Edges(&[1.0, 3.0, 6.0, 12.0, 25.0, 50.0, 100.0, 200.0]);
    FROM_END "blocks after" Edges(&[1.0, 3.0, 6.0, 12.0, 25.0, 50.0, 100.0, 200.0]);
    PREV "block before" Crossed(4, &[1.5, 3.5, 6.5, 12.5, 25.5, 50.5]);
    NEXT "block after" Crossed(4, &[1.5, 3.5, 6.5, 12.5, 25.5, 50.5]);
    PREV2 "second block before" Crossed(4, LENGTHS);
    NEXT2 "second block after" Crossed(4, LENGTHS);
    NEAR3 "words within 3 blocks" Crossed(3, DENSITY);
    NEAR10 "words within 10 blocks" Crossed(3, DENSITY);
    PROSE3 "prose within 3 blocks" Edges(&[0.05, 0.2, 0.4, 0.6, 0.75, 0.9]);
    PROSE10 "prose within 10 blocks" Edges(&[0.05, 0.2, 0.4, 0.6, 0.75, 0.9]);
    LINKS3 "link density within 3 blocks" Edges(SHARES);
    LINKS10 "link density within 10 blocks" Edges(SHARES);
    RUN "prose blocks in a row" Edges(&[0.5, 1.5, 2.5, 4.5, 8.5, 15.5]);
    HEADING "blocks since a heading" Crossed(4, STEPS);
    H1 "words since the headline" Edges(&[-1.5, -0.5, 5.0, 30.0, 100.0, 300.0, 800.0, 2000.0]);
    LIKE "like its neighbours" Kinds(4);
    BOX1 "share of prose in the smallest box" Crossed(2, MASS);
    BOX2 "share of prose in the second box" Edges(MASS);
    BOX3 "share of prose in the third box" Edges(MASS);
    BOX1_LINKS "link density of the smallest box" Edges(SHARES);
    BOX2_LINKS "link density of the second box" Edges(SHARES);
    BOX1_WORDS "words of the smallest box" Edges(&[5.0, 15.0, 40.0, 100.0, 250.0, 600.0, 1500.0]);
    BOX1_MEAN "words a block in the smallest box" Edges(DENSITY);
    BOX2_MEAN "words a block in the second box" Edges(DENSITY);
    NEAR_CLASS "class or id" Kinds(256);
    FAR_CLASS "class or id above" Kinds(256);
    SINCE "blocks since furniture" Crossed(12, STEPS);
    UNTIL "blocks until furniture" Crossed(12, STEPS);
    TOPICS "speaks of" Crossed(TOPIC_COUNT, LENGTHS);
    SPOKEN "topics" Crossed(4, &[0.5, 1.5, 2.5, 3.5, 5.5]);
    ADDRESS "address" Crossed(4, LENGTHS);
    LEADS "where links lead" Crossed(6, LENGTHS);
    AWAY "links that lead away within 10 blocks" Crossed(3, SHARES);
    BOX_AWAY "links that lead away in the smallest box" Crossed(3, SHARES);
    IMAGE "image" Crossed(8, LENGTHS);
    BOX_IMAGES "images in the smallest box" Crossed(4, &[15.0, 40.0, 100.0, 250.0]);
    PAGE "words of prose in the page" Crossed(3, &[40.0, 100.0, 250.0, 500.0, 1000.0, 2500.0]);
    STRETCH "blocks to the longest stretch of prose" Crossed(4, &[1.5, 3.5, 8.5, 20.5, 60.5]);
    STRETCH_SHARE "share of prose in the longest stretch" Crossed(3, &[0.1, 0.2, 0.35, 0.5, 0.7, 0.9]);
}

const SCORES: &[f32] =
    &[-6.0, -4.5, -3.5, -2.5, -1.75, -1.25, -0.75, -0.25, 0.25, 0.75, 1.25, 1.75, 2.5, 3.5, 4.5, 6.0];
const CHANCES: &[f32] = &[0.01, 0.03, 0.08, 0.15, 0.25, 0.35, 0.5, 0.65, 0.75, 0.85, 0.92, 0.97, 0.99];
const GAPS: &[f32] = &[0.5, 2.0, 5.0, 10.0, 20.0, 40.0, 80.0, 160.0, 400.0, 1000.0];

groups! { SECOND, S:
    BIAS "bias" Kinds(1);
    OWN "first score" Edges(SCORES);
    OWN_KIND "first score by kind" Crossed(9, &[-2.5, -1.0, 0.0, 1.0, 2.5]);
    OWN_WORDS "first score by words" Crossed(4, &[-2.5, -1.0, 0.0, 1.0, 2.5]);
    AROUND1 "judged body within 1 block" Edges(CHANCES);
    AROUND3 "judged body within 3 blocks" Crossed(3, CHANCES);
    AROUND8 "judged body within 8 blocks" Crossed(3, CHANCES);
    AROUND20 "judged body within 20 blocks" Edges(CHANCES);
    PREV "chance of the block before" Crossed(2, CHANCES);
    NEXT "chance of the block after" Crossed(2, CHANCES);
    BEST_BEFORE "best of five before" Edges(CHANCES);
    BEST_AFTER "best of five after" Edges(CHANCES);
    MASS_BEFORE "share of body before" Crossed(3, MASS);
    MASS_AFTER "share of body after" Crossed(3, MASS);
    GAP_BEFORE "words since sure body" Crossed(3, GAPS);
    GAP_AFTER "words until sure body" Crossed(3, GAPS);
    BOX1 "judged body in the smallest box" Edges(CHANCES);
    BOX2 "judged body in the second box" Edges(CHANCES);
    BOX3 "judged body in the third box" Edges(CHANCES);
    BOX1_MASS "share of body in the smallest box" Edges(MASS);
    BOX2_MASS "share of body in the second box" Edges(MASS);
    BOX3_MASS "share of body in the third box" Edges(MASS);
    PEAK "share of body between here and its middle" Edges(&[0.1, 0.2, 0.3, 0.4, 0.45, 0.49]);
    SINCE "furniture since sure body" Kinds(13);
    BODY "words judged body in the page" Crossed(3, &[40.0, 100.0, 250.0, 500.0, 1000.0, 2500.0]);
    LIKE "most body has its kind and class" Edges(&[0.001, 0.05, 0.2, 0.5, 0.8]);
    SEGMENT "words to the densest stretch" Crossed(3, GAPS);
    SEGMENT_SHARE "share of body in the densest stretch" Crossed(3, MASS);
}

/// First bin of each group, and the number of bins.
pub(crate) fn offsets(groups: &[Group]) -> (Vec<usize>, usize) {
    let ends: Vec<usize> = (0..=groups.len()).map(|group| start_of(groups, group)).collect();
    (ends[..groups.len()].to_vec(), ends[groups.len()])
}

/// Returns the first bin of a group.
pub(super) const fn start_of(groups: &[Group], group: usize) -> usize {
    let (mut total, mut i) = (0, 0);
    while i < group {
        total += groups[i].bins.count();
        i += 1;
    }
    total
}

/// Names a bin for people: its group and the values it holds.
pub(crate) fn label(groups: &'static [Group], bin: usize) -> String {
    let (at, _) = offsets(groups);
    let group = at.iter().rposition(|&from| from <= bin).unwrap_or(0);
    let within = bin - at[group];
    let name = groups[group].name;
    if name == "speaks of" {
        let lengths = LENGTHS.len() + 1;
        return format!("speaks of “{}”", TOPICS.get(within / lengths).unwrap_or(&""));
    }
    if name.starts_with("class or id") {
        return format!("{name} “{}”", class_words::WORDS.get(within).unwrap_or(&""));
    }
    let range = |edges: &[f32], bin: usize| match (bin.checked_sub(1).map(|b| edges[b]), edges.get(bin)) {
        (None, Some(to)) => format!("< {to}"),
        (Some(from), Some(to)) => format!("{from}–{to}"),
        (Some(from), None) => format!("≥ {from}"),
        (None, None) => String::new(),
    };
    match groups[group].bins {
        Edges(edges) => format!("{name} {}", range(edges, within)),
        Kinds(1) => name.to_owned(),
        Kinds(_) => format!("{name} {within}"),
        Crossed(_, edges) => {
            let bins = edges.len() + 1;
            format!("{name} {}: {}", within / bins, range(edges, within % bins))
        }
    }
}
