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
  const elementsAtMost = 3_000;
  const skeletons = '[class*="skeleton" i],[class*="lazyload" i],[class*="placeholder" i],[class*="lazy" i]:empty,.lozad,picture:not(:has(img))';
  const lazyFrames = 'iframe[loading="lazy" i],iframe[data-src],iframe[data-lazy-src]';

  /** A frame whose document was not asked for yet. @param {any} frame */
  const isUnopened = (frame) => inject.documentIn(frame)?.URL === 'about:blank' && inject.isElsewhere(frame);

  /** Does the page hold something back until it is on the screen, which no attribute names? */
  const holdsBack = () => {
    const images = [...document.images].slice(0, elementsAtMost);
    const isWaiting = (/** @type {any} */ image) => inject.isPlaceholder(image) && !inject.lazyAddress(image, document.baseURI);
    if (images.some((image) => isWaiting(image) && inject.isElsewhere(image))) return true;
    if ([...document.querySelectorAll(lazyFrames)].some(isUnopened)) return true;
    const named = [...document.querySelectorAll(skeletons)].slice(0, elementsAtMost);
    return named.some((element) => element.localName !== 'img' && inject.isElsewhere(element));
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

  /** Is this a tab that we opened behind, and nobody looks? The page cannot say so: what follows is not done to a person's own tab. */
  let isOurs = false;

  /** Asks what stands in for frames in such a tab (awake.js) for one; false where nothing does. */
  const ownFrame = () => isOurs && document.hidden && !dispatchEvent(new Event('linkshot-frame', { cancelable: true }));

  /** A while, with the frames that belong to it; timers of a hidden tab take a second each. @param {number} ms */
  const pause = async (ms) => {
    if (!document.hidden) await inject.sleep(ms);
    const until = document.hidden ? performance.now() + ms : 0;
    for (let frameAt = 0; performance.now() < until; await inject.yieldToPage()) {
      if (performance.now() < frameAt) continue;
      frameAt = performance.now() + 16;
      ownFrame();
    }
  };

  // A busy machine draws late; a window that is covered, never.
  const frameMs = 1_000;
  const longMs = 100;
  const lookMs = 150;
  const missesAtMost = 3;
  // Nobody waits for a tab behind, whose own timers take a second each.
  const behindMs = 6_000;
  const quietMs = 200;
  const quietAtMostMs = 1_000;

  /** A frame of the page and what its observers do in it. @param {Element} scroller @param {number} ms @returns {Promise<boolean>} whether it came */
  const nextFrame = async (scroller, ms) => {
    const drawn = (/** @type {(came: boolean) => void} */ resolve) => requestAnimationFrame(() => setTimeout(() => resolve(true), ms));
    if (!document.hidden) return inject.within(new Promise(drawn), frameMs, false);
    (scroller === document.scrollingElement ? document : scroller).dispatchEvent(new Event('scroll', { bubbles: true }));
    const came = ownFrame();
    await (ms > longMs ? inject.sleep(ms) : inject.yieldToPage());
    return came && ownFrame();
  };

  /**
   * Scrolls through the page as it is now, so that what waits to be seen is loaded, and back. A feed that grows
   * meanwhile is not followed.
   * @param {Element[]} concealed @param {number} until @param {any} slicer
   * @returns {Promise<boolean>} whether it came to the end
   */
  const sweep = async (concealed, until, slicer) => {
    const scroller = mainScroller();
    if (!scroller) return true;
    const [left, top] = [scroller.scrollLeft, scroller.scrollTop];
    const step = Math.max(200, Math.min(scroller.clientHeight, innerHeight) * 0.9);
    const { scrollHeight } = scroller;
    let y = step;
    for (; y < Math.min(scrollHeight, step * stepsAtMost) && performance.now() < until; y += step) {
      scroller.scrollTo({ left, top: y, behavior: 'instant' });
      if (!(await nextFrame(scroller, 20))) break;
      await inject.noteShown(concealed.filter(inject.isNear), slicer);
    }
    await linger(scroller, concealed, until, slicer);
    await inject.noteShown(concealed, slicer);
    scroller.scrollTo({ left, top, behavior: 'instant' });
    await nextFrame(scroller, 60);
    return y >= scrollHeight;
  };

  /**
   * Goes back to what was passed and did not show: some pages look where they are only several times a second.
   * @param {Element} scroller @param {Element[]} concealed @param {number} until @param {any} slicer
   */
  const linger = async (scroller, concealed, until, slicer) => {
    let missed = 0;
    for (const element of concealed) {
      if (missed === missesAtMost || performance.now() > until) return;
      if (inject.isNoted(element)) continue;
      const top = scroller.scrollTop + element.getBoundingClientRect().top - innerHeight / 2;
      scroller.scrollTo({ left: scroller.scrollLeft, top, behavior: 'instant' });
      await nextFrame(scroller, lookMs);
      await inject.noteShown(concealed.filter(inject.isNear), slicer);
      if (!inject.isNoted(element)) missed += 1;
    }
  };

  /** In a tab of our own nobody minds what a page of others must not see. */
  const openLazy = () => {
    for (const element of document.querySelectorAll('img[loading="lazy" i],iframe[loading="lazy" i]')) /** @type {any} */ (element).loading = 'eager';
  };

  /** Watches frames open: whether any that was asked for is still to come. @param {Element[]} frames @returns {() => boolean} */
  const watchOpening = (frames) => {
    const opened = new Set();
    for (const frame of frames) frame.addEventListener('load', () => opened.add(frame), { once: true });
    return () => frames.some((frame) => frame.isConnected && frame.hasAttribute('src') && !opened.has(frame));
  };

  /**
   * Scrolls through the page and waits for what that began; whether all of it was seen.
   * @param {Element[]} concealed @param {number} until @param {any} slicer
   */
  const show = async (concealed, until, slicer) => {
    const isOpening = watchOpening([...document.querySelectorAll(lazyFrames)].filter(isUnopened));
    let changedAt = 0;
    const changes = new MutationObserver(() => (changedAt = performance.now()));
    changes.observe(document, { subtree: true, childList: true, attributes: true });
    if (isOurs) openLazy();
    const isWhole = await sweep(concealed, until, slicer);
    const endedAt = (changedAt = performance.now());
    const isChanging = () => performance.now() < Math.min(changedAt + quietMs, endedAt + quietAtMostMs);
    while (performance.now() < until && (isChanging() || (await inject.isMoving(slicer)) || (isWhole && isOpening()))) {
      if (isOurs) inject.endMotion();
      await pause(50);
    }
    changes.disconnect();
    return isWhole;
  };

  /**
   * Brings in what waits to be seen; a warning where some of it could not be.
   * @param {'always' | 'needed'} wanted @param {number} until @param {any} slicer
   * @returns {Promise<string[]>}
   */
  const bringIn = async (wanted, until, slicer) => {
    const concealed = await inject.concealedElements(until, slicer);
    if (wanted === 'needed' && !isOurs && !concealed.length && !holdsBack()) return [];
    const canShow = isOurs || !document.hidden;
    if (canShow && (await show(concealed, until, slicer))) return [];
    const isLeft = holdsBack() || concealed.some(inject.isConcealed);
    return isLeft ? ['placeholders_left'] : [];
  };

  /** The wait itself. @param {any} options @param {number} until @param {any} slicer @returns {Promise<string[]>} */
  const wait = async (options, until, slicer) => {
    const left = () => until - performance.now();
    if (!isLoaded(document)) await inject.within(once(window, ['load']), left(), 'late');
    const isWhole = options.lazy && window === window.parent && document.body;
    const warnings = isWhole ? await bringIn(options.sweep, until, slicer) : [];
    const pending = pendingIn(document);
    if (!pending.length) return isLoaded(document) ? warnings : [...warnings, 'not_settled'];
    const late = await inject.within(Promise.all(pending), left(), 'late');
    return late === 'late' ? [...warnings, 'not_settled'] : warnings;
  };

  /**
   * `sweep`: scroll through the page always, or where it holds something back; `isOurs`: it is in a tab that we opened behind.
   * @param {{settleMs: number, sliceMs: number, lazy: boolean, sweep: 'always' | 'needed', isOurs: boolean}} options
   * @returns {Promise<string[]>} warnings: `not_settled` where the bound was reached, `placeholders_left`
   */
  inject.settle = async (options) => {
    isOurs = options.isOurs && document.hidden;
    const until = performance.now() + options.settleMs + (isOurs ? behindMs : 0);
    const slicer = inject.createSlicer(options.sliceMs);
    inject.forgetShown();
    const warnings = await wait(options, until, slicer);
    await inject.noteHidden(slicer);
    return warnings;
  };
})();
