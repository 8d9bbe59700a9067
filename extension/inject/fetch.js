// Bytes by the page's own hand: its cache, its cookies, its Referer.
//# allFunctionsCalledOnLoad

(() => {
  const world = /** @type {any} */ (globalThis);
  const inject = (world.linkshotInject ??= {});
  if (inject.fetchResources) return;

  // Up to here bytes stay at hand: a Blob goes to the browser's process and back.
  const handyBytes = 'toBase64' in Uint8Array.prototype ? 256 * 1024 : 0;
  /** @type {Map<string, Promise<any>>} */
  const fetched = new Map();
  const settings = { timeoutMs: 15_000, concurrency: 6, maxBytes: 64 * 1024 * 1024, maxAnswerChars: 8_000_000 };

  inject.forgetFetched = () => fetched.clear();

  /** A driver hands over texts that the page loaded and its policy lets no script have. @param {Record<string, string>} texts */
  inject.giveTexts = (texts) => {
    for (const [url, text] of Object.entries(texts)) fetched.set(url, Promise.resolve({ parts: [text], mediaType: 'image/svg+xml' }));
  };

  /** Reads a body up to the bound. @param {Response} response @param {number} maxBytes */
  const readBody = async (response, maxBytes) => {
    if (Number(response.headers.get('content-length') ?? 0) > maxBytes) return null;
    const reader = response.body?.getReader();
    if (!reader) return { size: 0, parts: [] };
    /** @type {BlobPart[]} */
    const parts = [];
    let size = 0;
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      size += part.value.length;
      if (size > maxBytes) {
        await reader.cancel();
        return null;
      }
      parts.push(part.value);
    }
    return { size, parts: size > handyBytes ? [new Blob(parts)] : parts };
  };

  /** @param {string} url @param {typeof settings} options */
  const fetchOne = async (url, options) => {
    try {
      const response = await inject.pageFetch(url, {
        cache: 'force-cache',
        credentials: 'include',
        signal: AbortSignal.timeout(options.timeoutMs),
      });
      if (!response.ok && response.status !== 0) return { url, reason: String(response.status) };
      const body = await readBody(response, options.maxBytes);
      if (!body) return { url, reason: 'too_large' };
      const baseUrl = response.redirected ? response.url : '';
      const mediaType = response.headers.get('content-type') ?? '';
      return { url, baseUrl, status: response.status, mediaType, ...body };
    } catch (error) {
      const { name } = /** @type {Error} */ (error);
      return { url, reason: name === 'TimeoutError' ? 'timeout' : name === 'TypeError' ? 'refused' : 'failed' };
    }
  };

  /** @param {string} url @param {typeof settings} options */
  const fetchOnce = (url, options) => {
    let promise = fetched.get(url);
    if (!promise) {
      promise = fetchOne(url, options);
      fetched.set(url, promise);
    }
    return promise;
  };

  /** Does `work` for each address, some at a time. @param {string[]} urls @param {number} concurrency @param {(url: string, index: number) => Promise<unknown>} work */
  const forEach = (urls, concurrency, work) => {
    let next = 0;
    const run = async () => {
      for (let i = next++; i < urls.length; i = next++) await work(urls[i] ?? '', i);
    };
    return Promise.all(Array.from({ length: concurrency }, run));
  };

  /** Begins to fetch what will be asked for, while the page is being read. @param {string[]} urls */
  inject.fetchEarly = (urls) => void forEach(urls, settings.concurrency, (url) => fetchOnce(url, settings));

  /** @param {any[]} parts @param {number} size @returns {string | Promise<string>} */
  const base64Of = (parts, size) => {
    if (size > handyBytes) return inject.base64OfBlob(new Blob(parts));
    const bytes = /** @type {any} */ (new Uint8Array(size));
    let at = 0;
    for (const part of parts) {
      bytes.set(part, at);
      at += part.length;
    }
    return bytes.toBase64();
  };

  /** @param {string} contentType @param {string} head a character for each byte */
  const sheetCharset = (contentType, head) => {
    if (head.startsWith('\xef\xbb')) return 'utf-8';
    const declared = /charset=["']?([\w-]+)/i.exec(contentType)?.[1];
    const own = /^@charset "([\w-]+)"/.exec(head)?.[1];
    return declared ?? own ?? document.characterSet;
  };

  /** The text of a sheet or SVG as its site served it; null where it cannot be had. @param {string} url @returns {Promise<string | null>} */
  inject.servedText = async (url) => {
    if (/^data:/i.test(url)) return inject.pageFetch(url).then((/** @type {Response} */ response) => response.text(), () => null);
    const { parts, mediaType } = await fetchOnce(url.replace(/#.*$/, ''), settings);
    if (!parts) return null;
    const blob = new Blob(parts);
    // Not through a Uint8Array: in Firefox the buffer is the page's, and making a view of it is denied.
    const head = atob(await inject.base64OfBlob(blob.slice(0, 60)));
    const charset = /svg|xml/i.test(mediaType) ? 'utf-8' : sheetCharset(mediaType, head);
    return new TextDecoder(charset).decode(await blob.arrayBuffer());
  };

  /**
   * The bytes of each address, in the order asked; see docs/architecture.md.
   * @param {string[]} urls @param {Partial<typeof settings>} [given]
   */
  inject.fetchResources = async (urls, given) => {
    const options = { ...settings, ...given };
    const answers = new Array(urls.length);
    let room = options.maxAnswerChars;
    await forEach(urls, options.concurrency, async (url, i) => {
      const { parts, ...answer } = await fetchOnce(url, options);
      answers[i] = answer;
      if (!parts) return;
      const chars = Math.ceil(answer.size / 3) * 4;
      if (chars <= room) {
        room -= chars;
        answers[i] = { ...answer, data: await base64Of(parts, answer.size) };
      } else {
        answers[i] = { ...answer, data: null };
        inject.hold(`bytes:${answer.url}`, new Blob(parts));
      }
    });
    return answers;
  };
})();
