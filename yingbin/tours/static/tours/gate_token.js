// A pass's code read and checked in the browser; docs/tours-pass-format.md is its definition.
(() => {
  "use strict";
  if (window.yb?.passes) return;
  const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  const AREAS = ["plant", "workshop", "logistics", "technology", "rnd", "finished_goods", "marketing", "laboratory", "other"];
  const BEGINNING = Date.UTC(2000, 0, 1), BODY = 25;
  const CONTEXT = new TextEncoder().encode("yingbin pass\u0000");

  // As a scanner brings it: without blanks, whatever its Caps Lock.
  const scanned = (text) => text.replace(/\s+/g, "").toUpperCase();

  // The 89 bytes, or null where the text is not the one that stands for them.
  function bytesOf(text) {
    if (!/^YB[A-Z2-7]{143}$/.test(text)) return null;
    const out = new Uint8Array(89);
    let bits = 0, held = 0, at = 0;
    for (const letter of text.slice(2)) {
      held = (held << 5 | LETTERS.indexOf(letter)) & 0xfff;
      bits += 5;
      if (bits >= 8) out[at++] = held >> (bits -= 8) & 0xff;
    }
    return held & (1 << bits) - 1 ? null : out;
  }

  const number = (bytes, from, to) => bytes.slice(from, to).reduce((n, b) => n * 256 + b, 0);

  function read(body) {
    const flags = number(body, 20, 22), start = BEGINNING + number(body, 11, 16) * 1000;
    const told = {
      number: number(body, 5, 9), revision: number(body, 9, 11), start, end: start + number(body, 16, 20) * 1000,
      areas: AREAS.filter((_, bit) => flags >> bit & 1), persons: number(body, 22, 25), photo: Boolean(flags & 0x8000),
    };
    const whole = told.number && told.revision && told.end > start && told.persons && told.areas.length && !(flags & 0x7e00);
    return whole ? told : null;
  }

  // Whether this browser checks signatures by itself; older ones don't know Ed25519.
  let able;
  const canVerify = () => (able ??= crypto.subtle
    ? crypto.subtle.importKey("raw", new Uint8Array(32).fill(1), { name: "Ed25519" }, false, ["verify"]).then(() => true, () => false)
    : Promise.resolve(false));

  const imported = new Map(); // public keys as WebCrypto has them, by their text
  const keyOf = async (base64) => {
    if (!imported.has(base64)) imported.set(base64, await crypto.subtle.importKey("raw", raw(base64), { name: "Ed25519" }, false, ["verify"]));
    return imported.get(base64);
  };
  const raw = (base64) => Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));

  // What a code says, or why not: {fault}. keys: public keys by their id, base64.
  async function verified(text, keys) {
    const bytes = bytesOf(text);
    if (!bytes) return { fault: "no_pass" };
    if (bytes[0] !== 1) return { fault: "newer" };
    const id = [...bytes.slice(1, 5)].map((b) => b.toString(16).padStart(2, "0")).join("");
    if (!keys[id]) return { fault: "unknown_key" };
    if (!(await canVerify())) return { fault: "cannot_verify" };
    const key = await keyOf(keys[id]), body = bytes.slice(0, BODY), message = new Uint8Array([...CONTEXT, ...body]);
    if (!(await crypto.subtle.verify({ name: "Ed25519" }, key, bytes.slice(BODY), message))) return { fault: "forged" };
    return read(body) || { fault: "newer" };
  }

  window.yb = { ...window.yb, passes: { scanned, verified, canVerify, AREAS } };
})();
