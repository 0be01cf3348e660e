// The clerk's screen by keyboard alone: Return takes what was found, Ctrl-Return saves, Alt and a letter does what stands beside
// it. Nothing here is needed to record a call: without it the form posts as ever. What is typed is kept by draft.js.
(() => {
  "use strict";
  if (window.yb?.register) return;
  window.yb = { ...window.yb, register: true };
  const form = () => document.querySelector("form[data-register]");
  const all = (selector, root) => [...root.querySelectorAll(selector)];
  const box = (name) => form()?.querySelector(`[name="${name}"]`);
  let waits = false, own = ""; // own: what was typed as an answer before one was taken

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
    const said = box("q").value.trim(), digits = said.replace(/\D/g, "").length > 6, none = !stops().length;
    if (none && (digits || !said) && !box("place").value) {
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
    if (["pick", "place"].includes(event.target.name)) {
      event.preventDefault();
      return event.target.name === "pick" ? go() : box("words").focus();
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
    const letter = event.code.replace(/^Key/, "").toLowerCase();
    const at = all(`[data-alt="${CSS.escape(letter)}"]`, document).find((one) => !one.closest("[hidden]"));
    if (!at) return;
    event.preventDefault();
    at.focus();
    if (at.matches("[type=search]")) at.select(); // what is typed now takes its place
    if (at.matches("[type=radio], summary, a")) at.click();
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

  document.addEventListener("yb:sent", (event) => { if (event.detail.form.matches("[data-register]")) own = ""; });

  // --- a page opened, or shown in the place of another ---

  function ready() {
    const here = form();
    if (!here) return;
    const twins = here.querySelector(".register-known .refused") && here.querySelector("[data-twin]");
    const wrong = here.querySelector(".refused, [aria-invalid='true'], .errorlist");
    const next = box("q").value.trim() ? box("words") : box("q"); // what was put aside goes on where it stopped
    setTimeout(() => (twins || (wrong ? null : next))?.focus(), 0);
  }
  document.addEventListener("yb:page", ready);
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", ready);
  else ready();
})();
