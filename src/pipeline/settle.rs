//! What becomes of each block, by what the rules found.

use super::Pipeline;
use crate::article::{Kept, Removal};
use crate::document::{Block, BlockKind, Document};
use crate::finding::{Action, Finding, Findings};
use crate::meta::Category;
use crate::role::{Part, Role};
use crate::rule::Rule;
use crate::span::Span;
use std::ops::Range;

/// Blocks behind those of the last finding among which the next one's are sought first.
const NEAR: usize = 4;

impl Pipeline {
    /// Settles each block: a rule that keeps it wins; otherwise the first rule that says anything of the whole of it
    /// decides; otherwise it is body. What rules say of less than a block is cut out of it, unless the block is kept.
    /// Returns the numbers of the kept blocks last. Kept blocks come without their texts unless these are asked for.
    pub(super) fn settle(
        &self,
        document: &Document,
        findings: &Findings,
        has_texts: bool,
    ) -> (Vec<Kept>, Vec<Removal>, Vec<u32>) {
        let blocks = &document.blocks;
        let mut verdicts: Vec<Option<u32>> = vec![None; blocks.len()];
        let mut cuts: Vec<(u32, u32)> = Vec::new();
        let mut from = 0;
        for (f, finding) in findings.list.iter().enumerate() {
            // Each rule mostly goes down the page.
            let is_before = |b: &Block| b.span.end <= finding.span.start;
            let near = &blocks[from..blocks.len().min(from + NEAR)];
            from = match near.iter().position(|b| !is_before(b)) {
                Some(at) if from + at == 0 || is_before(&blocks[from + at - 1]) => from + at,
                _ => blocks.partition_point(is_before),
            };
            for (i, block) in blocks.iter().enumerate().skip(from) {
                if block.span.start >= finding.span.end {
                    break;
                }
                if finding.span.contains(block.span) {
                    let verdict = &mut verdicts[i];
                    if verdict.is_none() || (finding.action == Action::Keep && !self.keeps(findings, *verdict)) {
                        *verdict = Some(f as u32);
                    }
                } else if finding.action == Action::Strip {
                    cuts.push((i as u32, f as u32));
                }
            }
        }
        cuts.sort_unstable();
        let stripped = verdicts.iter().flatten().count();
        let (kept, removals) = (Vec::with_capacity(blocks.len() - stripped), Vec::with_capacity(stripped));
        let mut kept_blocks = Vec::with_capacity(kept.capacity());
        let mut out = Settled { document, findings, rules: &self.rules, has_texts, kept, removals };
        let mut cut = 0;
        for (i, block) in blocks.iter().enumerate() {
            let from = cut;
            while cut < cuts.len() && cuts[cut].0 == i as u32 {
                cut += 1;
            }
            let verdict = verdicts[i].map(|f| &findings.list[f as usize]);
            match verdict.map(|f| f.action) {
                Some(Action::Strip) => out.remove(block, verdict, None),
                Some(Action::Part(role)) if self.parts & role.part().bit() == 0 => {
                    out.remove(block, verdict, Some(role))
                }
                Some(Action::Part(role)) => out.keep(block, role, verdict, &cuts[from..cut]),
                // A kept block is kept whole.
                Some(Action::Keep) if self.has_body() => out.keep(block, body_role(block), verdict, &[]),
                None if self.has_body() => {
                    let before = out.kept.len();
                    out.keep(block, body_role(block), None, &cuts[from..cut]);
                    if out.kept.len() > before {
                        out.note(i);
                    }
                }
                Some(Action::Keep) | None => out.remove(block, None, Some(body_role(block))),
            }
            if out.kept.len() > kept_blocks.len() {
                kept_blocks.push(i as u32);
            }
        }
        (out.kept, out.removals, kept_blocks)
    }

    fn has_body(&self) -> bool {
        self.parts & Part::Body.bit() != 0
    }

    fn keeps(&self, findings: &Findings, verdict: Option<u32>) -> bool {
        verdict.is_some_and(|f| findings.list[f as usize].action == Action::Keep)
    }
}

fn body_role(block: &Block) -> Role {
    match block.kind {
        BlockKind::Heading => Role::Subheading,
        BlockKind::ListItem => Role::ListItem,
        BlockKind::Quote => Role::Quote,
        BlockKind::TableRow => Role::Table,
        BlockKind::Preformatted => Role::Preformatted,
        BlockKind::Caption => Role::Caption,
        _ => Role::Body,
    }
}

struct Settled<'d> {
    document: &'d Document<'d>,
    findings: &'d Findings,
    rules: &'d [Box<dyn Rule>],
    has_texts: bool,
    kept: Vec<Kept>,
    removals: Vec<Removal>,
}

impl<'d> Settled<'d> {
    fn spans(&self, block: &Block) -> Vec<Span> {
        joined_spans(self.document, self.document.pieces_of(block).iter().map(|p| p.span))
    }

    fn remove(&mut self, block: &Block, verdict: Option<&Finding>, role: Option<Role>) {
        let document = self.document;
        let spans = document.pieces_of(block).iter().map(|p| p.span);
        join(document, spans, |span| self.removal(span, verdict, role));
    }

    fn removal(&mut self, span: Span, verdict: Option<&Finding>, role: Option<Role>) {
        let (rule, category, reason) = match verdict {
            Some(finding) => {
                let meta = self.rules[finding.rule as usize].meta();
                (meta.name, meta.category, finding.reason.clone())
            }
            None => ("parts", Category::Region, "the body was not asked for".into()),
        };
        self.removals.push(Removal { span, rule, category, role, reason });
    }

    /// Returns the text of a kept block, or none where none is asked for.
    fn own(&self, text: &str) -> String {
        if self.has_texts { text.to_owned() } else { String::new() }
    }

    /// Keeps a block, less what `cuts` take out of it.
    fn keep(&mut self, block: &Block, role: Role, verdict: Option<&Finding>, cuts: &[(u32, u32)]) {
        let document = self.document;
        let rule = verdict.map(|finding| self.rules[finding.rule as usize].meta().name);
        let reason = verdict.map(|finding| finding.reason.to_string());
        let item = (role == Role::ListItem).then_some(block.item);
        if cuts.is_empty() {
            let text = self.own(document.text(block));
            let spans = self.spans(block);
            self.kept.push(Kept { role, level: block.level, item, text, spans, rule, reason });
            return;
        }
        let mut text = String::new();
        let mut spans = Vec::new();
        let pieces = block.pieces.0 as usize..block.pieces.1 as usize;
        let cut_by = self.cut_by(pieces.clone(), cuts);
        for (p, cut) in pieces.clone().zip(cut_by) {
            let piece = document.pieces[p];
            let end = if p + 1 < pieces.end { document.pieces[p + 1].text } else { block.text.end };
            let own = &document.text[piece.text as usize..end as usize];
            match cut {
                Some(finding) => {
                    self.removal(piece.span, Some(finding), None);
                    // The space before the next piece stands at the end of this one.
                    if own.ends_with(' ') && !text.is_empty() && !text.ends_with(' ') {
                        text.push(' ');
                    }
                }
                None => {
                    text.push_str(own);
                    spans.push(piece.span);
                }
            }
        }
        let text = text.trim();
        if !text.is_empty() {
            let text = self.own(text);
            let spans = joined_spans(document, spans.into_iter());
            self.kept.push(Kept { role, level: block.level, item, text, spans, rule, reason });
        }
    }

    /// Returns for each piece the first finding that covers it. Pieces stand in page order; one that has its finding is
    /// passed over, so that the time is in proportion to pieces and findings even where many findings cover one another.
    fn cut_by(&self, pieces: Range<usize>, cuts: &[(u32, u32)]) -> Vec<Option<&'d Finding>> {
        let pieces = &self.document.pieces[pieces];
        let mut cut_by = vec![None; pieces.len()];
        // Of a piece that has its finding: one behind it, from which on to look.
        let mut next: Vec<usize> = (0..=pieces.len()).collect();
        for &(_, f) in cuts {
            let finding = &self.findings.list[f as usize];
            let mut at = pieces.partition_point(|piece| piece.span.start < finding.span.start);
            while at < pieces.len() && pieces[at].span.end <= finding.span.end {
                if next[at] == at {
                    cut_by[at] = Some(finding);
                    next[at] = at + 1;
                } else {
                    // Shortens the way for the next who passes.
                    next[at] = next[next[at]];
                }
                at = next[at];
            }
        }
        cut_by
    }

    /// Gives the block just kept the reason that a rule noted.
    fn note(&mut self, block: usize) {
        let notes = &self.findings.notes;
        if let Ok(at) = notes.binary_search_by_key(&(block as u32), |note| note.0)
            && let Some(kept) = self.kept.last_mut()
        {
            kept.rule = Some(self.rules[notes[at].1 as usize].meta().name);
            kept.reason = Some(notes[at].2.to_string());
        }
    }
}

/// Joins spans that only markup or white space parts.
fn joined_spans(document: &Document, spans: impl Iterator<Item = Span>) -> Vec<Span> {
    let mut out = Vec::with_capacity(1);
    join(document, spans, |span| out.push(span));
    out
}

/// Calls `each` with spans joined where only markup or white space parts them.
fn join(document: &Document, mut spans: impl Iterator<Item = Span>, mut each: impl FnMut(Span)) {
    let Some(mut last) = spans.next() else { return };
    for span in spans {
        if last.end <= span.start && document.is_textless(Span::new(last.end, span.start)) {
            last.end = span.end;
        } else {
            each(std::mem::replace(&mut last, span));
        }
    }
    each(last);
}

#[cfg(test)]
mod tests {
    use crate::{Page, Part, Pipeline};

    #[test]
    fn what_is_hidden_in_a_part_is_cut_out_of_it() {
        let pipeline = Pipeline::builder().parts([Part::Headline, Part::Body]).build().expect("built-in rules");
        let page =
            "<h1>Old bridge <span hidden>and ferry</span> to close</h1><p>It will close in May, the town said.</p>";
        let cleaned = pipeline.clean(Page::html(page));
        assert_eq!(cleaned.text().lines().next(), Some("Old bridge to close"));
        assert!(cleaned.removals().iter().any(|removal| page[removal.span.range()].contains("ferry")));
    }

    #[test]
    fn words_beside_what_is_cut_out_stay_apart() {
        let page = "<article><h1>Old bridge to close</h1><p>The town sent <a href=/x>a letter<span hidden>(opens in a new tab)\
                    </span></a> to the council, which read it on Monday.<span hidden>Ad</span> It will meet again in May.</p></article>";
        let text = Pipeline::default().clean(Page::html(page)).text();
        assert!(text.contains("a letter to the council") && text.contains("on Monday. It will"), "{text}");
    }
}
