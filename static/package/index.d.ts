import type { BillAnswer, Comparison, Evaluation, ReachabilityAnswer, RouteTable, Trace } from "./interspoke.js";
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
