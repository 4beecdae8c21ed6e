//! Strips the controls of video and audio players.
//!
//! # What it strips
//!
//! Elements whose class or id names a player, and lines that a player shows: its buttons, times, settings and
//! complaints.
//!
//! # Why it is boilerplate
//!
//! The player is a machine on the page; what it shows is not.
//!
//! # What it must keep
//!
//! Articles about videos, and transcripts.

use super::prelude::*;

/// The rule `player-chrome`.
pub(super) struct PlayerChrome;

static META: Meta = Meta::new("player-chrome", Category::Widget, "Controls and messages of video and audio players")
    .selector("video, audio")
    .names(&[
        "video-js", "vjs", "jwplayer", "jw-player", "video-player", "audio-player", "media-player", "player-controls", "plyr",
        "flowplayer", "brightcove", "mejs", "mediaelement", "video-controls", "podcast-player", "playlist", "video-overlay",
        "video-embed", "videoplayer", "audioplayer", "kaltura", "html5-video-player",
    ])
    .phrases(include_str!("data/player_chrome.txt"))
    .examples(&[
        Example::Text("⟦Play Video⟧\n\n⟦Current Time 0:00⟧\n\n⟦Remaining Time -2:31⟧\n\nThe bridge opened on Monday, two years late."),
        Example::Text("⟦동영상 재생⟧\n\n⟦음소거⟧\n\n다리는 월요일에 열렸다고 시가 밝혔다."),
        Example::Text("⟦Ihr Browser unterstützt dieses Video leider nicht.⟧\n\nDie Brücke ist seit Montag offen."),
        Example::Html("<p>It opened.</p><div class=video-js>⟦<span>Go on in two seconds</span>⟧</div><p>It was cold.</p>"),
        Example::Text("Play was stopped for an hour when fog came up from the river in the second half."),
        Example::Html("<p>Subtitles were added in 1961, forty years after the film was made, and the volume was raised.</p>"),
    ]);

impl Rule for PlayerChrome {
    fn meta(&self) -> &'static Meta {
        &META
    }
}
