// Signing on the glass: strokes are kept as whole numbers in a box of 1000 × 400 in a hidden field, so that
// they survive a refusal, print sharply and can be hashed. Without script a password stands for the signature.
(() => {
  "use strict";
  const WIDE = 1000, HIGH = 400, MOST = 5500;

  function begin(glass) {
    if (glass.dataset.ready) return;
    glass.dataset.ready = "yes";
    const pane = glass.querySelector("canvas"), field = glass.querySelector("input[type=hidden]");
    const pen = pane.getContext("2d");
    let strokes = read(field.value), now = null;

    function draw() {
      pen.clearRect(0, 0, WIDE, HIGH);
      pen.lineWidth = 7;
      pen.lineCap = pen.lineJoin = "round";
      pen.strokeStyle = getComputedStyle(pane).color;
      for (const s of strokes) {
        pen.beginPath();
        pen.moveTo(s[0], s[1]);
        if (s.length === 2) pen.lineTo(s[0] + 1, s[1]);
        for (let n = 2; n < s.length; n += 2) pen.lineTo(s[n], s[n + 1]);
        pen.stroke();
      }
      glass.classList.toggle("signed", strokes.length > 0);
    }

    function at(event) {
      const box = pane.getBoundingClientRect();
      const fit = (v, most) => Math.max(0, Math.min(most, Math.round(v)));
      return [fit(((event.clientX - box.left) / box.width) * WIDE, WIDE), fit(((event.clientY - box.top) / box.height) * HIGH, HIGH)];
    }

    const points = () => strokes.reduce((n, s) => n + s.length / 2, 0);
    pane.addEventListener("pointerdown", (event) => {
      if (event.button > 0 || strokes.length > 190 || points() > MOST) return;
      event.preventDefault();
      pane.setPointerCapture(event.pointerId);
      now = at(event);
      strokes.push(now);
      draw();
    });
    pane.addEventListener("pointermove", (event) => {
      if (!now || points() > MOST) return;
      const [x, y] = at(event);
      if (Math.hypot(x - now[now.length - 2], y - now[now.length - 1]) < 4) return;
      now.push(x, y);
      draw();
    });
    for (const end of ["pointerup", "pointercancel"]) {
      pane.addEventListener(end, () => {
        if (!now) return;
        now = null;
        field.value = JSON.stringify(strokes);
      });
    }
    glass.querySelector("[data-glass-clear]").addEventListener("click", () => {
      strokes = [];
      field.value = "";
      draw();
    });
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
    draw();
  }

  function read(text) {
    try {
      const strokes = JSON.parse(text || "[]");
      return Array.isArray(strokes) ? strokes.filter((s) => Array.isArray(s) && s.length > 1) : [];
    } catch {
      return [];
    }
  }

  const all = () => document.querySelectorAll("[data-glass]").forEach(begin);
  document.addEventListener("yb:page", all);
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", all);
  else all();
})();
