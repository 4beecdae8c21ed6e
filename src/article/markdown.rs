//! Kept blocks as Markdown.

use super::{Kept, Role};

pub(super) fn write(kept: &[Kept]) -> String {
    let mut out = String::new();
    let mut last: Option<Role> = None;
    for block in kept {
        let joins = matches!(
            (last, block.role),
            (Some(Role::ListItem), Role::ListItem)
                | (Some(Role::Table), Role::Table)
                | (Some(Role::Quote), Role::Quote)
        );
        match (last, joins) {
            (None, _) => {}
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
            Role::ListItem => {
                let indent = "  ".repeat(usize::from(block.level.clamp(1, 8)) - 1);
                line(&mut out, &(indent + "- "), &block.text);
            }
            Role::Quote => {
                for (i, text) in block.text.lines().enumerate() {
                    if i > 0 {
                        out.push('\n');
                    }
                    line(&mut out, "> ", text);
                }
            }
            Role::Table => row(&mut out, &block.text, !joins),
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

/// Writes a line of text with what would be markup escaped.
fn line(out: &mut String, mark: &str, text: &str) {
    out.push_str(mark);
    let starts_list = text.starts_with(['-', '+', '#', '>', '=', '~']);
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    if starts_list {
        out.push('\\');
    }
    let last = text.rfind(';').unwrap_or(0);
    for (i, ch) in text.char_indices() {
        match ch {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '|' => out.push('\\'),
            '&' if i < last => out.push('\\'),
            '.' | ')' if digits > 0 && i == digits && mark.is_empty() => out.push('\\'),
            _ => {}
        }
        out.push(if ch == '\n' { ' ' } else { ch });
    }
}

fn row(out: &mut String, text: &str, is_first: bool) {
    out.push('|');
    let mut cells = 0;
    for cell in text.split('\t') {
        line(out, " ", cell);
        out.push_str(" |");
        cells += 1;
    }
    if is_first {
        out.push_str("\n|");
        out.push_str(&" --- |".repeat(cells));
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
        Kept { role, level: 0, text: text.into(), spans: vec![], rule: None, reason: None }
    }

    #[test]
    fn roles_are_marked_and_text_is_escaped() {
        let kept = [
            block(Role::Subheading, "Why *now*?"),
            block(Role::ListItem, "one"),
            block(Role::ListItem, "two"),
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
}
