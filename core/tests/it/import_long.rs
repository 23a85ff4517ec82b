//! Values that are longer than a slice: they grow, and become what they would at once; what is nested too deep is said.

use interspoke_core::import::{Decoding, Import, Imported, SLICE, Verdict, decode};

/// Everything in slices, and how many there were.
fn sliced(text: &str) -> (Imported, usize) {
    let mut import = Import::new();
    import.open("long.json", text.into());
    let mut slices = 1;
    while import.read_on() {
        slices += 1;
    }
    (import.finish(), slices)
}

fn vnet(number: usize) -> String {
    format!(
        r#"{{"type": "Microsoft.Network/virtualNetworks", "name": "vnet-{number:04}", "location": "westeurope", "tags": {{"owner": "{}"}},
          "properties": {{"addressSpace": {{"addressPrefixes": ["10.{}.{}.0/24"]}}}}}}"#,
        "orchard".repeat(40),
        number / 256,
        number % 256
    )
}

fn joined(count: usize, one: fn(usize) -> String) -> String {
    (0..count).map(one).collect::<Vec<_>>().join(",\n")
}

#[test]
fn a_long_wrapper_is_read_in_slices() {
    const COUNT: usize = 2_000;
    let text = format!(
        r#"{{"count": {COUNT}, "everything": {{"networks": [{}]}}}}"#,
        joined(COUNT, vnet)
    );
    let (made, slices) = sliced(&text);
    assert_eq!(made.network.vnets.len(), COUNT);
    assert!(slices > text.len() / SLICE, "{slices} slices");
}

#[test]
fn a_long_state_is_read_in_slices() {
    const COUNT: usize = 1_500;
    let one = |number: usize| {
        format!(
            r#"{{"address": "azurerm_virtual_network.v[{number}]", "mode": "managed", "type": "azurerm_virtual_network", "name": "v", "index": {number},
              "values": {{"name": "vnet-{number:04}", "location": "westeurope", "resource_group_name": "rg", "address_space": ["10.{}.{}.0/24"], "tags": {{"owner": "{}"}}}}}}"#,
            number / 256,
            number % 256,
            "orchard".repeat(40)
        )
    };
    let text = format!(
        r#"{{"format_version": "1.0", "terraform_version": "1.9.0", "values": {{"root_module": {{"resources": [{}]}}}}}}"#,
        joined(COUNT, one)
    );
    let (made, slices) = sliced(&text);
    assert_eq!(made.network.vnets.len(), COUNT);
    assert!(slices > COUNT / 100, "{slices} slices");
}

#[test]
fn a_long_text_that_stops_is_unreadable_at_its_place() {
    let text = format!(r#"{{"everything": [{}"#, joined(2_000, vnet));
    let (made, _) = sliced(&text);
    let entry = made.report.of(Verdict::Unreadable).next().unwrap();
    assert!(
        entry.place.within.starts_with("line 4000"),
        "{}",
        entry.place
    );
}

#[test]
fn what_is_nested_too_deep_is_refused_by_its_place() {
    for depth in [200, 5_000, 1_000_000] {
        for (open, close) in [("[", "]"), (r#"{"a":"#, "}")] {
            let text = format!("{}1{}", open.repeat(depth), close.repeat(depth));
            let (made, _) = sliced(&text);
            let entry = made.report.of(Verdict::Unreadable).next();
            let entry = entry.unwrap_or_else(|| panic!("{depth} of {open} were read"));
            assert!(entry.place.within.contains("line 1"), "{entry}");
        }
    }
}

#[test]
fn bytes_in_pieces_are_the_text_that_they_are_whole() {
    let text = "\u{1b}[36m{\u{1b}[0m\"stadt\": \"Zürich\",\n\"größe\": [1, 2]}, \"漢字\"";
    let wide = |unit: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(unit).collect::<Vec<u8>>();
    let marked = |mark: &[u8], bytes: &[u8]| [mark, bytes].concat();
    let all = [
        text.as_bytes().to_vec(),
        marked(b"\xEF\xBB\xBF", text.as_bytes()),
        marked(b"\xFF\xFE", &wide(u16::to_le_bytes)),
        marked(b"\xFE\xFF", &wide(u16::to_be_bytes)),
        b"{}".to_vec(),
        Vec::new(),
    ];
    for bytes in all {
        for size in 1..=bytes.len().max(1) {
            let mut decoding = Decoding::default();
            bytes.chunks(size).for_each(|piece| decoding.push(piece));
            assert_eq!(decoding.finish(), decode(&bytes).text, "pieces of {size}");
        }
    }
}
