// The camera at a gate: the browser reads codes by itself, or a worker of ours does where it can't (docs/decisions/0033).
(() => {
  "use strict";
  if (window.yb?.gateCamera) return;
  const LONGEST = 960, PAUSE = 80, SAME = 4000; // pixels; milliseconds between pictures, and until the same code counts again
  let stream = null, reader = null;

  const able = () => Boolean(navigator.mediaDevices?.getUserMedia && (window.Worker || "BarcodeDetector" in window));

  async function native() {
    if (!("BarcodeDetector" in window)) return null;
    const formats = await BarcodeDetector.getSupportedFormats().catch(() => []);
    if (!formats.includes("qr_code")) return null;
    const detector = new BarcodeDetector({ formats: ["qr_code"] });
    return { own: false, read: async (video) => (await detector.detect(video))[0]?.rawValue || "", end() {} };
  }

  // One picture at a time: the next is taken when the worker has answered.
  function ours(address) {
    let answer = null, broken = false;
    const worker = new Worker(address), canvas = document.createElement("canvas"), pen = canvas.getContext("2d", { willReadFrequently: true });
    worker.onmessage = ({ data }) => answer?.done(data);
    worker.onerror = () => { broken = true; answer?.failed(new Error("the reader of codes didn't start")); };
    const read = (video) => new Promise((done, failed) => {
      if (broken) return failed(new Error("the reader of codes didn't start"));
      const scale = Math.min(1, LONGEST / Math.max(video.videoWidth, video.videoHeight));
      const width = Math.round(video.videoWidth * scale), height = Math.round(video.videoHeight * scale);
      if (!width || !height) return done("");
      if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
      pen.drawImage(video, 0, 0, width, height);
      const pixels = pen.getImageData(0, 0, width, height).data.buffer;
      answer = { done, failed };
      worker.postMessage({ width, height, pixels }, [pixels]);
    });
    return { own: true, read, end: () => worker.terminate() };
  }

  // Shows the camera in `video`; `found` gets each code once, `lost` is called where codes can't be read after all.
  // address: of the worker. Throws where there is no camera.
  async function open(video, address, found, lost) {
    close();
    const mine = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment", width: { ideal: 1280 } } });
    close(); // another that was opened meanwhile
    stream = mine;
    reader = (await native()) || ours(address);
    video.srcObject = mine;
    await video.play();
    let before = "", at = 0;
    while (stream === mine) {
      const text = await codeIn(video, address);
      if (stream !== mine) return;
      if (text === null) return void (close(), lost());
      if (text && (text !== before || Date.now() - at > SAME)) {
        before = text;
        performance.mark("gate:read");
        await found(text);
        at = Date.now();
      }
      await new Promise((on) => setTimeout(on, PAUSE));
    }
  }
  // The code, "" where there is none; null where nothing reads codes here.
  async function codeIn(video, address) {
    try {
      return await reader.read(video);
    } catch {
      if (!reader || reader.own) return null;
      reader = ours(address);
      return "";
    }
  }

  function close() {
    for (const track of stream?.getTracks() || []) track.stop();
    reader?.end();
    stream = reader = null;
  }

  window.yb = { ...window.yb, gateCamera: { able, open, close } };
})();
