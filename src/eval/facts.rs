//! Compares headline, byline, date and language with what is known of a page.

use super::judge::fold;
use super::words::{Words, f1};
use std::collections::BTreeSet;

/// Headline, byline, date and language of a page, as known or as found.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    /// The headline; `title` in gold.
    pub headline: Option<String>,
    /// The authors, joined by commas; `author` in gold.
    pub byline: Option<String>,
    /// The date of publication, of which the day counts.
    pub date: Option<String>,
    /// The language, of which the first subtag counts; `lang` in gold.
    pub language: Option<String>,
}

/// How well facts agree with those known: of each, whether it is equal, and for the first two word F1.
#[derive(Clone, Copy, Debug, Default)]
pub struct Agreement {
    /// Whether the headlines are equal, and their word F1.
    pub headline: Option<(f64, f64)>,
    /// Whether the sets of authors are equal, and word F1.
    pub byline: Option<(f64, f64)>,
    /// Whether the days are the same.
    pub date: Option<f64>,
    /// Whether the languages are the same.
    pub language: Option<f64>,
}

/// Compares what was found with what is known; a fact that is not known does not count, one not found counts as wrong.
pub fn compare(known: &Facts, found: &Facts) -> Agreement {
    let both = |known: &Option<String>, found: &Option<String>, is_equal: fn(&str, &str) -> bool| {
        known.as_deref().map(|known| {
            let found = found.as_deref().unwrap_or("");
            let mut words = Words::default();
            let f1 = f1(&words.of(&plain(found)), &words.of(&plain(known))).2;
            (f64::from(is_equal(known, found)), f1)
        })
    };
    let day = |date: &str| date.get(..10).map(str::to_owned);
    let is_day = |date: &String| date.len() >= 10 && date.as_bytes()[4] == b'-';
    Agreement {
        headline: both(&known.headline, &found.headline, |a, b| plain(a) == plain(b)),
        byline: both(&known.byline, &found.byline, |a, b| authors(a) == authors(b)),
        date: known
            .date
            .as_ref()
            .filter(|date| is_day(date))
            .map(|date| f64::from(found.date.as_deref().and_then(day) == day(date))),
        language: known
            .language
            .as_deref()
            .map(|language| f64::from(found.language.as_deref().is_some_and(|found| tag(found) == tag(language)))),
    }
}

/// Folds a text to its words: case, marks, white space and invisible characters do not count.
fn plain(text: &str) -> String {
    let seen = text.chars().filter(|ch| !matches!(ch, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}'));
    fold(&seen.map(|ch| if ch.is_alphanumeric() { ch } else { ' ' }).collect::<String>())
}

fn authors(text: &str) -> BTreeSet<String> {
    let text = text.strip_prefix("by ").or_else(|| text.strip_prefix("By ")).unwrap_or(text);
    let parted = [" and ", " und ", " et ", " y "].iter().fold(text.to_owned(), |text, and| text.replace(and, ","));
    parted.split([',', ';', '|', '&', '/']).map(plain).filter(|name| !name.is_empty()).collect()
}

fn tag(language: &str) -> String {
    let first = language.split(['-', '_']).next().unwrap_or("").to_lowercase();
    if matches!(first.as_str(), "nb" | "nn") { "no".into() } else { first }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facts(headline: &str, byline: &str, date: &str, language: &str) -> Facts {
        let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        Facts { headline: some(headline), byline: some(byline), date: some(date), language: some(language) }
    }

    #[test]
    fn facts_agree_when_they_say_the_same() {
        let known = facts("Bridge: ‘closed’ in May", "Ida Moss and Per Hald", "2031-05-03T10:00:00Z", "no");
        let same = compare(&known, &facts("Bridge – closed in May", "Per Hald, Ida Moss", "2031-05-03", "nb-NO"));
        assert_eq!(same.headline, Some((1.0, 1.0)));
        assert_eq!(same.byline.map(|b| b.0), Some(1.0));
        assert_eq!((same.date, same.language), (Some(1.0), Some(1.0)));
        let other = compare(&known, &facts("Bridge closed", "Ida Moss", "2031-05-04", ""));
        assert_eq!(other.headline.map(|h| h.0), Some(0.0));
        assert!(other.headline.is_some_and(|h| (h.1 - 2.0 / 3.0).abs() < 0.01));
        assert_eq!((other.byline.map(|b| b.0), other.date, other.language), (Some(0.0), Some(0.0), Some(0.0)));
        assert!(compare(&Facts::default(), &known).headline.is_none());
    }
}
