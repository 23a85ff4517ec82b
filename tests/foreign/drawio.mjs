// The graph library of draw.io opens every drawing: node tests/foreign/drawio.mjs network.drawio …
//
// draw.io keeps a diagram as the XML of that library's model. Opened means: every cell of the text is a cell of the
// graph, every line ends at two of its boxes, and what is written back has the same cells.
import { readFileSync } from "node:fs";
import { JSDOM } from "jsdom";
import { report } from "./report.mjs";

// The library asks for a page as it is loaded.
const { window } = new JSDOM("<div id=canvas></div>");
const names = ["document", "location", "navigator", "Element", "HTMLElement", "Node", "SVGElement", "Event", "MouseEvent", "XMLSerializer", "DOMParser"];
globalThis.window = window;
for (const name of names) Object.defineProperty(globalThis, name, { value: window[name], configurable: true });
const { Graph, ModelXmlSerializer } = await import("@maxgraph/core");

await report("draw.io drawings", process.argv.slice(2), (file) => {
    const faults = [];
    const page = new window.DOMParser().parseFromString(readFileSync(file, "utf8"), "text/xml");
    const broken = page.querySelector("parsererror");
    if (broken) return [broken.textContent.split("\n")[0]];
    for (const model of page.querySelectorAll("mxfile > diagram > mxGraphModel")) {
        const written = [...model.querySelectorAll("root > *")];
        const graph = new Graph(window.document.getElementById("canvas"));
        new ModelXmlSerializer(graph.model).import(new window.XMLSerializer().serializeToString(model));
        for (const element of written) faults.push(...faultsOf(element, graph.model));
        const read = Object.keys(graph.model.cells).length;
        if (read !== written.length) faults.push(`${written.length} cells are written, ${read} are read`);
        graph.destroy();
    }
    return faults;
});

/** What the model lacks of a cell that is written. */
function faultsOf(element, model) {
    const id = element.getAttribute("id");
    const cell = model.getCell(id);
    if (!cell) return [`cell ${id} is not read`];
    const faults = [];
    if ((element.getAttribute("vertex") === "1") !== Boolean(cell.isVertex())) faults.push(`cell ${id}: a box on one side only`);
    if ((element.getAttribute("value") ?? "") !== (cell.value ?? "")) faults.push(`cell ${id}: its words differ`);
    if (!cell.isEdge()) return faults;
    for (const [end, found] of [["source", cell.source], ["target", cell.target]]) {
        if (!found?.isVertex() || found.id !== element.getAttribute(end)) faults.push(`line ${id}: its ${end} is no box`);
    }
    return faults;
}
