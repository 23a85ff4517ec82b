//! A design that a page shows, and what is claimed of it.
use std::net::Ipv4Addr;

use interspoke_core::case::{Answer, Asked, Case, Question, Reply, answer, compare};
use interspoke_core::document::{ChosenFlow, Document};
use interspoke_core::route::Settings;
use interspoke_core::spec::Protocol;
use serde_json::{Value, json};

use super::block::Block;
use super::scenario::Scenarios;
use crate::failure::{Context, Failure, Result};

/// A design with the claims about it.
pub(super) struct Exhibit {
    name: String,
    pub(super) document: Box<Document>,
    /// What of the calculator is shown.
    pub(super) view: String,
    pub(super) claims: Vec<Claim>,
}

/// A sentence, and what the simulator says to it.
pub(super) struct Claim {
    pub(super) says: String,
    /// The answer, a line each.
    pub(super) given: Vec<String>,
    /// What is asked, for a script that asks again when the reader changes the design.
    pub(super) asked: Option<Value>,
    pub(super) holds: std::result::Result<(), String>,
}

impl Exhibit {
    pub(super) fn new(name: String, document: Document, claims: Vec<Claim>) -> Exhibit {
        Exhibit {
            name,
            document: document.into(),
            view: "picture".to_owned(),
            claims,
        }
    }

    /// A case of the scenarios, in the state that the block names.
    pub(super) fn of_case(name: String, block: &Block, scenarios: &Scenarios) -> Result<Exhibit> {
        let (case, settings) = scenarios.case(&block.id)?;
        let state = block.option("state");
        let network = case
            .network_in(state)
            .ok_or_else(|| Failure::new(format!("{} has no state {state:?}", case.id)))?;
        let mut document = Document::new(&titled(&case.title), network.clone());
        document.settings = settings;
        document.flow = flow(&case, block)?;
        let claims: Result<Vec<Claim>> = block
            .lines
            .iter()
            .map(|line| claim(&case, state, line, settings))
            .collect();
        let mut exhibit = Exhibit::new(name, document, claims?);
        if let Some(view) = block.option("view") {
            exhibit.view = view.to_owned();
        }
        Ok(exhibit)
    }

    /// The file of its design.
    pub(super) fn file(&self) -> String {
        format!("designs/{}.json", self.name)
    }
}

/// A title begins with a capital.
fn titled(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters
        .next()
        .map(|letter| letter.to_uppercase().to_string());
    first.unwrap_or_default() + letters.as_str()
}

/// The flow to open on: the one that the block names by `flow=FROM,TO`, else the first that is asked for.
fn flow(case: &Case, block: &Block) -> Result<Option<ChosenFlow>> {
    let ends = match block.option("flow") {
        Some(text) => {
            let (from, to) = text.split_once(',').unwrap_or((text, ""));
            Some((from.to_owned(), to.to_owned(), Protocol::Tcp, None))
        }
        None => block.lines.iter().find_map(|line| ends(case, line)),
    };
    let Some((from, to, protocol, port)) = ends else {
        return Ok(None);
    };
    let address = |text: &str| text.parse::<Ipv4Addr>().context(format!("flow: {text:?}"));
    Ok(Some(ChosenFlow {
        source: address(&from)?,
        destination: address(&to)?,
        protocol,
        port,
    }))
}

fn ends(case: &Case, line: &str) -> Option<(String, String, Protocol, Option<u16>)> {
    let (id, _) = line.split_once(':')?;
    let question = case.questions.iter().find(|question| question.id == id)?;
    match &question.asked {
        Asked::Reachability {
            from,
            to,
            protocol,
            port,
            ..
        } => Some((from.clone(), to.clone(), *protocol, *port)),
        Asked::Path { from, to, .. } => Some((from.clone(), to.clone(), Protocol::Tcp, None)),
        _ => None,
    }
}

/// `question: sentence`.
fn claim(case: &Case, state: Option<&str>, line: &str, settings: Settings) -> Result<Claim> {
    let (id, says) = line
        .split_once(": ")
        .ok_or_else(|| Failure::new(format!("expected `question: sentence`, found {line:?}")))?;
    let question = asked(case, id)?;
    if question.state.as_deref() != state {
        return Err(Failure::new(format!(
            "{} asks {id:?} in the state {:?}, the block shows {state:?}",
            case.id, question.state
        )));
    }
    let answer = answer(case, question, settings).context(&case.id)?;
    let (given, holds) = match answer {
        Answer::Unsupported(why) => (Vec::new(), Err(why)),
        Answer::Given(reply) => (
            told(question, &reply),
            compare(question, &reply).map_err(|difference| difference.to_string()),
        ),
    };
    Ok(Claim {
        says: says.to_owned(),
        given,
        asked: again(&question.asked),
        holds,
    })
}

fn asked<'c>(case: &'c Case, id: &str) -> Result<&'c Question> {
    let found = case.questions.iter().find(|question| question.id == id);
    found.ok_or_else(|| {
        let known: Vec<&str> = case.questions.iter().map(|one| one.id.as_str()).collect();
        Failure::new(format!(
            "{} has no question {id:?}; it has {}",
            case.id,
            known.join(", ")
        ))
    })
}

/// An answer in words.
fn told(question: &Question, reply: &Reply) -> Vec<String> {
    match reply {
        Reply::Rows(rows) => rows.iter().map(ToString::to_string).collect(),
        Reply::HubRows(rows) => rows.iter().map(ToString::to_string).collect(),
        Reply::GatewayRows(rows) => rows.iter().map(ToString::to_string).collect(),
        Reply::NextHop(hop) => vec![hop.to_string()],
        Reply::Reachability(reach) => vec![reaches(question, reach.reachable)],
        Reply::Path(path) => vec![over(&path.hops)],
        Reply::PeeringTotal(total) => vec![total.to_string()],
        Reply::Validation(validation) => vec![validation.to_string()],
        Reply::Resolved(resolved) => resolved.by.clone(),
        Reply::Text(text) => vec![text.answer.clone()],
    }
}

fn reaches(question: &Question, reachable: bool) -> String {
    let Asked::Reachability { from, to, port, .. } = &question.asked else {
        return reachable.to_string();
    };
    let port = port.map(|port| format!(":{port}")).unwrap_or_default();
    let verdict = if reachable {
        "answered"
    } else {
        "not answered"
    };
    format!("{from} to {to}{port}: {verdict}")
}

/// What a packet passes.
pub(super) fn over(hops: &[String]) -> String {
    if hops.is_empty() {
        "nothing between".to_owned()
    } else {
        format!("over {}", hops.join(", "))
    }
}

/// What a script can ask again.
fn again(asked: &Asked) -> Option<Value> {
    match asked {
        Asked::Reachability {
            from,
            to,
            port: None,
            protocol,
            ..
        } => Some(json!({ "ask": "reachability", "from": from, "to": to, "protocol": protocol })),
        Asked::EffectiveRoutes { at, .. } => {
            Some(json!({ "ask": "routes", "vnet": at.vnet, "subnet": at.subnet }))
        }
        _ => None,
    }
}
