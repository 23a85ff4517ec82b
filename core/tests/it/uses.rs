//! What people join spokes for: the pattern of each use is the one that the comparison recommends.

use interspoke_core::pattern::select::compare;
use interspoke_core::pattern::uses::USES;
use interspoke_core::price::Catalog;

#[test]
fn the_pattern_of_each_use_is_the_recommended_one() {
    let mut wrong = Vec::new();
    for one in USES {
        let intent = one.intent();
        assert!(intent.check().is_empty(), "{}", one.id);
        let all = compare(&intent, &Catalog::built_in()).unwrap();
        let best = all.recommended().map(|row| row.pattern.id());
        if best != Some(one.pattern.id()) {
            wrong.push((one.id, best));
        }
    }
    assert!(wrong.is_empty(), "{wrong:?}");
}
