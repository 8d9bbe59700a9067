// The top layer: what a browser shows above all else, whatever it stands in. Only script puts an element there, and a copy has none.
//# allFunctionsCalledOnLoad

(() => {
  const world = /** @type {any} */ (globalThis);
  const inject = (world.linkshotInject ??= {});
  if (inject.putTopLayer) return;

  /** How a browser shows such elements. The layer is the page's first, so that every rule of the page's own wins. */
  const layerStyle = [
    '@layer linkshot{',
    'dialog[data-linkshot-is~="modal"]{position:fixed;overflow:auto;inset-block:0;max-width:calc(100% - 6px - 2em);max-height:calc(100% - 6px - 2em)}',
    '[popover][data-linkshot-is~="popover-open"]{display:block}',
    '}',
  ].join('');
  const shellStyle = '[data-linkshot-shell]::before,[data-linkshot-shell]::after{content:none!important}';

  const lowest = 2147470000;
  const each = 2000;
  const besideAtMost = 100;
  // A page may open thousands, deep down; the order of few can be seen, and few are worth copies of all that is around them.
  const comparedAtMost = 40;
  const levelAtMost = 900;
  const shellsAtMost = 1_000;

  /** @param {Element} element */
  const isShown = (element) => inject.statesOf(element, new Set()).some((/** @type {string} */ word) => /^(?:modal|popover-open)$/.test(word));

  /** What the screen shows where the middle of the element is, the foremost first. @param {Element} element @returns {Element[]} */
  const foundAt = (element) => {
    const { left, top, width, height } = element.getBoundingClientRect();
    return /** @type {Document} */ (element.getRootNode()).elementsFromPoint(left + width / 2, top + height / 2);
  };

  /** Below 0 where the screen shows `other` above `one`, 0 where it tells nothing. @param {Element} one @param {Element} other */
  const compareOnScreen = (one, other) => {
    const found = [foundAt(one), foundAt(other)].find((all) => all.includes(one) && all.includes(other));
    return found ? found.indexOf(other) - found.indexOf(one) : 0;
  };

  /**
   * How far up an element is: no script can ask for the order. The last modal dialog blocks all that it does not hold and sends away
   * popovers, so what it stands in comes below it, other dialogs below that, popovers above.
   * @param {Element} element @param {Element | undefined} foremost the dialog that nothing blocks
   */
  const levelOf = (element, foremost) => {
    if (element === foremost) return 2;
    if (foremost && element.contains(foremost)) return 1;
    return element.localName === 'dialog' && !element.hasAttribute('popover') ? 0 : 3;
  };

  /** Gives each element that the top layer has, of a document or root, its place above all others. @param {any} scope @param {Map<Element, number>} topLayer */
  inject.noteTopLayer = (scope, topLayer) => {
    const shown = /** @type {Element[]} */ ([...scope.querySelectorAll('dialog,[popover]')].filter(isShown));
    const foremost = shown.find((element) => element.matches('dialog:not([popover])') && foundAt(element).includes(element));
    const level = (/** @type {Element} */ element) => levelOf(element, foremost);
    const compare = shown.length > comparedAtMost ? () => 0 : compareOnScreen;
    shown.sort((one, other) => level(one) - level(other) || compare(one, other));
    for (const element of shown) topLayer.set(element, lowest + each * level(element) + 2 * Math.min(topLayer.size, levelAtMost));
  };

  /** @param {Element} element @param {any} at */
  inject.topLayerStyle = (element, { topLayer }) =>
    topLayer.has(element) ? `position:${getComputedStyle(element).position}!important;z-index:${topLayer.get(element) + 1}!important` : '';

  const backdropNames = ['background-color', 'background-image', 'background-position', 'background-size', 'background-repeat', 'backdrop-filter', 'opacity'];

  /** The backdrop of an element, as markup; '' where it shows nothing. @param {Element} element @param {any} at */
  const backdropOf = (element, { topLayer, use }) => {
    const style = getComputedStyle(element, '::backdrop');
    const isClear = /^(?:transparent|rgba\(0, 0, 0, 0\))$/.test(style.backgroundColor) && style.backgroundImage === 'none';
    if (style.display === 'none' || (isClear && /^(?:none)?$/.test(style.getPropertyValue('backdrop-filter')))) return '';
    const kept = backdropNames.map((name) => `${name}:${style.getPropertyValue(name)}`).join(';');
    const rules = `all:initial;display:block;position:fixed;inset:0;z-index:${topLayer.get(element)};${kept}`;
    return `<linkshot-backdrop style="${inject.escapeAttribute(use.css(rules))}"></linkshot-backdrop>`;
  };

  /** What makes an element the measure of all that stands in it, or draws that as one. */
  const free = {
    transform: 'none', translate: 'none', rotate: 'none', scale: 'none', perspective: 'none', filter: 'none', backdropFilter: 'none', opacity: '1',
    mixBlendMode: 'normal', isolation: 'auto', clipPath: 'none', maskImage: 'none', contain: 'none', willChange: 'auto', contentVisibility: 'visible', zIndex: 'auto',
  };

  /** @param {Element} element @param {any} at */
  const isConfining = (element, { topLayer }) => {
    const style = /** @type {any} */ (getComputedStyle(element));
    if (topLayer.has(element) || /^(?:fixed|sticky)$/.test(style.position)) return true;
    return Object.entries(free).some(([name, value]) => (style[name] ?? value) !== value);
  };

  /** The elements around this one, from the body's child down. @param {Element} element @param {Document} doc */
  const around = (element, doc) => {
    const found = [];
    for (let one = element.parentElement; one && one !== doc.body; one = one.parentElement) found.unshift(one);
    return found;
  };

  /** Can the element be written elsewhere, in copies of what it stands in? @param {Element[]} shells @param {any} at */
  const isMovable = (shells, { apart, use }) =>
    !use.isXml && shells.every((one) => one.namespaceURI === 'http://www.w3.org/1999/xhtml' && one.localName !== 'select' && !apart.has(one));

  const loading = /^(?:script|style|link|meta|base|template|noscript|iframe|frame|object|embed|plaintext|xmp|listing|textarea|select)$/;

  /** What counts in selectors for an element left out beside one. @param {Element} element @param {any} use */
  const standIn = (element, use) => {
    const name = element.localName;
    if (loading.test(name) || element.namespaceURI !== 'http://www.w3.org/1999/xhtml') return '<template></template>';
    const set = Object.fromEntries(element.getAttributeNames().map((key) => [key, /^(?:id|class)$/.test(key) ? element.getAttribute(key) : null]));
    const start = `<${name}${inject.markAttributes(element, { ...set, style: null }, use)} style="display:none!important">`;
    return inject.isEmpty(name) ? start : `${start}</${name}>`;
  };

  /** @param {Element} element @param {'previousElementSibling' | 'nextElementSibling'} side @param {any} use */
  const standInsBeside = (element, side, use) => {
    const found = [];
    for (let one = element[side]; one && found.length < besideAtMost; one = one[side]) found.push(standIn(one, use));
    return (side === 'nextElementSibling' ? found : found.reverse()).join('');
  };

  /** The start of a box that is none: rules and what is inherited go by it. @param {Element} element @param {any} at */
  const shellStart = (element, { use }) => {
    const set = { ...inject.stateAttributes(element, use), 'data-linkshot-scroll': null, 'data-linkshot-shell': '' };
    return `<${element.localName}${inject.markAttributes(element, set, use, 'display:contents!important')}>`;
  };

  /** The element and its backdrop, to be written at the body's end within shells of what is around it. @param {Element} element @param {Element[]} shells @param {any} at @param {any} level */
  const raised = (element, shells, at, level) => {
    let [start, end] = ['', ''];
    for (const [index, shell] of shells.entries()) {
      const next = shells[index + 1] ?? element;
      start += shellStart(shell, at) + standInsBeside(next, 'previousElementSibling', at.use);
      end = `${standInsBeside(next, 'nextElementSibling', at.use)}</${shell.localName}>${end}`;
    }
    return { start, level: { ...level, nodes: [element], index: 0, isBody: false, close: () => at.out.push(end) } };
  };

  /**
   * Puts what shows an element as the top layer does. True where it is left out here: something that it stands in would confine it, so
   * it comes at the body's end, where nothing else does.
   * @param {Element} element @param {any} at @param {any} level
   */
  inject.putTopLayer = (element, at, level) => {
    if (!at.topLayer.has(element) || at.moved.has(element)) return false;
    inject.putTopStyle(at, level.topPlace, layerStyle);
    const backdrop = backdropOf(element, at);
    if (element.getRootNode() !== at.doc || !at.doc.body?.contains(element)) {
      at.out.push(backdrop);
      return false;
    }
    at.raised.push({ start: backdrop, level: null });
    const shells = around(element, at.doc);
    if (at.shells + shells.length > shellsAtMost || !shells.some((one) => isConfining(one, at)) || !isMovable(shells, at)) return false;
    at.shells += shells.length;
    inject.putTopStyle(at, at.topPlace, shellStyle);
    at.moved.add(element);
    at.raised.push(raised(element, shells, at, level));
    at.out.push('<template></template>');
    return true;
  };
})();
