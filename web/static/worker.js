/* What stands between the pages and the server (a service worker), for when the server cannot be reached.
 *
 * Kept is the page that says so, with the files it needs: nothing that anyone asked or was answered, which
 * always comes from the server. */

/* The server says which page it is. */
const KEPT = "entrywise-VERSION";
const UNREACHABLE = "/unreachable";
const HASHED = /^\/static\/[0-9a-f]{16}\//;
const LOOKS = ["/theme.css", "/logo"];
const NEEDED = /"(\/(?:static\/[^"]+|theme\.css|logo))"/g;

async function keep() {
  const cache = await caches.open(KEPT);
  // As anyone gets it, whoever is signed in.
  const page = await fetch(UNREACHABLE, { credentials: "omit", cache: "no-cache" });
  if (!page.ok) throw new Error(`${UNREACHABLE}: ${page.status}`);
  const needed = [...(await page.clone().text()).matchAll(NEEDED)].map(([, path]) => path);
  await cache.addAll([...new Set(needed)]);
  await cache.put(UNREACHABLE, page);
  await skipWaiting();
}

async function begin() {
  const names = await caches.keys();
  const earlier = names.filter((name) => name.startsWith("entrywise-") && name !== KEPT);
  await Promise.all(earlier.map((name) => caches.delete(name)));
  // The worker starts while the page is on its way.
  await registration.navigationPreload?.enable();
  await clients.claim();
}

async function page({ request, preloadResponse }) {
  try {
    const early = await preloadResponse;
    // A browser asks for a key where a page is fetched, not where it was on its way before.
    return early && early.status !== 401 ? early : await fetch(request);
  } catch {
    return (await caches.match(UNREACHABLE)) ?? Response.error();
  }
}

addEventListener("install", (event) => event.waitUntil(keep()));
addEventListener("activate", (event) => event.waitUntil(begin()));
addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) return;
  if (request.mode === "navigate") {
    event.respondWith(page(event));
  } else if (HASHED.test(pathname)) {
    event.respondWith(caches.match(request).then((kept) => kept ?? fetch(request)));
  } else if (LOOKS.includes(pathname)) {
    event.respondWith(fetch(request).catch(async () => (await caches.match(request)) ?? Response.error()));
  }
});
