//! Properties over random inputs: text forms read back as they were written, and route selection agrees with a trie.

use crate::dice::{Dice, network};
use interspoke_core::address::{Prefix, parse_address, parse_prefix};
use interspoke_core::case::Kind;
use interspoke_core::issue::IssueCode;
use interspoke_core::refusal::Standing;
use interspoke_core::route::lookup::Lookup;
use interspoke_core::route::{
    EffectiveRoute, Loss, NextHopType, Origin, RouteSource, RouteState, Selection, select,
};
use interspoke_core::spec::NetworkSpec;
use ipnet::{Ipv4Net, Ipv6Net};
use prefix_trie::PrefixMap;
use proptest::prelude::*;
use std::collections::BTreeSet;
use std::fmt::{Debug, Display};
use std::net::{Ipv4Addr, Ipv6Addr};
use std::str::FromStr;

#[track_caller]
fn reads_back<T>(value: T)
where
    T: FromStr<Err: Debug> + Display + PartialEq + Debug,
{
    let text = value.to_string();
    assert_eq!(text.parse::<T>().unwrap(), value, "{text}");
}

#[test]
fn words_read_back() {
    NextHopType::ALL.into_iter().for_each(reads_back);
    RouteSource::ALL.into_iter().for_each(reads_back);
    RouteState::ALL.into_iter().for_each(reads_back);
    Kind::ALL.into_iter().for_each(reads_back);
}

#[test]
fn codes_of_ours_are_distinct() {
    let ours = |code: &&IssueCode| {
        code.refusal()
            .is_some_and(|row| row.standing != Standing::Refused)
    };
    let codes: Vec<&str> = IssueCode::ALL
        .iter()
        .filter(ours)
        .map(|code| code.code())
        .collect();
    let distinct: BTreeSet<&str> = codes.iter().copied().collect();
    assert_eq!(codes.len(), distinct.len());
}

proptest! {
    #[test]
    fn prefixes_of_four_bytes_read_back(bits in any::<u32>(), length in 0u8..=32) {
        reads_back(Prefix::V4(Ipv4Net::new(Ipv4Addr::from_bits(bits), length).unwrap().trunc()));
    }

    #[test]
    fn prefixes_of_sixteen_bytes_read_back(bits in any::<u128>(), length in 0u8..=128) {
        reads_back(Prefix::V6(Ipv6Net::new(Ipv6Addr::from_bits(bits), length).unwrap().trunc()));
    }

    #[test]
    fn addresses_read_back(bits in any::<u32>()) {
        let address = Ipv4Addr::from_bits(bits);
        prop_assert_eq!(parse_address(&address.to_string()), Ok(address));
    }

    /// Whatever is typed, the answer is a prefix that reads back or a message.
    #[test]
    fn any_text_is_a_prefix_or_a_message(text in "[0-9a-f:./ ]{0,20}") {
        match parse_prefix(&text) {
            Ok(prefix) => reads_back(prefix),
            Err(error) => prop_assert!(error.to_string().starts_with("expected ")),
        }
    }

    #[test]
    fn networks_read_back(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let network = network(&mut Dice::new(bytes));
        let text = serde_json::to_string(&network).unwrap();
        let again: NetworkSpec = serde_json::from_str(&text).unwrap();
        prop_assert_eq!(&again, &network);
        let value = serde_json::to_value(&network).unwrap();
        prop_assert_eq!(&serde_json::from_value::<NetworkSpec>(value).unwrap(), &network);
    }
}

/// A prefix around one of a few addresses, so that rows often contain each other and the destination.
fn near_prefix() -> impl Strategy<Value = Ipv4Net> {
    let address = prop_oneof![
        Just(0x0a01_0105_u32),
        Just(0x0a01_0206),
        Just(0x0a80_0000),
        Just(0xc0a8_0001)
    ];
    let length = prop_oneof![
        Just(0u8),
        Just(8),
        Just(9),
        Just(16),
        Just(23),
        Just(24),
        Just(31),
        Just(32),
        0u8..=32
    ];
    (address, length).prop_map(|(bits, length)| {
        Ipv4Net::new(Ipv4Addr::from_bits(bits), length)
            .unwrap()
            .trunc()
    })
}

fn row() -> impl Strategy<Value = EffectiveRoute> {
    let prefixes = prop_oneof![
        8 => prop::collection::vec(near_prefix(), 1),
        2 => prop::collection::vec(near_prefix(), 0..4),
    ];
    let word = prop::sample::select(NextHopType::ALL.to_vec());
    let source = prop::sample::select(RouteSource::ALL.to_vec());
    let state = prop::sample::select(RouteState::ALL.to_vec());
    (prefixes, word, source, state).prop_map(|(prefixes, next_hop_type, source, state)| {
        EffectiveRoute {
            prefixes,
            next_hop_type,
            next_hop_ips: Vec::new(),
            source,
            state,
            name: None,
            origin: Origin::Vnet,
        }
    })
}

fn destination() -> impl Strategy<Value = Ipv4Addr> {
    let near = prop::sample::select(vec![0x0a01_0105_u32, 0x0a01_0206, 0x0a01_0207, 0xc0a8_0001]);
    prop_oneof![4 => near, 1 => any::<u32>()].prop_map(Ipv4Addr::from_bits)
}

/// Positions of rows by prefix.
fn trie<'a>(
    rows: impl Iterator<Item = (usize, &'a EffectiveRoute)>,
) -> PrefixMap<Ipv4Net, Vec<usize>> {
    let mut trie: PrefixMap<Ipv4Net, Vec<usize>> = PrefixMap::new();
    for (position, row) in rows {
        for prefix in &row.prefixes {
            trie.entry(*prefix).or_default().push(position);
        }
    }
    trie
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    /// The longest active prefix wins; of equal ones the user's, then the gateway's, then the first.
    #[test]
    fn the_winner_is_the_tries(rows in prop::collection::vec(row(), 0..30), destination in destination()) {
        let selection = select(&rows, destination);
        let active = trie(rows.iter().enumerate().filter(|(_, row)| row.state == RouteState::Active));
        let longest = active.get_lpm(&Ipv4Net::from(destination));
        prop_assert_eq!(selection.prefix, longest.map(|(prefix, _)| prefix));
        let strongest = longest.and_then(|(_, positions)| {
            positions.iter().copied().max_by_key(|position| (rows[*position].source, std::cmp::Reverse(*position)))
        });
        prop_assert_eq!(selection.winner, strongest);
    }

    /// Every other row that contains the destination is reported once, longest first, and with a reason that is true.
    #[test]
    fn the_losers_are_all_others(rows in prop::collection::vec(row(), 0..30), destination in destination()) {
        let selection = select(&rows, destination);
        let all = trie(rows.iter().enumerate());
        let mut others: BTreeSet<usize> =
            all.cover(&Ipv4Net::from(destination)).flat_map(|(_, positions)| positions.iter().copied()).collect();
        if let Some(winner) = selection.winner {
            prop_assert!(others.remove(&winner));
        }
        let reported: Vec<usize> = selection.losers.iter().map(|(position, _)| *position).collect();
        prop_assert_eq!(reported.len(), others.len());
        prop_assert_eq!(reported.iter().copied().collect::<BTreeSet<usize>>(), others);
        reasons_hold(&rows, destination, &selection)?;
    }

    /// A row that does not contain the destination changes nothing.
    #[test]
    fn rows_elsewhere_do_not_matter(rows in prop::collection::vec(row(), 0..20), destination in destination()) {
        let contains = |row: &EffectiveRoute| row.prefixes.iter().any(|net| net.contains(&destination));
        let near: Vec<EffectiveRoute> = rows.iter().filter(|row| contains(row)).cloned().collect();
        let winner = |rows: &[EffectiveRoute]| select(rows, destination).winner.map(|position| rows[position].clone());
        prop_assert_eq!(winner(&rows), winner(&near));
    }
}

fn reasons_hold(
    rows: &[EffectiveRoute],
    destination: Ipv4Addr,
    selection: &Selection,
) -> Result<(), TestCaseError> {
    let longest = |row: &EffectiveRoute| {
        row.prefixes
            .iter()
            .filter(|net| net.contains(&destination))
            .max_by_key(|net| net.prefix_len())
            .copied()
    };
    let mut last = 32;
    for (position, loss) in &selection.losers {
        let row = &rows[*position];
        let prefix = longest(row).unwrap();
        prop_assert!(prefix.prefix_len() <= last, "longest first");
        last = prefix.prefix_len();
        let beaten_by = |source| {
            rows.iter().any(|other| {
                other.state == RouteState::Active
                    && other.source == source
                    && other.prefixes.contains(&prefix)
            })
        };
        match loss {
            Loss::Shorter => prop_assert_eq!(row.state, RouteState::Active),
            Loss::UserRoute => prop_assert!(beaten_by(RouteSource::User)),
            Loss::GatewayRoute => prop_assert!(beaten_by(RouteSource::VirtualNetworkGateway)),
            Loss::Overridden => prop_assert_eq!(row.state, RouteState::Invalid),
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    /// The quick answer is the explained one, at the edges of every prefix and elsewhere.
    #[test]
    fn the_lookup_is_the_scan(rows in prop::collection::vec(row(), 0..30), more in prop::collection::vec(any::<u32>(), 0..20)) {
        let lookup = Lookup::new(&rows);
        let nets = rows.iter().flat_map(|row| &row.prefixes);
        let edges = nets.flat_map(|net| {
            let (first, last) = (net.network().to_bits(), net.broadcast().to_bits());
            [first, last, first.wrapping_sub(1), last.wrapping_add(1)]
        });
        for bits in edges.chain(more) {
            let address = Ipv4Addr::from_bits(bits);
            prop_assert_eq!(lookup.winner(address), select(&rows, address).winner, "{}", address);
        }
    }
}
