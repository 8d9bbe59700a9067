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
  /** The style of those that their page has hidden again. @type {Map<Element, string>} */
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
      if (element.isConnected && !inject.isSeen(lookOf(element))) hidden.set(element, style);
      if (slicer.due()) await slicer.pause();
    }
  };

  /**
   * Those of a document or shadow root, and their style; roots and frames are not searched for any.
   * @param {any} scope
   * @returns {Iterable<[Element, string]>}
   */
  inject.hiddenAgain = (scope) => (scope === document ? hidden : []);

  /** Laid out, large enough to be seen, and not on the screen now. @param {Element} element */
  inject.isElsewhere = (element) => {
    const { width, height, top, bottom } = element.getBoundingClientRect();
    return width >= 8 && height >= 8 && (top > innerHeight || bottom < 0);
  };

  /** On the screen now, or less than a screen away. @param {Element} element */
  inject.isNear = (element) => {
    const { top, bottom } = element.getBoundingClientRect();
    return bottom > -innerHeight && top < innerHeight * 2;
  };

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
    let last = element;
    while (last && last !== document.body && !last.nextElementSibling) last = last.parentElement;
    return last === document.body ? null : (last?.nextElementSibling ?? null);
  };

  /** @param {Element} element */
  const following = (element) => (getComputedStyle(element).display !== 'none' && element.firstElementChild) || behind(element);

  /**
   * What waits off the screen to be shown. A menu or a caption opens over what is seen; what stands alone in its place waits to be
   * seen itself.
   * @param {number} until @param {any} slicer
   * @returns {Promise<Element[]>}
   */
  inject.concealedElements = async (until, slicer) => {
    const found = [];
    /** Whether parents hold something that is seen. @type {Map<any, boolean>} */
    const holding = new Map();
    /** @param {Element} element */
    const standsOver = async (element) => {
      const { parentNode } = element;
      const { position } = getComputedStyle(element);
      if (position !== 'absolute' || !parentNode) return position === 'fixed';
      if (!holding.has(parentNode)) holding.set(parentNode, await holdsShown(parentNode, until, slicer));
      return holding.get(parentNode);
    };
    let element = document.body.firstElementChild;
    for (let count = 0; element && count < elementsAtMost && performance.now() < until; count += 1) {
      if (slicer.due()) await slicer.pause();
      const isHidden = inject.isConcealed(element);
      if (isHidden && inject.isElsewhere(element) && !(await standsOver(element))) found.push(element);
      element = isHidden ? behind(element) : following(element);
    }
    return found;
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
