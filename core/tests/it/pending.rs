//! What the core cannot answer yet: the only place that excuses a failure, and it must shrink to nothing.
//!
//! A scenario stands here by the id of its block, a case by `file#question`. One that passes must be struck.

/// Name and what is missing.
pub(crate) const PENDING: &[(&str, &str)] = &[
    (
        "fact-40",
        "`serviceTags`: the prefixes of a tag in the estate",
    ),
    ("fact-41", "`serviceTags`"),
    (
        "48-vwan-single-hub-indirect-spoke#hub",
        "route tables of a Virtual WAN hub",
    ),
    (
        "48-vwan-single-hub-indirect-spoke#ping-branch1",
        "Virtual WAN",
    ),
    ("48-vwan-single-hub-indirect-spoke#ping-hub1", "Virtual WAN"),
    (
        "48-vwan-single-hub-indirect-spoke#ping-spoke1",
        "Virtual WAN",
    ),
    (
        "48-vwan-single-hub-indirect-spoke#ping-spoke2",
        "Virtual WAN",
    ),
    (
        "51-vwan-routing-intent-dual-hub#hub2",
        "route tables of a Virtual WAN hub",
    ),
    (
        "51-vwan-routing-intent-dual-hub#fw2",
        "route tables of a Virtual WAN hub",
    ),
    (
        "51-vwan-routing-intent-dual-hub#hub1",
        "route tables of a Virtual WAN hub",
    ),
    (
        "51-vwan-routing-intent-dual-hub#fw1",
        "route tables of a Virtual WAN hub",
    ),
    (
        "51-vwan-routing-intent-dual-hub#ping-branch1",
        "Virtual WAN",
    ),
    ("51-vwan-routing-intent-dual-hub#ping-hub1", "Virtual WAN"),
    ("51-vwan-routing-intent-dual-hub#ping-spoke1", "Virtual WAN"),
    ("51-vwan-routing-intent-dual-hub#ping-spoke2", "Virtual WAN"),
    (
        "51-vwan-routing-intent-dual-hub#ping-branch3",
        "Virtual WAN",
    ),
    ("51-vwan-routing-intent-dual-hub#ping-hub2", "Virtual WAN"),
    ("51-vwan-routing-intent-dual-hub#ping-spoke4", "Virtual WAN"),
    ("51-vwan-routing-intent-dual-hub#ping-spoke5", "Virtual WAN"),
    (
        "54-vwan-isolated-vnets-shared-services#matrix-BLUE0-BLUE0",
        "Virtual WAN",
    ),
    (
        "54-vwan-isolated-vnets-shared-services#matrix-BLUE0-BLUE1",
        "Virtual WAN",
    ),
    (
        "54-vwan-isolated-vnets-shared-services#matrix-BLUE0-GREEN0",
        "Virtual WAN",
    ),
    (
        "54-vwan-isolated-vnets-shared-services#matrix-BLUE0-GREEN1",
        "Virtual WAN",
    ),
    (
        "54-vwan-isolated-vnets-shared-services#matrix-BLUE0-SHAREDSERVICES",
        "Virtual WAN",
    ),
    (
        "54-vwan-isolated-vnets-shared-services#matrix-BLUE1-BLUE0",
        "Virtual WAN",
    ),
    (
        "54-vwan-isolated-vnets-shared-services#matrix-BLUE1-BLUE1",
        "Virtual WAN",
    ),
    (
        "54-vwan-isolated-vnets-shared-services#matrix-BLUE1-GREEN0",
        "Virtual WAN",
    ),
    (
        "54-vwan-isolated-vnets-shared-services#matrix-BLUE1-GREEN1",
        "Virtual WAN",
    ),
    (
        "54-vwan-isolated-vnets-shared-services#matrix-BLUE1-SHAREDSERVICES",
        "Virtual WAN",
    ),
    (
        "54-vwan-isolated-vnets-shared-services#matrix-GREEN0-BLUE0",
        "Virtual WAN",
    ),
    (
        "54-vwan-isolated-vnets-shared-services#matrix-GREEN0-BLUE1",
        "Virtual WAN",
    ),
    (
        "54-vwan-isolated-vnets-shared-services#matrix-GREEN0-GREEN0",
        "Virtual WAN",
    ),
    (
        "54-vwan-isolated-vnets-shared-services#matrix-GREEN0-GREEN1",
        "Virtual WAN",
    ),
    (
        "54-vwan-isolated-vnets-shared-services#matrix-GREEN0-SHAREDSERVICES",
        "Virtual WAN",
    ),
    (
        "54-vwan-isolated-vnets-shared-services#matrix-GREEN1-BLUE0",
        "Virtual WAN",
    ),
    (
        "54-vwan-isolated-vnets-shared-services#matrix-GREEN1-BLUE1",
        "Virtual WAN",
    ),
    (
        "54-vwan-isolated-vnets-shared-services#matrix-GREEN1-GREEN0",
        "Virtual WAN",
    ),
    (
        "54-vwan-isolated-vnets-shared-services#matrix-GREEN1-GREEN1",
        "Virtual WAN",
    ),
    (
        "54-vwan-isolated-vnets-shared-services#matrix-GREEN1-SHAREDSERVICES",
        "Virtual WAN",
    ),
    (
        "54-vwan-isolated-vnets-shared-services#matrix-SHAREDSERVICES-BLUE0",
        "Virtual WAN",
    ),
    (
        "54-vwan-isolated-vnets-shared-services#matrix-SHAREDSERVICES-BLUE1",
        "Virtual WAN",
    ),
    (
        "54-vwan-isolated-vnets-shared-services#matrix-SHAREDSERVICES-GREEN0",
        "Virtual WAN",
    ),
    (
        "54-vwan-isolated-vnets-shared-services#matrix-SHAREDSERVICES-GREEN1",
        "Virtual WAN",
    ),
    (
        "54-vwan-isolated-vnets-shared-services#matrix-SHAREDSERVICES-SHAREDSERVICES",
        "Virtual WAN",
    ),
    (
        "56-vwan-hrp-as-path#hub1_no",
        "route tables of a Virtual WAN hub",
    ),
    ("56-vwan-hrp-as-path#spoke1_no", "Virtual WAN"),
    (
        "56-vwan-hrp-as-path#hub2_no",
        "route tables of a Virtual WAN hub",
    ),
    ("56-vwan-hrp-as-path#spoke4_no", "Virtual WAN"),
    (
        "56-vwan-hrp-as-path#hub1_gr",
        "route tables of a Virtual WAN hub",
    ),
    ("56-vwan-hrp-as-path#spoke1_gr", "Virtual WAN"),
    (
        "56-vwan-hrp-as-path#hub2_gr",
        "route tables of a Virtual WAN hub",
    ),
    ("56-vwan-hrp-as-path#spoke4_gr", "Virtual WAN"),
    ("56-vwan-hrp-as-path#path-no-spoke4", "Virtual WAN"),
    ("56-vwan-hrp-as-path#path-no-onprem2", "Virtual WAN"),
    ("56-vwan-hrp-as-path#path-gr-spoke4", "Virtual WAN"),
    ("56-vwan-hrp-as-path#path-gr-onprem2", "Virtual WAN"),
];
