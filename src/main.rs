//! The command.
use std::io::Read;
fn main() {
    let args: Vec<String> = std::env::args().collect();
    #[cfg(feature = "fit")]
    if args[1] == "fit" {
        use bodycopy::fit::Input;
        let dir = "/work/shared/corpus";
        let input = |set: &str, tool: Option<&str>, weight: f32| Input {
            name: tool.map_or(set.to_owned(), |t| format!("{t}/{set}")),
            path: tool.map_or(format!("{dir}/html/{set}.jsonl.zst"), |t| format!("{dir}/flat/{t}/{set}.jsonl.zst")),
            field: if tool.is_some() { "flat" } else { "html" }.to_owned(),
            weight,
        };
        let (inputs, regime) = match args[2].as_str() {
            "markup" => (vec![input("fundus", None, 1.0), input("atf-news", None, 1.0), input("wcxb-dev", None, 0.4), input("magic-html", None, 0.7), input("mozilla-readability", None, 0.3), input("newspaper4k", None, 0.3)], bodycopy::Regime::Markup),
            "residue" => (["fundus", "atf-news", "wcxb-dev", "magic-html"].into_iter().zip([1.0, 1.0, 0.3, 0.6]).map(|(s, w)| input(s, Some("resiliparse_main"), w)).collect(), bodycopy::Regime::Residue),
            _ => {
                let mut v = vec![];
                for tool in ["resiliparse", "wet", "inscriptis", "html2text", "lynx"] {
                    for (s, w) in [("fundus", 1.0), ("atf-news", 1.0), ("wcxb-dev", 0.3), ("magic-html", 0.6)] {
                        v.push(input(s, Some(tool), w));
                    }
                }
                (v, bodycopy::Regime::Full)
            }
        };
        let (table, report) = bodycopy::fit::fit(&inputs, regime, args.get(3).map_or(0.0003, |l| l.parse().unwrap())).unwrap();
        println!("{report}");
        std::fs::write(format!("src/rules/data/main_region.{}.tsv", args[2]), table).unwrap();
        return;
    }
    let mut s = String::new();
    std::io::stdin().read_to_string(&mut s).unwrap();
    let p = bodycopy::Pipeline::default();
    let c = p.clean(if args[1] == "html" { bodycopy::Page::html(&s) } else { bodycopy::Page::text(&s) });
    println!("{}", c.text());
}
