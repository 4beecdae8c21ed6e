//! The command.
use std::io::Read;
fn main() {
    let arg = std::env::args().nth(1).unwrap_or_default();
    let mut s = String::new();
    std::io::stdin().read_to_string(&mut s).unwrap();
    let p = bodycopy::Pipeline::default();
    let c = p.clean(if arg == "html" { bodycopy::Page::html(&s) } else { bodycopy::Page::text(&s) });
    println!("{}", c.text());
}
