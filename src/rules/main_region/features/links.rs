//! Where the links of blocks lead: within the site, as those of menus and teasers do, or away from it, as those to sources,
//! shops and documents do.

use crate::address::{self, site};
use crate::document::{Document, Fact};
use crate::hash::FastMap;
use crate::markup::tag::Tag;
use crate::markup::tree::{AttrKind, Tree};
use std::ops::Range;

/// Links that lead within the site and away from it: before each block, and in all.
pub(super) struct Links {
    before: Vec<[u32; 2]>,
}

/// Where a link leads.
enum Target<'h> {
    /// To a place in the page, to a program, or nowhere.
    Here,
    /// To an address without a host.
    Within,
    Host(&'h str),
}

impl Links {
    pub(super) fn new(doc: &Document, tree: &Tree) -> Self {
        let links: Vec<(u32, u32)> = (0..tree.nodes.len() as u32)
            .filter(|&node| tree.nodes[node as usize].tag == Tag::A && tree.has(node, AttrKind::Href))
            .filter_map(|node| {
                let (from, to) = doc.node_blocks[node as usize];
                (from < to).then_some((node, from))
            })
            .collect();
        let href = |node: u32| {
            let attr = tree.first_of(node, AttrKind::Href);
            attr.map_or("", |attr| tree.raw_value(attr))
        };
        let stated = doc.about.claims.iter().filter(|claim| claim.fact == Fact::Address);
        let mut stated = stated.filter_map(|claim| match target(&claim.text) {
            Target::Host(host) => Some(site(host)),
            _ => None,
        });
        let own = stated.next().or_else(|| most_linked(links.iter().map(|&(node, _)| href(node))));
        let mut before = vec![[0; 2]; doc.blocks.len() + 1];
        // One host mostly comes many times in a row.
        let mut last = ("", 0);
        for &(node, block) in &links {
            let away = match target(href(node)) {
                Target::Here => continue,
                Target::Within => 0,
                Target::Host(host) if host == last.0 => last.1,
                Target::Host(host) => {
                    last = (host, usize::from(own.is_some_and(|own| own != site(host))));
                    last.1
                }
            };
            before[block as usize + 1][away] += 1;
        }
        for i in 1..before.len() {
            before[i] = [before[i][0] + before[i - 1][0], before[i][1] + before[i - 1][1]];
        }
        Self { before }
    }

    /// Returns how many links of these blocks lead within the site, and how many away.
    pub(super) fn within(&self, blocks: Range<usize>) -> [u32; 2] {
        let (from, to) = (self.before[blocks.start], self.before[blocks.end]);
        [to[0] - from[0], to[1] - from[1]]
    }
}

/// Returns the site that most of the links with a host lead to.
fn most_linked<'h>(links: impl Iterator<Item = &'h str>) -> Option<&'h str> {
    let mut sites: FastMap<&str, u32> = FastMap::default();
    for href in links {
        if let Target::Host(host) = target(href) {
            *sites.entry(site(host)).or_default() += 1;
        }
    }
    sites.into_iter().map(|(site, count)| (count, site)).max().map(|(_, site)| site)
}

fn target(href: &str) -> Target<'_> {
    let href = href.trim_start();
    let rest = ["https://", "http://", "//"].into_iter().find_map(|start| href.strip_prefix(start));
    match rest {
        Some(rest) => Target::Host(address::host(rest)),
        None if href.is_empty() || href.starts_with('#') || is_program(href) => Target::Here,
        None => Target::Within,
    }
}

/// Returns whether an address names a scheme without a host: `mailto:`, `javascript:`.
fn is_program(href: &str) -> bool {
    let len = href.bytes().take_while(u8::is_ascii_alphabetic).count();
    len > 1 && href.as_bytes().get(len) == Some(&b':')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_sorted_by_where_they_lead() {
        for (href, host) in [
            ("https://www.velden-post.example/a?b", Some("www.velden-post.example")),
            (" http://shop.example:8080/", Some("shop.example")),
            ("//cdn.example", Some("cdn.example")),
            ("/a//b", None),
            ("a.html", None),
        ] {
            match target(href) {
                Target::Host(found) => assert_eq!(Some(found), host, "{href}"),
                Target::Within => assert_eq!(None, host, "{href}"),
                Target::Here => panic!("{href}"),
            }
        }
        for href in ["", "#top", "mailto:a@b.example", "javascript:void(0)"] {
            assert!(matches!(target(href), Target::Here), "{href}");
        }
    }

    #[test]
    fn links_are_counted_by_block() {
        let html = "<p>Plain</p><p><a href=/a>In</a> <a href=https://www.post.example/b>In</a></p>\
                    <p><a href=https://shop.example/c>Away</a> <a href=#d>Here</a></p>";
        let count = |html: &str| {
            let limits = crate::Limits::default();
            let (doc, _) = crate::html::read(html, &limits, Document::empty());
            let links = Links::new(&doc, doc.tree.as_ref().unwrap());
            (0..3).map(|i| links.within(i..i + 1)).collect::<Vec<_>>()
        };
        let stated = format!("<link rel=canonical href=https://post.example/x>{html}");
        assert_eq!(count(&stated), [[0, 0], [2, 0], [0, 1]]);
        // Of a page that does not say where it stands, the site is the one that most of its links lead to.
        let linked = format!("{html}<a href=https://post.example/y>Y</a>");
        assert_eq!(count(&linked), [[0, 0], [2, 0], [0, 1]]);
    }
}
