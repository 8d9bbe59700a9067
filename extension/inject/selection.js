// What of a document is selected, in shadow roots too.
//# allFunctionsCalledOnLoad

(() => {
  const world = /** @type {any} */ (globalThis);
  const inject = (world.linkshotInject ??= {});
  if (inject.selectionIn) return;

  /** The roots whose hosts stand at the ends of a range. @param {StaticRange} range @returns {ShadowRoot[]} */
  const rootsAtEnds = ({ startContainer, startOffset, endContainer, endOffset }) => {
    const nodes = [startContainer.childNodes[startOffset], endContainer.childNodes[endOffset - 1]];
    return nodes.flatMap((node) => (node?.nodeType === 1 && inject.shadowRootOf(node)) || []);
  };

  /**
   * What is selected, in shadow roots too: an end in a root that a browser was not told of comes out as the root's host.
   * @param {Document} doc @returns {StaticRange[]}
   */
  const rangesOf = (doc) => {
    const selection = /** @type {any} */ (doc.getSelection());
    const count = selection?.rangeCount ?? 0;
    if (count !== 1 || !selection.getComposedRanges) return Array.from({ length: count }, (_, i) => selection.getRangeAt(i));
    const shadowRoots = /** @type {ShadowRoot[]} */ ([]);
    for (;;) {
      const ranges = selection.getComposedRanges({ shadowRoots });
      const hidden = ranges.flatMap(rootsAtEnds).filter((/** @type {ShadowRoot} */ root) => !shadowRoots.includes(root));
      if (!hidden.length) return ranges;
      shadowRoots.push(...hidden);
    }
  };

  /** The node in `root` that holds this one, or is it; null where none does. @param {Node} node @param {Node} root @returns {Node | null} */
  const holderIn = (node, root) => {
    for (let one = /** @type {any} */ (node); one; one = one.getRootNode().host) if (one.getRootNode() === root) return one;
    return null;
  };

  /** The part of a range that stands in one document or root; null where it has no end there. @param {StaticRange} range @param {any} root */
  const partIn = ({ startContainer, startOffset, endContainer, endOffset }, root) => {
    const [first, last] = [holderIn(startContainer, root), holderIn(endContainer, root)];
    if (!first && !last) return null;
    const part = root.ownerDocument?.createRange() ?? root.createRange();
    part.selectNodeContents(root);
    if (first === startContainer) part.setStart(first, startOffset);
    else if (first) part.setStartBefore(first);
    if (last === endContainer) part.setEnd(last, endOffset);
    else if (last) part.setEndAfter(last);
    return part;
  };

  /** The first node that begins at or after a place. @param {Node} container @param {number} offset @returns {Node | null} */
  const nodeFrom = (container, offset) => {
    const child = container.childNodes[offset];
    if (child) return child;
    for (let one = /** @type {Node | null} */ (container); one; one = one.parentNode) if (one.nextSibling) return one.nextSibling;
    return null;
  };

  /**
   * Adds what a range touches, each node after those around it; `intersectsNode` takes the longer the more siblings stand before a node.
   * @param {Set<Node>} touched @param {Range} part
   */
  const addTouched = (touched, { startContainer, startOffset, endContainer, endOffset }) => {
    const around = [];
    for (let one = /** @type {Node | null} */ (startContainer); one; one = one.parentNode) around.push(one);
    for (const node of around.reverse()) touched.add(node);
    const walker = document.createTreeWalker(startContainer.getRootNode());
    const end = nodeFrom(endContainer, endOffset);
    let node = nodeFrom(startContainer, startOffset);
    if (node) walker.currentNode = node;
    for (; node && node !== end; node = walker.nextNode()) touched.add(node);
  };

  /** What of a text lies in a range that has an end in it. @param {any} node @param {Range} range @returns {string} */
  const textIn = (node, range) => {
    const start = range.startContainer === node ? range.startOffset : 0;
    const end = range.endContainer === node ? range.endOffset : node.data.length;
    return node.data.slice(start, end);
  };

  const drawn = /^(?:img|svg|math|video|audio|canvas|iframe|frame|object|embed|input|button|select|textarea|meter|progress|hr)$/;
  const unseen = /^(?:script|style|noscript|template)$/;

  /** @param {Node} root */
  function* nodesBelow(root) {
    const walker = document.createTreeWalker(root);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) yield node;
  }

  /**
   * Would a copy of it show anything?
   * @param {Document} doc
   * @param {{ holds: (node: Node) => boolean, textOf: (node: Node) => string, nodesOf: (root: Node) => Iterable<any> }} selection
   */
  const showsIn = (doc, { holds, textOf, nodesOf }) => {
    const hidden = new Set();
    const roots = /** @type {Node[]} */ ([doc]);
    for (const root of roots) {
      for (const node of nodesOf(root)) {
        if (hidden.has(node.parentNode) || unseen.test(node.localName) || !holds(node)) {
          hidden.add(node);
          continue;
        }
        if (node.nodeType === 3 ? /\S/.test(textOf(node)) : drawn.test(node.localName)) return true;
        const inner = node.nodeType === 1 && inject.shadowRootOf(node);
        if (inner) roots.push(inner);
      }
    }
    return false;
  };

  /** The parts of `ranges` that stand in a document or root, what they touch, and what fills such slots. @param {StaticRange[]} ranges */
  const createCuts = (ranges) => {
    /** @type {Map<Node, { parts: Range[], touched: Set<Node>, slotted: Set<Node> }>} */
    const cuts = new Map();
    return (/** @type {any} */ root) => {
      const known = cuts.get(root);
      if (known) return known;
      const cut = { parts: ranges.flatMap((range) => partIn(range, root) ?? []), touched: new Set(), slotted: new Set() };
      for (const part of cut.parts) addTouched(cut.touched, part);
      const slots = cut.parts.length ? root.querySelectorAll('slot') : [];
      for (const slot of slots) if (cut.touched.has(slot)) for (const node of slot.assignedNodes()) cut.slotted.add(node);
      cuts.set(root, cut);
      return cut;
    };
  };

  /**
   * What is selected in `doc`: `holds(node)`, `textOf(node)`, `isCutIn(root)` (only a part of that root is); null where nothing is that
   * a copy would show. What a part looks like goes with it.
   * @param {Document} doc
   */
  inject.selectionIn = (doc) => {
    const ranges = rangesOf(doc).filter(({ collapsed }) => !collapsed);
    const cutIn = createCuts(ranges);
    const isCutIn = (/** @type {Node} */ root) => cutIn(root).parts.length > 0;
    const isWhole = (/** @type {Node} */ root) => root !== doc && !isCutIn(root);
    /** Is this for a slot that is left out? @param {Node} node */
    const isUnseen = (node) => {
      const root = node.parentNode?.nodeType === 1 && inject.shadowRootOf(node.parentNode);
      return Boolean(root) && isCutIn(root) && !cutIn(root).slotted.has(node);
    };
    /** @param {any} node */
    const isStyle = (node) => node === doc.head || /^(?:style|link)$/.test(node.localName);
    /** @param {Node} node */
    const holds = (node) => {
      const root = node.getRootNode();
      return isStyle(node) || isWhole(root) || (cutIn(root).touched.has(node) && !isUnseen(node));
    };
    /** @param {any} node */
    const textOf = (node) => {
      const ends = cutIn(node.getRootNode()).parts.filter(({ startContainer, endContainer }) => startContainer === node || endContainer === node);
      return ends.length ? ends.map((part) => textIn(node, part)).join('') : node.data;
    };
    const nodesOf = (/** @type {Node} */ root) => (isWhole(root) ? nodesBelow(root) : cutIn(root).touched);
    return ranges.length && showsIn(doc, { holds, textOf, nodesOf }) ? { holds, textOf, isCutIn } : null;
  };
})();
