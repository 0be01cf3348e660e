// The roster's grid: arrow keys go from cell to cell, a block copied from a spreadsheet is laid over it, a cell or a block
// is laid over others by its corner (+), or changes places with others (⇄). Nothing is kept before 存草稿: the page asks the
// same reading what it would break, and what can't be read goes back.
(() => {
  "use strict";
  const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], Enter: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const say = (words) => document.dispatchEvent(new CustomEvent("yb:toast", { detail: words }));
  let picked = null, drag = null, undo = [], many = false;
  const tapped = new Set(); // the cells picked one by one while 多选 is on

  const grid = () => document.querySelector("table[data-roster]");
  const tdAt = (line, column) => grid()?.tBodies[0].rows[line]?.cells[column];
  const boxAt = (line, column) => tdAt(line, column)?.querySelector("input");
  const place = (td) => [td.parentElement.sectionRowIndex, td.cellIndex];

  // --- asking what it would break ---------------------------------------------

  let latest = 0, timer = 0;
  function look(form, then, pause = 0) {
    clearTimeout(timer);
    timer = setTimeout(async () => {
      const mine = ++latest, body = new FormData(form);
      body.delete("key");
      try {
        const answer = await fetch(form.dataset.check, { method: "POST", body, headers: { "X-Requested-With": "fetch" } });
        if (!answer.ok || mine !== latest) return;
        const said = new DOMParser().parseFromString(await answer.text(), "text/html");
        for (const piece of all("[data-slot]", said)) {
          const spot = document.querySelector(`[data-lookup-slot="${piece.dataset.slot}"]`);
          if (spot) spot.replaceChildren(...piece.cloneNode(true).childNodes);
        }
        then(said);
      } catch { /* 存草稿, 就这样定 say it too */ }
    }, pause);
  }
  window.yb = Object.assign(window.yb || {}, { look });

  function marked(said) {
    for (const old of all("small.fault", grid())) old.remove();
    for (const td of all(".is-wrong", grid())) td.classList.remove("is-wrong");
    for (const fault of all("[data-cell]", said)) {
      const td = grid().querySelector(`[data-cell="${fault.dataset.cell}"]`);
      if (!td) continue;
      td.classList.add("is-wrong");
      const word = document.createElement("small");
      word.className = "fault";
      word.title = fault.textContent;
      word.textContent = fault.dataset.short || "?";
      td.append(word);
    }
  }
  const check = (then, pause) => look(grid().closest("form"), (said) => { marked(said); then?.(said); }, pause);

  // --- writing, and taking it back ----------------------------------------------

  function put(told) {
    const writes = told.filter(([box, text]) => box.value !== text);
    if (!writes.length) return;
    const before = writes.map(([box]) => [box, box.value]);
    for (const [box, text] of writes) box.value = text.slice(0, box.maxLength);
    undo.push(before);
    buttons();
    check((said) => {
      const unread = all("[data-unread]", said).find((no) => writes.some(([box]) => box.name === no.dataset.cell));
      if (!unread || undo.at(-1) !== before) return;
      say(`${unread.textContent}已放回原处。`);
      back();
    });
  }
  function back() {
    for (const [box, text] of undo.pop() || []) box.value = text;
    buttons();
    check();
  }
  function buttons() {
    for (const button of all("[data-roster-undo]")) button.hidden = !undo.length;
  }

  // --- picking and dragging -------------------------------------------------------

  const around = (a, b) => ({ top: Math.min(a[0], b[0]), left: Math.min(a[1], b[1]), bottom: Math.max(a[0], b[0]), right: Math.max(a[1], b[1]) });
  function* inside(area) {
    for (let line = area.top; line <= area.bottom; line += 1) for (let n = area.left; n <= area.right; n += 1) yield [line, n];
  }
  const holds = (area, [line, n]) => line >= area.top && line <= area.bottom && n >= area.left && n <= area.right;
  function paint(name, area) {
    for (const td of all(`.${name}`, grid())) td.classList.remove(name);
    if (area) for (const [line, n] of inside(area)) tdAt(line, n)?.classList.add(name);
  }
  function pick(area) {
    picked = area;
    bar();
    paint("is-picked", area && (area.top !== area.bottom || area.left !== area.right) ? area : null);
    const first = area && tdAt(area.bottom, area.left), last = area && tdAt(area.bottom, area.right);
    for (const pull of all(".roster-pull")) {
      const td = pull.dataset.pull === "fill" ? last : first;
      pull.hidden = !td;
      if (!td) continue;
      pull.style.top = `${td.offsetTop + td.offsetHeight}px`;
      const edge = td.offsetLeft + (pull.dataset.pull === "fill" ? td.offsetWidth : 0);
      pull.style.left = `${Math.min(edge, grid().offsetWidth - 28)}px`; // the last day's within the table
    }
  }

  // A bare mark means the post beside the name: with somebody of another post it says which.
  function carried(text, from, to) {
    const [one, other] = [from, to].map((line) => grid().tBodies[0].rows[line].querySelector("th select"));
    if (!text || one === other || /^([休假]|off)/i.test(text)) return text;
    const [mark, post = one?.selectedOptions[0]?.text] = text.split("/");
    return !other || !post || post === other.selectedOptions[0]?.text ? mark : `${mark}/${post}`;
  }

  function filled(to) {
    const area = around([Math.min(picked.top, to[0]), Math.min(picked.left, to[1])], [Math.max(picked.bottom, to[0]), Math.max(picked.right, to[1])]);
    const high = picked.bottom - picked.top + 1, wide = picked.right - picked.left + 1, writes = [];
    const turn = (n, first, size) => first + ((((n - first) % size) + size) % size);
    for (const [line, n] of inside(area)) {
      const from = boxAt(turn(line, picked.top, high), turn(n, picked.left, wide)), box = boxAt(line, n);
      if (from && box && !holds(picked, [line, n])) writes.push([box, from.value]);
    }
    return { area, writes };
  }

  // Two blocks change places; whoever gives a shift away and gets nothing for it is off that day.
  function swapped(to) {
    const down = to[0] - drag.from[0], right = to[1] - drag.from[1];
    const area = { top: picked.top + down, left: picked.left + right, bottom: picked.bottom + down, right: picked.right + right };
    const writes = [], other = [...inside(area)];
    let n = 0, no = other.some((one) => holds(picked, one)) && (down || right) ? "两块叠在一起，换不了。" : "";
    for (const [line, column] of inside(picked)) {
      const [there, beside] = other[n++], one = boxAt(line, column), two = boxAt(there, beside);
      if (!one || !two) { no ||= "那里不能排：过去的日子不能改，也不能拖出表格。"; continue; }
      const gives = carried(one.value, line, there), gets = carried(two.value, there, line);
      writes.push([two, gives || (gets && "休")], [one, gets || (gives && "休")]);
    }
    return { area, writes, no };
  }

  // --- several at once: a tap a cell, or the block that is picked ---------------------

  const block = () => (picked ? [...inside(picked)].map((at) => tdAt(...at)) : []);
  const several = () => (many ? [...tapped] : block()).filter((td) => td?.querySelector("input"));
  function bar() {
    const strip = document.querySelector("[data-roster-bar]"), n = several().length;
    if (!strip) return;
    strip.hidden = !many && n < 2;
    strip.querySelector("[data-roster-count]").textContent = n ? `选了 ${n} 格` : "点格子";
    for (const button of all("button", strip)) button.disabled = !n;
    strip.querySelector("[data-roster-exchange]").hidden = !many || n !== 2;
  }
  function choose(on) {
    many = on;
    tapped.clear();
    for (const button of all("[data-roster-many]")) button.setAttribute("aria-pressed", on);
    document.activeElement?.closest?.("table[data-roster]") && document.activeElement.blur();
    pick(null);
  }
  function tap(td) {
    if (!tapped.delete(td)) tapped.add(td);
    td.classList.toggle("is-picked", tapped.has(td));
    bar();
  }
  // Two single cells change places as when one is dragged over the other.
  function exchange() {
    const [from, to] = [...tapped].map(place);
    [picked, drag] = [around(from, from), { from }];
    const { writes, no } = swapped(to);
    drag = null;
    return no ? say(no) : put(writes);
  }
  document.addEventListener("mousedown", (event) => {
    if (many && event.target.closest?.("table[data-roster] tbody td")) event.preventDefault(); // no caret, no keyboard
  });
  document.addEventListener("click", (event) => {
    const near = (selector) => event.target.closest?.(selector), mark = near("[data-roster-mark]");
    if (near("[data-roster-undo]")) back();
    if (near("[data-roster-many]")) choose(!many);
    if (many && near("table[data-roster] tbody td:has(input)")) tap(near("td"));
    if (mark) put(several().map((td) => [td.querySelector("input"), mark.dataset.rosterMark]));
    if (near("[data-roster-exchange]")) exchange();
    if (many && near("[data-roster-bar] button")) choose(true);
  });

  document.addEventListener("pointerdown", (event) => {
    if (!event.isPrimary || event.button || !grid()) return;
    const pull = event.target.closest?.(".roster-pull"), td = event.target.closest?.("table[data-roster] tbody td");
    if (pull && picked) {
      event.preventDefault();
      const column = pull.dataset.pull === "fill" ? picked.right : picked.left;
      carry(pull.dataset.pull, [picked.bottom, column], event.clientX, event.clientY);
      pull.setPointerCapture?.(event.pointerId);
    } else if (td && !many && event.pointerType !== "touch" && event.target.tagName === "INPUT") {
      drag = { does: "pick", from: place(td) };
      if (event.shiftKey && picked) { event.preventDefault(); pick(around([picked.top, picked.left], drag.from)); drag = null; }
    }
  });
  document.addEventListener("pointermove", (event) => { if (!drag?.lifted) move(event.clientX, event.clientY); });
  document.addEventListener("pointerup", () => { if (!drag?.lifted) end(true); });
  document.addEventListener("pointercancel", () => { if (!drag?.lifted) end(false); });
  // A finger scrolls; held on a cell it lifts that, or the block around it, to change places.
  window.yb.liftable("table[data-roster] tbody td:has(input)", {
    lift(td, x, y) {
      if (many) return false;
      const at = place(td);
      if (!picked || !holds(picked, at)) pick(around(at, at));
      carry("swap", at, x, y);
      drag.lifted = true;
      paint("is-lifted", picked);
    },
    move,
    end,
  });

  function carry(does, from, x, y) {
    drag = { does, from, x, y, carries: true };
    grid().parentElement.classList.add("is-pulling");
  }
  function move(x, y) {
    if (!drag || !grid()) return;
    const frame = grid().parentElement, edges = frame.getBoundingClientRect();
    if (drag.carries && x > edges.right - 24) frame.scrollLeft += 14;
    if (drag.carries && x < edges.left + grid().tBodies[0].rows[0].cells[0].offsetWidth) frame.scrollLeft -= 14;
    drag.moved ||= !drag.carries || Math.hypot(x - drag.x, y - drag.y) > 5;
    if (!drag.moved) return;
    const td = document.elementFromPoint(x, y)?.closest("table[data-roster] tbody td");
    drag.to = td ? place(td) : null;
    if (drag.does === "pick") {
      drag.left ||= drag.to && String(drag.to) !== String(drag.from);
      if (drag.left && drag.to) pick(around(drag.from, drag.to));
      return;
    }
    paint("is-target", drag.to && (drag.does === "fill" ? filled(drag.to) : swapped(drag.to)).area);
  }

  function end(drop) {
    const { does, to, carries } = drag || {};
    if (!drag) return;
    if (carries && grid()) {
      grid().parentElement.classList.remove("is-pulling");
      for (const name of ["is-target", "is-lifted"]) paint(name, null);
      const done = drop && to && (does === "fill" ? filled(to) : swapped(to));
      if (done?.no) say(done.no);
      else if (done) { put(done.writes); pick(done.area); }
    }
    drag = null;
  }

  // --- keys --------------------------------------------------------------------------

  // Sideways only from the edge of what is typed, so that a caret can be moved inside it.
  function leaves(box, key) {
    if (key === "ArrowLeft") return box.selectionEnd === 0 || box.selectionStart !== box.selectionEnd;
    if (key === "ArrowRight") return box.selectionStart === box.value.length || box.selectionStart !== box.selectionEnd;
    return true;
  }

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && drag) return end(false);
    const table = event.target.closest?.("table[data-roster]"), step = STEPS[event.key];
    if (!table || event.target.tagName !== "INPUT" || event.isComposing || !step) return;
    const [line, column] = place(event.target.closest("td"));
    if (event.key === "Enter" && event.ctrlKey && picked) {
      event.preventDefault();
      return put([...inside(picked)].map((at) => boxAt(...at)).filter(Boolean).map((box) => [box, event.target.value]));
    }
    if (event.shiftKey && event.key !== "Enter" && picked) {
      event.preventDefault();
      const far = [line === picked.top ? picked.bottom : picked.top, column === picked.left ? picked.right : picked.left];
      const next = [far[0] + step[0], far[1] + step[1]];
      return boxAt(...next) && pick(around([line, column], next));
    }
    if (!leaves(event.target, event.key)) return;
    event.preventDefault();
    for (let n = 1; n < 40; n += 1) {
      const next = boxAt(line + step[0] * n, column + step[1] * n);
      if (next) { next.focus(); next.select(); return; }
    }
  });

  document.addEventListener("focusin", (event) => {
    if (!event.target.matches?.("table[data-roster] td input")) return;
    event.target.select();
    const at = place(event.target.closest("td"));
    if (!many) pick(around(at, at));
  });
  document.addEventListener("change", (event) => {
    if (event.target.closest?.("table[data-roster]")) check(null, 150);
  });
  document.addEventListener("paste", (event) => {
    const text = event.clipboardData?.getData("text/plain") ?? "";
    if (!event.target.closest?.("table[data-roster]") || event.target.tagName !== "INPUT" || !/[\t\n]/.test(text.trim())) return;
    event.preventDefault();
    const [line, column] = place(event.target.closest("td")), writes = [];
    text.replace(/\r?\n$/, "").split(/\r?\n/).forEach((row, down) => row.split("\t").forEach((mark, right) => {
      const box = boxAt(line + down, column + right);
      if (box && mark.trim()) writes.push([box, mark.trim()]);
    }));
    put(writes);
  });

  // A month begins with days that are past: today stands beside the names; after 存草稿 the columns stay where they were.
  let stayed = null;
  document.addEventListener("submit", (event) => {
    if (event.target.id === "roster") stayed = event.target.querySelector(".roster-scroll").scrollLeft;
  }, true);
  function ready() {
    [picked, drag, undo, many] = [null, null, [], false];
    tapped.clear();
    const today = document.querySelector(".roster th.is-today"), frame = document.querySelector(".roster")?.closest(".roster-scroll");
    if (frame && stayed !== null) frame.scrollLeft = stayed;
    else if (today) frame.scrollLeft = today.offsetLeft - frame.querySelector("th").offsetWidth;
    stayed = null;
  }
  document.addEventListener("yb:page", ready);
  ready();
})();
