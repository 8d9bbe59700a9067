// What SVG elements take from other files: written out before them, under names of its own.
//# allFunctionsCalledOnLoad

(() => {
  const world = /** @type {any} */ (globalThis);
  const inject = (world.linkshotInject ??= {});
  if (inject.externalUse) return;

  const xlink = 'http://www.w3.org/1999/xlink';

  /** The address of a `use`, whichever attribute it stands in. @param {Element} element */
  inject.useAddress = (element) => element.getAttribute('href') ?? element.getAttributeNS(xlink, 'href') ?? '';

  /** @param {string} markup @param {string} prefix */
  const prefixIds = (markup, prefix) =>
    markup
      .replace(/(\sid=")([^"]*)(")/g, `$1${prefix}$2$3`)
      .replace(/(\s(?:xlink:)?href="#)([^"]*)(")/g, `$1${prefix}$2$3`)
      .replace(/url\((["']?)#([^"')]+)\1\)/g, `url(#${prefix}$2)`);

  /** The file's content with names of its own; what it loads is noted. Null where the page lets nobody parse it. @param {string} text @param {string} prefix @param {string} base @param {any} use */
  const definitions = (text, prefix, base, use) => {
    const root = /** @type {Document | null} */ (inject.parsed(text, 'image/svg+xml'))?.documentElement;
    if (!root) return null;
    if (root.localName !== 'svg') return '';
    root.querySelectorAll('script, foreignObject').forEach((element) => element.remove());
    root.querySelectorAll('image, feImage').forEach((image) => {
      const href = inject.useAddress(image);
      if (href && !href.startsWith('#') && !/^data:/i.test(href)) image.setAttribute('href', use.add(inject.absolute(href, base), 'image'));
    });
    const inner = [...root.childNodes].map((node) => new XMLSerializer().serializeToString(node)).join('');
    return prefixIds(inner.replace(/ xmlns="[^"]*"/g, ''), prefix);
  };

  /**
   * Where `element` uses another file: `{href, before}`, the local reference and a promise of the definitions that
   * go before the element; null for a local use.
   * @param {Element} element @param {any} use
   */
  inject.externalUse = (element, use) => inject.externalPart(inject.useAddress(element), use);

  /** The same for one reference. @param {string} given @param {any} use */
  inject.externalPart = (given, use) => {
    const reference = given.trim();
    if (!reference || reference.startsWith('#')) return null;
    const [address = '', id = ''] = reference.split('#');
    const url = inject.absolute(address, use.baseUrl);
    if (!url || url === use.documentUrl) return null;
    use.svgCount = (use.svgCount ?? 0) + 1;
    const prefix = `linkshot-${use.svgCount}-`;
    const before = async () => {
      const text = await inject.servedText(url);
      const made = text === null ? null : definitions(text, prefix, url, use);
      if (made !== null) return () => `<defs data-linkshot-use="">${made}</defs>`;
      use.missing.push({ url, reason: 'refused' });
      return '';
    };
    return { href: `#${prefix}${id}`, before };
  };

  const paints = new Set('mask filter clip-path fill stroke marker-start marker-mid marker-end'.split(' '));

  /** What SVG elements of any kind take from other files by an attribute. @param {Element} element @param {any} use */
  inject.svgPaint = (element, use) => {
    /** @type {Record<string, string | null>} */
    const set = {};
    const before = /** @type {any[]} */ ([]);
    for (const { name, value } of element.attributes) {
      if (!paints.has(name) || !value.includes('url(')) continue;
      const [whole, reference = ''] = /url\(\s*["']?([^"')]*)["']?\s*\)/.exec(value) ?? [];
      const external = whole && inject.externalPart(reference, use);
      if (!external) continue;
      set[name] = value.replace(whole, `url(${external.href})`);
      before.push(external.before);
    }
    if (!before.length) return { set };
    const parts = async () => {
      const made = await Promise.all(before.map((bring) => bring()));
      return () => made.map((part) => (typeof part === 'function' ? part() : part)).join('');
    };
    return { set, before: parts };
  };
})();
