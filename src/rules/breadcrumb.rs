//! Strips the trail that leads from the home page to the article.
//!
//! # What it strips
//!
//! Elements so named; whole lines such as "You are here"; and before the body short lines of two to six parts that `>`, `»`,
//! `›` or `/` separate, if they begin with the home page or have three parts.
//!
//! # Why it is boilerplate
//!
//! It says where the article is filed.
//!
//! # What it must keep
//!
//! Headlines and datelines with a slash.

use super::prelude::*;

/// The rule `breadcrumb`.
pub(super) struct Breadcrumb;

static META: Meta = Meta::new("breadcrumb", Category::Navigation, "The trail from the home page to the article")
    .selector("nav[aria-label=breadcrumb], nav[aria-label=Breadcrumb], nav[aria-label=breadcrumbs], nav[aria-label=Breadcrumbs], ol[itemtype*=BreadcrumbList], ul[itemtype*=BreadcrumbList], div[itemtype*=BreadcrumbList]")
    .names(&["breadcrumb", "breadcrumbs", "bread-crumb", "bread-crumbs", "breadcrumb-list", "breadcrumb-trail", "breadcrumblist", "crumb", "crumbs", "brotkrumen", "brotkrume", "fil-ariane", "filariane", "ariane", "migas", "migas-de-pan", "briciole", "kruimelpad", "okruszki", "trail-items", "topic-path", "topicpath", "location-path", "yoast-breadcrumb", "rank-math-breadcrumb"])
    .phrases(include_str!("data/breadcrumb.txt"))
    .examples(&[
        Example::Text("⟦Home > News > Velden⟧\n\nThe bridge opened on Monday, two years late, the council said. Nobody in Velden knows yet what the tram will cost, she added."),
        Example::Text("⟦Startseite » Politik⟧\n\nDie Brücke ist seit Montag offen, zwei Jahre später als geplant. Das sagte der Bürgermeister am Abend."),
        Example::Text("⟦首页 > 新闻 > 国际⟧\n\n大桥于周一正式开通，比原计划晚了两年，市政府在一份声明中表示，电车将于五月通车。"),
        Example::Html("<ol class=c-breadcrumb>⟦<li><a href=/>Velden</a><li><a href=/n>Trams</a>⟧</ol><p>The bridge opened on Monday, two years late, the council said. Nobody in Velden knows yet what the tram will cost, she added.</p>"),
        Example::Text("Velden / Aune\n\nThe bridge opened on Monday, two years late, the council said. Nobody in Velden knows yet what the tram will cost, she added."),
        Example::Text("AP / Reuters\n\nThe bridge opened on Monday, two years late, the council said. Nobody in Velden knows yet what the tram will cost, she added.\n\nHome > News > Velden is where she found it."),
    ]);

/// What the first part of a trail is called.
const HOME: &[&str] = &[
    "home",
    "homepage",
    "home page",
    "start",
    "startseite",
    "accueil",
    "inicio",
    "portada",
    "início",
    "página inicial",
    "strona główna",
    "главная",
    "anasayfa",
    "ana sayfa",
    "الرئيسية",
    "ホーム",
    "トップ",
    "top",
    "首页",
    "首頁",
    "홈",
    "beranda",
    "होम",
    "news",
    "nachrichten",
    "haberler",
    "voorpagina",
    "hjem",
    "hem",
    "forside",
    "etusivu",
];

/// Words of the longest trail: its last part may be the headline.
const MOST_WORDS: u32 = 24;

/// Parts of the longest trail.
const MOST_PARTS: usize = 6;

/// Returns whether a text is two to six short parts with separators between, such as lead from a home page.
fn is_trail(text: &str) -> bool {
    let is_arrow = |c: char| matches!(c, '>' | '»' | '›' | '→' | '＞');
    let arrows = text.matches(is_arrow).count();
    let parts: Vec<&str> = match arrows {
        0 if memchr::memchr(b'/', text.as_bytes()).is_none() || !text.contains(" / ") => return false,
        0 => trail(text.split(" / ")),
        _ => trail(text.split(is_arrow)),
    };
    let Some((_, before)) = parts.split_last().filter(|_| parts.len() <= MOST_PARTS) else { return false };
    before.iter().all(|part| part.chars().take(33).count() <= 32)
        && (arrows >= 2 && parts.len() >= 3 || parts.len() >= 2 && HOME.contains(&parts[0].to_lowercase().as_str()))
}

/// Returns the first parts that are not empty; one more than a trail may have at the most.
fn trail<'t>(parts: impl Iterator<Item = &'t str>) -> Vec<&'t str> {
    parts.map(str::trim).filter(|part| !part.is_empty()).take(MOST_PARTS + 1).collect()
}

impl Rule for Breadcrumb {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, doc: &Document, out: &mut Findings) {
        out.strip_short_hits(doc, &META, 6);
        let main = doc.main_run();
        let end = if main.is_empty() { doc.blocks().len() } else { main.start };
        for (i, block) in doc.blocks()[..end].iter().enumerate() {
            let may_have_separators = block.measure.bars > 0 || block.holds(Marks::FULL.or(Marks::OTHER));
            let may_be_trail = block.words() <= MOST_WORDS && may_have_separators && !doc.ends_sentence(i);
            if may_be_trail && is_trail(doc.text(block)) {
                out.strip(doc, i, "short parts with separators, before the body");
            }
        }
    }
}
