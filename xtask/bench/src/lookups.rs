//! A longest-prefix lookup against two crates, on tables as estates have them.

use crate::measure::{Gate, median, ratio};
use interspoke_bench::work::{ADDRESSES, addresses, table};
use interspoke_core::route::lookup::Lookup;
use ipnet::Ipv4Net;
use poptrie::Poptrie;
use prefix_trie::PrefixMap;
use std::net::Ipv4Addr;
use std::time::Duration;

/// Runs both sizes and prints a line each.
pub(crate) fn run(gates: &mut Vec<Gate>) {
    println!("Longest-prefix lookup, ns an address (median of 21 runs over {ADDRESSES} addresses)");
    println!(
        "{:>8} {:>12} {:>12} {:>12} {:>14} {:>14}",
        "routes", "this core", "poptrie", "prefix-trie", "poptrie ÷ core", "trie ÷ core"
    );
    for routes in [25, 500] {
        one(routes, gates);
    }
}

fn one(routes: u32, gates: &mut Vec<Gate>) {
    let (rows, all) = (table(routes), addresses(routes));
    let lookup = Lookup::of_prefixes(rows.iter().copied());
    let poptrie: Poptrie<(Ipv4Addr, u8), u32> = rows
        .iter()
        .map(|(net, row)| ((net.network(), net.prefix_len()), *row))
        .collect();
    let trie: PrefixMap<Ipv4Net, u32> = rows.iter().copied().collect();
    let core = |a: Ipv4Addr| lookup.winner(a).unwrap_or(usize::MAX);
    let pop = |a: Ipv4Addr| poptrie.lookup(a).map_or(usize::MAX, |row| *row as usize);
    let lpm = |a: Ipv4Addr| {
        trie.get_lpm(&Ipv4Net::from(a))
            .map_or(usize::MAX, |(_, row)| *row as usize)
    };
    for address in &all {
        assert!(
            core(*address) == pop(*address) && core(*address) == lpm(*address),
            "{address}"
        );
    }
    let fold = usize::wrapping_add;
    let (a, _) = median(21, || all.iter().map(|x| core(*x)).fold(0, fold));
    let (b, _) = median(21, || all.iter().map(|x| pop(*x)).fold(0, fold));
    let (c, _) = median(21, || all.iter().map(|x| lpm(*x)).fold(0, fold));
    println!(
        "{routes:>8} {:>12} {:>12} {:>12} {:>14.1} {:>14.1}",
        precise(a),
        precise(b),
        precise(c),
        ratio(b, a),
        ratio(c, a)
    );
    for (other, time) in [("poptrie", b), ("prefix-trie", c)] {
        gates.push(Gate {
            what: format!("lookup in {routes} routes: faster than {other}"),
            reached: ratio(time, a),
            goal: 1.0,
            floor: 1.0,
        });
    }
}

fn precise(time: Duration) -> String {
    format!("{:.2}", time.as_secs_f64() * 1e9 / f64::from(ADDRESSES))
}
