// embed.html: the calculator for an iframe, for pages that run no script of others. What is shown stands in the address:
// embed.html?view=picture&mode=read&host=https://docs.example#interspoke=1&…
//
// Messages, both ways objects with `interspoke: 1`. They are taken from the embedding window alone, and only where its origin is
// the one that `host` names; without `host` nothing is taken and nothing is told.
//
// | from the host | answer |
// |---|---|
// | { interspoke: 1, do: "load", design } | loaded, or refused with `why` |
// | { interspoke: 1, do: "export" } | { interspoke: 1, did: "export", design, link } |
//
// | to the host | when |
// |---|---|
// | { interspoke: 1, did: "ready" } | drawn |
// | { interspoke: 1, did: "change" } | the design changed |
// | { interspoke: 1, did: "choose" } | another flow was chosen |
// | { interspoke: 1, did: "resize", height } | the content is of another height |
// The digest of the site's files.
const VERSION = /* slot: version */ "";

const asked = new URLSearchParams(location.search);
const host = originOf(asked.get("host"));
const place = document.getElementById("interspoke");
const full = document.createElement("a");
let handle;

function originOf(address) {
  try {
    return address === null ? null : new URL(address).origin;
  } catch {
    return null;
  }
}

function tell(message) {
  if (host !== null && window.parent !== window) {
    window.parent.postMessage({ interspoke: 1, ...message }, host);
  }
}

function show(design) {
  handle?.unmount();
  const options = ["view", "theme", "mode"].filter((name) => asked.has(name)).map((name) => [name, asked.get(name)]);
  handle = mount(place, design, JSON.stringify(Object.fromEntries(options)));
  offer();
}

// A link that opens the design, as it is now, in the whole page; a design that is too large for a link has none.
function offer() {
  let link;
  try {
    link = linkTo(handle.document());
  } catch {
    link = undefined;
  }
  full.hidden = link === undefined;
  full.href = new URL(`./${link ?? ""}`, document.baseURI).href;
}

const heightOf = (element) => element.getBoundingClientRect().height;

function drawn() {
  document.getElementById("interspoke-status").remove();
  Object.assign(full, { target: "_blank", rel: "noopener", textContent: "Open in full" });
  place.after(full);
  offer();
  document.documentElement.dataset.ready = "";
  tell({ did: "ready" });
}

window.addEventListener("message", (event) => {
  if (host === null || event.source !== window.parent || event.origin !== host || event.data?.interspoke !== 1) {
    return;
  }
  if (event.data.do === "load" && typeof event.data.design === "string") {
    try {
      evaluate(event.data.design);
      show(event.data.design);
      tell({ did: "loaded" });
    } catch (error) {
      tell({ did: "refused", why: error.message });
    }
  } else if (event.data.do === "export") {
    const design = handle.document();
    tell({ did: "export", design, link: linkTo(design) });
  }
});

async function start() {
  await init({ module_or_path: new URL(`interspoke_bg.wasm?${VERSION}`, document.baseURI) });
  place.addEventListener("interspoke-drawn", drawn, { once: true });
  place.addEventListener("interspoke-change", () => {
    offer();
    tell({ did: "change" });
  });
  place.addEventListener("interspoke-choose", () => tell({ did: "choose" }));
  new ResizeObserver(() => tell({ did: "resize", height: Math.ceil(heightOf(place) + heightOf(full)) })).observe(place);
  show(location.hash === "" ? undefined : location.hash);
}

start().catch((error) => {
  const note = document.getElementById("interspoke-status");
  note.setAttribute("role", "alert");
  note.textContent = `Interspoke could not start: ${error instanceof Error ? error.message : String(error)}`;
  document.documentElement.dataset.failed = "";
});
