//! What the class and id attributes of a page say.

use crate::markup::class_words::ClassWord;
use crate::markup::word_set::WordSet;

/// Words of the class and id attributes of a block's element and the two around it, and of all elements above those.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct ClassWords {
    pub(crate) near: WordSet,
    pub(crate) far: WordSet,
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
