// The last file of the popup's call: the page is read at once; the worker's call, which is on its way, takes the answer.

(() => {
  const { linkshotInject } = /** @type {any} */ (globalThis);
  const answer = linkshotInject.readPage();
  linkshotInject.begun = { at: performance.now(), answer };
  linkshotInject.whenBegun?.(answer);
})();
