// What one document uses: addresses, pictures made in the page, and the work still to be done for them.
//# allFunctionsCalledOnLoad

(() => {
  const world = /** @type {any} */ (globalThis);
  const inject = (world.linkshotInject ??= {});
  if (inject.createUse) return;

  /** Why a picture could not be made. @param {any} error @param {string} kind */
  const lostReason = (error, kind) => {
    if (error?.name === 'SecurityError') return 'tainted';
    return kind === 'blob' ? 'revoked' : 'failed';
  };

  /** A new address for a picture made in the page; `make` answers its Blob. */
  const made = (/** @type {any} */ use, /** @type {string} */ kind, /** @type {() => Promise<Blob | null>} */ make) => {
    use.counts[kind] = (use.counts[kind] ?? 0) + 1;
    const url = `linkshot:${kind}/${use.frame || 'top'}/${use.counts[kind]}`;
    use.jobs.push(async () => {
      try {
        const blob = await make();
        if (!blob) throw new Error('empty');
        return () => use.inline.push({ url, mediaType: blob.type || 'application/octet-stream', blob });
      } catch (error) {
        return () => use.missing.push({ url, reason: lostReason(error, kind) });
      }
    });
    return url;
  };

  /** The address that stands for a blob: address; `shown` is an image that shows it, should it be revoked. */
  const blobAddress = (/** @type {any} */ use, /** @type {string} */ url, /** @type {any} */ shown) => {
    const [plain = url, fragment] = url.split('#');
    const known = use.blobs.get(plain) ?? made(use, 'blob', () => inject.blobBytes(plain, shown));
    use.blobs.set(plain, known);
    return fragment === undefined ? known : `${known}#${fragment}`;
  };

  /** Notes an address that the document uses and answers it absolute, '' where it is none. */
  const add = (/** @type {any} */ use, /** @type {string | null} */ reference, /** @type {string} */ kind, shown = null) => {
    const url = inject.absolute(reference, use.baseUrl);
    if (url.startsWith('blob:')) return blobAddress(use, url, shown);
    const plain = url.replace(/#.*$/, '');
    if (/^(?:https?|file|ftp):/.test(plain) && !use.resources.has(plain)) use.resources.set(plain, kind);
    return url;
  };

  /** Notes the addresses of CSS text; answers what stands for blob: ones. @param {any} use */
  const noting = (use) => (/** @type {string} */ reference, /** @type {string} */ kind, face = '') => {
    if (reference.startsWith('#') || /^data:/i.test(reference)) return undefined;
    if (kind === 'font' && !use.faces.has(face)) return undefined; // no text is shown in it
    const url = add(use, reference, kind);
    return url.startsWith('linkshot:') ? url : undefined;
  };

  /** @param {string} frame @param {string} baseUrl @param {boolean} isXml is it written as XML? */
  inject.createUse = (frame, baseUrl, isXml) => {
    /** @type {any} */
    const use = { frame, baseUrl, isXml, resources: new Map(), blobs: new Map(), counts: {}, inline: [], missing: [], jobs: [], onScreen: [] };
    use.warnings = new Set();
    use.stateNames = new Set();
    use.add = (/** @type {[string | null, string, any]} */ ...what) => add(use, ...what);
    use.made = (/** @type {string} */ kind, /** @type {() => Promise<Blob | null>} */ make) => made(use, kind, make);
    use.adopted = new Map();
    use.notedSheets = new Set();
    use.comparedChars = 0;
    use.encodedPixels = 0;
    use.css = (/** @type {string} */ text) => inject.cssAddresses(text, noting(use));
    use.sheet = async (/** @type {string} */ text, /** @type {any} */ slicer) => {
      const css = await inject.cssAddressesInSlices(isXml ? text : inject.rawStyle(text), noting(use), slicer);
      return isXml ? inject.escapeText(css) : css;
    };
    return use;
  };

  /** The frame of a film in a file is lossy already: a sixth of the bytes of PNG, no pixel off by more than 16 of 255. @type {[string, number]} */
  const frameEncoding = ['image/webp', 0.96];

  /** WebP of quality 1 loses nothing (both families), is a seventh to a half smaller than PNG and is made beside the page's own thread. @type {[string, number]} */
  const losslessEncoding = ['image/webp', 1];

  /** Firefox makes it at a fifth of the pace of PNG: of one document so many pixels at most. */
  const losslessPixels = 2_000_000;

  /** @param {HTMLCanvasElement} canvas @param {[string?, number?]} encoding lossless unless said @returns {Promise<Blob | null>} */
  inject.encoded = (canvas, ...encoding) =>
    new Promise((resolve, reject) => {
      try {
        canvas.toBlob(resolve, ...encoding);
      } catch (error) {
        reject(error);
      }
    });

  /** WebP has no longer side; Chromium cuts it off there. */
  const losslessSide = 16_383;

  /** All that a canvas shows, in the smaller encoding where it can be. @param {HTMLCanvasElement} canvas @param {any} use */
  const losslessBlob = (canvas, use) => {
    use.encodedPixels += canvas.width * canvas.height;
    const isSmall = use.encodedPixels <= losslessPixels && Math.max(canvas.width, canvas.height) <= losslessSide;
    return isSmall ? inject.encoded(canvas, ...losslessEncoding) : inject.encoded(canvas);
  };

  /** @param {any} source @param {number} width @param {number} height @param {[string?, number?]} encoding @returns {Promise<Blob | null>} */
  inject.drawn = (source, width, height, ...encoding) => {
    const canvas = document.createElement('canvas');
    canvas.width = width;
    canvas.height = height;
    canvas.getContext('2d')?.drawImage(source, 0, 0, width, height);
    return inject.encoded(canvas, ...encoding);
  };

  /** The picture at an address, loaded anew. @param {string} url @returns {Promise<HTMLImageElement | null>} */
  const loaded = (url) =>
    new Promise((resolve) => {
      const image = new Image();
      image.onload = () => resolve(image);
      image.onerror = () => resolve(null);
      image.src = url;
    });

  /** The bytes behind a blob: address; where it was revoked or the page may not fetch, of the picture that is shown. @param {string} url @param {any} shown */
  inject.blobBytes = async (url, shown) => {
    try {
      return await (await inject.pageFetch(url)).blob();
    } catch (error) {
      const picture = shown?.naturalWidth ? shown : await loaded(url);
      if (!picture?.naturalWidth) throw error;
      return inject.drawn(picture, picture.naturalWidth, picture.naturalHeight);
    }
  };

  /** The next frame of the page, where it has any: a WebGL canvas can be read only then. */
  const nextFrame = () => {
    if (document.hidden) return Promise.resolve();
    return inject.within(new Promise((resolve) => requestAnimationFrame(resolve)), 60, undefined);
  };

  /** What a canvas shows; where it can be read no more, the screen still has it. @param {HTMLCanvasElement} canvas @param {string} url @param {any} use @returns {Promise<Blob | null>} */
  const canvasBlob = async (canvas, url, use) => {
    await nextFrame();
    try {
      const blob = await losslessBlob(canvas, use);
      const place = blob && (await inject.unreadPlace(canvas, blob));
      if (place) use.onScreen.push({ url, ...place });
      return blob;
    } catch (error) {
      // A worker draws it: such a canvas can be drawn from, not read.
      if (/** @type {Error} */ (error).name !== 'InvalidStateError') throw error;
      return inject.drawn(canvas, canvas.width, canvas.height);
    }
  };

  /** @type {Record<string, string>} */
  const fits = { contain: 'contain', cover: 'cover', none: 'auto', 'scale-down': 'contain' };

  /**
   * A canvas's picture as a background in its own content box, above the backgrounds it has.
   * @param {HTMLCanvasElement} canvas @param {any} use
   */
  inject.canvasStyle = (canvas, use) => {
    if (!canvas.width || !canvas.height) return '';
    /** @type {string} */
    const url = use.made('canvas', () => canvasBlob(canvas, url, use));
    const style = /** @type {any} */ (canvas.ownerDocument.defaultView?.getComputedStyle(canvas) ?? {});
    const fit = fits[style.objectFit] ?? '100% 100%';
    const ours = {
      Image: inject.cssUrl(url),
      Size: fit,
      Position: fit === '100% 100%' ? '0 0' : style.objectPosition,
      Repeat: 'no-repeat',
      Origin: 'content-box',
      Clip: 'content-box',
      Attachment: 'scroll',
    };
    const has = (style.backgroundImage || 'none') !== 'none';
    return Object.entries(ours)
      .map(([name, value]) => [name, has ? `${value},${style[`background${name}`]}` : value])
      .map(([name = '', value]) => `background-${name.toLowerCase()}:${value}!important`)
      .join(';');
  };

  /** May script not read what the film shows, as another origin serves it? @param {any} video */
  const isTainted = (video) => {
    const canvas = document.createElement('canvas');
    canvas.width = canvas.height = 1;
    const drawing = canvas.getContext('2d');
    try {
      drawing?.drawImage(video, 0, 0, 1, 1);
      drawing?.getImageData(0, 0, 1, 1);
      return false;
    } catch {
      return true;
    }
  };

  /** @param {any} video @param {any} use */
  const posterOf = (video, use) => {
    const poster = video.getAttribute('poster') || video.getAttribute('data-poster');
    const isUntouched = video.currentTime === 0 && video.paused;
    const canDraw = video.readyState >= 2 && video.videoWidth > 0;
    if (!canDraw || (poster && (isUntouched || isTainted(video)))) return poster ? use.add(poster, 'image') : null;
    return use.made('video', () => inject.drawn(video, video.videoWidth, video.videoHeight, ...(video.srcObject ? [] : frameEncoding)));
  };

  /** What the page has it load only when it is seen. @param {any} media */
  const waitingSource = (media) =>
    media.querySelector(':scope > source[src]') ? null : (media.getAttribute('data-src') ?? media.querySelector(':scope > source[data-src]')?.getAttribute('data-src'));

  /** @param {any} media @param {any} use */
  inject.mediaAttributes = (media, use) => {
    /** @type {Record<string, string | null>} */
    const set = { autoplay: null, crossorigin: null, src: null };
    const source = media.currentSrc || media.getAttribute('src') || waitingSource(media);
    if (source && /^blob:/.test(source)) {
      use.missing.push({ url: source, reason: 'stream' });
    } else if (source) {
      set.src = use.add(source, 'media') || source;
    }
    if (media.localName === 'video') set.poster = posterOf(media, use);
    if (media.muted) set.muted = '';
    return set;
  };
})();
