//! Names alternative texts of pictures that a flattener put among the lines: "Close-up of a lock gate", "A map showing the towns".
//!
//! # What it strips
//!
//! Nothing when captions are asked for; otherwise lines of flattened text that open with a kind of picture and what it is of,
//! and hold no verb that makes them a sentence, or with "Image" and a number; lines that say how somebody without a name
//! stands, sits or looks ("A man stands at a podium"); the one line right below; and names of pictures' files.
//!
//! # Why it is boilerplate
//!
//! It is written for those who cannot see the picture, whom the text alone does not reach.
//!
//! # What it must keep
//!
//! Sentences about pictures ("Photos of the bridge were shared on Monday") and of what somebody did ("A man holding a gun
//! fled"), headings, and pages of HTML, which do not show it.

use super::prelude::*;
use crate::Block;
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
        Example::Text(
            "The bridge opened on Monday, two years late, the council said.\n\n⟦A man in a grey suit stands at a podium.⟧\n⟦Per Hald opened the ferry in May.⟧\n\nNobody in \
             Velden knows yet what the tram will cost.\n\n⟦Two women wearing raincoats⟧\n\nIt will be ready in May, she added.",
        ),
        Example::Text("⟦197505_1325_cover.jpg⟧\n\nThe bridge opened on Monday, two years late, the council said."),
        Example::Text("Photos of the bridge were shared on Monday by people who had walked over it in the night."),
        Example::Text(
            "A man holding a lantern fled over the bridge on Monday.\n\nA woman stands accused of having helped him.\n\nA number of \
             people hold a key to the gate.",
        ),
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

/// Who is seen, and how many.
const PEOPLE: &[&str] = &[
    "boy", "boys", "child", "children", "couple", "crowd", "girl", "girls", "group", "man", "men", "people", "person",
    "woman", "women",
];
const COUNTS: &[&str] = &["a", "an", "two", "three", "four", "five", "several"];

/// How people in pictures stand, as sentences of papers, which tell of the past, do not say it, and what these words are
/// followed by where they speak of no picture: "stands accused", "walks free".
const POSTURES: &[&str] = &[
    "embrace", "embraces", "gesture", "gestures", "hug", "hugs", "kneel", "kneels", "lean", "leans", "look", "looks",
    "point", "points", "pose", "poses", "sit", "sits", "smile", "smiles", "stand", "stands", "walk", "walks", "wave",
    "waves",
];
const OTHERWISE: &[&str] = &[
    "accused",
    "after",
    "away",
    "by",
    "charged",
    "convicted",
    "firm",
    "for",
    "forward",
    "free",
    "like",
    "out",
    "to",
    "trial",
    "up",
];

/// What they hold or wear, and how that is named: "holds a lantern", not "holds that" or "wears the crown".
const HOLDING: &[&str] = &["carries", "carry", "hold", "holds", "wear", "wears"];
const OBJECTS: &[&str] = &["a", "an", "her", "his", "their"];

/// What people in pictures do in a line that is no sentence.
const POSING: &[&str] = &[
    "carrying",
    "embracing",
    "gesturing",
    "holding",
    "hugging",
    "kneeling",
    "leaning",
    "looking",
    "lying",
    "pointing",
    "posing",
    "sitting",
    "smiling",
    "standing",
    "walking",
    "waving",
    "wearing",
];

/// Words between how many and who, and from there to what they do. Set by hand.
const MOST_BETWEEN: usize = 3;
const MOST_TO_POSTURE: usize = 10;

/// Words of an alternative text; of one in a language whose verbs the rule does not know. Set by hand.
const MOST_WORDS: u32 = 80;
const MOST_OF_PHRASE: u32 = 25;
/// Words of one that says what people do. Set by hand.
const MOST_OF_PEOPLE: u32 = 40;
/// Bytes of the longest word that may open one.
const LONGEST: usize = 13;

/// By the letter that a word starts with: the lengths that words have which may open an alternative text, a bit each. By this
/// nearly all lines are turned away.
const OPENINGS: [u16; 32] = {
    let mut table = [0; 32];
    let lists = [MANNERS, KINDS, COUNTS];
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

/// Returns a word without the marks around it.
fn bare(word: &str) -> &str {
    word.trim_matches(|ch: char| !ch.is_alphanumeric())
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
        let bare = bare(word);
        if is_in(VERBS, bare) || bare.contains('’') && is_in(VERBS, &bare.replace('’', "'")) {
            return false;
        }
        if word.ends_with(['.', '!', '?']) {
            break;
        }
    }
    true
}

/// Returns whether a text says of people without names how they stand or what they hold: as a sentence, which `is_sentence`
/// says it is, or as a line without a verb of the past.
fn describes_people(text: &str, is_sentence: bool) -> bool {
    let mut words = text.split(' ').map(bare);
    if !words.next().is_some_and(|word| is_in(COUNTS, word)) {
        return false;
    }
    // Not "a number of people", "two in three people".
    let mut between = words.by_ref().take(1 + MOST_BETWEEN).take_while(|word| !is_in(&["of", "in"], word));
    if !between.any(|word| is_in(PEOPLE, word)) {
        return false;
    }
    let mut to_posture = words.by_ref().take(MOST_TO_POSTURE);
    let is_past = |word: &str| is_in(VERBS, word) || word.ends_with("ed");
    let is_posture = |word: &str| is_in(POSTURES, word) || is_in(HOLDING, word) || is_in(POSING, word);
    let Some(posture) = to_posture.find(|word| is_past(word) || is_posture(word)).filter(|word| !is_past(word)) else {
        return false;
    };
    if is_in(POSING, posture) {
        return !is_sentence && !words.any(|word| is_in(VERBS, word));
    }
    let next = words.next().unwrap_or("");
    if is_in(HOLDING, posture) { is_in(OBJECTS, next) } else { !is_in(OTHERWISE, next) }
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
            if let Some(reason) = why(block, doc.text(block)) {
                out.part(doc, i, Role::Caption, reason);
                if is_caption_below(doc, i) {
                    out.part(doc, i + 1, Role::Caption, "stands right below an alternative text");
                }
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

/// Says why a block is an alternative text, if it is.
fn why(block: &Block, text: &str) -> Option<&'static str> {
    if !matches!(block.kind, BlockKind::Paragraph | BlockKind::ListItem) {
        return None;
    }
    if is_file_name(text) {
        return Some("the name of a picture's file");
    }
    if !(3..=MOST_WORDS).contains(&block.words()) || !may_open(text) {
        return None;
    }
    if describes_picture(text) {
        return Some("opens with a kind of picture and what it is of");
    }
    let is_people = block.words() <= MOST_OF_PEOPLE && describes_people(text, block.measure.ending.ends_sentence());
    is_people.then_some("says how people without names stand or what they hold")
}

/// Returns whether two lines stand together that empty lines part from others, the block and the one below it.
fn is_caption_below(doc: &Document, block: usize) -> bool {
    let is_text = |below: &Block| below.kind == BlockKind::Paragraph && below.words() <= MOST_WORDS;
    doc.is_parted(block) && !doc.is_parted(block + 1) && doc.is_parted(block + 2) && is_text(&doc.blocks()[block + 1])
}
