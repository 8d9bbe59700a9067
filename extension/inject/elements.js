// What becomes of each kind of element: attributes set or dropped, content replaced, the element left out.
//# allFunctionsCalledOnLoad

(() => {
  const world = /** @type {any} */ (globalThis);
  const inject = (world.linkshotInject ??= {});
  if (inject.shapeOf) return;

  /** @typedef {string | (() => Promise<string | (() => string | Promise<string>)>)} Markup  text, or a job that brings it or what makes it */

  /**
   * @typedef {object} Shape
   * @property {Record<string, string | null>} set  attributes set, or dropped where null
   * @property {Markup} [before]  markup before the element
   * @property {Markup} [content]  raw content instead of the children
   * @property {string} [style]  added to the style attribute
   * @property {string} [end]  markup behind the children
   * @property {Markup} [instead]  markup in the element's place
   */

  const droppedRels = /^(?:preload|prefetch|modulepreload|preconnect|dns-prefetch|prerender|manifest|search|pingback|import|serviceworker)$/;

  /** @param {any} element */
  const isSheetLink = (element) => /(?:^|\s)stylesheet(?:\s|$)/i.test(element.getAttribute('rel') ?? '');

  /** Script may have changed the base since the sheet was loaded, which knows where it came from. @param {any} link @returns {string} */
  const sheetAddress = (link) => {
    const href = link.getAttribute('href') ?? '';
    const isBased = href && link.ownerDocument.querySelector('base[href]');
    return isBased && /^(?:https?|file):/.test(link.sheet?.href ?? '') ? link.sheet.href : href;
  };

  /** @param {any} link @param {any} at @returns {Shape} */
  const sheetLink = (link, at) => {
    const href = sheetAddress(link);
    /** @type {Record<string, string | null>} */
    const set = { integrity: null, crossorigin: null, ...(href === link.getAttribute('href') ? {} : { href }), ...at.sheets.attributesOf(link) };
    const attributes = inject.markAttributes(link, { ...set, href: null, rel: null, type: null, title: null });
    if (link.disabled || !href) return { set };
    const url = inject.absolute(href, at.use.baseUrl);
    /** @param {string} css */
    const inlined = async (css) => `<style${attributes}>${await at.use.sheet(css, at.slicer)}</style>`;
    if (url.startsWith('blob:')) {
      const text = () => inject.sheetText(link.sheet, null, { depth: 1, slicer: at.slicer });
      return { set, instead: async () => async () => inlined(await text()) };
    }
    if (!at.hasScript || !link.sheet) {
      at.use.add(href, 'style');
      return { set };
    }
    const unchanged = inject.openTag(link, { set }, at);
    return {
      set,
      instead: async () => {
        const changed = await inject.changedText(link.sheet, () => inject.servedText(url), at);
        if (changed !== null) return () => inlined(changed);
        at.use.add(href, 'style');
        return unchanged;
      },
    };
  };

  /** The sheets that instructions before the root bring, as links. @param {any} at */
  inject.sheetLinks = ({ doc, use }) => {
    const sheets = [...doc.childNodes].filter((node) => node.nodeType === 7 && node.target === 'xml-stylesheet' && node.sheet?.href);
    for (const { sheet } of sheets) use.add(sheet.href, 'style');
    return sheets.map(({ sheet }) => `<link rel="stylesheet" href="${inject.escapeAttribute(sheet.href)}" media="${inject.escapeAttribute(sheet.media.mediaText)}"/>`).join('');
  };

  /** @param {any} link @param {any} at @returns {Shape} */
  const link = (link, at) => {
    if (isSheetLink(link)) return sheetLink(link, at);
    const rels = (link.getAttribute('rel') ?? '').toLowerCase().split(/\s+/);
    if (rels.some((/** @type {string} */ rel) => droppedRels.test(rel))) return { set: {}, instead: '' };
    if (rels.some((/** @type {string} */ rel) => /icon/.test(rel))) at.use.add(link.getAttribute('href'), 'image');
    return { set: {} };
  };

  /** @param {any} style @param {any} at @returns {Shape} */
  const style = (style, at) => {
    const text = style.textContent ?? '';
    const set = at.sheets.attributesOf(style);
    if (!style.sheet) return { set, content: at.use.isXml ? inject.escapeText(text) : inject.rawStyle(text) };
    return {
      set,
      content: async () => {
        const changed = await inject.changedText(style.sheet, () => text, at);
        return () => at.use.sheet(changed ?? text, at.slicer);
      },
    };
  };

  /** What an attribute names, put down as what stands for it where the page made it. @param {Element} element @param {string} name @param {string} kind @param {any} at @returns {Shape} */
  const named = (element, name, kind, { use }) => {
    const url = use.add(element.getAttribute(name), kind);
    return { set: url.startsWith('linkshot:') ? { [name]: url } : {} };
  };

  /** @param {any} frame @param {any} at @returns {Shape} */
  const frame = (frame, at) => {
    const key = at.keyFor(frame);
    const isObject = /^(?:object|embed)$/.test(frame.localName);
    const name = frame.localName === 'object' ? 'data' : 'src';
    if (!key) return named(frame, name, isObject ? 'other' : 'frame', at);
    const doc = inject.documentIn(frame);
    if (doc && isObject && /^image\//.test(doc.contentType)) return named(frame, name, 'image', at);
    at.children.push({ key, frame, url: inject.absolute(frame.getAttribute(name), at.use.baseUrl) });
    return { set: { 'data-linkshot-frame': key, srcdoc: null, loading: null } };
  };

  /** @param {any} meta @returns {Shape} */
  const meta = (meta) => {
    const equiv = (meta.getAttribute('http-equiv') ?? '').toLowerCase();
    const isOurs = meta.hasAttribute('charset') || /^(?:content-type|refresh|content-security-policy.*|x-dns-prefetch-control|origin-trial)$/.test(equiv);
    return isOurs ? { set: {}, instead: '' } : { set: {} };
  };

  /** @param {any} input @param {any} at @returns {Shape} */
  const input = (input, at) => {
    if (input.type === 'image') return named(input, 'src', 'image', at);
    return { set: {}, style: inject.undecidedStyle(input) };
  };

  /** One of which script has chosen nothing: in a copy the first option would be. @param {any} select @param {any} at @returns {Shape} */
  const select = (select, at) => {
    const isNone = select.selectedIndex < 0 && !select.multiple && select.size < 2 && select.options.length > 0;
    return { set: {}, ...(isNone && !at.use.isXml ? { end: '<option selected hidden></option>' } : {}) };
  };

  /** @param {any} source @param {any} at @returns {Shape} */
  const source = (source, at) => {
    const parent = source.parentElement;
    if (parent?.localName === 'picture' || parent?.currentSrc) return { set: {}, instead: '' };
    at.use.add(source.getAttribute('src'), 'media');
    return { set: {} };
  };

  /** @param {any} image @param {any} at @returns {Shape} */
  const svgImage = (image, at) => {
    const url = at.use.add(inject.useAddress(image), 'image');
    return url.startsWith('linkshot:') ? { set: { href: url, 'xlink:href': null } } : { set: {} };
  };

  /** @param {any} element @param {any} at @returns {Shape} */
  const svgUse = (element, at) => {
    const external = inject.externalUse(element, at.use);
    return external ? { set: { href: external.href, 'xlink:href': null }, before: external.before } : { set: {} };
  };

  /** @param {any} element @param {any} at @returns {Shape} */
  const withBackground = (element, at) => {
    if (element.hasAttribute('background')) at.use.add(element.getAttribute('background'), 'image');
    return { set: {} };
  };

  /** @param {any} media @param {any} at @returns {Shape} */
  const media = (media, at) => ({ set: inject.mediaAttributes(media, at.use) });

  // Data that a reading asks for; the same in page/kept_scripts.
  const longestData = 200_000;
  /** @param {any} script @returns {string} the attribute that keeps it */
  const keptData = (script) => {
    const name = /ld\+json/i.test(script.type) ? 'linked' : /^math\/tex/i.test(script.type) ? 'tex' : '';
    const text = name && script.text;
    return text && text.length <= longestData ? ` data-linkshot-${name}="${inject.escapeAttribute(text)}"` : '';
  };

  // A template takes a script's place: as invisible, and it counts alike in `+` and `:nth-child()`.
  /** @param {any} script @returns {Shape} */
  const script = (script) => {
    const kept = keptData(script);
    const isMeant = kept || script.parentElement?.localName !== 'head';
    return { set: {}, instead: isMeant ? `<template${kept}></template>` : '' };
  };

  /** @type {Record<string, (element: any, at: any) => Shape>} */
  const html = {
    audio: media, video: media, body: withBackground, table: withBackground, td: withBackground, th: withBackground, tr: withBackground,
    iframe: frame, frame, object: frame, embed: frame, input, link, meta, script, select, source, style,
    base: () => ({ set: {}, instead: '' }),
    canvas: (canvas, at) => ({ set: {}, style: inject.canvasStyle(canvas, at.use) }),
    img: (image, at) => ({ set: inject.imageAttributes(image, at.use, at.options.lazy), style: inject.imageStyle(image, at.use, at.options.lazy) }),
    noscript: (element) => ({ set: {}, instead: element.parentElement?.localName === 'head' ? '' : '<noscript></noscript>' }),
    // The HTML parser eats a newline that comes first.
    textarea: (area, at) => ({ set: {}, content: `${at.use.isXml ? '' : '\n'}${inject.escapeText(inject.areaText(area))}` }),
    track: (track, at) => ({ set: { src: at.use.add(track.getAttribute('src'), 'other') || null } }),
  };

  /** @type {Record<string, (element: any, at: any) => Shape>} */
  const svg = { image: svgImage, feImage: svgImage, use: svgUse, style, script: () => ({ set: {}, instead: '' }) };

  /** @param {Element} element @param {any} at @returns {Shape} */
  inject.shapeOf = (element, at) => {
    const isSvg = element.namespaceURI === 'http://www.w3.org/2000/svg';
    const table = isSvg ? svg : html;
    const name = element.localName;
    const shape = Object.hasOwn(table, name) ? table[name]?.(element, at) : undefined;
    return shape ?? (isSvg ? inject.svgPaint(element, at.use) : { set: {} });
  };
})();
