// Bytes to base64 and back; the built-in pair where the browser has it (Chromium 140, Firefox 133).

const STEP = 0x6000;

/** @param {Uint8Array} bytes @returns {string} */
export function toBase64(bytes) {
  const built = /** @type {any} */ (bytes).toBase64;
  if (built) return built.call(bytes);
  let text = '';
  for (let at = 0; at < bytes.length; at += STEP) {
    text += btoa(String.fromCharCode(...bytes.subarray(at, at + STEP)));
  }
  return text;
}

/** @param {string} text @returns {Uint8Array<ArrayBuffer>} */
export function fromBase64(text) {
  const built = /** @type {any} */ (Uint8Array).fromBase64;
  if (built) return built.call(Uint8Array, text);
  return Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
}
