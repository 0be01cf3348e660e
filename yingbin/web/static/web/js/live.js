// Live pages: one stream a page; fragments are swapped in; a lost line is said and caught up by itself.
(() => {
  "use strict";
  let source = null;
  let heard = 0;
  let lostAt = 0;
  const rung = new Set();
  let audio = null;

  function connect() {
    if (source) source.close();
    source = null;
    const url = document.body.dataset.live;
    if (!url) return banner(false);
    source = new EventSource(url);
    heard = Date.now();
    source.addEventListener("beat", () => { heard = Date.now(); });
    for (const slot of document.querySelectorAll("[data-live-slot]")) {
      source.addEventListener(slot.dataset.liveSlot, (event) => swap(slot.dataset.liveSlot, event.data));
    }
  }

  // What someone is typing is never taken from under their hands.
  function typing(place) {
    const at = document.activeElement;
    if (place.querySelector("form[data-sending='yes']")) return true;
    if (at && place.contains(at) && at.matches("input, textarea, select")) return true;
    return [...place.querySelectorAll("input[type=text], input:not([type]), textarea")].some((b) => b.value !== b.defaultValue);
  }

  function swap(name, html) {
    heard = Date.now();
    for (const place of document.querySelectorAll(`[data-live-slot="${name}"]`)) {
      if (typing(place)) { place.dataset.pending = html; continue; }
      const open = [...place.querySelectorAll("details[open][id]")].map((d) => d.id);
      place.innerHTML = html;
      delete place.dataset.pending;
      for (const id of open) document.getElementById(id)?.setAttribute("open", "");
      ring(place);
    }
    document.dispatchEvent(new CustomEvent("yb:live"));
  }

  function pending() {
    for (const place of document.querySelectorAll("[data-pending]")) {
      if (!typing(place)) swap(place.dataset.liveSlot, place.dataset.pending);
    }
  }

  function ring(place) {
    for (const mark of place.querySelectorAll("[data-ring]")) {
      if (rung.has(mark.dataset.ring)) continue;
      rung.add(mark.dataset.ring);
      if (navigator.vibrate) navigator.vibrate([220, 120, 220, 120, 400]);
      chime();
    }
  }

  // Two soft bells, made here so that nothing has to be loaded.
  function chime() {
    if (!audio || audio.state !== "running") return;
    [[880, 0], [1318.5, 0.18], [880, 0.7], [1318.5, 0.88]].forEach(([hertz, after]) => {
      const tone = audio.createOscillator();
      const volume = audio.createGain();
      const at = audio.currentTime + after;
      tone.frequency.value = hertz;
      volume.gain.setValueAtTime(0.0001, at);
      volume.gain.exponentialRampToValueAtTime(0.4, at + 0.02);
      volume.gain.exponentialRampToValueAtTime(0.0001, at + 0.6);
      tone.connect(volume).connect(audio.destination);
      tone.start(at);
      tone.stop(at + 0.65);
    });
  }

  function unlock() {
    if (!audio && window.AudioContext) audio = new AudioContext();
    if (audio && audio.state === "suspended") audio.resume();
  }
  document.addEventListener("pointerdown", unlock);
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-try-sound]")) { unlock(); setTimeout(chime, 150); }
  });

  function banner(on) {
    const bar = document.querySelector("[data-offline]");
    if (!bar) return;
    bar.hidden = !on;
    if (on) {
      const seconds = Math.round((Date.now() - lostAt) / 1000);
      bar.textContent = `断线 ${seconds} 秒,显示的可能不是最新,正在自动重连……`;
    }
  }

  setInterval(() => {
    if (!document.body.dataset.live) return;
    const silent = Date.now() - heard;
    if (silent > 5000) {
      if (!lostAt) lostAt = heard;
      banner(true);
      if (!source || source.readyState === EventSource.CLOSED || silent > 15000) connect();
    } else if (lostAt) {
      lostAt = 0;
      banner(false);
    }
    pending();
  }, 1000);

  // What is already on the page when it opens has been seen; only news rings.
  function start() {
    const first = rung.size === 0 && !document.body.dataset.ringNow;
    if (first) for (const mark of document.querySelectorAll("[data-ring]")) rung.add(mark.dataset.ring);
    connect();
  }
  document.addEventListener("DOMContentLoaded", start);
  document.addEventListener("yb:page", start);
  window.addEventListener("online", connect);
  document.addEventListener("visibilitychange", () => { if (!document.hidden) connect(); });
})();
