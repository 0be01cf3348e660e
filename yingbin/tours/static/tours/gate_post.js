// The page at a gate: an answer that is seen, heard and felt; a camera; on without a line.
// Nothing here is needed: without it the form posts, a scanner types into the box, a guard looks up by name.
(() => {
  "use strict";
  if (window.yb?.gatePost) return;
  window.yb = { ...window.yb, gatePost: true };
  const EVERY = 15000, PATIENCE = 2500, MINUTE = 60000;
  const book = window.yb.gateBook;
  const post = () => document.querySelector("[data-gatepost]");
  const one = (selector) => document.querySelector(selector);
  let signedOut = false, online = navigator.onLine, timer = 0, last = null, delivering = null, skew = 0;

  const make = (tag, look, text) => {
    const made = document.createElement(tag);
    if (look) made.className = look;
    if (text !== undefined) made.textContent = text;
    return made;
  };

  // --- the answer ---

  function show(answer) {
    const slot = one("[data-answer-slot]"), box = make("div", `gate-answer ${answer.allowed ? "allow" : "refuse"}`);
    const word = answer.allowed ? (answer.inward ? "放行" : "慢走") : "不放行";
    box.append(make("p", "gate-word", word), make("p", "gate-why", answer.because));
    if (answer.note) box.append(make("p", "gate-note", answer.note));
    if (answer.number) {
      const facts = make("dl", "gate-facts");
      for (const [name, value] of [
        ["证号", `${answer.number} · 第 ${answer.revision} 版`], ["来访", `${answer.visitor} ${answer.visit}`], ["人数", `${answer.inside} / ${answer.persons} 人在场`],
        ["区域", answer.areas], ["陪同", answer.escort], ["拍照", answer.photo ? "准许" : "不准"],
      ]) {
        const pair = make("div");
        pair.append(make("dt", "", name), make("dd", "", value));
        facts.append(pair);
      }
      box.append(facts);
      if (answer.allowed && answer.inward && !answer.photo) {
        box.append(one("[data-polite]").content.cloneNode(true));
      }
    }
    slot.replaceChildren(box);
    performance.mark("gate:answer");
    see();
    offer(!answer.allowed && answer.inward && answer.number);
    aloud(`${word}。${answer.allowed ? `${answer.persons} 位里 ${answer.inside} 位在场` : answer.because}`);
    navigator.vibrate?.(answer.allowed ? 120 : [300, 120, 300, 120, 300]);
  }

  // The answer in sight; with the camera on, the camera and what fits below it.
  function see() {
    const camera = one("[data-camera-box]");
    if (camera.hidden) one("[data-answer-slot]").scrollIntoView({ block: "nearest" });
    else camera.scrollIntoView({ block: "start" });
  }

  // A supervisor's way round a refusal; a guard is told to fetch one.
  function offer(admissible) {
    const form = one("[data-admit]"), chief = one("[data-ask-chief]"), shell = post().hasAttribute("data-is-shell");
    if (chief) chief.hidden = !admissible;
    if (!form) return;
    form.hidden = !admissible || (shell && !book.list()?.supervises);
    for (const name of ["code", "count"]) if (form.elements[name] && last) form.elements[name].value = last[name];
  }

  function aloud(words) {
    if (!("speechSynthesis" in window)) return;
    speechSynthesis.cancel();
    const said = new SpeechSynthesisUtterance(words);
    said.lang = "zh-CN";
    speechSynthesis.speak(said);
  }

  // --- the line ---

  const since = (at) => {
    const minutes = Math.max(0, Math.floor((Date.now() - at) / MINUTE));
    return minutes < 1 ? "刚更新" : minutes < 60 ? `${minutes} 分钟前` : `${Math.floor(minutes / 60)} 小时 ${minutes % 60} 分钟前`;
  };

  async function tell() {
    const line = one("[data-line]");
    if (!line) return;
    const list = book.list(), waiting = list ? (await book.waiting(list.device)).length : 0, able = await window.yb.passes.canVerify();
    const words = [online ? "联网" : "断线，照样验证"];
    if (list) words.push(`名单 ${since(list.at)}`);
    else if (!online) words.push("这台设备没有名单，请连网后打开一次");
    if (signedOut) words[0] = "登录已结束，照样验证；刷新页面、登录后交上记录";
    if (waiting) words.push(`${waiting} 条待交`);
    if (!able) words.push("这个浏览器不会核对签名，断线时只认证号");
    const wrong = list && Math.abs(skew) > list.policy.clock_minutes * MINUTE;
    if (wrong) words.push(`本机时钟差 ${Math.round(Math.abs(skew) / MINUTE)} 分钟，要值班队长放行，请先校准`);
    if (list?.moved) words[0] = "这台设备改在另一部手机上用了，这部手机不再放行";
    const stale = list && Date.now() - list.at > list.policy.list_minutes * MINUTE;
    line.textContent = words.join(" · ");
    line.className = `gate-line${stale || wrong || list?.moved || (!list && !online) ? " bad" : online ? "" : " away"}`;
    line.hidden = false;
  }

  async function ask(url, body, headers) {
    const line = new AbortController(), over = setTimeout(() => line.abort(), PATIENCE);
    try {
      const answer = await fetch(url, { method: "POST", body, credentials: "same-origin", signal: line.signal, headers: { "X-Requested-With": "fetch", Accept: "application/json", ...headers } });
      if (answer.status >= 500) throw new Error("no line");
      return answer;
    } finally { clearTimeout(over); }
  }
  const token = () => one('main [name="csrfmiddlewaretoken"]')?.value || book.list()?.csrf || "";

  async function refresh() {
    const here = post();
    if (!here) return;
    if (here.hasAttribute("data-away")) return void away(here);
    try {
      await deliver();
      const sent = new FormData(), upto = book.last();
      sent.set("waiting", (await book.waiting(here.dataset.device)).length);
      const answer = await ask(here.dataset.list, sent, { "X-CSRFToken": token() });
      if (answer.status === 409) return void await gone(here);
      signedOut = answer.status === 401 || answer.redirected;
      if (!answer.ok || signedOut) throw new Error("signed out");
      const told = await answer.json();
      skew = Date.now() - told.at;
      await book.renew(told, upto);
      online = navigator.onLine;
      if (here.hasAttribute("data-is-shell")) location.replace(here.dataset.shell.replace(/off\/$/, ""));
    } catch { online = false; }
    await tell();
  }

  // Another phone is this device now: all that was kept here is there, and the page says so.
  async function gone(here) {
    await deliver();
    clearInterval(timer);
    await book.shut(here.dataset.device);
    location.replace(here.dataset.shell.replace(/off\/$/, ""));
  }
  // Before the guard goes home: all is delivered, and without a line this phone lets nobody in any more.
  async function letGo(event) {
    event.preventDefault();
    event.stopImmediatePropagation();
    await refresh();
    await book.shut(post().dataset.device);
    event.target.requestSubmit();
  }
  async function away(here) {
    const kept = (await book.waiting(here.dataset.device)).length, line = one("[data-line]");
    await book.shut(here.dataset.device);
    if (!kept) return;
    const said = await deliver().then(() => `这部手机存下的 ${kept} 条交上去了。`, () => `这部手机还有 ${kept} 条没交上去，连上网后刷新这一页。`);
    line.textContent = said;
    line.hidden = false;
  }

  // What was kept goes in loads of at most so many; a scan is done with only when an answer says that it is there.
  function deliver() {
    return (delivering ??= (async () => {
      const here = post();
      for (let scans = await book.waiting(here.dataset.device); book.list() && scans.length; scans = await book.waiting(here.dataset.device)) await load(here, scans.slice(0, here.dataset.load));
    })().finally(() => { delivering = null; }));
  }
  async function load(here, some) {
    const scans = some.map(({ code, way, count, at, nonce, let_in, other_escort, reason }) => ({ code, way, count, at, nonce, let_in, other_escort, reason: reason || "" }));
    const told = JSON.stringify({ listed_at: book.list().at, sent_at: Date.now(), scans });
    const answer = await ask(here.dataset.merge, told, { "Content-Type": "application/json", "X-CSRFToken": token(), "Idempotency-Key": crypto.randomUUID() });
    if (!answer.ok) throw new Error("not taken");
    const done = await answer.json();
    await book.heard(some);
    if (done.clashes) window.yb.toast?.(`交上去了，有 ${done.clashes} 条对不上，请值班队长核对`);
  }

  // --- one scan ---

  const read = (form) => ({
    code: form.querySelector('[name="code"]').value, way: form.querySelector('[name="way"]:checked')?.value || "in",
    count: Number(form.querySelector('[name="count"]')?.value) || 1, other_escort: Boolean(form.querySelector('[name="other_escort"]')?.checked),
    nonce: crypto.randomUUID(), reason: "",
  });

  // The next one is one person again, led as their pass says.
  function again(form) {
    form.elements.code.value = "";
    form.elements.count.value = 1;
    form.elements.other_escort.checked = false;
  }

  async function check(told) {
    if (!told.code.trim()) return;
    last = told;
    one("[data-answer-slot]").replaceChildren(make("p", "gate-answer gate-word", "验证中…")); // never the answer of the one before
    see();
    if (online && !told.reason) {
      const sent = new FormData();
      for (const [name, value] of Object.entries(told)) if (name !== "other_escort" || value) sent.set(name, value);
      sent.set("key", told.nonce);
      sent.set("device_at", new Date().toISOString());
      try {
        const answer = await ask(one("[data-gate-form]").action, sent, { "X-CSRFToken": token() });
        const said = await answer.json();
        show(answer.ok ? said : { allowed: false, because: said.refused });
        if (answer.ok && !said.repeat) await book.follow(told, said).catch(() => {});
        return void refresh();
      } catch { online = false; }
    }
    if (book.list()) show(await book.decide(told).catch(() => ({ allowed: false, because: "这台设备存不下记录：请换一台设备，或在纸上记下再放行。" })));
    else show({ allowed: false, because: "没有连上，这台设备也没有名单。请连网后打开一次这一页，或请值班队长处理。" });
    await tell();
  }

  document.addEventListener("submit", (event) => {
    if (event.target.matches("[data-let-go]") && book.list() && !book.list().moved) return void letGo(event);
    const form = event.target, admits = form.matches("[data-admit]") && (post()?.hasAttribute("data-is-shell") || !online);
    if (!form.matches("[data-gate-form]") && !admits) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (admits) {
      const reason = form.elements.reason.value.trim();
      return void (reason && last ? check({ ...last, nonce: crypto.randomUUID(), reason }) : form.elements.reason.focus());
    }
    const box = form.querySelector('[name="code"]');
    check(read(form));
    again(form);
    box.focus();
  }, true);

  // --- the camera ---

  const refuse = (because) => { dark(); show({ allowed: false, because }); };
  async function camera() {
    const box = one("[data-camera-box]"), video = box.querySelector("video");
    const form = one("[data-gate-form]");
    const scan = (code) => {
      const told = { ...read(form), code };
      again(form);
      return check(told);
    };
    const lost = () => refuse("这台设备里没有读码程序：请联网打开一次这一页，或用扫码枪、证号。");
    box.hidden = false;
    see();
    await window.yb.gateCamera.open(video, post().dataset.eye, scan, lost).catch(() => refuse("相机打不开：请在浏览器里准许使用相机，或用扫码枪、证号。"));
  }
  function dark() {
    window.yb.gateCamera.close();
    const box = one("[data-camera-box]");
    if (box) box.hidden = true;
  }
  document.addEventListener("click", (event) => {
    if (event.target.closest?.("[data-camera]")) camera();
    else if (event.target.closest?.("[data-camera-off]")) dark();
  });
  document.addEventListener("visibilitychange", () => { if (document.hidden) dark(); });

  // --- the page ---

  async function begin() {
    clearInterval(timer);
    dark();
    const here = post();
    if (!here) return;
    await book.open(here.dataset.device);
    if (here.hasAttribute("data-away")) return void away(here);
    const reads = window.yb.gateCamera.able();
    one("[data-camera]").hidden = !reads;
    one("[data-no-camera]").hidden = reads;
    one('[data-gate-form] [name="code"]').focus({ preventScroll: true });
    keepShell(here);
    await refresh();
    timer = setInterval(refresh, EVERY);
  }
  // The worker keeps the page without anybody's data, and what it is made of.
  async function keepShell(here) {
    if (!("serviceWorker" in navigator) || here.hasAttribute("data-is-shell")) return;
    const made = [...document.querySelectorAll('link[rel="stylesheet"], script[src]')].map((n) => n.href || n.src);
    const icons = [...document.querySelectorAll("use")].map((n) => n.getAttribute("href")?.split("#")[0]).filter(Boolean);
    const worker = await navigator.serviceWorker.ready;
    worker.active?.postMessage({ keep: [...new Set([here.dataset.shell, here.dataset.eye, ...made, ...icons])] });
  }
  window.addEventListener("online", refresh);
  window.addEventListener("offline", () => { online = false; tell(); });
  document.addEventListener("yb:page", begin);
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", begin);
  else begin();
})();
