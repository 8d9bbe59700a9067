// The last file of the worker's own call, whose value is the call's answer.

(() => {
  const { linkshotInject } = /** @type {any} */ (globalThis);
  const { asked } = linkshotInject;
  delete linkshotInject.asked;
  return linkshotInject.readPage(asked);
})();
