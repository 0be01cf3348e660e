// A stranger's photo is made small before it is sent: without signing in nobody sends more than 64 kB. Where that can't
// be done the photo is left out, and the words go all the same.
(() => {
  "use strict";
  const input = document.querySelector("input[type=file][data-shrink]");
  if (!input || !window.DataTransfer || !window.createImageBitmap) return;
  const field = input.closest("[data-shrink-field]"), note = field.querySelector("[data-shrink-note]");
  const most = Number(input.dataset.shrink);
  const form = input.form;
  let working = null;
  field.hidden = false;

  const drawn = (picture, side, quality) => new Promise((done) => {
    const scale = Math.min(1, side / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.max(1, Math.round(picture.width * scale));
    canvas.height = Math.max(1, Math.round(picture.height * scale));
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    canvas.toBlob(done, "image/jpeg", quality);
  });

  async function small(file) {
    try {
      const picture = await createImageBitmap(file);
      for (const [side, quality] of [[1024, 0.7], [800, 0.6], [640, 0.5], [480, 0.4]]) {
        const blob = await drawn(picture, side, quality);
        if (blob && blob.size <= most) return new File([blob], "photo.jpg", { type: "image/jpeg" });
      }
    } catch { /* not a picture this browser can draw */ }
    return null;
  }

  input.addEventListener("change", () => {
    const file = input.files[0];
    if (!file) { note.textContent = ""; return; }
    note.textContent = "正在处理照片……";
    working = small(file).then((made) => {
      const held = new DataTransfer();
      if (made) held.items.add(made);
      input.files = held.files;
      note.textContent = made ? "照片好了。" : "这张照片传不了，文字照样能报。";
      working = null;
    });
  });
  form.addEventListener("submit", (event) => {
    if (!working) return;
    event.preventDefault();
    working.then(() => form.requestSubmit());
  });
})();
