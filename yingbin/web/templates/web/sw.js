{% load static %}// Takes calls while the product is closed, opens the right page on a tap, and says so when there is no network.
// No page with anybody's data is ever kept: the two files below hold none, nor does the page that a gate goes on with.
"use strict";
const KEPT = "no-network-1", GATE = "gate-1";
const FILES = ["{% url 'no_network' %}", "{% static 'pages/css/no-network.css' %}"];

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(KEPT).then((kept) => kept.addAll(FILES)).then(() => self.skipWaiting()));
});
self.addEventListener("activate", (event) => {
  const old = caches.keys().then((names) => Promise.all(names.filter((n) => n !== KEPT && n !== GATE).map((n) => caches.delete(n))));
  event.waitUntil(old.then(() => self.clients.claim()));
});

// What a gate goes on with when its line is gone: one page without data, its style and scripts.
self.addEventListener("message", (event) => {
  const wanted = (event.data?.keep || []).filter((address) => new URL(address, self.location.origin).origin === self.location.origin);
  if (wanted.length) event.waitUntil(caches.open(GATE).then((kept) => Promise.all(wanted.map((one) => kept.add(one).catch(() => {})))));
});
const gatePage = (address) => /\/gate\/[0-9a-f-]{36}\/$/.test(address.pathname) ? `${address.pathname}off/` : "";

// Pages come from the network alone; when it is gone, the one page that says so, or a gate's own.
self.addEventListener("fetch", (event) => {
  const asked = event.request, address = new URL(asked.url);
  if (asked.method !== "GET" || address.origin !== self.location.origin) return;
  if (asked.mode !== "navigate") {
    if (["style", "script", "image", "worker"].includes(asked.destination)) event.respondWith(fetch(asked).catch(async () => (await caches.match(asked)) || Response.error()));
    return;
  }
  const own = gatePage(address);
  event.respondWith(fetch(asked).catch(async () => (own && (await caches.match(own))) || caches.match(FILES[0])));
});

self.addEventListener("push", (event) => {
  let told = {};
  try { told = event.data.json(); } catch { /* a call without words is a call */ }
  const shown = { body: "点一下打开迎宾", tag: told.tag || "note", renotify: true, requireInteraction: true,
    icon: "{% static 'pages/icons/icon-192.png' %}", badge: "{% static 'pages/icons/icon-192.png' %}",
    vibrate: [220, 120, 220, 120, 420], data: { link: told.link || "/" } };
  event.waitUntil(self.registration.showNotification(told.title || "迎宾有事找您", shown));
});

// Only addresses of our own are opened.
self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  const wanted = new URL(event.notification.data.link, self.location.origin);
  const target = wanted.origin === self.location.origin ? wanted.href : self.location.origin;
  event.waitUntil(self.clients.matchAll({ type: "window", includeUncontrolled: true }).then((open) => {
    const same = open.find((page) => page.url === target);
    return same ? same.focus() : self.clients.openWindow(target);
  }));
});
