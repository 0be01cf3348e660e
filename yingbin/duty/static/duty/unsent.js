// A form of a day on duty or of the residents' desk that couldn't be sent waits in this browser and goes again by itself, under the key it has:
// sent twice it counts once. When it was first sent goes along, so that making and arriving stay two times. Its photos go
// first (files/photos.js); once they are through it follows, whatever page one is on by then.
(() => {
  "use strict";
  const STORE = "yb-unsent", DAY = 86400000, LONGEST = 30000;
  const SECRET = new Set(["csrfmiddlewaretoken", "typed_at"]);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const who = () => document.body.dataset.who || "";
  const ours = (url) => /^(\/s\/[^/]+)?\/(duty|desk)\//.test(new URL(url, location.href).pathname);
  let tries = 0, timer = 0;

  // --- what waits, by its key; of this person alone, for a day at most ---

  function waiting() {
    try {
      const kept = JSON.parse(localStorage.getItem(STORE) || "[]");
      return kept.filter((one) => one.at > Date.now() - DAY);
    } catch { return []; }
  }
  function keep(rows) {
    try { localStorage.setItem(STORE, JSON.stringify(rows)); } catch { /* it waits in the page alone */ }
  }
  const mine = () => waiting().filter((one) => one.person === who());
  const forget = (key) => keep(waiting().filter((one) => one.key !== key));
  const address = (url) => { const { pathname, search } = new URL(url, location.href); return pathname + search; };
  const keyOf = (form) => form.querySelector("[name=key]")?.value || "";

  function fieldsOf(form, button) {
    const data = new FormData(form);
    if (button?.name) data.set(button.name, button.value);
    return [...data].filter(([name, value]) => typeof value === "string" && !SECRET.has(name));
  }

  // The form on this page that holds what waits, with the time it was first sent.
  function take(form, one) {
    const box = form.querySelector("[name=typed_at]") || document.createElement("input");
    Object.assign(box, { type: "hidden", name: "typed_at", value: new Date(one.at).toISOString() });
    form.append(box);
    form.dataset.unsent = one.key;
  }

  document.addEventListener("yb:unsent", (event) => {
    const { form, button, url, photos } = event.detail, key = keyOf(form);
    if (!key || !ours(url)) return;
    event.preventDefault(); // ours from here on
    const before = waiting().find((one) => one.key === key), at = before?.at || Date.now();
    const row = { key, at, person: who(), page: location.pathname, url: address(url), photos: photos || [],
      fields: fieldsOf(form, button), button: button?.name ? [button.name, button.value] : null };
    keep([...waiting().filter((one) => one.key !== key), row]);
    take(form, row);
    later();
  });
  document.addEventListener("yb:sent", (event) => {
    forget(keyOf(event.detail.form));
    tries = 0;
  });

  // --- sending again ---

  function later(wait) {
    clearTimeout(timer);
    tries += 1;
    timer = setTimeout(again, wait ?? Math.min(1000 * 2 ** tries, LONGEST));
  }
  window.addEventListener("online", () => { tries = 0; if (mine().length) later(300); });

  const formOf = (one) => all("form").find((form) => form.dataset.unsent === one.key);
  const buttonOf = (form, one) => one.button && all("button", form).find((b) => b.name === one.button[0] && b.value === one.button[1]);

  async function again() {
    await window.yb?.photos?.ready(); // a form goes with its photos or not at all
    for (const one of mine()) {
      const form = formOf(one);
      if (form) {
        if (form.dataset.sending === "yes") continue;
        form.requestSubmit(buttonOf(form, one) || undefined);
        return later();
      }
      if (one.refused) continue; // this one needs its page
      const photos = await through(one);
      if (photos && !(await post(one, photos))) break;
    }
    if (mine().some((one) => !one.refused)) later();
  }
  document.addEventListener("yb:photo", () => { if (mine().length) later(300); });

  // The ids of its photos by field, once all are through; a form that lost one waits for its person to look at it.
  async function through(one) {
    const photos = Array.isArray(one.photos) ? one.photos : [];
    if (!photos.length) return one.photos === true ? null : [];
    const ids = (await window.yb?.photos?.ids(photos.map(([, key]) => key))) || [];
    if (ids.includes(null)) refuse(one, "有一张照片没有收下，写的都还在。请回到那一页再拍一张。");
    return ids.length && ids.every(Boolean) ? photos.map(([name], n) => [name, ids[n]]) : null;
  }
  function refuse(one, words) {
    keep(waiting().map((row) => (row.key === one.key ? { ...row, refused: true } : row)));
    say(words);
  }

  async function post(one, photos) {
    const told = new FormData(), sent = new Set(photos.map(([, id]) => id));
    for (const [name, value] of one.fields) if (!sent.has(value)) told.append(name, value);
    for (const [name, id] of photos) told.append(name, id);
    told.set("typed_at", new Date(one.at).toISOString());
    told.set("csrfmiddlewaretoken", document.querySelector("[name=csrfmiddlewaretoken]")?.value || "");
    let answer;
    try { answer = await fetch(one.url, { method: "POST", body: told, credentials: "same-origin", headers: { "X-Requested-With": "fetch" } }); } catch { return false; }
    if (answer.headers.get("X-Gate") || answer.status >= 500 || answer.status === 429) return false;
    if (answer.ok) {
      forget(one.key);
      document.dispatchEvent(new CustomEvent("yb:went", { detail: one.key })); // no form saw it go
      window.yb?.photos?.used([...told.values()]);
      say("刚才没发出去的，已经发出去了。");
    } else refuse(one, "有一张没有收下，写的都还在。请回到那一页看原因。");
    return true;
  }
  const say = (words) => document.dispatchEvent(new CustomEvent("yb:toast", { detail: words }));

  // --- a page opened anew takes up what was typed on it ---

  function put(form, one) {
    const told = new Map();
    for (const [name, value] of one.fields) told.set(name, [...(told.get(name) || []), value]);
    for (const box of all("input, textarea, select", form)) {
      const values = told.get(box.name);
      if (!values || SECRET.has(box.name) || box.type === "file") continue;
      if (box.type === "radio" || box.type === "checkbox") box.checked = values.includes(box.value);
      else box.value = values[0];
    }
    for (const fold of all("details", form)) fold.open = true;
    const around = form.closest("details");
    if (around) around.open = true;
    take(form, one);
  }

  function ready() {
    const rows = mine();
    for (const one of rows) {
      if (one.page !== location.pathname || formOf(one)) continue;
      const form = all("form[method=post]").find((f) => address(f.action) === one.url);
      if (!form) continue;
      put(form, one);
      if (one.refused) forget(one.key);
    }
    const left = rows.filter((one) => !one.refused);
    if (!left.length) return;
    say(`有 ${left.length} 张还没有发出去，连上就自动发。`);
    later(2000);
  }
  document.addEventListener("yb:page", ready);
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", ready);
  else ready();
})();
