//! How many hubs a region takes, and which limit asks for them.
//!
//! The rule: one hub a region, and so many as are asked for by hand; where a limit refuses that and another hub relieves
//! it, the fewest hubs that no limit refuses. The spokes of a region are shared out among its hubs evenly, in the order
//! of [`crate::intent::RegionPlan::order`], with the seams moved to the seams of environments where no limit is passed
//! by that. A hub is a region of its own in every formula: peered with all others, with routes to each.
//!
//! | `hub-firewall`, one region | hubs | because |
//! |---|---|---|
//! | 500 spokes | 1 | 500 of 500 peerings |
//! | 600 spokes | 2 of 300 | with one: 600 of 500 peerings |
//! | 600 spokes, 350 of them production | 2: 350, 250 | environments stay whole |
//! | 3 spokes, 150 Gbps of the region | 2 | with one: 150,000 of 100,000 Mbps |
//!
//! Left out: patterns whose limits no hub relieves (meshes, tunnels), and those that are advised against.

use super::size::Sizes;
use super::usage::usages_of;
use super::{Counts, Pattern, Sentence, Shape, follows, says, size};
use crate::intent::{AddressPlan, Intent};
use crate::limit::Usage;

/// Hubs that are tried in a region, at most.
const MOST_HUBS: u64 = 64;

/// What a pattern takes for an Intent: hubs, sizes, and what follows in numbers.
#[derive(Debug, Clone)]
pub struct Fit {
    /// Spokes of each hub, by region.
    pub hubs: Vec<Vec<u64>>,
    /// The limit that asks for more than one hub, as it would be used with one fewer.
    pub because: Option<Usage>,
    /// The size of each part.
    pub sizes: Sizes,
    /// How many of everything.
    pub counts: Counts,
    /// Spokes of the largest mesh made by hand if each region had one hub.
    pub(super) mesh: u64,
    /// How much of each limit.
    pub usages: Vec<Usage>,
}

impl Fit {
    /// What a pattern takes for an Intent of this shape.
    #[must_use]
    pub fn new(pattern: Pattern, intent: &Intent, shape: &Shape) -> Self {
        let mesh = (pattern.definition().counts)(shape).largest_mesh();
        let fitted = Self::fitted(pattern, intent, shape);
        Self { mesh, ..fitted }
    }

    fn fitted(pattern: Pattern, intent: &Intent, shape: &Shape) -> Self {
        let one: Vec<Vec<u64>> = shape.spokes.iter().map(|n| vec![*n]).collect();
        if shape.is_divided() || !pattern.definition().divides {
            return Self::of(pattern, intent, shape.clone(), one);
        }
        if intent.hubs_per_region > 0 {
            let hubs = u64::from(intent.hubs_per_region);
            return tried(pattern, intent, shape, hubs);
        }
        let first = Self::of(pattern, intent, shape.clone(), one);
        if first.refusal().is_none() {
            return first;
        }
        Self::fewest(pattern, intent, shape, &first).unwrap_or(first)
    }

    /// The fewest hubs that no limit refuses.
    fn fewest(pattern: Pattern, intent: &Intent, shape: &Shape, first: &Self) -> Option<Self> {
        let most = shape.largest().min(MOST_HUBS);
        let (mut failed, mut because) = (1, first.refusal().cloned());
        let mut number = 2;
        loop {
            let more = tried(pattern, intent, shape, number.min(most));
            match more.refusal() {
                None => break,
                Some(usage) => (failed, because) = (number, Some(usage.clone())),
            }
            if number >= most {
                return None;
            }
            number += (number / 2).max(1);
        }
        let mut found = None;
        for hubs in failed + 1..=number.min(most) {
            let more = tried(pattern, intent, shape, hubs);
            match more.refusal().cloned() {
                None => {
                    found = Some(more);
                    break;
                }
                Some(usage) => because = Some(usage),
            }
        }
        Some(Self { because, ..found? })
    }

    fn of(pattern: Pattern, intent: &Intent, shape: Shape, hubs: Vec<Vec<u64>>) -> Self {
        let sized = pattern.sized(intent, &shape);
        let sizes = sized.sizes.clone();
        let counted = Shape {
            nva_count: sizes.nva_count,
            ..shape
        };
        let counts = (pattern.definition().counts)(&counted).finish();
        let usages = usages_of(pattern, intent, &counted, &counts, sized);
        Self {
            mesh: counts.largest_mesh(),
            hubs,
            because: None,
            sizes,
            counts,
            usages,
        }
    }

    /// Several hubs, and sizes that were raised, in sentences.
    pub(super) fn says(&self, intent: &Intent) -> Vec<Sentence> {
        let regions = intent.regions.iter().zip(&self.hubs);
        let several = regions
            .filter(|(_, hubs)| hubs.len() > 1)
            .map(|(region, hubs)| {
                let sizes: Vec<String> = hubs.iter().map(u64::to_string).collect();
                let text = format!(
                    "{} hubs in {}, of {} spokes",
                    hubs.len(),
                    region.region,
                    sizes.join(", ")
                );
                match &self.because {
                    Some(usage) => says(
                        usage.limit.source,
                        format!("{text}: one fewer would take {}", usage.named()),
                    ),
                    None => follows(format!("{text}, as asked for")),
                }
            });
        several.chain(size::says(&self.sizes)).collect()
    }

    /// What refuses it.
    pub(super) fn refusal(&self) -> Option<&Usage> {
        self.usages.iter().find(|usage| usage.refused())
    }

    /// Whether some region has several hubs.
    pub(super) fn is_divided(&self) -> bool {
        self.hubs.iter().any(|hubs| hubs.len() > 1)
    }

    /// The addresses with so many hubs; those of the Intent where each region has one.
    #[must_use]
    pub fn plan(&self, intent: &Intent, plan: &AddressPlan) -> AddressPlan {
        let divided = self
            .is_divided()
            .then(|| plan.divided(intent, &self.hubs))
            .flatten();
        divided.unwrap_or_else(|| plan.clone())
    }
}

/// So many hubs in the largest region, and in others as many as hold no more spokes each.
fn tried(pattern: Pattern, intent: &Intent, shape: &Shape, hubs: u64) -> Fit {
    let each = shape.largest().div_ceil(hubs.max(1)).max(1);
    let by_hand = intent.hubs_per_region > 0;
    let number = |(place, n): (usize, &u64)| {
        let room = shape.hub_room.get(place).copied().unwrap_or(1);
        let wanted = if by_hand { hubs } else { n.div_ceil(each) };
        wanted.min(room).min(*n).max(1)
    };
    let numbers: Vec<u64> = shape.spokes.iter().enumerate().map(number).collect();
    let share = |whole: bool| -> Vec<Vec<u64>> {
        let regions = shape.spokes.iter().enumerate().zip(&numbers);
        regions
            .map(|((place, n), hubs)| shares(*n, *hubs, whole.then(|| shape.queue(place))))
            .collect()
    };
    let attempt = |hubs: Vec<Vec<u64>>| Fit::of(pattern, intent, shape.divided(&hubs), hubs);
    let even = share(false);
    let whole = share(true);
    if whole == even {
        return attempt(even);
    }
    let whole = attempt(whole);
    if whole.refusal().is_none() {
        return whole;
    }
    let even = attempt(even);
    if even.refusal().is_none() {
        even
    } else {
        whole
    }
}

/// Spokes of each of so many hubs; with their order given, seams lie between environments where one is near.
fn shares(spokes: u64, hubs: u64, order: Option<Vec<(bool, usize, u64)>>) -> Vec<u64> {
    let hubs = hubs.max(1);
    let even = |index: u64| spokes * index / hubs;
    let mut seams = Vec::new();
    let mut at = 0_u64;
    for (_, _, n) in order.unwrap_or_default() {
        at += n;
        seams.push(at);
    }
    let near = (spokes / hubs).div_ceil(2);
    let mut sizes = Vec::new();
    let mut before = 0;
    for index in 1..=hubs {
        let wanted = even(index);
        let seam = seams
            .iter()
            .copied()
            .filter(|seam| index < hubs && *seam > before && *seam < spokes)
            .min_by_key(|seam| seam.abs_diff(wanted));
        let end = seam
            .filter(|seam| seam.abs_diff(wanted) < near)
            .unwrap_or(wanted);
        sizes.push(end.saturating_sub(before));
        before = end.max(before);
    }
    sizes.retain(|size| *size > 0);
    sizes
}
