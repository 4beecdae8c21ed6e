//! A folder with a manifest of a run that was ended, or of no run at all, and a run that goes on there.
#![no_main]

use bodycopy::Pipeline;
use bodycopy::dump::{Progress, Run, To, outputs_of, summary_of};
use std::fs;
use std::path::{Component, Path, PathBuf};
use std::sync::LazyLock;
use std::sync::atomic::AtomicBool;

static PIPELINE: LazyLock<Pipeline> = LazyLock::new(|| Pipeline::builder().only(["share-bar"]).build().unwrap());
const LINES: &str = "{\"id\":1,\"text\":\"It rains.\"}\n{\"id\":2}\n";

/// The folder that holds it all; the input stands in it, and beside the output a file that nobody may touch.
static FOLDER: LazyLock<PathBuf> = LazyLock::new(|| {
    let memory = Path::new("/dev/shm");
    let folder = if memory.is_dir() { memory.to_owned() } else { std::env::temp_dir() };
    let folder = folder.join(format!("bodycopy-fuzz-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("a.jsonl"), LINES).unwrap();
    fs::write(folder.join("untouched"), "mine").unwrap();
    folder
});

libfuzzer_sys::fuzz_target!(|input: (bool, bool, &[u8], &[u8])| {
    let (resume, mix, manifest, output) = input;
    let out = FOLDER.join("out");
    _ = fs::remove_dir_all(&out);
    fs::create_dir_all(&out).unwrap();
    // The settings of the run are put into the header, so that it is taken for one of its own.
    let header = b"{\"bodycopy\":\"0.1.0\",\"rules\":\"1\",\"settings\":\"to=Jsonl blocks=false removals=false sidecar=None shard=268435456\"}\n";
    fs::write(out.join("manifest.jsonl"), [if mix { &b""[..] } else { header }, manifest].concat()).unwrap();
    fs::write(out.join("a.jsonl"), output).unwrap();
    if let Ok(outputs) = outputs_of(&out) {
        let inside = |path: &String| Path::new(path).components().all(|part| matches!(part, Component::Normal(_)));
        assert!(outputs.iter().all(inside), "{outputs:?}");
    }
    _ = summary_of(&out);
    let run = Run::new([FOLDER.join("a.jsonl")], &out).to(To::Jsonl).resume(resume).overwrite(!resume).mix(mix);
    if let Ok(report) = run.start(&PIPELINE, &AtomicBool::new(false), &Progress::default()) {
        assert_eq!((report.inputs, report.done), (1, 1));
        if report.kept == 0 {
            let text = fs::read_to_string(out.join("a.jsonl")).unwrap();
            assert!(text.lines().count() == 1 && text.contains("It rains."), "{text}");
        }
    }
    assert_eq!(fs::read(FOLDER.join("untouched")).unwrap(), b"mine");
    assert_eq!(fs::read_dir(&*FOLDER).unwrap().count(), 3, "something stands beside the output");
});
