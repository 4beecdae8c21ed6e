//! A text as numbers, words and marks.

/// Characters of a text that are searched.
const LONGEST: usize = 400;

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Token<'t> {
    /// Its value, and how many digits it has.
    Number(u64, usize),
    /// In lower case. Han and Hangul characters are words by themselves.
    Word(&'t str),
    Mark(char),
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Piece<'t> {
    pub(super) token: Token<'t>,
    /// White space stands before it.
    pub(super) spaced: bool,
}

/// Returns the text in lower case with the digits 0 to 9, without invisible marks and without the dots of Thai
/// abbreviations.
pub(super) fn spelled(text: &str) -> String {
    let mut out = String::with_capacity(text.len().min(LONGEST * 2));
    let (mut is_after_thai, mut is_persian) = (false, None);
    for ch in text.chars().take(LONGEST) {
        if ch.is_ascii() && !is_after_thai {
            out.push(ch.to_ascii_lowercase());
            continue;
        }
        match ch {
            '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' => continue,
            '.' if is_after_thai => continue,
            _ => {}
        }
        is_after_thai = ('\u{e01}'..='\u{e4e}').contains(&ch);
        match digit(ch) {
            Some(digit) => out.push(digit),
            // Both forms of the Arabic letters that Persian and Urdu write otherwise.
            None if ch == 'ي' && *is_persian.get_or_insert_with(|| text.contains('ی')) => out.push('ی'),
            None => out.extend(ch.to_lowercase()),
        }
    }
    out
}

/// Returns a decimal digit of any script as the digit 0 to 9.
fn digit(ch: char) -> Option<char> {
    /// The zeros of scripts; the other nine digits follow each.
    const ZEROS: [u32; 18] = [
        0x30, 0x660, 0x6f0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xe50, 0xed0, 0x1040,
        0x17e0, 0x1810, 0xff10,
    ];
    let code = ch as u32;
    let zero = ZEROS.iter().find(|&&zero| (zero..zero + 10).contains(&code))?;
    char::from_digit(code - zero, 10)
}

pub(super) fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut out = Vec::new();
    let mut spaced = false;
    let mut rest = text;
    while let Some(ch) = rest.chars().next() {
        let (token, len) = if ch.is_whitespace() {
            spaced = true;
            rest = &rest[ch.len_utf8()..];
            continue;
        } else if ch.is_ascii_digit() {
            let len = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
            (Token::Number(rest[..len].parse().unwrap_or(0), len), len)
        } else if is_alone(ch) {
            (Token::Word(&rest[..ch.len_utf8()]), ch.len_utf8())
        } else if is_letter(ch) {
            let len = rest.find(|c: char| !is_letter(c) || is_alone(c)).unwrap_or(rest.len());
            (Token::Word(&rest[..len]), len)
        } else {
            (Token::Mark(ch), ch.len_utf8())
        };
        out.push(Piece { token, spaced });
        spaced = false;
        rest = &rest[len..];
    }
    out
}

fn is_alone(ch: char) -> bool {
    matches!(ch, '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}')
}

/// Returns whether a word goes on: letters, and the vowel signs of Indian scripts.
fn is_letter(ch: char) -> bool {
    if ch.is_ascii() {
        return ch.is_ascii_alphabetic();
    }
    ch.is_alphabetic() || matches!(ch, '\u{300}'..='\u{36f}' | '\u{900}'..='\u{dff}' | '\u{e30}'..='\u{e4e}')
}
