// Pages of the guide: starts the pictures, and asks the claims again when a reader changes a design.
import "../interspoke-view.js";

const NOTE = "now";

// The module that the elements have started by then.
const answers = () => import("../interspoke.js");

const line = (row) => {
  const hops = row.nextHopIpAddress.length > 0 ? ` (${row.nextHopIpAddress.join(", ")})` : "";
  return `${row.addressPrefix.join("+")} ${row.nextHopType}${hops} ${row.source} ${row.state}`;
};

const between = (stops) => stops.slice(1, -1).map((stop) => stop.name);

// Each kind of question: what is said now of a design.
const ASK = {
  reachability(glue, design, { from, to, protocol = "TCP" }) {
    const { reachable, requests } = JSON.parse(glue.trace(design, from, to, protocol));
    const names = requests.length > 0 ? between(requests[0].stops) : [];
    return `${reachable ? "answered" : "not answered"}, ${names.length > 0 ? `over ${names.join(", ")}` : "nothing between"}`;
  },
  routes(glue, design, { vnet, subnet }) {
    return JSON.parse(glue.effectiveRoutes(design, vnet, subnet)).value.map(line).join("\n");
  },
};

function asked(glue, design, question) {
  try {
    return ASK[question.ask](glue, design, question);
  } catch (error) {
    return error.message;
  }
}

function claimsOf(figure) {
  const list = figure.nextElementSibling;
  return list?.classList.contains("claims") ? [...list.children] : [];
}

function note(claim, text) {
  let now = claim.querySelector(`.${NOTE}`);
  if (now === null) {
    now = document.createElement("pre");
    now.className = NOTE;
    now.setAttribute("role", "status");
    claim.append(now);
  }
  now.textContent = text;
}

async function again(figure, view) {
  const glue = await answers();
  for (const claim of claimsOf(figure)) {
    const question = claim.dataset.asked;
    note(claim, question === undefined ? "said of the design as it was printed" : `your design: ${asked(glue, view.design, JSON.parse(question))}`);
  }
}

for (const figure of document.querySelectorAll(".exhibit")) {
  const view = figure.querySelector("interspoke-view");
  // The element offers the design as it is now.
  view.addEventListener("interspoke-ready", () => figure.querySelector("a.open")?.remove());
  view.addEventListener("interspoke-change", () => {
    again(figure, view).catch((error) => console.error(error));
  });
}
