// Small comforts. Every page works without them.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.isSent) event.preventDefault();
  else if (!form.hasAttribute("hx-post")) {
    form.dataset.isSent = "yes";
    setTimeout(() => delete form.dataset.isSent, 3000);
  }
});
window.addEventListener("pageshow", () => {
  for (const form of document.forms) delete form.dataset.isSent;
});
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copies]");
  if (!button) return;
  const source = document.getElementById(button.dataset.copies);
  await navigator.clipboard.writeText(source.value ?? source.innerText);
  button.textContent = button.dataset.copied;
});
// On the desk j and k go down and up a queue, or to its next and previous page. They rest while somebody types.
document.addEventListener("keydown", (event) => {
  const step = { j: 1, k: -1 }[event.key];
  if (!step || event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select")) return;
  if (localStorage.getItem("keys") === "off") return;
  const turn = document.querySelector(`main a[rel="${step > 0 ? "next" : "prev"}"]`);
  const links = [...document.querySelectorAll("[data-queue] h2 a")];
  const here = links.indexOf(document.activeElement);
  const next = links.length ? links[here + step] : turn;
  if (next && links.length) next.focus();
  else if (next) next.click();
});
document.addEventListener("change", (event) => {
  if (event.target.matches("[data-keys]")) localStorage.setItem("keys", event.target.checked ? "on" : "off");
});
for (const box of document.querySelectorAll("[data-keys]")) box.checked = localStorage.getItem("keys") !== "off";
// A grid of cells is one stop for the tabulator; arrows go on from there.
const stopAt = (cell) => {
  for (const other of cell.closest("table").querySelectorAll("[data-cell][tabindex='0']")) other.tabIndex = -1;
  cell.tabIndex = 0;
};
for (const table of document.querySelectorAll("table:has([data-cell])")) {
  const cells = table.querySelectorAll("[data-cell]");
  for (const cell of cells) cell.tabIndex = -1;
  cells[0].tabIndex = 0;
}
document.addEventListener("focusin", ({ target }) => target.matches("[data-cell]") && stopAt(target));
document.addEventListener("input", ({ target }) => {
  const list = document.getElementById(target.dataset.finds || "");
  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  for (const row of list ? list.querySelectorAll("[data-row]") : []) row.hidden = !plain(row.textContent).includes(plain(target.value));
  const first = list?.querySelector("[data-row]:not([hidden]) [data-cell]");
  if (first) stopAt(first);
});
document.addEventListener("keydown", (event) => {
  const { key, target } = event;
  if (key === "/" && !target.matches("input, textarea, select") && localStorage.getItem("keys") !== "off") {
    const search = document.querySelector("[data-finds]");
    if (search) { event.preventDefault(); search.focus(); }
  }
  const step = { ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowDown: [1, 0], ArrowUp: [-1, 0] }[key];
  if (!step || !target.matches("[data-cell]")) return;
  let { cellIndex } = target.closest("td"), { rowIndex } = target.closest("tr");
  const { rows } = target.closest("table");
  for (let row = rows[rowIndex], link; row; ) {
    cellIndex += step[1];
    row = rows[(rowIndex += step[0])];
    if (row && !row.cells[cellIndex]) return;
    if ((link = row && !row.hidden && row.cells[cellIndex].querySelector("[data-cell]"))) { event.preventDefault(); return link.focus(); }
  }
});
