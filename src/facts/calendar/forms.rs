//! The forms in which people write days.

use super::Order;
use super::day::{Day, packed};
use super::pieces::{Piece, Token};
use crate::hash::FastMap;
use once_cell::sync::Lazy;

/// Names of months, abbreviated and in the cases that dates need, by month.
pub(super) static MONTHS: Lazy<FastMap<&'static str, u32>> = Lazy::new(|| {
    let mut months = FastMap::default();
    for line in include_str!("../../rules/data/months.txt").lines() {
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

pub(super) struct Reader<'p, 't> {
    pub(super) pieces: &'p [Piece<'t>],
    pub(super) at: usize,
}

impl<'t> Reader<'_, 't> {
    pub(super) fn token(&self) -> Option<Token<'t>> {
        self.pieces.get(self.at).map(|piece| piece.token)
    }

    pub(super) fn number(&mut self, digits: std::ops::RangeInclusive<usize>) -> Option<u32> {
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
pub(super) fn day_at(pieces: &[Piece], i: usize, order: Order) -> Option<(Day, usize)> {
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
