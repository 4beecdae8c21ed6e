//! Strips posts of social networks that are set into a page.
//!
//! # What it strips
//!
//! Elements whose class names an embedded post, and in text the lines that such a post ends with: “A post shared by …”,
//! a name with its handle and a date, the address of a picture.
//!
//! # Why it is boilerplate
//!
//! The post is another page, shown in a frame; the article says what it needs to say of it.
//!
//! # What it must keep
//!
//! Quotations of posts in the text, and sentences that mention a handle.

use super::prelude::*;
use once_cell::sync::Lazy;
use regex::Regex;

/// The rule `embedded-post`.
pub(super) struct EmbeddedPost;

static META: Meta = Meta::new("embedded-post", Category::Widget, "Posts of social networks set into a page")
    .names(&[
        "twitter-tweet", "instagram-media", "fb-post", "fb-video", "tiktok-embed", "twitter-video", "twitter-timeline",
        "bluesky-embed", "reddit-embed", "reddit-card", "mastodon-embed", "telegram-post", "tweet-embed", "embed-tweet",
        "wp-block-embed-twitter", "wp-block-embed-instagram", "wp-block-embed-facebook", "wp-block-embed-tiktok",
        "imgur-embed-pub", "text-post-media", "socialmedia-embed", "social-embed", "twitter-embed", "instagram-embed",
        "facebook-embed", "text-embed-post",
    ])
    .phrases(include_str!("data/embedded_post.txt"))
    .examples(&[
        Example::Text("The bridge opened on Monday.\n\n⟦A post shared by Ida Moss (@idamoss)⟧\n\n⟦View this post on Instagram⟧"),
        Example::Text("The bridge opened on Monday.\n\n⟦What a view! pic.twitter.com/a1b2c3d4⟧\n\n⟦— Ida Moss (@idamoss) March 3, 2024⟧\n\nIt was cold, and few people came to the opening."),
        Example::Html("<p>The bridge opened.</p><blockquote class=twitter-tweet>⟦<p>What a view!</p>— Ida Moss⟧</blockquote><p>It was cold.</p>"),
        Example::Text("다리는 월요일에 열렸다.\n\n⟦Instagram에서 이 게시물 보기⟧\n\n⟦정다은(@daeun)님의 공유 게시물⟧"),
        Example::Text("She wrote on Monday that the post shared by the town had been a joke, and that (@idamoss) was not her account."),
        Example::Html("<blockquote><p>What a view, the mayor said on Monday, when he first stood on the bridge.</p></blockquote>"),
    ]);

/// A name, its handle in brackets and a date; or the address of a picture at the end.
static SIGNED: Lazy<Regex> = Lazy::new(|| {
    Regex::new(concat!(
        r"(?:^|[\s”…])(?:—|–|&mdash;|-) ?[^()]{1,60} \(@\w{2,30}\)(?: \S{1,20}){2,6}$",
        r"|pic\.(?:twitter|x)\.com/\w+\s*(?:(?:—|–) ?[^()]{1,60} \(@\w{2,30}\).{0,40})?$",
    ))
    .expect("a constant pattern")
});

/// Words of the longest post that its signature alone gives away: 280 characters and the signature.
const MOST_WORDS: u32 = 80;

impl Rule for EmbeddedPost {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, doc: &Document, out: &mut Findings) {
        out.strip_hits(doc, &META);
        let mut handles = doc.seek(|text| memchr::memchr(b'@', text));
        for (i, block) in doc.blocks().iter().enumerate() {
            if block.words() > MOST_WORDS || block.measure.bars == 0 && !handles.is_in(block) {
                continue;
            }
            let text = doc.text(block);
            let is_signed = (text.contains("(@") || text.contains("pic.")) && SIGNED.is_match(text);
            if is_signed {
                out.strip(doc, i, "is signed as posts are");
            }
        }
    }
}
