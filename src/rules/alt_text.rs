//! Names alternative texts of pictures that a flattener put among the lines: "Close-up of a lock gate", "A map showing the towns".
//!
//! # What it strips
//!
//! Nothing when captions are asked for; otherwise lines of flattened text that open with a kind of picture and what it is of,
//! and hold no verb that makes them a sentence, or with "Image" and a number; and names of pictures' files.
//!
//! # Why it is boilerplate
//!
//! It is written for those who cannot see the picture, whom the text alone does not reach.
//!
//! # What it must keep
//!
//! Sentences about pictures ("Photos of the bridge were shared on Monday"), headings, and pages of HTML, which do not show it.

use super::prelude::*;
use crate::address;

/// The rule `alt-text`.
pub(super) struct AltText;

static META: Meta = Meta::new("alt-text", Category::Caption, "Alternative texts of pictures, among lines")
    .phrases(include_str!("data/alt_text.txt"))
    .examples(&[
        Example::Text(
            "The bridge opened on Monday, two years late, the council said.\n\n⟦Close-up of a lock gate with a gull on it.⟧\n\nNobody \
             in Velden knows yet what the tram will cost, she added.",
        ),
        Example::Text(
            "⟦A black and white photograph of the mill at Aune⟧\n\nThe mill burned down in 1911, and nobody was there to see it.",
        ),
        Example::Text(
            "⟦Vista aérea del puerto de Velden⟧\n\nEl puerto se heló en enero, por primera vez, dijo el ayuntamiento el lunes.",
        ),
        Example::Text(
            "The bridge opened on Monday, two years late, the council said.\n\n⟦Image 3: The mayor cuts a ribbon⟧\n\nNobody in \
             Velden knows yet what the tram will cost, she added.",
        ),
        Example::Text("⟦197505_1325_cover.jpg⟧\n\nThe bridge opened on Monday, two years late, the council said."),
        Example::Text("Photos of the bridge were shared on Monday by people who had walked over it in the night."),
        Example::Text("Portrait painters of Velden have met in the mill for a hundred years, and will not leave it."),
        Example::Text("Vista aérea del puerto, la ciudad parece dormida, escribió ella en su diario aquel lunes de mayo."),
    ]);

/// Words that may stand before the kind of a picture.
const MANNERS: &[&str] = &[
    "aerial",
    "and",
    "animated",
    "archival",
    "archive",
    "artist's",
    "black",
    "blurred",
    "blurry",
    "cartoon",
    "close",
    "close-up",
    "closeup",
    "color",
    "colour",
    "composite",
    "conceptual",
    "cropped",
    "detail",
    "detailed",
    "digital",
    "file",
    "front",
    "full",
    "general",
    "generic",
    "high-angle",
    "historic",
    "historical",
    "infrared",
    "low-angle",
    "medium",
    "mid",
    "official",
    "old",
    "overhead",
    "panoramic",
    "promotional",
    "rear",
    "satellite",
    "screen",
    "side",
    "split",
    "split-screen",
    "stock",
    "stylised",
    "stylized",
    "undated",
    "up",
    "vector",
    "vintage",
    "white",
    "wide",
    "wide-angle",
];

/// Kinds of pictures.
const KINDS: &[&str] = &[
    "animation",
    "chart",
    "close-up",
    "closeup",
    "collage",
    "diagram",
    "drawing",
    "gif",
    "graph",
    "graphic",
    "headshot",
    "illustration",
    "illustrations",
    "image",
    "images",
    "infographic",
    "logo",
    "map",
    "painting",
    "photo",
    "photograph",
    "photographs",
    "photos",
    "picture",
    "pictures",
    "portrait",
    "portraits",
    "render",
    "rendering",
    "screencap",
    "screengrab",
    "screengrabs",
    "screenshot",
    "screenshots",
    "selfie",
    "shot",
    "sketch",
    "snapshot",
    "still",
    "view",
];

/// Kinds behind which "from" and "with" tell what they are of, too.
const KINDS_FROM: &[&str] =
    &["graphic", "illustration", "image", "photo", "picture", "screengrab", "screenshot", "still"];

/// What stands between the kind and what it is of.
const OF: &[&str] = &["depicting", "featuring", "illustrating", "of", "showing"];

/// Verbs that make a sentence of what starts so, as in "Photos of the bridge went round the world".
const VERBS: &[&str] = &[
    "appeared",
    "are",
    "aren't",
    "became",
    "began",
    "came",
    "can",
    "circulated",
    "could",
    "did",
    "do",
    "does",
    "emerged",
    "gave",
    "got",
    "had",
    "has",
    "have",
    "is",
    "isn't",
    "it's",
    "made",
    "may",
    "might",
    "must",
    "obtained",
    "posted",
    "published",
    "remain",
    "remained",
    "remains",
    "reveal",
    "revealed",
    "reveals",
    "seem",
    "seemed",
    "seems",
    "shared",
    "should",
    "show",
    "showed",
    "shows",
    "spread",
    "suggest",
    "suggested",
    "suggests",
    "surfaced",
    "tell",
    "tells",
    "that's",
    "told",
    "was",
    "wasn't",
    "went",
    "were",
    "weren't",
    "will",
    "would",
];

/// Words of an alternative text; of one in a language whose verbs the rule does not know. Set by hand.
const MOST_WORDS: u32 = 80;
const MOST_OF_PHRASE: u32 = 25;
/// Bytes of the longest word that may open one.
const LONGEST: usize = 13;

/// By the letter that a word starts with: the lengths that words have which may open an alternative text, a bit each. By this
/// nearly all lines are turned away.
const OPENINGS: [u16; 32] = {
    let mut table = [0; 32];
    let lists = [MANNERS, KINDS, &["a", "an"]];
    let mut i = 0;
    while i < lists.len() {
        let mut j = 0;
        while j < lists[i].len() {
            let word = lists[i][j].as_bytes();
            table[(word[0] & 31) as usize] |= 1 << word.len();
            j += 1;
        }
        i += 1;
    }
    table
};

fn may_open(text: &str) -> bool {
    let opening = &text.as_bytes()[..text.len().min(LONGEST + 1)];
    let len = opening.iter().position(|b| *b == b' ').unwrap_or(LONGEST + 1);
    len > 0 && len <= LONGEST && OPENINGS[usize::from(opening[0] & 31)] & 1 << len != 0
}

fn is_in(list: &[&str], word: &str) -> bool {
    list.iter().any(|known| known.eq_ignore_ascii_case(word))
}

/// Returns whether a text opens with a kind of picture and what it is of, and its first sentence has no verb.
fn describes_picture(text: &str) -> bool {
    let mut words = text.split_ascii_whitespace().peekable();
    words.next_if(|word| is_in(&["a", "an"], word));
    let mut kind = "";
    while let Some(word) = words.next_if(|word| is_in(MANNERS, word) || is_in(KINDS, word)) {
        kind = word;
    }
    // "Image 3: …", as readers for language models number them.
    let is_number =
        |word: &str| word.strip_suffix(':').is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()));
    if kind == "Image" && words.peek().is_some_and(|word| is_number(word)) {
        return true;
    }
    // "Close up of".
    let is_kind = is_in(KINDS, kind) || kind.eq_ignore_ascii_case("up");
    if !is_kind
        || words.next_if(|word| is_in(OF, word) || is_in(&["from", "with"], word) && is_in(KINDS_FROM, kind)).is_none()
    {
        return false;
    }
    for word in words {
        let bare = word.trim_matches(|ch: char| !ch.is_alphanumeric());
        if is_in(VERBS, bare) || bare.contains('’') && is_in(VERBS, &bare.replace('’', "'")) {
            return false;
        }
        if word.ends_with(['.', '!', '?']) {
            break;
        }
    }
    true
}

/// Bytes of the longest end of a picture's file, with its dot.
const LONGEST_END: usize = 5;

/// Returns whether a text is the name of a picture's file and nothing else.
fn is_file_name(text: &str) -> bool {
    let (name, end) = text.as_bytes().split_at(text.len().saturating_sub(LONGEST_END));
    let is_picture = |dot: usize| name.len() + dot > 0 && address::is_of_picture(&end[dot + 1..]);
    end.iter().rposition(|&b| b == b'.').is_some_and(is_picture) && !text.contains(char::is_whitespace)
}

impl Rule for AltText {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, doc: &Document, out: &mut Findings) {
        if doc.regime() == Regime::Markup {
            return;
        }
        for (i, block) in doc.blocks().iter().enumerate() {
            let is_line = matches!(block.kind, BlockKind::Paragraph | BlockKind::ListItem);
            if is_line && is_file_name(doc.text(block)) {
                out.part(doc, i, Role::Caption, "the name of a picture's file");
            } else if is_line
                && (3..=MOST_WORDS).contains(&block.words())
                && may_open(doc.text(block))
                && describes_picture(doc.text(block))
            {
                out.part(doc, i, Role::Caption, "opens with a kind of picture and what it is of");
            }
        }
        for hit in doc.hits(&META) {
            let block = &doc.blocks()[hit.blocks.start];
            if block.words() <= MOST_OF_PHRASE && !block.measure.ending.ends_sentence() {
                out.part(doc, hit.blocks.start, Role::Caption, crate::finding::reason_of(hit));
            }
        }
    }
}
