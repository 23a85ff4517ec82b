//! Availability zones of one object.
//!
//! | zones | what it is | when zone 1 fails |
//! |---|---|---|
//! | none | regional: Azure puts it where it likes | taken to stay |
//! | 1 | zonal | gone |
//! | 1, 2, 3 | zone-redundant | stays |
//!
//! Left out: which physical zone a subscription calls 1.

/// Some zones of a region; none says nothing about where an object stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Zones(u8);

impl Zones {
    /// The largest number of a zone.
    pub const MOST: u8 = 8;

    const fn bit(zone: u8) -> u8 {
        match zone {
            1..=8 => 1 << (zone - 1),
            _ => 0,
        }
    }

    /// With one more zone, 1 to [`Self::MOST`].
    #[must_use]
    pub const fn with(self, zone: u8) -> Self {
        Self(self.0 | Self::bit(zone))
    }

    /// Whether it names a zone.
    #[must_use]
    pub const fn contains(self, zone: u8) -> bool {
        self.0 & Self::bit(zone) != 0
    }

    /// Whether it names no zone.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Whether nothing of it is left when a zone fails.
    #[must_use]
    pub const fn falls_with(self, zone: u8) -> bool {
        self.0 != 0 && self.0 == Self::bit(zone)
    }
}

#[cfg(test)]
mod tests {
    use super::Zones;

    #[test]
    fn one_zone_falls_with_it_and_several_or_none_stay() {
        let zonal = Zones::default().with(1);
        assert!(zonal.falls_with(1) && !zonal.falls_with(2));
        assert!(!zonal.with(3).falls_with(1) && zonal.with(3).contains(3));
        assert!(!Zones::default().falls_with(1) && Zones::default().is_empty());
    }
}
