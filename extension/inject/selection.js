// The part of a document that is selected: which nodes of it stay, and how much of a text.

(() => {
  const world = /** @type {any} */ (globalThis);
  const inject = (world.linkshotInject ??= {});
  if (inject.selectionIn) return;

  /** @param {Document} doc @returns {Range[]} */
  const rangesOf = (doc) => {
    const selection = doc.getSelection();
    const ranges = Array.from({ length: selection?.rangeCount ?? 0 }, (_, i) => selection?.getRangeAt(i));
    return /** @type {Range[]} */ (ranges.filter((range) => range && !range.collapsed));
  };

  /** What of a text lies in a range. @param {any} node @param {Range} range @returns {string} */
  const textIn = (node, range) => {
    const start = range.startContainer === node ? range.startOffset : 0;
    const end = range.endContainer === node ? range.endOffset : node.data.length;
    return node.data.slice(start, end);
  };

  /** `holds(node)` and `textOf(node)` for what is selected in `doc`; null where nothing is. @param {Document} doc */
  inject.selectionIn = (doc) => {
    const ranges = rangesOf(doc);
    if (!ranges.length) return null;
    /** @param {Node} node */
    const touching = (node) => ranges.filter((range) => range.intersectsNode(node));
    return {
      holds: (/** @type {Node} */ node) => node === doc.head || touching(node).length > 0,
      textOf: (/** @type {Node} */ node) => touching(node).map((range) => textIn(node, range)).join(''),
    };
  };

  /** The first document, this one or one below it, in which something is selected; null where nothing is. @param {Document} doc @returns {Document | null} */
  inject.selectedDocument = (doc) => {
    const queue = [doc];
    for (let next = queue.shift(); next; next = queue.shift()) {
      if (rangesOf(next).length) return next;
      for (const frame of next.querySelectorAll('iframe,frame')) {
        const below = inject.documentIn(frame);
        if (below) queue.push(below);
      }
    }
    return null;
  };
})();
