//! Which blocks of a page are in its gold text: finds the best chain of blocks in gold order.

use super::words::Bag;
use std::collections::HashMap;

/// Words in a row that tie a block to a place in the gold.
const SHINGLE: usize = 4;
/// Places in the gold that one block is tried at.
const PLACES: usize = 6;

/// A block's place in the gold: from which word on, and how many of its words are there.
#[derive(Clone, Copy)]
struct Place {
    block: usize,
    start: i64,
    hits: u32,
}

/// Returns for each block the share of its words that stand in the gold, at a place of their own.
pub(crate) fn coverage(blocks: &[Vec<u32>], gold: &[u32]) -> Vec<f32> {
    let mut shingles: HashMap<&[u32], Vec<u32>> = HashMap::new();
    for (i, shingle) in gold.windows(SHINGLE).enumerate() {
        shingles.entry(shingle).or_default().push(i as u32);
    }
    let mut places = Vec::new();
    for (block, words) in blocks.iter().enumerate().filter(|(_, words)| words.len() >= SHINGLE) {
        let mut offsets: HashMap<i64, u32> = HashMap::new();
        for (j, shingle) in words.windows(SHINGLE).enumerate() {
            for &at in shingles.get(shingle).into_iter().flatten().take(PLACES) {
                *offsets.entry((i64::from(at) - j as i64) / 8).or_default() += 1;
            }
        }
        let mut offsets: Vec<_> = offsets.into_iter().collect();
        offsets.sort_by_key(|&(at, hits)| (std::cmp::Reverse(hits), at));
        for &(at, _) in offsets.iter().take(3) {
            let start = at * 8;
            let from = start.max(0) as usize;
            let to = (start + words.len() as i64 + 16).clamp(0, gold.len() as i64) as usize;
            let hits = Bag::new(&gold[from.min(to)..to]).take_all(words) as u32;
            if hits * 2 >= words.len() as u32 {
                places.push(Place { block, start, hits });
            }
        }
    }
    let mut out = vec![0.0; blocks.len()];
    let mut taken = vec![false; gold.len()];
    for place in chain(&places) {
        take(&mut out, &mut taken, blocks, gold, place, 4);
    }
    // Blocks out of order: a summary that the gold has first.
    let mut rest: Vec<&Place> = places.iter().filter(|p| out[p.block] == 0.0).collect();
    rest.sort_by_key(|p| std::cmp::Reverse(p.hits));
    for &place in rest {
        if out[place.block] == 0.0 {
            let from = place.start.clamp(0, gold.len() as i64) as usize;
            let to = (from + blocks[place.block].len()).min(gold.len());
            let free = taken[from..to].iter().filter(|&&t| !t).count();
            if free * 10 > (to - from) * 8 {
                take(&mut out, &mut taken, blocks, gold, place, 0);
            }
        }
    }
    short(&mut out, &mut taken, blocks, gold);
    out
}

fn take(out: &mut [f32], taken: &mut [bool], blocks: &[Vec<u32>], gold: &[u32], place: Place, slack: i64) {
    let words = &blocks[place.block];
    let from = (place.start - slack).clamp(0, gold.len() as i64) as usize;
    let to = (place.start + words.len() as i64 + 12).clamp(0, gold.len() as i64) as usize;
    let mut free: HashMap<u32, Vec<usize>> = HashMap::new();
    for i in (from..to).rev().filter(|&i| !taken[i]) {
        free.entry(gold[i]).or_default().push(i);
    }
    let mut hits = 0;
    for word in words {
        if let Some(i) = free.get_mut(word).and_then(Vec::pop) {
            taken[i] = true;
            hits += 1;
        }
    }
    out[place.block] = hits as f32 / words.len() as f32;
}

/// Returns the chain of places, rising in block and in gold, that covers most words.
fn chain(places: &[Place]) -> Vec<Place> {
    let mut best: Vec<(u32, usize)> = Vec::with_capacity(places.len());
    for (i, place) in places.iter().enumerate() {
        let before = (0..i)
            .rev()
            .take(400)
            .filter(|&j| {
                places[j].block < place.block && places[j].start + i64::from(places[j].hits) <= place.start + 10
            })
            .max_by_key(|&j| best[j].0);
        best.push((place.hits + before.map_or(0, |j| best[j].0), before.unwrap_or(usize::MAX)));
    }
    let mut out = Vec::new();
    let mut at = (0..places.len()).max_by_key(|&i| best[i].0).unwrap_or(usize::MAX);
    while at != usize::MAX {
        out.push(places[at]);
        at = best[at].1;
    }
    out.reverse();
    out
}

/// Blocks too short for a shingle: in the gold, not yet taken, and with body close by on either side.
fn short(out: &mut [f32], taken: &mut [bool], blocks: &[Vec<u32>], gold: &[u32]) {
    for i in 0..blocks.len() {
        let words = &blocks[i];
        if out[i] > 0.0 || words.is_empty() || words.len() >= SHINGLE + 2 {
            continue;
        }
        let near = |range: std::ops::Range<usize>| range.into_iter().any(|j| out[j] > 0.5);
        if !(near(i.saturating_sub(4)..i) && near((i + 1).min(out.len())..(i + 5).min(out.len()))) {
            continue;
        }
        let found = gold.windows(words.len()).enumerate().find(|(at, window)| *window == words && !taken[*at]);
        if let Some((at, _)) = found {
            taken[at..at + words.len()].fill(true);
            out[i] = 1.0;
        }
    }
}
