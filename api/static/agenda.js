// Keeps one's agenda on this device, so that it can be read without a network, until its reader signs out.
const keepAgenda = async () => {
  await navigator.serviceWorker.register("/agenda-worker.js", { scope: location.pathname });
  await document.fonts.ready;
  const ours = performance.getEntriesByType("resource").map((each) => each.name);
  const needed = [location.href.split("#")[0], ...ours.filter((name) => name.startsWith(`${location.origin}/static/`))];
  const cache = await caches.open(`own-agenda:${location.pathname}`);
  await cache.addAll([...new Set(needed)]);
  document.getElementById("kept").hidden = false;
};
if ("serviceWorker" in navigator) keepAgenda();
