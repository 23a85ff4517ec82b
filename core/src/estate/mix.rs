//! A fast hash for signatures: 64 bits, well mixed, the same on every machine.
//!
//! Two different signatures of one estate share a value with a chance of about 10⁻¹² at 5,000 VNets. Nobody chooses
//! estates to make them collide.

use std::hash::{BuildHasherDefault, Hash, Hasher};

/// The running value.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Mix(u64);

/// For maps whose keys are already mixed.
pub(super) type Mixed = BuildHasherDefault<Mix>;

impl Mix {
    /// Starts a signature; different kinds of things get different seeds.
    pub(super) const fn new(seed: u64) -> Self {
        Self(seed ^ 0x9E37_79B9_7F4A_7C15)
    }

    /// With one more number.
    pub(super) const fn with(self, number: u64) -> Self {
        let mut value = self.0.rotate_left(23) ^ number;
        value = value.wrapping_mul(0xBF58_476D_1CE4_E5B9);
        value ^= value >> 29;
        value = value.wrapping_mul(0x94D0_49BB_1331_11EB);
        value ^= value >> 32;
        Self(value)
    }

    /// With anything that can be hashed.
    pub(super) fn and(mut self, value: impl Hash) -> Self {
        value.hash(&mut self);
        self
    }

    pub(super) const fn value(self) -> u64 {
        self.0
    }
}

impl Hasher for Mix {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for chunk in bytes.chunks(8) {
            let mut padded = [0; 8];
            for (to, from) in padded.iter_mut().zip(chunk) {
                *to = *from;
            }
            *self = self.with(u64::from_le_bytes(padded));
        }
    }

    fn write_u8(&mut self, number: u8) {
        *self = self.with(u64::from(number));
    }

    fn write_u32(&mut self, number: u32) {
        *self = self.with(u64::from(number));
    }

    fn write_u64(&mut self, number: u64) {
        *self = self.with(number);
    }
}
