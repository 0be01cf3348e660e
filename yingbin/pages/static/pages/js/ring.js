// Calling a locked phone: the service worker is registered here, and a browser lets itself be called by Web Push.
// Nothing here is needed to get work done. A page that offers it holds a form with data-push; blocks with
// data-push-when show for "ask", "on", "denied" or "missing".
(() => {
  "use strict";
  const FOR = "ring-for"; // whose calls this browser takes, so that signing in again needs no second permission
  const able = () => "serviceWorker" in navigator && "PushManager" in window && "Notification" in window;
  const form = () => document.querySelector("form[data-push]");

  function state() {
    if (!able()) return "missing";
    if (Notification.permission === "denied") return "denied";
    return Notification.permission === "granted" && form()?.dataset.pushHere === "yes" ? "on" : "ask";
  }
  function show() {
    const now = state();
    for (const block of document.querySelectorAll("[data-push-when]")) block.hidden = block.dataset.pushWhen !== now;
  }

  function bytes(text) {
    const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
    return Uint8Array.from(plain, (c) => c.charCodeAt(0));
  }
  // A browser subscribed under another installation's key has to let go of it first.
  async function subscribed(key) {
    const worker = await navigator.serviceWorker.ready;
    const wanted = { userVisibleOnly: true, applicationServerKey: bytes(key) };
    try {
      return await worker.pushManager.subscribe(wanted);
    } catch (no) {
      const old = await worker.pushManager.getSubscription();
      if (!old) throw no;
      await old.unsubscribe();
      return worker.pushManager.subscribe(wanted);
    }
  }
  async function fill(box) {
    const told = (await subscribed(box.dataset.pushKey)).toJSON();
    box.elements.endpoint.value = told.endpoint;
    box.elements.p256dh.value = told.keys.p256dh;
    box.elements.auth.value = told.keys.auth;
  }

  async function allow(button) {
    const box = form();
    button.setAttribute("aria-busy", "true");
    try {
      if (await Notification.requestPermission() === "granted") {
        await fill(box);
        localStorage.setItem(FOR, box.dataset.pushMe);
        box.requestSubmit();
      }
    } catch {
      say("浏览器的提醒服务连不上，这台设备暂时不能提醒。可以用「在群里@我」。");
    }
    button.removeAttribute("aria-busy");
    show();
  }
  const say = (words) => document.dispatchEvent(new CustomEvent("yb:toast", { detail: words }));
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-push-allow]");
    if (button) allow(button);
  });

  // The same person signed in again on the phone that already calls them: told to the server without a word.
  async function again() {
    const box = form();
    if (!box || !able() || box.dataset.pushHere === "yes" || Notification.permission !== "granted") return;
    if (localStorage.getItem(FOR) !== box.dataset.pushMe) return;
    await fill(box);
    const answer = await fetch(box.action, { method: "POST", body: new FormData(box), credentials: "same-origin" });
    if (answer.ok) box.dataset.pushHere = "yes";
    show();
  }

  function start() {
    show();
    again().catch(() => {});
  }
  if ("serviceWorker" in navigator && window.isSecureContext) navigator.serviceWorker.register("/sw.js").catch(() => {});
  document.addEventListener("yb:page", start);
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
