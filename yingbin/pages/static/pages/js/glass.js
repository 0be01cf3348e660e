// Signing on the glass: strokes are kept as whole numbers in a box of 1000 × 400 in a hidden field, so that
// they survive a refusal, print sharply and can be hashed. Without script a password stands for the signature.
(() => {
  "use strict";
  const WIDE = 1000, HIGH = 400, EDGE = 20, MOST = 5500;
  let penSeen = false; // whoever signs with a pen rests a hand on the glass: fingers draw no more

  function begin(glass) {
    if (glass.dataset.ready) return;
    glass.dataset.ready = "yes";
    const pane = glass.querySelector("canvas"), field = glass.querySelector("input[type=hidden]");
    const ink = pane.getContext("2d");
    let tall = HIGH, strokes = [], now = null, pointer = null, kind = "";

    // The pane may have any shape: 1000 wide, as tall as it stands on the screen.
    function shape() {
      const box = pane.getBoundingClientRect();
      tall = box.width && box.height ? Math.round(WIDE * box.height / box.width) : HIGH;
      pane.width = WIDE;
      pane.height = tall;
      const scale = Math.min(1, tall / HIGH);
      strokes = moved(read(field.value), scale, (WIDE - WIDE * scale) / 2, (tall - HIGH * scale) / 2);
      draw();
    }

    function draw() {
      ink.clearRect(0, 0, WIDE, tall);
      ink.lineWidth = Math.max(7, 3.2 * WIDE / (pane.clientWidth || WIDE));
      ink.lineCap = ink.lineJoin = "round";
      ink.strokeStyle = getComputedStyle(pane).color;
      for (const s of strokes) {
        ink.beginPath();
        ink.moveTo(s[0], s[1]);
        if (s.length === 2) ink.lineTo(s[0] + 1, s[1]);
        for (let n = 2; n < s.length; n += 2) ink.lineTo(s[n], s[n + 1]);
        ink.stroke();
      }
      glass.classList.toggle("signed", strokes.length > 0);
    }

    function at(event) {
      const box = pane.getBoundingClientRect();
      const fit = (v, most) => Math.max(0, Math.min(most, Math.round(v)));
      return [fit(((event.clientX - box.left) / box.width) * WIDE, WIDE), fit(((event.clientY - box.top) / box.height) * tall, tall)];
    }

    const points = () => strokes.reduce((n, s) => n + s.length / 2, 0);
    const keep = () => { field.value = strokes.length ? JSON.stringify(boxed(strokes, tall)) : ""; };

    function drop() {
      strokes.pop();
      now = pointer = null;
      keep();
    }
    pane.addEventListener("pointerdown", (event) => {
      const pen = event.pointerType === "pen";
      penSeen = penSeen || pen;
      event.preventDefault();
      if (event.button > 0 || strokes.length > 190 || points() > MOST) return;
      if (event.pointerType === "touch" && penSeen) return;
      if (now && pen && kind === "touch") drop(); // that was the hand coming down before the pen
      if (now) return;
      pointer = event.pointerId;
      kind = event.pointerType;
      try { pane.setPointerCapture(pointer); } catch { /* gone already: its end comes as an event */ }
      now = at(event);
      strokes.push(now);
      draw();
    });
    pane.addEventListener("pointermove", (event) => {
      penSeen = penSeen || event.pointerType === "pen";
      if (!now || event.pointerId !== pointer || points() > MOST) return;
      const [x, y] = at(event);
      if (Math.hypot(x - now[now.length - 2], y - now[now.length - 1]) < 4) return;
      now.push(x, y);
      draw();
    });
    for (const end of ["pointerup", "pointercancel", "lostpointercapture"]) {
      pane.addEventListener(end, (event) => {
        if (!now || event.pointerId !== pointer) return;
        now = pointer = null;
        keep();
      });
    }
    glass.querySelector("[data-glass-clear]").addEventListener("click", () => {
      strokes = [];
      now = pointer = null;
      keep();
      draw();
    });
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
    new ResizeObserver(() => { if (!now) shape(); }).observe(pane);
    shape();
  }

  const moved = (strokes, scale, dx, dy) => strokes.map((s) => s.map((v, n) => Math.round(v * scale + (n % 2 ? dy : dx))));

  // What was drawn on a pane of another shape, without distortion, in the box that is kept and printed.
  function boxed(strokes, tall) {
    const straight = moved(strokes, 1, 0, (HIGH - tall) / 2);
    const side = (odd) => straight.flatMap((s) => s.filter((_, n) => n % 2 === odd));
    const xs = side(0), ys = side(1);
    const left = Math.min(...xs), right = Math.max(...xs), top = Math.min(...ys), bottom = Math.max(...ys);
    if (top >= 0 && bottom <= HIGH) return straight;
    const scale = Math.min(1, (WIDE - 2 * EDGE) / (right - left || 1), (HIGH - 2 * EDGE) / (bottom - top || 1));
    return moved(straight, scale, WIDE / 2 - scale * (left + right) / 2, HIGH / 2 - scale * (top + bottom) / 2);
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
