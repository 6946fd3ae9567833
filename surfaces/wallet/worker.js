// The service worker: keeps the shell, so that the wallet opens at once and without a network. It keeps nothing else:
// what the platform answers is never stored. SHELL is filled in when the pages are built.
const SHELL = [];
const CACHE = `shell ${SHELL.join(" ")}`;
const HOME = new URL("./", location.href).pathname;

addEventListener("install", (event) => {
  event.waitUntil(
    caches
      .open(CACHE)
      .then((cache) => cache.addAll(SHELL))
      .then(() => skipWaiting()),
  );
});

addEventListener("activate", (event) => event.waitUntil(forgetOthers().then(() => clients.claim())));

addEventListener("fetch", (event) => {
  const { method, mode, url } = event.request;
  const { origin, pathname } = new URL(url);
  if (method !== "GET" || origin !== location.origin) return;
  if (mode === "navigate" && pathname === HOME) event.respondWith(newest(event.request));
  if (pathname.startsWith(`${HOME}assets/`)) event.respondWith(kept(event.request));
});

async function forgetOthers() {
  const old = (await caches.keys()).filter((name) => name.startsWith("shell ") && name !== CACHE);
  await Promise.all(old.map((name) => caches.delete(name)));
}

/** The page of today, or the one that is kept if the platform cannot be reached. */
async function newest(request) {
  try {
    return await fetch(request);
  } catch (problem) {
    const known = await caches.match("./");
    if (known) return known;
    throw problem;
  }
}

/** A file whose name changes with what is in it. */
async function kept(request) {
  const known = await caches.match(request);
  if (known) return known;
  const answer = await fetch(request);
  if (answer.ok) (await caches.open(CACHE)).put(request, answer.clone());
  return answer;
}
