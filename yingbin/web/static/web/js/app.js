// What every page does: posts that keep what was typed, one tap is one write, times that stay current.
(() => {
  "use strict";
  const $ = (selector, root = document) => [...root.querySelectorAll(selector)];

  // A form is sent once; its key stays the same when the network fails, so a retry can't write twice.
  async function send(form, button) {
    const data = new FormData(form);
    if (button && button.name) data.set(button.name, button.value);
    const url = (button && button.getAttribute("formaction")) || form.action;
    busy(form, true);
    try {
      const answer = await fetch(url, { method: "POST", body: data, redirect: "follow", credentials: "same-origin" });
      if (answer.status === 503) return lost(form, "没有保存成功,内容还在,请再点一次。");
      const html = await answer.text();
      if (answer.redirected) return leave(answer.url, html);
      show(html);
    } catch {
      lost(form, "没有连上,内容还在,请再点一次。");
    }
  }

  function leave(url, html) {
    history.pushState({}, "", url);
    show(html);
    window.scrollTo(0, 0);
  }

  function show(html) {
    const next = new DOMParser().parseFromString(html, "text/html");
    document.title = next.title;
    for (const name of [...document.body.attributes].map((a) => a.name)) document.body.removeAttribute(name);
    for (const a of next.body.attributes) document.body.setAttribute(a.name, a.value);
    document.body.replaceChildren(...next.body.childNodes);
    document.dispatchEvent(new CustomEvent("yb:page"));
  }

  function busy(form, on) {
    for (const b of $("button", form)) on ? b.setAttribute("aria-busy", "true") : b.removeAttribute("aria-busy");
    form.dataset.sending = on ? "yes" : "";
  }

  function lost(form, words) {
    busy(form, false);
    let note = form.querySelector("[data-lost]");
    if (!note) {
      note = document.createElement("p");
      note.dataset.lost = "";
      note.className = "refused";
      note.setAttribute("role", "alert");
      form.append(note);
    }
    note.textContent = words;
  }

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || form.enctype === "multipart/form-data" || form.hasAttribute("data-plain")) {
      return;
    }
    event.preventDefault();
    if (form.dataset.sending !== "yes") send(form, event.submitter);
  });
  window.addEventListener("popstate", () => location.reload());

  // Live lookups: a box asks the server while one types, the latest answer wins.
  let asked = 0;
  const timers = new WeakMap();
  function lookUp(form) {
    clearTimeout(timers.get(form));
    timers.set(form, setTimeout(async () => {
      const mine = ++asked;
      const query = new URLSearchParams(new FormData(form));
      query.delete("csrfmiddlewaretoken");
      try {
        const answer = await fetch(`${form.dataset.lookup}?${query}`, { headers: { "X-Requested-With": "fetch" } });
        if (!answer.ok || mine !== asked) return;
        const html = await answer.text();
        for (const piece of $("[data-slot]", new DOMParser().parseFromString(html, "text/html"))) {
          const place = document.querySelector(`[data-lookup-slot="${piece.dataset.slot}"]`);
          if (place) place.innerHTML = piece.innerHTML;
        }
      } catch { /* the desk can go on without it */ }
    }, 120));
  }
  document.addEventListener("input", (event) => {
    const form = event.target.closest("form[data-lookup]");
    if (form && event.target.hasAttribute("data-asks")) lookUp(form);
  });
  document.addEventListener("change", (event) => {
    const form = event.target.closest("form[data-lookup]");
    if (form && event.target.hasAttribute("data-asks")) lookUp(form);
    const auto = event.target.closest("form[data-auto]");
    if (auto) auto.requestSubmit();
  });

  // Small things by data attributes, since no script stands in the pages.
  document.addEventListener("click", (event) => {
    const step = event.target.closest("[data-step]");
    if (step) {
      const box = document.getElementById(step.dataset.for);
      const value = (parseInt(box.value, 10) || 0) + parseInt(step.dataset.step, 10);
      box.value = Math.min(Math.max(value, parseInt(box.min || "0", 10)), parseInt(box.max || "99", 10));
    }
    const digit = event.target.closest("[data-digit]");
    if (digit) {
      const box = document.getElementById(digit.dataset.for);
      box.value = digit.dataset.digit === "back" ? box.value.slice(0, -1) : box.value + digit.dataset.digit;
      if (box.maxLength > 0 && box.value.length === box.maxLength) box.form.requestSubmit();
    }
    if (event.target.closest("[data-print]")) window.print();
    const theme = event.target.closest("[data-theme-switch]");
    if (theme) {
      const dark = matchMedia("(prefers-color-scheme: dark)").matches;
      const now = document.documentElement.dataset.theme || (dark ? "dark" : "light");
      const next = now === "dark" ? "light" : "dark";
      document.documentElement.dataset.theme = next;
      document.cookie = `theme=${next};path=/;max-age=31536000;samesite=lax`;
    }
  });

  // Questions that fold: a block shows only while the named radio is chosen.
  function fold() {
    for (const block of $("[data-when]")) {
      const [name, value] = block.dataset.when.split("=");
      const chosen = document.querySelector(`[name="${name}"]:checked`);
      block.hidden = !chosen || !value.split("|").includes(chosen.value);
    }
  }
  document.addEventListener("change", fold);
  document.addEventListener("yb:page", fold);

  // Times.
  function since(seconds) {
    if (seconds < 60) return "刚刚";
    return seconds < 3600 ? `${Math.floor(seconds / 60)}分钟前` : null;
  }
  function tick() {
    const now = Date.now();
    for (const t of $("time[data-elapsed]")) {
      const s = Math.max(Math.floor((now - Date.parse(t.dateTime)) / 1000), 0);
      const m = Math.floor(s / 60);
      t.textContent = s < 3600 ? `${m}分` : `${Math.floor(m / 60)}时${String(m % 60).padStart(2, "0")}分`;
    }
    for (const t of $("time[data-rel]")) {
      const words = since(Math.floor((now - Date.parse(t.dateTime)) / 1000));
      if (words) t.textContent = words;
    }
    for (const t of $("[data-clock]")) {
      t.textContent = new Date().toLocaleTimeString("zh-CN", { hour: "2-digit", minute: "2-digit", hour12: false, timeZone: "Asia/Shanghai" });
    }
    for (const t of $("[data-countdown]")) {
      const left = Math.ceil((Date.parse(t.dataset.countdown) - now) / 1000);
      t.textContent = left > 0 ? `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}` : "0:00";
      const block = t.closest("[data-gone-after]");
      if (left <= 0 && block) block.hidden = true;
    }
  }
  setInterval(tick, 1000);
  document.addEventListener("yb:page", tick);
  document.addEventListener("DOMContentLoaded", () => { fold(); tick(); });
})();
