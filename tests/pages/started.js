// What happens until a page has answered, noted in `told`; it runs before the page's own scripts. Times in milliseconds from navigation.
(() => {
  const told = (window.told = { longest: 0, core: 0 });
  new PerformanceObserver((list) => {
    for (const task of list.getEntries()) told.longest = Math.max(told.longest, task.duration);
  }).observe({ entryTypes: ["longtask"] });
  for (const name of ["instantiate", "instantiateStreaming"]) {
    const compile = WebAssembly[name];
    WebAssembly[name] = async (...given) => {
      const compiled = await compile.apply(WebAssembly, given);
      told.compiled = performance.now();
      return compiled;
    };
  }
  // What the page computes it computes in turns, each a timer of its own; it draws when the turn has ended.
  const later = window.setTimeout;
  window.setTimeout = (work, ...rest) =>
    later((...given) => {
      const start = performance.now();
      try {
        return work(...given);
      } finally {
        if (told.answer === undefined) told.core += performance.now() - start;
      }
    }, ...rest);
  new MutationObserver((_, observer) => {
    if (document.querySelector(".strip h1, body > button") === null) return;
    observer.disconnect();
    told.answer = performance.now();
  }).observe(document, { childList: true, subtree: true });
  new MutationObserver((_, observer) => {
    if (document.documentElement.dataset.ready === undefined) return;
    observer.disconnect();
    told.ready = performance.now();
    const wasm = performance.getEntriesByType("resource").find((one) => one.name.includes(".wasm"));
    told.transfer = wasm.responseEnd;
    told.compile = told.compiled - wasm.responseEnd;
    told.drawing = told.answer - told.compiled - told.core;
  }).observe(document, { attributes: true, subtree: true, attributeFilter: ["data-ready"] });
})();
