//! The language of a text, as its script or its small words give it away.

/// Small words that are frequent in one language and rare in the others of the list.
const SMALL_WORDS: &[(&str, &[&str])] = &[
    ("en", &["the", "and", "of", "that", "with", "was", "for", "his"]),
    ("de", &["der", "und", "nicht", "das", "ist", "mit", "auf", "ein"]),
    ("fr", &["les", "des", "est", "dans", "une", "pour", "qui", "sur"]),
    ("es", &["los", "las", "una", "por", "con", "del", "para", "como"]),
    ("pt", &["não", "uma", "com", "dos", "os", "mais", "foi", "ao"]),
    ("it", &["che", "della", "una", "sono", "nel", "gli", "più", "alla"]),
    ("nl", &["het", "een", "van", "niet", "zijn", "aan", "voor", "ook"]),
    ("pl", &["nie", "się", "jest", "na", "że", "przez", "od", "jak"]),
    ("tr", &["bir", "ve", "bu", "için", "ile", "olarak", "daha", "çok"]),
    ("id", &["yang", "dan", "dengan", "untuk", "dari", "ini", "pada", "tidak"]),
    ("sv", &["och", "att", "det", "som", "är", "inte", "till", "för"]),
    ("da", &["og", "det", "ikke", "til", "af", "er", "på", "blev"]),
];

/// Words that are looked at.
const MOST_WORDS: usize = 2000;
/// A language's small words must be at least this share of all, which is half of what running text has.
const FEWEST: f32 = 0.04;

/// Returns the ISO 639-1 code of a text's language, when its script or its small words leave little doubt.
pub(super) fn of(text: &str) -> Option<&'static str> {
    by_script(text).or_else(|| by_words(text))
}

fn by_script(text: &str) -> Option<&'static str> {
    let mut counts = [
        ("ko", 0u32),
        ("ja", 0),
        ("zh", 0),
        ("ar", 0),
        ("hi", 0),
        ("th", 0),
        ("ru", 0),
        ("uk", 0),
        ("el", 0),
        ("he", 0),
    ];
    let (mut letters, mut persian) = (0u32, 0u32);
    for ch in text.chars().filter(|c| c.is_alphabetic()).take(MOST_WORDS * 6) {
        letters += 1;
        let at = match ch {
            '\u{ac00}'..='\u{d7a3}' => 0,
            '\u{3040}'..='\u{30ff}' => 1,
            '\u{4e00}'..='\u{9fff}' => 2,
            '\u{600}'..='\u{6ff}' => {
                persian += u32::from(matches!(ch, 'پ' | 'چ' | 'ژ' | 'گ'));
                3
            }
            '\u{900}'..='\u{97f}' => 4,
            '\u{e00}'..='\u{e7f}' => 5,
            'і' | 'ї' | 'є' | 'ґ' => 7,
            '\u{400}'..='\u{4ff}' => 6,
            '\u{370}'..='\u{3ff}' => 8,
            '\u{590}'..='\u{5ff}' => 9,
            _ => continue,
        };
        counts[at].1 += 1;
    }
    let count = |at: usize| counts[at].1;
    let most = |share: u32, n: u32| n * 10 > letters * share;
    match () {
        () if letters == 0 => None,
        () if most(4, count(0)) => Some("ko"),
        // Japanese mixes kana with Han; Chinese has none.
        () if most(4, count(1) + count(2)) => Some(if count(1) * 10 > count(2) { "ja" } else { "zh" }),
        () if most(5, count(3)) => Some(if persian * 50 > count(3) { "fa" } else { "ar" }),
        () if most(5, count(6) + count(7)) => Some(if count(7) * 40 > count(6) { "uk" } else { "ru" }),
        () => [4, 5, 8, 9].into_iter().find(|&at| most(5, count(at))).map(|at| counts[at].0),
    }
}

fn by_words(text: &str) -> Option<&'static str> {
    let mut hits = [0u32; SMALL_WORDS.len()];
    let mut all = 0u32;
    for word in text.split(|c: char| !c.is_alphabetic()).filter(|w| !w.is_empty()).take(MOST_WORDS) {
        all += 1;
        let word = word.to_lowercase();
        for (hit, (_, words)) in hits.iter_mut().zip(SMALL_WORDS) {
            *hit += u32::from(words.contains(&word.as_str()));
        }
    }
    let best = (0..hits.len()).max_by_key(|&i| hits[i])?;
    let second = (0..hits.len()).filter(|&i| i != best).map(|i| hits[i]).max()?;
    let is_clear = hits[best] as f32 >= FEWEST * all as f32 && hits[best] >= 3 && hits[best] * 2 >= second * 3;
    is_clear.then_some(SMALL_WORDS[best].0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_and_small_words_tell() {
        for (text, language) in [
            ("다리는 월요일에 열렸다고 시가 밝혔다.", Some("ko")),
            ("橋は月曜日に開通した、と市は発表した。", Some("ja")),
            ("本报讯，大桥周一通车，市民欢迎。", Some("zh")),
            ("أعلن المجلس إغلاق الجسر القديم.", Some("ar")),
            ("Мост закрыт до июня, сообщил совет.", Some("ru")),
            ("Міст закрито до червня, повідомила міська рада.", Some("uk")),
            ("The bridge was closed for the day, and the town said that it was safe.", Some("en")),
            ("Die Brücke ist zu, und der Rat will das nicht ändern: mit Recht.", Some("de")),
            ("12 34", None),
            ("Velden Aune", None),
        ] {
            assert_eq!(of(text), language, "{text}");
        }
    }
}
