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
