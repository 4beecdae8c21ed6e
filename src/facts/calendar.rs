//! Reads a date out of a text: the forms of machines, and those that people write in some sixty languages.
//!
//! Knows the Gregorian calendar, the Buddhist era, the Persian calendar, the Japanese and Taiwanese eras, and the digits of
//! all scripts in use. A date without a year is none: nothing here looks at the clock.

use crate::hash::FastMap;
use once_cell::sync::Lazy;
use std::fmt::Write;

/// Which of two small numbers is the month when either may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Order {
    /// 5/3/2024 is the fifth of March.
    DayFirst,
    /// 5/3/2024 is the third of May.
    MonthFirst,
}

/// Characters of a text that are searched.
const LONGEST: usize = 400;
/// Pieces after a date, or before it, in which its time may begin.
const TIME_REACH: usize = 8;

/// Returns the first date of a text as ISO 8601: with the time and its offset where they stand beside it.
pub(super) fn read(text: &str, order: Order) -> Option<String> {
    // A year has digits, of whatever script, or is of an era that is named in Han.
    if text.is_ascii() && !text.bytes().any(|b| b.is_ascii_digit()) {
        return None;
    }
    let text = spelled(text);
    let pieces = pieces(&text);
    if let [Piece { token: Token::Number(value, digits), .. }] = pieces[..]
        && matches!(digits, 10 | 13)
    {
        return of_epoch(if digits == 13 { value / 1000 } else { value });
    }
    (0..pieces.len()).find_map(|i| {
        let (day, end) = day_at(&pieces, i, order)?;
        let mut out = day.to_string();
        match time_in(&pieces, end, (end + TIME_REACH).min(pieces.len())) {
            Some(time) => out.push_str(&time),
            None => out.push_str(&time_in(&pieces, i.saturating_sub(TIME_REACH), i).unwrap_or_default()),
        }
        Some(out)
    })
}

/// Returns the date that the path of an address holds: `/2024/05/03/`, `/2024/may/03/`, `/20240503/`, `/2024-05/03/`.
pub(super) fn read_address(address: &str) -> Option<String> {
    let after_scheme = address.find("://").map_or(address, |i| &address[i + 3..]);
    let path = &after_scheme[after_scheme.find('/')?..];
    let path = path[..path.find(['?', '#']).unwrap_or(path.len())].to_lowercase();
    let parts: Vec<&str> = path.split(|c: char| !c.is_ascii_alphanumeric()).collect();
    let number = |part: &str, digits: std::ops::RangeInclusive<usize>| {
        (digits.contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit())).then(|| part.parse().ok())?
    };
    let month = |part: &str| number(part, 1..=2).or_else(|| MONTHS.get(part).copied());
    (0..parts.len())
        .find_map(|i| {
            let part = parts[i];
            if let Some(year) = number(part, 4..=4) {
                let day = number(parts.get(i + 2)?, 1..=2)?;
                return Day::new(year, month(parts.get(i + 1)?)?, day);
            }
            if let Some(day) = number(part, 1..=2) {
                let year = number(parts.get(i + 2)?, 4..=4)?;
                return Day::new(year, month(parts[i + 1])?, day);
            }
            let is_packed = part.len() >= 8
                && number(&part[..8], 8..=8).is_some()
                && !part[8..].starts_with(|c: char| c.is_ascii_digit());
            if is_packed {
                return packed(part[..8].parse().ok()?);
            }
            let year_month: u32 = number(part, 6..=6)?;
            Day::new(year_month / 100, year_month % 100, number(parts.get(i + 1)?, 1..=2)?)
        })
        .filter(|day| day.year >= 1990)
        .map(|day| day.to_string())
}

/// Returns the minute, counted from 1970, of a date as [`read`] returns it, if it has a time.
pub(super) fn moment(date: &str) -> Option<i64> {
    let number = |range: std::ops::Range<usize>| date.get(range)?.parse::<i64>().ok();
    let minutes = days(date)? * 1440 + number(11..13)? * 60 + number(14..16)?;
    let Some(sign) = date[16..].find(['+', '-']).map(|i| i + 16) else { return Some(minutes) };
    let offset = number(sign + 1..sign + 3)? * 60 + number(sign + 4..sign + 6)?;
    Some(if date[sign..].starts_with('-') { minutes + offset } else { minutes - offset })
}

/// Returns whether one date, as [`read`] returns it, is the day before or after another.
pub(super) fn are_neighbours(one: &str, other: &str) -> bool {
    matches!((days(one), days(other)), (Some(one), Some(other)) if (one - other).abs() == 1)
}

/// Returns the number of days from 1970 to a date.
fn days(date: &str) -> Option<i64> {
    let number = |range: std::ops::Range<usize>| date.get(range)?.parse::<i64>().ok();
    let (year, month, day) = (number(0..4)?, number(5..7)?, number(8..10)?);
    // Years begin in March, so that the leap day is their last.
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    Some(365 * year + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + day - 719_469)
}

/// A day of the Gregorian calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Day {
    year: u32,
    month: u32,
    day: u32,
}

impl std::fmt::Display for Day {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

impl Day {
    /// Returns the day, if there is such a day. The year tells the calendar: the Persian one is in its fifteenth century,
    /// the Buddhist one in its twenty-sixth.
    fn new(year: u32, month: u32, day: u32) -> Option<Day> {
        match year {
            1300..=1499 => of_persian(year, month, day),
            2400..=2699 => Day::new(year - 543, month, day),
            1800..=2199 => {
                let leap = u32::from(year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)));
                let days = [31, 28 + leap, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
                let last = *days.get((month as usize).checked_sub(1)?)?;
                (1..=last).contains(&day).then_some(Day { year, month, day })
            }
            _ => None,
        }
    }
}

/// Converts by counting days; the Persian calendar repeats its leap years every 33 years in these centuries.
fn of_persian(year: u32, month: u32, day: u32) -> Option<Day> {
    if !(1..=12).contains(&month) || !(1..=31).contains(&day) {
        return None;
    }
    let years = year + 1595;
    let months = if month < 7 { (month - 1) * 31 } else { (month - 7) * 30 + 186 };
    let days = 365 * years + years / 33 * 8 + (years % 33).div_ceil(4) + day + months;
    // From the Persian era to the year 0, and from there to 1970.
    of_days(i64::from(days) - 355_668 - 719_528)
}

/// Returns the day so many days after the first of January 1970.
fn of_days(days: i64) -> Option<Day> {
    let mut left = days;
    let mut year = 1970;
    if !(-366 * 100..366 * 200).contains(&left) {
        return None;
    }
    let length = |year: u32| if Day::new(year, 2, 29).is_some() { 366 } else { 365 };
    while left < 0 {
        year -= 1;
        left += length(year);
    }
    while left >= length(year) {
        left -= length(year);
        year += 1;
    }
    let mut left = left as u32;
    (1..=12).find_map(|month| {
        let last = (28..=31).rev().find(|&day| Day::new(year, month, day).is_some())?;
        if left < last {
            return Day::new(year, month, left + 1);
        }
        left -= last;
        None
    })
}

/// Returns the time that a count of seconds since 1970 stands for. The count must fall after 1990, or it is some other number.
fn of_epoch(seconds: u64) -> Option<String> {
    let day = of_days((seconds / 86_400) as i64).filter(|day| day.year >= 1990)?;
    let (hour, minute, second) = (seconds / 3600 % 24, seconds / 60 % 60, seconds % 60);
    Some(format!("{day}T{hour:02}:{minute:02}:{second:02}Z"))
}

fn packed(number: u64) -> Option<Day> {
    let number = u32::try_from(number).ok()?;
    Day::new(number / 10_000, number / 100 % 100, number % 100).filter(|day| (1990..2100).contains(&day.year))
}

// ---- pieces ------------------------------------------------------------------------------------------------------

#[derive(Clone, Copy, Debug, PartialEq)]
enum Token<'t> {
    /// Its value, and how many digits it has.
    Number(u64, usize),
    /// In lower case. Han and Hangul characters are words by themselves.
    Word(&'t str),
    Mark(char),
}

#[derive(Clone, Copy, Debug)]
struct Piece<'t> {
    token: Token<'t>,
    /// White space stands before it.
    spaced: bool,
}

/// Returns the text in lower case with the digits 0 to 9, without invisible marks and without the dots of Thai
/// abbreviations.
fn spelled(text: &str) -> String {
    let mut out = String::with_capacity(text.len().min(LONGEST * 2));
    let mut is_after_thai = false;
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
            None if ch == 'ي' && text.contains('ی') => out.push('ی'),
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

fn pieces(text: &str) -> Vec<Piece<'_>> {
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

// ---- days --------------------------------------------------------------------------------------------------------

/// Names of months, abbreviated and in the cases that dates need, by month.
static MONTHS: Lazy<FastMap<&'static str, u32>> = Lazy::new(|| {
    let mut months = FastMap::default();
    for line in include_str!("months.txt").lines() {
        let mut words = line.split(' ');
        let Some(month) = words.next().and_then(|number| number.parse().ok()) else { continue };
        months.extend(words.map(|word| (word, month)));
    }
    months
});

/// The Persian months.
const PERSIAN: [&str; 12] =
    ["فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور", "مهر", "آبان", "آذر", "دی", "بهمن", "اسفند"];

/// Words between day, month and year.
const BETWEEN: &[&str] = &[
    "a",
    "al",
    "anul",
    "d",
    "da",
    "dan",
    "de",
    "del",
    "den",
    "di",
    "do",
    "e",
    "er",
    "gada",
    "ko",
    "m",
    "nd",
    "o",
    "of",
    "rd",
    "s",
    "st",
    "th",
    "the",
    "v",
    "года",
    "год",
    "г",
    "року",
    "року",
    "năm",
    "ที่",
    "พศ",
    "º",
    "ª",
    "er",
];

/// Years before the first of an era, by its two characters.
const ERAS: [(&str, &str, u32); 5] =
    [("令", "和", 2018), ("平", "成", 1988), ("昭", "和", 1925), ("民", "國", 1911), ("民", "国", 1911)];

struct Reader<'p, 't> {
    pieces: &'p [Piece<'t>],
    at: usize,
}

impl<'t> Reader<'_, 't> {
    fn token(&self) -> Option<Token<'t>> {
        self.pieces.get(self.at).map(|piece| piece.token)
    }

    fn number(&mut self, digits: std::ops::RangeInclusive<usize>) -> Option<u32> {
        let Some(Token::Number(value, count)) = self.token() else { return None };
        self.at += 1;
        digits.contains(&count).then_some(value as u32)
    }

    fn mark(&mut self, marks: &[char]) -> Option<char> {
        let Some(Token::Mark(mark)) = self.token() else { return None };
        self.at += 1;
        marks.contains(&mark).then_some(mark)
    }

    fn word(&mut self, words: &[&str]) -> Option<()> {
        let Some(Token::Word(word)) = self.token() else { return None };
        self.at += 1;
        words.contains(&word).then_some(())
    }

    /// Passes over up to four words and marks that stand between day, month and year.
    fn between(&mut self) {
        for _ in 0..4 {
            match self.token() {
                Some(Token::Mark('.' | ',' | '-' | '–' | '/' | '\'' | '’' | '،' | '|' | '·')) => self.at += 1,
                Some(Token::Word(word)) if BETWEEN.contains(&word) => self.at += 1,
                _ => return,
            }
        }
    }

    fn month(&mut self) -> Option<Month> {
        let Some(Token::Word(word)) = self.token() else { return None };
        self.at += 1;
        if let Some(Token::Word(second)) = self.token()
            && let Some(&month) = MONTHS.get(format!("{word}_{second}").as_str())
        {
            self.at += 1;
            return Some(Month::Named(month));
        }
        if word == "tháng" || word == "thg" {
            return self.number(1..=2).map(Month::Named);
        }
        let found = MONTHS.get(word).map(|&month| Month::Named(month));
        found.or_else(|| PERSIAN.iter().position(|&name| name == word).map(|i| Month::Persian(i as u32 + 1)))
    }

    /// A year beside the name of a month: four digits, or two after an apostrophe or between hyphens.
    fn year(&mut self) -> Option<u32> {
        let before = self.at.checked_sub(1).map(|i| self.pieces[i].token);
        let Some(Token::Number(value, digits)) = self.token() else { return None };
        self.at += 1;
        match (digits, before) {
            (4, _) => Some(value as u32),
            (2, Some(Token::Mark('\'' | '’' | '-'))) => Some(two_digits(value as u32)),
            _ => None,
        }
    }
}

#[derive(Clone, Copy)]
enum Month {
    Named(u32),
    Persian(u32),
}

impl Month {
    fn with(self, year: u32, day: u32) -> Option<Day> {
        match self {
            Month::Named(month) if year >= 1800 => Day::new(year, month, day),
            Month::Persian(month) if year < 1500 => Day::new(year, month, day),
            _ => None,
        }
    }
}

/// Returns the year that two digits stand for: there were no news pages before 1970.
fn two_digits(year: u32) -> u32 {
    if year < 70 { 2000 + year } else { 1900 + year }
}

/// Returns the day that a date says which starts at piece `i`, and the index after it.
fn day_at(pieces: &[Piece], i: usize, order: Order) -> Option<(Day, usize)> {
    let try_form = |form: fn(&mut Reader, Order) -> Option<Day>| {
        let mut reader = Reader { pieces, at: i };
        form(&mut reader, order).map(|day| (day, reader.at))
    };
    match pieces[i].token {
        Token::Number(..) => [in_figures, in_characters, day_month_year, year_month_day, year_day_month, in_one]
            .into_iter()
            .find_map(try_form),
        Token::Word(_) => [month_day_year, in_era].into_iter().find_map(try_form),
        Token::Mark(_) => None,
    }
}

/// 2024-05-03, 03.05.2024, 5/3/24.
fn in_figures(reader: &mut Reader, order: Order) -> Option<Day> {
    let Some(Token::Number(_, digits)) = reader.token() else { return None };
    let first = reader.number(1..=4)?;
    let mark = reader.mark(&['-', '/', '.', '‐', '‑'])?;
    let second = reader.number(1..=2)?;
    reader.mark(&[mark])?;
    let Some(Token::Number(_, last_digits)) = reader.token() else { return None };
    let third = reader.number(1..=4)?;
    if digits == 4 {
        return Day::new(first, second, third).filter(|_| last_digits <= 2);
    }
    let year = match last_digits {
        4 => third,
        2 if digits <= 2 => two_digits(third),
        _ => return None,
    };
    let day_first = Day::new(year, second, first);
    let month_first = Day::new(year, first, second);
    match order {
        // Only countries that write slashes put the month first.
        Order::MonthFirst if mark == '/' => month_first.or(day_first),
        _ => day_first.or(month_first),
    }
}

/// 2024年5月3日, 2024년 5월 3일.
fn in_characters(reader: &mut Reader, _: Order) -> Option<Day> {
    let year = reader.number(4..=4)?;
    reader.word(&["年", "년"])?;
    month_and_day(reader, year)
}

fn month_and_day(reader: &mut Reader, year: u32) -> Option<Day> {
    let month = reader.number(1..=2)?;
    reader.word(&["月", "월"])?;
    let day = reader.number(1..=2)?;
    if matches!(reader.token(), Some(Token::Word("日" | "일" | "號" | "号"))) {
        reader.at += 1;
    }
    Day::new(year, month, day)
}

/// 令和6年5月3日.
fn in_era(reader: &mut Reader, _: Order) -> Option<Day> {
    let (Some(Token::Word(first)), Some(Token::Word(second))) =
        (reader.token(), reader.pieces.get(reader.at + 1).map(|piece| piece.token))
    else {
        return None;
    };
    let before = ERAS.iter().find(|&&(a, b, _)| a == first && b == second)?.2;
    reader.at += 2;
    let year = match reader.token()? {
        Token::Word("元") => {
            reader.at += 1;
            1
        }
        _ => reader.number(1..=3)?,
    };
    reader.word(&["年"])?;
    month_and_day(reader, before + year)
}

/// 3 May 2024, 3rd of May, 2024, 3 tháng 5 năm 2024.
fn day_month_year(reader: &mut Reader, _: Order) -> Option<Day> {
    let day = reader.number(1..=2)?;
    reader.between();
    let month = reader.month()?;
    reader.between();
    month.with(reader.year()?, day)
}

/// May 3, 2024.
fn month_day_year(reader: &mut Reader, _: Order) -> Option<Day> {
    let month = reader.month()?;
    reader.between();
    let day = reader.number(1..=2)?;
    reader.between();
    month.with(reader.year()?, day)
}

/// 2024 May 3.
fn year_month_day(reader: &mut Reader, _: Order) -> Option<Day> {
    let year = reader.number(4..=4)?;
    reader.between();
    let month = reader.month()?;
    reader.between();
    month.with(year, reader.number(1..=2)?)
}

/// 2024. gada 3. maijs.
fn year_day_month(reader: &mut Reader, _: Order) -> Option<Day> {
    let year = reader.number(4..=4)?;
    reader.between();
    let day = reader.number(1..=2)?;
    reader.between();
    reader.month()?.with(year, day)
}

/// 20240503.
fn in_one(reader: &mut Reader, _: Order) -> Option<Day> {
    let number = reader.number(8..=8)?;
    packed(u64::from(number))
}

// ---- times -------------------------------------------------------------------------------------------------------

/// Returns the first time between two pieces as `T10:15`, with seconds and offset where they are given.
fn time_in(pieces: &[Piece], from: usize, to: usize) -> Option<String> {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_in_many_forms() {
        for (text, expect) in [
            ("2024-05-03", "2024-05-03"),
            ("2024-5-3", "2024-05-03"),
            ("2024-05-03T10:15:00.000Z", "2024-05-03T10:15:00Z"),
            ("2024-05-03T10:15:07+0900", "2024-05-03T10:15:07+09:00"),
            ("2024-05-03 10:15:00 -04:00", "2024-05-03T10:15:00-04:00"),
            ("2024-05-03T10:15-04", "2024-05-03T10:15-04:00"),
            ("Fri, 03 May 2024 10:15:00 GMT", "2024-05-03T10:15:00Z"),
            ("20240503", "2024-05-03"),
            ("20240503T101500", "2024-05-03"),
            ("1714731300", "2024-05-03T10:15:00Z"),
            ("1714731300000", "2024-05-03T10:15:00Z"),
            ("03.05.2024", "2024-05-03"),
            ("3. 5. 2024", "2024-05-03"),
            ("03/05/2024", "2024-05-03"),
            ("13.05.24", "2024-05-13"),
            ("2024.05.03 10:15", "2024-05-03T10:15"),
            ("2024. 5. 3. 오후 3:15", "2024-05-03T15:15"),
            ("May 3, 2024", "2024-05-03"),
            ("Published on Friday, May 3rd, 2024 at 3:15 p.m.", "2024-05-03T15:15"),
            ("12:05 AM, 3 May 2024", "2024-05-03T00:05"),
            ("3 May 2024 - 20 Comments", "2024-05-03"),
            ("May 3, 2024 | Updated: May 4, 2024 10:15", "2024-05-03"),
            ("3-May-24", "2024-05-03"),
            ("Freitag, 3. März 2023, 10:15 Uhr", "2023-03-03T10:15"),
            ("3 mai 2024 à 10h15", "2024-05-03T10:15"),
            ("1er août 2024", "2024-08-01"),
            ("3 de mayo de 2024", "2024-05-03"),
            ("3 maggio 2024", "2024-05-03"),
            ("3 maja 2024", "2024-05-03"),
            ("3. května 2024", "2024-05-03"),
            ("2024. május 3.", "2024-05-03"),
            ("3 Mayıs 2024", "2024-05-03"),
            ("3. toukokuuta 2024", "2024-05-03"),
            ("2024 m. gegužės 3 d.", "2024-05-03"),
            ("2024. gada 3. maijs", "2024-05-03"),
            ("3 мая 2024 г. в 10:15", "2024-05-03T10:15"),
            ("3 травня 2024 року", "2024-05-03"),
            ("3 Μαΐου 2024", "2024-05-03"),
            ("3 tháng 5, 2024", "2024-05-03"),
            ("3 Mei 2024", "2024-05-03"),
            ("2024年5月3日 10時15分", "2024-05-03T10:15"),
            ("2024年5月3日 星期五 下午3:15", "2024-05-03T15:15"),
            ("令和6年5月3日", "2024-05-03"),
            ("令和元年5月3日", "2019-05-03"),
            ("民國113年5月3日", "2024-05-03"),
            ("2024년 5월 3일", "2024-05-03"),
            ("3 พฤษภาคม พ.ศ. 2567", "2024-05-03"),
            ("3 พ.ค. 2567", "2024-05-03"),
            ("٣ مايو ٢٠٢٤", "2024-05-03"),
            ("3 كانون الثاني 2024", "2024-01-03"),
            ("۱۴ اردیبهشت ۱۴۰۳", "2024-05-03"),
            ("۱۴۰۳/۰۲/۱۴", "2024-05-03"),
            ("३ मई २०२४", "2024-05-03"),
            ("৩ মে ২০২৪", "2024-05-03"),
            ("3 במאי 2024", "2024-05-03"),
        ] {
            assert_eq!(read(text, Order::DayFirst).as_deref(), Some(expect), "{text}");
        }
    }

    #[test]
    fn what_is_no_date_is_not_read() {
        for text in [
            "",
            "May 3",
            "3 hours ago",
            "30.02.2024",
            "2024",
            "0001-01-01",
            "1970-13-01",
            "12345678",
            "192.168.10.12",
            "tel. 2024 555 0101",
            "May 2024",
            "0000000000",
        ] {
            assert_eq!(read(text, Order::DayFirst), None, "{text}");
        }
    }

    #[test]
    fn the_order_tells_where_both_could_be_the_month() {
        assert_eq!(read("5/3/2024", Order::MonthFirst).as_deref(), Some("2024-05-03"));
        assert_eq!(read("5/3/2024", Order::DayFirst).as_deref(), Some("2024-03-05"));
        assert_eq!(read("5/23/2024", Order::DayFirst).as_deref(), Some("2024-05-23"));
        assert_eq!(read("5.3.2024", Order::MonthFirst).as_deref(), Some("2024-03-05"));
    }

    #[test]
    fn moments_are_compared() {
        assert_eq!(moment("1970-01-01T00:10Z"), Some(10));
        assert_eq!(moment("1970-01-02T01:00:30+02:00"), Some(23 * 60));
        assert_eq!(moment("2024-05-03T01:15:00Z"), moment("2024-05-02T21:15-04:00"));
        assert_eq!(moment("2024-05-03"), None);
        assert!(are_neighbours("2024-03-01", "2024-02-29T23:00Z"));
        assert!(!are_neighbours("2024-03-01", "2024-02-28"));
    }

    #[test]
    fn addresses_hold_dates() {
        for (address, expect) in [
            ("https://example.com/2024/05/03/bridge", Some("2024-05-03")),
            ("https://example.com/news/2024/may/03/bridge", Some("2024-05-03")),
            ("https://example.com/bridge-2024-05-03.html?x=2023-01-01", Some("2024-05-03")),
            ("https://example.com/n1/2024-05/03/content_1.htm", Some("2024-05-03")),
            ("https://example.com/n1/202405/03/1.htm", Some("2024-05-03")),
            ("https://example.com/20240503/1.htm", Some("2024-05-03")),
            ("https://example.com/news/03-05-2024", Some("2024-05-03")),
            ("https://example.com/2024/05/bridge", None),
            ("https://example.com/article/12345678", None),
            ("https://example.com/2024/13/45/", None),
            ("example", None),
        ] {
            assert_eq!(read_address(address).as_deref(), expect, "{address}");
        }
    }
}
