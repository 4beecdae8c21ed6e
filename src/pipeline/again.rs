//! Cleaning what is left of a flattened page.

use super::Pipeline;
use crate::article::{Kept, Removal, joined};
use crate::document::{Document, Known};
use crate::role::Role;
use crate::span::Span;
use crate::text;

/// Times that what is left of a flattened page is cleaned again; real pages need one or two.
const MOST_ROUNDS: usize = 6;

impl Pipeline {
    /// Cleans what is left of a flattened page until nothing more comes off, six times at most, so that cleaning cleaned text changes nothing,
    /// save code between fences, which the text has no more.
    /// With the furniture gone lines stand closer, and a rule may see what it could not before.
    /// `page` is what was read first, and `blocks` are the numbers of its blocks that were kept: most come again as they were.
    pub(super) fn settle_again(
        &self,
        kept: &mut Vec<Kept>,
        removals: &mut Vec<Removal>,
        page: &mut Document,
        mut blocks: Vec<u32>,
        spare: &mut Document<'static>,
    ) {
        let mut words = std::mem::take(&mut page.words);
        let count = words.len();
        for _ in 0..MOST_ROUNDS {
            let mut places = Vec::with_capacity(kept.len());
            let text = joined(kept, |_, place| places.push(place));
            words.truncate(count);
            let known = Known { document: page, blocks: &blocks, words };
            let (mut document, _) = text::read(&text, &self.limits, Some(known), spare.take());
            self.look(&mut document);
            let findings = self.ask(&mut document);
            let (left, gone, _) = self.settle(&document, &findings, false);
            words = std::mem::take(&mut document.words);
            *spare = document.emptied();
            let left: Vec<Span> = left.into_iter().flat_map(|block| block.spans).collect();
            // Both lists are in page order and without overlap, so the first span that ends behind a place tells.
            let doomed: Vec<Option<usize>> = places
                .iter()
                .zip(kept.iter())
                .map(|(&place, block)| {
                    // Without its fences code cannot be told from lines of furniture.
                    if block.role == Role::Preformatted {
                        return None;
                    }
                    let kept = left.partition_point(|span| span.end <= place.start);
                    let removed = gone.partition_point(|removal| removal.span.end <= place.start);
                    let survives = left.get(kept).is_some_and(|span| span.overlaps(place));
                    let is_hit = gone.get(removed).is_some_and(|removal| removal.span.overlaps(place));
                    (is_hit && !survives).then_some(removed)
                })
                .collect();
            if doomed.iter().all(Option::is_none) {
                break;
            }
            let mut is_doomed = doomed.iter().map(Option::is_some);
            blocks.retain(|_| !is_doomed.next().unwrap_or(false));
            let mut removal_of = doomed.into_iter();
            kept.retain_mut(|block| match removal_of.next().flatten() {
                Some(i) => {
                    let spans = std::mem::take(&mut block.spans);
                    removals.extend(spans.into_iter().map(|span| Removal { span, ..gone[i].clone() }));
                    false
                }
                None => true,
            });
            removals.sort_by_key(|removal| removal.span);
        }
        page.words = words;
    }
}

#[cfg(test)]
mod tests {
    use crate::{Page, Pipeline};

    #[test]
    fn tables_and_code_of_an_article_in_markdown_stay() {
        let page = "# Old bridge to close\n\n\
            The old bridge over the Marrow will close in May for ten months, the town council said on Wednesday.\n\n\
            ## What it costs\n\n\
            The work is to cost twelve million, of which the state pays a third, and the town has to find the rest.\n\n\
            | Year | Cost |\n|------|------|\n| 2031 | 5 m |\n| 2032 | 7 m |\n\n\
            The ferry will run every ten minutes from six in the morning until midnight, the mayor promised on Friday.\n\n\
            ```python\ndef ferry(hour):\n\n    return hour * 6\n```\n\n\
            The new deck will carry two lanes, a cycle path and, for the first time in the town, a line for trams.\n";
        let cleaned = Pipeline::default().clean(Page::text(page));
        let markdown = cleaned.markdown();
        for part in [
            "| Year | Cost |\n| --- | --- |\n| 2031 | 5 m |\n| 2032 | 7 m |",
            "```\ndef ferry(hour):\n\n    return hour * 6\n```",
        ] {
            assert!(markdown.contains(part), "{markdown}");
        }
    }
}
