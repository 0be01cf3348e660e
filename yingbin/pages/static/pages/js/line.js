// One event stream for all tabs of a browser: browsers open six connections to a host, streams included. The tab
// that holds the lock has the stream and passes on what it hears; where a browser can't, each tab has its own.
(() => {
  "use strict";
  const SILENCE = 3000, RETRY = 4000, STALE = 12000, TELL = 4000;
  const can = Boolean(navigator.locks && window.BroadcastChannel);
  const tab = `${Date.now().toString(36)}${Math.random().toString(36).slice(2)}`;
  const place = () => document.body.dataset.place || ""; // two tabs may hold two places: each place has a line
  const ALWAYS = ["beat", "gone"];

  let want = null; // { topics, slots } of this tab
  let hear = () => {};
  let mine = null; // this tab's stream: its own, or the one it leads with
  let room = null; // the channel shared with the other tabs

  // --- a stream -----------------------------------------------------------------

  function stream(address, names, say) {
    const source = new EventSource(address);
    for (const name of new Set([...ALWAYS, ...names])) source.addEventListener(name, (event) => say(name, event.data));
    source.onerror = () => { if (source.readyState === 2) say("refused", ""); };
    return source;
  }
  const address = (topics) => (topics[0]?.startsWith("/") ? topics[0] : `${place()}/live/${[...topics].sort().join("+")}/`);

  function alone() {
    mine?.source?.close();
    mine = { source: stream(address(want.topics), want.slots, (name, data) => hear(name, data)) };
  }

  // --- shared ---------------------------------------------------------------------

  const post = (message) => room?.channel.postMessage(message);
  const tell = () => { if (want) post({ want: { tab, ...want } }); };

  function leading() {
    const tabs = new Map(), last = new Map();
    let source = null, open = "", heard = Date.now(), tried = 0, soon = 0;
    const say = (name, data) => {
      heard = Date.now();
      if (!["beat", "gone", "refused"].includes(name)) last.set(name, data);
      if (name === "refused") heard = 0;
      post({ say: name, data });
      hear(name, data);
    };
    const all = (part) => [...new Set([...tabs.values()].flatMap((t) => t[part]))].sort();
    const plan = () => `${address(all("topics"))} ${all("slots")}`;
    function reopen() {
      tried = Date.now();
      open = plan();
      source?.close();
      source = stream(address(all("topics")), all("slots"), say);
    }
    const serve = (one) => {
      const before = tabs.get(one.tab);
      tabs.set(one.tab, { ...one, at: Date.now() });
      if (String(before?.slots) !== String(one.slots)) {
        for (const slot of one.slots) if (last.has(slot)) {
          if (one.tab === tab) hear(slot, last.get(slot));
          else post({ say: slot, data: last.get(slot), to: one.tab });
        }
      }
      clearTimeout(soon);
      soon = setTimeout(() => { if (plan() !== open) reopen(); }, 60);
    };
    const beat = setInterval(() => {
      post({ leads: tab });
      const now = Date.now();
      for (const [name, t] of tabs) if (name !== tab && now - t.at > STALE) tabs.delete(name);
      if (now - heard > SILENCE && now - tried > RETRY) reopen();
    }, 1000);
    serve({ tab, ...want });
    post({ whoWants: true });
    return {
      serve,
      drop: (name) => tabs.delete(name),
      reopen: () => { if (Date.now() - tried > RETRY) reopen(); },
      get source() { return source; },
      close() { clearInterval(beat); clearTimeout(soon); source?.close(); },
    };
  }

  // The lock's holder leads; the others queue for it. `steal` takes it from a tab the browser put to sleep.
  function queue(steal) {
    const here = room, turn = {};
    here.turn = turn;
    here.waits?.abort();
    here.waits = new AbortController();
    const options = steal ? { steal: true } : { signal: here.waits.signal };
    navigator.locks.request(here.name, options, () => new Promise((release) => {
      if (room !== here || here.turn !== turn) return release();
      mine = leading();
      here.release = release;
    })).catch(() => {}).finally(() => {
      if (room !== here || here.turn !== turn || !here.release) return;
      mine?.close(); // another tab took the lead
      mine = here.release = null;
      queue(false);
    });
  }

  function enter(who) {
    const channel = new BroadcastChannel(`yb-${who}`);
    room = { who, name: `yb-${who}`, channel, led: Date.now(), release: null, tells: setInterval(tell, TELL) };
    channel.onmessage = ({ data: m }) => {
      if (m.leads || m.say) room.led = Date.now();
      if (m.say && (!m.to || m.to === tab) && !room.release) hear(m.say, m.data);
      if (m.want && room.release) mine?.serve(m.want);
      if (m.left && room.release) mine?.drop(m.left);
      if (m.whoWants) tell();
    };
    queue(false);
    tell();
  }

  function leave() {
    const here = room;
    if (!here) {
      mine?.source?.close();
      mine = null;
      return;
    }
    post({ left: tab });
    room = null;
    clearInterval(here.tells);
    if (here.release) mine?.close();
    mine = null;
    here.waits?.abort();
    here.release?.();
    here.channel.close();
  }

  // --- what a page asks for ---------------------------------------------------------

  function open(wanted, listener) {
    want = wanted;
    hear = listener;
    const who = document.body.dataset.who && document.body.dataset.who + place();
    if (!can || !who) return alone();
    if (room && room.who !== who) leave();
    if (!room) return enter(who);
    if (room.release) mine?.serve({ tab, ...want });
    else tell();
  }
  function close() {
    leave();
    want = null;
  }
  // Nothing was heard for a while: open the line anew, or take the lead from a tab that sleeps.
  function again() {
    if (!want) return;
    if (!room) return alone();
    if (room.release) return mine?.reopen();
    if (Date.now() - room.led > 2 * SILENCE) queue(true);
    else tell();
  }
  window.yb = { ...window.yb, line: { open, close, again, leads: () => Boolean(room?.release), streams: () => (mine?.source ? 1 : 0) } };
})();
