// The day's meals: a meal is dragged along its line by five minutes; where the rules refuse it, it goes back and says why.
(() => {
  "use strict";
  const STEP = 5;
  let drag = null;
  const words = (n) => `${String(Math.floor(n / 60)).padStart(2, "0")}:${String(n % 60).padStart(2, "0")}`;
  const minutes = (text) => { const [h, m] = text.split(":").map(Number); return h * 60 + m; };
  const box = (table, who) => table.querySelector(`[name="t.${who}"]`);

  // Where a meal that begins so many minutes after midnight lies.
  function put(rect, at) {
    const table = rect.closest("[data-rota]"), across = rect.ownerSVGElement.viewBox.baseVal.width;
    rect.setAttribute("x", ((at - table.dataset.first) * across) / table.dataset.span);
    box(table, rect.dataset.meal).value = words(at);
  }
  function told(rect, at) {
    const svg = rect.ownerSVGElement, label = svg.querySelector(".at") || svg.appendChild(document.createElementNS(svg.namespaceURI, "text"));
    label.setAttribute("class", "at");
    label.setAttribute("x", rect.getAttribute("x"));
    label.setAttribute("y", 42);
    label.textContent = at === null ? "" : words(at);
  }
  function check(rect, before) {
    const table = rect.closest("[data-rota]"), who = rect.dataset.meal, asked = box(table, who).value;
    window.yb.look(table.closest("form"), (said) => {
      const no = said.querySelector(`[data-slot="why-${who}"]`);
      if (before !== undefined && no?.textContent.trim() && box(table, who).value === asked) put(rect, before);
    });
  }

  // A day is wider than a phone: the first meal that can be moved, else the hour it is, stands beside the names.
  function ready() {
    const table = document.querySelector("[data-rota]"), frame = table?.closest(".roster-scroll"), svg = table?.querySelector("tbody svg");
    if (!svg || !frame || frame.scrollWidth <= frame.clientWidth) return;
    const meals = [...table.querySelectorAll("rect[data-meal]")].map((rect) => Number(rect.getAttribute("x")));
    const now = new Date(), hour = ((now.getHours() * 60 + now.getMinutes() - table.dataset.first) * svg.viewBox.baseVal.width) / table.dataset.span;
    frame.scrollLeft = svg.closest("td").offsetLeft + (meals.length ? Math.min(...meals) : hour) - frame.clientWidth / 2;
  }
  document.addEventListener("yb:page", ready);
  ready();

  document.addEventListener("pointerdown", (event) => {
    const rect = event.target.closest?.("[data-rota] rect[data-meal]");
    if (!rect || !event.isPrimary || event.button || event.pointerType === "touch" || !take(rect, event.clientX)) return;
    event.preventDefault();
    rect.setPointerCapture?.(event.pointerId);
  });
  document.addEventListener("pointermove", (event) => { if (event.pointerType !== "touch") move(event.clientX); });
  document.addEventListener("pointerup", (event) => { if (event.pointerType !== "touch") end(true); });
  document.addEventListener("pointercancel", (event) => { if (event.pointerType !== "touch") end(false); });
  // A finger scrolls; held on a meal it lifts the meal.
  window.yb.liftable("[data-rota] rect[data-meal]", { lift: take, move, end });

  function take(rect, x) {
    const input = box(rect.closest("[data-rota]"), rect.dataset.meal);
    if (!input?.value) return false;
    drag = { rect, x, before: minutes(input.value), at: minutes(input.value) };
    rect.classList.add("is-lifted");
    return true;
  }
  function move(x) {
    if (!drag) return;
    const { rect } = drag, table = rect.closest("[data-rota]"), svg = rect.ownerSVGElement;
    const { first, span } = table.dataset, across = svg.viewBox.baseVal.width;
    const moved = ((x - drag.x) * span) / svg.getBoundingClientRect().width;
    const last = Number(first) + Number(span) - (rect.getAttribute("width") * span) / across;
    if (Math.abs(moved) < 2 && drag.at === drag.before) return;
    drag.at = Math.max(Number(first), Math.min(Math.round((drag.before + moved) / STEP) * STEP, Math.floor(last / STEP) * STEP));
    put(rect, drag.at);
    told(rect, drag.at);
  }
  function end(drop) {
    if (!drag) return;
    const { rect, before, at } = drag;
    drag = null;
    rect.classList.remove("is-lifted");
    told(rect, null);
    if (!drop) put(rect, before);
    else if (at !== before) check(rect, before);
  }
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") end(false); });
  // How long everybody eats is asked once, above; what is planned takes it from there.
  document.addEventListener("input", (event) => {
    const asked = event.target.closest?.("[data-rota-ask] [name=minutes]"), plan = document.querySelector("[data-check] [name=minutes]");
    if (asked && plan) plan.value = asked.value;
  });
  document.addEventListener("change", (event) => {
    const table = event.target.closest?.("[data-rota]"), who = event.target.name?.slice(2);
    const rect = table && [...table.querySelectorAll("rect[data-meal]")].find((one) => one.dataset.meal === who);
    if (!rect || !event.target.value) return;
    put(rect, minutes(event.target.value));
    check(rect);
  });
})();
