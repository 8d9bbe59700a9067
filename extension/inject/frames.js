// Which frame this is, and which frames stand below: keys that every frame works out by itself.

(() => {
  const world = /** @type {any} */ (globalThis);
  const inject = (world.linkshotInject ??= {});
  if (inject.frameKey) return;

  /** @param {any} parent @param {any} child */
  const indexIn = (parent, child) => {
    for (let i = 0; i < parent.length; i += 1) if (parent[i] === child) return i;
    return -1;
  };

  /** The key of `frame` (a window): its indices from the top down; "?" for a part that only the parent can know. @param {any} frame */
  inject.frameKey = (frame) => {
    const path = [];
    let current = frame;
    while (current !== current.parent) {
      const index = indexIn(current.parent, current);
      path.unshift(index < 0 ? '?' : String(index));
      if (index < 0) break;
      current = current.parent;
    }
    return path.join('.');
  };

  /** Is there a parent that reaches into this frame, and therefore serialises it? */
  inject.isReachedByParent = () => {
    try {
      return window !== window.parent && window.frameElement !== null;
    } catch {
      return false; // another origin
    }
  };

  /** The document inside a frame's element, where script may reach it. @param {any} element @returns {Document | null} */
  inject.documentIn = (element) => {
    try {
      return element.contentDocument ?? null;
    } catch {
      return null; // another origin
    }
  };

  /** @param {any} element */
  const windowIn = (element) => {
    try {
      return element.contentWindow ?? null;
    } catch {
      return null; // Firefox refuses for some plug-in elements
    }
  };

  /**
   * Numbers the frames of one document: `keyFor(element, inShadow)` answers the child's key, or '' where
   * the element holds no frame.
   * @param {Document} doc @param {string} ownKey
   */
  inject.createFrameKeys = (doc, ownKey) => {
    const view = /** @type {any} */ (doc.defaultView);
    const indices = new Map();
    for (let i = 0; i < (view?.length ?? 0); i += 1) indices.set(view[i], i);
    let shadowFrames = 0;
    const prefix = ownKey === '' ? '' : `${ownKey}.`;
    /** @param {Element} element */
    return (element) => {
      const child = windowIn(element);
      if (!child) return '';
      const index = indices.get(child);
      if (index !== undefined) return `${prefix}${index}`;
      shadowFrames += 1;
      return `${prefix}s${shadowFrames - 1}`;
    };
  };
})();
