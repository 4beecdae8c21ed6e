//! Measures `bodycopy dump` on a WARC of a gigabyte against unpacking it and cleaning its pages from memory.
//!
//!     cargo bench --features cli --bench dump -- DUMP.warc.gz
//!
//! The dump is repeated until it unpacks to a gigabyte, in the system's folder of temporary files. Times are the best of
//! three; processor time is that of all threads. Linux only: it reads `/proc`.

use bodycopy::Pipeline;
use bodycopy::dump::{Reader, Record};
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use std::{env, thread};

const UNPACKED: u64 = 1_000_000_000;
const TIMES: usize = 3;

/// Wall and processor time in seconds, and peak memory in MB.
#[derive(Clone, Copy)]
struct Cost {
    wall: f64,
    cpu: f64,
    memory: f64,
}

fn main() {
    let Some(dump) = env::args().skip(1).find(|arg| !arg.starts_with('-')) else {
        println!("skipped: name a dump, `cargo bench --features cli --bench dump -- DUMP.warc.gz`");
        return;
    };
    let folder = env::temp_dir().join(format!("bodycopy-bench-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    let (records, bytes) = load(&dump);
    let copies = UNPACKED.div_ceil(bytes);
    let big = folder.join("big.warc.gz");
    let packed = fs::read(&dump).unwrap();
    let mut out = File::create(&big).unwrap();
    (0..copies).for_each(|_| out.write_all(&packed).unwrap());
    drop(out);
    println!("{} pages, {:.2} GB unpacked", records.len() as u64 * copies, (bytes * copies) as f64 / 1e9);

    let unpack = best(|| child(Command::new("zcat").arg(&big).stdout(Stdio::null())));
    show("unpacking alone, zcat", unpack);
    let memory = best(|| from_memory(&records, copies));
    show("cleaning from memory, one thread", memory);
    let mut costs = Vec::new();
    for jobs in ["1", "2"] {
        let cost = best(|| {
            let target = folder.join("out/");
            _ = fs::remove_dir_all(&target);
            let mut command = Command::new(env!("CARGO_BIN_EXE_bodycopy"));
            child(command.args(["dump", "-q", "--jobs", jobs, "-o"]).arg(format!("{}/", target.display())).arg(&big))
        });
        show(&format!("bodycopy dump --jobs {jobs}"), cost);
        costs.push(cost);
    }
    let ratio = costs[0].cpu / (unpack.cpu + memory.cpu);
    println!("processor time against unpacking plus cleaning: {ratio:.2} (at most 1.25)");
    println!("two jobs against one: {:.2} times as fast (at least 1.8)", costs[0].wall / costs[1].wall);
    println!("peak memory: {:.0} MB (at most 300)", costs.iter().map(|cost| cost.memory).fold(0.0, f64::max));
    fs::remove_dir_all(folder).unwrap();
}

fn show(what: &str, cost: Cost) {
    println!("{what:34} {:6.2} s, processor {:6.2} s, {:4.0} MB", cost.wall, cost.cpu, cost.memory);
}

fn best(mut measure: impl FnMut() -> Cost) -> Cost {
    let costs: Vec<Cost> = (0..TIMES).map(|_| measure()).collect();
    let least = |of: fn(&Cost) -> f64| costs.iter().map(of).fold(f64::INFINITY, f64::min);
    Cost { wall: least(|c| c.wall), cpu: least(|c| c.cpu), memory: costs.iter().map(|c| c.memory).fold(0.0, f64::max) }
}

/// Reads the records, and tells how many bytes the dump unpacks to.
fn load(dump: &str) -> (Vec<Record>, u64) {
    let records = Reader::open(dump).unwrap().filter_map(Result::ok).collect();
    let mut packed = flate2::read::MultiGzDecoder::new(File::open(dump).unwrap());
    (records, io::copy(&mut packed, &mut io::sink()).unwrap())
}

fn from_memory(records: &[Record], copies: u64) -> Cost {
    let pipeline = Pipeline::default();
    let (start, before) = (Instant::now(), ticks(13));
    let mut bytes = 0;
    for _ in 0..copies {
        bytes += records.iter().map(|record| pipeline.clean(record.page()).text().len()).sum::<usize>();
    }
    assert!(bytes > 0);
    Cost { wall: start.elapsed().as_secs_f64(), cpu: ticks(13) - before, memory: 0.0 }
}

fn child(command: &mut Command) -> Cost {
    let (start, before) = (Instant::now(), ticks(15));
    let mut child = command.spawn().unwrap();
    let status = format!("/proc/{}/status", child.id());
    let mut memory: f64 = 0.0;
    let code = loop {
        memory = memory.max(peak(Path::new(&status)).unwrap_or_default());
        if let Some(code) = child.try_wait().unwrap() {
            break code;
        }
        thread::sleep(Duration::from_millis(5));
    };
    assert!(code.success(), "{command:?} ended with {code}");
    Cost { wall: start.elapsed().as_secs_f64(), cpu: ticks(15) - before, memory }
}

fn peak(status: &Path) -> Option<f64> {
    let text = fs::read_to_string(status).ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(line.trim().trim_end_matches(" kB").parse::<f64>().ok()? / 1000.0)
}

/// Returns the processor time of this process (field 13) or of its children (field 15), in seconds.
fn ticks(field: usize) -> f64 {
    let stat = fs::read_to_string("/proc/self/stat").unwrap();
    let rest = stat.rsplit_once(") ").unwrap().1;
    let number = |i: usize| rest.split(' ').nth(i - 2).unwrap().parse::<f64>().unwrap();
    (number(field) + number(field + 1)) / 100.0
}
