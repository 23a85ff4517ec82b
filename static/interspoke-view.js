// <interspoke-view>: the calculator inside somebody else's page, by one script tag:
//
//   <script type="module" src="…/interspoke-view.js"></script>
//   <interspoke-view design="…" view="picture" theme="light" height="520" mode="read"></interspoke-view>
//
// | attribute | what |
// |---|---|
// | design | a saved design as text, the text of a link (#interspoke=…), or the address of a file of the embedding page's own site |
// | view | page (default), picture, compare, path, routes, reachability, peerings, cost, findings, objects, chart |
// | theme | system, light, dark; without it, as the embedding page says by color-scheme |
// | height | pixels; without it the element is as high as what stands in it |
// | mode | edit (default) or read |
//
// What stands inside the element (a picture as SVG, say) is shown until the calculator's picture is there, and where scripts are off.
// Below the calculator a link opens the design, as it is now, in the whole page.
// Nothing is fetched before the element comes near the view; several on a page share one module. Events of the element:
// interspoke-ready, interspoke-change, interspoke-choose. Members: `design` (the text of the design now), `link`, `started`.
const OPTIONS = ["view", "theme", "mode"];
const PASSED_ON = ["interspoke-change", "interspoke-choose"];

// The calculator, fetched once for all elements of a page.
let calculator;
const started = () => (calculator ??= fetched());

async function fetched() {
  const glue = await import("./interspoke.js");
  await glue.default({ module_or_path: new URL("./interspoke_bg.wasm", import.meta.url) });
  return glue;
}

const STYLE = new CSSStyleSheet();
STYLE.replaceSync(`
  :host { display: block; contain: layout style; overflow: auto; }
  :host([hidden]) { display: none; }
  .place { min-block-size: 100%; }
  .place.coming { block-size: 0; min-block-size: 0; overflow: hidden; visibility: hidden; }
  .full { display: block; inline-size: fit-content; margin-inline-start: auto; padding: .25rem .5rem; font: .875rem/1.5 system-ui, sans-serif; }
  .said { margin: 0; padding: 1rem; font: 1rem/1.5 system-ui, sans-serif; }
`);

export class InterspokeView extends HTMLElement {
  static observedAttributes = ["design", "height", ...OPTIONS];

  #root = this.attachShadow({ mode: "open" });
  #near;
  #glue;
  #handle;
  #turn = 0;
  #full = document.createElement("a");

  constructor() {
    super();
    Object.assign(this.#full, { className: "full", target: "_blank", rel: "noopener", textContent: "Open in full" });
    this.#root.adoptedStyleSheets = [STYLE];
    this.#root.append(document.createElement("slot"));
  }

  /** Resolves when the calculator is drawn for the first time. */
  started = new Promise((resolve) => this.addEventListener("interspoke-ready", () => resolve(), { once: true }));

  /** The design as it is now, as text; before the start, the attribute. */
  get design() {
    return this.#handle?.document() ?? this.getAttribute("design");
  }

  set design(text) {
    this.setAttribute("design", text);
  }

  /** The fragment of a link that opens the design in the full page; nothing before the start. */
  get link() {
    return this.#glue?.linkTo(this.design);
  }

  connectedCallback() {
    this.#near = new IntersectionObserver(
      (entries) => {
        if (entries.some((entry) => entry.isIntersecting)) {
          this.#near.disconnect();
          this.#near = undefined;
          this.#draw();
        }
      },
      { rootMargin: "200px" },
    );
    this.#near.observe(this);
  }

  disconnectedCallback() {
    this.#turn += 1;
    this.#near?.disconnect();
    this.#near = undefined;
    this.#handle?.unmount();
    this.#handle = undefined;
    this.#root.replaceChildren(document.createElement("slot"));
  }

  attributeChangedCallback(name, before, after) {
    if (name === "height") {
      const pixels = Number(after);
      this.style.setProperty("block-size", after !== null && pixels > 0 ? `${pixels}px` : "auto");
    } else if (before !== after && this.#handle !== undefined) {
      this.#draw();
    }
  }

  // Draws what the attributes say now. A call that was overtaken by another leaves everything to that one.
  async #draw() {
    const turn = (this.#turn += 1);
    try {
      const [design, glue] = await Promise.all([textOf(this.getAttribute("design")), started()]);
      if (turn !== this.#turn) {
        return;
      }
      this.#handle?.unmount();
      const place = document.createElement("div");
      place.className = "place coming";
      for (const name of PASSED_ON) {
        place.addEventListener(name, () => {
          this.#offer();
          this.dispatchEvent(new CustomEvent(name));
        });
      }
      place.addEventListener("interspoke-drawn", () => this.#show(place), { once: true });
      this.#root.replaceChildren(place, document.createElement("slot"));
      const options = OPTIONS.filter((name) => this.hasAttribute(name)).map((name) => [name, this.getAttribute(name)]);
      this.#glue = glue;
      this.#handle = glue.mount(place, design, JSON.stringify(Object.fromEntries(options)));
    } catch (error) {
      if (turn === this.#turn) {
        this.#say(`Interspoke could not start here: ${error.message}`);
      }
    }
  }

  // The calculator takes the place of what stood inside the element.
  #show(place) {
    place.classList.remove("coming");
    this.#root.replaceChildren(place, this.#full);
    this.#offer();
    this.dispatchEvent(new CustomEvent("interspoke-ready"));
  }

  // The design as it is now, in the whole page; a design that is too large for a link has none.
  #offer() {
    let link;
    try {
      link = this.link;
    } catch {
      link = undefined;
    }
    this.#full.hidden = link === undefined;
    this.#full.href = new URL(`./${link ?? ""}`, import.meta.url).href;
  }

  #say(text) {
    const note = document.createElement("p");
    note.className = "said";
    note.setAttribute("role", "alert");
    note.textContent = text;
    this.#root.replaceChildren(note, document.createElement("slot"));
  }
}

// A design as text: what is neither JSON nor a link is the address of a file, which must be of the page's own site.
async function textOf(design) {
  if (design === null || design.trim() === "") {
    return undefined;
  }
  const first = design.trim()[0];
  if (first === "{" || first === "#") {
    return design.trim();
  }
  const address = new URL(design, document.baseURI);
  if (address.origin !== location.origin) {
    throw new Error(`the design ${address.href} is not a file of this site`);
  }
  const response = await fetch(address);
  if (!response.ok) {
    throw new Error(`${address.pathname} could not be loaded (${response.status})`);
  }
  return response.text();
}

customElements.define("interspoke-view", InterspokeView);
