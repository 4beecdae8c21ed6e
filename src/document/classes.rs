//! What the class and id attributes of a page say.

use crate::html::class_words::ClassWord;

/// Words of the class and id attributes of a block's element and the two around it, and of all elements above those.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct ClassWords {
    pub(crate) near: WordSet,
    pub(crate) far: WordSet,
}

/// A set of up to 256 words that class and id attributes are searched for.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub(crate) struct WordSet(pub(crate) [u64; 4]);

impl WordSet {
    pub(crate) fn insert(&mut self, index: u8) {
        self.0[index as usize / 64] |= 1 << (index % 64);
    }

    pub(crate) fn union(self, other: WordSet) -> WordSet {
        let mut out = self;
        for (word, more) in out.0.iter_mut().zip(other.0) {
            *word |= more;
        }
        out
    }

    pub(crate) fn iter(self) -> impl Iterator<Item = u8> {
        self.0.into_iter().enumerate().flat_map(|(i, mut bits)| {
            std::iter::from_fn(move || {
                let bit = (bits != 0).then(|| bits.trailing_zeros())?;
                bits &= bits - 1;
                Some((i as u32 * 64 + bit) as u8)
            })
        })
    }
}

/// The distinct values of a page's class and id attributes.
#[derive(Default)]
pub(crate) struct Values {
    /// By attribute of the tree: the number of its value, if it is such an attribute of an element that is read.
    pub(crate) numbers: Vec<u32>,
    /// The words of all values, and where those of each end.
    pub(crate) words: Vec<ClassWord>,
    pub(crate) ends: Vec<u32>,
}

impl Values {
    /// Returns the words of the value of this number.
    pub(crate) fn words_of(&self, number: u32) -> &[ClassWord] {
        let at = number as usize;
        let from = at.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.words[from as usize..self.ends[at] as usize]
    }
}
