//! The built-in rules, in the order in which they speak.
//!
//! The first rule that says anything of a whole block decides, unless a later one keeps it. So parts of the article
//! that others would take for furniture come first, then furniture from the plainest to the vaguest, then the rules that
//! protect, which look at what has been said, and last the rule that finds the article's region among the rest.

mod advertisement_label;
mod app_promotion;
mod article_tool;
mod author_bio;
mod body_list;
mod byline;
mod caption;
mod comment_section;
mod cookie_notice;
mod copyright_notice;
mod correction;
mod dateline;
mod deck;
mod donation_appeal;
mod editors_note;
mod embedded_post;
mod headline;
mod hidden_content;
mod legal_footer;
mod link_cluster;
mod link_paragraph;
mod live_ticker;
pub(crate) mod main_region;
mod on_topic_body;
mod page_leftover;
mod player_chrome;
mod poll;
mod prelude;
mod publish_date;
mod quotation;
mod repeated_block;
mod repeated_caption;
mod reporter_contact;
mod share_bar;
mod site_footer;
mod subheading;
mod tag_list;

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
        Box::new(cookie_notice::CookieNotice),
        Box::new(advertisement_label::AdvertisementLabel),
        Box::new(article_tool::ArticleTool),
        Box::new(player_chrome::PlayerChrome),
        Box::new(embedded_post::EmbeddedPost),
        Box::new(live_ticker::LiveTicker),
        Box::new(poll::Poll),
        Box::new(app_promotion::AppPromotion),
        Box::new(donation_appeal::DonationAppeal),
        Box::new(copyright_notice::CopyrightNotice),
        Box::new(legal_footer::LegalFooter),
        Box::new(site_footer::SiteFooter),
        Box::new(tag_list::TagList),
        Box::new(author_bio::AuthorBio),
        Box::new(page_leftover::PageLeftover),
        Box::new(comment_section::CommentSection),
        Box::new(link_cluster::LinkCluster),
        Box::new(repeated_block::RepeatedBlock),
        Box::new(dateline::Dateline),
        Box::new(subheading::Subheading),
        Box::new(body_list::BodyList),
        Box::new(quotation::Quotation),
        Box::new(link_paragraph::LinkParagraph),
        Box::new(on_topic_body::OnTopicBody),
        Box::new(main_region::MainRegion),
    ]
}
