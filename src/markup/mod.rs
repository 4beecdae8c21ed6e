//! What pages of HTML are made of: tags, character references, the words of class and id attributes, white space, and the tree
//! that holds them. The readers fill it, rules ask it.

pub(crate) mod class_words;
pub(crate) mod element;
pub(crate) mod entity;
pub(crate) mod space;
pub(crate) mod tag;
pub(crate) mod tree;
pub(crate) mod word_set;
