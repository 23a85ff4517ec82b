//! The acceptance scripts: bash against a stand-in of the command line that answers from files, and what the import makes of
//! the answers that the script kept.
//!
//! | held | by |
//! |---|---|
//! | both scripts are written for every pattern, the first is bash | `bash -n` |
//! | where Azure answers as computed, nothing differs, there and on the page | the stand-in, `import::compare` |
//! | where one row is other, that row differs, there and on the page | the same with one changed file |

use super::shell::run;
use super::{hostile_estate, named_estates};
use interspoke_core::acceptance::{Machine, Questions, Table, questions};
use interspoke_core::export::{Form, Naming, Options, export};
use interspoke_core::import::{Import, Match, compare};
use interspoke_core::intent::{AddressPlan, Intent};
use interspoke_core::pattern::Pattern;
use interspoke_core::route::{Routing, Settings};
use interspoke_core::spec::NetworkSpec;
use interspoke_core::topology;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

fn scripts(spec: &NetworkSpec) -> [String; 2] {
    let options = Options {
        naming: Naming::AsWritten,
        ..Options::default()
    };
    let bundle = export(spec, Form::Acceptance, options);
    [bundle.files[0].text.clone(), bundle.files[1].text.clone()]
}

fn is_bash(text: &str) {
    if let Some(bash) = run("bash", &["-n"], text) {
        assert!(bash.status.success(), "{}", super::shell::said(&bash));
    }
}

#[test]
fn every_script_is_bash_and_asks_whatever_an_estate_has() {
    for (name, spec) in named_estates() {
        let [bash, powershell] = scripts(&spec);
        is_bash(&bash);
        let hubs = spec.virtual_wan.as_ref().map_or(0, |wan| wan.hubs.len());
        assert!(bash.matches("\nhub_routes ").count() >= hubs, "{name}");
        assert_eq!(
            bash.matches("\nroutes ").count(),
            powershell.matches("\nTest-Routes ").count()
        );
        let mut commands = bash
            .lines()
            .filter(|line| line.contains("$(az ") || line.contains(" az "));
        let changes = |line: &str| {
            [" create ", " delete ", " update "]
                .iter()
                .any(|verb| line.contains(verb))
        };
        assert_eq!(commands.find(|line| changes(line)), None, "{name}");
    }
    for pick in 0..super::HOSTILE.len() {
        let bytes: Vec<u8> = (0..400_u16)
            .map(|at| u8::try_from(at * 31 % 251).unwrap())
            .collect();
        is_bash(&scripts(&hostile_estate(bytes, pick))[0]);
    }
}

/// Of an acceptance script the questions; its functions are the same in all, and files of their own. Any other file whole.
pub(crate) fn calls<'t>(path: &str, text: &'t str) -> &'t str {
    let first = match path {
        "acceptance.sh" => "\nmachine ",
        "acceptance.ps1" => "\nFind-Machine ",
        _ => return text,
    };
    text.find(first).and_then(|at| text.get(at + 1..)).unwrap()
}

/// The names of variables in a text of PowerShell, as they are written.
fn variables(text: &str) -> BTreeSet<&str> {
    let names = text.split('$').skip(1);
    let names = names.map(|rest| {
        let rest = rest.strip_prefix("script:").unwrap_or(rest);
        let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_');
        &rest[..end.unwrap_or(rest.len())]
    });
    names.filter(|name| !name.is_empty()).collect()
}

/// PowerShell takes `$Hop` and `$hop` for one variable: what Azure answered would be compared with itself.
#[test]
fn no_two_variables_of_a_function_differ_by_case_alone() {
    let [_, script] = scripts(&NetworkSpec::default());
    let mut functions = script.split("\nfunction ");
    let everywhere = variables(functions.next().unwrap());
    assert!(functions.clone().count() > 8);
    for function in functions {
        let mut all = everywhere.clone();
        all.extend(variables(function));
        let mut known = BTreeSet::new();
        for name in all {
            assert!(known.insert(name.to_lowercase()), "{name} in\n{function}");
        }
    }
}

/// The command line, answering from files: an address is the name of its NIC.
const STAND_IN: &str = r#"
az() {
  local all="$*" previous='' name='' kind='' ids='' id='' nic='' vm='' to='' server=''
  for word in "$@"; do
    case "$previous" in
      --name) name=$word ;; --resource-type) kind=$word ;; --ids) ids=${word##*/} ;; --resource-id) id=${word##*/} ;;
      --nic) nic=${word##*/} ;; --vm | --source-resource) vm=${word##*/} ;; --dest-ip | --dest-address) to=$word ;;
      --routeserver) server=$word ;;
    esac
    previous=$word
  done
  local at=/subscriptions/s/resourceGroups/g/providers
  case "$all" in
    "resource list"*) echo "$at/$kind/$name" ;;
    "vm show"*) echo "$at/Microsoft.Network/networkInterfaces/$ids" ;;
    "network vnet show"*) [[ "$all" =~ name==\'([^\']*)\' ]] && echo "$at/Microsoft.Network/networkInterfaces/$ids.${BASH_REMATCH[1]}/ipConfigurations/c" ;;
    "network nic show "*virtualMachine*) echo "$at/Microsoft.Compute/virtualMachines/$ids" ;;
    "network nic show "*) echo "$ids" ;;
    "network nic show-effective"*) cat "$FILES/routes.$ids" ;;
    "network watcher show-next-hop"*) cat "$FILES/hop.$nic.$to" ;;
    "network watcher test-connectivity"*) cat "$FILES/connect.$vm.$to" ;;
    "network vhub get-effective-routes"*) cat "$FILES/hub.$name.$id" ;;
    "network vnet-gateway list-learned-routes"*) cat "$FILES/learned.$name" ;;
    "network routeserver peering list "*) echo peer ;;
    "network routeserver peering list-learned-routes"*) cat "$FILES/server.$server" ;;
    *) return 1 ;;
  esac
}
"#;

/// What the stand-in calls the NIC of a machine.
fn nic(machine: &Machine) -> String {
    let named = machine.name.clone();
    named.unwrap_or_else(|| format!("{}.{}", machine.vnet, machine.subnet))
}

/// What Azure would answer, were it as computed.
fn answers(asked: &Questions, folder: &Path) {
    std::fs::create_dir_all(folder).unwrap();
    let write = |name: String, value: Value| {
        std::fs::write(folder.join(name), value.to_string()).unwrap();
    };
    let nic = |at: usize| nic(&asked.machines[at]);
    for (at, rows) in asked.routes.iter().enumerate() {
        let row = |row: &interspoke_core::acceptance::Row| {
            let hops: Vec<&str> = row
                .address
                .split(',')
                .filter(|hop| !hop.is_empty())
                .collect();
            json!({"addressPrefix": [row.prefix], "nextHopIpAddress": hops, "nextHopType": row.next_hop, "source": row.source, "state": row.state})
        };
        let mut rows: Vec<Value> = rows.iter().map(row).collect();
        rows.push(json!({"addressPrefix": ["100.64.0.0/10"], "nextHopIpAddress": [], "nextHopType": "None", "source": "Default", "state": "Active"}));
        write(format!("routes.{}", nic(at)), Value::Array(rows));
    }
    for way in &asked.ways {
        let word = if way.next_hop == "VNetPeering" {
            "VirtualNetworkPeering"
        } else {
            &way.next_hop
        };
        write(
            format!("hop.{}.{}", nic(way.from), nic(way.to)),
            json!({"nextHopType": word, "nextHopIpAddress": way.address, "routeTableId": "System Route"}),
        );
        let status = if way.connects {
            "Reachable"
        } else {
            "Unreachable"
        };
        write(
            format!("connect.{}.{}", nic(way.from), nic(way.to)),
            json!({"connectionStatus": status, "avgLatencyInMs": 2, "hops": []}),
        );
    }
    for table in &asked.hub_tables {
        let row = |row: &Vec<String>| json!({"addressPrefixes": [row[0]], "nextHopType": row[1], "nextHops": [format!("/x/virtualHubs/{}/y/{}", table.of, row[2])], "asPath": "", "routeOrigin": "o"});
        write(
            format!("hub.{}.{}", table.of, table.table),
            table.rows.iter().map(row).collect(),
        );
    }
    let learned = |table: &Table| -> Value {
        let row = |row: &Vec<String>| json!({"network": row[0], "asPath": row[1], "origin": "EBgp", "sourcePeer": "10.9.9.9"});
        table.rows.iter().map(row).collect()
    };
    for table in &asked.learned {
        match table.is_route_server {
            true => write(
                format!("server.{}", table.of),
                json!({"RouteServiceRole_IN_0": learned(table), "value": null}),
            ),
            false => write(format!("learned.{}", table.of), learned(table)),
        }
    }
}

fn routing(spec: &NetworkSpec) -> Routing {
    Routing::new(topology::build(spec).value.into(), Settings::default())
}

/// Runs the script against answers; its last line, and the text that it kept.
fn asked(spec: &NetworkSpec, folder: &Path) -> Option<(String, bool, String)> {
    let kept = folder.join("answers.json");
    let [script, _] = scripts(spec);
    let script = script.replacen(
        "set -uo pipefail",
        &format!("set -uo pipefail\n{STAND_IN}"),
        1,
    );
    let set = format!("FILES={} ANSWERS={}\n", folder.display(), kept.display());
    let has_jq = run("jq", &["--version"], "").is_some();
    let ran = run("bash", &["-c", &(set + &script)], "").filter(|_| has_jq)?;
    let said = super::shell::said(&ran);
    Some((
        said,
        ran.status.success(),
        std::fs::read_to_string(kept).unwrap(),
    ))
}

/// Rows that differ on the page.
fn deviating(spec: &NetworkSpec, kept: &str) -> (usize, Vec<String>) {
    let mut import = Import::new();
    import.add("answers.json", kept.as_bytes());
    let made = import.finish();
    assert!(!made.report.has_unreadable(), "{:?}", made.report);
    let compared = compare(&routing(spec), &made.captures);
    let lines = compared.iter().flat_map(|one| {
        assert!(one.subject.is_some(), "{one}");
        let rows = one.rows.iter().filter(|row| row.verdict != Match::Equal);
        rows.map(move |row| {
            format!(
                "{} {} {}",
                one.subject.as_deref().unwrap_or_default(),
                row.prefix,
                row.verdict.word()
            )
        })
    });
    let lines: Vec<String> = lines.collect();
    (compared.len(), lines)
}

fn folder(name: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!(
        "interspoke-acceptance-{name}-{}",
        std::process::id()
    ));
    let _ = std::fs::remove_dir_all(&folder);
    folder
}

#[test]
fn answers_as_computed_differ_nowhere_and_one_changed_row_differs_there_and_on_the_page() {
    let intent = Intent::default();
    let plan = AddressPlan::new(&intent).unwrap();
    for pattern in [
        Pattern::HubFirewall,
        Pattern::VwanSecured,
        Pattern::HubNvaRouteServer,
    ] {
        let spec = pattern.blueprint(&intent, &plan);
        let questions = questions(&routing(&spec));
        let folder = folder(pattern.id());
        answers(&questions, &folder);
        let Some((said, equal, kept)) = asked(&spec, &folder) else {
            return;
        };
        assert!(equal, "{pattern:?}\n{said}");
        assert!(said.contains(" 0 differ, 0 unknown"), "{pattern:?}\n{said}");
        let (tables, lines) = deviating(&spec, &kept);
        assert!(
            tables >= questions.machines.len() + questions.ways.len(),
            "{pattern:?}: {tables}"
        );
        assert_eq!(lines, Vec::<String>::new(), "{pattern:?}");

        // The first machine has a route of its own to a place that nobody announces.
        let machine = &questions.machines[0];
        let file = folder.join(format!("routes.{}", nic(machine)));
        let mut rows: Vec<Value> =
            serde_json::from_str(&std::fs::read_to_string(&file).unwrap()).unwrap();
        rows.push(json!({"addressPrefix": ["203.0.113.0/24"], "nextHopIpAddress": ["10.9.9.9"], "nextHopType": "VirtualAppliance", "source": "User", "state": "Active"}));
        std::fs::write(&file, Value::Array(rows).to_string()).unwrap();
        let (said, equal, kept) = asked(&spec, &folder).unwrap();
        assert!(!equal, "{said}");
        assert!(said.contains(" 1 differ,"), "{said}");
        assert!(
            said.contains("  azure    203.0.113.0/24\tUser\tVirtualAppliance\t10.9.9.9\tActive"),
            "{said}"
        );
        assert_eq!(
            deviating(&spec, &kept).1,
            [format!("{} 203.0.113.0/24 missing", machine.place)]
        );
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
