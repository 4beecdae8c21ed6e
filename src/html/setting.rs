//! What `style` and `role` attributes say of how an element is set.

use crate::document::Setting;

pub(super) fn style(value: &str, setting: &mut Setting, is_block: &mut bool) {
    let mut rest = value;
    while !rest.is_empty() {
        let end = memchr::memchr(b';', rest.as_bytes()).unwrap_or(rest.len());
        let declaration = rest[..end].trim_start();
        rest = rest.get(end + 1..).unwrap_or("");
        if !declaration.starts_with(['d', 'D', 'w', 'W', 'v', 'V']) {
            continue;
        }
        let Some((name, value)) = declaration.split_once(':') else { continue };
        let (name, value) = (name.trim_end(), value.trim());
        let value = value.strip_suffix("!important").unwrap_or(value).trim_end();
        if name.eq_ignore_ascii_case("display") {
            if value.eq_ignore_ascii_case("none") {
                setting.set(Setting::HIDDEN, true);
            } else if value.eq_ignore_ascii_case("block") {
                *is_block = true;
            }
        } else if name.eq_ignore_ascii_case("visibility") && value.eq_ignore_ascii_case("hidden") {
            setting.set(Setting::HIDDEN, true);
        } else if name.eq_ignore_ascii_case("white-space")
            && value.get(..3).is_some_and(|v| v.eq_ignore_ascii_case("pre"))
        {
            // `pre-line` folds spaces as usual, and line breaks rarely matter there.
            setting.set(Setting::PRE, !value.eq_ignore_ascii_case("pre-line"));
        }
    }
}

pub(super) fn role(value: &str, setting: &mut Setting) {
    let bit = match value {
        "navigation" | "menu" | "menubar" | "tablist" => Setting::NAV,
        "banner" => Setting::HEADER,
        "contentinfo" => Setting::FOOTER,
        "complementary" => Setting::ASIDE,
        "search" | "form" => Setting::FORM,
        "main" => Setting::MAIN,
        "article" => Setting::ARTICLE,
        "dialog" | "alertdialog" => Setting::DIALOG,
        "button" => Setting::CONTROL,
        "figure" => Setting::FIGURE,
        _ => return,
    };
    setting.set(bit, true);
}
