// What a way in by a tab asks a page for: every frame that script can reach, and such of the bytes they use as come at once. What
// comes later is asked for again and not fetched twice.
//# allFunctionsCalledOnLoad

(() => {
  const world = /** @type {any} */ (globalThis);
  const inject = (world.linkshotInject ??= {});
  if (inject.readPage) return;

  const bytesMs = 150;
  const bytesCount = 48;
  const bytesChars = 4_000_000;

  /** What the page has loaded and surely uses comes from its cache while it is being read. */
  const fetchWhatShows = () => {
    const images = [...document.images].filter(({ complete }) => complete).map(({ currentSrc }) => currentSrc);
    const sheets = [...document.styleSheets].map(({ href }) => href ?? '');
    inject.fetchEarly([...new Set([...sheets, ...images])].filter((url) => /^https?:/.test(url)).slice(0, bytesCount));
  };

  /** What style sheets brought stands in no attribute; the browser's own list has it. */
  const broughtByStyle = () => {
    const entries = /** @type {any[]} */ (performance.getEntriesByType('resource'));
    return entries.filter(({ initiatorType }) => initiatorType === 'css').map(({ name }) => name);
  };

  /** @param {Record<string, unknown>} [options] as captureFrame has them */
  inject.readPage = async (options) => {
    if (!inject.isReachedByParent()) fetchWhatShows();
    const answer = await inject.captureFrame(options);
    const named = answer.frames.flatMap((/** @type {any} */ frame) => frame.resources.map((/** @type {any} */ { url }) => url));
    const urls = named.length ? [...new Set([...named, ...broughtByStyle()])].slice(0, bytesCount) : [];
    const fetching = urls.length ? inject.fetchResources(urls, { maxAnswerChars: bytesChars }) : [];
    const late = new Promise((resolve) => setTimeout(resolve, bytesMs, []));
    const [navigation] = /** @type {any[]} */ (performance.getEntriesByType('navigation'));
    return { answer, status: navigation?.responseStatus || null, fetched: await Promise.race([fetching, late]) };
  };
})();
