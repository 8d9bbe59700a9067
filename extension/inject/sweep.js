// Scrolling through a page and the frames in it, and back, so that what waits to be seen comes.
//# allFunctionsCalledOnLoad

(() => {
  const world = /** @type {any} */ (globalThis);
  const inject = (world.linkshotInject ??= {});
  if (inject.sweep) return;

  const framesAtMost = 50;
  const stepsAtMost = 40;
  // A busy machine draws late; a window that is covered, never.
  const frameMs = 1_000;
  const longMs = 100;
  const lookMs = 150;
  const missesAtMost = 3;

  /** Is this a tab that we opened behind, and nobody looks? The page cannot say so: what is done then is not done to a person's own tab. */
  let isOurs = false;

  /** @param {boolean} isBehind */
  inject.noteBehind = (isBehind) => (isOurs = isBehind);

  /** @param {Element} frame */
  const isLookedAt = (frame) => frame.clientWidth >= 60 && frame.clientHeight >= 60 && !inject.isConcealed(frame);

  /** This document and those of frames below it that script reaches and a person looks at. @returns {Document[]} */
  inject.openDocuments = () => {
    const docs = [document];
    for (const doc of docs) {
      for (const frame of inject.viewOf(doc).length ? doc.querySelectorAll('iframe,frame,object') : []) {
        const inner = docs.length < framesAtMost && isLookedAt(frame) && inject.documentIn(frame);
        if (inner && inner.body?.firstChild) docs.push(inner);
      }
    }
    return docs;
  };

  /** @param {Document} doc @returns {any} */
  inject.viewOf = (doc) => doc.defaultView ?? window;

  /** The element that holds a document below this one. @param {Document} doc @returns {Element | null} */
  const frameOf = (doc) => (doc === document ? null : inject.viewOf(doc).frameElement);

  /** What scrolls: the document, or the element in the middle of the screen that stands for it. @param {Document} doc @returns {Element | null} */
  const mainScroller = (doc) => {
    const { innerHeight } = inject.viewOf(doc);
    const scroller = doc.scrollingElement;
    if (scroller && scroller.scrollHeight > innerHeight * 1.2) return scroller;
    const isScrolling = (/** @type {Element} */ element) =>
      element.scrollHeight > element.clientHeight * 1.2 && /auto|scroll|overlay/.test(getComputedStyle(element).overflowY);
    let element = doc.elementFromPoint(doc.documentElement.clientWidth / 2, innerHeight / 2);
    while (element && !isScrolling(element)) element = element.parentElement;
    return element;
  };

  /** Asks what stands in for frames in such a tab (awake.js) for one; false where nothing does. @param {Document} doc */
  const ownFrame = (doc) => isOurs && document.hidden && !inject.viewOf(doc).dispatchEvent(new Event('linkshot-frame', { cancelable: true }));

  /** A while, with the frames that belong to it; timers of a hidden tab take a second each. @param {number} ms @param {Document[]} docs */
  inject.passTime = async (ms, docs) => {
    if (!document.hidden) await inject.sleep(ms);
    const until = document.hidden ? performance.now() + ms : 0;
    for (let frameAt = 0; performance.now() < until; await inject.yieldToPage()) {
      if (performance.now() < frameAt) continue;
      frameAt = performance.now() + 16;
      for (const doc of docs) ownFrame(doc);
    }
  };

  /** A frame of the page and what its observers do in it. @param {Element} scroller @param {number} ms @returns {Promise<boolean>} whether it came */
  const nextFrame = async (scroller, ms) => {
    const drawn = (/** @type {(came: boolean) => void} */ resolve) => requestAnimationFrame(() => setTimeout(() => resolve(true), ms));
    if (!document.hidden) return inject.within(new Promise(drawn), frameMs, false);
    const doc = scroller.ownerDocument;
    (scroller === doc.scrollingElement ? doc : scroller).dispatchEvent(new Event('scroll', { bubbles: true }));
    const came = ownFrame(doc);
    await (ms > longMs ? inject.sleep(ms) : inject.yieldToPage());
    return came && ownFrame(doc);
  };

  /**
   * Goes back to what was passed and did not show: some pages look where they are only several times a second.
   * @param {Element} scroller @param {Element[]} concealed @param {any} at
   */
  const linger = async (scroller, concealed, { until, slicer }) => {
    const half = inject.viewOf(scroller.ownerDocument).innerHeight / 2;
    let missed = 0;
    for (const element of concealed) {
      if (missed === missesAtMost || performance.now() > until) return;
      if (element.ownerDocument !== scroller.ownerDocument || inject.isNoted(element)) continue;
      const top = scroller.scrollTop + element.getBoundingClientRect().top - half;
      scroller.scrollTo({ left: scroller.scrollLeft, top, behavior: 'instant' });
      await nextFrame(scroller, lookMs);
      await inject.noteShown(concealed.filter(inject.isNear), slicer);
      if (!inject.isNoted(element)) missed += 1;
    }
  };

  /** How far a frame has to move to stand on the screen of its document as a whole, or with its middle. @param {Element} frame */
  const distanceOf = (frame) => {
    const { innerHeight } = inject.viewOf(frame.ownerDocument);
    const { top, bottom } = frame.getBoundingClientRect();
    return top >= 0 && bottom <= innerHeight ? 0 : (top + bottom - innerHeight) / 2;
  };

  /** Scrolls through those frames of a document that are on the screen now. @param {Document} doc @param {Element | null} scroller @param {any} at @returns {Promise<boolean>} */
  const sweepFrames = async (doc, scroller, at) => {
    let isWhole = true;
    for (const inner of at.docs) {
      const frame = at.swept.has(inner) ? null : frameOf(inner);
      if (frame?.ownerDocument !== doc || inject.isElsewhere(frame)) continue;
      const distance = scroller && distanceOf(frame);
      if (scroller && distance) {
        scroller.scrollTo({ left: scroller.scrollLeft, top: scroller.scrollTop + distance, behavior: 'instant' });
        await nextFrame(scroller, 20);
      }
      isWhole = (await inject.sweep(inner, at)) && isWhole;
    }
    return isWhole;
  };

  /**
   * Scrolls through a document as it is now, and back; through the frames in it where they come onto the screen. A feed that grows
   * meanwhile is not followed.
   * @param {Document} doc
   * @param {{ docs: Document[], moved: Set<Document>, swept: Set<Document>, concealed: Element[], until: number, slicer: any }} at
   *   `moved` are the documents that have to be scrolled through
   * @returns {Promise<boolean>} whether it came to the end
   */
  inject.sweep = async (doc, at) => {
    const { concealed, until, slicer } = at;
    at.swept.add(doc);
    const scroller = at.moved.has(doc) ? mainScroller(doc) : null;
    if (!scroller) return sweepFrames(doc, null, at);
    const { scrollLeft: left, scrollTop: top, scrollHeight } = scroller;
    const step = Math.max(100, Math.min(scroller.clientHeight, inject.viewOf(doc).innerHeight) * 0.9);
    let y = step;
    let isWhole = true;
    try {
      isWhole = await sweepFrames(doc, scroller, at);
      for (; y < Math.min(scrollHeight, step * stepsAtMost) && performance.now() < until; y += step) {
        scroller.scrollTo({ left, top: y, behavior: 'instant' });
        if (!(await nextFrame(scroller, 20))) break;
        await inject.noteShown(concealed.filter(inject.isNear), slicer);
        isWhole = (await sweepFrames(doc, scroller, at)) && isWhole;
      }
      await linger(scroller, concealed, at);
      await inject.noteShown(concealed, slicer);
    } finally {
      scroller.scrollTo({ left, top, behavior: 'instant' });
    }
    await nextFrame(scroller, 60);
    return y >= scrollHeight && isWhole;
  };

  /** In Firefox nothing of a document is to be touched that its frame has left. @param {Document} doc */
  inject.isThere = (doc) => {
    try {
      return doc.defaultView !== null;
    } catch {
      return false;
    }
  };

  /** The documents that hold these back, and those that have to be moved for their frames to be seen. @param {Iterable<Document>} holding @returns {Set<Document>} */
  inject.toSweep = (holding) => {
    const moved = new Set(holding);
    for (const doc of moved) {
      const frame = frameOf(doc);
      if (frame && (inject.isElsewhere(frame) || distanceOf(frame))) moved.add(frame.ownerDocument);
    }
    return moved;
  };
})();
