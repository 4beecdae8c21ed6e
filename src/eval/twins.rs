//! Compares what cleaning makes of a page's HTML with what it makes of the same page flattened: a second opinion that needs
//! no gold.

use super::gold::Gold;
use super::judge::clean;
use super::words::{Words, f1};
use crate::pipeline::Pipeline;
use std::collections::HashMap;

/// How far the two results of one page agree.
#[derive(Clone, Debug)]
pub struct Twins {
    /// The record's id.
    pub id: String,
    /// Word F1 of the one result against the other.
    pub agreement: f64,
    /// Words of the result from HTML.
    pub from_html: usize,
    /// Words of the result from text.
    pub from_text: usize,
}

/// Cleans the pages that both sets hold, paired by id, in `jobs` threads.
pub fn twins(pipeline: &Pipeline, pages: &[Gold], others: &[Gold], jobs: usize) -> Vec<Twins> {
    let by_id: HashMap<&str, &Gold> = others.iter().map(|gold| (gold.id.as_str(), gold)).collect();
    let both: Vec<&Gold> = pages.iter().filter(|page| by_id.contains_key(page.id.as_str())).collect();
    super::run(&both, jobs, |page: &&Gold| {
        let mut words = Words::default();
        let one = words.of(&clean(pipeline, page).text());
        let other = words.of(&clean(pipeline, by_id[page.id.as_str()]).text());
        Twins { id: page.id.clone(), agreement: f1(&other, &one).2, from_html: one.len(), from_text: other.len() }
    })
}
