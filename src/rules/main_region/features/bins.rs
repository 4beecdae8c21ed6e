//! In which bin of its group a value falls, and what is done with the bins of blocks.

use super::groups::{Bins, FIRST, Group, LENGTHS, SECOND, start_of};
use Bins::{Crossed, Edges, Kinds};

/// Returns the first bins of all groups.
const fn starts<const COUNT: usize>(groups: &[Group]) -> [usize; COUNT] {
    let mut starts = [0; COUNT];
    let mut i = 0;
    while i < COUNT {
        starts[i] = start_of(groups, i);
        i += 1;
    }
    starts
}

const FIRST_AT: [usize; FIRST.len()] = starts(FIRST);
const SECOND_AT: [usize; SECOND.len()] = starts(SECOND);

/// Numbers of bins of the passes.
pub(super) const FIRST_BINS: usize = start_of(FIRST, FIRST.len());
pub(super) const SECOND_BINS: usize = start_of(SECOND, SECOND.len());

impl Bins {
    const fn edges(&self) -> &'static [f32] {
        match self {
            Edges(edges) | Crossed(_, edges) => edges,
            Kinds(_) => &[],
        }
    }
}

/// Whole numbers whose bins are looked up: most counts of words and blocks are among them.
const COUNTS: usize = 256;

/// By group and whole number: how many of the group's edges it reaches.
const fn passed<const GROUPS: usize>(groups: &[Group]) -> [[u8; COUNTS]; GROUPS] {
    let mut table = [[0; COUNTS]; GROUPS];
    let mut group = 0;
    while group < GROUPS {
        let edges = groups[group].bins.edges();
        let (mut count, mut value) = (0, 0);
        while value < COUNTS {
            while count < edges.len() && value as f32 >= edges[count] {
                count += 1;
            }
            table[group][value] = count as u8;
            value += 1;
        }
        group += 1;
    }
    table
}

static FIRST_PASSED: [[u8; COUNTS]; FIRST.len()] = passed(FIRST);
static SECOND_PASSED: [[u8; COUNTS]; SECOND.len()] = passed(SECOND);

/// Edges of the group that has most.
const MOST_EDGES: usize = 16;

/// By group: its edges, and behind them what no value reaches.
const fn padded<const GROUPS: usize>(groups: &[Group]) -> [[f32; MOST_EDGES]; GROUPS] {
    let mut table = [[f32::NAN; MOST_EDGES]; GROUPS];
    let mut group = 0;
    while group < GROUPS {
        let edges = groups[group].bins.edges();
        let mut i = 0;
        while i < edges.len() {
            table[group][i] = edges[i];
            i += 1;
        }
        group += 1;
    }
    table
}

static FIRST_EDGES: [[f32; MOST_EDGES]; FIRST.len()] = padded(FIRST);
static SECOND_EDGES: [[f32; MOST_EDGES]; SECOND.len()] = padded(SECOND);

/// What is done with the bins of blocks: they are stored to fit weights to, or their weights are added up.
pub(crate) trait Sink {
    /// Takes a bin of the block at hand.
    fn bin(&mut self, bin: usize);
    /// Takes bins of the block at hand that a block before had too.
    fn again(&mut self, bins: &[u16]) {
        bins.iter().for_each(|&bin| self.bin(bin as usize));
    }
    /// Ends the block.
    fn end(&mut self);
}

/// Finds the bins that one block falls into. The groups are those of a pass, known when this is compiled.
pub(super) struct Row<'r, S: Sink, const SECOND_PASS: bool> {
    pub(super) out: &'r mut S,
}

impl<S: Sink, const SECOND_PASS: bool> Row<'_, S, SECOND_PASS> {
    const GROUPS: &'static [Group] = if SECOND_PASS { SECOND } else { FIRST };
    const AT: &'static [usize] = if SECOND_PASS { &SECOND_AT } else { &FIRST_AT };

    #[inline(always)]
    pub(super) fn kind(&mut self, group: usize, kind: usize) {
        let most = Self::GROUPS[group].bins.count() - 1;
        self.out.bin(Self::AT[group] + kind.min(most));
    }

    #[inline(always)]
    pub(super) fn value(&mut self, group: usize, value: f32) {
        self.crossed(group, 0, value);
    }

    #[inline(always)]
    pub(super) fn crossed(&mut self, group: usize, kind: usize, value: f32) {
        self.kind(group, Self::cell(group, kind, Self::bin_of(group, value)));
    }

    #[inline(always)]
    pub(super) fn counted(&mut self, group: usize, kind: usize, count: u32) {
        self.kind(group, Self::cell(group, kind, Self::bin_of_count(group, count)));
    }

    /// Takes the bin of a kind and a length, for groups that kinds are crossed with lengths in.
    #[inline(always)]
    pub(super) fn sized(&mut self, group: usize, kind: usize, size: usize) {
        debug_assert_eq!(Self::GROUPS[group].bins.edges(), LENGTHS);
        self.kind(group, Self::cell(group, kind, size));
    }

    /// Returns the number of the bin that a kind and a bin of the group's edges make.
    #[inline(always)]
    pub(super) fn cell(group: usize, kind: usize, bin: usize) -> usize {
        kind * (Self::GROUPS[group].bins.edges().len() + 1) + bin
    }

    /// Returns how many of the group's edges a value reaches. They rise, so those come first: halving finds them, in steps
    /// that are known when this is compiled.
    #[inline(always)]
    pub(super) fn bin_of(group: usize, value: f32) -> usize {
        let count = Self::GROUPS[group].bins.edges().len();
        let edges = if SECOND_PASS { &SECOND_EDGES[group] } else { &FIRST_EDGES[group] };
        let mut passed = 0;
        for step in [8, 4, 2, 1] {
            if count >= step {
                passed += step * usize::from(value >= edges[(passed + step - 1) % MOST_EDGES]);
            }
        }
        if count == MOST_EDGES { passed + usize::from(value >= edges[MOST_EDGES - 1]) } else { passed }
    }

    #[inline(always)]
    pub(super) fn bin_of_count(group: usize, count: u32) -> usize {
        let passed = if SECOND_PASS { &SECOND_PASSED[group] } else { &FIRST_PASSED[group] };
        let edges = Self::GROUPS[group].bins.edges();
        match passed.get(count as usize) {
            Some(&bin) => bin as usize,
            None if edges.last().is_some_and(|&last| last >= COUNTS as f32) => Self::bin_of(group, count as f32),
            None => edges.len(),
        }
    }
}

pub(super) fn share(part: u32, whole: u32) -> f32 {
    part as f32 / whole.max(1) as f32
}

/// Bin of a length: under 5, 12, 30 words, or more.
pub(super) fn length(words: u32) -> usize {
    LENGTHS.iter().map(|&edge| usize::from(words >= edge as u32)).sum()
}

/// Bins of all blocks of a page, one row a block.
pub(crate) struct Rows {
    bins: Vec<u16>,
    ends: Vec<u32>,
}

impl Rows {
    pub(super) fn with_capacity(blocks: usize, bins: usize) -> Self {
        Self { bins: Vec::with_capacity(blocks * bins), ends: Vec::with_capacity(blocks) }
    }

    pub(crate) fn row(&self, block: usize) -> &[u16] {
        let start = if block == 0 { 0 } else { self.ends[block - 1] as usize };
        &self.bins[start..self.ends[block] as usize]
    }
}

impl Sink for Rows {
    fn bin(&mut self, bin: usize) {
        self.bins.push(bin as u16);
    }

    fn end(&mut self) {
        self.ends.push(self.bins.len() as u32);
    }
}

/// A few bins that many blocks in a row have.
impl Sink for Vec<u16> {
    fn bin(&mut self, bin: usize) {
        self.push(bin as u16);
    }

    fn end(&mut self) {}
}

pub(super) type FirstRow<'r, S> = Row<'r, S, false>;
pub(super) type SecondRow<'r, S> = Row<'r, S, true>;

/// Scores of all blocks of a page: the sums of the weights of their bins.
pub(super) struct Scores<'w, const BINS: usize> {
    weights: &'w [f32; BINS],
    sum: f32,
    pub(super) list: Vec<f32>,
}

impl<'w, const BINS: usize> Scores<'w, BINS> {
    pub(super) fn new(weights: &'w [f32], blocks: usize) -> Self {
        let weights = weights.first_chunk().expect("a model has a weight for each bin");
        Self { weights, sum: 0.0, list: Vec::with_capacity(blocks) }
    }
}

impl<const BINS: usize> Sink for Scores<'_, BINS> {
    #[inline(always)]
    fn bin(&mut self, bin: usize) {
        self.sum += self.weights[bin];
    }

    fn end(&mut self) {
        self.list.push(std::mem::take(&mut self.sum));
    }
}
