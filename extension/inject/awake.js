// In the page's own world of a tab that is opened behind, to be kept: a hidden tab draws no frames, so its observers sleep and what only
// they bring in never comes. Here a frame's work is done without drawing, once a timer of the tab allows and whenever settle.js asks.

(() => {
  const world = /** @type {any} */ (globalThis);
  if (!document.hidden) return;

  let isAsleep = true;
  let isComing = false;
  /** What is to be called in the next frame. @type {Map<number, (time: number) => void>} */
  const frames = new Map();
  /**
   * @typedef {(observer: any) => (target: Element) => { state: string, entry: () => object }} EntryFor  of all targets in one frame
   * @typedef {{ callback: Function, targets: Map<Element, string>, entryFor: EntryFor }} Watch
   */
  /** Every observer, as long as the page has it. @type {WeakMap<object, Watch>} */
  const watches = new WeakMap();
  /** Those that observe something. @type {Set<object>} */
  const watching = new Set();
  /** @type {(() => void)[]} */
  const undo = [];

  /** The page's errors are the page's. @param {Function} callback @param {any} self @param {unknown[]} args */
  const call = (callback, self, args) => {
    try {
      Reflect.apply(callback, self, args);
    } catch (error) {
      world.reportError(error);
    }
  };

  /** Stands in for a function of the browser, which a page cannot tell. @param {any} owner @param {string} name @param {ProxyHandler<any>} handler */
  const replace = (owner, name, handler) => {
    const original = owner[name];
    const ours = new Proxy(original, handler);
    owner[name] = ours;
    // what the page has put there since, around ours, stays
    undo.push(() => owner[name] === ours && (owner[name] = original));
  };

  /** @param {any} entry @param {object} values */
  const made = (entry, values) =>
    Object.create(entry.prototype, Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { value, enumerable: true }])));

  /** @param {any} observer */
  const rootBounds = ({ root, rootMargin }) => {
    const box = root?.getBoundingClientRect?.() ?? { left: 0, top: 0, right: world.innerWidth, bottom: world.innerHeight };
    const [width, height] = [box.right - box.left, box.bottom - box.top];
    const margins = String(rootMargin).split(/\s+/).map((text) => [parseFloat(text) || 0, text.endsWith('%')]);
    const [top, right = top, bottom = top, left = right] = margins;
    const pixels = (/** @type {any} */ [value, isShare], /** @type {number} */ side) => (isShare ? (value * side) / 100 : value);
    const [x, y] = [box.left - pixels(left, width), box.top - pixels(top, height)];
    return new DOMRect(x, y, box.right + pixels(right, width) - x, box.bottom + pixels(bottom, height) - y);
  };

  /**
   * As https://w3c.github.io/IntersectionObserver/#update-intersection-observations-algo, but for what cuts off between root and target.
   * @type {EntryFor}
   */
  const intersection = (observer, bounds = rootBounds(observer), thresholds = observer.thresholds) => (target) => {
    const box = target.getBoundingClientRect();
    const [left, top] = [Math.max(box.left, bounds.left), Math.max(box.top, bounds.top)];
    const [width, height] = [Math.min(box.right, bounds.right) - left, Math.min(box.bottom, bounds.bottom) - top];
    const isIntersecting = target.getClientRects().length > 0 && width >= 0 && height >= 0;
    const area = box.width * box.height;
    const ratio = !isIntersecting ? 0 : area ? Math.min(1, (width * height) / area) : 1;
    const reached = thresholds.filter((/** @type {number} */ threshold) => threshold <= ratio).length;
    const entry = () =>
      made(world.IntersectionObserverEntry, {
        time: performance.now(), rootBounds: bounds, boundingClientRect: box, target, isIntersecting, intersectionRatio: ratio,
        intersectionRect: isIntersecting ? new DOMRect(left, top, width, height) : new DOMRect(), isVisible: false,
      });
    return { state: `${isIntersecting} ${isIntersecting && reached}`, entry };
  };

  /** @type {EntryFor} */
  const size = () => (/** @type {any} */ target) => {
    const style = getComputedStyle(target);
    const sum = (/** @type {string[]} */ ...names) => names.reduce((all, name) => all + (parseFloat(style.getPropertyValue(name)) || 0), 0);
    const [left, top] = [sum('padding-left'), sum('padding-top')];
    const box = target.getBoundingClientRect();
    const [outerWidth, outerHeight] = [target.offsetWidth ?? box.width, target.offsetHeight ?? box.height];
    const width = Math.max(0, outerWidth - left - sum('padding-right', 'border-left-width', 'border-right-width'));
    const height = Math.max(0, outerHeight - top - sum('padding-bottom', 'border-top-width', 'border-bottom-width'));
    const inner = [made(world.ResizeObserverSize, { inlineSize: width, blockSize: height })];
    const entry = () =>
      made(world.ResizeObserverEntry, {
        target, contentRect: new DOMRect(left, top, width, height), contentBoxSize: inner, devicePixelContentBoxSize: inner,
        borderBoxSize: [made(world.ResizeObserverSize, { inlineSize: outerWidth, blockSize: outerHeight })],
      });
    return { state: `${width} ${height}`, entry };
  };

  /** Calls the observers whose targets have come to stand otherwise, as the end of a frame does. */
  const tellObservers = () => {
    // those that are told may begin others, which are told in the next frame
    for (const observer of [...watching]) {
      const { callback, targets, entryFor } = /** @type {Watch} */ (watches.get(observer));
      const entryOf = entryFor(observer);
      const entries = [...targets].flatMap(([target, before]) => {
        const { state, entry } = entryOf(target);
        targets.set(target, state);
        return state === before ? [] : [entry()];
      });
      if (entries.length) call(callback, observer, [entries, observer]);
    }
  };

  const frame = () => {
    isComing = false;
    for (const callback of [...frames.values()]) callback(performance.now());
    tellObservers();
  };

  const soon = () => {
    if (!isComing && isAsleep) setTimeout(() => isComing && frame(), 16);
    isComing = true;
  };

  /** @param {string} name @param {string} first what a target is before it has been told of @param {EntryFor} entryFor */
  const watch = (name, first, entryFor) => {
    replace(world, name, {
      construct(native, [callback, ...options], asked) {
        // what the browser tells by itself meanwhile has been told
        const told = typeof callback !== 'function' ? callback : function (/** @type {unknown[]} */ ...args) {
          if (!isAsleep) Reflect.apply(callback, args[1], args);
        };
        const observer = Reflect.construct(native, [told, ...options], asked);
        watches.set(observer, { callback, targets: new Map(), entryFor });
        return observer;
      },
    });
    const { prototype } = world[name];
    prototype.constructor = world[name];
    undo.push(() => (prototype.constructor = world[name]));
    const note = (/** @type {string} */ method, /** @type {(targets: Map<Element, string>, target: Element) => void} */ change) =>
      replace(prototype, method, {
        apply(native, observer, args) {
          const answer = Reflect.apply(native, observer, args);
          const known = watches.get(observer);
          if (known) change(known.targets, args[0]);
          if (known?.targets.size) watching.add(observer);
          else watching.delete(observer);
          return answer;
        },
      });
    note('observe', (targets, target) => {
      if (!targets.has(target)) targets.set(target, first);
      soon();
    });
    note('unobserve', (targets, target) => targets.delete(target));
    note('disconnect', (targets) => targets.clear());
  };

  watch('IntersectionObserver', '', intersection);
  watch('ResizeObserver', '0 0', size);
  replace(world, 'requestAnimationFrame', {
    apply(native, self, [callback, ...rest]) {
      const once = (/** @type {number} */ time) => {
        if (frames.delete(id)) call(callback, self, [time]);
      };
      const id = Reflect.apply(native, self, [typeof callback === 'function' ? once : callback, ...rest]);
      frames.set(id, once);
      soon();
      return id;
    },
  });
  replace(world, 'cancelAnimationFrame', {
    apply(native, self, args) {
      frames.delete(args[0]);
      return Reflect.apply(native, self, args);
    },
  });

  /** @param {Event} event */
  const onAsked = (event) => {
    event.preventDefault();
    frame();
  };
  world.addEventListener('linkshot-frame', onAsked);
  document.addEventListener('visibilitychange', () => {
    // somebody looks: the browser draws frames from here on
    isAsleep = false;
    watching.clear();
    for (const back of undo.splice(0)) back();
    world.removeEventListener('linkshot-frame', onAsked);
  }, { once: true });
})();
