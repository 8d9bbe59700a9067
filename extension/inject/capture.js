// The call that serves both ways in: this frame, and every frame below that script can reach.
//# allFunctionsCalledOnLoad

(() => {
  const world = /** @type {any} */ (globalThis);
  const inject = (world.linkshotInject ??= {});
  if (inject.captureFrame) return;

  const defaults = {
    settleMs: 2_500,
    sliceMs: 30,
    lazy: true,
    sweep: /** @type {'always' | 'needed'} */ ('needed'),
    frame: /** @type {string | null} */ (null),
    foreignOnly: false,
    selection: false,
    isOurs: false,
    maxAnswerChars: 2_000_000,
  };

  const xhtml = 'application/xhtml+xml';
  const htmlTypes = /^(?:text\/html|application\/xhtml\+xml|text\/plain|application\/json|text\/(?!xml))/;
  const mediaTypes = /^(?:video|audio)\//;

  // An SVG file fills its frame where it names no size of its own.
  const svgStyle =
    'html,body{height:100%}body>svg{display:block}:where(body>svg:not([width])){width:100%}:where(body>svg:not([height])){height:100%}';

  /** @param {Document} doc */
  inject.doctype = (doc) => {
    if (doc.compatMode === 'BackCompat') return '';
    const type = doc.doctype;
    if (!type?.publicId) return '<!DOCTYPE html>';
    return `<!DOCTYPE ${type.name} PUBLIC "${type.publicId}"${type.systemId ? ` "${type.systemId}"` : ''}>`;
  };

  /** @param {Document} doc @param {string} body @param {string} [style] */
  const wrapped = (doc, body, style = 'margin:0') =>
    `<!DOCTYPE html><html><head><meta charset="utf-8"><title>${inject.escapeText(doc.title)}</title></head><body style="${style}">${body}</body></html>`;

  /** Browsers show a picture in the middle by means that no copy has. @param {Document} doc @param {any} at */
  const wrapPicture = (doc, at) => {
    // Firefox's is a picture of its own, of nearly this shade.
    const isFirefox = getComputedStyle(doc.documentElement).backgroundImage.startsWith('url("chrome:');
    const shade = isFirefox ? '#212121' : getComputedStyle(doc.body).backgroundColor;
    const address = inject.escapeAttribute(at.use.add(doc.URL, 'image'));
    const picture = `<img src="${address}" alt="" style="max-width:100vw;max-height:100vh">`;
    return wrapped(doc, picture, `margin:0;min-height:100vh;display:grid;place-content:center;background:${shade}`);
  };

  /** The same of a film or a sound. @param {Document} doc @param {any} media @param {any} at */
  const wrapMedia = async (doc, media, at) => {
    const { width, height } = media.getBoundingClientRect();
    const size = media.videoWidth ? '' : `;width:${width}px;height:${height}px`;
    const style = `position:absolute;inset:0;margin:auto;max-width:100%;max-height:100%${size}`;
    const attributes = inject.markAttributes(media, { ...inject.mediaAttributes(media, at.use), style });
    await inject.runJobs(at.use.jobs);
    // Firefox's shade is that of the root
    const shades = [doc.body, doc.documentElement].map((element) => getComputedStyle(element).backgroundColor);
    const shade = shades.find((color) => color !== 'rgba(0, 0, 0, 0)') ?? 'black';
    return wrapped(doc, `<${media.localName}${attributes}></${media.localName}>`, `margin:0;background:${shade}`);
  };

  /** An XML document: with a style of its own as that shows it, else its source. @param {Document} doc @param {any} at */
  const wrapXml = async (doc, at) => {
    const links = inject.sheetLinks({ ...at, doc });
    if (links) {
      const markup = await inject.serialiseDocument(doc, at);
      return wrapped(doc, links + markup.slice(inject.doctype(doc).length), `margin:0;background:${getComputedStyle(doc.documentElement).backgroundColor}`);
    }
    // Chromium puts its viewer in the document's place, and the document into it.
    const source = doc.getElementById('webkit-xml-viewer-source-xml');
    const nodes = source ? [...source.childNodes] : [doc];
    const text = nodes.map((node) => new XMLSerializer().serializeToString(node)).join('');
    return wrapped(doc, `<pre>${inject.escapeText(text)}</pre>`);
  };

  /** A document that is no HTML: what shows it. @param {Document} doc @param {any} at */
  const wrapDocument = async (doc, at) => {
    if (/^image\/(?!svg)/.test(doc.contentType)) return wrapPicture(doc, at);
    const media = mediaTypes.test(doc.contentType) ? doc.querySelector('video,audio') : null;
    if (media) return wrapMedia(doc, media, at);
    if (/svg/.test(doc.contentType)) {
      const markup = await inject.serialiseDocument(doc, at);
      return wrapped(doc, `<style>${svgStyle}</style>${markup.slice(inject.doctype(doc).length)}`);
    }
    if (/xml/.test(doc.contentType)) return wrapXml(doc, at);
    const address = inject.escapeAttribute(at.use.add(doc.URL, 'other'));
    return wrapped(doc, `<embed src="${address}" type="${inject.escapeAttribute(doc.contentType)}" style="width:100vw;height:100vh">`);
  };

  /** What XML has no words for. */
  const notXml = /[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g;

  /** The document as XML, null where that is no use: HTML alone declares shadow roots. @param {Document} doc @param {any} at */
  const xmlOf = async (doc, at) => {
    const markup = (await inject.serialiseDocument(doc, at)).replaceAll('&nbsp;', '\u00a0').replace(notXml, '').toWellFormed();
    const isFit = !at.use.hasRoots && inject.parsed(markup, xhtml)?.querySelector('parsererror') === null;
    return isFit ? markup : null;
  };

  /** The document's markup with all that it uses. @param {Document} doc @param {string} key @param {any} shared @param {boolean} isXml @returns {Promise<any>} */
  const markupOf = async (doc, key, shared, isXml) => {
    const use = inject.createUse(key, doc.baseURI, isXml);
    use.documentUrl = doc.URL.replace(/#.*$/, '');
    use.faces = shared.faces;
    const children = /** @type {any[]} */ ([]);
    const at = { ...shared, use, children, hasScript: shared.hasScript || doc.scripts.length > 0 };
    const isHtml = htmlTypes.test(doc.contentType);
    const html = isXml ? await xmlOf(doc, at) : (await (isHtml ? inject.serialiseDocument(doc, at) : wrapDocument(doc, at))).toWellFormed();
    if (html === null) return markupOf(doc, key, shared, false);
    shared.children.push(...children);
    return { html, use, isHtml };
  };

  /** @param {Document} doc @param {string} key @param {any} shared */
  const captureDocument = async (doc, key, shared) => {
    const fonts = inject.fontsOf(doc);
    const isXml = doc.contentType === xhtml && doc.documentElement?.prefix === null;
    const { html, use, isHtml } = await markupOf(doc, key, { ...shared, faces: new Set(fonts.faces), fontRules: fonts.rules }, isXml);
    if (fonts.isLacking) use.warnings.add('script_fonts_lost');
    return {
      frame: key,
      url: doc.URL,
      baseUrl: doc.baseURI,
      title: doc.title,
      mediaType: use.isXml ? xhtml : 'text/html',
      encoding: doc.characterSet,
      hasIcon: doc.querySelector('link[rel~="icon" i]') !== null,
      via: isHtml || /xml|^image/.test(doc.contentType) ? 'dom' : 'address',
      html,
      htmlLength: html.length,
      resources: [...use.resources].map(([url, kind]) => ({ url, kind })),
      inline: use.inline,
      missing: use.missing,
      onScreen: use.onScreen,
      fontsDeclared: fonts.declared,
      used: fonts.used,
      faces: fonts.faces,
      warnings: [...use.warnings],
    };
  };

  /** Bounds the answer: what is too long is held back for `take`. @param {any[]} frames @param {number} maxChars */
  const packAnswer = async (frames, maxChars) => {
    let room = maxChars;
    for (const frame of frames) {
      if (frame.htmlLength > room) {
        inject.hold(`html:${frame.frame}`, frame.html);
        frame.html = null;
      } else {
        room -= frame.htmlLength;
      }
      for (const picture of frame.inline) {
        const data = await inject.base64OfBlob(picture.blob);
        delete picture.blob;
        picture.dataLength = data.length;
        picture.data = data.length <= room ? data : null;
        if (picture.data === null) inject.hold(`data:${picture.url}`, data);
        else room -= data.length;
      }
    }
  };

  /** A frame whose document is not to be had from here, and where it stands. @param {{ key: string, frame: Element, url: string }} child */
  const foreignFrame = ({ key, frame, url }) => {
    inject.hold(`frame:${key}`, frame);
    return { key, url, place: inject.placeOnScreen(frame), frameId: inject.frameIdOf(frame) };
  };

  /** The frames in `shared.children`, and those below them; the foreign ones. @param {any[]} frames @param {any} shared */
  const captureBelow = async (frames, shared) => {
    const foreign = [];
    for (let child = shared.children.shift(); child; child = shared.children.shift()) {
      // Looked up now: it may have gone elsewhere while what is above it was read.
      const doc = inject.documentIn(child.frame);
      if (doc?.documentElement) frames.push(await captureDocument(doc, child.key, shared));
      else foreign.push(foreignFrame(child));
    }
    return foreign;
  };

  /** What is selected, where that alone is wanted. @param {typeof defaults} options @param {string[]} warnings */
  const selectionFor = (options, warnings) => {
    const selection = options.selection ? inject.selectionIn(document) : null;
    if (options.selection) warnings.push(selection ? 'selection_only' : 'nothing_selected');
    return selection;
  };

  /**
   * Serialises this frame and those below it; the answer is described in docs/architecture.md.
   * @param {Partial<typeof defaults>} [given]
   */
  inject.captureFrame = async (given) => {
    const options = { ...defaults, ...given };
    const isReached = inject.isReachedByParent() && options.frame === null && !options.selection;
    if (isReached || (options.foreignOnly && window === window.parent)) {
      return { frames: [], foreign: [], timings: { settle: 0, serialise: 0 } };
    }
    const startedAt = performance.now();
    const warnings = await inject.settle(options);
    const settledAt = performance.now();
    const slicer = inject.createSlicer(options.sliceMs);
    const selection = selectionFor(options, warnings);
    const children = /** @type {any[]} */ ([]);
    const shared = { options, slicer, children };
    const top = await captureDocument(document, options.frame ?? inject.frameKey(window), { ...shared, selection });
    top.warnings.push(...warnings);
    const frames = [top];
    const foreign = await captureBelow(frames, { ...shared, hasScript: true });
    await packAnswer(frames, options.maxAnswerChars);
    const timings = { settle: settledAt - startedAt, serialise: performance.now() - settledAt };
    return { frames, foreign, timings };
  };
})();
