//! Hosts of addresses, and what files they lead to.

/// Returns the host that a text starts with, which is an address behind its `//`.
pub(crate) fn host(rest: &str) -> &str {
    let end = rest.bytes().position(|b| matches!(b, b'/' | b'?' | b'#' | b':')).unwrap_or(rest.len());
    &rest[..end]
}

/// Returns what hosts of one owner share, near enough: the last two labels, or three below `co`, `com` and the like.
pub(crate) fn site(host: &str) -> &str {
    let mut dots = memchr::memrchr_iter(b'.', host.as_bytes());
    let Some(last) = dots.next() else { return host };
    let Some(second) = dots.next() else { return host };
    let is_below = matches!(&host[second + 1..last], "co" | "com" | "org" | "net" | "gov" | "ac" | "or" | "ne" | "edu");
    match dots.next() {
        Some(third) if is_below => &host[third + 1..],
        None if is_below => host,
        _ => &host[second + 1..],
    }
}

/// Returns whether what stands behind the last dot of a file's name says that it is a picture, in letters of either case.
pub(crate) fn is_of_picture(suffix: &[u8]) -> bool {
    const PICTURES: [&[u8]; 7] = [b"jpg", b"jpeg", b"png", b"gif", b"svg", b"webp", b"avif"];
    PICTURES.iter().any(|picture| suffix.eq_ignore_ascii_case(picture))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_of_one_owner_are_one_site() {
        for (host, expect) in [
            ("velden-post.example", "velden-post.example"),
            ("shop.velden-post.example", "velden-post.example"),
            ("www.post.co.uk", "post.co.uk"),
            ("post.co.uk", "post.co.uk"),
            ("a.b.post.co.uk", "post.co.uk"),
            ("localhost", "localhost"),
        ] {
            assert_eq!(site(host), expect);
        }
    }
}
