//! Medians, ratios and gates.

use std::fmt;
use std::hint::black_box;
use std::time::{Duration, Instant};

/// What the command was asked for.
pub(crate) struct Options {
    /// Small estates only, and a failing exit code where a gate is missed.
    pub(crate) gate: bool,
    /// The Python that has the libraries.
    pub(crate) python: Option<String>,
}

/// The median time of several runs and what the last one gave.
pub(crate) fn median<T>(runs: usize, mut work: impl FnMut() -> T) -> (Duration, T) {
    let mut times = Vec::with_capacity(runs);
    let mut last = black_box(work());
    for _ in 0..runs.max(1) {
        let start = Instant::now();
        let value = black_box(work());
        times.push(start.elapsed());
        last = value;
    }
    times.sort_unstable();
    let middle = times.get(times.len() / 2).copied().unwrap_or_default();
    (middle, last)
}

/// As many runs as fit in half a second, 3 to 101.
pub(crate) fn enough(once: Duration) -> usize {
    let fit = Duration::from_millis(500).as_nanos() / once.as_nanos().max(1);
    usize::try_from(fit).unwrap_or(usize::MAX).clamp(3, 101)
}

/// The median of as many runs as fit.
pub(crate) fn timed<T>(mut work: impl FnMut() -> T) -> (Duration, T) {
    let start = Instant::now();
    black_box(work());
    median(enough(start.elapsed()), work)
}

/// A duration in three digits.
pub(crate) fn shown(time: Duration) -> String {
    let nanos = time.as_secs_f64() * 1e9;
    let (value, unit) = match nanos {
        n if n < 1e3 => (n, "ns"),
        n if n < 1e6 => (n / 1e3, "µs"),
        n if n < 1e9 => (n / 1e6, "ms"),
        n => (n / 1e9, "s"),
    };
    if value < 10.0 {
        format!("{value:.2} {unit}")
    } else if value < 100.0 {
        format!("{value:.1} {unit}")
    } else {
        format!("{value:.0} {unit}")
    }
}

/// How many times slower `slow` is.
pub(crate) fn ratio(slow: Duration, quick: Duration) -> f64 {
    slow.as_secs_f64() / quick.as_secs_f64().max(1e-12)
}

/// A ratio that this run must reach.
pub(crate) struct Gate {
    pub(crate) what: String,
    pub(crate) reached: f64,
    /// What is aimed at.
    pub(crate) goal: f64,
    /// What fails a run: lower, because other work disturbs.
    pub(crate) floor: f64,
}

impl Gate {
    pub(crate) fn holds(&self) -> bool {
        self.reached >= self.floor
    }
}

impl fmt::Display for Gate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let word = match (self.holds(), self.reached >= self.goal) {
            (_, true) => "reached",
            (true, false) => "short  ",
            (false, _) => "MISSED ",
        };
        write!(
            f,
            "{word} {:<68} {:>9.1} times (goal {}, gate {})",
            self.what, self.reached, self.goal, self.floor
        )
    }
}
