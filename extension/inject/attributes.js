// An element's attributes as markup: those that act left out, those that say its state put in.

(() => {
  const world = /** @type {any} */ (globalThis);
  const inject = (world.linkshotInject ??= {});
  if (inject.markAttributes) return;

  const dropped = /^(?:on|integrity$|nonce$|ping$|srcdoc$)/i;

  /** @param {string} name @param {string} value */
  const attribute = (name, value) => ` ${name}="${inject.escapeAttribute(value)}"`;

  /** @param {Element} element @param {Record<string, string | null>} set @param {any} [use] @param {string} [style] */
  inject.markAttributes = (element, set, use, style) => {
    let out = '';
    for (const name of element.getAttributeNames()) {
      if (dropped.test(name) || set[name] === null) continue;
      const kept = set[name] ?? element.getAttribute(name) ?? '';
      out += attribute(name, name === 'style' ? styleAttribute(element, kept, use, style) : kept);
    }
    if (style && !element.hasAttribute('style')) out += attribute('style', style);
    return out + addedAttributes(element, set);
  };

  /** @param {Element} element @param {Record<string, string | null>} set */
  const addedAttributes = (element, set) => {
    let out = '';
    for (const name of Object.keys(set)) {
      const value = set[name];
      if (typeof value === 'string' && !element.hasAttribute(name)) out += attribute(name, value);
    }
    return out;
  };

  /** @param {any} element @param {string} value @param {any} use @param {string} [added] */
  const styleAttribute = (element, value, use, added) => {
    // What is added must not fall into a bracket or string that the author left open.
    const authored = added ? (element.style?.cssText ?? value) : value;
    const text = added ? `${authored};${added}` : authored;
    return use ? use.css(text) : text;
  };
})();
