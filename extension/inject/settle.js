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

  /** Laid out, large enough to be seen, and not on the screen now. @param {Element} element */
  const isElsewhere = (element) => {
    const { width, height, top, bottom } = element.getBoundingClientRect();
    return width >= 8 && height >= 8 && (top > innerHeight || bottom < 0);
  };

  /** @param {Element} element */
  const isConcealed = (element) => !inject.isSeen(getComputedStyle(element));

  /** A menu or a caption opens over what is seen; what stands alone in its place waits to be seen itself. @param {Element} element */
  const standsOver = (element) => {
    const { position } = getComputedStyle(element);
    if (position !== 'absolute') return position === 'fixed';
    const others = [...(element.parentNode?.childNodes ?? [])].filter((node) => node !== element);
    return others.some((/** @type {any} */ node) => (node.nodeType === 3 ? node.data.trim() : node.clientHeight > 0 && !isConcealed(node)));
  };

  /** @param {Element | null} element @returns {Element | null} */
  const behind = (element) => {
    let last = element;
    while (last && last !== document.body && !last.nextElementSibling) last = last.parentElement;
    return last === document.body ? null : (last?.nextElementSibling ?? null);
  };

  /** What waits off the screen to be shown. @returns {Element[]} */
  const concealedElements = () => {
    const found = [];
    let element = document.body.firstElementChild;
    for (let count = 0; element && count < elementsAtMost; count += 1) {
      const style = getComputedStyle(element);
      const isHidden = !inject.isSeen(style);
      if (isHidden && isElsewhere(element) && !standsOver(element)) found.push(element);
      element = (!isHidden && style.display !== 'none' && element.firstElementChild) || behind(element);
    }
    return found;
  };

  /** A frame whose document was not asked for yet. @param {any} frame */
  const isUnopened = (frame) => inject.documentIn(frame)?.URL === 'about:blank' && isElsewhere(frame);

  /** Does the page hold something back until it is on the screen, which no attribute names? */
  const holdsBack = () => {
    const images = [...document.images].slice(0, elementsAtMost);
    const isWaiting = (/** @type {any} */ image) => inject.isPlaceholder(image) && !inject.lazyAddress(image, document.baseURI);
    if (images.some((image) => isWaiting(image) && isElsewhere(image))) return true;
    if ([...document.querySelectorAll(lazyFrames)].some(isUnopened)) return true;
    return [...document.querySelectorAll(skeletons)].slice(0, elementsAtMost).some((element) => element.localName !== 'img' && isElsewhere(element));
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

  /** Asks what stands in for frames in a tab that we opened behind (awake.js) for one; false where nothing does. */
  const ownFrame = () => document.hidden && !dispatchEvent(new Event('linkshot-frame', { cancelable: true }));

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
    if (!document.hidden) return inject.within(new Promise((resolve) => requestAnimationFrame(() => setTimeout(() => resolve(true), ms))), frameMs, false);
    (scroller === document.scrollingElement ? document : scroller).dispatchEvent(new Event('scroll', { bubbles: true }));
    const came = ownFrame();
    await (ms > longMs ? inject.sleep(ms) : inject.yieldToPage());
    return came && ownFrame();
  };

  /**
   * Scrolls through the page as it is now, so that what waits to be seen is loaded, and back. A feed that grows
   * meanwhile is not followed.
   * @param {number} until @param {Element[]} concealed
   * @returns {Promise<boolean>} whether it came to the end
   */
  const sweep = async (until, concealed) => {
    const scroller = mainScroller();
    if (!scroller) return true;
    const [left, top] = [scroller.scrollLeft, scroller.scrollTop];
    const step = Math.max(200, Math.min(scroller.clientHeight, innerHeight) * 0.9);
    const { scrollHeight } = scroller;
    let y = step;
    for (; y < Math.min(scrollHeight, step * stepsAtMost) && performance.now() < until; y += step) {
      scroller.scrollTo({ left, top: y, behavior: 'instant' });
      if (!(await nextFrame(scroller, 20))) break;
      inject.noteShown(concealed);
    }
    await linger(scroller, concealed, until);
    scroller.scrollTo({ left, top, behavior: 'instant' });
    await nextFrame(scroller, 60);
    return y >= scrollHeight;
  };

  /** Goes back to what was passed and did not show: some pages look where they are only several times a second. @param {Element} scroller @param {Element[]} concealed @param {number} until */
  const linger = async (scroller, concealed, until) => {
    let missed = 0;
    for (const element of concealed) {
      if (missed === missesAtMost || performance.now() > until) return;
      if (inject.isNoted(element)) continue;
      const top = scroller.scrollTop + element.getBoundingClientRect().top - innerHeight / 2;
      scroller.scrollTo({ left: scroller.scrollLeft, top, behavior: 'instant' });
      await nextFrame(scroller, lookMs);
      inject.noteShown(concealed);
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

  /** Scrolls through the page and waits for what that began; whether all of it was seen. @param {Element[]} concealed @param {number} until */
  const show = async (concealed, until) => {
    const isOpening = watchOpening([...document.querySelectorAll(lazyFrames)].filter(isUnopened));
    let changedAt = 0;
    const changes = new MutationObserver(() => (changedAt = performance.now()));
    changes.observe(document, { subtree: true, childList: true, attributes: true });
    if (document.hidden) openLazy();
    const isWhole = await sweep(until, concealed);
    const endedAt = (changedAt = performance.now());
    const isChanging = () => performance.now() < Math.min(changedAt + quietMs, endedAt + quietAtMostMs);
    while (performance.now() < until && (isChanging() || inject.isMoving(concealed) || (isWhole && isOpening()))) {
      if (document.hidden) inject.endMotion();
      await pause(50);
    }
    changes.disconnect();
    return isWhole;
  };

  /**
   * Brings in what waits to be seen; a warning where some of it could not be.
   * @param {boolean} isOurs a tab that we opened behind
   * @param {'always' | 'needed'} wanted @param {number} until
   * @returns {Promise<string[]>}
   */
  const bringIn = async (isOurs, wanted, until) => {
    inject.forgetShown();
    const concealed = concealedElements();
    if (wanted === 'needed' && !isOurs && !concealed.length && !holdsBack()) return [];
    const canShow = isOurs || !document.hidden;
    if (canShow && (await show(concealed, until))) return [];
    const isLeft = holdsBack() || concealed.some(isConcealed);
    return isLeft ? ['placeholders_left'] : [];
  };

  /**
   * `sweep`: scroll through the page always, or where it holds something back.
   * @param {{settleMs: number, lazy: boolean, sweep: 'always' | 'needed'}} options
   * @returns {Promise<string[]>} warnings: `not_settled` where the bound was reached, `placeholders_left`
   */
  inject.settle = async (options) => {
    const isOurs = ownFrame();
    const until = performance.now() + options.settleMs + (isOurs ? behindMs : 0);
    const left = () => until - performance.now();
    if (!isLoaded(document)) await inject.within(once(window, ['load']), left(), 'late');
    const isWhole = options.lazy && window === window.parent && document.body;
    const warnings = isWhole ? await bringIn(isOurs, options.sweep, until) : [];
    const pending = pendingIn(document);
    if (!pending.length) return isLoaded(document) ? warnings : [...warnings, 'not_settled'];
    const late = await inject.within(Promise.all(pending), left(), 'late');
    return late === 'late' ? [...warnings, 'not_settled'] : warnings;
  };
})();
