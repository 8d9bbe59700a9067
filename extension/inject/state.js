// What an element says of itself: its attributes, and the state that no attribute holds.
//# allFunctionsCalledOnLoad

(() => {
  const world = /** @type {any} */ (globalThis);
  const inject = (world.linkshotInject ??= {});
  if (inject.stateAttributes) return;

  const typed = new Set('text search tel url email number range color date month week time datetime-local'.split(' '));

  // The same tests stand in host/linkshot/page/unkept.py: what is secret does not even cross to the host.
  const secretCompletion = /one-time-code|current-password|new-password|cc-csc|cc-number/i;
  const secretName =
    /(?:^|[^a-z])pass(?![a-z])|passw(?:or)?d|passcode|passphrase|pwd|(?:^|[^a-z])(?:otp|cvv|cvc|pin)(?![a-z])|captcha|yzm|(?:sms|verify|verification|valid|check|auth|security|dynamic)[ _-]?code|密码|口令|验证码|校验码|动态码/i;

  /** Is this a field whose content is never kept? @param {any} input */
  const isSecret = (input) => {
    if (input.type === 'password') return true;
    if (!typed.has(input.type) && input.type !== 'hidden') return false;
    const called = ['id', 'name', 'placeholder', 'aria-label'].map((name) => input.getAttribute(name) ?? '');
    return secretCompletion.test(input.getAttribute('autocomplete') ?? '') || secretName.test(called.join(' '));
  };

  /** @param {any} input @param {Record<string, string | null>} set */
  const inputState = (input, set) => {
    if (isSecret(input)) {
      set.value = null;
    } else if (input.type === 'checkbox' || input.type === 'radio') {
      set.checked = input.checked ? '' : null;
      if (input.indeterminate && input.type === 'checkbox') set['data-linkshot-is'] = 'indeterminate';
    } else if (typed.has(input.type) && input.value !== (input.getAttribute('value') ?? '')) {
      set.value = input.value;
    }
  };

  // How browsers draw a checkbox that is neither on nor off, which only script can make: the box, and the dash in it as parts of a hundred.
  const undecided = CSS.supports('-moz-appearance', 'none')
    ? { fill: '#0060df', disabled: '#c8c8d0', dash: "x='7.5' y='46.4' width='85' height='7.2'", below: 1 }
    : { fill: '#0075ff', disabled: '#d1d1d1', dash: "x='19' y='42.3' width='62' height='15.4' rx='1'", below: 0 };

  /** The picture of such a checkbox. @param {boolean} isDisabled @param {string} accent */
  const undecidedBackground = (isDisabled, accent) => {
    const dash = `<rect ${undecided.dash} fill='white' opacity='${isDisabled ? 0.6 : 1}'/>`;
    const picture = `<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 100 100'>${dash}</svg>`;
    const fill = accent === 'auto' ? undecided.fill : accent;
    return `url("data:image/svg+xml,${encodeURIComponent(picture)}") 0 0/100% 100% ${isDisabled ? undecided.disabled : fill}`;
  };

  /** What draws such a checkbox in a copy; '' for one that the page draws itself. @param {any} input */
  inject.undecidedStyle = (input) => {
    if (input.type !== 'checkbox' || !input.indeterminate) return '';
    const style = input.ownerDocument.defaultView?.getComputedStyle(input);
    if (!style || style.appearance === 'none' || !input.offsetWidth) return '';
    const size = `width:${input.offsetWidth}px;height:${input.offsetHeight}px;box-sizing:border-box;padding:0;border:0;border-radius:2px`;
    // The browser's own stands on the line by its box, any other by its margin.
    const below = parseFloat(style.marginBottom) + undecided.below;
    const place = style.verticalAlign === 'baseline' ? `;vertical-align:${-below}px` : '';
    return `appearance:none;${size}${place};background:${undecidedBackground(input.disabled, style.accentColor)}`;
  };

  /** @type {Record<string, (element: any, set: Record<string, string | null>) => void>} */
  const byName = {
    input: inputState,
    option: (option, set) => {
      set.selected = option.selected ? '' : null;
    },
  };

  // Asking costs, and next to no page makes these scroll.
  const neverScroll = new Set('a abbr b br circle cite em font g head hr i img input line link meta option p path rect s small strong style sub sup title tr u use'.split(' '));

  /** Attributes that say the state of this element. @param {any} element @param {any} use */
  inject.stateAttributes = (element, use) => {
    /** @type {Record<string, string | null>} */
    const set = {};
    byName[element.localName]?.(element, set);
    const words = inject.statesOf(element, use.stateNames);
    if (set['data-linkshot-is']) words.push('indeterminate');
    if (words.length) {
      set['data-linkshot-is'] = words.join(' ');
      use.hasStates = true;
    }
    if (!neverScroll.has(element.localName)) inject.scrollState(element, set);
    return set;
  };

  /** The text of a <textarea>, '' for a field that is never kept. @param {any} area */
  inject.areaText = (area) => (isSecret(area) ? '' : area.value);

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

  const relative = /url\(\s*["']?(?!["'#]|[a-z][a-z\d+.-]*:)/i;

  /** The style with its addresses whole: script may have changed the base since it was read. @param {any} element @param {string} value */
  const basedStyle = (element, value) => {
    if (!relative.test(value) || !element.style || !element.ownerDocument.querySelector('base[href]')) return value;
    const shown = getComputedStyle(element);
    const rules = [...element.style].map((name) => {
      const text = element.style.getPropertyValue(name);
      const priority = element.style.getPropertyPriority(name);
      return text && `${name}:${relative.test(text) ? shown.getPropertyValue(name) : text}${priority && '!important'}`;
    });
    // a shorthand with a variable has no parts
    return rules.every(Boolean) ? rules.join(';') : value;
  };

  /** @param {any} element @param {string} value @param {any} use @param {string} [added] */
  const styleAttribute = (element, value, use, added) => {
    // What is added must not fall into a bracket or string that the author left open.
    const authored = basedStyle(element, added ? (element.style?.cssText ?? value) : value);
    const text = added ? `${authored};${added}` : authored;
    return use ? use.css(text) : text;
  };
})();
