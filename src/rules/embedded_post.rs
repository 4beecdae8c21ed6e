//! Strips posts of social networks that are set into a page.
//!
//! # What it strips
//!
//! Elements whose class names an embedded post, and in text the lines that such a post ends with: “A post shared by …”,
//! a name with its handle and a date, the address of a picture, two hashtags or more; what stands above a name with its handle in the same
//! block quote, or in text right above it; and the line below a post that counts what readers did with it, with the post.
//!
//! # Why it is boilerplate
//!
//! The post is another page, shown in a frame; the article says what it needs to say of it.
//!
//! # What it must keep
//!
//! Quotations of posts in the text, and sentences that mention a handle.

use super::prelude::*;
use memchr::memmem::Finder;
use once_cell::sync::Lazy;
use std::ops::Range;

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
    .selector("amp-twitter, amp-instagram, amp-facebook, amp-tiktok")
    .phrases(include_str!("data/embedded_post.txt"))
    .examples(&[
        Example::Text("The bridge opened on Monday.\n\n⟦A post shared by Ida Moss (@idamoss)⟧\n\n⟦View this post on Instagram⟧"),
        Example::Text("The bridge opened on Monday.\n\n⟦What a view! pic.twitter.com/a1b2c3d4⟧\n\n⟦— Ida Moss (@idamoss) March 3, 2024⟧\n\nIt was cold, and few people came to the opening."),
        Example::Html("<p>The bridge opened.</p><amp-twitter>⟦<blockquote placeholder>What a view! — Ida Moss</blockquote>⟧</amp-twitter><p>It was cold.</p>"),
        Example::Html("<p>The bridge opened.</p><blockquote class=twitter-tweet>⟦<p>What a view!</p>— Ida Moss⟧</blockquote><p>It was cold.</p>"),
        Example::Html(
            "<p>The bridge opened on Monday.</p><blockquote>⟦<p>What a view from up here!</p>— Ida Moss (@idamoss) March 3, \
             2024⟧</blockquote><p>It was cold, and few people came to the opening.</p>",
        ),
        Example::Text("다리는 월요일에 열렸다.\n\n⟦Instagram에서 이 게시물 보기⟧\n\n⟦정다은(@daeun)님의 공유 게시물⟧"),
        Example::Text("The bridge opened on Monday, two years late, and two million crowns over the sum that was planned for it, the council said.\n\n⟦What a view from here! #velden #bridge⟧\n\nIt was cold, and few people came to the opening. Trams will cross the bridge from May, and cars in the week after that, if it is dry."),
        Example::Text("橋は月曜日に開通した、と市は発表した。\n\n⟦町のみなさん、ありがとう！ #橋開通⟧\n\n⟦午後0:12 · 1月17日 返信 12 リポスト 340 いいね 2,911⟧\n\n橋は五月に電車も渡る、と市長は述べた。"),
        Example::Text("The bridge opened on Monday, with 340 reposts and 12 replies to the mayor."),
        Example::Text("She wrote on Monday that the post shared by the town had been a joke, and that (@idamoss) was not her account."),
        Example::Html("<blockquote><p>What a view, the mayor said on Monday, when he first stood on the bridge.</p></blockquote>"),
    ]);

/// Characters of the longest name of a writer, and of what follows it behind a picture.
const NAME: usize = 60;
const AFTER_NAME: usize = 40;

/// How the address of a picture begins.
static PICTURE: Lazy<Finder> = Lazy::new(|| Finder::new("pic."));

/// Returns whether a text ends with a dash, a name, its handle in brackets and a date, or with the address of a picture.
fn is_signed(text: &str) -> bool {
    let is_dated =
        |(at, _): (usize, &str)| after_handle(&text[at + 1..]).is_some_and(is_date) && is_dashed_name(&text[..at]);
    text.match_indices(" (@").any(is_dated) || text.match_indices("pic.").any(|(at, _)| is_picture(&text[at + 4..]))
}

/// Returns what follows the handle in brackets that a text starts with.
fn after_handle(text: &str) -> Option<&str> {
    let text = text.strip_prefix("(@")?;
    let after = text.trim_start_matches(is_word);
    let handle = &text[..text.len() - after.len()];
    after.strip_prefix(')').filter(|_| (2..=30).contains(&handle.chars().count()))
}

fn is_word(ch: char) -> bool {
    ch.is_alphanumeric() || ch == '_'
}

/// Returns whether a text is a few short words, each with a space before it.
fn is_date(text: &str) -> bool {
    let Some(words) = text.strip_prefix(' ') else { return false };
    let is_short =
        |word: &str| (1..=20).contains(&word.chars().take(21).count()) && !word.contains(char::is_whitespace);
    (2..=6).contains(&words.split(' ').take(7).count()) && words.split(' ').all(is_short)
}

/// Returns whether a text ends with a dash at the start of a word, and a name.
fn is_dashed_name(text: &str) -> bool {
    // What cannot be a name is not read on.
    let start = text.char_indices().rev().take(NAME + 8).last().map_or(0, |(at, _)| at);
    let start = text[start..].rfind(['(', ')']).map_or(start, |at| start + at + 1);
    let end = &text[start..];
    ["—", "–", "&mdash;", "-"].iter().any(|dash| {
        end.match_indices(dash).any(|(at, _)| {
            let before = text[..start + at].chars().next_back();
            before.is_none_or(|ch| ch.is_whitespace() || matches!(ch, '”' | '…')) && is_name(&end[at + dash.len()..])
        })
    })
}

/// Returns whether a text, which has no brackets, is as long as a name may be, a space before it not counted.
fn is_name(text: &str) -> bool {
    let name = text.strip_prefix(' ').filter(|name| !name.is_empty()).unwrap_or(text);
    (1..=NAME).contains(&name.chars().take(NAME + 1).count())
}

/// Returns whether the address of a picture ends the text, but for its writer.
fn is_picture(text: &str) -> bool {
    let Some(path) = text.strip_prefix("twitter.com/").or_else(|| text.strip_prefix("x.com/")) else { return false };
    let after = path.trim_start_matches(is_word);
    let rest = after.trim_start();
    if after.len() == path.len() || rest.is_empty() {
        return after.len() < path.len();
    }
    let Some(rest) = rest.strip_prefix(['—', '–']) else { return false };
    let near = &rest[..rest.floor_char_boundary(4 * (NAME + 3))];
    let Some(at) = near.find(['(', ')']) else { return false };
    let after = after_handle(&rest[at..]);
    rest[..at].strip_suffix(' ').is_some_and(is_name)
        && after.is_some_and(|after| after.chars().take(AFTER_NAME + 1).count() <= AFTER_NAME && !after.contains('\n'))
}

/// Words for what readers do with a post, which its counts stand beside.
const DEEDS: &[&str] = &[
    "likes",
    "like",
    "replies",
    "reposts",
    "retweets",
    "quotes",
    "bookmarks",
    "返信",
    "リポスト",
    "リツイート",
    "いいね",
    "回复",
    "转发",
    "转推",
    "点赞",
    "赞",
    "回覆",
    "轉發",
    "讚",
    "답글",
    "리트윗",
    "재게시",
    "마음에",
    "좋아요",
    "إعجاب",
    "إعجابا",
    "نشر",
    "تغريد",
    "رد",
    "отметок",
    "ретвитов",
    "ответов",
    "лайков",
    "репостов",
    "beğeni",
    "retweet",
    "yanıt",
    "antworten",
    "gefällt",
    "mal",
    "gepostet",
    "réponses",
    "j'aime",
    "respuestas",
    "gusta",
    "vind-ik-leuks",
    "reacties",
];

/// Returns whether a line counts at least two such deeds, and says little else.
fn counts_deeds(text: &str) -> bool {
    let small = text.to_lowercase();
    let words = || small.split_whitespace().map(|word| word.trim_matches(|ch: char| !ch.is_alphanumeric()));
    let deeds = words().filter(|word| DEEDS.contains(word)).count();
    let figures = words().filter(|word| word.starts_with(|ch: char| ch.is_ascii_digit())).count();
    deeds >= 2 && figures >= 2 && words().count() <= MOST_COUNTED
}

/// Words of the longest such line.
const MOST_COUNTED: usize = 16;

/// Returns how many hashtags a text ends in.
fn last_hashtags(text: &str) -> usize {
    let is_tag = |word: &&str| word.starts_with(['#', '＃']) && word.chars().count() > 2;
    text.split_whitespace().rev().take_while(is_tag).count()
}

/// Returns whether a text has a hashtag, as posts do.
fn has_hashtag(text: &str) -> bool {
    text.contains(" #") || text.contains("＃")
}

/// Words of the longest post that its signature alone gives away: 280 characters and the signature.
const MOST_WORDS: u32 = 80;
/// The page's longest stretch of prose must have so many times the words of all posts that hashtags give away. Set by hand.
const SHARE_OF_POSTS: u32 = 4;
/// Words of the shortest that hashtags give away: fewer are a list of tags.
const LEAST_WORDS: u32 = 6;

/// Characters of the longest post, and blocks of a block quote that is one.
const LONGEST: usize = 300;
const MOST_QUOTED: usize = 12;

/// Returns the blocks of a post before its signature: those in the same block quote, and in text the one right above, where the
/// signature is all of its block.
fn above_signature(doc: &Document, block: usize) -> Range<usize> {
    let is_quoted = |i: usize| doc.blocks()[i].kind == BlockKind::Quote || doc.blocks()[i].is(Setting::QUOTE);
    let is_post = |range: &Range<usize>| range.len() <= MOST_QUOTED && range.clone().all(is_quoted);
    if let Some(quote) = doc.containers(block).next().filter(is_post) {
        return quote.start..block;
    }
    let is_alone = doc.text_at(block).starts_with(['—', '–']) && doc.regime() != Regime::Markup;
    let is_short = |i: usize| doc.text_at(i).chars().take(LONGEST + 1).count() <= LONGEST;
    let above = block.checked_sub(1).filter(|&i| is_alone && is_short(i));
    above.unwrap_or(block)..block
}

impl Rule for EmbeddedPost {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, doc: &Document, out: &mut Findings) {
        out.strip_hits(doc, &META);
        let mut pictures = doc.seek(|text| PICTURE.find(text));
        let mut tagged = Vec::new();
        let mut may_be_above = false;
        for (i, block) in doc.blocks().iter().enumerate() {
            let text = doc.text(block);
            let may_be_tagged = block.holds(Marks::HASH.or(Marks::FULL));
            if may_be_tagged && (LEAST_WORDS..=MOST_WORDS).contains(&block.words()) && last_hashtags(text) >= 2 {
                tagged.push(i);
                may_be_above = true;
                continue;
            }
            let is_below_post = may_be_above;
            may_be_above = may_be_tagged && block.words() <= MOST_WORDS && has_hashtag(text);
            if is_below_post && block.words() <= 2 * MOST_COUNTED as u32 && counts_deeds(text) {
                out.strip(doc, i - 1, "counts of what readers did with it follow");
                out.strip(doc, i, "counts what readers did with the post above");
                continue;
            }
            let may_be_signed = block.holds(Marks::AT) || pictures.is_in(block);
            if may_be_signed && block.words() <= MOST_WORDS && is_signed(text) {
                above_signature(doc, i).for_each(|above| out.strip(doc, above, "a post that is signed below"));
                out.strip(doc, i, "is signed as posts are");
            }
        }
        // Where posts are what the page has to say, they are its body.
        let words: u32 = tagged.iter().map(|&i| doc.blocks()[i].words()).sum();
        if words * SHARE_OF_POSTS <= doc.words_in(doc.main_run()) {
            tagged.into_iter().for_each(|i| out.strip(doc, i, "ends in hashtags, as posts do"));
        }
    }
}
