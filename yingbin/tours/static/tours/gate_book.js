// What a device at a gate keeps: its list, what it decided without a line, and the rules it decides by (contract, Part B).
// One copy of the places, moved by its own scans; `yingbin.rules.gate.judging` decides the same when the line is back.
(() => {
  "use strict";
  if (window.yb?.gateBook) return;
  const MINUTE = 60000;
  // What only a device says; the rules' own words come with the list.
  const ELSEWHERE = "这台设备改在另一部手机上用了，这部手机不再放行";
  const FAULTS = {
    no_pass: "这不是参观证的码", newer: "这张证是新版本程序发的，请联网后再试", unknown_key: "这张证不是这里发的，或密钥已停用",
    forged: "签名不成立：这张证是伪造的或被改过", cannot_verify: "这台设备的浏览器不会核对签名，断线时请输证号，或请值班队长放行",
  };

  // --- where it is kept ---

  let opening;
  const base = () => (opening ??= new Promise((done, failed) => {
    const asked = indexedDB.open("yingbin-gate", 1);
    asked.onupgradeneeded = () => {
      asked.result.createObjectStore("lists");
      asked.result.createObjectStore("scans", { keyPath: "nonce" });
    };
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => failed(asked.error);
  }));
  const of = async (store, mode, work) => {
    const line = (await base()).transaction(store, mode, { durability: "strict" }), asked = work(line.objectStore(store));
    return new Promise((done, failed) => {
      line.oncomplete = () => done(asked?.result);
      line.onerror = line.onabort = () => failed(line.error);
    });
  };

  const scansOf = async (device) => (await of("scans", "readonly", (s) => s.getAll())).filter((one) => one.device === device).sort((a, b) => a.order - b.order);
  const waiting = async (device) => (await scansOf(device)).filter((one) => !one.heard);
  // Delivered, or answered with a line: the next list knows it.
  const heard = (scans) => of("scans", "readwrite", (s) => { for (const one of scans) s.put({ ...one, heard: true }); });
  const drop = (nonces) => of("scans", "readwrite", (s) => { for (const nonce of nonces) s.delete(nonce); });
  const keep = (scan) => of("scans", "readwrite", (s) => s.put(scan));

  // --- who is where ---

  const same = (one, other) => one.length === other.length && one.every((a, i) => a === other[i]);
  const inside = (list, number, zone) => (list.places[number] || []).filter(([z]) => same(z, zone)).reduce((n, [, p]) => n + p, 0);
  const onSite = (list, number) => (list.places[number] || []).reduce((n, [, p]) => n + p, 0);
  const ofVisit = (list, visit) => list.passes.filter((p) => p.visit === visit).reduce((n, p) => n + onSite(list, p.number), 0);

  function put(list, number, zone, persons) {
    const rest = (list.places[number] || []).filter(([z]) => !same(z, zone));
    list.places[number] = persons > 0 ? [...rest, [zone, persons]] : rest;
  }
  function take(list, number, count, without) {
    for (const zone of list.zones) {
      if (same(zone, without)) continue;
      const taken = Math.min(count, inside(list, number, zone));
      put(list, number, zone, inside(list, number, zone) - taken);
      count -= taken;
    }
  }
  function move(list, told, number) {
    const zone = list.areas, here = inside(list, number, zone);
    if (told.way === "in") {
      if (!list.on_site) take(list, number, told.count, zone);
      return put(list, number, zone, inside(list, number, zone) + told.count);
    }
    const taken = Math.min(told.count, here);
    put(list, number, zone, here - taken);
    if (list.on_site) take(list, number, told.count - taken, zone);
    else put(list, number, [], inside(list, number, []) + taken);
  }

  // --- the rules, in their order ---

  function why(list, told, pass, now, admitted) {
    const held = list.passes.find((p) => p.number === pass.number);
    if (!admitted && now - list.at > list.policy.list_minutes * MINUTE) return "list_old";
    if (pass.fault) return pass.fault;
    if (held && held.revision > pass.revision) return "old_revision";
    const fate = held?.fates[pass.revision] || "outstanding";
    if (fate !== "outstanding") return fate;
    if (!admitted && now < pass.start - list.policy.early_minutes * MINUTE) return "too_early";
    if (!admitted && now >= pass.end) return "too_late";
    if (!list.areas.every((area) => pass.areas.includes(area))) return "wrong_area";
    if (!admitted && told.other_escort) return "wrong_escort";
    const there = list.on_site ? onSite(list, pass.number) : inside(list, pass.number, list.areas);
    if (!admitted && there + told.count > pass.persons) return "already_in";
    const elsewhere = onSite(list, pass.number) - inside(list, pass.number, list.areas);
    const more = list.on_site ? told.count : Math.max(0, told.count - elsewhere);
    if (held && more && ofVisit(list, held.visit) + more > list.headcounts[held.visit]) return "over_headcount";
    return "ok";
  }

  // What a guard typed is a number: the pass in its current revision, as the list has it.
  function typed(list, text) {
    const held = list.passes.find((p) => String(p.number) === text);
    return held ? { ...held } : { fault: "unknown_pass", number: 0 };
  }

  // --- the list of now: as it came, moved by what went through here since ---

  let list = null, last = 0, turn = Promise.resolve();
  // One after the other, so that a list that comes while a scan is decided loses nothing.
  const inTurn = (work) => {
    const done = turn.then(work);
    turn = done.catch(() => {});
    return done;
  };

  async function lay(told) {
    list = { ...told, places: Object.fromEntries(told.passes.map((p) => [p.number, p.there])) };
    for (const one of await scansOf(told.device)) {
      last = Math.max(last, one.order);
      if (one.let_in && one.number) move(list, one, one.number);
    }
  }
  const open = (device) => inTurn(async () => {
    const told = await of("lists", "readonly", (s) => s.get(device));
    list = null;
    if (told) await lay(told);
  });
  // A fresh list. upto: the last scan that was here as it was asked for; those that were heard by then it knows.
  const renew = (told, upto) => inTurn(async () => {
    const known = (await scansOf(told.device)).filter((one) => one.heard && one.order <= upto);
    await drop(known.map((one) => one.nonce));
    await of("lists", "readwrite", (s) => s.put(told, told.device));
    await lay(told);
  });

  // Another phone is this device now: what was kept here is still delivered, but nothing is decided any more.
  const shut = (device) => inTurn(async () => {
    const told = await of("lists", "readonly", (s) => s.get(device));
    if (told) await of("lists", "readwrite", (s) => s.put({ ...told, moved: true }, device));
    if (list) list.moved = true;
  });

  // Decides one scan on the list, keeps it, moves what goes through.
  const decide = (told) => inTurn(async () => {
    if (list.moved) return { allowed: false, because: `${ELSEWHERE}。` };
    const text = window.yb.passes.scanned(told.code), now = Date.now();
    const pass = /^\d{1,9}$/.test(text) ? typed(list, text) : await window.yb.passes.verified(text, list.keys);
    const admitted = Boolean(told.reason);
    let code = told.way === "in" ? why(list, told, pass, now, admitted) : pass.fault || "ok";
    if (admitted && !list.supervises) code = "not_supervisor";
    const allowed = code === "ok", held = list.passes.find((p) => p.number === pass.number);
    await keep({ ...told, code: text, device: list.device, at: now, let_in: allowed, number: pass.number || 0, order: ++last });
    if (allowed) move(list, told, pass.number);
    return {
      allowed, inward: told.way === "in", code, because: `${FAULTS[code] || list.words[code]}。`, offline: true, clause: "",
      number: pass.number || 0, revision: pass.revision || 0, persons: pass.persons || 0, inside: pass.number ? onSite(list, pass.number) : 0,
      visitor: held?.visitor || "名单里没有，证上的签名成立", visit: held?.said || "", escort: held?.escort || "见证上",
      note: told.way === "in" ? held?.note || "" : "",
      photo: Boolean(pass.photo), areas: (pass.areas || []).map((a) => list.area_words[a]).join("、"),
    };
  });
  // A scan that was answered with a line: should it go now, the list knows already who went through.
  const follow = (told, answer) => inTurn(async () => {
    if (!list || !answer.allowed || !answer.number) return;
    await keep({ ...told, device: list.device, let_in: true, number: answer.number, heard: true, order: ++last });
    move(list, told, answer.number);
  });

  window.yb = { ...window.yb, gateBook: { list: () => list, last: () => last, open, renew, shut, waiting, heard, decide, follow } };
})();
