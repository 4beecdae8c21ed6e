//! What the scorer looks at: each feature of a block falls into one bin, and each bin has a weight.
//!
//! The first pass looks at the block, its place and its neighbours; the second at how the first pass judged the blocks
//! around, as jusText's context-free and context-sensitive passes do (Pomikálek 2011).

mod bins;
mod boxes;
mod first;
mod furniture;
mod groups;
mod images;
mod links;
mod page;
mod second;
mod together;
mod wording;
mod writers;

pub(crate) use bins::Rows;
pub(crate) use first::{first, first_scores};
pub(crate) use groups::{FIRST, Group, SECOND, label, offsets};
pub(crate) use second::{second, second_scores};
