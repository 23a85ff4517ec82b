//! From the keys of a question to [`Asked`]: the common ones first, then those of its own kind.

use super::question::{Asked, At, Completeness, Kind, Question, TableDirection};
use super::{Case, CaseError, patched};
use crate::json::{self, Map, Value};
use crate::spec::{NetworkSpec, Protocol};
use serde::Deserialize;
use serde::de::DeserializeOwned;

/// The keys that every kind has.
#[derive(Deserialize)]
struct Common {
    id: String,
    kind: String,
    #[serde(default)]
    state: Option<String>,
    ask: String,
    expect: Value,
    #[serde(default)]
    note: Option<String>,
    #[serde(default = "yes")]
    verbatim: bool,
    #[serde(default = "yes")]
    scored: bool,
}

const COMMON_KEYS: [&str; 8] = [
    "id", "kind", "state", "ask", "expect", "note", "verbatim", "scored",
];

fn yes() -> bool {
    true
}

fn default_table() -> String {
    "defaultRouteTable".to_owned()
}

/// Reads one question of a case whose network and states are already there.
pub(crate) fn question(
    case: &Case,
    position: usize,
    mut members: Map<String, Value>,
) -> Result<Question, CaseError> {
    let name = members
        .get("id")
        .and_then(Value::as_str)
        .map_or_else(|| position.to_string(), str::to_owned);
    let place = format!("questions[{name}]");
    let mut common = Map::new();
    for key in COMMON_KEYS {
        if let Some(value) = members.remove(key) {
            common.insert(key.to_owned(), value);
        }
    }
    let common: Common = from(Value::Object(common), &place)?;
    let kind: Kind = common
        .kind
        .parse()
        .map_err(|error| CaseError::new(format!("{place}.kind"), error))?;
    let network = case.network_in(common.state.as_deref()).ok_or_else(|| {
        let known: Vec<&str> = case.states.keys().map(String::as_str).collect();
        let state = common.state.as_deref().unwrap_or_default();
        CaseError::new(
            format!("{place}.state"),
            format!("expected one of [{}], found {state:?}", known.join(", ")),
        )
    })?;
    let asked = Reader {
        network,
        place: &place,
        keys: members,
        expect: common.expect,
    }
    .read(kind)?;
    Ok(Question {
        id: common.id,
        state: common.state,
        ask: common.ask,
        note: common.note,
        verbatim: common.verbatim,
        scored: common.scored,
        asked,
    })
}

fn from<T: DeserializeOwned>(value: Value, place: &str) -> Result<T, CaseError> {
    json::read_tree(&value).map_err(|error| CaseError::within(place, error))
}

/// The keys of one question's own kind, on their way to [`Asked`].
struct Reader<'a> {
    network: &'a NetworkSpec,
    place: &'a str,
    keys: Map<String, Value>,
    expect: Value,
}

impl Reader<'_> {
    fn read(self, kind: Kind) -> Result<Asked, CaseError> {
        match kind {
            Kind::EffectiveRoutes => self.effective_routes(),
            Kind::NextHop => self.next_hop(),
            Kind::Reachability => self.reachability(),
            Kind::Path => self.path(),
            Kind::HubRoutes => self.hub_routes(),
            Kind::GatewayRoutes => self.gateway_routes(),
            Kind::PeeringCount => self.peering_count(),
            Kind::Validation => self.validation(),
            Kind::Resolution => self.resolution(),
            Kind::Text => self.text(),
        }
    }

    fn split<K: DeserializeOwned, E: DeserializeOwned>(self) -> Result<(K, E), CaseError> {
        let keys = from(Value::Object(self.keys), self.place)?;
        Ok((keys, from(self.expect, &format!("{}.expect", self.place))?))
    }

    fn effective_routes(self) -> Result<Asked, CaseError> {
        #[derive(Deserialize)]
        #[serde(rename_all = "camelCase", deny_unknown_fields)]
        struct Keys {
            at: At,
            complete: Completeness,
            #[serde(default)]
            ignore: Vec<String>,
        }
        let (
            Keys {
                at,
                complete,
                ignore,
            },
            expect,
        ) = self.split()?;
        Ok(Asked::EffectiveRoutes {
            at,
            complete,
            ignore,
            expect,
        })
    }

    fn next_hop(self) -> Result<Asked, CaseError> {
        #[derive(Deserialize)]
        #[serde(rename_all = "camelCase", deny_unknown_fields)]
        struct Keys {
            at: At,
            to: String,
        }
        let (Keys { at, to }, expect) = self.split()?;
        Ok(Asked::NextHop { at, to, expect })
    }

    fn reachability(self) -> Result<Asked, CaseError> {
        #[derive(Deserialize)]
        #[serde(rename_all = "camelCase", deny_unknown_fields)]
        struct Keys {
            from: String,
            to: String,
            #[serde(default)]
            protocol: Protocol,
            #[serde(default)]
            port: Option<u16>,
        }
        let (
            Keys {
                from,
                to,
                protocol,
                port,
            },
            expect,
        ) = self.split()?;
        Ok(Asked::Reachability {
            from,
            to,
            protocol,
            port,
            expect,
        })
    }

    fn path(self) -> Result<Asked, CaseError> {
        #[derive(Deserialize)]
        #[serde(rename_all = "camelCase", deny_unknown_fields)]
        struct Keys {
            from: String,
            to: String,
        }
        let (Keys { from, to }, expect) = self.split()?;
        Ok(Asked::Path { from, to, expect })
    }

    fn hub_routes(self) -> Result<Asked, CaseError> {
        #[derive(Deserialize)]
        #[serde(rename_all = "camelCase", deny_unknown_fields)]
        struct Keys {
            hub: String,
            #[serde(default = "default_table")]
            table: String,
            complete: Completeness,
        }
        let (
            Keys {
                hub,
                table,
                complete,
            },
            expect,
        ) = self.split()?;
        Ok(Asked::HubRoutes {
            hub,
            table,
            complete,
            expect,
        })
    }

    fn gateway_routes(self) -> Result<Asked, CaseError> {
        #[derive(Deserialize)]
        #[serde(rename_all = "camelCase", deny_unknown_fields)]
        struct Keys {
            #[serde(default)]
            gateway: Option<String>,
            #[serde(default)]
            site: Option<String>,
            direction: TableDirection,
            #[serde(default)]
            peer: Option<String>,
            complete: Completeness,
        }
        let place = self.place;
        let (keys, expect): (Keys, _) = self.split()?;
        let speaker = match (keys.gateway, keys.site) {
            (Some(name), None) | (None, Some(name)) => name,
            (None, None) => {
                return Err(CaseError::new(
                    place,
                    "expected `gateway` or `site`, found neither",
                ));
            }
            (Some(_), Some(_)) => {
                return Err(CaseError::new(
                    place,
                    "expected `gateway` or `site`, found both",
                ));
            }
        };
        let Keys {
            direction,
            peer,
            complete,
            ..
        } = keys;
        Ok(Asked::GatewayRoutes {
            speaker,
            direction,
            peer,
            complete,
            expect,
        })
    }

    fn peering_count(self) -> Result<Asked, CaseError> {
        #[derive(Deserialize)]
        #[serde(rename_all = "camelCase", deny_unknown_fields)]
        struct Keys {
            #[serde(default)]
            vnet: Option<String>,
            #[serde(default)]
            full_mesh_of: Option<u64>,
        }
        let (Keys { vnet, full_mesh_of }, expect) = self.split()?;
        Ok(Asked::PeeringCount {
            vnet,
            full_mesh_of,
            expect,
        })
    }

    fn validation(self) -> Result<Asked, CaseError> {
        #[derive(Deserialize)]
        #[serde(rename_all = "camelCase", deny_unknown_fields)]
        struct Keys {
            change: String,
            patch: Map<String, Value>,
        }
        let (network, place) = (self.network, self.place);
        let (Keys { change, patch }, expect) = self.split()?;
        let changed = patched(network, &patch, &format!("{place}.patch"))?;
        Ok(Asked::Validation {
            change,
            changed: Box::new(changed),
            expect,
        })
    }

    fn resolution(self) -> Result<Asked, CaseError> {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Keys {
            from: String,
            name: String,
        }
        let (Keys { from, name }, expect) = self.split()?;
        Ok(Asked::Resolution { from, name, expect })
    }

    fn text(self) -> Result<Asked, CaseError> {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Keys {}
        let (Keys {}, expect) = self.split()?;
        Ok(Asked::Text { expect })
    }
}
