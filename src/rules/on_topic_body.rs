//! Protects articles about what pages are made of: cookies, newsletters, comments.
//!
//! # What it protects
//!
//! Paragraphs of fifteen words or more in the page's longest stretch of prose that a phrase has given away, when they name a
//! subject (cookies, say) that the page's title, or both paragraphs beside them, name too.
//!
//! # Why it is body
//!
//! An article about cookies says what a consent box says.
//!
//! # What it must not protect
//!
//! What stands in an element that its class or id names, and notes that stand alone in an article about something else.

use super::prelude::*;
use super::site_footer::is_phrase;

/// The rule `on-topic-body`.
pub(super) struct OnTopicBody;

static META: Meta = Meta::new("on-topic-body", Category::Protect, "Articles about what pages are made of").examples(&[
    Example::Html(
        "<title>What cookies cost</title><p>Browsers will stop storing cookies of third parties in May, the company said on \
         Monday.</p><p>This site uses cookies, says every site, and few people in Velden know what a cookie may do, or ask.</p>\
         <p>A cookie is a short text, which the browser keeps, and shows to the site whenever it comes back.</p>",
    ),
    Example::Text(
        "쿠키는 브라우저가 보관하는 짧은 글이다.\n\n이 웹사이트는 쿠키를 쓴다고 모든 사이트가 말하지만, 쿠키가 무엇을 하는지 아는 사람은 벨덴에 거의 없다고 시가 \
         밝혔다.\n\n쿠키는 오월부터 달라진다.",
    ),
    Example::Text("Der Newsletter der Stadt wird am Montag eingestellt, sagte der Rat, weil ihn kaum jemand liest."),
]);

/// Words of the shortest paragraph it protects.
const FEWEST_WORDS: u32 = 15;
/// Paragraphs it looks at, at the most: each is looked for among all that names and selectors point at.
const MOST: usize = 64;

/// Stems of the subjects.
const SUBJECTS: &[&str] = &[
    "cookie",
    "çerez",
    "ملفات تعريف الارتباط",
    "クッキー",
    "쿠키",
    "कुकी",
    "newsletter",
    "뉴스레터",
    "infolettre",
    "nieuwsbrief",
    "рассылк",
    "メルマガ",
    "bülten",
    "subscri",
    "abonn",
    "suscri",
    "assina",
    "подписк",
    "구독",
    "購読",
    "订阅",
    "訂閱",
    "privacy",
    "datenschutz",
    "confidentialité",
    "privacidad",
    "privacidade",
    "개인정보",
    "個人情報",
    "隐私",
    "隱私",
    "advert",
    "werbung",
    "publicité",
    "publicidad",
    "publicidade",
    "pubblicità",
    "reklam",
    "реклам",
    "광고",
    "広告",
    "广告",
    "廣告",
    "iklan",
    "विज्ञापन",
    "affiliate",
    "copyright",
    "urheberrecht",
    "저작권",
    "著作権",
    "版权",
    "版權",
    "comment",
    "kommentar",
    "comentari",
    "댓글",
    "コメント",
    "评论",
    "留言",
    "donat",
    "spende",
    "후원",
    "寄付",
    "捐款",
    "journalis",
    "journalism",
    "instagram",
    "twitter",
    "tweet",
    "javascript",
    "recaptcha",
    "browser",
    "podcast",
    "ad blocker",
    "adblock",
    "poll",
    "umfrage",
    "quiz",
];

impl Rule for OnTopicBody {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, doc: &Document, out: &mut Findings) {
        let (blocks, run) = (doc.blocks(), doc.main_run());
        let given_away = |i: usize| {
            let block = &blocks[i];
            block.is_prose(FEWEST_WORDS) && out.verdict(i) == Some(Action::Strip) && run.start < i && i + 1 < run.end
        };
        let mut found: Vec<usize> = doc
            .hits
            .iter()
            .flatten()
            .filter(|hit| is_phrase(hit))
            .map(|hit| hit.blocks.start)
            .filter(|&i| given_away(i))
            .collect();
        found.sort_unstable();
        found.dedup();
        let title = doc.title().unwrap_or_default().to_lowercase();
        for i in found.into_iter().take(MOST) {
            let names = |i: usize, subject: &str| doc.text_at(i).to_lowercase().contains(subject);
            let is_subject = |subject: &&str| {
                names(i, subject) && (title.contains(*subject) || (names(i - 1, subject) && names(i + 1, subject)))
            };
            let in_named = |hit: &crate::document::Hit| !is_phrase(hit) && hit.blocks.contains(&i) && !hit.holds_body;
            if SUBJECTS.iter().any(is_subject) && !doc.hits.iter().flatten().any(in_named) {
                out.keep(doc, i, "the article is about what the phrase names");
            }
        }
    }
}
