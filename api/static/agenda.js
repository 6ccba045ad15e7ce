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
// The next meeting stands first, whenever the page is looked at; what is over steps back.
const showNext = () => {
  const rows = [...document.querySelectorAll("[data-ends]")];
  for (const row of rows) row.classList.toggle("past", Date.parse(row.dataset.ends) <= Date.now());
  const next = rows.find((row) => !row.classList.contains("past"));
  const place = document.getElementById("next");
  if (!place) return;
  place.hidden = !next;
  const shown = document.getElementById("next-meeting");
  if (next && shown.dataset.shown !== next.dataset.ends) {
    shown.replaceChildren(...[...next.children].map((part) => part.cloneNode(true)));
    shown.dataset.shown = next.dataset.ends;
  }
};
showNext();
setInterval(showNext, 30_000);
