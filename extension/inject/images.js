// Which picture an <img> or a lazy background shows, and what stands for it in the copy.
//# allFunctionsCalledOnLoad

(() => {
  const world = /** @type {any} */ (globalThis);
  const inject = (world.linkshotInject ??= {});
  if (inject.imageAttributes) return;

  const lazyNames = [
    'data-src', 'data-original', 'data-lazy-src', 'data-actualsrc', 'data-lazyload', 'data-lazy', 'data-url', 'data-echo',
    'data-original-src', 'data-backsrc', 'data-croporisrc', 'data-real-src', 'data-img', 'data-image', 'data-default-src',
    'data-defer-src', 'data-ks-lazyload', 'lazy-src', 'lazysrc', 'original', '_src', 'file', 'zoomfile',
  ];
  const lazySetNames = ['data-srcset', 'data-lazy-srcset', 'data-original-set', 'lazy-srcset', 'data-lazyload-srcset'];
  const backgroundNames = [
    'data-bg', 'data-background', 'data-background-image', 'data-bg-src', 'data-bg-url', 'data-background-src', 'data-lazy-background',
    'data-lazy-bg', 'data-bgset', 'data-bg-multi',
  ];
  // Other elements with a data-src are mostly those of a gallery that opens it.
  const lazyBackgrounds = `${backgroundNames.map((name) => `[${name}]`).join()},:is(div,section,span,i,b,figure,li)[data-src][class*="lazy" i]`;
  const isAddress = /^(?:https?:)?\/\/|^\.{0,2}\/|\.(?:jpe?g|png|gif|webp|avif|svg|bmp)(?:[?#]|$)/i;
  const standsIn = /(?:^|[/_.-])(?:blank|placeholder|spacer|lazy|lazyload|loading|grey|gray|pixel|transparent|none|default)[\w-]*\.(?:gif|png|svg|jpe?g|webp)/i;

  /** @param {any} image */
  const isTiny = (image) => image.naturalWidth <= 2 && image.naturalHeight <= 2;

  /** Does the image show only a stand-in for what is still to come? @param {any} image */
  inject.isPlaceholder = (image) => {
    const source = image.currentSrc || image.getAttribute('src') || '';
    const isData = /^data:/i.test(source);
    if (!source || (image.complete && isTiny(image) && (!isData || image.naturalWidth > 0))) return true;
    return isData ? /^data:image\/(?:gif|svg)/i.test(source) && source.length < 1500 : standsIn.test(source);
  };

  /** The last address of a list of candidates. @param {string} candidates */
  const lastOf = (candidates) => candidates.split(/,\s+/).pop()?.trim().split(/\s+/)[0] ?? '';

  /** @param {Element} element @param {string} base */
  const waitingSet = (element, base) => {
    for (const name of lazySetNames) {
      const last = lastOf(element.getAttribute(name) ?? '');
      if (last) return inject.absolute(last, base);
    }
    return '';
  };

  /** The address a lazy image waits to load, or ''. @param {any} image @param {string} base */
  inject.lazyAddress = (image, base) => {
    for (const name of lazyNames) {
      const value = image.getAttribute(name)?.trim();
      if (value && isAddress.test(value)) return inject.absolute(value, base);
    }
    const sources = image.parentElement?.localName === 'picture' ? image.parentElement.querySelectorAll('source') : [];
    for (const element of [image, ...sources]) {
      const url = waitingSet(element, base);
      if (url) return url;
    }
    return '';
  };

  /** @param {string} text an attribute that a background waits in @param {string} base */
  const backgroundOf = (text, base) => {
    if (/^(?:url|image-set|[a-z-]*gradient)\(/i.test(text)) return text;
    const value = lastOf(text);
    return isAddress.test(value) ? `url("${inject.absolute(value, base).replace(/["\\\n]/g, encodeURIComponent)}")` : '';
  };

  /** @param {Element} element */
  const hasBackground = (element) => {
    const shown = getComputedStyle(element).backgroundImage;
    return shown !== 'none' && !/^url\("data:image\/(?:gif|svg)/.test(shown) && !standsIn.test(shown);
  };

  /**
   * Notes for each element below `scope` the background that its page loads only when it is seen.
   * @param {any} scope @param {any} use @param {Map<Element, string>} styles
   */
  inject.noteBackgrounds = (scope, use, styles) => {
    for (const element of scope.querySelectorAll(lazyBackgrounds)) {
      const texts = [...backgroundNames, 'data-src'].map((name) => backgroundOf((element.getAttribute(name) ?? '').trim(), use.baseUrl));
      const background = hasBackground(element) ? '' : texts.find(Boolean);
      const style = background && use.css(`background-image:${background}!important`);
      if (style) styles.set(element, [styles.get(element), style].filter(Boolean).join(';'));
    }
  };

  /** The pixel width of the file, from the document's own list of loaded images. @param {any} image */
  const fileWidth = (image) => {
    const copy = new Image();
    copy.src = image.currentSrc;
    const width = copy.complete ? copy.naturalWidth : 0;
    copy.src = '';
    return width;
  };

  /** The density of the candidate in use, as `srcset` says it. @param {any} image @param {string} waiting */
  const density = (image, waiting) => {
    if (waiting) return 1;
    if (!image.hasAttribute('srcset') && image.parentElement?.localName !== 'picture') return 1;
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

  // The same test, without what only a browser knows, stands in host/linkshot/page/unkept.py.
  const pixel = 'data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7';

  /** Is it from another site and of no size, there to count who looks? A blocked one too. @param {any} image @param {string} source */
  const isCountingPixel = (image, source) => {
    if (!isTiny(image) || !/^https?:/i.test(source) || source.startsWith(`${image.ownerDocument.location?.origin}/`)) return false;
    if (image.naturalWidth) return image.width <= 2 && image.height <= 2;
    const sides = [image.getAttribute('width'), image.getAttribute('height')];
    return sides.every((side) => /^\s*[0-2](?:px)?\s*$/.test(side ?? ''));
  };

  /** A browser that shows a file twice may tell the other image's fragment. @param {any} image @param {string} url as authored */
  const shownSource = ({ currentSrc }, url) => (url.includes('#') && url.replace(/#.*/, '') === currentSrc.replace(/#.*/, '') ? url : currentSrc);

  /** The size that the source in use names for its picture. @param {any} image @param {string} base @returns {Record<string, string | null>} */
  const sourceSize = (image, base) => {
    const sources = image.parentElement?.localName === 'picture' ? [...image.parentElement.querySelectorAll('source')] : [];
    const used = sources.find(({ srcset }) => srcset.split(/,?\s+/).some((/** @type {string} */ text) => text && inject.absolute(text, base) === image.currentSrc));
    const [width, height] = ['width', 'height'].map((name) => used?.getAttribute(name) ?? null);
    return width === null && height === null ? {} : { width, height };
  };

  /** The address the image shows or waits for. @param {any} image @param {string} base @param {string} waiting */
  const sourceOf = (image, base, waiting) => {
    const authored = image.getAttribute('src') ?? '';
    const srcset = image.getAttribute('srcset') ?? '';
    if (waiting) return waiting;
    const source = shownSource(image, inject.absolute(authored, base)) || (!authored && srcset ? lastCandidate(srcset, base) : authored);
    return isCountingPixel(image, source) ? pixel : source;
  };

  /** @param {any} image @param {string} base */
  const waitingFor = (image, base) => (inject.isPlaceholder(image) ? inject.lazyAddress(image, base) : '');

  /** Style for an image that its page shows only when its script has loaded it; '' for others. @param {any} image @param {any} use @param {boolean} lazy */
  inject.imageStyle = (image, use, lazy) => {
    if (!lazy || !waitingFor(image, use.baseUrl)) return '';
    const { opacity, visibility } = image.ownerDocument.defaultView?.getComputedStyle(image) ?? {};
    return opacity === '0' || visibility === 'hidden' ? 'opacity:1!important;visibility:visible!important' : '';
  };

  /** Without a src, an image that failed shows nothing; with one it would show that something is broken. @param {any} image */
  const isInvisiblyBroken = (image) => !image.hasAttribute('src') && image.complete && !image.naturalWidth;

  /**
   * Attributes of an <img> in the copy: the one candidate in use, at its density.
   * @param {any} image @param {any} use @param {boolean} lazy
   */
  inject.imageAttributes = (image, use, lazy) => {
    /** @type {Record<string, string | null>} */
    const set = { loading: null, sizes: null, srcset: null, crossorigin: null, decoding: null, fetchpriority: null, ...sourceSize(image, use.baseUrl) };
    const authored = image.getAttribute('src');
    const waiting = lazy ? waitingFor(image, use.baseUrl) : '';
    const source = sourceOf(image, use.baseUrl, waiting);
    if (!source) return set;
    if (/^data:/i.test(source)) return source === authored ? set : { ...set, src: source };
    const url = use.add(source, 'image', image);
    if (isInvisiblyBroken(image) && !waiting) return set;
    if (url !== '' && url !== inject.absolute(authored, use.baseUrl)) set.src = url;
    const scale = density(image, waiting);
    return scale === 1 ? set : { ...set, srcset: `${url} ${scale}x` };
  };
})();
