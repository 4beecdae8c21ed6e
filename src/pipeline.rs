//! The pipeline: reads a page, lets every rule look at it, and settles what they say.

use crate::article::{Cleaned, Kept, Origin, Part, Removal, Role, Status, joined};
use crate::cleaner::Cleaner;
use crate::document::{Block, BlockKind, Document, Known, UnseenArticle};
use crate::error::BuildError;
use crate::finding::{Action, Finding, Findings, Reason};
use crate::limits::{Limit, Limits};
use crate::page::{Format, Page};
use crate::phrases::Phrases;
use crate::rule::{Category, Meta, Rule};
use crate::selectors::Selectors;
use crate::span::Span;
use crate::{facts, html, rules, text};
use once_cell::sync::Lazy;
use std::ops::Range;

/// The version of the set of built-in rules: changes whenever their output may.
pub const RULES_VERSION: &str = "1";

/// Which HTML reader feeds the rules.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Reader {
    /// This crate's own.
    #[default]
    Fast,
    /// `scraper` (html5ever), for comparison: some twenty times slower, and its spans are found again in the source by
    /// matching text, so a span may be empty where the parser moved text.
    Reference,
}

/// Rules compiled for use: shared by threads, holding no state of any page.
///
/// ```
/// use bodycopy::{Page, Part, Pipeline};
///
/// let pipeline = Pipeline::builder().without("repeated-caption").parts([Part::Headline, Part::Body]).build()?;
/// let cleaned = pipeline.clean(Page::html(
///     "<h1>Bridge to close</h1><p>The old bridge will close in May, the town said on Monday.</p>",
/// ));
/// assert_eq!(cleaned.text(), "Bridge to close\n\nThe old bridge will close in May, the town said on Monday.");
/// # Ok::<(), bodycopy::BuildError>(())
/// ```
pub struct Pipeline {
    rules: Vec<Box<dyn Rule>>,
    selectors: Selectors,
    phrases: Phrases,
    parts: u8,
    limits: Limits,
    reader: Reader,
    explain: bool,
}

/// Settings of a pipeline to be built.
#[must_use]
pub struct PipelineBuilder {
    own: Vec<Box<dyn Rule>>,
    without: Vec<String>,
    only: Option<Vec<String>>,
    parts: u8,
    limits: Limits,
    reader: Reader,
    explain: bool,
}

impl PipelineBuilder {
    /// Leaves out the built-in rule of this name.
    pub fn without(mut self, name: impl Into<String>) -> Self {
        self.without.push(name.into());
        self
    }

    /// Uses only the built-in rules of these names.
    pub fn only<N: Into<String>>(mut self, names: impl IntoIterator<Item = N>) -> Self {
        self.only.get_or_insert_default().extend(names.into_iter().map(Into::into));
        self
    }

    /// Adds a rule of your own, which speaks before the built-in ones.
    pub fn rule(mut self, rule: impl Rule + 'static) -> Self {
        self.own.push(Box::new(rule));
        self
    }

    /// Sets the parts of the article that the result holds, in page order whatever the order named. The default is the
    /// body alone.
    pub fn parts(mut self, parts: impl IntoIterator<Item = Part>) -> Self {
        self.parts = parts.into_iter().fold(0, |bits, part| bits | part.bit());
        self
    }

    /// Sets how much of a page is read at the most.
    pub fn limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// Sets which HTML reader is used. The default is [`Reader::Fast`].
    pub fn reader(mut self, reader: Reader) -> Self {
        self.reader = reader;
        self
    }

    /// Spells out in reasons what decided a score, and gives kept blocks a reason too. Costs time; changes no text.
    pub fn explain(mut self, on: bool) -> Self {
        self.explain = on;
        self
    }

    /// Compiles the rules.
    ///
    /// # Errors
    ///
    /// A name given to [`without`](Self::without) or [`only`](Self::only) that no rule has (near names are listed), two
    /// rules of one name, a selector that does not parse, or a phrase list that cannot be read.
    pub fn build(self) -> Result<Pipeline, BuildError> {
        let mut rules = self.own;
        let built_in = rules::all();
        for name in self.without.iter().chain(self.only.iter().flatten()) {
            if !built_in.iter().any(|rule| rule.meta().name == name) {
                return Err(BuildError::unknown("rule", name, built_in.iter().map(|rule| rule.meta().name)));
            }
        }
        rules.extend(built_in.into_iter().filter(|rule| {
            let name = rule.meta().name;
            let is_in = self.only.as_ref().is_none_or(|only| only.iter().any(|n| n == name));
            is_in && !self.without.iter().any(|n| n == name)
        }));
        let mut selectors = Selectors::default();
        for (i, rule) in rules.iter().enumerate() {
            let meta = rule.meta();
            if rules[..i].iter().any(|other| other.meta().name == meta.name) {
                return Err(BuildError::new(format!("two rules are called `{}`", meta.name)));
            }
            if let Some(css) = meta.selector {
                selectors.add(i as u16, css).map_err(|cause| {
                    BuildError::new(format!("the selector of rule `{}` does not parse: {cause}", meta.name))
                })?;
            }
            selectors.add_names(i as u16, meta.names);
        }
        let phrases = Phrases::new(rules.iter().map(|rule| rule.meta().phrases)).map_err(|(rule, (line, cause))| {
            BuildError::new(format!("the phrases of rule `{}`: line {line} {cause}", rules[rule].meta().name))
        })?;
        Ok(Pipeline {
            rules,
            selectors,
            phrases,
            parts: self.parts,
            limits: self.limits,
            reader: self.reader,
            explain: self.explain,
        })
    }
}

/// Blocks behind those of the last finding among which the next one's are sought first.
const NEAR: usize = 4;

/// Times that what is left of a flattened page is cleaned again; real pages need one or two.
const MOST_ROUNDS: usize = 6;

static DEFAULT: Lazy<Pipeline> = Lazy::new(Pipeline::default);

/// Cleans a page of HTML with all rules and returns its body text.
///
/// ```
/// let html = "<nav><a href=/>Home</a></nav><p>The old bridge will close in May, the town said on Monday.</p>";
/// assert_eq!(bodycopy::clean_html(html), "The old bridge will close in May, the town said on Monday.");
/// ```
pub fn clean_html(html: &str) -> String {
    DEFAULT.clean(Page::html(html)).text()
}

/// Cleans a page that some tool has flattened to text, with all rules, and returns its body text.
///
/// ```
/// let text = "Share\n\nThe old bridge will close in May, the town said on Monday.\n\nAll rights reserved.";
/// assert_eq!(bodycopy::clean_text(text), "The old bridge will close in May, the town said on Monday.");
/// ```
pub fn clean_text(text: &str) -> String {
    DEFAULT.clean(Page::text(text)).text()
}

impl Default for Pipeline {
    /// All rules, body text only.
    fn default() -> Self {
        Pipeline::builder().build().expect("the built-in rules compile, as every test shows")
    }
}

impl Pipeline {
    /// Starts with all rules, body text only, default limits.
    pub fn builder() -> PipelineBuilder {
        PipelineBuilder {
            own: Vec::new(),
            without: Vec::new(),
            only: None,
            parts: Part::Body.bit(),
            limits: Limits::default(),
            reader: Reader::Fast,
            explain: false,
        }
    }

    /// Returns the descriptions of the rules, in the order in which they speak.
    pub fn rules(&self) -> impl Iterator<Item = &'static Meta> + '_ {
        self.rules.iter().map(|rule| rule.meta())
    }

    /// Cleans a page. Takes time and memory in proportion to its size, and never fails.
    pub fn clean<'a>(&self, page: Page<'a>) -> Cleaned<'a> {
        self.cleaner().clean(page)
    }

    /// Returns a cleaner for page after page in one thread.
    pub fn cleaner(&self) -> Cleaner<'_> {
        Cleaner::new(self)
    }

    /// Cleans a page in the memory of two empty documents: one for the page, one for what is left of a flattened one.
    pub(crate) fn clean_in<'a>(&self, page: Page<'a>, spare: &mut [Document<'static>; 2]) -> Cleaned<'a> {
        let [spare, again] = spare;
        let format = page.format();
        let (source, address) = page.into_parts();
        let (kept, removals, facts, origin, hit) = {
            let (read, cut) = self.cut(&source);
            let (mut document, hit) = self.read(read, format, spare.take());
            let findings = self.ask(&mut document);
            let (mut kept, mut removals, blocks) = self.settle(&document, &findings);
            if format == Format::Text {
                self.settle_again(&mut kept, &mut removals, &document, blocks, again);
            }
            let mut origin = Origin::Page;
            if let Some((rule, article)) = &findings.unseen {
                origin = self.replace(&document, *rule, article, &mut kept, &mut removals);
            }
            let facts = facts::find(&document, &findings, &kept, address.as_deref());
            let hit = cut.or(hit).or(self.cut_output(&mut kept, &mut removals));
            *spare = document.emptied();
            (kept, removals, facts, origin, hit)
        };
        let status = hit.map_or(Status::Complete, Status::Partial);
        Cleaned { source, kept, removals, facts, status, origin, rules_version: RULES_VERSION }
    }

    /// Removes the kept blocks from the one on that would be too much.
    fn cut_output(&self, kept: &mut Vec<Kept>, removals: &mut Vec<Removal>) -> Option<Limit> {
        let mut bytes = 0;
        let fits = kept.iter().take_while(|block| {
            bytes += block.text.len();
            bytes <= self.limits.output
        });
        let fits = fits.count();
        if fits == kept.len() {
            return None;
        }
        let reason = Reason::new("the limit on output was reached");
        for block in kept.drain(fits..) {
            let (rule, category, role) = ("limit", Category::Region, Some(block.role));
            let removed =
                block.spans.into_iter().map(|span| Removal { span, rule, category, role, reason: reason.clone() });
            removals.extend(removed);
        }
        removals.sort_by_key(|removal| removal.span);
        Some(Limit::Output)
    }

    fn cut<'s>(&self, source: &'s str) -> (&'s str, Option<Limit>) {
        let most = self.limits.bytes.min(u32::MAX as usize - 1);
        if source.len() <= most {
            return (source, None);
        }
        (&source[..source.floor_char_boundary(most)], Some(Limit::Bytes))
    }

    /// Reads a page into the memory of an empty document, and looks for what the rules point at.
    pub(crate) fn read<'s>(
        &'s self,
        source: &'s str,
        format: Format,
        spare: Document<'static>,
    ) -> (Document<'s>, Option<Limit>) {
        let (mut document, hit) = match (format, self.reader) {
            (Format::Html, Reader::Fast) => html::read(source, &self.limits, spare),
            (Format::Html, Reader::Reference) => html::read_reference(source, &self.limits),
            (Format::Text, _) => text::read(source, &self.limits, None, spare),
        };
        self.look(&mut document);
        (document, hit)
    }

    /// Looks for what the selectors, names and phrases of all rules point at.
    fn look(&self, document: &mut Document) {
        document.hits.resize(self.rules.len(), Vec::new());
        document.rules = self.rules.iter().map(|rule| std::ptr::from_ref(rule.meta()) as usize).collect();
        self.selectors.search(document);
        self.phrases.search(document);
    }

    #[inline(never)] // A stage that `benches/counts` counts by its name.
    pub(crate) fn ask(&self, document: &mut Document) -> Findings {
        let mut findings = Findings::new(document.blocks.len(), self.explain);
        for (i, rule) in self.rules.iter().enumerate() {
            findings.rule = i as u16;
            findings.category = rule.meta().category;
            rule.check(document, &mut findings);
        }
        findings
    }

    /// Settles each block: a rule that keeps it wins; otherwise the first rule that says anything of the whole of it
    /// decides; otherwise it is body. What rules say of less than a block is cut out of it, unless the block is kept.
    /// Returns the numbers of the kept blocks last.
    fn settle(&self, document: &Document, findings: &Findings) -> (Vec<Kept>, Vec<Removal>, Vec<u32>) {
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
        let (kept, removals) = (Vec::with_capacity(blocks.len() - stripped), Vec::with_capacity(blocks.len()));
        let mut kept_blocks = Vec::with_capacity(kept.capacity());
        let mut out = Settled { document, findings, rules: &self.rules, kept, removals };
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
                Some(Action::Part(role)) => out.keep(block, role, verdict, &[]),
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

    /// Cleans what is left of a flattened page until nothing more comes off, so that cleaning cleaned text changes nothing.
    /// With the furniture gone lines stand closer, and a rule may see what it could not before.
    /// `page` is what was read first, and `blocks` are the numbers of its blocks that were kept: most come again as they were.
    fn settle_again(
        &self,
        kept: &mut Vec<Kept>,
        removals: &mut Vec<Removal>,
        page: &Document,
        mut blocks: Vec<u32>,
        spare: &mut Document<'static>,
    ) {
        for _ in 0..MOST_ROUNDS {
            let mut places = Vec::with_capacity(kept.len());
            let text = joined(kept, |_, place| places.push(place));
            let known = Known { document: page, blocks: &blocks };
            let (mut document, _) = text::read(&text, &self.limits, Some(known), spare.take());
            self.look(&mut document);
            let findings = self.ask(&mut document);
            let (left, gone, _) = self.settle(&document, &findings);
            *spare = document.emptied();
            let left: Vec<Span> = left.into_iter().flat_map(|block| block.spans).collect();
            // Both lists are in page order and without overlap, so the first span that ends behind a place tells.
            let doomed: Vec<Option<usize>> = places
                .iter()
                .map(|&place| {
                    let kept = left.partition_point(|span| span.end <= place.start);
                    let removed = gone.partition_point(|removal| removal.span.end <= place.start);
                    let survives = left.get(kept).is_some_and(|span| span.overlaps(place));
                    let is_hit = gone.get(removed).is_some_and(|removal| removal.span.overlaps(place));
                    (is_hit && !survives).then_some(removed)
                })
                .collect();
            if doomed.iter().all(Option::is_none) {
                return;
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
    }

    /// Puts an article that the page does not show in the place of the body that it shows. Its own furniture is cleaned
    /// off by the same rules. Returns where the body now stands.
    fn replace(
        &self,
        page: &Document,
        rule: u16,
        article: &UnseenArticle,
        kept: &mut Vec<Kept>,
        removals: &mut Vec<Removal>,
    ) -> Origin {
        let meta = self.rules[rule as usize].meta();
        let (mut document, _) = self.read(article.html.text(), Format::Html, Document::empty());
        document.is_within_script = true;
        document.about = page.about.clone();
        let findings = self.ask(&mut document);
        let (mut body, gone, _) = self.settle(&document, &findings);
        // Of its headline and the like the page has its own.
        body.retain(|block| matches!(block.role.part(), Part::Body | Part::Caption | Part::Note));
        if body.is_empty() {
            return Origin::Page;
        }
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

    /// Keeps a block, less what `cuts` take out of it.
    fn keep(&mut self, block: &Block, role: Role, verdict: Option<&Finding>, cuts: &[(u32, u32)]) {
        let document = self.document;
        let rule = verdict.map(|finding| self.rules[finding.rule as usize].meta().name);
        let reason = verdict.map(|finding| finding.reason.to_string());
        if cuts.is_empty() {
            let text = document.text(block).to_owned();
            let spans = self.spans(block);
            self.kept.push(Kept { role, level: block.level, text, spans, rule, reason });
            return;
        }
        let mut text = String::new();
        let mut spans = Vec::new();
        let pieces = block.pieces.0 as usize..block.pieces.1 as usize;
        let cut_by = self.cut_by(pieces.clone(), cuts);
        for (p, cut) in pieces.clone().zip(cut_by) {
            let piece = document.pieces[p];
            let end = if p + 1 < pieces.end { document.pieces[p + 1].text } else { block.text.end };
            match cut {
                Some(finding) => self.removal(piece.span, Some(finding), None),
                None => {
                    text.push_str(&document.text[piece.text as usize..end as usize]);
                    spans.push(piece.span);
                }
            }
        }
        let text = text.trim().to_owned();
        if !text.is_empty() {
            let spans = joined_spans(document, spans.into_iter());
            self.kept.push(Kept { role, level: block.level, text, spans, rule, reason });
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
