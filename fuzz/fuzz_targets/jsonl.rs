//! JSON Lines: whole as in pieces, one thread as three, every line accounted for.
#![no_main]

use bodycopy_fuzz::dumps;

libfuzzer_sys::fuzz_target!(|input: (u8, &[u8])| {
    let (step, bytes) = input;
    dumps::check_dump(&[b"{\"text\":\"It rains.\"}\n", bytes].concat(), step as usize, step % 16 == 0);
    dumps::check_dump(bytes, step as usize, false);
});
