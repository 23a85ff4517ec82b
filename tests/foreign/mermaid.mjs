// Mermaid's own parser reads every diagram: node tests/foreign/mermaid.mjs network.mmd …
import { readFileSync } from "node:fs";
import { JSDOM } from "jsdom";
import { report } from "./report.mjs";

// Mermaid asks for a page as it is loaded.
const { window } = new JSDOM("");
Object.assign(globalThis, { window, document: window.document });
const { default: mermaid } = await import("mermaid");

await report("Mermaid diagrams", process.argv.slice(2), async (file) => {
    const read = await mermaid.parse(readFileSync(file, "utf8"));
    return read.diagramType.startsWith("flowchart") ? [] : [`read as ${read.diagramType}`];
});
