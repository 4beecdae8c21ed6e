//! Pages made of the furniture of news sites, as trees, so that a fuzzer grows whole articles and not loose bytes.

use crate::pages::{SCRIPTS, TEXTS};
use arbitrary::Arbitrary;
use std::fmt::Write;

/// A piece of text: one of the laws' own, or anything.
#[derive(Arbitrary, Clone, Debug)]
pub enum Words {
    Known(u8),
    Two(u8, u8),
    Any(String),
    /// A sentence so many times.
    Long(u8, u8),
}

impl Words {
    fn text(&self) -> String {
        let known = |i: u8| TEXTS[i as usize % TEXTS.len()];
        match self {
            Words::Known(i) => known(*i).to_owned(),
            Words::Two(a, b) => format!("{} {}", known(*a), known(*b)),
            Words::Any(text) => text.clone(),
            Words::Long(i, times) => vec![known(*i); 1 + *times as usize % 12].join(" "),
        }
    }

    /// The text as a page of HTML has it, with its markup escaped.
    fn escaped(&self) -> String {
        self.text().replace('&', "&amp;").replace('<', "&lt;")
    }
}

#[derive(Arbitrary, Clone, Debug)]
pub enum Furniture {
    Paragraph(Words),
    /// A paragraph with a link, bold and a line break in it.
    Mixed(Words, Words, Words),
    Headline(u8, Words),
    Byline(Words),
    Date(u8, u8),
    Share(Vec<Words>),
    /// A picture's caption, and whether it stands on the page twice.
    Caption(Words, bool),
    Menu(Vec<Words>),
    List(Vec<Words>),
    Table(Vec<(Words, Words)>),
    Quote(Box<Furniture>),
    Footer(Vec<Words>),
    Comments(Vec<(Words, Words)>),
    Script(u8, Words),
    Meta(u8, Words),
    /// A container of some class, hidden or not.
    Container(u8, bool, Vec<Furniture>),
    Article(Vec<Furniture>),
    Form(Words),
    /// Anything, unescaped.
    Raw(String),
    /// The same piece again.
    Twice(Box<Furniture>),
}

const CLASSES: &[&str] = &[
    "article-body",
    "share-bar",
    "related",
    "caption",
    "comments",
    "sidebar",
    "newsletter",
    "cookie-banner",
    "card",
    "story__text",
    "font-size",
    "tags",
    "author",
    "breadcrumb",
    "most-read",
    "paywall",
];

const METAS: &[&str] = &["author", "article:published_time", "og:title", "description", "language"];

/// A page: what stands in it, from top to bottom.
#[derive(Arbitrary, Clone, Debug)]
pub struct Site {
    pub title: Words,
    pub furniture: Vec<Furniture>,
}

impl Site {
    pub fn html(&self) -> String {
        let mut out = format!("<!doctype html><html><head><title>{}</title></head><body>", self.title.escaped());
        self.furniture.iter().for_each(|piece| piece.html(&mut out, 0));
        out.push_str("</body></html>");
        out
    }

    /// The page as a tool that flattens pages may give it.
    pub fn text(&self) -> String {
        let mut out = self.title.text() + "\n\n";
        self.furniture.iter().for_each(|piece| piece.text(&mut out, 0));
        out
    }
}

/// Depth beyond which nothing more is put into a container; limits of depth are tested elsewhere.
const DEPTH: usize = 40;

impl Furniture {
    fn html(&self, out: &mut String, depth: usize) {
        if depth > DEPTH {
            return;
        }
        let all = |out: &mut String, pieces: &[Furniture]| pieces.iter().for_each(|piece| piece.html(out, depth + 1));
        let items = |words: &[Words], tag: &str| {
            words.iter().map(|w| format!("<{tag}>{}</{}>", w.escaped(), &tag[..tag.find(' ').unwrap_or(tag.len())])).collect::<String>()
        };
        _ = match self {
            Furniture::Paragraph(words) => write!(out, "<p>{}</p>", words.escaped()),
            Furniture::Mixed(a, b, c) => {
                write!(out, "<p>{}<a href=/x>{}</a><br><b>{}</b></p>", a.escaped(), b.escaped(), c.escaped())
            }
            Furniture::Headline(n, words) => {
                let level = n % 6 + 1;
                write!(out, "<h{level}>{}</h{level}>", words.escaped())
            }
            Furniture::Byline(words) => write!(out, "<div class=byline>By {}</div>", words.escaped()),
            Furniture::Date(month, day) => {
                let (month, day) = (month % 12 + 1, day % 31 + 1);
                write!(out, "<time datetime=2031-{month:02}-{day:02}>{day}.{month}.2031</time>")
            }
            Furniture::Share(words) => write!(out, "<ul class=share-bar>{}</ul>", items(words, "li")),
            Furniture::Caption(words, is_twin) => {
                let caption = format!("<figure><img alt=x><figcaption>{}</figcaption></figure>", words.escaped());
                write!(out, "{}", caption.repeat(1 + usize::from(*is_twin)))
            }
            Furniture::Menu(words) => write!(out, "<nav>{}</nav>", items(words, "a href=/x")),
            Furniture::List(words) => write!(out, "<ul>{}</ul>", items(words, "li")),
            Furniture::Table(rows) => {
                let row = |(a, b): &(Words, Words)| format!("<tr><td>{}</td><td>{}</td></tr>", a.escaped(), b.escaped());
                write!(out, "<table>{}</table>", rows.iter().map(row).collect::<String>())
            }
            Furniture::Quote(inner) => {
                out.push_str("<blockquote>");
                inner.html(out, depth + 1);
                write!(out, "</blockquote>")
            }
            Furniture::Footer(words) => write!(out, "<footer>{}</footer>", items(words, "p")),
            Furniture::Comments(pairs) => {
                let one = |(a, b): &(Words, Words)| format!("<div class=comment><b>{}</b><p>{}</p></div>", a.escaped(), b.escaped());
                write!(out, "<section id=comments>{}</section>", pairs.iter().map(one).collect::<String>())
            }
            Furniture::Script(i, words) => {
                write!(out, "{}", SCRIPTS[*i as usize % SCRIPTS.len()].replace("TEXT", &words.text()))
            }
            Furniture::Meta(i, words) => {
                let name = METAS[*i as usize % METAS.len()];
                write!(out, "<meta name={name} property={name} content=\"{}\">", words.escaped().replace('"', "&quot;"))
            }
            Furniture::Container(class, is_hidden, inner) => {
                let hidden = if *is_hidden { " hidden" } else { "" };
                _ = write!(out, "<div class={}{hidden}>", CLASSES[*class as usize % CLASSES.len()]);
                all(out, inner);
                write!(out, "</div>")
            }
            Furniture::Article(inner) => {
                out.push_str("<article>");
                all(out, inner);
                write!(out, "</article>")
            }
            Furniture::Form(words) => write!(out, "<form><label>{}</label><input><button>Go</button></form>", words.escaped()),
            Furniture::Raw(text) => write!(out, "{text}"),
            Furniture::Twice(inner) => {
                inner.html(out, depth + 8);
                inner.html(out, depth + 8);
                Ok(())
            }
        };
    }

    fn text(&self, out: &mut String, depth: usize) {
        if depth > DEPTH {
            return;
        }
        let lines = |words: &[Words], mark: &str| words.iter().map(|w| format!("{mark}{}\n", w.text())).collect::<String>();
        _ = match self {
            Furniture::Paragraph(words) | Furniture::Form(words) => write!(out, "{}\n\n", words.text()),
            Furniture::Mixed(a, b, c) => write!(out, "{}[{}](/x)\n{}\n\n", a.text(), b.text(), c.text()),
            Furniture::Headline(n, words) => write!(out, "{} {}\n\n", "#".repeat(*n as usize % 7), words.text()),
            Furniture::Byline(words) => write!(out, "By {}\n", words.text()),
            Furniture::Date(month, day) => writeln!(out, "{}.{}.2031", day % 31 + 1, month % 12 + 1),
            Furniture::Share(words) | Furniture::List(words) => write!(out, "{}\n", lines(words, "  • ")),
            Furniture::Menu(words) => write!(out, "{}\n", lines(words, "")),
            Furniture::Footer(words) => write!(out, "{}\n", lines(words, "© ")),
            Furniture::Caption(words, is_twin) => {
                write!(out, "{}", format!("{}\n\n", words.text()).repeat(1 + usize::from(*is_twin)))
            }
            Furniture::Table(rows) | Furniture::Comments(rows) => {
                rows.iter().for_each(|(a, b)| _ = writeln!(out, "| {} | {} |", a.text(), b.text()));
                writeln!(out)
            }
            Furniture::Quote(inner) => {
                out.push_str("> ");
                inner.text(out, depth + 1);
                Ok(())
            }
            Furniture::Container(_, _, inner) | Furniture::Article(inner) => {
                inner.iter().for_each(|piece| piece.text(out, depth + 1));
                Ok(())
            }
            Furniture::Script(_, words) | Furniture::Meta(_, words) => writeln!(out, "{}", words.text()),
            Furniture::Raw(text) => writeln!(out, "{text}"),
            Furniture::Twice(inner) => {
                inner.text(out, depth + 8);
                inner.text(out, depth + 8);
                Ok(())
            }
        };
    }

    /// Returns whether all of it nests as HTML wants, so that no reader has to mend anything.
    pub fn nests(&self) -> bool {
        match self {
            Furniture::Raw(_) | Furniture::Script(..) => false,
            Furniture::Container(_, _, inner) | Furniture::Article(inner) => inner.iter().all(Furniture::nests),
            Furniture::Quote(inner) | Furniture::Twice(inner) => inner.nests(),
            _ => true,
        }
    }
}
