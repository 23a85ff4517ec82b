// Terraform is held against the typed azurerm provider: node tests/foreign/terraform.mjs FOLDER …
//
// HashiCorp's own parser reads the files of a folder together. Every argument and block of a resource has to be one
// that the provider's type declares, every argument that it needs has to stand there, and a plain value has to be of
// its kind. What is an expression is taken as it is.
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { parse } from "@cdktf/hcl2json";
import { report } from "./report.mjs";

const LIBRARY = join(dirname(createRequire(import.meta.url).resolve("@cdktf/provider-azurerm/package.json")), "lib");
const META = new Set(["depends_on", "lifecycle", "provider", "count", "for_each"]);
const interfaces = new Map();
let checked = 0;

await report("Terraform folders", process.argv.slice(2), async (folder) => {
    const faults = [];
    const files = readdirSync(folder).filter((name) => name.endsWith(".tf"));
    const text = files.map((name) => readFileSync(join(folder, name), "utf8")).join("\n");
    const read = await parse("network.tf", text);
    for (const [type, resources] of Object.entries(read.resource ?? {})) {
        if (!type.startsWith("azurerm_")) continue;
        for (const [name, blocks] of Object.entries(resources)) {
            for (const block of blocks) faults.push(...check(`${type}.${name}`, block, rootOf(type), type));
        }
    }
    return faults;
});
console.log(`${checked} arguments were held against azurerm`);
if (checked === 0) process.exitCode = 1;

/** The interface that declares a resource, by its folder's name. */
function rootOf(type) {
    const folder = type.replace(/^azurerm_/, "").replaceAll("_", "-");
    const file = join(LIBRARY, folder, "index.d.ts");
    if (!existsSync(file)) throw new Error(`azurerm has no resource ${type}`);
    if (!interfaces.has(type)) interfaces.set(type, declarations(readFileSync(file, "utf8")));
    const root = [...interfaces.get(type).keys()].find((name) => name.endsWith("Config"));
    return interfaces.get(type).get(root);
}

/** Interfaces of a file: name to members, each with Terraform's own name from the link above it. */
function declarations(text) {
    const found = new Map();
    for (const [, name, body] of text.matchAll(/^export interface (\w+)[^{]*\{\n([\s\S]*?)^\}/gm)) {
        const members = new Map();
        const member = /#(\w+) \w+#\w+\}[\s\S]*?\*\/\s*readonly \w+(\??): ([^;]+)/g;
        for (const [, argument, optional, kind] of body.matchAll(member)) {
            members.set(argument, { needed: optional === "", kind: kind.trim() });
        }
        found.set(name, members);
    }
    return found;
}

function check(place, block, members, type) {
    const faults = [];
    for (const [argument, value] of Object.entries(block)) {
        if (META.has(argument)) continue;
        const member = members.get(argument);
        if (!member) {
            faults.push(`${place}: azurerm has no argument ${argument}`);
            continue;
        }
        checked += 1;
        faults.push(...checkValue(`${place}.${argument}`, value, member.kind, type));
    }
    for (const [argument, { needed }] of members) {
        if (needed && !(argument in block)) faults.push(`${place}: ${argument} is needed and not there`);
    }
    return faults;
}

function checkValue(place, value, kind, type) {
    if (typeof value === "string" && value.startsWith("${")) return [];
    const nested = interfaces.get(type).get(kind.replace(/\[\].*| \|.*/g, ""));
    if (nested) {
        return [value].flat().flatMap((block, index) => check(`${place}[${index}]`, block, nested, type));
    }
    if (Array.isArray(value)) {
        const items = /^(string|number)\[\]/.exec(kind)?.[1];
        if (!items) return [`${place}: a list where azurerm has ${kind}`];
        return value.flatMap((item, index) => checkValue(`${place}[${index}]`, item, items, type));
    }
    const plain = kind.split(" | ")[0];
    // Terraform takes the text of a number for a number.
    const fits = plain === typeof value || (plain === "number" && /^\d+$/.test(value)) || !["string", "number", "boolean"].includes(plain);
    return fits && !plain.endsWith("[]") ? [] : [`${place}: ${JSON.stringify(value)} where azurerm has ${kind}`];
}
