// What is not to be seen until it is on the screen: finding it, noting how it showed, and what is hidden again. No rule says it.
//# allFunctionsCalledOnLoad

(() => {
  const world = /** @type {any} */ (globalThis);
  const inject = (world.linkshotInject ??= {});
  if (inject.noteShown) return;

  const elementsAtMost = 3_000;
  const shownBy = ['opacity', 'visibility', 'transform', 'translate', 'scale', 'rotate', 'filter', 'clipPath'];
  /** How elements looked, or were to look, when the page had come to them. @type {Map<Element, Record<string, string>>} */
  const shown = new Map();
  /** The style of those that a document has hidden again. @type {Map<Document, Map<Element, string>>} */
  const hidden = new Map();
  /** What script moved when it was asked last. */
  let moved = '';

  /** Is an element of this style to be seen? @param {any} style */
  inject.isSeen = ({ opacity, visibility, clipPath }) =>
    Number(opacity) > 0 && visibility !== 'hidden' && !/^inset\([^)]*100%|^circle\(0/.test(clipPath);

  /** How an element looks once its transitions have ended. @param {Element} element */
  const lookOf = (element) => {
    const style = getComputedStyle(element);
    const look = Object.fromEntries(shownBy.map((name) => [name, /** @type {any} */ (style)[name]]));
    const running = element.getAnimations().filter(({ playState }) => playState === 'running');
    const ends = running.map(({ effect }) => /** @type {any} */ (effect)?.getKeyframes().at(-1) ?? {});
    for (const end of ends) {
      for (const name of shownBy) if (name in end) look[name] = String(end[name]);
    }
    // moved by script from frame to frame, and not there yet
    if (!ends.length && Number(look.opacity) > 0 && Number(look.opacity) < 1) return { opacity: '1', visibility: 'visible', transform: 'none' };
    return look;
  };

  /** Notes which of these the page shows now. @param {Element[]} concealed @param {any} slicer */
  inject.noteShown = async (concealed, slicer) => {
    for (const element of concealed) {
      const look = lookOf(element);
      if (inject.isSeen(look)) shown.set(element, look);
      if (slicer.due()) await slicer.pause();
    }
  };

  /** @param {Element} element */
  inject.isNoted = (element) => shown.has(element);

  inject.forgetShown = () => {
    shown.clear();
    hidden.clear();
    moved = '';
  };

  /** Notes which of those that showed are hidden again. @param {any} slicer */
  inject.noteHidden = async (slicer) => {
    for (const [element, look] of shown) {
      const style = Object.entries(look).map(([name, value]) => `${inject.cssName(name)}:${value}!important`).join(';');
      const doc = element.ownerDocument;
      if (element.isConnected && !inject.isSeen(lookOf(element))) hidden.set(doc, (hidden.get(doc) ?? new Map()).set(element, style));
      if (slicer.due()) await slicer.pause();
    }
  };

  /**
   * Those of a document or shadow root, and their style; roots are not searched for any.
   * @param {any} scope
   * @returns {Iterable<[Element, string]>}
   */
  inject.hiddenAgain = (scope) => hidden.get(scope) ?? [];

  /** Does the screen show nothing of this frame of another origin? */
  let isUnseen = false;
  const seenMs = 300;

  /** Asks the browser whether the screen shows this frame, where it is large enough to be looked at. @returns {Promise<boolean>} whether it does not */
  inject.noteUnseen = async () => {
    isUnseen = false;
    if (window === window.parent || window.innerWidth < 300 || innerHeight < 200 || document.hidden) return false;
    /** @type {any} */
    let observer;
    const told = new Promise((resolve) => {
      observer = new window.IntersectionObserver(([entry]) => resolve(!entry?.isIntersecting));
      observer.observe(document.documentElement);
    });
    isUnseen = await inject.within(told, seenMs, true);
    observer.disconnect();
    return isUnseen;
  };

  /** Is the element on the screen, in each frame that it stands in, or so many screens away? @param {Element} element @param {number} screens */
  const isOnScreen = (element, screens) => {
    if (isUnseen) return false;
    let { top, bottom } = element.getBoundingClientRect();
    for (let view = inject.viewOf(element.ownerDocument); view; view = view.parent) {
      if (top > view.innerHeight * (1 + screens) || bottom < -view.innerHeight * screens) return false;
      const frame = view === window ? null : view.frameElement;
      if (!frame) return true;
      const inner = frame.getBoundingClientRect().top + frame.clientTop;
      [top, bottom] = [top + inner, bottom + inner];
    }
    return true;
  };

  /** Laid out, large enough to be seen, and not on the screen now. @param {Element} element */
  inject.isElsewhere = (element) => {
    const { width, height } = element.getBoundingClientRect();
    return width >= 8 && height >= 8 && !isOnScreen(element, 0);
  };

  /** On the screen now, or less than a screen away. @param {Element} element */
  inject.isNear = (element) => isOnScreen(element, 1);

  /** @param {Element} element */
  inject.isConcealed = (element) => !inject.isSeen(getComputedStyle(element));

  /** Does it hold something that is seen? @param {Node} parent @param {number} until @param {any} slicer */
  const holdsShown = async (parent, until, slicer) => {
    let node = /** @type {any} */ (parent.firstChild);
    for (; node && performance.now() < until; node = node.nextSibling) {
      if (node.nodeType === 3 ? node.data.trim() : node.clientHeight > 0 && !inject.isConcealed(node)) return true;
      if (slicer.due()) await slicer.pause();
    }
    return false;
  };

  /** @param {Element | null} element @returns {Element | null} */
  const behind = (element) => {
    const body = element?.ownerDocument.body;
    let last = element;
    while (last && last !== body && !last.nextElementSibling) last = last.parentElement;
    return last === body ? null : (last?.nextElementSibling ?? null);
  };

  /** @param {Element} element */
  const following = (element) => (getComputedStyle(element).display !== 'none' && element.firstElementChild) || behind(element);

  /** A document's elements from the top, with whether they are concealed; not what stands in those. @param {Document} doc @returns {Iterable<[Element, boolean]>} */
  const firstElements = function* (doc) {
    let element = doc.body?.firstElementChild ?? null;
    for (let count = 0; element && count < elementsAtMost; count += 1) {
      const isHidden = inject.isConcealed(element);
      yield [element, isHidden];
      element = isHidden ? behind(element) : following(element);
    }
  };

  const boxes = new Set('a article aside dd div figure li main p section span td'.split(' '));
  // Spacers, and places for advertisements, for which nobody's page is moved.
  const idle = /spac|divid|clear|separat|gap|filler|(?:^|[^a-z])ads?(?![a-z])|advert/i;

  /** Can script find it, as it finds what it fills? @param {any} element */
  const isFound = ({ id, className, dataset }) => Boolean(id || className || Object.keys(dataset).length) && !idle.test(`${id} ${className}`);

  /** @param {Element} element */
  const drawsNothing = (element) =>
    [null, '::before', '::after'].every((part) => {
      const { backgroundImage, content } = getComputedStyle(element, part);
      return backgroundImage === 'none' && (!part || /^(?:none|normal)$/.test(content));
    });

  /** Is it a box of a size of its own that holds and draws nothing, there to be filled? @param {Element} element */
  inject.isUnfilled = (element) => {
    if (element.firstElementChild || !boxes.has(element.localName) || element.textContent?.trim()) return false;
    const { width, height } = element.getBoundingClientRect();
    const isLarge = width >= 100 && height >= 60 && element.ariaHidden !== 'true';
    return isLarge && isFound(element) && !inject.shadowRootOf(element) && drawsNothing(element);
  };

  /** Those that do not open over what is seen, as a menu or a caption does. @param {Element[]} elements @param {number} until @param {any} slicer */
  const standingAlone = async (elements, until, slicer) => {
    /** Whether parents hold something that is seen. @type {Map<any, boolean>} */
    const holding = new Map();
    const found = [];
    for (const element of elements) {
      const { parentNode } = element;
      const { position } = getComputedStyle(element);
      const isOver = position === 'absolute' && parentNode;
      if (isOver && !holding.has(parentNode)) holding.set(parentNode, await holdsShown(parentNode, until, slicer));
      if (isOver ? !holding.get(parentNode) : position !== 'fixed') found.push(element);
    }
    return found;
  };

  /**
   * What waits off the screen to be shown, or to be filled. A menu or a caption opens over what is seen; what stands alone in its place
   * waits to be seen itself.
   * @param {Document} doc @param {number} until @param {any} slicer
   * @returns {Promise<{ concealed: Element[], unfilled: Element[] }>}
   */
  inject.waitingElements = async (doc, until, slicer) => {
    const notSeen = /** @type {Element[]} */ ([]);
    const unfilled = /** @type {Element[]} */ ([]);
    const isUnfilled = doc.scripts.length ? inject.isUnfilled : () => false;
    for (const [element, isHidden] of firstElements(doc)) {
      if (performance.now() > until) break;
      if (slicer.due()) await slicer.pause();
      if ((isHidden || isUnfilled(element)) && inject.isElsewhere(element)) (isHidden ? notSeen : unfilled).push(element);
    }
    return { concealed: await standingAlone(notSeen, until, slicer), unfilled };
  };

  /** Are those that came onto the screen still being moved by script? What style sheets move ends in the copy too. @param {any} slicer */
  inject.isMoving = async (slicer) => {
    let now = '';
    for (const element of shown.keys()) {
      const style = /** @type {any} */ (getComputedStyle(element));
      if (element.getAnimations().every(inject.isByScript)) now += `${shownBy.map((name) => style[name])};`;
      if (slicer.due()) await slicer.pause();
    }
    const isMoved = now !== moved;
    moved = now;
    return isMoved;
  };
})();
