//! Runs the program, for tests.

#![allow(dead_code)]

use flate2::read::MultiGzDecoder;
use flate2::write::GzEncoder;
use std::fs;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// A folder of a test's own, removed at its end.
pub struct Folder(pub PathBuf);

impl Folder {
    pub fn new(test: &str) -> Self {
        let path = std::env::temp_dir().join(format!("bodycopy-cli-{}-{test}", std::process::id()));
        _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    /// Writes a file and returns its path.
    pub fn file(&self, name: &str, bytes: impl AsRef<[u8]>) -> String {
        fs::write(self.0.join(name), bytes).unwrap();
        self.path(name)
    }

    pub fn path(&self, name: &str) -> String {
        self.0.join(name).to_str().unwrap().to_owned()
    }

    /// Returns the names of the files, sorted.
    pub fn names(&self) -> Vec<String> {
        names(&self.0)
    }
}

pub fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<_> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

impl Drop for Folder {
    fn drop(&mut self) {
        _ = fs::remove_dir_all(&self.0);
    }
}

pub struct Output {
    pub code: i32,
    pub out: String,
    pub err: String,
}

pub fn spawn(args: &[&str]) -> Child {
    Command::new(env!("CARGO_BIN_EXE_bodycopy"))
        .args(args)
        .env_remove("COLUMNS")
        .env_remove("CLICOLOR_FORCE")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

pub fn bodycopy(args: &[&str], stdin: impl AsRef<[u8]>) -> Output {
    let mut child = spawn(args);
    let mut pipe = child.stdin.take().unwrap();
    let stdin = stdin.as_ref().to_vec();
    // In a thread of its own: the program may fill its output before it has read all.
    let feed = std::thread::spawn(move || _ = pipe.write_all(&stdin));
    let output = child.wait_with_output().unwrap();
    feed.join().unwrap();
    let text = |bytes| String::from_utf8(bytes).expect("the program writes UTF-8");
    Output { code: output.status.code().unwrap(), out: text(output.stdout), err: text(output.stderr) }
}

#[track_caller]
pub fn ok(args: &[&str], stdin: impl AsRef<[u8]>) -> String {
    let output = bodycopy(args, stdin);
    assert_eq!((output.code, output.err.as_str()), (0, ""), "{args:?}");
    output.out
}

/// Runs what must fail with code 2, and returns its one line of error.
#[track_caller]
pub fn refused(args: &[&str]) -> String {
    let output = bodycopy(args, "");
    assert_eq!((output.code, output.out.as_str()), (2, ""), "{args:?}: {}", output.err);
    output.err
}

pub fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut out = GzEncoder::new(Vec::new(), Default::default());
    out.write_all(bytes).unwrap();
    out.finish().unwrap()
}

pub fn gunzip(path: &str) -> String {
    let mut text = String::new();
    MultiGzDecoder::new(fs::File::open(path).unwrap()).read_to_string(&mut text).unwrap();
    text
}

pub fn unzstd(path: &str) -> String {
    String::from_utf8(zstd::decode_all(fs::File::open(path).unwrap()).unwrap()).unwrap()
}

/// Returns a dump of this many records.
pub fn dump(n: usize) -> String {
    (0..n)
        .map(|i| format!("{{\"id\":{i},\"text\":\"Page {i}.\\n\\nFacebook\\n\\n{}\"}}\n", "More. ".repeat(i % 37)))
        .collect()
}

/// Returns the values of a field, a line each.
pub fn field(lines: &str, name: &str) -> Vec<serde_json::Value> {
    lines.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap()[name].clone()).collect()
}
