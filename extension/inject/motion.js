// What animations that script has made do to elements: no rule says it.
//# allFunctionsCalledOnLoad

(() => {
  const world = /** @type {any} */ (globalThis);
  const inject = (world.linkshotInject ??= {});
  if (inject.noteMotion) return;

  const own = new Set(['offset', 'computedOffset', 'easing', 'composite']);

  /** @param {string} name of a keyframe's property */
  const cssName = (name) => {
    if (name.startsWith('--')) return name;
    if (name === 'cssFloat' || name === 'cssOffset') return name.slice(3).toLowerCase();
    return name.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`);
  };

  /** Animations that style sheets have made say so by what they are named after. @param {any} animation */
  const isByScript = (animation) => !('animationName' in animation) && !('transitionProperty' in animation);

  /** @param {any} effect @returns {string[]} */
  const namesIn = (effect) => [
    ...new Set(effect.getKeyframes().flatMap((/** @type {object} */ frame) => Object.keys(frame).filter((name) => !own.has(name)))),
  ];

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
  };
})();
