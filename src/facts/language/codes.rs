//! Codes of languages, as pages write them.

/// Codes and names that pages write for a language, and its code in ISO 639-1.
const OTHER_CODES: &[(&str, &str)] = &[
    ("ara", "ar"),
    ("arabic", "ar"),
    ("ces", "cs"),
    ("chi", "zh"),
    ("chinese", "zh"),
    ("cn", "zh"),
    ("cz", "cs"),
    ("cze", "cs"),
    ("dan", "da"),
    ("deu", "de"),
    ("deutsch", "de"),
    ("dut", "nl"),
    ("ell", "el"),
    ("eng", "en"),
    ("english", "en"),
    ("español", "es"),
    ("fas", "fa"),
    ("fin", "fi"),
    ("fra", "fr"),
    ("français", "fr"),
    ("fre", "fr"),
    ("french", "fr"),
    ("ger", "de"),
    ("german", "de"),
    ("gr", "el"),
    ("gre", "el"),
    ("heb", "he"),
    ("hin", "hi"),
    ("hun", "hu"),
    ("in", "id"),
    ("ind", "id"),
    ("italian", "it"),
    ("ita", "it"),
    ("iw", "he"),
    ("japanese", "ja"),
    ("jp", "ja"),
    ("jpn", "ja"),
    ("kor", "ko"),
    ("korean", "ko"),
    ("kr", "ko"),
    ("nld", "nl"),
    ("nor", "no"),
    ("per", "fa"),
    ("pol", "pl"),
    ("por", "pt"),
    ("portuguese", "pt"),
    ("ron", "ro"),
    ("rum", "ro"),
    ("rus", "ru"),
    ("russian", "ru"),
    ("spa", "es"),
    ("spanish", "es"),
    ("swe", "sv"),
    ("tha", "th"),
    ("tur", "tr"),
    ("turkish", "tr"),
    ("ua", "uk"),
    ("ukr", "uk"),
    ("vie", "vi"),
    ("vn", "vi"),
    ("zho", "zh"),
];

/// Returns the code of ISO 639-1 in a language tag: `de-AT` is `de`, `eng` is `en`. Tags that have none keep their three
/// letters.
pub(super) fn code(tag: &str) -> Option<String> {
    let first = tag.trim().split(['-', '_', ',', ';', ' ']).next()?.to_lowercase();
    if let Some(&(_, code)) = OTHER_CODES.iter().find(|&&(other, _)| other == first) {
        return Some(code.to_owned());
    }
    let is_code = matches!(first.len(), 2 | 3) && first.bytes().all(|b| b.is_ascii_lowercase());
    (is_code && !matches!(first.as_str(), "und" | "mul" | "zxx" | "xx")).then_some(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_become_codes() {
        for (tag, expect) in [
            ("de-AT", Some("de")),
            ("en_US", Some("en")),
            ("ENG", Some("en")),
            ("Deutsch", Some("de")),
            ("jp", Some("ja")),
            ("fil", Some("fil")),
            ("zh-Hant-TW", Some("zh")),
            ("und", None),
            ("", None),
            ("{{lang}}", None),
        ] {
            assert_eq!(code(tag).as_deref(), expect, "{tag}");
        }
    }
}
