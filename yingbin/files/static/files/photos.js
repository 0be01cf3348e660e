// Photos of a form, uploaded one after the other as soon as they are chosen. A lost line loses none: each waits in the
// page and in the browser's own database, and goes again under the same key, so that it is stored once.
(() => {
  "use strict";
  const DAY = 86400000, PATIENCE = 90000, LONGEST = 30000;
  const RETRIED = new Set([0, 408, 429, 502, 503, 504, 507]);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const who = () => document.body.dataset.who || "";
  let line = []; // what waits to be sent, in order
  let sending = null; // { item, request }
  let submitted = []; // keys of what went with the form under way

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
  const plain = ({ key, page, place, field, owner, person, at, blob, id, small, pdf }) => ({ key, page, place, field, owner, person, at, blob, id, small, pdf });
  const keep = (item) => inBase("readwrite", (store) => store.put(plain(item)));
  const forget = (key) => inBase("readwrite", (store) => store.delete(key));
  const kept = async () => (await inBase("readonly", (store) => store.getAll())) || [];

  function newKey() {
    if (crypto.randomUUID) return crypto.randomUUID();
    return [...crypto.getRandomValues(new Uint8Array(16))].map((b) => b.toString(16).padStart(2, "0")).join("");
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
    item.tile = place;
    item.block = block;
    if (item.id) arrived(item);
    else { word(item, "等着上传"); preview(item); }
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
  const token = (block) => block.closest("form").querySelector("[name=csrfmiddlewaretoken]")?.value || "";

  // --- sending ---

  function pump() {
    line = line.filter((item) => item.tile.isConnected || window.yb?.covered?.());
    if (sending || !line.length) return;
    const item = line.find((one) => one.after <= Date.now() && one.tile.isConnected);
    if (item) post(item);
  }
  setInterval(pump, 1000);
  window.addEventListener("online", () => { for (const item of line) item.after = 0; pump(); });

  function post(item) {
    const request = new XMLHttpRequest(), told = new FormData();
    for (const [name, value] of [["key", item.key], ["owner", item.owner], ["csrfmiddlewaretoken", token(item.block)]]) told.set(name, value);
    told.set("file", item.blob, "photo");
    sending = { item, request };
    request.open("POST", item.block.dataset.url);
    request.timeout = PATIENCE;
    request.setRequestHeader("X-Requested-With", "fetch");
    request.upload.onprogress = (event) => {
      const bar = item.tile.querySelector("progress");
      if (bar && event.lengthComputable) bar.value = event.loaded / event.total;
    };
    item.tile.classList.remove("is-lost");
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
      keep(item);
      arrived(item);
      note(item.block, "");
      return pump();
    }
    if (RETRIED.has(request.status)) return later(item);
    refused(item, told.why || "没有传上去，请去掉它，再拍一张。");
  }

  function later(item, wait) {
    sending = null;
    item.tries = (item.tries || 0) + 1;
    item.after = Date.now() + (wait ?? Math.min(1000 * 2 ** item.tries, LONGEST));
    item.tile.classList.add("is-lost");
    word(item, "没连上，会自动再传");
    pump();
  }

  function refused(item, words) {
    sending = null;
    line = line.filter((one) => one !== item);
    forget(item.key);
    item.tile.classList.add("is-wrong");
    word(item, words);
    full(item.block);
    pump();
  }

  // --- what people do ---

  document.addEventListener("change", (event) => {
    const input = event.target, block = input.closest?.("[data-photos][data-ready]");
    if (!block || input.type !== "file") return;
    const left = Math.max(Number(block.dataset.most) - many(block), 0), chosen = [...input.files];
    input.value = "";
    const over = chosen.length - left;
    note(block, over > 0 ? `一次最多 ${block.dataset.most} 张，多出的 ${over} 张没有加上。` : "", over > 0);
    for (const blob of chosen.slice(0, left)) {
      const item = { key: newKey(), page: location.pathname, place: placeOf(block), field: block.dataset.photos, owner: block.dataset.owner, person: who(), at: Date.now(), blob, pdf: blob.type === "application/pdf", after: 0 };
      tile(block, item);
      keep(item);
      line.push(item);
    }
    pump();
  });

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
  function keptByAWing(event) {
    const form = event.target, button = event.submitter;
    const url = (button && button.getAttribute("formaction")) || form.getAttribute("action") || location.href;
    return !document.dispatchEvent(new CustomEvent("yb:unsent", { cancelable: true, detail: { form, button, url, photos: true } }));
  }

  // A form waits for its photos: what is still on its way would be missing.
  window.addEventListener("submit", (event) => {
    const blocks = all("[data-photos][data-ready]", event.target);
    for (const block of blocks) {
      const waits = line.filter((item) => item.block === block).length;
      if (!waits) continue;
      event.preventDefault();
      event.stopImmediatePropagation();
      if (keptByAWing(event)) return note(block, `还有 ${waits} 张没传完。写的都记在这里了，传完就自动发出去，不用再点。`);
      return note(block, `还有 ${waits} 张没传完，传完后请再点一次。不想等，就先去掉没传完的。`, true);
    }
    submitted = blocks.flatMap((block) => all(".photo[data-key]", block).map((place) => place.dataset.key));
    if (event.target.hasAttribute("data-plain")) for (const key of submitted) forget(key);
  }, true);

  async function ready() {
    const gone = submitted;
    submitted = [];
    await Promise.all(gone.map(forget));
    const blocks = all("[data-photos]:not([data-ready])");
    for (const block of blocks) block.dataset.ready = "";
    if (!blocks.length) return;
    for (const item of await kept()) {
      if (item.at < Date.now() - DAY) { forget(item.key); continue; }
      const block = blocks.find((one) => one.dataset.photos === item.field && one.dataset.owner === item.owner && placeOf(one) === (item.place || ""));
      if (!block || item.page !== location.pathname || item.person !== who()) continue;
      if (item.id && block.querySelector(`[data-photo="${item.id}"]`)) { forget(item.key); continue; }
      tile(block, Object.assign(item, { after: 0, tries: 0 }));
      if (!item.id) line.push(item);
    }
    for (const block of blocks) full(block);
    pump();
  }
  document.addEventListener("yb:page", ready);
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", ready);
  else ready();
})();
