// What animations that script has made do to elements, and what showed only while it was on the screen: no rule says it.
//# allFunctionsCalledOnLoad

(() => {
  const world = /** @type {any} */ (globalThis);
  const inject = (world.linkshotInject ??= {});
  if (inject.noteMotion) return;

  const shownBy = ['opacity', 'visibility', 'transform', 'translate', 'scale', 'rotate', 'filter', 'clipPath'];
  /** How elements looked, or were to look, when the page had come to them. @type {Map<Element, Record<string, string>>} */
  const shown = new Map();

  const own = new Set(['offset', 'computedOffset', 'easing', 'composite']);

  /** @param {string} name of a keyframe's property */
  const cssName = (name) => {
    if (name.startsWith('--')) return name;
    if (name === 'cssFloat' || name === 'cssOffset') return name.slice(3).toLowerCase();
    return name.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`);
  };

  /** Is an element of this style to be seen? @param {any} style */
  inject.isSeen = ({ opacity, visibility, clipPath }) => Number(opacity) > 0 && visibility !== 'hidden' && !/^inset\([^)]*100%|^circle\(0/.test(clipPath);

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

  /** Notes which of these the page shows now. @param {Element[]} concealed */
  inject.noteShown = (concealed) => {
    for (const element of concealed) {
      const look = lookOf(element);
      if (inject.isSeen(look)) shown.set(element, look);
    }
  };

  /** @param {Element} element */
  inject.isNoted = (element) => shown.has(element);

  inject.forgetShown = () => shown.clear();

  /** The style of those that their page has hidden again. @returns {[Element, string][]} */
  const hiddenAgain = () => {
    const gone = [...shown].filter(([element]) => element.isConnected && !inject.isSeen(lookOf(element)));
    return gone.map(([element, look]) => [element, Object.entries(look).map(([name, value]) => `${cssName(name)}:${value}!important`).join(';')]);
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
    const now = mine.map((element) => JSON.stringify(shownBy.map((name) => /** @type {any} */ (getComputedStyle(element))[name]))).join();
    const isMoved = now !== moved;
    moved = now;
    return isMoved;
  };

  /** What script's animations do there now. @param {any} scope @returns {any[]} */
  const effectsIn = (scope) => {
    const effects = [...(scope.getAnimations?.() ?? [])].filter(isByScript).map(({ effect }) => effect);
    return effects.filter((effect) => effect?.target && effect.getComputedTiming().progress !== null);
  };

  /** @param {string[]} texts */
  const joined = (...texts) => texts.filter(Boolean).join(';');

  /** What an animation makes of a style now. @param {any} effect @param {CSSStyleDeclaration} style */
  const effectOn = (effect, style) => {
    const rules = namesIn(effect).map(cssName).map((name) => [name, style.getPropertyValue(name)]);
    return rules.filter(([, value]) => value).map(([name, value]) => `${name}:${value}!important`).join(';');
  };

  /** Ends what would end by itself, which no time does in a hidden tab. */
  inject.endMotion = () => {
    for (const animation of document.getAnimations()) {
      const isFinite = Number(animation.effect?.getComputedTiming().endTime) < Infinity;
      if (isFinite && animation.playState === 'running' && animation.timeline === document.timeline) animation.finish();
    }
  };

  /**
   * Notes for each element below `scope` what such animations make of its style now; for those of `::before` and its kin,
   * in `partStyles`.
   * @param {any} scope @param {{animated: Map<Element, string>, partStyles: Map<Element, Record<string, string>>}} at
   */
  inject.noteMotion = (scope, { animated, partStyles }) => {
    for (const effect of effectsIn(scope)) {
      const { target, pseudoElement: part } = effect;
      const text = effectOn(effect, getComputedStyle(target, part));
      const parts = partStyles.get(target) ?? {};
      if (part) partStyles.set(target, { ...parts, [part]: joined(parts[part] ?? '', text) });
      else animated.set(target, joined(animated.get(target) ?? '', text));
    }
    for (const [element, text] of hiddenAgain()) animated.set(element, joined(animated.get(element) ?? '', text));
  };

  /** The attribute by which rules of our own find an element whose parts script has moved. @param {Element} element @param {any} at @returns {Record<string, string>} */
  inject.partAttributes = (element, at) => {
    const styles = at.partStyles.get(element);
    if (!styles) return {};
    const name = String([...at.partStyles.keys()].indexOf(element));
    for (const [part, text] of Object.entries(styles)) inject.putTopStyle(at, at.place, `[data-linkshot-part="${name}"]${part}{${inject.rawStyle(at.use.css(text))}}`);
    return { 'data-linkshot-part': name };
  };
})();
