//! Putting an article that a page does not show in the place of the body that it shows.

use super::Pipeline;
use crate::article::{Kept, Origin, Removal};
use crate::document::Document;
use crate::finding::Reason;
use crate::html::script::Article as UnseenArticle;
use crate::limits::Limit;
use crate::page::Format;
use crate::role::Part;
use crate::span::Span;

impl Pipeline {
    /// Puts an article that the page does not show in the place of the body that it shows. Its own furniture is cleaned
    /// off by the same rules. Returns where the body now stands; a limit that its reading met is noted.
    pub(super) fn replace(
        &self,
        page: &Document,
        rule: u16,
        article: &UnseenArticle,
        kept: &mut Vec<Kept>,
        removals: &mut Vec<Removal>,
        limit: &mut Option<Limit>,
    ) -> Origin {
        let meta = self.rules[rule as usize].meta();
        let (mut document, hit) = self.read(article.html.text(), Format::Html, Document::empty());
        document.is_within_script = true;
        document.about = page.about.clone();
        let findings = self.ask(&mut document);
        let (mut body, gone, _) = self.settle(&document, &findings, true);
        // Of its headline and the like the page has its own.
        body.retain(|block| matches!(block.role.part(), Part::Body | Part::Caption | Part::Note));
        if body.is_empty() {
            return Origin::Page;
        }
        *limit = limit.or(hit);
        let place = |span: Span| Some(article.html.source_of(span)).filter(|span| !span.is_empty());
        let reason = Reason::new(article.place.reason());
        for block in &mut body {
            block.spans = block.spans.iter().filter_map(|&span| place(span)).collect();
            block.rule = Some(meta.name);
            block.reason = Some(reason.to_string());
        }
        let is_body = |block: &Kept| block.role.part() == Part::Body;
        let at = kept.iter().position(is_body).unwrap_or(kept.len());
        let gone = gone.into_iter().filter_map(|removal| Some(Removal { span: place(removal.span)?, ..removal }));
        let gone: Vec<Removal> = gone.collect();
        let spans = body.iter().flat_map(|block| &block.spans).chain(gone.iter().map(|removal| &removal.span));
        let hull = spans.copied().reduce(Span::hull).unwrap_or_default();
        // A block of the page may have gone on behind the script, as if nothing stood between.
        let around = |span: Span| {
            let is_apart = !span.overlaps(hull);
            let before = Span::new(span.start, if is_apart { span.end } else { hull.start });
            let after = Span::new(if is_apart { span.end } else { hull.end }, span.end);
            [before, after].into_iter().filter(|span| !span.is_empty())
        };
        for block in kept.extract_if(at.., |block| is_body(block)) {
            let of = Removal {
                span: Span::default(),
                rule: meta.name,
                category: meta.category,
                role: None,
                reason: reason.clone(),
            };
            removals.extend(block.spans.into_iter().map(|span| Removal { span, ..of.clone() }));
        }
        *removals = removals
            .drain(..)
            .flat_map(|removal| around(removal.span).map(move |span| Removal { span, ..removal.clone() }))
            .collect();
        for block in kept.iter_mut() {
            block.spans = block.spans.iter().flat_map(|&span| around(span)).collect();
        }
        removals.extend(gone);
        removals.sort_by_key(|removal| removal.span);
        kept.splice(at..at, body);
        Origin::Script
    }
}
