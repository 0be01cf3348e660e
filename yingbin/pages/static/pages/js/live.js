// Live pages: topics named by data-live on <body>, and the frame's own. Events carry fragments for the places with
// data-live-slot. A lost line is said after three seconds and caught up by itself: on connecting, the server
// sends every fragment whole. A session that ended is said by the stream, and the page is covered.
(() => {
  "use strict";
  const SILENCE = 3000; // the server gives a sign of life every two seconds
  const RETRY = 4000;
  let heard = 0;
  let tried = 0;
  let lostAt = 0;
  let refused = 0;
  const seen = new Set(JSON.parse(sessionStorage.getItem("rung") || "[]"));

  function connect() {
    const url = document.body.dataset.live;
    if (!url) {
      window.yb.line.close();
      return line(true);
    }
    tried = Date.now();
    const names = [...new Set(slots().map((s) => s.dataset.liveSlot))];
    const own = url.startsWith("/live/") ? url.split("/").filter(Boolean).slice(1) : [url];
    const topics = names.includes("bell") && !own.includes("shell") ? [...own, "shell"] : own;
    window.yb.line.open({ topics, slots: names }, hear);
  }
  function hear(name, data) {
    if (name === "gone" || name === "refused") return gone(name);
    if (window.yb.covered?.()) return;
    alive();
    if (name !== "beat") swap(name, data);
  }
  // The stream was ended or not let in: the session is over, or another's; or only this topic is closed to it.
  function gone(name) {
    if (!window.yb.gate || !document.body.dataset.who || !(document.body.dataset.live || window.yb.covered?.())) return;
    // What is being sent may itself be why: handing the device to a customer leads to a page that wants no session.
    if (document.querySelector("form[data-sending='yes']")) return void setTimeout(() => gone(name), 1500);
    if (name === "refused" && Date.now() - refused < 30000) return;
    refused = Date.now();
    window.yb.gate(name === "gone");
  }
  const slots = () => [...document.querySelectorAll("[data-live-slot]")];

  function alive() {
    heard = Date.now();
    if (lostAt) {
      lostAt = 0;
      line(true);
      document.dispatchEvent(new CustomEvent("yb:toast", { detail: "已重新连上，现在显示的是最新情况。" }));
    }
    document.body.classList.add("is-live");
  }

  // --- fragments ------------------------------------------------------------

  // A finger that is down on a button finds it still there when it goes up.
  let pressed = null;
  document.addEventListener("pointerdown", (event) => { pressed = event.target; }, true);
  for (const over of ["pointerup", "pointercancel"]) {
    document.addEventListener(over, () => setTimeout(() => { pressed = null; }), true);
  }

  // What someone is pressing, typing, sending or confirming is never taken from under their hands.
  function inUse(place) {
    if (pressed && place.contains(pressed)) return true;
    if (place.querySelector("form[data-sending='yes'], dialog[open], .refused, [aria-invalid='true']")) return true;
    const at = document.activeElement;
    if (at && place.contains(at) && at.matches("input:not([type=radio], [type=checkbox]), textarea, select")) return true;
    return [...place.querySelectorAll("input:not([type=hidden], [type=radio], [type=checkbox]), textarea")].some((b) => b.value !== b.defaultValue);
  }

  const late = new Map(); // place → fragment that waits until the hands are off

  function swap(name, html) {
    for (const place of slots()) {
      if (place.dataset.liveSlot !== name) continue;
      if (inUse(place)) heldBack(place, html);
      else put(place, html);
    }
  }
  // What waits for the hands still rings, and says in a word why.
  function heldBack(place, html) {
    late.set(place, html);
    const shape = document.createElement("template");
    shape.innerHTML = html;
    if (!ring(shape.content, true)) return;
    const said = shape.content.querySelector("[data-ring] .said")?.textContent || "有新的事找您";
    document.dispatchEvent(new CustomEvent("yb:toast", { detail: `${said}！写完这里就会显示。` }));
  }
  function put(place, html) {
    late.delete(place);
    const open = [...place.querySelectorAll("details[open][id]")].map((d) => d.id);
    const chosen = [...place.querySelectorAll("input[id]:checked")].map((i) => i.id);
    const focus = place.contains(document.activeElement) ? document.activeElement.id : "";
    place.innerHTML = html;
    for (const id of open) document.getElementById(id)?.setAttribute("open", "");
    for (const id of chosen) if (document.getElementById(id)) document.getElementById(id).checked = true;
    if (focus) document.getElementById(focus)?.focus({ preventScroll: true });
    ring(place, true);
    document.dispatchEvent(new CustomEvent("yb:live"));
  }
  function later() {
    for (const [place, html] of late) {
      if (!place.isConnected) late.delete(place);
      else if (!inUse(place)) put(place, html);
    }
  }

  // --- the bell -------------------------------------------------------------

  let audio = null;
  let chime = null;

  function ring(root, aloud) {
    let fresh = false;
    for (const mark of root.querySelectorAll("[data-ring]")) {
      if (seen.has(mark.dataset.ring)) continue;
      seen.add(mark.dataset.ring);
      fresh = true;
    }
    if (!fresh) return false;
    sessionStorage.setItem("rung", JSON.stringify([...seen].slice(-50)));
    if (!aloud) return true;
    if (navigator.vibrate) navigator.vibrate([220, 120, 220, 120, 420]);
    play();
    setTimeout(play, 1400);
    return true;
  }
  function play() {
    if (!chime || !audio || audio.state !== "running") return;
    const bell = audio.createBufferSource();
    bell.buffer = chime;
    bell.connect(audio.destination);
    bell.start();
  }
  // Phones let a page sound only after a touch.
  async function unlock() {
    if (!document.body.dataset.chime || !window.AudioContext) return;
    audio = audio || new AudioContext();
    if (audio.state !== "running") await audio.resume();
    if (!chime) {
      const file = await fetch(document.body.dataset.chime);
      chime = await audio.decodeAudioData(await file.arrayBuffer());
    }
    soundWords();
  }
  function soundWords() {
    const on = Boolean(chime && audio && audio.state === "running");
    for (const b of document.querySelectorAll("[data-sound-on]")) b.hidden = on;
    for (const b of document.querySelectorAll("[data-sound-ok]")) b.hidden = !on;
  }
  document.addEventListener("pointerdown", () => unlock().catch(() => {}));
  document.addEventListener("click", async (event) => {
    if (!event.target.closest("[data-sound-on], [data-try-sound]")) return;
    await unlock().catch(() => {});
    play();
    if (navigator.vibrate) navigator.vibrate(120);
  });

  // --- the line -------------------------------------------------------------

  function line(up) {
    document.body.classList.toggle("is-lost", !up);
    const bar = document.querySelector("[data-offline]");
    if (!bar) return;
    bar.hidden = up;
    if (up) return;
    const seconds = Math.round((Date.now() - lostAt) / 1000);
    const since = bar.querySelector("[data-offline-since]");
    if (since) since.textContent = seconds < 60 ? `${seconds} 秒` : `${Math.floor(seconds / 60)} 分钟`;
  }

  function watch() {
    if (!document.body.dataset.live || (document.hidden && !rings())) return;
    const now = Date.now();
    if (now - heard > SILENCE) {
      lostAt = lostAt || heard;
      line(false);
      if (now - tried > RETRY) again();
    }
    later();
  }
  function again() {
    tried = Date.now();
    window.yb.line.again();
  }
  // A post that found no line says so for the whole page, until the stream is heard again.
  document.addEventListener("yb:lost", () => {
    if (!document.body.dataset.live) return;
    lostAt = lostAt || Date.now();
    line(false);
  });
  setInterval(watch, 500);

  // What stands on the first page has been seen; what comes later rings, also in the answer to one's own tap.
  function start(event) {
    ring(document, event?.type === "yb:page" || "ringNow" in document.body.dataset);
    soundWords();
    heard = Date.now();
    lostAt = 0;
    connect();
  }
  document.addEventListener("yb:page", start);
  document.addEventListener("yb:back", () => {
    heard = Date.now();
    window.yb.line.close();
    connect();
  });
  window.addEventListener("online", () => { if (lostAt) again(); });
  window.addEventListener("pagehide", () => window.yb.line.close());
  // A tab nobody sees lets its line go and catches up when shown, unless it was asked to ring.
  const rings = () => Boolean(document.querySelector("[data-try-sound], [data-sound-on]") && audio?.state === "running");
  document.addEventListener("visibilitychange", () => {
    if (!document.body.dataset.live) return;
    if (document.hidden && !rings()) return window.yb.line.close();
    if (document.hidden) return;
    heard = Math.max(heard, Date.now() - SILENCE + 1500); // a moment to catch up before it is called lost
    connect();
  });
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", () => start());
  else start();
})();
