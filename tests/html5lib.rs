//! Runs html5lib's test data, the HTML standard's own, against the reader of HTML.
//!
//! The reader builds no tree that one could look at, so each expectation is written out as markup that says every tag, and
//! the reader must see the same blocks in it as in the test's input: the same text, in the same order, parted at the same
//! places, of the same kind and level. Where the two differ, the difference has a name, found mechanically, and the number of
//! cases under each name is pinned.

use bodycopy::{Page, Pipeline, Role};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

static NO_RULES: LazyLock<Pipeline> = LazyLock::new(|| Pipeline::builder().only(Vec::<String>::new()).build().unwrap());

type Blocks = Vec<(Role, u8, String)>;

fn blocks(html: &str) -> Blocks {
    let cleaned = NO_RULES.clean(Page::html(html));
    cleaned.kept().iter().map(|kept| (kept.role, kept.level, kept.text.clone())).collect()
}

fn files(folder: &str, ending: &str) -> Option<Vec<PathBuf>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/html5lib").join(folder);
    let mut files: Vec<_> = fs::read_dir(folder).ok()?.flatten().map(|entry| entry.path()).collect();
    files.retain(|path| path.extension().is_some_and(|e| e == ending));
    files.sort();
    Some(files)
}

fn name(path: &Path) -> String {
    path.file_stem().unwrap().to_string_lossy().into_owned()
}

// ---- tree construction ---------------------------------------------------------------------------------------------

/// A node of an expected tree.
#[derive(Debug)]
enum Node {
    Element {
        name: String,
        attrs: Vec<(String, String)>,
        children: Vec<Node>,
    },
    Text(String),
    /// A comment or a doctype.
    Other(String),
}

struct Case {
    data: String,
    is_fragment: bool,
    tree: Vec<Node>,
}

/// Reads a file of tests; the format is that of `tree-construction/README.md`.
fn cases(text: &str) -> Vec<Case> {
    let mut cases = Vec::new();
    for part in format!("\n{text}").split("\n#data\n").skip(1) {
        let Some((data, rest)) = part.split_once("\n#errors") else { continue };
        let Some((before, tree)) = rest.split_once("\n#document\n") else {
            cases.push(Case { data: data.into(), is_fragment: true, tree: Vec::new() });
            continue;
        };
        cases.push(Case { data: data.into(), is_fragment: before.contains("#document-fragment"), tree: tree_of(tree) });
    }
    cases
}

fn tree_of(dump: &str) -> Vec<Node> {
    // Each entry begins with `| `; what does not goes on with the text before.
    let mut entries: Vec<String> = Vec::new();
    for line in dump.trim_end_matches('\n').split('\n') {
        match (line.strip_prefix("| "), entries.last_mut()) {
            (Some(entry), _) => entries.push(entry.to_owned()),
            (None, Some(last)) => *last += &format!("\n{line}"),
            (None, None) => {}
        }
    }
    let mut at = 0;
    children(&entries, &mut at, 0)
}

fn children(entries: &[String], at: &mut usize, depth: usize) -> Vec<Node> {
    let mut out: Vec<Node> = Vec::new();
    while *at < entries.len() {
        let entry = &entries[*at];
        let indent = entry.len() - entry.trim_start_matches(' ').len();
        if indent / 2 < depth {
            break;
        }
        *at += 1;
        let entry = &entry[indent..];
        if let Some(text) = entry.strip_prefix('"') {
            out.push(Node::Text(text.strip_suffix('"').unwrap_or(text).to_owned()));
        } else if entry.starts_with("<!") {
            out.push(Node::Other(entry.to_owned()));
        } else if let Some(name) = entry.strip_prefix('<').and_then(|e| e.strip_suffix('>')) {
            let (mut attrs, name) = (Vec::new(), name.to_owned());
            while let Some(attr) = entries.get(*at).filter(|e| e.starts_with(&" ".repeat(2 * depth + 2)))
                && let Some((key, value)) = attr.trim_start_matches(' ').split_once("=\"")
                && !attr.trim_start().starts_with(['<', '"'])
            {
                attrs.push((key.to_owned(), value.strip_suffix('"').unwrap_or(value).to_owned()));
                *at += 1;
            }
            let children = children(entries, at, depth + 1);
            out.push(Node::Element { name, attrs, children });
        } else if entry == "content" {
            // What a template holds.
            out.extend(children(entries, at, depth + 1));
        }
    }
    out
}

const VOID: &[&str] = &[
    "area", "base", "basefont", "bgsound", "br", "col", "embed", "frame", "hr", "img", "input", "keygen", "link",
    "meta", "param", "source", "track", "wbr",
];
const RAW: &[&str] = &["script", "style", "xmp", "iframe", "noembed", "noframes", "noscript"];

/// Writes a tree out as markup that says every tag.
fn write(nodes: &[Node], around: &str, out: &mut String) {
    for node in nodes {
        match node {
            Node::Other(text) if text.starts_with("<!DOCTYPE") => out.push_str(text),
            Node::Other(_) => out.push_str("<!---->"),
            Node::Text(text) if RAW.contains(&around) => out.push_str(text),
            Node::Text(text) => out.push_str(&escaped(text)),
            Node::Element { name, attrs, children } => {
                // What follows a <plaintext> is its text, so that it takes another name to say where it ends.
                let name = match name.as_str() {
                    "plaintext" => "listing",
                    name => name.rsplit(' ').next().unwrap_or(name),
                };
                _ = write!(out, "<{name}");
                for (key, value) in attrs {
                    let key = key.replace(' ', ":");
                    _ = write!(out, " {key}=\"{}\"", escaped(value).replace('"', "&quot;"));
                }
                out.push('>');
                // The parser drops one line end after these.
                if matches!(name, "pre" | "listing" | "textarea") {
                    out.push('\n');
                }
                write(children, name, out);
                if !VOID.contains(&name) {
                    _ = write!(out, "</{name}>");
                }
            }
        }
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('\u{a0}', "&nbsp;").replace('\r', "&#13;")
}

/// Why the reader may see other blocks than the standard's tree has, in the order in which it is asked; the first that holds
/// counts. Each says so of the test's input, and of the blocks seen and expected.
type Cause = (&'static str, fn(&str, &Blocks, &Blocks) -> bool);

const CAUSES: &[Cause] = &[
    // The standard shows U+FFFD for some of them, and nothing for others.
    ("a zero byte shows nothing", |data, _, _| data.contains('\0')),
    // A page of frames shows none of its own text; ours is read as if it had no frames.
    ("a page of frames is read as if it had none", |data, _, _| data.contains("<frameset")),
    // The data parses as a browser that runs scripts, or that does not; ours takes what stands in <noscript> for hidden text.
    ("<noscript> is read as text that the page hides", |data, _, _| data.contains("<noscript")),
    // Until 2025 the standard threw most tags in a <select> away; the data is older.
    ("tags within <select> count, as in today's standard", |data, _, _| data.contains("<select")),
    // No foster parenting: a text stays where it was written.
    ("text that a table may not hold stays where it is", |data, seen, expected| {
        data.to_ascii_lowercase().contains("<table") && (letters(seen) == letters(expected))
    }),
    // Table tags within SVG within a cell end the cell for ours no more than other tags do.
    ("end tag of a cell within SVG", |data, _, _| data.contains("<td><svg>")),
];

/// All letters, sorted.
fn letters(blocks: &Blocks) -> Vec<char> {
    let mut all: Vec<char> =
        blocks.iter().flat_map(|(_, _, text)| text.chars()).filter(|c| !c.is_whitespace()).collect();
    all.sort_unstable();
    all
}

/// What became of the tests of one kind.
#[derive(Default, Debug, PartialEq)]
struct Tally {
    same: usize,
    /// Those of them that show any text.
    same_with_text: usize,
    differing: BTreeMap<&'static str, usize>,
    unexplained: Vec<String>,
}

impl Tally {
    fn compare(&mut self, file: &str, data: &str, markup: &str) {
        let (seen, expected) = (blocks(data), blocks(markup));
        if seen == expected {
            self.same += 1;
            self.same_with_text += usize::from(!seen.is_empty());
            return;
        }
        match CAUSES.iter().find(|(_, holds)| holds(data, &seen, &expected)) {
            Some((cause, _)) => *self.differing.entry(cause).or_default() += 1,
            None => self
                .unexplained
                .push(format!("{file}: {data:?}\n  is {markup:?}\n  seen {seen:?}\n  expected {expected:?}")),
        }
    }

    /// The counts are pinned, so that a change of any shows.
    fn settle(&self, same: usize, same_with_text: usize, differing: &[(&str, usize)]) {
        assert!(
            self.unexplained.is_empty(),
            "{} unexplained:\n{}",
            self.unexplained.len(),
            self.unexplained.join("\n")
        );
        let found: Vec<_> = self.differing.iter().map(|(cause, n)| (*cause, *n)).collect();
        assert_eq!(found, differing);
        assert_eq!((self.same, self.same_with_text), (same, same_with_text));
    }
}

#[test]
fn trees_are_those_of_the_standard_but_for_named_causes() {
    let Some(files) = files("tree-construction", "dat") else {
        return println!("no test data: it is not part of the package");
    };
    let (mut tally, mut fragments) = (Tally::default(), 0);
    for path in files {
        for case in cases(&fs::read_to_string(&path).unwrap()) {
            // The reader reads whole pages.
            if case.is_fragment {
                fragments += 1;
                continue;
            }
            let mut markup = String::new();
            write(&case.tree, "", &mut markup);
            tally.compare(&name(&path), &case.data, &markup);
        }
    }
    assert_eq!(fragments, 175);
    let differing = [
        ("<noscript> is read as text that the page hides", 9),
        ("a page of frames is read as if it had none", 8),
        ("a zero byte shows nothing", 1),
        ("end tag of a cell within SVG", 1),
        ("tags within <select> count, as in today's standard", 6),
        ("text that a table may not hold stays where it is", 20),
    ];
    tally.settle(1479, 590, &differing);
}

// ---- tokens --------------------------------------------------------------------------------------------------------

#[test]
fn tokens_are_those_of_the_standard_but_for_named_causes() {
    let Some(files) = files("tokenizer", "test") else {
        return println!("no test data: it is not part of the package");
    };
    let (mut tally, mut elsewhere) = (Tally::default(), 0);
    for path in files {
        let data: serde_json::Value = serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
        // Written for a tokenizer that mends what XML cannot hold.
        let Some(tests) = data["tests"].as_array() else { continue };
        for test in tests {
            let states = test["initialStates"].as_array();
            let is_data = states.is_none_or(|states| states.iter().any(|state| state == "Data state"));
            let text = |value: &serde_json::Value| {
                let text = value.as_str().unwrap_or_default();
                if test["doubleEscaped"] == true { unescaped(text) } else { Some(text.to_owned()) }
            };
            let (Some(input), Some(markup)) = (text(&test["input"]), markup(&test["output"], &text)) else {
                elsewhere += 1;
                continue;
            };
            if !is_data {
                elsewhere += 1;
                continue;
            }
            // A word in front opens the body, in which white space counts.
            tally.compare(&name(&path), &format!("<body>x{input}"), &format!("<body>x{markup}"));
        }
    }
    // They begin within an element of raw text, or hold half a pair of surrogates, which no string holds.
    assert_eq!(elsewhere, 119);
    tally.settle(6685, 6685, &[]);
}

/// Undoes `\uXXXX`; nothing if that is half a pair.
fn unescaped(text: &str) -> Option<String> {
    serde_json::from_str(&format!("\"{}\"", text.replace('"', "\\\""))).ok()
}

/// Writes tokens out as markup that leaves nothing to guess.
fn markup(tokens: &serde_json::Value, text: &dyn Fn(&serde_json::Value) -> Option<String>) -> Option<String> {
    let mut out = String::new();
    for token in tokens.as_array().into_iter().flatten().filter(|token| token.is_array()) {
        match token[0].as_str()? {
            "Character" => out += &escaped(&text(&token[1])?),
            "StartTag" => {
                let name = text(&token[1])?;
                _ = write!(out, "<{name}");
                for (key, value) in token[2].as_object().into_iter().flatten() {
                    _ = write!(out, " {key}=\"{}\"", escaped(&text(value)?).replace('"', "&quot;"));
                }
                out.push('>');
            }
            "EndTag" => _ = write!(out, "</{}>", text(&token[1])?),
            "Comment" | "DOCTYPE" => out += "<!---->",
            _ => {}
        }
    }
    Some(out)
}
