//! Kept blocks as Markdown.

use super::{Kept, Role};
use crate::document::Item;

/// Lists nested deeper are set like this deep.
const DEEPEST: u8 = 8;

pub(super) fn write(kept: &[Kept]) -> String {
    let mut out = String::new();
    let mut lists = Lists::default();
    let mut columns = 0;
    let mut last: Option<Role> = None;
    for (i, block) in kept.iter().enumerate() {
        let follows = last == Some(block.role);
        let joins = follows && matches!(block.role, Role::Table | Role::Quote);
        match (last, joins) {
            (None, _) => {}
            // Items stand closer.
            (_, false) if follows && block.role == Role::ListItem => {}
            (Some(Role::Quote), true) => out.push_str("\n>\n"),
            (_, true) => out.push('\n'),
            _ => out.push_str("\n\n"),
        }
        match block.role {
            Role::Headline => line(&mut out, "# ", &block.text),
            Role::Subheading => {
                let level = block.level.clamp(2, 6) as usize;
                line(&mut out, &("#".repeat(level) + " "), &block.text);
            }
            Role::ListItem => lists.put(&mut out, block, follows),
            Role::Quote => {
                for (i, text) in block.text.lines().enumerate() {
                    if i > 0 {
                        out.push('\n');
                    }
                    line(&mut out, "> ", text);
                }
            }
            Role::Table => {
                if !joins {
                    let rows = kept[i..].iter().take_while(|block| block.role == Role::Table);
                    columns = rows.map(|row| row.text.split('\t').count()).max().unwrap_or(0);
                }
                row(&mut out, &block.text, columns, !joins);
            }
            Role::Preformatted => code(&mut out, &block.text),
            Role::Caption | Role::Deck | Role::Note => {
                out.push('*');
                line(&mut out, "", &block.text);
                out.push('*');
            }
            _ => {
                for (i, text) in block.text.lines().enumerate() {
                    if i > 0 {
                        out.push_str("  \n");
                    }
                    line(&mut out, "", text);
                }
            }
        }
        last = Some(block.role);
    }
    out
}

/// Lists that are open around an item, from the outermost.
#[derive(Default)]
struct Lists(Vec<List>);

struct List {
    level: u8,
    /// Its last item.
    item: Item,
    /// Whether it has the other mark of its kind, which parts it from the list before.
    is_other: bool,
    /// Columns before the text of its last item.
    hang: usize,
}

impl Lists {
    /// Writes an item, or what goes on with one. `follows` says whether it stands right below a list's block.
    fn put(&mut self, out: &mut String, block: &Kept, follows: bool) {
        let level = block.level.clamp(1, DEEPEST);
        let item = block.item.unwrap_or_default();
        if !follows {
            self.0.clear();
        }
        let was_open = self.0.len();
        while self.0.last().is_some_and(|list| list.level > level) {
            self.0.pop();
        }
        let is_deeper = self.0.len() == was_open;
        let before = self.0.pop_if(|list| list.level == level);
        let indent = self.0.last().map_or(0, |list| list.hang);
        let mut is_other = false;
        let mut gap = "\n";
        if let Some(list) = before {
            let is_like = list.item.is_numbered == item.is_numbered;
            if item.continues && is_like && list.item.number == item.number {
                out.push_str("\n\n");
                line(out, &" ".repeat(list.hang), &block.text);
                return self.0.push(list);
            }
            let is_new = !is_like || list.item.number >= item.number;
            is_other = is_like && list.is_other != is_new;
            if is_new {
                gap = "\n\n";
            }
        } else if is_deeper && item.is_numbered && item.number != 1 {
            // Below a line of text only a list that begins with 1 is one.
            gap = "\n\n";
        }
        if follows {
            out.push_str(gap);
        }
        let mark = match (item.is_numbered, is_other) {
            (true, false) => format!("{}. ", item.number),
            (true, true) => format!("{}) ", item.number),
            (false, false) => "- ".to_owned(),
            (false, true) => "* ".to_owned(),
        };
        line(out, &(" ".repeat(indent) + &mark), &block.text);
        self.0.push(List { level, item, is_other, hang: indent + mark.len() });
    }
}

/// Writes a line of text with what would be markup escaped.
fn line(out: &mut String, mark: &str, text: &str) {
    out.push_str(mark);
    let starts_list = text.starts_with(['-', '+', '#', '>', '=']);
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    if starts_list {
        out.push('\\');
    }
    // A number opens an item where a line of text may begin.
    let may_number = !mark.starts_with('#') && mark != CELL;
    let last = text.rfind(';').unwrap_or(0);
    // One alone strikes nothing out.
    let has_tildes = text.matches('~').nth(1).is_some();
    for (i, ch) in text.char_indices() {
        match ch {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '|' => out.push('\\'),
            '~' if i == 0 || has_tildes => out.push('\\'),
            '&' if i < last => out.push('\\'),
            '.' | ')' if digits > 0 && i == digits && may_number => out.push('\\'),
            _ => {}
        }
        out.push(if ch == '\n' { ' ' } else { ch });
    }
}

/// What stands before a cell's text.
const CELL: &str = " ";

/// Writes a row with so many cells: the first row's are those of the table, and more would not be shown.
fn row(out: &mut String, text: &str, columns: usize, is_first: bool) {
    out.push('|');
    let mut cells = 0;
    for cell in text.split('\t') {
        line(out, CELL, cell);
        out.push_str(" |");
        cells += 1;
    }
    out.push_str(&"  |".repeat(columns.saturating_sub(cells)));
    if is_first {
        out.push_str("\n|");
        out.push_str(&" --- |".repeat(columns));
    }
}

fn code(out: &mut String, text: &str) {
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest.max(2) + 1);
    out.push_str(&fence);
    out.push('\n');
    out.push_str(text);
    out.push('\n');
    out.push_str(&fence);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn block(role: Role, text: &str) -> Kept {
        Kept { role, level: 0, item: None, text: text.into(), spans: vec![], rule: None, reason: None }
    }

    fn item(number: u16) -> Item {
        Item { number, is_numbered: false, continues: false }
    }

    #[test]
    fn roles_are_marked_and_text_is_escaped() {
        let kept = [
            block(Role::Subheading, "Why *now*?"),
            Kept { item: Some(item(1)), ..block(Role::ListItem, "one") },
            Kept { item: Some(item(2)), ..block(Role::ListItem, "two") },
            block(Role::Quote, "said\nit"),
            block(Role::Table, "a\tb|c"),
            block(Role::Table, "1\t2"),
            block(Role::Body, "1. <script>"),
            block(Role::Body, "- dash"),
            block(Role::Preformatted, "x ``` y"),
        ];
        assert_eq!(
            write(&kept),
            "## Why \\*now\\*?\n\n- one\n- two\n\n> said\n> it\n\n| a | b\\|c |\n| --- | --- |\n| 1 | 2 |\n\n\
             1\\. \\<script>\n\n\\- dash\n\n````\nx ``` y\n````"
        );
    }

    /// The items, each with its level, its mark (`1.`, `-`, `*` if it begins a list, nothing if it goes on with the one before)
    /// and its text.
    fn list(items: &[(u8, &str, &str)]) -> String {
        let mut last = [Item::default(); 9];
        let kept = items.iter().map(|&(level, mark, text)| {
            let last = &mut last[usize::from(level)];
            let item = match mark {
                "" => Item { continues: true, ..*last },
                "*" => item(1),
                "-" => item(last.number + 1),
                _ => Item { number: mark.trim_end_matches('.').parse().unwrap(), is_numbered: true, continues: false },
            };
            *last = item;
            Kept { level, item: Some(item), ..block(Role::ListItem, text) }
        });
        write(&kept.collect::<Vec<_>>())
    }

    #[test]
    fn lists_are_told_apart() {
        assert_eq!(list(&[(1, "1.", "one"), (1, "2.", "two")]), "1. one\n2. two");
        assert_eq!(list(&[(1, "9.", "one"), (1, "10.", "two"), (2, "-", "deep")]), "9. one\n10. two\n    - deep");
        assert_eq!(list(&[(1, "-", "one"), (2, "3.", "deep"), (1, "-", "two")]), "- one\n\n  3. deep\n- two");
        // Two lists of one kind, then one of the other.
        assert_eq!(list(&[(1, "*", "a"), (1, "*", "b"), (1, "1.", "c")]), "- a\n\n* b\n\n1. c");
        assert_eq!(list(&[(1, "1.", "a"), (1, "1.", "b"), (1, "2.", "c")]), "1. a\n\n1) b\n2) c");
        // Three lists in a row.
        assert_eq!(list(&[(1, "*", "a"), (1, "*", "b"), (1, "*", "c")]), "- a\n\n* b\n\n- c");
    }

    #[test]
    fn what_goes_on_with_an_item_has_no_mark() {
        assert_eq!(list(&[(1, "-", "a"), (1, "", "more"), (1, "-", "b")]), "- a\n\n  more\n- b");
        assert_eq!(
            list(&[(1, "12.", "a"), (2, "-", "deep"), (1, "", "more"), (1, "13.", "b")]),
            "12. a\n    - deep\n\n    more\n13. b"
        );
        assert_eq!(list(&[(1, "", "alone")]), "- alone", "what it goes on with is gone");
    }

    #[test]
    fn rows_have_as_many_cells_as_the_longest() {
        let rows = ["a", "1\t2\t3", "4\t5"].map(|row| block(Role::Table, row));
        assert_eq!(write(&rows), "| a |  |  |\n| --- | --- | --- |\n| 1 | 2 | 3 |\n| 4 | 5 |  |");
    }

    #[test]
    fn what_would_strike_out_or_number_is_escaped() {
        for (text, markdown) in [
            ("~~old~~ new", "\\~\\~old\\~\\~ new"),
            ("20~30, 40~50", "20\\~30, 40\\~50"),
            ("20~30", "20~30"),
            ("~20", "\\~20"),
        ] {
            assert_eq!(write(&[block(Role::Body, text)]), markdown);
        }
        assert_eq!(write(&[block(Role::ListItem, "1. a")]), "- 1\\. a");
        assert_eq!(write(&[block(Role::Quote, "1. a")]), "> 1\\. a");
        assert_eq!(write(&[block(Role::Subheading, "1. a")]), "## 1. a");
    }
}
