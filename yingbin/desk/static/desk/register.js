// The clerk's screen by keyboard alone: Return takes what was found, Ctrl-Return saves, a draft survives a reload, a closed
// tab, a lost line and the end of a session. Nothing here is needed to record a call: without it the form posts as ever.
(() => {
  "use strict";
  if (window.yb?.register) return;
  window.yb = { ...window.yb, register: true };
  const DAY = 86400000;
  const form = () => document.querySelector("form[data-register]");
  const all = (selector, root) => [...root.querySelectorAll(selector)];
  const box = (name) => form()?.querySelector(`[name="${name}"]`);
  let waits = false, timer = 0, own = ""; // own: what was typed as an answer before one was taken

  // --- Return and Ctrl-Return ---

  const answered = () => form()?.querySelector("[data-asked]")?.dataset.asked === box("q").value.trim();
  const stops = () => all("[data-stop]", form());

  // Return in the box: the one that was found, else the first to choose from; before the answer came, wait for it.
  function take() {
    if (box("q").value.trim() && !answered()) return void (waits = true);
    waits = false;
    const chosen = form().querySelector("[data-stop]:checked"), found = stops();
    if (!chosen && found.length > 1) {
      found[0].focus();
      return found[0].click();
    }
    go();
  }
  // On to what comes next: where it is, if that can't be seen from what was typed, else the words.
  function go() {
    const digits = box("q").value.replace(/\D/g, "").length > 6, none = !stops().length;
    if (none && digits && !box("place").value) {
      document.getElementById("more").open = true;
      return box("place").focus();
    }
    box("words").focus();
  }
  document.addEventListener("keydown", (event) => {
    const here = event.target.closest?.("form[data-register]");
    if (!here || event.key !== "Enter" || event.isComposing) return;
    if (event.ctrlKey || event.metaKey) {
      event.preventDefault();
      return here.requestSubmit(here.querySelector("[data-saves]"));
    }
    if (event.target.name === "q") {
      event.preventDefault();
      return take();
    }
    if (event.target.name === "pick") {
      event.preventDefault();
      return go();
    }
    if (event.target.name === "twin") { // Return says: this one it is
      event.preventDefault();
      event.target.checked = true;
      return here.requestSubmit(here.querySelector("[data-saves]"));
    }
    if (event.target.matches("input:not([type=submit])")) event.preventDefault(); // a form this long isn't sent by chance
  });
  // Alt and a letter: what stands beside it on the page.
  document.addEventListener("keydown", (event) => {
    if (!form() || !event.altKey || event.ctrlKey || event.metaKey || document.querySelector("dialog[open]")) return;
    const letter = event.code.replace(/^Key/, "").toLowerCase(), at = form().querySelector(`[data-alt="${CSS.escape(letter)}"]`);
    if (!at) return;
    event.preventDefault();
    at.focus();
    if (at.matches("[type=radio], summary")) at.click();
  });
  // An answer out of the base stands in the box, where it may still be changed; whoever empties the box took none.
  document.addEventListener("change", (event) => {
    if (!event.target.matches("form[data-register] [data-fills]")) return;
    const fills = all("[data-fills]", form()).map((one) => one.dataset.fills), now = box("answer").value;
    if (!fills.includes(now)) own = now;
    box("answer").value = event.target.dataset.fills || own;
  });
  document.addEventListener("input", (event) => {
    const none = document.getElementById("entry-none");
    if (none && event.target === box("answer") && !event.target.value.trim()) none.checked = true;
  });
  new MutationObserver(() => { if (waits && form() && answered()) take(); }).observe(document.documentElement, { childList: true, subtree: true });

  // --- the draft: this person's, on this computer, for a day ---

  const place = () => `yb-draft:${form().dataset.draft}:${document.body.dataset.who || ""}`;
  function kept() {
    try {
      const one = JSON.parse(localStorage.getItem(place()) || "null");
      return one && one.at > Date.now() - DAY ? one : null;
    } catch { return null; }
  }
  function fieldsOf(here) {
    return [...new FormData(here)].filter(([name, value]) => typeof value === "string" && name !== "csrfmiddlewaretoken" && name !== "typed_at");
  }
  const typed = (here) => ["q", "words", "caller", "phone", "place", "answer"].some((name) => here.querySelector(`[name="${name}"]`)?.value.trim());
  function keep() {
    const here = form();
    if (!here) return;
    here.querySelector("[data-clears]").hidden = !typed(here);
    try {
      if (typed(here)) localStorage.setItem(place(), JSON.stringify({ at: Date.now(), fields: fieldsOf(here) }));
      else localStorage.removeItem(place());
    } catch { /* it stays in the page alone */ }
  }
  const later = () => { clearTimeout(timer); timer = setTimeout(keep, 200); };
  document.addEventListener("input", (event) => { if (event.target.closest("form[data-register]")) later(); });
  document.addEventListener("change", (event) => { if (event.target.closest("form[data-register]")) later(); });
  window.addEventListener("pagehide", keep);
  document.addEventListener("yb:sent", (event) => {
    if (!event.detail.form.matches("[data-register]")) return;
    own = "";
    clearTimeout(timer);
    try { localStorage.removeItem(place()); } catch { /* nothing was kept */ }
  });
  function restore(here, one) {
    const told = new Map();
    for (const [name, value] of one.fields) told.set(name, [...(told.get(name) || []), value]);
    for (const field of all("input, textarea, select", here)) {
      const values = told.get(field.name);
      if (!values || ["file", "submit"].includes(field.type) || field.name === "csrfmiddlewaretoken") continue;
      if (["radio", "checkbox"].includes(field.type)) field.checked = values.includes(field.value);
      else field.value = values[0];
    }
    // What was picked stands in the answer that comes now; until then it is kept here.
    for (const [name, its] of Object.entries({ pick: "found", twin: "known", entry: "answers" })) {
      const value = told.get(name)?.[0], slot = here.querySelector(`[data-lookup-slot=${its}]`);
      if (value && slot) slot.innerHTML = `<input type="radio" name="${name}" checked hidden>`;
      if (value && slot) slot.firstChild.value = value;
    }
    here.querySelector("[data-draft-note]").textContent = "上次没登记完的还在。";
    box("q").dispatchEvent(new Event("input", { bubbles: true }));
    here.querySelector("[name=kind]:checked")?.dispatchEvent(new Event("change", { bubbles: true }));
  }
  document.addEventListener("click", (event) => {
    if (!event.target.closest("[data-clears]")) return;
    clearTimeout(timer);
    try { localStorage.removeItem(place()); } catch { /* nothing was kept */ }
    form().reset(); // no draft is left to write again when the page goes
    for (const name of ["q", "words", "caller", "phone", "place", "answer"]) box(name).value = "";
    location.reload();
  });

  // --- a page opened, or shown in the place of another ---

  function ready() {
    const here = form();
    if (!here) return;
    const one = kept();
    if (here.hasAttribute("data-bound")) keep();
    else if (one) restore(here, one);
    here.querySelector("[data-clears]").hidden = !typed(here);
    const twins = here.querySelector(".register-known .refused") && here.querySelector("[data-twin]");
    const wrong = here.querySelector(".refused, [aria-invalid='true'], .errorlist");
    setTimeout(() => (twins || (wrong ? null : box("q")))?.focus(), 0);
  }
  document.addEventListener("yb:page", ready);
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", ready);
  else ready();
})();
