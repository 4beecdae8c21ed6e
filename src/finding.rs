//! What rules say of a page: strip this, keep that, this is the headline.

use crate::document::{BlockKind, Document, Hit, Via};
use crate::html::script::Article as UnseenArticle;
use crate::measure::Measure;
use crate::meta::{Category, Meta};
use crate::role::Role;
use crate::span::Span;
use std::fmt;

/// What should become of a span.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Action {
    /// It is boilerplate.
    Strip,
    /// It is body text, whatever other rules say.
    Keep,
    /// It is a part of the article outside its body, such as the headline: kept when that part is asked for.
    Part(Role),
}

/// Why a rule acts: a fixed phrase, and what it saw on this page.
#[derive(Clone, Debug, PartialEq)]
pub struct Reason {
    what: &'static str,
    detail: Detail,
}

#[derive(Clone, Debug, PartialEq)]
enum Detail {
    None,
    Text(Box<str>),
    Name(&'static str),
    Number(f32),
    Block(u32),
}

impl Reason {
    /// Returns a reason that says the same on every page.
    pub const fn new(what: &'static str) -> Self {
        Self { what, detail: Detail::None }
    }

    /// Adds what was seen, quoted.
    #[must_use]
    pub fn with_text(mut self, text: &str) -> Self {
        self.detail = Detail::Text(text.into());
        self
    }

    /// Adds a name from the rule's own lists, quoted.
    #[must_use]
    pub fn with_name(mut self, name: &'static str) -> Self {
        self.detail = Detail::Name(name);
        self
    }

    /// Adds a figure.
    #[must_use]
    pub fn with_number(mut self, number: f32) -> Self {
        self.detail = Detail::Number(number);
        self
    }

    /// Adds the number of another block of the page.
    #[must_use]
    pub fn with_block(mut self, block: usize) -> Self {
        self.detail = Detail::Block(block as u32);
        self
    }
}

impl From<&'static str> for Reason {
    fn from(what: &'static str) -> Self {
        Self::new(what)
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.what)?;
        match &self.detail {
            Detail::None => Ok(()),
            Detail::Text(text) => write!(f, " “{text}”"),
            Detail::Name(name) => write!(f, " “{name}”"),
            Detail::Number(number) => write!(f, " {number:.2}"),
            Detail::Block(block) => write!(f, " {block}"),
        }
    }
}

/// One thing that one rule says.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Finding {
    /// The rule's place in the pipeline.
    pub(crate) rule: u16,
    /// What should become of the span.
    pub action: Action,
    /// Which bytes of the source it is about.
    pub span: Span,
    /// Why.
    pub reason: Reason,
}

/// What the rules have said so far, in the pipeline's order.
///
/// ```
/// use bodycopy::{Category, Document, Findings, Meta, Page, Pipeline, Reason, Rule};
///
/// static META: Meta = Meta::new("shouted-line", Category::Widget, "Lines in capitals between two paragraphs");
///
/// struct ShoutedLine;
///
/// impl Rule for ShoutedLine {
///     fn meta(&self) -> &'static Meta {
///         &META
///     }
///
///     fn check(&self, doc: &Document, out: &mut Findings) {
///         for (i, block) in doc.blocks().iter().enumerate() {
///             if out.is_open(i) && block.words() > 1 && block.measure.upper == block.measure.letters {
///                 out.strip(doc, i, Reason::new("all in capitals").with_text(doc.text(block)));
///             }
///         }
///     }
/// }
///
/// let pipeline = Pipeline::builder().rule(ShoutedLine).build()?;
/// let text = "The old bridge will close in May, the town said on Monday.\n\nBRIDGE NEWS NOW\n\nA ferry will carry walkers.";
/// let cleaned = pipeline.clean(Page::text(text));
/// assert_eq!(cleaned.removals()[0].reason.to_string(), "all in capitals “BRIDGE NEWS NOW”");
/// # Ok::<(), bodycopy::BuildError>(())
/// ```
pub struct Findings {
    pub(crate) list: Vec<Finding>,
    pub(crate) rule: u16,
    /// By block: the category of the first rule that strips or names the whole of it.
    pub(crate) verdicts: Vec<Option<(Category, Action)>>,
    pub(crate) category: Category,
    pub(crate) verbose: bool,
    /// Why blocks are kept that nothing else is said of: block, rule and reason, by block.
    pub(crate) notes: Vec<(u32, u16, Reason)>,
    /// The article that takes the place of the body, and the rule that found it.
    pub(crate) unseen: Option<(u16, UnseenArticle)>,
}

impl Findings {
    pub(crate) fn new(blocks: usize, verbose: bool) -> Self {
        Self {
            list: Vec::new(),
            rule: 0,
            verdicts: vec![None; blocks],
            category: Category::Region,
            verbose,
            notes: Vec::new(),
            unseen: None,
        }
    }

    fn add(&mut self, action: Action, span: Span, reason: Reason) {
        self.list.push(Finding { rule: self.rule, action, span, reason });
    }

    fn mark(&mut self, block: usize, action: Action) {
        let verdict = &mut self.verdicts[block];
        if verdict.is_none() || action == Action::Keep {
            *verdict = Some((self.category, action));
        }
    }

    /// Reports a whole block.
    pub fn report(&mut self, doc: &Document, block: usize, action: Action, reason: impl Into<Reason>) {
        self.mark(block, action);
        self.add(action, doc.blocks[block].span, reason.into());
    }

    /// Reports a whole block as boilerplate.
    pub fn strip(&mut self, doc: &Document, block: usize, reason: impl Into<Reason>) {
        self.report(doc, block, Action::Strip, reason);
    }

    /// Reports a whole block as body text.
    pub fn keep(&mut self, doc: &Document, block: usize, reason: impl Into<Reason>) {
        self.report(doc, block, Action::Keep, reason);
    }

    /// Reports a whole block as a part of the article outside its body.
    pub fn part(&mut self, doc: &Document, block: usize, role: Role, reason: impl Into<Reason>) {
        self.report(doc, block, Action::Part(role), reason);
    }

    /// Says why a block stays of which nothing else is said. Decides nothing; blocks must come in order.
    pub(crate) fn note(&mut self, block: usize, reason: Reason) {
        self.notes.push((block as u32, self.rule, reason));
    }

    /// Reports a span that may be less than a block, or several blocks, as boilerplate.
    pub fn strip_span(&mut self, doc: &Document, span: Span, reason: impl Into<Reason>) {
        for block in doc.blocks_in(span) {
            self.mark(block, Action::Strip);
        }
        self.add(Action::Strip, span, reason.into());
    }

    /// Reports what a hit points at as boilerplate.
    pub fn strip_hit(&mut self, doc: &Document, hit: &Hit) {
        self.strip_span(doc, link_behind_sentence(doc, hit).unwrap_or(hit.span), reason_of(hit));
    }

    /// Reports everything the rule's selector, names and phrases point at, save elements that hold the body, and sentences
    /// of many words that only start or end like a phrase.
    pub fn strip_hits(&mut self, doc: &Document, meta: &'static Meta) {
        self.strip_hits_if(doc, meta, |_| true);
    }

    /// Reports what [`strip_hits`](Self::strip_hits) does, as far as the rule agrees.
    pub(crate) fn strip_hits_if(&mut self, doc: &Document, meta: &'static Meta, agrees: impl Fn(&Hit) -> bool) {
        for hit in doc.hits(meta) {
            if may_be_stripped(doc, hit) && agrees(hit) {
                self.strip_hit(doc, hit);
            }
        }
    }

    /// Reports what [`strip_hits`](Self::strip_hits) does, but of an element that holds a sentence of many words only what stands
    /// above its first heading or such sentence: a button's name may stand at the text that it opens or reads aloud.
    pub(crate) fn strip_labels(&mut self, doc: &Document, meta: &'static Meta) {
        for hit in doc.hits(meta) {
            if !may_be_stripped(doc, hit) {
                continue;
            }
            if hit.via.is_phrase() || !hit.blocks.clone().any(|i| doc.blocks[i].is_prose(LONG_SENTENCE)) {
                self.strip_hit(doc, hit);
                continue;
            }
            let is_text = |i: usize| doc.blocks[i].is_prose(LONG_SENTENCE) || doc.blocks[i].kind == BlockKind::Heading;
            let labels = hit.blocks.clone().take_while(|&i| !is_text(i));
            labels.for_each(|i| self.strip(doc, i, reason_of(hit)));
        }
    }

    /// Reports what the rule points at, save elements that hold the body, and sentences of at least `words` words.
    pub(crate) fn strip_short_hits(&mut self, doc: &Document, meta: &'static Meta, words: u32) {
        for hit in doc.hits(meta) {
            if !hit.holds_body && !doc.blocks[hit.blocks.start].is_prose(words) {
                self.strip_hit(doc, hit);
            }
        }
    }

    /// Reports that an article which the page does not show takes the place of all body text that it shows.
    pub(crate) fn replace(&mut self, article: UnseenArticle) {
        self.unseen.get_or_insert((self.rule, article));
    }

    /// Returns what an earlier rule, or this one, has said of a whole block.
    pub fn verdict(&self, block: usize) -> Option<Action> {
        self.verdicts[block].map(|(_, action)| action)
    }

    /// Returns the category of the rule that spoke first of a whole block.
    pub fn category(&self, block: usize) -> Option<Category> {
        self.verdicts[block].map(|(category, _)| category)
    }

    /// Returns whether nobody has yet said anything of the block.
    pub fn is_open(&self, block: usize) -> bool {
        self.verdicts[block].is_none()
    }

    /// Returns whether no rule has taken the block: nobody has said anything of it, or a rule keeps it.
    pub(crate) fn is_left(&self, block: usize) -> bool {
        self.is_open(block) || self.is_kept(block)
    }

    /// Returns whether a rule keeps the block.
    pub(crate) fn is_kept(&self, block: usize) -> bool {
        self.verdict(block) == Some(Action::Keep)
    }

    /// Returns whether reasons should be spelled out, at some cost.
    pub fn is_verbose(&self) -> bool {
        self.verbose
    }
}

/// Returns whether a hit is neither an element that holds the body nor a sentence of many words that only starts or ends like a
/// phrase.
fn may_be_stripped(doc: &Document, hit: &Hit) -> bool {
    !hit.holds_body && !is_long_sentence(doc, hit)
}

/// Returns the link at the end of a block that ends with a phrase, if what stands before it ends like a sentence.
fn link_behind_sentence(doc: &Document, hit: &Hit) -> Option<Span> {
    let block = doc.blocks.get(hit.blocks.start).filter(|_| hit.via == Via::Suffix)?;
    let pieces = doc.pieces_of(block);
    let link = pieces.len() - pieces.iter().rev().take_while(|piece| piece.linked).count();
    let first = pieces.get(link).filter(|_| link > 0)?;
    let before = Measure::of(&doc.text[block.text.start as usize..first.text as usize]);
    let is_sentence = before.words >= FEWEST_BEFORE && before.ending.ends_sentence();
    is_sentence.then(|| Span::new(first.span.start, block.span.end))
}

/// Words of the shortest sentence that stays when the link behind it goes. Set by hand.
const FEWEST_BEFORE: u32 = 5;

/// Returns the reason for acting on a hit.
pub(crate) fn reason_of(hit: &Hit) -> Reason {
    match hit.via {
        Via::Selector => Reason::new("the rule's selector matches"),
        Via::Name(name) => Reason::new("class or id says").with_name(name),
        Via::Line => Reason::new("the whole line is a known phrase"),
        Via::Prefix | Via::LongPrefix => Reason::new("the line starts with a known phrase"),
        Via::Suffix => Reason::new("the line ends with a known phrase"),
        Via::Within => Reason::new("holds a known phrase"),
        Via::Parts => Reason::new("made of known phrases, names and figures"),
    }
}

/// Words from which a sentence that starts or ends with a phrase may be body. Set by hand.
const LONG_SENTENCE: u32 = 25;

/// Returns whether a hit is a sentence of many words that only starts or ends like a phrase.
pub(crate) fn is_long_sentence(doc: &Document, hit: &Hit) -> bool {
    matches!(hit.via, Via::Prefix | Via::Suffix) && doc.blocks[hit.blocks.start].is_prose(LONG_SENTENCE)
}
