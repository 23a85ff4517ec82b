// The package as its users have it: run by `node --test` beside the built files, with the folder of the package and a design.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test from "node:test";
import { pathToFileURL } from "node:url";

const folder = process.env.INTERSPOKE_PACKAGE;
const sound = process.env.INTERSPOKE_DESIGN;
const api = await import(pathToFileURL(join(folder, "index.mjs")));
const design = readFileSync(sound, "utf8");
const scratch = mkdtempSync(join(tmpdir(), "interspoke-"));

// The same design without one route: a reply is lost.
const broken = JSON.parse(design);
broken.network.routeTables = [];
const bad = join(scratch, "bad.json");
writeFileSync(bad, JSON.stringify(broken));
const unreadable = join(scratch, "unreadable.json");
writeFileSync(unreadable, '{"schema": "interspoke/1", "network": {"vnets": [{"nam": "a"}]}}');

function run(...args) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(folder, "cli.mjs"), ...args], { encoding: "utf8" });
  return { status, stdout, stderr };
}

test("a design is answered as objects", () => {
  const { source, destination } = api.evaluate(design).flow;
  const way = api.trace(design, source, destination);
  assert.equal(way.reachable, true);
  assert.equal(way.requests[0].stops.at(-1).address, destination);
  const reach = api.reachability(JSON.parse(design));
  assert.equal(reach.delivered, reach.flows);
  assert.equal(reach.flows, reach.pairs.reduce((sum, pair) => sum + pair.flows, 0));
  const [vnet, subnet] = reach.classes[0][0].split("/");
  assert.ok(api.effectiveRoutes(design, vnet, subnet).value.some((row) => row.nextHopType === "VnetLocal"));
  assert.match(api.bill(design).total, /USD [0-9,.]+$/);
  assert.equal(api.version(), JSON.parse(readFileSync(join(folder, "package.json"), "utf8")).version);
});

test("an Intent is answered with every pattern", () => {
  const { recommended, patterns } = api.compare({ regions: [{ region: "westeurope", spokes: 3 }] });
  assert.ok(patterns.length > 10);
  assert.equal(patterns.find((one) => one.pattern === recommended).verdict, "recommended");
});

test("what cannot be read says where and what was expected", () => {
  assert.throws(() => api.evaluate(readFileSync(unreadable, "utf8")), /line 1.*unknown field `nam`/);
  assert.throws(() => api.trace(design, "10.0.0", "10.0.0.4"), /source: expected an IPv4 address/);
});

test("the command line says by its status what a pipeline must know", () => {
  assert.equal(run("check", sound).status, 0);
  assert.equal(run("check", bad, "--level", "note").status, 1);
  const refused = run("check", unreadable);
  assert.equal(refused.status, 2);
  assert.match(refused.stderr, /unknown field `nam`/);
  assert.equal(run("report", sound).status, 0);
  assert.equal(run("explain", sound, "10.0.0.300", "1.1.1.1").status, 2);
  assert.equal(run("diff", sound, sound).status, 0);
  const change = run("diff", sound, bad);
  assert.equal(change.status, 1);
  assert.match(change.stdout, /flows that arrive: \d+ of \d+ -> /);
  assert.equal(run("guess").status, 2);
});

test("SARIF and JUnit name each finding", () => {
  const plain = run("check", bad, "--level", "note").stdout;
  const codes = [...plain.matchAll(/^(?:error|warning|note): (\S+)/gm)].map((match) => match[1]);
  assert.ok(codes.length > 0);
  const { runs } = JSON.parse(run("check", bad, "--format", "sarif").stdout);
  assert.deepEqual(runs[0].results.map((result) => result.ruleId), codes);
  assert.ok(runs[0].results.every((result) => runs[0].tool.driver.rules.some((rule) => rule.id === result.ruleId)));
  const junit = run("check", bad, "--format", "junit", "--level", "note").stdout;
  assert.equal(junit.match(/<testcase /g).length, codes.length);
  assert.equal(junit.match(/<failure /g).length, codes.length);
});

test("policies are proved or refuted by a flow", () => {
  const [reaches, direct] = api.judge(design, [
    { kind: "reaches", from: "spokes", to: "spokes" },
    { kind: "direct", from: "spokes", to: "spokes" },
  ]).policies;
  assert.equal(reaches.holds, true);
  assert.ok(reaches.flows > 0);
  assert.equal(direct.holds, false);
  assert.equal(api.trace(design, direct.against.source, direct.against.destination).reachable, true);
  assert.throws(() => api.judge(design, [{ kind: "direct", from: "nobody", to: "spokes" }]), /policies\[0\]: .*nobody/);
  assert.throws(() => api.judge(design, "{}"), /expected a list/);
});

test("a policy file decides the status, and its findings are in every form", () => {
  const policies = join(scratch, "policies.json");
  const held = [{ kind: "inspected", from: "spokes", to: "spokes" }];
  writeFileSync(policies, JSON.stringify({ policies: held }));
  assert.equal(run("check", sound, "--policy", policies).status, 0);
  writeFileSync(policies, JSON.stringify({ policies: [...held, { kind: "direct", from: "spokes", to: "spokes" }] }));
  const broken = run("check", sound, "--policy", policies);
  assert.equal(broken.status, 1);
  assert.match(broken.stdout, /policy-direct spokes to spokes: nothing stands between/);
  const { runs } = JSON.parse(run("check", sound, "--policy", policies, "--format", "sarif").stdout);
  assert.ok(runs[0].results.some((result) => result.ruleId === "policy-direct"));
  writeFileSync(policies, '[{"kind": "fast"}]');
  const refused = run("check", sound, "--policy", policies);
  assert.equal(refused.status, 2);
  assert.match(refused.stderr, /policies\.json: policies\[0\]: .*`fast`/);
});

test("lint says what Azure refuses, before any traffic", () => {
  assert.equal(run("lint", sound).status, 0);
  const twice = JSON.parse(design);
  twice.network.vnets.push({ ...twice.network.vnets[0] });
  const file = join(scratch, "twice.json");
  writeFileSync(file, JSON.stringify(twice));
  assert.equal(run("lint", file).status, 1);
  assert.ok(api.lint(twice).issues.some((issue) => issue.severity === "error"));
});

test("what a tool printed becomes a design, and a design becomes code", () => {
  const printed = JSON.stringify([
    { type: "Microsoft.Network/virtualNetworks", name: "hub", location: "westeurope", addressSpace: { addressPrefixes: ["10.0.0.0/16"] }, subnets: [] },
  ]);
  const { document, read } = api.importText([{ name: "vnets.json", text: printed }]);
  assert.deepEqual(read, [{ type: "microsoft.network/virtualnetworks", count: 1 }]);
  assert.deepEqual(document.network.vnets[0].prefixes, ["10.0.0.0/16"]);
  const [main] = api.exportAs(document, "bicep").files;
  assert.equal(main.path, "main.bicep");
  assert.match(main.text, /10\.0\.0\.0\/16/);
  const template = api.exportAs(design, "arm").files[0].text;
  assert.equal(api.importText(template).document.network.vnets.length, JSON.parse(design).network.vnets.length);
  assert.throws(() => api.exportAs(design, "cobol"), /expected one of bicep.*"cobol"/);
  assert.throws(() => api.importText("nothing"), /nothing of a network/);
  const file = join(scratch, "vnets.json");
  const out = join(scratch, "imported.json");
  writeFileSync(file, printed);
  assert.equal(run("import", file, "--out", out).status, 0);
  assert.equal(api.lint(readFileSync(out, "utf8")).issues.filter((issue) => issue.severity === "error").length, 0);
  assert.match(run("export", out, "--as", "mermaid").stdout, /hub/);
});

test("a plan leads from one design to another", () => {
  const same = api.plan(design, design);
  assert.deepEqual([same.steps.length, same.cut], [0, 0]);
  const way = api.plan(broken, design);
  assert.ok(way.steps.length > 0 && way.steps.every((step) => step.title !== "" && step.commands !== ""));
  assert.equal(run("plan", bad, sound).status, way.cut > 0 ? 1 : 0);
  assert.match(run("plan", sound, sound).stdout, /^0 steps/);
});

test("types name what the module has", () => {
  const types = readFileSync(join(folder, "index.d.ts"), "utf8");
  const typed = [...types.matchAll(/^export function (\w+)/gm)].map((match) => match[1]);
  assert.deepEqual(typed.sort(), Object.keys(api).sort());
});
