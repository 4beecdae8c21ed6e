//! Strips rows of share and follow buttons.
//!
//! # What it strips
//!
//! Elements whose class or id names a share bar, short lines that are nothing but a network's name or "share on …", and sentences
//! that ask to follow on two networks or more.
//!
//! # Why it is boilerplate
//!
//! The buttons are the page's, the same on every page of a site. Social networks' names are among the ten most frequent
//! lines of news pages, and stand in a body in less than one page of three hundred.
//!
//! # What it must keep
//!
//! Sentences about the networks, and lists in an article that name them one by one.

use super::prelude::*;
use std::ops::RangeInclusive;

/// The rule `share-bar`.
pub(super) struct ShareBar;

static META: Meta = Meta::new("share-bar", Category::Share, "Rows of share and follow buttons")
    .names(&[
        "share",
        "sharing",
        "share-bar",
        "social",
        "socials",
        "sns",
        "sharedaddy",
        "addthis",
        "shariff",
        "follow-us",
    ])
    .phrases(include_str!("data/share_bar.txt"))
    .examples(&[
        Example::Text("Der Rat tagte am Montag.\n\n⟦Facebook⟧\n\n⟦Share on X⟧\n\nEr vertagte sich."),
        Example::Text(
            "The council met on Monday.\n\n⟦Follow Velden Sport on Snapchat, Instagram and Facebook.⟧\n\nFollow the money, and \
             you find Facebook and Instagram, the mayor said.",
        ),
        Example::Text("페이스북은 트위터를 제쳤다고 18일 밝혔다."),
        Example::Html("<p>The council met.</p><div class=share-bar>⟦<a href=#>Post it</a>⟧</div><p>It went home.</p>"),
        Example::Html("<p>Facebook shares fell by a third on Monday.</p>"),
    ]);

/// What asks to follow, and what stands before the networks' names.
const FOLLOW: &[&str] = &[
    "follow",
    "subscribe",
    "like",
    "folgen",
    "folge",
    "folgt",
    "suivez",
    "sigue",
    "síguenos",
    "siga",
    "seguici",
    "segui",
    "volg",
    "obserwuj",
    "śledź",
    "ikuti",
    "følg",
    "följ",
    "seuraa",
    "sledujte",
    "подписывайтесь",
    "следите",
    "підписуйтесь",
];
const ON: &[&str] = &["on", "auf", "bei", "sur", "en", "no", "na", "su", "op", "di", "på", "v", "в", "у"];
const NETWORKS: &[&str] = &[
    "facebook",
    "twitter",
    "x",
    "instagram",
    "youtube",
    "threads",
    "snapchat",
    "tiktok",
    "whatsapp",
    "telegram",
    "linkedin",
    "bluesky",
    "pinterest",
    "вконтакте",
    "одноклассники",
];

/// Words of the shortest and of the longest sentence that asks so. Set by hand.
const WORDS: RangeInclusive<u32> = 4..=25;

/// Returns whether a text starts with a byte that a word of [`FOLLOW`] starts with, in any case; most texts do not.
fn may_ask(text: &str) -> bool {
    let first = text.as_bytes().first().map_or(0, u8::to_ascii_lowercase);
    matches!(first, b'f' | b'i' | b'l' | b'o' | b's' | b'v' | 0xc5 | 0xd0 | 0xd1)
}

/// Returns whether a text starts with a word that asks to follow, and has two networks' names behind “on”.
fn asks_to_follow(text: &str) -> bool {
    if !may_ask(text) {
        return false;
    }
    let mut words = text.split(|ch: char| !ch.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase);
    words.next().is_some_and(|first| FOLLOW.contains(&first.as_str()))
        && words.any(|word| ON.contains(&word.as_str()))
        && words.filter(|word| NETWORKS.contains(&word.as_str())).nth(1).is_some()
}

impl Rule for ShareBar {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, doc: &Document, out: &mut Findings) {
        out.strip_hits(doc, &META);
        for (i, block) in doc.blocks().iter().enumerate().filter(|(_, block)| WORDS.contains(&block.words())) {
            if asks_to_follow(doc.text(block)) {
                out.strip(doc, i, "asks to follow on several networks");
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_that_asks_to_follow_may_ask() {
        for word in FOLLOW {
            assert!(may_ask(word) && may_ask(&word.to_uppercase()), "{word}");
        }
    }
}
