// Font files: how many the style declares, and which of them the page has loaded.

(() => {
  /** @type {any} */
  const inject = (globalThis.linkshotInject ??= {});
  if (inject.fontsOf) return;

  const bufferDefault = 250;

  /**
   * `used` lists the addresses the page has loaded, fonts among them; null where the browser's list is full and
   * cannot be trusted to be whole.
   * @param {Document} doc
   */
  inject.fontsOf = (doc) => {
    const view = /** @type {any} */ (doc.defaultView);
    const declared = doc.fonts?.size ?? 0;
    if (declared === 0) return { declared, used: [] };
    let anyLoaded = false;
    for (const face of doc.fonts) if (face.status === 'loaded' || face.status === 'loading') anyLoaded = true;
    if (!anyLoaded) return { declared, used: [] };
    const entries = view?.performance.getEntriesByType('resource') ?? [];
    if (entries.length >= bufferDefault) return { declared, used: null };
    const used = entries
      .filter((/** @type {any} */ entry) => !['img', 'script', 'iframe', 'video', 'audio', 'beacon'].includes(entry.initiatorType))
      .map((/** @type {any} */ entry) => entry.name);
    return { declared, used };
  };
})();
