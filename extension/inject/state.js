// What an element says of itself: its attributes, the state that no attribute holds, what of it is selected.
//# allFunctionsCalledOnLoad

(() => {
  const world = /** @type {any} */ (globalThis);
  const inject = (world.linkshotInject ??= {});
  if (inject.stateAttributes) return;

  const typed = new Set('text search tel url email number range color date month week time datetime-local'.split(' '));

  /** Is this a field whose content is never kept? @param {any} input */
  const isSecret = (input) => {
    const complete = (input.getAttribute('autocomplete') ?? '').toLowerCase();
    return input.type === 'password' || /one-time-code|current-password|new-password|cc-csc|cc-number/.test(complete);
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

  /** @type {Record<string, (element: any, set: Record<string, string | null>) => void>} */
  const byName = {
    input: inputState,
    option: (option, set) => {
      set.selected = option.selected ? '' : null;
    },
  };

  // Asking costs, and next to no page makes these scroll.
  const neverScroll = new Set('a abbr b br circle cite em font g head hr i img input line link meta option p path rect s small strong style sub sup title tr u use'.split(' '));

  /** @param {Element} element @param {Record<string, string | null>} set */
  const scrollState = (element, set) => {
    const doc = element.ownerDocument;
    const scroller = element === doc.documentElement ? (doc.scrollingElement ?? element) : element;
    // In quirks mode the body tells where the window stands.
    if (element === doc.body && element === doc.scrollingElement) return;
    const left = Math.round(scroller.scrollLeft);
    const top = Math.round(scroller.scrollTop);
    if (left || top) set['data-linkshot-scroll'] = `${left} ${top}`;
  };

  /** Style of our own at the head of a document or root. @param {any} at @param {number} place @param {string} css */
  inject.putTopStyle = (at, place, css) => {
    const known = at.tops.get(place) ?? new Set();
    at.tops.set(place, known.add(css));
    if (place) at.out[place] = `<style>${[...known].join('')}</style>`;
  };

  // A snapshot runs no script, but a browser puts a container that must snap where its one snap position is, and leaves
  // it there once it need not snap any longer. https://drafts.csswg.org/css-scroll-snap-1/#re-snap
  const scrollFrames =
    '@keyframes linkshot-scroll{from,to{scroll-snap-type:both mandatory;scroll-padding:0}}@keyframes linkshot-snap{from,to{scroll-snap-type:both mandatory}}@keyframes linkshot-loose{from,to{scroll-snap-align:none}}';

  /** @param {Element} element @returns {Element[]} */
  const boxesIn = (element) => {
    const given = element.localName === 'slot' ? /** @type {HTMLSlotElement} */ (element).assignedElements() : [];
    const children = given.length ? given : [...(inject.shadowRootOf(element) ?? element).children].slice(0, 50);
    return children.flatMap((child) => (getComputedStyle(child).display === 'contents' ? boxesIn(child) : [child]));
  };

  /** @param {Element} box */
  const isSteady = (box) => {
    const { animationName, position } = getComputedStyle(box);
    return box.getClientRects().length > 0 && animationName === 'none' && /^(?:static|relative)$/.test(position);
  };

  /** Can the element be made to snap without a change to what its page asks for? @param {Element} element @param {CSSStyleDeclaration} style */
  const isFree = ({ localName }, { animationName, writingMode }) =>
    localName !== 'select' && animationName === 'none' && writingMode === 'horizontal-tb';

  /** How far a box is from where its page would have it snap. @param {Element} box @param {DOMRect} port @param {boolean} isAcross */
  const snapDistance = (box, port, isAcross) => {
    const [block = 'none', inline = block] = getComputedStyle(box).scrollSnapAlign.split(' ');
    const at = box.getBoundingClientRect();
    const [near, far] = isAcross ? [at.left - port.left, at.right - port.right] : [at.top - port.top, at.bottom - port.bottom];
    /** @type {Record<string, number>} */
    const distances = { start: near, end: far, center: (near + far) / 2 };
    return Math.abs(distances[isAcross ? inline : block] ?? Infinity);
  };

  /** The same for a container whose page makes it snap: for a moment it has no position but the present one. @param {Element} scroller @param {Element[]} boxes @param {any} at */
  const snappedStyle = (scroller, boxes, at) => {
    const port = scroller.getBoundingClientRect();
    const isAcross = scroller.scrollLeft !== 0;
    const distances = boxes.map((box) => snapDistance(box, port, isAcross));
    const least = Math.min(...distances);
    if (least === Infinity) return '';
    boxes.forEach((box, index) => index === distances.indexOf(least) || at.snapped.set(box, 'linkshot-loose'));
    inject.putTopStyle(at, at.place, scrollFrames);
    return 'linkshot-snap';
  };

  /**
   * The animation by which a copy stands where the element is scrolled to; '' where that cannot be said. Boxes in it are to
   * have that in `at.snapped`.
   * @param {any} scroller @param {any} at
   */
  const scrollAnimation = (scroller, at) => {
    const style = getComputedStyle(scroller);
    const boxes = isFree(scroller, style) ? boxesIn(scroller).filter(isSteady) : [];
    const [box] = boxes;
    if (!box || at.snapped.has(box)) return '';
    if (style.scrollSnapType !== 'none') return snappedStyle(scroller, boxes, at);
    const isRoot = scroller === at.doc.documentElement;
    const port = isRoot ? { left: 0, top: 0 } : scroller.getBoundingClientRect();
    const { left, top } = box.getBoundingClientRect();
    const margin = `${top - port.top - (isRoot ? 0 : scroller.clientTop)}px 0 0 ${left - port.left - (isRoot ? 0 : scroller.clientLeft)}px`;
    const name = `linkshot-scroll-${at.snapped.size}`;
    const align = style.direction === 'rtl' ? 'start none' : 'start';
    inject.putTopStyle(at, at.place, scrollFrames);
    inject.putTopStyle(at, at.place, `@keyframes ${name}{from,to{scroll-snap-align:${align};scroll-margin:${margin}}}`);
    at.snapped.set(box, name);
    return 'linkshot-scroll';
  };

  /**
   * Style that has a copy stand where the element is scrolled to, and be such a box where it stands in one that is.
   * @param {Element} element @param {boolean} isScrolled @param {any} at
   */
  inject.scrollStyle = (element, isScrolled, at) => {
    const own = isScrolled ? scrollAnimation(element, at) : '';
    const names = [own, at.snapped.get(element)].filter(Boolean);
    if (!names.length) return '';
    const isSmooth = own && getComputedStyle(element).scrollBehavior === 'smooth';
    return `animation:${names.map((name) => `${name} .7s`).join()}!important${isSmooth ? ';scroll-behavior:auto!important' : ''}`;
  };

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
    if (!neverScroll.has(element.localName)) scrollState(element, set);
    return set;
  };

  /** The text of a <textarea>, '' for a field that is never kept. @param {any} area */
  inject.areaText = (area) => (isSecret(area) ? '' : area.value);

  /**
   * How a browser shows an element in the top layer, for the copy where no script can put it there. The layer is the
   * page's first, so that every rule of the page's own wins.
   */
  inject.topLayerStyle = [
    '@layer linkshot{',
    'dialog[data-linkshot-is~="modal"]{position:fixed;overflow:auto;inset-block:0;max-width:calc(100% - 6px - 2em);max-height:calc(100% - 6px - 2em)}',
    '[popover][data-linkshot-is~="popover-open"]{display:block}',
    '}',
    '[data-linkshot-is~="modal"],[data-linkshot-is~="popover-open"]{z-index:2147483647!important}',
  ].join('');

  /** The backdrop of an element in the top layer, as markup. @param {any} element */
  inject.backdrop = (element) => {
    const style = getComputedStyle(element, '::backdrop');
    const kept = ['background-color', 'background-image', 'backdrop-filter', 'opacity']
      .map((name) => [name, style.getPropertyValue(name)])
      .filter(([, value]) => value && value !== 'none');
    const rules = kept.map(([name, value]) => `${name}:${value}`).join(';');
    return `<div data-linkshot-backdrop="" style="${inject.escapeAttribute(`position:fixed;inset:0;z-index:2147483646;${rules}`)}"></div>`;
  };

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

  /** @param {Document} doc @returns {Range[]} */
  const rangesOf = (doc) => {
    const selection = doc.getSelection();
    const ranges = Array.from({ length: selection?.rangeCount ?? 0 }, (_, i) => selection?.getRangeAt(i));
    return /** @type {Range[]} */ (ranges.filter((range) => range && !range.collapsed));
  };

  /** What of a text lies in a range. @param {any} node @param {Range} range @returns {string} */
  const textIn = (node, range) => {
    const start = range.startContainer === node ? range.startOffset : 0;
    const end = range.endContainer === node ? range.endOffset : node.data.length;
    return node.data.slice(start, end);
  };

  /** `holds(node)` and `textOf(node)` for what is selected in `doc`; null where nothing is. @param {Document} doc */
  inject.selectionIn = (doc) => {
    const ranges = rangesOf(doc);
    if (!ranges.length) return null;
    /** @param {Node} node */
    const touching = (node) => ranges.filter((range) => range.intersectsNode(node));
    return {
      holds: (/** @type {Node} */ node) => node === doc.head || touching(node).length > 0,
      textOf: (/** @type {Node} */ node) => touching(node).map((range) => textIn(node, range)).join(''),
    };
  };

  /** The first document, this one or one below it, in which something is selected; null where nothing is. @param {Document} doc @returns {Document | null} */
  inject.selectedDocument = (doc) => {
    const queue = [doc];
    for (let next = queue.shift(); next; next = queue.shift()) {
      if (rangesOf(next).length) return next;
      for (const frame of next.querySelectorAll('iframe,frame')) {
        const below = inject.documentIn(frame);
        if (below) queue.push(below);
      }
    }
    return null;
  };
})();
