// SVG `use` of another file: no browser lets a stored copy reach into one, so its content is brought into the page.

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

  /** The file's content with names of its own; what it loads is noted. @param {string} text @param {string} prefix @param {string} base @param {any} use */
  const definitions = (text, prefix, base, use) => {
    const root = new DOMParser().parseFromString(text, 'image/svg+xml').documentElement;
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
  inject.externalUse = (element, use) => {
    const reference = inject.useAddress(element).trim();
    if (!reference || reference.startsWith('#')) return null;
    const [address = '', id = ''] = reference.split('#');
    const url = inject.absolute(address, use.baseUrl);
    if (!url || url === use.documentUrl) return null;
    use.svgCount = (use.svgCount ?? 0) + 1;
    const prefix = `linkshot-${use.svgCount}-`;
    const before = async () => {
      const text = await inject.servedText(url);
      if (text !== null) return () => `<defs data-linkshot-use>${definitions(text, prefix, url, use)}</defs>`;
      use.missing.push({ url, reason: 'refused' });
      return '';
    };
    return { href: `#${prefix}${id}`, before };
  };
})();
