// Style as it is in force: unchanged sheets stay as authored, changed, disabled and adopted ones are written out.

(() => {
  /** @type {any} */
  const inject = (globalThis.linkshotInject ??= {});
  if (inject.createSheets) return;

  const compareLimit = 4_000_000;

  /** The rules of a sheet, or null where the page may not read them. @param {any} sheet @returns {CSSRuleList | null} */
  const rulesOf = (sheet) => {
    try {
      return sheet.cssRules;
    } catch {
      return null; // another origin's sheet: script cannot have changed it
    }
  };

  /** @param {any} rule */
  const isImport = (rule) => rule.type === 3;

  /** Do the rules in force differ from what the text says? @param {any} sheet @param {string} text */
  const differs = async (sheet, text, /** @type {any} */ slicer) => {
    const live = rulesOf(sheet);
    if (!live || text.length > compareLimit) return false;
    const fresh = new CSSStyleSheet();
    fresh.replaceSync(text.replace(/@import[^;]*(?:;|$)/gi, ''));
    const authored = fresh.cssRules;
    let at = 0;
    for (let i = 0; i < live.length; i += 1) {
      const rule = live[i];
      if (isImport(rule)) continue;
      if (at >= authored.length || authored[at]?.cssText !== rule?.cssText) return true;
      at += 1;
      if (slicer.due()) await slicer.pause();
    }
    return at !== authored.length;
  };

  /** An import's rules in its place. @param {any} rule @param {number} depth */
  const importText = (rule, depth) => {
    const child = rule.styleSheet;
    if (!child || depth > 10 || !rulesOf(child)) return inject.absoluteCss(rule.cssText, child?.href ?? '');
    let text = inject.sheetText(child, child.href, depth + 1);
    if (rule.layerName !== null && rule.layerName !== undefined) text = `@layer ${rule.layerName} {\n${text}\n}`;
    if (rule.supportsText) text = `@supports ${rule.supportsText} {\n${text}\n}`;
    const media = rule.media?.mediaText;
    return media ? `@media ${media} {\n${text}\n}` : text;
  };

  /** A sheet's rules as text, its addresses absolute where it has an address of its own. */
  inject.sheetText = (/** @type {any} */ sheet, /** @type {string | null} */ base, depth = 0) => {
    const lines = [];
    for (const rule of rulesOf(sheet) ?? []) {
      const nested = isImport(rule) && depth > 0;
      lines.push(nested ? importText(rule, depth) : rule.cssText);
    }
    const text = lines.join('\n');
    return base ? inject.absoluteCss(text, base) : text;
  };

  /** Is any imported sheet changed by script? Then imports are written out too. */
  const importsDiffer = async (/** @type {any} */ sheet, /** @type {any} */ slicer, depth = 0) => {
    for (const rule of rulesOf(sheet) ?? []) {
      const child = /** @type {any} */ (rule).styleSheet;
      if (!isImport(rule) || !child || depth > 10 || !rulesOf(child)) continue;
      const text = await inject.servedText(child.href);
      if (text === null) continue;
      if (inject.needsStates(text) || (await differs(child, text, slicer)) || (await importsDiffer(child, slicer, depth + 1))) return true;
    }
    return false;
  };

  /**
   * The text of a sheet where it is not what its author served, else null.
   * @param {any} sheet @param {() => Promise<string | null> | string | null} authored @param {any} slicer
   */
  inject.changedText = async (sheet, authored, slicer) => {
    if (!rulesOf(sheet)) return null;
    const text = await authored();
    if (text === null) return null;
    const deep = await importsDiffer(sheet, slicer);
    if (!deep && !inject.needsStates(text) && !(await differs(sheet, text, slicer))) return null;
    return inject.keepStates(inject.sheetText(sheet, sheet.href, deep ? 1 : 0));
  };

  /** Sheets of alternate sets: is each enabled when the copy is opened? @param {any} scope */
  const preferredTitle = (scope) => {
    for (const sheet of scope.styleSheets) {
      const owner = sheet.ownerNode;
      const isAlternate = /\balternate\b/i.test(owner?.getAttribute?.('rel') ?? '');
      if (sheet.title && !isAlternate) return sheet.title;
    }
    return '';
  };

  /**
   * Attributes that put an element's sheet into the state it is in: `{name: value or null}`.
   * @param {any} element @param {string} preferred
   */
  const stateAttributes = (element, preferred) => {
    const sheet = element.sheet;
    const isLink = element.localName === 'link';
    /** @type {Record<string, string | null>} */
    const set = {};
    if (!sheet) return set;
    const rel = element.getAttribute('rel') ?? '';
    const isAlternate = isLink && /\balternate\b/i.test(rel);
    const title = element.getAttribute('title') ?? '';
    const startsDisabled = title !== '' && (isAlternate || title !== preferred);
    if (sheet.disabled && !startsDisabled) Object.assign(set, isLink ? { disabled: '' } : { media: 'not all' });
    if (!sheet.disabled && startsDisabled) set.title = null;
    if (!sheet.disabled && isAlternate) set.rel = rel.replace(/\balternate\b/gi, '').trim();
    const media = sheet.media?.mediaText ?? '';
    if (!sheet.disabled && media !== new CSSStyleSheet({ media: element.getAttribute('media') ?? '' }).media.mediaText) set.media = media;
    return set;
  };

  /** One document's or root's sheets. @param {Document | ShadowRoot} scope */
  inject.createSheets = (scope) => {
    const preferred = preferredTitle(scope);
    return { /** @param {any} element */ attributesOf: (element) => stateAttributes(element, preferred) };
  };

  /** The adopted sheets that are in force, in order. @param {any} scope @returns {any[]} */
  inject.adoptedSheets = (scope) => {
    try {
      return [...scope.adoptedStyleSheets].filter((sheet) => !sheet.disabled);
    } catch {
      return [...(scope.wrappedJSObject?.adoptedStyleSheets ?? [])]; // Firefox shows them only behind its wrapper
    }
  };
})();
