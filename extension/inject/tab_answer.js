// The last file of the worker's call, whose value is the call's answer: what the popup's call has begun to read, or a reading of its own.

(() => {
  const FRESH_MS = 2_000;

  const { linkshotInject } = /** @type {any} */ (globalThis);
  // alone, before the scripts are here: the worker sends all of them
  if (!linkshotInject?.readPage) return null;
  const { begun, asked } = linkshotInject;
  delete linkshotInject.begun;
  delete linkshotInject.asked;
  const isFresh = begun && !asked && performance.now() - begun.at < FRESH_MS;
  return isFresh ? begun.answer : linkshotInject.readPage(asked);
})();
