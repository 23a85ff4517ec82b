// Starts the page. xtask joins this file to the glue that wasm-bindgen wrote, which declares `init` and `workbench`, as
// one inline module whose hash stands in the content policy.

// The single file carries its WebAssembly in a data block; the site has it beside the page.
async function wasmResponse() {
  const block = document.getElementById("interspoke-wasm");
  if (block === null) {
    const address = new URL("interspoke_bg.wasm", document.baseURI);
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
  workbench(element);
  await drawn(element);
  document.getElementById("interspoke-status").remove();
  // Keys act from the start.
  (element.shadowRoot ?? element).querySelector(".interspoke")?.focus({ preventScroll: true });
  document.documentElement.dataset.ready = "";
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
