// Interspoke as an ES module for Node.js 20 or newer and for browsers: objects in, objects out. Nothing is sent anywhere; the
// WebAssembly beside this file is all that is read.
import init, * as wasm from "./interspoke.js";

const file = new URL("./interspoke_bg.wasm", import.meta.url);
if (file.protocol === "file:") {
  const { readFile } = await import("node:fs/promises");
  await init({ module_or_path: await readFile(file) });
} else {
  await init({ module_or_path: file });
}

// A document or an Intent is taken as text or as the object that the text stands for.
const text = (given) => (typeof given === "string" ? given : JSON.stringify(given));

export const version = () => wasm.version();
export const evaluate = (document) => JSON.parse(wasm.evaluate(text(document)));
export const effectiveRoutes = (document, vnet, subnet) => JSON.parse(wasm.effectiveRoutes(text(document), vnet, subnet));
export const trace = (document, source, destination, protocol = "TCP") =>
  JSON.parse(wasm.trace(text(document), source, destination, protocol));
export const reachability = (document) => JSON.parse(wasm.reachability(text(document)));
export const compare = (intent = {}) => JSON.parse(wasm.compare(text(intent)));
export const bill = (document) => JSON.parse(wasm.bill(text(document)));
export const lint = (document) => JSON.parse(wasm.lint(text(document)));
export const judge = (document, policies) => JSON.parse(wasm.judge(text(document), text(policies)));
// One text, or a list of { name, text }.
export const importText = (files) => JSON.parse(wasm.importText(text(files)));
export const exportAs = (document, form) => JSON.parse(wasm.exportAs(text(document), form));
export const plan = (from, to) => JSON.parse(wasm.plan(text(from), text(to)));
