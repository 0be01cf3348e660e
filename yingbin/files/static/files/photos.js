// Photos of a form, made as small as they will be kept and uploaded one after the other as soon as they are chosen. A lost
// line loses none: each waits in the browser's own database and goes under the same key, so that it is stored once; from
// whatever page its person is on by then.
(() => {
  "use strict";
  const DAY = 86400000, PATIENCE = 90000, LONGEST = 30000, LONG_SIDE = 1600, QUALITY = 0.82, LARGEST = 20 * 1048576;
  const RETRIED = new Set([0, 408, 429, 502, 503, 504, 507]);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const who = () => document.body.dataset.who || "";
  let line = []; // what waits to be sent, in order
  let sending = null; // { item, request }
  const went = new WeakMap(); // what went with a form under way: a page may send several at a time
  let gone = []; // keys of what an answer came for
  let packing = Promise.resolve(); // one picture is unpacked at a time: each takes a phone 50 MB
  let readying = Promise.resolve(), isReady = false; // whether the page has its photos again

  // --- the browser's own database; without it photos wait in the page alone ---

  let base = null;
  function opened() {
    base = base || new Promise((done) => {
      let asked;
      try { asked = indexedDB.open("yb-photos", 1); } catch { return done(null); }
      asked.onupgradeneeded = () => asked.result.createObjectStore("photos", { keyPath: "key" });
      asked.onsuccess = () => done(asked.result);
      asked.onerror = asked.onblocked = () => done(null);
    });
    return base;
  }
  async function inBase(mode, work) {
    const db = await opened();
    if (!db) return null;
    return new Promise((done) => {
      const asked = work(db.transaction("photos", mode).objectStore("photos"));
      asked.onsuccess = () => done(asked.result);
      asked.onerror = () => done(null);
    });
  }
  const plain = ({ key, page, place, field, owner, person, at, url, blob, raw, id, small, pdf }) => ({ key, page, place, field, owner, person, at, url, blob, raw, id, small, pdf });
  const keep = (item) => inBase("readwrite", (store) => store.put(plain(item)));
  const forget = (key) => inBase("readwrite", (store) => store.delete(key));
  const kept = async () => (await inBase("readonly", (store) => store.getAll())) || [];

  function newKey() {
    if (crypto.randomUUID) return crypto.randomUUID();
    return [...crypto.getRandomValues(new Uint8Array(16))].map((b) => b.toString(16).padStart(2, "0")).join("");
  }

  // --- made small before it is sent: what the server keeps is no larger ---

  // Some browsers give back noise for what was drawn, against being told apart; then photos go as they are.
  let honest = null;
  function givesBack() {
    if (honest === null) {
      const pen = sheet(2, 1);
      pen.fillStyle = "#123456";
      pen.fillRect(0, 0, 2, 1);
      honest = [...pen.getImageData(0, 0, 2, 1).data].join() === "18,52,86,255,18,52,86,255";
    }
    return honest;
  }
  function sheet(width, height) {
    const canvas = Object.assign(document.createElement("canvas"), { width, height });
    return canvas.getContext("2d");
  }
  async function smaller(blob) {
    if (!givesBack()) return blob;
    const picture = await createImageBitmap(blob); // upright already
    const part = Math.min(1, LONG_SIDE / Math.max(picture.width, picture.height));
    const pen = sheet(Math.round(picture.width * part), Math.round(picture.height * part));
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, pen.canvas.width, pen.canvas.height);
    pen.imageSmoothingQuality = "high";
    pen.drawImage(picture, 0, 0, pen.canvas.width, pen.canvas.height);
    picture.close();
    const packed = await new Promise((done) => pen.canvas.toBlob(done, "image/jpeg", QUALITY));
    return packed && packed.size < blob.size ? packed : blob;
  }
  // The key stands for these very bytes: they are kept before they go, so that a second try sends the same.
  function pack(item) {
    if (!item.raw) return;
    packing = packing.then(async () => {
      try { if (!item.pdf) item.blob = await smaller(item.blob); } catch { /* HEIC in most browsers: as it is */ }
      item.raw = false;
      if (!line.includes(item)) return;
      if (item.blob.size > LARGEST) return refused(item, "超过 20 MB，请用普通模式重拍。");
      await keep(item);
      if (item.tile) preview(item);
      pump();
    });
  }

  // --- what one sees ---

  function tile(block, item) {
    const place = document.createElement("li"), bar = document.createElement("progress");
    const said = document.createElement("span"), off = document.createElement("button");
    place.className = "photo";
    place.dataset.key = item.key;
    bar.max = 1;
    bar.value = 0;
    bar.setAttribute("aria-label", "上传进度");
    said.className = "photo-word";
    said.setAttribute("role", "status");
    off.type = "button";
    off.className = "photo-off";
    off.dataset.photoOff = "";
    off.setAttribute("aria-label", "去掉这张");
    off.append(block.querySelector("[data-photos-cross]").content.cloneNode(true));
    place.append(bar, said, off);
    block.querySelector("[data-photos-list]").append(place);
    Object.assign(item, { tile: place, block });
    if (item.id) arrived(item);
    else {
      word(item, "等着上传");
      if (!item.raw) preview(item);
    }
    full(block);
  }

  // Drawn from the file itself, so that it is seen without a line; what this browser can't draw stays a plain tile.
  async function preview(item) {
    if (item.pdf) return;
    try {
      const picture = await createImageBitmap(item.blob, { resizeWidth: 240, resizeQuality: "medium" });
      if (!item.tile.isConnected || item.id) return;
      const canvas = document.createElement("canvas");
      canvas.width = picture.width;
      canvas.height = picture.height;
      canvas.getContext("2d").drawImage(picture, 0, 0);
      item.tile.prepend(canvas);
    } catch { /* HEIC in most browsers */ }
  }

  function arrived(item) {
    const box = document.createElement("input");
    box.type = "hidden";
    box.name = item.field;
    box.value = item.id;
    item.tile.classList.remove("is-lost");
    item.tile.dataset.photo = item.id;
    item.tile.querySelector("progress")?.remove();
    word(item, item.pdf ? "扫描件" : "");
    item.tile.append(box);
    if (item.pdf) return;
    const picture = new Image();
    picture.alt = "照片";
    picture.onload = () => { item.tile.querySelector("canvas")?.remove(); item.tile.prepend(picture); };
    picture.src = item.small;
  }

  function word(item, words) {
    if (!item.tile) return;
    const place = item.tile.querySelector(".photo-word");
    if (place.textContent !== words) place.textContent = words;
  }

  function note(block, words, wrong = false) {
    const place = block.querySelector("[data-photos-note]");
    place.textContent = words;
    place.classList.toggle("is-wrong", wrong);
    if (wrong) place.scrollIntoView({ block: "nearest" });
  }

  // A page may hold several forms with photos: each takes up its own again.
  const placeOf = (block) => block.closest("form").getAttribute("action") || "";
  const many = (block) => all(".photo:not(.is-wrong)", block).length;
  function full(block) {
    block.querySelector(".photo-take").classList.toggle("is-full", many(block) >= Number(block.dataset.most));
  }
  const token = () => document.querySelector("[name=csrfmiddlewaretoken]")?.value || "";

  // --- sending ---

  // What belongs to the page at hand goes first; then what was taken on others, while somebody looks at this one.
  function pump() {
    if (sending || !line.length || !token() || window.yb?.covered?.()) return;
    const may = line.filter((one) => !one.raw && one.after <= Date.now() && one.person === who());
    const item = may.find((one) => one.tile) || (!document.hidden && may[0]);
    if (item) post(item);
  }
  setInterval(pump, 1000);
  window.addEventListener("online", () => { for (const item of line) item.after = 0; pump(); });

  function post(item) {
    const request = new XMLHttpRequest(), told = new FormData();
    for (const [name, value] of [["key", item.key], ["owner", item.owner], ["csrfmiddlewaretoken", token()]]) told.set(name, value);
    told.set("file", item.blob, "photo");
    sending = { item, request };
    request.open("POST", item.url);
    request.timeout = PATIENCE;
    request.setRequestHeader("X-Requested-With", "fetch");
    request.upload.onprogress = (event) => {
      const bar = item.tile?.querySelector("progress");
      if (bar && event.lengthComputable) bar.value = event.loaded / event.total;
    };
    item.tile?.classList.remove("is-lost");
    word(item, "上传中");
    request.onload = () => answered(item, request);
    request.onerror = request.ontimeout = () => later(item);
    request.onabort = () => { sending = null; pump(); };
    request.send(told);
  }

  async function answered(item, request) {
    if (request.getResponseHeader("X-Gate")) {
      const back = window.yb?.gate && (await window.yb.gate());
      return later(item, back ? 0 : undefined);
    }
    let told = {};
    try { told = JSON.parse(request.responseText); } catch { /* no answer of ours */ }
    if (request.status === 200 && told.id) {
      sending = null;
      line = line.filter((one) => one !== item);
      Object.assign(item, { id: told.id, small: told.small, blob: null });
      await keep(item);
      if (item.tile) { arrived(item); note(item.block, ""); }
      document.dispatchEvent(new CustomEvent("yb:photo"));
      return pump();
    }
    if (RETRIED.has(request.status)) return later(item);
    sending = null;
    refused(item, told.why || "没有传上去，请去掉它，再拍一张。");
  }

  function later(item, wait) {
    sending = null;
    item.tries = (item.tries || 0) + 1;
    item.after = Date.now() + (wait ?? Math.min(1000 * 2 ** item.tries, LONGEST));
    item.tile?.classList.add("is-lost");
    word(item, "没连上，会自动再传");
    pump();
  }

  function refused(item, words) {
    line = line.filter((one) => one !== item);
    forget(item.key).then(() => document.dispatchEvent(new CustomEvent("yb:photo")));
    if (item.tile) {
      item.tile.classList.add("is-wrong");
      word(item, words);
      full(item.block);
    } else document.dispatchEvent(new CustomEvent("yb:toast", { detail: `有一张照片没有收下：${words}` }));
    pump();
  }

  // --- what people do ---

  // Listened to at the box itself: while somebody is in the camera, the page may have made room for another one.
  const sameAs = (block) => (one) => one.dataset.photos === block.dataset.photos && one.dataset.owner === block.dataset.owner && placeOf(one) === placeOf(block);
  function chosen(event) {
    const input = event.target, was = input.closest("[data-photos]");
    const block = was.isConnected ? was : all("[data-photos][data-ready]").find(sameAs(was)) || was;
    const left = Math.max(Number(block.dataset.most) - many(block), 0), files = [...input.files];
    input.value = "";
    const over = files.length - left;
    note(block, over > 0 ? `一次最多 ${block.dataset.most} 张，多出的 ${over} 张没有加上。` : "", over > 0);
    for (const blob of files.slice(0, left)) {
      const item = { key: newKey(), page: location.pathname, place: placeOf(block), field: block.dataset.photos, owner: block.dataset.owner, person: who(), at: Date.now(), url: block.dataset.url, blob, raw: true, pdf: blob.type === "application/pdf", after: 0 };
      tile(block, item);
      keep(item);
      line.push(item);
      pack(item);
    }
  }

  document.addEventListener("click", (event) => {
    const place = event.target.closest?.("[data-photo-off]")?.closest(".photo");
    if (!place) return;
    const block = place.closest("[data-photos]"), key = place.dataset.key, id = place.dataset.photo;
    line = line.filter((item) => item.key !== key);
    if (key) forget(key);
    place.remove();
    if (key && sending?.item.key === key) sending.request.abort();
    if (id) takeBack(block, id);
    note(block, "");
    full(block);
  });
  function takeBack(block, id) {
    const told = new FormData();
    told.set("csrfmiddlewaretoken", token(block));
    fetch(`${block.dataset.url}${id}/remove/`, { method: "POST", body: told, headers: { "X-Requested-With": "fetch" } }).catch(() => {}); // else it goes by itself
  }

  // A wing's script may keep the form and send it by itself once its photos are through.
  function keptByAWing(event, blocks) {
    const form = event.target, button = event.submitter;
    const photos = blocks.flatMap((block) => all(".photo[data-key]:not(.is-wrong)", block).map((place) => [block.dataset.photos, place.dataset.key]));
    const url = (button && button.getAttribute("formaction")) || form.getAttribute("action") || location.href;
    return !document.dispatchEvent(new CustomEvent("yb:unsent", { cancelable: true, detail: { form, button, url, photos } }));
  }

  // A form waits for its photos: what is still on its way would be missing.
  window.addEventListener("submit", (event) => {
    const form = event.target, blocks = all("[data-photos][data-ready]", form);
    if (blocks.length && !isReady) {
      const button = event.submitter;
      event.preventDefault();
      event.stopImmediatePropagation();
      return readying.then(() => form.isConnected && form.requestSubmit(button));
    }
    for (const block of blocks) {
      const waits = line.filter((item) => item.block === block).length;
      if (!waits) continue;
      event.preventDefault();
      event.stopImmediatePropagation();
      if (keptByAWing(event, blocks)) return note(block, `还有 ${waits} 张没传完。写的都记在这里了，传完就自动发出去，不用再点。`);
      return note(block, `还有 ${waits} 张没传完，传完后请再点一次。不想等，就先去掉没传完的。`, true);
    }
    const keys = blocks.flatMap((block) => all(".photo[data-key]", block).map((place) => place.dataset.key));
    went.set(form, keys);
    if (form.hasAttribute("data-plain")) for (const key of keys) forget(key);
  }, true);
  document.addEventListener("yb:sent", (event) => { gone.push(...(went.get(event.detail.form) || [])); });

  // Which of these photos are through: their ids by key; a key is missing while its photo waits, and none once it is lost.
  async function ids(keys) {
    const there = new Map((await kept()).map((item) => [item.key, item.id || ""]));
    return keys.map((key) => there.get(key) ?? null);
  }
  // A form went with these: nothing of them is shown again on its page.
  async function used(values) {
    for (const item of await kept()) if (item.id && values.includes(item.id)) forget(item.key);
  }
  window.yb = { ...window.yb, photos: { ids, used, ready: () => readying } };

  async function restored() {
    const over = gone, blocks = all("[data-photos]:not([data-ready])");
    gone = [];
    for (const block of blocks) {
      block.dataset.ready = "";
      for (const input of all("input[type=file]", block)) input.addEventListener("change", chosen);
    }
    for (const one of line) if (one.tile && !one.tile.isConnected) Object.assign(one, { tile: null, block: null });
    await Promise.all(over.map(forget));
    for (const stored of await kept()) {
      if (stored.at < Date.now() - DAY) { forget(stored.key); continue; }
      if (stored.person !== who()) continue;
      // What is on its way already stays the same one: it isn't sent a second time beside itself.
      const item = line.find((one) => one.key === stored.key) || Object.assign(stored, { after: 0, tries: 0 });
      if (item.tile) continue;
      const block = item.page === location.pathname && blocks.find((one) => one.dataset.photos === item.field && one.dataset.owner === item.owner && placeOf(one) === (item.place || ""));
      if (block && item.id && block.querySelector(`[data-photo="${item.id}"]`)) { forget(item.key); continue; }
      if (block) {
        item.url = block.dataset.url;
        tile(block, item);
      }
      if (item.id || !item.url || line.includes(item)) continue;
      line.push(item);
      pack(item);
    }
    for (const block of blocks) full(block);
    pump();
  }
  const ready = () => {
    const mine = restored().finally(() => { if (readying === mine) isReady = true; });
    [readying, isReady] = [mine, false];
  };
  document.addEventListener("yb:page", ready);
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", ready);
  else ready();
})();
