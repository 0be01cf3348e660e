// The application as it is typed stays in this browser for a day: a reload, a closed tab and a lost line lose nothing. It keeps its
// key too, so that one that did arrive before the line went is answered with the same page, and isn't a second visit.
(() => {
  "use strict";
  if (window.yb?.visitDraft) return;
  window.yb = { ...window.yb, visitDraft: true };
  const DAY = 86400000;
  const NEVER = new Set(["csrfmiddlewaretoken", "lang", "terms", "proof", "code", "agreed"]);
  const form = () => document.querySelector("form[data-keeps]");
  const boxes = (here) => [...here.querySelectorAll("input, textarea, select")].filter((box) => box.name && !NEVER.has(box.name));
  const place = (here) => `yb-visit:${here.dataset.keeps}`;
  let timer = 0;

  function kept(here) {
    try {
      const one = JSON.parse(localStorage.getItem(place(here)) || "null");
      return one && one.at > Date.now() - DAY ? one : null;
    } catch { return null; }
  }
  function drop(code) {
    clearTimeout(timer);
    try { localStorage.removeItem(`yb-visit:${code}`); } catch { /* nothing was kept */ }
  }
  function keep() {
    const here = form();
    if (!here) return;
    const fields = [...new FormData(here)].filter(([name, value]) => typeof value === "string" && !NEVER.has(name));
    const began = kept(here)?.at || Date.now(); // the form's own mark lasts a day from when it was given out
    try { localStorage.setItem(place(here), JSON.stringify({ at: began, fields })); } catch { /* it stays in the page alone */ }
  }
  function later(event) {
    if (!event.target.closest?.("form[data-keeps]")) return;
    clearTimeout(timer);
    timer = setTimeout(keep, 200);
  }
  function restore(here, one) {
    const told = new Map();
    for (const [name, value] of one.fields) told.set(name, [...(told.get(name) || []), value]);
    for (const box of boxes(here)) {
      const values = told.get(box.name) || [];
      if (box.type === "radio" || box.type === "checkbox") box.checked = values.includes(box.value);
      else if (values.length) box.value = values[0];
    }
    here.querySelector("[data-kept]").hidden = false;
  }

  document.addEventListener("input", later);
  document.addEventListener("change", later);
  document.addEventListener("click", (event) => {
    if (!event.target.closest?.("[data-kept-drop]")) return;
    drop(form().dataset.keeps);
    location.reload();
  });
  window.addEventListener("pagehide", () => { if (timer) keep(); });

  function ready() {
    const sent = document.querySelector("[data-sent-from]");
    if (sent) drop(sent.dataset.sentFrom);
    const here = form(), one = here && kept(here);
    if (here?.hasAttribute("data-bound")) keep();
    else if (one) restore(here, one);
  }
  document.addEventListener("yb:page", ready);
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", ready);
  else ready();
})();
