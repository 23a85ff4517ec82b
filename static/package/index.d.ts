import type {
  BillAnswer, Comparison, Evaluation, ExportAnswer, ImportAnswer, Judgements, Lint, PlanAnswer, ReachabilityAnswer, RouteTable, Trace,
} from "./interspoke.js";
export type * from "./interspoke.js";

/** A saved design, as text or as the object that the text stands for. `schema/document.json` describes it. */
export type Document = string | object;

/** The version of this package. */
export function version(): string;
/** Problems, findings, the document's flow, the bill's total. Throws where the document cannot be read, saying where and why. */
export function evaluate(document: Document): Evaluation;
/** The effective routes of a subnet, as the Azure CLI prints them. */
export function effectiveRoutes(document: Document, vnet: string, subnet: string): RouteTable;
/** Every way of a request and of its replies. */
export function trace(document: Document, source: string, destination: string, protocol?: "TCP" | "UDP" | "ICMP"): Trace;
/** Who reaches whom, by class of subnets that nothing tells apart. */
export function reachability(document: Document): ReachabilityAnswer;
/** Every pattern for an Intent; without one, for the Intent that the page opens with. */
export function compare(intent?: string | object): Comparison;
/** A month's cost, line by line. */
export function bill(document: Document): BillAnswer;
/** Problems of the design alone, before any traffic: what Azure refuses, what leads nowhere, words that nobody knows. */
export function lint(document: Document): Lint;

/** Something that must hold for all traffic between VNets: names, regions, `spokes`, beginnings as `dev*`, with commas between. */
export interface Policy {
  /** inspected: no packet arrives unseen; symmetric: replies pass the machines of requests; inside: nothing leaves Azure. */
  kind: "inspected" | "symmetric" | "inside" | "direct" | "reaches" | "only";
  from: string;
  /** Not for symmetric and inside. */
  to?: string;
  /** Of only: what may pass, as `443, UDP 53`. */
  services?: string;
}
/** Each policy, proved for all traffic or refuted by one flow. */
export function judge(document: Document, policies: Policy[] | { policies: Policy[] } | string): Judgements;

/** A file that somebody's tool printed. */
export interface Printed { name: string; text: string }
/** Answers of Azure Resource Graph, Azure CLI and PowerShell, templates, Terraform plans, captured routes: made into a design. */
export function importText(files: string | Printed[]): ImportAnswer;
/** A design as code. */
export function exportAs(
  document: Document, form: "bicep" | "arm" | "terraform" | "cli" | "csv" | "mermaid" | "drawio",
): ExportAnswer;
/** The steps from one design to another, each state simulated, as little cut as possible. Throws where Azure refuses the goal. */
export function plan(from: Document, to: Document): PlanAnswer;
