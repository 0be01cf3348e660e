// Live pages: one stream a page, named by data-live on <body>. Its events carry fragments for the places with
// data-live-slot. A lost line is said after three seconds and caught up by itself: on connecting, the server
// sends every fragment whole.
(() => {
  "use strict";
  const SILENCE = 3000; // the server gives a sign of life every two seconds
  const RETRY = 4000;
  let source = null;
  let heard = 0;
  let tried = 0;
  let lostAt = 0;
  const seen = new Set(JSON.parse(sessionStorage.getItem("rung") || "[]"));

  function connect() {
    disconnect();
    const url = document.body.dataset.live;
    if (!url) return line(true);
    tried = Date.now();
    source = new EventSource(url);
    source.addEventListener("beat", alive);
    for (const name of new Set(slots().map((s) => s.dataset.liveSlot))) {
      source.addEventListener(name, (event) => { alive(); swap(name, event.data); });
    }
  }
  function disconnect() {
    if (source) source.close();
    source = null;
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

  // What someone is typing, sending or confirming is never taken from under their hands.
  function inUse(place) {
    if (place.querySelector("form[data-sending='yes'], dialog[open]")) return true;
    const at = document.activeElement;
    if (at && place.contains(at) && at.matches("input:not([type=radio], [type=checkbox]), textarea, select")) return true;
    return [...place.querySelectorAll("input:not([type=hidden], [type=radio], [type=checkbox]), textarea")].some((b) => b.value !== b.defaultValue);
  }

  const late = new Map(); // place → fragment that waits until the hands are off

  function swap(name, html) {
    for (const place of slots()) {
      if (place.dataset.liveSlot !== name) continue;
      if (inUse(place)) late.set(place, html);
      else put(place, html);
    }
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
    if (!fresh) return;
    sessionStorage.setItem("rung", JSON.stringify([...seen].slice(-50)));
    if (!aloud) return;
    if (navigator.vibrate) navigator.vibrate([220, 120, 220, 120, 420]);
    play();
    setTimeout(play, 1400);
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
    if (!document.body.dataset.live) return;
    const now = Date.now();
    if (now - heard > SILENCE) {
      lostAt = lostAt || heard;
      line(false);
      if (now - tried > RETRY) connect();
    }
    later();
  }
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
  window.addEventListener("online", () => { if (lostAt) connect(); });
  window.addEventListener("pagehide", disconnect);
  window.addEventListener("pageshow", (event) => { if (event.persisted) start(); });
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden && document.body.dataset.live && Date.now() - heard > SILENCE) connect();
  });
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", () => start());
  else start();
})();
