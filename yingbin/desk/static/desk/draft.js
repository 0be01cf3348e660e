// A form that isn't lost: what is typed is kept by this browser for a day, for its person alone: after a reload, in another tab,
// without a line, after the session ended. A form with slots is put aside half typed when another call comes: each slot has an
// address of its own, and so a draft and photos of its own. Nothing here is needed: without it the form posts as ever.
(() => {
  "use strict";
  if (window.yb?.drafts) return;
  const DAY = 86400000, SLOTS = 9, SHOWN = 22;
  const TYPED = "textarea, input:not([type]), input[type=text], input[type=search], input[type=tel]";
  const form = () => document.querySelector("form[data-draft]");
  const all = (selector, root) => [...root.querySelectorAll(selector)];
  let timer = 0;

  // --- where it is kept ---

  const slot = () => Number(form().dataset.slot || 1);
  const place = (n = slot()) => `yb-draft:${form().dataset.draft}${n > 1 ? `.${n}` : ""}:${document.body.dataset.who || ""}`;
  function kept(n) {
    try {
      const one = JSON.parse(localStorage.getItem(place(n)) || "null");
      return one && one.at > Date.now() - DAY ? one : null;
    } catch { return null; }
  }
  function forget() {
    clearTimeout(timer);
    try { localStorage.removeItem(place()); } catch { /* nothing was kept */ }
  }
  function fieldsOf(here) {
    return [...new FormData(here)].filter(([name, value]) => typeof value === "string" && !["csrfmiddlewaretoken", "typed_at"].includes(name));
  }
  const words = (here) => all(TYPED, here).filter((one) => one.name && one.value.trim());
  const isBegun = (here) => words(here).length > 0 || here.querySelector(".photo") !== null;
  function keep() {
    const here = form();
    if (!here) return;
    const begun = isBegun(here);
    for (const one of all("[data-clears]", here)) one.hidden = !begun;
    try {
      if (!begun) localStorage.removeItem(place());
      else localStorage.setItem(place(), JSON.stringify({ at: Date.now(), said: words(here).map((one) => one.value.trim()), fields: fieldsOf(here) }));
    } catch { /* it stays in the page alone */ }
    shelf();
  }
  const later = (event) => {
    if (!event.target.closest?.("form[data-draft]")) return;
    clearTimeout(timer);
    timer = setTimeout(keep, 200);
  };
  document.addEventListener("input", later);
  document.addEventListener("change", later);
  document.addEventListener("yb:photo", keep);
  window.addEventListener("pagehide", keep);
  // What waited for a line went by itself from another page: no draft of it is left.
  document.addEventListener("yb:went", (event) => {
    for (const at of Object.keys(localStorage).filter((one) => one.startsWith("yb-draft:"))) {
      if (localStorage.getItem(at).includes(JSON.stringify(["key", event.detail]))) localStorage.removeItem(at);
    }
    if (form()) shelf();
  });
  document.addEventListener("yb:sent", (event) => { if (event.detail.form.matches("[data-draft]")) forget(); });

  // --- put aside, and taken up again ---

  const address = (n) => `${form().getAttribute("action").split("?")[0]}${n > 1 ? `?n=${n}` : ""}`;
  const others = () => Array.from({ length: SLOTS }, (_, n) => n + 1).filter((n) => n !== slot());
  function link(n, one) {
    const to = document.createElement("a"), since = document.createElement("time"), said = one.said?.join(" ") || "照片";
    to.href = address(n);
    to.className = "btn btn-sm";
    since.dataset.rel = "";
    since.dateTime = new Date(one.at).toISOString();
    since.textContent = new Date(one.at).toTimeString().slice(0, 5); // the page's own clock says it better within the hour
    to.append(said.length > SHOWN ? `${said.slice(0, SHOWN)}…` : said, " ", since);
    return to;
  }
  // What waits half typed stands above the form, the one that waits longest first; the one at hand may join it.
  function shelf() {
    const waiting = document.querySelector("[data-waiting]"), aside = document.querySelector("[data-aside]");
    if (!waiting || !aside) return;
    const there = others().map((n) => [n, kept(n)]), free = there.find(([, one]) => !one);
    const waits = there.filter(([, one]) => one).sort((a, b) => a[1].at - b[1].at);
    waiting.hidden = !waits.length;
    waiting.querySelector("[data-waiting-list]").replaceChildren(...waits.map(([n, one]) => link(n, one)));
    aside.hidden = !isBegun(form()) || !free;
    if (free) aside.href = address(free[0]);
    if (aside.hidden) waiting.querySelector("a")?.setAttribute("data-alt", "p"); // one key puts aside, and takes up again
  }
  window.addEventListener("storage", () => { if (form()) shelf(); });

  // --- a page opened, or shown in the place of another ---

  function restore(here, one) {
    const told = new Map();
    for (const [name, value] of one.fields) told.set(name, [...(told.get(name) || []), value]);
    for (const field of all("input, textarea, select", here)) {
      const values = told.get(field.name);
      if (!values || ["file", "submit"].includes(field.type) || field.name === "csrfmiddlewaretoken" || field.closest(".photo")) continue;
      if (["radio", "checkbox"].includes(field.type)) field.checked = values.includes(field.value);
      else field.value = values[0];
    }
    // What was picked stands in the answer that comes now; until then it is kept here.
    for (const spot of all("[data-lookup-slot][data-holds]", here)) {
      const value = told.get(spot.dataset.holds)?.[0];
      if (!value) continue;
      spot.innerHTML = `<input type="radio" name="${spot.dataset.holds}" checked hidden>`;
      spot.firstChild.value = value;
    }
    here.querySelector("[data-draft-note]").textContent = "上次没写完的还在。";
    here.querySelector("[data-asks]")?.dispatchEvent(new Event("input", { bubbles: true }));
    here.dispatchEvent(new Event("change", { bubbles: true })); // questions that fold
  }
  document.addEventListener("click", (event) => {
    if (!event.target.closest("[data-clears]")) return;
    const here = form();
    for (const off of all("[data-photo-off]", here)) off.click();
    for (const one of words(here)) one.value = "";
    forget();
    setTimeout(() => location.assign(address(1)), 100); // the browser's own database lets the photos go first
  });
  function ready() {
    const here = form();
    if (!here) return;
    const one = kept();
    if (!here.hasAttribute("data-bound") && one) restore(here, one);
    keep();
  }
  window.yb = { ...window.yb, drafts: { ready } };
  document.addEventListener("yb:page", ready);
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", ready);
  else ready();
})();
