#!/usr/bin/env node
// Interspoke in a pipeline: reads a saved design and says what is wrong with it, by exit status and in the forms that pipelines
// show. See HELP for the verbs.
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { parseArgs } from "node:util";
import {
  bill, effectiveRoutes, evaluate, exportAs, importText, judge, lint, plan, reachability, trace, version,
} from "./index.mjs";

const HELP = `interspoke VERB …

  check   FILE [--policy POLICIES] [--format text|sarif|junit] [--level error|warning|note]
                                  problems, findings, policies that do not hold; status 1 where one is as grave as the level (error)
  lint    FILE [--format …] [--level …]
                                  problems of the design alone, before any traffic
  report  FILE                    problems, findings, who reaches whom, cost a month
  explain FILE SOURCE DESTINATION [--protocol TCP|UDP|ICMP]
                                  the way of a packet and of its reply; status 1 where one of them is lost
  routes  FILE VNET SUBNET        the effective routes of a subnet
  import  FILES… [--out DESIGN]   a design from what Azure's tools printed; what was assumed goes to standard error
  export  FILE --as bicep|arm|terraform|cli|csv|mermaid|drawio [--to FOLDER]
                                  a design as code
  plan    BEFORE AFTER [--format text|json]
                                  steps from one to the other, what each cuts; status 1 where flows are cut on the way
  diff    BEFORE AFTER            what changes: findings, flows, cost; status 1 where a flow is lost or a finding is new

Status 2: a file cannot be read or a verb is not known. A file named - is read from standard input.`;

const GRAVITY = { note: 0, warning: 1, error: 2 };

class Refused extends Error {}

async function read(file) {
  if (file === undefined) {
    throw new Refused(`a file is missing\n\n${HELP}`);
  }
  try {
    return await readFile(file === "-" ? 0 : file, "utf8");
  } catch (error) {
    throw new Refused(`${file}: ${error.message}`);
  }
}

function answered(file, ask) {
  try {
    return ask();
  } catch (error) {
    throw new Refused(`${file}: ${error.message}`);
  }
}

// Problems of the document and findings of the simulator, in one form.
function faults(evaluation) {
  const problems = evaluation.issues.map((issue) => ({ ...issue, title: issue.code, url: null }));
  const findings = evaluation.findings.map((finding) => ({ ...finding, url: finding.source.url }));
  return [...problems, ...findings];
}

const problemsOf = (document) => lint(document).issues.map((issue) => ({ ...issue, title: issue.code, url: null }));

// What each kind of policy says, and what a flow does that breaks it.
const POLICIES = {
  inspected: "no packet arrives without inspection",
  symmetric: "replies pass the machines of their requests",
  inside: "nothing leaves Azure",
  direct: "nothing stands between",
  reaches: "everybody is reached",
};

// Policies that do not hold, in the form of findings.
function broken(document, policies) {
  return judge(document, policies)
    .policies.filter((policy) => !policy.holds)
    .map(({ kind, from, to, against }) => ({
      code: `policy-${kind}`,
      severity: "error",
      subject: to === "" ? from : `${from} to ${to}`,
      title: POLICIES[kind],
      message: `it does not hold for ${against.source} to ${against.destination}`,
      url: null,
    }));
}

const line = (fault) => `${fault.severity}: ${fault.code} ${fault.subject}: ${fault.title}\n    ${fault.message}`;

function sarif(file, found) {
  const codes = [...new Map(found.map((fault) => [fault.code, fault])).values()];
  const rules = codes.map((fault) => ({
    id: fault.code,
    shortDescription: { text: fault.title },
    ...(fault.url === null ? {} : { helpUri: fault.url }),
  }));
  const results = found.map((fault) => ({
    ruleId: fault.code,
    level: fault.severity,
    message: { text: `${fault.subject}: ${fault.message}` },
    locations: [{ physicalLocation: { artifactLocation: { uri: file } }, logicalLocations: [{ fullyQualifiedName: fault.subject }] }],
  }));
  const driver = { name: "Interspoke", version: version(), rules };
  const schema = "https://json.schemastore.org/sarif-2.1.0.json";
  return JSON.stringify({ $schema: schema, version: "2.1.0", runs: [{ tool: { driver }, results }] }, null, 2);
}

const xml = (value) =>
  value.replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd]/g, "\ufffd").replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

function junit(file, found, isGrave) {
  const suite = found.map((fault) => {
    const inside = isGrave(fault) ? `<failure message="${xml(fault.title)}">${xml(fault.message)}</failure>` : "";
    return `  <testcase classname="${xml(fault.code)}" name="${xml(fault.subject)}">${inside}</testcase>`;
  });
  const none = `  <testcase classname="interspoke" name="no problem and no finding"/>`;
  const failures = found.filter(isGrave).length;
  const count = Math.max(found.length, 1);
  const head = `<testsuite name="${xml(file)}" tests="${count}" failures="${failures}">`;
  return `<?xml version="1.0" encoding="UTF-8"?>\n${head}\n${(suite.length > 0 ? suite : [none]).join("\n")}\n</testsuite>`;
}

// Prints what was found in the form that was asked for; status 1 where something is as grave as the level.
function judged(file, found, { format, level }) {
  if (!(level in GRAVITY)) {
    throw new Refused(`--level: expected error, warning or note, found ${level}`);
  }
  const isGrave = (fault) => GRAVITY[fault.severity] >= GRAVITY[level];
  const forms = {
    text: () => (found.length > 0 ? found.map(line).join("\n") : "no problem and no finding"),
    sarif: () => sarif(file, found),
    junit: () => junit(file, found, isGrave),
  };
  if (!(format in forms)) {
    throw new Refused(`--format: expected text, sarif or junit, found ${format}`);
  }
  console.log(forms[format]());
  return found.some(isGrave) ? 1 : 0;
}

async function check([file], options) {
  const document = await read(file);
  const found = faults(answered(file, () => evaluate(document)));
  if (options.policy !== undefined) {
    const policies = await read(options.policy);
    found.push(...answered(options.policy, () => broken(document, policies)));
  }
  return judged(file, found, options);
}

async function linted([file], options) {
  const document = await read(file);
  return judged(file, answered(file, () => problemsOf(document)), options);
}

async function report([file]) {
  const document = await read(file);
  const [evaluation, reach, month] = answered(file, () => [evaluate(document), reachability(document), bill(document)]);
  console.log(`${reach.delivered} of ${reach.flows} flows between workloads arrive, and their replies return`);
  for (const pair of reach.pairs.filter((one) => !one.reached)) {
    console.log(`  lost: ${pair.flows} as ${pair.example.join(" to ")}`);
  }
  console.log(`${month.total} a month${month.complete ? "" : " (lines are open)"}`);
  console.log(faults(evaluation).map(line).join("\n") || "no problem and no finding");
  return 0;
}

function stops(way) {
  const ends = way.reason === null ? way.outcome : `${way.outcome}: ${way.reason}`;
  const rows = way.stops.map(({ name, address, winner }) => {
    const by = winner === null ? "" : `  ${winner.addressPrefix.join(" ")} ${winner.nextHopType ?? winner.origin}`;
    return `  ${name}${address === null ? "" : ` ${address}`}${by}`;
  });
  return [...rows, `  ${ends}`].join("\n");
}

async function explain([file, source, destination], { protocol }) {
  const document = await read(file);
  const answer = answered(file, () => trace(document, source ?? "", destination ?? "", protocol));
  console.log(`${answer.source} to ${answer.destination} ${answer.verdict}`);
  answer.requests.forEach((way, at) => {
    console.log(`request\n${stops(way)}`);
    answer.replies[at]?.forEach((reply) => console.log(`reply\n${stops(reply)}`));
  });
  return answer.reachable ? 0 : 1;
}

async function routes([file, vnet, subnet]) {
  const document = await read(file);
  const table = answered(file, () => effectiveRoutes(document, vnet ?? "", subnet ?? ""));
  for (const row of table.value) {
    console.log([row.source, row.state, row.addressPrefix.join(" "), row.nextHopType, row.nextHopIpAddress.join(" ")].join("\t"));
  }
  return 0;
}

async function imported(files, { out }) {
  const given = await Promise.all(files.map(async (file) => ({ name: basename(file), text: await read(file) })));
  const { document, entries } = answered(files.join(", "), () => importText(given));
  entries.forEach(({ verdict, message, place }) => console.error(`${verdict}: ${message} (${place})`));
  const text = `${JSON.stringify(document, null, 2)}\n`;
  if (out === undefined) {
    process.stdout.write(text);
  } else {
    await writeFile(out, text);
  }
  return 0;
}

async function exported([file], { as, to }) {
  const document = await read(file);
  const { files, notes } = answered(file, () => exportAs(document, as ?? ""));
  for (const { path, text } of files) {
    if (to === undefined) {
      process.stdout.write(files.length > 1 ? `==> ${path} <==\n${text}` : text);
    } else {
      await mkdir(dirname(join(to, path)), { recursive: true });
      await writeFile(join(to, path), text);
    }
  }
  notes.forEach(({ place, text }) => console.error(`${place}: ${text}`));
  return 0;
}

async function planned([before, after], { format }) {
  const [from, to] = [await read(before), await read(after)];
  const found = answered(`${before}, ${after}`, () => plan(from, to));
  if (format === "json") {
    console.log(JSON.stringify(found, null, 2));
  } else {
    console.log(`${found.steps.length} steps; ${found.verdict}`);
    found.steps.forEach(({ title, effects }, at) => {
      console.log([`${at + 1}. ${title}`, ...effects.map((effect) => `   ${effect}`)].join("\n"));
    });
  }
  return found.cut > 0 ? 1 : 0;
}

async function diff([before, after]) {
  const [old, next] = [await read(before), await read(after)];
  const look = (file, document) => answered(file, () => [evaluate(document), reachability(document), bill(document)]);
  const [first, second] = [look(before, old), look(after, next)];
  const key = (fault) => `${fault.code} ${fault.subject}`;
  const only = (some, others) => {
    const known = new Set(faults(others[0]).map(key));
    return faults(some[0]).filter((fault) => !known.has(key(fault)));
  };
  const [gone, fresh] = [only(first, second), only(second, first)];
  const lost = (reach) => reach.flows - reach.delivered;
  console.log(`flows that arrive: ${first[1].delivered} of ${first[1].flows} -> ${second[1].delivered} of ${second[1].flows}`);
  console.log(`a month: ${first[2].total} -> ${second[2].total}`);
  gone.forEach((fault) => console.log(`gone: ${line(fault)}`));
  fresh.forEach((fault) => console.log(`new: ${line(fault)}`));
  return fresh.length > 0 || lost(second[1]) > lost(first[1]) ? 1 : 0;
}

const VERBS = { check, lint: linted, report, explain, routes, import: imported, export: exported, plan: planned, diff };

async function main() {
  const options = {
    format: { type: "string", default: "text" },
    level: { type: "string", default: "error" },
    protocol: { type: "string", default: "TCP" },
    policy: { type: "string" },
    as: { type: "string" },
    to: { type: "string" },
    out: { type: "string" },
    help: { type: "boolean", default: false },
  };
  const { values, positionals } = parseArgs({ options, allowPositionals: true });
  const [verb, ...files] = positionals;
  if (values.help || verb === undefined) {
    console.log(HELP);
    return values.help ? 0 : 2;
  }
  if (!(verb in VERBS)) {
    throw new Refused(`there is no verb ${verb}\n\n${HELP}`);
  }
  return VERBS[verb](files, values);
}

main().then(
  (status) => {
    process.exitCode = status;
  },
  (error) => {
    console.error(error instanceof Refused ? error.message : error.message ?? String(error));
    process.exitCode = 2;
  },
);
