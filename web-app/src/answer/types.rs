//! The forms of the answers, as TypeScript.
//!
//! The rule: this text goes into the package as it stands, and `static/schema/answers.json` is made from it; tests hold every
//! answer against that. An interface that is added here is described there.

/// The interfaces of all answers.
pub const TYPES: &str = r#"
/** Where a rule or a price stands. */
export interface Source { title: string; url: string; date: string }
/** What `evaluate` answers, as JSON. */
export interface Evaluation {
  schema: "interspoke-answer/1";
  issues: { code: string; severity: "note" | "warning" | "error"; subject: string; message: string }[];
  findings: {
    code: string; severity: "note" | "warning" | "error"; subject: string; title: string; message: string; flows: number;
    flow: { source: string; destination: string } | null; source: Source;
  }[];
  flow: { source: string; destination: string; reachable: boolean } | null;
  bill: { total: string; complete: boolean; lines: number };
}
/** A row in the words of the Azure CLI. */
export interface Route {
  name: string | null; source: string; state: string; addressPrefix: string[]; nextHopType: string; nextHopIpAddress: string[];
}
/** What `effectiveRoutes` answers, as JSON. */
export interface RouteTable { schema: "interspoke-answer/1"; vnet: string; subnet: string; value: Route[] }
/** One stop of a packet, with the row that won and those that lost. */
export interface Stop {
  name: string; kind: string; address: string | null; source: string; destination: string;
  winner: Route | { addressPrefix: string[]; origin: string; asPath: string[] } | null;
  losers: { route: Route; why: string }[]; remarks: string[];
}
/** One way of a packet. */
export interface Way { outcome: "delivered" | "dropped" | "loop"; reason: string | null; stops: Stop[] }
/** What `trace` answers, as JSON: the replies of each request in the order of the requests. */
export interface Trace {
  schema: "interspoke-answer/1"; source: string; destination: string; reachable: boolean; verdict: string;
  requests: Way[]; replies: Way[][];
}
/** What `reachability` answers, as JSON; `from` and `to` are positions in `classes`. */
export interface ReachabilityAnswer {
  schema: "interspoke-answer/1"; flows: number; delivered: number; classes: string[][];
  pairs: {
    from: number; to: number; flows: number; reached: boolean; inspected: boolean; symmetric: boolean; direct: boolean;
    example: string[];
  }[];
}
/** What `compare` answers, as JSON, by rank. */
export interface Comparison {
  schema: "interspoke-answer/1"; recommended: string | null;
  patterns: {
    pattern: string; title: string; verdict: string; reasons: { text: string; input: string; source: Source | null }[];
    change: string | null; counts: { counter: string; value: number | null; derivation: string }[];
    monthly: string | null; complete: boolean;
  }[];
  notes: string[];
}
/** What `bill` answers, as JSON. Amounts are texts: no float holds them. */
export interface BillAnswer {
  schema: "interspoke-answer/1"; total: string; complete: boolean;
  lines: {
    group: string; subject: string; region: string; service: string; meter: string; quantity: string;
    unitPrice: string | null; amount: string | null; derivation: string; source: Source | null;
  }[];
  notes: string[];
}
/** What `lint` answers, as JSON. */
export interface Lint {
  schema: "interspoke-answer/1";
  issues: { code: string; severity: "note" | "warning" | "error"; subject: string; message: string }[];
}
/** What `judge` answers, as JSON, in the order of the policies. `flows` were followed where it holds; `against` is one that it does not hold for. */
export interface Judgements {
  schema: "interspoke-answer/1";
  policies: {
    kind: "inspected" | "symmetric" | "inside" | "direct" | "reaches" | "only"; from: string; to: string; holds: boolean; flows: number;
    against: { source: string; destination: string } | null;
  }[];
}
/** What `importText` answers, as JSON: a document, and what was done to get it. */
export interface ImportAnswer {
  schema: "interspoke-answer/1"; document: object; read: { type: string; count: number }[];
  skipped: { type: string; count: number }[]; stubs: string[]; entries: { verdict: string; place: string; message: string }[];
}
/** What `exportAs` answers, as JSON. */
export interface ExportAnswer {
  schema: "interspoke-answer/1"; form: string; files: { path: string; text: string }[]; notes: { place: string; text: string }[];
}
/** What `plan` answers, as JSON. `cut`: pairs that do not arrive between steps, and do before and after. */
export interface PlanAnswer {
  schema: "interspoke-answer/1"; verdict: string; cut: number;
  steps: {
    title: string; cut: number; uninspected: number; effects: string[]; commands: string; undo: string | null; check: string[];
  }[];
}
"#;
