//! Changes of a document besides those of its objects.

use super::Amount;
use interspoke_core::document::Document;
use interspoke_core::intent::TrafficFigure;
use interspoke_core::units::GbPerMonth;

/// Sets a traffic figure.
pub(super) fn set_traffic(document: &mut Document, amount: Amount, to: GbPerMonth) {
    let traffic = &mut document.traffic;
    match amount {
        Amount::Within => traffic.within_regions_gb = to,
        Amount::Between => traffic.between_regions_gb = to,
        Amount::OnPremises => traffic.to_on_premises_gb = to,
    }
    if let Some(design) = &mut document.design {
        let asked = &mut design.intent.traffic;
        asked.matrix.clear();
        let figure = match amount {
            Amount::Within => &mut asked.within_regions,
            Amount::Between => &mut asked.between_regions,
            Amount::OnPremises => &mut asked.to_on_premises,
        };
        *figure = TrafficFigure::total(to);
    }
}
