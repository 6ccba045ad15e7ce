// Answers for one agenda alone: the newest there is, and what was kept where no network answers in time.
const KEPT = `own-agenda:${new URL(self.registration.scope).pathname}`;
const PATIENCE_MILLISECONDS = 4000;
self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("fetch", (event) => {
  if (event.request.method === "GET") event.respondWith(answer(event.request));
});
const answer = async (request) => {
  const isAgenda = request.mode === "navigate";
  try {
    const found = await fetch(request, isAgenda ? { signal: AbortSignal.timeout(PATIENCE_MILLISECONDS) } : {});
    if (isAgenda && [401, 403, 404].includes(found.status)) await caches.delete(KEPT);
    if (isAgenda && found.ok) await (await caches.open(KEPT)).put(request, found.clone());
    return found;
  } catch {
    return (await caches.match(request, { cacheName: KEPT, ignoreVary: true })) ?? Response.error();
  }
};
