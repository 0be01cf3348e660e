// The roster's grid: arrow keys go from cell to cell, a block copied from a spreadsheet is laid over it.
(() => {
  "use strict";
  const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], Enter: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

  function cell(table, line, column) {
    const row = table.tBodies[0].rows[line];
    return row && row.cells[column] ? row.cells[column].querySelector("input") : null;
  }

  function place(box) {
    const at = box.closest("td");
    return [at.parentElement.sectionRowIndex, at.cellIndex];
  }

  // Sideways only from the edge of what is typed, so that a caret can be moved inside it.
  function leaves(box, key) {
    if (key === "ArrowLeft") return box.selectionEnd === 0 || box.selectionStart !== box.selectionEnd;
    if (key === "ArrowRight") return box.selectionStart === box.value.length || box.selectionStart !== box.selectionEnd;
    return true;
  }

  document.addEventListener("keydown", (event) => {
    const table = event.target.closest?.("table[data-roster]"), step = STEPS[event.key];
    if (!table || !step || event.target.tagName !== "INPUT" || event.isComposing || !leaves(event.target, event.key)) return;
    event.preventDefault();
    const [line, column] = place(event.target);
    for (let n = 1; n < 40; n += 1) {
      const next = cell(table, line + step[0] * n, column + step[1] * n);
      if (next) { next.focus(); next.select(); return; }
    }
  });

  // A month begins with days that are past: today stands beside the names.
  const today = document.querySelector(".roster .is-today"), frame = today?.closest(".roster-scroll");
  if (frame) frame.scrollLeft = today.offsetLeft - frame.querySelector("th").offsetWidth;

  document.addEventListener("focusin", (event) => {
    if (event.target.matches?.("table[data-roster] input")) event.target.select();
  });

  document.addEventListener("paste", (event) => {
    const table = event.target.closest?.("table[data-roster]");
    const text = event.clipboardData?.getData("text/plain") ?? "";
    if (!table || event.target.tagName !== "INPUT" || !/[\t\n]/.test(text.trim())) return;
    event.preventDefault();
    const [line, column] = place(event.target);
    text.replace(/\r?\n$/, "").split(/\r?\n/).forEach((row, down) => row.split("\t").forEach((mark, right) => {
      const box = cell(table, line + down, column + right);
      if (box && mark.trim()) box.value = mark.trim().slice(0, box.maxLength);
    }));
  });
})();
