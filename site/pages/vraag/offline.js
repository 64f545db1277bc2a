// Keeps what the page "Vraag het" has read, for when there is no network. With network, that is asked.
const KEPT = "vraag-het";

addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(clients.claim()));
addEventListener("message", (event) => event.waitUntil(keep(event.data)));
addEventListener("fetch", (event) => {
  const { method, url } = event.request;
  if (method === "GET" && new URL(url).origin === location.origin) event.respondWith(fetched(event.request));
});

async function keep(addresses) {
  const kept = await caches.open(KEPT);
  const own = [...new Set(addresses)].filter((a) => new URL(a).origin === location.origin);
  await Promise.all(own.map((a) => kept.add(a).catch(() => undefined)));
}

async function fetched(request) {
  try {
    const answer = await fetch(request);
    if (answer.ok) (await caches.open(KEPT)).put(request.url.split("?")[0], answer.clone());
    return answer;
  } catch (error) {
    const kept = await (await caches.open(KEPT)).match(request, { ignoreSearch: true });
    if (kept) return kept;
    throw error;
  }
}
