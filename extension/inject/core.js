// What every other file here uses: the shared object, slices of work, escaping, long parts held for the caller.
//# allFunctionsCalledOnLoad

(() => {
  const world = /** @type {any} */ (globalThis);
  const inject = (world.linkshotInject ??= {});
  if (inject.createSlicer) return;

  const channel = new MessageChannel();
  /** @type {(() => void)[]} */
  const waiting = [];
  channel.port1.onmessage = () => waiting.shift()?.();

  /** A task's end: the page's own work runs before this resolves. Timers are no use, as hidden tabs slow them down. */
  inject.yieldToPage = () =>
    new Promise((resolve) => {
      waiting.push(() => resolve(undefined));
      channel.port2.postMessage(0);
    });

  /**
   * Work in slices: `due()` says that the slice is used up, `pause()` then lets the page run.
   * @param {number} sliceMs
   */
  inject.createSlicer = (sliceMs) => {
    let startedAt = performance.now();
    return {
      due: () => performance.now() - startedAt > sliceMs,
      async pause() {
        await inject.yieldToPage();
        startedAt = performance.now();
      },
    };
  };

  /** @param {number} ms */
  inject.sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

  /**
   * The promise's value, or `fallback` when it takes longer than `ms`.
   * @param {Promise<any>} promise @param {number} ms @param {any} fallback
   */
  inject.within = (promise, ms, fallback) => {
    if (ms <= 0) return Promise.resolve(fallback);
    return Promise.race([promise, inject.sleep(ms).then(() => fallback)]);
  };

  const textEscapes = /** @type {Record<string, string>} */ ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '\u00a0': '&nbsp;' });
  const attributeEscapes = /** @type {Record<string, string>} */ ({ '&': '&amp;', '"': '&quot;', '<': '&lt;', '>': '&gt;', '\u00a0': '&nbsp;' });

  /** @param {string} text */
  inject.escapeText = (text) => (/[&<>\u00a0]/.test(text) ? text.replace(/[&<>\u00a0]/g, (c) => textEscapes[c] ?? c) : text);

  /** @param {string} text */
  inject.escapeAttribute = (text) =>
    /[&"<>\u00a0]/.test(text) ? text.replace(/[&"<>\u00a0]/g, (c) => attributeEscapes[c] ?? c) : text;

  /** The absolute address, or '' where there is none. @param {string | null | undefined} reference @param {string} base */
  inject.absolute = (reference, base) => {
    const text = (reference ?? '').trim();
    if (!text) return '';
    try {
      return new URL(text, base).href;
    } catch {
      return ''; // not an address: the page shows nothing for it either
    }
  };

  /** Base64 of a blob's bytes. @param {Blob} blob @returns {Promise<string>} */
  inject.base64OfBlob = (blob) =>
    new Promise((resolve, reject) => {
      const reader = new FileReader();
      reader.onload = () => resolve(String(reader.result).replace(/^[^,]*,?/, ''));
      reader.onerror = () => reject(reader.error);
      reader.readAsDataURL(blob);
    });

  /** A page that asks for trusted types asks the world of a driver as well. @type {any} */
  let policy;

  /** The document that a text is, null where the page lets nobody parse one. @param {string} text @param {DOMParserSupportedType} mediaType */
  inject.parsed = (text, mediaType) => {
    try {
      policy ??= /** @type {any} */ (globalThis).trustedTypes?.createPolicy('linkshot', { createHTML: (/** @type {string} */ html) => html });
      return new DOMParser().parseFromString(policy ? policy.createHTML(text) : text, mediaType);
    } catch {
      return null; // by its trusted-types directive
    }
  };

  /** @type {Map<string, any>} */
  const parts = new Map();

  /** The element of a frame that only a driver can look into. @param {string} key */
  inject.foreignElement = (key) => parts.get(`frame:${key}`);

  /** @param {string} name @param {string | Blob | Element} part */
  inject.hold = (name, part) => parts.set(name, part);

  inject.release = () => {
    parts.clear();
    inject.forgetFetched?.();
  };

  /**
   * A piece of a held part. Text never ends inside a surrogate pair; a blob's piece is base64 of the bytes.
   * @param {string} name @param {number} offset @param {number} length
   */
  inject.take = async (name, offset, length) => {
    const part = parts.get(name);
    if (part === undefined) throw new Error(`linkshot: nothing is held as ${name}`);
    if (typeof part !== 'string') return inject.base64OfBlob(part.slice(offset, offset + length));
    let end = Math.min(part.length, offset + Math.max(length, 2));
    const last = part.charCodeAt(end - 1);
    if (end < part.length && last >= 0xd800 && last < 0xdc00) end -= 1;
    return part.slice(offset, end);
  };
})();
