// Starts the page. xtask joins this file to the glue that wasm-bindgen wrote, which declares `init` and `workbench`, as
// one inline module whose hash stands in the content policy.

// The digest of the site's files; empty in the single file and while somebody develops the page.
const VERSION = /* slot: version */ "";

// The single file as it stands on its disk: what a copy of it is made from.
const CARRIED = document.getElementById("interspoke-design");
const WHOLE = CARRIED === null ? "" : `<!doctype html>\n${markup()}\n`;

// Line breaks behind the body are read into it; without them a copy of a copy is the same.
function markup() {
  return document.documentElement.outerHTML.replace(/\s*<\/body><\/html>$/, "\n</body>\n</html>");
}

// The design inside the single file; none in the one that is handed out.
function carried() {
  const text = CARRIED?.textContent.trim() ?? "";
  return text === "" ? undefined : text;
}

// The single file with another design inside. In JSON a `<` stands in texts alone, where its number means the same; so nothing
// in a design ends the block that it stands in.
function copyWith(design) {
  const opening = '<script type="application/json" id="interspoke-design">';
  const start = WHOLE.indexOf(opening) + opening.length;
  const end = WHOLE.indexOf("<", start);
  return WHOLE.slice(0, start) + design.trim().replaceAll("<", "\\u003c") + WHOLE.slice(end);
}

// Lets the browser save a copy where it puts downloads.
function saveCopy(name, design) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([copyWith(design)], { type: "text/html" }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

// Browsers that guard addresses of scripts take them from a policy alone; ours knows one address.
const SCRIPTS = globalThis.trustedTypes?.createPolicy("interspoke", {
  createScriptURL: () => new URL("worker.js", document.baseURI).href,
});
const workerAddress = () => SCRIPTS?.createScriptURL("") ?? new URL("worker.js", document.baseURI);

// The single file carries its WebAssembly in a data block; the site has it beside the page. The version in the address
// keeps a cache from handing out the WebAssembly of another page.
async function wasmResponse() {
  const block = document.getElementById("interspoke-wasm");
  if (block === null) {
    const address = new URL(`interspoke_bg.wasm?${VERSION}`, document.baseURI);
    const response = await fetch(address);
    if (!response.ok) {
      throw new Error(`${address.pathname} could not be loaded (${response.status})`);
    }
    return response;
  }
  const compressed = Uint8Array.from(atob(block.textContent), (character) => character.charCodeAt(0));
  block.remove();
  const bytes = new Blob([compressed]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(bytes, { headers: { "Content-Type": "application/wasm" } });
}

// Resolves when something stands inside the element.
function drawn(element) {
  const isDrawn = () => element.childElementCount > 0 || element.shadowRoot !== null;
  return new Promise((resolve) => {
    if (isDrawn()) {
      resolve();
      return;
    }
    const observer = new MutationObserver(() => {
      if (isDrawn()) {
        observer.disconnect();
        resolve();
      }
    });
    observer.observe(element, { childList: true });
  });
}

async function start() {
  const element = document.getElementById("interspoke");
  await init({ module_or_path: await wasmResponse() });
  if (CARRIED !== null) {
    element.dataset.copies = "";
    element.addEventListener("interspoke-copy", (event) => saveCopy(...event.detail));
  }
  const open = new Promise((resolve) => element.addEventListener("interspoke-ready", resolve, { once: true }));
  workbench(element, carried());
  await drawn(element);
  document.getElementById("interspoke-status").remove();
  await open;
  // Keys act from the start.
  (element.shadowRoot ?? element).querySelector(".interspoke")?.focus({ preventScroll: true });
  document.documentElement.dataset.ready = "";
}

// Lets the site open without a network from the second visit on. Nothing depends on it: where it fails, the page works as before.
async function keepOffline() {
  const workers = navigator.serviceWorker;
  if (workers === undefined || !document.baseURI.startsWith("http")) {
    return;
  }
  if (VERSION === "") {
    const registration = await workers.getRegistration(document.baseURI);
    await registration?.unregister();
    return;
  }
  const registration = await workers.register(workerAddress(), { updateViaCache: "none" });
  if (registration.waiting !== null && workers.controller !== null) {
    offer(registration.waiting);
  }
  registration.addEventListener("updatefound", () => {
    const worker = registration.installing;
    worker.addEventListener("statechange", () => {
      if (worker.state === "installed" && workers.controller !== null) {
        offer(worker);
      }
    });
  });
}

// Says that a new version is there, and takes it over when the reader wants it.
function offer(worker) {
  const note = document.getElementById("interspoke-update");
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = "Reload with the new version";
  button.addEventListener("click", () => {
    navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true });
    worker.postMessage("take over");
  });
  note.replaceChildren("A new version of Interspoke is ready. ", button);
}

// A page that cannot start says so in plain words, where the reader looks.
start().catch((error) => {
  const note = document.getElementById("interspoke-status");
  if (note !== null) {
    note.setAttribute("role", "alert");
    note.textContent =
      "Interspoke could not start. It needs a browser of 2023 or later with WebAssembly allowed. " +
      `Reloading may help. The reason given: ${error instanceof Error ? error.message : String(error)}`;
  }
  document.documentElement.dataset.failed = "";
  console.error(error);
});
keepOffline().catch((error) => console.info("Interspoke stays without offline use:", error));
