//! Logistic regression over sparse bins, by AdaGrad; deterministic.

/// A block to learn from: its bins, how much of it is body, and how much it weighs.
pub(super) struct Sample<'a> {
    pub(super) row: &'a [u16],
    pub(super) label: f32,
    pub(super) weight: f32,
}

const EPOCHS: usize = 14;
const RATE: f32 = 0.12;
/// The samples are gone through in so many orders, each from nothing, and the mean of the weights is taken: the
/// chance of one order moves a rarely seen bin more than what the samples say of it.
const ORDERS: usize = 5;
/// The last epochs of an order, whose mean is steadier than the last step.
const SETTLED: usize = 4;

/// Returns the weights of `bins` bins.
pub(super) fn train(samples: &[Sample], bins: usize, l2: f32) -> Vec<f32> {
    let mut order: Vec<u32> = (0..samples.len() as u32).collect();
    let mut sum = vec![0.0f32; bins];
    let mut seed = 0x2545_f491_4f6c_dd1du64;
    for _ in 0..ORDERS {
        let mut weights = vec![0.0f32; bins];
        let mut squares = vec![1e-4f32; bins];
        for epoch in 0..EPOCHS {
            shuffle(&mut order, &mut seed);
            for &i in &order {
                let sample = &samples[i as usize];
                let score: f32 = sample.row.iter().map(|&bin| weights[bin as usize]).sum();
                let error = (1.0 / (1.0 + (-score).exp()) - sample.label) * sample.weight;
                for &bin in sample.row {
                    let w = &mut weights[bin as usize];
                    let gradient = error + l2 * *w * sample.weight;
                    let square = &mut squares[bin as usize];
                    *square += gradient * gradient;
                    *w -= RATE * gradient / square.sqrt();
                }
            }
            if epoch >= EPOCHS - SETTLED {
                sum.iter_mut().zip(&weights).for_each(|(s, w)| *s += w);
            }
        }
    }
    sum.iter().map(|s| s / (SETTLED * ORDERS) as f32).collect()
}

fn shuffle(order: &mut [u32], seed: &mut u64) {
    for i in (1..order.len()).rev() {
        *seed ^= *seed << 13;
        *seed ^= *seed >> 7;
        *seed ^= *seed << 17;
        order.swap(i, (*seed % (i as u64 + 1)) as usize);
    }
}
