//! Reads a date out of a text: the forms of machines, and those that people write in some sixty languages.
//!
//! Knows the Gregorian calendar, the Buddhist era, the Persian calendar, the Japanese and Taiwanese eras, and the digits of
//! all scripts in use. A date without a year is none: nothing here looks at the clock.

mod day;
mod forms;
mod pieces;
mod time;

use day::{Day, of_epoch, packed};
pub(super) use day::{are_neighbours, elsewhere, moment};
use forms::{MONTHS, day_at};
use pieces::{Piece, Token, pieces, spelled};
use time::time_in;

/// Which of two small numbers is the month when either may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Order {
    /// 5/3/2024 is the fifth of March.
    DayFirst,
    /// 5/3/2024 is the third of May.
    MonthFirst,
}

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
