// The fonts of a document: which it has loaded, which faces text is shown in, and those that no rule declares.
//# allFunctionsCalledOnLoad

(() => {
  const world = /** @type {any} */ (globalThis);
  const inject = (world.linkshotInject ??= {});
  if (inject.fontsOf) return;

  const bufferDefault = 250;
  const others = new Set(['img', 'script', 'iframe', 'video', 'audio', 'beacon']);
  const fontFile = /\.(?:woff2?|ttf|otf)(?:[?#]|$)/i;

  /** @param {FontFace} face */
  const isNeeded = (face) => face.status === 'loaded' || face.status === 'loading';

  /** @param {Document} doc @returns {any[]} */
  const entriesOf = (doc) => {
    const entries = /** @type {any[]} */ (doc.defaultView?.performance.getEntriesByType('resource') ?? []);
    return entries.filter((entry) => !others.has(entry.initiatorType));
  };

  /**
   * The faces that script has made. Only these can be taken out of the set; they are put back in their order before anything
   * can see it.
   * @param {any} fonts @param {FontFace[]} needed
   */
  const madeByScript = (fonts, needed) => {
    const made = needed.filter((face) => face.status === 'loaded' && fonts.delete(face));
    made.forEach((face) => fonts.add(face));
    return made;
  };

  /** The addresses that a sheet's @font-face rules name, those of its imports and groups among them. @param {any} sheet @param {string} base @param {Set<string>} found */
  const noteDeclared = (sheet, base, found) => {
    for (const rule of inject.rulesOf(sheet) ?? []) {
      if (rule.type === 5) inject.cssAddresses(rule.cssText, (/** @type {string} */ reference) => void found.add(inject.absolute(reference, base)));
      else if (rule.styleSheet) noteDeclared(rule.styleSheet, rule.styleSheet.href ?? base, found);
      else if (rule.cssRules?.length) noteDeclared(rule, base, found);
    }
  };

  /** A name as it may stand in an address. @param {string} text */
  const plain = (text) => text.toLowerCase().replace(/[^a-z0-9]/g, '');

  /** The address of each face, as far as it can be told. @param {Document} doc @param {FontFace[]} made @returns {[FontFace, string | undefined][]} */
  const withAddresses = (doc, made) => {
    /** @type {Set<string>} */
    const declared = new Set();
    for (const sheet of doc.styleSheets) noteDeclared(sheet, sheet.href ?? doc.baseURI, declared);
    const free = [...new Set(entriesOf(doc).map(({ name }) => name))].filter((url) => fontFile.test(url) && !declared.has(url));
    return made.map((face) => {
      const named = free.filter((url) => plain(url).includes(plain(face.family) || url));
      const fitting = made.length === 1 && free.length === 1 ? free : named;
      return [face, fitting.length === 1 ? fitting[0] : undefined];
    });
  };

  /** @param {any} face @param {string} url */
  const ruleFor = (face, url) =>
    `@font-face{font-family:${face.family};src:${inject.cssUrl(url)};font-style:${face.style};font-weight:${face.weight};font-stretch:${face.stretch};unicode-range:${face.unicodeRange}}`;

  /**
   * `used` lists the addresses the page has loaded, fonts among them; null where the browser's list is full and
   * cannot be trusted to be whole. `faces` are the keys of the font faces that the page shows text in, `rules` declare those
   * that script has made, `isLacking` where that cannot be done for all.
   * @param {Document} doc
   */
  inject.fontsOf = (doc) => {
    const declared = doc.fonts?.size ?? 0;
    const needed = declared ? [...doc.fonts].filter(isNeeded) : [];
    const faces = [...new Set(needed.map((face) => inject.faceKey(face.family, face.unicodeRange)))];
    const none = { declared, faces, rules: '', isLacking: false };
    if (!needed.length) return { ...none, used: [] };
    const made = madeByScript(doc.fonts, needed);
    const found = made.length ? withAddresses(doc, made) : [];
    const rules = found.map(([face, url]) => (url ? ruleFor(face, url) : '')).join('');
    const isFull = (doc.defaultView?.performance.getEntriesByType('resource').length ?? 0) >= bufferDefault;
    const used = isFull ? null : entriesOf(doc).map((entry) => entry.name);
    return { ...none, rules, isLacking: found.some(([, url]) => !url), used };
  };
})();
