// Where a page and its elements are scrolled to, and style by which a copy stands there without script.
//# allFunctionsCalledOnLoad

(() => {
  const world = /** @type {any} */ (globalThis);
  const inject = (world.linkshotInject ??= {});
  if (inject.scrollState) return;

  /** Style of our own at the head of a document or root. @param {any} at @param {number} place @param {string} css */
  inject.putTopStyle = (at, place, css) => {
    const known = at.tops.get(place) ?? new Set();
    at.tops.set(place, known.add(css));
    if (place) at.out[place] = `<style>${[...known].join('')}</style>`;
  };

  /** Where an element is scrolled to, as data. @param {Element} element @param {Record<string, string | null>} set */
  inject.scrollState = (element, set) => {
    const doc = element.ownerDocument;
    const scroller = element === doc.documentElement ? (doc.scrollingElement ?? element) : element;
    // In quirks mode the body tells where the window stands.
    if (element === doc.body && element === doc.scrollingElement) return;
    const left = Math.round(scroller.scrollLeft);
    const top = Math.round(scroller.scrollTop);
    if (left || top) set['data-linkshot-scroll'] = `${left} ${top}`;
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

  /** Does the box move with what the element scrolls, and only so? @param {any} box @param {Element} scroller */
  const isSteady = (box, scroller) => {
    const { animationName, position } = getComputedStyle(box);
    const isPlacedIn = position === 'absolute' && scroller.contains(box.offsetParent);
    return box.getClientRects().length > 0 && animationName === 'none' && (isPlacedIn || /^(?:static|relative)$/.test(position));
  };

  /** Can the element be made to snap without a change to what its page asks for? @param {Element} element @param {CSSStyleDeclaration} style */
  const isFree = ({ localName }, { writingMode }) => localName !== 'select' && writingMode === 'horizontal-tb';

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
    const boxes = isFree(scroller, style) ? boxesIn(scroller).filter((one) => isSteady(one, scroller)) : [];
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
    const { animation, animationName, scrollBehavior } = getComputedStyle(element);
    const all = [...(animationName === 'none' ? [] : [animation]), ...names.map((name) => `${name} .7s`)];
    const isSmooth = own && scrollBehavior === 'smooth';
    return `animation:${all.join()}!important${isSmooth ? ';scroll-behavior:auto!important' : ''}`;
  };
})();
