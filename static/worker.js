// The service worker of the site: after one visit the page opens without a network, under any sub-path.
//
// xtask fills in the files with their digests and the version, which is the digest of all of them. A version is kept whole
// or not at all: a file whose digest is another (a host in the middle of an update) ends the installation, and the older
// version stays. A new version waits until the reader takes it over; open pages keep what they started with.
const VERSION = /* slot: version */ "";
const FILES = new Map(/* slot: files */ []);

const OURS = `interspoke ${self.registration.scope} `;
const CACHE = OURS + VERSION;

self.addEventListener("install", (event) => event.waitUntil(keep()));
self.addEventListener("activate", (event) => event.waitUntil(forgetOlder()));
self.addEventListener("message", (event) => {
  if (event.data === "take over") {
    self.skipWaiting();
  }
});
self.addEventListener("fetch", (event) => {
  const file = fileOf(event.request);
  if (file !== undefined) {
    event.respondWith(answer(event.request, file));
  }
});

async function keep() {
  const cache = await caches.open(CACHE);
  const requests = [...FILES].map(([file, integrity]) => new Request(file, { cache: "reload", integrity }));
  await cache.addAll(requests);
}

async function forgetOlder() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith(OURS) && name !== CACHE).map((name) => caches.delete(name)));
}

// The file of this site that a request asks for. "./" is the page itself; whatever follows a question mark only names a
// version.
function fileOf(request) {
  const asked = new URL(request.url);
  const scope = new URL(self.registration.scope);
  if (request.method !== "GET" || asked.origin !== scope.origin || !asked.pathname.startsWith(scope.pathname)) {
    return undefined;
  }
  const path = asked.pathname.slice(scope.pathname.length);
  const file = path === "" || path === "index.html" ? "./" : path;
  return FILES.has(file) ? file : undefined;
}

async function answer(request, file) {
  const cache = await caches.open(CACHE);
  return (await cache.match(file)) ?? fetch(request);
}
