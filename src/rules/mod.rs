//! The built-in rules, in the order in which they speak.
//!
//! The first rule that says anything of a whole block decides, unless a later one keeps it. So parts of the article
//! that others would take for furniture come first, then furniture from the plainest to the vaguest, then the rules that
//! protect, which look at what has been said, and last the rule that finds the article's region among the rest.

mod byline;
mod caption;
mod correction;
mod dateline;
mod deck;
mod editors_note;
mod headline;
mod hidden_content;
mod link_cluster;
pub(crate) mod main_region;
mod prelude;
mod publish_date;
mod repeated_block;
mod repeated_caption;
mod reporter_contact;
mod share_bar;

use crate::rule::Rule;

/// Returns all built-in rules.
pub(crate) fn all() -> Vec<Box<dyn Rule>> {
    vec![
        Box::new(hidden_content::HiddenContent),
        Box::new(repeated_caption::RepeatedCaption),
        Box::new(editors_note::EditorsNote),
        Box::new(correction::Correction),
        Box::new(caption::Caption),
        Box::new(share_bar::ShareBar),
        Box::new(publish_date::PublishDate),
        Box::new(byline::Byline),
        Box::new(reporter_contact::ReporterContact),
        Box::new(headline::Headline),
        Box::new(deck::Deck),
        Box::new(link_cluster::LinkCluster),
        Box::new(repeated_block::RepeatedBlock),
        Box::new(dateline::Dateline),
        Box::new(main_region::MainRegion),
    ]
}
