//! Markdown within lines: links, pictures, emphasis, escapes. One walk over the page finds what is markup; the text in
//! between stays where it is.

use super::lines::Line;
use super::mark::Mark;
use super::target;
use crate::letters;
use crate::span::Span;

/// What changes at a piece of markup.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Turn {
    /// Nothing: an escaping backslash.
    None,
    LinkStart,
    LinkEnd,
    ImageStart,
    ImageEnd,
    /// Emphasis of one, two or three marks.
    EmphasisStart(u8),
    EmphasisEnd(u8),
    /// A text browser's link number: what follows is linked.
    LinkWord,
    /// A text browser's `[picture.jpg]`.
    Picture,
    /// Not markup after all.
    Text,
}

/// A stretch of the source that is markup.
#[derive(Clone, Copy, Debug)]
pub(super) struct Markup {
    pub(super) span: Span,
    pub(super) turn: Turn,
}

/// Links, headings and bold words that a page must have between them to be read as Markdown. A page about Markdown or
/// a shell script may show one or two.
const SIGNS: usize = 3;

/// Returns whether the page as a whole looks like Markdown.
pub(super) fn is_markdown(source: &str, lines: &[Line]) -> bool {
    let bytes = source.as_bytes();
    let links = memchr::memmem::find_iter(bytes, "](").filter(|&at| {
        let next = bytes.get(at + 2).copied().unwrap_or(b' ');
        matches!(next, b'/' | b'#' | b'.' | b'?' | b'<')
            || bytes[at + 2..].starts_with(b"http")
            || bytes[at + 2..].starts_with(b"mailto:")
    });
    let links = links.take(SIGNS).count();
    if links >= SIGNS {
        return true;
    }
    let headings = lines.iter().filter(|l| matches!(l.mark, Mark::Heading(_)) && l.indent <= 3).take(SIGNS).count();
    let bold = memchr::memmem::find_iter(bytes, "**").filter(|&at| {
        at + 2 < bytes.len() && !bytes[at + 2].is_ascii_whitespace() && (at == 0 || bytes[at - 1].is_ascii_whitespace())
    });
    // Two headings without any other sign are as good as three signs of one kind.
    links + bold.take(SIGNS - 1).count() + headings * 3 / 2 >= SIGNS
}

/// Bytes between `[` and `]`, without the targets of pictures between them; the longest of 26,635 links had 517.
const LINK_TEXT: usize = 4096;
/// Open brackets and open emphasis that are remembered.
const OPEN: usize = 16;

struct Scan<'a> {
    source: &'a str,
    out: Vec<Markup>,
    /// Indices in `out` of `[` and `![` that may open a link, and the bytes of all targets before each.
    brackets: Vec<(usize, usize)>,
    /// Bytes of all targets so far.
    passed: usize,
    /// Indices in `out` of `*` and `_` that may open emphasis in this paragraph.
    emphasis: Vec<usize>,
    targets: target::Targets,
}

/// Finds the markup of a page, in order.
pub(super) fn scan(source: &str) -> Vec<Markup> {
    let targets = target::Targets::new(source.len());
    let mut scan = Scan { source, out: Vec::new(), brackets: Vec::new(), passed: 0, emphasis: Vec::new(), targets };
    let bytes = source.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        at = match bytes[at] {
            b'\\' if bytes.get(at + 1).is_some_and(u8::is_ascii_punctuation) => {
                scan.push(at, at + 1, Turn::None);
                at + 2
            }
            b'!' if bytes.get(at + 1) == Some(&b'[') => scan.open(at, at + 2),
            b'[' => scan.open(at, at + 1),
            b']' => scan.close(at),
            b'*' | b'_' => scan.emphasis(at),
            b'\n' => {
                // An empty line ends a paragraph, and emphasis with it.
                let next = bytes[at + 1..].iter().find(|b| !matches!(b, b' ' | b'\t' | b'\r'));
                if matches!(next, Some(b'\n') | None) {
                    scan.emphasis.clear();
                }
                at + 1
            }
            _ => at + 1,
        };
        // Most bytes are text.
        at += bytes[at.min(bytes.len())..].iter().take_while(|&&b| !MAY_TURN[b as usize]).count();
    }
    scan.out.retain(|markup| markup.turn != Turn::Text);
    scan.out
}

/// What may be markup, or end a paragraph.
const MAY_TURN: [bool; 256] = letters::table(b"\\![]*_\n");

impl Scan<'_> {
    fn push(&mut self, from: usize, to: usize, turn: Turn) -> usize {
        self.out.push(Markup { span: Span::new(from as u32, to as u32), turn });
        to
    }

    fn open(&mut self, from: usize, to: usize) -> usize {
        if self.brackets.len() == OPEN {
            self.brackets.remove(0);
        }
        self.brackets.push((self.out.len(), self.passed));
        self.push(from, to, Turn::Text)
    }

    fn close(&mut self, at: usize) -> usize {
        let Some((open, passed)) = self.brackets.pop() else { return at + 1 };
        let from = self.out[open].span;
        // A picture within may have its data for an address.
        if at - from.end as usize > LINK_TEXT + (self.passed - passed) {
            self.brackets.clear();
            return at + 1;
        }
        let Some(end) = self.targets.end(self.source.as_bytes(), at + 1) else { return at + 1 };
        self.passed += end - at;
        let is_image = from.len() == 2;
        self.out[open].turn = if is_image { Turn::ImageStart } else { Turn::LinkStart };
        self.push(at, end, if is_image { Turn::ImageEnd } else { Turn::LinkEnd })
    }

    fn emphasis(&mut self, at: usize) -> usize {
        let bytes = self.source.as_bytes();
        let mark = bytes[at];
        let run = bytes[at..].iter().take_while(|&&b| b == mark).count();
        let end = at + run;
        let before = self.source[..at].chars().next_back().unwrap_or(' ');
        let after = self.source[end..].chars().next().unwrap_or(' ');
        // html2text sets bold with stars: two low lines are emphasis of nothing, as an icon's element leaves it, or several do.
        if mark == b'_' && matches!(run, 2 | 4 | 6) && before.is_whitespace() && after.is_whitespace() {
            return self.push(at, end, Turn::None);
        }
        if run > 3 {
            return end;
        }
        // `snake_case` is a word; `5*3` is left alone too. `**bold**ly` is common, `*b*old` is not.
        let is_inner = mark == b'_' || run == 1;
        let opens = !(after.is_whitespace() || is_inner && before.is_alphanumeric());
        let closes = !(before.is_whitespace() || is_inner && after.is_alphanumeric());
        if closes {
            let is_same =
                |&&i: &&usize| bytes[self.out[i].span.start as usize] == mark && self.out[i].span.len() == run;
            if let Some(&open) = self.emphasis.iter().rev().find(is_same) {
                self.emphasis.retain(|&i| i < open);
                self.out[open].turn = Turn::EmphasisStart(run as u8);
                return self.push(at, end, Turn::EmphasisEnd(run as u8));
            }
        }
        if opens {
            if self.emphasis.len() == OPEN {
                self.emphasis.remove(0);
            }
            self.emphasis.push(self.out.len());
            // Two low lines are none either if nothing closes them.
            self.push(at, end, if mark == b'_' && run == 2 { Turn::None } else { Turn::Text });
        }
        end
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The source without its markup.
    fn shown(source: &str) -> String {
        let mut out = String::new();
        let mut at = 0;
        for markup in scan(source) {
            out.push_str(&source[at..markup.span.start as usize]);
            at = markup.span.end as usize;
        }
        out + &source[at..]
    }

    #[test]
    fn markup_is_dropped_and_text_stays() {
        for (source, text) in [
            ("See [the report](https://a.b/c_(d)).", "See the report."),
            ("[ Home ](/ \"Our home\") *now* and **then**, _there_", " Home  now and then, there"),
            ("[![A bridge](/b.jpg) The bridge](/bridge)", "A bridge The bridge"),
            ("[\n\n### Head\n\n](/head)", "\n\n### Head\n\n"),
            ("[wrapped](https://a.b/c-\nd-e)", "wrapped"),
            (r"1\. March \- \*not bold\*", "1. March - *not bold*"),
            ("snake_case_name, 5*3*2 [sic] (no link) a * b * c", "snake_case_name, 5*3*2 [sic] (no link) a * b * c"),
            ("__ __A *bridge*\n__\nmy__var __init__ ____\n", " A bridge\n\nmy__var init \n"),
            ("***both*** and **one *in* other**", "both and one in other"),
            ("*unclosed\n\nnext* paragraph", "*unclosed\n\nnext* paragraph"),
            ("[ ](mailto:?subject=The old bridge)[](whatsapp://send?text=a b \"Share\")", " "),
            ("[a](mailto:?subject=Come to 'The bridge' now (b) \"Share\") c", "a c"),
            ("[a](", "[a]("),
            // Found by fuzzing: an address ends where its brackets do, of either kind.
            ("[a](b(c(d)e )", "[a](b(c(d)e )"),
            ("[a](<b c(> 'd)') [a](<b\n)", "a [a](<b\n)"),
            ("[text](not a link at all)", "[text](not a link at all)"),
            ("《[报道](https://a.b/新闻)》", "《报道》"),
        ] {
            assert_eq!(shown(source), text, "{source}");
        }
    }
}
