//! Strips links that say no more than that there is more.
//!
//! # What it strips
//!
//! Whole lines such as "Read more" and "View all", and elements so named; under an article the excerpts of others, two or
//! more, each in a box of its own that such a link ends, or at the page's end two or more that break off; and what feeds write
//! under an item, "The post … appeared first on …".
//!
//! # Why it is boilerplate
//!
//! What they lead to is not here.
//!
//! # What it must keep
//!
//! Sentences about reading; the parts of an article each of which ends in such a link.

use super::prelude::*;
use crate::document::Via;
use crate::measure::Ending;
use std::ops::Range;

/// The rule `read-more-link`.
pub(super) struct ReadMoreLink;

static META: Meta = Meta::new("read-more-link", Category::Navigation, "Links that lead to more text")
    .names(&["read-more", "readmore", "more-link", "morelink", "load-more", "loadmore", "show-more", "view-more", "view-all", "see-all", "see-more", "continue-reading", "mehr-lesen", "weiterlesen", "lire-la-suite", "voir-plus", "leer-mas", "ver-mas", "leggi-tutto", "lees-meer", "lees-verder", "czytaj-wiecej", "read-more-link", "read-more-button"])
    .phrases(include_str!("data/read_more_link.txt"))
    .examples(&[
        Example::Text("The bridge opened on Monday, two years late, the council said.\n\n⟦Read more⟧\n\nNobody in Velden knows yet what the tram will cost, she added."),
        Example::Text("Die Brücke ist seit Montag offen, zwei Jahre später als geplant.\n\n⟦Weiterlesen …⟧"),
        Example::Html("<p>大桥于星期一开通，市政府说。</p><p>渡轮的船票也不变，市政府已经这样决定了，市长星期一晚上在市政厅对记者说。<a href=1>⟦返回搜狐，查看更多⟧</a></p>"),
        Example::Text("다리는 월요일에 열렸다고 시가 밝혔다.\n\n⟦더보기⟧"),
        Example::Text("The bridge opened on Monday, two years late, the council said.\n\n⟦The post Velden has its bridge appeared first on Velden Post.⟧"),
        Example::Text(
            "The bridge at Velden opened on Monday, two years late and two million crowns over the sum that was planned for it, \
             the council said.\n\n⟦The mill at Aune burned down on Sunday, and nobody knows who was…⟧\n\n⟦Trams stood still on \
             Sunday as fog lay over…⟧",
        ),
        Example::Html("<p>The bridge opened on Monday, two years late, the council said.</p><a class=readmore href=1>⟦All of it⟧</a>"),
        Example::Html(
            "<div><p>The bridge at Velden opened on Monday, two years late and two million crowns over the sum that was planned for \
             it, the council said after a meeting that went on until midnight. Nobody in the town knows yet what the tram will \
             cost, the mayor added, but it will cross the bridge from May on, every ten minutes by day and every hour by night, \
             and whoever cannot wait may still take the ferry.</p></div><div>⟦<div><b>Mill burns down</b><p>The mill at Aune, \
             built in 1911, burned down on Sunday, the fire brigade said.</p><a href=1>Read more</a></div>⟧<div>⟦<b>Fog in \
             Aune</b><p>Trams stood still on Sunday as nobody could see the rails, the company said.</p><a href=2>Read \
             more</a>⟧</div></div>",
        ),
        Example::Text("The post at the end of the bridge is of iron, and appeared first on a map of 1911, the council said."),
        Example::Text("Read more books, the mayor of Velden told the children, and eat less bread."),
        Example::Html("<p>View all of it as a gift, the miller said.</p>"),
    ]);

/// How the line starts that a feed writes under an item, and what stands there between its title and where it appeared, as
/// WordPress has it.
const FEEDS: &[(&str, &str)] = &[
    ("The post ", " appeared first on "),
    ("The article ", " appeared first on "),
    ("Der Beitrag ", " erschien zuerst auf "),
    ("L’article ", " est apparu en premier sur "),
    ("L'article ", " est apparu en premier sur "),
    ("Cet article ", " est apparu en premier sur "),
    ("La entrada ", " se publicó primero en "),
    ("La entrada ", " aparece primero en "),
    ("L'articolo ", " proviene da "),
    ("L’articolo ", " proviene da "),
    ("O post ", " apareceu primeiro em "),
    ("O conteúdo ", " aparece primeiro em "),
    ("Het bericht ", " verscheen eerst op "),
    ("Artykuł ", " pochodzi z serwisu "),
    ("Inlägget ", " dök först upp på "),
    ("Indlægget ", " blev først udgivet på "),
    ("Indlægget ", " blev vist første gang den "),
    ("Innlegget ", " dukket først opp på "),
    ("Artikkeli ", " julkaistiin ensimmäisen kerran "),
    ("Příspěvek ", " pochází z "),
    ("Príspevok ", " zobrazený najskôr "),
    ("A ", " bejegyzés először "),
    ("Articolul ", " apare prima dată în "),
    ("Сообщение ", " появились сначала на "),
    ("Запись ", " впервые появилась "),
    ("Допис ", " спершу з'явився на "),
    ("投稿 ", " に最初に表示されました"),
    ("《", "》最先出现在"),
    ("〈", "〉這篇文章最早發佈於"),
];

/// By byte: whether such a line starts with it.
const FEED_STARTS: [bool; 256] = {
    let mut table = [false; 256];
    let mut i = 0;
    while i < FEEDS.len() {
        table[FEEDS[i].0.as_bytes()[0] as usize] = true;
        i += 1;
    }
    table
};

/// Words of the longest such line, and of the name of the site at its end. Set by hand.
const MOST_OF_FEED: u32 = 60;
const MOST_OF_SITE: usize = 8;

/// Returns whether a text is such a line: the name of a site ends it, with a capital or in one word.
fn says_where_first(text: &str) -> bool {
    let is_site = |name: &str| {
        let words = name.split(' ').count();
        words <= MOST_OF_SITE && (words == 1 || !name.starts_with(char::is_lowercase)) && !name.contains(". ")
    };
    let Some(&first) = text.as_bytes().first().filter(|&&first| FEED_STARTS[usize::from(first)]) else { return false };
    FEEDS.iter().filter(|(start, _)| start.as_bytes()[0] == first).any(|(start, rest)| {
        let behind = text.strip_prefix(start).and_then(|title| title.split_once(rest));
        behind.is_some_and(|(_, name)| is_site(name))
    })
}

/// Words of prose that make an article, before the first excerpt, and that may stand behind the last. Set by hand.
const ARTICLE_WORDS: u32 = 60;
const REST_WORDS: u32 = 60;

/// Returns the boxes of the excerpts under the article: around each link that leads to more the largest that no other such link
/// shares, as long as no prose stands between. All of them hold less than the article.
fn excerpts(doc: &Document) -> Vec<Range<usize>> {
    let blocks = doc.blocks();
    let is_link = |hit: &&crate::Hit| hit.via == Via::Line && blocks[hit.blocks.start].link_density() > 0.7;
    let mut links: Vec<usize> = doc.hits(&META).iter().filter(is_link).map(|hit| hit.blocks.start).collect();
    links.dedup();
    let mut boxes: Vec<Range<usize>> = Vec::new();
    let mut after = blocks.len();
    for (n, &link) in links.iter().enumerate().rev() {
        let before = n.checked_sub(1).map(|n| links[n]);
        let is_own = |around: &Range<usize>| around.end <= after && before.is_none_or(|before| before < around.start);
        let Some(own) = doc.containers(link).take_while(is_own).last() else { continue };
        let most = if boxes.is_empty() { REST_WORDS } else { 0 };
        if doc.prose_in(own.end..after) > most {
            break;
        }
        after = own.start;
        if doc.prose_in(own.clone()) > 0 {
            boxes.push(own);
        }
    }
    let held: u32 = boxes.iter().map(|own| doc.prose_in(own.clone())).sum();
    let is_under_article = doc.prose_in(0..after) >= held.max(ARTICLE_WORDS);
    if boxes.len() >= 2 && is_under_article { boxes } else { Vec::new() }
}

/// Words of an excerpt that was cut off, fewest such excerpts, and words of prose before them. Set by hand.
const CUT_WORDS: Range<u32> = 5..41;
const FEWEST_CUT: usize = 2;
const BEFORE_CUT: u32 = 20;

/// Returns the excerpts at the page's end that break off: nothing else there is a sentence.
fn cut_off(doc: &Document, out: &Findings) -> Vec<usize> {
    let blocks = doc.blocks();
    let is_cut = |i: usize| blocks[i].measure.ending == Ending::Ellipsis && CUT_WORDS.contains(&blocks[i].words());
    let is_tail = |&i: &usize| is_cut(i) || !blocks[i].is_prose(CUT_WORDS.start);
    let tail = (0..blocks.len()).rev().filter(|&i| out.is_left(i)).take_while(is_tail);
    let cut: Vec<usize> = tail.filter(|&i| is_cut(i)).collect();
    let held: u32 = cut.iter().map(|&i| blocks[i].words()).sum();
    let is_under_article = cut.last().is_some_and(|&first| doc.prose_in(0..first) >= held.max(BEFORE_CUT));
    if cut.len() >= FEWEST_CUT && is_under_article { cut } else { Vec::new() }
}

impl Rule for ReadMoreLink {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, doc: &Document, out: &mut Findings) {
        out.strip_labels(doc, &META);
        for (i, block) in doc.blocks().iter().enumerate() {
            if block.words() <= MOST_OF_FEED && says_where_first(doc.text(block)) {
                out.strip(doc, i, "says where a feed's item appeared first");
            }
        }
        for i in excerpts(doc).into_iter().flatten() {
            out.strip(doc, i, "in an excerpt that ends in a link to the rest");
        }
        for i in cut_off(doc, out) {
            out.strip(doc, i, "an excerpt that breaks off, at the page's end");
        }
    }
}
