//! Keeps the house in order: which module may use which, what each rule's file says, and that generated tables are current.

use bodycopy::{Pipeline, Rule};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::fs;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn sources(dir: &Path, out: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, out);
        } else if path.extension().is_some_and(|e| e == "rs") {
            out.push(path);
        }
    }
}

/// What a module must not use, besides those that use it themselves.
const FORBIDDEN: &[(&str, &[&str])] = &[
    ("phrases", &["html", "text"]),
    ("rules", &["text"]),
    ("article", &["html", "text"]),
    ("dump", &["document", "finding", "html", "rule", "rules", "text"]),
];

/// Returns which module of the library uses which, and in which file: `crate::` before its name or that of one of its items.
fn arrows() -> BTreeMap<String, BTreeMap<String, String>> {
    let src = root().join("src");
    let lib = fs::read_to_string(src.join("lib.rs")).unwrap();
    let mut homes = HashMap::new();
    for line in lib.lines() {
        if let Some((home, items)) = line.strip_prefix("pub use ").and_then(|line| line.split_once("::")) {
            let items = items.trim_matches(['{', '}', ';']).split(", ");
            homes.extend(items.map(|item| (item.to_owned(), home.to_owned())));
        }
    }
    let mut files = Vec::new();
    sources(&src, &mut files);
    let mut arrows = BTreeMap::new();
    for file in files {
        let relative = file.strip_prefix(&src).unwrap().to_string_lossy().replace('\\', "/");
        let module = relative.split(['/', '.']).next().unwrap();
        if ["lib", "main", "cli"].contains(&module) || relative.ends_with("tests.rs") {
            continue;
        }
        let uses: &mut BTreeMap<_, _> = arrows.entry(module.to_owned()).or_default();
        let text = fs::read_to_string(&file).unwrap();
        let code = text.lines().take_while(|line| !line.starts_with("#[cfg(test)]"));
        for line in code.filter(|line| !line.trim_start().starts_with("//")) {
            for after in line.split("crate::").skip(1) {
                let names = after.strip_prefix('{').and_then(|group| group.split('}').next()).unwrap_or(after);
                let is_group = names.len() < after.len();
                for name in names.split(", ").take(if is_group { usize::MAX } else { 1 }) {
                    let name = name.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap();
                    let used = homes.get(name).map_or(name, String::as_str);
                    if !used.is_empty() && used != module {
                        uses.insert(used.to_owned(), format!("{relative}: {}", line.trim()));
                    }
                }
            }
        }
    }
    arrows
}

#[test]
fn arrows_point_one_way() {
    let mut arrows = arrows();
    let mut faults = Vec::new();
    for (module, forbidden) in FORBIDDEN {
        faults.extend(forbidden.iter().filter_map(|used| arrows[*module].get(*used).cloned()));
    }
    // What uses nothing that is left, or is used by nothing, is taken away until only circles are.
    let is_end = |arrows: &BTreeMap<String, BTreeMap<String, String>>, module: &str| {
        arrows[module].is_empty() || !arrows.values().any(|uses| uses.contains_key(module))
    };
    while let Some(module) = arrows.keys().find(|module| is_end(&arrows, module)).cloned() {
        arrows.remove(&module);
        arrows.values_mut().for_each(|uses| _ = uses.remove(&module));
    }
    faults.extend(arrows.into_values().flat_map(BTreeMap::into_values));
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn each_rule_lives_in_the_file_of_its_name_and_says_what_it_does() {
    let pipeline = Pipeline::default();
    let mut names = HashSet::new();
    for meta in pipeline.rules() {
        assert!(names.insert(meta.name), "two rules are called {}", meta.name);
        let stem = meta.name.replace('-', "_");
        let dir = root().join("src/rules");
        let file = [dir.join(format!("{stem}.rs")), dir.join(&stem).join("mod.rs")].into_iter().find(|f| f.exists());
        let file = file.unwrap_or_else(|| panic!("rule {} has no file {stem}.rs", meta.name));
        let text = fs::read_to_string(&file).unwrap();
        let first = text.lines().next().unwrap();
        let verbs = ["//! Strips ", "//! Names ", "//! Protects "];
        assert!(verbs.iter().any(|verb| first.starts_with(verb)), "{}: {first}", file.display());
        let headings = match first.starts_with("//! Protects") {
            true => ["//! # What it protects", "//! # Why it is body", "//! # What it must not protect"],
            false => ["//! # What it strips", "//! # Why it is boilerplate", "//! # What it must keep"],
        };
        for heading in headings {
            assert!(text.contains(heading), "{} lacks “{heading}”", file.display());
        }
        assert!(!meta.summary.ends_with('.') && !meta.summary.is_empty(), "{}: the summary is a phrase", meta.name);
        let is_kebab = meta.name.chars().all(|c| c.is_ascii_lowercase() || c == '-');
        assert!(is_kebab, "{} is not kebab-case", meta.name);
    }
}

#[test]
fn phrase_lists_are_sorted_and_no_phrase_is_in_two() {
    let dir = root().join("src/rules/data");
    let mut owners: std::collections::HashMap<String, String> = Default::default();
    let mut faults = Vec::new();
    for entry in fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let text = fs::read_to_string(&path).unwrap();
        if !name.ends_with(".txt") || !text.contains('\t') {
            continue;
        }
        assert!(text.starts_with("# "), "{name} does not say where it comes from");
        let lines: Vec<&str> = text.lines().filter(|l| !l.starts_with('#') && !l.is_empty()).collect();
        if let Some(pair) = lines.windows(2).find(|pair| pair[0] >= pair[1]) {
            faults.push(format!("{name}: {:?} does not come before {:?}", pair[0], pair[1]));
        }
        for line in lines {
            let mut fields = line.split('\t');
            let (how, phrase) = (fields.next().unwrap(), fields.nth(1).unwrap_or(""));
            if let Some(other) = owners.insert(format!("{how} {phrase}"), name.clone()) {
                faults.push(format!("{phrase:?} is in {other} and {name}"));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// A name in two rules is stripped by the second where the first has reason to keep it.
#[test]
fn no_name_is_in_two_rules() {
    let pipeline = Pipeline::default();
    let mut owners = std::collections::HashMap::new();
    for meta in pipeline.rules() {
        for name in meta.names {
            if let Some(other) = owners.insert(name, meta.name) {
                panic!("{name} is in {other} and {}", meta.name);
            }
        }
    }
}

/// The table of rules, as the two READMEs hold it.
fn table() -> String {
    let mut table = String::from("| rule | category | what |\n|---|---|---|\n");
    for meta in Pipeline::default().rules() {
        table += &format!("| `{}` | {} | {} |\n", meta.name, meta.category, meta.summary);
    }
    table
}

/// Set `BODYCOPY_BLESS=1` to write the tables anew.
#[test]
fn tables_of_rules_are_current() {
    for file in ["README.md", "src/rules/README.md"] {
        let path = root().join(file);
        let text = fs::read_to_string(&path).unwrap_or_default();
        let (from, to) = ("<!-- rules -->\n", "<!-- /rules -->");
        let (Some(start), Some(end)) = (text.find(from), text.find(to)) else {
            panic!("{file} has no place for the table of rules")
        };
        let current = &text[start + from.len()..end];
        if current != table() {
            assert!(
                std::env::var_os("BODYCOPY_BLESS").is_some(),
                "{file} is out of date: run the test with BODYCOPY_BLESS=1"
            );
            fs::write(&path, format!("{}{from}{}{}", &text[..start], table(), &text[end..])).unwrap();
        }
    }
}

#[test]
fn nothing_is_unsafe_and_nothing_names_the_workshop() {
    let mut files = Vec::new();
    sources(&root().join("src"), &mut files);
    sources(&root().join("tests"), &mut files);
    for file in files {
        let text = fs::read_to_string(&file).unwrap();
        assert!(!text.contains(concat!("uns", "afe {")), "{} has an unsafe block", file.display());
        assert!(!text.contains(concat!("/wo", "rk/")), "{} names a path of one machine", file.display());
    }
}

/// The trait stays usable as an object, which the pipeline needs.
#[test]
fn rules_are_objects() {
    fn takes(_: Option<&dyn Rule>) {}
    takes(None);
}
