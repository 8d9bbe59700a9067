// CSS text: its addresses found and replaced, its tests of states made to hold without script.
//# allFunctionsCalledOnLoad

(() => {
  const world = /** @type {any} */ (globalThis);
  const inject = (world.linkshotInject ??= {});
  if (inject.cssAddresses) return;

  const dq = '"((?:[^"\\\\]|\\\\[\\s\\S])*)"';
  const sq = "'((?:[^'\\\\]|\\\\[\\s\\S])*)'";
  const bare = '((?:[^\\s"\'()\\\\]|\\\\[\\s\\S])*)';
  // A comment, an import with a string, a url(), or any other string (which may be image-set's).
  const token = new RegExp(
    `/\\*[\\s\\S]*?(?:\\*/|$)|@import\\s*(?:${dq}|${sq})|url\\(\\s*(?:${dq}|${sq}|${bare})\\s*\\)|${dq}|${sq}`,
    'gi',
  );

  /** @param {number} code */
  const codePoint = (code) => {
    const isValid = code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff);
    return String.fromCodePoint(isValid ? code : 0xfffd);
  };

  /** CSS escapes, https://drafts.csswg.org/css-syntax/#consume-escaped-code-point @param {string} text */
  inject.unescapeCss = (text) =>
    text.includes('\\')
      ? text.replace(/\\(?:([0-9a-f]{1,6})\s?|(\r\n|[\n\r\f])|([^]))/gi, (_, hex, newline, other) =>
          hex ? codePoint(parseInt(hex, 16)) : newline ? '' : other,
        )
      : text;

  /** @param {string} url */
  inject.cssUrl = (url) => `url("${url.replace(/["\\\n\r\f]/g, (c) => `\\${c.charCodeAt(0).toString(16)} `)}")`;

  /** @param {string} before */
  const isInImageSet = (before) => /image-set\((?:[^()]|\([^()]*\))*$/i.test(before);

  /** The spans of @font-face blocks. @param {string} text */
  const fontSpans = (text) => {
    /** @type {number[][]} */
    const spans = [];
    if (!/@font-face/i.test(text)) return spans;
    for (const match of text.matchAll(/@font-face\s*\{[^}]*\}?/gi)) spans.push([match.index, match.index + match[0].length]);
    return spans;
  };

  /** A face's name and characters as one word, however they are written. @param {string} family @param {string} range */
  inject.faceKey = (family, range) => {
    const parts = [...range.matchAll(/u\+([0-9a-f?]{1,6})(?:-([0-9a-f]{1,6}))?/gi)].map(([, first = '', last]) =>
      [first.replace(/\?/g, '0'), last ?? first.replace(/\?/g, 'f')].map((end) => parseInt(end, 16).toString(16)).join('-'),
    );
    return `${inject.unescapeCss(family).replace(/["']/g, '').trim().toLowerCase()} ${parts.sort().join() || '0-10ffff'}`;
  };

  /** The key of a @font-face block. @param {string} block */
  inject.faceKeyOf = (block) => {
    const [family = '', range = ''] = ['font-family', 'unicode-range'].map((name) => new RegExp(`[{;/\\s]${name}\\s*:([^;}]*)`, 'i').exec(block)?.[1]);
    return inject.faceKey(family, range);
  };

  /** @typedef {(reference: string, kind: string, face?: string) => string | undefined} Visit */

  /** What kind of address the token at `offset` is; '' where it is none. @param {string} whole @param {string} before @param {boolean} hasSets */
  const kindOf = (whole, before, hasSets) => {
    if (whole.startsWith('/*')) return '';
    if (whole[0] === '@') return 'style';
    if (!/^url\(/i.test(whole)) return hasSets && isInImageSet(before) ? 'image' : '';
    if (/@import\s*$/i.test(before)) return 'style';
    return /@namespace[^;{}]*$/i.test(before) ? '' : 'image';
  };

  /** The text of a token with its address replaced, where `visit` answers another. @param {RegExpExecArray} match @param {any} fixed */
  const replaced = (match, { text, fonts, hasSets, visit }) => {
    const [whole, ...groups] = match;
    const kind = kindOf(whole, text.slice(Math.max(0, match.index - 2000), match.index), hasSets);
    if (!kind) return whole;
    const face = kind === 'image' && fonts.find(([start = 0, end = 0]) => match.index >= start && match.index < end);
    const reference = inject.unescapeCss(groups.find((group) => group !== undefined) ?? '');
    const changed = face ? visit(reference, 'font', inject.faceKeyOf(text.slice(...face))) : visit(reference, kind);
    if (changed === undefined) return whole;
    return whole[0] === '@' ? `@import ${inject.cssUrl(changed)}` : inject.cssUrl(changed);
  };

  /** One step for each token, so that a long text can be worked off in slices; returns the text with the replacements. */
  const steps = function* (/** @type {string} */ text, /** @type {Visit} */ visit) {
    const fixed = { text, visit, fonts: fontSpans(text), hasSets: /image-set\(/i.test(text) };
    const pattern = new RegExp(token);
    const out = [];
    let done = 0;
    for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
      out.push(text.slice(done, match.index), replaced(match, fixed));
      done = pattern.lastIndex;
      yield;
    }
    return out.join('') + text.slice(done);
  };

  const hasAddresses = (/** @type {string} */ text) => /url\(|@import|image-set\(/i.test(text);

  /**
   * Calls `visit(reference, kind, face)` for each address, a font with the key of its face; where it answers a string, that
   * replaces the address. The text with the replacements is returned.
   * @param {string} text @param {Visit} visit
   */
  inject.cssAddresses = (text, visit) => {
    if (!hasAddresses(text)) return text;
    const work = steps(text, visit);
    let step = work.next();
    while (!step.done) step = work.next();
    return step.value;
  };

  /**
   * The same in slices.
   * @param {string} text @param {Visit} visit @param {any} slicer
   */
  inject.cssAddressesInSlices = async (text, visit, slicer) => {
    if (!hasAddresses(text)) return text;
    const work = steps(text, visit);
    let step = work.next();
    for (; !step.done; step = work.next()) if (slicer.due()) await slicer.pause();
    return step.value;
  };

  /** The text with every address absolute. @param {string} text @param {string} base @param {any} slicer */
  inject.absoluteCss = (text, base, slicer) =>
    inject.cssAddressesInSlices(
      text,
      (/** @type {string} */ reference) =>
        reference.startsWith('#') || /^data:/i.test(reference) ? undefined : inject.absolute(reference, base) || undefined,
      slicer,
    );

  // States that need the page's script: selectors that test them are made to test an attribute as well.
  const pattern = /:(?:defined|indeterminate|modal|popover-open|target|user-valid|user-invalid)(?![\w-])|:state\(\s*([\w-]+)\s*\)/g;
  const test = new RegExp(pattern.source);

  /** @param {string} css */
  inject.needsStates = (css) => test.test(css);

  /** The sheet with `:modal` and its kin made to hold in a copy without script, at the same specificity. @param {string} css */
  inject.keepStates = (css) =>
    test.test(css)
      ? css.replace(pattern, (whole, state) => {
          const word = state === undefined ? whole.slice(1) : `state-${state}`;
          return `:is(${whole},[data-linkshot-is~="${word}"])`;
        })
      : css;

  /** Remember the custom states that a sheet names. @param {string} css @param {Set<string>} names */
  const collectStates = (css, names) => {
    if (!css.includes(':state(')) return;
    for (const match of css.matchAll(/:state\(\s*([\w-]+)\s*\)/g)) if (match[1]) names.add(match[1]);
  };

  /** Remember the custom states that a scope's own sheets name, of each shared sheet once. @param {any} scope @param {any} use */
  inject.noteStateNames = (scope, { stateNames, notedSheets }) => {
    for (const { ownerNode } of scope.styleSheets) {
      if (ownerNode?.localName === 'style') collectStates(ownerNode.textContent, stateNames);
    }
    for (const sheet of inject.adoptedSheets(scope)) {
      if (notedSheets.has(sheet)) continue;
      notedSheets.add(sheet);
      for (const rule of sheet.cssRules) collectStates(rule.cssText, stateNames);
    }
  };

  /** @param {Element} element @param {string} selector */
  const matches = (element, selector) => {
    try {
      return element.matches(selector);
    } catch {
      return false; // a pseudo-class this browser does not know
    }
  };

  /** What is checked once a person has written in it, or sent it. */
  const checked = new Set(['input', 'select', 'textarea', 'fieldset', 'form']);

  /** The states of elements that need no script of their own. @param {Element} element @param {string} name */
  const otherStates = (element, name) => {
    const words = [];
    if (name === 'dialog' && matches(element, ':modal')) words.push('modal');
    if (element.hasAttribute('popover') && matches(element, ':popover-open')) words.push('popover-open');
    if (checked.has(name)) words.push(...['user-valid', 'user-invalid'].filter((state) => matches(element, `:${state}`)));
    if (element.id !== '' && element.ownerDocument.location?.hash && matches(element, ':target')) words.push('target');
    return words;
  };

  /**
   * The words for `data-linkshot-is` that hold for this element.
   * @param {Element} element @param {Set<string>} stateNames
   */
  inject.statesOf = (element, stateNames) => {
    const name = element.localName;
    const words = [];
    if (name.includes('-') || element.hasAttribute('is')) {
      if (matches(element, ':defined')) words.push('defined');
      for (const state of stateNames) if (matches(element, `:state(${state})`)) words.push(`state-${state}`);
    }
    return [...words, ...otherStates(element, name)];
  };
})();
