// Keeps long parts of an answer in the isolated world until the caller has taken them piece by piece.

(() => {
  const world = /** @type {any} */ (globalThis);
  const inject = (world.linkshotInject ??= {});
  if (inject.take) return;

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
