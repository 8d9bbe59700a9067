// What animations that script has made do to elements: no rule says it.
//# allFunctionsCalledOnLoad

(() => {
  const world = /** @type {any} */ (globalThis);
  const inject = (world.linkshotInject ??= {});
  if (inject.noteMotion) return;

  const own = new Set(['offset', 'computedOffset', 'easing', 'composite']);

  /** @param {string} name of a keyframe's property */
  inject.cssName = (name) => {
    if (name.startsWith('--')) return name;
    if (name === 'cssFloat' || name === 'cssOffset') return name.slice(3).toLowerCase();
    return name.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`);
  };

  /** Animations that style sheets have made say so by what they are named after. @param {any} animation */
  inject.isByScript = (animation) => !('animationName' in animation) && !('transitionProperty' in animation);

  /** Does it stand still by script, which no copy has? What a rule holds is held in the copy. @param {any} animation */
  const isHeld = ({ playState, transitionProperty, effect }) => {
    if (playState !== 'paused' || !effect?.target) return false;
    return transitionProperty !== undefined || !getComputedStyle(effect.target, effect.pseudoElement).animationPlayState.includes('paused');
  };

  /** @param {any} effect @returns {string[]} */
  const namesIn = (effect) => [
    ...new Set(effect.getKeyframes().flatMap((/** @type {object} */ frame) => Object.keys(frame).filter((name) => !own.has(name)))),
  ];

  /** What script's animations do there now. @param {any} scope @returns {any[]} */
  const effectsIn = (scope) => {
    const animations = [...(scope.getAnimations?.() ?? [])].filter((one) => inject.isByScript(one) || isHeld(one));
    return animations.map(({ effect }) => effect).filter((effect) => effect?.target && effect.getComputedTiming().progress !== null);
  };

  /** @param {string[]} texts */
  const joined = (...texts) => texts.filter(Boolean).join(';');

  /** What an animation makes of a style now. @param {any} effect @param {CSSStyleDeclaration} style */
  const effectOn = (effect, style) => {
    const rules = namesIn(effect).map(inject.cssName).map((name) => [name, style.getPropertyValue(name)]);
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
    for (const [element, text] of inject.hiddenAgain(scope)) animated.set(element, joined(animated.get(element) ?? '', text));
  };

  /**
   * The attribute by which rules of our own find an element whose parts script has moved.
   * @param {Element} element @param {any} at
   * @returns {Record<string, string>}
   */
  inject.partAttributes = (element, at) => {
    const styles = at.partStyles.get(element);
    if (!styles) return {};
    const name = String([...at.partStyles.keys()].indexOf(element));
    for (const [part, text] of Object.entries(styles)) inject.putTopStyle(at, at.place, `[data-linkshot-part="${name}"]${part}{${inject.rawStyle(at.use.css(text))}}`);
    return { 'data-linkshot-part': name };
  };
})();
