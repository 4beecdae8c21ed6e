//! WARC, WET and ARC, plain and packed: whole as in pieces, one thread as three, every record accounted for.
#![no_main]

use bodycopy_fuzz::dumps;
use flate2::Compression;
use flate2::write::GzEncoder;
use std::io::Write;

/// Packs a dump in members of so many bytes.
fn packed(bytes: &[u8], how: u8) -> Vec<u8> {
    let size = [usize::MAX, 40, 300][how as usize % 3];
    let gzip = |member: &[u8]| {
        let mut out = GzEncoder::new(Vec::new(), Compression::fast());
        out.write_all(member).unwrap();
        out.finish().unwrap()
    };
    let members = bytes.chunks(size.min(bytes.len().max(1)));
    match how % 9 {
        0..6 => bytes.to_vec(),
        6 | 7 => members.flat_map(gzip).collect(),
        _ => members.flat_map(|member| zstd::encode_all(member, 1).unwrap()).collect(),
    }
}

libfuzzer_sys::fuzz_target!(|input: (u8, u8, u8, &[u8])| {
    let (how, step, flip, bytes) = input;
    let mut dump = packed(bytes, how);
    // Damage of what is packed, which a fuzzer would hardly find by itself.
    if how > 128 && !dump.is_empty() {
        let at = flip as usize * dump.len() / 256;
        dump[at] ^= step | 1;
    }
    dumps::check_dump(&dump, step as usize, how % 16 == 0);
});
