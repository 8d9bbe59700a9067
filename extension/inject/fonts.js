// Font files: how many the style declares, and which of them the page has loaded.

(() => {
  const world = /** @type {any} */ (globalThis);
  const inject = (world.linkshotInject ??= {});
  if (inject.fontsOf) return;

  const bufferDefault = 250;
  const others = new Set(['img', 'script', 'iframe', 'video', 'audio', 'beacon']);

  /** @param {FontFace} face */
  const isNeeded = (face) => face.status === 'loaded' || face.status === 'loading';

  /**
   * `used` lists the addresses the page has loaded, fonts among them; null where the browser's list is full and
   * cannot be trusted to be whole.
   * @param {Document} doc
   */
  inject.fontsOf = (doc) => {
    const declared = doc.fonts?.size ?? 0;
    if (declared === 0 || ![...doc.fonts].some(isNeeded)) return { declared, used: [] };
    const entries = /** @type {any[]} */ (doc.defaultView?.performance.getEntriesByType('resource') ?? []);
    if (entries.length >= bufferDefault) return { declared, used: null };
    return { declared, used: entries.filter((entry) => !others.has(entry.initiatorType)).map((entry) => entry.name) };
  };
})();
