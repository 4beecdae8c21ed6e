//! Days of the calendars in use, counted and told.

/// Returns the minute, counted from 1970, of a date as [`read`] returns it, if it has a time.
pub(in crate::facts) fn moment(date: &str) -> Option<i64> {
    let number = |range: std::ops::Range<usize>| date.get(range)?.parse::<i64>().ok();
    let minutes = days(date)? * DAY + number(11..13)? * 60 + number(14..16)?;
    let Some(sign) = date[16..].find(['+', '-']).map(|i| i + 16) else { return Some(minutes) };
    let offset = number(sign + 1..sign + 3)? * 60 + number(sign + 4..sign + 6)?;
    Some(if date[sign..].starts_with('-') { minutes + offset } else { minutes - offset })
}

/// Returns whether one date, as [`read`] returns it, is the day before or after another.
pub(in crate::facts) fn are_neighbours(one: &str, other: &str) -> bool {
    matches!((days(one), days(other)), (Some(one), Some(other)) if (one - other).abs() == 1)
}

/// Returns a date, as [`read`] returns it, that is on the day before or after a moment of Greenwich's time, if clocks elsewhere
/// may show it at this moment. A time of theirs gets the offset at which they do.
pub(in crate::facts) fn elsewhere(date: &str, greenwich: &str) -> Option<String> {
    let (day, there) = (days(date)?, moment(greenwich)?);
    if !are_neighbours(date, greenwich) {
        return None;
    }
    let Some(here) = moment(date) else {
        let is_then = there + OFFSETS.start() < (day + 1) * DAY && there + OFFSETS.end() >= day * DAY;
        return is_then.then(|| date.to_owned());
    };
    let offset = here - there;
    let has_offset = date[TIME..].contains(['+', '-', 'Z']);
    let sign = if offset < 0 { '-' } else { '+' };
    let minutes = offset.abs();
    let told = if has_offset { String::new() } else { format!("{sign}{:02}:{:02}", minutes / 60, minutes % 60) };
    (OFFSETS.contains(&offset) && offset % 15 == 0).then(|| format!("{date}{told}"))
}

/// Bytes of a date up to its time.
const TIME: usize = 11;

/// Minutes of a day, and by which clocks are off Greenwich's.
const DAY: i64 = 1440;
const OFFSETS: std::ops::RangeInclusive<i64> = -12 * 60..=14 * 60;

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
pub(super) struct Day {
    pub(super) year: u32,
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
    pub(super) fn new(year: u32, month: u32, day: u32) -> Option<Day> {
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
pub(super) fn of_epoch(seconds: u64) -> Option<String> {
    let day = of_days((seconds / 86_400) as i64).filter(|day| day.year >= 1990)?;
    let (hour, minute, second) = (seconds / 3600 % 24, seconds / 60 % 60, seconds % 60);
    Some(format!("{day}T{hour:02}:{minute:02}:{second:02}Z"))
}

pub(super) fn packed(number: u64) -> Option<Day> {
    let number = u32::try_from(number).ok()?;
    Day::new(number / 10_000, number / 100 % 100, number % 100).filter(|day| (1990..2100).contains(&day.year))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clocks_elsewhere_show_another_day() {
        for (date, greenwich, expect) in [
            ("2024-05-02T21:15", "2024-05-03T01:15:40Z", Some("2024-05-02T21:15-04:00")),
            ("2024-05-03T00:45", "2024-05-02T19:00Z", Some("2024-05-03T00:45+05:45")),
            ("2024-05-02T21:20", "2024-05-03T01:15:40Z", None),
            ("2024-05-02T10:15", "2024-05-03T01:15Z", None),
            ("2024-05-03T05:15", "2024-05-03T01:15Z", None),
            ("2024-05-02", "2024-05-03T01:15Z", Some("2024-05-02")),
            ("2024-05-02", "2024-05-03T12:15Z", None),
            ("2024-05-04", "2024-05-03T10:00Z", Some("2024-05-04")),
            ("2024-05-04", "2024-05-03T09:45Z", None),
            ("2024-05-02", "2024-05-03", None),
        ] {
            assert_eq!(elsewhere(date, greenwich).as_deref(), expect, "{date} {greenwich}");
        }
    }
}
