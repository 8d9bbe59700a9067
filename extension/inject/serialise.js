// One document as markup: a walk without recursion, in slices, with places left open for what takes longer.
//# allFunctionsCalledOnLoad

(() => {
  const world = /** @type {any} */ (globalThis);
  const inject = (world.linkshotInject ??= {});
  if (inject.serialiseDocument) return;

  const htmlNamespace = 'http://www.w3.org/1999/xhtml';
  const empty = new Set('area base basefont bgsound br col embed frame hr img input keygen link meta param source track wbr'.split(' '));
  inject.isEmpty = (/** @type {string} */ name) => empty.has(name);
  const raw = new Set('style xmp iframe noembed noframes plaintext'.split(' '));

  /** Style text that cannot end its element early. @param {string} css */
  inject.rawStyle = (css) => css.replace(/<\/(style)/gi, '<\\/$1');

  /** @param {Element} element @param {any} at */
  const tagName = (element, { use }) => (element.namespaceURI === htmlNamespace && !use.isXml ? element.localName : element.nodeName);

  /** @param {Element} element @param {any} shape @param {any} at */
  inject.openTag = (element, shape, at) => {
    const set = at.inert ? {} : { ...shape.set, ...inject.stateAttributes(element, at.use), ...inject.partAttributes(element, at) };
    const renamed = at.renamed.get(element);
    if (renamed) set[renamed[0]] = renamed[1];
    if (at.use.isXml) Object.assign(set, inject.namespacesOf(element, at.names).set);
    const isScrolled = Boolean(set['data-linkshot-scroll']);
    const scrolled = isScrolled || at.snapped.size ? inject.scrollStyle(element, isScrolled, at) : '';
    const style = [shape.style, at.inert ? '' : at.animated.get(element), scrolled, inject.topLayerStyle(element, at)].filter(Boolean).join(';');
    const tag = `<${tagName(element, at)}${inject.markAttributes(element, set, at.inert ? null : at.use, style)}>`;
    // A parser of XML makes a blank of a line's end in an attribute.
    return at.use.isXml ? tag.replace(/[\t\n\r]/g, (c) => `&#${c.charCodeAt(0)};`) : tag;
  };

  /** Pushes markup, or a place for it that a job fills. @param {any} at @param {any} markup */
  const put = (at, markup) => {
    if (typeof markup === 'string') {
      if (markup) at.out.push(markup);
      return;
    }
    const place = at.out.push('') - 1;
    at.use.jobs.push(async () => {
      const made = await markup();
      return async () => {
        at.out[place] = typeof made === 'function' ? await made() : made;
      };
    });
  };

  /** The adopted sheets of a document or root. @param {any} scope @param {any} at */
  const putAdopted = (scope, at) => {
    for (const sheet of inject.adoptedSheets(scope)) put(at, inject.adoptedMarkup(sheet, at));
  };

  /** @param {any} scope @param {any} at */
  const noteStates = (scope, at) => {
    inject.noteMotion(scope, at);
    inject.noteTopLayer(scope, at.topLayer);
    if (at.options.lazy) inject.noteBackgrounds(scope, at.use, at.animated);
    inject.noteStateNames(scope, at.use);
  };

  /** Opens a shadow root on top of its host's own children. @param {ShadowRoot} root @param {any} at @param {any} level @param {any[]} stack */
  const pushRoot = (root, at, level, stack) => {
    at.use.hasRoots = true;
    inject.nameManualSlots(root, at.renamed);
    at.out.push(`<template ${inject.shadowAttributes(root)}>`);
    const topPlace = at.out.push('') - 1;
    const close = () => {
      putAdopted(root, at);
      at.out.push('</template>');
    };
    const whole = level.whole || !at.selection?.isCutIn(root);
    stack.push({ nodes: [...root.childNodes], index: 0, close, whole, open: 0, sheets: inject.createSheets(root), topPlace });
  };

  /** A list of its own, as the page may change while it is read; several times as fast as spreading `childNodes`. @param {Node} parent */
  const childrenOf = (parent) => {
    const nodes = [];
    for (let node = parent.firstChild; node; node = node.nextSibling) nodes.push(node);
    return nodes;
  };

  /** @param {any} element @param {boolean} isHtml @returns {Node[]} */
  const nodesOf = (element, isHtml) => {
    if (isHtml && element.localName === 'iframe') return [];
    return childrenOf(isHtml && element.localName === 'template' ? element.content : element);
  };

  /** The parser eats a newline that comes first: give it one. @param {Element} element */
  const eatenNewline = (element) =>
    /^(?:pre|listing)$/.test(element.localName) && element.firstChild?.nodeValue?.startsWith('\n') ? '\n' : '';

  /** What keeps the parser from closing what is open around the element. @param {Element} element @param {any} at @param {any} level */
  const putApart = (element, at, level) => {
    if (element.namespaceURI !== htmlNamespace || level.raw || at.use.isXml) return;
    const nesting = inject.nestingOf(element, level.open);
    if (nesting === 'moved') at.use.warnings.add('markup_moved');
    if (nesting !== 'apart') return;
    at.apart.add(element);
    at.out.push(inject.apartStart);
  };

  /** @param {Element} element @param {any} at */
  const apartEnd = (element, at) => (at.apart.has(element) ? inject.apartEnd : '');

  /** Opens the element for its children; `last` comes behind them. @param {any} element @param {any} at @param {any} level */
  const below = (element, at, level, last = '') => {
    const isHtml = element.namespaceURI === htmlNamespace;
    const name = isHtml ? element.localName : '';
    const next = { ...level, index: 0, nodes: nodesOf(element, isHtml), raw: raw.has(name) && !at.use.isXml };
    if (at.use.isXml) next.names = inject.namespacesOf(element, level.names).names;
    next.isBody = element === at.doc.body;
    next.inert = level.inert || name === 'template';
    next.whole = level.whole || next.inert || name === 'head';
    next.open = inject.openBelow(element, level.open, at.apart.has(element));
    next.close = closing(element, `${last}</${tagName(element, at)}>${apartEnd(element, at)}`, at);
    if (name === 'head') openHead(at, next);
    if (!at.use.isXml) at.out.push(eatenNewline(element));
    return next;
  };

  /** The element's start, or what stands in its place; true where its children are to follow. */
  const putStart = (/** @type {Element} */ element, /** @type {any} */ shape, /** @type {any} */ at, /** @type {any} */ level) => {
    if (shape.instead !== undefined) {
      put(at, shape.instead);
      return false;
    }
    put(at, shape.before ?? '');
    putApart(element, at, level);
    at.out.push(inject.openTag(element, shape, at));
    const isEmpty = !at.use.isXml && element.namespaceURI === htmlNamespace && empty.has(element.localName);
    if (!isEmpty && shape.content === undefined) return true;
    put(at, shape.content ?? '');
    at.out.push(`${isEmpty ? '' : `</${tagName(element, at)}>`}${apartEnd(element, at)}`);
    return false;
  };

  /** @param {Element} element @param {any} at @param {any} level @param {any[]} stack */
  const enter = (element, at, level, stack) => {
    if (!level.inert && inject.putTopLayer(element, at, level)) return;
    const root = level.inert ? null : inject.shadowRootOf(element);
    if (root) noteStates(root, at);
    const shape = level.inert ? inertShape(element) : inject.shapeOf(element, at);
    if (!putStart(element, shape, at, level)) return;
    stack.push(below(element, at, level, shape.end));
    if (root) pushRoot(root, at, level, stack);
  };

  /** @param {Element} element */
  const inertShape = (element) => (element.localName === 'script' ? { set: {}, instead: '' } : { set: {} });

  /** @param {any} at @param {any} level */
  const openHead = (at, level) => {
    at.out.push(at.use.isXml ? inject.sheetLinks(at) : '<meta charset="utf-8">');
    if (at.fontRules) put(at, async () => async () => `<style>${await at.use.sheet(at.fontRules, at.slicer)}</style>`);
    at.topPlace = at.out.push('') - 1;
    level.topPlace = at.topPlace;
    // What the root's own start needed.
    for (const css of at.tops.get(0) ?? []) inject.putTopStyle(at, at.topPlace, css);
  };

  /** @param {Element} element @param {string} end @param {any} at */
  const closing = (element, end, at) => () => {
    if (element === at.adoptedAt) putAdopted(at.doc, at);
    at.out.push(end);
  };

  /** @param {Document} doc */
  const adoptedPlace = (doc) => (doc.body?.querySelector('style,link[rel~="stylesheet" i]') ? doc.body : (doc.head ?? doc.body));

  /** No text says which slot it goes into; an element around it does. @param {Node} node @param {string} text @param {any} at @param {any} level */
  const textMarkup = (node, text, at, level) => {
    const markup = level.raw ? text : inject.escapeText(text);
    const slotted = at.renamed.get(node);
    return slotted ? `<span slot="${slotted[1]}" style="display:contents">${markup}</span>` : markup;
  };

  /** @param {any} node @param {any} at @param {any} level @param {any[]} stack */
  const visit = (node, at, level, stack) => {
    const isPart = Boolean(at.selection) && !level.whole;
    if (isPart && !at.selection.holds(node)) {
      // Something has to count in `+` and `:nth-child()` for what is left out.
      if (node.nodeType === 1) at.out.push('<template></template>');
    } else if (node.nodeType === 1) {
      at.sheets = level.sheets;
      at.inert = level.inert;
      at.names = level.names;
      at.place = level.topPlace;
      enter(node, at, level, stack);
    } else if (node.nodeType === 3 || node.nodeType === 4) {
      at.out.push(textMarkup(node, isPart ? at.selection.textOf(node) : node.data, at, level));
    }
  };

  /**
   * Runs all jobs at once, then those they brought. What they found is put down in the order of the document, so
   * that the same page has the same bytes twice.
   * @param {(() => Promise<() => unknown>)[]} jobs
   */
  inject.runJobs = async (jobs) => {
    for (let done = 0; done < jobs.length; ) {
      const batch = jobs.slice(done);
      done = jobs.length;
      for (const finish of await Promise.all(batch.map((job) => job()))) await finish();
    }
  };

  /** What the top layer has comes last in the body. @param {any} level @param {any} at @param {any[]} stack */
  const endLevel = (level, at, stack) => {
    const raised = level.isBody ? at.raised.shift() : undefined;
    if (raised) {
      at.out.push(raised.start);
      if (raised.level) stack.push(raised.level);
      return;
    }
    level.close();
    stack.pop();
  };

  /**
   * The document's markup; `at` gathers what it uses, its child frames.
   * @param {Document} doc @param {any} at
   */
  inject.serialiseDocument = async (doc, at) => {
    Object.assign(at, {
      doc, out: [inject.doctype(doc)], renamed: new Map(), snapped: new Map(), animated: new Map(), partStyles: new Map(), tops: new Map(),
      apart: new Set(), topLayer: new Map(), moved: new Set(), raised: [], shells: 0, adoptedAt: adoptedPlace(doc),
    });
    at.keyFor = inject.createFrameKeys(doc, at.use.frame);
    noteStates(doc, at);
    const stack = [{ nodes: [doc.documentElement].filter(Boolean), index: 0, close: () => {}, sheets: inject.createSheets(doc), topPlace: 0, open: 0, inert: false, raw: false, names: {} }];
    for (let level = stack.at(-1); level; level = stack.at(-1)) {
      if (level.index >= level.nodes.length) {
        endLevel(level, at, stack);
      } else {
        // A level opened below inherits the head's place for the top layer's style.
        if (at.topPlace && !level.topPlace) level.topPlace = at.topPlace;
        visit(level.nodes[level.index++], at, level, stack);
      }
      if (at.slicer.due()) await at.slicer.pause();
    }
    await inject.runJobs(at.use.jobs);
    return at.out.join('');
  };
})();
