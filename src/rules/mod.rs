//! The built-in rules, in the order in which they speak.
//!
//! The first rule that says anything of a whole block decides, unless a later one keeps it. So parts of the article
//! that others would take for furniture come first, then furniture from the plainest to the vaguest, then the rules that
//! protect, which look at what has been said, and last the rule that finds the article's region among the rest.

mod advertisement_label;
mod alt_text;
mod app_promotion;
mod appended_article;
mod article_tool;
mod author_bio;
mod between;
mod body_list;
mod breadcrumb;
pub(crate) mod byline;
mod caption;
mod code_listing;
pub(crate) mod comment_section;
mod cookie_notice;
mod copyright_notice;
mod correction;
mod data_table;
mod deck;
mod donation_appeal;
mod doubled_line;
mod editors_note;
mod embedded_post;
mod font_size_widget;
mod front_matter;
mod headline;
mod hidden_content;
mod language_switch;
mod legal_footer;
mod link_cluster;
mod live_ticker;
mod login_prompt;
pub(crate) mod main_region;
mod most_read_list;
pub(crate) mod names;
mod navigation_menu;
mod newsletter_prompt;
mod next_article;
mod page_leftover;
mod pager;
mod photo_credit;
mod player_chrome;
mod poll;
mod prelude;
mod production_credit;
pub(crate) mod publish_date;
mod quotation;
mod read_more_link;
mod read_time;
mod related_list;
mod repeated_block;
mod repeated_caption;
mod reporter_contact;
mod script_body;
mod search_box;
mod share_bar;
mod sides;
mod signature;
mod site_footer;
mod skip_link;
mod subheading;
mod subscription_prompt;
mod tag_list;
mod topics;

use crate::rule::Rule;

/// Returns all built-in rules.
pub(crate) fn all() -> Vec<Box<dyn Rule>> {
    vec![
        Box::new(hidden_content::HiddenContent),
        Box::new(front_matter::FrontMatter),
        Box::new(repeated_caption::RepeatedCaption),
        Box::new(editors_note::EditorsNote),
        Box::new(correction::Correction),
        Box::new(caption::Caption),
        Box::new(alt_text::AltText),
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
        Box::new(cookie_notice::CookieNotice),
        Box::new(advertisement_label::AdvertisementLabel),
        Box::new(article_tool::ArticleTool),
        Box::new(player_chrome::PlayerChrome),
        Box::new(embedded_post::EmbeddedPost),
        Box::new(live_ticker::LiveTicker),
        Box::new(poll::Poll),
        Box::new(app_promotion::AppPromotion),
        Box::new(donation_appeal::DonationAppeal),
        Box::new(publish_date::PublishDate),
        Box::new(byline::Byline),
        Box::new(reporter_contact::ReporterContact),
        Box::new(production_credit::ProductionCredit),
        Box::new(headline::Headline),
        Box::new(deck::Deck),
        Box::new(appended_article::AppendedArticle),
        Box::new(copyright_notice::CopyrightNotice),
        Box::new(legal_footer::LegalFooter),
        Box::new(site_footer::SiteFooter),
        Box::new(tag_list::TagList),
        Box::new(author_bio::AuthorBio),
        Box::new(page_leftover::PageLeftover),
        Box::new(pager::Pager),
        Box::new(breadcrumb::Breadcrumb),
        Box::new(most_read_list::MostReadList),
        Box::new(related_list::RelatedList),
        Box::new(next_article::NextArticle),
        Box::new(read_more_link::ReadMoreLink),
        Box::new(navigation_menu::NavigationMenu),
        Box::new(comment_section::CommentSection),
        Box::new(link_cluster::LinkCluster),
        Box::new(doubled_line::DoubledLine),
        Box::new(repeated_block::RepeatedBlock),
        Box::new(subheading::Subheading),
        Box::new(body_list::BodyList),
        Box::new(quotation::Quotation),
        Box::new(data_table::DataTable),
        Box::new(code_listing::CodeListing),
        Box::new(main_region::MainRegion),
        Box::new(script_body::ScriptBody),
    ]
}
