//! Times of day.

use super::forms::Reader;
use super::pieces::{Piece, Token};
use std::fmt::Write;

/// Returns the first time between two pieces as `T10:15`, with seconds and offset where they are given.
pub(super) fn time_in(pieces: &[Piece], from: usize, to: usize) -> Option<String> {
    let mut half = None;
    for i in from..to {
        match pieces[i].token {
            // The next date.
            Token::Number(_, 4..) => return None,
            Token::Word(word) => half = half_of_day(word, pieces.get(i + 1)).or(half),
            Token::Number(hour, 1..=2) if hour < 24 => {
                let mut reader = Reader { pieces, at: i + 1 };
                if let Some(time) = time(&mut reader, hour as u32, half) {
                    return Some(time);
                }
            }
            _ => {}
        }
    }
    None
}

/// Returns whether a word says afternoon, if it speaks of half days; in Han and Hangul it is two characters.
fn half_of_day(word: &str, next: Option<&Piece>) -> Option<bool> {
    match (word, next.map(|piece| piece.token)) {
        ("pm", _) | ("p", Some(Token::Mark('.'))) => Some(true),
        ("am", _) | ("a", Some(Token::Mark('.'))) => Some(false),
        ("오", Some(Token::Word("후"))) | ("下", Some(Token::Word("午"))) | ("午", Some(Token::Word("後" | "后"))) => {
            Some(true)
        }
        ("오", Some(Token::Word("전"))) | ("上", Some(Token::Word("午"))) | ("午", Some(Token::Word("前"))) => {
            Some(false)
        }
        _ => None,
    }
}

fn time(reader: &mut Reader, hour: u32, half: Option<bool>) -> Option<String> {
    match reader.token()? {
        Token::Mark(':' | '：') | Token::Word("h" | "時" | "时" | "點" | "点" | "시") => reader.at += 1,
        _ => return None,
    }
    let minute = reader.number(2..=2).filter(|&minute| minute < 60)?;
    let mut second = None;
    if matches!(reader.token(), Some(Token::Mark(':'))) {
        let before = reader.at;
        reader.at += 1;
        second = reader.number(2..=2).filter(|&second| second < 61);
        if second.is_none() {
            reader.at = before;
        } else if matches!(reader.token(), Some(Token::Mark('.' | ','))) {
            // A fraction.
            let before = reader.at;
            reader.at += 1;
            if reader.number(1..=9).is_none() {
                reader.at = before;
            }
        }
    }
    let after = match reader.token() {
        Some(Token::Word(word)) => half_of_day(word, reader.pieces.get(reader.at + 1)),
        _ => None,
    };
    let hour = match after.or(half) {
        Some(true) if hour < 12 => hour + 12,
        Some(false) if hour == 12 => 0,
        _ => hour,
    };
    let mut out = format!("T{hour:02}:{minute:02}");
    if let Some(second) = second {
        _ = write!(out, ":{second:02}");
    }
    if after.is_none() {
        out.push_str(&offset(reader).unwrap_or_default());
    }
    Some(out)
}

/// Returns the offset from Greenwich that follows a time: `Z` or `+09:00`.
fn offset(reader: &mut Reader) -> Option<String> {
    let mut is_named = false;
    if let Some(Token::Word("z" | "gmt" | "utc")) = reader.token() {
        is_named = true;
        reader.at += 1;
    }
    let sign = match reader.token() {
        Some(Token::Mark('+')) => '+',
        Some(Token::Mark('-' | '−')) => '-',
        _ => return is_named.then(|| "Z".to_owned()),
    };
    reader.at += 1;
    if reader.pieces.get(reader.at)?.spaced {
        return None;
    }
    let Some(Token::Number(value, digits)) = reader.token() else { return None };
    reader.at += 1;
    let (hours, minutes) = match digits {
        4 => (value / 100, value % 100),
        1 | 2 if matches!(reader.token(), Some(Token::Mark(':'))) => {
            reader.at += 1;
            (value, u64::from(reader.number(2..=2)?))
        }
        1 | 2 => (value, 0),
        _ => return None,
    };
    (hours <= 14 && minutes < 60).then(|| format!("{sign}{hours:02}:{minutes:02}"))
}
