//! The result as JSON, written by hand so that the plain library needs no JSON crate.

use super::Cleaned;
use crate::span::Span;
use std::fmt::Write;

pub(super) fn write(cleaned: &Cleaned) -> String {
    let mut out = String::from("{");
    field(&mut out, "text", &cleaned.text());
    for (name, value) in [
        ("headline", cleaned.headline()),
        ("byline", cleaned.byline()),
        ("date", cleaned.date()),
        ("language", cleaned.language()),
    ] {
        out.push(',');
        match value {
            Some(value) => field(&mut out, name, value),
            None => _ = write!(out, "\"{name}\":null"),
        }
    }
    out.push(',');
    field(&mut out, "status", &cleaned.status().to_string());
    out.push(',');
    field(&mut out, "origin", &cleaned.origin().to_string());
    if cleaned.is_mended() {
        out.push_str(",\"mended\":true");
    }
    out.push(',');
    field(&mut out, "rules", cleaned.rules_version());
    out.push_str(",\"blocks\":[");
    for (i, kept) in cleaned.kept().iter().enumerate() {
        out.push_str(if i > 0 { ",{" } else { "{" });
        field(&mut out, "role", kept.role.name());
        if kept.level > 0 {
            _ = write!(out, ",\"level\":{}", kept.level);
        }
        out.push(',');
        field(&mut out, "text", &kept.text);
        out.push_str(",\"spans\":[");
        for (j, &s) in kept.spans.iter().enumerate() {
            if j > 0 {
                out.push(',');
            }
            span(&mut out, s);
        }
        out.push(']');
        if let Some(rule) = kept.rule {
            out.push(',');
            field(&mut out, "rule", rule);
        }
        if let Some(reason) = &kept.reason {
            out.push(',');
            field(&mut out, "reason", reason);
        }
        out.push('}');
    }
    out.push_str("],\"removals\":[");
    for (i, removal) in cleaned.removals().iter().enumerate() {
        out.push_str(if i > 0 { ",{" } else { "{" });
        out.push_str("\"span\":");
        span(&mut out, removal.span);
        out.push(',');
        field(&mut out, "rule", removal.rule);
        out.push(',');
        field(&mut out, "category", &removal.category.to_string());
        if let Some(role) = removal.role {
            out.push(',');
            field(&mut out, "role", role.name());
        }
        out.push(',');
        field(&mut out, "reason", &removal.reason.to_string());
        out.push('}');
    }
    out.push_str("]}");
    out
}

fn span(out: &mut String, span: Span) {
    _ = write!(out, "[{},{}]", span.start, span.end);
}

fn field(out: &mut String, name: &str, value: &str) {
    _ = write!(out, "\"{name}\":");
    string(out, value);
}

/// Writes a JSON string.
fn string(out: &mut String, value: &str) {
    out.push('"');
    for ch in value.chars() {
        match ch {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\u{2028}' | '\u{2029}' => _ = write!(out, "\\u{:04x}", u32::from(ch)),
            ch if ch < ' ' || ch == '\u{7f}' => _ = write!(out, "\\u{:04x}", u32::from(ch)),
            ch => out.push(ch),
        }
    }
    out.push('"');
}
