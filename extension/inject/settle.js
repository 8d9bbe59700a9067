// Waiting, within a bound, for what the page is still loading. A page that is done costs no time at all.
//# allFunctionsCalledOnLoad

(() => {
  const world = /** @type {any} */ (globalThis);
  const inject = (world.linkshotInject ??= {});
  if (inject.settle) return;

  /** @param {EventTarget} target @param {string[]} names */
  const once = (target, names) =>
    new Promise((resolve) => {
      for (const name of names) target.addEventListener(name, resolve, { once: true });
    });

  /** @param {Document} doc */
  const isLoaded = (doc) => doc.readyState === 'complete';

  /** @param {any} image */
  const isPending = (image) => !image.complete && image.loading !== 'lazy';

  /** @param {Document} doc @returns {Promise<any>[]} */
  const pendingIn = (doc) => {
    /** @type {Promise<any>[]} */
    const pending = [];
    if (doc.fonts?.status === 'loading') pending.push(doc.fonts.ready);
    for (const image of doc.images) if (isPending(image)) pending.push(once(image, ['load', 'error']));
    return pending;
  };

  const stepsAtMost = 40;
  const imagesAtMost = 2_000;
  const skeletons = '[class*="skeleton" i],[class*="lazyload" i],[class*="placeholder" i],iframe[loading="lazy"]';

  /** Laid out, large enough to be seen, and not on the screen now. @param {Element} element */
  const isElsewhere = (element) => {
    const { width, height, top, bottom } = element.getBoundingClientRect();
    return width >= 8 && height >= 8 && (top > innerHeight || bottom < 0);
  };

  /** Does the page hold something back until it is on the screen, which no attribute names? */
  const holdsBack = () => {
    const images = [...document.images].slice(0, imagesAtMost);
    const isWaiting = (/** @type {any} */ image) => inject.isPlaceholder(image) && !inject.lazyAddress(image, document.baseURI);
    if (images.some((image) => isWaiting(image) && isElsewhere(image))) return true;
    return [...document.querySelectorAll(skeletons)].slice(0, imagesAtMost).some((element) => element.localName !== 'img' && isElsewhere(element));
  };

  /** What scrolls: the document, or the element in the middle of the screen that stands for it. @returns {Element | null} */
  const mainScroller = () => {
    const scroller = document.scrollingElement;
    if (scroller && scroller.scrollHeight > innerHeight * 1.2) return scroller;
    const isScrolling = (/** @type {Element} */ element) =>
      element.scrollHeight > element.clientHeight * 1.2 && /auto|scroll|overlay/.test(getComputedStyle(element).overflowY);
    let element = document.elementFromPoint(document.documentElement.clientWidth / 2, innerHeight / 2);
    while (element && !isScrolling(element)) element = element.parentElement;
    return element;
  };

  // A busy machine draws late; a window that is covered, never.
  const frameMs = 1_000;

  /** A frame of the page and what its observers do in it. @param {number} ms @returns {Promise<boolean>} whether it came */
  const nextFrame = (ms) => inject.within(new Promise((resolve) => requestAnimationFrame(() => setTimeout(() => resolve(true), ms))), frameMs, false);

  /**
   * Scrolls through the page as it is now, so that what waits to be seen is loaded, and back. A feed that grows
   * meanwhile is not followed.
   * @param {number} until
   */
  const sweep = async (until) => {
    const scroller = document.hidden ? null : mainScroller();
    if (!scroller) return;
    const [left, top] = [scroller.scrollLeft, scroller.scrollTop];
    const step = Math.max(200, Math.min(scroller.clientHeight, innerHeight) * 0.9);
    const end = Math.min(scroller.scrollHeight, step * stepsAtMost);
    for (let y = step; y < end && performance.now() < until; y += step) {
      scroller.scrollTo({ left, top: y, behavior: 'instant' });
      if (!(await nextFrame(20))) break;
    }
    scroller.scrollTo({ left, top, behavior: 'instant' });
    await nextFrame(60);
  };

  /** @param {'always' | 'needed'} wanted */
  const isSweepWanted = (wanted) => window === window.parent && (wanted === 'always' || (wanted === 'needed' && holdsBack()));

  /**
   * `sweep`: scroll through the page always, where it holds something back, or never.
   * @param {{settleMs: number, lazy: boolean, sweep: 'always' | 'needed'}} options
   * @returns {Promise<string[]>} warnings: `not_settled` where the bound was reached
   */
  inject.settle = async (options) => {
    const startedAt = performance.now();
    const until = startedAt + options.settleMs;
    const left = () => until - performance.now();
    if (!isLoaded(document)) await inject.within(once(window, ['load']), left(), 'late');
    if (options.lazy && isSweepWanted(options.sweep)) await sweep(until);
    const pending = pendingIn(document);
    if (!pending.length) return isLoaded(document) ? [] : ['not_settled'];
    const late = await inject.within(Promise.all(pending), left(), 'late');
    return late === 'late' ? ['not_settled'] : [];
  };
})();
