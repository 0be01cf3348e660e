// A long press lifts what lies under a finger, and then it is dragged; whoever moves sooner scrolls as ever.
// yb.liftable(selector, { lift(what, x, y) → false for no, move(x, y), end(dropped) })
(() => {
  "use strict";
  const AFTER = 350, SLIP = 10, kinds = [];
  let held = null;
  window.yb = Object.assign(window.yb || {}, { liftable: (selector, does) => kinds.push([selector, does]) });

  function end(dropped) {
    const was = held;
    held = null;
    clearTimeout(was?.timer);
    if (was?.lifted) was.does.end(dropped);
  }
  function lift() {
    held.lifted = held.does.lift(held.what, held.x, held.y) !== false;
    if (held.lifted) navigator.vibrate?.(15);
    else held = null;
  }
  document.addEventListener("touchstart", (event) => {
    end(false); // a second finger zooms
    const [finger, other] = event.touches;
    const [what, does] = kinds.map(([selector, does]) => [event.target.closest?.(selector), does]).find(([what]) => what) || [];
    if (what && !other) held = { what, does, x: finger.clientX, y: finger.clientY, timer: setTimeout(lift, AFTER) };
  }, { passive: true });
  document.addEventListener("touchmove", (event) => {
    if (!held) return;
    const { clientX, clientY } = event.touches[0];
    if (!held.lifted) {
      if (Math.hypot(clientX - held.x, clientY - held.y) > SLIP) end(false);
      return;
    }
    event.preventDefault(); // what was lifted moves, the page stays
    held.does.move(clientX, clientY);
  }, { passive: false });
  document.addEventListener("touchend", (event) => {
    if (held?.lifted) event.preventDefault(); // no tap, so no keyboard
    end(true);
  }, { passive: false });
  document.addEventListener("touchcancel", () => end(false));
  document.addEventListener("contextmenu", (event) => { if (held) event.preventDefault(); });
})();
