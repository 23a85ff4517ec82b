//! Source, destination and whose turn it is when a box is clicked.

use super::Answers;
use interspoke_core::document::Document;
use interspoke_core::route::Flow;
use interspoke_core::spec::Protocol;
use std::net::Ipv4Addr;

/// An end of a flow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Turn {
    /// The source.
    From,
    /// The destination.
    To,
}

/// The chosen flow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Choice {
    /// Source.
    pub from: Option<Ipv4Addr>,
    /// Destination.
    pub to: Option<Ipv4Addr>,
    /// What the packet is.
    pub protocol: Protocol,
    /// The port that is called; `None` for one that no rule names.
    pub port: Option<u16>,
    /// The end that the next chosen box becomes.
    pub turn: Turn,
}

/// Whether packets of a protocol have ports.
#[must_use]
pub const fn has_ports(protocol: Protocol) -> bool {
    matches!(protocol, Protocol::Tcp | Protocol::Udp)
}

impl Choice {
    /// The flow that a document was saved with, else the first workload and the last one.
    #[must_use]
    pub fn opening(document: &Document, answers: &Answers) -> Self {
        let Some(flow) = document.flow else {
            return Self::first(answers);
        };
        Self {
            from: Some(flow.source),
            to: Some(flow.destination),
            protocol: flow.protocol,
            port: flow.port,
            turn: Turn::From,
        }
    }

    fn first(answers: &Answers) -> Self {
        let mut workloads = answers
            .endpoints
            .iter()
            .filter(|e| e.workload)
            .map(|e| e.address);
        let from = workloads.next();
        Self {
            from,
            to: workloads.next_back(),
            protocol: Protocol::Tcp,
            port: None,
            turn: Turn::From,
        }
    }

    /// The flow, when both ends are chosen.
    #[must_use]
    pub fn flow(&self) -> Option<Flow> {
        Some(Flow {
            source: self.from?,
            destination: self.to?,
            protocol: self.protocol,
            port: self.port.filter(|_| has_ports(self.protocol)),
        })
    }

    /// The address at an end.
    #[must_use]
    pub fn at(&self, turn: Turn) -> Option<Ipv4Addr> {
        match turn {
            Turn::From => self.from,
            Turn::To => self.to,
        }
    }

    pub(super) fn set(&mut self, turn: Turn, address: Ipv4Addr) {
        match turn {
            Turn::From => self.from = Some(address),
            Turn::To => self.to = Some(address),
        }
    }
}
