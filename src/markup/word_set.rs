//! A set of class words.

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
