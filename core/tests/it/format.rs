//! What the case format promises: mistakes are named, and answers are scored by its rules.

use interspoke_core::case::{
    Answer, Case, CaseError, GatewayRow, HubRow, NextHop, PeeringTotal, Question, Reply, Row,
    Validation, answer, compare,
};
use interspoke_core::route::Settings;

fn parse(questions: &str) -> Result<Case, CaseError> {
    Case::parse(&format!(
        r#"{{"schema": "interspoke-case/1", "id": "x", "title": "x",
            "network": {{"vnets": [{{"name": "a", "prefixes": ["10.0.0.0/16"]}}]}},
            "states": {{"empty": {{"vnets": []}}}}, "questions": [{questions}]}}"#
    ))
}

#[track_caller]
fn error(questions: &str, expected: &str) {
    assert_eq!(parse(questions).unwrap_err().to_string(), expected);
}

#[test]
fn mistakes_are_named_with_their_place() {
    let text = r#"{"schema": "interspoke-case/2", "id": "x", "title": "x", "network": {}, "questions": []}"#;
    let message = Case::parse(text).unwrap_err().to_string();
    assert_eq!(
        message,
        r#"schema: expected "interspoke-case/1", found "interspoke-case/2""#
    );
    error(
        r#"{"id": "q", "kind": "reach", "ask": "?", "expect": {}}"#,
        "questions[q].kind: expected one of effectiveRoutes, nextHop, reachability, path, hubRoutes, gatewayRoutes, \
         peeringCount, validation, resolution, text, found \"reach\"",
    );
    error(
        r#"{"id": "q", "kind": "text", "state": "full", "ask": "?", "expect": {"answer": ""}}"#,
        r#"questions[q].state: expected one of [empty], found "full""#,
    );
    error(
        r#"{"id": "q", "kind": "path", "ask": "?", "from": "10.0.0.4", "to": "10.0.0.5", "via": "x", "expect": {"hops": []}}"#,
        "questions[q].via: unknown field `via`, expected `from` or `to`",
    );
    error(
        r#"{"id": "q", "kind": "path", "ask": "?", "from": "10.0.0.4", "to": "10.0.0.5", "expect": {}}"#,
        "questions[q].expect: missing field `hops`",
    );
    let question = r#"{"id": "q", "kind": "text", "ask": "?", "expect": {"answer": ""}}"#;
    error(
        &format!("{question}, {question}"),
        "questions[q]: expected a unique id, found it a second time",
    );
    error(
        r#"{"id": "q", "kind": "gatewayRoutes", "ask": "?", "direction": "learned", "complete": "full", "expect": []}"#,
        "questions[q]: expected `gateway` or `site`, found neither",
    );
}

#[test]
fn a_patch_replaces_whole_members_and_knows_their_names() {
    let case = parse("").unwrap();
    assert_eq!(case.network.vnets.len(), 1);
    assert!(case.states["empty"].vnets.is_empty());
    let message = |change: &str| {
        let question = r#"{"id": "q", "kind": "validation", "ask": "?", "change": "", "patch": PATCH, "expect": {"accepted": true}}"#;
        parse(&question.replace("PATCH", change))
            .unwrap_err()
            .to_string()
    };
    assert!(
        message(r#"{"vnet": []}"#)
            .starts_with("questions[q].patch.vnet: unknown field `vnet`, expected one of `vnets`")
    );
    assert_eq!(
        message(r#"{"peerings": [{"from": "a"}]}"#),
        "questions[q].patch.peerings[0]: missing field `to`"
    );
}

/// A question of one kind with what it expects; everything else is filled in.
fn question(kind: &str, keys: &str, expect: &str) -> Question {
    let text = format!(r#"{{"id": "q", "kind": {kind:?}, "ask": "?", {keys} "expect": {expect}}}"#);
    parse(&text)
        .unwrap_or_else(|error| panic!("{error}"))
        .questions
        .remove(0)
}

fn rows(text: &str) -> Vec<Row> {
    serde_json::from_str(text).unwrap()
}

/// Compares a table with what is given; the text is the difference, empty where there is none.
fn table(complete: &str, ignore: &str, expect: &str, given: &str) -> String {
    let keys = format!(
        r#""at": {{"vnet": "a", "subnet": "b"}}, "complete": {complete:?}, "ignore": {ignore},"#
    );
    let question = question("effectiveRoutes", &keys, expect);
    compare(&question, &Reply::Rows(rows(given)))
        .err()
        .map(|difference| difference.to_string())
        .unwrap_or_default()
}

const LOCAL: &str = r#"{"prefixes": ["10.0.0.0/16"], "nextHopType": "VnetLocal", "source": "Default", "state": "Active"}"#;
const NONE_10: &str = r#"{"prefixes": ["10.0.0.0/8"], "nextHopType": "None", "source": "Default", "state": "Active"}"#;
const NONE_127: &str = r#"{"prefixes": ["127.0.0.0/8"], "nextHopType": "None", "source": "Default", "state": "Active"}"#;
const USER_NONE: &str =
    r#"{"prefixes": ["10.1.0.0/16"], "nextHopType": "None", "source": "User", "state": "Active"}"#;

fn bgp(prefix: &str, ips: &str) -> String {
    let rest = r#""nextHopType": "VirtualNetworkGateway", "source": "VirtualNetworkGateway", "state": "Active""#;
    format!(r#"{{"prefixes": [{prefix:?}], "nextHopIps": {ips}, {rest}}}"#)
}

#[test]
fn rows_have_no_order_and_next_hops_of_one_row_are_joined() {
    let (one, two) = (
        bgp("0.0.0.0/0", r#"["10.0.0.4"]"#),
        bgp("0.0.0.0/0", r#"["10.0.0.5"]"#),
    );
    let both = bgp("0.0.0.0/0", r#"["10.0.0.5", "10.0.0.4"]"#);
    assert_eq!(
        table(
            "full",
            "[]",
            &format!("[{LOCAL}, {one}, {two}]"),
            &format!("[{both}, {LOCAL}]")
        ),
        ""
    );
    assert_eq!(
        table(
            "full",
            "[]",
            &format!("[{both}]"),
            &format!("[{one}, {two}]")
        ),
        ""
    );
    assert_eq!(
        table(
            "full",
            "[]",
            &format!("[{LOCAL}, {both}]"),
            &format!("[{LOCAL}, {one}]")
        ),
        "expected but missing: [0.0.0.0/0 VirtualNetworkGateway (10.0.0.5, 10.0.0.4) VirtualNetworkGateway Active]; \
         got besides: [0.0.0.0/0 VirtualNetworkGateway (10.0.0.4) VirtualNetworkGateway Active]",
    );
}

#[test]
fn drop_rows_of_azure_count_only_for_the_reserved_ranges() {
    assert_eq!(
        table(
            "full",
            "[]",
            &format!("[{LOCAL}, {NONE_127}]"),
            &format!("[{LOCAL}]")
        ),
        ""
    );
    assert!(
        table(
            "full",
            "[]",
            &format!("[{LOCAL}]"),
            &format!("[{LOCAL}, {NONE_10}]")
        )
        .contains("got besides: [10.0.0.0/8")
    );
    assert_eq!(
        table(
            "noNone",
            "[]",
            &format!("[{LOCAL}]"),
            &format!("[{LOCAL}, {NONE_10}]")
        ),
        ""
    );
    assert!(
        table(
            "noNone",
            "[]",
            &format!("[{LOCAL}, {NONE_10}]"),
            &format!("[{LOCAL}]")
        )
        .contains("missing: [10.0.0.0/8")
    );
    assert!(
        table(
            "noNone",
            "[]",
            &format!("[{LOCAL}]"),
            &format!("[{LOCAL}, {USER_NONE}]")
        )
        .contains("besides: [10.1.0.0/16")
    );
}

#[test]
fn subsets_and_ignored_prefixes_let_more_pass() {
    assert_eq!(
        table(
            "subset",
            "[]",
            &format!("[{LOCAL}]"),
            &format!("[{LOCAL}, {USER_NONE}]")
        ),
        ""
    );
    assert!(
        table(
            "subset",
            "[]",
            &format!("[{USER_NONE}]"),
            &format!("[{LOCAL}]")
        )
        .contains("missing: [10.1.0.0/16")
    );
    assert_eq!(
        table(
            "full",
            r#"["10.1.0.0/16"]"#,
            &format!("[{LOCAL}]"),
            &format!("[{LOCAL}, {USER_NONE}]")
        ),
        ""
    );
}

#[test]
fn a_star_stands_for_any_number_of_addresses_and_via_says_whose() {
    let given = bgp("10.9.0.0/16", r#"["10.0.0.4", "10.0.0.5"]"#);
    assert_eq!(
        table(
            "full",
            "[]",
            &format!("[{}]", bgp("10.9.0.0/16", r#"["*"]"#)),
            &format!("[{given}]")
        ),
        ""
    );
    assert_eq!(
        table(
            "full",
            "[]",
            &format!("[{}]", bgp("10.9.0.0/16", r#"["10.0.0.4", "*"]"#)),
            &format!("[{given}]")
        ),
        ""
    );
    assert_ne!(
        table(
            "full",
            "[]",
            &format!("[{}]", bgp("10.9.0.0/16", r#"["10.0.0.6", "*"]"#)),
            &format!("[{given}]")
        ),
        ""
    );
    // Ours, not published: the core may not pass by saying that it does not know.
    assert_ne!(
        table(
            "full",
            "[]",
            &format!("[{given}]"),
            &format!("[{}]", bgp("10.9.0.0/16", r#"["*"]"#))
        ),
        ""
    );
    let via = |via: &str| {
        format!(
            "[{}]",
            bgp("10.9.0.0/16", &format!(r#"["*"], "via": {via:?}"#))
        )
    };
    assert_eq!(table("full", "[]", &via("msee"), &via("msee")), "");
    assert_ne!(table("full", "[]", &via("msee"), &via("hubRouter")), "");
    let endpoint = |prefixes: &str| {
        let rest = r#""nextHopType": "VirtualNetworkServiceEndpoint", "source": "Default", "state": "Active""#;
        format!(r#"[{{"prefixes": {prefixes}, {rest}}}]"#)
    };
    assert_eq!(
        table(
            "full",
            "[]",
            &endpoint(r#"["*"]"#),
            &endpoint(r#"["20.38.98.0/24", "20.38.99.0/24"]"#)
        ),
        ""
    );
}

#[test]
fn next_hops_are_compared_as_far_as_they_were_published() {
    let question = question(
        "nextHop",
        r#""at": {"vnet": "a", "subnet": "b"}, "to": "10.9.0.4","#,
        r#"{"nextHopType": "VirtualHub", "nextHopIps": ["*"]}"#,
    );
    let given = |word: &str| {
        let ips = vec!["20.0.0.1".to_owned()];
        Reply::NextHop(NextHop {
            next_hop_type: word.to_owned(),
            next_hop_ips: ips,
            ..NextHop::default()
        })
    };
    assert!(compare(&question, &given("VirtualNetworkGateway")).is_ok());
    let difference = compare(&question, &given("Internet"))
        .unwrap_err()
        .to_string();
    assert_eq!(
        difference,
        "expected VirtualHub (*), got Internet (20.0.0.1)"
    );
}

#[test]
fn tables_of_hubs_and_gateways_are_sets() {
    let hub = |prefix: &str, word: &str, path: &str| HubRow {
        prefix: prefix.into(),
        next_hop_type: word.into(),
        as_path: path.into(),
    };
    let asked = question(
        "hubRoutes",
        r#""hub": "h", "complete": "full","#,
        r#"[{"prefix": "10.1.0.0/16", "nextHopType": "Remote Hub", "asPath": "*"}]"#,
    );
    let given = vec![
        hub("10.1.0.0/16", "Remote Hub", "65520-65520"),
        hub("10.1.0.0/16", "Remote Hub", "65520-65520"),
    ];
    assert!(compare(&asked, &Reply::HubRows(given)).is_ok());
    let difference = compare(
        &asked,
        &Reply::HubRows(vec![hub("10.1.0.0/16", "Internet", "")]),
    )
    .unwrap_err()
    .to_string();
    assert_eq!(
        difference,
        "expected but missing: [10.1.0.0/16 Remote Hub path *]; got besides: [10.1.0.0/16 Internet]"
    );
    let asked = question(
        "gatewayRoutes",
        r#""gateway": "g", "direction": "learned", "complete": "subset","#,
        r#"[{"prefix": "10.1.0.0/16", "asPath": "65001"}, {"prefix": "10.2.0.0/16"}]"#,
    );
    let row = |prefix: &str, path: &str| GatewayRow {
        prefix: prefix.into(),
        as_path: Some(path.into()),
        ..GatewayRow::default()
    };
    let given = vec![
        row("10.1.0.0/16", "65001"),
        row("10.2.0.0/16", "65002"),
        row("10.3.0.0/16", ""),
    ];
    assert!(compare(&asked, &Reply::GatewayRows(given)).is_ok());
    assert!(
        compare(
            &asked,
            &Reply::GatewayRows(vec![row("10.1.0.0/16", "65002")])
        )
        .is_err()
    );
}

#[test]
fn counts_and_refusals_are_compared_as_far_as_they_were_published() {
    let asked = question("peeringCount", "", r#"{"objects": 6}"#);
    let given = |objects| {
        Reply::PeeringTotal(PeeringTotal {
            links: Some(3),
            objects: Some(objects),
        })
    };
    assert!(compare(&asked, &given(6)).is_ok());
    assert_eq!(
        compare(&asked, &given(4)).unwrap_err().to_string(),
        "expected 6 objects, got 4 objects"
    );
    let asked = question(
        "validation",
        r#""change": "", "patch": {},"#,
        r#"{"accepted": false, "code": "VnetAddressSpacesOverlap"}"#,
    );
    let given = |codes: &[&str]| {
        let codes: Vec<String> = codes.iter().map(|code| (*code).to_owned()).collect();
        Reply::Validation(Validation {
            accepted: codes.is_empty(),
            code: codes.first().cloned(),
            codes,
        })
    };
    assert!(
        compare(
            &asked,
            &given(&["DuplicateName", "VnetAddressSpacesOverlap"])
        )
        .is_ok()
    );
    assert!(compare(&asked, &given(&["DuplicateName"])).is_err());
    assert!(compare(&asked, &given(&[])).is_err());
}

#[test]
fn what_the_network_does_not_have_is_a_mistake_of_the_case() {
    let ask = |keys: &str, kind: &str, expect: &str| {
        let text =
            format!(r#"{{"id": "q", "kind": {kind:?}, "ask": "?", {keys} "expect": {expect}}}"#);
        let case = parse(&text).unwrap();
        answer(&case, &case.questions[0], Settings::default())
    };
    let flow = |from: &str| {
        ask(
            &format!(r#""from": {from:?}, "to": "10.0.0.5","#),
            "reachability",
            r#"{"reachable": true}"#,
        )
    };
    let message = |from: &str| flow(from).unwrap_err().to_string();
    assert_eq!(
        message("10.9.0.4"),
        "questions[q].from: expected an address in a subnet or site, found 10.9.0.4"
    );
    assert_eq!(
        message("ten"),
        "questions[q].from: expected an address such as 10.0.0.4, found \"ten\""
    );
    assert_eq!(
        flow("fd00::4"),
        Ok(Answer::Unsupported(
            "IPv6 is carried, not simulated".to_owned()
        ))
    );
    let at = |vnet: &str| {
        let keys = format!(r#""at": {{"vnet": {vnet:?}, "subnet": "none"}}, "complete": "full","#);
        ask(&keys, "effectiveRoutes", "[]").unwrap_err().to_string()
    };
    assert_eq!(
        at("b"),
        "questions[q].at.vnet: expected one of a, found \"b\""
    );
    assert_eq!(
        at("a"),
        "questions[q].at.subnet: expected a subnet of a, found \"none\""
    );
    let mesh = ask(
        r#""fullMeshOf": 10,"#,
        "peeringCount",
        r#"{"links": 45, "objects": 90}"#,
    );
    let total = PeeringTotal {
        links: Some(45),
        objects: Some(90),
    };
    assert_eq!(mesh, Ok(Answer::Given(Reply::PeeringTotal(total))));
}
