// Runs in the page after inject/, as the last file of the same call, so that its value is the call's answer: every frame that
// script can reach, and such of the bytes they use as come at once. What comes later is asked for again and not fetched twice.
//# allFunctionsCalledOnLoad

(async () => {
  const BYTES_MS = 150;
  const BYTES_COUNT = 48;
  const BYTES_CHARS = 4_000_000;

  const { linkshotInject } = /** @type {any} */ (globalThis);
  const [navigation] = /** @type {any[]} */ (performance.getEntriesByType('navigation'));
  const answer = await linkshotInject.captureFrame(linkshotInject.asked ?? {});
  delete linkshotInject.asked;

  /** What style sheets brought stands in no attribute; the browser's own list has it. */
  const byStyle = () => performance.getEntriesByType('resource').filter((entry) => /** @type {any} */ (entry).initiatorType === 'css');

  const named = answer.frames.flatMap((/** @type {any} */ frame) => frame.resources);
  const known = named.length ? byStyle().map(({ name }) => name) : [];
  const urls = [...new Set([...named.map((/** @type {any} */ { url }) => url), ...known])].slice(0, BYTES_COUNT);
  const fetching = urls.length ? linkshotInject.fetchResources(urls, { maxAnswerChars: BYTES_CHARS }) : [];
  const late = new Promise((resolve) => setTimeout(resolve, BYTES_MS, []));
  return { answer, status: navigation?.responseStatus || null, fetched: await Promise.race([fetching, late]) };
})();
