// Looks for a code in one picture, beside the page: a worker. The decoder stands before it in this bundle.
self.onmessage = ({ data: { width, height, pixels } }) => {
  let text = "";
  try {
    text = self.decodeQR({ width, height, data: new Uint8ClampedArray(pixels) });
  } catch { /* no code in this picture */ }
  self.postMessage(text);
};
