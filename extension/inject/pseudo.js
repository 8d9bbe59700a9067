// States that need the page's script: selectors that test them are made to test an attribute as well.

(() => {
  const world = /** @type {any} */ (globalThis);
  const inject = (world.linkshotInject ??= {});
  if (inject.keepStates) return;

  const pattern = /:(?:defined|indeterminate|modal|popover-open|target)(?![\w-])|:state\(\s*([\w-]+)\s*\)/g;
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
  inject.collectStates = (css, names) => {
    if (!css.includes(':state(')) return;
    for (const match of css.matchAll(/:state\(\s*([\w-]+)\s*\)/g)) if (match[1]) names.add(match[1]);
  };

  /** @param {Element} element @param {string} selector */
  const matches = (element, selector) => {
    try {
      return element.matches(selector);
    } catch {
      return false; // a pseudo-class this browser does not know
    }
  };

  /** The states of elements that need no script of their own. @param {Element} element @param {string} name */
  const otherStates = (element, name) => {
    const words = [];
    if (name === 'dialog' && matches(element, ':modal')) words.push('modal');
    if (element.hasAttribute('popover') && matches(element, ':popover-open')) words.push('popover-open');
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
