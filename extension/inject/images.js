// Which picture an <img> shows, and what stands for it in the copy.

(() => {
  /** @type {any} */
  const inject = (globalThis.linkshotInject ??= {});
  if (inject.imageAttributes) return;

  const lazyNames = [
    'data-src', 'data-original', 'data-lazy-src', 'data-actualsrc', 'data-lazyload', 'data-lazy', 'data-url', 'data-echo',
    'data-original-src', 'data-backsrc', 'data-croporisrc', 'data-real-src', 'data-img', 'data-image', 'data-default-src',
    'data-defer-src', 'data-ks-lazyload', 'lazy-src', 'lazysrc', 'original', '_src', 'file', 'zoomfile',
  ];
  const lazySetNames = ['data-srcset', 'data-lazy-srcset', 'data-original-set'];
  const standsIn = /(?:^|[/_.-])(?:blank|placeholder|spacer|lazy|lazyload|loading|grey|gray|pixel|transparent|none|default)[\w-]*\.(?:gif|png|svg|jpe?g|webp)/i;

  /** Does the image show only a stand-in for what is still to come? @param {any} image */
  inject.isPlaceholder = (image) => {
    const source = image.currentSrc || image.getAttribute('src') || '';
    if (!source) return true;
    if (image.complete && image.naturalWidth > 0 && image.naturalWidth <= 2 && image.naturalHeight <= 2) return true;
    if (/^data:image\/(?:gif|svg)/i.test(source) && source.length < 1500) return true;
    if (image.complete && image.naturalWidth === 0 && !/^data:/.test(source)) return true;
    return standsIn.test(source);
  };

  /** The address a lazy image waits to load, or ''. @param {any} image @param {string} base */
  inject.lazyAddress = (image, base) => {
    for (const name of lazyNames) {
      const value = image.getAttribute(name);
      if (value && /^(?:https?:)?\/\/|^\.{0,2}\/|\.(?:jpe?g|png|gif|webp|avif|svg|bmp)(?:[?#]|$)/i.test(value.trim())) {
        return inject.absolute(value, base);
      }
    }
    for (const name of lazySetNames) {
      const last = (image.getAttribute(name) ?? '').split(/,\s+/).pop()?.trim().split(/\s+/)[0];
      if (last) return inject.absolute(last, base);
    }
    return '';
  };

  /** The pixel width of the file, from the document's own list of loaded images. @param {any} image */
  const fileWidth = (image) => {
    const copy = new Image();
    copy.src = image.currentSrc;
    const width = copy.complete ? copy.naturalWidth : 0;
    copy.src = '';
    return width;
  };

  /** The density of the candidate in use, as `srcset` says it. @param {any} image */
  const density = (image) => {
    const shown = image.naturalWidth;
    if (!shown) return 1;
    const exact = fileWidth(image) / shown;
    if (!exact || Math.abs(exact - 1) < 0.002) return 1;
    return Math.round(exact * 10_000) / 10_000;
  };

  /** @param {string} srcset @param {string} base */
  const lastCandidate = (srcset, base) => {
    const candidates = srcset.trim().split(/\s*,\s+|,(?=\s*\S+\s+[\d.]+[wx])/);
    return inject.absolute(candidates[candidates.length - 1]?.trim().split(/\s+/)[0], base);
  };

  /**
   * Attributes of an <img> in the copy: the one candidate in use, at its density.
   * @param {any} image @param {any} use @param {boolean} lazy
   */
  inject.imageAttributes = (image, use, lazy) => {
    /** @type {Record<string, string | null>} */
    const set = { loading: null, sizes: null, srcset: null, crossorigin: null, decoding: null, fetchpriority: null };
    const srcset = image.getAttribute('srcset');
    const authored = image.getAttribute('src');
    const waiting = lazy && inject.isPlaceholder(image) ? inject.lazyAddress(image, use.baseUrl) : '';
    let source = waiting || image.currentSrc || '';
    if (!source && srcset) source = authored ? inject.absolute(authored, use.baseUrl) : lastCandidate(srcset, use.baseUrl);
    if (!source) source = authored ?? '';
    if (!source) return set;
    if (/^data:/i.test(source)) return source === authored ? set : { ...set, src: source };
    const url = /^blob:/.test(source) ? use.blob(source, image) : use.add(source, 'image');
    if (url && url !== inject.absolute(authored, use.baseUrl)) set.src = url;
    const isSet = srcset !== null || image.parentElement?.localName === 'picture';
    const scale = waiting || !isSet ? 1 : density(image);
    if (scale !== 1) set.srcset = `${url} ${scale}x`;
    return set;
  };
})();
