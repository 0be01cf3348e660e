// The keyboard: / or Ctrl-K finds everywhere, ? says which keys there are, a letter opens the page that names it.
// Nothing here is needed: every key stands for a link or a button on the page.
(() => {
  "use strict";
  const box = (id) => document.getElementById(id);
  const typing = (at) => at.closest("input, textarea, select, [contenteditable]");

  function open(id) {
    const dialog = box(id);
    if (!dialog || document.querySelector("dialog[open]")) return false;
    dialog.showModal();
    dialog.querySelector("input[type=search]")?.select();
    return true;
  }
  // The clauses that the page shows right now, each once, by number and title, each a link to the procedures.
  function clauses() {
    const sheet = document.querySelector("[data-clauses]");
    const shown = new Map([...document.querySelectorAll("main a.clause")].map((a) => [a.href, a]));
    if (!sheet) return;
    sheet.hidden = shown.size === 0;
    sheet.querySelector("ul").replaceChildren(...[...shown.values()].map((a) => {
      const line = document.createElement("li");
      const link = document.createElement("a");
      link.href = a.href;
      link.textContent = `${a.textContent.trim()} ${a.title}`;
      line.append(link);
      return line;
    }));
  }
  document.addEventListener("keydown", (event) => {
    const find = event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.altKey;
    if (find) return open("find-box") && event.preventDefault();
    const plain = !event.ctrlKey && !event.metaKey && !event.altKey && !event.isComposing && !event.repeat;
    if (!plain || typing(event.target) || document.querySelector("dialog[open]")) return;
    if (event.key === "/") return open("find-box") && event.preventDefault();
    if (event.key === "?") {
      clauses();
      return open("keys-box") && event.preventDefault();
    }
    const link = /^[a-z]$/.test(event.key) && document.querySelector(`[data-key="${event.key}"]`);
    if (!link) return;
    event.preventDefault();
    link.click();
  });
  // The tool leads to the page of the search; here the box opens in place, but in a new tab on request.
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-opens]");
    if (!link) return;
    if (!event.ctrlKey && !event.metaKey && !event.shiftKey) event.preventDefault();
    if (link.dataset.opens === "keys-box") clauses();
  });
  // Return goes to the first that was found; arrows walk through all of them.
  document.addEventListener("submit", (event) => {
    if (!event.target.closest("#find-box")) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    box("find-box").querySelector(".hits a")?.click();
  }, true);
  document.addEventListener("keydown", (event) => {
    const dialog = event.target.closest("#find-box");
    if (dialog && event.key === "Escape") {
      event.preventDefault(); // a search field would only be emptied
      return dialog.close();
    }
    const way = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!dialog || !way) return;
    const stops = [dialog.querySelector("input[type=search]"), ...dialog.querySelectorAll(".hits a")];
    const next = stops[stops.indexOf(document.activeElement) + way];
    if (next) next.focus();
    event.preventDefault();
  });
  // A box that finds (data-walks): arrows walk from it through what it found (data-stop), return opens the first,
  // once that is what stands in the box; before, the page asks the server.
  document.addEventListener("keydown", (event) => {
    const area = event.target.closest("[data-walks]");
    const way = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const asks = area?.querySelector("[data-asks]");
    if (!area || !way || !(event.target === asks || event.target.hasAttribute("data-stop"))) return;
    const stops = [asks, ...area.querySelectorAll("[data-stop]")];
    const next = stops[stops.indexOf(event.target) + way];
    event.preventDefault();
    if (!next) return;
    next.focus();
    if (next.type === "radio") next.click();
  });
  document.addEventListener("submit", (event) => {
    const area = event.target.closest("[data-walks]");
    const asks = area?.querySelector("[data-asks]");
    const first = area?.querySelector("a[data-stop]");
    if (!first || first.closest("[data-asked]")?.dataset.asked !== asks.value.trim()) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    first.click();
  }, true);
})();
