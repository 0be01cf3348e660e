// What every page does: posts that keep what was typed, one tap is one write, times that stay current.
// Every <form method="post"> is made quick here; data-plain leaves a form to the browser (downloads, sign-out).
// Nothing here is needed to get work done: without script, forms post as ever.
(() => {
  "use strict";
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const NOT_CONNECTED = "没有连上，内容还在，请再点一次。";
  const NOT_SAVED = "没有保存成功，内容还在，请再点一次。";
  const BROKEN = "程序出错了，这一步没有保存，内容还在。请再点一次；再不行，请告诉管理员。";
  const SIGNED_OUT = "登录已经结束，这一步没有保存，内容还在。请在新窗口登录后再点一次。";
  const WILL_GO = "没有连上。写的都记在这里了，一连上就自动发出去，不用再点。";
  // For guests from abroad, whose forms are marked as English.
  const ENGLISH = {
    [NOT_CONNECTED]: "No connection. What you wrote is still here; please press again.",
    [NOT_SAVED]: "It was not saved. What you wrote is still here; please press again.",
    [BROKEN]: "Something went wrong and nothing was saved. What you wrote is still here; please press again.",
  };
  const PATIENCE = 15000;

  // --- sending ------------------------------------------------------------

  // The form's key stays as it is until an answer comes, so a second try can't write twice.
  async function send(form, button) {
    const data = new FormData(form);
    if (button && button.name) data.set(button.name, button.value);
    const url = (button && button.getAttribute("formaction")) || form.getAttribute("action") || location.href;
    const line = new AbortController();
    const timer = setTimeout(() => line.abort(), PATIENCE);
    busy(form, button, true);
    try {
      const answer = await fetch(url, { method: "POST", body: data, credentials: "same-origin", signal: line.signal, headers: { "X-Requested-With": "fetch" } });
      // The session ended, or its token changed: the page asks its person in place and sends the same again.
      if (answer.headers.get("X-Gate")) return again(form, button);
      const html = await answer.text();
      if (answer.status === 502 || answer.status === 503 || answer.status === 504) return lost(form, kept(form, button, url) ? WILL_GO : NOT_SAVED);
      if (answer.status >= 500) return lost(form, BROKEN);
      document.dispatchEvent(new CustomEvent("yb:sent", { detail: { form } }));
      if (form.hasAttribute("data-stays")) return stay(form, html);
      await show(html);
      if (answer.redirected) history.pushState({}, "", answer.url);
      settle(answer.redirected);
    } catch {
      lost(form, kept(form, button, url) ? WILL_GO : NOT_CONNECTED);
      document.dispatchEvent(new CustomEvent("yb:lost"));
    } finally {
      clearTimeout(timer);
    }
  }

  // A wing's script may keep what couldn't be sent and send it again by itself; else its person taps once more.
  function kept(form, button, url) {
    return !document.dispatchEvent(new CustomEvent("yb:unsent", { cancelable: true, detail: { form, button, url } }));
  }

  async function again(form, button) {
    busy(form, button, false);
    if (form.dataset.again === "yes" || !window.yb?.gate) return lost(form, SIGNED_OUT);
    if (!(await window.yb.gate())) return;
    form.dataset.again = "yes"; // once: an answer that comes back the same is said, not sent for ever
    await send(form, button);
    delete form.dataset.again;
  }

  // Another page in the place of this one: styles it needs first, then its body with all its attributes.
  async function show(html) {
    const next = new DOMParser().parseFromString(html, "text/html");
    const have = new Set(all('link[rel="stylesheet"]').map((l) => l.href));
    const missing = all('link[rel="stylesheet"]', next).filter((l) => !have.has(l.href));
    await Promise.all(missing.map(styled));
    for (const script of all("script[data-part]", next)) {
      if (document.querySelector(`script[data-part="${script.dataset.part}"]`)) continue;
      const copy = document.createElement("script");
      copy.src = script.src;
      copy.dataset.part = script.dataset.part;
      document.head.append(copy);
    }
    document.title = next.title;
    const body = document.body;
    for (const name of body.getAttributeNames()) body.removeAttribute(name);
    for (const { name, value } of next.body.attributes) body.setAttribute(name, value);
    body.replaceChildren(...next.body.childNodes);
    document.dispatchEvent(new CustomEvent("yb:page"));
  }

  // A small thing done beside what someone is typing: its word as a toast; a live page brings the rest by itself.
  function stay(form, html) {
    busy(form, null, false);
    const said = all(".message span", new DOMParser().parseFromString(html, "text/html"));
    if (!said.length) return show(html);
    for (const words of said) toast(words.textContent.trim());
  }

  function styled(link) {
    return new Promise((done) => {
      const copy = document.createElement("link");
      copy.rel = "stylesheet";
      copy.href = link.href;
      copy.onload = copy.onerror = done;
      document.head.append(copy);
    });
  }

  // After a move to the top; after a refusal to what is wrong, read out by screen readers.
  function settle(moved) {
    if (moved) window.scrollTo(0, 0);
    const wrong = document.querySelector(".refused, [aria-invalid='true'], .errorlist");
    const place = wrong || (moved && document.getElementById("main"));
    if (!place) return;
    if (!place.matches("input, select, textarea")) place.tabIndex = -1;
    place.focus({ preventScroll: moved && !wrong });
    if (wrong) wrong.scrollIntoView({ block: "center" });
  }

  function busy(form, button, on) {
    form.dataset.sending = on ? "yes" : "";
    if (on && button) button.setAttribute("aria-busy", "true");
    if (!on) for (const b of all("[aria-busy]", form)) b.removeAttribute("aria-busy");
  }

  function lost(form, words) {
    busy(form, null, false);
    let note = form.querySelector("[data-lost]");
    if (!note) {
      note = document.createElement("p");
      note.dataset.lost = "";
      note.className = "refused";
      note.setAttribute("role", "alert");
      const dock = form.querySelector(".dock");
      if (dock) dock.prepend(note);
      else form.append(note);
    }
    note.textContent = (form.getAttribute("lang") === "en" && ENGLISH[words]) || words;
    note.scrollIntoView({ block: "nearest" });
  }

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method === "dialog") return;
    if (form.dataset.sending === "yes") return event.preventDefault();
    if (form.method !== "post" || form.hasAttribute("data-plain")) return;
    event.preventDefault();
    form.querySelector("[data-lost]")?.remove();
    send(form, event.submitter);
  });
  window.addEventListener("popstate", () => location.reload());
  window.addEventListener("pageshow", (event) => {
    // A page out of the browser's memory may be another person's by now, or a customer may have the device.
    if (!event.persisted) return;
    document.body.hidden = true;
    location.reload();
  });

  // --- looking up while one types -------------------------------------------

  // <form data-lookup="/where/"> asks when a field with data-asks changes; the answer's data-slot pieces go to
  // the places with data-lookup-slot. The latest question wins; what stays in use is not taken away, and what was asked
  // for a form that has been sent meanwhile says nothing about the one that stands there for the next call.
  let asked = 0;
  const timers = new WeakMap();
  function lookUp(form, pause) {
    clearTimeout(timers.get(form));
    timers.set(form, setTimeout(() => ask(form), pause));
  }
  async function ask(form) {
    if (!form.isConnected) return;
    const mine = ++asked;
    // In the body: what is asked is a name or a number, and addresses end up in logs and histories.
    const body = new URLSearchParams(new FormData(form));
    body.delete("key");
    form.classList.add("is-asking");
    try {
      const answer = await fetch(form.dataset.lookup, { method: "POST", body, headers: { "X-Requested-With": "fetch" } });
      const html = answer.ok ? await answer.text() : "";
      if (html && mine === asked && form.isConnected) place(html);
    } catch { /* the desk can go on without it */ }
    if (mine === asked) form.classList.remove("is-asking");
  }
  function place(html) {
    for (const piece of all("[data-slot]", new DOMParser().parseFromString(html, "text/html"))) {
      const spot = document.querySelector(`[data-lookup-slot="${piece.dataset.slot}"]`);
      if (!spot || spot.innerHTML === piece.innerHTML) continue;
      const focus = spot.contains(document.activeElement) ? document.activeElement.id : "";
      spot.innerHTML = piece.innerHTML;
      if (focus) document.getElementById(focus)?.focus({ preventScroll: true });
    }
    ready();
  }
  document.addEventListener("input", (event) => {
    const form = event.target.closest("form[data-lookup]");
    if (form && event.target.hasAttribute("data-asks")) lookUp(form, 120);
  });
  document.addEventListener("change", (event) => {
    const form = event.target.closest("form[data-lookup]");
    if (form && event.target.hasAttribute("data-asks")) lookUp(form, 0);
  });

  // Where the keyboard leaves little room, the box in use goes to the top and its results stand under it.
  function onTop() {
    const box = document.activeElement;
    const low = (window.visualViewport ? visualViewport.height : innerHeight) < 600;
    if (!low || !box || !box.matches("[data-on-top]")) return;
    requestAnimationFrame(() => box.closest(".field").scrollIntoView({ block: "start", behavior: "instant" }));
  }
  document.addEventListener("focusin", onTop);
  if (window.visualViewport) visualViewport.addEventListener("resize", onTop);

  // --- small things by data attributes, since no script stands in the pages ---

  document.addEventListener("click", (event) => {
    const at = (selector) => event.target.closest(selector);
    const step = at("[data-step]");
    if (step) {
      const box = document.getElementById(step.dataset.for);
      const value = (parseInt(box.value, 10) || 0) + parseInt(step.dataset.step, 10);
      box.value = Math.min(Math.max(value, parseInt(box.min || "0", 10)), parseInt(box.max || "99", 10));
      box.dispatchEvent(new Event("change", { bubbles: true }));
    }
    const digit = at("[data-digit]");
    if (digit) press(digit);
    if (at("[data-print]")) window.print();
    if (at("[data-theme-switch]")) otherTheme();
    const opens = at("[data-opens]");
    if (opens) document.getElementById(opens.dataset.opens)?.showModal();
    if (at("[data-closes]")) at("dialog")?.close();
    if (event.target.matches("dialog")) event.target.close();
    for (const menu of all("details.self[open], details.more[open]")) {
      if (!menu.contains(event.target)) menu.open = false;
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of all("details.self[open], details.more[open]")) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });
  document.addEventListener("change", (event) => {
    event.target.closest("form[data-auto]")?.requestSubmit();
  });

  // A link that opens only when held: a customer's hand passes over it. A key press opens it as ever.
  let held = 0;
  document.addEventListener("pointerdown", (event) => {
    const link = event.target.closest("[data-hold]");
    if (!link) return;
    link.classList.add("is-held");
    held = setTimeout(() => { location.href = link.href; }, Number(link.dataset.hold));
  });
  for (const end of ["pointerup", "pointercancel", "pointerleave"]) {
    document.addEventListener(end, () => {
      clearTimeout(held);
      for (const link of all(".is-held")) link.classList.remove("is-held");
    });
  }
  document.addEventListener("click", (event) => {
    if (event.detail && event.target.closest("[data-hold]")) event.preventDefault();
  });

  // The PIN pad writes into a plain password box; a full box sends itself.
  function press(key) {
    const box = document.getElementById(key.dataset.for);
    if (key.dataset.digit === "back") box.value = box.value.slice(0, -1);
    else if (box.maxLength < 1 || box.value.length < box.maxLength) box.value += key.dataset.digit;
    if (navigator.vibrate) navigator.vibrate(8);
    if (box.maxLength > 0 && box.value.length === box.maxLength && box.form.dataset.sending !== "yes") box.form.requestSubmit();
  }

  function otherTheme() {
    const dark = matchMedia("(prefers-color-scheme: dark)").matches;
    const now = document.documentElement.dataset.theme || (dark ? "dark" : "light");
    const next = now === "dark" ? "light" : "dark";
    document.documentElement.dataset.theme = next;
    document.cookie = `theme=${next};path=/;max-age=31536000;samesite=lax`;
  }

  // Questions that fold: a block shows only while the named answer is chosen.
  function fold() {
    for (const block of all("[data-when]")) {
      const [name, values] = block.dataset.when.split("=");
      const chosen = (block.closest("form") || document).querySelector(`[name="${name}"]:checked`);
      block.hidden = !chosen || !values.split("|").includes(chosen.value);
    }
  }
  document.addEventListener("change", fold);

  // --- toasts ---------------------------------------------------------------

  function toast(words) {
    const region = document.querySelector("[data-toasts]");
    if (!region) return;
    const note = document.createElement("p");
    note.className = "toast";
    note.textContent = words;
    region.append(note);
    setTimeout(() => note.remove(), 6000);
  }
  document.addEventListener("yb:toast", (event) => toast(event.detail));

  // --- times ----------------------------------------------------------------

  function ago(seconds) {
    if (seconds < 60) return "刚刚";
    return seconds < 3600 ? `${Math.floor(seconds / 60)}分钟前` : null;
  }
  function lasted(seconds) {
    const minutes = Math.floor(seconds / 60);
    if (minutes === 0) return "不到1分";
    return seconds < 3600 ? `${minutes}分` : `${Math.floor(minutes / 60)}时${String(minutes % 60).padStart(2, "0")}分`;
  }
  function clock(seconds) {
    return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  }
  function say(place, words) {
    if (words !== null && place.textContent !== words) place.textContent = words;
  }
  function tick() {
    const now = Date.now();
    const since = (t) => Math.floor((now - Date.parse(t.dateTime)) / 1000);
    for (const t of all("time[data-elapsed]")) say(t, lasted(Math.max(since(t), 0)));
    for (const t of all("time[data-rel]")) if (since(t) > -60) say(t, ago(since(t)));
    for (const t of all("time[data-since]")) say(t, clock(Math.max(since(t), 0)));
    for (const t of all("[data-clock]")) {
      say(t, new Date(now).toLocaleTimeString("zh-CN", { hour: "2-digit", minute: "2-digit", hour12: false, timeZone: "Asia/Shanghai" }));
    }
    for (const t of all("[data-countdown]")) count(t, now);
  }
  // A countdown says m:ss, lights its ring, and takes its block away when it is over.
  function count(place, now) {
    const left = Math.max(Math.ceil((Date.parse(place.dataset.countdown) - now) / 1000), 0);
    say(place, clock(left));
    const gate = place.closest("[data-ring-of]");
    if (gate) gate.querySelector(".lit").setAttribute("stroke-dasharray", `${Math.min(270 * left / Number(gate.dataset.ringOf), 270) || 0.01} 400`);
    const block = place.closest("[data-gone-after]");
    if (left === 0 && block) block.hidden = true;
  }
  setInterval(tick, 1000);

  // Asked for once: going back to the page or reading it anew does not bring the printer up again.
  function printNow() {
    if (!document.querySelector("[data-print-now]") || !location.search) return;
    history.replaceState(null, "", location.pathname);
    window.print();
  }

  // A rail that is longer than the screen shows where one is.
  function inView() {
    const here = document.querySelector(".nav > [aria-current]"), rail = here?.parentElement;
    if (rail && rail.scrollHeight > rail.clientHeight) rail.scrollTop = here.offsetTop - rail.offsetTop - rail.clientHeight / 2;
  }

  function ready() {
    inView();
    fold();
    tick();
    printNow();
  }
  document.addEventListener("yb:page", ready);
  document.addEventListener("yb:live", tick);
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", ready);
  else ready();
})();
