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
