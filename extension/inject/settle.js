// Waiting, within a bound, for what the page is still loading. A page that is done costs no time at all.

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

  /** Scrolls through the whole page, so that what waits to be seen is loaded, and back. @param {number} until */
  const sweep = async (until) => {
    const scroller = document.scrollingElement;
    if (!scroller || document.hidden) return;
    const [left, top] = [scroller.scrollLeft, scroller.scrollTop];
    const step = Math.max(200, innerHeight * 0.9);
    const end = Math.min(scroller.scrollHeight, step * 40);
    for (let y = step; y < end && performance.now() < until; y += step) {
      scrollTo({ left, top: y, behavior: 'instant' });
      await inject.within(new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 20))), 100, undefined);
    }
    scrollTo({ left, top, behavior: 'instant' });
    await inject.within(new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 0))), 100, undefined);
  };

  /**
   * @param {{settleMs: number, sweep: boolean}} options
   * @returns {Promise<string[]>} warnings: `not_settled` where the bound was reached
   */
  inject.settle = async (options) => {
    const startedAt = performance.now();
    const until = startedAt + options.settleMs;
    const left = () => until - performance.now();
    if (!isLoaded(document)) await inject.within(once(window, ['load']), left(), 'late');
    if (options.sweep && document.documentElement.scrollHeight > innerHeight * 1.2) await sweep(until);
    const pending = pendingIn(document);
    if (!pending.length) return isLoaded(document) ? [] : ['not_settled'];
    const late = await inject.within(Promise.all(pending), left(), 'late');
    return late === 'late' ? ['not_settled'] : [];
  };
})();
