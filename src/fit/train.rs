//! Logistic regression over sparse bins, by AdaGrad; deterministic.

/// A block to learn from: its bins, how much of it is body, and how much it weighs.
pub(super) struct Sample<'a> {
    pub(super) row: &'a [u16],
    pub(super) label: f32,
    pub(super) weight: f32,
}

const EPOCHS: usize = 14;
const RATE: f32 = 0.12;

/// Returns the weights of `bins` bins.
pub(super) fn train(samples: &[Sample], bins: usize, l2: f32) -> Vec<f32> {
    let mut weights = vec![0.0f32; bins];
    let mut squares = vec![1e-4f32; bins];
    let mut order: Vec<u32> = (0..samples.len() as u32).collect();
    let mut sum = vec![0.0f32; bins];
    let mut seed = 0x2545_f491_4f6c_dd1du64;
    for epoch in 0..EPOCHS {
        for i in (1..order.len()).rev() {
            seed ^= seed << 13;
            seed ^= seed >> 7;
            seed ^= seed << 17;
            order.swap(i, (seed % (i as u64 + 1)) as usize);
        }
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
        // The mean over the last epochs is steadier than the last step.
        if epoch >= EPOCHS - 4 {
            sum.iter_mut().zip(&weights).for_each(|(s, w)| *s += w / 4.0);
        }
    }
    sum
}
