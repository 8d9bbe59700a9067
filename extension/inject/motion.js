// What animations that script has made do to elements, and what showed only while it was on the screen: no rule says it.
//# allFunctionsCalledOnLoad

(() => {
  const world = /** @type {any} */ (globalThis);
  const inject = (world.linkshotInject ??= {});
  if (inject.noteMotion) return;

  const shownBy = ['opacity', 'visibility', 'transform', 'translate', 'scale', 'rotate', 'filter', 'clip-path'];
  /** How elements looked, or were to look, when they came onto the screen. @type {Map<Element, Record<string, string>>} */
  const shown = new Map();

  const own = new Set(['offset', 'computedOffset', 'easing', 'composite']);

  /** @param {string} name of a keyframe's property */
  const cssName = (name) => {
    if (name.startsWith('--')) return name;
    if (name === 'cssFloat' || name === 'cssOffset') return name.slice(3).toLowerCase();
    return name.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`);
  };

  /** @param {Record<string, string>} look */
  const isSeen = ({ opacity, visibility }) => Number(opacity) > 0 && visibility !== 'hidden';

  /** How an element looks once its transitions have ended. @param {Element} element */
  const lookOf = (element) => {
    const style = getComputedStyle(element);
    const look = Object.fromEntries(shownBy.map((name) => [name, style.getPropertyValue(name)]));
    const ends = element.getAnimations().map(({ effect }) => /** @type {any} */ (effect)?.getKeyframes().at(-1) ?? {});
    for (const end of ends) {
      for (const [name, value] of Object.entries(end)) if (shownBy.includes(cssName(name))) look[cssName(name)] = String(value);
    }
    // moved by script from frame to frame, and not there yet
    if (!ends.length && Number(look.opacity) > 0 && Number(look.opacity) < 1) return { opacity: '1', visibility: 'visible', transform: 'none' };
    return look;
  };

  /** Notes which of these the page shows now that they are on the screen. @param {Element[]} concealed */
  inject.noteShown = (concealed) => {
    for (const element of concealed) {
      const { top, bottom } = element.getBoundingClientRect();
      const look = top < innerHeight && bottom > 0 ? lookOf(element) : {};
      if (isSeen(look)) shown.set(element, look);
    }
  };

  inject.forgetShown = () => shown.clear();

  /** The style of those that their page has hidden again. @returns {[Element, string][]} */
  const hiddenAgain = () => {
    const gone = [...shown].filter(([element]) => element.isConnected && !isSeen(lookOf(element)));
    return gone.map(([element, look]) => [element, Object.entries(look).map(([name, value]) => `${name}:${value}!important`).join(';')]);
  };

  /** Animations that style sheets have made say so by what they are named after. @param {any} animation */
  const isByScript = (animation) => !('animationName' in animation) && !('transitionProperty' in animation);

  /** @param {any} effect @returns {string[]} */
  const namesIn = (effect) => [
    ...new Set(effect.getKeyframes().flatMap((/** @type {object} */ frame) => Object.keys(frame).filter((name) => !own.has(name)))),
  ];

  /** What script moved when it was asked last. */
  let moved = '';

  /** Are those that came onto the screen still being moved by script? What style sheets move ends in the copy too. @param {Element[]} elements */
  inject.isMoving = (elements) => {
    const mine = elements.filter((element) => shown.has(element) && element.getAnimations().every(isByScript));
    const now = mine.map((element) => JSON.stringify(shownBy.map((name) => getComputedStyle(element).getPropertyValue(name)))).join();
    const isMoved = now !== moved;
    moved = now;
    return isMoved;
  };

  /**
   * Notes for each element below `scope` what such animations make of its style now.
   * @param {any} scope @param {Map<Element, string>} animated
   */
  inject.noteMotion = (scope, animated) => {
    for (const animation of scope.getAnimations?.() ?? []) {
      const { effect } = animation;
      const element = effect?.target;
      if (!element || effect.pseudoElement || !isByScript(animation) || effect.getComputedTiming().progress === null) continue;
      const style = getComputedStyle(element);
      const rules = namesIn(effect).map(cssName).map((name) => [name, style.getPropertyValue(name)]);
      const text = rules.filter(([, value]) => value).map(([name, value]) => `${name}:${value}!important`);
      animated.set(element, [animated.get(element), ...text].filter(Boolean).join(';'));
    }
    for (const [element, text] of hiddenAgain()) animated.set(element, [animated.get(element), text].filter(Boolean).join(';'));
  };
})();
