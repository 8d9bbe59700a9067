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

  const elementsAtMost = 3_000;
  const skeletons = '[class*="skeleton" i],[class*="lazyload" i],[class*="placeholder" i],[class*="lazy" i]:empty,.lozad,picture:not(:has(img))';
  const lazyFrames = 'iframe[loading="lazy" i],iframe[data-src],iframe[data-lazy-src]';
  // Nobody waits for a tab behind, whose own timers take a second each.
  const behindMs = 6_000;
  const quietMs = 200;
  const quietAtMostMs = 1_000;

  /** A frame whose document was not asked for yet. @param {any} frame */
  const isUnopened = (frame) => inject.documentIn(frame)?.URL === 'about:blank' && inject.isElsewhere(frame);

  /** Are there stand-ins off the screen for pictures that no attribute names? @param {Document} doc */
  const holdsPictures = (doc) => {
    const images = [...doc.images].slice(0, elementsAtMost);
    const isWaiting = (/** @type {any} */ image) => inject.isPlaceholder(image) && !inject.lazyAddress(image, doc.baseURI);
    return images.some((image) => isWaiting(image) && inject.isElsewhere(image));
  };

  /** Does the document hold something back until it is on the screen, which no attribute names? @param {Document} doc */
  const holdsBack = (doc) => {
    if (holdsPictures(doc)) return true;
    if ([...doc.querySelectorAll(lazyFrames)].some(isUnopened)) return true;
    const named = [...doc.querySelectorAll(skeletons)].slice(0, elementsAtMost);
    return named.some((element) => element.localName !== 'img' && inject.isElsewhere(element));
  };

  /** In a tab of our own nobody minds what a page of others must not see. @param {Document} doc */
  const openLazy = (doc) => {
    for (const element of doc.querySelectorAll('img[loading="lazy" i],iframe[loading="lazy" i]')) /** @type {any} */ (element).loading = 'eager';
  };

  /** Watches frames open: whether any that was asked for is still to come. @param {Element[]} frames @returns {() => boolean} */
  const watchOpening = (frames) => {
    const opened = new Set();
    for (const frame of frames) frame.addEventListener('load', () => opened.add(frame), { once: true });
    return () => frames.some((frame) => frame.isConnected && frame.hasAttribute('src') && !opened.has(frame));
  };

  /** Scrolls through the page and waits for what that began; whether all of it was seen. @param {any} at @param {boolean} isOurs */
  const show = async (at, isOurs) => {
    const { docs, until, slicer } = at;
    const isOpening = watchOpening(docs.flatMap((/** @type {Document} */ doc) => [...doc.querySelectorAll(lazyFrames)].filter(isUnopened)));
    let changedAt = 0;
    const changes = new MutationObserver(() => (changedAt = performance.now()));
    for (const doc of docs) changes.observe(doc, { subtree: true, childList: true, attributes: true });
    if (isOurs) docs.forEach(openLazy);
    const isWhole = await inject.sweep(document, { ...at, swept: new Set() });
    const endedAt = (changedAt = performance.now());
    const isChanging = () => performance.now() < Math.min(changedAt + quietMs, endedAt + quietAtMostMs);
    while (performance.now() < until && (isChanging() || (await inject.isMoving(slicer)) || (isWhole && isOpening()))) {
      if (isOurs) inject.endMotion();
      await inject.passTime(50, docs);
    }
    changes.disconnect();
    return isWhole;
  };

  /** @param {Document[]} docs @param {Element[]} concealed @param {Element[]} unfilled */
  const isLeft = (docs, concealed, unfilled) => docs.some(holdsBack) || concealed.some(inject.isConcealed) || unfilled.some(inject.isUnfilled);

  /**
   * Brings in what waits to be seen; a warning where some of it could not be.
   * @param {Document[]} docs @param {'always' | 'needed'} sweep @param {boolean} isOurs @param {number} until @param {any} slicer
   * @returns {Promise<string[]>}
   */
  const bringInSeen = async (docs, sweep, isOurs, until, slicer) => {
    const found = [];
    for (const doc of docs) found.push(await inject.waitingElements(doc, until, slicer));
    const concealed = found.flatMap((one) => one.concealed);
    const unfilled = found.flatMap((one) => one.unfilled);
    const holding = new Set([...docs.filter(holdsBack), ...[...concealed, ...unfilled].map(({ ownerDocument }) => ownerDocument)]);
    const moved = isOurs || sweep === 'always' ? new Set(docs) : inject.toSweep(holding);
    if (!moved.size) return [];
    const at = { docs, moved, concealed, until, slicer };
    if ((isOurs || !document.hidden) && (await show(at, isOurs))) return [];
    return isLeft(docs, concealed, unfilled) ? ['placeholders_left'] : [];
  };

  /**
   * The same, but for a frame of another origin that the screen does not show: a film's controls are concealed in every player that nobody
   * has come to yet.
   * @param {[Document[], 'always' | 'needed', boolean, number, any]} given
   */
  const bringIn = async (...given) => {
    if (!(await inject.noteUnseen())) return bringInSeen(...given);
    return given[0].some(holdsPictures) ? ['placeholders_left'] : [];
  };

  /** The wait itself. @param {Document[]} docs @param {any} at @returns {Promise<string[]>} */
  const wait = async (docs, { options, isOurs, until, slicer }) => {
    const warnings = options.lazy && document.body ? await bringIn(docs, options.sweep, isOurs, until, slicer) : [];
    const pending = docs.flatMap(pendingIn);
    if (!pending.length) return isLoaded(document) ? warnings : [...warnings, 'not_settled'];
    const late = await inject.within(Promise.all(pending), until - performance.now(), 'late');
    return late === 'late' ? [...warnings, 'not_settled'] : warnings;
  };

  /**
   * `sweep`: scroll through the page always, or where it holds something back; `isOurs`: it is in a tab that we opened behind.
   * @param {{settleMs: number, sliceMs: number, lazy: boolean, sweep: 'always' | 'needed', isOurs: boolean}} options
   * @returns {Promise<string[]>} warnings: `not_settled` where the bound was reached, `placeholders_left`
   */
  inject.settle = async (options) => {
    const isOurs = options.isOurs && document.hidden;
    inject.noteBehind(isOurs);
    const until = performance.now() + options.settleMs + (isOurs ? behindMs : 0);
    const slicer = inject.createSlicer(options.sliceMs);
    inject.forgetShown();
    if (!isLoaded(document)) await inject.within(once(window, ['load']), until - performance.now(), 'late');
    const docs = inject.openDocuments();
    try {
      const warnings = await wait(docs, { options, isOurs, until, slicer });
      await inject.noteHidden(slicer);
      return warnings;
    } catch (error) {
      if (docs.every(inject.isThere)) throw error;
      inject.forgetShown();
      return ['placeholders_left'];
    }
  };
})();
