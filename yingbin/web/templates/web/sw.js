{% load static %}// Takes calls while the product is closed, opens the right page on a tap, and says so when there is no network.
// No page with anybody's data is ever kept: the two files below hold none.
"use strict";
const KEPT = "no-network-1";
const FILES = ["{% url 'no_network' %}", "{% static 'pages/css/no-network.css' %}"];

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(KEPT).then((kept) => kept.addAll(FILES)).then(() => self.skipWaiting()));
});
self.addEventListener("activate", (event) => {
  const old = caches.keys().then((names) => Promise.all(names.filter((n) => n !== KEPT).map((n) => caches.delete(n))));
  event.waitUntil(old.then(() => self.clients.claim()));
});

// Pages come from the network alone; when it is gone, the one page that says so.
self.addEventListener("fetch", (event) => {
  const asked = event.request;
  const style = asked.url.endsWith(FILES[1]);
  if (asked.method !== "GET" || (asked.mode !== "navigate" && !style)) return;
  event.respondWith(fetch(asked).catch(() => caches.match(style ? asked : FILES[0])));
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
