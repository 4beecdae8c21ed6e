//! The built-in rules, in the order in which they speak.
//!
//! The first rule that says anything of a whole block decides, unless a later one keeps it. So parts of the article
//! that others would take for furniture come first, then furniture from the plainest to the vaguest, then the rules that
//! protect, which look at what has been said, and last the rule that finds the article's region among the rest.

mod breadcrumb;
mod byline;
mod caption;
mod correction;
mod dateline;
mod deck;
mod editors_note;
mod font_size_widget;
mod headline;
mod hidden_content;
mod language_switch;
mod link_cluster;
mod login_prompt;
pub(crate) mod main_region;
mod most_read_list;
mod navigation_menu;
mod newsletter_prompt;
mod next_article;
mod photo_credit;
mod prelude;
mod publish_date;
mod read_more_link;
mod read_time;
mod related_list;
mod repeated_block;
mod repeated_caption;
mod reporter_contact;
mod search_box;
mod share_bar;
mod skip_link;
mod subscription_prompt;

use crate::rule::Rule;

/// Returns all built-in rules.
pub(crate) fn all() -> Vec<Box<dyn Rule>> {
    vec![
        Box::new(hidden_content::HiddenContent),
        Box::new(repeated_caption::RepeatedCaption),
        Box::new(editors_note::EditorsNote),
        Box::new(correction::Correction),
        Box::new(caption::Caption),
        Box::new(photo_credit::PhotoCredit),
        Box::new(share_bar::ShareBar),
        Box::new(font_size_widget::FontSizeWidget),
        Box::new(read_time::ReadTime),
        Box::new(skip_link::SkipLink),
        Box::new(language_switch::LanguageSwitch),
        Box::new(search_box::SearchBox),
        Box::new(login_prompt::LoginPrompt),
        Box::new(newsletter_prompt::NewsletterPrompt),
        Box::new(subscription_prompt::SubscriptionPrompt),
        Box::new(publish_date::PublishDate),
        Box::new(byline::Byline),
        Box::new(reporter_contact::ReporterContact),
        Box::new(headline::Headline),
        Box::new(deck::Deck),
        Box::new(breadcrumb::Breadcrumb),
        Box::new(most_read_list::MostReadList),
        Box::new(related_list::RelatedList),
        Box::new(next_article::NextArticle),
        Box::new(read_more_link::ReadMoreLink),
        Box::new(navigation_menu::NavigationMenu),
        Box::new(link_cluster::LinkCluster),
        Box::new(repeated_block::RepeatedBlock),
        Box::new(dateline::Dateline),
        Box::new(main_region::MainRegion),
    ]
}
