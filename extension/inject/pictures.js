// What one document uses: addresses, pictures made in the page, and the work still to be done for them.

(() => {
  /** @type {any} */
  const inject = (globalThis.linkshotInject ??= {});
  if (inject.createUse) return;

  /** @param {string} frame @param {string} baseUrl */
  inject.createUse = (frame, baseUrl) => {
    /** @type {Map<string, string>} */
    const resources = new Map();
    /** @type {Map<string, string>} */
    const blobs = new Map();
    const counts = /** @type {Record<string, number>} */ ({});
    const use = {
      frame,
      baseUrl,
      resources,
      inline: /** @type {any[]} */ ([]),
      missing: /** @type {any[]} */ ([]),
      warnings: new Set(),
      jobs: /** @type {(() => Promise<void>)[]} */ ([]),
      stateNames: new Set(),

      /** Notes an address that the document uses and answers it absolute, '' where it is none. */
      add(/** @type {string | null} */ reference, /** @type {string} */ kind) {
        const url = inject.absolute(reference, baseUrl);
        if (url.startsWith('blob:')) return use.blob(url, null);
        const plain = url.replace(/#.*$/, '');
        if (/^(?:https?|file|ftp):/.test(plain) && !resources.has(plain)) resources.set(plain, kind);
        return url;
      },

      /** A new address for a picture made in the page; `make` answers its Blob. */
      made(/** @type {string} */ kind, /** @type {() => Promise<Blob | null>} */ make) {
        counts[kind] = (counts[kind] ?? 0) + 1;
        const url = `linkshot:${kind}/${frame || 'top'}/${counts[kind]}`;
        use.jobs.push(async () => {
          try {
            const blob = await make();
            if (!blob) throw new Error('empty');
            use.inline.push({ url, mediaType: blob.type || 'application/octet-stream', blob });
          } catch (error) {
            const name = /** @type {Error} */ (error).name;
            use.missing.push({ url, reason: name === 'SecurityError' ? 'tainted' : kind === 'blob' ? 'revoked' : 'failed' });
          }
        });
        return url;
      },

      /** The address that stands for a blob: address; `shown` is an image that shows it, should it be revoked. */
      blob(/** @type {string} */ url, /** @type {HTMLImageElement | null} */ shown) {
        const [plain = url, fragment] = url.split('#');
        let made = blobs.get(plain);
        if (!made) {
          made = use.made('blob', () => inject.blobBytes(plain, shown));
          blobs.set(plain, made);
        }
        return fragment === undefined ? made : `${made}#${fragment}`;
      },

      /** CSS text with its addresses noted, blob: ones replaced. */
      css(/** @type {string} */ text) {
        return inject.cssAddresses(text, (/** @type {string} */ reference, /** @type {string} */ kind) => {
          if (reference.startsWith('#') || /^data:/i.test(reference)) return undefined;
          const url = use.add(reference, kind);
          return url.startsWith('linkshot:') ? url : undefined;
        });
      },
    };
    return use;
  };

  /** @param {any} source @param {number} width @param {number} height @returns {Promise<Blob | null>} */
  inject.drawn = (source, width, height) => {
    const canvas = document.createElement('canvas');
    canvas.width = width;
    canvas.height = height;
    canvas.getContext('2d')?.drawImage(source, 0, 0, width, height);
    return new Promise((resolve, reject) => {
      try {
        canvas.toBlob(resolve);
      } catch (error) {
        reject(error);
      }
    });
  };

  /** The bytes behind a blob: address, or of the picture shown where it was revoked. @param {string} url @param {any} shown */
  inject.blobBytes = async (url, shown) => {
    try {
      return await (await fetch(url)).blob();
    } catch (error) {
      if (!shown?.naturalWidth) throw error;
      return inject.drawn(shown, shown.naturalWidth, shown.naturalHeight);
    }
  };

  /** The next frame of the page, where it has any: a WebGL canvas can be read only then. */
  const nextFrame = () => {
    if (document.hidden) return Promise.resolve();
    return inject.within(new Promise((resolve) => requestAnimationFrame(resolve)), 60, undefined);
  };

  /**
   * A canvas's picture as a background in its own content box, above the backgrounds it has.
   * @param {HTMLCanvasElement} canvas @param {any} use
   */
  inject.canvasStyle = (canvas, use) => {
    if (!canvas.width || !canvas.height) return '';
    const url = use.made('canvas', async () => {
      await nextFrame();
      return new Promise((resolve, reject) => {
        try {
          canvas.toBlob(resolve);
        } catch (error) {
          reject(error);
        }
      });
    });
    const style = canvas.ownerDocument.defaultView?.getComputedStyle(canvas);
    const has = style && style.backgroundImage !== 'none' && style.backgroundImage !== '';
    const list = (/** @type {string} */ ours, /** @type {string} */ theirs) => (has ? `${ours},${theirs}` : ours);
    const fit = { contain: 'contain', cover: 'cover', none: 'auto', 'scale-down': 'contain' }[style?.objectFit ?? ''] ?? '100% 100%';
    const parts = [
      ['image', list(inject.cssUrl(url), style?.backgroundImage ?? '')],
      ['size', list(fit, style?.backgroundSize ?? '')],
      ['position', list(fit === '100% 100%' ? '0 0' : (style?.objectPosition ?? '50% 50%'), style?.backgroundPosition ?? '')],
      ['repeat', list('no-repeat', style?.backgroundRepeat ?? '')],
      ['origin', list('content-box', style?.backgroundOrigin ?? '')],
      ['clip', list('content-box', style?.backgroundClip ?? '')],
      ['attachment', list('scroll', style?.backgroundAttachment ?? '')],
    ];
    return parts.map(([name, value]) => `background-${name}:${value}!important`).join(';');
  };
})();
