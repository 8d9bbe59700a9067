// One document as markup: a walk without recursion, in slices, with places left open for what takes longer.

(() => {
  /** @type {any} */
  const inject = (globalThis.linkshotInject ??= {});
  if (inject.serialiseDocument) return;

  const htmlNamespace = 'http://www.w3.org/1999/xhtml';
  const empty = new Set('area base basefont bgsound br col embed frame hr img input keygen link meta param source track wbr'.split(' '));
  const raw = new Set('style xmp iframe noembed noframes plaintext'.split(' '));
  const dropped = /^(?:on|integrity$|nonce$|ping$|srcdoc$)/i;

  /** Style text that cannot end its element early. @param {string} css */
  inject.rawStyle = (css) => css.replace(/<\/(style)/gi, '<\\/$1').replace(/<!--/g, '<\\!--');

  /** @param {Element} element @param {Record<string, string | null>} set @param {any} [use] @param {string} [style] */
  inject.markAttributes = (element, set, use, style) => {
    let out = '';
    const done = new Set();
    for (const { name, value } of element.attributes) {
      done.add(name);
      if (dropped.test(name) || set[name] === null) continue;
      let kept = set[name] ?? value;
      if (name === 'style') kept = styleAttribute(element, kept, use, style);
      out += kept === '' ? ` ${name}=""` : ` ${name}="${inject.escapeAttribute(kept)}"`;
    }
    if (style && !done.has('style')) out += ` style="${inject.escapeAttribute(style)}"`;
    for (const [name, value] of Object.entries(set)) {
      if (!done.has(name) && value !== null) out += ` ${name}="${inject.escapeAttribute(value)}"`;
    }
    return out;
  };

  /** @param {any} element @param {string} value @param {any} use @param {string} [added] */
  const styleAttribute = (element, value, use, added) => {
    // What is added must not fall into a bracket or string that the author left open.
    const authored = added ? (element.style?.cssText ?? value) : value;
    const text = added ? `${authored};${added}` : authored;
    return use ? use.css(text) : text;
  };

  /** @param {Element} element */
  const tagName = (element) => (element.namespaceURI === htmlNamespace ? element.localName : element.nodeName);

  /** @param {Element} element @param {any} shape @param {any} at */
  inject.openTag = (element, shape, at) => {
    const set = at.inert ? {} : { ...shape.set, ...inject.stateAttributes(element, at.use) };
    const renamed = at.renamed.get(element);
    if (renamed) set[renamed[0]] = renamed[1];
    return `<${tagName(element)}${inject.markAttributes(element, set, at.inert ? null : at.use, shape.style)}>`;
  };

  /** Pushes markup, or a place for it that a job fills. @param {any} at @param {any} markup */
  const put = (at, markup) => {
    if (typeof markup === 'string') {
      at.out.push(markup);
      return;
    }
    const place = at.out.push('') - 1;
    at.use.jobs.push(async () => {
      at.out[place] = await markup();
    });
  };

  /** The adopted sheets of a document or root. @param {any} scope @param {any} at */
  const putAdopted = (scope, at) => {
    for (const sheet of inject.adoptedSheets(scope)) {
      const media = sheet.media?.mediaText ? ` media="${inject.escapeAttribute(sheet.media.mediaText)}"` : '';
      const css = inject.keepStates(inject.sheetText(sheet, at.use.baseUrl));
      at.out.push(`<style${media}>${at.use.css(inject.rawStyle(css))}</style>`);
    }
  };

  /** @param {any} scope @param {any} at */
  const noteStates = (scope, at) => {
    for (const sheet of [...scope.styleSheets, ...inject.adoptedSheets(scope)]) {
      if (!sheet.ownerNode || sheet.ownerNode.localName === 'style') {
        inject.collectStates(sheet.ownerNode?.textContent || inject.sheetText(sheet, null), at.use.stateNames);
      }
    }
  };

  /** Opens a shadow root on top of its host's own children. @param {ShadowRoot} root @param {any} at @param {any[]} stack */
  const pushRoot = (root, at, stack) => {
    inject.nameManualSlots(root, at.renamed);
    at.out.push(`<template ${inject.shadowAttributes(root)}>`);
    const topPlace = at.out.push('') - 1;
    const close = () => {
      putAdopted(root, at);
      at.out.push('</template>');
    };
    stack.push({ nodes: [...root.childNodes], index: 0, close, sheets: inject.createSheets(root), topPlace });
  };

  /** @param {Element} element @param {any} at @param {any} level */
  const putTopLayer = (element, at, level) => {
    const words = element.localName === 'dialog' || element.hasAttribute('popover') ? inject.statesOf(element, at.use.stateNames) : [];
    if (!words.includes('modal') && !words.includes('popover-open')) return;
    at.out[level.topPlace] = `<style>${inject.topLayerStyle}</style>`;
    at.out.push(inject.backdrop(element));
  };

  /** @param {Element} element @param {any} level */
  const nodesOf = (element, level) => (element.localName === 'template' && !level.inForeign ? /** @type {any} */ (element).content ?? element : element).childNodes;

  /** @param {Element} element @param {any} at @param {any} level @param {any[]} stack */
  const enter = (element, at, level, stack) => {
    const local = { ...level, nodes: [], index: 0 };
    const root = level.inert ? null : inject.shadowRootOf(element);
    if (root) noteStates(root, at);
    const shape = level.inert ? inertShape(element) : inject.shapeOf(element, at);
    if (shape.instead !== undefined) return put(at, shape.instead);
    if (shape.before !== undefined) put(at, shape.before);
    if (!level.inert) putTopLayer(element, at, level);
    at.out.push(inject.openTag(element, shape, at));
    const isHtml = element.namespaceURI === htmlNamespace;
    if (isHtml && empty.has(element.localName)) return;
    const end = `</${tagName(element)}>`;
    if (shape.content !== undefined) {
      put(at, shape.content);
      at.out.push(end);
      return;
    }
    local.close = closing(element, end, at);
    local.raw = isHtml && raw.has(element.localName);
    local.inert = level.inert || (isHtml && element.localName === 'template');
    local.nodes = isHtml && element.localName === 'iframe' ? [] : [...nodesOf(element, level)];
    if (isHtml && element.localName === 'head') openHead(at, local);
    if (isHtml && /^(?:pre|listing)$/.test(element.localName) && element.firstChild?.nodeValue?.startsWith('\n')) at.out.push('\n');
    stack.push(local);
    if (root) pushRoot(root, at, stack);
  };

  /** @param {Element} element */
  const inertShape = (element) => (element.localName === 'script' ? { set: {}, instead: '' } : { set: {} });

  /** @param {any} at @param {any} level */
  const openHead = (at, level) => {
    at.out.push('<meta charset="utf-8">');
    at.topPlace = at.out.push('') - 1;
    level.topPlace = at.topPlace;
  };

  /** @param {Element} element @param {string} end @param {any} at */
  const closing = (element, end, at) => () => {
    if (element === at.adoptedAt) putAdopted(at.doc, at);
    at.out.push(end);
  };

  /** @param {Document} doc */
  const adoptedPlace = (doc) => (doc.body?.querySelector('style,link[rel~="stylesheet" i]') ? doc.body : (doc.head ?? doc.body));

  /** @param {Document} doc */
  inject.doctype = (doc) => {
    if (doc.compatMode === 'BackCompat') return '';
    const type = doc.doctype;
    if (!type?.publicId) return '<!DOCTYPE html>';
    return `<!DOCTYPE ${type.name} PUBLIC "${type.publicId}"${type.systemId ? ` "${type.systemId}"` : ''}>`;
  };

  /** @param {any} node @param {any} at @param {any} level @param {any[]} stack */
  const visit = (node, at, level, stack) => {
    if (node.nodeType === 1) {
      at.sheets = level.sheets;
      at.inert = level.inert;
      enter(node, at, level, stack);
    } else if (node.nodeType === 3 || node.nodeType === 4) {
      at.out.push(level.raw ? node.data : inject.escapeText(node.data));
    }
  };

  /**
   * The document's markup; `at` gathers what it uses, its child frames and the frames of other origins.
   * @param {Document} doc @param {any} at
   */
  inject.serialiseDocument = async (doc, at) => {
    Object.assign(at, { doc, out: [inject.doctype(doc)], renamed: new Map(), adoptedAt: adoptedPlace(doc) });
    at.keyFor = inject.createFrameKeys(doc, at.use.frame);
    noteStates(doc, at);
    const stack = [{ nodes: [doc.documentElement], index: 0, close: () => {}, sheets: inject.createSheets(doc), topPlace: 0, inert: false, raw: false }];
    for (let level = stack.at(-1); level; level = stack.at(-1)) {
      if (level.index >= level.nodes.length) {
        level.close();
        stack.pop();
      } else {
        // A level opened below inherits the head's place for the top layer's style.
        if (at.topPlace && !level.topPlace) level.topPlace = at.topPlace;
        visit(level.nodes[level.index++], at, level, stack);
      }
      if (at.slicer.due()) await at.slicer.pause();
    }
    await Promise.all(at.use.jobs.map((/** @type {() => Promise<void>} */ job) => job()));
    return at.out.join('');
  };
})();
