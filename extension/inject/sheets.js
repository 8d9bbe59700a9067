// Style as it is in force: unchanged sheets stay as authored, changed, disabled and adopted ones are written out.
//# allFunctionsCalledOnLoad

(() => {
  const world = /** @type {any} */ (globalThis);
  const inject = (world.linkshotInject ??= {});
  if (inject.createSheets) return;

  // Parsing is one step for the browser: so much takes it less than a tenth of a second.
  const compareLimit = 1_200_000;
  const sparse = 32;

  /** The rules of a sheet, or null where the page may not read them. @param {any} sheet @returns {CSSRuleList | null} */
  inject.rulesOf = (sheet) => {
    try {
      return sheet.cssRules;
    } catch {
      return null; // another origin's sheet: script cannot have changed it
    }
  };

  const { rulesOf } = inject;

  /** @param {any} rule */
  const isImport = (rule) => rule.type === 3;

  /** @param {any} rule */
  const isLayerName = (rule) => Boolean(rule.nameList);

  /** The rules as the text says them, imports left out. @param {string} text */
  const authoredRules = (text) => {
    const fresh = new CSSStyleSheet();
    fresh.replaceSync(text.replace(/@import[^;]*(?:;|$)/gi, ''));
    return fresh.cssRules;
  };

  /** A sheet's imports and its other rules, these by number; nothing but layers' names may stand before an import. @param {any} sheet */
  const splitRules = (sheet) => {
    const rules = rulesOf(sheet) ?? [];
    /** @type {any[]} */
    const imports = [];
    /** @type {any[]} */
    const names = [];
    for (const rule of rules) {
      if (isImport(rule)) imports.push(rule);
      else if (isLayerName(rule)) names.push(rule);
      else break;
    }
    const textAt = (/** @type {number} */ index) => (names[index] ?? rules[index + imports.length])?.cssText;
    return { imports, length: rules.length - imports.length, textAt };
  };

  /**
   * Do the rules in force differ from what the text says? Once a document has had much style compared, one rule in
   * `sparse` is looked at, and their number.
   * @param {any} sheet @param {string} text @param {any} at
   */
  const differs = async (sheet, text, { slicer, use }) => {
    if (text.length > compareLimit) return false;
    if (slicer.due()) await slicer.pause();
    const authored = authoredRules(text);
    const { length, textAt } = splitRules(sheet);
    if (length !== authored.length) return true;
    use.comparedChars += text.length;
    const step = use.comparedChars > compareLimit ? sparse : 1;
    for (let index = 0; index < length; index += step) {
      if (authored[index]?.cssText !== textAt(index)) return true;
      if (slicer.due()) await slicer.pause();
    }
    return false;
  };

  /** @param {string} text @param {any} rule */
  const wrapped = (text, rule) => {
    const hasLayer = typeof rule.layerName === 'string';
    const layered = hasLayer ? `@layer ${rule.layerName} {\n${text}\n}` : text;
    const supported = rule.supportsText ? `@supports (${rule.supportsText}) {\n${layered}\n}` : layered;
    return rule.media?.mediaText ? `@media ${rule.media.mediaText} {\n${supported}\n}` : supported;
  };

  /** An import's rules in its place. @param {any} rule @param {number} depth @param {any} slicer */
  const importText = async (rule, depth, slicer) => {
    const child = rule.styleSheet;
    if (!child || depth > 10 || !rulesOf(child)) return rule.cssText;
    return wrapped(await inject.sheetText(child, child.href, { depth: depth + 1, slicer }), rule);
  };

  /**
   * A sheet's rules as text, its addresses absolute where it has an address of its own. From `depth` 1 on, imports are
   * written out in their place.
   * @param {any} sheet @param {string | null} base @param {{ depth?: number, slicer: any }} how
   */
  inject.sheetText = async (sheet, base, { depth = 0, slicer }) => {
    const lines = [];
    for (const rule of rulesOf(sheet) ?? []) {
      lines.push(isImport(rule) && depth > 0 ? await importText(rule, depth, slicer) : rule.cssText);
      if (slicer.due()) await slicer.pause();
    }
    const text = lines.join('\n');
    return base ? inject.absoluteCss(text, base, slicer) : text;
  };

  /** @param {any} sheet @returns {any[]} */
  const importedSheets = (sheet) => splitRules(sheet).imports.map((rule) => rule.styleSheet).filter((child) => child && rulesOf(child));

  /** Is any imported sheet changed? Then imports are written out too. @param {any} sheet @param {any} at @param {number} depth */
  const importsDiffer = async (sheet, at, depth) => {
    for (const child of depth > 10 ? [] : importedSheets(sheet)) {
      // What a blob: sheet refers to is nobody's to fetch later.
      if (/^blob:/i.test(child.href)) return true;
      const text = await inject.servedText(child.href);
      if (text === null) return true;
      if (hasStates(text, at) || (await differs(child, text, at))) return true;
      if (await importsDiffer(child, at, depth + 1)) return true;
    }
    return false;
  };

  /** Does the sheet test a state that an element of the page is in? @param {string} text @param {any} at */
  const hasStates = (text, at) => Boolean(at.use.hasStates) && inject.needsStates(text);

  /**
   * The text of a sheet where it is not what its author served, else null.
   * @param {any} sheet @param {() => Promise<string | null> | string | null} authored @param {any} at
   */
  inject.changedText = async (sheet, authored, at) => {
    if (!rulesOf(sheet)) return null;
    const text = await authored();
    const deep = await importsDiffer(sheet, at, 0);
    // Where the page's policy lets nobody have the text, the rules alone say what is in force.
    if (text !== null && !deep && !hasStates(text, at) && !(await differs(sheet, text, at))) return null;
    return inject.keepStates(await inject.sheetText(sheet, sheet.href, { depth: deep ? 1 : 0, slicer: at.slicer }));
  };

  /** Sheets of alternate sets: is each enabled when the copy is opened? @param {any} scope */
  const preferredTitle = (scope) => {
    for (const sheet of scope.styleSheets) {
      const owner = sheet.ownerNode;
      if (sheet.title && owner && !isAlternate(owner)) return sheet.title;
    }
    return '';
  };

  /** @param {any} element */
  const isAlternate = (element) => element.localName === 'link' && /\balternate\b/i.test(element.getAttribute('rel') ?? '');

  /**
   * Is a sheet of an alternate set in force? Chromium says that all are enabled, so a rule is tried in it; nobody
   * can see that, as it is gone before anything else runs.
   * @param {any} sheet
   */
  const isInForce = (sheet) => {
    const root = sheet.ownerNode.ownerDocument.documentElement;
    try {
      const at = sheet.insertRule(':root{--linkshot-is-in-force:1!important}', sheet.cssRules.length);
      const value = getComputedStyle(root).getPropertyValue('--linkshot-is-in-force');
      sheet.deleteRule(at);
      return value === '1';
    } catch {
      return false; // another origin's sheet: nobody is likely to have chosen it
    }
  };

  /** Attributes that disable or enable the sheet. @param {any} element @param {string} preferred */
  const enabling = (element, preferred) => {
    /** @type {Record<string, string | null>} */
    const set = {};
    const title = element.getAttribute('title') ?? '';
    const startsDisabled = title !== '' && (isAlternate(element) || title !== preferred);
    if (startsDisabled === element.sheet.disabled || (startsDisabled && !isInForce(element.sheet))) return set;
    if (element.sheet.disabled) return element.localName === 'link' ? { disabled: '' } : { media: 'not all' };
    set.title = null;
    if (isAlternate(element)) set.rel = element.getAttribute('rel').replace(/\balternate\b/gi, '').trim();
    return set;
  };

  /**
   * Attributes that put an element's sheet into the state it is in: `{name: value or null}`.
   * @param {any} element @param {string} preferred
   */
  const stateAttributes = (element, preferred) => {
    if (!element.sheet) return {};
    const set = enabling(element, preferred);
    const media = element.sheet.media?.mediaText ?? '';
    const authored = new CSSStyleSheet({ media: element.getAttribute('media') ?? '' }).media.mediaText;
    if (!element.sheet.disabled && media !== authored) set.media = media;
    return set;
  };

  /** One document's or root's sheets. @param {Document | ShadowRoot} scope */
  inject.createSheets = (scope) => {
    const preferred = preferredTitle(scope);
    /** @param {any} element */
    const attributesOf = (element) => stateAttributes(element, preferred);
    return { attributesOf };
  };

  /** The adopted sheets that are in force, in order. @param {any} scope @returns {any[]} */
  inject.adoptedSheets = (scope) => {
    try {
      return [...scope.adoptedStyleSheets].filter((sheet) => !sheet.disabled);
    } catch {
      return [...(scope.wrappedJSObject?.adoptedStyleSheets ?? [])]; // Firefox shows them only behind its wrapper
    }
  };

  // A short one costs less where it is used than an address does.
  const sharedChars = 2_000;

  /** @param {any} known @param {any} at */
  const writeAdopted = async (known, { use, slicer }) => {
    const css = await use.sheet(await known.text, slicer);
    if (known.uses === 1 || css.length <= sharedChars) return `<style${known.media}>${css}</style>`;
    const url = `linkshot:sheet/${use.frame || 'top'}/${use.inline.length + 1}`;
    use.inline.push({ url, mediaType: 'text/css; charset=utf-8', blob: new Blob([css]) });
    return `<link rel="stylesheet" href="${url}"${known.media}>`;
  };

  /** The job that brings an adopted sheet's markup: written out once, a resource of its own where roots share it. @param {any} sheet @param {any} at */
  inject.adoptedMarkup = (sheet, at) => {
    const media = sheet.media?.mediaText ? ` media="${inject.escapeAttribute(sheet.media.mediaText)}"` : '';
    const known = at.use.adopted.get(sheet) ?? { uses: 0, media };
    at.use.adopted.set(sheet, known);
    known.uses += 1;
    return async () => {
      known.text ??= inject.sheetText(sheet, at.use.baseUrl, { slicer: at.slicer }).then(inject.keepStates);
      await known.text;
      return () => (known.markup ??= writeAdopted(known, at));
    };
  };
})();
