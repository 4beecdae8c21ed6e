//! What a page's schema.org data says of the article: JSON-LD in scripts, and `itemprop` attributes.

use super::json::{self, Path, Scalar};
use crate::document::{About, Fact, Source};
use crate::markup::tag::Tag;
use crate::markup::tree::{AttrKind, Tree};
use crate::span::Span;

/// Objects of JSON-LD that are remembered on a page; an article, its authors and its site are a dozen.
const MOST_THINGS: usize = 256;
/// Authors of one article.
const MOST_AUTHORS: usize = 24;
/// Keys under which the page's own article may stand.
const AROUND_ARTICLE: [&str; 4] = ["@graph", "mainEntity", "mainEntityOfPage", "mainContentOfPage"];

/// An object of JSON-LD. All spans are strings as written.
#[derive(Default)]
struct Thing {
    /// Which script it stands in, and its number there.
    place: (u32, u32),
    /// The number of the object around it.
    around: Option<u32>,
    relation: Relation,
    standing: Standing,
    id: Option<Span>,
    name: Option<Span>,
    given: Option<Span>,
    family: Option<Span>,
    headline: Option<Span>,
    published: Option<Span>,
    modified: Option<Span>,
    language: Option<Span>,
    /// Authors given as mere strings; of an author, further names, where a list of them stands for one.
    authors: Vec<Span>,
}

impl Thing {
    fn add_author(&mut self, name: Span) {
        if self.authors.len() < MOST_AUTHORS {
            self.authors.push(name);
        }
    }
}

/// What an object is to the one around it.
#[derive(Clone, Copy, Default, PartialEq)]
enum Relation {
    /// It stands by itself.
    #[default]
    Own,
    Author,
    Publisher,
    Language,
    Other,
}

/// How likely an object of some type is the page's article.
#[derive(Clone, Copy, Default, PartialEq, PartialOrd)]
enum Standing {
    #[default]
    None,
    Site,
    Page,
    Article,
}

/// Adds what the page's JSON-LD says; its scripts are among `nodes`.
pub(super) fn read_data(tree: &Tree, nodes: &[u32], about: &mut About) {
    let mut things = Vec::new();
    for script in scripts(tree, nodes) {
        let (mut at, to) = (script.start as usize, script.end as usize);
        while at < to {
            at = json::values(&tree.source, at, to, |path, scalar| {
                if let Scalar::Text(span) = scalar {
                    note(&tree.source, script.start, path, span, &mut things);
                }
            });
        }
    }
    claim(tree, &things, about);
}

fn scripts<'t>(tree: &'t Tree, nodes: &'t [u32]) -> impl Iterator<Item = Span> + 't {
    let is_data = |i: u32| tree.attr_of(i, AttrKind::Type).is_some_and(|v| v.to_ascii_lowercase().contains("ld+json"));
    nodes.iter().filter_map(move |&i| {
        let content = (tree.nodes[i as usize].tag == Tag::SCRIPT).then(|| tree.nodes.get(i as usize + 1))??;
        (content.tag == Tag::TEXT && content.parent == i && is_data(i)).then_some(content.span)
    })
}

/// Remembers a string of JSON-LD, if it is one of those that say something.
fn note(source: &str, script: u32, path: &Path, span: Span, things: &mut Vec<Thing>) {
    let key = path.key();
    let mut keys = path.keys().skip(1);
    let is_known = matches!(
        key,
        "@type"
            | "@id"
            | "name"
            | "alternateName"
            | "givenName"
            | "familyName"
            | "headline"
            | "datePublished"
            | "dateModified"
            | "dateCreated"
            | "uploadDate"
            | "inLanguage"
            | "author"
            | "creator"
            | "publisher"
    );
    if !is_known || span.is_empty() {
        return;
    }
    let mut objects = path.levels().iter().rev().filter(|level| level.is_object).map(|level| level.number);
    let Some(number) = objects.next() else { return };
    let place = (script, number);
    let found = things.iter().rposition(|thing| thing.place == place);
    let index = found.unwrap_or_else(|| {
        let relation = match keys.next() {
            None => Relation::Own,
            Some(key) if AROUND_ARTICLE.contains(&key) => Relation::Own,
            Some("author" | "creator") => Relation::Author,
            Some("publisher" | "isPartOf") => Relation::Publisher,
            Some("inLanguage") => Relation::Language,
            Some(_) => Relation::Other,
        };
        let is_near = relation != Relation::Other && keys.all(|key| AROUND_ARTICLE.contains(&key));
        let relation = if is_near { relation } else { Relation::Other };
        if relation == Relation::Other || things.len() >= MOST_THINGS {
            return usize::MAX;
        }
        things.push(Thing { place, around: objects.next(), relation, ..Thing::default() });
        things.len() - 1
    });
    let Some(thing) = things.get_mut(index) else { return };
    let slot = match key {
        "@type" => {
            let standing = standing(&source[span.range()]);
            if standing > thing.standing {
                thing.standing = standing;
            }
            return;
        }
        "author" | "creator" => return thing.add_author(span),
        "name" if thing.relation == Relation::Author && thing.name.is_some() => return thing.add_author(span),
        "@id" => &mut thing.id,
        "name" | "publisher" => &mut thing.name,
        // The code of a language that is named in full.
        "alternateName" if thing.relation == Relation::Language => {
            thing.name = Some(span);
            return;
        }
        "givenName" => &mut thing.given,
        "familyName" => &mut thing.family,
        "headline" => &mut thing.headline,
        "datePublished" => {
            thing.published = Some(span);
            return;
        }
        "dateCreated" | "uploadDate" => &mut thing.published,
        "dateModified" => &mut thing.modified,
        "inLanguage" => &mut thing.language,
        _ => return,
    };
    slot.get_or_insert(span);
}

fn standing(of: &str) -> Standing {
    let name = of.rsplit(['/', ':', '#']).next().unwrap_or(of);
    match name {
        _ if name.ends_with("Article") => Standing::Article,
        "BlogPosting" | "LiveBlogPosting" | "SocialMediaPosting" | "DiscussionForumPosting" | "Report" => {
            Standing::Article
        }
        "WebPage" | "ItemPage" | "CreativeWork" | "Review" | "Recipe" | "VideoObject" | "PodcastEpisode" | "Book"
        | "HowTo" | "Event" => Standing::Page,
        "WebSite" | "NewsMediaOrganization" => Standing::Site,
        _ => Standing::None,
    }
}

/// Turns what was remembered into claims: of the first article, and where it is silent, of the page.
fn claim(tree: &Tree, things: &[Thing], about: &mut About) {
    let text = |span: Span| json::unescape(tree.slice(span)).into_owned();
    let mut put = |fact: Fact, span: Option<Span>| {
        if let Some(span) = span {
            about.claim(fact, Source::Data, &text(span), span.start);
        }
    };
    let own = |standing: Standing| things.iter().filter(move |t| t.relation == Relation::Own && t.standing == standing);
    let article = own(Standing::Article).find(|t| t.headline.is_some()).or_else(|| own(Standing::Article).next());
    for thing in article.into_iter().chain(own(Standing::Page)) {
        put(Fact::Headline, thing.headline);
        put(Fact::Published, thing.published);
        put(Fact::Modified, thing.modified);
        put(Fact::Language, thing.language);
    }
    for thing in things {
        match thing.relation {
            Relation::Publisher => put(Fact::Site, thing.name),
            Relation::Language => put(Fact::Language, thing.name),
            Relation::Own if thing.standing == Standing::Site => put(Fact::Site, thing.name),
            _ => {}
        }
    }
    for thing in article.into_iter().chain(own(Standing::Page)) {
        let before = about.count(Fact::Author);
        for &name in &thing.authors {
            about.claim(Fact::Author, Source::Data, &text(name), name.start);
        }
        let is_its = |t: &&Thing| t.place.0 == thing.place.0 && t.around == Some(thing.place.1);
        for author in things.iter().filter(|t| t.relation == Relation::Author).filter(is_its).take(MOST_AUTHORS) {
            let named = |t: &Thing| t.name.is_some() || t.family.is_some();
            let same = |t: &&Thing| named(t) && t.id.map(|id| tree.slice(id)) == author.id.map(|id| tree.slice(id));
            let Some(author) = Some(author).filter(|t| named(t)).or_else(|| {
                // A reference to an object that stands elsewhere.
                author.id.and_then(|_| things.iter().find(same))
            }) else {
                continue;
            };
            let full = match (author.name, author.given, author.family) {
                (Some(name), ..) => text(name),
                (None, given, family) => [given, family].into_iter().flatten().map(text).collect::<Vec<_>>().join(" "),
            };
            about.claim(Fact::Author, Source::Data, &full, author.place.0);
            author.authors.iter().for_each(|&name| about.claim(Fact::Author, Source::Data, &text(name), name.start));
        }
        if about.count(Fact::Author) > before {
            break;
        }
    }
}

/// Nodes of an element that is read for a fact; a larger one holds more than the fact.
const MOST_NODES: u32 = 40;

/// Attributes that say what an element holds.
pub(super) const ITEM_KINDS: u32 = AttrKind::Itemtype.bit() | AttrKind::Itemprop.bit();

/// Adds what `itemprop` attributes say of the first article; elements that have them are among `nodes`.
pub(super) fn read_items(tree: &Tree, nodes: &[u32], about: &mut About) {
    let mut has_article = false;
    let mut next = 0;
    for &i in nodes {
        let node = &tree.nodes[i as usize];
        if i < next || node.kinds & ITEM_KINDS == 0 {
            continue;
        }
        if let Some(of) = tree.attr_of(i, AttrKind::Itemtype) {
            let is_article = standing(&of) == Standing::Article;
            // What else is an article on the page is a teaser or a comment.
            if is_article && has_article || of.ends_with("Comment") {
                next = node.end;
                continue;
            }
            has_article |= is_article;
        }
        let Some(name) = tree.attr_of(i, AttrKind::Itemprop) else { continue };
        let fact = match name.trim() {
            "headline" => Fact::Headline,
            "author" | "creator" => Fact::Author,
            "datePublished" => Fact::Published,
            "dateModified" => Fact::Modified,
            "inLanguage" => Fact::Language,
            "comment" | "hasPart" | "relatedLink" | "mentions" => {
                next = node.end;
                continue;
            }
            _ => continue,
        };
        if about.count_of(fact, Source::Item) >= 8 {
            continue;
        }
        if let Some(text) = item(tree, i, fact) {
            about.claim(fact, Source::Item, &text, tree.place(i).start);
        }
    }
}

fn item(tree: &Tree, node: u32, fact: Fact) -> Option<String> {
    let stated = |i: u32| {
        let value = tree
            .attr_of(i, AttrKind::Content)
            .or_else(|| tree.attr_of(i, AttrKind::Datetime))
            // As microformats have it, too: `<abbr title="2024-05-03T08:00">at eight</abbr>`.
            .or_else(|| tree.attr_of(i, AttrKind::Title).filter(|_| tree.nodes[i as usize].tag == Tag::ABBR))
            .filter(|v| !v.trim().is_empty());
        value.map(|value| value.into_owned())
    };
    let end = tree.nodes[node as usize].end;
    let is_small = end - node <= MOST_NODES;
    if fact == Fact::Author {
        let has_name = |&i: &u32| tree.attr_of(i, AttrKind::Itemprop).is_some_and(|v| v.trim() == "name");
        let name = (node + 1..end.min(node + MOST_NODES)).find(has_name);
        if let Some(name) = name {
            let is_small = tree.nodes[name as usize].end - name <= MOST_NODES;
            return stated(name).or_else(|| is_small.then(|| tree.text_of(name)));
        }
    }
    stated(node).or_else(|| is_small.then(|| tree.text_of(node)))
}

#[cfg(test)]
mod tests {
    use crate::document::Source;
    use crate::limits::Limits;

    fn claims(html: &str) -> String {
        let limits = Limits::default();
        let (document, _) = crate::html::read(html, &limits, crate::Document::empty());
        let claims = document.about.claims.iter().filter(|c| matches!(c.source, Source::Data | Source::Item));
        claims.map(|claim| format!("{:?} {}", claim.fact, claim.text)).collect::<Vec<_>>().join(" | ")
    }

    #[test]
    fn json_ld_says_what_the_article_is() {
        for (json, expect) in [
            (
                r#"{"@type": "NewsArticle", "headline": "Bridge &amp; tram", "datePublished": "2024-05-03", "author": "Ida Moss"}"#,
                "Headline Bridge & tram | Published 2024-05-03 | Author Ida Moss",
            ),
            (
                r#"[{"@type": ["Thing", "Article"], "author": [{"@type": "Person", "name": "Ida Moss"}, {"name": "Jens Vogt"}]}]"#,
                "Author Ida Moss | Author Jens Vogt",
            ),
            (
                r##"{"@graph": [{"@type": "WebSite", "name": "Velden Post"}, {"@type": "BlogPosting", "headline": "H",
                  "author": {"@id": "#ida"}}, {"@type": "Person", "@id": "#ida", "name": "Ida Moss"}]}"##,
                "Headline H | Site Velden Post | Author Ida Moss",
            ),
            (
                r#"{"@type": "http://schema.org/Report", "author": {"givenName": "Ida", "familyName": "Moss"},
                  "publisher": {"name": "Velden Post"}, "inLanguage": {"name": "German", "alternateName": "de"}}"#,
                "Site Velden Post | Language de | Author Ida Moss",
            ),
            (
                r#"{"@type": "Article", "headline": "H", "comment": [{"author": {"name": "Troll"}, "datePublished": "2020-01-01"}]}"#,
                "Headline H",
            ),
            (
                r#"{"@type": "WebPage", "datePublished": "2024-05-03", "mainEntity": {"@type": "NewsArticle", "headline": "H"}}"#,
                "Headline H | Published 2024-05-03",
            ),
            (r#"{"@type": "BreadcrumbList", "itemListElement": [{"@type": "Article", "headline": "Teaser"}]}"#, ""),
            ("{\"@type\": \"Article\",\n\"headline\": \"H\", \"x\": \"bro", "Headline H"),
        ] {
            let html = format!("<script type=\"application/ld+json\">{json}</script><p>Body.");
            assert_eq!(claims(&html), expect, "{json}");
        }
    }

    #[test]
    fn items_say_what_the_article_is() {
        for (html, expect) in [
            (
                "<div itemscope itemtype=http://schema.org/Article><h1 itemprop=headline>Bridge</h1><p itemprop=author \
                 itemscope>By <b itemprop=name>Ida Moss</b></p><time itemprop=datePublished datetime=2024-05-03>May 3</time></div>",
                "Headline Bridge | Author Ida Moss | Published 2024-05-03",
            ),
            (
                "<div itemscope itemtype=http://schema.org/Article><meta itemprop=datePublished content=2024-05-03></div>\
                 <div itemscope itemtype=http://schema.org/Article><b itemprop=headline>Teaser</b></div>",
                "Published 2024-05-03",
            ),
            ("<div itemprop=comment><b itemprop=author>Troll</b></div>", ""),
        ] {
            assert_eq!(claims(html), expect, "{html}");
        }
    }
}
